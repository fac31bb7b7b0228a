"""Cells in which Excel keeps an error are told, each at its row; calamine alone would give them as empty."""

from __future__ import annotations

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
