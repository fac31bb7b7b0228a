"""The cohort page in Chromium: for everybody (WCAG 2.2 AA by axe-core), on a phone, in the dark, alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from aimaturity.definitions.colour import LEAST_SHAPE, LEAST_TEXT, contrast
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER
from aimaturity.report.pages import made
from aimaturity.report.templates import open_templates
from tests.programme.cohort.public import first
from tests.report.browser import axe, chromium, needs_browser, opened
from tests.report.cohort_pages import document, file

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]

JUDGED_HERE = {"color-contrast"}
"""What axe can't judge of text inside SVG: the test below computes it."""
Files = dict[tuple[str, str], Path]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("cohort")
    found = {}
    for language in ("sv", "en"):
        public = made(page_of(first().document, language), FOLDER, open_templates())["html"]()
        for name, data in (("hub", file(language, "html")), ("public", public)):
            path = folder / f"{name}.{language}.html"
            path.write_bytes(data)
            found[name, language] = path
    return found


@pytest.mark.parametrize(
    ("name", "language", "scheme"),
    [("hub", "sv", "light"), ("hub", "en", "dark"), ("public", "sv", "dark"), ("public", "en", "light")],
)
def test_axe_finds_nothing_against_wcag_2_2_aa(
    browser: Browser, files: Files, name: str, language: str, scheme: str
) -> None:
    with opened(browser, files[name, language], scheme=scheme) as seen:
        found = axe(seen.page)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    unclear = [(r["id"], node["html"]) for r in found["incomplete"] for node in r["nodes"]]
    assert [(rule, html) for rule, html in unclear if rule not in JUDGED_HERE or not html.startswith("<text")] == []


def test_it_asks_for_nothing_and_says_nothing_on_the_console(browser: Browser, files: Files) -> None:
    with opened(browser, files["hub", "sv"]) as seen:
        seen.page.wait_for_timeout(200)
        assert [url for url in seen.asked if not url.startswith("data:font/woff2")] == [files["hub", "sv"].as_uri()]
        assert seen.console == []


@pytest.mark.parametrize("width", [360, 794, 1400])
@pytest.mark.parametrize("name", ["hub", "public"])
def test_no_width_makes_the_page_scroll_sideways(browser: Browser, files: Files, name: str, width: int) -> None:
    with opened(browser, files[name, "sv"], width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        narrow = seen.page.evaluate(
            "[...document.querySelectorAll('svg')].filter(e => e.getBoundingClientRect().width > 0)"
            ".every(e => e.classList.contains(innerWidth < 704 ? 'narrow' : 'wide'))"
        )
        assert narrow


def test_headings_of_columns_do_not_lie_on_each_other(browser: Browser, files: Files) -> None:
    with opened(browser, files["hub", "sv"], width=1000) as seen:
        over = seen.page.evaluate(
            "[...document.querySelectorAll('thead th')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            ".map(e => e.textContent)"
        )
    assert over == []


INK = """() => {
  const rgb = s => { const m = (s.match(/[\\d.]+/g) || []).map(Number); return m.length < 3 || m[3] === 0 ? null : m.slice(0, 3); };
  const ground = rgb(getComputedStyle(document.documentElement).backgroundColor);
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.getBoundingClientRect().width) continue;
    const shapes = [...svg.querySelectorAll('path')].filter(e => getComputedStyle(e).fill !== 'none' && rgb(getComputedStyle(e).fill))
      .map(e => [e.getBoundingClientRect(), rgb(getComputedStyle(e).fill)]);
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
      let under = ground;
      for (const [b, fill] of shapes) if (b.left <= x && x <= b.right && b.top <= y && y <= b.bottom) under = fill;
      found.push([text.textContent, rgb(getComputedStyle(text).fill), under]);
    }
  }
  return found;
}"""


def colour(parts: list[float]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in parts)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("light", 1000), ("dark", 1000)])
def test_text_in_charts_stands_out_from_what_it_lies_on(
    browser: Browser, files: Files, scheme: str, width: int
) -> None:
    with opened(browser, files["hub", "sv"], scheme=scheme, width=width) as seen:
        found: list[Any] = seen.page.evaluate(INK)
    assert len(found) > 100
    low = [(text, ink, under) for text, ink, under in found if contrast(colour(ink), colour(under)) < LEAST_TEXT]
    assert low == []


SHAPES = """name => [...document.querySelectorAll(`svg .${name}_marks > *`)]
  .filter(e => e.getBoundingClientRect().width + e.getBoundingClientRect().height > 0)
  .map(e => { const s = getComputedStyle(e); return [s.fill, s.stroke]; })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_that_carry_meaning_stand_out(browser: Browser, files: Files, scheme: str) -> None:
    """Bars and lines from their ground; the parts of a bar by the line around each."""

    def seen_as(mark: str, place: int) -> set[str]:
        drawn: list[list[str]] = seen.page.evaluate(SHAPES, mark)
        rgb = [one[place].removeprefix("rgb(").removesuffix(")").split(", ") for one in drawn if "rgb(" in one[place]]
        return {colour([float(part) for part in parts]) for parts in rgb}

    with opened(browser, files["hub", "sv"], scheme=scheme) as seen:
        page = seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        ground = colour([float(part) for part in page.removeprefix("rgb(").removesuffix(")").split(", ")])
        tracks, bands = seen_as("tracks", 0), seen_as("bands", 0)
        for mark, place, grounds in (
            ("bars", 0, tracks), ("ends", 0, bands), ("whole", 1, bands), ("step", 1, tracks), ("zero", 0, tracks),
            ("parts", 1, {ground}), ("keys", 1, {ground}),
        ):  # fmt: skip
            shown = seen_as(mark, place)
            assert shown, mark
            assert min(contrast(one, other) for one in shown for other in grounds) >= LEAST_SHAPE, mark


def test_all_that_can_be_used_is_reached_by_the_keyboard(browser: Browser, files: Files) -> None:
    with opened(browser, files["public", "sv"]) as seen:
        count = seen.page.evaluate("document.querySelectorAll('a[href], [tabindex=\"0\"]').length")
        reached = set()
        for _ in range(count):
            seen.page.keyboard.press("Tab")
            reached.add(seen.page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        assert len(reached) == count


def test_the_documents_are_of_many_companies() -> None:
    assert document().hub is not None
    assert document().hub.companies == 30
