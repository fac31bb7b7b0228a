"""One answer as somebody gave it, apart from any table: what an interview changes, a store keeps, a person writes down.

An answer is about a *variable*: a question, or a row of a grid (`question.row`). Hidden is never given: it follows
from the questionnaire's conditions, and an answer that becomes hidden is kept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np

from aimaturity.definitions.questionnaire import (
    AnyQuestion,
    Counts,
    Date,
    FreeText,
    Multiple,
    Number,
    Questionnaire,
)
from aimaturity.responses.table import AnswerTable, Company, Detail, State, blank_table

Value = str | float | tuple[str, ...] | Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Given:
    """One variable's answer.

    state   as given: answered, dont_know, not_applicable or blank
    value   where answered: an option's id; ids of what is ticked, in the questionnaire's order; a number; numbers by
            part; words, or an ISO day. A counts question with a part missing is blank and keeps the parts it has
    detail  evidence, comment and what else belongs to it
    """

    state: State = State.BLANK
    value: Value = None
    detail: Detail = field(default_factory=Detail)


BLANK = Given()


def to_json(given: Given) -> dict[str, Any]:
    """The answer as plain data, without what isn't there; `from_json` reads it back equal."""
    value: Any = given.value
    if isinstance(value, tuple):
        value = list(value)
    elif isinstance(value, Mapping):
        value = dict(value)
    detail = {name: said for name, said in asdict(given.detail).items() if said is not None}
    return {"state": given.state.name.lower()} | ({} if value is None else {"value": value}) | detail


def from_json(data: Mapping[str, Any]) -> Given:
    """The answer that `to_json` wrote. Details of later versions of the program are left out; KeyError, ValueError or
    TypeError where it isn't an answer."""
    value = data.get("value")
    if isinstance(value, list):
        value = tuple(map(str, value))
    elif isinstance(value, dict):
        value = {str(part): float(number) for part, number in value.items()}
    known = {named.name: data[named.name] for named in fields(Detail) if named.name in data}
    return Given(State[str(data["state"]).upper()], value, Detail(**known))


def table_of(questionnaire: Questionnaire, given: Mapping[str, Given], company: Company) -> AnswerTable:
    """A table of one row. An answer that this version of the questionnaire has no place for (a question or option that
    is gone) is blank, and its value kept as `raw`."""
    table = blank_table(questionnaire, 1)
    details: dict[str, Detail] = {}
    for name, question in questionnaire.variables():
        answer = given.get(name, BLANK)
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
        if isinstance(question, Multiple) is not isinstance(value, tuple) or any(o not in places for o in ticked):
            return False
        chosen = [places[str(option)] for option in ticked]
        table.value[name][0] = sum(1 << place for place in chosen) if isinstance(question, Multiple) else chosen[0]
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
        if answer != BLANK:
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
