"""Rows among the answers that are headings: of exports pasted one after the other, or a second row of them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.batch import Batch
from aimaturity.responses.headings import Matched
from aimaturity.responses.normalise import normalise
from aimaturity.responses.opening import Unreadable
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Layout, at

_NO_HEADING, _OWN, _ANOTHERS = 0, 1, 2
SOME = 3
"""So many headings of other columns in one row are no coincidence."""


class HeadingRows:
    """Finds them by the columns of answers; those where all texts are different aren't looked at."""

    def __init__(
        self, sheet: Sheet, layout: Layout, matched: Matched, questionnaire: Questionnaire, plain: Collection[int]
    ) -> None:
        self.name = sheet.file.name
        self.columns = [c for c, target in matched.targets.items() if target.kind == "value" and c not in plain]
        self.columns_named: dict[str, set[int]] = {}
        self.known: dict[int, tuple[list[str], list[int]]] = {}
        for column in self.columns:
            target = matched.targets[column]
            said = {at(record, column) for _, record in sheet.head[layout.heading : layout.first]} | {target.name}
            if target.variable in questionnaire.questions and target.part is None:
                said |= set(questionnaire.questions[target.variable].text.root.values())
            for word in map(normalise, said):
                if word:
                    self.columns_named.setdefault(word, set()).add(column)

    def of(self, batch: Batch) -> npt.NDArray[np.bool_]:
        """Rows that are the headings once more. Raises `Unreadable` where they come in another order: what follows
        would be read in the wrong columns."""
        own, others = np.zeros(batch.rows, np.int64), np.zeros(batch.rows, np.int64)
        for column in self.columns:
            coded = batch.columns[column]
            kinds = self._kinds(column, coded.words)
            if any(kinds):
                found = np.array([*kinds, _NO_HEADING])[coded.codes]
                own += found == _OWN
                others += found == _ANOTHERS
        if not (own.any() or others.any()):  # as in almost every batch
            return np.zeros(batch.rows, np.bool_)
        filled = sum((batch.columns[column].codes >= 0).astype(np.int64) for column in self.columns)
        mostly = (own + others) * 2 >= np.maximum(filled, 1)
        mixed = mostly & (others >= SOME)
        if mixed.any():
            raise Unreadable("AIM370", self.name, int(batch.numbers[mixed].min()))
        return mostly & (own > 1)

    def _kinds(self, column: int, words: list[str]) -> list[int]:
        """What each text of a column is; worked out once, as the list of texts grows."""
        before, kinds = self.known.get(column, ([], []))
        if before is not words:
            kinds = []
        for word in words[len(kinds) :]:
            named = self.columns_named.get(normalise(word), ())
            kinds.append(_OWN if column in named else _ANOTHERS if named else _NO_HEADING)
        self.known[column] = words, kinds
        return kinds
