"""Sheets to work in: typed cells, frozen headings, readable widths, ready for A4.

What people typed is text in every cell: it can start no formula and hold no link. The same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import math
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aimaturity.responses.clean import clean
from aimaturity.scoring.export import NO_TIME, harmless

LONGEST = 32_767
"""UTF-16 units that a cell holds."""
A4 = 9
SEALED, UNSEALED = "docProps/custom.xml", "0" * 64
"""The part of a workbook that holds its seal, and what stands there before it is sealed."""
LARGEST = 100_000_000
"""Bytes, unpacked, that no workbook of ours comes near."""
LINE, TALLEST = 15, 409
"""Height of a line, and the greatest of a row, in points."""
DPI, PICTURE = 96, 40
"""Pixels an inch where nothing else is said, and how many a picture is high."""
WIDE = 1.05
"""Words don't fill their lines: so much longer than its characters is a text."""
FONT = {"font_name": "Calibri", "font_size": 11}
BLUE, TINT, SOFT, HAIR = "#12436D", "#E6ECF2", "#46525D", "#B8C2CC"


@dataclass(frozen=True)
class Share:
    """A share of 1, shown in whole percent; 0 and 100 only where exact."""

    value: float

    @property
    def shown(self) -> float:
        near = round(self.value, 2)
        return self.value if near == self.value or near not in (0, 1) else 0.01 if near == 0 else 0.99


def worked_in(data: bytes) -> bool:
    """Whether somebody has saved a workbook since it was made: its parts aren't those that it was sealed with.

    What is no workbook at all isn't worked in.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                return True  # none of ours
            parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error):
        return False
    if "xl/workbook.xml" not in parts:
        return False
    return _seal_of(parts).encode() not in parts.get(SEALED, b"")


def _sealed(data: bytes) -> bytes:
    """The workbook with a digest of its other parts among its properties."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {entry: package.read(entry) for entry in package.infolist()}
    seal = _seal_of({entry.filename: part for entry, part in parts.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, part in parts.items():
            whole = part.replace(UNSEALED.encode(), seal.encode()) if entry.filename == SEALED else part
            package.writestr(entry, whole)
    return out.getvalue()


def _seal_of(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != SEALED:
            digest.update(f"{name} {len(parts[name])}\n".encode())
            digest.update(parts[name])
    return digest.hexdigest()


Cell = str | int | float | Decimal | dt.date | Share | None


@dataclass(frozen=True)
class Column:
    """One column. `fill`: to be filled in by people, and marked so."""

    title: str
    width: float
    fill: bool = False


def text_of(value: str) -> str:
    """What a person typed as a cell's text: nothing unseen, no formula, no longer than a cell holds."""
    text = str(harmless(clean(value)))
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") if 2 * len(text) > LONGEST else text


class Book:
    """A workbook in memory.

    created  the day that its properties name; never the clock's
    pages    the words before a page's number, and between it and the number of pages
    """

    def __init__(self, title: str, created: dt.date | None, language: str, pages: Sequence[str]) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.stream = io.BytesIO()
        self.title, self.language, self.pages = title, language, pages
        self.book = xlsxwriter.Workbook(self.stream, options)
        moment = dt.datetime.combine(created, dt.time()) if created else NO_TIME
        self.book.set_properties({"title": text_of(title)[:200], "created": moment})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **what: Any) -> Any:
        """The cell format, made once."""
        key = tuple(sorted(what.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(FONT | {"valign": "top"} | what)
        return self._formats[key]

    def sheet(self, name: str, columns: Sequence[Column], above: int = 0) -> Sheet:
        """A sheet with its headings in row `above`, frozen, and repeated on every printed page."""
        return Sheet(self, self.book.add_worksheet(name), columns, above)

    def close(self) -> bytes:
        self.book.set_custom_property("aimaturity-seal", UNSEALED)
        self.book.close()
        return _sealed(self.stream.getvalue())


class Sheet:
    """One table on a sheet."""

    def __init__(self, book: Book, sheet: Any, columns: Sequence[Column], above: int) -> None:
        self.book, self.sheet, self.columns, self.next = book, sheet, columns, above + 1
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            look = {"bold": True, "text_wrap": True, "align": "left", "indent": 1, "bottom": 2, "bottom_color": BLUE}
            look |= {"bg_color": TINT} if column.fill else {}
            sheet.write_string(above, place, column.title, book.format(**look))
        tallest = max(_lines(column.title, 0.85 * column.width) for column in columns)  # bold letters are wider
        sheet.set_row(above, LINE * tallest)
        sheet.freeze_panes(above + 1, 0)
        sheet.repeat_rows(above)
        self._for_paper()

    def _for_paper(self) -> None:
        sheet, (before, between) = self.sheet, self.book.pages
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        title = " ".join(clean(self.book.title).split())[:80].replace("&", "&&")
        sheet.set_footer(f"&L{title}&R{before}&P{between}&N")

    def row(self, values: Sequence[Cell], indent: int = 0, **look: Any) -> int:
        """Writes a row under the last one; its number, from 0.

        indent  of its first cell
        look    of all of them
        """
        row = self.next
        for place, value in enumerate(values):
            first = {"indent": 1 + indent} if indent and place == 0 else {}
            self.write(row, place, value, **first, **look)
        lines = max((_lines(value, self.columns[place].width) for place, value in enumerate(values)), default=1)
        if lines > 1:  # not every program works it out by itself
            self.sheet.set_row(row, min(TALLEST, lines * LINE))
        self.next += 1
        return row

    def write(self, row: int, place: int, value: Cell, **look: Any) -> None:
        """One cell, by its type."""
        fill = {"bg_color": TINT} if place < len(self.columns) and self.columns[place].fill else {}
        look = {"bottom": 1, "bottom_color": HAIR} | fill | look
        style, sheet = self.book.format, self.sheet
        if value is None or value == "":
            sheet.write_blank(row, place, None, style(**look, text_wrap=True))
        elif isinstance(value, str):
            sheet.write_string(
                row, place, text_of(value), style(**({"indent": 1} | look), align="left", text_wrap=True)
            )
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, place, value, style(**look, num_format="yyyy-mm-dd"))
        elif isinstance(value, Share):
            sheet.write_number(
                row, place, value.shown, style(**look, num_format="0 %" if self.book.language == "sv" else "0%")
            )
        elif isinstance(value, Decimal):
            places = max(0, -int(value.as_tuple().exponent))
            sheet.write_number(
                row, place, float(value), style(**look, num_format="0." + "0" * places if places else "0")
            )
        else:
            sheet.write_number(row, place, value, style(**look))

    def line(self, row: int, text: str, **look: Any) -> None:
        """A text across the whole width, as high as it needs."""
        text = text_of(text)
        size = look.get("font_size", 11)
        lines = _lines(text, sum(column.width for column in self.columns) * 11 / size)
        self.sheet.merge_range(row, 0, row, len(self.columns) - 1, "", self.book.format(text_wrap=True, **look))
        self.sheet.write_string(row, 0, text, self.book.format(text_wrap=True, **look))
        self.sheet.set_row(row, min(TALLEST, lines * (size + 4)))

    def pictures(self, row: int, pictures: Sequence[tuple[bytes, str]]) -> None:
        """Pictures (PNG or JPEG, and the words for each) beside each other; one that is damaged is left out."""
        from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]
        from xlsxwriter.image import Image  # type: ignore[import-untyped]

        right = 4
        for data, words in pictures:
            try:
                image = Image(io.BytesIO(data))
            except (XlsxWriterException, struct.error):
                continue
            scale = PICTURE / (image.height * DPI / image.y_dpi)
            look = {"x_scale": scale, "y_scale": scale, "x_offset": right, "y_offset": 2}
            self.sheet.insert_image(row, 0, image, look | {"description": text_of(words)})
            right += 16 + round(image.width * DPI / image.x_dpi * scale)
        self.sheet.set_row_pixels(row, PICTURE + 4)


def _lines(value: Cell, width: float) -> int:
    """About how many lines a text takes in a column of so many characters."""
    if not isinstance(value, str):
        return 1
    room = max(1.0, width - 2)
    return sum(max(1, math.ceil(len(part) * WIDE / room)) for part in value.split("\n"))
