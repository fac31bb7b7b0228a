"""The plain table: one heading row of question ids or texts. Also what any tool without a reader of its own becomes."""

from __future__ import annotations

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells


def read(sheet: Sheet) -> Layout | None:
    """Always: the first row with content has the headings."""
    top = next((k for k in range(len(sheet.head)) if any(cells(sheet, k))), None)
    if top is None:
        return None
    return Layout("plain", (), [Heading((text,)) for text in cells(sheet, top)], first=top + 1, heading=top)
