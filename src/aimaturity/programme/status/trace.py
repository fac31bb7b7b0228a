"""The rows behind a number: for the hub alone, since they name companies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.engine import Connection

from aimaturity.definitions.base import Text
from aimaturity.definitions.promises import PilotsPromise
from aimaturity.programme.status import facts
from aimaturity.programme.status.build import UNTIL, Address
from aimaturity.programme.status.counting import (
    ACTIVITIES,
    COMPANIES,
    FUNNEL,
    HOURS,
    MISSING,
    PARTICIPANTS,
    REGISTER,
    TOTAL,
    Queries,
    measure_of,
    pilot_rows,
    pilots_of,
)
from aimaturity.programme.status.facts import ACTIVITY, by_code_point
from aimaturity.programme.status.gaps import PILOT, gap_rows
from aimaturity.programme.store import schema


@dataclass(frozen=True, slots=True)
class Behind:
    """A row behind a number.

    company, name  the company's, where the row is about one
    date           the day that counts
    what, id       activity, assessment or pilot, and its id: that by which it counts
    title          its name
    amount         what it adds to the number
    """

    company: str | None = None
    name: str | None = None
    date: str | None = None
    what: str | None = None
    id: str | None = None
    title: str | None = None
    amount: int | float = 1


def rows_behind(connection: Connection, queries: Queries, address: Address, language: str) -> list[Behind]:
    """The rows that a cell counts or sums, by day, company and what they are; their amounts add up to the number.

    language  of pilots' titles
    """
    named = _named(connection, _rows(connection, queries, address), language)
    return sorted(named, key=lambda r: (r.date or "", r.company or "", r.what or "", r.id or "", r.amount))


def _rows(connection: Connection, queries: Queries, address: Address) -> list[Behind]:
    head, _, part = address.measure.partition(".")
    promises = {measure_of(promise.id): promise for promise in queries.programme.promises}
    if address.measure in promises:
        promise = promises[address.measure]
        if isinstance(promise, PilotsPromise):
            return _pilots(connection, queries, promise, address)
        return _companies(connection, queries, promise.id, address)
    made: Mapping[str, Callable[[], list[Behind]]] = {
        ACTIVITIES: lambda: _activities(connection, queries, address),
        COMPANIES: lambda: _came(connection, queries, address),
        PARTICIPANTS: lambda: _participants(connection, queries, address, part, False),
        HOURS: lambda: _participants(connection, queries, address, part, True),
        FUNNEL: lambda: _funnel(connection, queries, part),
        MISSING: lambda: [
            Behind(found.company, None, found.date, found.what, found.id)
            for found in gap_rows(connection, queries.programme, queries.window, part)
        ],
        REGISTER: lambda: [
            Behind(row.id) for row in connection.execute(select(schema.company.c.id).where(_unmerged()))
        ],
    }
    return made[head]()


def _unmerged() -> Any:
    return schema.company.c.merged_into.is_(None)


def _is(column: Any, address: Address) -> Any:
    return column.is_(None) if address.value is None else column == address.value


def _pilots(connection: Connection, queries: Queries, promise: PilotsPromise, address: Address) -> list[Behind]:
    found, _ = pilots_of(pilot_rows(connection), promise, queries.window)
    rows = []
    for pilot in found:
        by = {"county": pilot.county, "sector": pilot.sector, "partner": pilot.partner, "month": pilot.date[:7]}
        fits = (
            address.dimension == TOTAL
            or (address.dimension == UNTIL and pilot.date[:7] <= str(address.value))
            or by.get(address.dimension, "") == address.value
        )
        if fits:
            rows.append(Behind(date=pilot.date, what=PILOT, id=pilot.id))
    return rows


def _companies(connection: Connection, queries: Queries, promise: str, address: Address) -> list[Behind]:
    fact = (queries.partners if address.dimension == "partner" else queries.companies)[promise]
    query: Select[Any] = select(fact.rows.c.company, fact.rows.c.date)
    if address.dimension == UNTIL:
        query = query.where(by_code_point(fact.columns["month"]) <= address.value)
    elif address.dimension != TOTAL:
        query = query.where(_is(fact.columns[address.dimension], address))
    first = _first(connection, queries, promise)
    rows = []
    for company, date in connection.execute(query):
        what, id = first.get((company, date), (None, None))
        rows.append(Behind(company, None, date, what, id))
    return rows


def _first(connection: Connection, queries: Queries, promise: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(company, day) -> by what it counts that day; of several, the first by kind and id."""
    if promise in queries.reached:
        contact, first = queries.reached[promise].contact, queries.reached[promise].first
        query: Select[Any] = select(contact.c.company, contact.c.date, contact.c.what, contact.c.id)
        query = query.join(first, and_(first.c.company == contact.c.company, first.c.date == contact.c.date))
    else:
        days, table = queries.days[promise], schema.assessment
        asked = next(p.assessments for p in queries.programme.promises if p.id == promise and p.count == "assessed")
        query = (
            select(table.c.company, table.c.date, literal(facts.ASSESSMENT), table.c.id)
            .join(days, and_(days.c.company == table.c.company, days.c.date == table.c.date))
            .join(schema.definition, schema.definition.c.hash == table.c.definition)
            .where(table.c.finished.is_not(None), schema.definition.c.id.in_(asked))
        )
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for company, date, what, id in connection.execute(query):
        key = (company, date)
        found[key] = min(found.get(key, (what, id)), (what, id))
    return found


def _activities(connection: Connection, queries: Queries, address: Address) -> list[Behind]:
    rows = facts.activities(queries.window).subquery()
    query = select(rows.c.id, rows.c.date)
    if address.dimension != TOTAL:
        query = query.where(_is(rows.c[address.dimension], address))
    return [Behind(date=row.date, what=ACTIVITY, id=row.id) for row in connection.execute(query)]


def _came(connection: Connection, queries: Queries, address: Address) -> list[Behind]:
    """A row a company that took part in something of a kind; the day of the first time."""
    rows = facts.participations(queries.window).subquery()
    query = select(rows.c.company, func.min(by_code_point(rows.c.date)).label("date")).group_by(rows.c.company)
    query = query.where(_is(rows.c[address.dimension], address), rows.c.women + rows.c.men + rows.c.other > 0)
    return [Behind(row.company, date=row.date) for row in connection.execute(query)]


def _participants(connection: Connection, queries: Queries, address: Address, sex: str, in_hours: bool) -> list[Behind]:
    rows = facts.participations(queries.window).subquery()
    query = select(rows.c.company, rows.c.date, rows.c.activity, rows.c[sex].label("persons"), rows.c.hours)
    query = query.where(rows.c[sex] > 0)
    kinds = queries.programme.activity_kinds
    if in_hours:
        query = query.where(rows.c.kind.in_([kind.id for kind in kinds if kind.counts and kind.education]))
        query = query.where(rows.c.hours > 0)
    elif address.dimension != "kind":
        query = query.where(rows.c.kind.in_([kind.id for kind in kinds if kind.counts]))
    if address.dimension != TOTAL:
        query = query.where(_is(rows.c[address.dimension], address))
    return [
        Behind(
            row.company,
            None,
            row.date,
            ACTIVITY,
            row.activity,
            amount=float(row.persons * Fraction(row.hours)) if in_hours else row.persons,
        )
        for row in connection.execute(query)
    ]


def _funnel(connection: Connection, queries: Queries, step: str) -> list[Behind]:
    which = queries.funnel()
    if which is None:
        return []
    first, then, last = which
    if step == "reached" or then is None:
        rows = _companies(connection, queries, first.id, Address(measure_of(first.id)))
    else:
        rows = _companies(connection, queries, then.id, Address(measure_of(then.id)))
    if step != "pilot" or last is None:
        return rows
    counting = {pilot.id for pilot in pilots_of(pilot_rows(connection), last, queries.window)[0]}
    table = schema.pilot_company
    pairs = connection.execute(select(table.c.company, table.c.pilot))
    pilot_of: dict[str, str] = {}
    for company, pilot in pairs:
        if pilot in counting:
            pilot_of[company] = min(pilot_of.get(company, pilot), pilot)
    return [replace(row, what=PILOT, id=pilot_of[str(row.company)]) for row in rows if row.company in pilot_of]


def _named(connection: Connection, rows: list[Behind], language: str) -> list[Behind]:
    """The rows with names of companies and titles of activities and pilots."""
    every = connection.execute(select(schema.company.c.id, schema.company.c.name))
    names = {row.id: row.name for row in every}
    table = schema.activity
    titles = {(ACTIVITY, id): title for id, title in connection.execute(select(table.c.id, table.c.title))}
    for row, card in pilot_rows(connection):
        title = card["title"]
        titles[PILOT, row.id] = Text.model_validate(title)[language]
    return [
        replace(row, name=names.get(row.company or ""), title=titles.get((row.what or "", row.id or "")))
        for row in rows
    ]
