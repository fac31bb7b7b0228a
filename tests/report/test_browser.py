"""The HTML report in Chromium: for everybody (WCAG 2.2 AA by axe-core), by keyboard, on a phone, alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from aimaturity.definitions.colour import LEAST_SHAPE, LEAST_TEXT, contrast
from aimaturity.report.render import render
from aimaturity.scoring.document import Identity, Occasion, ResultDocument
from tests.report.browser import axe, chromium, needs_browser, opened
from tests.report.factory import benchmark, document, logos, second, support

# One browser for all of them.
pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]

JUDGED_HERE = {"color-contrast"}
"""What axe can't judge, and why it may: text inside SVG lies on shapes, whose colours the test below computes."""
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }} *å* `|` =1+1 ../../x "
WORD = "Ö" * 500
HOSTILE = f"{MARKUP}\u202e\u200f\u2067arab\u2069 {WORD}"


def hostile() -> ResultDocument:
    """Markup, marks that turn the direction, and a word of 500 letters, wherever somebody could have typed."""
    base = second()
    typed = {"comment": HOSTILE, "evidence": "seen", "evidence_note": HOSTILE, "raw": HOSTILE, "ask": HOSTILE}
    words = {"sv": HOSTILE, "en": HOSTILE}
    answers = [
        a.model_copy(
            update=typed
            | {"words": words, "text": words}
            | {
                key: other.model_copy(update={"words": words})
                for key in ("own", "earlier")
                if (other := getattr(a, key))
            }
        )
        for a in base.answers
    ]
    nodes = [n.model_copy(update={"title": words if n.depth == 2 else n.title}) for n in base.nodes]
    occasion = Occasion(date=HOSTILE, occasion=HOSTILE, adviser=HOSTILE, present=HOSTILE, source_file=HOSTILE)
    head = [fact.model_copy(update={"text": words}) for fact in base.head]
    return second(
        company=Identity(id=HOSTILE, name=HOSTILE, organisationsnummer=HOSTILE),
        occasion=occasion, answers=answers, nodes=nodes, head=head, programme=support(title=words, funders=words),
    )  # fmt: skip


DOCUMENTS = {
    "first": document(),
    "second": second(),
    "peers": document(benchmark=benchmark()),
    "colour": second(programme=support(colour="#7a1f5c", funder_logos=logos((400, 100), (300, 300)))),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for name, told in {**DOCUMENTS, "hostile": hostile()}.items():
        for language in ("sv", "en"):
            path = folder / f"{name}.{language}.html"
            path.write_text(render(told, "html", language), "utf-8")
            made[name, language] = path
    return made


Files = dict[tuple[str, str], Path]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["first", "second", "peers", "colour"])
def test_axe_finds_nothing_against_wcag_2_2_aa(
    browser: Browser, files: Files, name: str, language: str, scheme: str
) -> None:
    with opened(browser, files[name, language], scheme=scheme) as seen:
        found = axe(seen.page)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    unclear = [(r["id"], node["html"]) for r in found["incomplete"] for node in r["nodes"]]
    assert [(rule, html) for rule, html in unclear if rule not in JUDGED_HERE or not html.startswith("<text")] == []


def test_axe_itself_is_awake(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text('<html><title>x</title><img src="data:,"><p style="color:#bbb">blek text</p>', "utf-8")
    with opened(browser, page) as seen:
        assert {rule["id"] for rule in axe(seen.page)["violations"]} >= {"html-has-lang", "image-alt", "color-contrast"}


@pytest.mark.parametrize("name", ["second", "hostile"])
def test_it_asks_for_nothing_and_says_nothing_on_the_console(browser: Browser, files: Files, name: str) -> None:
    with opened(browser, files[name, "sv"]) as seen:
        seen.page.wait_for_timeout(200)
        assert [url for url in seen.asked if not url.startswith("data:font/woff2")] == [files[name, "sv"].as_uri()]
        assert seen.console == []
        assert seen.page.evaluate("document.fonts.check('600 16px Inter')")


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [360, 400, 794, 1400])
@pytest.mark.parametrize("name", ["second", "peers", "hostile"])
def test_no_width_makes_the_page_scroll_sideways(
    browser: Browser, files: Files, name: str, width: int, media: str
) -> None:
    with opened(browser, files[name, "sv"], width=width, media=media) as seen:
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width if media == "screen" or width >= 794 else True
        out = seen.page.evaluate(
            """() => [...document.querySelectorAll('main p, main li, main h2, main h3, header *')]
            .filter(e => !e.closest('.wide') && !e.closest('.unseen') && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert media == "print" or out == []


def test_on_a_phone_the_charts_are_those_made_for_it(browser: Browser, files: Files) -> None:
    sizes = "[...document.querySelectorAll('svg')].filter(e => e.getBoundingClientRect().width > 0).map(e => e.classList[1])"
    with opened(browser, files["second", "sv"], width=390) as seen:
        assert set(seen.page.evaluate(sizes)) == {"narrow", "only"}
        smallest = seen.page.evaluate(
            "Math.min(...[...document.querySelectorAll('svg text')].map(e => e.getBoundingClientRect().height)"
            ".filter(height => height > 0))"
        )
        assert smallest >= 11
    with opened(browser, files["second", "sv"], width=900) as seen:
        assert set(seen.page.evaluate(sizes)) == {"wide", "only"}


def test_all_that_can_be_used_is_reached_by_the_keyboard_and_shows_it(browser: Browser, files: Files) -> None:
    with opened(browser, files["second", "sv"]) as seen:
        page = seen.page
        count = page.evaluate("document.querySelectorAll('a[href], [tabindex=\"0\"]').length")
        reached, shown = set(), 0
        for _ in range(count):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
            shown += page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        assert len(reached) == count
        assert shown == count


def test_the_first_stop_leads_past_the_head(browser: Browser, files: Files) -> None:
    with opened(browser, files["first", "sv"]) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
        assert seen.page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("location.hash") == "#content"


def test_what_was_typed_is_text_and_runs_nowhere(browser: Browser, files: Files) -> None:
    with opened(browser, files["hostile", "sv"]) as seen:
        assert seen.page.evaluate("document.querySelectorAll('script, img, iframe').length") == 0
        assert seen.page.evaluate("document.querySelector('h1').textContent").startswith(MARKUP)
        text = seen.page.evaluate("document.body.textContent")
        assert text.count("{{ 7 * 7 }}") > 50
        assert "\u202e" not in text
        assert "\u2067" not in text


INK = """() => {
  const rgb = s => { const m = (s.match(/[\\d.]+/g) || []).map(Number); return m.length < 3 ? null : m.length > 3 && m[3] === 0 ? null : m.slice(0, 3); };
  const ground = rgb(getComputedStyle(document.documentElement).backgroundColor);
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.getBoundingClientRect().width) continue;
    const shapes = [...svg.querySelectorAll('path')].filter(e => rgb(getComputedStyle(e).fill) && getComputedStyle(e).fill !== 'none');
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
      let under = ground;
      for (const shape of shapes) {
        const b = shape.getBoundingClientRect();
        if (b.left <= x && x <= b.right && b.top <= y && y <= b.bottom) under = rgb(getComputedStyle(shape).fill);
      }
      found.push([text.textContent, rgb(getComputedStyle(text).fill), under]);
    }
  }
  return found;
}"""


def colour(parts: list[int]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in parts)


@pytest.mark.parametrize("width", [390, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["second", "peers", "colour"])
def test_text_in_charts_stands_out_from_what_it_lies_on(
    browser: Browser, files: Files, name: str, scheme: str, width: int
) -> None:
    """Axe can't judge text in SVG: its fill against the fill of the last shape drawn under its middle, else the page."""
    with opened(browser, files[name, "sv"], scheme=scheme, width=width) as seen:
        found: list[Any] = seen.page.evaluate(INK)
    assert len(found) > 40
    low = [(text, ink, under) for text, ink, under in found if contrast(colour(ink), colour(under)) < LEAST_TEXT]
    assert low == []


SHAPES = """name => [...document.querySelectorAll(`svg .${name}_marks > *`)]
  .filter(e => e.getBoundingClientRect().width + e.getBoundingClientRect().height > 0)
  .map(e => { const s = getComputedStyle(e); return e.tagName === 'line' ? s.stroke : s.fill; })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["second", "colour"])
def test_shapes_that_carry_meaning_stand_out_from_every_ground(
    browser: Browser, files: Files, name: str, scheme: str
) -> None:
    with opened(browser, files[name, "sv"], scheme=scheme) as seen:
        drawn = {
            mark: {colour(list(map(float, re.findall(r"[\d.]+", c)))[:3]) for c in seen.page.evaluate(SHAPES, mark)}  # type: ignore[arg-type]
            for mark in ("bars", "bounds", "ends", "bands", "tracks", "is", "was", "now", "step")
        }
        page = seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    grounds = drawn["bands"] | drawn["tracks"] | {colour([int(n) for n in re.findall(r"\d+", page)[:3]])}
    for mark in ("bars", "bounds", "ends"):
        assert drawn[mark]
        assert min(contrast(one, other) for one in drawn[mark] for other in grounds) >= LEAST_SHAPE, mark
    pale = min(grounds, key=lambda ground: contrast(ground, next(iter(drawn["bars"]))) * -1)
    for mark in ("is", "was", "now", "step"):
        assert all(contrast(one, pale) >= LEAST_SHAPE for one in drawn[mark]), mark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quartiles_and_the_companys_own_dot_stand_out(browser: Browser, files: Files, scheme: str) -> None:
    """Frames by their lines, the median and the dot by their fill; the dot from the median by the ring around it."""
    strokes = SHAPES.replace("e.tagName === 'line' ? s.stroke : s.fill", "s.stroke")

    def colours(script: str, mark: str) -> set[str]:
        found: list[str] = seen.page.evaluate(script, mark)
        return {colour([int(float(n)) for n in re.findall(r"[\d.]+", one)[:3]]) for one in found}

    with opened(browser, files["peers", "sv"], scheme=scheme) as seen:
        seen.page.evaluate("document.querySelectorAll('svg').forEach(e => e.closest('.comparison') || e.remove())")
        (band,), (frame,) = colours(SHAPES, "bands"), colours(strokes, "quartiles")
        (median,), (dot,), (ring,) = colours(SHAPES, "middle"), colours(SHAPES, "own"), colours(strokes, "own")
    for one, other in ((frame, band), (median, band), (dot, band), (dot, ring), (median, ring)):
        assert contrast(one, other) >= LEAST_SHAPE, (one, other)
