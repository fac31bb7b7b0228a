"""Lists in any way that people write them: companies and counts come out, names of persons don't, and no row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from aimaturity.programme.attendance.headings import WORDS, columns_of, field_of
from aimaturity.programme.attendance.reading import (
    Attendance,
    day_of,
    hours_of,
    read_attendance,
    whole_number,
)
from tests.programme.attendance.lists import codes, personal_number, read, written

LIST = """Företag;Org.nr;Kommun;Antal kvinnor;Antal män;Övriga;Timmar
Åkes Plåt AB;556016-0680;Karlshamn;2;1;;3
Ö-kraft AB;;1081;1;0;1;2,5
"""


def said(attendance: Attendance) -> list[tuple[object, ...]]:
    return [(row.name, row.organisationsnummer, row.municipality, row.women, row.men, row.other, row.hours)
            for row in attendance.rows]  # fmt: skip


WANTED = [("Åkes Plåt AB", "556016-0680", "Karlshamn", 2, 1, 0, 3.0), ("Ö-kraft AB", None, "1081", 1, 0, 1, 2.5)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_text_file_is_read_however_it_is_written(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = LIST.replace("2,5", '"2,5"').replace(";", delimiter)
    found = read_attendance(written(tmp_path, text, encoding=encoding))
    assert said(found) == WANTED
    assert [code for code, _ in codes(found)] in ([], ["AIM318"])


def test_a_workbook_is_read_below_its_title_and_above_its_sums(tmp_path: Path) -> None:
    path = tmp_path / "närvaro.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Kväll")
        sheet.write_row(0, 0, ["Närvarolista AI-kväll, Karlshamn"])
        for row, line in enumerate(LIST.splitlines(), start=3):
            cells = line.split(";")
            sheet.write_row(
                row, 0, [float(c.replace(",", ".")) if i > 2 and c and row > 3 else c for i, c in enumerate(cells)]
            )
        sheet.write_row(6, 0, ["Summa", "", "", 3, 1, 1])
        sheet.write_row(8, 0, [" "])
    found = read_attendance(path)
    assert said(found) == WANTED
    assert [row.number for row in found.rows] == [5, 6]
    assert found.aside == [7, 8, 9]


def test_one_row_a_person_is_counted_and_the_names_are_not_kept() -> None:
    found = read(
        "Förnamn,Efternamn,E-post,Företag,Kön,Specialkost\n"
        "Åsa,Hemlig,asa@hemlig.example,Åkes Plåt AB,Kvinna,Nötter\n"
        "Örjan,Hemlig,,Åkes Plåt AB,M,\n"
        "Alva,Hemlig,,Åkes Plåt AB,,\n"
        "Bo,Hemlig,,Ö-kraft AB,Hmm,\n"
        "Ellen,Hemlig,,,kvinna,\n"
        "Siv,Hemlig,,,,\n"
        ",,,,,\n"
    )
    assert found.columns is not None
    assert found.columns.one_row_a_person
    assert [(row.name, row.women, row.men, row.other) for row in found.rows if not row.wrong] == [
        ("Åkes Plåt AB", 1, 0, 0), ("Åkes Plåt AB", 0, 1, 0), ("Åkes Plåt AB", 0, 0, 1), ("Ö-kraft AB", 0, 0, 1),
    ]  # fmt: skip
    assert codes(found) == [("AIM673", 1), ("AIM676", 5), ("AIM623", 6), ("AIM623", 7)]
    assert found.aside == [8]
    for secret in ("Hemlig", "Åsa", "hemlig.example", "Nötter"):
        assert secret not in repr(found)


def test_persons_without_a_column_for_gender_are_other_or_unstated() -> None:
    found = read("Namn;Företag\nÅsa;Å AB\nBo;Å AB\n")
    assert [(row.name, row.women, row.men, row.other) for row in found.rows] == [("Å AB", 0, 0, 1)] * 2
    assert "Åsa" not in repr(found)


def test_a_column_of_names_alone_heads_companies_where_nothing_else_does() -> None:
    assert [row.name for row in read("Namn;Kvinnor;Män\nÅkes Plåt AB;1;2\n").rows] == ["Åkes Plåt AB"]


def test_participants_is_a_number_or_names_as_the_cells_say() -> None:
    [row] = read("Företag;Deltagare\nÅ AB;3\n").rows
    assert (row.women, row.men, row.other) == (0, 0, 3)
    found = read("Företag;Deltagare;Kvinnor\nÅ AB;Åsa Hemlig;1\n")
    assert [(row.women, row.other) for row in found.rows] == [(1, 0)]
    assert codes(found) == [("AIM673", 1)]
    assert "Hemlig" not in repr(found)


def test_a_total_says_how_many_are_unstated_and_is_compared_with_the_rest() -> None:
    found = read("Företag;Kvinnor;Män;Totalt\nÅ AB;1;2;4\nÄ AB;;;2\nÖ AB;2;2;3\n")
    assert [(row.women, row.men, row.other) for row in found.rows] == [(1, 2, 1), (0, 0, 2), (2, 2, 0)]
    assert codes(found) == [("AIM672", 4)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-1", "AIM663"), ("1,5", "AIM663"), ("två", "AIM663"), ("10001", "AIM663"), ("1e9", "AIM663"), ("#DIV/0!", "AIM663"),
     ("1,234", "AIM663"), ("0", "AIM668"), ("", "AIM668"), ("–", "AIM668")],
)  # fmt: skip
def test_impossible_counts_are_told_with_row_and_the_rest_is_read(cell: str, code: str) -> None:
    found = read(f'Företag;Kvinnor\nÅ AB;"{cell}"\nÖ AB;2\n')
    assert codes(found) == [(code, 2)]
    assert [row.wrong for row in found.rows] == [True, False]
    assert found.diagnostics[0].at.column == (2 if code == "AIM663" else 0)


def test_numbers_of_companies_are_checked_and_those_of_persons_never_kept() -> None:
    number = personal_number()
    found = read(
        f"Företag;Org.nr;Kvinnor\nÅ AB;5560160680;1\nÄ AB;556016-0681;1\nEnskild firma {number};{number};1\n;{number};1\n"
    )
    assert [(row.name, row.organisationsnummer) for row in found.rows] == [
        ("Å AB", "556016-0680"), ("Ä AB", None), ("Enskild firma ******-****", None), (None, None),
    ]  # fmt: skip
    assert set(codes(found)) == {("AIM312", 3), ("AIM313", 4), ("AIM313", 5), ("AIM623", 5)}
    assert number[:6] not in repr(found)
    assert number[:6] not in str([one.message(lang) for one in found.diagnostics for lang in ("sv", "en")])


def test_what_a_row_says_of_its_activity_is_read_unless_it_is_known_already() -> None:
    text = "Aktivitet;Typ;Datum;Arrangör;Företag;Män\nAI-kväll;Kurs;2022-05-12;Techtank;Å AB;1\nX;;igår;;Ö AB;1\n"
    found = read(text)
    row = found.rows[0]
    assert (row.activity, row.kind, row.date, row.partner) == ("AI-kväll", "Kurs", "2022-05-12", "Techtank")
    assert codes(found) == [("AIM322", 3)]
    assert found.rows[1].wrong
    known = read(text, one_activity=True)
    assert [(row.activity, row.date, row.wrong) for row in known.rows] == [(None, None, False)] * 2
    assert codes(known) == [("AIM674", 1)] * 4


def test_columns_that_are_not_read_are_told() -> None:
    found = read("Företag;Kvinnor;Anmäld;Telefon;Kvinor;Women\nÅ AB;1;ja;070;2;3\n")
    assert codes(found) == [("AIM673", 1), ("AIM302", 1), ("AIM674", 1), ("AIM674", 1)]
    assert "kvinnor" in next(one for one in found.diagnostics if one.at.column == 5).hint("sv")


@pytest.mark.parametrize(
    "text",
    ["Företag;Kommun\nÅ AB;Lund\n", "Kvinnor;Män\n1;2\n", "Åsa;Bo\nx;y\n", "Kön;Ort\nK;Lund\n", "Bara text\n"],
)
def test_a_list_without_companies_or_counts_is_refused(text: str) -> None:
    found = read(text)
    assert not found.usable
    assert [code for code, _ in codes(found)] == ["AIM667"]


def test_what_can_not_be_read_at_all_is_told(tmp_path: Path) -> None:
    for content, code in (
        (b"", "AIM365"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "AIM333"),
        (b"\x00\x01\x02" * 40, "AIM319"),
    ):
        (tmp_path / "lista").write_bytes(content)
        assert [one.code for one in read_attendance(tmp_path / "lista").diagnostics] == [code]
    assert [one.code for one in read_attendance(tmp_path / "ingen.csv").diagnostics] == ["AIM001"]
    assert [code for code, _ in codes(read("Företag;Kvinnor\n"))] == ["AIM365"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Antal kvinnor", "women"), ("Kvinnor (antal)", "women"), ("varav män", "men"), ("Number of women", "women"),
        ("  ORGANISATIONSNUMMER: ", "organisationsnummer"), ("Antal anställda", "head_count"), ("Antal deltagare", "total"),
        ("3. Kommun", "municipality"), ("SNI-kod", "sector"), ("E-postadress (arbete)", "personal"),
        ("Kontaktperson", "personal"), ("Ditt namn", "personal"), ("First name", "personal"), ("Company email", "personal"),
        ("Deltagarens namn", "personal"), ("Company name", "name"), ("Id", None), ("Övrigt", None), ("Titel", None),
    ],
)  # fmt: skip
def test_headings_are_known_by_many_spellings(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_every_word_of_the_table_is_known_as_what_it_stands_for() -> None:
    assert {word: field_of(word) for words in WORDS.values() for word in words} == {
        word: name for name, words in WORDS.items() for word in words
    }


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-05-12", "2022-05-12"), ("2022-05-12 18:00", "2022-05-12"), ("20220512", "2022-05-12"), ("44693", "2022-05-12"),
        ("12 maj 2022", "2022-05-12"), ("den 12:e maj 2022", "2022-05-12"), ("12 May 2022", "2022-05-12"),
        ("12.5.2022", "2022-05-12"), ("2022/05/12", "2022-05-12"), ("3/4/2022", None), ("2022-02-30", None), ("maj", None),
        ("0000-01-01", None),
    ],
)  # fmt: skip
def test_days_are_read_where_they_can_mean_one_only(text: str, day: str | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [("3", 3.0), ("2,5 h", 2.5), ("2:30", 2.5), ("0:45:00", 0.75), ("3 timmar", 3.0), ("0", None), ("-1", None), ("x", None),
     ("99999", None), ("1:75", None)],
)  # fmt: skip
def test_hours_are_numbers_or_times(text: str, hours: float | None) -> None:
    assert hours_of(text) == hours


@given(st.text(max_size=30))
def test_no_cell_is_more_than_can_be(text: str) -> None:
    found = whole_number(text)
    assert found is None or 0 <= found <= 10_000
    assert hours_of(text) is None or 0 < (hours_of(text) or 0) <= 10_000
    assert day_of(text) is None or len(day_of(text) or "") == 10


CELLS = st.sampled_from(
    ["", "1", "2", "x", "-3", "Å AB", "Ö AB", "Summa", "K", "man", "2022-05-12", "556016-0680", "Lund"]
)
HEADINGS = st.sampled_from(["Företag", "Kvinnor", "Män", "Kön", "Namn", "Datum", "Org.nr", "Kommun", "Totalt", "Okänd"])


@given(
    st.lists(HEADINGS, min_size=1, max_size=5, unique=True),
    st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6),
)
def test_every_row_is_somewhere(headings: list[str], rows: list[list[str]]) -> None:
    """Read, or wrong and told with its row, or aside."""
    lines = [";".join(headings), *(";".join(row[: len(headings)]) for row in rows)]
    found = read("\n".join(lines) + "\n")
    if not found.usable:
        return
    written_rows = [number for number, line in enumerate(lines, start=1) if line and number > found.columns.row]  # type: ignore[union-attr]
    assert sorted([*found.aside, *(row.number for row in found.rows)]) == written_rows
    told = {one.at.line for one in found.diagnostics}
    assert {row.number for row in found.rows if row.wrong} <= told
    for row in found.rows:
        assert row.wrong or (row.women + row.men + row.other > 0 and (row.name or row.organisationsnummer or row.id))


def test_the_row_of_headings_is_the_one_with_most_that_are_known() -> None:
    head = [(1, ["Lista"]), (2, []), (3, ["Företag", "Kvinnor", "Män"]), (4, ["Företag", "1", "2"])]
    assert columns_of(head).row == 3


COUNTED = "Företag;Org.nr;Kommun;Kvinnor;Män\nÅ AB;;Lund;2;1\nÖ AB;;Lund;1;0\n"


@pytest.mark.parametrize(
    "row",
    [
        "Summa;;;3;1", "Totalt antal deltagare;;;3;1", "S:a deltagare;;;3;1", "Delsumma:;;;3;1", "Alla;;;3;1", "Subtotal;;;;",
        "Summa 12 maj;;;3;1", "All together;;;3;1", "Antal deltagare;;;3;", ";Summa;;3;1", ";;Totalt;3;1", ";;;3;1",
    ],
)  # fmt: skip
def test_a_row_of_sums_is_no_company(row: str) -> None:
    found = read(COUNTED + row + "\nÄ AB;;;1;1\nSumma;;;4;2\nSumma;;;4;2\n")
    assert [one.name for one in found.rows] == ["Å AB", "Ö AB", "Ä AB"]
    assert found.aside == [4, 6, 7]
    assert [code for code in codes(found) if code != ("AIM361", 4)] == []


def test_a_sum_that_is_not_one_is_left_out_and_told() -> None:
    found = read(COUNTED + "Totalt deltagare;;;9;9\nSumma;;;5;1\n")
    assert codes(found) == [("AIM362", 4), ("AIM362", 5)]
    assert [one.wrong for one in found.rows] == [False, False, True, True]


@pytest.mark.parametrize(
    "row", ["Summa Ekonomi AB;;;3;1", "Totalt;556016-0680;;3;1", "Allas Café;;;3;1", "Total-Bygg;;;1;0"]
)
def test_a_company_may_be_called_like_a_sum(row: str) -> None:
    found = read(COUNTED + row + "\n")
    assert (len(found.rows), found.aside, codes(found)) == (3, [], [])
    assert not found.rows[2].wrong


def test_sole_traders_named_by_their_numbers_alone_do_not_become_one_company() -> None:
    number = personal_number()
    found = read(f"Företag;Kvinnor\n{number};1\n19{number};2\nÅkes {number};1\n811228-1234;1\n")
    assert [(one.name, one.wrong) for one in found.rows] == [
        (None, True), (None, True), ("Åkes ******-****", False), (None, True),
    ]  # fmt: skip
    assert codes(found).count(("AIM623", 2)) == 1
    assert {code for code, _ in codes(found)} == {"AIM313", "AIM623"}


def workbook(path: Path, **sheets: list[str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line.split(";"))
    return path


def test_the_sheet_with_the_headings_is_read_wherever_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path / "å.xlsx", Försättsblad=["AI-kväll i Lund", "Ansvarig;Åsa"], Lista=LIST.splitlines())
    found = read_attendance(path)
    assert said(found) == WANTED
    [note] = found.diagnostics
    assert (note.code, note.facts) == ("AIM363", {"sheet": "Lista", "others": "Försättsblad"})


def test_where_no_sheet_or_several_suit_the_first_is_read_and_the_others_told(tmp_path: Path) -> None:
    none = read_attendance(workbook(tmp_path / "å.xlsx", Ett=["AI-kväll"], Två=["Ansvarig;Åsa"]))
    assert [found.code for found in none.diagnostics] == ["AIM363", "AIM667"]
    both = read_attendance(workbook(tmp_path / "ä.xlsx", Ett=LIST.splitlines(), Två=LIST.splitlines()))
    assert said(both) == WANTED
    assert both.diagnostics[0].facts["others"] == "Två"


@pytest.mark.parametrize("text", ["", " \n", "Företag;Kvinnor\n"])
def test_an_empty_list_is_told_as_one(text: str) -> None:
    assert [code for code, _ in codes(read(text))] == ["AIM365"]
