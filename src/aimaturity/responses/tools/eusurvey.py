"""EUSurvey: XLSX with three rows before the headings; ids and assigned values may stand in brackets."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, at, cells, column_of, identity, skip

_IDENTITY = {
    "contribution id": "respondent", "creation date": "", "last update": "submitted", "languages": "language",
    "language": "language", "invitation number": "", "user name": "", "total score": "",
    "svar-id": "respondent", "skapad den": "", "senaste uppdatering": "submitted", "språk": "language",
    "inbjudans nummer": "", "användarnamn": "", "totalt resultat": "",
    "kennnummer des beitrags": "respondent", "erstellungsdatum": "", "letzte aktualisierung": "submitted",
    "sprachen": "language", "einladungsnummer": "", "nutzername": "", "gesamtpunktzahl": "",
}  # fmt: skip
"""In English, Swedish and German: the names are in the language that the person who exported reads the site in."""
_ENDING = re.compile(r"\s*\(((?:ID)?[\w-]+)\)\s*\Z")


def read(sheet: Sheet) -> Layout | None:
    """Known by `Alias` and `Export Date` in the first two rows."""
    if at(cells(sheet, 0), 0) != "Alias" or at(cells(sheet, 1), 0) != "Export Date":
        return None
    top = next((k for k in range(2, 6) if sum(map(bool, cells(sheet, k))) > 1), None)
    if top is None:
        return None
    row = cells(sheet, top)
    codes = _have_endings([text for text in row if text.casefold() not in _IDENTITY and text])
    headings = [_heading(text, codes, column_of(sheet, top + 1, column)) for column, text in enumerate(row)]
    answers = [c for c, heading in enumerate(headings) if heading.role == "answer"]
    seen = [cell for column in answers for cell in column_of(sheet, top + 1, column) if cell]
    valued = sum(bool(re.search(r"\(ID\w+\)\Z", cell)) for cell in seen) > 0.3 * max(len(seen), 1)
    reasons = (f"Alias | {at(cells(sheet, 0), 1)}"[:60],)
    return Layout(
        "eusurvey", reasons, headings, first=top + 1, heading=top, clean=_without_values if valued else None,
        joiner="; ",
    )  # fmt: skip


def _have_endings(texts: list[str]) -> bool:
    return sum(_ENDING.search(text) is not None for text in texts) > 0.5 * len(texts)


def _heading(text: str, codes: bool, said: list[str]) -> Heading:
    name = _IDENTITY.get(text.casefold())
    if name is not None:
        nobody = any(said) and not set(said) - {"", "Anonymous"}  # in an anonymous survey, for every respondent
        return identity(name, text) if name and not nobody else skip(text)
    names = dict.fromkeys((_ENDING.sub("", text), text)) if codes else {text: None}
    plain = next(iter(names))
    ending = _ENDING.search(text) if codes else None
    short = (ending[1],) if ending is not None else ()  # the name that the editor gave to the question, or to the row
    title, colon, row = plain.rpartition(": ")
    return Heading((*names, title), (row, *short)) if colon else Heading((*names, *short), bare=True)


def _without_values(text: str) -> str:
    """A cell without the ids that stand in brackets after each answer."""
    return re.sub(r"\s*\(ID\w+\)(?=\s*(;|\Z))", "", text)
