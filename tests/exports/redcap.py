"""Exports of REDCap: raw codes or labels, with the separators and decimal marks it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.exports import Export, Respondent, options_of
from tests.exports.plain import (
    FIELDS,
    Cell,
    Column,
    Field,
    Rows,
    constant,
    csv_bytes,
    namely,
    option_name,
    table,
    ticked,
    write_in,
    written,
)

FORM = "ai_enkat"
NO_LANGUAGE = frozenset({"language"})


@dataclass(frozen=True)
class Style:
    """The choices on the export page.

    labels    labels in headings and cells, else variable names and codes
    language  that of the labels
    mark      decimal mark
    survey    the instrument was answered as a survey, not typed in by staff
    """

    labels: bool
    language: str = "sv"
    mark: str = "."
    survey: bool = True

    @property
    def form(self) -> str:
        return self.language if self.labels else "code"


def _heading(field: Field, style: Style) -> str:
    """A variable's name or its label; a grid's row is a field, and the grid's own text is not exported."""
    if not style.labels:
        return field.path("_")
    return field.text(style.language, "{part}" if field.kind == "grid" else "{question} {part}")


def _question(field: Field, style: Style) -> list[Column]:
    if field.kind != "multiple":
        return [Column((_heading(field, style),), _cell(field, style))]
    words = namely(style.language) if style.labels else f"{field.path('_')}_other"
    return [*_ticks(field, style), Column((words,), write_in)]


def _cell(field: Field, style: Style) -> Callable[[Respondent], Cell]:
    return lambda person: written(field, person, style.form, style.mark)


def _ticks(field: Field, style: Style) -> list[Column]:
    """A column for each option, unticked also where the question was never answered."""
    yes, no = ("Checked", "Unchecked") if style.labels else ("1", "0")

    def column(option: str) -> Column:
        name = option_name(field.question, option, style.form)
        heading = f"{_heading(field, style)} (choice={name})" if style.labels else f"{field.path('_')}___{name}"
        return Column((heading,), lambda person: yes if ticked(field, option, person) else no)

    return [column(option["id"]) for option in options_of(field.question)]


def _survey_columns(style: Style) -> list[Column]:
    identifier, time = (
        ("Survey Identifier", "Survey Timestamp") if style.labels else ("redcap_survey_identifier", f"{FORM}_timestamp")
    )
    return [constant("", identifier), Column((time,), lambda person: person.submitted or "[not completed]")]


def _rows(people: list[Respondent], style: Style) -> Rows:
    done, begun = ("Complete", "Incomplete") if style.labels else ("2", "0")
    columns = [
        Column(("Record ID" if style.labels else "record_id",), lambda person: person.id),
        *(_survey_columns(style) if style.survey else []),
        *(column for field in FIELDS for column in _question(field, style)),
        Column(
            ("Complete?" if style.labels else f"{FORM}_complete",), lambda person: done if person.submitted else begun
        ),
    ]
    return table(columns, people)


def _csv(people: list[Respondent], style: Style, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return csv_bytes(_rows(people, style), delimiter, end="\n", encoding=encoding, quoting="blanks")


def exports(people: list[Respondent]) -> list[Export]:
    """Raw and labelled files of a project with one survey and no events."""
    variants = {
        "raw": _csv(people, Style(labels=False)),
        "raw-semicolon-decimal-comma": _csv(people, Style(labels=False, mark=","), ";"),
        "raw-comma-decimal-comma": _csv(people, Style(labels=False, mark=",")),
        "raw-tabs": _csv(people, Style(labels=False), "\t"),
        "labels-bom": _csv(people, Style(labels=True), encoding="utf-8-sig"),
        "labels-english-semicolon": _csv(people, Style(labels=True, language="en"), ";"),
    }
    typed_in = _csv(people, Style(labels=False, survey=False))
    return [
        *(Export("redcap", variant, ".csv", data, NO_LANGUAGE) for variant, data in variants.items()),
        Export("redcap", "raw-not-a-survey", ".csv", typed_in, NO_LANGUAGE | {"submitted"}),
    ]
