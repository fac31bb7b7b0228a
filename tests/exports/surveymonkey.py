"""Answers as SurveyMonkey exports them: a column per choice or condensed, as texts or numbers, CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.exports import QUESTIONS, Export, Respondent, options_of

Cell = str | int | float | datetime | None
Row = list[Cell]

META = [
    "Respondent ID", "Collector ID", "Start Date", "End Date",
    "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1",
]  # fmt: skip
# The tool's own numbers have twelve digits.
TWELVE_DIGITS = 118_000_000_000
EPOCH = datetime.fromisoformat("1899-12-30")
ALL = frozenset({"language"})
COMPLETE = ALL | {"partial"}


@dataclass(frozen=True)
class Style:
    """The choices on the export page.

    language       of all texts
    numeric        a choice is its number, not its label
    condensed      a single choice has one column
    other          the tool's text on top of the words beside `other`
    none_first     the last choice of a multiple question stands first and keeps its number
    partial        rows that stopped half-way are in the file, with the time of their last change as End Date
    """

    language: str = "sv"
    numeric: bool = False
    condensed: bool = False
    other: str = "Other (please specify)"
    none_first: bool = False
    partial: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a question: `part` is its choice, row or number, None where it has but one."""

    question: dict[str, Any]
    part: dict[str, Any] | None = None

    def under(self, style: Style) -> str:
        """The second row's text."""
        kind = self.question["kind"]
        if self.part is None:
            return "Response" if kind == "single" else "Open-Ended Response"
        return style.other if self.writes_in else str(self.part["text"][style.language])

    @property
    def writes_in(self) -> bool:
        """Whether it holds the words of the tool's own Other."""
        return self.question["kind"] == "multiple" and self.part is not None and self.part["id"] == "other"


def columns(style: Style) -> list[Column]:
    """The columns of all questions; the words beside Other come last of theirs."""
    made = []
    for question in QUESTIONS:
        parts = question.get("parts") or question.get("rows") or []
        if question["kind"] == "multiple" or (question["kind"] == "single" and not style.condensed):
            parts = sorted(options_of(question), key=lambda option: option["id"] == "other")
            if style.none_first and question["kind"] == "multiple":
                parts = sorted(parts, key=lambda option: option["id"] != "none_yet")
        made += [Column(question, part) for part in parts] or [Column(question)]
    return made


def cell(column: Column, person: Respondent, style: Style) -> Cell:
    question, part = column.question, column.part
    answer = person.answers.get(question["id"])
    if answer is None:
        return None
    if column.writes_in:
        return person.write_in
    if part is None:
        return choice(question, answer, style) if question["kind"] == "single" else numbered(answer)
    if question["kind"] == "counts":
        return numbered(answer.get(part["id"]))
    if question["kind"] == "grid":
        row = answer.get(part["id"])
        return None if row is None else choice(question, row, style)
    chosen = part["id"] in answer if question["kind"] == "multiple" else part["id"] == answer
    return choice(question, part["id"], style) if chosen else None


def numbered(answer: Any) -> Cell:
    """Numbers and words as they are."""
    return answer if isinstance(answer, int | float) else str(answer)


def choice(question: dict[str, Any], option: str, style: Style) -> Cell:
    """A label, or the option's number within the question."""
    for number, found in enumerate(options_of(question), 1):
        if found["id"] == option:
            return number if style.numeric else str(found["text"][style.language])
    raise KeyError(option)


def meta(person: Respondent) -> Row:
    ended = datetime.fromisoformat(person.submitted or f"2026-03-20 10:{person.id % 60:02d}:00")
    started = ended - timedelta(minutes=3, seconds=person.id % 41)
    return [person.id, 4410001, started, ended, "", "", "", "", ""]


def body(people: list[Respondent], style: Style) -> list[Row]:
    """A row for each company that the style lets in."""
    found = columns(style)
    kept = [person for person in people if style.partial or person.submitted]
    return [meta(person) + [cell(column, person, style) for column in found] for person in kept]


def first_row(style: Style, repeated: bool = False) -> Row:
    """The question over its first column alone, or over all of its columns."""
    made: Row = list(META)
    before = None
    for column in columns(style):
        again = column.question["id"] == before
        made.append("" if again and not repeated else column.question["text"][style.language])
        before = column.question["id"]
    return made


def second_row(style: Style, meta_again: bool = False) -> Row:
    return [*(META if meta_again else [""] * len(META)), *(column.under(style) for column in columns(style))]


def numbers_row(first: Row) -> Row:
    """`q1,,,,q2` over the questions."""
    made: Row = [""] * len(META)
    number = 0
    for heading in first[len(META) :]:
        number += bool(heading)
        made.append(f"q{number}" if heading else "")
    return made


def american(moment: datetime) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def iso(moment: datetime) -> str:
    return moment.isoformat(" ")


def serial(moment: datetime) -> str:
    """Excel's number of the day with a decimal comma."""
    return f"{(moment - EPOCH) / timedelta(days=1):.5f}".replace(".", ",")


def csv_text(
    rows: list[Row], clock: Callable[[datetime], str] = american, delimiter: str = ",", end: str = "\n"
) -> str:
    """CSV with quotes where needed; energy has a comma where `;` stands between cells."""

    def one(value: Cell) -> str:
        if isinstance(value, datetime):
            return clock(value)
        return str(value).replace(".", "," if delimiter == ";" else ".") if isinstance(value, float) else plain(value)

    # Row by row, because a writer whose lines end in CR alone doesn't quote a cell that holds LF.
    lines = []
    for row in rows:
        file = io.StringIO()
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerow([one(value) for value in row])
        lines.append(file.getvalue()[:-1] + end)
    return "".join(lines)


def plain(value: str | int | None) -> str:
    return "" if value is None else str(value)


def expanded_text(people: list[Respondent]) -> str:
    """With the stopped rows: nothing in the file tells them from the others."""
    style = Style(partial=True)
    return csv_text([first_row(style), second_row(style), *body(people, style)])


def expanded_numeric(people: list[Respondent]) -> str:
    """With the tool's twelve-digit numbers, and `none_yet` before the choices it comes after."""
    style = Style(language="en", numeric=True, none_first=True)
    rows = body(people, style)
    for row, person in zip(rows, (person for person in people if person.submitted), strict=True):
        row[0] = TWELVE_DIGITS + person.id
    return csv_text([first_row(style), second_row(style), *rows])


def condensed(people: list[Respondent]) -> str:
    """The newer names of the dates, the respondent's language, and HTML in the headings."""
    style = Style(condensed=True, partial=True)
    first, second, rows = first_row(style), second_row(style), body(people, style)
    first[2:4] = ["Date Created", "Date Modified"]
    first[9] = f"<b>{first[9]}</b><br>"
    first[11] = f'{first[11]} <a href="https://example.org/mwh">MWh?</a>'.replace("i MWh? <a", "i <a")
    for row, language in zip(
        (first, second, *rows), ("language", "", *(person.language for person in people)), strict=True
    ):
        row.insert(len(META), language)
    return csv_text([first, second, *rows], iso)


def three_rows(people: list[Respondent]) -> str:
    style = Style(language="en")
    first = first_row(style)
    return csv_text([numbers_row(first), first, second_row(style), *body(people, style)], end="\r\n")


def repeated(people: list[Respondent]) -> str:
    """As edited by hand: the question over each column with its number, a final blank or NBSP."""
    style = Style(other="Annat (specificera)")
    first = first_row(style, repeated=True)
    places = {str(heading): place for place, heading in enumerate(dict.fromkeys(first[len(META) :]), 1)}
    first[len(META) :] = [f"{places[str(heading)]}. {heading}\xa0" for heading in first[len(META) :]]
    return csv_text([first, second_row(style, meta_again=True), *body(people, style)], iso, end="\r\n")


def tidied(people: list[Respondent]) -> str:
    """Row 1 alone: what a column without a heading stands for is told by its place or its cells."""
    style = Style(condensed=True)
    return csv_text([first_row(style), *body(people, style)], iso)


def resaved_on_a_mac(people: list[Respondent]) -> bytes:
    """`;`, serial dates, a decimal comma, ids as 1,18E+11, CR, twenty empty columns, empty rows."""
    style = Style()
    table = [first_row(style), second_row(style), *body(people, style)]
    for row in table[2:]:
        row[0] = "1,18E+11"
    table += [[""] * len(table[0]) for _ in range(3)]
    return csv_text([[*row, *[""] * 20] for row in table], serial, ";", "\r").encode("mac_roman")


def workbook(people: list[Respondent]) -> bytes:
    style = Style(language="en")
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for number, row in enumerate([first_row(style), second_row(style), *body(people, style)]):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, moment)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value)
    return file.getvalue()


def exports(people: list[Respondent]) -> list[Export]:
    """All variants."""
    return [
        # With stopped rows End Date proves nothing, so these files can't tell who submitted.
        Export("surveymonkey", "expanded-text", ".csv", expanded_text(people).encode(), ALL | {"submitted"}),
        Export("surveymonkey", "condensed", ".csv", condensed(people).encode(), frozenset({"submitted"})),
        # Twelve digits of the tool's, not our number.
        Export("surveymonkey", "numeric", ".csv", expanded_numeric(people).encode(), COMPLETE | {"respondent"}),
        Export("surveymonkey", "three-rows", ".csv", three_rows(people).encode(), COMPLETE),
        Export("surveymonkey", "repeated-headings", ".csv", repeated(people).encode("utf-8-sig"), COMPLETE),
        Export("surveymonkey", "xlsx", ".xlsx", workbook(people), COMPLETE),
        Export("surveymonkey", "excel-mac-roman", ".csv", resaved_on_a_mac(people), COMPLETE | {"respondent"}),
        Export("surveymonkey", "tidied", ".csv", tidied(people).encode(), COMPLETE),
    ]
