"""Classes, quartiles, bands and places, worked out by hand."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aimaturity.benchmark.rules import (
    Rules,
    band,
    class_of,
    may_be_shown,
    place_of,
    quartiles,
    shown_class,
    stretch,
)
from tests.benchmark.factory import SCORES


@pytest.mark.parametrize(
    ("score", "number"), [(0, 0), (9.99, 0), (10, 1), (39.9999999999, 4), (39.99, 3), (40, 4), (99.9, 9), (100, 9)]
)
def test_classes_are_half_open_and_the_last_one_closed(score: float, number: int) -> None:
    """39.9999999999 is 40 after rounding to 9 decimals, as for levels."""
    assert class_of(score, 0, 100) == number


def test_a_class_is_a_tenth_of_its_own_scale() -> None:
    assert class_of(3.4, 1, 5) == 6  # 1 + 6 * 0.4 = 3.4
    assert stretch(6, 1, 5, Rules()).model_dump() == {"low": 3.4, "high": 3.8}


def test_five_classes_are_the_ten_joined_two_and_two() -> None:
    five = Rules(classes=5)
    assert [shown_class(number, five) for number in range(10)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert stretch(4, 0, 100, five).model_dump() == {"low": 80.0, "high": 100.0}


@pytest.mark.parametrize(
    ("classes", "found"),
    [
        # Ranks 2, 3, 4 of 5; 2, 3, 5 of 6; 2, 4, 6 of 7; 2, 4, 6 of 8.
        ([0, 1, 2, 3, 4], (1, 2, 3)),
        ([0, 1, 2, 3, 4, 5], (1, 2, 4)),
        ([6, 5, 4, 3, 2, 1, 0], (1, 3, 5)),
        ([0, 1, 2, 3, 4, 5, 6, 7], (1, 3, 5)),
    ],
)
def test_quartiles_are_ranks(classes: list[int], found: tuple[int, int, int]) -> None:
    assert quartiles(classes) == found


@given(st.lists(SCORES, min_size=5, max_size=60))
def test_the_quartile_of_classes_is_the_class_of_the_quartile(scores: list[float]) -> None:
    """What the whole protection rests on."""
    exact = [sorted(scores)[math.ceil(len(scores) * q / 4) - 1] for q in (1, 2, 3)]
    assert list(quartiles([class_of(s, 0, 100) for s in scores])) == [class_of(s, 0, 100) for s in exact]


@pytest.mark.parametrize(
    ("companies", "least", "most"),
    [(5, 5, 9), (9, 5, 9), (10, 10, 19), (20, 20, 49), (49, 20, 49), (50, 50, 99), (100, 100, None), (9999, 100, None)],
)
def test_group_sizes_are_bands(companies: int, least: int, most: int | None) -> None:
    found = band(companies, Rules())
    assert (found.at_least, found.at_most) == (least, most)


def test_a_group_below_the_minimum_has_no_band() -> None:
    with pytest.raises(ValueError, match="below the minimum"):
        band(4, Rules())


def owned(*counts: int) -> Counter[str]:
    return Counter({f"ägare-{index}": count for index, count in enumerate(counts)})


@pytest.mark.parametrize(
    ("classes", "owners", "shown"),
    [
        ([0, 2, 4, 6, 8], owned(1, 1, 1, 1, 1), True),
        ([0, 2, 4, 6], owned(1, 1, 1, 1), False),  # four companies
        ([0, 2, 4, 6, 8], owned(2, 1, 1, 1), False),  # five companies, four owners
        ([0, 2, 4, 6, 8, 8], owned(2, 1, 1, 1, 1), True),  # two of six: a third
        ([0, 2, 4, 6, 8, 8, 9], owned(3, 1, 1, 1, 1), False),  # three of seven: more
        ([3, 3, 3, 3, 3], owned(1, 1, 1, 1, 1), False),  # all in one class: who is in it has that score
        ([3, 3, 3, 3, 9], owned(1, 1, 1, 1, 1), False),  # the one outside would know of the others
        ([3, 3, 3, 0, 9], owned(1, 1, 1, 1, 1), True),
        ([3] * 28 + [4] * 2, owned(*[1] * 30), False),  # 2 of 30 outside: under a tenth
        ([3] * 27 + [4] * 3, owned(*[1] * 30), True),
        ([], owned(), False),
    ],
)
def test_what_may_be_shown_of_a_group(classes: list[int], owners: Counter[str], shown: bool) -> None:
    assert may_be_shown(classes, owners, Rules()) is shown


@pytest.mark.parametrize(
    ("own", "place"),
    [
        (1, "below_lower_quartile"), (2, "at_lower_quartile"), (3, "below_median"), (4, "at_median"),
        (5, "above_median"), (6, "at_upper_quartile"), (7, "above_upper_quartile"),
    ],
)  # fmt: skip
def test_places(own: int, place: str) -> None:
    assert place_of(own, 2, 4, 6) == place


def test_with_quartiles_in_one_class_its_companies_are_at_the_median() -> None:
    assert place_of(4, 4, 4, 4) == "at_median"
    assert place_of(3, 4, 4, 4) == "below_lower_quartile"
    assert place_of(5, 4, 4, 4) == "above_upper_quartile"


@pytest.mark.parametrize("wrong", [{"minimum_companies": 3}, {"minimum_companies": 0}, {"classes": 20}])
def test_weaker_protection_than_the_method_allows_is_refused(wrong: dict[str, int]) -> None:
    """With 3 a company in the group would look at 2 others; 20 classes are narrower than ten points."""
    with pytest.raises(ValidationError):
        Rules(**wrong)
