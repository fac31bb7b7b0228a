"""Whether entries hang together: nothing speaks of a company, assessment, activity or pilot that isn't there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from aimaturity.programme.store.fold import Entry, companies, root

if TYPE_CHECKING:
    from aimaturity.programme.store.bundle import Bundle


def dangling(entries: Iterable[Entry], erased: frozenset[str] = frozenset()) -> tuple[set[str], set[str]]:
    """Uids of entries, and ids of assessments, that speak of what isn't there: a company that nobody added, a company
    that is one with such a one, an assessment that nobody began or that is in `erased`."""
    everything = list(entries)
    gone: set[str] = set()
    lost: set[str] = set()
    while True:
        left = [entry for entry in everything if entry.uid not in gone]
        more, assessments = _dangling(left, erased | lost)
        lost |= assessments
        if not more:
            return gone, lost
        gone |= more


def _dangling(entries: list[Entry], erased: frozenset[str]) -> tuple[set[str], set[str]]:
    found = companies(entry for entry in entries if entry.kind == "company")
    absent = {
        root(found, entry.about)
        for entry in entries
        if entry.kind == "company" and entry.what == "merged" and entry.about in found
        and str(entry.facts["into"]) not in found
    }  # fmt: skip
    there = {id for id in found if root(found, id) not in absent}
    begun = {
        entry.about: str(entry.facts["company"])
        for entry in entries
        if entry.kind == "assessment" and entry.what == "begun"
    }
    spoken_of = {entry.about for entry in entries if entry.kind == "assessment"}
    lost = {id for id in spoken_of if id in erased or begun.get(id) not in there}
    gone = set()
    for entry in entries:
        about = entry.about
        if entry.kind == "assessment":
            absent_now = about in lost
        elif entry.kind in ("company", "participation", "pilot_company"):
            absent_now = about not in there and entry.what != "erased"
        else:
            absent_now = False
        if absent_now:
            gone.add(entry.uid)
    return gone, lost


def loose(bundle: Bundle) -> Iterator[str]:
    """What of a bundle doesn't fit together, in words of the file."""
    uids = [entry.uid for entry in bundle.entries]
    begun = {entry.about for entry in bundle.entries if entry.kind == "assessment" and entry.what == "begun"}
    assessments = [one.id for one in bundle.assessments]
    keys = [(event.assessment, event.seq, event.device) for event in bundle.events]
    for name, ids in (("uid", uids), ("assessment", assessments), ("seq", keys)):
        if len(ids) != len(set(ids)):
            yield f"{name} x 2"
    hashes = {definition.hash for definition in bundle.definitions}
    made_with = {
        str(entry.facts["definition"])
        for entry in bundle.entries
        if entry.kind == "assessment" and entry.facts.get("definition") is not None
    }
    gone, lost = dangling(bundle.entries, bundle.erased)
    added = _added(bundle.entries)
    for what, missing in (
        ("begun", set(assessments) ^ begun),
        ("assessment", {event.assessment for event in bundle.events} - begun),
        ("assessment", {read.assessment for read in bundle.imported} - begun),
        ("definition", made_with - hashes),
        ("erased", bundle.erased & {*uids, *begun}),
        ("company", gone | lost),
        ("activity", _named(bundle.entries, "participation", "activity") - added["activity"]),
        ("pilot", _named(bundle.entries, "pilot_company", "pilot") - added["pilot"]),
        ("activity", {entry.about for entry in bundle.entries if entry.kind == "activity"} - added["activity"]),
        ("pilot", {entry.about for entry in bundle.entries if entry.kind == "pilot"} - added["pilot"]),
    ):
        if missing:
            yield f"{what}: {min(missing)[:80]} ({len(missing)})"


def _added(entries: Iterable[Entry]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {"activity": set(), "pilot": set()}
    for entry in entries:
        if entry.kind in found and entry.what == "added":
            found[entry.kind].add(entry.about)
    return found


def _named(entries: Iterable[Entry], kind: str, fact: str) -> set[str]:
    return {str(entry.facts[fact]) for entry in entries if entry.kind == kind}
