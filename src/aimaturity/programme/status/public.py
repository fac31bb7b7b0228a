"""The version for everybody: small numbers are withheld, and whatever would give them away.

A number of 1 or 2 companies or persons isn't shown to anybody but the hub (docs/method.md); nor are participants and
hours that come from 1 or 2 companies. Tables have totals, months add up over time, municipalities to counties; so
whoever subtracts what is shown would get it back. Therefore more is withheld (secondary suppression: Hundepool and
others, Statistical Disclosure Control, 2012, chapter 4), until all that can be worked out from the shown numbers (by
linear programming, with every withheld count at least 1) leaves each small one open within a range of at least 3.
Hours follow from persons and the length of what they came to, so of the two neither is shown without the other.
Activities and pilots are no groups of companies or persons, and are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from aimaturity.definitions.programme import Programme
from aimaturity.documents.status import Cell, Forecast, PromiseStatus, StatusDocument, Step, Table
from aimaturity.programme.status import words
from aimaturity.programme.status.attack import SMALLEST, Attack
from aimaturity.programme.status.build import Address, forecast_of, standing_of
from aimaturity.programme.status.counting import ACTIVITIES, HOURS, PARTICIPANTS, TOTAL, Tally
from aimaturity.programme.status.sums import Sums, months_of, sums_of, value_of
from aimaturity.scoring.parts import Words


def public(
    document: StatusDocument, tally: Tally, addresses: Mapping[str, Address], programme: Programme
) -> StatusDocument:
    """The hub's document as everybody may see it. The tally has the companies behind participants and hours."""
    withheld, whole = to_withhold(document, tally, addresses, programme)

    def shown(cell: Cell) -> Cell:
        return Cell(id=cell.id, value=None, withheld=True) if cell.id in withheld else cell

    return document.model_copy(
        update={
            "audience": "public",
            "companies": None,
            "missing": [],
            "promises": [_promise(promise, withheld, shown) for promise in document.promises],
            "funnel": list(_funnel(document.funnel, shown)),
            "tables": [_table(table, shown) for table in document.tables],
            "notes": [*document.notes, *_notes(document, withheld, whole)],
        }
    )


def _notes(document: StatusDocument, withheld: set[str], whole: set[str]) -> Iterator[Words]:
    if withheld:
        yield words.NOTES["withheld"]
    titles = {promise.measure: promise.title for promise in document.promises} | words.MEASURES
    for measure, title in titles.items():
        if measure in whole:
            yield words.filled(words.NOTES["whole"], title=title)


def _promise(promise: PromiseStatus, withheld: set[str], shown: Callable[[Cell], Cell]) -> PromiseStatus:
    outcome = shown(promise.outcome)
    kept: dict[str, Any] = {
        "outcome": outcome,
        "trend": [p.model_copy(update={"new": shown(p.new), "until": shown(p.until)}) for p in promise.trend],
    }
    if outcome.withheld:
        kept |= {"share": None, "standing": None}
    if promise.forecast is not None:
        if outcome.value is None or months_of(promise) in withheld:
            kept |= {"forecast": None, "no_forecast": "withheld", "standing": None}
        else:
            forecast = _forecast(promise, promise.forecast, withheld)
            standing = standing_of(int(outcome.value), promise.target, forecast, None)
            kept |= {"forecast": forecast, "standing": standing}
    return promise.model_copy(update=kept)


def _forecast(promise: PromiseStatus, forecast: Forecast, withheld: set[str]) -> Forecast:
    """The forecast that any reader could make: months that are withheld are taken as equal parts of what they have
    together. Their true numbers would otherwise be told by how uneven the months are."""
    cells = [point.new for point in promise.trend if point.month in forecast.months]
    hidden = [value_of(cell) for cell in cells if cell.id in withheld]
    counts = [sum(hidden) / len(hidden) if cell.id in withheld else value_of(cell) for cell in cells]
    return forecast_of(int(value_of(promise.outcome)), forecast.months, counts, forecast.months_left)


def _funnel(steps: list[Step], shown: Callable[[Cell], Cell]) -> Iterator[Step]:
    before = True
    for step in steps:
        cell = shown(step.companies)
        known = before and not cell.withheld
        yield step.model_copy(update={"companies": cell, "of_before": step.of_before if known else None})
        before = not cell.withheld


def _table(table: Table, shown: Callable[[Cell], Cell]) -> Table:
    def all_of(cells: list[Cell | None]) -> list[Cell | None]:
        return [None if cell is None else shown(cell) for cell in cells]

    rows = [row.model_copy(update={"cells": all_of(row.cells)}) for row in table.rows]
    return table.model_copy(update={"rows": rows, "total": all_of(table.total)})


def to_withhold(
    document: StatusDocument, tally: Tally, addresses: Mapping[str, Address], programme: Programme
) -> tuple[set[str], set[str]]:
    """Ids of the cells that the public version withholds; and the measures of which it shows nothing at all, nor their
    zeros."""
    free = {ACTIVITIES, *(promise.measure for promise in document.promises if promise.kind == "pilots")}
    sums = sums_of(document, programme)
    ours = {id: addresses[id] for id in sums.values.keys() & addresses.keys() if addresses[id].measure not in free}
    small = {id for id, address in ours.items() if _is_small(address, sums.values[id], tally)}
    wholes = {id for id, address in ours.items() if address.dimension == TOTAL}
    told = {months_of(promise) for promise in document.promises if promise.measure not in free}
    measures: dict[str, set[str]] = {}
    for id, address in ours.items():
        measures.setdefault(address.measure, set()).add(id)
    groups = Groups(
        may=(ours.keys() - wholes, told & sums.values.keys(), wholes),
        measures=measures,
        apart={id for id, address in ours.items() if _apart(address, programme)},
    )
    return _closed(sums, small, groups)


@dataclass(frozen=True)
class Groups:
    """The numbers of companies and persons.

    may       those that may be withheld to protect others: of the first set that helps
    measures  measure -> its cells
    apart     cells that are part of no total
    """

    may: Sequence[Set[str]]
    measures: Mapping[str, set[str]]
    apart: set[str]


def _whole(groups: Groups, sums: Sums, withheld: set[str]) -> set[str]:
    """The measures of which every number but zeros is withheld, whatever stands apart from the total; hours too where
    their persons are."""
    whole = set()
    for measure, ids in groups.measures.items():
        counted = {id for id in ids - groups.apart if sums.values[id] > 0}
        if counted and counted <= withheld:
            whole.add(measure)
    hours = {HOURS + measure.removeprefix(PARTICIPANTS) for measure in whole if measure.startswith(PARTICIPANTS)}
    return whole | (hours & groups.measures.keys())


def _apart(address: Address, programme: Programme) -> bool:
    """Whether it is of participants in a kind that doesn't count, which is in no total."""
    counting = {kind.id for kind in programme.activity_kinds if kind.counts}
    return address.measure.startswith(PARTICIPANTS) and address.dimension == "kind" and address.value not in counting


def _is_small(address: Address, value: float, tally: Tally) -> bool:
    """Whether too few companies or persons stand behind a number."""
    measure, dimension, of = address.measure, address.dimension, address.value
    if value <= 0:
        return False
    if not measure.startswith((PARTICIPANTS, HOURS)):
        return value < SMALLEST
    if tally.companies is None:
        raise ValueError("the public version needs the companies behind participants and hours")
    persons = tally.persons[measure][dimension][of] if measure.startswith(HOURS) else value
    return min(persons, tally.companies[measure, dimension, of]) < SMALLEST


def _pair(sums: Sums, id: str) -> set[str]:
    """The number; with that of persons its hours, with that of hours its persons."""
    for one, other in ((PARTICIPANTS, HOURS), (HOURS, PARTICIPANTS)):
        twin = other + id.removeprefix(one)
        if id.startswith(f"{one}.") and sums.values.get(twin, 0) > 0:
            return {id, twin}
    return {id}


def _closed(sums: Sums, small: set[str], groups: Groups) -> tuple[set[str], set[str]]:
    """The small ones, and others that leave each of them open: the least in the first of the sets that has any. Where
    a measure has nothing left to show, its zeros are withheld too."""
    small = set[str]().union(*(_pair(sums, id) for id in small))
    attack = Attack(sums)
    withheld, whole = set(small), set[str]()

    def withhold(more: set[str]) -> None:
        withheld.update(more)
        whole.update(_whole(groups, sums, withheld))
        for measure in whole:
            withheld.update(groups.measures[measure])
            attack.may_be_zero |= groups.measures[measure] - groups.may[-1]

    def order(id: str) -> tuple[int, float, str]:
        """What limits others comes before them; then the least."""
        return -attack.limits_of(id), -sums.values[id], id

    withhold(small)
    waiting = sorted(small, key=order)
    while waiting:
        id = waiting.pop()
        while not attack.leaves_open(id, withheld):
            walks = ((each, far) for far in (False, True) for each in groups.may)
            more = next((one for each, far in walks if (one := _another(attack, id, withheld, each, far))), None)
            if more is None:  # all that hangs together with it is withheld
                break
            withhold(_pair(sums, more))
    return withheld, whole


def _another(attack: Attack, id: str, withheld: set[str], may: Set[str], far: bool) -> str | None:
    """The least shown number in a sum with this one, in the sum that is nearest to giving it away; else in one that
    shares a withheld number with it. What is only known to be greater or less matters where it is about as small.

    far  goes on through what is only greater or less too
    """
    sums = attack.sums
    reached, seen = {id}, set[int]()
    while True:
        near = sorted({n for name in reached for n in attack.of.get(name, ())} - seen)
        if not near:
            return None
        options = []
        for n in near:
            row = attack.rows[n]
            shown = [o for o in row if o in may and o not in withheld and sums.values[o] > 0]
            slack = 0.0 if attack.is_equal(n) else sum(factor * sums.values[o] for o, factor in row.items())
            if shown and slack < attack.width(id):
                open_ = sum(sums.values[o] for o in row if o != id and (o in withheld or o in sums.hidden))
                options.append((open_, min((sums.values[o], o) for o in shown)))
        if options:
            return min(options)[1][1]
        seen.update(near)
        through = [attack.rows[n] for n in near if far or attack.is_equal(n)]
        reached |= {o for row in through for o in row if o in withheld or o in sums.hidden}
