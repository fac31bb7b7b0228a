"""Bundles out of a store and into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.engine import Connection

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.programme.store import schema
from aimaturity.programme.store.base import insert_or_keep
from aimaturity.programme.store.bundle import Bundle, Definition, Event, Progress, Read, part_of
from aimaturity.programme.store.conflicts import Conflict, conflicts_of
from aimaturity.programme.store.entries import entry_row, new_id
from aimaturity.programme.store.erasing import PARTS, Erasing
from aimaturity.programme.store.fold import Entry, companies
from aimaturity.programme.store.merging import Here, Plan, plan_for, read_key
from aimaturity.programme.store.state import Difference, differences, rebuild
from aimaturity.programme.store.whole import loose

_LEAP = 10**8
"""How much further than what is here a bundle may have counted: numbers grow by one, so no register gets there."""
_MANY = 500
"""Ids in one question to the database: SQLite has a limit on them."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a bundle brought, or would bring.

    entries, events   how many are new
    companies, assessments, definitions   how many are new here
    already           entries and events of the bundle that were here
    erased            assessments, events and entries here that were erased, since they were erased elsewhere
    erased_companies  ids of companies here of which nothing is left
    kept_out          entries and assessments of the bundle that stay out, since they are about what was erased
    reports           where reports on erased companies were written; they are files, to be deleted by hand
    left              why bytes of what was erased may still lie in the database's file
    conflicts         what both sides have said differently
    """

    entries: int
    events: int
    companies: int
    assessments: int
    definitions: int
    already: int
    erased: Mapping[str, int]
    erased_companies: tuple[str, ...]
    kept_out: int
    reports: tuple[str, ...]
    left: Diagnostic | None
    conflicts: tuple[Conflict, ...]

    @property
    def changes(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.entries or self.events or self.definitions or any(self.erased.values()))


class Syncing(Erasing):
    """What stores tell each other."""

    def export_bundle(self, companies: Iterable[str] | None = None) -> Bundle:
        """Everything that the store knows; or of some companies everything that concerns them, and the ids of all that
        was erased. StoreRefused where there is no such company, or where the register isn't in order."""
        device, now = self._name_for_bundle(), self._now()
        with self._read() as connection:
            whole = self._everything(connection, device, now)
            ids = None if companies is None else [self._company_row(connection, id).id for id in companies]
        made = whole if ids is None else part_of(whole, ids)
        for reason in loose(made):
            raise self._refused("AIM657", names=reason)
        return made

    def _name_for_bundle(self) -> str:
        """The store's name, made where it has none; of one that can't be written and has none, another each time."""
        with self._read() as connection:
            found = self._known_device(connection)
        return found or (new_id(10) if self.read_only else self.device())

    def _everything(self, connection: Connection, device: str, now: str) -> Bundle:
        a, d = schema.assessment, schema.definition
        rows = connection.execute(select(a.c.id, a.c.number, a.c.seconds, a.c.position).order_by(a.c.id)).all()
        names = {row.number: row.id for row in rows}
        erased = connection.execute(select(schema.erased.c.uid)).scalars()
        return Bundle(
            device=device,
            made=now,
            companies=None,
            entries=tuple(self._entries(connection)),
            assessments=tuple(Progress(row.id, row.seconds, row.position) for row in rows),
            events=tuple(_events(connection, names)),
            definitions=tuple(Definition(**row._mapping) for row in connection.execute(select(d).order_by(d.c.hash))),
            imported=tuple(_imported(connection, names)),
            erased=frozenset(erased),
        )

    def import_bundle(self, bundle: Bundle, dry_run: bool = False) -> Synced:
        """Takes in what a bundle knows, in one transaction; or, with `dry_run`, says what that would do. The same
        bundle once more changes nothing. NotSaved: nothing was taken in."""
        if dry_run:
            with self._read() as connection:
                return self._take_in_bundle(connection, bundle, write=False)
        with self._write(alone=True) as connection:
            done = self._take_in_bundle(connection, bundle, write=True)
        if not done.erased["assessments"] and not done.erased["entries"]:
            return done
        return replace(done, left=self.tidy())

    def mend(self) -> list[Difference]:
        """Makes the tables again from the entries; what was different. Companies and assessments that no entry speaks
        of are left as they are."""
        with self._write(alone=True) as connection:
            return rebuild(connection, self._entries(connection))

    def out_of_step(self) -> list[Difference]:
        """What of the tables isn't what the entries add up to."""
        with self._read() as connection:
            return differences(connection, self._entries(connection))

    def _take_in_bundle(self, connection: Connection, bundle: Bundle, write: bool) -> Synced:
        here = self._here(connection, bundle)
        self._counts_on(here, bundle)
        plan = plan_for(here, bundle)
        before = _companies_of(here.entries.values())
        reports = _reports(connection, plan.lost)
        events_gone = _count_events(connection, plan.lost)
        if write:
            self._apply(connection, plan)
            journal = self._entries(connection)
        else:
            kept = [entry for uid, entry in here.entries.items() if uid not in plan.gone]
            journal = [*kept, *plan.entries, *_as_if(plan, kept)]
        after = _companies_of(journal)
        return Synced(
            entries=len(plan.entries),
            events=len(plan.events),
            companies=len(after - before),
            assessments=len(plan.begun),
            definitions=len(plan.definitions),
            already=len(bundle.entries) + len(bundle.events) - len(plan.entries) - len(plan.events),
            erased={
                "assessments": len(plan.lost),
                "events": events_gone,
                "entries": len(plan.gone),
            },
            erased_companies=tuple(sorted(plan.left)),
            kept_out=len(plan.kept_out),
            reports=reports,
            left=None,
            conflicts=tuple(conflicts_of(here, bundle, plan, journal)),
        )

    def _counts_on(self, here: Here, bundle: Bundle) -> None:
        """StoreRefused where a bundle has counted so far that what is entered here after it would have numbers that no
        bundle may have."""
        most = _LEAP + max((entry.clock for entry in here.entries.values()), default=0)
        clock = max((entry.clock for entry in bundle.entries), default=0)
        if clock > most:
            raise self._refused("AIM637", name="clock", count=clock, limit=most)
        last: Counter[str] = Counter()
        for event in bundle.events:
            last[event.assessment] = max(last[event.assessment], event.seq)
        for id, seq in sorted(last.items()):
            most = _LEAP + max((there for there, _ in here.events.get(id, ())), default=0)
            if seq > most:
                raise self._refused("AIM637", name=f"{id} seq", count=seq, limit=most)

    def _here(self, connection: Connection, bundle: Bundle) -> Here:
        a, d = schema.assessment, schema.definition
        wanted = {one.id for one in bundle.assessments}
        rows = [row for row in connection.execute(select(a.c.id, a.c.number, a.c.seconds)) if row.id in wanted]
        names = {row.number: row.id for row in rows}
        events: dict[str, dict[tuple[int, str], Event]] = {}
        for event in _events(connection, names):
            events.setdefault(event.assessment, {})[event.seq, event.device] = event
        return Here(
            entries={entry.uid: entry for entry in self._entries(connection)},
            assessments={row.id: row.seconds for row in rows},
            events=events,
            imported=frozenset(map(read_key, _imported(connection, names))),
            definitions={row.hash: row.id for row in connection.execute(select(d.c.hash, d.c.id))},
            erased=frozenset(connection.execute(select(schema.erased.c.uid)).scalars()),
        )

    def _apply(self, connection: Connection, plan: Plan) -> None:
        self._erase_parts(connection, plan)
        if plan.definitions:
            query = insert_or_keep(connection, schema.definition)
            connection.execute(query, [asdict(one) for one in plan.definitions])
        if plan.entries:
            connection.execute(schema.entry.insert(), [entry_row(entry) for entry in plan.entries])
        for about, what, facts in plan.settling:
            self._enter(connection, "company", about, what, facts)
        if plan.entries or plan.gone or plan.settling:
            rebuild(connection, self._entries(connection), gone=plan.left)
        self._add_answers(connection, plan)

    def _erase_parts(self, connection: Connection, plan: Plan) -> None:
        a = schema.assessment
        numbers = list(_numbers(connection, plan.lost).values())
        if numbers:
            connection.execute(schema.erasing.insert(), [{"assessment": number} for number in numbers])
            for table in PARTS:
                one = table.c.assessment == bindparam("number")
                connection.execute(delete(table).where(one), [{"number": number} for number in numbers])
            connection.execute(delete(a).where(a.c.number == bindparam("n")), [{"n": number} for number in numbers])
        self._take_away(connection, sorted(plan.gone), [])
        if plan.erased:
            query = insert_or_keep(connection, schema.erased)
            connection.execute(query, [{"uid": uid} for uid in sorted(plan.erased)])

    def _add_answers(self, connection: Connection, plan: Plan) -> None:
        """Events, and how far one has come, of assessments whose rows are there."""
        a, e = schema.assessment, schema.answer_event
        touched = {event.assessment for event in plan.events}
        ids = touched | {one.id for one in plan.begun} | plan.seconds.keys() | {one.assessment for one in plan.imported}
        numbers = _numbers(connection, ids)
        this = a.c.number == bindparam("n")
        begun = [{"n": numbers[one.id], "s": one.seconds, "p": one.position} for one in plan.begun]
        if begun:
            query = a.update().where(this).values(seconds=bindparam("s"), position=bindparam("p"))
            connection.execute(query, begun)
        if plan.seconds:
            more = [{"n": numbers[id], "s": seconds} for id, seconds in plan.seconds.items()]
            connection.execute(a.update().where(this).values(seconds=bindparam("s")), more)
        if plan.events:
            rows = [asdict(event) | {"assessment": numbers[event.assessment]} for event in plan.events]
            connection.execute(e.insert(), rows)
        last: Counter[str] = Counter()
        for event in plan.events:
            last[event.assessment] = max(last[event.assessment], event.seq)
        if last:
            query = a.update().where(this, a.c.events < bindparam("e")).values(events=bindparam("e"))
            connection.execute(query, [{"n": numbers[id], "e": seq} for id, seq in last.items()])
        if plan.imported:
            reads = [asdict(read) | {"assessment": numbers[read.assessment]} for read in plan.imported]
            connection.execute(schema.imported.insert(), reads)


def _events(connection: Connection, names: Mapping[int, str]) -> Iterable[Event]:
    """The events of assessments, number -> id, in the order in which they count."""
    e = schema.answer_event
    order = (e.c.assessment, e.c.seq, e.c.device)
    for row in _of(connection, e, names, order):
        said = dict(row._mapping)
        yield Event(**said | {"assessment": names[row.assessment]})


def _imported(connection: Connection, names: Mapping[int, str]) -> Iterable[Read]:
    i = schema.imported
    for row in _of(connection, i, names, (i.c.number,)):
        yield Read(names[row.assessment], row.voice, row.source, row.key, row.digest, row.at)


def _of(connection: Connection, table: Any, names: Mapping[int, str], order: Sequence[Any]) -> Iterable[Any]:
    """A table's rows of some assessments. Of many, all rows are read and others left out: that is quicker."""
    query = select(table).order_by(*order)
    if len(names) <= _MANY:
        query = query.where(table.c.assessment.in_(list(names)))
    for row in connection.execute(query):
        if row.assessment in names:
            yield row


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Assessment id -> its number here."""
    a, wanted = schema.assessment, set(ids)
    query = select(a.c.id, a.c.number)
    if len(wanted) <= _MANY:
        query = query.where(a.c.id.in_(list(wanted)))
    return {row.id: row.number for row in connection.execute(query) if row.id in wanted}


def _reports(connection: Connection, assessments: Iterable[str]) -> tuple[str, ...]:
    r, numbers = schema.report, set(_numbers(connection, assessments).values())
    rows = connection.execute(select(r.c.assessment, r.c.path).order_by(r.c.number)) if numbers else ()
    return tuple(dict.fromkeys(row.path for row in rows if row.assessment in numbers))


def _count_events(connection: Connection, assessments: Iterable[str]) -> int:
    e, numbers = schema.answer_event, set(_numbers(connection, assessments).values())
    query = select(e.c.assessment, func.count().label("many")).group_by(e.c.assessment)
    return sum(row.many for row in connection.execute(query) if row.assessment in numbers) if numbers else 0


def _companies_of(entries: Iterable[Entry]) -> set[str]:
    return set(companies(entry for entry in entries if entry.kind == "company"))


def _as_if(plan: Plan, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that settling would make."""
    last = max((entry.clock for entry in (*entries, *plan.entries)), default=0)
    return [
        Entry(f"{number}", last + number, "", "", None, "company", about, what, facts)
        for number, (about, what, facts) in enumerate(plan.settling, start=1)
    ]
