"""What a score looks like when shown: rounded, but never so that it says something else.

A shown number never stands on the other side of an edge (a band, a threshold) than the exact one; the ends of the
scale are shown only where they are exact; bounds are rounded outward. Where the wanted number of decimals can't do
that, more are shown: 39.96 below an edge at 40 is 39.9.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

MOST_DECIMALS = 9
"""Scores are compared with edges after rounding to so many; nothing finer is ever shown."""

WIDE = Context(prec=400)
"""Room for any float with its decimals."""


def rounded(value: Decimal, places: int, mode: str = ROUND_HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), mode, WIDE)


def exact(value: float) -> Decimal:
    """The value as scoring compares it: rounded to 9 decimals, never minus zero."""
    return Decimal(repr(round(value, MOST_DECIMALS) + 0.0))


@dataclass(frozen=True)
class Scale:
    """The scale of one node or item.

    lowest, highest   its ends, shown only where exact
    edges             values where something changes; a shown number stays on its side
    digits            decimals wanted
    """

    lowest: float
    highest: float
    edges: frozenset[float]
    digits: int

    def shown(self, value: float) -> Decimal:
        """The nearest number that can be shown for a score."""
        return self._first(value, (ROUND_HALF_UP,), (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING))

    def shown_low(self, value: float) -> Decimal:
        """A lower bound, rounded down."""
        return self._first(value, (ROUND_FLOOR,), (ROUND_FLOOR,))

    def shown_high(self, value: float) -> Decimal:
        """An upper bound, rounded up."""
        return self._first(value, (ROUND_CEILING,), (ROUND_CEILING,))

    def share(self, value: float) -> float:
        """Where on the scale the value lies, 0 to 1."""
        width = self.highest - self.lowest
        return min(1.0, max(0.0, (value - self.lowest) / width)) if width > 0 else 0.0

    def _first(self, value: float, at_first: Iterable[str], then: Iterable[str]) -> Decimal:
        true = exact(value)
        for places in range(self.digits, MOST_DECIMALS + 1):
            for mode in at_first if places == self.digits else then:
                number = rounded(true, places, mode)
                if self._says_the_same(true, number):
                    return number
        return true

    def _says_the_same(self, true: Decimal, number: Decimal) -> bool:
        if number != true and number in (exact(self.lowest), exact(self.highest)):
            return False
        return all((true < edge) == (number < edge) for edge in map(exact, self.edges))


def gain(points: float, digits: int) -> Decimal:
    """A change of points with `digits` decimals; one or more extra where it would read 0 and isn't."""
    true = exact(points)
    for places in range(digits, MOST_DECIMALS + 1):
        number = rounded(true, places)
        if number != 0 or true == 0:
            return number
    return true


def adding_up(parts: list[float], total: float, least: int) -> tuple[int, list[Decimal], Decimal]:
    """(decimals, parts, sum), with so few decimals that the shown parts add up to the shown sum.

    Tried with `least` and one more; where neither does it, with `least`: the caller shows what is left over.
    """
    for places in (least, least + 1):
        found, whole = [rounded(exact(part), places) for part in parts], rounded(exact(total), places)
        if sum(found) == whole:
            return places, found, whole
    return least, [rounded(exact(part), least) for part in parts], rounded(exact(total), least)
