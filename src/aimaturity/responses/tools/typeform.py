"""Typeform: a column a choice, headed by the choice alone; the cell repeats it."""

from __future__ import annotations

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, Standing, cells, identity, skip

_OWN = frozenset({"start date (utc)", "stage date (utc)", "network id", "tags", "ending", "start date", "score"})
_TYPE: dict[str, Standing] = {"completed": "complete", "partial": "partial", "started": "partial"}


def read(sheet: Sheet) -> Layout | None:
    """Known by `#` first and `Submit Date (UTC)` among the last columns."""
    row = cells(sheet, 0)
    if not row or row[0] != "#" or not any(text.casefold().startswith("submit date") for text in row[-7:]):
        return None
    headings = [identity("respondent", row[0]), *(_heading(text) for text in row[1:])]
    return Layout("typeform", ("#, Submit Date",), headings, booleans=True, filled=True)


def _heading(text: str) -> Heading:
    plain = text.casefold()
    if plain.startswith("submit date"):
        return identity("submitted", text)
    if plain == "response type":
        return skip(text, _TYPE)
    if plain in _OWN:
        return skip(text)
    return Heading((text,), bare=True)
