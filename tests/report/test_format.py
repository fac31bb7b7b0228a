"""Numbers and dates as people write them, in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aimaturity.report.format import formats

SV, EN = formats("sv"), formats("en")


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (1234.5, "1\u00a0234,5", "1,234.5"),
        (-3, "−3", "−3"),
        (43.0, "43", "43"),
        (0.1 + 0.2, "0,3", "0.3"),
        (1e-10, "0", "0"),
        (Decimal("39.9"), "39,9", "39.9"),
    ],
)
def test_numbers(number: float, swedish: str, english: str) -> None:
    assert (SV.number(number), EN.number(number)) == (swedish, english)


def test_a_decimal_keeps_the_zeros_it_is_written_with() -> None:
    assert SV.decimal(Decimal("40.0")) == "40,0"
    assert SV.signed(Decimal("5")) == "+5"
    assert SV.signed(Decimal("-0.4")) == "−0,4"


def test_percent_has_a_no_break_space_in_swedish_and_none_in_english() -> None:
    assert (SV.percent(0.6), EN.percent(0.6)) == ("60\u00a0%", "60%")


@pytest.mark.parametrize(("share", "shown"), [(0, "0%"), (0.001, "under 1%"), (0.999, "over 99%"), (1, "100%")])
def test_none_and_all_are_shown_only_where_exact(share: float, shown: str) -> None:
    assert EN.percent(share) == shown


def test_dates_are_written_out_and_other_words_left_alone() -> None:
    assert (SV.day("2026-11-23"), EN.day("2026-11-23")) == ("23 november 2026", "23 November 2026")
    assert SV.day("i höstas") == "i höstas"
    assert SV.day(None) is None


def test_a_huge_number_is_still_a_number() -> None:
    assert EN.number(1e300).startswith("1,000,000")
