"""Exports of SurveyJS (JSON), Alchemer (CSV), Typeform (CSV) and EUSurvey (XLSX)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.exports import QUESTIONS, Export, Respondent, options_of
from tests.exports.plain import (
    FIELDS,
    LOCAL_TIME,
    Cell,
    Column,
    Field,
    Rows,
    constant,
    csv_bytes,
    ended,
    namely,
    numbers,
    option_name,
    padded,
    serial,
    started,
    table,
    ticked,
    write_in,
    written,
    xlsx_bytes,
)

WRITE_IN = "Other - Write In"


def exports(people: list[Respondent]) -> list[Export]:
    """All variants of the four tools."""
    return [*_surveyjs(people), *_alchemer(people), *_typeform(people), *_eusurvey(people)]


def _submitted(people: list[Respondent]) -> list[Respondent]:
    return [person for person in people if person.submitted]


def _cell(field: Field, form: str, mark: str = ".", join: str = ";") -> Callable[[Respondent], Cell]:
    return lambda person: written(field, person, form, mark, join)


def _tick(field: Field, option: str, yes: str, no: str = "") -> Callable[[Respondent], Cell]:
    """A cell for each option of a multiple question; empty where the question is not answered."""
    shown = {True: yes, False: no, None: ""}
    return lambda person: shown[ticked(field, option, person)]


def _surveyjs(people: list[Respondent]) -> list[Export]:
    """Values as the survey keeps them, and as a host shows them; a host decides what else it stores."""
    plain = [_values(person) for person in _submitted(people)]
    shown = [
        {"id": person.id, "submitted": f"{ended(person).isoformat()}+01:00", "locale": person.language}
        | _display(person, "sv")
        for person in _submitted(people)
    ]
    unknown = frozenset({"partial", "respondent", "submitted", "language"})
    return [
        Export("surveyjs", "values", ".json", json.dumps(plain, separators=(",", ":")).encode(), unknown),
        Export(
            "surveyjs",
            "display-texts",
            ".json",
            json.dumps(shown, ensure_ascii=False, indent=2).encode(),
            frozenset({"partial"}),
        ),
    ]


def _values(person: Respondent) -> dict[str, Any]:
    """Question name -> value: a grid or several numbers are an object, ticks a list; no answer, no key."""
    return person.answers | _comment(person)


def _comment(person: Respondent) -> dict[str, str]:
    return {"tools-Comment": person.write_in} if person.write_in else {}


def _display(person: Respondent, language: str) -> dict[str, Any]:
    """With titles for names and texts for values, save the comment, which is no question."""
    answered = [question for question in QUESTIONS if question["id"] in person.answers]
    texts = {question["text"][language]: _display_value(question, person, language) for question in answered}
    return texts | _comment(person)


def _display_value(question: dict[str, Any], person: Respondent, language: str) -> Any:
    answer, kind = person.answers[question["id"]], question["kind"]
    if kind in ("grid", "counts"):
        parts = {part["id"]: part["text"][language] for part in question.get("rows") or question["parts"]}
        name = (lambda value: option_name(question, value, language)) if kind == "grid" else (lambda value: value)
        return {parts[part]: name(value) for part, value in answer.items()}
    if kind == "multiple":
        return [option_name(question, option, language) for option in answer]
    return option_name(question, answer, language) if kind == "single" else answer


def _alchemer(people: list[Respondent]) -> list[Export]:
    """Ticks in columns or merged, and a copy that Excel has saved without the ids."""
    split = csv_bytes(table(_alchemer_columns("sv"), people), end="\n", quoting="all")
    merged = csv_bytes(table(_alchemer_columns("en", merged=True), people), encoding="utf-8-sig", quoting="all")
    resaved = [column for column in _alchemer_columns("sv", mark=",") if column.headings != ("Response ID",)]
    excel = csv_bytes(padded(table(resaved, people), 12, 3), ";", encoding="mac-roman")
    return [
        Export("alchemer", "split", ".csv", split, frozenset({"language"})),
        Export("alchemer", "merged-english", ".csv", merged, frozenset({"language", "write_in"})),
        Export("alchemer", "split-excel-resaved", ".csv", excel, frozenset({"language", "respondent"})),
    ]


def _alchemer_columns(language: str, merged: bool = False, mark: str = ".") -> list[Column]:
    """With a decimal comma, times are serials: both come of a re-save."""

    def time(person: Respondent, start: bool = False) -> str:
        moment = started(person) if start else ended(person)
        return serial(moment, mark) if mark == "," else str(moment)

    questions = [column for field in FIELDS for column in _alchemer_question(field, language, merged, mark)]
    return [
        Column(("Response ID",), lambda person: person.id),
        Column(("Time Started",), lambda person: time(person, start=True)),
        Column(("Date Submitted",), lambda person: time(person) if person.submitted else ""),
        Column(("Status",), lambda person: "Complete" if person.submitted else "Partial"),
        *questions,
    ]


def _alchemer_question(field: Field, language: str, merged: bool, mark: str) -> list[Column]:
    """Rows and options come before the question; `other` has one column, of words."""
    if field.kind == "multiple" and not merged:
        names = {
            option["id"]: option["text"][language] for option in options_of(field.question) if option["id"] != "other"
        }
        question = field.text(language)
        ticks = [Column((f"{name}:{question}",), _tick(field, option, name)) for option, name in names.items()]
        return [*ticks, Column((f"{WRITE_IN}:{question}",), write_in)]
    return [Column((field.text(language, "{part}:{question}"),), _cell(field, language, mark))]


def _typeform(people: list[Respondent]) -> list[Export]:
    """The older columns with a yes/no question, and the newer with a choice of two."""
    loses = frozenset({"partial", "respondent", "language"})
    older = csv_bytes(table(_typeform_columns("sv", newer=False), _submitted(people)), end="\n")
    newer = csv_bytes(table(_typeform_columns("en", newer=True), _submitted(people)), end="\n")
    return [
        Export("typeform", "older", ".csv", older, loses),
        Export("typeform", "newer-english", ".csv", newer, loses),
    ]


def _typeform_columns(language: str, newer: bool) -> list[Column]:
    """Times are in UTC."""
    response_type, tags, ending = (
        ([constant("completed", "Response Type")], [constant("", "Tags")], [constant("Tack!", "Ending")])
        if newer
        else ([], [], [])
    )
    return [
        Column(("#",), lambda person: f"{person.id * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"),
        *(column for field in FIELDS for column in _typeform_question(field, language, newer)),
        *response_type,
        Column(("Start Date (UTC)",), lambda person: str(started(person) - LOCAL_TIME)),
        Column(("Submit Date (UTC)",), lambda person: str(ended(person) - LOCAL_TIME)),
        Column(("Network ID",), lambda person: f"{person.id * 7919:010x}"),
        *tags,
        *ending,
    ]


def _typeform_question(field: Field, language: str, newer: bool) -> list[Column]:
    """A choice's column is headed by the choice alone; `Other` holds the words."""
    if field.kind == "multiple":
        names = {
            option["id"]: option["text"][language] for option in options_of(field.question) if option["id"] != "other"
        }
        return [
            *(Column((name,), _tick(field, option, name)) for option, name in names.items()),
            Column(("Other",), write_in),
        ]
    heading = (field.text(language, "{question} {part}"),)
    if field.question["id"] == "trained" and not newer:
        return [Column(heading, lambda person: {"yes": "1", "no": "0", None: ""}[field.value(person)])]
    return [Column(heading, _cell(field, language))]


@dataclass(frozen=True)
class _EUSurvey:
    """The choices on EUSurvey's export page; `date` is `cell`, or `text` where the seconds are lost."""

    language: str = "sv"
    join: str = "; "
    split: bool = False
    short_names: bool = False
    assigned_values: bool = False
    date: str = "cell"
    widest: int = 254


def _eusurvey(people: list[Respondent]) -> list[Export]:
    """Ticks joined or split, with and without the names that the editor gave to questions and options."""
    loses = frozenset({"partial", "respondent"})
    variants = {
        "joined": _EUSurvey(),
        "short-names": _EUSurvey(short_names=True, join=";"),
        "assigned-values": _EUSurvey(assigned_values=True),
        "split-english": _EUSurvey(language="en", split=True),
        "joined-date-texts": _EUSurvey(language="en", date="text"),
        "several-sheets": _EUSurvey(widest=7),
    }
    return [
        Export(
            "eusurvey",
            variant,
            ".xlsx",
            _eusurvey_workbook(people, style),
            loses | ({"seconds"} if style.date == "text" else set()),
        )
        for variant, style in variants.items()
    ]


def _eusurvey_workbook(people: list[Respondent], style: _EUSurvey) -> bytes:
    """Three rows before the headings."""
    fields = [(field, column) for field in FIELDS for column in _eusurvey_question(field, style)]
    columns = [*(column for _, column in fields), *_eusurvey_metadata(style)]
    counted = {place for place, (field, _) in enumerate(fields) if field.kind in ("number", "counts")}
    titles: Rows = [["Alias", "Exportprov2026"], ["Export Date", 46112.4], []]
    rows = numbers(table(columns, _submitted(people)), counted)
    starts = range(0, len(columns), style.widest)
    sheets = [titles + [row[start : start + style.widest] for row in rows] for start in starts]
    return xlsx_bytes({f"Content{place or ''}": sheet for place, sheet in enumerate(sheets)})


def _eusurvey_metadata(style: _EUSurvey) -> list[Column]:
    def time(person: Respondent) -> Cell:
        return ended(person) if style.date == "cell" else f"{ended(person):%d/%m/%Y %H:%M}"

    return [
        constant("", "Invitation Number"),
        Column(("Contribution Id",), lambda person: f"3b2f9d64-7c1e-4a55-9e0d-{person.id * 104729:012x}"),
        constant("", "User Name"),
        Column(("Creation Date",), time),
        Column(("Last Update",), time),
        Column(("Languages",), lambda person: person.language.upper()),
    ]


def _eusurvey_question(field: Field, style: _EUSurvey) -> list[Column]:
    pattern = "{question}: {part}" if field.kind == "grid" else "{question} {part}"
    number = 10 + FIELDS.index(field)
    heading = field.text(style.language, pattern) + (f" (ID{number})" if style.short_names else "")
    column = Column((heading,), lambda person: _eusurvey_cell(field, person, style))
    if field.kind != "multiple":
        return [column]
    words = namely(style.language) + (" (ID99)" if style.short_names else "")
    return [*(_eusurvey_split(field, style) if style.split else [column]), Column((words,), write_in)]


def _eusurvey_split(field: Field, style: _EUSurvey) -> list[Column]:
    """The question's own column, empty, then one for each option."""
    names = {option["id"]: option["text"][style.language] for option in options_of(field.question)}
    ticks = [Column((name,), _tick(field, option, "Yes", "No")) for option, name in names.items()]
    return [constant("", field.text(style.language)), *ticks]


def _eusurvey_cell(field: Field, person: Respondent, style: _EUSurvey) -> str:
    value = field.value(person)
    if value is None or not style.assigned_values or field.kind not in ("single", "multiple", "grid"):
        return written(field, person, style.language, join=style.join)
    chosen = value if field.kind == "multiple" else [value]
    return style.join.join(
        f"{option_name(field.question, option, style.language)} ({_assigned(field, option)})" for option in chosen
    )


def _assigned(field: Field, option: str) -> str:
    """The value that the editor gave an option: numbers run through the whole survey."""
    return f"ID{10 * (1 + QUESTIONS.index(field.question)) + int(option_name(field.question, option, 'code'))}"
