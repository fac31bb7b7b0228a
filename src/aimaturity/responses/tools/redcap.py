"""REDCap: raw codes or labels; checkboxes in a column each."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, Standing, cells, column_of, identity, skip

_TICK = re.compile(r"(?s)(.+?)\s*\(choice=(.*)\)\Z")
_RAW_TICK = re.compile(r"(\w+?)___(\w+)\Z")
_OWN = frozenset(
    {"redcap_survey_identifier", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
     "redcap_data_access_group", "survey identifier", "event name", "repeat instrument", "repeat instance",
     "data access group"}
)  # fmt: skip
_STAMP: dict[str, Standing] = {"[not completed]": "partial", "": "partial", "*": "complete"}
_COMPLETE = frozenset({"complete", "incomplete", "unverified"})


def read(sheet: Sheet) -> Layout | None:
    """Known by `<form>_complete` with 0, 1 and 2 and a record id first, or by `(choice=...)` and `Complete?`."""
    row = cells(sheet, 0)
    raw = [c for c, text in enumerate(row) if text.endswith("_complete") and _all(sheet, c, {"0", "1", "2"})]
    ticks = [text for text in row if _RAW_TICK.match(text)]
    labels = any(_TICK.match(text) for text in row) or any(
        text.casefold() == "complete?" and _all(sheet, c, _COMPLETE) for c, text in enumerate(row)
    )
    if not labels and not (raw and (ticks or row[0].casefold() in ("record_id", "record id") or _own(row))):
        return None
    headings = [_heading(text, column, sheet, raw) for column, text in enumerate(row)]
    reason = next((text for text in row if _TICK.match(text)), "") or ", ".join(row[c] for c in raw)
    return Layout("redcap", (reason[:60],), headings, coded=not labels)


def _own(row: list[str]) -> bool:
    return any(text.casefold() in _OWN for text in row[:6])


def _all(sheet: Sheet, column: int, words: set[str] | frozenset[str]) -> bool:
    seen = {cell.casefold() for cell in column_of(sheet, 1, column) if cell}
    return bool(seen) and seen <= words


def _heading(text: str, column: int, sheet: Sheet, raw: list[int]) -> Heading:
    plain = text.casefold()
    if column == 0:
        return identity("respondent", text)
    if plain in _OWN or column in raw or plain == "complete?":
        return skip(text)
    if plain.endswith("_timestamp") or plain == "survey timestamp":
        return identity("submitted", text, _STAMP)
    tick = _TICK.match(text)
    if tick is not None:
        return Heading((tick[1],), (tick[2],))
    code = _RAW_TICK.match(text)
    if code is not None:
        minus = re.match(r"_(\d+)\Z", code[2])  # how a negative code is written
        return Heading((code[1],), (f"-{minus[1]}" if minus else code[2],))
    under, _, part = text.rpartition("_")
    if re.fullmatch(r"\w+", text) and under:
        return Heading((text, under), (part,))
    return Heading((text,), bare=True)
