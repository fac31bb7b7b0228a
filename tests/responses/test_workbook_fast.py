"""Looking a workbook over quickly finds what looking at every cell finds."""

from __future__ import annotations

import io
import re

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.responses.opening import Unreadable
from aimaturity.responses.sheet_xml import _ERROR, _UNCALCULATED, column_number
from aimaturity.responses.workbook import _PLACE, _check_places, _most, _rows

PLACES = st.sampled_from(["A1", "B2", "AB12", "XFD1048576", "7", "b3", "ABCD1", "", "A1B", "Å1"])
QUOTED = st.sampled_from(['r="{}"', "r='{}'", 'r = "{}"', 'spanr="{}"', 'x:r="{}"', ""])
OTHERS = st.sampled_from(['t="e"', "t = 'e'", 't="s"', 's="5"', 'at="e"', ""])
INSIDE = st.sampled_from(
    ["<v>#REF!</v>", "<v>5</v>", "<v/>", "<v></v>", "<f>A1/0</f>", "<x:f/>", "<f>1</f><v>2</v>", "<f>1</f><v/>", "å",
     "<f t='shared'/>\n<v>#N/A</v>", ""]
)  # fmt: skip
CELLS = st.tuples(st.sampled_from(["c", "x:c", "row"]), OTHERS, QUOTED, PLACES, OTHERS, INSIDE, st.booleans())


def sheet(cells: list[tuple[str, str, str, str, str, str, bool]]) -> bytes:
    made = "<sheetData>"
    for tag, before, quoted, place, after, inside, closed in cells:
        begin = f"<{tag} {before} {quoted.format(place)} {after}"
        made += f"{begin}/>" if closed else f"{begin}>{inside}</{tag}>"
    return made.encode()


@given(st.lists(CELLS, max_size=8))
def test_marks_lead_to_the_same_cells_as_trying_everywhere(
    cells: list[tuple[str, str, str, str, str, str, bool]],
) -> None:
    text = sheet(cells)
    for wanted in (_ERROR, _UNCALCULATED):
        assert [m.span() for m in wanted.cells(text)] == [m.span() for m in wanted.cell.finditer(text)]


@given(st.lists(CELLS, max_size=8))
def test_a_stretch_reaches_no_further_than_is_said(cells: list[tuple[str, str, str, str, str, str, bool]]) -> None:
    text = sheet(cells)
    most = _most(text)
    places = [(double or single).strip() for double, single, _ in _PLACE.findall(text)]
    if most is None:
        return
    for place in places:
        found = re.fullmatch(rb"([A-Z]{0,3})(\d{1,7})", place)
        assert found is not None
        assert (int(found[2]) <= most[0], column_number(found[1]) <= most[1]) == (True, True)


def test_usual_sheets_are_looked_at_in_one_and_others_cell_by_cell() -> None:
    usual = b"<sheetData>" + b'<row r="9"><c r="AB9" t="s"><v>1</v></c><c r="C9"/></row>' * 3
    assert _most(usual) == (9, 28)
    assert _most(usual.replace(b'"AB9"', b"'AB9'")) is None
    assert _most(usual + b"<c " + b" " * 500 + b'r="B1') is None


@pytest.mark.parametrize("far", [b'<c r="XFD1048576"><v>1</v></c>', b"<c r='XFD1048576'><v>1</v></c>"])
def test_a_cell_far_away_is_found_in_any_stretch(far: bytes) -> None:
    row = b'<row r="2"><c r="A2"><v>1</v></c></row>'
    for before in (0, 40_000, 80_000):
        with pytest.raises(Unreadable, match="AIM355"):
            _check_places(io.BytesIO(b"<sheetData>" + row * before + far + row * (80_000 - before)), "x.xlsx")
    empty = b'<c r="XFD1048576" s="1"/>'
    _check_places(io.BytesIO(b"<sheetData>" + row * 40_000 + empty + row * 40_000), "x.xlsx")


def test_cells_without_a_value_count_for_nothing_wherever_the_values_stand() -> None:
    """A row that is coloured in all its width, above many rows of answers."""
    coloured = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="XFD1" s="1"/></row>'
    cells = "".join(f'<c r="{column}{{0}}" t="s"><v>1</v></c>' for column in "ABCDEFGHIJKLMNOPQRST")
    answers = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(2, 6_000)).encode()
    _check_places(io.BytesIO(b"<sheetData>" + coloured + answers), "x.xlsx")
    with pytest.raises(Unreadable, match="AIM355"):
        _check_places(io.BytesIO(b"<sheetData>" + coloured.replace(b's="1"/>', b"><v>2</v></c>") + answers), "x.xlsx")


def test_the_end_of_a_sheet_with_other_names_is_usual_too() -> None:
    margins = b'<sheetData/><pageMargins left="0.7" header="0.3" footer="0.3"/><c r="B7"/>'
    assert _most(margins) == (7, 2)
    assert _most(margins + b"<c r='B8'/>") is None


VALUES = st.sampled_from(["", "å", "ja", "1", 1, 0, 2.5, True, False])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2), st.integers(0, 2), st.lists(st.lists(VALUES, max_size=4), max_size=4))
def test_rows_are_those_of_the_whole_sheet(top: int, left: int, rows: list[list[object]]) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(top + number, left + column, value)
    made.seek(0)
    read = python_calamine.CalamineWorkbook.from_filelike(made).get_sheet_by_index(0)
    found, expected = _rows(read), read.to_python(skip_empty_area=False)
    assert found == expected
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in expected]
