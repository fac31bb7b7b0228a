"""The cohort page: what the document says, in both languages, as HTML, Markdown and a workbook."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from justhtml import JustHTML
from python_calamine import CalamineWorkbook

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.library import bundled_folder
from aimaturity.documents.cohort import CohortDocument, Distribution, NodeChange
from aimaturity.programme.cohort.hub import cohort
from aimaturity.report.blocks import Block, PageView
from aimaturity.report.charts import draw, read_spec
from aimaturity.report.cohort import charts
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER, Teller
from aimaturity.report.cohort.write import write_cohort
from aimaturity.report.pages import made
from aimaturity.report.pdf import pdf
from aimaturity.report.templates import open_templates
from aimaturity.scoring.parts import dumps
from tests.programme.cohort.factory import results
from tests.programme.cohort.public import first
from tests.report.cohort_pages import document, file, view
from tests.report.pdf_text import text_of

# In the same worker as the tests in Chromium, which look at the same pages.
pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}|=1+1 å\u202e\x00"


def blocks(page: PageView) -> list[Block]:
    found: list[Block] = []
    waiting = list(page.blocks)
    while waiting:
        block = waiting.pop(0)
        found.append(block)
        waiting = [*block.blocks, *waiting]
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_one_safe_file_with_every_part(language: str) -> None:
    html = file(language, "html").decode()
    JustHTML(html, strict=True)
    assert f'<html lang="{language}">' in html
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r"<script|<link|<iframe|https?://(?!www\.w3\.org)| style=", html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for block in blocks(view(language)):
        assert f'id="{block.anchor}"' in html
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_is_in_every_kind_with_the_same_words(language: str) -> None:
    html = squeezed(file(language, "html").decode())
    markdown = file(language, "md").decode()
    book = CalamineWorkbook.from_filelike(BytesIO(file(language, "xlsx")))
    tables = list(view(language).tables())
    assert len(book.sheet_names) == len(tables) + 1
    assert len(set(book.sheet_names)) == len(book.sheet_names)
    assert len(re.findall(r"^\| ---", markdown, re.MULTILINE)) == len(tables)
    for table, name in zip(tables, book.sheet_names[1:], strict=True):
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[0] == [column.title for column in table.columns]
        assert len(rows) == len(table.rows) + 1
        for cells, row in zip(table.rows, rows[1:], strict=True):
            assert row[0] == cells[0].text
            for cell, value in zip(cells, row, strict=True):
                if isinstance(cell.value, int | float):
                    assert value == pytest.approx(cell.value)
        assert f'id="{table.id}"' in html
        assert sum(column.width for column in table.columns) <= 102


def test_widths_are_those_that_the_style_sheet_has() -> None:
    sheet = (bundled_folder("report_templates") / "shared" / "style.css").read_text("utf-8")
    known = {int(width) for width in re.findall(r"\.w(\d+) \{", sheet)}
    used = {c.width for page in (view("sv"), page_of(first().document, "sv")) for t in page.tables() for c in t.columns}
    assert used <= known


def test_each_chart_has_a_table_of_the_same_worth_beside_it() -> None:
    drawn = [block for block in blocks(view("sv")) if block.chart is not None]
    assert len(drawn) > 8
    for block in drawn:
        assert block.tables, block.anchor
        told = " ".join(cell.text for table in block.tables for row in table.rows for cell in row)
        assert block.chart is not None
        for row in block.chart.data["rows"]:
            assert str(row["title"]) in told, (block.anchor, row["title"])


def test_levels_in_the_chart_are_the_documents() -> None:
    assert document().hub is not None
    assert document().hub.levels is not None
    block = next(b for b in blocks(view("sv")) if b.anchor == "levels")
    assert block.chart is not None
    labels = [row["label"] for row in block.chart.data["rows"]]
    wanted = [each.companies for each in document().hub.levels.levels]
    assert labels[: len(wanted)] == [str(number) for number in wanted]


def test_strips_lie_where_the_scores_do() -> None:
    assert document().hub is not None
    block = next(b for b in blocks(view("sv")) if b.anchor == "areas")
    assert block.chart is not None
    for row, name in zip(block.chart.data["rows"], document().areas, strict=True):
        node = next(n for n in document().hub.nodes if n.id == name)
        assert node.distribution is not None
        for key, end in (
            ("low", "lowest"),
            ("from", "lower_quartile"),
            ("middle", "median"),
            ("to", "upper_quartile"),
            ("high", "highest"),
        ):
            assert row[key] == pytest.approx(getattr(node.distribution, end) / 100, abs=1e-5)


def test_parts_of_a_bar_make_up_the_whole() -> None:
    for block in blocks(view("sv")):
        if block.chart is None or block.chart.spec != "stack":
            continue
        for row in block.chart.data["rows"]:
            parts = [p for p in block.chart.data["parts"] if p["row"] == row["row"]]
            assert [p["from"] for p in parts] == [0.0, *(p["to"] for p in parts[:-1])]
            assert parts[-1]["to"] == 1.0


@pytest.mark.parametrize("kind", ["md", "xlsx"])
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    again = CohortDocument.model_validate_json(dumps(document()))
    assert made(page_of(again, "sv"), FOLDER, open_templates())[kind]() == file("sv", kind)


def test_companies_are_named_for_the_hub_alone() -> None:
    assert "Bara för hubben" in file("sv", "md").decode()
    assert "For the hub only" in file("en", "md").decode()
    assert re.search(r"\(bolag-\d{4}\)", file("sv", "md").decode())
    public = made(page_of(first().document, "sv"), FOLDER, open_templates())["md"]().decode()
    assert "bolag-" not in public


def test_names_that_companies_typed_are_text_everywhere() -> None:
    some = [
        d.model_copy(update={"company": d.company.model_copy(update={"name": f"{HOSTILE} {i}"})})
        for i, d in enumerate(results(16, 2))
    ]
    found = cohort(some, "sector")
    assert found is not None
    makers = made(page_of(found, "sv"), FOLDER, open_templates())
    html = makers["html"]().decode()
    JustHTML(html, strict=True)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "\u202e" not in html
    markdown = makers["md"]().decode()
    assert "<script" not in markdown
    assert all(line.count("|") - line.count("\\|") == 5 for line in markdown.splitlines() if "alert(1)" in line)
    book = CalamineWorkbook.from_filelike(BytesIO(makers["xlsx"]()))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert any(HOSTILE[:25] in cell for cell in cells)


def test_numbers_are_written_as_in_the_language() -> None:
    teller = {language: Teller(document(), language) for language in ("sv", "en")}
    assert teller["sv"].change(-3.25) == "−3,3"
    assert teller["en"].change(0.04) == "+0.04"
    assert teller["sv"].change(0.0) == "0"
    assert teller["sv"].interval(-1.21, 3.19) == "−1,3 till +3,2"
    assert teller["en"].interval(-1.21, 3.19) == "−1.3 to +3.2"
    assert teller["sv"].interval(None, None) is None
    assert teller["sv"].companies(1) == "ett företag"
    assert teller["sv"].companies(13) == "13 företag"


def change_of(**ends: float | None) -> NodeChange:
    facts = {"id": "climate", "pairs": 8, "median": 2.0, "median_low": -1.0, "median_high": 30.0, "mean": 1.0, "mean_low": 0.0, "mean_high": 2.0, "no_interval": None, "rose": 1, "fell": 1, "unsure": 6, "same": 0}  # fmt: skip
    return NodeChange(**(facts | ends))  # type: ignore[arg-type]


def test_every_chart_draws_with_little_and_with_nothing() -> None:
    teller = Teller(document(), "sv")
    node = teller.areas[0]
    one = Distribution(companies=1, lowest=5, lower_quartile=5, median=5, upper_quartile=5, highest=5, mean=5)
    bare = node.model_copy(update={"bands": [], "levels": []})
    some = [
        charts.counts("a", "A", [charts.Counted("x", 0, "0")]),
        charts.counts("b", "B", [charts.Counted("x" * 90, 3, "3"), charts.Counted("y", 0, "0")]),
        charts.spread(teller, "c", "C", [charts.Spread("å", node, None, "")]),
        charts.spread(teller, "d", "D", [charts.Spread("å" * 60, bare, one, "ett företag")]),
        charts.stacks("e", "E", [charts.Stack("å", "0", [(1, 0), (0, 0)])], {1: ("a", "a"), 0: ("b", "b")}),
        charts.paired(
            teller,
            "f",
            "F",
            [("å", change_of(), "x"), ("ä", change_of(median=None, median_low=None, median_high=None), "–")],
        ),
        charts.paired(teller, "g", "G", [("å", change_of(median=-90.0, median_low=-99.0, median_high=-80.0), "x")]),
    ]
    folder = bundled_folder("report_templates") / "charts"
    assert {chart.spec for chart in some} == {"counts", "counts_named", "spread", "spread_named", "stack", "paired"}
    for chart in some:
        for narrow in (False, True):
            svg = draw(read_spec(folder / f"{chart.spec}.vl.json"), chart, "#12436d", narrow)
            assert svg.startswith("<svg")
            assert "NaN" not in svg
    assert "median 5" in some[3].title


def test_the_page_takes_the_programmes_colour() -> None:
    public = first().document
    assert public.programme is not None
    coloured = public.model_copy(update={"programme": public.programme.model_copy(update={"colour": "#7a1f5c"})})
    assert "--blue:#7a1f5c" in made(page_of(coloured, "sv"), FOLDER, open_templates())["html"]().decode()
    bars = charts.counts("a", "A", [charts.Counted("x", 1, "1")])
    assert 'fill="#7a1f5c"' in open_templates().draw(bars, "#7a1f5c")


def test_it_prints_to_pdf() -> None:
    data = pdf(made(page_of(first().document, "sv"), FOLDER, open_templates())["html"]().decode())
    assert "företag tillsammans" in text_of(data)


def test_written_files_are_named_by_audience_and_left_alone_when_the_same(tmp_path: Path) -> None:
    files, problems = write_cohort(document(), tmp_path, ["md", "xlsx", "json"], "sv")
    assert problems == []
    assert [path.name for path in files] == ["cohort.md", "cohort.xlsx", "cohort.json"]
    assert files[0].read_bytes() == file("sv", "md")
    then = files[0].stat().st_mtime_ns
    write_cohort(document(), tmp_path, ["md"], "sv")
    assert files[0].stat().st_mtime_ns == then
    files, _ = write_cohort(first().document, tmp_path, ["json"])
    assert [path.name for path in files] == ["cohort-public.json"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "å").write_text("")
    files, problems = write_cohort(document(), tmp_path / "å")
    assert files == []
    assert [p.code for p in problems if isinstance(p, Diagnostic)] == ["AIM014"]
