"""What calamine doesn't tell of a sheet's cells, from its XML: errors, formulas without value, numbers as per cent."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aimaturity.responses.opening import Opened

_CHUNK = 1 << 20
_LONGEST = 20_000
"""Bytes that a cell with its formula may have."""
_TAGS = re.compile(rb"<(?:[\w.]+:)?(sheet|Relationship)\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = rb"""<(?:[\w.]+:)?c\s([^<>]{0,400}%s[^<>]{0,400})>\s*"""
_FORMULA = rb"""<(?:[\w.]+:)?f\b(?:[^<>]{0,400}/>|[^<>]{0,400}>[^<]{0,9000}</(?:[\w.]+:)?f>)\s*"""
_VALUE = rb"""<(?:[\w.]+:)?v>([^<]{0,40})<"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of cell. `mark` stands in the cell's tag, or right behind it, and is looked for first: it begins with a
    sign that is as it stands, so that a sheet is gone through ten times as fast as by trying `cell` everywhere."""

    mark: re.Pattern[bytes]
    cell: re.Pattern[bytes]

    def cells(self, text: bytes) -> Iterator[re.Match[bytes]]:
        """The cells in a stretch of a sheet, in their order."""
        last = -1
        for mark in self.mark.finditer(text):
            start = text.rfind(b"<", 0, mark.start())
            match = self.cell.match(text, start) if start > last else None
            if match is not None:
                yield match
            last = start


_ERROR = Wanted(
    re.compile(rb"""t\s*=\s*["']e["']"""),
    re.compile(_CELL % rb"""\bt\s*=\s*["']e["']""" + rb"(?:" + _FORMULA + rb")?" + _VALUE),
)
"""A cell of type "error" and the value that Excel kept with it; calamine gives such a cell as an empty one."""
_UNCALCULATED = Wanted(
    re.compile(rb"<(?:[\w.]+:)?f\b"),
    re.compile(_CELL % rb"" + _FORMULA + rb"""(<(?:[\w.]+:)?v\s*(?:/>|>\s*</(?:[\w.]+:)?v>)\s*)?</(?:[\w.]+:)?c>"""),
)
"""A cell with a formula and no value: made by a program that leaves it to Excel to work it out."""
_FORMAT = re.compile(rb"<(?:[\w.]+:)?numFmt\s([^<>]{0,2000})>")
_STYLES = re.compile(rb"<(?:[\w.]+:)?cellXfs\b.*?</(?:[\w.]+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:[\w.]+:)?xf\s([^<>]{0,2000})>")
_PERCENT_FORMATS = {b"9", b"10"}


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell that is more than its value. Row and column from 0; `text`: an error as it is shown."""

    row: int
    column: int
    kind: Literal["error", "uncalculated", "percent"]
    text: str = ""


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name.rpartition(b":")[2]: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def column_number(letters: bytes) -> int:
    """From 1, as `A`."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column


def odd_cells(file: Opened, sheet: str) -> Iterator[OddCell]:
    """The cells of a sheet of which calamine gives less than Excel shows."""
    with zipfile.ZipFile(file.path) as archive:
        try:
            member = _member_of(archive, sheet)
            stream = archive.open(member) if member is not None else None
        except KeyError:
            stream = None
        if stream is None:
            return
        percent = _percent(archive)
        with stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                text = rest + chunk
                end, found = _found(text, percent)
                yield from found
                rest = text[max(end, len(text) - _LONGEST) :]


def _found(text: bytes, percent: Wanted | None) -> tuple[int, list[OddCell]]:
    """Odd cells in a stretch of a sheet, and where the last of them ends."""
    found: list[OddCell] = []
    end = 0
    for match in _ERROR.cells(text):
        end = max(end, match.end())
        found += _at(match, "error", match[2].decode("utf-8", "replace"))
    for match in _UNCALCULATED.cells(text):
        end = max(end, match.end())
        if match[2] is None or _attributes(match[1]).get(b"t") != b"str":  # an empty text is a value
            found += _at(match, "uncalculated")
    for match in percent.cells(text) if percent is not None else ():
        end = max(end, match.end())
        found += _at(match, "percent")
    return end, found


def _at(match: re.Match[bytes], kind: Literal["error", "uncalculated", "percent"], text: str = "") -> list[OddCell]:
    place = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", _attributes(match[1]).get(b"r", b"").decode("ascii", "replace"))
    return [] if place is None else [OddCell(int(place[2]) - 1, column_number(place[1].encode()) - 1, kind, text)]


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file in the archive that holds a sheet; None where that can't be told."""
    with archive.open("xl/workbook.xml") as book, archive.open("xl/_rels/workbook.xml.rels") as relations:
        tags = [_attributes(tag) for stream in (book, relations) for _, tag in _TAGS.findall(stream.read(_CHUNK))]
    target = {tag[b"Id"]: tag[b"Target"].decode() for tag in tags if b"Target" in tag and b"Id" in tag}
    for tag in tags:
        if html.unescape(tag.get(b"name", b"").decode("utf-8", "replace")) == sheet and tag.get(b"id") in target:
            path = target[tag[b"id"]]
            return path.removeprefix("/") if path.startswith("/") else f"xl/{path}"
    return None


def _percent(archive: zipfile.ZipFile) -> Wanted | None:
    """Finds the cells that are shown as per cent, of which the file holds the hundredth; None where there are none."""
    try:
        with archive.open("xl/styles.xml") as stream:
            styles = stream.read(4 * _CHUNK)
    except KeyError:
        return None
    formats = {
        tag.get(b"numFmtId", b"")
        for tag in map(_attributes, _FORMAT.findall(styles))
        if "%" in re.sub(r'"[^"]*"|\\.', "", html.unescape(tag.get(b"formatCode", b"").decode("utf-8", "replace")))
    }
    cells = _STYLES.search(styles)
    used = (
        [_attributes(tag).get(b"numFmtId") in formats | _PERCENT_FORMATS for tag in _STYLE.findall(cells[0])]
        if cells
        else []
    )
    numbers = b"|".join(b"%d" % number for number, is_percent in enumerate(used) if is_percent)
    if not numbers:
        return None
    style = rb"""s\s*=\s*["'](?:""" + numbers + rb""")["']"""
    return Wanted(re.compile(style), re.compile(_CELL % (rb"\b" + style) + rb"(?:" + _FORMULA + rb")?" + _VALUE))
