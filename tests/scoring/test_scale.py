"""What a score looks like when shown: rounded, but never so that it says something else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimaturity.scoring.scale import Scale, adding_up, exact, gain

BANDS = frozenset({0.0, 20.0, 40.0, 60.0, 80.0})
SCALE = Scale(0, 100, BANDS, 0)
SCORES = st.floats(0, 100, allow_nan=False)


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (43.2, "43"),
        (43.5, "44"),
        (39.96, "39.9"),
        (39.6, "39.6"),
        (39.4, "39"),
        (40.3, "40"),
        (0.3, "0.3"),
        (0.04, "0.1"),
        (99.99, "99.9"),
        (100, "100"),
        (0, "0"),
        (-0.0, "0"),
        (39.99999999999, "40"),
    ],
)
def test_a_score_is_rounded_but_not_across_an_edge(score: float, shown: str) -> None:
    """The last: scoring itself compares after rounding to 9 decimals, so that is a 40."""
    assert str(SCALE.shown(score)) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (40.1, 46.6, "40 47"),
        (17.9, 45.5, "17 46"),
        (0.4, 99.2, "0.4 99.2"),
        (0, 100, "0 100"),
        (39.96, 39.96, "39 39.96"),
    ],
)
def test_bounds_are_rounded_outward(low: float, high: float, shown: str) -> None:
    assert f"{SCALE.shown_low(low)} {SCALE.shown_high(high)}" == shown


@given(SCORES, st.integers(0, 3))
def test_a_shown_number_says_what_the_exact_one_says(score: float, digits: int) -> None:
    scale = Scale(0, 100, BANDS, digits)
    true = exact(score)
    for number in (scale.shown(score), scale.shown_low(score), scale.shown_high(score)):
        assert [number >= edge for edge in BANDS] == [true >= edge for edge in BANDS]
        assert number == true or number not in (0, 100)
    assert scale.shown_low(score) <= true <= scale.shown_high(score)
    assert abs(scale.shown(score) - true) <= Decimal(1).scaleb(-digits)


@given(SCORES, SCORES)
def test_a_higher_score_is_never_shown_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert SCALE.shown(low) <= SCALE.shown(high)


def test_thresholds_count_as_edges_too() -> None:
    assert str(Scale(0, 100, frozenset({25.0}), 0).shown(24.9)) == "24.9"


def test_other_scales_keep_their_digits() -> None:
    assert str(Scale(1, 5, frozenset(), 1).shown(2.96)) == "3.0"


@pytest.mark.parametrize(("points", "shown"), [(5.2, "5"), (0.04, "0.04"), (0, "0"), (-2.4, "-2")])
def test_a_gain_that_is_there_never_reads_zero(points: float, shown: str) -> None:
    assert str(gain(points, 0)) == shown


def test_parts_get_the_decimals_with_which_they_add_up() -> None:
    assert adding_up([12.5, 25.0], 37.5, 1) == (1, [Decimal("12.5"), Decimal("25.0")], Decimal("37.5"))
    assert adding_up([1.25, 1.25], 2.5, 1) == (2, [Decimal("1.25"), Decimal("1.25")], Decimal("2.50"))


def test_parts_that_never_add_up_leave_a_rest_for_the_caller() -> None:
    decimals, parts, total = adding_up([100 / 3] * 3, 100, 1)
    assert (decimals, total - sum(parts)) == (1, Decimal("0.1"))
