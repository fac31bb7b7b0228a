"""What one store tells another. Pure; `bundle_file` makes a file of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aimaturity.programme.store.fold import Entry, assessments, companies, root


@dataclass(frozen=True, slots=True)
class Event:
    """An answer event as it travels: columns of `answer_event`, the assessment by its id."""

    assessment: str
    seq: int
    device: str
    variable: str
    voice: str
    origin: str
    given: str
    who: str | None
    at: str
    aside: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come in an assessment: what no entry says of it."""

    id: str
    seconds: float
    position: str | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A questionnaire or scoring model, as `definition` holds it."""

    hash: str
    kind: str
    id: str
    version: str
    content: str
    kept: str


@dataclass(frozen=True, slots=True)
class Read:
    """A respondent's answers that were read from a file: columns of `imported`, the assessment by its id."""

    assessment: str
    voice: str
    source: str
    key: str
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one store tells another.

    device     the store's name
    made       when, by its clock
    companies  the ids of the companies that it is about; None: it holds everything that the store knows
    erased     ids of entries and assessments that were erased
    """

    device: str
    made: str
    companies: tuple[str, ...] | None
    entries: tuple[Entry, ...] = ()
    assessments: tuple[Progress, ...] = ()
    events: tuple[Event, ...] = ()
    definitions: tuple[Definition, ...] = ()
    imported: tuple[Read, ...] = ()
    erased: frozenset[str] = field(default_factory=frozenset)


def part_of(whole: Bundle, ids: Sequence[str]) -> Bundle:
    """What of a bundle concerns some companies, whatever ids they have had."""
    found = companies(entry for entry in whole.entries if entry.kind == "company")
    roots = {root(found, id) for id in ids}
    mine = {id for id in found if root(found, id) in roots}
    begun = assessments(entry for entry in whole.entries if entry.kind == "assessment")
    theirs = {id for id, said in begun.items() if said["company"] in mine}
    of_company = [
        entry
        for entry in whole.entries
        if entry.about in (theirs if entry.kind == "assessment" else mine)
        and entry.kind in ("company", "assessment", "participation", "pilot_company")
    ]
    activities = {entry.facts["activity"] for entry in of_company if entry.kind == "participation"}
    pilots = {entry.facts["pilot"] for entry in of_company if entry.kind == "pilot_company"}
    others = {"activity": activities, "pilot": pilots}
    taken = {entry.uid for entry in of_company}
    entries = [e for e in whole.entries if e.uid in taken or e.about in others.get(e.kind, ())]
    hashes = {e.facts.get("definition") for e in entries if e.kind == "assessment"}
    return Bundle(
        device=whole.device,
        made=whole.made,
        companies=tuple(sorted(mine)),
        entries=tuple(entries),
        assessments=tuple(one for one in whole.assessments if one.id in theirs),
        events=tuple(event for event in whole.events if event.assessment in theirs),
        definitions=tuple(one for one in whole.definitions if one.hash in hashes),
        imported=tuple(read for read in whole.imported if read.assessment in theirs),
        erased=whole.erased,
    )
