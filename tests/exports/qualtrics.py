"""Exports of Qualtrics: codes or labels, ticks in columns or joined, with the rows of previews and tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.exports import QUESTIONS, Export, Respondent, options_of
from tests.exports.plain import (
    FIELDS,
    Cell,
    Column,
    Field,
    Rows,
    constant,
    csv_bytes,
    ended,
    numbers,
    option_name,
    padded,
    started,
    table,
    ticked,
    write_in,
    written,
    xlsx_bytes,
)

REAL, PREVIEW, TEST = 0, 1, 2
STATUS_LABELS = {REAL: "IP Address", PREVIEW: "Survey Preview", TEST: "Survey Test"}
PREVIEWED, TESTED = 9001, 9002


@dataclass(frozen=True)
class Style:
    """The choices on Qualtrics' export page.

    form      `code`, `sv` or `en`, as `option_name`; codes also for Finished and Status
    split     a column for each option of a multiple question
    selected  row 2 says `Selected Choice` before an option, as where a text entry stands beside it
    language  that of row 2
    mark      decimal mark
    """

    form: str
    split: bool
    selected: bool = False
    language: str = "sv"
    mark: str = "."


def _status(person: Respondent) -> int:
    return {PREVIEWED: PREVIEW, TESTED: TEST}.get(person.id, REAL)


def _with_trials(people: list[Respondent]) -> list[Respondent]:
    """The survey's owner looked at it before it was sent out and ran a test half-way."""
    done = [person for person in people if person.submitted]
    return [replace(done[0], id=PREVIEWED), *people[:20], replace(done[1], id=TESTED), *people[20:]]


def _import_id(row_3: str, zone: bool = False) -> str:
    fields = {"ImportId": row_3} | ({"timeZone": "Europe/Stockholm"} if zone else {})
    return json.dumps(fields, separators=(",", ":"))


def _seconds(person: Respondent) -> int:
    return round((ended(person) - started(person)).total_seconds())


def _finished(person: Respondent, style: Style) -> str:
    done = person.submitted is not None
    return str(int(done)) if style.form == "code" else str(done)


def _metadata(style: Style) -> list[Column]:
    """The seventeen columns before the questions."""

    def column(name: str, text: str, row_3: str, cell: Callable[[Respondent], Cell]) -> Column:
        return Column((name, text, _import_id(row_3, zone=row_3.endswith("Date"))), cell)

    def empty(name: str, text: str, row_3: str) -> Column:
        return column(name, text, row_3, lambda person: "")

    codes = style.form == "code"
    return [
        column("StartDate", "Start Date", "startDate", lambda person: str(started(person))),
        column("EndDate", "End Date", "endDate", lambda person: str(ended(person))),
        column("Status", "Response Type", "status", lambda p: str(_status(p)) if codes else STATUS_LABELS[_status(p)]),
        column("IPAddress", "IP Address", "ipAddress", lambda person: "192.0.2.17"),
        column("Progress", "Progress", "progress", lambda person: "100" if person.submitted else "56"),
        column("Duration (in seconds)", "Duration (in seconds)", "duration", lambda person: str(_seconds(person))),
        column("Finished", "Finished", "finished", lambda person: _finished(person, style)),
        column("RecordedDate", "Recorded Date", "recordedDate", lambda person: str(ended(person))),
        column("ResponseId", "Response ID", "_recordId", lambda person: f"R_{person.id}"),
        empty("RecipientLastName", "Recipient Last Name", "recipientLastName"),
        empty("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
        empty("RecipientEmail", "Recipient Email", "recipientEmail"),
        empty("ExternalReference", "External Data Reference", "externalDataReference"),
        column("LocationLatitude", "Location Latitude", "locationLatitude", lambda person: "59.3326"),
        column("LocationLongitude", "Location Longitude", "locationLongitude", lambda person: "18.0649"),
        column(
            "DistributionChannel",
            "Distribution Channel",
            "distributionChannel",
            lambda person: "preview" if _status(person) else "anonymous",
        ),
        column("UserLanguage", "User Language", "userLanguage", lambda person: person.language.upper()),
    ]


def _number(field: Field) -> int:
    return QUESTIONS.index(field.question) + 1


def _place(field: Field) -> int:
    """The place of a row or part in its question, from 1."""
    parts: list[dict[str, str]] = field.question.get("parts") or field.question["rows"]
    return parts.index(field.part or {}) + 1


def _names(field: Field, suffix: str) -> tuple[str, str]:
    """Name and import id: the questions were made in another order than they are asked."""
    number = _number(field)
    return f"Q{number}{suffix}", _import_id(f"QID{2 * number + 1}{suffix}")


def _text(field: Field, style: Style) -> str:
    """Row 2 of a question, with the mark-up of its author."""
    text = field.text(style.language, "{question} - {part}")
    return f"<div><b>{text}</b><br>\n\t</div>\u00a0" if field.kind == "text" else text


def _question(field: Field, style: Style) -> list[Column]:
    if field.kind == "multiple":
        return [*(_ticks(field, style) if style.split else [_joined(field, style)]), _words(field, style)]
    name, row_3 = _names(field, f"_{_place(field)}" if field.part else "")
    row_3 = row_3.replace('"}', '_TEXT"}') if field.kind in ("text", "number") else row_3
    return [Column((name, _text(field, style), row_3), _cell(field, style))]


def _cell(field: Field, style: Style) -> Callable[[Respondent], Cell]:
    return lambda person: written(field, person, style.form, style.mark, join=",")


def _choice(style: Style) -> str:
    return " - Selected Choice" if style.selected else ""


def _joined(field: Field, style: Style) -> Column:
    name, row_3 = _names(field, "")
    return Column((name, _text(field, style) + _choice(style), row_3), _cell(field, style))


def _ticks(field: Field, style: Style) -> list[Column]:
    """A column for each option: its label, or 1, where ticked."""

    def column(place: int, option: str) -> Column:
        name, row_3 = _names(field, f"_{place}")
        text = f"{_text(field, style)}{_choice(style)} - {option_name(field.question, option, style.language)}"
        shown = "1" if style.form == "code" else option_name(field.question, option, style.form)
        return Column((name, text, row_3), lambda person: shown if ticked(field, option, person) else "")

    return [column(place, option["id"]) for place, option in enumerate(options_of(field.question), 1)]


def _words(field: Field, style: Style) -> Column:
    """What was written beside `other`."""
    name, row_3 = _names(field, f"_{option_name(field.question, 'other', 'code')}_TEXT")
    other = option_name(field.question, "other", style.language)
    return Column((name, f"{_text(field, style)} - {other} - Text", row_3), write_in)


def _questions(style: Style) -> list[Column]:
    return [column for field in FIELDS for column in _question(field, style)]


def _rows(people: list[Respondent], style: Style) -> Rows:
    """Three heading rows, the answers, and an embedded data field at the end."""
    panel = constant("vår-2026", "panel", "panel", _import_id("panel"))
    return table([*_metadata(style), *_questions(style), panel], _with_trials(people))


def _legacy(people: list[Respondent]) -> bytes:
    """The first generation: V1 to V10, no third row, a comma after the last cell."""
    style = Style("code", split=True)

    metadata = [
        Column(("V1", "ResponseID"), lambda person: f"R_{person.id}"),
        constant("Default Response Set", "V2", "ResponseSet"),
        constant("Anonymous", "V3", "Name"),
        constant("", "V4", "ExternalDataReference"),
        constant("", "V5", "EmailAddress"),
        constant("192.0.2.17", "V6", "IPAddress"),
        Column(("V7", "Status"), lambda person: str(_status(person))),
        Column(("V8", "StartDate"), lambda person: str(started(person))),
        Column(("V9", "EndDate"), lambda person: str(ended(person))),
        Column(("V10", "Finished"), lambda person: _finished(person, style)),
    ]
    questions = [Column(column.headings[:2], column.cell) for column in _questions(style)]
    location = [constant("59.3326", "LocationLatitude", "LocationLatitude")]
    rows = table([*metadata, *questions, *location, constant("", "", "")], _with_trials(people))
    return csv_bytes(rows, encoding="utf-8-sig")


def _single_quoted(rows: Rows) -> Rows:
    """As a script leaves row 3 that read its cells as objects."""
    return [[str(json.loads(str(cell))) for cell in row] if number == 2 else row for number, row in enumerate(rows)]


def _one_line(rows: Rows) -> Rows:
    """With Qualtrics' own removal of line breaks."""
    return [[" ".join(cell.split("\n")) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _workbook(people: list[Respondent], style: Style) -> bytes:
    """Dates and codes are cells of their own kinds; ids and texts are texts."""
    rows = _rows(people, style)
    dates = {
        rows[0].index(name): pick
        for name, pick in (("StartDate", started), ("EndDate", ended), ("RecordedDate", ended))
    }
    for person, row in zip(_with_trials(people), rows[3:], strict=True):
        for place, pick in dates.items():
            row[place] = pick(person)
    words = {place for place, name in enumerate(rows[0]) if name == "Q9" or str(name).endswith(("Address", "_TEXT"))}
    return xlsx_bytes({"Sheet0": numbers(rows, set(range(len(rows[0]))) - words)})


def _resaved(people: list[Respondent]) -> bytes:
    """After a Swedish Excel: seconds gone, truth in Swedish, decimal comma, columns and rows of nothing."""
    style = Style("sv", split=True, mark=",")
    words = {"True": "SANT", "False": "FALSKT"}
    rows = _rows(people, style)
    dates = [place for place, name in enumerate(rows[0]) if str(name).endswith("Date")]
    for row in rows[3:]:
        row[:] = [str(cell)[:16] if place in dates else words.get(str(cell), cell) for place, cell in enumerate(row)]
    return csv_bytes(padded(rows, 7, 3), ";", encoding="cp1252")


def exports(people: list[Respondent]) -> list[Export]:
    """Three heading rows in every choice of the export page, the legacy format, and a copy saved by Excel."""
    labels = _rows(people, Style("sv", split=True))
    english = _rows(people, Style("en", split=False, selected=True, language="en"))
    codes = _rows(people, Style("code", split=True))
    joined = _rows(people, Style("code", split=False, selected=True))
    workbook = _workbook(people, Style("code", split=True, selected=True, language="en"))
    return [
        Export("qualtrics", "labels-split", ".csv", csv_bytes(labels, end="\n")),
        Export("qualtrics", "labels-joined-english", ".csv", csv_bytes(english, end="\n")),
        Export("qualtrics", "codes-split", ".csv", csv_bytes(codes, end="\n")),
        Export("qualtrics", "codes-joined", ".csv", csv_bytes(joined, encoding="utf-8-sig")),
        Export("qualtrics", "single-quoted-import-ids", ".csv", csv_bytes(_single_quoted(labels))),
        Export("qualtrics", "legacy", ".csv", _legacy(people), frozenset({"language"})),
        Export(
            "qualtrics",
            "labels-utf16-tabs",
            ".tsv",
            csv_bytes(_one_line(labels), "\t", encoding="utf-16"),
            frozenset({"newline"}),
        ),
        Export("qualtrics", "codes-xlsx", ".xlsx", workbook),
        Export("qualtrics", "labels-excel-resaved", ".csv", _resaved(people), frozenset({"seconds"})),
    ]
