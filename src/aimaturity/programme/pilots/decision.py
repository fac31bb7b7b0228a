"""What people decided about a proposal. It is kept beside the proposal, which it never changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from aimaturity.definitions.base import Id, Model
from aimaturity.definitions.checks import Finding, Findings, duplicates, report
from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.load import Loaded, load_file
from aimaturity.definitions.pilot_rules import PilotStatus
from aimaturity.definitions.validation import Salvage, near
from aimaturity.programme.pilots.card import PilotCard, StatusEntry
from aimaturity.programme.pilots.document import IdeaResult, PilotShortlist
from aimaturity.programme.pilots.history import step_problem
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

    loaded = load_file(Path(path), PilotDecision, found)
    return replace(loaded, diagnostics=list(_empty_told(loaded)))


def load_said(path: Path | str) -> Loaded[PilotDecision]:
    """A decision as its file has it, whatever proposal it is about."""
    return load_file(Path(path), PilotDecision, lambda decision, salvage: ())


LEFT_EMPTY: Mapping[str, Mapping[str, str]] = {
    "date": {"sv": "vilken dag det togs", "en": "on which day it was made"},
    "by": {"sv": "vem som beslutade", "en": "who decided"},
    "reason": {"sv": "varför", "en": "why"},
}
"""What the form leaves to people."""


def _empty_told(loaded: Loaded[PilotDecision]) -> Iterator[Diagnostic]:
    """What was found, where a place of the form that is still empty is told as that."""
    source = loaded.salvage.source if loaded.salvage is not None else None
    said = source.data if source is not None and isinstance(source.data, dict) else {}
    empty = {source.at((key,)): key for key in LEFT_EMPTY if source is not None and said.get(key, key) in (None, "")}
    for one in loaded.diagnostics:
        key = empty.get(one.at)
        if key is None:
            yield one
        else:
            words = LEFT_EMPTY[key]
            yield problem("AIM658", one.at, key=key, what_sv=words["sv"], what_en=words["en"])


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


BEGUN = ("approved", "running", "ended")
"""Statuses in which an idea that is to start has started already."""


def steps_of(
    decision: PilotDecision, cards: Iterable[PilotCard]
) -> tuple[list[tuple[str, StatusEntry]], list[Diagnostic]]:
    """The steps in pilots' histories that follow from a decision, and what keeps one from being taken. An idea that is
    to start becomes approved, a declined one is stopped, one in reserve stays as it is; so does one that stands so."""
    steps: list[tuple[str, StatusEntry]] = []
    problems: list[Diagnostic] = []
    known = {card.id: card for card in cards}
    for one in decision.ideas:
        card = known.get(one.idea)
        if card is None:
            problems.append(problem("AIM631", name=one.idea, near=near(one.idea, known)))
            continue
        status: PilotStatus = "approved" if one.decision == "start" else "stopped"
        if one.decision == "reserve" or card.status in (BEGUN if status == "approved" else ("stopped",)):
            continue
        entry = StatusEntry(status=status, date=decision.date, by=decision.by, note=one.reason or decision.reason)
        wrong = step_problem(card.history[-1], entry)
        if wrong is None:
            steps.append((card.id, entry))
        else:
            problems.append(Diagnostic(wrong.code, Position(card.id), wrong.facts))
    return steps, problems


FORM: Mapping[str, Mapping[str, str]] = {
    "head": {
        "sv": """\
# Ett beslut om förslaget i shortlist.json. Fyll i dag, vem som beslutade och varför, och ändra där ni beslutar
# annat än förslaget: start, reserve (om en annan faller bort) eller decline, med skäl i reason.
# Spara sedan beslutet: aimaturity pilot shortlist --decide decision.yaml""",
        "en": """\
# A decision on the proposal in shortlist.json. Fill in the day, who decided and why, and change what you decide
# otherwise than proposed: start, reserve (if another falls away) or decline, with a reason.
# Then keep the decision: aimaturity pilot shortlist --decide decision.yaml""",
    },
    "others": {
        "sv": "# Idéer som inte föreslås. Ta bort # framför en rad för att besluta om den; start kräver ett skäl.",
        "en": "# Ideas that aren't proposed. Take away the # before a line to decide on it; start needs a reason.",
    },
}


def form(shortlist: PilotShortlist, language: str) -> str:
    """A decision on a proposal to fill in: day, who and why are left to people, and without them it is none."""
    lines = [FORM["head"][language], f'decides: "{shortlist_hash(shortlist)}"', "date:", "by:", "reason:", "ideas:"]
    chosen = [idea for idea in shortlist.ideas if idea.verdict == "chosen"]
    others = [idea for idea in shortlist.ideas if idea.verdict in ("not_chosen", "dominated")]
    lines += [f"  - {{idea: {one.id}, decision: start}}  # {_comment(one, language)}" for one in chosen]
    lines += [FORM["others"][language]] if others else []
    lines += [f'  # - {{idea: {one.id}, decision: reserve, reason: ""}}  # {_comment(one, language)}' for one in others]
    return "\n".join(lines) + "\n"


def _comment(idea: IdeaResult, language: str) -> str:
    return " ".join(f"{idea.title[language]}, {idea.county_name[language]}".split())
