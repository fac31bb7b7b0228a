"""A plain table, one row a company; and what the writers of the survey tools have in common."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.exports import QUESTIONS, Export, Respondent, options_of

Cell = str | int | float | datetime | None
Rows = list[list[Cell]]

LOCAL_TIME = timedelta(hours=1)  # Sweden in March, before summer time
NAMELY = {"sv": "Annat, nämligen", "en": "Other, namely"}
PARTIAL_SINCE = datetime.fromisoformat("2026-03-01 08:00:00")


@dataclass(frozen=True)
class Field:
    """What takes one value: a question, a row of a grid or a part of a counts question."""

    question: dict[str, Any]
    part: dict[str, Any] | None

    @property
    def kind(self) -> str:
        return str(self.question["kind"])

    def path(self, joint: str) -> str:
        """Its id, the part's after the question's: `board_women`."""
        return joint.join([self.question["id"], *([self.part["id"]] if self.part else [])])

    def text(self, language: str, pattern: str = "{question} [{part}]") -> str:
        """Its heading in a language; the pattern is for rows and parts."""
        question = str(self.question["text"][language])
        return pattern.format(question=question, part=self.part["text"][language]) if self.part else question

    def value(self, person: Respondent) -> Any:
        """What was answered; None where left out."""
        answer = person.answers.get(self.question["id"])
        return answer.get(self.part["id"]) if self.part and answer else answer


FIELDS = [
    Field(question, part) for question in QUESTIONS for part in question.get("parts", question.get("rows", [None]))
]


@dataclass(frozen=True)
class Column:
    """A column of an export: a heading for each heading row, and its cell for a respondent."""

    headings: tuple[str, ...]
    cell: Callable[[Respondent], Cell]


def table(columns: Sequence[Column], people: Iterable[Respondent]) -> Rows:
    """Heading rows, then a row for each respondent."""
    headings: Rows = [list(row) for row in zip(*(column.headings for column in columns), strict=True)]
    return headings + [[column.cell(person) for column in columns] for person in people]


def constant(cell: Cell, *headings: str) -> Column:
    """A column that says the same for everyone."""
    return Column(headings, lambda person: cell)


def option_name(question: dict[str, Any], option: str, form: str) -> str:
    """An option as its `id`, as a `code` counted from 1, or as its label in the language that `form` names."""
    if form == "id":
        return option
    options = options_of(question)
    place = [known["id"] for known in options].index(option)
    return str(place + 1) if form == "code" else str(options[place]["text"][form])


def written(field: Field, person: Respondent, form: str, mark: str = ".", join: str = ";") -> str:
    """The cell of a field, empty where left out; `form` as in `option_name`, or `own` for the respondent's language."""
    value = field.value(person)
    form = person.language if form == "own" else form
    if value is None or field.kind == "text":
        return value or ""
    if field.kind in ("single", "grid"):
        return option_name(field.question, value, form)
    if field.kind == "multiple":
        return join.join(option_name(field.question, option, form) for option in value)
    return f"{value:.10g}".replace(".", mark)


def ticked(field: Field, option: str, person: Respondent) -> bool | None:
    """Whether an option of a multiple question is ticked; None where the question is not answered."""
    answer = field.value(person)
    return None if answer is None else option in answer


def write_in(person: Respondent) -> str:
    """What was written beside `other`."""
    return person.write_in or ""


def namely(language: str) -> str:
    """The heading of the text question that asks for what `other` was."""
    tools = next(field for field in FIELDS if field.kind == "multiple")
    return f"{tools.text(language)} {NAMELY[language]}"


def ended(person: Respondent) -> datetime:
    """When the respondent submitted or, half-way, was last seen."""
    return (
        datetime.fromisoformat(person.submitted) if person.submitted else PARTIAL_SINCE + timedelta(minutes=person.id)
    )


def started(person: Respondent) -> datetime:
    return ended(person) - timedelta(minutes=6, seconds=42)


def serial(moment: datetime, mark: str) -> str:
    """A time as Excel shows it in a cell without a date format."""
    days = (moment - datetime.fromisoformat("1899-12-30")) / timedelta(days=1)
    return f"{days:.5f}".replace(".", mark)


def padded(rows: Rows, columns: int, blank_rows: int) -> Rows:
    """With the empty columns and rows at the end that Excel leaves."""
    wide = [row + [""] * columns for row in rows]
    return wide + [[""] * len(wide[0]) for _ in range(blank_rows)]


def csv_bytes(
    rows: Rows, delimiter: str = ",", end: str = "\r\n", encoding: str = "utf-8", quoting: str = "needed"
) -> bytes:
    """Rows as delimited text; `quoting` is `all`, `needed` or `blanks` (as PHP: cells with a blank or tab as well)."""
    lines = (delimiter.join(_quoted(str(cell), delimiter, quoting) for cell in row) + end for row in rows)
    return "".join(lines).encode(encoding)


def _quoted(cell: str, delimiter: str, quoting: str) -> str:
    signs = '"\r\n' + delimiter + (" \t" if quoting == "blanks" else "")
    if quoting == "all" or any(sign in cell for sign in signs):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def xlsx_bytes(sheets: dict[str, Rows]) -> bytes:
    """A workbook of sheets by name; texts stay texts."""
    target = io.BytesIO()
    texts = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd hh:mm:ss", **texts}) as book:
        book.set_properties({"created": PARTIAL_SINCE})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return target.getvalue()


def numbers(rows: Rows, columns: set[int]) -> Rows:
    """The rows with these columns' digits as number cells, for a workbook."""
    return [
        [float(str(cell)) if place in columns and _is_number(cell) else cell for place, cell in enumerate(row)]
        for row in rows
    ]


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.replace(".", "", 1).isdigit()


Stamp = Callable[[Respondent], Cell]


def _submitted(person: Respondent) -> str:
    return person.submitted or ""


def _numbered(field: Field) -> str:
    """A heading as pasted from a web page."""
    number = QUESTIONS.index(field.question) + 1
    return f"{number}.\u00a0<b>{field.text('sv', '{question}<br> [{part}]')}</b>\u00a0 "


def _heading(form: str) -> Callable[[Field], str]:
    if form == "numbered":
        return _numbered
    return (lambda field: field.path(".")) if form == "id" else (lambda field: field.text(form))


def _columns(headings: str, form: str, mark: str, join: str, stamp: Stamp, number: Stamp) -> list[Column]:
    """Who and when, then the questions and the words beside `other`."""
    heading = _heading(headings)
    language = "sv" if headings == "numbered" else headings
    columns = [
        Column(("respondent",), number),
        Column(("company" if headings in ("id", "en") else "Företag",), lambda person: f"Bolag {person.id}"),
        Column(("submitted",), stamp),
        Column(("language",), lambda person: person.language),
    ]
    for field in FIELDS:
        columns.append(Column((heading(field),), _cell(field, form, mark, join)))
        if field.kind == "multiple":
            columns.append(Column(("tools_other" if headings == "id" else namely(language),), write_in))
    return columns


def _cell(field: Field, form: str, mark: str, join: str) -> Callable[[Respondent], Cell]:
    return lambda person: written(field, person, form, mark, join)


def _rows(
    people: list[Respondent],
    headings: str,
    form: str = "",
    mark: str = ".",
    join: str = ";",
    stamp: Stamp = _submitted,
    number: Stamp = lambda person: person.id,
) -> Rows:
    return table(_columns(headings, form or headings, mark, join, stamp, number), people)


def _serial(person: Respondent) -> str:
    return serial(ended(person), ",") if person.submitted else ""


def _date_cell(person: Respondent) -> Cell:
    return ended(person) if person.submitted else ""


def _workbook(people: list[Respondent]) -> bytes:
    rows = _rows(people, "en", join="; ", stamp=_date_cell)
    kinds = [column.kind for column in FIELDS]
    counted = {4 + place for place, kind in enumerate(kinds) if kind in ("number", "counts")}
    return xlsx_bytes({"Companies": numbers(rows, counted)})


def _in_latin_1(people: list[Respondent]) -> list[Respondent]:
    """Latin-1 has neither curly quotes nor the dash, so those who wrote them are not in that file."""
    return [person for person in people if _fits(str(person.answers.get("hope", "")), "latin-1")]


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


def exports(people: list[Respondent]) -> list[Export]:
    """Headings, languages, joints, encodings, delimiters and line ends of tables that people make by hand."""
    ids = _rows(people, "id")
    swedish = _rows(people, "sv", mark=",", join="; ")
    resaved = _rows(people, "sv", mark=",", join="; ", stamp=_serial, number=lambda person: "1,18E+11")
    variants = {
        "ids": csv_bytes(ids, end="\n"),
        "ids-bars": csv_bytes(ids, delimiter="|"),
        "ids-commas-tabs": csv_bytes(_rows(people, "id", join=","), delimiter="\t", end="\n"),
        "ids-quoted": csv_bytes(ids, quoting="all"),
        "ids-gzip": gzip.compress(csv_bytes(ids), mtime=0),
        "ids-swedish-labels": csv_bytes(_rows(people, "id", form="sv", join=", ")),
        "swedish-cp1252": csv_bytes(swedish, ";", encoding="cp1252"),
        "swedish-mac-roman-cr": csv_bytes(swedish, ";", end="\r", encoding="mac-roman"),
        "swedish-sep-line": b"\xef\xbb\xbfsep=;\r\n" + csv_bytes(swedish, ";"),
        "swedish-utf16-tabs": csv_bytes(swedish, "\t", encoding="utf-16"),
        "swedish-empty-columns": csv_bytes(padded(swedish, 20, 4), ";", encoding="utf-8-sig"),
        "swedish-numbered-html": csv_bytes(_rows(people, "numbered", form="sv"), end="\n"),
        "english-bom": csv_bytes(_rows(people, "en", join=", "), encoding="utf-8-sig"),
        "english-xlsx": _workbook(people),
        "mixed": csv_bytes(_rows(people, "sv", form="own"), end="\n"),
        "mixed-commas-cr": csv_bytes(_rows(people, "sv", form="own", join=","), ";", end="\r"),
    }
    endings = {"ids-gzip": ".csv.gz", "english-xlsx": ".xlsx", "swedish-utf16-tabs": ".tsv", "ids-commas-tabs": ".tsv"}
    latin_1 = csv_bytes(_rows(_in_latin_1(people), "sv", mark=",", join="; "), ";", encoding="latin-1")
    return [
        *(Export("plain", variant, endings.get(variant, ".csv"), data) for variant, data in variants.items()),
        Export("plain", "swedish-latin-1", ".csv", latin_1),
        Export(
            "plain",
            "swedish-excel-resaved",
            ".csv",
            csv_bytes(padded(resaved, 3, 2), ";", encoding="cp1252"),
            frozenset({"respondent"}),
        ),
    ]
