"""Rows that are listed, not scored: empty ones, headings, sums, tests, rejected and repeated ones, other exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aimaturity.responses.batch import Batch
from aimaturity.responses.heading_rows import HeadingRows
from aimaturity.responses.headings import Matched
from aimaturity.responses.normalise import number
from aimaturity.responses.problems import Problems
from aimaturity.responses.tools.layout import Layout, Standing

Rows = npt.NDArray[np.bool_]
STANDINGS: tuple[Standing, ...] = ("test", "rejected")
"""What a tool may say of a row that sets it aside."""
REASONS = ("test", "rejected", "empty", "repeated", "headings", "sums", "another")
"""Why rows are set aside: the keys under which they are counted."""
_SUM_WORDS = (
    "summa", "totalt", "total", "totalsumma", "delsumma", "medel", "medelvärde", "genomsnitt", "snitt", "median",
    "antal", "antal svar", "sum", "subtotal", "grand total", "average", "mean", "count",
)  # fmt: skip
SUMS = frozenset(
    spelt + end for word in _SUM_WORDS for spelt in (word, word.capitalize(), word.upper()) for end in ("", ":")
)
"""What a spreadsheet's row of sums is called. Spelt out, since texts that are all different are looked up here."""


@dataclass
class Aside:
    """Parts the rows of one reading, in their order, from those to score.

    counts  rows by what became of them: read, complete, partial, and `REASONS`
    first   the file's first column where it is read for this alone: sums are named there
    """

    layout: Layout
    matched: Matched
    headings: HeadingRows
    problems: Problems
    counts: Counter[str]
    first: int | None = None

    def __post_init__(self) -> None:
        self.standing = self.layout.standing
        self.identity = [column for column, target in self.matched.targets.items() if target.kind == "identity"]
        self.mixed = False
        """Whether other exports' rows were among those so far: what these hold is nothing to this file's columns."""

    def without(self, batch: Batch, dropped: npt.NDArray[np.int64]) -> Batch:
        """The batch's rows to score. `dropped`: numbers of rows that are repeated and not wanted."""
        again, another = self.headings.of(batch)
        if batch.another is not None:
            another |= batch.another
        aside = self._whole_rows(batch, another, "another", "AIM370")
        self.mixed |= bool(another.any())
        empty = np.ones(batch.rows, np.bool_)
        for column in self.matched.targets:
            empty &= batch.columns[column].codes < 0
        aside |= self._whole_rows(batch, empty & ~aside, "empty", "AIM344")
        aside |= self._whole_rows(batch, again & ~aside, "headings", "AIM369")
        for rows, column, text in self._sums(batch):
            aside |= self._note(batch, rows & ~aside, "sums", column, text, "AIM373")
        partial = np.zeros(batch.rows, np.bool_)
        for column, standing, said in self._standings(batch):
            if standing == "partial":
                partial |= said
                continue
            coded, rows = batch.columns[column], said & ~aside
            for code in np.unique(coded.codes[rows]).tolist():
                text = coded.words[code] if code >= 0 else ""
                self._note(batch, rows & (coded.codes == code), standing, column, text, "AIM345")
            aside |= rows
        if len(dropped):
            aside |= self._whole_rows(batch, np.isin(batch.numbers, dropped) & ~aside, "repeated", "AIM349")
        self.counts["read"] += batch.rows
        begun = int((partial & ~aside).sum())
        self.counts["partial"] += begun
        self.counts["complete"] += int((~aside).sum()) - begun if self.standing else 0
        kept = batch.take(~aside)
        return kept.compact() if self.mixed else kept

    def _sums(self, batch: Batch) -> Iterator[tuple[Rows, int, str]]:
        """Rows that a spreadsheet's word for sums names and nothing else does; where the word stands in a column that
        is nobody's name, only those that hold numbers and nothing else."""
        for column in self.identity if self.first is None else [*self.identity, self.first]:
            coded = batch.columns[column]
            for word in sorted(SUMS.intersection(coded.words)):
                rows = np.isin(coded.codes, [code for code, text in enumerate(coded.words) if text == word])
                for other in self.identity:
                    if other != column:
                        rows = rows & (batch.columns[other].codes < 0)
                yield rows & self._all_numbers(batch, rows) if column == self.first else rows, column, word

    def _all_numbers(self, batch: Batch, rows: Rows) -> Rows:
        """Of these rows, those whose answers are all numbers or empty."""
        found = rows.copy()
        for column in self.matched.targets:
            coded = batch.columns[column]
            words = [code for code in np.unique(coded.codes[rows]) if code >= 0 and number(coded.words[code]) is None]
            found &= ~np.isin(coded.codes, words)
        return found

    def _standings(self, batch: Batch) -> Iterator[tuple[int, Standing, Rows]]:
        """Column, standing, and the rows of which the column says so, for the standings that change something."""
        for column in self.standing:
            coded, said = batch.columns[column], self.layout.headings[column].standing or {}
            meant = [_standing(said, word) for word in [*coded.words, ""]]
            for standing in (*STANDINGS, "partial"):
                yield column, standing, np.array([one == standing for one in meant], np.bool_)[coded.codes]

    def _whole_rows(self, batch: Batch, rows: Rows, why: str, code: str) -> Rows:
        return self._note(batch, rows, why, -1, "", code)

    def _note(self, batch: Batch, rows: Rows, why: str, column: int, value: str, code: str) -> Rows:
        count = int(rows.sum())
        if count:
            self.counts[why] += count
            self.problems.note(column, value, code, {"name": value}, int(batch.numbers[rows].min()), count)
        return rows


def _standing(said: Mapping[str, Standing], word: str) -> Standing | None:
    word = word.strip().casefold()
    return said.get(word) or (said.get("*") if word else None)
