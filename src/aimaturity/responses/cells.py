"""What one cell says in answer to one question. Each distinct text of a column is interpreted once."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Multiple, Number, Option, Questionnaire
from aimaturity.definitions.validation import near
from aimaturity.responses.given import State
from aimaturity.responses.normalise import is_ambiguous, normalise, number, without_step
from aimaturity.responses.states import state_word

MAX_TEXT = 10_000
MAX_PIECES = 40
"""Pieces of a joined cell that may together be one option's text."""
MAX_KNOWN = 200_000
"""Distinct texts whose meaning is kept: memory must not grow with a column of free words."""
SEPARATORS = re.compile(r"[;|\n\x1f]+")
YES, NO = ("yes", "ja"), ("no", "nej")
_YES = frozenset({"y", "true", "sant", "checked"})
_NO = frozenset({"n", "false", "falskt", "unchecked"})
OTHER = frozenset(
    normalise(word)
    for word in (
        "other", "other (please specify)", "other, please specify", "other - write in", "annat", "annan",
        "other, namely", "annat, nämligen", "annat (ange)", "annat, ange vad", "övrigt", "_other",
    )
)  # fmt: skip
"""What tools call the option beside which words may be written."""
SHEET_ERRORS = frozenset(
    normalise(word)
    for word in (
        "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        "#DIVISION/0!", "#REFERENS!", "#VÄRDEFEL!", "#NAMN?", "#OGILTIGT!", "#SKÄRNING!",
    )
)  # fmt: skip
"""What a spreadsheet shows, in English or Swedish, where a formula came to nothing. #N/A (saknas) is a blank."""
PERCENT = frozenset({"%", "procent", "percent", "per cent"})
_IN_ORDER = re.compile(r"[A-Za-z]{0,3}0*([1-9]\d{0,2})(?:[.,]0+)?")
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


@dataclass(frozen=True)
class Manner:
    """How a file writes its cells (see `tools.layout.Layout`), and what a mapping says of single ones.

    values  cell, normalised -> option id or state
    """

    coded: bool = False
    booleans: bool = False
    missing: frozenset[str] = frozenset()
    joiner: str | None = None
    clean: Callable[[str], str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)


PLAIN = Manner()


def words_of(thing: Any) -> set[str]:
    """What an option, row or number may be called, after `normalise`."""
    return {normalise(thing.id), *(normalise(text) for text in thing.text.root.values())}


def is_yes_or_no(options: Sequence[Option]) -> bool:
    """Whether these are two options, one called yes and one called no."""
    words = [words_of(option) for option in options]
    return len(words) == 2 and any(set(YES) & each for each in words) and any(set(NO) & each for each in words)


class Interpreter:
    """Reads the cells of one column: a question, a row of a grid, or one number of a counts question.

    by_order    whether an option was told by its number in order
    from_zero   whether the file's numbers begin with 0, so that no number can be told so
    """

    def __init__(self, questionnaire: Questionnaire, variable: str, question: Any, manner: Manner = PLAIN) -> None:
        self.variable = variable
        self.question = question
        self.options = questionnaire.options_of(question)
        self.manner = manner
        self.by_order = False
        self.from_zero = False
        self._known: dict[str, Meaning] = {}

    def __call__(self, raw: str) -> Meaning:
        """The meaning of a cell's text; the same text has the same meaning all down the column."""
        found = self._known.get(raw)
        if found is None:
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            found = self._known[raw] = self._read((self.manner.clean(raw) if self.manner.clean else raw).strip())
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
        known = {word: position for word, position in found.items() if word not in clashes} | ids
        return self._yes_and_no(known) | self._others(known) | known

    @staticmethod
    def _others(known: Mapping[str, int]) -> dict[str, int]:
        """What tools write for the option that stands for anything else, where there is one."""
        other = {known[word] for word in OTHER if word in known}
        return dict.fromkeys([*OTHER, "-oth-"], other.pop()) if len(other) == 1 else {}

    def _yes_and_no(self, known: Mapping[str, int]) -> dict[str, int]:
        """Other words for yes and no, where these are the options."""
        yes = next((known[word] for word in YES if word in known), None)
        no = next((known[word] for word in NO if word in known), None)
        if yes is None or no is None:
            return {}
        words = dict.fromkeys(_YES, yes) | dict.fromkeys(_NO, no)
        return words | ({"1": yes, "0": no} if self.manner.booleans else {})

    @staticmethod
    def _spellings(option: Option) -> set[str]:
        return words_of(option) | ({normalise(option.code)} if option.code else set())

    def _read(self, raw: str) -> Meaning:
        word = normalise(raw)
        if word in self.manner.missing:
            return BLANK
        if word in SHEET_ERRORS and self.named(raw) is None:
            return trouble("AIM359", name=self._shown(raw))
        if isinstance(self.question, FreeText):
            return self._words(raw)
        if word in self.manner.values:
            raw = self.manner.values[word]
        position = self.position(raw)
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

    def named(self, raw: str) -> int | None:
        """The option that a text names, by its id, text or stated code; a number or letter before a text is passed
        over where the whole is no option's name."""
        word = normalise(raw)
        word = normalise(self.manner.values.get(word, word))
        found = self._positions.get(word)
        return self._positions.get(without_step(word)) if found is None else found

    def position(self, raw: str) -> int | None:
        """The option that a text names; by its number in order too where the file is written so."""
        if not self.options or not raw:
            return None
        found = self.named(raw)
        if found is None and self.manner.coded:
            self.from_zero |= raw in ("0", "0.0", "0,0")
            number = _IN_ORDER.fullmatch(raw)
            if number is not None and int(number[1]) <= len(self.options):
                self.by_order = True
                return int(number[1]) - 1
        return found

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
            position = self.position(part)
            if position is None:
                rest.append(part)
            else:
                mask |= 1 << position
        if rest:
            return trouble("AIM305", name=self._shown(rest[0].strip()), near=self._near(rest[0]))
        return self.checked(mask)

    def _parts(self, raw: str) -> list[str]:
        """The ticked options of a joined cell. A separator inside an option's own text is not one."""
        if "\x1f" in raw:  # a list, whose members may hold anything
            return [part for part in raw.split("\x1f") if part.strip()]
        whole = [part for part in SEPARATORS.split(html.unescape(raw)) if part.strip()]
        found: list[str] = []
        for part in whole:
            if self.position(part) is not None:
                found.append(part)
                continue
            cut = self._cut(part, ",")
            if self.manner.joiner == " " and any(self.position(piece) is None for piece in cut):
                cut = self._cut(part, " ")
            found += cut
        return found

    def _cut(self, text: str, separator: str) -> list[str]:
        """Split at separators, longest known option first."""
        pieces = text.split(separator)
        found: list[str] = []
        start = 0
        while start < len(pieces):
            for stop in range(min(len(pieces), start + MAX_PIECES), start, -1):
                joined = separator.join(pieces[start:stop])
                if self.position(joined.strip()) is not None or stop == start + 1:
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
        text, divisor = self._without_unit(raw)
        value = number(text)
        value = value if value is None or divisor == 1 else value / divisor
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

    def _without_unit(self, raw: str) -> tuple[str, int]:
        """A number's text without its unit, and what it must be divided by: `45 %` is 0.45 where the most is 1."""
        word = normalise(raw)
        own = {normalise(words) for words in self.question.unit.root.values()} if self.question.unit else set()
        for unit in sorted(own | PERCENT, key=lambda unit: (-len(unit), unit)):  # not in the order of a set
            text = word.removesuffix(unit).strip()
            if not unit or not word.endswith(unit) or not text[-1:].isdigit():
                continue
            if unit in own or own & PERCENT or (not own and self.question.maximum == 100):
                return text, 1
            if not own and self.question.maximum == 1:
                return text, 100
        return raw, 1

    def _day(self, raw: str) -> Meaning:
        found = _DAY.match(raw)
        try:
            day = date.fromisoformat(found[1]) if found else None
        except ValueError:
            day = None
        if day is None:
            return trouble("AIM322", name=self._shown(raw))
        return Meaning(State.ANSWERED, text=day.isoformat())
