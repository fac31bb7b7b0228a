"""Files as bare tables of text: CSV in its dialects and encodings, and XLSX. A reader a kind, tried in order."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem

MAX_CELL = 1_000_000
MAX_COLUMNS = 20_000
MAX_UNZIPPED = 500_000_000
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 65_536


@dataclass
class RawTable:
    """A table of text: headings, and rows with the number that a spreadsheet shows for each."""

    name: str
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heading_row: int = 1
    diagnostics: list[Diagnostic] = field(default_factory=list)


Reader = Callable[[bytes, str], RawTable | None]
"""Bytes and a name -> the table, or None where the bytes aren't of this kind."""


def read_raw(data: bytes, name: str) -> RawTable:
    """The table in a file's bytes. What can't be read is said in its diagnostics; nothing is raised."""
    at = Position(name)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        return RawTable(name, diagnostics=[problem("AIM005", at)])
    for reader in READERS:
        table = reader(data, name)
        if table is not None:
            return table
    return RawTable(name, diagnostics=[problem("AIM319", at)])


def _xlsx(data: bytes, name: str) -> RawTable | None:
    """An Excel workbook: the first sheet that holds a table."""
    at = Position(name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return RawTable(name, diagnostics=[problem("AIM333", at)])
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            is_workbook = any(entry.filename.startswith("xl/") for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return RawTable(name, diagnostics=[problem("AIM334", at)])
    if size > MAX_UNZIPPED:
        return RawTable(name, diagnostics=[problem("AIM003", at, size=size, limit=MAX_UNZIPPED)])
    if not is_workbook:
        return RawTable(name, diagnostics=[problem("AIM319", at)])
    return _sheets(data, name)


def _sheets(data: bytes, name: str) -> RawTable:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        filled = []
        for sheet in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                filled.append((sheet, rows))
    except Exception as error:  # calamine raises its own and Rust's panics for damaged files
        return RawTable(name, diagnostics=[problem("AIM334", Position(name), reason=type(error).__name__)])
    if not filled:
        return RawTable(name, diagnostics=[problem("AIM005", Position(name))])
    table = _table(([_text(cell) for cell in row] for row in filled[0][1]), name)
    if len(filled) > 1:
        others = ", ".join(sheet for sheet, _ in filled[1:])
        table.diagnostics.append(problem("AIM326", Position(name), sheet=filled[0][0], others=others))
    return table


def _text(cell: Any) -> str:
    """A cell of a workbook as text: whole numbers without decimals, days and times in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        whole_day = cell.time() == time(0)
        return cell.date().isoformat() if whole_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _csv(data: bytes, name: str) -> RawTable | None:
    """Text with separators."""
    text, notes = _decoded(data, name)
    if text is None:
        return RawTable(name, diagnostics=notes)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = _delimiter(text)
    table = _table(_records(text, delimiter, name, notes), name)
    table.diagnostics = notes + table.diagnostics
    return table


def _decoded(data: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    """The text, by its byte order mark, else as UTF-8, else by the likeliest encoding (which is said)."""
    at = Position(name)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError as error:
                return None, [problem("AIM004", at, byte=error.start)]
    if b"\0" in data[:_SAMPLE]:
        return None, [problem("AIM319", at)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        legacy = ["cp1252", "latin_1", "mac_roman"]
        best = from_bytes(data[:_SAMPLE], cp_isolation=legacy).best()
        encoding = best.encoding if best is not None else "cp1252"
        text = data.decode(encoding, "replace")
        return text, [problem("AIM318", at, encoding=encoding)]


def _delimiter(text: str) -> str:
    """The separator that gives most records the same number of fields, more than one."""
    sample = text[:_SAMPLE]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            records = [
                r
                for _, r in zip(
                    range(50), csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), strict=False
                )
            ]
        except csv.Error:
            continue
        counts = [len(record) for record in records if record]
        if len(sample) < len(text) and len(counts) > 1:
            counts = counts[:-1]  # the last one may be cut off
        if not counts or counts[0] < 2:
            continue
        score = (sum(count == counts[0] for count in counts) / len(counts), counts[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str, name: str, notes: list[Diagnostic]) -> Iterable[list[str]]:
    csv.field_size_limit(MAX_CELL)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        notes.append(problem("AIM331", Position(name, reader.line_num), reason=str(error)))


def _table(records: Iterable[list[str]], name: str) -> RawTable:
    """Headings from the first row that isn't empty; rows without any content are left out."""
    table = RawTable(name)
    ragged: list[int] = []
    for number, record in enumerate(records, start=1):
        if not any(cell and not cell.isspace() for cell in record):
            continue
        if not table.headings:
            table.headings, table.heading_row = [cell.strip("\ufeff") for cell in record], number
            while table.headings and not table.headings[-1].strip():
                table.headings.pop()
            if len(table.headings) > MAX_COLUMNS:
                table.diagnostics.append(problem("AIM335", Position(name, number), count=len(table.headings)))
                return table
            continue
        width = len(table.headings)
        if len(record) > width and any(cell.strip() for cell in record[width:]):
            ragged.append(number)
        table.rows.append(record[:width] + [""] * (width - len(record)))
        table.numbers.append(number)
    if ragged:
        table.diagnostics.append(problem("AIM315", Position(name, ragged[0]), count=len(ragged)))
    if not table.rows:
        table.diagnostics.append(problem("AIM301", Position(name, table.heading_row)))
    return table


READERS: tuple[Reader, ...] = (_xlsx, _csv)
"""In the order in which they are asked. A survey tool's own format is one more reader in front."""
