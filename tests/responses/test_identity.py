"""Personal numbers are masked however they are written; companies' numbers never are."""

from __future__ import annotations

import pytest

from aimaturity.responses.identity import (
    MASK,
    is_personal_number,
    looks_personal,
    luhn,
    masked,
    only_masked,
    organisation_number,
)

RIGHT = next(f"811228-987{digit}" for digit in range(10) if luhn(f"811228987{digit}"))
SLIP = next(f"811228-987{digit}" for digit in range(10) if not luhn(f"811228987{digit}"))


def ways(number: str) -> list[str]:
    day, last = number.split("-")
    return [number, day + last, f"{day}+{last}", f"{day} {last}", f"19{day}-{last}", f"19{day}{last}"]


@pytest.mark.parametrize("text", ways(RIGHT) + ways(SLIP))
def test_a_personal_number_is_masked_in_names_check_digit_right_or_not(text: str) -> None:
    right = luhn((text.replace("-", "").replace("+", "").replace(" ", ""))[-10:])
    assert looks_personal(text)
    assert is_personal_number(text) == right
    assert masked(f"Åkes {text} firma", slips=True) == f"Åkes {MASK} firma"
    assert (masked(f"Åkes {text}") == f"Åkes {MASK}") == right
    assert organisation_number(text) is None


@pytest.mark.parametrize("number", [RIGHT, SLIP])
@pytest.mark.parametrize("form", ["SE{}01", "se {}01", "SE-{}01"])
def test_so_is_the_one_in_a_vat_number(number: str, form: str) -> None:
    text = form.format(number.replace("-", ""))
    assert looks_personal(text)
    assert number[-4:] not in masked(text, slips=True)
    assert only_masked(masked(text, slips=True))
    assert organisation_number(text) is None


@pytest.mark.parametrize("text", ["SE556016068001", "se 556016068001", "SE556016-068001", "5560160680", "556016-0680"])
def test_a_companys_vat_number_is_its_organisation_number(text: str) -> None:
    assert organisation_number(text) == "556016-0680"
    assert masked(text, slips=True) == text


@pytest.mark.parametrize("text", ["556016-0681", "811328-1234", "811232-1234", "SE556016068002", "0811228987012"])
def test_what_has_no_day_in_it_is_left(text: str) -> None:
    assert masked(text, slips=True) == text
    assert organisation_number(text) is None


def test_only_a_mask_is_no_name() -> None:
    assert only_masked(MASK)
    assert only_masked(f" ({MASK})")
    assert not only_masked(f"Ö {MASK}")
    assert not only_masked("Åkes Plåt")
