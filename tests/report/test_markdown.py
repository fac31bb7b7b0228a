"""The Markdown report: tables hold, nothing typed becomes markup, and it reads well raw."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from aimaturity.report.markdown import cells, tidy
from aimaturity.report.render import render
from aimaturity.responses.clean import clean
from aimaturity.responses.markdown import escape
from tests.report.factory import document
from tests.report.test_html import CASES, hostile

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = "|<b>x</b>\n\n# h\n- l\n[a](http://e.x)![i](u) `c` **b** _e_ ~~s~~ &lt; https://e.x www.e.x a@b.se\r\n|---|\n"
EVERY_CASE = pytest.mark.parametrize("case", CASES)


def tokens(text: str) -> list[Token]:
    return [inner for token in READER.parse(text) for inner in (token, *(token.children or []))]


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def shown(text: str) -> str:
    """What a reader sees of a line of Markdown."""
    return unescape(re.sub(r"<[^>]*>", "", READER.render(text))).strip("\n")


@EVERY_CASE
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_row_has_the_cells_of_its_heading(case: str, language: str) -> None:
    block: list[int] = []
    for line in [*render(CASES[case], "md", language).split("\n"), ""]:
        if line.startswith("|"):
            assert line.endswith("|")
            block.append(len(cells(line)))
            continue
        assert len(set(block)) <= 1
        block = []


@EVERY_CASE
def test_every_table_is_read_as_one(case: str) -> None:
    text = render(CASES[case], "md", "sv")
    written = sum(bool(re.fullmatch(r"\|[ :|-]+\|", line)) for line in text.split("\n"))
    assert sum(token.type == "table_open" for token in READER.parse(text)) == written > 0


@pytest.mark.parametrize("typed", [NASTY, "- x", "1. x", "# x", "> x", "=== ", "    code", "| --- |", "<!-- x", "```"])
def test_nothing_typed_becomes_markup(typed: str) -> None:
    """The same kinds of tokens as with a harmless word in its place: no HTML, link, picture, heading or list more."""
    ours, plain = (render(hostile(text), "md", "sv") for text in (typed, "ord"))
    assert kinds(ours) <= kinds(plain) | {"text_special", "entity"}
    for kind in (
        "heading_open",
        "list_item_open",
        "tr_open",
        "th_open",
        "td_open",
        "paragraph_open",
        "blockquote_open",
    ):
        assert [t.type for t in tokens(ours)].count(kind) == [t.type for t in tokens(plain)].count(kind)


@given(st.text(max_size=60))
def test_escaped_text_reads_as_it_was_typed(text: str) -> None:
    """In a paragraph and in a cell, apart from white space and what `clean` makes visible."""
    wanted = re.sub(r"[ \t\n\v\f\r\x85\u2028\u2029]+", " ", clean(text)).strip()
    marked = escape(text)
    assert "\n" not in marked
    assert shown(f"x {marked}") == f"x {wanted}".rstrip()
    assert shown(f"{marked} x").strip() == f"{wanted} x".strip()
    table = READER.render(f"| a |\n| --- |\n| {marked} |\n")
    (cell,) = re.findall(r"<td>(.*?)</td>", table, re.DOTALL)
    assert unescape(cell).strip() == wanted.strip()


@given(st.text("-+#=>*_`~[]()<>|\\!&;:.1a @/whtps", max_size=30))
def test_no_mixture_of_signs_is_markup(text: str) -> None:
    allowed = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "entity"}
    assert kinds(escape(text)) <= allowed


@pytest.mark.parametrize("text", ["https://evil.example/x", "HTTP://e.x", "www.evil.example", "ftp://e.x", "a@b.se"])
def test_addresses_do_not_become_links_of_themselves(text: str) -> None:
    """Renderers look for these signs in the raw text; the backslash keeps them from being found."""
    assert not re.search(r"(?i)(https?|ftp)://|www\.|[^\\]@", escape(text))
    assert shown(escape(text)) == text


@pytest.mark.parametrize("text", ["ai_use", "2026-11-23", "40–47", "43 %", "B&B", "Kassation: 410 000 kr.", "(a), b!"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert escape(text) == text


def test_tables_that_fit_are_lined_up_and_others_left() -> None:
    assert tidy("| a | b |\n| --- | ---: |\n| longer | 1 |\n") == (
        "| a      |    b |\n| ------ | ---: |\n| longer |    1 |\n"
    )
    wide = f"| a | {'x' * 200} |\n| --- | --- |\n"
    assert tidy(wide) == wide


def test_blank_lines_come_singly_and_the_file_ends_with_one_newline() -> None:
    assert tidy("\n\na\n\n\n\nb  \n\n\n") == "a\n\nb\n"
    text = render(document(), "md", "sv")
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@EVERY_CASE
def test_headings_skip_no_level(case: str) -> None:
    levels = [int(t.tag[1]) for t in READER.parse(render(CASES[case], "md", "en")) if t.type == "heading_open"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_it_says_what_the_html_says() -> None:
    text = render(document(), "md", "sv")
    for said in (
        "## Nivå 2–3 av 5",
        "| Jämställdhet | 20–96 av 100, för litet underlag | –           |",
        "- **Affärsnytta:** Längst har ni kommit i ”Problemet”, mest återstår i ”Värdet”.",
        "| Klimatnytta | 8 (6–32) | Minst 25 poäng | Nej |",
        "Utlöst av: Ni svarade ”Några av oss vet”",
        "Ställdes inte (Ställs beroende på svaret på ”Var kan AI minska utsläppen?”)",
    ):
        assert said in text, said
