"""Attendance lists in the register: what a list says there, and what it changes, all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from aimaturity.programme.store import schema
from aimaturity.programme.store.activities import FIELDS, LIST, Activities, listed
from aimaturity.programme.store.alike import search_key
from aimaturity.programme.store.companies import NewCompany
from aimaturity.programme.store.entries import LETTERS, new_id
from aimaturity.programme.store.fold import COUNTED, Entry
from aimaturity.programme.store.records import Participation, StoredActivity, StoredCompany, StoredParticipation

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity to be added. key: what the list's participations call it until it has an id."""

    key: str
    kind: str
    title: str
    date: str
    hours: float | None = None
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list changes in the register.

    source      names the list, so that it is known when it comes again; None: nothing does
    companies   to be added
    filled      what companies lack and the list says: by id; None and KEEP: nothing is said
    activities  to be added; lacking: id -> fields that an activity lacks and the list says
    taken_part  participations as they become; `removed`: (activity, company) that go
    digests     activity -> what was in the list, as a digest, so that the same is known again
    """

    source: str | None = None
    companies: Sequence[NewCompany] = ()
    filled: Sequence[NewCompany] = ()
    activities: Sequence[NewActivity] = ()
    lacking: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    taken_part: Sequence[Participation] = ()
    removed: Sequence[tuple[str, str]] = ()
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything becomes otherwise."""
        parts = (self.companies, self.filled, self.activities, self.lacking, self.taken_part, self.removed)
        return any(len(part) for part in parts)


@dataclass(frozen=True)
class Standing:
    """The register as a list finds it.

    head_counts  company -> persons by its latest answers
    said         (activity, company) -> what the list said the last time (women, men, other, hours), where it did
    by_hand      of these, what was changed otherwise since
    digests      (activity, digest of a list) -> the time when it was read in
    """

    companies: Sequence[StoredCompany] = ()
    activities: Sequence[StoredActivity] = ()
    participations: Sequence[StoredParticipation] = ()
    head_counts: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)
    by_hand: frozenset[tuple[str, str]] = frozenset()
    digests: Mapping[tuple[str, str], str] = field(default_factory=dict)


class Lists(Activities):
    """Reading lists in."""

    def standing(self, source: str | None = None) -> Standing:
        """The register as the list of this name finds it, as of one moment."""
        with self._read() as connection:
            companies = self._all(connection)
            roots = {id: company.id for company in companies for id in (company.id, *company.merged)}
            rows = connection.execute(select(schema.participation))
            taken_part = [StoredParticipation(**row._mapping) for row in rows]
            said, by_hand = _said(self._entries(connection, "participation"), roots, source)
            return Standing(
                companies,
                self._activities(connection),
                taken_part,
                _head_counts(connection),
                said,
                by_hand,
                {
                    (entry.about, str(entry.facts[DIGEST])): entry.at
                    for entry in self._entries(connection, "activity")
                    if entry.what == "listed"
                },
            )

    def take_in(self, changes: Changes, who: str | None = None) -> dict[str, str]:
        """Makes the changes, all or none; key -> id of the activities that were added."""
        ready = self._ready(changes.companies)
        filled = [(one.id, self._filled(one)) for one in changes.filled]
        added = [
            (new.key, self._said({name: getattr(new, name, None) for name in FIELDS})) for new in changes.activities
        ]
        lacking = {id: self._said(said) for id, said in changes.lacking.items()}
        ids: dict[str, str] = {}
        with self._write() as connection:
            self._add_all(connection, ready, who)
            for id, said in filled:
                self._edit_company(connection, self._company_row(connection, str(id), lock=True), said, who)
            for key, said in added:
                id = same_everywhere(said)
                used = bool(self._entries(connection, "activity", id))
                ids[key] = self._add_activity(connection, new_id(10) if used else id, said, who)
            for id, said in lacking.items():
                self._edit_activity(connection, self._activity_row(connection, id, lock=True), said, who)
            self._not_there(connection, changes.removed, who, changes.source)
            taken_part = [
                Participation(ids.get(p.activity, p.activity), p.company, p.women, p.men, p.other, p.hours)
                for p in changes.taken_part
            ]
            self._take_part(connection, taken_part, who, changes.source)
            seen = [(ids.get(id, id), {DIGEST: d} | listed(changes.source)) for id, d in changes.digests.items()]
            self._enter_all(connection, "activity", "listed", seen, who)
        return ids

    def _filled(self, one: NewCompany) -> dict[str, Any]:
        said: dict[str, Any] = self._stated(one.about)
        if one.name is not None:
            said["name"] = self._name(one.name)
        if one.organisationsnummer is not None:
            said["organisationsnummer"] = self._number(one.organisationsnummer)
        return said


def same_everywhere(said: Mapping[str, Any]) -> str:
    """An id made of an activity's kind, title and day, so that the same list read in on two laptops makes one activity
    when their registers meet. It is taken where it is free."""
    words = "\n".join((said["kind"], search_key(said["title"]), said["date"]))
    digest = hashlib.sha256(words.encode("utf-8")).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:10])


def _said(
    entries: Sequence[Entry], roots: Mapping[str, str], source: str | None
) -> tuple[dict[tuple[str, str], tuple[Any, ...]], frozenset[tuple[str, str]]]:
    """What the list said last of each participation, and which were changed otherwise since."""
    said: dict[tuple[str, str], tuple[Any, ...]] = {}
    by_hand: set[tuple[str, str]] = set()
    for entry in entries if source is not None else ():
        key = (str(entry.facts["activity"]), roots.get(entry.about, entry.about))
        if entry.facts.get(LIST) != source:
            by_hand.add(key)
            continue
        by_hand.discard(key)
        if entry.what == "removed":
            said.pop(key, None)
        else:
            said[key] = tuple(entry.facts.get(name) for name in COUNTED)
    return said, frozenset(by_hand & set(said))


def _head_counts(connection: Any) -> dict[str, int]:
    """Company -> persons in its latest answers that say it."""
    a, r = schema.assessment, schema.result
    query = (
        select(a.c.company, r.c.women, r.c.men, r.c.other)
        .join(a, a.c.number == r.c.assessment)
        .where(r.c.women.is_not(None))
    )
    rows = connection.execute(query.add_columns(a.c.date, a.c.id))
    return {
        row.company: int(row.women) + int(row.men or 0) + int(row.other or 0)
        for row in sorted(rows, key=lambda row: (row.date, row.id))
    }
