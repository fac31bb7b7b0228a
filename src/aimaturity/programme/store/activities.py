"""Activities and who took part: persons of companies as counts, and never names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection, Row

from aimaturity.programme.store import schema
from aimaturity.programme.store.base import batched, line
from aimaturity.programme.store.companies import KEEP, Companies, Keep
from aimaturity.programme.store.entries import new_id
from aimaturity.programme.store.fold import COUNTED
from aimaturity.programme.store.records import Participation, StoredActivity, StoredParticipation
from aimaturity.responses.identity import masked

MOST_PERSONS = 10_000
"""Persons of one company at one activity; more is a slip."""
MOST_HOURS = 10_000
FIELDS = ("kind", "title", "date", "hours", "partner", "municipality")
"""What is said of an activity, in the order of the table."""
LIST = "list"
"""Among a participation's facts: the list that says it, where one did."""


class Activities(Companies):
    """What companies took part in. Whether the programme knows a kind or partner is for those who have its file."""

    def add_activity(
        self,
        kind: str,
        title: str,
        date: str | dt.date,
        *,
        hours: float | None = None,
        partner: str | None = None,
        municipality: str | None = None,
        id: str | None = None,
        who: str | None = None,
    ) -> StoredActivity:
        """A new activity; its id is random unless given.

        kind, partner  ids of the programme file
        date           ISO day
        hours          of one participant
        municipality   official code, four digits

        StoreRefused where something isn't possible, or the id is or was another's.
        """
        values = (kind, title, date, hours, partner, municipality)
        said = self._said(dict(zip(FIELDS, values, strict=True)))
        with self._write() as connection:
            made = self._add_activity(connection, self._short("--id", id) or new_id(10), said, who)
            return self._activities(connection, schema.activity.c.id == made)[0]

    def edit_activity(
        self,
        id: str,
        *,
        kind: str | Keep = KEEP,
        title: str | Keep = KEEP,
        date: str | dt.date | Keep = KEEP,
        hours: float | Keep | None = KEEP,
        partner: str | Keep | None = KEEP,
        municipality: str | Keep | None = KEEP,
        who: str | None = None,
    ) -> StoredActivity:
        """Changes what is given; None takes it away. The journal keeps what it was."""
        values = dict(zip(FIELDS, (kind, title, date, hours, partner, municipality), strict=True))
        said = self._said({name: value for name, value in values.items() if not isinstance(value, Keep)})
        with self._write() as connection:
            row = self._activity_row(connection, id, lock=True)
            self._edit_activity(connection, row, said, who)
            return self._activities(connection, schema.activity.c.id == row.id)[0]

    def remove_activity(self, id: str, who: str | None = None) -> None:
        """Takes an activity away with all its participations. The journal keeps them; the id isn't used again."""
        with self._write() as connection:
            row = self._activity_row(connection, id, lock=True)
            self._enter(connection, "activity", row.id, "removed", {}, who)
            part, table = schema.participation, schema.activity
            connection.execute(delete(part).where(part.c.activity == row.id))
            connection.execute(delete(table).where(table.c.id == row.id))

    def activity(self, id: str) -> StoredActivity:
        """The activity of this id, with how many took part. StoreRefused where there is none."""
        with self._read() as connection:
            row = self._activity_row(connection, id)
            return self._activities(connection, schema.activity.c.id == row.id)[0]

    def activities(
        self, kind: str | None = None, partner: str | None = None, first: str | None = None, last: str | None = None
    ) -> list[StoredActivity]:
        """Activities by date, then id; of a kind, a partner, and from the day `first` to the day `last`."""
        table = schema.activity
        wanted = [column == value for column, value in ((table.c.kind, kind), (table.c.partner, partner)) if value]
        wanted += [table.c.date >= first] if first is not None else []
        wanted += [table.c.date <= last] if last is not None else []
        with self._read() as connection:
            return self._activities(connection, *wanted)

    def take_part(
        self,
        activity: str,
        company: str,
        women: int = 0,
        men: int = 0,
        other: int = 0,
        hours: float | None = None,
        who: str | None = None,
    ) -> StoredParticipation:
        """Persons of a company at an activity, in the place of what was said before. hours: of one of them, where they
        aren't the activity's. Nobody isn't a participation: see `remove_participation`."""
        self.take_part_all([Participation(activity, company, women, men, other, hours)], who)
        return next(p for p in self.participations(activity, company))

    def take_part_all(self, all: Iterable[Participation], who: str | None = None) -> None:
        """Several at once, all or none, each as `take_part`."""
        with self._write() as connection:
            self._take_part(connection, list(all), who)

    def remove_participation(self, activity: str, company: str, who: str | None = None) -> None:
        """Takes a company's participation away. Where there is none, nothing happens."""
        with self._write() as connection:
            row = self._activity_row(connection, activity, lock=True)
            whose = self._company_row(connection, company, lock=True)
            self._not_there(connection, [(row.id, whose.id)], who)

    def participations(self, activity: str | None = None, company: str | None = None) -> list[StoredParticipation]:
        """Who took part: in an activity, of a company, or all; by activity and company. Of a company that was merged,
        each of its entries may have one."""
        table = schema.participation
        query = select(table)
        with self._read() as connection:
            if activity is not None:
                query = query.where(table.c.activity == self._activity_row(connection, activity).id)
            if company is not None:
                query = query.where(table.c.company == self._company_row(connection, company).id)
            found = [_participation(row) for row in connection.execute(query)]
        return sorted(found, key=lambda p: (p.activity, p.company, p.entered_as))

    def _said(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The fields as they are kept. StoreRefused for what can't be."""
        made = dict(said)
        for name in ("kind", "title"):
            if name in made:
                made[name] = masked(line(made[name]) or "")[:300]
                if not made[name]:
                    raise self._refused("AIM662", field=f"--{name}")
        if "date" in made:
            made["date"] = self._day(made["date"])
        if made.get("hours") is not None:
            made["hours"] = self._hours(made["hours"])
        for name in ("partner", "municipality"):
            if made.get(name) is not None:
                made[name] = self._short(f"--{name}", made[name])
        return made

    def _day(self, value: object) -> str:
        try:
            return dt.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise self._refused("AIM322", name=str(value)[:40]) from None

    def _hours(self, value: float) -> float:
        if not (math.isfinite(value) and 0 < value <= MOST_HOURS):
            raise self._refused("AIM664", name=value)
        return float(value)

    def _count(self, value: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PERSONS:
            raise self._refused("AIM663", name=str(value)[:40])
        return value

    def _activity_row(self, connection: Connection, id: str, lock: bool = False) -> Row[Any]:
        return self._row_of(connection, schema.activity, id, "AIM660", lock)

    def _add_activity(self, connection: Connection, id: str, said: Mapping[str, Any], who: str | None) -> str:
        if self._entries(connection, "activity", id):
            raise self._refused("AIM661", name=id)
        self._enter(connection, "activity", id, "added", said, who)
        connection.execute(schema.activity.insert().values(id=id, **said))
        return id

    def _edit_activity(self, connection: Connection, row: Row[Any], said: Mapping[str, Any], who: str | None) -> None:
        changed = {name: value for name, value in said.items() if getattr(row, name) != value}
        if changed:
            self._enter(connection, "activity", row.id, "edited", changed, who)
            table = schema.activity
            connection.execute(update(table).where(table.c.id == row.id).values(**changed))

    def _activities(self, connection: Connection, *wanted: Any) -> list[StoredActivity]:
        a, p = schema.activity, schema.participation
        sums = [func.coalesce(func.sum(p.c[name]), 0).label(name) for name in ("women", "men", "other")]
        query = (
            select(a, func.count(p.c.company.distinct()).label("companies"), *sums)
            .outerjoin(p, p.c.activity == a.c.id)
            .where(*wanted)
            .group_by(*a.c)
        )
        found = [_activity(row) for row in connection.execute(query)]
        return sorted(found, key=lambda activity: (activity.date, activity.id))

    def _take_part(
        self, connection: Connection, all: list[Participation], who: str | None, source: str | None = None
    ) -> None:
        """Enters what isn't so already; of the same twice, the later. source: the list that says it."""
        counted = [(one, self._counts(one)) for one in all]
        for id in sorted({one.activity for one in all}):
            self._activity_row(connection, id, lock=True)
        roots = self._roots(connection, {one.company for one in all})
        wanted = {(one.activity, roots[one.company]): counts for one, counts in counted}
        there = self._there(connection, {one.activity for one in all})
        new: list[dict[str, Any]] = []
        edited: list[dict[str, Any]] = []
        gone: list[Row[Any]] = []
        for (activity, company), counts in wanted.items():
            rows = there.get((activity, company), [])
            kept = next((row for row in rows if row.entered_as == company), rows[0] if rows else None)
            gone += [row for row in rows if row is not kept]
            entered_as = kept.entered_as if kept is not None else company
            made = {"activity": activity, "entered_as": entered_as, "company": company} | counts
            if kept is None:
                new.append(made)
            elif any(getattr(kept, name) != value for name, value in counts.items()):
                edited.append(made)
        self._take_away_rows(connection, gone, who, source)
        for what, said in (("added", new), ("edited", edited)):
            facts = [(one["entered_as"], {n: one[n] for n in ("activity", *COUNTED)} | listed(source)) for one in said]
            self._enter_all(connection, "participation", what, facts, who)
        table = schema.participation
        if new:
            connection.execute(table.insert(), new)
        if edited:
            at = (table.c.activity == bindparam("a"), table.c.entered_as == bindparam("e"))
            change = update(table).where(*at).values({name: bindparam(name) for name in COUNTED})
            said = [{"a": one["activity"], "e": one["entered_as"]} | {n: one[n] for n in COUNTED} for one in edited]
            connection.execute(change, said)

    def _counts(self, one: Participation) -> dict[str, Any]:
        counts: dict[str, Any] = {name: self._count(getattr(one, name)) for name in ("women", "men", "other")}
        if not any(counts.values()):
            raise self._refused("AIM668")
        return counts | {"hours": None if one.hours is None else self._hours(one.hours)}

    def _roots(self, connection: Connection, ids: Iterable[str]) -> dict[str, str]:
        """Id, or organisationsnummer -> the id of the company that it stands for, locked so that it stays so.
        StoreRefused for an unknown."""
        found: dict[str, str] = {}
        table = schema.company
        for some in batched(sorted(ids)):
            query = select(table.c.id, table.c.merged_into).where(table.c.id.in_(some)).order_by(table.c.id)
            rows = connection.execute(query.with_for_update()).all()
            found |= {row.id: row.id for row in rows if row.merged_into is None}
            found |= {id: self._company_row(connection, id, lock=True).id for id in some if id not in found}
        return found

    def _there(self, connection: Connection, activities: Iterable[str]) -> dict[tuple[str, str], list[Row[Any]]]:
        """(activity, company) -> its rows."""
        table = schema.participation
        there: dict[tuple[str, str], list[Row[Any]]] = {}
        for some in batched(sorted(activities)):
            rows = connection.execute(select(table).where(table.c.activity.in_(some)))
            for row in sorted(rows, key=lambda row: row.entered_as):
                there.setdefault((row.activity, row.company), []).append(row)
        return there

    def _not_there(
        self, connection: Connection, pairs: Iterable[tuple[str, str]], who: str | None, source: str | None = None
    ) -> None:
        wanted = set(pairs)
        there = self._there(connection, {activity for activity, _ in wanted})
        self._take_away_rows(connection, [row for pair in sorted(wanted) for row in there.get(pair, ())], who, source)

    def _take_away_rows(
        self, connection: Connection, rows: Iterable[Row[Any]], who: str | None, source: str | None
    ) -> None:
        gone = list(rows)
        said = [(row.entered_as, {"activity": row.activity} | listed(source)) for row in gone]
        self._enter_all(connection, "participation", "removed", said, who)
        table = schema.participation
        for row in gone:
            at = (table.c.activity == row.activity, table.c.entered_as == row.entered_as)
            connection.execute(delete(table).where(*at))


def listed(source: str | None) -> dict[str, str]:
    """Beside what a list says: which one."""
    return {LIST: source} if source is not None else {}


def _activity(row: Row[Any]) -> StoredActivity:
    counts = {name: int(getattr(row, name)) for name in ("companies", "women", "men", "other")}
    return StoredActivity(**{name: getattr(row, name) for name in ("id", *FIELDS)} | counts)


def _participation(row: Row[Any]) -> StoredParticipation:
    return StoredParticipation(**row._mapping)
