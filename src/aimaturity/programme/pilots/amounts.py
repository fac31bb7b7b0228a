"""What ideas are compared by: five amounts at three ends, their points, and which idea is worse in every way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aimaturity.definitions.pilot_rules import GENDER_STEPS, End, PilotRules, Scale, Scales
from aimaturity.programme.pilots.card import PilotCard

Dimension = Literal["business", "climate", "gender_equality", "readiness", "cost"]
DIMENSIONS: tuple[Dimension, ...] = ("business", "climate", "gender_equality", "readiness", "cost")
ENDS: tuple[End, ...] = ("low", "likely", "high")
CAUTIOUS: dict[Dimension, End] = {
    "business": "low", "climate": "low", "gender_equality": "low", "readiness": "low", "cost": "high",
}  # fmt: skip
"""The end that the proposal counts by: the least benefit and the greatest cost."""

HUNDREDTHS = 100
"""Scores are whole hundredths of a point, so that sums are exact and a tie is a tie."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """An idea's amounts at each end: `by[dimension][end]`. SEK, kg CO2e, step (-1..3), percent, SEK with own hours.

    expense  SEK without own hours at each end, in whole SEK, rounded up: what is held against the budget
    """

    by: dict[Dimension, dict[End, float]]
    expense: dict[End, int]


def amounts_of(card: PilotCard, readiness: float, rules: PilotRules) -> Amounts | None:
    """The amounts of an idea; None where an effect isn't estimated, since nothing can be said of it then."""
    money, climate, steps = card.business.effect, card.climate.effect, card.gender_equality.effect
    if money is None or climate is None or steps is None:
        return None
    by: dict[Dimension, dict[End, float]] = {name: {} for name in DIMENSIONS}
    expense: dict[End, int] = {}
    for end in ENDS:
        by["business"][end] = getattr(money, end)
        by["climate"][end] = getattr(climate, end)
        by["gender_equality"][end] = float(GENDER_STEPS.index(getattr(steps, end)) - 1)
        by["readiness"][end] = readiness
        sek, hours = getattr(card.cost.sek, end), getattr(card.cost.own_hours, end)
        by["cost"][end] = sek + hours * rules.hour_value
        expense[end] = expense_of(sek)
    return Amounts(by, expense)


def expense_of(sek: float) -> int:
    """What is held against the budget: whole SEK, rounded up."""
    return -int(-sek // 1)


def points(dimension: Dimension, amount: float, scales: Scales) -> float:
    """Points of an amount, -100..100, 9 decimals."""
    if dimension == "gender_equality":
        return float(getattr(scales.gender_equality.points, GENDER_STEPS[int(amount) + 1]))
    scale: Scale = getattr(scales, dimension)
    reached = 100 * (amount - scale.zero) / (scale.full - scale.zero)
    return round(max(-100.0, min(100.0, reached)), 9) + 0.0  # never -0.0


def weights_of(scales: Scales) -> dict[Dimension, float]:
    return {name: float(getattr(scales, name).weight) for name in DIMENSIONS}


def score_of(
    amounts: Amounts,
    scales: Scales,
    ends: dict[Dimension, End] | None = None,
    weights: dict[Dimension, float] | None = None,
) -> int:
    """The weighted mean of an idea's points, in whole hundredths of a point (-10 000..10 000).

    ends     which end counts of each amount; the cautious one by default
    weights  instead of the programme's own
    """
    ends, weights = ends or CAUTIOUS, weights or weights_of(scales)
    total = sum(weights.values())
    summed = sum(weights[name] * points(name, amounts.by[name][ends[name]], scales) for name in DIMENSIONS)
    # To 6 decimals first, so that how a sum is rounded in binary never decides a half.
    return round(round(HUNDREDTHS * summed / total, 6))


def dominates(one: Amounts, other: Amounts) -> bool:
    """Whether `one` is at least as good as `other` in every way at the low, the likely and the high end alike, and
    better in at least one: it is then the better one under any weights, whichever ends count."""
    better = False
    for name in DIMENSIONS:
        sign = -1 if name == "cost" else 1
        for end in ENDS:
            difference = sign * (one.by[name][end] - other.by[name][end])
            if difference < 0:
                return False
            better |= difference > 0
    return better
