"""What a change, a count or an occasion is told with. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from aimaturity.interview.app_words import say, say_many
from aimaturity.interview.screens.lines import cut
from aimaturity.interview.session import Change, Mark, Session

SIGNS: dict[Mark, str] = {
    "answered": "✓", "dont_know": "?", "not_applicable": "–", "hidden": "○", "blank": "·",
}  # fmt: skip
MOST_NAMED = 3


def change_told(session: Session, change: Change, before: int, language: str) -> list[str]:
    """What a change did besides the answer itself; `before` is the number of questions that were in view."""
    said = []
    after = len(session.in_view())
    if change.hidden:
        said.append(say_many("hidden", len(change.hidden), language, names=_names(session, change.hidden, language)))
    if change.shown:
        said.append(say_many("shown", len(change.shown), language, names=_names(session, change.shown, language)))
    if before != after:
        said.append(say("from_to", language, before=before, after=after))
    asked = {one.id: one.ask[language] for one in session.questionnaire.contradictions}
    return ["! " + say("raised", language, ask=asked[one]) for one in change.raised] + [" ".join(said)] * bool(said)


def _names(session: Session, questions: Iterable[str], language: str) -> str:
    texts = [cut(session.questionnaire.questions[one].text[language], 34) for one in questions]
    return ", ".join(texts[:MOST_NAMED]) + (" …" if len(texts) > MOST_NAMED else "")


def counts_told(session: Session, language: str, questions: Iterable[str] | None = None, *, short: bool = False) -> str:
    """`9 svar · 1 vet inte · 30 kvar`, in the order of `Mark`; what there is none of isn't named. `short` leaves out
    the answered ones; where nothing is left, it says so."""
    counts = session.counts(questions)
    marks: list[Mark] = [mark for mark in get_args(Mark) if not short or mark not in ("answered", "not_applicable")]
    if short:
        marks = ["blank", *(mark for mark in marks if mark != "blank")]
    said = [say_many(f"count_{mark}", counts[mark], language) for mark in marks if counts[mark]]
    return (", " if short else " · ").join(said) or say("all_done", language)


def marks_told(session: Session, questions: Iterable[str]) -> str:
    """A sign for each question."""
    return "".join(SIGNS[session.mark(question)] for question in questions)


def steps_told(steps: int, language: str) -> str:
    """`▲ ett steg upp`."""
    if steps == 0:
        return say("steps_same", language)
    words = say_many("steps_up" if steps > 0 else "steps_down", abs(steps), language)
    return f"{'▲' if steps > 0 else '▼'} {words}".replace(" ", "\u00a0")


def name_elsewhere(company: str, now: datetime) -> str:
    """A file's name that says whose answers are in it and when they were written."""
    name = re.sub(r"[^\w.-]+", "-", company).strip("-.")[:60] or "aimaturity"
    return f"{name}-{now:%Y-%m-%d-%H%M%S}.yaml"


def bar(session: Session, width: int) -> str:
    """How much of what is in view has an answer of any kind."""
    counts = session.counts()
    seen = sum(counts.values()) - counts["hidden"]
    full = width * (seen - counts["blank"]) // seen if seen else width
    return "█" * full + "░" * (width - full)
