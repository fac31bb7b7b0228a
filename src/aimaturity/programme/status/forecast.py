"""What comes out at the period's end if it goes on as in the latest full months.

Months' numbers are taken as Poisson with a rate that isn't known; with Jeffreys' prior, Gamma(1/2, 0), what comes in
the time left is negative binomial (Gelman and others, Bayesian Data Analysis, 3rd ed. 2013, sections 2.6 and 2.8).
Companies come in groups (a seminar brings thirty), so that months differ more than Poisson's do: its variance is
multiplied by the dispersion found, never less than 1 (quasi-likelihood: McCullagh and Nelder, Generalized Linear
Models, 2nd ed. 1989, section 6.2.3), and the negative binomial is the one of that mean and variance. As the dispersion
of few months is itself uncertain, the interval is widened as Student's t is beside the normal distribution. Where a
variance as Poisson's is enough it is the exact one. No randomness.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_MONTHS, MOST_MONTHS = 3, 12
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""An interval that holds 8 times of 10."""
COARSEST = 1000
STUDENT = (1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830, 1.3722, 1.3634)
"""What nine tenths of Student's t lie below, with 2 to 11 degrees of freedom."""
NORMAL = 1.2816


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is still to come: median, low and high; and what it rests on."""

    low: int
    likely: int
    high: int
    a_month: float
    dispersion: float


def ahead(counts: Sequence[float], months_left: float) -> Ahead:
    """What comes in `months_left` months, by the counts of LEAST_MONTHS to MOST_MONTHS full months."""
    n, total = len(counts), sum(counts)
    mean = total / n
    variance = math.fsum((count - mean) ** 2 for count in counts) / (n - 1)
    found = variance / mean if total else 1.0
    allowed = max(1.0, found * (STUDENT[n - LEAST_MONTHS] / NORMAL) ** 2)
    expected = (total + 0.5) / n * months_left
    spread = allowed * expected * (1 + months_left / n)
    low, likely, high = quantiles(expected, spread, (LOW, MIDDLE, HIGH))
    return Ahead(low, likely, high, mean, max(1.0, found))


def quantiles(mean: float, variance: float, shares: Sequence[float]) -> list[int]:
    """Quantiles of the negative binomial of this mean and this greater variance: for each share, the least number at or
    below which it lies. Its probabilities follow from one another; only their proportions to the likeliest's are used,
    so that none is too small for a float."""
    if mean <= 0 or variance <= mean:
        return [0 for _ in shares]
    p = mean / variance
    unit = int(1 / (COARSEST * p))
    if unit > 1:  # so uneven that thousandths of the spread are enough
        return [unit * found for found in quantiles(mean / unit, variance / unit**2, shares)]
    r = mean * p / (1 - p)
    mode = max(0, math.floor((r - 1) * (1 - p) / p))
    below, weight = [], 1.0
    for k in range(mode, 0, -1):
        weight *= k / ((k - 1 + r) * (1 - p))
        if weight < 1e-18:
            break
        below.append(weight)
    start = mode - len(below)
    weights, weight = [*reversed(below), 1.0], 1.0
    k = mode
    while weight > 1e-18:
        weight *= (k + r) / (k + 1) * (1 - p)
        weights.append(weight)
        k += 1
    whole = math.fsum(weights)
    found = []
    for share in shares:
        cumulated = 0.0
        for place, each in enumerate(weights):
            cumulated += each
            if cumulated >= share * whole:
                found.append(start + place)
                break
    return found
