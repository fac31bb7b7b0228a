"""The PDF: page 1 is one page, tagged for those who listen (PDF/UA-1), whole in itself, the same bytes each time.

veraPDF, which would check all of PDF/UA, is a Java program that no Python or npm registry has; these checks stand in.
"""

from __future__ import annotations

import builtins
import io
import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer

from aimaturity.report import pdf as module
from aimaturity.report.build import view_of
from aimaturity.report.comparison import FRONT_LINE
from aimaturity.report.pdf import PdfMissing, pdf
from aimaturity.report.render import render
from aimaturity.scoring.document import Identity, ResultDocument
from tests.report.factory import advice, benchmark, both, document, logos, nodes, root, second, support
from tests.report.pdf_text import squashed, text_of

# One worker makes each PDF once for all.
pytestmark = pytest.mark.xdist_group("pdf")

LONGEST = "Aktiebolaget Österlens Ångpanneverkstad & Finmekaniska Gjuteri i Brösarp med Söner"
LONG = "Det här är en lång mening om vad som finns på plats och vad som återstår, så att raden räcker ända ut och en bit till."


def hard() -> ResultDocument:
    """The hardest page 1 that is promised: 80 characters of name, four long sentences, three steps of two lines."""
    steps = [
        advice(
            f"steg_{number}",
            title=both("Ta fram könsuppdelade siffror för roll, lön och utbildning i hela företaget", "x"),
            first_step=both(
                "Be löneprogrammet om en lista, och gå igenom den med den som har hand om lönerna i år.", "x"
            ),
            points={"capability": 5.2, "business": 3.3, "climate": 8.1, "gender_equality": None},
            who_can_help=document().advice[0].who_can_help,
            hours=12.0,
        )
        for number in range(3)
    ]
    levels = [n.model_copy(update={"description": both(LONG, LONG)}) for n in document().levels]
    return document(
        company=Identity(id="å", name=LONGEST, organisationsnummer="556677-8899"),
        advice=steps,
        levels=levels,
        nodes=[root(level=3, level_low=2, level_high=4), *nodes()],
        occasion=document().occasion.model_copy(
            update={"present": "vd, produktionschef, ekonomiansvarig, löneansvarig och två operatörer från slipningen"}
        ),
        programme=support(funders=both(LONG, LONG)),
    )


def compared() -> ResultDocument:
    """The hardest page 1 with the line on peers, as long as it may be."""
    told = hard().model_copy(update={"benchmark": benchmark()})
    view = view_of(told, "sv").comparison
    assert view is not None
    assert view.front is not None
    assert FRONT_LINE - 5 < len(view.front) <= FRONT_LINE
    return told


def paid() -> ResultDocument:
    """The hardest page 1, where four funders want their logos on it as well."""
    said = support(funders=both(LONG, LONG), funder_logos=logos((400, 100), (300, 300), (60, 90), (900, 200)))
    return hard().model_copy(update={"programme": said})


CASES = {"rich": document(), "second": second(), "hard": hard(), "compared": compared(), "paid": paid()}


@cache
def made(case: str, language: str = "sv") -> bytes:
    return pdf(render(CASES[case], "html", language))


def opened(case: str, language: str = "sv") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(case, language)))


@cache
def page_texts(case: str) -> list[str]:
    return extract_text(io.BytesIO(made(case))).split("\f")


def page_text(case: str, number: int) -> str:
    return page_texts(case)[number]


def elements(file: pikepdf.Pdf) -> Iterator[tuple[str, Any, list[str]]]:
    """Every structure element in reading order: its tag, itself, the tags above it."""

    def walk(node: Any, above: list[str]) -> Iterator[tuple[str, Any, list[str]]]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                tag = str(kid["/S"])
                yield tag, kid, above
                yield from walk(kid, [*above, tag])

    yield from walk(file.Root["/StructTreeRoot"], [])


@pytest.mark.parametrize("case", ["rich", "hard", "paid"])
def test_page_one_is_one_page(case: str) -> None:
    assert len(LONGEST) >= 80
    first, after = page_text(case, 0), page_text(case, 1)
    assert "Så räknar vi s. " in first, "the foot of page 1 stands on it"
    assert "På plats och att göra" not in first
    assert squashed(after).startswith(squashed("På plats och att göra"))


def test_funders_logos_are_figures_with_their_names_on_page_one() -> None:
    file = opened("paid")
    named = [
        str(e.Alt) for tag, e, _ in elements(file) if tag == "/Figure" and str(e.get("/Alt", "")).startswith("Län")
    ]
    assert named == [f"Län {number} i Götaland" for number in range(1, 5)]
    assert len(file.pages[0].get_images()) == 4


def test_page_one_is_one_page_with_the_line_on_peers_too() -> None:
    first, after = page_text("compared", 0), page_text("compared", 1)
    assert "Så räknar vi s. " in first, "the foot of page 1 stands on it"
    assert squashed("över medianen i AI-förmåga; vid medianen i Affärsnytta.") in squashed(first)
    assert "Jämförelse s. 2" in " ".join(first.split())
    assert squashed(after).startswith("Jämförelse")


def test_the_change_page_comes_second() -> None:
    assert "Det här har ändrats" in page_text("second", 1)


def test_pages_are_numbered_and_named() -> None:
    count = len(opened("rich").pages)
    assert 4 < count < 20
    for number in range(count):
        text = " ".join(page_text("rich", number).split())
        assert f"Sida {number + 1} av {count}" in text
        assert "AI-mognadsanalys – Brösarps Finmekanik AB" in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_says_that_it_is_pdf_ua_in_which_language_and_what_it_is_called(language: str) -> None:
    with opened("rich", language) as file:
        assert bool(file.Root["/MarkInfo"]["/Marked"])
        assert str(file.Root["/Lang"]) == language
        assert bool(file.Root["/ViewerPreferences"]["/DisplayDocTitle"])
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Brösarps Finmekanik AB" in metadata["dc:title"]
            assert "dc:creator" not in metadata
        assert "/Author" not in file.docinfo
        assert str(file.docinfo["/CreationDate"]).startswith("D:20261123")


def test_a_document_without_a_date_takes_none_from_the_clock() -> None:
    undated = document(occasion=document().occasion.model_copy(update={"date": None}))
    with pikepdf.open(io.BytesIO(pdf(render(undated, "html", "sv")))) as file:
        assert "/CreationDate" not in file.docinfo


def test_bookmarks_lead_through_it_in_the_order_of_its_headings() -> None:
    with opened("second") as file, file.open_outline() as outline:
        (company,) = outline.root
        assert str(company.title) == "Brösarps Finmekanik AB"
        topics = [str(item.title) for item in company.children]
    assert topics[:4] == ["Nivå 2–3 av 5", "Profil", "Tre nästa steg", "Det här har ändrats"]
    assert topics[-1] == "Versioner"


def test_every_figure_has_its_words_and_every_table_its_headers() -> None:
    with opened("second") as file:
        found = list(elements(file))
        figures = [item for tag, item, _ in found if tag == "/Figure"]
        assert len(figures) >= 5
        for figure in figures:
            assert len(str(figure.get("/Alt", ""))) > 20
        tables = [item for tag, item, _ in found if tag == "/Table"]
        assert len(tables) > 10
        for table in tables:
            inside = [tag for tag, _, _ in elements_below(table)]
            assert {"/TH", "/TD"} <= set(inside)
            assert "/Table" not in inside
            assert {str(kid["/S"]) for kid in table["/K"]} <= {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"}
        cells = [item for tag, item, above in found if tag == "/TD"]
        assert all(len(cell["/A"]["/Headers"]) for cell in cells), "every cell names its headers"


def elements_below(node: Any) -> Iterator[tuple[str, Any, list[str]]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid["/S"]), kid, []
            yield from elements_below(kid)


def test_headings_begin_with_one_h1_and_skip_no_level() -> None:
    with opened("rich") as file:
        levels = [int(tag[2]) for tag, _, _ in elements(file) if tag[:2] == "/H" and tag[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_it_reads_in_the_order_in_which_it_stands() -> None:
    text = squashed(text_of(made("second")))
    order = [
        "Brösarps Finmekanik AB",
        "Nivå 2–3 av 5",
        "Tre nästa steg",
        "Det här har ändrats",
        "Vägen till nästa nivå",
    ]
    order += ["Område för område", "Er AI-idé", "Alla råd", "Det vi inte vet", "Så läser ni rapporten", "Alla svar"]
    places = [text.find(squashed(heading)) for heading in order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("case", CASES)
def test_only_our_own_font_is_inside_and_embedded(case: str) -> None:
    with opened(case) as file:
        fonts = {
            str(font["/BaseFont"]): font
            for page in file.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
        assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"Inter"}
        for font in fonts.values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_links_lead_to_places_inside_it_and_nothing_runs() -> None:
    with opened("rich") as file:
        links = [link for page in file.pages for link in page.get("/Annots", []) if link["/Subtype"] == "/Link"]
        assert len(links) > 20
        assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(file.Root.keys())
        assert "/JavaScript" not in file.Root.get("/Names", {})


def test_the_same_html_gives_the_same_bytes() -> None:
    assert pdf(render(CASES["rich"], "html", "sv")) == made("rich")


def test_nothing_outside_the_page_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "hemlig.css"
    secret.write_text("p::after { content: 'LÄCKT' }", "utf-8")
    outside = (
        f'<html lang="sv"><head><title>å</title><link rel="stylesheet" href="{secret.as_uri()}"></head>'
        f'<body><p>Text</p><img src="{(tmp_path / "x.png").as_uri()}" alt="a">'
        '<img src="http://127.0.0.1:9/a.png" alt="b"></body></html>'
    )
    assert "LÄCKT" not in text_of(pdf(outside))


def test_where_weasyprint_is_missing_the_reason_and_what_to_do_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nmore")
        return real(name, *rest, **more)

    module._weasyprint.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PdfMissing) as raised:
        pdf("<p>å</p>")
    module._weasyprint.cache_clear()
    told = raised.value.diagnostic
    assert told.code == "AIM512"
    assert "libpango" in told.message("sv")
    assert "aimaturity[pdf]" in told.hint("sv")


def test_what_was_typed_stays_text_and_inside_the_page() -> None:
    """Markup, marks that turn the direction and a word of 500 letters, in a name, an answer and a comment."""
    typed = "<script>{{ 7 * 7 }}</script> \u202e " + "Ö" * 500
    answers = [a.model_copy(update={"comment": typed, "words": both(typed, typed)}) for a in document().answers[:5]]
    data = pdf(render(document(company=Identity(id=typed, name=typed), answers=answers, advice=[]), "html", "sv"))
    assert text_of(data).count("{{ 7 * 7 }}") >= 6
    for page in extract_pages(io.BytesIO(data)):
        for box in page:
            assert not isinstance(box, LTTextContainer) or box.x1 <= page.width - 40, box.get_text()[:60]
