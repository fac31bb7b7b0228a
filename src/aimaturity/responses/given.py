"""One answer as somebody gave it, apart from any table: what an interview changes, a store keeps, a person writes down.

An answer is about a *variable*: a question, or a row of a grid (`question.row`). Hidden is never given: it follows
from the questionnaire's conditions, and an answer that becomes hidden is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import IntEnum
from typing import Any


class State(IntEnum):
    """Answer states, in the order of `aimaturity.definitions.base.STATES`."""

    ANSWERED = 0
    DONT_KNOW = 1
    NOT_APPLICABLE = 2
    HIDDEN = 3
    BLANK = 4


@dataclass(frozen=True, slots=True)
class Detail:
    """What else is known of one answer. `raw` is what stood in the source where it isn't the value itself; `why`, why
    the answer differs from the company's own, or from last time's."""

    raw: str | None = None
    evidence: str | None = None
    evidence_note: str | None = None
    comment: str | None = None
    ask: str | None = None
    reason: str | None = None
    why: str | None = None


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
