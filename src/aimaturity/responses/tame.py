"""What a stretch of a text file must be like for polars and Python's csv module to read it alike.

That is: no zero byte, line ends of one sort, no empty line, and quotes only in pairs around whole cells (of a cell with
more behind its closing quote, polars returns memory that isn't its own). Looked for byte by byte before polars
is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_CHUNK = 1 << 18
"""Few enough bytes to stay in the processor's cache."""
_LF, _CR, _QUOTE = 10, 13, 34


class Rough(Exception):
    """Something that the fast reader may not read like the careful one."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How many lines a stretch has, and whether they end with CR LF; None where none of them has an end."""

    count: int
    with_return: bool | None
    data: bytes
    feeds: npt.NDArray[np.intp]
    delimiter: bytes

    def end_with_delimiter(self, lines: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Whether these lines do: their last cell is empty, and without quotes."""
        ends = np.append(self.feeds, len(self.data))[lines] - (1 if self.with_return else 0)
        last: npt.NDArray[np.uint8] = np.frombuffer(self.data, np.uint8)[ends - 1]
        return np.asarray(last == self.delimiter[0])

    def cells(self, line: int) -> int:
        """How many cells a line has. Its quotes, if any, stand around whole cells."""
        start = int(self.feeds[line - 1]) + 1 if line else 0
        text = self.data[start : int(self.feeds[line])] if line < len(self.feeds) else self.data[start:]
        if b'"' in text:
            text = b"".join(text.split(b'"')[0::2])
        return 1 + text.count(self.delimiter)


def looked_over(data: bytes, delimiter: str) -> Lines:
    """The lines of a stretch that begins where a line does and ends where one does. Raises `Rough`."""
    signs = np.frombuffer(data, np.uint8)
    feeds, returns = _feeds_between_quotes(data, signs, delimiter)
    if returns and not (len(feeds) == data.count(b"\r") and feeds[0] and (signs[feeds - 1] == _CR).all()):
        raise Rough("line ends of two sorts")
    if (np.diff(feeds, prepend=-1) == 1 + returns).any():
        raise Rough("an empty line")
    count = len(feeds) + (not data.endswith(b"\n"))
    return Lines(count, returns if len(feeds) else None, data, feeds, delimiter.encode())


def _feeds_between_quotes(
    data: bytes, signs: npt.NDArray[np.uint8], delimiter: str
) -> tuple[npt.NDArray[np.intp], bool]:
    """Where the line feeds are, and whether there are carriage returns. Raises `Rough` where there is a zero byte, or
    quotes don't stand in pairs around whole cells."""
    quoted = b'"' in data
    edge = np.zeros(256, np.bool_)
    edge[[ord(delimiter), _LF, _CR, _QUOTE]] = True
    rooms = np.zeros((2, _CHUNK), np.bool_)
    feeds: list[npt.NDArray[np.intp]] = []
    quotes, returns = 0, False
    for start in range(0, len(signs), _CHUNK):
        if data.find(b"\0", start, start + _CHUNK) >= 0:
            raise Rough("a zero byte")
        returns = returns or data.find(b"\r", start, start + _CHUNK) >= 0
        chunk = signs[start : start + _CHUNK]
        found, other = rooms[:, : len(chunk)]
        np.equal(chunk, _LF, out=found)
        if not quoted:
            feeds.append(found.nonzero()[0] + start)
            continue
        np.logical_or(found, np.equal(chunk, _QUOTE, out=other), out=found)  # one search for both is the cheaper one
        places = found.nonzero()[0]
        feed = chunk[places] == _LF
        feeds.append(places[feed] + start)
        at = places[~feed] + start
        # Quotes open and close in turn; a doubled one inside a cell closes it and opens it again.
        before, behind = at[quotes % 2 :: 2] - 1, at[1 - quotes % 2 :: 2] + 1
        quotes += len(at)
        if len(before) and before[0] < 0:
            before = before[1:]
        if len(behind) and behind[-1] == len(signs):
            behind = behind[:-1]
        if not (edge[signs[before]].all() and edge[signs[behind]].all()):
            raise Rough("a quote inside a cell, or text behind one")
    if quotes % 2:
        raise Rough("a quote that isn't closed")
    return (np.concatenate(feeds) if feeds else np.zeros(0, np.intp)), returns
