"""What people decided about a proposal. It is kept beside the proposal, which it never changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from aimaturity.definitions.base import Id, Model
from aimaturity.definitions.checks import Finding, Findings, duplicates, report
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.load import Loaded, load_file
from aimaturity.definitions.validation import Salvage, near
from aimaturity.programme.pilots.document import PilotShortlist
from aimaturity.scoring.parts import dumps

Answer = Literal["start", "reserve", "decline"]


class IdeaDecision(Model):
    """What was decided about one idea."""

    idea: Id = Field(description="The idea's id.")
    decision: Answer = Field(description="start, reserve (if another falls away), decline.")
    reason: str | None = Field(None, min_length=1, description="Why. Required where it departs from the proposal.")


class PilotDecision(Model):
    """What was decided about a proposal, by whom and why."""

    decides: str = Field(pattern=r"^sha256:[0-9a-f]{64}$", description="Hash of the shortlist document.")
    date: dt.date = Field(description="When.")
    by: str = Field(min_length=1, max_length=120, description="Who decided: a role or a body.")
    reason: str = Field(min_length=1, description="Why, as a whole.")
    ideas: tuple[IdeaDecision, ...] = Field(min_length=1, description="Every proposed idea, and any other decided on.")


def shortlist_hash(shortlist: PilotShortlist) -> str:
    """Names a proposal, to the byte."""
    return "sha256:" + hashlib.sha256(dumps(shortlist).encode("utf-8")).hexdigest()


def load_decision(path: Path | str, shortlist: PilotShortlist) -> Loaded[PilotDecision]:
    """A decision from a YAML or JSON file, checked against the proposal that it is about."""

    def found(decision: PilotDecision, salvage: Salvage[PilotDecision]) -> Iterable[Diagnostic]:
        return report(decision_findings(decision, shortlist), salvage)

    return load_file(Path(path), PilotDecision, found)


def decision_findings(decision: PilotDecision, shortlist: PilotShortlist) -> Findings:
    """What keeps a decision from being one about this proposal."""
    if decision.decides != shortlist_hash(shortlist):
        yield Finding("AIM648", ("decides",))
        return
    yield from duplicates(((one.idea, ("ideas", i, "idea")) for i, one in enumerate(decision.ideas)), "ideas")
    yield from _each(decision, shortlist)
    answered = {one.idea for one in decision.ideas}
    for name in shortlist.chosen or ():
        if name not in answered:
            yield Finding("AIM651", ("ideas",), {"name": name}, on_key=True, about=name)


def _each(decision: PilotDecision, shortlist: PilotShortlist) -> Iterator[Finding]:
    known = [idea.id for idea in shortlist.ideas]
    for i, one in enumerate(decision.ideas):
        idea = shortlist.idea(one.idea)
        if idea is None:
            facts = {"name": one.idea, "near": near(one.idea, known)}
            yield Finding("AIM649", ("ideas", i, "idea"), facts, about=one.idea)
            continue
        if one.decision == "start" and idea.verdict == "unmet_condition":
            facts = {"name": one.idea, "condition": idea.reasons[0].condition}
            yield Finding("AIM652", ("ideas", i, "decision"), facts)
        elif (one.decision == "start") != (idea.verdict == "chosen") and one.reason is None:
            yield Finding("AIM650", ("ideas", i), {"name": one.idea})
