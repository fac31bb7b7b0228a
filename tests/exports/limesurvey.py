"""Answers as LimeSurvey exports them: CSV with codes or texts, XLSX and VV."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.exports import QUESTIONS, Export, Respondent, options_of

META = {
    "en": ("Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action"),
    "sv": ("Svars-ID", "Datum inskickat", "Sista sidan", "Startspråk", "Frö", "Startdatum", "Datum för senaste åtgärd"),
}
META_CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")
YES_NO = {"sv": {True: "Ja", False: "Nej", None: "N/A"}, "en": {True: "Yes", False: "No", None: "N/A"}}
NOT_SHOWN = "{question_not_shown}"
# In this order, so that the braces of an escape aren't escaped themselves.
VV_ESCAPES = (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}"), ('"', "{quote}"))

Row = list[str]


@dataclass(frozen=True)
class Style:
    """The choices on LimeSurvey's export page and in the survey's own codes.

    heading       code, script (ExpressionScript), text or both
    answers       id, position (A1, AO01) or text
    parts         codes of sub-questions: id or position (SQ001)
    language      of headings and answer texts
    yes_no        `trained` is a question of type Yes/No, not a list
    ticks         what the export page turns Y and N into, if anything
    never_shown   what a submitted respondent left out was hidden by a condition: null in the database, not empty
    masked        texts that start with = get a leading '
    times         the optional columns of dates
    joint         what stands between code and text in headings of both
    underscores   spaces in headings' texts are written so
    """

    heading: str = "code"
    answers: str = "position"
    parts: str = "id"
    language: str = "sv"
    yes_no: bool = False
    ticks: tuple[str, str] | None = None
    never_shown: bool = False
    masked: bool = False
    times: bool = False
    joint: str = ". "
    underscores: bool = False

    def worded(self, text: str) -> str:
        return text.replace(" ", "_") if self.underscores else text

    def meta(self) -> int:
        """How many of the columns of `META` come first."""
        return len(META_CODES) if self.times else 5


@dataclass(frozen=True)
class Column:
    """A column of a question: `part` is its sub-question, row or option, `number` that one's place from 1."""

    question: dict[str, Any]
    part: dict[str, Any] | None = None
    number: int = 0

    @property
    def kind(self) -> str:
        """The kind of the question."""
        return str(self.question["kind"])

    @property
    def writes_in(self) -> bool:
        """Whether it is LimeSurvey's own Other, whose column holds the words."""
        return self.kind == "multiple" and self.part is not None and self.part["id"] == "other"


def columns() -> list[Column]:
    """The columns of all questions; Other is the last of its question, as LimeSurvey has it."""
    made = []
    for question in QUESTIONS:
        parts = question.get("parts") or question.get("rows") or []
        if question["kind"] == "multiple":
            parts = sorted(options_of(question), key=lambda option: option["id"] == "other")
        numbered = [Column(question, part, number) for number, part in enumerate(parts, 1)]
        made += numbered or [Column(question)]
    return made


def code(column: Column, style: Style, script: bool) -> str:
    """`tools[SQ001]`, or `tools_SQ001` as ExpressionScript has it."""
    if column.part is None:
        return str(column.question["id"])
    named = style.parts == "id" or column.writes_in
    part = column.part["id"] if named else f"SQ{column.number:03d}"
    return f"{column.question['id']}_{part}" if script else f"{column.question['id']}[{part}]"


def text(column: Column, language: str, brackets: str = "[]") -> str:
    """`Vilka AI-verktyg används? [Bildanalys]`."""
    question = str(column.question["text"][language])
    if column.part is None:
        return question
    part = column.part["text"][language]
    if brackets in ("\n", " - "):
        return f"{question} {brackets}{part}"
    return f"{question} {brackets[0]}{part}{brackets[1]}"


def heading(column: Column, style: Style) -> str:
    long = style.worded(text(column, style.language))
    if style.heading == "text":
        return long
    short = code(column, style, style.heading == "script")
    return f"{short}{style.joint}{long}" if style.heading == "both" else short


def meta_headings(style: Style) -> Row:
    texts, count = [style.worded(text) for text in META[style.language]], style.meta()
    if style.heading == "text":
        return list(texts[:count])
    if style.heading == "both":
        return [f"{short}{style.joint}{long}" for short, long in zip(META_CODES[:count], texts[:count], strict=True)]
    return list(META_CODES[:count])


def pages(person: Respondent) -> int:
    """The last page that a company saw, one question a page."""
    if person.submitted:
        return len(QUESTIONS)
    return 1 + max(position for position, question in enumerate(QUESTIONS) if question["id"] in person.answers)


def meta(person: Respondent, style: Style) -> Row:
    started = f"{person.submitted or '2026-03-20 09:00:00'}"[:11] + "07:30:00"
    last = person.submitted or "2026-03-20 07:41:05"
    seed = str(1_700_000_000 + person.id * 7919)
    cells = [str(person.id), person.submitted or "", str(pages(person)), person.language, seed, started, last]
    return cells[: style.meta()]


def stored(column: Column, person: Respondent, style: Style) -> str | None:
    """The cell as the database has it in code mode; None where the question wasn't shown."""
    question, answer = column.question, person.answers.get(column.question["id"])
    if answer is None:
        return None if style.never_shown or QUESTIONS.index(question) >= pages(person) else ""
    if column.writes_in:
        return person.write_in or ""
    if column.part is None:
        return single(question, answer, style)
    if column.kind == "multiple":
        return "Y" if column.part["id"] in answer else ""
    inner = answer.get(column.part["id"])
    return "" if inner is None else single(question, inner, style)


def single(question: dict[str, Any], answer: Any, style: Style) -> str:
    """One answer: a code, a text or a number without trailing zeros."""
    if isinstance(answer, int | float):
        return f"{answer:g}"
    if question["kind"] == "text":
        return f"'{answer}" if style.masked and answer.startswith("=") else str(answer)
    options = options_of(question)
    place = [option["id"] for option in options].index(answer)
    if style.yes_no and question["id"] == "trained":
        return "YN"[place]
    if style.answers == "text":
        return str(options[place]["text"][style.language])
    if style.answers == "position":
        return f"AO{place + 1:02d}" if question["kind"] == "grid" else f"A{place + 1}"
    return str(answer)


def cell(column: Column, person: Respondent, style: Style) -> str:
    """The cell as the export page writes it."""
    value = stored(column, person, style)
    ticked = column.kind == "multiple" or (style.yes_no and column.question["id"] == "trained")
    if style.ticks and column.kind == "multiple":
        # LimeSurvey turns every empty cell of the question into its N, that of Other's words as well.
        return {"Y": style.ticks[0], "": style.ticks[1], None: ""}.get(value, value or "")
    if style.answers == "text" and ticked and not column.writes_in:
        # A Yes/No question left empty is N/A, a box left empty is No.
        empty = False if column.kind == "multiple" else None
        return YES_NO[style.language][{"Y": True, "N": False, "": empty}.get(value) if value is not None else None]
    return value or ""


def table(people: list[Respondent], style: Style) -> list[Row]:
    """Headings and all rows."""
    found = columns()
    headings = meta_headings(style) + [heading(column, style) for column in found]
    return [headings, *(meta(person, style) + [cell(column, person, style) for column in found] for person in people)]


def quoted(rows: Iterable[Row], delimiter: str = ",") -> str:
    """CSV as LimeSurvey writes it: all quoted, a blank line at the end."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return file.getvalue() + "\r\n"


def resaved(rows: Iterable[Row], delimiter: str) -> str:
    """CSV as Excel writes it: quotes where needed."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return file.getvalue()


def with_mark(data: str) -> bytes:
    """UTF-8 with a byte order mark."""
    return data.encode("utf-8-sig")


def with_timings(people: list[Respondent], style: Style) -> list[Row]:
    """The table with the timing columns that can be asked for, seconds with two decimals."""
    first, *rows = table(people, style)
    extra = ["interviewtime", "groupTime12", "policyTime"]
    return [first + extra, *([*row, "182.44", "61.2", "7.05"] for row in rows)]


def in_swedish_excel(people: list[Respondent], style: Style) -> list[Row]:
    """The table opened and saved: decimal comma, no seconds, empty columns and rows at the end."""
    first, *rows = table(people, style)
    energy = style.meta() + [column.question["id"] for column in columns()].index("energy")
    for row in rows:
        row[1] = row[1][:16]
        row[energy] = row[energy].replace(".", ",")
    empty = [""] * len(first)
    return [row + [""] * 4 for row in [first, *rows, empty, empty, empty]]


def vv(people: list[Respondent], brackets: str = "()", first_version: bool = False) -> str:
    """The VV file: texts, codes, then raw codes; null is written out, line breaks and quotes are escaped.

    first_version  codes are survey, group and question by number, and texts the question's alone
    """
    style = Style(parts="position", heading="script", yes_no=True)
    found = columns()
    texts = [text(column, "sv", brackets) for column in found]
    codes = [code(column, style, True) for column in found]
    if first_version:
        texts = [str(column.question["text"]["sv"]) for column in found]
        number = {str(question["id"]): 40 + place for place, question in enumerate(QUESTIONS)}
        codes = [
            f"317845X12X{number[column.question['id']]}{short.removeprefix(column.question['id']).lstrip('_')}"
            for column, short in zip(found, codes, strict=True)
        ]
    rows = [
        [vv_cell(value or None) if place == 1 else value for place, value in enumerate(meta(person, style))]
        + [vv_cell(stored(column, person, style)) for column in found]
        for person in people
    ]
    heads = [[*META["en"][:5], *texts], [*META_CODES[:5], *codes]]
    return resaved([*heads, *rows], "\t").replace("\r\n", "\n")


def vv_cell(value: str | None) -> str:
    if value is None:
        return NOT_SHOWN
    for plain, escaped in VV_ESCAPES:
        value = value.replace(plain, escaped)
    return value


def workbook(rows: list[Row]) -> bytes:
    """The XLSX export: one sheet, numbers as numbers, dates as texts."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Exportprov")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value.replace(".", "", 1).isdigit():
                    sheet.write_number(number, place, float(value))
                elif value:
                    sheet.write_string(number, place, value)
    return file.getvalue()


def exports(people: list[Respondent]) -> list[Export]:
    """All variants."""
    codes = Style(answers="id")
    texts = Style(heading="text", answers="text")
    english = replace(texts, language="en", masked=True, times=True)
    both = Style(heading="both", parts="position", language="en", yes_no=True, times=True)
    long = Style(answers="text", yes_no=True, never_shown=True)
    made = [
        ("codes-ids", ".csv", str.encode(quoted(table(people, codes)))),
        ("codes-text-headings", ".csv", with_mark(quoted(table(people, both), ";"))),
        ("texts-comma", ".csv", with_mark(quoted(table(people, texts)))),
        ("texts-semicolon-english", ".csv", str.encode(quoted(table(people, english), ";"))),
        ("text-headings-codes", ".csv", str.encode(quoted(table(people, replace(texts, answers="position"))))),
        ("yes-no-na-timings", ".csv", with_mark(quoted(with_timings(people, long)))),
        (
            "expression-script",
            ".csv",
            str.encode(quoted(table(people, Style(heading="script", parts="position")), "\t")),
        ),
        ("ticks-1-2", ".csv", with_mark(quoted(table(people, Style(ticks=("1", "2")))))),
        ("vv", ".tsv", str.encode(vv(people))),
        ("vv-dash", ".tsv", str.encode(vv(people, " - "))),
        ("vv-newline", ".csv", str.encode(vv(people, "\n"))),
        ("vv-first-version", ".tsv", str.encode(vv(people, first_version=True))),
        ("both-dash", ".csv", with_mark(quoted(table(people, replace(both, joint=" - ")), ";"))),
        (
            "both-colon-underscores",
            ".csv",
            with_mark(quoted(table(people, replace(both, joint=":", underscores=True)))),
        ),
        ("both-bar-swedish", ".csv", with_mark(quoted(table(people, replace(both, joint=" | ", language="sv"))))),
        ("texts-underscores", ".csv", with_mark(quoted(table(people, replace(texts, underscores=True))))),
        ("utf-16-tab", ".txt", codecs.BOM_UTF16_LE + resaved(table(people, texts), "\t").encode("utf-16-le")),
        ("xlsx-texts", ".xlsx", workbook(table(people, texts))),
    ]
    excel = resaved(in_swedish_excel(people, texts), ";").encode("cp1252")
    seconds = frozenset({"seconds"})
    return [
        *(Export("limesurvey", variant, ending, data) for variant, ending, data in made),
        Export("limesurvey", "excel-cp1252", ".csv", excel, seconds),
    ]
