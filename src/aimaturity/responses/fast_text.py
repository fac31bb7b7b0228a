"""Large clean text files by way of polars: piece by piece, each looked over before polars is asked."""

from __future__ import annotations

import codecs
import os
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.responses.batch import BATCH_ROWS, MAX_WORDS, Batch, Coded
from aimaturity.responses.opening import Opened
from aimaturity.responses.tame import Lines, Rough, looked_over

PIECE = 16_000_000
"""Bytes read at once: few enough for the C library to use the same memory again for the next piece."""
AHEAD = 2
"""Pieces that may have been read and not yet asked for: so many that readers needn't wait while a batch is made of
some, and no more, for memory."""
_TAIL = 1 << 16

_NEW = -2
"""A number of polars' that stands for no text met so far."""


class Dictionary:
    """The distinct texts of a column, in the order in which rows bring them.

    Polars numbers texts in the order in which its threads meet them, another at each reading; its 0 is the empty text.
    """

    def __init__(self) -> None:
        import polars as pl

        self.kind = pl.Categorical(pl.Categories.random())
        self.anchor = pl.Series([""], dtype=self.kind)
        """Keeps polars' numbers alive between pieces, and gives the empty text the number 0."""
        self.words: list[str] = []
        self.places = np.array([-1])
        """Polars' number -> position in `words`, -1 for the empty text."""

    def coded(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        """Positions in `words` of polars' numbers; the texts that are new are learnt. Raises `Rough` where one of them
        holds quotes."""
        import polars as pl

        more = int(codes.max(initial=0)) + 1 - len(self.places)
        if more > 0:
            self.places = np.append(self.places, np.full(more, _NEW))
        found = self.places.take(codes)
        if found.min(initial=0) == _NEW:
            new, first = np.unique(codes[found == _NEW], return_index=True)
            new = new[np.argsort(first)]
            texts = pl.Series(new).cat.to(self.kind).cast(pl.String).to_list()
            if any('"' in text for text in texts):
                raise Rough("a quote inside a cell")
            self.places[new] = np.arange(len(self.words), len(self.words) + len(texts))
            self.words.extend(texts)
            found = self.places.take(codes)
        return found


class Columns:
    """How polars is to read a file's columns, and the dictionaries of those that have one."""

    def __init__(self, width: int, dictionaries: Mapping[int, Dictionary]) -> None:
        import polars as pl

        self.dictionaries = dictionaries
        self.kinds: dict[str, Any] = {
            f"c{column}": dictionaries[column].kind if column in dictionaries else pl.String for column in range(width)
        }
        # All columns are asked for: with fewer, polars doesn't notice a row that is too long.
        self.asked = [
            pl.col(name).to_physical().fill_null(0) if kind != pl.String else pl.col(name).fill_null("")
            for name, kind in self.kinds.items()
        ]
        # Of a row that is too short, polars gives null for what is missing, as for an empty cell without quotes.
        self.asked += [
            (pl.col(f"c{column}").is_null() if column in dictionaries else pl.col(f"c{column}").fill_null("") == "")
            .alias(f"empty{column}") for column in range(max(width - 2, 0), width)
        ]  # fmt: skip

    def without_full(self, width: int) -> Columns:
        """The same, where a dictionary has become too large with a new one in its place."""
        if all(len(known.words) <= MAX_WORDS for known in self.dictionaries.values()):
            return self
        fresh = {
            column: Dictionary() if len(known.words) > MAX_WORDS else known
            for column, known in self.dictionaries.items()
        }  # fmt: skip
        return Columns(width, fresh)


@dataclass(frozen=True, slots=True)
class Piece:
    """What polars made of some lines, or a part of that.

    columns  how they were read
    codes    column -> (rows,) polars' numbers of its texts
    texts    column -> texts, of columns that have no dictionary
    """

    rows: int
    with_return: bool | None
    columns: Columns
    codes: dict[int, npt.NDArray[np.uint32]] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)

    def part(self, start: int, stop: int) -> Piece:
        """Some of the rows."""
        if stop - start == self.rows:
            return self
        codes = {column: numbers[start:stop] for column, numbers in self.codes.items()}
        texts = {column: texts[start:stop] for column, texts in self.texts.items()}
        return Piece(stop - start, self.with_return, self.columns, codes, texts)


class FastText:
    """One reading of a file (see `Sheet.batches` for `first`, `width`, `wanted` and `plain`)."""

    def __init__(
        self, file: Opened, delimiter: str, first: int, width: int, wanted: Collection[int], plain: Collection[int]
    ) -> None:
        self.file, self.delimiter, self.first, self.width = file, delimiter, first, width
        self.plain = sorted(set(plain) & set(wanted))
        self.columns = Columns(width, {column: Dictionary() for column in sorted(set(wanted) - set(plain))})

    def batches(self) -> Iterator[Batch]:
        """All rows. Raises `Rough` on the way where something may have been read otherwise than with care."""
        number = self.first + 1
        held: list[Piece] = []
        for piece in self._pieces():
            if held and piece.columns is not held[0].columns:
                yield _batch(held, number)
                number, held = number + _rows(held), []
            start = 0
            while start < piece.rows:
                stop = min(start + BATCH_ROWS - _rows(held), piece.rows)
                held.append(piece.part(start, stop))
                start = stop
                if _rows(held) == BATCH_ROWS:
                    yield _batch(held, number)
                    number, held = number + BATCH_ROWS, []
        if held:
            yield _batch(held, number)
        elif number == self.first + 1:
            raise Rough("no rows")

    def _pieces(self) -> Iterator[Piece]:
        """The pieces in order, while the next are read by threads."""
        workers = min(os.cpu_count() or 1, 4)
        ends: set[bool | None] = {None}
        waiting: deque[Future[Piece]] = deque()
        pool = ThreadPoolExecutor(workers)
        try:
            for start, stop in _stretches(self.file):
                self.columns = self.columns.without_full(self.width)
                waiting.append(pool.submit(self._read, start, stop, self.columns))
                if len(waiting) > workers + AHEAD:
                    yield self._next(waiting, ends)
            while waiting:
                yield self._next(waiting, ends)
        finally:
            pool.shutdown(cancel_futures=True)

    @staticmethod
    def _next(waiting: deque[Future[Piece]], ends: set[bool | None]) -> Piece:
        """The next piece. `ends`: which sorts of line ends there were so far."""
        piece = waiting.popleft().result()
        ends.add(piece.with_return)
        if len(ends) > 2:
            raise Rough("line ends of two sorts")
        return piece

    def _read(self, start: int, stop: int, used: Columns) -> Piece:
        """Looks over a stretch of the file and has polars read it."""
        import polars as pl

        with self.file.path.open("rb", buffering=0) as stream:
            stream.seek(start)
            data = stream.read(stop - start)
        if len(data) != stop - start:
            raise Rough("a file that becomes shorter")
        if start == 0:
            data = data.removeprefix(codecs.BOM_UTF8)
        lines = looked_over(data, self.delimiter)
        if data.startswith(codecs.BOM_UTF8):
            if start == 0:
                raise Rough("several byte order marks")
            data = codecs.BOM_UTF8 + data  # polars leaves one out; here it is part of a cell
        skip = self.first if start == 0 else 0
        if lines.count < skip:
            raise Rough("headings longer than a piece")
        if lines.count == skip:
            return Piece(0, lines.with_return, used)
        scanned = pl.scan_csv(
            data, has_header=False, skip_rows=skip, schema=used.kinds, infer_schema=False, separator=self.delimiter,
            empty_string_is_null=False, missing_columns="insert", raise_if_empty=False,
        )  # fmt: skip
        try:
            frame = scanned.select(used.asked).collect(engine="streaming")
        except pl.exceptions.PolarsError as error:
            raise Rough(type(error).__name__) from error
        if frame.height != lines.count - skip:
            raise Rough("another number of rows than lines")
        self._no_short_row(lines, skip, [frame[name].to_numpy() for name in frame.columns[self.width :]])
        texts = {column: frame[f"c{column}"] for column in self.plain}
        if any(series.str.contains('"', literal=True).any() for series in texts.values()):
            raise Rough("a quote inside a cell")
        codes = {column: frame[f"c{column}"].to_numpy() for column in used.dictionaries}
        lists = {column: series.to_list() for column, series in texts.items()}
        return Piece(frame.height, lines.with_return, used, codes, lists)

    def _no_short_row(self, lines: Lines, skip: int, empty: list[npt.NDArray[np.bool_]]) -> None:
        """Raises `Rough` where a row has too few cells. `empty`: whether its last two may be missing."""
        if self.width == 1:
            return
        before, last = empty
        rows = np.flatnonzero(last)
        # Of a row that is too short, and whose last cell given is empty, the one before the last column is empty too.
        unsure = rows[before[rows] | ~lines.end_with_delimiter(rows + skip)]
        if any(lines.cells(row + skip) != self.width for row in unsure.tolist()):
            raise Rough("a row that is too short")


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


def _batch(pieces: list[Piece], number: int) -> Batch:
    """Pieces that follow one another, as one batch whose first row is `number`."""
    rows, dictionaries = _rows(pieces), pieces[0].columns.dictionaries
    columns: dict[int, Coded] = {}
    for column, known in dictionaries.items():
        codes = known.coded(np.concatenate([piece.codes[column] for piece in pieces]))
        columns[column] = Coded(codes, known.words)
    for column in pieces[0].texts:
        texts = [text for piece in pieces for text in piece.texts[column]]
        codes = np.arange(rows)
        if "" in texts:
            codes[[not text for text in texts]] = -1
        columns[column] = Coded(codes, texts)
    return Batch(np.arange(number, number + rows, dtype=np.int64), columns)
