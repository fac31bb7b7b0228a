"""The plain table: one heading row of question ids or texts. Also what any tool without a reader of its own becomes."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells

MAX_ABOVE = 20


def read(sheet: Sheet) -> Layout | None:
    """Always: the first row with content has the headings."""
    top = next((k for k in range(len(sheet.head)) if any(cells(sheet, k))), None)
    return None if top is None else read_at(sheet, top)


def further(sheet: Sheet, layout: Layout) -> Iterator[Layout]:
    """The same sheet with the headings further down, below a title or names of groups and above some row of answers."""
    last = max((k for k in range(len(sheet.head)) if any(cells(sheet, k))), default=0)
    for top in range(layout.first, min(last, MAX_ABOVE)):
        if sum(map(bool, cells(sheet, top))) > 1:
            yield read_at(sheet, top)


def read_at(sheet: Sheet, top: int) -> Layout:
    """With the headings in the record at this position."""
    return Layout("plain", (), [Heading((text,)) for text in cells(sheet, top)], first=top + 1, heading=top)
