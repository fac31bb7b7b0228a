"""The statistics of a cohort: quartiles, means and 95 % intervals, the same whatever the order of the companies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from aimaturity.documents.cohort import Distribution

LEVEL = 0.95
LEAST_PAIRS = 6
"""With five pairs even the widest interval of the sign test, from the least to the greatest, holds the median in only
94 of 100 cases; with six, in 97."""
DECIMALS = 9
"""As everywhere where scores are compared."""


def quartile(ordered: Sequence[float], quarter: int) -> float:
    """The number of rank ceil(quarter * n / 4), from the lowest: the inverse of the distribution (type 1 of Hyndman and
    Fan, The American Statistician 50(4), 1996). It is always a number that some company has."""
    return ordered[-(-len(ordered) * quarter // 4) - 1]


def mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def distribution(numbers: Sequence[float]) -> Distribution | None:
    """None of no numbers."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    low, middle, high = (quartile(ordered, quarter) for quarter in (1, 2, 3))
    return Distribution(
        companies=len(ordered),
        lowest=ordered[0],
        lower_quartile=low,
        median=middle,
        upper_quartile=high,
        highest=ordered[-1],
        mean=mean(ordered),
    )


def median(numbers: Sequence[float]) -> float:
    """The middle number; the mean of the two middle ones where there are two. Of differences, which no company needs to
    have, so that it lies in the middle of its interval."""
    ordered, n = sorted(numbers), len(numbers)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def interval_of_median(numbers: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the median by the sign test: from the d-th least number to the d-th greatest, with the
    greatest d for which it holds the median at least that often (Conover, Practical Nonparametric Statistics, 3rd ed.,
    1999, section 3.2). Exact for any distribution; ties make it hold it oftener. None for fewer than six."""
    if len(numbers) < LEAST_PAIRS:
        return None
    ordered, d = sorted(numbers), _depth(len(numbers))
    return ordered[d - 1], ordered[-d]


@lru_cache(maxsize=1024)
def _depth(n: int) -> int:
    """The greatest d with P(fewer than d of n heads) <= 2.5 %."""
    most, below, d = (1 - LEVEL) / 2, 0.0, 0
    while True:
        below += math.exp(math.lgamma(n + 1) - math.lgamma(d + 1) - math.lgamma(n - d + 1) - n * math.log(2))
        if below > most:
            return d
        d += 1


def interval_of_mean(numbers: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the mean by Student's t (Biometrika 6(1), 1908), with n - 1 degrees of freedom. It takes the
    differences to be about normal, or to be many. None for fewer than six, as of the median."""
    n = len(numbers)
    if n < LEAST_PAIRS:
        return None
    centre = mean(numbers)
    spread = math.sqrt(math.fsum((number - centre) ** 2 for number in numbers) / (n - 1))
    reach = _t(n - 1) * spread / math.sqrt(n)
    return centre - reach, centre + reach


@lru_cache(maxsize=1024)
def _t(freedom: int) -> float:
    """The 97.5 % point of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))
