"""What goes into a store and comes out of it, and how it is made of rows. Nothing here knows of a database."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aimaturity.responses.given import Given, from_json

Voice = Literal["adviser", "company"]
Origin = Literal["interview", "import", "carried"]
Occasion = Literal["T0", "T1", "T2"]
VOICES: tuple[Voice, ...] = ("adviser", "company")
ORIGINS: tuple[Origin, ...] = ("interview", "import", "carried")
OCCASIONS: tuple[Occasion, ...] = ("T0", "T1", "T2")
PLACED = ("municipality", "county", "sector", "size")
"""Fields of a company in which what its answers say comes before what was entered."""


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
    former_names, former_numbers  of what was merged into it, where they are others than its own; they find it too
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
    former_names: tuple[str, ...] = ()
    former_numbers: tuple[str, ...] = ()


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


def moment(text: str) -> dt.datetime:
    """The time that `Base._now` wrote."""
    return dt.datetime.fromisoformat(text)


def company_of(row: Any, merged: Iterable[Any]) -> StoredCompany:
    """The company of a row, and of the rows of those that were merged into it."""
    about = {name: getattr(row, name) for name in (*PLACED, "owner", "benchmark")}
    parts = list(merged)
    return StoredCompany(
        row.id,
        row.name,
        row.organisationsnummer,
        moment(row.created),
        tuple(part.id for part in parts),
        **about,
        former_names=_others(row.name, (part.name for part in parts)),
        former_numbers=_others(row.organisationsnummer, (part.organisationsnummer for part in parts)),
    )


def _others(own: str | None, said: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in said if text is not None and text != own))


def companies_of(rows: Sequence[Any]) -> list[StoredCompany]:
    """The companies of all rows (ordered by id), by name; those merged into another are that other's `merged`."""
    merged: dict[str, list[Any]] = {}
    for row in rows:
        if row.merged_into is not None:
            merged.setdefault(row.merged_into, []).append(row)
    found = [company_of(row, merged.get(row.id, [])) for row in rows if row.merged_into is None]
    return sorted(found, key=lambda company: ((company.name or company.id).casefold(), company.id))


def assessment_of(row: Any) -> StoredAssessment:
    """The assessment of a row, to which id and version of its questionnaire are joined."""
    return StoredAssessment(
        id=row.id,
        number=row.number,
        company=row.company,
        questionnaire=row.questionnaire,
        version=row.version,
        definition=row.definition,
        occasion=row.occasion,
        adviser=row.adviser,
        present=row.present,
        language=row.language,
        date=row.date,
        started=moment(row.started),
        finished=moment(row.finished) if row.finished else None,
        position=row.position,
        seconds=row.seconds,
        events=row.events,
    )


def answer_of(row: Any) -> StoredAnswer:
    """The answer event of a row. ValueError where what was given can't be read."""
    given, when = read_given(row.given), moment(row.at)
    return StoredAnswer(row.seq, row.variable, row.voice, row.origin, given, row.who, when, bool(row.aside), row.device)


def latest_of(rows: Iterable[Any]) -> list[Any]:
    """Of events in order, the last one of each variable, in the order in which they were settled."""
    found: dict[str, Any] = {}
    for row in rows:
        found.pop(row.variable, None)
        found[row.variable] = row
    return list(found.values())


def read_given(text: str) -> Given:
    """The answer that was written. ValueError where it is none."""
    try:
        return from_json(json.loads(text))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def hold_of(row: Any, assessment: str) -> Hold:
    """The hold of a row, on the assessment of this id."""
    return Hold(assessment, row.who, moment(row.since), row.host, row.pid, row.token)


def is_gone(hold: Hold) -> bool:
    """Whether the hold's process ended without releasing it. Only known of this machine, and not on Windows, where
    asking a process whether it lives may end it."""
    if hold.host != socket.gethostname() or sys.platform == "win32":
        return False
    try:
        os.kill(hold.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _has_ended(hold.pid)


def _has_ended(pid: int) -> bool:
    """Whether a process that still has its number has ended, and only waits for its parent to ask how (Linux)."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[:1] == ["Z"]
