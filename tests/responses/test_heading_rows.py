"""Headings among the answers: exports pasted one after the other, a second row of headings, titles above them."""

from __future__ import annotations

import contextlib
import io
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from aimaturity.responses.survey import Reading, read_survey
from tests.bundled import bundled
from tests.responses.test_exports import all_exports
from tests.responses.test_exports import questionnaire as exported

QUESTIONNAIRE = bundled().questionnaire
THOROUGH = "AIMATURITY_CASES" in os.environ
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


def test_what_follows_headings_in_another_order_is_not_read_until_the_files_own_come_again() -> None:
    other = ("Företag;restored_backup;ai_use;two_step_login", "C AB;Ja;pilot;Nej", "D AB;Nej;pilot;Ja")
    read = reading(HEADINGS, *ANSWERS, *other, HEADINGS, "E AB;Ja;Ja;pilot")
    assert companies(read) == ["A AB", "B AB", "E AB"]
    assert [(cell.source_row, cell.code, cell.count) for cell in read.problems] == [(4, "AIM370", 3), (7, "AIM369", 1)]
    assert read.rows == 7


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_rows_with_another_separator_are_not_read(delimiter: str) -> None:
    rows = ["Bolag;ai_use;restored_backup;two_step_login;x", "C AB;pilot;Ja;Ja;", '"D; E";pilot;Ja;Nej;']
    own = [HEADINGS, *ANSWERS, "F AB;Ja;Ja;pilot", "G AB;Ja;Ja;pilot"]
    read = reading(*own, *(row.replace(";", delimiter) for row in rows))
    assert companies(read) == ["A AB", "B AB", "F AB", "G AB"]
    assert [(cell.source_row, cell.code, cell.count) for cell in read.problems] == [(6, "AIM370", 3)]


def test_a_short_row_with_other_separators_in_its_name_is_a_company() -> None:
    read = reading(HEADINGS, *ANSWERS, "Ek, Berg, Al, Lind & Co AB", "C AB;Ja;Ja;pilot")
    assert companies(read) == ["A AB", "B AB", "Ek, Berg, Al, Lind & Co AB", "C AB"]


@cache
def texts() -> dict[str, str]:
    """The exports of every tool that are text in UTF-8, without byte order marks."""
    made = {name: export for name, export in all_exports().items() if export.ending == ".csv"}
    found = {}
    for name, export in made.items():
        with contextlib.suppress(UnicodeDecodeError):
            found[name] = export.data.decode("utf-8-sig")
    return {name: text for name, text in found.items() if "\0" not in text}


UNTOLD = ("surveymonkey", "qualtrics")
"""Tools of which rows of headings are as many as rows of answers are wide here, and hold hardly any of the names: a row or
more of the other is read then, and told cell by cell."""


@pytest.mark.parametrize("name", texts())
def test_what_another_tool_wrote_behind_an_export_is_not_read(name: str) -> None:
    own, tool = texts()[name], name.split("-")[0]
    alone = read_survey(io.BytesIO(own.encode()), exported(), "survey.csv")
    assert alone.table is not None
    for other in [other for other in texts() if other.split("-")[0] != tool][:: 1 if THOROUGH else 7]:
        read = read_survey(io.BytesIO(f"{own}\n{texts()[other]}".encode()), exported(), "survey.csv")
        assert read.table is not None, (other, read.diagnostics)
        said = {cell.code for cell in read.problems}
        if "AIM369" in said and "AIM370" not in said:  # the same questions in the same columns are read
            continue
        if not {tool, other.split("-")[0]} <= set(UNTOLD):
            assert read.table.rows == alone.table.rows, other
        for variable, state in alone.table.state.items():
            assert read.table.state[variable][: len(state)].tolist() == state.tolist(), (other, variable)
        for variable, value in alone.table.value.items():
            np.testing.assert_array_equal(read.table.value[variable][: len(value)], value)


def test_rows_of_another_export_pasted_into_a_sheet_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    other = ["Tidpunkt;Bolag;ai_use;restored_backup;two_step_login", "2026;C AB;pilot;Ja;Ja"]
    with xlsxwriter.Workbook(path) as book:
        answers = book.add_worksheet("Svar")
        for row, line in enumerate([HEADINGS, *ANSWERS, *other]):
            answers.write_row(row, 0, line.split(";"))
    read = read_survey(path, QUESTIONNAIRE)
    assert companies(read) == ["A AB", "B AB"]
    assert [(cell.source_row, cell.code, cell.count) for cell in read.problems] == [(4, "AIM370", 2)]


def test_of_repeated_companies_the_last_of_the_files_own_rows_is_kept() -> None:
    lines = [HEADINGS, *ANSWERS, "Företag;restored_backup;ai_use;two_step_login", "A AB;Ja;pilot;Nej"]
    read = read_survey(io.BytesIO("\n".join(lines).encode()), QUESTIONNAIRE, "survey.csv", keep="last")
    assert companies(read) == ["A AB", "B AB"]


@pytest.mark.parametrize("word", ["Summa", "TOTALT", "Medel:", "average", "Antal svar"])
def test_a_row_of_sums_is_no_company(word: str) -> None:
    read = reading("Företag;Org.nr;" + HEADINGS.partition(";")[2], "A AB;;Ja;Nej;pilot", f"{word};;1;1;pilot")
    assert companies(read) == ["A AB"]
    assert [(c.source_row, c.column, c.value, c.code) for c in read.problems] == [(3, "Företag", word, "AIM373")]


@pytest.mark.parametrize("own", ["", "Företag;"])
@pytest.mark.parametrize("many", [1, 40])
def test_a_row_of_sums_is_no_company_where_its_name_stands_first_in_a_column_that_is_not_read(
    own: str, many: int
) -> None:
    asked = HEADINGS.partition(";")[2]
    rows = [f"{number};{'A AB;' if own else ''}Ja;Nej;pilot" for number in range(many)]
    empty = ";" if own else ""
    read = reading(f"Nr;{own}{asked}", *rows, f"Summa;{empty}1;12,5;", f"Medel;{empty};;", f"Summa;{empty}Ja;1;1")
    assert read.table is not None
    assert read.table.rows == many + 1  # whoever answers in words is no sum
    told = [(c.source_row, c.column, c.value) for c in read.problems if c.code == "AIM373"]
    assert told == [(many + 2, "Nr", "Summa")]
    assert [c.source_row for c in read.problems if c.code == "AIM344"] == [many + 3]  # nothing but a word


def test_a_company_that_is_called_as_sums_are_is_told_by_its_number() -> None:
    read = reading("Företag;Org.nr;" + HEADINGS.partition(";")[2], "Total;556036-0793;Ja;Nej;pilot")
    assert companies(read) == ["Total"]


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


@pytest.mark.parametrize("behind", [[";"], [";", ";", ";"], ["", ";"]])
@pytest.mark.parametrize("answers", [["A AB;Ja"], ["A AB;Ja", "B AB;Nej"]])
def test_empty_rows_behind_the_answers_to_one_question_cost_nothing(answers: list[str], behind: list[str]) -> None:
    read = reading("Företag;two_step_login", *answers, *behind)
    assert companies(read) == [answer.partition(";")[0] for answer in answers]


def test_a_file_of_no_question_and_empty_rows_is_told_for_what_it_is() -> None:
    read = reading("Titel;", "x;y", "Namn;Okänd", "A AB;Ja", ";")
    assert [found.code for found in read.diagnostics] == ["AIM320"]


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
