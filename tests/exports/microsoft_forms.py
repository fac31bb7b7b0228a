"""Answers as Microsoft Forms exports them: a workbook with one table, or CSV saved from it by hand."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.exports import QUESTIONS, Export, Respondent, options_of

Cell = str | int | float | datetime | None

META = {
    "sv": ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"],
    "en": ["ID", "Start time", "Completion time", "Email", "Name"],
}
NAMELY = {"sv": "Annat, nämligen", "en": "Other, namely"}
LOSES = frozenset({"partial", "language"})
MIXED = "mixed"


def headings(language: str) -> list[str]:
    """A column per question; a row of a grid is headed by its own words alone."""
    made = []
    for question in QUESTIONS:
        words = question["text"][language]
        if question["kind"] == "grid":
            made += [row["text"][language] for row in question["rows"]]
        elif question["kind"] == "counts":
            made += [f"{words} {part['text'][language]}" for part in question["parts"]]
        else:
            made.append(words)
        if question["id"] == "tools":
            made.append(f"{words} {NAMELY[language]}")
    return made


def cells(person: Respondent, language: str) -> list[Cell]:
    """The answers in the order of `headings`, labels in `language`."""
    made: list[Cell] = []
    for question in QUESTIONS:
        answer = person.answers.get(question["id"])
        if question["kind"] == "grid":
            made += [label(question, (answer or {}).get(row["id"]), language) for row in question["rows"]]
        elif question["kind"] == "counts":
            made += [(answer or {}).get(part["id"]) for part in question["parts"]]
        elif question["kind"] == "multiple":
            made.append("".join(f"{label(question, option, language)};" for option in answer or ()))
        else:
            made.append(label(question, answer, language) if question["kind"] == "single" else answer)
        if question["id"] == "tools":
            made.append(person.write_in)
    return made


def label(question: dict[str, Any], option: str | None, language: str) -> str | None:
    return next((found["text"][language] for found in options_of(question) if found["id"] == option), None)


def table(people: list[Respondent], language: str) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows; with MIXED the headings are Swedish and a row is in the language of its respondent."""
    own = language == MIXED
    heading = "sv" if own else language
    rows = [meta(person) + cells(person, person.language if own else language) for person in people if person.submitted]
    return META[heading] + headings(heading), rows


def meta(person: Respondent) -> list[Cell]:
    done = datetime.fromisoformat(person.submitted or "")
    return [person.id, done - timedelta(minutes=2, seconds=person.id % 97), done, "anonymous", None]


def insert(first: list[str], rows: list[list[Cell]], at: int, heading: str, values: list[Cell]) -> None:
    """A further column in front of column `at`."""
    first.insert(at, heading)
    for row, value in zip(rows, values, strict=True):
        row.insert(at, value)


def with_stray_blanks(first: list[str], rows: list[list[Cell]]) -> None:
    """What authors leave in their texts: blanks at the end, NBSP, a line break, an option with a final blank."""
    first[5] += " "
    first[6] = first[6].replace(" ", "\xa0", 1)
    first[7] = first[7].replace(", ", ",\n", 1)
    for row in rows:
        row[:] = [value.replace("Bildanalys;", "Bildanalys ;") if isinstance(value, str) else value for value in row]


def as_quiz(first: list[str], rows: list[list[Cell]]) -> None:
    """Total points and feedback after the name, then points and feedback after each question."""
    for at in range(len(first), 5, -1):
        question = first[at - 1]
        insert(first, rows, at, f"Feedback - {question}", [None] * len(rows))
        insert(first, rows, at, f"Points - {question}", [0] * len(rows))
    insert(first, rows, 5, "Quiz feedback", [None] * len(rows))
    insert(first, rows, 5, "Total points", [0] * len(rows))


def numbers_as_text(rows: list[list[Cell]]) -> None:
    """As old exports have them; ID stays a number."""
    for row in rows:
        row[1:] = [str(value) if isinstance(value, int | float) else value for value in row[1:]]


def workbook(first: list[str], rows: list[list[Cell]], sheet_name: str = "Sheet1", synced: bool = False) -> bytes:
    """A sheet with the table `Table1` from A1; if synced to Excel for the web, also its hidden sheet and name."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name)
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        columns = [{"header": heading} for heading in first]
        sheet.add_table(0, 0, len(rows), len(first) - 1, {"name": "Table1", "columns": columns})
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, moment)
                elif isinstance(value, str) and value:
                    sheet.write_string(number, place, value)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
        if synced:
            hidden = book.add_worksheet("_56F9DC9755BA473782653E2940F9")
            hidden.write_string(0, 0, '{"FormId":"v4j5cvGGr0GRqy180BHbR","Version":"1"}')
            hidden.very_hidden()
            book.define_name("_56F9DC9755BA473782653E2940F9FormId", '="v4j5cvGGr0GRqy180BHbR"')
    return file.getvalue()


def american(value: Cell) -> str:
    """A cell as Excel prints it on a PC set to the United States: no seconds."""
    if isinstance(value, datetime):
        return f"{value.month}/{value.day}/{value.year} {value.hour}:{value.minute:02d}"
    return "" if value is None else str(value)


def swedish(value: Cell) -> str:
    """The same on a Swedish PC."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value).replace(".", ",") if isinstance(value, float) else american(value)


def saved(rows: list[list[str]], delimiter: str) -> bytes:
    """CSV UTF-8 as Excel saves it, with a BOM."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def swedish_workbook(people: list[Respondent]) -> bytes:
    first, rows = table(people, "sv")
    with_stray_blanks(first, rows)
    insert(first, rows, 5, "Senast ändrad", [None] * len(rows))
    return workbook(first, rows)


def mixed_workbook(people: list[Respondent]) -> bytes:
    first, rows = table(people, MIXED)
    numbers_as_text(rows)
    names = {"sv": "svenska", "en": "English"}
    insert(first, rows, 5, "Språk", [names[person.language] for person in people if person.submitted])
    # A question of the same name as a column of the tool's own gets a digit; nobody answered it.
    insert(first, rows, len(first), "Namn2", [None] * len(rows))
    return workbook(first, rows, "Form1")


def quiz_workbook(people: list[Respondent]) -> bytes:
    first, rows = table(people, "en")
    as_quiz(first, rows)
    return workbook(first, rows, synced=True)


def american_csv(people: list[Respondent]) -> bytes:
    first, rows = table(people, "en")
    return saved([first, *([american(value) for value in row] for row in rows)], ",")


def swedish_csv(people: list[Respondent]) -> bytes:
    """With numbers before the questions and the empty columns and rows that a clicked-about sheet leaves."""
    first, rows = table(people, "sv")
    numbered = first[:5] + [f"{number}. {heading}" for number, heading in enumerate(first[5:], 1)]
    printed = [numbered, *([swedish(value) for value in row] for row in rows)]
    return saved([[*row, "", "", ""] for row in [*printed, [""] * len(first), [""] * len(first)]], ";")


def exports(people: list[Respondent]) -> list[Export]:
    """All variants."""
    minutes = LOSES | {"seconds"}
    return [
        Export("microsoft_forms", "xlsx-swedish", ".xlsx", swedish_workbook(people), LOSES),
        Export("microsoft_forms", "xlsx-english", ".xlsx", workbook(*table(people, "en")), LOSES),
        Export("microsoft_forms", "xlsx-mixed", ".xlsx", mixed_workbook(people), LOSES),
        Export("microsoft_forms", "xlsx-quiz-hidden-sheet", ".xlsx", quiz_workbook(people), LOSES),
        Export("microsoft_forms", "csv-american", ".csv", american_csv(people), minutes),
        Export("microsoft_forms", "csv-swedish", ".csv", swedish_csv(people), minutes),
    ]
