"""The numbers: few queries that group, and what their groups add up to."""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import Text, and_, case, func, literal, null, select, union_all
from sqlalchemy.engine import Connection

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import AssessedPromise, PilotsPromise, ReachedPromise
from aimaturity.programme.status import facts
from aimaturity.programme.status.window import Window
from aimaturity.programme.store import schema

SEXES = ("women", "men", "other")
ACTIVITIES, COMPANIES, PARTICIPANTS, HOURS, FUNNEL, MISSING, REGISTER = (
    "activities", "companies", "participants", "hours", "funnel", "missing", "register",
)  # fmt: skip
FIXED = (ACTIVITIES, COMPANIES, PARTICIPANTS, HOURS, FUNNEL, MISSING, REGISTER)
"""What cells' ids begin with, apart from promises."""
PROFILE = ("county", "municipality", "sector", "size")
TOTAL = ""
"""The dimension of a measure's whole."""

Value = str | None
"""Of a dimension; None where it isn't stated."""


def measure_of(promise: str) -> str:
    """What the ids of a promise's cells begin with: its own id, where nothing else is called so."""
    return f"promise-{promise}" if promise in FIXED else promise


@dataclass
class Tally:
    """measure -> dimension -> value -> number.

    numbers    counts; hours exactly, as fractions
    persons    the same for hours: how many persons have them
    companies  the same for participants and hours: how many companies they come from; None where it wasn't asked for
    timed      (measure, dimension, value, hours of one) -> persons, until the hours are added up
    """

    numbers: dict[str, dict[str, dict[Value, int | Fraction]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    )
    persons: dict[str, dict[str, dict[Value, int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    )
    companies: dict[tuple[str, str, Value], int] | None = None
    timed: dict[tuple[str, str, Value, float], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, measure: str, number: int, **dimensions: Value) -> None:
        """Adds to the values of these dimensions."""
        of = self.numbers[measure]
        for dimension, value in dimensions.items():
            of[dimension][value] += number

    def settle_hours(self) -> None:
        """Adds up what is timed."""
        for (measure, dimension, value, hours), persons in self.timed.items():
            self.numbers[measure][dimension][value] += persons * Fraction(hours)
            self.persons[measure][dimension][value] += persons
        self.timed.clear()

    def whole(self, measure: str) -> int:
        """The measure's total."""
        return int(self.numbers[measure][TOTAL][None])


@dataclass(frozen=True, slots=True)
class Pilot:
    """A pilot as it counts: the day on which it came so far."""

    id: str
    title: Mapping[str, str]
    date: str
    county: Value
    sector: Value
    partner: Value


@dataclass(frozen=True)
class Queries:
    """The facts of a programme's promises, made once, for numbers and for the rows behind them."""

    programme: Programme
    window: Window
    reached: Mapping[str, facts.Reached]
    days: Mapping[str, Any]
    companies: Mapping[str, facts.Fact]
    partners: Mapping[str, facts.Fact]

    @classmethod
    def of(cls, programme: Programme, window: Window) -> Queries:
        reached = {p.id: facts.reached(p, programme, window) for p in programme.promises if p.count == "reached"}
        days: dict[str, Any] = {name: each.first for name, each in reached.items()}
        among: dict[str, facts.Reached | None] = dict(reached)
        for promise in programme.promises:
            if isinstance(promise, AssessedPromise):
                among[promise.id] = reached.get(promise.among) if promise.among is not None else None
                days[promise.id] = facts.assessed(promise, among[promise.id], window)
        companies = {name: facts.of_companies(name, days[name], among[name]) for name in days}
        partners = {name: facts.by_partner(name, days[name], one) for name, one in among.items() if one is not None}
        return cls(programme, window, reached, days, companies, partners)

    def funnel(self) -> Funnel | None:
        return funnel_of(self.programme)


Funnel = tuple[ReachedPromise, AssessedPromise | None, PilotsPromise | None]


def funnel_of(programme: Programme) -> Funnel | None:
    """The promises of the funnel: the first of reached companies, the first assessed among them, the first of
    pilots."""
    promises = programme.promises
    first = next((p for p in promises if isinstance(p, ReachedPromise)), None)
    if first is None:
        return None
    then = next((p for p in promises if isinstance(p, AssessedPromise) and p.among == first.id), None)
    return first, then, next((p for p in promises if isinstance(p, PilotsPromise)), None)


def counted(connection: Connection, queries: Queries) -> tuple[Tally, dict[str, list[Pilot]]]:
    """All numbers; and promise -> the pilots that count."""
    tally = Tally()
    programme, window = queries.programme, queries.window
    every = pilot_rows(connection)
    pilots = {p.id: pilots_of(every, p, window)[0] for p in programme.promises if isinstance(p, PilotsPromise)}
    for name, found in pilots.items():
        for pilot in found:
            by = {"county": pilot.county, "sector": pilot.sector, "partner": pilot.partner, "month": pilot.date[:7]}
            tally.add(measure_of(name), 1, **{TOTAL: None}, **by)
    _companies(connection, queries, pilots, tally)
    _activities(connection, queries, tally)
    _participants(connection, queries, tally)
    return tally, pilots


def _companies(connection: Connection, queries: Queries, pilots: Mapping[str, list[Pilot]], tally: Tally) -> None:
    parts = [*_branches(queries), *_pilot_companies(queries)]
    if not parts:
        return
    in_pilot: set[str] = set()
    assessed: set[str] = set()
    which = queries.funnel()
    counting = {pilot.id for pilot in pilots.get(which[2].id, [])} if which and which[2] else set()
    for measure, dimension, *keys, number in connection.execute(union_all(*parts)):
        if measure == FUNNEL:
            pilot, company, is_assessed, _ = keys
            if pilot in counting:
                in_pilot.add(company)
                if is_assessed:
                    assessed.add(company)
        elif dimension == "profile":
            tally.add(measure, number, **dict(zip(PROFILE, keys, strict=True)), **{TOTAL: None})
        else:
            tally.add(measure, number, **{dimension: keys[0]})
    if which is None:
        return
    first, then, last = which
    tally.add(f"{FUNNEL}.reached", tally.whole(measure_of(first.id)), **{TOTAL: None})
    if then is not None:
        tally.add(f"{FUNNEL}.assessed", tally.whole(measure_of(then.id)), **{TOTAL: None})
    if last is not None:
        step = assessed if then is not None else in_pilot
        tally.add(f"{FUNNEL}.pilot", len(step), **{TOTAL: None})


def _branches(queries: Queries) -> Iterator[Any]:
    """Counts of companies, in one shape: measure, dimension, four keys, number."""
    for name in queries.days:
        fact, measure = queries.companies[name], measure_of(name)
        yield _grouped(measure, "profile", [fact.columns[part] for part in PROFILE])
        for dimension in ("month", "first_partner"):
            if dimension in fact.columns:
                yield _grouped(measure, dimension, [fact.columns[dimension]])
        if name in queries.partners:
            yield _grouped(measure, "partner", [queries.partners[name].columns["partner"]])


def _grouped(measure: str, dimension: str, keys: Sequence[Any]) -> Any:
    nothing = null().cast(Text)
    columns = [*keys, *[nothing] * (4 - len(keys))]
    return select(literal(measure), literal(dimension), *columns, func.count()).group_by(*keys)


def _pilot_companies(queries: Queries) -> Iterator[Any]:
    """Pilot and company of those that are far enough for the funnel's last step."""
    which = queries.funnel()
    if which is None or which[2] is None:
        return
    taken = schema.pilot_company
    first = queries.days[which[0].id]
    query = select(taken.c.pilot, taken.c.company).join(first, first.c.company == taken.c.company).distinct()
    pairs = query.cte("in_pilot")
    mark: Any = null().cast(Text)
    joined: Any = pairs
    if which[1] is not None:
        then = queries.days[which[1].id]
        joined = pairs.outerjoin(then, then.c.company == pairs.c.company)
        mark = case((then.c.company.is_not(None), literal("1")), else_=null().cast(Text))
    yield select(
        literal(FUNNEL), literal(FUNNEL), pairs.c.pilot, pairs.c.company, mark, null().cast(Text), literal(1)
    ).select_from(joined)


def _activities(connection: Connection, queries: Queries, tally: Tally) -> None:
    rows = facts.activities(queries.window).subquery()
    keys = [rows.c[name] for name in ("kind", "partner", "month", "county", "municipality")]
    for *values, number in connection.execute(select(*keys, func.count()).group_by(*keys)):
        names = dict(zip(("kind", "partner", "month", "county", "municipality"), values, strict=True))
        tally.add(ACTIVITIES, number, **names, **{TOTAL: None})


def _participants(connection: Connection, queries: Queries, tally: Tally) -> None:
    """Persons, and hours of education. The database adds whole numbers alone, by hours of one participant: what it adds
    is exact, in whatever order."""
    kinds = queries.programme.activity_kinds
    counting = {kind.id for kind in kinds if kind.counts}
    education = {kind.id for kind in kinds if kind.counts and kind.education}
    rows = facts.attendances(queries.window).subquery()
    keys = [rows.c[name] for name in ("kind", "partner", "month", "hours")]
    sums = [func.sum(rows.c[sex]) for sex in SEXES]
    for kind, partner, month, hours, *persons in connection.execute(select(*keys, *sums).group_by(*keys)):
        by = {"kind": kind, "partner": partner, "month": month, TOTAL: None} if kind in counting else {"kind": kind}
        _add(tally, persons, hours if kind in education else None, by)
    rows = facts.participations(queries.window).subquery()
    hours_counted = case((rows.c.kind.in_(sorted(education)), rows.c.hours), else_=null()).label("counted_hours")
    keys = [*(rows.c[name] for name in PROFILE), hours_counted]
    query = select(*keys, *(func.sum(rows.c[sex]) for sex in SEXES)).group_by(*keys)
    for *place, hours, women, men, other in connection.execute(query.where(rows.c.kind.in_(sorted(counting)))):
        _add(tally, (women, men, other), hours, dict(zip(PROFILE, place, strict=True)))
    for kind, number in connection.execute(facts.came(queries.window)):
        tally.add(COMPANIES, number, kind=kind)
    tally.settle_hours()


def companies_behind(connection: Connection, queries: Queries) -> dict[tuple[str, str, Value], int]:
    """(measure, dimension, value) -> how many companies participants or hours come from."""
    kinds = queries.programme.activity_kinds
    counting = sorted(kind.id for kind in kinds if kind.counts)
    education = sorted(kind.id for kind in kinds if kind.counts and kind.education)
    rows = facts.participations(queries.window).cte("took")
    timed = and_(rows.c.kind.in_(education), rows.c.hours > 0, rows.c.hours <= sys.float_info.max)
    of = {f"{PARTICIPANTS}.{sex}": rows.c[sex] > 0 for sex in SEXES}
    of |= {f"{HOURS}.{sex}": and_(rows.c[sex] > 0, timed) for sex in SEXES}
    parts = []
    for dimension in (TOTAL, "kind", "partner", "month", *PROFILE):
        value = null().cast(Text) if dimension == TOTAL else rows.c[dimension]
        has = [func.max(case((condition, 1), else_=0)).label(f"has{n}") for n, condition in enumerate(of.values())]
        each = select(rows.c.company, value.label("value"), *has).group_by(rows.c.company, value)
        if dimension != "kind":
            each = each.where(rows.c.kind.in_(counting))
        one = each.subquery()
        sums = [func.sum(one.c[f"has{n}"]) for n in range(len(of))]
        parts.append(select(literal(dimension), one.c.value, *sums).group_by(one.c.value))
    found: dict[tuple[str, str, Value], int] = {}
    for dimension, value, *numbers in connection.execute(union_all(*parts)):
        found |= {(measure, dimension, value): int(number) for measure, number in zip(of, numbers, strict=True)}
    return found


def _add(tally: Tally, persons: Iterable[Any], hours: float | None, by: Mapping[str, Value]) -> None:
    timed = hours is not None and math.isfinite(hours) and hours > 0
    for sex, number in zip(SEXES, persons, strict=True):
        if number:
            tally.add(f"{PARTICIPANTS}.{sex}", int(number), **by)
            if timed and hours is not None:
                for dimension, value in by.items():
                    tally.timed[f"{HOURS}.{sex}", dimension, value, hours] += int(number)


def pilot_rows(connection: Connection) -> list[Any]:
    """id, card, county, sector and partner of every pilot, by id."""
    table = schema.pilot
    query = select(table.c.id, table.c.card, table.c.county, table.c.sector, table.c.partner)
    return [(row, json.loads(row.card)) for row in sorted(connection.execute(query), key=lambda row: str(row.id))]


def pilots_of(rows: Sequence[Any], promise: PilotsPromise, window: Window) -> tuple[list[Pilot], list[Pilot]]:
    """The pilots that count by a promise, and those that would but for the days of the period."""
    inside: list[Pilot] = []
    outside: list[Pilot] = []
    for row, card in rows:
        history = [step for step in card["history"] if step["date"] <= window.as_of.isoformat()]
        if not promise.counts([step["status"] for step in history]):
            continue
        day = next((step["date"] for step in history if step["status"] in promise.statuses), history[-1]["date"])
        title = card["title"] if isinstance(card["title"], dict) else {"*": str(card["title"])}
        pilot = Pilot(row.id, title, day, row.county, row.sector, row.partner)
        fits = day <= window.last and (window.first is None or day >= window.first)
        (inside if fits else outside).append(pilot)
    return inside, outside
