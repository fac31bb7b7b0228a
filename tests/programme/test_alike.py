"""Companies that are perhaps one are suggested, others aren't; and never one for the other."""

from __future__ import annotations

import datetime as dt

import pytest

from aimaturity.programme.store import StoredCompany
from aimaturity.programme.store.alike import NearNames, pairs_of

THEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def company(name: str, id: str | None = None, number: str | None = None, day: int = 0) -> StoredCompany:
    return StoredCompany(id or name, name, number, THEN + dt.timedelta(days=day))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brösarps Finmekanik AB", "BRÖSARPS FINMEKANIK AKTIEBOLAG"), ("Brösarps Finmekanik", "Brösarps Finmekanikk AB"),
        ("Brösarps Finmekanik", "Brösarp Finmekanik"), ("Brösarps Finmek", "Brösarps Finmekanik AB"),
        ("Mejeri Österlens", "Österlens Mejeri AB"), ("Ö-kraft AB", "Ö kraft"), ("Å-kraft", "Åkraft"),
        ("Österlens Mejeri", "Östrelens Mejeri"), ("Österlens Mejeri", "Österlens Majeri"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_near(one: str, other: str) -> None:
    first, second = company(one, "1"), company(other, "2")
    assert NearNames([first, second]).near(first) == [second]
    assert pairs_of([first, second]) == [(second, first)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verkstad 1 AB", "Verkstad 2 AB"), ("Ek AB", "Eg AB"), ("Skåne Bygg", "Skåne Bageri"), ("Syd", "Sydved"),
        ("Åkes Plåt AB", "Olles Plåt AB"), ("AB", "HB"),
    ],
)  # fmt: skip
def test_other_names_are_not(one: str, other: str) -> None:
    assert pairs_of([company(one, "1"), company(other, "2")]) == []


def test_two_with_numbers_of_their_own_are_two_and_the_one_with_a_number_stays() -> None:
    first = company("Åkes Plåt", "a", "556016-0680", 3)
    assert pairs_of([first, company("Åkes Plåt AB", "b", "556036-0793")]) == []
    assert pairs_of([company("Åkes Plåt AB", "b", day=1), first]) == [(company("Åkes Plåt AB", "b", day=1), first)]


def test_a_company_without_a_name_is_near_nothing() -> None:
    nameless = StoredCompany("x", None, None, THEN)
    assert NearNames([nameless, company("x")]).near(nameless) == []
    assert pairs_of([nameless, company("x")]) == []
