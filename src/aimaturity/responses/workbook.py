"""Excel workbooks as records: the first visible sheet that holds a table."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.responses.opening import Opened, Unreadable
from aimaturity.responses.sheet_xml import column_number, odd_cells
from aimaturity.responses.text import Record

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(file: Opened) -> bool:
    """Whether this is an Excel file that can be read. Raises `Unreadable` for the old format and for a password."""
    head = file.beginning(8)
    if head.startswith(_OLE):
        raise Unreadable("AIM341" if _ENCRYPTED in file.path.read_bytes() else "AIM333", file.name)
    return head.startswith(b"PK")


_PLACE = re.compile(
    rb"""[\s"']r\s*=\s*(?:"([^"<]{0,60})"|'([^'<]{0,60})')"""  # a place, in whatever way it is written
    rb"""((?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/>)?"""  # and, of a cell without a value, the tag's end
)
_MAY_BEGIN, _BEGINS = re.compile(rb"""r\s*=\s*["']"""), re.compile(rb"""[\s"']r\s*=\s*["']""")
_USUAL = re.compile(rb' r="([A-Z]{0,3}[0-9]{1,7})"')
_LETTERS, _FIGURES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
MAX_CELLS = 60_000_000
_CHUNK = 1 << 20


def _check_extent(file: Opened) -> None:
    """Refuses a sheet with a stray cell far away, however it is written: calamine would make billions of empty ones,
    and no memory error of its can be caught. Cells without a value don't count."""
    with zipfile.ZipFile(file.path) as archive:
        for member in archive.infolist():
            if not member.filename.casefold().endswith((".xml", ".rels")) or "/charts/" in member.filename:
                with archive.open(member) as stream:
                    if b"sheetData" in stream.read(_CHUNK):
                        raise Unreadable("AIM334", file.name, reason="a sheet under another name")
                continue
            with archive.open(member) as stream:
                begins = stream.read(_CHUNK)
            if b"sheetData" in begins or member.filename.casefold().startswith("xl/worksheets/"):
                with archive.open(member) as stream:
                    _check_places(stream, file.name)


def _check_places(stream: Any, name: str) -> None:
    beginning = stream.read(200)
    if not beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or b"\0" in beginning:
        raise Unreadable("AIM334", name, reason="not UTF-8")
    stream.seek(0)
    if _is_usual(stream):
        return
    stream.seek(0)
    rows = columns = 0
    for text in _stretches(stream):
        for double, single, empty in _PLACE.findall(text):
            place = (double or single).strip()
            found = re.fullmatch(rb"([A-Za-z]*)(\d+)", place)
            if found is None or len(found[1]) > 3 or len(found[2]) > 7:
                raise Unreadable("AIM355", name, cell=place.decode("ascii", "replace"), count="?")
            if empty or not found[1]:
                continue
            rows, columns = max(rows, int(found[2])), max(columns, column_number(found[1]))
            if rows * columns > MAX_CELLS:
                raise Unreadable("AIM355", name, cell=place.decode("ascii"), count=rows * columns)


def _stretches(stream: Any) -> Iterator[bytes]:
    """A sheet in stretches, each with the end of the one before: no place is cut in all of them."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        yield text
        rest = text[-400:]


def _is_usual(stream: Any) -> bool:
    """Whether all places of a sheet are written as they usually are and are not too far away, those of cells without a
    value too. It nearly always holds, and is told by whole stretches in a tenth of the time."""
    rows = columns = 0
    for text in _stretches(stream):
        most = _most(text)
        if most is None:
            return False
        rows, columns = max(rows, most[0]), max(columns, most[1])
        if rows * columns > MAX_CELLS:
            return False
    return True


def _most(text: bytes) -> tuple[int, int] | None:
    """The highest row and column that a stretch names. None where a place isn't written as it usually is."""
    end = text.rfind(b">") + 1
    whole = text[:end]
    places = _USUAL.findall(whole)
    # Counted by its letter first, which is fast, then, where other names end in it, exactly.
    all_usual = len(places) == len(_MAY_BEGIN.findall(whole)) or len(places) == len(_BEGINS.findall(whole))
    if not all_usual or len(text) - end > 400:
        return None
    joined = b" ".join(places)
    rows = max(map(int, set(joined.translate(None, _LETTERS).split())), default=0)
    return rows, max(map(column_number, set(joined.translate(None, _FIGURES).split())), default=0)


_TOP = 60
"""Rows of a sheet by which it is told whether it suits."""


def sheet_records(file: Opened, suits: Callable[[list[Record]], bool] | None = None) -> list[Record]:
    """The first sheet's rows, those without content too; or those of the one sheet that suits, by its first rows.
    Raises `Unreadable`."""
    import python_calamine

    try:
        _check_extent(file)
        with file.path.open("rb") as stream:  # by its bytes: by its path, an ending that isn't true would count
            workbook = python_calamine.CalamineWorkbook.from_filelike(stream)
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        filled = []
        for name in visible:
            rows = _rows(workbook.get_sheet_by_name(name))
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                filled.append((name, rows))
        filled = _in_full(filled)
        if suits is not None and len(filled) > 1:
            fitting = [one for one in filled if suits(list(_records(one[1][:_TOP])))]
            if len(fitting) == 1:
                filled = fitting + [one for one in filled if one is not fitting[0]]
        if filled:
            _amend(file, *filled[0])
    except (
        python_calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise Unreadable("AIM334", file.name, reason=type(error).__name__) from None
    except Unreadable:
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Unreadable("AIM334", file.name, reason=type(error).__name__) from None
    if not filled:
        raise Unreadable("AIM005", file.name)
    if len(filled) > 1:
        others = ", ".join(sheet for sheet, _ in filled[1:])
        file.notes.append(problem("AIM326", Position(file.name), sheet=filled[0][0], others=others))
    return list(_records(filled[0][1]))


def _rows(sheet: Any) -> list[list[Any]]:
    """All rows of a sheet from A1 on, each text once in memory however many cells it stands in."""
    known: dict[str, str] = {}
    left = [""] * (sheet.start[1] if sheet.start is not None else 0)
    return [
        [*left, *(known.setdefault(cell, cell) if type(cell) is str else cell for cell in row)]
        for row in sheet.iter_rows()
    ]


def _in_full(sheets: list[tuple[str, list[list[Any]]]]) -> list[tuple[str, list[list[Any]]]]:
    """The sheets; as one, where the others go on where the first one's columns ended: `Content`, `Content1` and so on,
    each with the same title rows, as EUSurvey has it."""
    name, first = sheets[0] if sheets else ("", [])
    goes_on = [other == f"{name}{k}" and _titles(rows) == _titles(first) for k, (other, rows) in enumerate(sheets)]
    if len(sheets) < 2 or not all(goes_on[1:]):
        return sheets
    length = max(len(rows) for _, rows in sheets)
    filled = [[*rows, *[[""] * len(rows[0])] * (length - len(rows))] for _, rows in sheets]
    return [(name, [[cell for rows in filled for cell in rows[k]] for k in range(length)])]


def _titles(rows: list[list[Any]]) -> list[list[Any]]:
    return [row[:2] for row in rows[:2]]


def _amend(file: Opened, sheet: str, rows: list[list[Any]]) -> None:
    """Puts into a sheet's cells what is shown there and calamine doesn't give, and notes what nobody can give."""
    uncalculated: dict[int, list[int]] = {}
    for odd in odd_cells(file, sheet):
        if odd.kind == "uncalculated":
            uncalculated.setdefault(odd.column, []).append(odd.row + 1)
        elif odd.row < len(rows) and odd.column < len(rows[odd.row]):
            value = rows[odd.row][odd.column]
            if odd.kind == "error":
                rows[odd.row][odd.column] = odd.text
            elif isinstance(value, int | float) and not isinstance(value, bool):
                rows[odd.row][odd.column] = f"{cell_text(round(value * 100.0, 9))} %"
    for column, numbers in sorted(uncalculated.items()):
        at = Position(file.name, min(numbers), column + 1)
        file.notes.append(problem("AIM367", at, count=len(numbers)))


def _records(rows: list[list[Any]]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        yield number, [cell_text(cell) for cell in row]


def cell_text(cell: Any) -> str:
    """A cell of a workbook as text: whole numbers without decimals, days and times in ISO form."""
    if isinstance(cell, str) or cell is None:
        return cell or ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        whole_day = cell.time() == time(0)
        return cell.date().isoformat() if whole_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
