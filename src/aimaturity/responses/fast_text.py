"""Large text files by way of pyarrow: piece by piece, in several threads."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from aimaturity.responses.batch import BATCH_ROWS, MAX_WORDS, Batch, Coded
from aimaturity.responses.opening import Opened
from aimaturity.responses.text import Dialect, holds_rows

if TYPE_CHECKING:
    import pyarrow as pa

PIECE = 16_000_000
"""Bytes read at once: many rows for each step in Python, and few enough for the C library to use the same memory again
for the next piece."""
BLOCK = 2_000_000
"""Bytes that pyarrow parses and then sorts into columns: few enough to stay in the processor's cache in between."""
AHEAD = 2
"""Pieces that may have been read and not yet asked for: so many that readers needn't wait while a batch is made of
some, and no more, for memory."""
_TAIL = 1 << 16
_MARK = "\x02"
_ZERO = re.compile(rb"\0")


class Rough(Exception):
    """Something that the fast reader may not read like the careful one."""


class Dictionary:
    """The distinct texts of a column, in the order in which rows bring them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.places: dict[bytes, int] = {b"": -1}
        """Text as it stands in the file -> position in `words`, -1 for the empty text."""

    def coded(self, codes: npt.NDArray[np.int32], texts: list[bytes]) -> npt.NDArray[np.int64]:
        """Positions in `words` of what `codes` are positions of in `texts`; texts that are new are learnt."""
        places = self.places
        for text in texts:
            if text not in places:
                places[text] = len(self.words)
                self.words.append(_decoded(text))
        return np.array([places[text] for text in texts], np.int64).take(codes)


@dataclass(frozen=True, slots=True)
class Piece:
    """What pyarrow made of some lines, or a part of that.

    codes  column -> (rows,) positions in `words`
    words  column -> the distinct texts in this piece
    texts  column -> (rows) texts, of columns that have no dictionary
    """

    rows: int
    codes: dict[int, npt.NDArray[np.int32]]
    words: dict[int, list[bytes]]
    texts: dict[int, list[str]]

    def part(self, start: int, stop: int) -> Piece:
        """Some of the rows."""
        if stop - start == self.rows:
            return self
        codes = {column: numbers[start:stop] for column, numbers in self.codes.items()}
        texts = {column: texts[start:stop] for column, texts in self.texts.items()}
        return Piece(stop - start, codes, self.words, texts)


class FastText:
    """One reading of a file (see `Sheet.batches` for `first`, `width`, `wanted` and `plain`)."""

    def __init__(
        self, file: Opened, dialect: Dialect, first: int, width: int, wanted: Collection[int], plain: Collection[int]
    ) -> None:
        import pyarrow as pa

        self.file, self.dialect, self.first, self.width = file, dialect, first, width
        self.plain = sorted(set(plain) & set(wanted))
        self.dictionaries = {column: Dictionary() for column in sorted(set(wanted) - set(plain))}
        self.kinds = {
            f"c{column}": pa.dictionary(pa.int32(), pa.binary()) if column in self.dictionaries else pa.string()
            for column in range(width)
        }

    def batches(self) -> Iterator[Batch]:
        """All rows. Raises `Rough` on the way where something may have been read otherwise than with care."""
        if self.width < 2:
            raise Rough("a row can't be told from an empty line")
        number = self.first + 1
        held: list[Piece] = []
        for piece in self._pieces():
            start = 0
            while start < piece.rows:
                stop = min(start + BATCH_ROWS - _rows(held), piece.rows)
                held.append(piece.part(start, stop))
                start = stop
                if _rows(held) == BATCH_ROWS:
                    yield self._batch(held, number)
                    number, held = number + BATCH_ROWS, []
        if held:
            yield self._batch(held, number)
        elif number == self.first + 1:
            raise Rough("no rows")

    def _pieces(self) -> Iterator[Piece]:
        """The pieces in order, while the next are read by threads."""
        workers = min(os.cpu_count() or 1, 4)
        waiting: deque[Future[Piece]] = deque()
        pool = ThreadPoolExecutor(workers)
        try:
            for start, stop in _stretches(self.file):
                waiting.append(pool.submit(self._read, start, stop))
                if len(waiting) > workers + AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _read(self, start: int, stop: int) -> Piece:
        """Has pyarrow read a stretch of the file, with a row of marks behind it. A quote still open at its end swallows
        them: then they aren't what the last row holds."""
        import pyarrow as pa

        size, delimiter = stop - start, self.dialect.delimiter
        marks = f"{_MARK}{delimiter * (self.width - 1)}{_MARK}\n".encode()
        buffer = pa.allocate_buffer(size + 1 + len(marks))
        data = memoryview(buffer).cast("B")
        with self.file.path.open("rb", buffering=0) as stream:
            stream.seek(start)
            if stream.readinto(data[:size]) != size:
                raise Rough("a file that becomes shorter")
        if _ZERO.search(data, 0, size):
            raise Rough("bytes of zero")
        marks = marks if data[size - 1] in b"\r\n" else b"\n" + marks
        data[size : size + len(marks)] = marks
        buffer, data = buffer[: size + len(marks)], data[: size + len(marks)]
        if start == 0:
            behind = _behind(data, self.first + self.dialect.skip, delimiter)
            _decoded(bytes(data[:behind]))
            buffer, data = buffer[behind:], data[behind:]
        if bytes(data[:3]) == codecs.BOM_UTF8:
            if start == self.first == 0:
                raise Rough("several byte order marks")
            buffer = pa.py_buffer(codecs.BOM_UTF8 + data)  # pyarrow leaves one out; here it is part of a cell
        columns = self._columns(buffer, False)
        if _may_be_cut(columns[-1]):
            columns = self._columns(buffer, True)
        if _has_empty_row(columns) and _has_empty_line(bytes(data)):
            raise Rough("an empty line")
        return self._piece(columns)

    def _columns(self, buffer: pa.Buffer, by_quotes: bool) -> list[Any]:
        """What pyarrow makes of some lines. Unless `by_quotes`, which costs time, it ends a block of them at any line
        feed, inside quotes too."""
        import pyarrow as pa
        import pyarrow.csv as reader

        try:
            # All columns are asked for: those left out aren't looked at, and may hold what isn't UTF-8.
            table = reader.read_csv(
                pa.BufferReader(buffer),
                reader.ReadOptions(use_threads=False, block_size=BLOCK, column_names=list(self.kinds)),
                reader.ParseOptions(
                    delimiter=self.dialect.delimiter, ignore_empty_lines=False, newlines_in_values=by_quotes
                ),
                reader.ConvertOptions(column_types=self.kinds, null_values=[], strings_can_be_null=False),
            )
        except pa.ArrowInvalid as error:
            raise Rough("a row of another length, or text that isn't UTF-8") from error
        return [column.chunk(0) for column in table.unify_dictionaries().combine_chunks().columns]

    def _piece(self, columns: list[Any]) -> Piece:
        """The rows of a table but the last, which must hold the marks."""
        rows = len(columns[0]) - 1
        edges = (0, self.width - 1)
        if any(columns[edge][rows].as_py() not in (_MARK, _MARK.encode()) for edge in edges):
            raise Rough("a quote that isn't closed")
        codes: dict[int, npt.NDArray[np.int32]] = {}
        words: dict[int, list[bytes]] = {}
        texts: dict[int, list[str]] = {}
        for column, array in enumerate(columns):
            if column in self.dictionaries:
                codes[column] = array.indices.to_numpy()[:rows]
                words[column] = _listed(array.dictionary)
                if column in edges:
                    del words[column][codes[column].max(initial=-1) + 1 :]  # the mark, where no row holds it
                several = [_decoded(text) for text in words[column] if b"\n" in text]
            else:
                given = _listed(array)[:rows] if column in self.plain or _has_line_feed(array) else []
                several = [text for text in given if "\n" in text]
                if column in self.plain:
                    texts[column] = given
            if any(holds_rows(text, self.dialect.delimiter, self.width) for text in several):
                raise Rough("a cell that may have swallowed rows")
        return Piece(rows, codes, words, texts)

    def _batch(self, pieces: list[Piece], number: int) -> Batch:
        """Pieces that follow one another, as one batch whose first row is `number`."""
        rows = _rows(pieces)
        columns: dict[int, Coded] = {}
        for column, known in self.dictionaries.items():
            if len(known.words) > MAX_WORDS:
                known = self.dictionaries[column] = Dictionary()
            codes = np.concatenate([known.coded(piece.codes[column], piece.words[column]) for piece in pieces])
            columns[column] = Coded(codes, known.words)
        for column in self.plain:
            texts = [text for piece in pieces for text in piece.texts[column]]
            codes = np.arange(rows)
            if "" in texts:
                codes[[not text for text in texts]] = -1
            columns[column] = Coded(codes, texts)
        return Batch(np.arange(number, number + rows, dtype=np.int64), columns)


def _may_be_cut(last: Any) -> bool:
    """Whether a cell of the last column ends with its line, as one does in which a block ended inside quotes."""
    texts = last.dictionary if hasattr(last, "dictionary") else last
    buffer = texts.buffers()[2]
    data = b"" if buffer is None else buffer.to_pybytes()
    if b"\n" not in data and b"\r" not in data:
        return False
    ends = (b"\n", b"\r", "\n", "\r")
    return any(text[-1:] in ends for text in _listed(texts))


def _has_empty_row(columns: list[Any]) -> bool:
    """Whether all cells of some row are empty. An empty line makes such a row too."""
    rows = np.arange(len(columns[0]))
    for array in columns:
        if hasattr(array, "dictionary"):
            empty = array.indices.to_numpy() == array.dictionary.index(b"").as_py()
        else:
            empty = np.diff(np.frombuffer(array.buffers()[1], np.int32)[: len(array) + 1]) == 0
        rows = rows[empty[rows]]
        if not len(rows):
            return False
    return True


def _has_empty_line(data: bytes) -> bool:
    """Whether there may be one; what looks like it may stand in a quoted cell."""
    return data[0] in b"\r\n" or any(ends in data for ends in (b"\n\n", b"\n\r", b"\r\r"))


def _listed(array: Any) -> list[Any]:
    """What an array of text or bytes holds. By way of numpy, which is several times faster than pyarrow's own."""
    found: list[Any] = array.to_numpy(zero_copy_only=False).tolist()
    return found


def _has_line_feed(array: pa.StringArray) -> bool:
    data = array.buffers()[2]
    return data is not None and b"\n" in data.to_pybytes()


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Rough("text that isn't UTF-8") from None


def _behind(data: memoryview, first: int, delimiter: str) -> int:
    """Bytes of a byte order mark and the first records, which may be as wide as they like; all bytes, marks too, where
    these records may go on behind the piece."""
    taken = len(codecs.BOM_UTF8) if bytes(data[:3]) == codecs.BOM_UTF8 else 0
    rest = io.BytesIO(data[taken:])

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in io.TextIOWrapper(rest, "utf-8", "surrogateescape", newline=""):
            taken += len(line.encode("utf-8", "surrogateescape"))
            yield line

    try:
        for _ in islice(csv.reader(lines(), delimiter=delimiter), first):
            pass
    except csv.Error as error:
        raise Rough("headings that can't be read") from error
    return taken


def _stretches(file: Opened) -> Iterator[tuple[int, int]]:
    """Where pieces begin and end: behind a line feed."""
    start = 0
    with file.path.open("rb", buffering=0) as stream:
        while start < file.size:
            end, place = start + PIECE, -1
            while place < 0 and end < file.size:
                if end <= start:
                    raise Rough("a line longer than a piece")
                begin = max(end - _TAIL, start)
                stream.seek(begin)
                place = stream.read(end - begin).rfind(b"\n")
                end = begin if place < 0 else begin + place + 1
            yield start, min(end, file.size)
            start = end


def _rows(pieces: list[Piece]) -> int:
    return sum(piece.rows for piece in pieces)
