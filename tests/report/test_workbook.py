"""The workbook: real numbers and days, nothing that runs, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from typing import Any

import pytest
import python_calamine

from aimaturity.report.sheet import LONGEST, Share, text_of
from aimaturity.report.workbook import OWN_STEPS, workbook
from aimaturity.scoring.document import Identity, Occasion
from tests.bundled import interview
from tests.report.factory import document, logos, support

SHEETS = {
    "sv": ["Översikt", "Plan", "Svar", "Fråga vem", "Om"],
    "en": ["Overview", "Plan", "Answers", "Ask whom", "About"],
}


INTERVIEW = interview()


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def inside(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sheets_are_named_in_the_language(language: str) -> None:
    assert list(sheets(workbook(INTERVIEW, language))) == SHEETS[language]


def test_the_overview_has_level_areas_and_their_numbers() -> None:
    rows = sheets(workbook(INTERVIEW, "sv"))["Översikt"]
    assert rows[0][0] == "Brösarps Finmekanik AB"
    assert "Nivå 2–3 av 5" in [row[0] for row in rows]
    by_name = {row[0]: row for row in rows}
    climate = INTERVIEW.node("climate")
    assert climate is not None
    assert by_name["Klimatnytta"][1:5] == [42.0, 31.0, 57.0, 0.75]
    assert by_name["Jämställdhet"][1] == ""  # no score is no number, and no zero
    assert by_name["Jämställdhet"][8] == "för litet underlag"
    assert by_name["Steg i planen"][1] == len(INTERVIEW.advice)


def test_it_says_whose_it_is_and_who_pays_with_logos_and_their_names() -> None:
    broken = logos((400, 100), (300, 300))
    broken[1] = broken[1].model_copy(update={"uri": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="})
    told = document(programme=support(funder_logos=[*broken, *logos((90, 30))]))
    data = workbook(told, "sv")
    rows = [row[0] for row in sheets(data)["Om"]]
    assert rows[-2:] == ["DigIT Hub AI", "Med finansiering från Europeiska unionen."]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [name for name in package.namelist() if "media" in name] == [
            "xl/media/image1.png",
            "xl/media/image2.png",
        ]
        drawing = package.read("xl/drawings/drawing1.xml").decode("utf-8")
    assert re.findall(r'descr="([^"]*)"', drawing) == ["Län 1 i Götaland", "Län 1 i Götaland"]
    assert workbook(told, "sv") == data


def test_a_score_just_under_a_level_isnt_rounded_across_its_edge() -> None:
    base = document()
    nodes = [
        n.model_copy(update={"score": 39.96, "value": 39.96, "bands": [0.0, 40.0]}) if n.id == "capability" else n
        for n in base.nodes
    ]
    rows = sheets(workbook(base.model_copy(update={"nodes": nodes}), "sv"))["Översikt"]
    assert next(row for row in rows if row[0] == "AI-förmåga")[1] == 39.9


def test_the_plan_has_every_step_and_room_for_ones_own() -> None:
    rows = sheets(workbook(INTERVIEW, "sv"))["Plan"]
    steps = [row for row in rows[1:] if row[1]]
    assert [row[0] for row in steps] == list(range(1, len(INTERVIEW.advice) + 1))
    assert steps[0][4] == INTERVIEW.advice[0].hours
    assert {row[12] for row in steps} == {"Inte börjat"}
    xml = inside(workbook(INTERVIEW, "sv"))["xl/worksheets/sheet2.xml"]
    assert "<dataValidation " in xml
    assert "Inte börjat,Pågår,Väntar,Klart" in xml
    last = 1 + len(INTERVIEW.advice) + OWN_STEPS
    assert f'sqref="M2:M{last}"' in xml
    assert '$M2="Klart"' in html.unescape(xml)


def test_how_a_step_stands_is_shown_by_shape() -> None:
    """Struck through, bold, or with a mark: never by colour alone."""
    styles = inside(workbook(INTERVIEW, "sv"))["xl/styles.xml"]
    looks = re.findall(r"<dxf>.*?</dxf>", styles)
    assert len(looks) == 3
    assert all("<strike/>" in look or "<b/>" in look for look in looks)
    assert any("numFmt" in look for look in looks)


def test_every_answer_stands_with_its_state_in_words_and_its_evidence() -> None:
    rows = sheets(workbook(INTERVIEW, "sv"))["Svar"]
    assert len(rows) == 1 + len(INTERVIEW.answers)
    by_id = {row[16]: row for row in rows[1:]}
    assert by_id["business_case"][4] == "Vet inte"
    assert by_id["business_case"][13] == "ekonomichefen"
    assert by_id["data_access"][7:9] == ["visat", "Måndagsexport till Excel"]
    assert by_id["problem_defined"][5:7] == [INTERVIEW.answer("problem_defined").points, 100.0]  # type: ignore[union-attr]
    assert by_id["municipality"][5] == ""


def test_whom_to_ask_comes_with_the_question() -> None:
    rows = sheets(workbook(INTERVIEW, "sv"))["Fråga vem"]
    named = {row[0]: row[2] for row in rows[1:]}
    assert named["Hur har ni räknat på om det lönar sig?"] == "ekonomichefen"
    with_name = [bool(row[2]) for row in rows[1:]]
    assert with_name == sorted(with_name, reverse=True)


def test_headings_are_frozen_and_pages_fit_a4_on_its_side() -> None:
    files = inside(workbook(INTERVIEW, "sv"))
    for number in range(1, 6):
        xml = files[f"xl/worksheets/sheet{number}.xml"]
        assert 'state="frozen"' in xml
        assert 'paperSize="9"' in xml
        assert 'orientation="landscape"' in xml
        assert 'fitToHeight="0"' in xml
        assert "Sida &amp;P av &amp;N" in xml
    assert files["xl/workbook.xml"].count("_xlnm.Print_Titles") == 5


HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "a\x00b\x1b[31m",
    "\u202e‮gpj.exe",
    "x" * 70_000,
    'A&B <c> "d"',
    "😀" * 20_000,
    "&P&N&[File]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_in_every_cell(text: str) -> None:
    answers = [a.model_copy(update={"comment": text, "ask": text, "evidence_note": text}) for a in INTERVIEW.answers]
    changed = INTERVIEW.model_copy(update={"answers": answers, "company": Identity(id=text, name=text)})
    data = workbook(changed, "sv")
    files = inside(data)
    formulas = [f for xml in files.values() for f in re.findall(r"<f>(.*?)</f>", xml)]
    assert len(formulas) == 2  # the counts of the plan, and ours
    assert "<hyperlink" not in "".join(files.values())
    for row in sheets(data)["Svar"][1:]:
        assert not str(row[9]).startswith(("=", "+1+", "-2+", "@", "\t"))
        assert len(str(row[9]).encode("utf-16-le")) <= 2 * LONGEST
    assert "\x1b" not in "".join(files.values())


def test_the_same_document_gives_the_same_bytes_and_no_name_of_a_machine_or_person() -> None:
    first, second = workbook(INTERVIEW, "sv"), workbook(INTERVIEW, "sv")
    assert first == second
    files = inside(first)
    assert "<dc:creator></dc:creator>" in files["docProps/core.xml"]
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in files["docProps/core.xml"]
    assert "2026-11-23T00:00:00Z" in files["docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("date", [None, "förra veckan", "0001-01-01", "2026-02-30"])
def test_a_date_that_is_none_doesnt_stop_the_workbook(date: str | None) -> None:
    data = workbook(INTERVIEW.model_copy(update={"occasion": Occasion(date=date)}), "en")
    assert "2000-01-01T00:00:00Z" in inside(data)["docProps/core.xml"]


def test_a_document_in_which_nothing_is_answered_makes_a_workbook() -> None:
    bare = INTERVIEW.model_copy(update={"answers": [], "advice": [], "nodes": [], "areas": [], "sections": []})
    assert sheets(workbook(bare, "en"))["Ask whom"][1][0] == "No question that gives points lacks an answer."


def test_shares_are_whole_percent_but_all_and_nothing_only_where_exact() -> None:
    assert [Share(value).shown for value in (0.0, 0.001, 0.5, 0.999, 1.0)] == [0.0, 0.01, 0.5, 0.99, 1.0]


def test_long_text_is_cut_where_a_cell_ends_and_never_inside_a_character() -> None:
    assert text_of("a" * 40_000) == "a" * LONGEST
    assert text_of("a" + "😀" * 20_000) == "a" + "😀" * 16_383


def test_days_to_fill_in_are_real_days() -> None:
    assert dt.date(2026, 11, 23).isoformat() == INTERVIEW.occasion.date
    xml = inside(workbook(INTERVIEW, "sv"))["xl/worksheets/sheet2.xml"]
    assert 'type="date"' in xml
