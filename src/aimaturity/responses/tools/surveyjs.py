"""SurveyJS: a JSON list, an object a respondent."""

from __future__ import annotations

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells, identity, skip

_IDENTITY = {
    "id": "respondent", "responseid": "respondent", "instanceid": "respondent", "happendat": "submitted",
    "submittedat": "submitted", "submitted": "submitted", "createdat": "submitted", "locale": "language",
    "language": "language",
}  # fmt: skip
_OWN = frozenset({"pageno", "postid", "timespent", "ip", "ipaddress", "clientid", "partialsend", "correctanswercount"})


def read(sheet: Sheet) -> Layout | None:
    """Known by being JSON: no other tool's export here is."""
    if sheet.kind != "json":
        return None
    headings = [_heading(text) for text in cells(sheet, 0)]
    return Layout("surveyjs", ("JSON",), headings)


def _heading(text: str) -> Heading:
    plain = text.casefold()
    if plain in _IDENTITY:
        return identity(_IDENTITY[plain], text)
    if plain in _OWN:
        return skip(text)
    if text.endswith("-Comment"):
        return Heading((text.removesuffix("-Comment"),), ("other",), role="other")
    if text.endswith("]") and "[" in text:
        question, _, part = text[:-1].partition("[")
        return Heading((question,), (part,))
    return Heading((text,))
