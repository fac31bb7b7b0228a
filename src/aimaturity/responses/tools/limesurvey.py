"""LimeSurvey: CSV and XLSX exports with codes, full texts or both, and the VV file."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, cells, column_of, identity, skip

_IDENTITY = {
    "id": "respondent", "response id": "respondent", "antwort id": "respondent", "svars-id": "respondent",
    "submitdate": "submitted", "date submitted": "submitted", "datum inskickat": "submitted",
    "startlanguage": "language", "start language": "language", "startspråk": "language",
}  # fmt: skip
_OWN = frozenset(
    {
        "lastpage", "last page", "letzte seite", "senaste sidan", "sista sidan",
        "frö", "seed", "token", "startdate", "date started",
        "datestamp",
        "date last action", "ipaddr", "ip address", "refurl", "referrer url", "interviewtime", "total time", "slumpfrö",
    }
)  # fmt: skip
_TIMES = re.compile(r"(groupTime\d+|\w+Time|(Group|Question) time: (?s:.*))\Z")
_BRACKETED = re.compile(r"(?s)(.+?)\s*\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\s*\Z")
_ESCAPES = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{lbrace}": "{", "{quote}": '"'}
_NUMBERED = re.compile(r"\d+X\d+X\d+(\w*?)\Z")
"""The first version's name of a column: survey, group and question by number, and the sub-question's code."""
_NOT_SHOWN = "{question_not_shown}"
_SUBMITTED = {"": "partial", _NOT_SHOWN: "partial", "n/a": "partial", "*": "complete"}


def read(sheet: Sheet) -> Layout | None:
    """Known by `id, submitdate, lastpage, startlanguage` in codes or words, or `id. Response ID`."""
    first, second = cells(sheet, 0), cells(sheet, 1)
    if _codes(second):
        return _vv(sheet, first, second)
    joint = _joint(first)
    if joint:
        headings = _of_both(first, joint)
    elif _codes(first):
        headings = [_heading(text) for text in first]
    elif _words(spaced := _spaced(first)) or _brackets(spaced):
        headings = [_heading(text) for text in spaced]
    else:
        return None
    if not any(heading.identity == "respondent" for heading in headings):
        return None
    answers = [column for column, heading in enumerate(headings) if heading.role == "answer"]
    coded = _answers_are_codes(sheet, answers)
    return Layout(
        tool="limesurvey",
        reasons=(", ".join(first[:4]),),
        headings=headings,
        coded=coded,
        turned=not any({"Y", "N"} & set(column_of(sheet, 1, column)) for column in answers),
        missing=frozenset({"n/a", _NOT_SHOWN}),
        unticked=frozenset({"2", "nein", "nei", "ei", "non"}),
        clean=_without_apostrophe,
    )


def _codes(row: list[str]) -> bool:
    return row[:2] == ["id", "submitdate"] or {"id", "submitdate", "lastpage", "startlanguage"} <= set(row)


def _words(row: list[str]) -> bool:
    known = [_IDENTITY.get(text.casefold()) for text in row[:6]]
    own = any(text.casefold() in _OWN for text in row[:9])
    return own and "respondent" in known and "submitted" in known


def _joint(row: list[str]) -> str:
    """What stands between code and text in every heading, as in `id. Response ID`: whatever was typed on the export
    page; "" where headings aren't of both."""
    found = re.match(r"id(\W+|_)(\w.*)\Z", row[0], re.IGNORECASE | re.DOTALL) if row else None
    if found is None:
        return ""
    named = _IDENTITY.get(_spaced([found[2]])[0].casefold()) == "respondent"
    return found[1] if named or any(text.startswith(f"submitdate{found[1]}") for text in row[:4]) else ""


def _spaced(row: list[str]) -> list[str]:
    """Headings as they are in the survey, where the export page turned spaces into underscores."""
    return row if any(" " in text for text in row) else [text.replace("_", " ") for text in row]


def _of_both(row: list[str], joint: str) -> list[Heading]:
    """Headings of code and text; one without the joint is a field of the list of participants."""
    split = [text.partition(joint) for text in row]
    texts = _spaced([words for _, _, words in split])
    return [_heading(code, words) for (code, _, _), words in zip(split, texts, strict=True)]


def _brackets(row: list[str]) -> bool:
    """The response's id, no other metadata, and sub-questions in brackets."""
    named = row[:1] != [] and row[0].casefold() != "id" and _IDENTITY.get(row[0].casefold()) == "respondent"
    return named and sum(text.endswith("]") for text in row) > 0.25 * len(row)


def _heading(code: str, words: str = "") -> Heading:
    """A column by its code, or its text, or by both."""
    plain = code.casefold()
    name = _IDENTITY.get(plain)
    if name is not None:
        return identity(name, words or code, _SUBMITTED if name == "submitted" else None)  # type: ignore[arg-type]
    if plain in _OWN or _TIMES.match(code):
        return skip(words or code)
    under, _, sub = code.rpartition("_")
    if not words and under and re.fullmatch(r"\w+", code):  # the ExpressionScript form of Q1[SQ001]
        other = sub.casefold() == "other"
        return Heading((code, under), (sub,), role="other" if other else "answer")
    names = [name for name in (code, words) if name]
    split = [_split(name) for name in names]
    texts = tuple(question for question, _ in split)
    parts = tuple(part for _, part in split if part)
    if any(part.casefold() in ("other", "annat", "övrigt", "sonstiges") for part in parts):
        return Heading(texts, parts, role="other")
    if any(part.endswith("comment") for part in parts):
        return Heading(texts, parts, role="skip")
    return Heading(texts, parts)


def _split(text: str) -> tuple[str, str]:
    """`Q1[SQ001]` -> Q1, SQ001; `Question? [Row]`; without brackets, the whole."""
    found = _BRACKETED.match(text)
    if found is None:
        return text, ""
    cut = text.rindex(" [") if " [" in text else text.index("[")
    return text[:cut].strip(), text[cut:].strip().removeprefix("[").removesuffix("]").strip()


def _answers_are_codes(sheet: Sheet, columns: list[int]) -> bool:
    """Whether cells look like answer codes (`A2`, `AO04`, `Y`) rather than words."""
    seen = [cell for column in columns for cell in column_of(sheet, 1, column) if cell]
    short = sum(bool(re.match(r"(A[O]?\d{1,4}|[YNUISD]|\d{1,2}|-oth-)\Z", cell)) for cell in seen)
    return bool(seen) and short > 0.3 * len(seen)


def _without_apostrophe(text: str) -> str:
    """LimeSurvey puts an apostrophe before what a spreadsheet would take for a formula."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _vv(sheet: Sheet, texts: list[str], codes: list[str]) -> Layout:
    """Row 1 has the texts, row 2 the codes; cells are escaped."""
    headings = []
    for column, code in enumerate(codes):
        text = texts[column] if column < len(texts) else ""
        own = _heading(code)
        if own.role in ("identity", "skip"):
            headings.append(own)
            continue
        question, part = _with_part(text)
        numbered = _NUMBERED.match(code)
        under, _, sub = ("", "", numbered[1]) if numbered else code.rpartition("_")
        names = (question, text) if numbered else (code, under, question, text)
        other = sub == "other"
        headings.append(
            Heading(
                tuple(dict.fromkeys(name for name in names if name)),
                tuple(name for name in (sub, part) if name),
                role="other" if other else "answer",
            )
        )
    return Layout(
        tool="limesurvey",
        reasons=("VV: " + ", ".join(codes[:3]),),
        headings=headings,
        first=2,
        heading=1,
        coded=True,
        missing=frozenset({_NOT_SHOWN}),
        clean=_unescaped,
    )


def _with_part(text: str) -> tuple[str, str]:
    """`Question?  (Sub)`, `Question?  - Sub`, or on two lines: question and sub-question."""
    found = re.fullmatch(r"(?s)(.*?)\s*(?: \((.*)\)| - (.*?)|\n(.*))\s*", text)
    return (found[1], next(part for part in found.groups()[1:] if part is not None)) if found else (text, "")


def _unescaped(text: str) -> str:
    if "{" in text and text != _NOT_SHOWN:
        for escape, character in _ESCAPES.items():
            text = text.replace(escape, character)
    return text
