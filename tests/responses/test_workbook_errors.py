"""Cells in which Excel keeps an error are told, each at its row; calamine alone would give them as empty."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from aimaturity.responses.given import State
from aimaturity.responses.survey import read_survey
from tests.responses.test_survey import QUESTIONNAIRE


def write(path: Path, sheet: str = "Svar 2026 & åäö") -> None:
    book = xlsxwriter.Workbook(path)
    hidden = book.add_worksheet("Gömd")
    hidden.hide()
    hidden.write_formula(1, 1, "=1/0", None, "#REF!")
    used = book.add_worksheet(sheet)
    used.activate()
    used.set_first_sheet()
    used.write_row(0, 0, ["id", "a", "n", "t"])
    used.write_row(1, 0, ["å1", "good", 12.5, "Åh"])
    used.write(2, 0, "å2")
    used.write_formula(2, 1, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
    used.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    used.write_formula(2, 3, "=NOT_A_NAME", None, "#NAME?")
    used.write(3, 0, "å3")
    used.write_formula(3, 2, "=6*7", None, 42)
    book.close()


def test_errors_of_the_sheet_that_is_read_are_listed_and_formulas_give_their_values(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    write(path)
    reading = read_survey(path, QUESTIONNAIRE)
    told = {(p.source_row, p.column, p.value) for p in reading.problems if p.code == "AIM359"}
    assert told == {(3, "n", "#DIV/0!"), (3, "t", "#NAME?")}
    assert reading.table is not None
    assert reading.table.state["n"].tolist() == [State.ANSWERED, State.BLANK, State.ANSWERED]
    assert reading.table.value["n"][2] == 42
    assert reading.table.text["t"][1] is None


@pytest.mark.parametrize("word", ["#DIV/0!", "#DIVISION/0!", "#VÄRDEFEL!", "#REF!"])
def test_errors_in_text_files_are_told_too(tmp_path: Path, word: str) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(f"id;n;t\nå1;{word};{word}\n", "utf-8")
    reading = read_survey(path, QUESTIONNAIRE)
    assert [(p.column, p.code) for p in reading.problems] == [("n", "AIM359"), ("t", "AIM359")]


def test_a_formula_whose_value_is_not_in_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "a", "n"])
        sheet.write_row(1, 0, ["å1", "good", 3])
        sheet.write(2, 0, "å2")
        sheet.write_formula(2, 1, '=IF(1,"good","bad")', None, "")
        sheet.write_formula(2, 2, "=1+2", None, "")
    _rewrite(path, lambda xml: xml.replace(b"<v></v>", b"").replace(b' t="str"', b""))
    reading = read_survey(path, QUESTIONNAIRE)
    told = [(d.at.line, d.at.column, d.facts["count"]) for d in reading.diagnostics if d.code == "AIM367"]
    assert told == [(3, 2, "1"), (3, 3, "1")]


def test_a_formula_that_comes_to_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "a"])
        sheet.write_row(1, 0, ["å1", "good"])
        sheet.write(2, 0, "å2")
        sheet.write_formula(2, 1, '=""', None, "x")
    _rewrite(path, lambda xml: xml.replace(b"<v>x</v>", b"<v></v>"))
    reading = read_survey(path, QUESTIONNAIRE)
    assert [d.code for d in reading.diagnostics if d.code == "AIM367"] == []
    assert reading.table is not None
    assert reading.table.state["a"].tolist() == [State.ANSWERED, State.BLANK]


@pytest.mark.parametrize("kind", ["0%", "0.00%", '0.0 "del av" %'])
def test_a_number_shown_as_per_cent_is_not_read_as_a_hundredth(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "n"])
        sheet.write(1, 0, "å1")
        sheet.write(1, 1, 0.45, book.add_format({"num_format": kind}))
        sheet.write(2, 0, "å2")
        sheet.write(2, 1, 0.4)
    reading = read_survey(path, QUESTIONNAIRE)
    assert reading.table is not None
    assert reading.table.state["n"].tolist() == [State.BLANK, State.ANSWERED]
    assert [(cell.value, cell.code) for cell in reading.problems] == [("45 %", "AIM306")]


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsb", "csv", "dat"])
def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"svar.{ending}"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["id", "a"])
        book.worksheets()[0].write_row(1, 0, ["å1", "good"])
    reading = read_survey(path, QUESTIONNAIRE)
    assert reading.table is not None, reading.diagnostics
    assert reading.table.state["a"].tolist() == [State.ANSWERED]


def _rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Changes the first sheet of a workbook."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["xl/worksheets/sheet1.xml"] = change(members["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
