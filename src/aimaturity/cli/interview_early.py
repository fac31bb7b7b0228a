"""The first screen of an interview that is under way, from a glimpse of the store, while the store is yet to be opened.

Nothing is decided here. Where anything is out of the ordinary there is no such screen, and the interview begins in the
usual order: store, questions to the person at the keyboard, hold, screen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from aimaturity.cli.kept import beginning
from aimaturity.interview.app_context import Context
from aimaturity.interview.desk import Desk, Past
from aimaturity.interview.session import Event
from aimaturity.programme.store import Glimpse, StoredAssessment, Unclear, glimpsed

OCCASIONS = ("T0", "T1", "T2")


class Left(Exception):
    """The person went away before the interview began."""


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line. `typed`: a person answers what is asked here."""

    company: str | None
    questionnaire: str
    adviser: str | None
    occasion: str | None
    lang: str
    typed: bool


def first_screen(asked: Asked, database: str | None) -> tuple[Desk, Context] | None:
    """What the screen shows until the store is open; None where something has to be asked or told first."""
    if asked.company is None:
        return None
    try:
        with glimpsed(database) as store:
            company = store.identified(asked.company)
            one = _under_way(store, asked, company.id) if company is not None else None
            if company is None or one is None or store.holder(one.id) is not None:
                return None
            questionnaire = store.questionnaire(one.definition)
            session = beginning(store, one, questionnaire).session(questionnaire, one.position)
    except Unclear:
        return None
    if session.position is None:
        return None
    lang = asked.lang if asked.lang in questionnaire.languages else questionnaire.languages[0]
    desk = Desk(session, _Unopened(), company.name or company.id, lang, time.monotonic, seconds=one.seconds)
    return desk, Context(_unopened, _unopened, _unopened, _unopened, occasion=one.occasion or "")


def _under_way(store: Glimpse, asked: Asked, company: str) -> StoredAssessment | None:
    """The assessment that `Start` will go on with, if there is one."""
    its = [one for one in store.assessments(company) if one.questionnaire == asked.questionnaire]
    its = [one for one in its if one.finished is None]
    its = [one for one in its if asked.occasion in (None, one.occasion)]
    return its[-1] if its else None


class _Unopened:
    """Keeps nothing: the screen takes no key before the store is open."""

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> NoReturn:
        _unopened()

    def history(self, variable: str) -> Sequence[Past]:
        _unopened()


def _unopened(*_: str) -> NoReturn:
    raise RuntimeError("asked for before the store was open")
