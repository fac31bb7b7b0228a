"""Files that are damaged, or something else than they are called: good rows are kept, the rest is told."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from aimaturity.responses import sheet, text
from aimaturity.responses.survey import Reading, read_survey
from tests.bundled import bundled

HEADINGS = "Företag;two_step_login;ai_use"
ROWS = ["Åre AB;Ja;pilot", "Öra AB;Nej;pilot", "Äng AB;Ja;pilot"]


def read(data: bytes) -> Reading:
    return read_survey(io.BytesIO(data), bundled().questionnaire, "svar.csv")


def lines(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\n".join([HEADINGS, *rows]).encode(encoding) + b"\n"


def companies(reading: Reading) -> list[str | None]:
    assert reading.table is not None, reading.diagnostics
    return [one.name for one in reading.table.companies]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("smallest", [0, sheet.FAST_FROM])
def test_zero_bytes_are_taken_out_and_their_rows_told(
    encoding: str, smallest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "FAST_FROM", smallest)
    data = lines(*ROWS * 9, encoding=encoding).replace(b"Nej", b"N\0ej", 1)
    reading = read(data)
    assert companies(reading) == ["Åre AB", "Öra AB", "Äng AB"] * 9
    told = [found for found in reading.diagnostics if found.code == "AIM371"]
    assert [(found.at.line, found.at.column, found.facts["count"]) for found in told] == [(3, 2, "1")]
    assert not [cell for cell in reading.problems if cell.code == "AIM305"]


def test_a_tail_of_zero_bytes_is_no_company(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(lines(*ROWS * 400) + bytes(150))
    reading = read_survey(path, bundled().questionnaire)
    assert len(companies(reading)) == 1200
    assert [(found.code, found.at.line) for found in reading.diagnostics if found.code == "AIM371"] == [
        ("AIM371", 1202)
    ]


@pytest.mark.parametrize(
    "begins",
    [
        "<html><body><table><tr><td>Företag</td></tr></table>", "\ufeff <!DOCTYPE html>\n<html>", "<table border=1>",
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "<HTML xmlns:o=\"urn:o\"><head>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_that_is_called_a_table_is_refused(begins: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "svar.xls"
    path.write_bytes((begins.lstrip("\ufeff") if encoding == "cp1252" else begins).encode(encoding) + b"\n" * 40)
    assert [found.code for found in read_survey(path, bundled().questionnaire).diagnostics] == ["AIM372"]


def test_headings_with_tags_are_no_page() -> None:
    login = bundled().questionnaire.questions["two_step_login"].text.root["sv"]
    reading = read(f"<p>Företag</p>;<p><b>{login}</b></p>\nÅre AB;Ja\n".encode())
    assert reading.table is not None
    assert reading.matched == 2


@pytest.mark.parametrize(
    "begins", [b"%PDF-1.7\n1 0 obj;x\n", b"\x89PNG\r\n\x1a\n", b"{\\rtf1;x\n", b"SQLite format 3\0", b"PAR1;x\n"]
)
def test_another_kind_of_file_is_refused(begins: bytes) -> None:
    assert [found.code for found in read(begins + b"a;b\n" * 400).diagnostics] == ["AIM319"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert [found.code for found in read_survey(tmp_path / "pipe.csv", bundled().questionnaire).diagnostics] == [
        "AIM013"
    ]


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    assert [found.code for found in read_survey(tmp_path, bundled().questionnaire).diagnostics] == ["AIM002"]
    device = Path("/dev/zero")
    if device.exists():
        assert [found.code for found in read_survey(device, bundled().questionnaire).diagnostics] == ["AIM013"]


@pytest.mark.parametrize("line", ["C AB;Ja;pilot\n", "\n"])
def test_a_quote_that_is_never_closed_does_not_take_the_whole_file_in(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_CELL_LINES", 50)
    monkeypatch.setattr(text, "MAX_CELL", 5000)
    reading = read(lines(*ROWS, '"Öppen AB;Ja;pilot') + line.encode() * 10_000)
    assert companies(reading) == ["Åre AB", "Öra AB", "Äng AB"]
    assert [(found.code, found.at.line) for found in reading.diagnostics if found.code == "AIM331"] == [("AIM331", 5)]
