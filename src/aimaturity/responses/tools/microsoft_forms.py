"""Microsoft Forms: XLSX (or CSV made by hand), one row a submission, labels only."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells, column_of, identity, skip

_STARTS = frozenset({"start time", "starttid", "startzeit", "heure de début", "hora de inicio", "starttidspunkt"})
_ENDS = frozenset(
    {"completion time", "slutförandetid", "fertigstellungszeit", "heure de fin", "hora de finalización",
     "slutttidspunkt",
     "fuldførelsestidspunkt", "fullføringstidspunkt"}
)  # fmt: skip
_OWN = frozenset(
    {"email", "e-post", "e-mail", "last modified time", "senast ändrad", "tid för senaste ändring",
     "total points", "totalt antal poäng", "quiz feedback", "feedback om frågesporten"}
)  # fmt: skip
_NAMES = frozenset({"name", "namn", "nom", "nombre", "navn"})
_LANGUAGES = frozenset({"language", "språk", "sprache"})
_QUIZ = re.compile(r"(points|feedback|poäng|återkoppling)\s*[-–]\s*\S", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4})[ T]\d{1,2}[:.]\d\d|\d{5}[.,]\d+\Z")


def read(sheet: Sheet) -> Layout | None:
    """Known by its first columns: a running number, then start and end (in any language: two times, in order)."""
    row = cells(sheet, 0)
    if len(row) < 4 or row[0].casefold() != "id":
        return None
    named = row[1].casefold() in _STARTS or row[2].casefold() in _ENDS
    if not named and not _two_times(sheet):
        return None
    headings = [identity("respondent", row[0]), skip(row[1]), identity("submitted", row[2])]
    headings += [_heading(text, column, row) for column, text in enumerate(row) if column > 2]
    return Layout(tool="microsoft-forms", reasons=(", ".join(row[:4]),), headings=headings)


def _two_times(sheet: Sheet) -> bool:
    ids, starts, ends = (column_of(sheet, 1, column) for column in range(3))
    return bool(ids) and all(i.isdigit() for i in ids if i) and all(map(_MOMENT.match, [*starts, *ends])) and all(
        start <= end for start, end in zip(starts, ends, strict=True)
    )  # fmt: skip


def _heading(text: str, column: int, row: list[str]) -> Heading:
    plain = text.casefold()
    if plain in _OWN or _QUIZ.match(text):
        return skip(text)
    if column < 8 and plain in _LANGUAGES:
        return identity("language", text)
    if column < 6 and plain in _NAMES:
        return skip(text)  # the person's account, not the company
    without_digit = re.sub(r"(?<=\D)\d\Z", "", text)
    names = (without_digit, text) if without_digit in row[:6] else (text, without_digit)
    return Heading(tuple(dict.fromkeys(names)), bare=True)
