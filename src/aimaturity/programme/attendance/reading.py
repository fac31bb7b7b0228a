"""An attendance list as rows: companies and numbers of persons. Names of persons are never kept.

A list has a row a company, with counts; or a row a person, with the company and perhaps a gender. Cells about single
persons are looked at only for whether they are filled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.validation import near
from aimaturity.programme.attendance.headings import COUNTS, OF_THE_ACTIVITY, WORDS, Columns, Field, columns_of
from aimaturity.programme.attendance.sums import Sums, sum_word
from aimaturity.programme.store.activities import MOST_HOURS, MOST_PERSONS
from aimaturity.programme.store.base import line
from aimaturity.responses.identity import masked, only_masked, organisation_number
from aimaturity.responses.normalise import normalise, number
from aimaturity.responses.opening import Unreadable, opened
from aimaturity.responses.sheet import Batch, Sheet, Untame, open_sheet
from aimaturity.responses.text import Record

NOTHING = frozenset({"", "-", "–", "—", "n/a", "saknas"})
WHO: tuple[Field, Field] = ("name", "id")
GENDERS = {
    **dict.fromkeys(("kvinna", "k", "kv", "kvinnlig", "female", "f", "woman", "w"), "women"),
    **dict.fromkeys(("man", "m", "manlig", "male"), "men"),
    **dict.fromkeys(
        ("", "-", "annat", "annan", "övrig", "övriga", "x", "icke-binär", "ickebinär", "uppger ej", "vill ej ange",
         "vill inte ange", "vill inte uppge", "ej angivet", "okänt", "vet ej", "other", "non-binary", "nonbinary", "o",
         "unstated", "not stated", "unknown", "prefer not to say", "undisclosed", "u", "a", "ö"),
        "other",
    ),
}  # fmt: skip
"""What cells say of a person's gender; all but women and men are counted together."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list. None: not said.

    number        as a spreadsheet shows it
    head_count    persons at the company
    hours         of one participant
    women, men, other  persons; all 0 where the row can't be counted: then `wrong`
    date          ISO day
    """

    number: int
    name: str | None = None
    organisationsnummer: str | None = None
    id: str | None = None
    municipality: str | None = None
    sector: str | None = None
    size: str | None = None
    head_count: int | None = None
    women: int = 0
    men: int = 0
    other: int = 0
    hours: float | None = None
    activity: str | None = None
    kind: str | None = None
    date: str | None = None
    partner: str | None = None
    wrong: bool = False


@dataclass
class Attendance:
    """What a list says.

    rows     with something in them, in order; `wrong` ones can't be taken, and are told
    aside    numbers of rows that are no company: sums, and rows with nothing in them
    columns  which column said what; None where the file can't be read at all
    """

    file: str
    columns: Columns | None = None
    rows: list[Row] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        return self.columns is not None

    def at(self, row: int, name: Field | None = None) -> Position:
        """Where a field of a row stands."""
        column = self.columns.by.get(name) if self.columns is not None and name is not None else None
        return Position(self.file, row, 0 if column is None else column + 1)

    def heading(self, name: Field) -> str:
        """What the list calls a field."""
        column = self.columns.by.get(name) if self.columns is not None else None
        return str(name) if self.columns is None or column is None else self.columns.headings[column]


def read_attendance(source: Path | BinaryIO, name: str | None = None, one_activity: bool = False) -> Attendance:
    """A list in any file that a survey may be read from. Nothing that a file holds is raised.

    one_activity  what the list says of the activity isn't read: it is known which one it is
    """
    name = name or (str(source) if isinstance(source, Path) else "-")
    try:
        with opened(source, name) as file:
            sheet = open_sheet(file, _is_list)
            try:
                return _read(sheet, name, one_activity)
            except Untame:
                return _read(sheet, name, one_activity)  # with care, this time
    except Unreadable as error:
        found = error.diagnostic
        return Attendance(name, diagnostics=[problem("AIM365", found.at) if found.code == "AIM005" else found])


def _read(sheet: Sheet, name: str, one_activity: bool) -> Attendance:
    columns = columns_of(sheet.head)
    if one_activity:
        columns.unknown += [columns.by.pop(told) for told in OF_THE_ACTIVITY if told in columns.by]
    made = Attendance(name, columns, diagnostics=[_of_lists(note) for note in sheet.file.notes])
    if not _says_enough(columns):
        headings = ", ".join(heading[:60] for heading in columns.headings if heading)[:400]
        return Attendance(
            name, diagnostics=[*made.diagnostics, problem("AIM667", Position(name, columns.row), headings=headings)]
        )
    made.diagnostics += _unread(columns, name)
    reader = _Reader(made, columns)
    personal = set(columns.personal) if columns.one_row_a_person else set()
    wanted = {*columns.by.values(), *personal}
    for batch in sheet.batches(columns.position + 1, len(columns.headings), wanted, personal):
        reader.take(batch, personal)
    made.diagnostics += sheet.notes
    if not made.rows:
        made.diagnostics.append(problem("AIM365", Position(name, columns.row)))
    return made


def _says_enough(columns: Columns) -> bool:
    """Whether the columns say which companies, and how many persons."""
    company = {"name", "organisationsnummer", "id"} & set(columns.by)
    return bool(company) and (columns.one_row_a_person or any(count in columns.by for count in COUNTS))


def _is_list(head: list[Record]) -> bool:
    """Whether a sheet with these first records is an attendance list."""
    return any(any(cell.strip() for cell in record) for _, record in head) and _says_enough(columns_of(head))


def _of_lists(note: Diagnostic) -> Diagnostic:
    """What is said of surveys' sheets, said of lists."""
    return Diagnostic("AIM363", note.at, note.facts) if note.code == "AIM326" else note


def _unread(columns: Columns, name: str) -> Iterator[Diagnostic]:
    """Columns that aren't read, and why."""
    row, headings = columns.row, columns.headings
    if columns.personal:
        names = ", ".join(headings[column][:60] for column in columns.personal)
        yield problem("AIM673", Position(name, row), names=names)
    for column, first in columns.again.items():
        yield problem("AIM302", Position(name, row, column + 1), name=headings[column][:100], first=first + 1)
    words = [word for some in WORDS.values() for word in some]
    for column in columns.unknown:
        heading = headings[column][:100]
        yield problem("AIM674", Position(name, row, column + 1), name=heading, near=near(normalise(heading), words))


class _Reader:
    """Makes rows of cells."""

    def __init__(self, made: Attendance, columns: Columns) -> None:
        self.made, self.columns = made, columns
        self.persons = columns.one_row_a_person
        self.sums = Sums()

    def take(self, batch: Batch, personal: set[int]) -> None:
        cells = {name: batch.columns[column].texts() for name, column in self.columns.by.items()}
        filled = [False] * batch.rows
        for column in personal:
            filled = [one or bool(code >= 0) for one, code in zip(filled, batch.columns[column].codes, strict=True)]
        for index, row in enumerate(batch.numbers.tolist()):
            said = {name: text for name, texts in cells.items() if (text := line(texts[index]) or "")}
            self._row(row, said, filled[index])

    def _row(self, row: int, said: dict[Field, str], person: bool) -> None:
        about: list[Field] = ["activity", "kind", "date", "partner", "hours"]
        if not person and not any(name not in about for name in said):
            self.made.aside.append(row)
            return
        if self._is_sum(row, said):
            return
        name, number, id = self._company(row, said)
        wrong = False
        if not (name or number or id):
            self._tell("AIM623", row)
            wrong = True
        counts = self._person(row, said) if self.persons else self._counts(row, said)
        self.sums.add(counts)
        date = self._date(row, said)
        self.made.rows.append(
            Row(
                row, name, number, id,
                municipality=said.get("municipality"),
                sector=said.get("sector"),
                size=said.get("size"),
                head_count=self._head_count(row, said),
                hours=self._hours(row, said),
                activity=masked(said["activity"]) if "activity" in said else None,
                kind=said.get("kind"),
                partner=said.get("partner"),
                date=date or None,
                wrong=wrong or counts is None or date == "",
                **(counts or {}),
            )
        )  # fmt: skip

    def _is_sum(self, row: int, said: dict[Field, str]) -> bool:
        """Whether the row is one of sums, and so no company; which is told unless it is called so in so many words."""
        stated = {name: whole_number(said[name], 10_000_000) for name in COUNTS if name in said}
        counts = {name: count for name, count in stated.items() if count is not None}
        found = self.sums.verdict(said, counts)
        if found is None:
            return False
        verdict, word = found
        self.sums.begin_anew()
        if verdict == "unequal":
            self._tell("AIM362", row, "name", name=masked(word, slips=True)[:80])
            self.made.rows.append(Row(row, masked(word, slips=True), wrong=True))
            return True
        self.made.aside.append(row)
        if " " in word.strip() or sum_word(said.get("name", "")) is None:
            self._tell("AIM361", row)
        return True

    def _company(self, row: int, said: dict[Field, str]) -> tuple[str | None, str | None, str | None]:
        """Name, number and id; personal numbers are masked or left out, wrong numbers left out, and both told."""
        for name in ("name", "id", "organisationsnummer"):
            text = said.get(name, "")
            left = masked(text, slips=name != "id")
            if left != text:
                self._tell("AIM313", row, name)
                if name == "name" and not only_masked(left):
                    said[name] = left
                else:
                    del said[name]
        raw = said.get("organisationsnummer", "")
        number = organisation_number(raw) if raw not in NOTHING else None
        if raw not in NOTHING and number is None:
            self._tell("AIM312", row, "organisationsnummer", name=raw[:40])
        names = [text if text is None or text.casefold() not in NOTHING else None for text in map(said.get, WHO)]
        return names[0], number, names[1]

    def _person(self, row: int, said: dict[Field, str]) -> dict[str, int]:
        word = said.get("gender", "")
        gender = GENDERS.get(normalise(word))
        if gender is None:
            self._tell("AIM676", row, "gender", name=masked(word)[:40])
        return {gender or "other": 1}

    def _counts(self, row: int, said: dict[Field, str]) -> dict[str, int] | None:
        """Women, men and other; None where they can't be told, or there is nobody."""
        found: dict[Field, int] = {}
        for name in COUNTS:
            text = said.get(name, "")
            if text.casefold() in NOTHING:
                continue
            count = whole_number(text)
            if count is None:
                self._tell("AIM663", row, name, name=masked(text)[:40])
                return None
            found[name] = count
        women, men, other = (found.get(name, 0) for name in ("women", "men", "other"))
        total = found.get("total")
        if total is not None and "other" not in found and total > women + men:
            other = total - women - men
        if total is not None and total != women + men + other:
            self._tell("AIM672", row, "total", count=women + men + other, total=total)
        if not women + men + other:
            self._tell("AIM668", row)
            return None
        if max(women, men, other) > MOST_PERSONS:
            self._tell("AIM663", row, "total", name=total)
            return None
        return {"women": women, "men": men, "other": other}

    def _head_count(self, row: int, said: dict[Field, str]) -> int | None:
        found = self._read(row, said, "head_count", lambda text: whole_number(text, 10_000_000))
        return None if found is None else int(found)

    def _hours(self, row: int, said: dict[Field, str]) -> float | None:
        return self._read(row, said, "hours", hours_of)

    def _read(
        self, row: int, said: dict[Field, str], name: Field, meaning: Callable[[str], float | None]
    ) -> float | None:
        """What a cell means; None where it means nothing, which is told."""
        text = said.get(name, "")
        if text.casefold() in NOTHING:
            return None
        found = meaning(text)
        if found is None:
            self._tell("AIM678", row, name, name=masked(text)[:40], field=self.made.heading(name))
        return found

    def _date(self, row: int, said: dict[Field, str]) -> str | None:
        """The ISO day; None where none is said, "" where what is said is none."""
        text = said.get("date", "")
        if text.casefold() in NOTHING:
            return None
        found = day_of(text)
        if found is None:
            self._tell("AIM322", row, "date", name=masked(text)[:40])
        return found or ""

    def _tell(self, code: str, row: int, at: Field | None = None, **facts: object) -> None:
        self.made.diagnostics.append(problem(code, self.made.at(row, at), **facts))


_PIECES = re.compile(r"(\d+)\s*(?:st|pers|personer|persons?|people)\.?\Z", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?\Z")
_UNIT = re.compile(r"\s*(?:h|t|tim|timme|timmar|hours?|hrs?)\.?\Z", re.IGNORECASE)


def whole_number(text: str, most: int = MOST_PERSONS) -> int | None:
    """A count from 0 to `most`: `3`, `3,0`, `3 st`; None for anything else."""
    pieces = _PIECES.match(text)
    found = number(pieces[1] if pieces else text)
    return int(found) if found is not None and found.is_integer() and 0 <= found <= most else None


def hours_of(text: str) -> float | None:
    """Hours as a number or a time: `2,5`, `3 h`, `2:30`; None for anything else."""
    time = _TIME.match(text)
    found = int(time[1]) + int(time[2]) / 60 if time and int(time[2]) < 60 else number(_UNIT.sub("", text))
    return round(found, 4) if found is not None and 0 < found <= MOST_HOURS else None


_MONTHS = {
    word: month
    for month, words in enumerate(
        ("jan januari january", "feb februari february", "mar mars march", "apr april", "maj may", "jun juni june",
         "jul juli july", "aug augusti august", "sep sept september", "okt oktober oct october", "nov november",
         "dec december"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[ T]\d{1,2}[:.]\d{2}\S*)?\Z")
_IN_WORDS = re.compile(r"(?:den )?(\d{1,2})\.?(?::?e|st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})\Z")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_SERIAL = re.compile(r"([34567]\d{4})(?:[.,]\d+)?\Z")
_DAY_ZERO = dt.date(1899, 12, 30)


def day_of(text: str) -> str | None:
    """The ISO day that a cell holds: year first, a day and a month in words, `12.3.2025`, a spreadsheet's serial
    number. None for anything else: `3/4/2025` may be two days."""
    word = normalise(text)
    if found := _YEAR_FIRST.match(word):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif (found := _IN_WORDS.match(word)) and found[2] in _MONTHS:
        year, month, day = int(found[3]), _MONTHS[found[2]], int(found[1])
    elif found := _POINTS.match(word):
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    elif found := _SERIAL.match(word):
        return (_DAY_ZERO + dt.timedelta(days=int(found[1]))).isoformat()
    else:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
