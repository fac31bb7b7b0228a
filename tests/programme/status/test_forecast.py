"""The forecast: exact where it is conjugate, right about eight times in ten, and said only where there is enough."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom, poisson

from aimaturity.definitions.promises import Period
from aimaturity.programme.status.forecast import ahead, quantiles
from aimaturity.programme.status.window import Window

PERIOD = Period(**{"from": dt.date(2022, 3, 1), "to": dt.date(2024, 2, 29)})  # type: ignore[arg-type]
SHARES = (0.1, 0.5, 0.9)


@given(st.floats(0.01, 20_000), st.floats(1.0001, 60))
def test_quantiles_are_those_of_scipys_negative_binomial(mean: float, dispersion: float) -> None:
    p = 1 / dispersion
    r = mean * p / (1 - p)
    expected = nbinom.ppf(SHARES, r, p)
    found = quantiles(mean, mean * dispersion, SHARES)
    for ours, theirs, share in zip(found, expected, SHARES, strict=True):
        if ours != theirs:  # a tie to the last digit
            assert abs(ours - theirs) == 1
            assert nbinom.cdf(min(ours, theirs), r, p) == pytest.approx(share, abs=1e-9)


def test_where_months_are_even_it_is_the_gamma_poisson_mixture() -> None:
    """Against drawing rates from the posterior and months from those rates."""
    counts, left = [4, 5, 3, 4, 4, 5, 3, 4], 9.5
    found = ahead(counts, left)
    assert found.dispersion == 1
    rates = gamma.rvs(sum(counts) + 0.5, scale=1 / len(counts), size=400_000, random_state=1)
    drawn = poisson.rvs(rates * left, random_state=2)
    assert np.abs(np.quantile(drawn, SHARES) - [found.low, found.likely, found.high]).max() <= 1


def test_very_uneven_months_are_answered_at_once_and_near_enough() -> None:
    counts = [0, 0, 90_000, 0]
    found = ahead(counts, 12.0)
    mean = (sum(counts) + 0.5) / 4 * 12
    spread = found.dispersion * (1.6377 / 1.2816) ** 2 * mean * (1 + 12 / 4)
    p = mean / spread
    theirs = nbinom.ppf(SHARES, mean * p / (1 - p), p)
    assert [found.low, found.likely, found.high] == pytest.approx(list(theirs), rel=0.01, abs=spread**0.5 / 200)
    assert quantiles(0, 0, SHARES) == [0, 0, 0]


@pytest.mark.parametrize(("groups", "size"), [(4, 1), (30, 1), (3, 12), (2, 30)])
def test_the_interval_holds_about_eight_times_in_ten(groups: int, size: int) -> None:
    """Companies come alone, or in groups as to seminars; a new history and what came after, 700 times."""
    rng = np.random.default_rng(20_230_615)
    held, tried, left, months = 0, 700, 9, 9
    for _ in range(tried):
        came = rng.poisson(groups, months + left)
        numbers = [int(rng.poisson(size, n).sum()) if size > 1 else int(n) for n in came]
        found = ahead(numbers[:months], left)
        held += found.low <= sum(numbers[months:]) <= found.high
    assert 0.73 <= held / tried <= 0.93


def test_more_of_the_past_and_less_of_the_future_narrow_it() -> None:
    short, long = ahead([10, 12, 9], 6), ahead([10, 12, 9] * 4, 6)
    assert short.high - short.low > long.high - long.low
    near = ahead([10, 12, 9] * 4, 1)
    assert near.high - near.low < long.high - long.low
    assert ahead([0, 0, 0], 2).low == 0
    assert ahead([0, 0, 0], 2).high >= ahead([0, 0, 0], 2).likely


def test_the_same_months_in_another_order_give_the_same() -> None:
    rng = random.Random(3)
    counts = [rng.randint(0, 40) for _ in range(12)]
    assert ahead(counts, 5.5) == ahead(sorted(counts), 5.5)


@pytest.mark.parametrize(
    ("day", "gone", "first", "full"),
    [
        ("2022-02-28", 0.0, None, 0),
        ("2022-03-01", 1 / 731, "2022-03", 0),
        ("2022-03-30", 30 / 731, "2022-03", 0),
        ("2022-03-31", 31 / 731, "2022-03", 1),
        ("2023-06-15", 472 / 731, "2022-03", 15),
        ("2024-02-29", 1.0, "2022-03", 24),
        ("2025-01-01", 1.0, "2022-03", 24),
    ],
)
def test_days_and_months_of_the_period(day: str, gone: float, first: str | None, full: int) -> None:
    window = Window(dt.date.fromisoformat(day), PERIOD)
    assert window.gone == pytest.approx(gone)
    assert next(iter(window.months()), None) == first
    assert len(window.full_months()) == full
    assert window.last == min(day, "2024-02-29")


def test_a_period_that_begins_and_ends_inside_months() -> None:
    period = Period(**{"from": dt.date(2022, 3, 10), "to": dt.date(2022, 8, 20)})  # type: ignore[arg-type]
    window = Window(dt.date(2022, 12, 1), period)
    assert window.months() == [f"2022-0{month}" for month in range(3, 9)]
    assert window.full_months() == [f"2022-0{month}" for month in range(4, 8)]
    assert window.months_left == 0
    assert Window(dt.date(2022, 12, 1), None).gone is None
