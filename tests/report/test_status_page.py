"""The status page: its golden document, what it says, and in Chromium for everybody."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from aimaturity.definitions.colour import LEAST_TEXT, contrast
from aimaturity.definitions.load import load_programme
from aimaturity.documents.status import StatusDocument
from aimaturity.programme.status.public import public
from aimaturity.programme.status.standing import status
from aimaturity.programme.store import open_store
from aimaturity.report import pages
from aimaturity.report.status.brief import brief
from aimaturity.report.status.build import page_of
from aimaturity.report.status.lines import lines
from aimaturity.report.status.teller import Teller
from aimaturity.report.templates import open_templates
from aimaturity.scoring.parts import dumps
from tests.conftest import Golden
from tests.programme.status.invented import fill, rows
from tests.report.browser import axe, chromium, needs_browser, opened
from tests.report.test_browser import INK, JUDGED_HERE, colour

HERE = Path(__file__).parent
DAY = dt.date(2023, 6, 15)
browsed = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, StatusDocument]:
    programme = load_programme("digit-hub-ai").value
    assert programme is not None
    with open_store(str(tmp_path_factory.mktemp("s") / "register.db")) as store:
        fill(store, rows(programme, 200, 11))
        found = status(store, programme, DAY, for_public=True)
        empty = status(store, programme.model_copy(update={"promises": (), "period": None}), DAY).document
    return {
        "hub": found.document,
        "public": public(found.document, found.tally, found.addresses, programme),
        "bare": empty,
    }


def test_the_document_and_its_text_are_those_expected(documents: dict[str, StatusDocument], golden: Golden) -> None:
    expected = {"status.json": dumps(documents["hub"])}
    expected["lines.sv.txt"] = "\n".join(lines(documents["hub"], "sv")) + "\n"
    expected["page.sv.md"] = pages.markdown(page_of(documents["public"], "sv"), "status", open_templates())
    golden.check(HERE / "golden-status", expected)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["hub", "public", "bare"])
def test_every_number_of_the_tables_is_on_the_page(
    documents: dict[str, StatusDocument], name: str, language: str
) -> None:
    document = documents[name]
    view = page_of(document, language)
    teller = Teller(document, language)
    shown = {cell.text for table in view.tables() for row in table.rows for cell in row}
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            assert teller.written(cell) in shown
    assert len({table.id for table in view.tables()}) == len(list(view.tables()))
    html = pages.html(view, "status", open_templates())
    assert f'<html lang="{language}">' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "None" not in re.sub(r"<style>.*?</style>|<meta[^>]*>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["hub", "public"])
def test_what_does_not_count_stands_below_the_total_that_it_is_not_part_of(
    documents: dict[str, StatusDocument], name: str
) -> None:
    view = page_of(documents[name], "sv")
    [people] = [table for table in view.tables() if table.id == "table-people-kind"]
    titles = [row[0].text for row in people.rows]
    assert [title for title in titles[titles.index("Alla") + 1 :] if "räknas inte" not in title] == []
    assert not any("räknas inte" in title for title in titles[: titles.index("Alla")])
    assert any("räknas inte" in title for title in titles)
    if name == "hub":
        values = [[cell.value for cell in row[1:]] for row in people.rows[: titles.index("Alla") + 1]]
        for column in zip(*values, strict=True):
            assert sum(column[:-1]) == pytest.approx(column[-1], abs=0.06 * len(column))
    assert "under raden Alla" in pages.markdown(view, "status", open_templates())
    companies = next(table for table in view.tables() if table.id == "table-companies-kind")
    assert companies.rows[-1][0].text == "Alla"


def test_a_promise_is_told_by_how_it_stands(documents: dict[str, StatusDocument]) -> None:
    first = documents["hub"].promises[0]
    teller = Teller(documents["hub"], "sv")

    def told(**update: Any) -> str:
        return brief(teller, first.model_copy(update=update))

    assert first.forecast is not None
    assert "Målet nås inte om det fortsätter så." in told(standing="unlikely")
    assert told(standing="kept", share=1.0).endswith("Målet är nått.")
    assert told(standing="missed", forecast=None, no_forecast="over").endswith("målet nåddes inte.")
    assert told(standing=None, forecast=None, no_forecast="too_few_months").endswith("tre hela månader.")
    assert told(share=None, standing=None, forecast=None, no_forecast="withheld").startswith(
        "Nådda företag: antalet är dolt."
    )


def test_funders_stand_at_the_foot_with_their_logos(documents: dict[str, StatusDocument]) -> None:
    from aimaturity.scoring.document import FunderLogo

    pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    logo = FunderLogo(name={"sv": "Region Skåne", "en": "Region Skåne"}, uri=pixel)
    signed = documents["public"].programme.model_copy(update={"funder_logos": [logo]})
    html = pages.html(
        page_of(documents["public"].model_copy(update={"programme": signed}), "sv"), "status", open_templates()
    )
    foot = html[html.index("<footer") :]
    assert "Med finansiering från Europeiska unionen (REACT-EU), Region Skåne och Region Blekinge." in foot
    assert 'alt="Region Skåne"' in foot


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def files(
    documents: dict[str, StatusDocument], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    folder, made = tmp_path_factory.mktemp("pages"), {}
    for name, document in documents.items():
        for language in ("sv", "en"):
            path = folder / f"{name}.{language}.html"
            path.write_text(pages.html(page_of(document, language), "status", open_templates()), "utf-8")
            made[name, language] = path
    return made


Files = dict[tuple[str, str], Path]


@browsed
@needs_browser
@pytest.mark.parametrize(
    ("name", "language", "scheme"),
    [
        ("hub", "sv", "light"),
        ("hub", "en", "dark"),
        ("public", "en", "light"),
        ("public", "sv", "dark"),
        ("bare", "sv", "light"),
    ],
)
def test_axe_finds_nothing_against_wcag_2_2_aa(
    browser: Browser, files: Files, name: str, language: str, scheme: str
) -> None:
    with opened(browser, files[name, language], scheme=scheme) as seen:
        found = axe(seen.page)
        assert seen.console == []
        assert [url for url in seen.asked if not url.startswith("data:font/woff2")] == [files[name, language].as_uri()]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    unclear = [(rule["id"], node["html"]) for rule in found["incomplete"] for node in rule["nodes"]]
    assert [(rule, html) for rule, html in unclear if rule not in JUDGED_HERE or not html.startswith("<text")] == []


@browsed
@needs_browser
@pytest.mark.parametrize("width", [360, 794, 1400])
def test_no_width_makes_the_page_scroll_sideways(browser: Browser, files: Files, width: int) -> None:
    with opened(browser, files["hub", "sv"], width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        cut = seen.page.evaluate(
            """() => [...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width).flatMap(s => {
            const box = s.getBoundingClientRect();
            return [...s.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
              return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 3 || b.bottom > box.bottom + 3; })
            .map(t => t.textContent); })"""
        )
        assert cut == []


@browsed
@needs_browser
@pytest.mark.parametrize("width", [390, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_in_charts_stands_out_from_what_it_lies_on(
    browser: Browser, files: Files, scheme: str, width: int
) -> None:
    with opened(browser, files["hub", "sv"], scheme=scheme, width=width) as seen:
        found: list[Any] = seen.page.evaluate(INK)
    assert len(found) > 40
    low = [(text, ink, under) for text, ink, under in found if contrast(colour(ink), colour(under)) < LEAST_TEXT]
    assert low == []


def test_the_document_is_what_its_schema_says(documents: dict[str, StatusDocument]) -> None:
    import jsonschema

    schema = json.loads((HERE.parent.parent / "schemas" / "status.schema.json").read_text("utf-8"))
    for document in documents.values():
        jsonschema.Draft202012Validator(schema).validate(json.loads(dumps(document)))


@browsed
@needs_browser
def test_funders_are_named_on_paper_too(browser: Browser, files: Files) -> None:
    with opened(browser, files["public", "sv"], media="print") as seen:
        assert seen.page.locator("footer").inner_text().endswith("Region Skåne och Region Blekinge.")
        assert seen.page.locator("footer").is_visible()
