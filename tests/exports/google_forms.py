"""Answers as Google Forms exports them: the linked sheet as CSV or XLSX, and the download from Forms."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

import xlsxwriter  # type: ignore[import-untyped]

from tests.exports import QUESTIONS, Export, Respondent, options_of

Cell = str | int | float | datetime | None
Row = list[Cell]

TIMESTAMP = {"sv": "Tidstämpel", "en": "Timestamp"}
NAMELY = {"sv": "Annat, nämligen", "en": "Other, namely"}
LOSES = frozenset({"partial", "respondent", "language"})
MIXED = "mixed"
BLANKS: list[str] = [""] * 20


def headings(language: str, blanks: str = " ") -> list[str]:
    """The question's words; a row of a grid in brackets after them, `blanks` between."""
    made = [TIMESTAMP[language]]
    for question in QUESTIONS:
        words = question["text"][language]
        if question["kind"] == "grid":
            made += [f"{words}{blanks}[{row['text'][language]}]" for row in question["rows"]]
        elif question["kind"] == "counts":
            made += [f"{words} {part['text'][language]}" for part in question["parts"]]
        else:
            made.append(words)
        if question["id"] == "tools":
            made.append(f"{words} {NAMELY[language]}")
    return made


def cells(person: Respondent, language: str, joint: str) -> Row:
    """Time and answers in the order of `headings`; ticked labels joined by `joint`."""
    made: Row = [datetime.fromisoformat(person.submitted or "")]
    for question in QUESTIONS:
        answer = person.answers.get(question["id"])
        if question["kind"] == "grid":
            made += [label(question, (answer or {}).get(row["id"]), language) for row in question["rows"]]
        elif question["kind"] == "counts":
            made += [(answer or {}).get(part["id"]) for part in question["parts"]]
        elif question["kind"] == "multiple":
            made.append(joint.join(label(question, option, language) or "" for option in answer or ()))
        else:
            made.append(label(question, answer, language) if question["kind"] == "single" else answer)
        if question["id"] == "tools":
            made.append(person.write_in)
    return made


def label(question: dict[str, Any], option: str | None, language: str) -> str | None:
    return next((found["text"][language] for found in options_of(question) if found["id"] == option), None)


def answers(people: list[Respondent], language: str, joint: str = ", ") -> list[Row]:
    """A row for each company that submitted; with MIXED in that company's own language."""
    return [
        cells(person, person.language if language == MIXED else language, joint)
        for person in people
        if person.submitted
    ]


def iso(moment: datetime) -> str:
    return moment.isoformat(" ")


def dotted(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H.%M.%S}"


def minutes(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def american(moment: datetime) -> str:
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment:%M:%S}"


def with_zone(moment: datetime) -> str:
    """`2026/03/05 9:07:52 AM GMT+1`; no invented answer is later than the winter time."""
    return f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'} GMT+1"


def printed(rows: list[Row], clock: Callable[[datetime], str], number: Callable[[int | float], str] = str) -> list[Row]:
    """All cells as text."""

    def one(value: Cell) -> str:
        if isinstance(value, datetime):
            return clock(value)
        return number(value) if isinstance(value, int | float) else value or ""

    return [[one(value) for value in row] for row in rows]


def written(
    first: list[str],
    rows: list[Row],
    delimiter: str = ",",
    end: str = "\r\n",
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([first, *rows])
    return file.getvalue()


def english_sheet(people: list[Respondent]) -> str:
    """With an address and a score, as a form that collects addresses and gives points has them."""
    first = headings("en", "  ")
    rows = printed(answers(people, "en"), american)
    first[1:1] = ["Email address", "Score"]
    for number, row in enumerate(rows, 1):
        row[1:1] = [f"person{number}@example.org", "0 / 0"]
    return written(first, rows, end="\n")


def mixed_sheet(people: list[Respondent]) -> str:
    """The headings with what authors leave in them: a blank at the end, NBSP, a number in front."""
    first = headings("sv")
    first[1] = f"1. {first[1]} "
    first[2] = first[2].replace(" ", "\xa0", 1)
    return written(first, printed(answers(people, MIXED), dotted))


def download(people: list[Respondent], language: str) -> str:
    """The file in the zip of Forms: all quoted, ticked labels joined by `;`."""
    return written(
        headings(language), printed(answers(people, language, ";"), with_zone), end="\n", quoting=csv.QUOTE_ALL
    )


def zipped(name: str, data: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 4, 1, 9, 0, 0)), data.encode())
    return file.getvalue()


def workbook(first: list[str], rows: list[Row]) -> bytes:
    """The sheet downloaded as XLSX."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Formulärsvar 1")
        moment = book.add_format({"num_format": "yyyy-mm-dd h:mm:ss"})
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(first):
            sheet.write_string(0, place, heading)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, moment)
                elif isinstance(value, str) and value:
                    sheet.write_string(number, place, value)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
    return file.getvalue()


def in_swedish_excel(people: list[Respondent]) -> bytes:
    """The sheet's CSV opened and saved: cp1252, decimal comma, no seconds, empty columns and rows at the end."""
    first = headings("sv")
    rows = printed(answers(people, "sv"), minutes, lambda number: str(number).replace(".", ","))
    empty: Row = [""] * len(first)
    padded: list[Row] = [[*row, *BLANKS] for row in [*rows, empty, empty]]
    return written([*first, *BLANKS], padded, ";").encode("cp1252")


def through_pandas(people: list[Respondent]) -> str:
    """Saved by a data frame: whole numbers as `3.0`, bars between."""
    return written(headings("sv"), printed(answers(people, "sv"), iso, lambda number: str(float(number))), "|", "\n")


def exports(people: list[Respondent]) -> list[Export]:
    """All variants."""
    plain = written(headings("sv"), printed(answers(people, "sv"), iso))
    made = [
        ("sheet-csv", ".csv", plain.encode()),
        ("sheet-csv-english", ".csv", english_sheet(people).encode()),
        ("sheet-csv-mixed", ".csv", mixed_sheet(people).encode()),
        ("sheet-xlsx", ".xlsx", workbook(headings("sv"), answers(people, "sv"))),
        ("download-zip", ".zip", zipped("Exportprov.csv", download(people, "sv"))),
        ("download-csv-english", ".csv", download(people, "en").encode()),
        ("pandas-bars", ".csv", through_pandas(people).encode()),
    ]
    return [
        *(Export("google_forms", variant, ending, data, LOSES) for variant, ending, data in made),
        Export("google_forms", "excel-cp1252", ".csv", in_swedish_excel(people), LOSES | {"seconds"}),
    ]
