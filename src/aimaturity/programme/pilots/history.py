"""An idea's history: which step may follow which, and that nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping

from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.definitions.pilot_rules import PilotStatus
from aimaturity.programme.pilots.card import PilotCard, StatusEntry
from aimaturity.programme.pilots.words import LANGUAGES, WORDS

FOLLOWS: Mapping[PilotStatus, frozenset[PilotStatus]] = {
    "idea": frozenset({"applied", "approved", "stopped"}),
    "applied": frozenset({"approved", "stopped"}),
    "approved": frozenset({"running", "stopped"}),
    "running": frozenset({"ended", "stopped"}),
    "ended": frozenset(),
    "stopped": frozenset({"idea"}),
}
"""What may follow; a stopped idea may be taken up again, as an idea."""

OPEN: frozenset[PilotStatus] = frozenset({"idea", "applied"})
"""Not decided yet."""
STARTED: frozenset[PilotStatus] = frozenset({"approved", "running", "ended"})
"""Decided on, and part of what the programme does."""

BEGINS: frozenset[PilotStatus] = frozenset({"approved", "running"})
"""What an idea becomes when it is to start, or does."""


def status_meant(text: str) -> PilotStatus | None:
    """The status that somebody means who wrote its id, or its word in any language; None where it is neither."""
    wanted = " ".join(text.split()).casefold()
    return next((one for one in FOLLOWS if wanted in (one, *(w.casefold() for w in WORDS[one].values()))), None)


def status_named(status: PilotStatus, language: str) -> str:
    """The word for a status, with its id."""
    return f"{WORDS[status][language]} ({status})"


def _out_of_turn(before: PilotStatus | None, status: PilotStatus) -> Diagnostic:
    facts: dict[str, str] = {}
    for language in LANGUAGES:
        facts |= {
            f"status_{language}": status_named(status, language),
            f"before_{language}": status_named(before, language) if before is not None else "-",
        }
    return Diagnostic("AIM642", facts=facts)


def step_problem(before: StatusEntry | None, entry: StatusEntry) -> Diagnostic | None:
    """Why `entry` can't follow `before` (None: nothing); None where it can."""
    if before is None:
        return None if entry.status == "idea" else _out_of_turn(None, entry.status)
    if entry.status not in FOLLOWS[before.status]:
        return _out_of_turn(before.status, entry.status)
    if entry.date < before.date:
        return problem("AIM643", date=entry.date, before=before.date)
    return None


def with_status(card: PilotCard, entry: StatusEntry) -> PilotCard | Diagnostic:
    """The card with one more entry, or why it can't be added."""
    wrong = step_problem(card.history[-1], entry)
    return wrong if wrong is not None else card.model_copy(update={"history": (*card.history, entry)})


def continues(old: PilotCard, new: PilotCard) -> Diagnostic | None:
    """Whether `new` keeps the whole history of `old`: history is added to, never changed. None where it does."""
    if new.history[: len(old.history)] == old.history:
        return None
    return problem("AIM644", name=new.id)
