"""Alchemer (SurveyGizmo): the choice comes before the question in the heading."""

from __future__ import annotations

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, Standing, cells, column_of, identity, skip

_STATUS: dict[str, Standing] = {
    "complete": "complete", "partial": "partial", "disqualified": "rejected", "deleted": "rejected",
}  # fmt: skip
_OWN = frozenset(
    {"time started", "contact id", "legacy comments", "comments", "referer", "sessionid", "user agent", "longitude",
     "latitude", "country", "city", "state/region", "postal", "tags", "ip address", "url redirect", "link name"}
)  # fmt: skip


def read(sheet: Sheet) -> Layout | None:
    """Known by `Time Started`, `Date Submitted` and `Status` with Complete and Partial."""
    row = cells(sheet, 0)
    plain = [text.casefold() for text in row]
    if not {"date submitted", "status"} <= set(plain) or not {"time started", "response id"} & set(plain):
        return None
    states = {cell.casefold() for cell in column_of(sheet, 1, plain.index("status")) if cell}
    if not states or not states <= _STATUS.keys():
        return None
    return Layout("alchemer", (", ".join(row[:3]),), [_heading(text, set(row)) for text in row])


def _heading(text: str, row: set[str]) -> Heading:
    plain = text.casefold()
    if plain == "response id":
        return identity("respondent", text)
    if plain == "date submitted":
        return identity("submitted", text)
    if plain == "language":
        return identity("language", text)
    if plain == "status":
        return skip(text, _STATUS)
    if plain in _OWN:
        return skip(text)
    splits = [(text[:at].strip(" :"), text[at:].strip(" :")) for at, sign in enumerate(text) if sign == ":"]
    splits = [(choice, question) for choice, question in splits if choice and question]
    questions = tuple(dict.fromkeys(question for _, question in splits))
    choices = tuple(dict.fromkeys(choice for choice, _ in splits))
    beside = not row.isdisjoint(questions)  # the ticks are in a column of their own, joined
    if beside or (choices and choices[0].casefold().replace("–", "-").endswith("write in")):
        return Heading(questions, choices, role="other")
    return Heading((text, *questions), choices)
