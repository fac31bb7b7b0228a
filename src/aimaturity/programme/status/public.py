"""The version for everybody: small numbers are withheld, and whatever would give them away.

A number of 1 or 2 companies or persons isn't shown to anybody but the hub (docs/method.md). Tables have totals, months
add up over time, municipalities to counties; so whoever subtracts what is shown would get it back. Therefore more is
withheld (secondary suppression: Hundepool and others, Statistical Disclosure Control, 2012, chapter 4), until all that
can be worked out from the shown numbers (by linear programming, with every number at least 0) leaves each small one
open within a range of at least 3. Activities and pilots are no groups of companies or persons, and are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aimaturity.documents.status import Cell, Forecast, PromiseStatus, StatusDocument, Step, Table
from aimaturity.programme.status import words
from aimaturity.programme.status.build import NOT_STATED, Address, forecast_of, standing_of
from aimaturity.programme.status.counting import ACTIVITIES, HOURS, TOTAL, Tally
from aimaturity.scoring.parts import Words

SMALLEST = 3
"""A group smaller than this is shown to nobody but the hub."""


@dataclass
class Sums:
    """What a reader knows of the numbers: terms that add up to 0, and terms that are at least 0.

    values    cell id (or a name for what isn't shown at all) -> its true number
    equal     each a sum of 0: name -> factor
    at_least  (less, more): the first is no greater than the second
    hidden    names of numbers that the document doesn't hold
    """

    values: dict[str, float] = field(default_factory=dict)
    equal: list[dict[str, float]] = field(default_factory=list)
    at_least: list[tuple[str, str]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def adds_up(self, whole: str, parts: Iterable[str]) -> None:
        self.equal.append({whole: -1.0} | dict.fromkeys(parts, 1.0))


def public(document: StatusDocument, tally: Tally, addresses: Mapping[str, Address]) -> StatusDocument:
    """The hub's document as everybody may see it."""
    withheld = to_withhold(document, tally, addresses)

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
            "notes": [*document.notes, *_note(withheld)],
        }
    )


def _note(withheld: set[str]) -> Iterator[Words]:
    if withheld:
        yield words.NOTES["withheld"]


def months_of(promise: PromiseStatus) -> str:
    """What the sum of a forecast's months is called among the numbers."""
    return f"{promise.measure} forecast"


def _promise(promise: PromiseStatus, withheld: set[str], shown: Callable[[Cell], Cell]) -> PromiseStatus:
    outcome = shown(promise.outcome)
    kept: dict[str, Any] = {
        "outcome": outcome,
        "trend": [p.model_copy(update={"new": shown(p.new), "until": shown(p.until)}) for p in promise.trend],
    }
    if outcome.withheld:
        kept["share"] = None
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
    hidden = [_value(cell) for cell in cells if cell.id in withheld]
    counts = [sum(hidden) / len(hidden) if cell.id in withheld else _value(cell) for cell in cells]
    return forecast_of(int(_value(promise.outcome)), forecast.months, counts, forecast.months_left)


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


def to_withhold(document: StatusDocument, tally: Tally, addresses: Mapping[str, Address]) -> set[str]:
    """Ids of the cells that the public version withholds."""
    free = {ACTIVITIES, *(promise.measure for promise in document.promises if promise.kind == "pilots")}
    sums = sums_of(document)
    small = set[str]()
    for id in sums.values.keys() & addresses.keys():
        address = addresses[id]
        if address.measure in free:
            continue
        if address.measure.startswith(HOURS):
            behind: float = tally.persons[address.measure][address.dimension].get(address.value, 0)
        else:
            behind = sums.values[id]
        if 0 < behind < SMALLEST:
            small.add(id)
    parts, wholes = set[str](), set[str]()
    for id in sums.values.keys() & addresses.keys():
        if addresses[id].measure not in free:
            (wholes if addresses[id].dimension == TOTAL else parts).add(id)
    told = {months_of(promise) for promise in document.promises if promise.measure not in free}
    return _closed(sums, small, (parts, told & sums.values.keys(), wholes))


def _closed(sums: Sums, small: set[str], may: Sequence[set[str]]) -> set[str]:
    """The small ones, and others that leave each of them open: the least in the first of these sets that has any."""
    withheld = set(small)
    attack = Attack(sums)
    waiting = sorted(small, key=lambda id: (-sums.values[id], id))
    while waiting:
        id = waiting.pop()
        while not attack.leaves_open(id, withheld):
            more = next((one for each in may if (one := _another(sums, id, withheld, each))), None)
            if more is None:
                break
            withheld.add(more)
    return withheld


def _another(sums: Sums, id: str, withheld: set[str], may: set[str]) -> str | None:
    """The least shown number in a sum with this one, in the sum that is nearest to giving it away; else in one that
    shares a withheld number with it."""
    reached, seen = {id}, set[int]()
    while True:
        near = [n for n, sum_ in enumerate(sums.equal) if n not in seen and reached & sum_.keys()]
        if not near:
            return None
        options = []
        for n in near:
            sum_ = sums.equal[n]
            shown = [o for o in sum_ if o in may and o not in withheld and sums.values[o] > 0]
            if shown:
                open_ = sum(sums.values[o] for o in sum_ if o != id and (o in withheld or o in sums.hidden))
                options.append((open_, min((sums.values[o], o) for o in shown)))
        if options:
            return min(options)[1][1]
        seen.update(near)
        reached |= {o for n in near for o in sums.equal[n] if o in withheld or o in sums.hidden}


class Attack:
    """What somebody can work out who has all that is shown, and knows how it adds up."""

    def __init__(self, sums: Sums) -> None:
        self.sums = sums
        self._of: dict[str, list[int]] = {}
        for number, sum_ in enumerate(sums.equal):
            for name in sum_:
                self._of.setdefault(name, []).append(number)

    def leaves_open(self, id: str, withheld: set[str]) -> bool:
        """Whether the number can't be told closer than is allowed."""
        value = self.sums.values[id]
        width = max(SMALLEST, value) if id.startswith(HOURS) else SMALLEST
        unknown = withheld | self.sums.hidden
        alone = any(sum(name in unknown for name in self.sums.equal[n]) == 1 for n in self._of.get(id, ()))
        if alone:
            return False
        if id not in self._of and not any(id in pair for pair in self.sums.at_least):
            return True
        low, high = self.range(id, unknown)
        return high - low >= width - 1e-6

    def range(self, id: str, unknown: set[str]) -> tuple[float, float]:
        """The least and greatest that the number can be."""
        import numpy as np
        from scipy.optimize import linprog

        names, equal = self._component(id, unknown)
        place = {name: n for n, name in enumerate(names)}
        left = np.zeros((len(equal), len(names)))
        right = np.zeros(len(equal))
        for row, number in enumerate(equal):
            for name, factor in self.sums.equal[number].items():
                if name in place:
                    left[row, place[name]] = factor
                else:
                    right[row] -= factor * self.sums.values[name]
        less, most = [], []
        for lower, upper in self.sums.at_least:
            if lower in place or upper in place:
                line, known = np.zeros(len(names)), 0.0
                for name, factor in ((lower, 1.0), (upper, -1.0)):
                    if name in place:
                        line[place[name]] += factor
                    elif name not in unknown:
                        known -= factor * self.sums.values[name]
                    else:
                        known = np.inf  # of another part of the numbers: no limit that is known
                if np.isfinite(known):
                    less.append(line)
                    most.append(known)
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(names))
            aim[place[id]] = sign
            done = linprog(
                aim,
                A_ub=np.array(less) if less else None,
                b_ub=np.array(most) if most else None,
                A_eq=left if len(equal) else None,
                b_eq=right if len(equal) else None,
                method="highs",
            )
            ends.append(sign * float(done.fun) if done.status == 0 else sign * -np.inf)
        return ends[0], ends[1]

    def _component(self, id: str, unknown: set[str]) -> tuple[list[str], list[int]]:
        """The unknown numbers that hang together with this one, and the sums that they are in."""
        names, equal, waiting = {id}, set[int](), [id]
        while waiting:
            for number in self._of.get(waiting.pop(), ()):
                if number not in equal:
                    equal.add(number)
                    new = {name for name in self.sums.equal[number] if name in unknown} - names
                    names |= new
                    waiting += sorted(new)
        return sorted(names), sorted(equal)


def sums_of(document: StatusDocument) -> Sums:
    """The numbers of a document and how they hang together, as any reader of it knows."""
    sums = Sums()
    for promise in document.promises:
        _promise_sums(sums, promise)
    for table in document.tables:
        _table_sums(sums, table)
    _municipalities(sums, {table.id: table for table in document.tables})
    first = next((p for p in document.promises if p.kind == "reached"), None)
    for step, before in zip(document.funnel, [None, *document.funnel], strict=False):
        sums.values[step.companies.id] = _value(step.companies)
        if before is not None:
            sums.at_least.append((step.companies.id, before.companies.id))
        elif first is not None:
            sums.equal.append({step.companies.id: 1.0, first.outcome.id: -1.0})
        if step.id == "assessed":
            then = next((p for p in document.promises if p.kind == "assessed"), None)
            if then is not None:
                sums.equal.append({step.companies.id: 1.0, then.outcome.id: -1.0})
    _within(sums, document)
    return sums


def _value(cell: Cell) -> float:
    return float(cell.value or 0)


def _promise_sums(sums: Sums, promise: PromiseStatus) -> None:
    sums.values[promise.outcome.id] = _value(promise.outcome)
    last: str | None = None
    for point in promise.trend:
        sums.values[point.new.id], sums.values[point.until.id] = _value(point.new), _value(point.until)
        sums.adds_up(point.until.id, [point.new.id, *([last] if last else [])])
        last = point.until.id
    if promise.trend and last is not None:
        sums.equal.append({last: 1.0, promise.outcome.id: -1.0})
    if promise.forecast is not None:  # the forecast tells what those months had together
        months = [point.new for point in promise.trend if point.month in promise.forecast.months]
        if months:
            told = months_of(promise)
            sums.values[told] = sum(_value(cell) for cell in months)
            sums.adds_up(told, [cell.id for cell in months])


def _table_sums(sums: Sums, table: Table) -> None:
    for place, column in enumerate(table.columns):
        cells = [cell for row in table.rows if (cell := row.cells[place]) is not None]
        whole = table.total[place]
        sums.values |= {cell.id: _value(cell) for cell in cells}
        if whole is None:
            continue
        sums.values[whole.id] = _value(whole)
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
            sums.values[name] = _value(whole) - sum(map(_value, parts))
            sums.hidden.add(name)
            sums.adds_up(whole.id, [*(cell.id for cell in parts), name])
            rest.append(name)
        if nowhere is not None:
            sums.adds_up(nowhere.id, rest)
        else:
            for name in rest:
                sums.equal.append({name: 1.0})


def _within(sums: Sums, document: StatusDocument) -> None:
    """Analysed companies are among the reached, in every row; who reached first did reach."""
    reached = [p.measure for p in document.promises if p.kind == "reached"][:1]
    assessed = [p.measure for p in document.promises if p.kind == "assessed"][:1]
    for id in list(sums.values):
        head, _, rest = id.partition(".")
        if assessed and reached and head == assessed[0] and not rest.startswith(("month", "until")):
            over = ".".join(part for part in (reached[0], rest) if part)
            if over in sums.values:
                sums.at_least.append((id, over))
        if rest.startswith("first_partner."):
            over = f"{head}.partner.{rest.partition('.')[2]}"
            if over in sums.values:
                sums.at_least.append((id, over))
