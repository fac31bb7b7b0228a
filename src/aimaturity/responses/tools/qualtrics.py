"""Qualtrics: three heading rows (names, texts, import ids), or the legacy two; words or recode values."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, Standing, at, cells, column_of, identity, skip

_OWN = frozenset(
    {
        "startdate", "enddate", "ipaddress", "progress", "duration (in seconds)", "recipientlastname",
        "recipientfirstname", "recipientemail", "externalreference", "externaldatareference", "locationlatitude",
        "locationlongitude", "distributionchannel", "responseset", "emailaddress", "name", "locationaccuracy",
    }
)  # fmt: skip
_IDENTITY = {
    "responseid": "respondent",
    "recordeddate": "submitted",
    "userlanguage": "language",
    "enddate": "submitted",
}
_STATUS: dict[str, Standing] = {
    "0": "complete", "ip address": "complete", "1": "test", "survey preview": "test", "2": "test",
    "survey test": "test",
    "4": "complete", "imported": "complete", "8": "rejected", "spam": "rejected", "9": "test",
    "survey preview spam": "rejected",
    "16": "complete", "offline": "complete", "17": "test", "offline preview": "test",
}  # fmt: skip
_FINISHED: dict[str, Standing] = {
    "1": "complete", "true": "complete", "sant": "complete", "0": "partial", "false": "partial", "falskt": "partial",
}  # fmt: skip
_TIMERS = re.compile(r".+_(First Click|Last Click|Page Submit|Click Count)\Z")
_ORDER = re.compile(r".+_DO(_\d+)?\Z")
_CHOICE = re.compile(r"(.+?)[_#](\d+)(?:_(\d+))?\Z")


def read(sheet: Sheet) -> Layout | None:
    """Known by a third row of `{"ImportId": ...}`, or the legacy `V1..` names over `ResponseID, ResponseSet`."""
    names, texts, third = cells(sheet, 0), cells(sheet, 1), cells(sheet, 2)
    if any("ImportId" in cell for cell in third[:12]):
        asked = ["ImportId" in cell and "QID" in cell for cell in third]
        meta = ["" if column < len(asked) and asked[column] else name for column, name in enumerate(names)]
        first, reason = 3, at(third, 0)
    elif {"ResponseID", "ResponseSet"} <= set(texts[:12]) and at(names, 0) == "V1":
        first, meta, reason = 2, texts, "V1: ResponseID, ResponseSet"
    else:
        return None
    has_recorded = any(name.casefold() == "recordeddate" for name in meta)
    headings = [_heading(name, at(texts, column), at(meta, column), has_recorded) for column, name in enumerate(names)]
    return Layout(
        tool="qualtrics",
        reasons=(reason[:60],),
        headings=headings,
        first=first,
        coded=_coded(sheet, first, meta),
        missing=frozenset({"-99"}),
    )


def _heading(name: str, text: str, meta: str, has_recorded: bool) -> Heading:
    text = text.replace(" - Selected Choice", "")
    plain = meta.casefold()
    if plain == "status":
        return skip(text or name, _STATUS)
    if plain == "finished":
        return skip(text or name, _FINISHED)
    if plain in _IDENTITY and not (plain == "enddate" and has_recorded):
        return identity(_IDENTITY[plain], name)
    if plain in _OWN or _TIMERS.match(name) or not name:
        return skip(name)
    if _ORDER.match(name) and "Display Order" in text:  # in which order choices or questions were shown
        return skip(text)
    if name.endswith("_TEXT"):
        question, _, choice = text.removesuffix(" - Text").rpartition(" - ")
        code = _CHOICE.match(name.removesuffix("_TEXT"))
        if question or code:
            return Heading(tuple(t for t in (question, code[1] if code else "") if t), (choice,), role="other")
        return Heading((text, name.removesuffix("_TEXT")))
    code = _CHOICE.match(name)
    question, dash, part = text.rpartition(" - ")
    if code and not dash:
        question, dash, part = (side.strip() for side in text.rpartition("-"))  # as legacy exports write it
    if code and dash:
        return Heading((text, question, code[1]), (part,))
    return Heading((text, name))


def _coded(sheet: Sheet, first: int, meta: list[str]) -> bool:
    """Codes where `Finished` is written 1 and 0, words where it is True and False."""
    column = next((c for c, name in enumerate(meta) if name.casefold() == "finished"), None)
    seen = {cell.casefold() for cell in column_of(sheet, first, column) if cell} if column is not None else set()
    return bool(seen) and seen <= {"0", "1"}
