"""From the columns of a batch to answers: one reader a variable, which keeps what each distinct text means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Multiple, Questionnaire, Single
from aimaturity.responses.cells import BLANK, OTHER, Interpreter, Manner, Meaning, trouble, words_of
from aimaturity.responses.given import Detail, State
from aimaturity.responses.identity import masked
from aimaturity.responses.normalise import normalise
from aimaturity.responses.problems import SHOWN, Problems
from aimaturity.responses.sheet import Batch, Coded
from aimaturity.responses.states import TICKED, UNTICKED, state_word
from aimaturity.responses.table import AnswerTable
from aimaturity.responses.targets import Target

Ints = npt.NDArray[np.int64]
Details = list[dict[str, Detail]]
EVIDENCE = {"seen": "seen", "sett": "seen", "sedd": "seen", "told": "told", "sagt": "told", "berättat": "told",
            "later": "later", "skickas": "later", "senare": "later"}  # fmt: skip


@dataclass
class Filling:
    """A batch being read: where answers, details and problems go. `details` is None where nobody asks for them."""

    batch: Batch
    table: AnswerTable
    problems: Problems
    details: Details | None
    refused: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
    """Rows in which something of a variable's answer couldn't be read or isn't allowed."""

    def refuse(self, variable: str, rows: Ints) -> None:
        self.refused.setdefault(variable, np.zeros(self.batch.rows, np.bool_))[rows] = True

    def say(self, row: int, variable: str, **said: str) -> None:
        """Adds to what is known of one answer."""
        if self.details is not None:
            old = self.details[row].get(variable, Detail())
            merged = {name: getattr(old, name) for name in Detail.__dataclass_fields__} | said
            self.details[row][variable] = Detail(**merged)

    def note(self, rows: Ints, column: int, value: str, meaning: Meaning) -> None:
        """The same problem in these rows."""
        assert meaning.code is not None
        first = int(self.batch.numbers[rows].min())
        self.problems.note(column, value, meaning.code, meaning.facts, first, len(rows))


class VariableReader(Protocol):
    """Reads one variable of every batch of a file. `interpret`: what reads its cells, where they are answers."""

    @property
    def interpret(self) -> Interpreter | None: ...

    def fill(self, into: Filling) -> None: ...


@dataclass
class Meanings:
    """The meaning of each distinct text of a column, worked out once."""

    interpret: Callable[[str], Meaning]
    words: list[str] = field(default_factory=list)
    known: list[Meaning] = field(default_factory=list)
    states: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    troubled: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    def of(self, coded: Coded) -> list[Meaning]:
        """By position in the column's words; the last one is that of an empty cell."""
        if coded.words is not self.words or len(coded.words) + 1 != len(self.known):
            start = len(self.known) - 1 if coded.words is self.words and self.known else 0
            made = [*self.known[:start], *map(self.interpret, coded.words[start:])]
            self.words, self.known = coded.words, [*made, self.interpret("")]
            self.states = np.array([meaning.state for meaning in self.known], np.uint8)
            self.troubled = np.array([meaning.code is not None for meaning in self.known], np.bool_)
        return self.known


def _read(into: Filling, column: int, meanings: Meanings, variable: str) -> tuple[Coded, list[Meaning]]:
    """A column and its meanings; what couldn't be read is noted."""
    coded = into.batch.columns[column]
    known = meanings.of(coded)
    if meanings.troubled.any():
        hit = meanings.troubled[coded.codes]
        if hit.any():
            rows = np.flatnonzero(hit)
            into.refuse(variable, rows)
            said = coded.codes[rows]
            for code in np.unique(said).tolist():
                text = coded.words[code] if code >= 0 else ""
                into.note(rows[said == code], column, text.strip(), known[code])
            for row in rows.tolist() if into.details is not None else ():
                code = int(coded.codes[row])
                into.say(row, variable, raw=_raw(coded.words[code] if code >= 0 else ""))
    return coded, known


def _raw(text: str) -> str:
    return masked(text.strip()[:SHOWN])


class OneColumn:
    """A question, or a grid's row, that stands in one column."""

    def __init__(self, questionnaire: Questionnaire, variable: str, question: Any, column: int, manner: Manner) -> None:
        self.variable, self.question, self.column = variable, question, column
        self.interpret = Interpreter(questionnaire, variable, question, manner)
        self.meanings = Meanings(self.interpret)
        self.values = np.zeros(0)
        self.of: list[Meaning] = []

    def fill(self, into: Filling) -> None:
        coded, known = _read(into, self.column, self.meanings, self.variable)
        into.table.state[self.variable][:] = self.meanings.states[coded.codes]
        if isinstance(self.question, FreeText | Date):
            if into.details is not None:
                into.table.text[self.variable][:] = [known[code].text for code in coded.codes.tolist()]  # type: ignore[index]
            return
        target = into.table.value[self.variable]
        if known is not self.of:
            empty = _EMPTY[target.dtype]
            self.of, self.values = known, np.array([empty if m.value is None else m.value for m in known], target.dtype)
        target[:] = self.values[coded.codes]


_EMPTY: dict[np.dtype[Any], Any] = {np.dtype(np.float64): np.nan, np.dtype(np.int16): -1, np.dtype(np.int64): 0}
"""What stands for no answer in a column of `AnswerTable.value`."""


class SeveralNumbers:
    """A counts question: its state comes of all its numbers together."""

    def __init__(
        self, questionnaire: Questionnaire, question: Counts, columns: Mapping[str, int], manner: Manner
    ) -> None:
        self.question, self.columns = question, columns
        self.interpret = Interpreter(questionnaire, question.id, question, manner)
        self.meanings = {part: Meanings(self.interpret) for part in columns}

    def fill(self, into: Filling) -> None:
        name, rows = self.question.id, into.batch.rows
        states = []
        unread = np.zeros(rows, np.bool_)
        for part, column in self.columns.items():
            coded, known = _read(into, column, self.meanings[part], name)
            values = np.array([np.nan if m.value is None else m.value for m in known])
            into.table.value[f"{name}.{part}"][:] = values[coded.codes]
            states.append(self.meanings[part].states[coded.codes])
            unread |= self.meanings[part].troubled[coded.codes]
        every = np.array(states)
        result = together(every)
        if len(self.columns) != len(self.question.parts):
            result[result == State.ANSWERED] = State.BLANK
        into.table.state[name][:] = result
        some = (every == State.ANSWERED).any(axis=0) & (result == State.BLANK) & ~unread
        for row in np.flatnonzero(some).tolist():
            given = ", ".join(
                f"{part} {text}" for part, column in self.columns.items()
                if (text := _text(into.batch.columns[column], row))
            )  # fmt: skip
            first = next(iter(self.columns.values()))
            into.note(np.array([row]), first, given, trouble("AIM311", question=name))
            into.say(row, name, raw=_raw(given))


def together(states: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The state of a counts question, of the states of its numbers, (parts, rows)."""
    result = np.full(states.shape[1], State.BLANK, np.uint8)
    for state in (State.NOT_APPLICABLE, State.DONT_KNOW):
        result[(states == state).any(axis=0)] = state
    result[(states == State.ANSWERED).all(axis=0)] = State.ANSWERED
    return result


def _text(coded: Coded, row: int) -> str:
    code = int(coded.codes[row])
    return coded.words[code].strip() if code >= 0 else ""


class TickColumns:
    """A multiple or single question with a column for each option; in each whether it is chosen."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        question: Multiple | Single,
        columns: Mapping[int, Target],
        manner: Manner,
        filled: bool,
        unticked: frozenset[str],
    ) -> None:
        self.question, self.columns, self.manner = question, columns, manner
        self.interpret = Interpreter(questionnaire, question.id, question, manner)
        self.filled, self.unticked = filled, unticked
        self.meanings = {column: Meanings(self._of_option(target)) for column, target in columns.items()}

    def _of_option(self, target: Target) -> Callable[[str], Meaning]:
        """Cell -> ANSWERED with 1 where the option is chosen, with 0 where not."""
        figures: list[str] = []

        def meaning(raw: str) -> Meaning:
            text = (self.manner.clean(raw) if self.manner.clean else raw).strip()
            word = normalise(text)
            if word in self.manner.missing or not word:
                return BLANK
            if word.isdigit() and word in self.unticked | UNTICKED:
                return Meaning(State.ANSWERED, 0)  # before a code that may be the same figure
            if target.option >= 0 and self.interpret.named(text) == target.option:
                return Meaning(State.ANSWERED, 1)
            if word in self.unticked or word in UNTICKED:
                return Meaning(State.ANSWERED, 0)
            if self.filled and word.isdigit():
                if not figures:
                    figures.append(word)
                if word != figures[0]:  # not the choice's own number: a rank, or a share
                    return trouble("AIM305", name=text[:200])
            if word in TICKED or self.filled or normalise(target.name.partition("=")[2]) == word:
                return Meaning(State.ANSWERED, 1)
            state = state_word(text)
            return Meaning(state) if state is not None else trouble("AIM305", name=text[:200])

        return meaning

    def fill(self, into: Filling) -> None:
        name, rows = self.question.id, into.batch.rows
        mask = np.zeros(rows, np.int64)
        state = np.full(rows, State.BLANK, np.uint8)
        broken = np.zeros(rows, np.bool_)
        for column, target in self.columns.items():
            coded, known = _read(into, column, self.meanings[column], name)
            chosen = np.array([meaning.value == 1 for meaning in known], np.bool_)[coded.codes]
            states = self.meanings[column].states[coded.codes]
            broken |= self.meanings[column].troubled[coded.codes]
            if target.state is not None:
                state[chosen] = target.state
                continue
            mask[chosen] |= 1 << target.option
            said = (states == State.DONT_KNOW) | (states == State.NOT_APPLICABLE)
            state[said] = states[said]
        self._settle(into, mask, state, broken)

    def _settle(self, into: Filling, mask: Ints, state: npt.NDArray[np.uint8], broken: npt.NDArray[np.bool_]) -> None:
        name = self.question.id
        first = next(iter(self.columns))
        single = isinstance(self.question, Single)
        value = into.table.value[name]
        masks, inverse = np.unique(mask, return_inverse=True)
        for position, ticks in enumerate(masks.tolist()):
            if not ticks:
                continue
            rows = np.flatnonzero((inverse == position) & ~broken)
            meaning = self._one(ticks) if single else self.interpret.checked(ticks)
            if meaning.code is not None and len(rows):
                chosen = "; ".join(option.id for bit, option in enumerate(self.interpret.options) if ticks >> bit & 1)
                into.note(rows, first, chosen, meaning)
                into.refuse(name, rows)
                for row in rows.tolist():
                    into.say(row, name, raw=chosen)
            state[rows] = meaning.state
            if meaning.value is not None:
                value[rows] = meaning.value
        state[broken] = State.BLANK
        into.table.state[name][:] = state

    def _one(self, ticks: int) -> Meaning:
        if ticks.bit_count() > 1:
            return trouble("AIM346", count=str(ticks.bit_count()))
        return Meaning(State.ANSWERED, ticks.bit_length() - 1)


class WriteIn:
    """Words written beside the options: they choose the option `other`, if there is one, and are kept as a comment."""

    def __init__(self, questionnaire: Questionnaire, question: Multiple | Single, column: int, manner: Manner,
                 unticked: frozenset[str]) -> None:  # fmt: skip
        self.question, self.column, self.manner, self.unticked = question, column, manner, unticked
        self.option = other_option(questionnaire, question)
        self.interpret = None

    def fill(self, into: Filling) -> None:
        coded = into.batch.columns[self.column]
        name = self.question.id
        refused = into.refused.get(name)
        for row in np.flatnonzero(coded.codes >= 0).tolist():
            raw = coded.words[int(coded.codes[row])]
            text = (self.manner.clean(raw) if self.manner.clean else raw).strip()
            word = normalise(text)
            if word in self.manner.missing or word in self.unticked or word in UNTICKED:
                continue
            if self.option is None:
                into.note(np.array([row]), self.column, text, trouble("AIM347", name=text[:200]))
            elif refused is not None and refused[row]:
                pass  # what stands beside a refused answer doesn't make it one
            elif into.table.state[name][row] != State.ANSWERED or isinstance(self.question, Multiple):
                self._choose(into, row)
            if word not in TICKED:
                into.say(row, name, comment=text)

    def _choose(self, into: Filling, row: int) -> None:
        value, state = into.table.value[self.question.id], into.table.state[self.question.id]
        assert self.option is not None
        if isinstance(self.question, Multiple):
            value[row] |= 1 << self.option
        else:
            value[row] = self.option
        state[row] = State.ANSWERED


def other_option(questionnaire: Questionnaire, question: Any) -> int | None:
    """The position of the option that stands for anything else."""
    for position, option in enumerate(questionnaire.options_of(question)):
        if words_of(option) & OTHER:
            return position
    return None


class DetailColumn:
    """A column of evidence, its note, or comments."""

    def __init__(self, target: Target, column: int) -> None:
        self.target, self.column = target, column
        self.interpret = None

    def fill(self, into: Filling) -> None:
        coded = into.batch.columns[self.column]
        for row in np.flatnonzero(coded.codes >= 0).tolist():
            words = coded.words[int(coded.codes[row])].strip()
            if not words:
                continue
            if self.target.name == "evidence":
                known = EVIDENCE.get(words.casefold())
                if known is None:
                    into.note(np.array([row]), self.column, words, trouble("AIM336", name=words[:200]))
                    continue
                words = known
            into.say(row, self.target.variable, **{self.target.name: words})


def readers(
    questionnaire: Questionnaire, targets: Mapping[int, Target], manner: Callable[[str], Manner], filled: bool,
    unticked: frozenset[str],
) -> list[VariableReader]:  # fmt: skip
    """A reader for each variable that the file has, in the order in which they must run."""
    variables: dict[str, Any] = dict(questionnaire.variables())
    found: list[VariableReader] = []
    late: list[VariableReader] = []
    numbers: dict[str, dict[str, int]] = {}
    ticks: dict[str, dict[int, Target]] = {}
    for column, target in targets.items():
        name = target.variable
        if target.kind == "value" and target.part is not None:
            numbers.setdefault(name, {})[target.part] = column
        elif target.kind == "value":
            found.append(OneColumn(questionnaire, name, variables[name], column, manner(name)))
        elif target.kind == "tick":
            ticks.setdefault(name, {})[column] = target
        elif target.kind == "write_in":
            late.append(WriteIn(questionnaire, variables[name], column, manner(name), unticked))
        elif target.kind == "detail":
            late.append(DetailColumn(target, column))
    found += [SeveralNumbers(questionnaire, variables[n], columns, manner(n)) for n, columns in numbers.items()]
    found += [TickColumns(questionnaire, variables[n], c, manner(n), filled, unticked) for n, c in ticks.items()]
    return [*found, *late]
