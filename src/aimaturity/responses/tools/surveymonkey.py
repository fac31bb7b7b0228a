"""SurveyMonkey: two heading rows, question and choice; expanded or condensed, words or numbers."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, at, cells, column_of, identity, skip

_OWN = {
    "respondent id": "respondent", "respondentid": "respondent", "collector id": "", "collectorid": "",
    "start date": "",
    "startdate": "", "end date": "submitted", "enddate": "submitted", "date created": "", "date modified": "submitted",
    "ip address": "", "email address": "", "first name": "", "last name": "", "custom data 1": "",
    "language": "language",
    "collector": "", "collector nm": "",
}  # fmt: skip
_OPEN = frozenset({"response", "open-ended response", "svar", "öppet svar", "öppen kommentar"})
_OTHER = re.compile(
    r"(other|annat|annan|övrigt)\b.*\(.*\)|other \(please specify\)|annat, (ange|nämligen)", re.IGNORECASE
)


def read(sheet: Sheet) -> Layout | None:
    """Known by `Respondent ID` and `Collector ID`, and a second row of choices; without ids by that row alone."""
    top = next((k for k in range(2) if at(cells(sheet, k), 0).casefold() in ("respondent id", "respondentid")), None)
    nameless = top is None and _without_ids(cells(sheet, 0), cells(sheet, 1))
    if top is None and not nameless:
        return None
    top = top or 0
    row, below = cells(sheet, top), cells(sheet, top + 1)
    two_rows = nameless or not at(below, 0) or at(below, 0).casefold() == row[0].casefold()
    if not two_rows and not any(_OWN.get(text.casefold()) == "" for text in row[:6]):
        return None
    width = max(len(row), len(below) if two_rows else 0)
    headings: list[Heading] = []
    question = ""
    places = {} if two_rows else _places(row)
    for column in range(width):
        text, choice = at(row, column), at(below, column) if two_rows else ""
        known = _OWN.get(text.casefold()) if column < 12 else None
        if known is not None:
            headings.append(identity(known, text) if known else skip(text))
            continue
        question = text or question
        if column in places:
            headings.append(Heading((question,), place=places[column]))
            continue
        headings.append(_heading(question, choice, choice and _is_other(choice)))
    first = top + (2 if two_rows else 1)
    numeric = _numeric(sheet, first, headings)
    reasons = (", ".join(row[:2]), *([", ".join(c for c in below if c)[:60]] if two_rows else []))
    return Layout("surveymonkey", reasons, headings, first=first, heading=top, coded=numeric, filled=True)


def _without_ids(row: list[str], below: list[str]) -> bool:
    """A copy without the columns of metadata: `Open-Ended Response` below a question, choices below nothing."""
    open_ended = sum(text.casefold() in _OPEN for text in below)
    gaps = sum(not at(row, column) and bool(text) for column, text in enumerate(below))
    return any(row) and open_ended > 0 and gaps > 0 and gaps + open_ended > 0.25 * len(below)


def _places(row: list[str]) -> dict[int, tuple[int, int]]:
    """Columns of a tidied copy, in which the choices' row is gone: place under the question before them."""
    starts = [column for column, text in enumerate(row) if text]
    found: dict[int, tuple[int, int]] = {}
    for start, stop in zip(starts, [*starts[1:], len(row)], strict=True):
        if stop - start > 1:
            found |= {column: (column - start, stop - start) for column in range(start, stop)}
    return found


def _is_other(choice: str) -> bool:
    return _OTHER.match(choice) is not None


def _heading(question: str, choice: str, other: object) -> Heading:
    if other:
        return Heading((question,), (choice,), role="other")
    if not choice or choice.casefold() in _OPEN:
        return Heading((question,))
    return Heading((question,), (choice,))


def _numeric(sheet: Sheet, first: int, headings: list[Heading]) -> bool:
    """Whether choices are written as numbers: the cells under choices are, nearly all of them."""
    under = [c for c, heading in enumerate(headings) if heading.role == "answer" and heading.part]
    seen = [cell for column in under for cell in column_of(sheet, first, column) if cell]
    return bool(seen) and sum(cell.isdigit() for cell in seen) > 0.8 * len(seen)
