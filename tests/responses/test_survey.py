"""Survey tables: every kind of cell, both languages, dialects and encodings, and what can't be read."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.given import State
from aimaturity.responses.survey import Reading, read_survey

TEXTS = {
    "a": {"sv": "Hur går det, på det hela taget?", "en": "How is it going, on the whole?"},
    "m": {"sv": "Vilka verktyg används?", "en": "Which tools are used?"},
    "n": {"sv": "Hur många år?", "en": "How many years?"},
    "c": {"sv": "Hur många är ni?", "en": "How many are you?"},
    "g": {"sv": "Hur ofta?", "en": "How often?"},
    "t": {"sv": "Övrigt", "en": "Anything else"},
}


def options(*names: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"id": i, "text": {"sv": sv, "en": en}} for i, sv, en in names]


QUESTIONNAIRE = Questionnaire.model_validate_json(
    json.dumps(
        {
            "questionnaire": "q", "version": "1", "languages": ["sv", "en"], "title": "å",
            "sections": [{"id": "s", "title": "s", "questions": [
                {"id": "a", "kind": "single", "text": TEXTS["a"], "allow": ["not_applicable"],
                 "options": options(("bad", "Dåligt", "Badly"), ("good", "Bra, tack", "Well, thanks"))},
                {"id": "m", "kind": "multiple", "text": TEXTS["m"], "at_most": 2, "options": [
                    *options(("pen", "Penna, papper", "Pen, paper"), ("ai", "AI", "AI"), ("saw", "Såg", "Saw")),
                    {"id": "none", "text": {"sv": "Inget", "en": "None"}, "exclusive": True}]},
                {"id": "n", "kind": "number", "text": TEXTS["n"], "maximum": 5000, "decimals": 1,
                 "unit": {"sv": "år", "en": "years"}},
                {"id": "c", "kind": "counts", "text": TEXTS["c"], "maximum": 100,
                 "parts": [{"id": "women", "text": {"sv": "Kvinnor", "en": "Women"}},
                           {"id": "men", "text": {"sv": "Män", "en": "Men"}}]},
                {"id": "g", "kind": "grid", "text": TEXTS["g"], "rows": [
                    {"id": "shop", "text": {"sv": "Butiken", "en": "The shop"}},
                    {"id": "yard", "text": {"sv": "Gården", "en": "The yard"}}],
                 "options": options(("never", "Aldrig", "Never"), ("often", "Ofta", "Often"))},
                {"id": "t", "kind": "text", "text": TEXTS["t"]},
                {"id": "d", "kind": "date", "text": "När?"}]}],
        }
    )
)  # fmt: skip


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_survey(io.BytesIO(text.encode(encoding)), QUESTIONNAIRE, "f.csv")


def state(reading: Reading, variable: str, row: int = 0) -> State:
    assert reading.table is not None
    return State(int(reading.table.state[variable][row]))


@pytest.mark.parametrize("cell", ["good", "Bra, tack", "Well, thanks", " bra,  TACK ", "<b>Bra</b>, tack", "GOOD"])
def test_an_option_is_known_by_id_and_text_in_any_language(cell: str) -> None:
    reading = read(f'a\n"{cell}"\n')
    assert reading.table is not None
    assert reading.table.value["a"][0] == 1
    assert reading.problems == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Vet ej", State.DONT_KNOW), ("don’t know", State.DONT_KNOW), ("VET INTE.", State.DONT_KNOW),
     ("dont_know", State.DONT_KNOW), ("Ej tillämpligt", State.NOT_APPLICABLE), ("N/A", State.NOT_APPLICABLE),
     ("not_applicable", State.NOT_APPLICABLE), ("Gäller inte oss", State.NOT_APPLICABLE), ("", State.BLANK),
     ("-", State.BLANK), ("\u00a0", State.BLANK)],
)  # fmt: skip
def test_the_words_for_states(cell: str, expected: State) -> None:
    assert state(read(f'a,id\n"{cell}",x\n'), "a") is expected


@pytest.mark.parametrize(
    ("cell", "mask"),
    [("pen;ai", 3), ("Penna, papper; Såg", 5), ("Pen, paper,Saw", 5), ("AI", 2), ("none", 8), ("ai|saw", 6)],
)
def test_ticks_in_one_cell(cell: str, mask: int) -> None:
    reading = read(f'm\n"{cell}"\n')
    assert reading.table is not None
    assert reading.table.value["m"][0] == mask
    assert reading.problems == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234", 1234),
        ("1\u00a0234,5", 1234.5),
        ("3 år", 3),
        ("1,234.5", 1234.5),
    ],
)
def test_numbers_as_people_write_them(cell: str, value: float) -> None:
    reading = read(f'n\n"{cell}"\n')
    assert reading.table is not None
    assert reading.table.value["n"][0] == value


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [("a", "Så där", "AIM305"), ("m", "AI; såpa", "AIM305"), ("m", "Inget; AI", "AIM309"), ("m", "pen;ai;saw", "AIM310"),
     ("n", "ca 12", "AIM306"), ("n", "9999", "AIM307"), ("n", "1,234", "AIM327"), ("n", "1.25", "AIM328"),
     ("m", "n/a", "AIM308"), ("d", "23/11 2026", "AIM322"), ("g.shop", "ibland", "AIM305"), ("c.men", "två", "AIM306"),
     ("t", "x" * 10_001, "AIM316"), ("a.evidence", "hörsägen", "AIM336"), ("a", "å" * 200_000, "AIM305")],
)  # fmt: skip
def test_what_cannot_be_read_is_listed_and_the_rest_of_the_row_is_kept(heading: str, cell: str, code: str) -> None:
    reading = read(f'id,g.yard,{heading}\nÅ1,often,"{cell}"\nÅ2,never,"{cell}"\n')
    assert reading.table is not None
    [problem] = [p for p in reading.problems if p.code == code]
    assert (problem.source_row, problem.column, problem.count) == (2, heading, 2)
    assert problem.value == cell[:200]
    assert reading.table.value["g.yard"].tolist() == [1, 0]
    assert reading.table.companies[0].id == "Å1"
    if heading.partition(".")[0] in ("a", "m", "n"):
        assert state(reading, heading.partition(".")[0]) is State.BLANK


def test_headings_are_ids_or_texts_in_either_language() -> None:
    headings = ["Hur går det, på det hela taget?", "Which tools are used?", "3. Hur många år?", "Hur många är ni? [Kvinnor]",
                "How many are you?: Men", "Hur ofta? [Butiken]", "g.yard", "<p>Övrigt</p>", "När?"]  # fmt: skip
    cells = ["good", "AI", "4", "2", "3", "Ofta", "Never", "Så är det", "2026-11-23"]
    text = ";".join(f'"{h}"' for h in headings) + "\n" + ";".join(cells) + "\n"
    reading = read(text)
    assert reading.table is not None
    assert reading.matched == 9
    assert reading.problems == []
    assert reading.table.value["c.women"][0] == 2
    assert reading.table.text["t"][0] == "Så är det"
    assert reading.table.text["d"][0] == "2026-11-23"
    assert state(reading, "c") is State.ANSWERED


def test_a_counts_question_with_a_part_missing_is_missing__error() -> None:
    reading = read("c.women,c.men\n4,\n")
    assert [problem.code for problem in reading.problems] == ["AIM311"]
    assert state(reading, "c") is State.BLANK


@pytest.mark.parametrize(
    ("text", "code"),
    [("a,a\ngood,bad\n", "AIM302"), ("a,shoe size\ngood,44\n", "AIM303"), ("a\ngood\n", "AIM304"),
     ("a,m\ngood,AI,extra\n", "AIM315"), ("id,a\nx,good\nx,bad\n", "AIM317")],
)  # fmt: skip
def test_trouble_with_columns_and_rows_is_said_and_the_rest_read(text: str, code: str) -> None:
    reading = read(text)
    assert code in [d.code for d in reading.diagnostics]
    assert state(reading, "a") is State.ANSWERED


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "AIM005"), (b"\xef\xbb\xbf", "AIM005"), (b"a,m\n", "AIM301"), (b"x,y\n1,2\n", "AIM320"), (b"PK\x03\x04broken", "AIM339"),
     (b"\xd0\xcf\x11\xe0 old", "AIM333"), (bytes(range(256)) * 4, "AIM319"), (b"a\0b\0\1,c\n1,2\n", "AIM319")],
)  # fmt: skip
def test_files_that_hold_nothing_to_score__error(data: bytes, code: str) -> None:
    reading = read_survey(io.BytesIO(data), QUESTIONNAIRE, "f")
    assert reading.table is None
    assert [d.code for d in reading.diagnostics] == [code]


def test_missing_files_and_folders__error(tmp_path: Path) -> None:
    assert read_survey(tmp_path, QUESTIONNAIRE).diagnostics[0].code == "AIM002"
    assert read_survey(tmp_path / "no.csv", QUESTIONNAIRE).diagnostics[0].code == "AIM001"


TABLE = 'id;"Hur går det, på det hela taget?";n\n1;"Dåligt";"12,5"\n2;Vet ej;"7"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1"])
def test_encodings_give_the_same_table(encoding: str) -> None:
    reading = read(TABLE, encoding)
    assert reading.table is not None
    assert reading.table.value["a"].tolist() == [0, -1]
    assert reading.table.value["n"].tolist() == [12.5, 7.0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_give_the_same_table(delimiter: str, end: str) -> None:
    reading = read(TABLE.replace(";", delimiter).replace("\n", end))
    assert reading.table is not None
    assert reading.table.value["a"].tolist() == [0, -1]
    assert [company.source_row for company in reading.table.companies] == [2, 3]


def test_a_line_that_names_the_separator_is_no_row() -> None:
    reading = read("sep=;\n" + TABLE)
    assert reading.table is not None
    assert reading.table.companies[0].id == "1"


def test_a_quoted_line_break_is_one_record() -> None:
    reading = read('id,t,a\n1,"rad ett\nrad två",good\n2,x,bad\n')
    assert reading.table is not None
    assert [company.source_row for company in reading.table.companies] == [2, 3]
    assert reading.table.text["t"][0] == "rad ett\nrad två"


def test_a_workbook_reads_like_the_same_csv() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Svar")
    for row, record in enumerate(
        [["id", "a", "n", "c.women", "c.men"], [1, "Dåligt", 12.5, 3.0, 4], [2, "Vet ej", 7, 0, 1]]
    ):
        sheet.write_row(row, 0, record)
    book.add_worksheet("Mer").write(0, 0, "x")
    book.close()
    reading = read_survey(io.BytesIO(out.getvalue()), QUESTIONNAIRE, "f.xlsx")
    same = read("id,a,n,c.women,c.men\n1,Dåligt,12.5,3,4\n2,Vet ej,7,0,1\n")
    assert reading.table is not None
    assert same.table is not None
    for name in ("a", "n", "c"):
        np.testing.assert_array_equal(reading.table.state[name], same.table.state[name])
    np.testing.assert_array_equal(reading.table.value["c.women"], same.table.value["c.women"])
    assert "AIM326" in [d.code for d in reading.diagnostics]


def test_a_personal_number_is_masked_and_never_stored() -> None:
    """811218-9876 is Luhn-valid with a third digit of 1: Skatteverket's own example of a personal number."""
    reading = read("organisationsnummer,namn,a\n811218-9876,Åsas Snickeri,good\n19811218-9876,Bo 811218-9876,bad\n")
    assert reading.table is not None
    said = (
        json.dumps([p.message("sv") + p.value for p in reading.problems])
        + str(reading.table)
        + str(reading.diagnostics)
    )
    assert "811218" not in said
    assert "AIM313" in {p.code for p in reading.problems}
    assert [c.id for c in reading.table.companies] == ["Åsas Snickeri", "Bo ******-****"]
    assert reading.table.value["a"].tolist() == [1, 0]


def test_the_company_id_is_the_id_else_the_number_else_the_name_else_the_row() -> None:
    text = "id,organisationsnummer,företag,a\n7,999910-1000,Å AB,good\n,9999101000,Å AB,good\n,,Ö AB,good\n,,,good\n"
    reading = read(text)
    assert reading.table is not None
    assert [c.id for c in reading.table.companies] == ["7", "999910-1000", "Ö AB", "row-5"]
    wrong = read("organisationsnummer,a\n999910-1001,good\n")
    assert [p.code for p in wrong.problems] == ["AIM312"]


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: ("a,n,id\n" + t).encode("utf-8", "ignore")))
)
def test_no_bytes_raise(data: bytes) -> None:
    reading = read_survey(io.BytesIO(data), QUESTIONNAIRE, "f")
    assert reading.table is not None or reading.diagnostics


def test_an_unclosed_quote_is_told_and_keeps_the_rows_before_it__error() -> None:
    lines = [f"{n},good,{n},fritt {n}" for n in range(1, 9)]
    lines[4] = '5,bad,5,"fritt 5'
    reading = read("id,a,n,t\n" + "\n".join(lines) + "\n")
    assert reading.table is not None
    assert [company.id for company in reading.table.companies] == ["1", "2", "3", "4"]
    assert [(d.code, d.at.line) for d in reading.diagnostics if d.code == "AIM331"] == [("AIM331", 6)]


def test_a_cell_that_swallowed_rows_is_told__error() -> None:
    reading = read('id,a,n,t\n1,good,1,"fri\n2,bad,2,fri\n3,bad,3,fri"\n4,good,4,x\n')
    assert [(d.code, d.at.line) for d in reading.diagnostics if d.code == "AIM356"] == [("AIM356", 2)]


def test_a_broken_utf_16_character_costs_no_other() -> None:
    data = "id,a,t\n1,good,å\ud800ä\n2,bad,ö\n".encode("utf-16", "surrogatepass")
    reading = read_survey(io.BytesIO(data), QUESTIONNAIRE, "f.csv")
    assert reading.table is not None
    assert reading.table.value["a"].tolist() == [1, 0]
    assert reading.table.text["t"][1] == "ö"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("more", [b"", b"??"])
def test_after_a_byte_that_is_lost_or_too_many_utf_16_is_not_read__error(end: str, encoding: str, more: bytes) -> None:
    text = "\ufeffid,a,n\n" + "".join(f"Å{n},good,{n}\n" for n in range(2000))
    data = text.replace("\n", end).encode(encoding)
    middle = len(data) // 2 + 1
    reading = read_survey(io.BytesIO(data[:middle] + more + data[middle + 1 :]), QUESTIONNAIRE, "f.csv")
    assert reading.table is not None
    [told] = [found for found in reading.diagnostics if found.code == "AIM376"]
    assert told.at.line == reading.rows + 2
    assert 900 < reading.rows < 1100
    assert reading.table.value["n"].tolist() == list(range(reading.rows))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_cut_off_gzip_loses_nothing_but_its_last_row(end: str, encoding: str) -> None:
    text = "id,a,n\n" + "".join(f"Å{n},good,{n}\n" for n in range(1000))
    data = gzip.compress(text.replace("\n", end).encode(encoding))
    reading = read_survey(io.BytesIO(data[: len(data) // 2]), QUESTIONNAIRE, "f.csv.gz")
    assert reading.table is not None
    assert 100 < reading.table.rows < 1000
    assert "AIM338" in [d.code for d in reading.diagnostics]
    assert reading.table.value["n"].tolist() == list(range(reading.table.rows))


def test_json_with_odd_values_is_read() -> None:
    data = json.dumps({"errors": [], "data": [{"id": "\ud800", "a": "good", "n": 5}, {"id": 2, "a": "bad"}]})
    reading = read_survey(io.BytesIO(data.encode()), QUESTIONNAIRE, "f.json")
    assert reading.table is not None
    assert reading.table.value["a"].tolist() == [1, 0]
    long = read_survey(io.BytesIO(b'[{"id":1,"a":"good","n":' + b"9" * 5000 + b"}]"), QUESTIONNAIRE, "f.json")
    assert [problem.code for problem in long.problems] == ["AIM307"]


@pytest.mark.parametrize(
    "written",
    ['r="XFD1048576"', 't="n" r="XFD1048576"', "r='XFD1048576'", 'r = "XFD1048576"', 'r="xfd1048576"', 'r="C99999999"',
     'r="ZZZZ99999"', 'r="ABCDEFG6"', '\nr="XFD1048576"', 'r="G4999999999999999999997"', 'r="&#88;FD1048576"'],
)  # fmt: skip
def test_a_stray_cell_far_away_is_refused__error(written: str, tmp_path: Path) -> None:
    """In a process of its own: what gets past the guard ends the process that reads it."""
    out, path = io.BytesIO(), tmp_path / "f.xlsx"
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_row(0, 0, ["id", "a", "n"])
    book.close()
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(path, "w") as target:
        for name in archive.namelist():
            target.writestr(name, archive.read(name).replace(b'r="C1"', written.encode()))
    read_it = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30)); "
    read_it += "from aimaturity.cli import main; sys.argv[1:] = ['score', sys.argv[1], '--lang', 'en']; main()"
    done = subprocess.run([sys.executable, "-c", read_it, str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "AIM355" in done.stderr or "AIM334" in done.stderr


REDCAP = "record_id,a,m___1,m___2,m___3,enkat_complete\n"


def test_numbers_from_0_are_no_order_from_1__error() -> None:
    """Whoever chose the codes began with 0: one step off would be a wrong answer for everybody."""
    reading = read(REDCAP + "1,0,1,0,0,2\n2,1,0,1,0,2\n")
    assert reading.table is not None
    assert reading.table.state["a"].tolist() == [State.BLANK, State.BLANK]
    assert {problem.value for problem in reading.problems if problem.column == "a"} == {"0", "1"}
    late = read(REDCAP + "".join(f"{n},1,1,0,0,2\n" for n in range(100)) + "100,0,1,0,0,2\n")
    assert [d.code for d in late.diagnostics] == ["AIM357"]
    parts = read("record_id,a,m___0,m___1,m___2,enkat_complete\n1,2,1,0,0,2\n")
    assert parts.table is not None
    assert parts.table.state["m"].tolist() == [State.BLANK]
    assert "AIM351" in [d.code for d in parts.diagnostics]


def test_a_tools_own_number_is_nobodys_personal_number() -> None:
    """8112189876 is a personal number by its digits; as SurveyMonkey's running number it is none."""
    head = "Respondent ID,Collector ID,Start Date,End Date,a,\n,,,,,\n"
    text = head + "8112189876,1,2026-03-05,2026-03-05,good,\n8212189875,1,2026-03-05,2026-03-05,bad,\n"
    reading = read(text)
    assert reading.table is not None
    assert [company.respondent for company in reading.table.companies] == ["8112189876", "8212189875"]
    assert reading.problems == []


def test_a_filled_column_without_a_heading_is_told() -> None:
    reading = read("id,a,,\n1,good,lost,\n")
    assert [d.facts["name"] for d in reading.diagnostics if d.code == "AIM303"] == ["#3"]
    assert reading.ignored == ["#3"]


@pytest.mark.parametrize(
    ("unit", "maximum", "cell", "expected"),
    [
        ({"sv": "procent", "en": "per cent"}, 100, "45 %", 45.0),
        ({"sv": "%", "en": "%"}, 100, "45%", 45.0),
        (None, 100, "45 %", 45.0),
        (None, 1, "45 %", 0.45),
        ({"sv": "kr", "en": "SEK"}, 5000, "12,5kr", 12.5),
        (None, 5000, "45 %", None),
        ({"sv": "kr", "en": "SEK"}, 100, "45 %", None),
    ],
)
def test_per_cent_is_read_where_it_can_mean_one_thing(
    unit: dict[str, str] | None, maximum: int, cell: str, expected: float | None
) -> None:
    question = {"id": "n", "kind": "number", "text": "n", "maximum": maximum, "decimals": 2, "unit": unit}
    asked = {
        "questionnaire": "q", "version": "1", "languages": ["sv", "en"], "title": "å",
        "sections": [{"id": "s", "title": "s", "questions": [{k: v for k, v in question.items() if v is not None}]}],
    }  # fmt: skip
    read = read_survey(
        io.BytesIO(f'id;n\n1;"{cell}"\n'.encode()), Questionnaire.model_validate_json(json.dumps(asked)), "a.csv"
    )
    assert read.table is not None
    assert read.table.value["n"].tolist() == [expected] if expected is not None else read.problems[0].code == "AIM306"
