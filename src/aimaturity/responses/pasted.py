"""Another export's rows in a file, pasted behind its own: known by the headings with which they begin."""

from __future__ import annotations

import csv
import operator
import re
from collections.abc import Callable, Sequence

from aimaturity.responses.normalise import normalise
from aimaturity.responses.text import DELIMITERS, Record

_LINE_ENDS = re.compile(r"[\r\n]+")
SOME = 3
"""So many headings at least make a table."""
MOST = 300
"""Rows of a file that are tried as headings: a file of ragged rows must not take forever."""
AHEAD = 20
"""Rows behind the headings by which a tool is known."""


class Pasted:
    """Looks through a file's records once, in their order.

    own        the file's own headings: where they come again, its own rows follow
    width      columns that have a heading
    delimiter  between the cells of a text file; "" in a workbook, whose rows are all of one length
    is_table   whether these records are an export with answers to the questionnaire's questions, in other columns than
               the file's own; or in whatever columns, where they are separated otherwise
    """

    def __init__(
        self, own: Sequence[str], width: int, delimiter: str, is_table: Callable[[list[Record], bool], bool]
    ) -> None:
        self.own, self.width, self.delimiter, self.is_table = list(map(normalise, own)), width, delimiter, is_table
        self.inside = False
        self.tried = 0

    def rows(self, chunk: Sequence[Record], of_any_width: bool = False) -> list[bool]:
        """Which of these records belong to another export.

        of_any_width  those too that are as wide as a text file's own; else they are left to `HeadingRows`, which the
                      fast reader has too
        """
        found = []
        for place, (_, record) in enumerate(chunk):
            if self.inside and self._is_own(record):
                self.inside = False
            elif not self.inside and self._may_begin(record, of_any_width):
                self.inside = self._begins(chunk[place : place + AHEAD])
            found.append(self.inside or _names_separator(record))
        return found

    def _is_own(self, record: list[str]) -> bool:
        """Whether these are the file's own headings. Told by the first cells of almost every row."""
        cells = record[: self.width]
        return len(cells) == len(self.own) and all(map(operator.eq, map(normalise, cells), self.own))

    def _may_begin(self, record: list[str], of_any_width: bool) -> bool:
        """Whether it is worth a closer look: headings are words, most of them different."""
        if self.tried >= MOST or (self.delimiter and len(record) == self.width and not of_any_width):
            return False
        if self._other(record):
            return True
        filled = [cell for cell in record if cell.strip()]
        return len(filled) >= SOME and 2 * len(set(filled)) > len(filled) and not any(map(str.isdigit, filled))

    def _begins(self, records: Sequence[Record]) -> bool:
        self.tried += 1
        other = self._other(records[0][1])
        if other:
            lines = [_LINE_ENDS.sub(" ", self.delimiter.join(record)) for _, record in records]
            again = csv.reader(lines, delimiter=other)
            records = [(number, cells) for (number, _), cells in zip(records, again, strict=False)]
        return bool(records) and not self._is_own(records[0][1]) and self.is_table(list(records), bool(other))

    def _other(self, record: list[str]) -> str:
        """The sign by which a line of hardly any columns has about as many as the file."""
        if not self.delimiter or len(record) * 2 > self.width:
            return ""
        line = self.delimiter.join(record)
        most = max((sign for sign in DELIMITERS if sign != self.delimiter), key=line.count)
        return most if line.count(most) >= max(2, len(record)) else ""


def _names_separator(record: Sequence[str]) -> bool:
    return len(record) <= 2 and "".join(record).strip().casefold().startswith("sep=")
