"""A survey file as a sheet of text: its first records to recognise it by, then batches of columns.

Each column of a batch is dictionary-encoded, so that each distinct text is interpreted once. A large clean text file
is read by pyarrow; all else by Python's csv module. Both give the same batches (a property test holds them to it).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.responses.batch import BATCH_ROWS, MAX_WORDS, Batch, Coded
from aimaturity.responses.fast_text import FastText, Rough
from aimaturity.responses.json_rows import json_records, looks_like_json
from aimaturity.responses.opening import Opened, Unreadable
from aimaturity.responses.pasted import Pasted
from aimaturity.responses.text import Dialect, Record, dialect_of, holds_rows, records
from aimaturity.responses.workbook import is_workbook, sheet_records

__all__ = ["Batch", "Coded", "Sheet", "Untame", "open_sheet"]

HEAD = 60
FAST_FROM = 8_000_000
"""Bytes from which pyarrow is worth its start."""


@dataclass
class Sheet:
    """A file that can be read as rows and columns.

    kind     text, workbook or json
    head     the first records, empty ones too
    pasted   makes what finds another export's rows in one reading; None where nobody asks
    """

    file: Opened
    kind: str
    head: list[Record]
    dialect: Dialect | None = None
    notes: list[Diagnostic] = field(default_factory=list)
    everything: list[Record] | None = None
    careful: bool = False
    pasted: Callable[[], Pasted] | None = None

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


def open_sheet(file: Opened, suits: Callable[[list[Record]], bool] | None = None) -> Sheet:
    """The sheet in an opened file. Raises `Unreadable`.

    suits  whether a sheet of a workbook with these first records is the one that is wanted; where not exactly one is,
           the first is read
    """
    if not file.beginning().strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Unreadable("AIM005", file.name)
    if is_workbook(file):
        rows = sheet_records(file, suits)
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
    short: list[int] = []
    swallowed: list[int] = []
    delimiter = sheet.dialect.delimiter if sheet.dialect is not None else ""
    pasted = sheet.pasted() if sheet.pasted is not None else None
    rows = islice(sheet.records(), first, None)
    while chunk := list(islice(rows, BATCH_ROWS)):
        kept = [(number, record) for number, record in chunk if record]
        another = pasted.rows(kept) if pasted is not None else []
        mixed = any(another)
        own = kept
        if mixed:  # what stands in others' rows is nothing to the columns of this file
            own = [one for one, foreign in zip(kept, another, strict=True) if not foreign]
            kept = [(n, [] if foreign else cells) for (n, cells), foreign in zip(kept, another, strict=True)]
        if sheet.kind == "text":
            short += [number for number, record in own if len(record) < width]
        wide += [number for number, record in own if any(cell.strip() for cell in record[width:])]
        swallowed += [number for number, record in own if any(holds_rows(cell, delimiter, width) for cell in record)]
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
        numbers = np.array([number for number, _ in kept], np.int64)
        yield Batch(numbers, columns, np.array(another) if mixed else None)
    if wide:
        sheet.notes.append(problem("AIM315", Position(sheet.file.name, wide[0]), count=len(wide)))
    if short:
        sheet.notes.append(problem("AIM360", Position(sheet.file.name, short[0]), count=len(short)))
    for number in swallowed[:20]:
        sheet.notes.append(problem("AIM356", Position(sheet.file.name, number)))


def _fast(sheet: Sheet, first: int, width: int, wanted: Collection[int], plain: Collection[int]) -> Iterator[Batch]:
    """Batches by way of pyarrow, read by several threads. Raises `Untame` where it may read a row otherwise than the
    careful way, or where that has something to say: a row too short or too long, a quote that isn't closed."""
    assert sheet.dialect is not None
    try:
        yield from FastText(sheet.file, sheet.dialect, first, width, wanted, plain).batches()
    except Rough as error:
        raise Untame(sheet) from error


class Untame(Exception):
    """The fast reader met what it may not read like the careful one. What it gave must be thrown away; the sheet's next
    reading is a careful one."""

    def __init__(self, sheet: Sheet) -> None:
        sheet.careful = True
        super().__init__(sheet.file.name)


def _looks_tame(sheet: Sheet) -> bool:
    """Whether the fast reader is worth a try: a large file in UTF-8."""
    if sheet.dialect is None or sheet.file.size < FAST_FROM:
        return False
    return sheet.dialect.encoding in ("utf-8", "utf-8-sig")
