"""What goes into a store and comes out of it. Nothing here knows of a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aimaturity.responses.given import Given

Voice = Literal["adviser", "company"]
Origin = Literal["interview", "import", "carried"]
Occasion = Literal["T0", "T1", "T2"]
VOICES: tuple[Voice, ...] = ("adviser", "company")
ORIGINS: tuple[Origin, ...] = ("interview", "import", "carried")
OCCASIONS: tuple[Occasion, ...] = ("T0", "T1", "T2")


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """An answer given or changed, to be recorded. To take an answer back, record a blank one.

    variable  a question, or a row of a grid (`question.row`)
    voice     whose answer it is: what the adviser settled on, or what the company said of itself
    origin    asked in an interview, read from a file, or carried over from another assessment
    who       the person behind it; None: the assessment's adviser
    """

    variable: str
    given: Given
    voice: Voice = "adviser"
    origin: Origin = "interview"
    who: str | None = None


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An event as it is kept.

    seq    its number within the assessment, from 1 without gaps; the order of events, whatever the clock said. Two
           stores that didn't know of each other may have given the same one; then `device` decides
    when   the clock's time when it was recorded, with its offset from UTC; it may go backwards
    aside  recorded by somebody who had lost the assessment to another: history that doesn't count
    """

    seq: int
    variable: str
    voice: Voice
    origin: Origin
    given: Given
    who: str | None
    when: dt.datetime
    aside: bool = False
    device: str = ""


@dataclass(frozen=True, slots=True)
class CompanyAnswer:
    """What a company last said to a question in one assessment and voice; date and number are the assessment's."""

    company: str
    assessment: str
    questionnaire: str
    date: str
    number: int
    answer: StoredAnswer


@dataclass(frozen=True, slots=True)
class StoredCompany:
    """A company in the register.

    merged     ids under which it was known before; they still find it
    others     as `About` says; where it belongs is what its latest answers say, else what was entered
    """

    id: str
    name: str | None
    organisationsnummer: str | None
    created: dt.datetime
    merged: tuple[str, ...] = ()
    municipality: str | None = None
    county: str | None = None
    sector: str | None = None
    size: str | None = None
    owner: str | None = None
    benchmark: str | None = None


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """One assessment of one company.

    number      counts assessments in this store from 1, in the order of beginning
    definition  content hash of the questionnaire that it was begun with
    date        ISO day of the answers
    finished    None while it goes on
    position    the question where one stands, None before the first
    seconds     time spent on it so far
    events      the number of its latest event, those aside included
    """

    id: str
    number: int
    company: str
    questionnaire: str
    version: str
    definition: str
    occasion: Occasion | None
    adviser: str | None
    present: str | None
    language: str | None
    date: str
    started: dt.datetime
    finished: dt.datetime | None
    position: str | None
    seconds: float
    events: int


@dataclass(frozen=True, slots=True)
class StoredActivity:
    """Something that companies took part in.

    kind, partner  ids of the programme file
    date           ISO day
    hours          of one participant, None where not known
    municipality   official code
    companies      how many took part; women, men, other: their persons, `other` of other or unstated sex
    """

    id: str
    kind: str
    title: str
    date: str
    hours: float | None
    partner: str | None
    municipality: str | None
    companies: int
    women: int
    men: int
    other: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Persons of a company at an activity, by the ids of both. hours: of one of them, where they aren't the
    activity's."""

    activity: str
    company: str
    women: int = 0
    men: int = 0
    other: int = 0
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class StoredParticipation(Participation):
    """entered_as: the id that the company had."""

    entered_as: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who works on an assessment: a person, in a process on a machine. `token` tells one opening from another."""

    assessment: str
    who: str | None
    since: dt.datetime
    host: str
    pid: int
    token: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report that was written, so that it can be found when a company is to be forgotten."""

    assessment: str
    path: str
    written: dt.datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Something done to a company's entry: added, edited, merged; or a company erased, without saying which."""

    number: int
    when: dt.datetime
    what: str
    company: str | None
    facts: Mapping[str, Any] = field(default_factory=dict)
