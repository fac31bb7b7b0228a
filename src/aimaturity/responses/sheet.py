"""A survey file as a sheet of text: its first records to recognise it by, then batches of columns.

Each column of a batch is dictionary-encoded, so that each distinct text is interpreted once. A large clean text file
is read by polars; all else by Python's csv module. Both give the same batches (a property test holds them to it).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.responses.json_rows import json_records, looks_like_json
from aimaturity.responses.opening import Opened, Unreadable
from aimaturity.responses.text import Dialect, Record, dialect_of, records
from aimaturity.responses.workbook import is_workbook, sheet_records

HEAD = 60
BATCH_ROWS = 16_384
FAST_FROM = 8_000_000
"""Bytes from which polars is worth its start."""
MAX_WORDS = 200_000
"""Distinct texts that a column's dictionary holds before it starts anew."""


@dataclass(slots=True)
class Coded:
    """A column of a batch: (rows,) positions in `words`, -1 for an empty cell. Later batches may lengthen `words`."""

    codes: npt.NDArray[np.int64]
    words: list[str]

    def texts(self) -> list[str]:
        """The cells, row by row."""
        words = self.words
        return [words[code] if code >= 0 else "" for code in self.codes.tolist()]


@dataclass(slots=True)
class Batch:
    """Some rows of the file. `numbers` are those that a spreadsheet shows."""

    numbers: npt.NDArray[np.int64]
    columns: Mapping[int, Coded]

    @property
    def rows(self) -> int:
        return len(self.numbers)

    def take(self, kept: npt.NDArray[np.bool_]) -> Batch:
        """The batch with these rows alone."""
        if kept.all():
            return self
        columns = {column: Coded(coded.codes[kept], coded.words) for column, coded in self.columns.items()}
        return Batch(self.numbers[kept], columns)


@dataclass
class Sheet:
    """A file that can be read as rows and columns.

    kind     text, workbook or json
    head     the first records, empty ones too
    """

    file: Opened
    kind: str
    head: list[Record]
    dialect: Dialect | None = None
    notes: list[Diagnostic] = field(default_factory=list)
    everything: list[Record] | None = None
    careful: bool = False

    def records(self) -> Iterator[Record]:
        """All records, from the start."""
        if self.everything is not None:
            return iter(self.everything)
        assert self.dialect is not None
        return records(self.file, self.dialect, self.notes)

    def batches(self, first: int, width: int, wanted: Collection[int], plain: Collection[int]) -> Iterator[Batch]:
        """The rows from the record at position `first` on.

        width   columns that have a heading
        wanted  positions of the columns to give
        plain   those of them whose texts are mostly different, and not worth a dictionary

        Raises `Untame` on the way where it has to be read anew, with `careful` set.
        """
        if not self.careful and _looks_tame(self):
            return _fast(self, first, width, wanted, plain)
        return _careful(self, first, width, wanted, plain)


def open_sheet(file: Opened) -> Sheet:
    """The sheet in an opened file. Raises `Unreadable`."""
    if not file.beginning().strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Unreadable("AIM005", file.name)
    if is_workbook(file):
        rows = sheet_records(file)
        return Sheet(file, "workbook", rows[:HEAD], everything=rows)
    if looks_like_json(file):
        rows = json_records(file)
        return Sheet(file, "json", rows[:HEAD], everything=rows)
    dialect = dialect_of(file)
    sheet = Sheet(file, "text", [], dialect=dialect)
    trouble: list[Diagnostic] = []
    sheet.head = list(islice(records(file, dialect, trouble), HEAD))
    if len(sheet.head) < 2 and trouble:
        raise Unreadable.because(trouble[0])
    if dialect.guessed:
        file.notes.append(problem("AIM318", Position(file.name), encoding=dialect.encoding))
    if not any(any(cell.strip() for cell in record) for _, record in sheet.head):
        raise Unreadable("AIM005", file.name)
    return sheet


def _careful(sheet: Sheet, first: int, width: int, wanted: Collection[int], plain: Collection[int]) -> Iterator[Batch]:
    """Batches by way of Python's csv module, or of what is in memory already."""
    known: dict[int, dict[str, int]] = {column: {} for column in wanted}
    words: dict[int, list[str]] = {column: [] for column in wanted}
    wide: list[int] = []
    swallowed: list[int] = []
    delimiter = sheet.dialect.delimiter if sheet.dialect is not None else ""
    rows = islice(sheet.records(), first, None)
    while chunk := list(islice(rows, BATCH_ROWS)):
        kept = [(number, record) for number, record in chunk if record]
        wide += [number for number, record in kept if any(cell.strip() for cell in record[width:])]
        swallowed += [number for number, record in kept if any(_holds_rows(cell, delimiter, width) for cell in record)]
        columns: dict[int, Coded] = {}
        for column in wanted:
            if column in plain or len(words[column]) > MAX_WORDS:
                known[column], words[column] = {}, []
            seen, listed = known[column], words[column]
            codes = []
            for _, record in kept:
                text = record[column] if column < len(record) else ""
                if not text:
                    codes.append(-1)
                    continue
                code = seen.get(text)
                if code is None:
                    code = seen[text] = len(listed)
                    listed.append(text)
                codes.append(code)
            columns[column] = Coded(np.array(codes, np.int64), listed)
        yield Batch(np.array([number for number, _ in kept], np.int64), columns)
    if wide:
        sheet.notes.append(problem("AIM315", Position(sheet.file.name, wide[0]), count=len(wide)))
    for number in swallowed[:20]:
        sheet.notes.append(problem("AIM356", Position(sheet.file.name, number)))


def _holds_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell over several lines has in some whole line as many delimiters as a row of the file."""
    if not delimiter or width < 3 or "\n" not in cell:
        return False
    inner = [line.split(delimiter) for line in cell.splitlines()[1:]]
    return any(len(cells) >= width and sum(map(bool, cells)) > 1 for cells in inner)


def _fast(sheet: Sheet, first: int, width: int, wanted: Collection[int], plain: Collection[int]) -> Iterator[Batch]:
    """Batches by way of polars, which reads with several threads. Raises `Untame` where it may read a row otherwise
    than the careful way: another number of rows than lines, a row too short or too long, quotes inside cells."""
    import polars as pl

    assert sheet.dialect is not None
    names = [f"c{column}" for column in range(width)]
    kinds: dict[str, Any] = {
        name: pl.String if column in plain or column not in wanted else pl.Categorical(pl.Categories.random())
        for column, name in enumerate(names)
    }
    scanned = pl.scan_csv(
        sheet.file.path, has_header=False, skip_rows=first, schema=kinds, infer_schema=False, glob=False,
        separator=sheet.dialect.delimiter, empty_string_is_null=False, raise_if_empty=False,
    )  # fmt: skip
    texts = [pl.col(name) for name in names]  # all of them: with fewer, polars doesn't notice a row that is too long
    # What a column's cells are coded as is worked out by the threads that read them.
    codes = [
        pl.col(names[column]).to_physical().cast(pl.Int64).fill_null(-1).alias(f"codes{column}")
        for column in sorted(wanted)
        if column not in plain
    ]
    frame = scanned.select([*texts, *codes])
    words: dict[int, list[str]] = {column: [] for column in wanted}
    empties: dict[int, int] = {}
    number = first + 1
    lines = _line_count(sheet.file, sheet.dialect.delimiter)
    if lines < 0:
        raise Untame(sheet)
    try:
        for part in frame.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
            if part[names[-1]].null_count():
                raise Untame(sheet)
            columns = {column: _of_part(part, column, words[column], empties) for column in wanted}
            yield Batch(np.arange(number, number + part.height, dtype=np.int64), columns)
            number += part.height
    except (pl.exceptions.PolarsError, _Odd) as error:
        raise Untame(sheet) from error
    if lines != number - 1 or number == first + 1:
        raise Untame(sheet)


class Untame(Exception):
    """The fast reader met what it may not read like the careful one. What it gave must be thrown away; the sheet's next
    reading is a careful one."""

    def __init__(self, sheet: Sheet) -> None:
        sheet.careful = True
        super().__init__(sheet.file.name)


class _Odd(Exception):
    """Quotes inside a cell."""


def _of_part(part: Any, column: int, words: list[str], empties: dict[int, int]) -> Coded:
    """`empties`: column -> what polars codes an empty cell as."""
    import polars as pl

    series = part[f"c{column}"]
    if series.dtype == pl.String:
        texts = ["" if text is None else text for text in series.to_list()]
        if any('"' in text for text in texts):
            raise _Odd
        return Coded(np.array([position if text else -1 for position, text in enumerate(texts)], np.int64), texts)
    codes = part[f"codes{column}"].to_numpy()
    if codes.max(initial=-1) >= len(words):
        distinct = series.unique().drop_nulls()
        places = distinct.to_physical().to_list()
        words.extend([""] * (max(places) + 1 - len(words)))
        for place, text in zip(places, distinct.cast(pl.String).to_list(), strict=True):
            if '"' in text:
                raise _Odd
            words[place] = text
            if not text:
                empties[column] = place
    return Coded(np.where(codes == empties[column], -1, codes) if column in empties else codes, words)


_CHUNK = 1 << 18
"""Few enough bytes to stay in the processor's cache."""
_LF, _CR, _QUOTE = 10, 13, 34


@dataclass(slots=True)
class _Look:
    """What a stretch of a file's bytes holds. `if_outside`: its quotes fit if it begins outside a quoted cell."""

    feeds: int = 0
    returns: int = 0
    pairs: int = 0
    quotes: int = 0
    odd: bool = False
    if_outside: bool = True
    if_inside: bool = True


def _line_count(file: Opened, delimiter: str) -> int:
    """Lines of a file that polars and csv must read alike; -1 where they may not.

    That is: line ends of one sort, none of an empty line, no zero byte, and quotes only in pairs around whole cells
    (of a cell with more behind its closing quote, polars returns memory that isn't its own).
    """
    if not file.size:
        return 0
    workers = min(os.cpu_count() or 1, 4)
    step = max(-(-file.size // workers), _CHUNK)
    with ThreadPoolExecutor(workers) as pool:
        starts = range(0, file.size, step)
        looks = list(pool.map(lambda start: _look_at(file, start, min(start + step, file.size), delimiter), starts))
    inside = False
    for look in looks:
        if look.odd or not (look.if_inside if inside else look.if_outside):
            return -1
        inside ^= bool(look.quotes % 2)
    feeds, returns = sum(look.feeds for look in looks), sum(look.returns for look in looks)
    if inside or returns not in (0, feeds) or returns != sum(look.pairs for look in looks):
        return -1
    with file.path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return feeds + (stream.read(1) != b"\n")


def _look_at(file: Opened, start: int, stop: int, delimiter: str) -> _Look:
    look = _Look()
    edge = np.zeros(256, np.bool_)
    edge[[ord(delimiter), _LF, _CR, _QUOTE]] = True
    window = np.zeros(_CHUNK + 3, np.uint8)
    room = np.zeros(_CHUNK + 3, np.bool_)
    with file.path.open("rb", buffering=0) as stream:
        stream.seek(max(start - 2, 0))
        if start == 0:
            window[:2], held = (0, _LF), 2
        else:
            held = _fill(stream, window, 0, 2)
        left = stop - start + 1  # one byte more than is ours, to look at
        while left > 0 and not look.odd:
            read = _fill(stream, window, held, min(len(window) - held, left))
            left -= read
            size = held + read
            if read == 0:  # the file's end ends a cell
                window[size], size, left = _LF, size + 1, 0
            if size > 3 or left <= 0:
                _add(look, window[:size], room[:size], edge)
            window[:3], held = window[size - 3 : size].copy(), 3
    return look


def _fill(stream: Any, window: npt.NDArray[np.uint8], start: int, size: int) -> int:
    """Reads `size` bytes into the window from `start`, fewer only at the file's end."""
    view, done = memoryview(window.data), 0
    while done < size and (read := stream.readinto(view[start + done : start + size])):
        done += read
    return done


def _add(look: _Look, chunk: npt.NDArray[np.uint8], room: npt.NDArray[np.bool_], edge: npt.NDArray[np.bool_]) -> None:
    """Adds a chunk of bytes, with the two before it and the one behind it. `room`: for what is worked out."""
    own = slice(2, -1)
    if not chunk[own].all():
        look.odd = True
        return
    back = np.equal(chunk, _CR, out=room)
    returns = int(np.count_nonzero(back[1:]))
    feed = chunk == _LF if returns else np.equal(chunk, _LF, out=room)
    look.feeds += int(np.count_nonzero(feed[own]))
    if returns:
        look.returns += int(np.count_nonzero(back[own]))
        look.pairs += int(np.count_nonzero(back[1:-2] & feed[own]))
        look.odd |= bool((feed[:-3] & back[1:-2] & feed[own]).any())
    look.odd |= bool((feed[1:-2] & feed[own]).any())
    at = np.flatnonzero(np.equal(chunk[own], _QUOTE, out=room[own])) + 2
    if not len(at):
        return
    opens, closes = edge[chunk[at - 1]], edge[chunk[at + 1]]
    first, second = (opens, closes) if look.quotes % 2 == 0 else (closes, opens)
    # Quotes open and close in turn; a doubled one inside a cell closes it and opens it again.
    look.if_outside &= bool(first[0::2].all() and second[1::2].all())
    look.if_inside &= bool(second[0::2].all() and first[1::2].all())
    look.quotes += len(at)


def _looks_tame(sheet: Sheet) -> bool:
    """Whether the fast reader is worth a try: UTF-8, and no cell at the file's beginning with quotes or line breaks."""
    if sheet.dialect is None or sheet.file.size < FAST_FROM or sheet.dialect.skip:
        return False
    if sheet.dialect.encoding not in ("utf-8", "utf-8-sig"):
        return False
    return all(record and not any("\n" in cell or '"' in cell for cell in record) for _, record in sheet.head)
