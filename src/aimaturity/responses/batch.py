"""Rows of a survey file as columns of text, each distinct text once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BATCH_ROWS = 32_768
MAX_WORDS = 200_000
"""Distinct texts that a column's dictionary holds before it starts anew."""


@dataclass(slots=True)
class Coded:
    """A column of a batch: (rows,) positions in `words`, -1 for an empty cell. Later batches may lengthen `words`."""

    codes: npt.NDArray[np.int64]
    words: list[str]

    def texts(self) -> list[str]:
        """The cells, row by row."""
        words, rows = self.words, len(self.codes)
        if len(words) == rows and (self.codes == np.arange(rows)).all():
            return words
        return [words[code] if code >= 0 else "" for code in self.codes.tolist()]


@dataclass(slots=True)
class Batch:
    """Some rows of the file.

    numbers  those that a spreadsheet shows
    another  (rows,) whether a row is another export's, pasted behind the file's own; None where none is
    """

    numbers: npt.NDArray[np.int64]
    columns: Mapping[int, Coded]
    another: npt.NDArray[np.bool_] | None = None

    @property
    def rows(self) -> int:
        return len(self.numbers)

    def take(self, kept: npt.NDArray[np.bool_]) -> Batch:
        """The batch with these rows alone."""
        if kept.all():
            return self
        columns = {column: Coded(coded.codes[kept], coded.words) for column, coded in self.columns.items()}
        return Batch(self.numbers[kept], columns, None if self.another is None else self.another[kept])

    def compact(self) -> Batch:
        """The batch without texts that no row of it holds."""
        columns = {}
        for column, coded in self.columns.items():
            used, codes = np.unique(coded.codes, return_inverse=True)
            words = [coded.words[code] for code in used.tolist() if code >= 0]
            columns[column] = Coded(codes - (len(used) - len(words)), words)
        return Batch(self.numbers, columns, self.another)
