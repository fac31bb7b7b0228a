"""The index page: one safe file that leads to every report, and says whom it is for."""

from __future__ import annotations

import html
import re

import pytest
from justhtml import JustHTML

from aimaturity.report.index import IndexRow, index_page, row_of
from aimaturity.report.templates import open_templates
from aimaturity.scoring.document import Identity
from tests.report.factory import document

BASE = document()


def of(name: str, language: str = "sv") -> IndexRow:
    made = row_of(BASE.model_copy(update={"company": Identity(id="x", name=name)}), language)
    return IndexRow(made.company, made.date, made.level, made.areas, made.titles, {"html": "x.html", "xlsx": "x.xlsx"})


@pytest.mark.parametrize(("language", "note"), [("sv", "Bara för hubben"), ("en", "For the hub only")])
def test_it_says_whom_it_is_for_and_what_came_out(language: str, note: str) -> None:
    page = index_page([of("Åsele Äpplen & Öl", language), of("Brösarp", language)], language, open_templates())
    JustHTML(page, strict=True)
    assert f'<html lang="{language}">' in page
    assert note in page
    assert "Åsele Äpplen &amp; Öl" in page
    assert page.count('href="x.html"') == 2 + 2  # by the name, and among the files
    assert re.search(r"<td>\d+ \(\d+–\d+\)</td>", page)


def test_nothing_in_it_can_run_or_be_fetched() -> None:
    page = index_page([of("<script>alert(1)</script>"), of('" onclick="x')], "sv", open_templates())
    assert "<script" not in page
    assert 'onclick="x' not in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"(src|href)=\"(?!x\.)", page)


def test_its_table_can_be_read_aloud() -> None:
    page = index_page([of("Brösarp")], "sv", open_templates())
    assert "<caption" in page
    heads = re.findall(r"<th\b[^>]*>", page)
    assert all("scope=" in head for head in heads)
    labels = re.findall(r'aria-label="([^"]*)"', page)
    assert "Excel för Brösarp" in labels
    assert page.count("<h1>") == 1


def test_a_company_without_a_report_is_listed_and_leads_nowhere() -> None:
    page = index_page([of("Brösarp"), IndexRow("Österlens Mejeri")], "sv", open_templates())
    row = page[page.index("Österlens Mejeri") - 60 :]
    assert "<a" not in row.split("</tr>")[0]
    assert "Ingen rapport" in row


def test_companies_of_two_methods_share_the_page() -> None:
    other = IndexRow("B", areas={"use": "50"}, titles={"use": "Användning"})
    page = index_page([of("A"), other], "sv", open_templates())
    assert page.count('<th scope="col">') == 3 + len(of("A").titles) + 1 + 1
    assert "–" in page


def test_the_same_rows_give_the_same_bytes() -> None:
    assert index_page([of("A")], "sv", open_templates()) == index_page([of("A")], "sv", open_templates())
