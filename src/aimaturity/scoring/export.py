"""Writing results: CSV, Parquet, XLSX and JSON lines, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem

Columns = Mapping[str, Sequence[Any]]
"""heading -> values; None is an empty cell, int a whole number, float a number, str text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


def write_whole(path: Path, fill: Callable[[BinaryIO], object], *, private: bool = False) -> Diagnostic | None:
    """Writes a file through a temporary one beside it, synced and renamed: the old file stays until the new is whole.

    private  readable by its owner alone, as the temporary one is from the start
    Returns what kept it from being written, or None.
    """
    at = Position(str(path))
    if path.is_dir():
        return problem("AIM002", at)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        return problem("AIM014", at, reason=error.strerror or type(error).__name__)
    finally:
        if temporary is not None:
            with suppress(OSError):  # the disk may be gone; the file's name says that it is temporary
                Path(temporary).unlink()
    return None


def write_text(path: Path, text: str, *, private: bool = False) -> Diagnostic | None:
    return write_whole(path, lambda stream: _all(stream, text.encode("utf-8")), private=private)


def _all(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with an apostrophe in front; all else as it is."""
    if isinstance(value, str) and value.startswith(FORMULA) and not _NUMBER.match(value):
        return "'" + value
    return value


def csv_text(columns: Columns) -> str:
    """RFC 4180 with LF: numbers with a point, whole ones without decimals, empty cells for what isn't there."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless(name) for name in columns])
    for row in zip(*columns.values(), strict=True):
        writer.writerow([_csv_cell(value) for value in row])
    return out.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return csv_number(value) if isinstance(value, float) else str(harmless(value))


def csv_number(value: float) -> str:
    """At most 9 decimals, none where they are zeros."""
    return f"{value:.9f}".rstrip("0").rstrip(".") if value else "0"


def workbook(sheets: Mapping[str, Columns], stream: BinaryIO) -> None:
    """A sheet a table: bold frozen headings, readable widths, real numbers, text that is never a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": NO_TIME})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for title, columns in sheets.items():
        sheet_table(book, title, columns, bold)
    book.close()
    stream.write(out.getvalue())


def sheet_table(book: Any, title: str, columns: Columns, bold: Any) -> None:
    """One table on a sheet of its own."""
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for index, (name, values) in enumerate(columns.items()):
        widest = max([len(name) // 2, *(len(str(value)) for value in values[:200] if value is not None)], default=8)
        sheet.set_column(index, index, min(max(widest + 2, 9), 60))
    for index, name in enumerate(columns):
        sheet.write_string(0, index, name, bold)
    for row, cells in enumerate(zip(*columns.values(), strict=True), start=1):
        for index, value in enumerate(cells):
            if isinstance(value, int | float):
                sheet.write_number(row, index, value)
            elif value is not None:
                sheet.write_string(row, index, str(value)[:32_767])


def _no_time() -> Any:
    import datetime as dt

    return dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed stamp, so that the same input gives the same bytes)


NO_TIME = _no_time()


_MEANINGS = {
    "source_row": ("Raden i enkätfilen, som ett kalkylblad räknar; rubrikerna är rad 1.",
                   "Row in the survey file, as a spreadsheet counts; the headings are row 1."),
    "company": ("Företagets id: angivet id, annars organisationsnummer, annars namn, annars row-<rad>.",
                "The company's id: the id given, else its organisation number, else its name, else row-<row>."),
    "level, level_low, level_high": (
        "Nivå i sin helhet; den lägsta och högsta som de svar som saknas kan ge.",
        "Overall level; the least and greatest that the missing answers could give."),
    "{node}": ("Poäng; tomt där underlaget är för litet.", "Score in points; empty where there is too little basis."),
    "{node}_low, {node}_high": ("Lägsta och högsta poäng som de svar som saknas kan ge.",
                                "The least and greatest score that the missing answers could still give."),
    "{node}_coverage": ("Andel av vikten som är känd, 0 till 1.", "Share of the weight that is known, 0 to 1."),
    "{node}_level": ("Nivå.", "Level of this node."),
}  # fmt: skip


def explained(nodes: Sequence[str], language: str = "en") -> dict[str, list[str]]:
    """What the columns of a score table mean."""
    rows = []
    for name, meanings in _MEANINGS.items():
        meaning = meanings[0 if language == "sv" else 1]
        rows += [(name.format(node=node), meaning) for node in nodes] if "{node}" in name else [(name, meaning)]
    return {"column": [name for name, _ in rows], "meaning": [meaning for _, meaning in rows]}
