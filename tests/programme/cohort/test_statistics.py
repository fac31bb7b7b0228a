"""Quartiles and intervals against numpy, scipy and figures that others published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from aimaturity.programme.cohort.statistics import (
    distribution,
    interval_of_mean,
    interval_of_median,
    median,
    quartile,
)

NUMBERS = st.floats(-100, 100, allow_nan=False).map(lambda x: round(x, 4))
SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
"""Hours of sleep gained by one drug over another, ten patients (Cushny and Peebles, 1905; Student, 1908)."""


def test_students_own_example() -> None:
    """Mean 1.58, 95 % interval 0.7001142 to 2.4598858: as R prints for `t.test` on its data set `sleep`, paired."""
    found = interval_of_mean(SLEEP)
    assert found == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert np.mean(SLEEP) == pytest.approx(1.58)


def test_the_sign_tests_interval_of_the_same() -> None:
    """Of ten, from the second least to the second greatest holds the median with 97.85 %."""
    assert interval_of_median(SLEEP) == (0.8, 2.4)
    assert median(SLEEP) == 1.3


@pytest.mark.parametrize(
    ("n", "depth"), [(6, 1), (8, 1), (9, 2), (10, 2), (12, 3), (15, 4), (20, 6), (25, 8), (30, 10), (50, 18), (100, 40)]
)
def test_depths_are_those_of_the_tables(n: int, depth: int) -> None:
    """Ranks of the 95 % sign-test interval, as tables of the sign test give them (Conover, 1999, table A3)."""
    numbers = list(range(1, n + 1))
    assert interval_of_median(numbers) == (depth, n + 1 - depth)


@pytest.mark.parametrize("n", [*range(6, 60), 200, 999, 5000])
def test_the_depth_is_the_greatest_that_holds_95_percent(n: int) -> None:
    low, _ = interval_of_median(list(range(1, n + 1))) or (0, 0)
    assert stats.binom.cdf(low - 1, n, 0.5) <= 0.025 < stats.binom.cdf(low, n, 0.5)


@given(st.lists(NUMBERS, min_size=6, max_size=60))
def test_intervals_are_scipys(numbers: list[float]) -> None:
    middle = stats.quantile_test(numbers, p=0.5).confidence_interval(0.95)
    assert interval_of_median(numbers) == (middle.low, middle.high)
    if len(set(numbers)) > 1:
        centre = stats.ttest_1samp(numbers, 0).confidence_interval(0.95)
        assert interval_of_mean(numbers) == pytest.approx((centre.low, centre.high), abs=1e-6)


@given(st.lists(NUMBERS, max_size=5))
def test_fewer_than_six_give_no_interval(numbers: list[float]) -> None:
    assert interval_of_median(numbers) is None
    assert interval_of_mean(numbers) is None


def test_with_five_no_interval_would_be_sure_enough() -> None:
    assert 1 - 2 * 0.5**5 < 0.95 <= 1 - 2 * 0.5**6


@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_quartiles_are_numpys_inverse_of_the_distribution(numbers: list[float]) -> None:
    found = distribution(numbers)
    assert found is not None
    wanted = np.percentile(numbers, [0, 25, 50, 75, 100], method="inverted_cdf")
    assert [found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest] == list(wanted)
    assert found.mean == pytest.approx(float(np.mean(numbers)), abs=1e-9)
    assert median(numbers) == pytest.approx(float(np.median(numbers)))
    assert quartile(sorted(numbers), 2) in numbers


@given(st.lists(NUMBERS, min_size=6, max_size=30), st.randoms(use_true_random=False))
def test_order_changes_nothing(numbers: list[float], shuffle: object) -> None:
    mixed = list(numbers)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert interval_of_mean(mixed) == interval_of_mean(numbers)
    assert distribution(mixed) == distribution(numbers)


def test_all_the_same_has_an_interval_of_no_width() -> None:
    low, high = interval_of_mean([3.0] * 8) or (math.nan, math.nan)
    assert (low, high) == (3.0, 3.0)
    assert interval_of_median([3.0] * 8) == (3.0, 3.0)


def test_nothing_has_no_distribution() -> None:
    assert distribution([]) is None
