"""Where no set of ideas meets every limit: which limits clash, and the least change that would help."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from aimaturity.programme.pilots.selection import Limit, Selection
from aimaturity.programme.pilots.solve import Solver


def possible(selection: Selection, must: Collection[int] = ()) -> bool:
    """Whether any set with all of `must` is allowed."""
    return Solver(replace(selection, scores=(0,) * len(selection.ids))).best(must) is not None


def clashing(selection: Selection, must: Collection[int] = ()) -> tuple[str, ...]:
    """Limits that can't all hold (with all of `must` chosen) though they can without any one of them.

    Found by taking away one after the other, the last first, so that those told first in the programme stay
    (deletion filter: Chinneck and Dravnieks, ORSA Journal on Computing 3(2), 1991).
    """
    left = list(selection.limits)
    for limit in reversed(selection.limits):
        fewer = [other for other in left if other is not limit]
        if not possible(replace(selection, limits=tuple(fewer)), must):
            left = fewer
    return tuple(limit.id for limit in left)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Limits that would have to change together, each with its new bound; no lesser change of these would do."""

    bounds: Mapping[str, int]


def relaxations(selection: Selection) -> tuple[Relaxation, ...]:
    """The least changes that would make some set allowed, all of as few limits as will do; the least first, by
    the share of the bound that it changes.

    Of several limits that must change together, those told last in the programme give way as far as they can first.
    """
    for size in range(1, len(selection.limits) + 1):
        found = [
            Relaxation(_bounds(selection, [limit.id for limit in together]))
            for together in combinations(selection.limits, size)
            if possible(selection.without(*(limit.id for limit in together)))
        ]
        if found:
            by_id = {limit.id: limit for limit in selection.limits}
            return tuple(sorted(found, key=lambda one: _size(one, by_id)))
    return ()


def _size(relaxation: Relaxation, limits: Mapping[str, Limit]) -> tuple[float, tuple[str, ...]]:
    shares = [abs(bound - limits[name].bound) / max(1, limits[name].bound) for name, bound in relaxation.bounds.items()]
    return round(sum(shares), 9), tuple(relaxation.bounds)


def _bounds(selection: Selection, names: list[str]) -> dict[str, int]:
    """For limits without which there is an allowed set: the nearest bounds, set one after the other."""
    bounds: dict[str, int] = {}
    for n, name in enumerate(names):
        open_ = selection.without(*names[n + 1 :]).with_bounds(bounds)
        bounds[name] = nearest(open_, name)
    return bounds


def nearest(selection: Selection, name: str) -> int:
    """The bound of this limit nearest to its own that some set meets together with all other limits."""
    limit = next(limit for limit in selection.limits if limit.id == name)
    if limit.groups is not None:
        bound = limit.bound
        while bound > 0 and not possible(selection.with_bounds({name: bound})):
            bound -= 1
        return bound
    sign = 1 if limit.sense == "least" else -1
    others = replace(selection.without(name), scores=tuple(sign * amount for amount in limit.amounts))
    best = Solver(others).best()
    if best is None:
        raise ValueError(f"without {name} no set is allowed either")
    reached = limit.used(best)
    return min(limit.bound, reached) if limit.sense == "least" else max(limit.bound, reached)
