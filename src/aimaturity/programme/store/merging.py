"""What becomes of a bundle in a store: the union of both, without what either has erased. Pure: nothing is written.

Entries and events are sets, so that it doesn't matter in which order stores hear of each other, or how often.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from aimaturity.programme.store.bundle import Bundle, Definition, Event, Progress, Read
from aimaturity.programme.store.entries import entry_row
from aimaturity.programme.store.fold import Company, Entry, companies
from aimaturity.programme.store.whole import dangling

LAST = "zzzz"
"""Begins the store's name in what a copied file of a store has recorded under the original's name: after all others, so
that every store orders them alike."""
EventKey = tuple[int, str]
ReadKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Here:
    """What a store has of what a bundle may concern.

    entries      all of them, by uid
    assessments  id -> seconds spent, of those that the bundle has too
    events       of those: assessment -> (seq, device) -> event
    definitions  hash -> id
    """

    entries: Mapping[str, Entry]
    assessments: Mapping[str, float]
    events: Mapping[str, Mapping[EventKey, Event]]
    imported: frozenset[ReadKey]
    definitions: Mapping[str, str]
    erased: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, so that the store knows what the bundle knows.

    entries, events, definitions, imported   what is new
    begun       assessments that are new, with how far one has come
    seconds     assessment -> time spent, where the bundle knows of more
    gone        uids of entries here that are erased
    lost        ids of assessments here that are erased
    left        companies here of which nothing is left
    erased      uids and ids that are to stay away from now on
    kept_out    of the bundle: uids of entries, and ids of assessments, that are about what was erased here
    settling    entries to make, (about, what, facts): companies in which both entered the same number become one
    copied      entries and events that have another content here: a store's file was copied by hand
    """

    entries: tuple[Entry, ...]
    events: tuple[Event, ...]
    definitions: tuple[Definition, ...]
    imported: tuple[Read, ...]
    begun: tuple[Progress, ...]
    seconds: Mapping[str, float]
    gone: frozenset[str]
    lost: frozenset[str]
    left: frozenset[str]
    erased: frozenset[str]
    kept_out: frozenset[str]
    settling: tuple[tuple[str, str, dict[str, Any]], ...]
    copied: int


def plan_for(here: Here, bundle: Bundle) -> Plan:
    """What a bundle brings."""
    known = here.erased | bundle.erased
    new, copied = _new_entries(here, bundle, known)
    union = {**{uid: entry for uid, entry in here.entries.items() if uid not in known}, **new}
    loose_here, lost_here = dangling(here.entries.values())  # nothing should be; if it is, no bundle takes it away
    dangling_now, lost_now = dangling(union.values(), known)
    more, lost = dangling_now - loose_here, lost_now - lost_here
    entries = tuple(entry for uid, entry in new.items() if uid not in more)
    begun_here = _begun(here.entries.values())
    erased_here = {id for id in begun_here if id in known} | (lost & begun_here)
    gone = {uid for uid in here.entries if uid in known or uid in more}
    gone_ids = known | lost
    alive = {one.id: one for one in bundle.assessments if one.id not in gone_ids}
    events, copied_events = _new_events(here, (event for event in bundle.events if event.assessment in alive))
    after = companies(e for uid, e in union.items() if e.kind == "company" and uid not in more)
    return Plan(
        entries=entries,
        events=events,
        definitions=tuple(one for one in bundle.definitions if one.hash not in here.definitions),
        imported=tuple(
            {
                read_key(read): read
                for read in bundle.imported
                if read.assessment in alive and read_key(read) not in here.imported
            }.values()
        ),
        begun=tuple(one for id, one in alive.items() if id not in begun_here),
        seconds={
            id: one.seconds for id, one in alive.items() if id in begun_here and one.seconds > here.assessments[id]
        },
        gone=frozenset(gone),
        lost=frozenset(erased_here),
        left=frozenset(companies(_of_companies(here.entries.values())).keys() - after.keys()),
        erased=frozenset((bundle.erased | more | lost) - here.erased),
        kept_out=frozenset({uid for uid in new if uid in more} | {id for id in lost if id not in begun_here}),
        settling=tuple(settling(after)),
        copied=copied + copied_events,
    )


def _of_companies(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind == "company"]


def _begun(entries: Iterable[Entry]) -> set[str]:
    return {entry.about for entry in entries if entry.kind == "assessment" and entry.what == "begun"}


def read_key(read: Read) -> ReadKey:
    """What tells that a respondent's answers were read before."""
    return read.assessment, read.voice, read.key, read.digest


def _new_entries(here: Here, bundle: Bundle, erased: frozenset[str]) -> tuple[dict[str, Entry], int]:
    """Entries that aren't here, by uid, and how many of them had to be renamed."""
    new: dict[str, Entry] = {}
    renamed = 0
    for entry in bundle.entries:
        mine = here.entries.get(entry.uid)
        if mine == entry or entry.uid in erased:
            continue
        if mine is not None:
            mark = _mark(entry_row(entry))
            entry = replace(entry, uid=mark, device=LAST + mark)
            if entry.uid in here.entries or entry.uid in erased:
                continue
            renamed += 1
        new[entry.uid] = entry
    return new, renamed


def _new_events(here: Here, events: Iterable[Event]) -> tuple[tuple[Event, ...], int]:
    new: list[Event] = []
    renamed = 0
    for event in events:
        mine = here.events.get(event.assessment, {})
        same = mine.get((event.seq, event.device))
        if same == event:
            continue
        if same is not None:
            event = replace(event, device=LAST + _mark(asdict(event)))
            if (event.seq, event.device) in mine:
                continue
            renamed += 1
        new.append(event)
    return tuple(new), renamed


def _mark(content: Mapping[str, Any]) -> str:
    """Sixteen letters that stand for a content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def settling(found: Mapping[str, Company]) -> list[tuple[str, str, dict[str, Any]]]:
    """Entries, as (about, what, facts), that make lasting what no entry says yet: companies in which the same number
    was entered are one, and the other no longer has the number."""
    made: list[tuple[str, str, dict[str, Any]]] = []
    for company in found.values():
        if company.joined is not None and company.by_number:
            made.append((company.id, "merged", {"into": company.joined, "assessments": []}))
        if company.gave_up is not None:
            made.append((company.id, "edited", {"organisationsnummer": None}))
    return made
