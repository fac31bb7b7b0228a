"""Checks that only ask: what looks wrong is told, and stays as it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aimaturity.definitions.questionnaire import Counts
from aimaturity.interview.session import Session
from aimaturity.responses.given import State

HEAD_COUNT = "head_count"
"""The question that says how many people work in the company, where a questionnaire has it."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """More women and men than the company has people."""

    sum: float
    head_count: float


def more_than_head_count(session: Session, question: str) -> TooMany | None:
    """Whether the women and men counted in a question are more than those who work in the company."""
    asked = session.questionnaire.questions[question]
    if (
        question == HEAD_COUNT
        or not isinstance(asked, Counts)
        or session.questionnaire.questions.get(HEAD_COUNT) is None
    ):
        return None
    if not {"women", "men"} <= {part.id for part in asked.parts}:
        return None
    people, whole = _sum(session, question), _sum(session, HEAD_COUNT)
    return TooMany(people, whole) if people is not None and whole is not None and people > whole else None


def _sum(session: Session, question: str) -> float | None:
    given = session.answer(question)
    if given.state is not State.ANSWERED or not isinstance(given.value, Mapping):
        return None
    return sum(given.value.values())
