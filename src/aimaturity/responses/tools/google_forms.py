"""Google Forms: the linked sheet as CSV or XLSX, and the form's own download."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells, column_of, identity, skip

_STAMPS = frozenset(
    {"timestamp", "tidstämpel", "zeitstempel", "horodateur", "tidsstempel", "aikaleima", "marca temporal",
     "tijdstempel"}
)  # fmt: skip
_OWN = frozenset({"email address", "e-postadress", "username", "användarnamn", "score", "poäng", "e-mail-adresse"})
_QUIZ = re.compile(r"(.*\S)\s*\[(?:score|points|feedback|poäng|återkoppling)\]", re.IGNORECASE | re.DOTALL)
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T,]|\d{5}[.,]\d+\Z")


def read(sheet: Sheet) -> Layout | None:
    """Known by its first column: `Timestamp` in some language, holding times."""
    row = cells(sheet, 0)
    if len(row) < 2 or row[0].casefold() not in _STAMPS:
        return None
    stamps = [cell for cell in column_of(sheet, 1, 0) if cell]
    if not all(map(_MOMENT.match, stamps)):
        return None
    headings = [identity("submitted", row[0])]
    for column, text in enumerate(row[1:], start=1):
        own = (column < 4 and text.casefold() in _OWN) or _is_of_a_quiz(text, row)
        headings.append(skip(text) if own else Heading((text,)))
    return Layout(tool="google-forms", reasons=(row[0],), headings=headings)


def _is_of_a_quiz(text: str, row: list[str]) -> bool:
    """Whether a column holds what an answer in another one is worth: named as that, with `[Score]` behind it."""
    quiz = _QUIZ.fullmatch(text)
    return quiz is not None and quiz[1] in row
