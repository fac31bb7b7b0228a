"""What one cell says in answer to one question. Each distinct text of a column is interpreted once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Multiple, Number, Option, Questionnaire
from aimaturity.definitions.validation import near
from aimaturity.responses.normalise import is_ambiguous, normalise, number
from aimaturity.responses.states import state_word
from aimaturity.responses.table import State

MAX_TEXT = 10_000
SEPARATORS = re.compile(r"[;|\n]+")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell's meaning. With a problem, the state is BLANK and the raw text is kept for the list."""

    state: State
    value: float | int | None = None
    text: str | None = None
    code: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


BLANK = Meaning(State.BLANK)


def trouble(code: str, **facts: str | None) -> Meaning:
    return Meaning(State.BLANK, code=code, facts={key: value for key, value in facts.items() if value is not None})


class Interpreter:
    """Reads the cells of one column: a question, a row of a grid, or one number of a counts question."""

    def __init__(self, questionnaire: Questionnaire, variable: str, question: Any) -> None:
        self.variable = variable
        self.question = question
        self.options = questionnaire.options_of(question)
        self._known: dict[str, Meaning] = {}

    def __call__(self, raw: str) -> Meaning:
        """The meaning of a cell's text; the same text has the same meaning all down the column."""
        found = self._known.get(raw)
        if found is None:
            found = self._known[raw] = self._read(raw.strip())
        return found

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Every way to write an option: its id, its texts, its code. What could be two options is neither."""
        found: dict[str, int] = {}
        clashes: set[str] = set()
        for position, option in enumerate(self.options):
            for word in self._spellings(option):
                if found.setdefault(word, position) != position:
                    clashes.add(word)
        ids = {normalise(option.id): position for position, option in enumerate(self.options)}
        return {word: position for word, position in found.items() if word not in clashes} | ids

    @staticmethod
    def _spellings(option: Option) -> set[str]:
        words = {normalise(option.id), *(normalise(text) for text in option.text.root.values())}
        return words | ({normalise(option.code)} if option.code else set())

    def _read(self, raw: str) -> Meaning:
        if isinstance(self.question, FreeText):
            return self._words(raw)
        position = self._positions.get(normalise(raw)) if self.options and raw else None
        if position is not None:
            return Meaning(State.ANSWERED, 1 << position if isinstance(self.question, Multiple) else position)
        state = state_word(raw)
        if state is not None:
            return self._state(state)
        if isinstance(self.question, Multiple):
            return self._ticks(raw)
        if isinstance(self.question, Number | Counts):
            return self._number(raw)
        if isinstance(self.question, Date):
            return self._day(raw)
        return trouble("AIM305", name=self._shown(raw), near=self._near(raw))

    def _state(self, state: State) -> Meaning:
        if state is State.NOT_APPLICABLE and "not_applicable" not in self.question.allow:
            return trouble("AIM308")
        return Meaning(state)

    def _shown(self, raw: str) -> str:
        return raw if len(raw) <= 200 else raw[:200] + "…"

    def _near(self, raw: str) -> str | None:
        found = near(normalise(raw)[:300], self._positions)
        return self.options[self._positions[found]].id if found is not None else None

    def _words(self, raw: str) -> Meaning:
        if not raw:
            return BLANK
        if len(raw) > MAX_TEXT:
            return trouble("AIM316", length=str(len(raw)), most=str(MAX_TEXT))
        return Meaning(State.ANSWERED, text=raw)

    def _ticks(self, raw: str) -> Meaning:
        mask, rest = 0, []
        for part in self._parts(raw):
            position = self._positions.get(normalise(part))
            if position is None:
                rest.append(part)
            else:
                mask |= 1 << position
        if rest:
            return trouble("AIM305", name=self._shown(rest[0]), near=self._near(rest[0]))
        return self.checked(mask)

    def _parts(self, raw: str) -> list[str]:
        """The ticked options of a joined cell. A separator inside an option's own text is not one."""
        whole = [part for part in SEPARATORS.split(raw) if part.strip()]
        found: list[str] = []
        for part in whole:
            found += [part] if normalise(part) in self._positions else self._commas(part)
        return found

    def _commas(self, text: str) -> list[str]:
        """Split at commas, longest known option first."""
        pieces = text.split(",")
        found: list[str] = []
        start = 0
        while start < len(pieces):
            for stop in range(len(pieces), start, -1):
                joined = ",".join(pieces[start:stop])
                if normalise(joined) in self._positions or stop == start + 1:
                    found += [joined] if joined.strip() else []
                    start = stop
                    break
        return found

    def checked(self, mask: int) -> Meaning:
        """A set of ticks, if the question allows it."""
        count = mask.bit_count()
        exclusive = [option.id for bit, option in enumerate(self.options) if mask >> bit & 1 and option.exclusive]
        if exclusive and count > 1:
            return trouble("AIM309", name=exclusive[0])
        most = getattr(self.question, "at_most", None)
        if most is not None and count > most:
            return trouble("AIM310", count=str(count), most=str(most))
        return Meaning(State.ANSWERED, mask) if count else BLANK

    def _number(self, raw: str) -> Meaning:
        text = raw
        for words in self.question.unit.root.values() if self.question.unit else ():
            if normalise(text).endswith(" " + normalise(words)):
                text = text[: -len(words)].strip()
        value = number(text)
        if value is None:
            code = "AIM327" if is_ambiguous(text) else "AIM306"
            return trouble(code, name=self._shown(raw))
        question = self.question
        low, high = question.minimum, question.maximum
        if not low <= value <= high:
            return trouble("AIM307", name=self._shown(raw), low=f"{low:g}", high=f"{high:g}")
        if round(value, question.decimals) != value:
            return trouble("AIM328", name=self._shown(raw), decimals=str(question.decimals))
        return Meaning(State.ANSWERED, value)

    def _day(self, raw: str) -> Meaning:
        found = _DAY.match(raw)
        try:
            day = date.fromisoformat(found[1]) if found else None
        except ValueError:
            day = None
        if day is None:
            return trouble("AIM322", name=self._shown(raw))
        return Meaning(State.ANSWERED, text=day.isoformat())
