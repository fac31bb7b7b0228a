"""Headings among the answers: exports pasted one after the other, a second row of headings, titles above them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from aimaturity.responses.opening import Unreadable
from aimaturity.responses.survey import Reading, open_survey, read_survey
from tests.bundled import bundled

QUESTIONNAIRE = bundled().questionnaire
HEADINGS = "Företag;two_step_login;restored_backup;ai_use"
ANSWERS = ("A AB;Ja;Nej;pilot", "B AB;Nej;Ja;pilot")


def reading(*lines: str) -> Reading:
    return read_survey(io.BytesIO("\n".join(lines).encode()), QUESTIONNAIRE, "survey.csv")


def companies(read: Reading) -> list[str | None]:
    assert read.table is not None, read.diagnostics
    return [one.name for one in read.table.companies]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_headings_that_come_again_are_no_company(mark: str) -> None:
    read = reading(HEADINGS, *ANSWERS, mark + HEADINGS, "C AB;Ja;Ja;pilot")
    assert companies(read) == ["A AB", "B AB", "C AB"]
    assert [(cell.source_row, cell.code) for cell in read.problems] == [(4, "AIM369")]


def test_a_second_row_with_the_questions_texts_is_no_company() -> None:
    texts = [QUESTIONNAIRE.questions[name].text.root["sv"] for name in HEADINGS.split(";")[1:]]
    read = reading(HEADINGS, ";".join(["Företagets namn", *texts]), *ANSWERS)
    assert companies(read) == ["A AB", "B AB"]


def test_headings_in_another_order_end_the_reading() -> None:
    lines = "\n".join([HEADINGS, *ANSWERS, "Företag;restored_backup;ai_use;two_step_login", "C AB;Ja;pilot;Nej"])
    with open_survey(io.BytesIO(lines.encode()), QUESTIONNAIRE) as survey, pytest.raises(Unreadable) as refused:
        list(survey.parts())
    assert (refused.value.diagnostic.code, refused.value.diagnostic.at.line) == ("AIM370", 4)


def test_one_answer_that_is_called_as_a_heading_is_an_answer() -> None:
    read = reading(HEADINGS, "A AB;two_step_login;Ja;pilot")
    assert companies(read) == ["A AB"]
    assert [cell.code for cell in read.problems] == ["AIM305"]


@pytest.mark.parametrize("above", [["Svar på enkäten 2026"], ["Svar", ""], ["Företaget;Säkerhet;;AI"]])
def test_headings_are_found_below_a_title_or_groups_and_that_is_said(above: list[str]) -> None:
    read = reading(*above, HEADINGS, *ANSWERS)
    assert companies(read) == ["A AB", "B AB"]
    said = [(found.code, found.at.line, found.facts["count"]) for found in read.diagnostics if found.code == "AIM368"]
    assert said == [("AIM368", len(above) + 1, str(len(above)))]


def test_of_several_sheets_the_one_with_answers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Läs mig").write_row(0, 0, ["Så här gör du", "Läs noga"])
        answers = book.add_worksheet("Svar")
        for row, line in enumerate([HEADINGS, *ANSWERS]):
            answers.write_row(row, 0, line.split(";"))
    read = read_survey(path, QUESTIONNAIRE)
    assert companies(read) == ["A AB", "B AB"]
    assert [found.facts["sheet"] for found in read.diagnostics if found.code == "AIM326"] == ["Svar"]


def test_a_row_of_hxl_tags_is_no_respondent() -> None:
    read = reading(
        "start;two_step_login;ai_use;_id;_uuid;_submission_time;_validation_status",
        ";#policy;#use+type;;;;",
        "2026-03-05T09:01:10.769+01:00;yes;pilot;101;5f1;2026-03-05T08:07:52;",
    )
    assert read.table is not None
    assert [one.respondent for one in read.table.companies] == ["101"]
    assert read.problems == []
