"""What there is to choose from, and the limits that hold for the chosen together. Whole numbers only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Chosen = frozenset[int]
"""Positions in `Selection.ids`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the chosen ideas together.

    amounts  of each idea, 0 or more: their sum is at most, or at least, `bound`
    groups   of each idea, where different groups are counted instead of a sum (`least` only)
    before   what is used before anything is chosen: by pilots that are decided on already
    had      groups that are there before
    """

    id: str
    sense: Literal["least", "most"]
    bound: int
    amounts: tuple[int, ...] = ()
    groups: tuple[str, ...] | None = None
    before: int = 0
    had: frozenset[str] = frozenset()

    def used(self, chosen: Collection[int]) -> int:
        """The sum, or the number of different groups, with what is used before."""
        if self.groups is not None:
            return len(self.had.union(self.groups[i] for i in chosen))
        return self.before + sum(self.amounts[i] for i in chosen)

    def holds(self, chosen: Collection[int]) -> bool:
        return self.used(chosen) >= self.bound if self.sense == "least" else self.used(chosen) <= self.bound


@dataclass(frozen=True, slots=True)
class Selection:
    """Ideas in the order of their ids (what settles ties), their scores in whole hundredths of a point, and limits."""

    ids: tuple[str, ...]
    scores: tuple[int, ...]
    limits: tuple[Limit, ...]

    def value(self, chosen: Collection[int]) -> int:
        return sum(self.scores[i] for i in chosen)

    def allows(self, chosen: Collection[int]) -> bool:
        return all(limit.holds(chosen) for limit in self.limits)

    def names(self, chosen: Collection[int]) -> tuple[str, ...]:
        return tuple(self.ids[i] for i in sorted(chosen))

    def without(self, *limits: str) -> Selection:
        return replace(self, limits=tuple(limit for limit in self.limits if limit.id not in limits))

    def only(self, limits: Collection[str]) -> Selection:
        return replace(self, limits=tuple(limit for limit in self.limits if limit.id in limits))

    def with_bounds(self, bounds: Mapping[str, int]) -> Selection:
        """The same with other bounds of some limits."""
        changed = (replace(limit, bound=bounds.get(limit.id, limit.bound)) for limit in self.limits)
        return replace(self, limits=tuple(changed))

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.ids)))
