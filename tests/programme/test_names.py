"""People's words for municipalities, sectors, sizes and partners; never guessed by likeness."""

from __future__ import annotations

import pytest

from aimaturity.definitions.sni import SECTORS, sector_of_code
from aimaturity.programme.names import named, not_among, outside, sector_named, size_named
from tests.programme.attendance.lists import programme


@pytest.mark.parametrize(
    ("of", "text", "id"),
    [
        ("municipalities", "Karlshamn", "1082"), ("municipalities", " karlshamns KOMMUN ", "1082"),
        ("municipalities", "1082", "1082"), ("municipalities", "Höörs kommun", "1267"), ("municipalities", "Karlshamm", None),
        ("municipalities", "Torsås", None), ("counties", "Blekinge", "10"), ("counties", "Blekinge län", "10"),
        ("counties", "10", "10"), ("partners", "Mobile Heights", "mobile_heights"), ("partners", "mobile_heights", "mobile_heights"),
        ("activity_kinds", "KURS", "course"), ("activity_kinds", "Seminar", "seminar"), ("activity_kinds", "", None),
    ],
)  # fmt: skip
def test_things_of_the_programme_are_found_by_id_or_title(of: str, text: str, id: str | None) -> None:
    assert named(programme(), of, text) == id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("industry", "industry"), ("Bygg", "construction"), ("Information and communication", "information_communication"),
        ("C", "industry"), ("section_c", "industry"), ("C Tillverkning", "industry"), ("avd. F", "construction"),
        ("25.620", "industry"), ("25620", "industry"), ("62", "information_communication"), ("C25.6", "industry"),
        ("K", None), ("1410", None), ("00.110", None), ("tillverkning", None), ("", None),
    ],
)  # fmt: skip
def test_sectors_are_found_by_name_section_or_code(text: str, sector: str | None) -> None:
    assert sector_named(programme(), text) == sector


def test_every_division_of_sni_has_a_group_and_every_group_divisions() -> None:
    found = [sector_of_code(f"{division:02}") for division in range(1, 100)]
    assert list(dict.fromkeys(found)) == list(SECTORS)


@pytest.mark.parametrize(
    ("text", "size"),
    [("micro", "micro"), ("Mikroföretag", "micro"), ("små", "small"), ("10–49", "small"), ("10-49 anställda", "small"),
     ("medelstort", "medium"), ("250+", "large"), ("9", "micro"), ("10", "small"), ("250", "large"), ("jätte", None), ("", None)],
)  # fmt: skip
def test_sizes_are_found_by_name_or_persons(text: str, size: str | None) -> None:
    assert size_named(text) == size


def test_what_is_not_there_is_told_with_what_is() -> None:
    told = not_among(programme(), "municipalities", "Karlshamm")
    assert told.hint("sv") == "menade du 'Karlshamn'?"
    assert "course, seminar, visit" in not_among(programme(), "activity_kinds", "fest").hint("sv")


def test_days_of_the_period_are_inside_it_both_ends_included() -> None:
    days = ["2022-02-28", "2022-03-01", "2024-02-29", "2024-03-01"]
    assert [outside(programme(), day) is None for day in days] == [False, True, True, False]
    assert outside(programme().model_copy(update={"period": None}), "1999-01-01") is None
