"""An interview's answers in the store: what a session begins with, and where it puts what is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.desk import NotSaved, Past
from aimaturity.interview.session import Earlier, Event, Session
from aimaturity.programme.store import AnswerEvent, Hold, HoldLost, StoredAssessment, StoreRefused
from aimaturity.responses.given import Given, State

if TYPE_CHECKING:  # the first screen is drawn without it
    from aimaturity.programme.store import Glimpse, Store

QUICK_SCAN = "ai-quickscan"
"""The questionnaire whose answers come along into the full interview."""
OLD_DAYS = 365
"""Answers of a quick scan older than this are shown as last time's, and not taken over."""
AT_END = ""
"""Kept as the position of one who has passed the last question."""


@dataclass(frozen=True)
class StoreKeeper:
    """Puts what is given into one stored assessment, under one's own hold on it."""

    store: Store
    assessment: str
    hold: Hold | None

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None:
        # The store knows interviews, imports and carried answers; what follows from an answer was given with it.
        who = self.hold.who if self.hold is not None else None
        answers = [
            AnswerEvent(e.variable, e.given, origin="interview" if e.origin == "derived" else e.origin, who=who)
            for e in events
        ]
        try:
            where = AT_END if position is None else position
            self.store.record(self.assessment, answers, position=where, seconds=seconds, hold=self.hold)
        except HoldLost as lost:
            raise NotSaved(lost.diagnostic, lost_hold=True) from lost
        except StoreRefused as refused:
            raise NotSaved(refused.diagnostic) from refused

    def history(self, variable: str) -> Sequence[Past]:
        return [
            Past(one.given, one.voice, one.who, one.when.isoformat(timespec="seconds"), one.origin)
            for one in self.store.history(self.assessment, variable)
        ]


@dataclass
class Beginning:
    """What a session begins with."""

    given: dict[str, Given] = field(default_factory=dict)
    own: dict[str, Given] = field(default_factory=dict)
    earlier: dict[str, Earlier] = field(default_factory=dict)
    carried: dict[str, Earlier] = field(default_factory=dict)

    def session(self, questionnaire: Questionnaire, position: str | None) -> Session:
        return Session(
            questionnaire,
            self.given,
            position=position or None,
            at_end=position == AT_END,
            own=self.own,
            earlier=self.earlier,
            carried=self.carried,
        )


def beginning(store: Store | Glimpse, assessment: StoredAssessment, questionnaire: Questionnaire) -> Beginning:
    """The answers of an assessment, and what is known from before."""
    latest = store.latest(assessment.id, "adviser")
    known = {name for name, _ in questionnaire.variables()}
    made = Beginning(
        given={name: one.given for name, one in latest.items() if name in known},
        own={
            name: given
            for name, given in store.answers(assessment.id, "company").items()
            if name in known and given.state is not State.BLANK
        },
    )
    before = last_time(store, assessment)
    if before is not None:
        made.earlier = _earlier(store, before, questionnaire)
    scan = quick_scan(store, assessment)
    scanned = _earlier(store, scan, questionnaire) if scan is not None else {}
    made.carried = {
        name: scanned.get(name, Earlier(one.given))
        for name, one in latest.items()
        if one.origin == "carried" and name in known
    }
    if not _is_fresh(scan, assessment):
        made.earlier = scanned | made.earlier
    return made


def last_time(store: Store | Glimpse, assessment: StoredAssessment) -> StoredAssessment | None:
    """The company's assessment before this one, by the same questionnaire."""
    before = [
        one
        for one in store.assessments(assessment.company)
        if one.questionnaire == assessment.questionnaire and one.number < assessment.number and one.events
    ]
    return before[-1] if before else None


def quick_scan(store: Store | Glimpse, assessment: StoredAssessment) -> StoredAssessment | None:
    """The company's latest quick scan, where this is the full interview."""
    if assessment.questionnaire == QUICK_SCAN:
        return None
    scans = [one for one in store.assessments(assessment.company) if one.questionnaire == QUICK_SCAN and one.events]
    return scans[-1] if scans else None


def carry_over(store: Store, assessment: StoredAssessment, questionnaire: Questionnaire) -> int:
    """Takes the answers of a quick scan of the last 12 months into a full interview that has none yet, if it is the
    company's first; how many."""
    scan = quick_scan(store, assessment)
    if scan is None or not _is_fresh(scan, assessment) or last_time(store, assessment) is not None:
        return 0
    if store.latest(assessment.id, "adviser"):
        return 0
    answers = _earlier(store, scan, questionnaire)
    events = [AnswerEvent(name, one.given, origin="carried") for name, one in answers.items()]
    if events:
        store.record(assessment.id, events)
    return len(events)


def _is_fresh(scan: StoredAssessment | None, assessment: StoredAssessment) -> bool:
    if scan is None:
        return False
    return dt.date.fromisoformat(assessment.date) - dt.date.fromisoformat(scan.date) <= dt.timedelta(days=OLD_DAYS)


def _earlier(store: Store | Glimpse, assessment: StoredAssessment, questionnaire: Questionnaire) -> dict[str, Earlier]:
    """The answers of another assessment that have a place in a questionnaire: the adviser's, else the company's own."""
    asked = store.questionnaire(assessment.definition)
    same = {name for name, _ in questionnaire.variables() if _is_same(asked, questionnaire, name)}
    said: Mapping[str, Given] = {**store.answers(assessment.id, "company"), **_said(store, assessment)}
    return {
        name: Earlier(given, assessment.date, assessment.occasion)
        for name, given in said.items()
        if name in same and given.state is not State.BLANK
    }


def _said(store: Store | Glimpse, assessment: StoredAssessment) -> dict[str, Given]:
    return {
        name: given for name, given in store.answers(assessment.id, "adviser").items() if given.state is not State.BLANK
    }


def _is_same(old: Questionnaire, new: Questionnaire, variable: str) -> bool:
    """Whether a variable's question has the same kind and options in both."""
    name = variable.partition(".")[0]
    before, now = old.questions.get(name), new.questions.get(name)
    if before is None or now is None or before.kind != now.kind:
        return False
    return [o.id for o in old.options_of(before)] == [o.id for o in new.options_of(now)]
