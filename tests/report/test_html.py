"""The HTML report: valid, one safe file, in order for those who read it aloud, and everything typed shown as text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from itertools import pairwise

import pytest
from justhtml import JustHTML
from justhtml.dom import Element

from aimaturity.report.html import css_string
from aimaturity.report.render import render
from aimaturity.scoring.document import Identity, Occasion, ResultDocument
from tests.report.factory import benchmark, document, nodes, root

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}{% raw %}\u202eevil\x00\x07 å"
SHOWN = HOSTILE.replace("\u202e", "\ufffd").replace("\x00", "\ufffd").replace("\x07", "\ufffd")


def hostile(text: str = HOSTILE) -> ResultDocument:
    """The same text wherever somebody could have typed it."""
    typed = {"comment": text, "evidence": "seen", "evidence_note": text, "raw": text, "ask": text, "reason": text}
    base = document()
    return document(
        company=Identity(id=text, name=text, organisationsnummer=text),
        occasion=Occasion(date=text, occasion=text, voice=text, adviser=text, respondent=text, source_file=text),
        answers=[a.model_copy(update=typed | {"words": {"sv": text, "en": text}}) for a in base.answers],
    )


CASES = {
    "rich": document(),
    "hostile": hostile(),
    "bare": document(answers=[], advice=[], facts=[], sources=[], contradictions=[], warnings=[], levels=[]),
    "indication": document(indication=True, nodes=[root(stages=[], level_low=None, level_high=None), *nodes()]),
    "one area": document(areas=["climate"]),
    "no programme": document(programme=None),
    "peers": document(benchmark=benchmark()),
}
EVERY_CASE = pytest.mark.parametrize("case", CASES)


@cache
def page(case: str, language: str = "sv") -> str:
    return render(CASES[case], "html", language)


@cache
def tree(case: str, language: str = "sv") -> JustHTML:
    return JustHTML(page(case, language), sanitize=False, strict=True)


def all_of(case: str, selector: str) -> list[Element]:
    return [found for found in tree(case).query(selector) if isinstance(found, Element)]


@EVERY_CASE
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_strict_parser_finds_nothing_wrong(case: str, language: str) -> None:
    assert tree(case, language).errors == []
    assert f'<html lang="{language}">' in page(case, language)


@EVERY_CASE
def test_it_is_one_file_without_script_or_anything_fetched(case: str) -> None:
    for name in ("script", "link", "iframe", "object", "embed", "base", "form", "audio", "video", "source"):
        assert all_of(case, name) == [], name
    for element in all_of(case, "*"):
        attributes = element.attrs or {}
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcset")]
        assert attributes.get("src", "data:image/").startswith("data:image/")
        assert attributes.get("href", "#").startswith("#")
    (style,) = all_of(case, "style")
    assert not re.search(r"url\((?!\"data:font/woff2;base64,)|@import|expression", style.to_text())


@EVERY_CASE
def test_the_policy_allows_this_very_style_sheet_and_nothing_else(case: str) -> None:
    sheet = re.search(r"<style>(.*?)</style>", page(case), re.DOTALL)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page(case))
    assert sheet is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


@EVERY_CASE
def test_headings_begin_with_the_company_and_skip_no_level(case: str) -> None:
    levels = [int(element.name[1]) for element in all_of(case, "h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@EVERY_CASE
def test_the_page_has_landmarks_and_a_way_past_what_repeats(case: str) -> None:
    assert [len(all_of(case, name)) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert all_of(case, "nav")[0].attrs.get("aria-label")
    (skip,) = all_of(case, "a.skip")
    assert skip.attrs["href"] == f"#{all_of(case, 'main')[0].attrs['id']}"


@EVERY_CASE
def test_every_id_is_there_once_and_every_link_leads_somewhere(case: str) -> None:
    ids = [element.attrs["id"] for element in all_of(case, "[id]")]
    assert len(ids) == len(set(ids))
    leads = {element.attrs["href"].removeprefix("#") for element in all_of(case, "a[href]")}
    named = {word for e in all_of(case, "[aria-labelledby]") for word in (e.attrs["aria-labelledby"] or "").split()}
    assert (leads | named) - set(ids) == set()


@EVERY_CASE
def test_every_table_has_a_caption_and_headers_with_scope(case: str) -> None:
    tables = all_of(case, "table")
    assert tables
    for table in tables:
        (caption,) = table.query("caption")
        assert caption.to_text().strip()
        headers = [cell for cell in table.query("th") if isinstance(cell, Element)]
        assert headers
        assert {cell.attrs.get("scope") for cell in headers} <= {"col", "row"}
        columns = len(table.query("thead tr:first-child th"))
        assert {len(row.query("th, td")) for row in table.query("tr")} == {columns}


@EVERY_CASE
def test_wide_tables_can_be_reached_and_moved_with_the_keyboard(case: str) -> None:
    for region in all_of(case, "div.wide"):
        assert (region.attrs.get("role"), region.attrs.get("tabindex")) == ("region", "0")
        assert region.attrs.get("aria-label")


@EVERY_CASE
def test_every_drawing_has_a_name_of_its_own_and_says_nothing_else_aloud(case: str) -> None:
    drawings = all_of(case, "svg")
    assert drawings
    for drawing in drawings:
        (title,) = (found for found in drawing.query("title") if isinstance(found, Element))
        assert (drawing.attrs.get("role"), drawing.attrs.get("aria-labelledby")) == ("img", title.attrs["id"])
        assert title.to_text().strip()
        spoken = [
            e for e in drawing.query("*") if isinstance(e, Element) if {"role", "aria-label"} & set(e.attrs or {})
        ]
        assert spoken == []


def test_what_a_person_typed_is_shown_as_text_everywhere() -> None:
    text = tree("hostile").to_text()
    assert text.count(SHOWN) > 50
    assert "49" not in re.findall(r"&amp;(\d+)", text)
    (heading,) = all_of("hostile", "h1")
    assert heading.to_text() == SHOWN
    assert all("\x00" not in part and "\u202e" not in part for part in (page("hostile"), text))


def test_line_breaks_in_a_comment_are_kept() -> None:
    commented = document(answers=[document().answers[0].model_copy(update={"comment": "en\r\ntvå"})])
    assert "en\ntvå</bdi>" in render(commented, "html", "sv")


def test_the_running_foot_cannot_end_the_style_sheet() -> None:
    assert css_string('a"b\\</style>\n') == '"a\\000022b\\00005c\\00003c\\00002fstyle\\00003e\\00000a"'
    assert css_string("Åsele – AB") == '"Åsele – AB"'
    assert page("hostile").count("</style>") == 1
    assert '@bottom-right{content:"Sida " counter(page) " av " counter(pages)}' in page("rich")


def test_the_same_document_gives_the_same_bytes() -> None:
    again = ResultDocument.model_validate_json(document().model_dump_json(by_alias=True))
    assert render(again, "html", "sv") == page("rich")


def test_states_areas_and_steps_can_be_found_by_their_ids() -> None:
    rows = {row.attrs["data-question"]: row.attrs["class"] for row in all_of("rich", "table.answers tr[data-question]")}
    assert set(rows.values()) == {"answered", "dont_know", "not_applicable", "hidden", "blank"}
    first = all_of("rich", "table.said tbody tr")[0]
    assert (first.attrs["data-node"], first.attrs["data-questions"]) == ("capability", "ai_operations")


def test_the_adviser_box_is_there_only_where_answers_contradict() -> None:
    assert "Till rådgivaren" in page("rich")
    assert "Till rådgivaren" not in page("bare")


def test_every_mark_of_an_indication_is_a_word() -> None:
    text = tree("indication").to_text()
    assert "indikation" in text
    assert all_of("indication", "section.level") == []
    assert "indication" in JustHTML(page("indication", "en"), sanitize=False).to_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_shapes_stand_out_from_their_ground(scheme: str) -> None:
    """WCAG 1.4.3 and 1.4.11: 4.5 for text, 3 for shapes that carry meaning, in both schemes."""
    light, dark = re.findall(r":root \{(.*?)\}", page("rich"), re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", light))
    colours |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {}
    for ground in ("ground", "tint"):
        assert min(_contrast(colours[ink], colours[ground]) for ink in ("ink", "soft", "blue")) >= 4.5
    assert _contrast(colours["on-blue"], colours["blue"]) >= 4.5
    for shade in range(5):
        for shape in ("blue", "ink"):
            assert _contrast(colours[shape], colours[f"shade-{shade}"]) >= 3
    assert _contrast(colours["ink"], colours["halo"]) >= 3


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
