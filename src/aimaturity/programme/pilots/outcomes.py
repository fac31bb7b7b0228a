"""What a pilot gave, against what was expected of it."""

from __future__ import annotations

from typing import Literal

from aimaturity.definitions.pilot_rules import GENDER_STEPS
from aimaturity.programme.pilots.card import BENEFITS, Benefit, PilotCard
from aimaturity.scoring.parts import Part

Standing = Literal["below", "within", "above", "not_measured", "not_estimated"]


class OutcomeRow(Part):
    """One benefit at one later assessment. Amounts in SEK or kg CO2e a year; steps by name for gender equality."""

    occasion: Literal["T1", "T2"]
    date: str
    benefit: Benefit
    low: float | str | None
    likely: float | str | None
    high: float | str | None
    outcome: float | str | None
    standing: Standing


def outcomes_of(card: PilotCard) -> list[OutcomeRow]:
    """Every benefit at every later assessment, by day: below the low end expected, above the high one, or within."""
    rows = []
    for outcome in sorted(card.outcomes, key=lambda one: (one.date, one.occasion)):
        for benefit in BENEFITS:
            effect, reached = getattr(card, benefit).effect, getattr(outcome, benefit)
            low, likely, high = (effect.low, effect.likely, effect.high) if effect is not None else (None, None, None)
            rows.append(
                OutcomeRow(
                    occasion=outcome.occasion, date=outcome.date.isoformat(), benefit=benefit,
                    low=low, likely=likely, high=high, outcome=reached, standing=_standing(low, high, reached),
                )
            )  # fmt: skip
    return rows


def _standing(low: float | str | None, high: float | str | None, reached: float | str | None) -> Standing:
    if reached is None:
        return "not_measured"
    if low is None or high is None:
        return "not_estimated"
    least, most, value = _place(low), _place(high), _place(reached)
    return "below" if value < least else "above" if value > most else "within"


def _place(value: float | str) -> float:
    return float(GENDER_STEPS.index(value)) if isinstance(value, str) else value
