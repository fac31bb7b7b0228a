"""How the numbers of a status hang together, as whoever reads it and the programme's rules knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import ReachedPromise
from aimaturity.documents.status import Cell, PromiseStatus, StatusDocument, Table
from aimaturity.programme.status.build import NOT_STATED
from aimaturity.programme.status.counting import (
    ACTIVITIES,
    COMPANIES,
    PARTICIPANTS,
    SEXES,
    funnel_of,
    measure_of,
)
from aimaturity.programme.status.nests import nests


@dataclass
class Sums:
    """What a reader knows of the numbers: terms that add up to 0, and terms that add up to at least 0.

    values    cell id (or a name for what isn't shown at all) -> its true number
    equal     each a sum of 0: name -> factor
    at_least  each a sum of at least 0: name -> factor
    hidden    names of numbers that the document doesn't hold
    """

    values: dict[str, float] = field(default_factory=dict)
    equal: list[dict[str, float]] = field(default_factory=list)
    at_least: list[dict[str, float]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def adds_up(self, whole: str, parts: Iterable[str]) -> None:
        self.equal.append({whole: -1.0} | dict.fromkeys(parts, 1.0))

    def within(self, narrow: str, *wide: str) -> None:
        """The first is no greater than the others together."""
        self.at_least.append({narrow: -1.0} | dict.fromkeys(wide, 1.0))


def months_of(promise: PromiseStatus) -> str:
    """What the sum of a forecast's months is called among the numbers."""
    return f"{promise.measure} forecast"


def sums_of(document: StatusDocument, programme: Programme) -> Sums:
    """The numbers of a document and how they hang together, as any reader of it knows."""
    sums = Sums()
    for promise in document.promises:
        _promise_sums(sums, promise)
    for table in document.tables:
        _table_sums(sums, table)
    _municipalities(sums, {table.id: table for table in document.tables})
    _funnel(sums, document, programme)
    _nested(sums, programme)
    _companies_and_persons(sums, programme)
    return sums


def value_of(cell: Cell) -> float:
    return float(cell.value or 0)


def _promise_sums(sums: Sums, promise: PromiseStatus) -> None:
    sums.values[promise.outcome.id] = value_of(promise.outcome)
    last: str | None = None
    for point in promise.trend:
        sums.values[point.new.id], sums.values[point.until.id] = value_of(point.new), value_of(point.until)
        sums.adds_up(point.until.id, [point.new.id, *([last] if last else [])])
        last = point.until.id
    if promise.trend and last is not None:
        sums.equal.append({last: 1.0, promise.outcome.id: -1.0})
    if promise.forecast is not None:  # the forecast tells what those months had together
        months = [point.new for point in promise.trend if point.month in promise.forecast.months]
        if months:
            told = months_of(promise)
            sums.values[told] = sum(value_of(cell) for cell in months)
            sums.adds_up(told, [cell.id for cell in months])


def _table_sums(sums: Sums, table: Table) -> None:
    for place, column in enumerate(table.columns):
        cells = [cell for row in table.rows if (cell := row.cells[place]) is not None]
        whole = table.total[place]
        sums.values |= {cell.id: value_of(cell) for cell in cells}
        if whole is None:
            continue
        sums.values[whole.id] = value_of(whole)
        if not column.overlaps:
            parts = [cell for cell in cells if table.id != "kind" or _counts(table, cell, whole)]
            sums.adds_up(whole.id, [cell.id for cell in parts])


def _counts(table: Table, cell: Cell, whole: Cell) -> bool:
    """Whether a row of the table of kinds is part of its total."""
    row = next(row for row in table.rows if cell in row.cells)
    return whole.id == ACTIVITIES or row.counts


def _municipalities(sums: Sums, tables: Mapping[str, Table]) -> None:
    """Municipalities add up to their county, but for what is known by county alone."""
    if "county" not in tables or "municipality" not in tables:
        return
    fine, coarse = tables["municipality"], tables["county"]
    for place, column in enumerate(fine.columns):
        other = next((n for n, c in enumerate(coarse.columns) if c.measure == column.measure), None)
        if other is None or column.measure == ACTIVITIES:
            continue
        by_county: dict[str, list[Cell]] = {}
        nowhere: Cell | None = None
        for row in fine.rows:
            cell = row.cells[place]
            if cell is not None and row.id == NOT_STATED:
                nowhere = cell
            elif cell is not None:
                by_county.setdefault(row.id[:2], []).append(cell)
        rest = []
        for row in coarse.rows:
            whole = row.cells[other]
            if whole is None:
                continue
            if row.id == NOT_STATED:
                rest.append(whole.id)
                continue
            parts = by_county.get(row.id, [])
            name = f"{whole.id} alone"
            sums.values[name] = value_of(whole) - sum(map(value_of, parts))
            sums.hidden.add(name)
            sums.adds_up(whole.id, [*(cell.id for cell in parts), name])
            rest.append(name)
        if nowhere is not None:
            sums.adds_up(nowhere.id, rest)
        else:
            for name in rest:
                sums.equal.append({name: 1.0})


def _funnel(sums: Sums, document: StatusDocument, programme: Programme) -> None:
    """Each step is part of the one before; the first two are what their promises have come to."""
    which = funnel_of(programme)
    if which is None:
        return
    same = {"reached": which[0], "assessed": which[1]}
    before: str | None = None
    for step in document.funnel:
        id = step.companies.id
        sums.values[id] = value_of(step.companies)
        promise = same.get(step.id)
        if promise is not None:
            sums.equal.append({id: 1.0, measure_of(promise.id): -1.0})
        if before is not None:
            sums.within(id, before)
        before = id


def _nested(sums: Sums, programme: Programme) -> None:
    """Companies of one promise are among those of another, in every row where the rules say so; who reached first did
    reach."""
    of: dict[str, list[str]] = {}
    for id in list(sums.values):
        head, _, rest = id.partition(".")
        of.setdefault(head, []).append(rest)
        if rest.startswith("first_partner."):
            over = f"{head}.partner.{rest.partition('.')[2]}"
            if over in sums.values:
                sums.within(id, over)
    for nest in nests(programme):
        for rest in of.get(nest.narrow, []):
            over = f"{nest.wide}.{rest}" if rest else nest.wide
            if over in sums.values and rest.partition(".")[0] in nest.dimensions:
                sums.within(f"{nest.narrow}.{rest}" if rest else nest.narrow, over)


def _companies_and_persons(sums: Sums, programme: Programme) -> None:
    """Who came to something sent at least one person, and is reached where the kind counts however short it is."""
    reached = [promise for promise in programme.promises if isinstance(promise, ReachedPromise)]
    persons = [f"{PARTICIPANTS}.{sex}" for sex in SEXES]
    for kind in programme.activity_kinds:
        came = f"{COMPANIES}.kind.{kind.id}"
        sent = [f"{measure}.kind.{kind.id}" for measure in persons]
        if sums.values.keys() >= {came, *sent}:
            sums.within(came, *sent)
        for promise in reached:
            outcome = measure_of(promise.id)
            if came in sums.values and kind.least_hours is None and kind in programme.activities_of(promise):
                sums.within(came, outcome)
    for promise in reached:
        if promise.assessments:  # some are reached without sending anybody
            continue
        measure = measure_of(promise.id)
        for id in list(sums.values):
            head, _, rest = id.partition(".")
            sent = [f"{each}.{rest}" if rest else each for each in persons]
            if head == measure and sums.values.keys() >= set(sent):
                sums.within(id, *sent)
