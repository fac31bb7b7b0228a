"""The one shape that answers have once they are read: a table with a column per variable.

A variable is what has an answer state of its own: a question, or a row of a grid. Whatever the source (a survey
file, an answers file, an interview), scoring sees only this.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.questionnaire import (
    AnyQuestion,
    Counts,
    Date,
    FreeText,
    Grid,
    Multiple,
    Number,
    Questionnaire,
    Single,
)
from aimaturity.responses.given import Detail, Given, State, Value

States = npt.NDArray[np.uint8]
Values = npt.NDArray[np.float64]


ANSWERED, DONT_KNOW, NOT_APPLICABLE, HIDDEN, BLANK = (np.uint8(state) for state in State)
"""The same as numpy has them: a column is compared with them some thousand times a batch."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who answered, and when. Identity is kept apart from answers."""

    id: str
    name: str | None = None
    organisationsnummer: str | None = None
    respondent: str | None = None
    submitted: str | None = None
    date: str | None = None
    occasion: str | None = None
    voice: str | None = None
    adviser: str | None = None
    present: str | None = None
    language: str | None = None
    source_file: str | None = None
    source_row: int | None = None


@dataclass(frozen=True)
class AnswerTable:
    """Answers of any number of companies to one questionnaire.

    state     variable -> (rows,) `State` as given; HIDDEN is never given, it follows from conditions
    value     column -> (rows,). A single question and a grid's row: int16, the option's position from 0, -1 where
              not answered. A number: float64, NaN where not answered. A counts question: a float64 column per
              part (`question.part`). A multiple question: int64, bit i set where option i is ticked, 0 where
              not answered
    text      variable -> (rows,) words of text questions, ISO days of date questions, else None
    companies one per row
    details   one per row: variable -> Detail, only where there is something to say
    """

    rows: int
    state: Mapping[str, States]
    value: Mapping[str, npt.NDArray[Any]]
    text: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    companies: Sequence[Company] = ()
    details: Sequence[Mapping[str, Detail]] = ()

    def take(self, rows: npt.NDArray[np.intp]) -> AnswerTable:
        """The same table with these rows, in this order."""
        return AnswerTable(
            rows=len(rows),
            state={name: column[rows] for name, column in self.state.items()},
            value={name: column[rows] for name, column in self.value.items()},
            text={name: [column[i] for i in rows] for name, column in self.text.items()},
            companies=[self.companies[i] for i in rows] if self.companies else (),
            details=[self.details[i] for i in rows] if self.details else (),
        )


def value_columns(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """variable -> its columns in `AnswerTable.value`; none for text and date questions."""
    found: dict[str, tuple[str, ...]] = {}
    for name, question in questionnaire.variables():
        if isinstance(question, Counts):
            found[name] = tuple(f"{name}.{part.id}" for part in question.parts)
        elif isinstance(question, FreeText | Date):
            found[name] = ()
        else:
            found[name] = (name,)
    return found


def blank_table(questionnaire: Questionnaire, rows: int) -> AnswerTable:
    """A table in which nothing is answered; its arrays are new and may be filled in."""
    state = {name: np.full(rows, State.BLANK, np.uint8) for name, _ in questionnaire.variables()}
    value: dict[str, npt.NDArray[Any]] = {}
    columns = value_columns(questionnaire)
    for name, question in questionnaire.variables():
        for column in columns[name]:
            if isinstance(question, Multiple):
                value[column] = np.zeros(rows, np.int64)
            elif isinstance(question, Single | Grid):
                value[column] = np.full(rows, -1, np.int16)
            else:
                value[column] = np.full(rows, np.nan)
    text: dict[str, list[str | None]] = {
        name: [None] * rows for name, q in questionnaire.variables() if isinstance(q, FreeText | Date)
    }
    return AnswerTable(rows, state, value, text, [], [])


def joined(tables: Sequence[AnswerTable], questionnaire: Questionnaire) -> AnswerTable:
    """Several tables of one questionnaire as one, in their order."""
    if len(tables) == 1:
        return tables[0]
    blank = blank_table(questionnaire, 0)
    every = [blank, *tables]
    return AnswerTable(
        rows=sum(table.rows for table in every),
        state={name: np.concatenate([table.state[name] for table in every]) for name in blank.state},
        value={name: np.concatenate([table.value[name] for table in every]) for name in blank.value},
        text={name: [text for table in every for text in table.text[name]] for name in blank.text},
        companies=[company for table in every for company in table.companies],
        details=[detail for table in every for detail in table.details],
    )


def table_of(questionnaire: Questionnaire, given: Mapping[str, Given], company: Company) -> AnswerTable:
    """A table of one row. An answer that this version of the questionnaire has no place for (a question or option that
    is gone) is blank, and its value kept as `raw`."""
    table = blank_table(questionnaire, 1)
    details: dict[str, Detail] = {}
    for name, question in questionnaire.variables():
        answer = given.get(name) or Given()
        fits = _put(questionnaire, table, name, question, answer)
        detail = answer.detail
        if not fits:
            detail = Detail(**(asdict(detail) | {"raw": str(answer.value)}))
        if detail != Detail():
            details[name] = detail
    return AnswerTable(1, table.state, table.value, table.text, [company], [details])


def _put(q: Questionnaire, table: AnswerTable, name: str, question: AnyQuestion, answer: Given) -> bool:
    """Writes an answer into the table's only row; False where its value has no place in the questionnaire."""
    value = answer.value
    if isinstance(question, Counts) and isinstance(value, Mapping):
        for part in question.parts:
            table.value[f"{name}.{part.id}"][0] = value.get(part.id, math.nan)
    if answer.state is not State.ANSWERED:
        table.state[name][0] = answer.state
        return True
    if isinstance(question, FreeText | Date):
        if not isinstance(value, str):
            return False
        table.text[name][0] = value  # type: ignore[index]
    elif isinstance(question, Counts):
        if not isinstance(value, Mapping) or any(part.id not in value for part in question.parts):
            return False
    elif isinstance(question, Number):
        if not isinstance(value, int | float):
            return False
        table.value[name][0] = value
    else:
        places = {option.id: place for place, option in enumerate(q.options_of(question))}
        ticked = value if isinstance(value, tuple) else (value,)
        several = isinstance(question, Multiple)
        if (
            isinstance(value, Mapping)
            or several is not isinstance(value, tuple)
            or any(o not in places for o in ticked)
        ):
            return False
        chosen = [places[str(option)] for option in ticked]
        table.value[name][0] = sum(1 << place for place in chosen) if several else chosen[0]
    table.state[name][0] = State.ANSWERED
    return True


def given_of(questionnaire: Questionnaire, table: AnswerTable, row: int) -> dict[str, Given]:
    """variable -> answer, for every variable of which a row of a table says something."""
    details = table.details[row] if table.details else {}
    found = {}
    for name, question in questionnaire.variables():
        state = State(int(table.state[name][row]))
        detail = details.get(name, Detail())
        answer = Given(state, _value(questionnaire, table, row, name, question, state), detail)
        if answer != Given():
            found[name] = answer
    return found


def _value(q: Questionnaire, table: AnswerTable, row: int, name: str, question: AnyQuestion, state: State) -> Value:
    if isinstance(question, Counts):
        parts = {part.id: float(table.value[f"{name}.{part.id}"][row]) for part in question.parts}
        known = {part: number for part, number in parts.items() if not np.isnan(number)}
        return known or None
    if state is not State.ANSWERED:
        return None
    if isinstance(question, FreeText | Date):
        return table.text[name][row]
    number = table.value[name][row]
    if isinstance(question, Number):
        return float(number)
    options = [option.id for option in q.options_of(question)]
    if isinstance(question, Multiple):
        return tuple(option for place, option in enumerate(options) if int(number) >> place & 1)
    return options[int(number)]
