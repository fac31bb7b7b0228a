"""Rows among the answers that are headings: of exports pasted one after the other, or a second row of them."""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from aimaturity.responses.batch import Batch
from aimaturity.responses.cells import words_of
from aimaturity.responses.headings import Matched, in_one
from aimaturity.responses.normalise import normalise
from aimaturity.responses.pasted import SOME
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.targets import Target
from aimaturity.responses.tools.layout import Layout, at

_LAST = re.compile(r"(?<=[/.-])\w+\Z")
"""The end of a path of names."""
_NO_HEADING, _OWN, _ANOTHERS, _OPTION = 0, 1, 2, 3
Rows = npt.NDArray[np.bool_]


class HeadingRows:
    """Finds them by the columns of answers, in the order of the file; those where all texts are different aren't looked
    at. What follows headings in another order is another export's, until the file's own come again."""

    def __init__(self, sheet: Sheet, layout: Layout, matched: Matched, plain: Collection[int]) -> None:
        self.names = matched.names
        questionnaire = self.names.questionnaire
        self.targets = {c: t for c, t in matched.targets.items() if t.kind in ("value", "tick") and c not in plain}
        self.own: dict[int, set[str]] = {}
        self.options: dict[int, set[str]] = {}
        self.known: dict[int, tuple[list[str], list[int]]] = {}
        self.in_another = False
        for column, target in self.targets.items():
            question = questionnaire.questions[target.variable.partition(".")[0]]
            options = questionnaire.options_of(question)
            self.options[column] = {word for option in options for word in words_of(option)}
            said = {at(record, column) for _, record in sheet.head[layout.heading : layout.first]} | {target.name}
            if target.name in questionnaire.questions:
                said |= set(question.text.root.values())
            self.own[column] = {normalise(text) for text in said} - self.options[column] - {""}

    def of(self, batch: Batch) -> tuple[Rows, Rows]:
        """Rows that are the headings once more, and rows that another export's headings begin: these too."""
        another = np.full(batch.rows, self.in_another)
        kinds = {column: self._kinds(column, batch.columns[column].words) for column in self.targets}
        if not any(_OWN in column or _ANOTHERS in column for column in kinds.values()):  # as in almost every batch
            return np.zeros(batch.rows, np.bool_), another
        own, others, options = (np.zeros(batch.rows, np.int64) for _ in range(3))
        for column, listed in kinds.items():
            found = np.array([*listed, _NO_HEADING])[batch.columns[column].codes]
            own += found == _OWN
            others += found == _ANOTHERS
            options += found == _OPTION
        filled = sum((batch.columns[column].codes >= 0).astype(np.int64) for column in self.targets)
        mostly = (own + others) * 2 >= np.maximum(filled, 1)
        foreign = mostly & (others > 1) | (options == 0) & (others >= SOME)
        again = mostly & (own > 1) & ~foreign
        for row in np.flatnonzero(foreign | again).tolist():
            self.in_another = bool(foreign[row])
            another[row:] = self.in_another
        return again, another

    def _kinds(self, column: int, words: list[str]) -> list[int]:
        """What each text of a column is; worked out once, as the list of texts grows."""
        before, kinds = self.known.get(column, ([], []))
        if before is not words:
            kinds = []
        kinds += [self._kind(column, word) for word in words[len(kinds) :]]
        self.known[column] = words, kinds
        return kinds

    def _kind(self, column: int, text: str) -> int:
        word = normalise(text)
        if word in self.own[column]:
            return _OWN
        if word in self.options[column]:
            return _OPTION
        if not any(map(str.isalpha, word)):
            return _NO_HEADING
        named = self._named(word)
        if named is None:
            return _NO_HEADING
        return _OWN if named == self.targets[column].name else _ANOTHERS

    def _named(self, word: str) -> str | None:
        """The question, or part of one, that a heading of this text would stand for."""
        end = _LAST.search(word)
        for name in (word, end[0]) if end is not None else (word,):
            question = self.names.question(name)
            if question is not None:
                return str(question.id)
        found: Target | None = self.names.ids.get(word) or in_one(self.names, word)
        return None if found is None else found.name
