"""A UTF-8 file with some bytes that aren't: read as UTF-8, mended where it is broken, and the rows are named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.responses import sheet
from aimaturity.responses.opening import opened
from aimaturity.responses.sheet import open_sheet
from aimaturity.responses.survey import read_survey
from tests.bundled import bundled

LINES = ["id;ort;svar", "1;Örnsköldsvik;Åtgärder följs upp", "2;Malmö;Nej", "3;Växjö;Ja, årligen"]
CLEAN = [line.split(";") for line in LINES]


def read(path: Path, data: bytes) -> tuple[list[list[str]], list[Diagnostic], str]:
    path.write_bytes(data)
    with opened(path) as file:
        found = open_sheet(file)
        rows = [record for _, record in found.records()]
        assert found.dialect is not None
        return rows, [*file.notes, *found.notes], found.dialect.encoding


def joined(lines: list[str], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def test_one_loose_byte_is_read_as_windows_text_and_its_row_is_named(tmp_path: Path) -> None:
    rows, notes, encoding = read(tmp_path / "a.csv", joined(LINES).replace("Malmö".encode(), "Malmö".encode("cp1252")))
    assert (rows, encoding) == (CLEAN, "utf-8")
    [note] = notes
    assert (note.code, note.at.line, note.facts["count"], note.facts["rows"]) == ("AIM342", 3, "1", "1")


def test_rows_pasted_in_from_another_encoding_are_all_counted(tmp_path: Path) -> None:
    data = joined(LINES) + b"\r\n" + joined(["4;Örebro;Nej", "5;Åre;Vet ej, så är det"], "cp1252")
    rows, notes, _ = read(tmp_path / "a.csv", data)
    assert rows == [*CLEAN, ["4", "Örebro", "Nej"], ["5", "Åre", "Vet ej, så är det"]]
    [note] = notes
    assert (note.code, note.at.line, note.facts["count"], note.facts["rows"]) == ("AIM342", 5, "4", "2")


def test_a_file_cut_off_inside_a_letter_is_still_utf_8(tmp_path: Path) -> None:
    whole = joined([*LINES, "4;Umeå"])
    rows, notes, encoding = read(tmp_path / "a.csv", whole[:-1])
    assert encoding == "utf-8"
    assert rows[:4] == CLEAN
    assert [(note.code, note.at.line) for note in notes if note.code == "AIM342"] == [("AIM342", 5)]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_windows_file_with_signs_that_look_like_utf_8_is_a_windows_file(tmp_path: Path, encoding: str) -> None:
    lines = [*LINES, "4;Ã¥;tecken som någon har sett förr"]
    rows, notes, found = read(tmp_path / "a.csv", joined(lines, encoding))
    assert rows == [line.split(";") for line in lines]
    assert found != "utf-8"
    assert [note.code for note in notes] == ["AIM318"]


def test_two_files_read_at_once_keep_their_own_count(tmp_path: Path) -> None:
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_bytes(joined(LINES).replace("Malmö".encode(), "Malmö".encode("cp1252")))
    other.write_bytes(joined(LINES))
    with opened(one) as first, opened(other) as second:
        a, b = open_sheet(first), open_sheet(second)
        assert [record for pair in zip(a.records(), b.records(), strict=True) for _, record in pair] == [
            record for record in CLEAN for _ in range(2)
        ]
        assert [note.code for note in a.notes] == ["AIM342"]
        assert b.notes == []


@pytest.mark.parametrize("smallest", [0, sheet.FAST_FROM])
def test_broken_headings_are_told_by_both_readers(smallest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "FAST_FROM", smallest)
    lines = ["Företag;two_step_login;Växjö", "Malmö AB;Ja;å", "Åre AB;Nej;ö"]
    data = joined(lines).replace("Växjö".encode(), "Växjö".encode("cp1252"))
    reading = read_survey(io.BytesIO(data), bundled().questionnaire, "svar.csv")
    assert [(note.code, note.at.line) for note in reading.diagnostics if note.code == "AIM342"] == [("AIM342", 1)]
