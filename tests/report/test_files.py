"""File names: stable, readable, and unable to leave the folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimaturity.report.files import RESERVED, file_name, file_names, slug
from aimaturity.scoring.document import Identity, Occasion, ResultDocument
from tests.report.factory import document

BASE = document()
TEXT = st.text(max_size=200)


def of(id: str, name: str | None = None, number: str | None = None, date: str | None = None) -> ResultDocument:
    company = Identity.model_construct(id=id, name=name, organisationsnummer=number)
    return BASE.model_copy(update={"company": company, "occasion": Occasion(date=date)})


@pytest.mark.parametrize(
    ("company", "name"),
    [
        (of("x", "Brösarps Finmekanik AB", "556677-8899"), "556677-8899-brosarps-finmekanik-ab.html"),
        (of("brosarp", "Åsele Äpplen & Öl"), "brosarp-asele-applen-ol.html"),
        (of("Brösarps Finmekanik AB", "Brösarps Finmekanik AB"), "brosarps-finmekanik-ab.html"),
        (of("row-7"), "row-7.html"),
        (of("CON"), "company-con.html"),
        (of("../../etc/passwd"), "etc-passwd.html"),
        (of("C:\\Windows", ".."), "c-windows.html"),
    ],
)
def test_a_name_says_who_it_is(company: ResultDocument, name: str) -> None:
    assert file_name(company, "html") == name


@given(TEXT, TEXT | st.none())
def test_no_name_leaves_the_folder_or_breaks_a_file_system(id: str, name: str | None) -> None:
    found = file_name(of(id, name), "html")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]\.html|[a-z0-9]\.html", found)
    assert found.removesuffix(".html") not in RESERVED
    assert len(found) <= 120
    assert PurePosixPath(found).name == found == PureWindowsPath(found).name


def test_a_name_that_nothing_is_left_of_still_has_its_own() -> None:
    one, other = file_name(of("株式会社"), "html"), file_name(of("有限会社"), "html")
    assert one.startswith("company-")
    assert one != other


def test_long_names_that_begin_alike_stay_two() -> None:
    assert file_name(of("x" * 300 + "a"), "md") != file_name(of("x" * 300 + "b"), "md")


def test_two_with_one_name_are_told_apart_by_date() -> None:
    twins = [of("a", "B", date="2026-01-01"), of("A", "b", date="2026-11-23"), of("c")]
    assert file_names(twins, "md") == ["a-b-2026-01-01.md", "a-b-2026-11-23.md", "c.md"]


def test_which_of_two_gets_which_name_does_not_hang_on_the_order() -> None:
    twins = [of("a b"), of("a-b")]
    names = file_names(twins, "html")
    assert len(set(names)) == 2
    assert file_names(twins[::-1], "html") == names[::-1]


@given(st.lists(st.tuples(st.sampled_from(["a", "A", "a-2", "å", "", "a-2-2"]), st.sampled_from([None, "1", "2"]))))
def test_all_names_are_different_whatever_the_companies(companies: list[tuple[str, str | None]]) -> None:
    names = file_names([of(id, date=date) for id, date in companies], "html")
    assert len({name.casefold() for name in names}) == len(companies)


def test_letters_lose_their_marks_and_not_more() -> None:
    assert slug("Ærø Łódź Straße ĄŻ") == "aero-lodz-strasse-az"
