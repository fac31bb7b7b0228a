"""Exports of KoboToolbox and ODK Central: names or labels, groups in the headings, ticks in columns or in one cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.exports import SURVEY, Export, Respondent, options_of
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
    started,
    table,
    ticked,
    write_in,
    written,
    xlsx_bytes,
)

ONLY_SENT = frozenset({"partial", "language"})
REJECTED = 9001
SECTION_OF = {question["id"]: section for section in SURVEY["sections"] for question in section["questions"]}


@dataclass(frozen=True)
class Style:
    """The choices on the export page.

    form      `id` (XML values and names), `sv` or `en`
    groups    what joins a group's name to a question's; None: groups are not in the headings
    summary   a column with all options of a select_multiple, joined by blanks
    details   a column for each option of a select_multiple
    unasked   what a detail column holds where the question is not answered
    slash     what joins an option to its question in a detail column's heading
    """

    form: str
    groups: str | None = None
    summary: bool = True
    details: bool = True
    unasked: str = ""
    slash: str = "/"


def _sent(people: list[Respondent]) -> list[Respondent]:
    """A form that isn't sent stays in the phone."""
    return [person for person in people if person.submitted]


def _heading(field: Field, style: Style) -> str:
    """Without groups a grid's row shows its own label alone, for a grid is a group."""
    names = style.form == "id"
    if style.groups is None:
        return field.path("_") if names else field.text(style.form, _bare(field))
    section = SECTION_OF[field.question["id"]]
    group = section["id"] if names else section["title"][style.form]
    rest = field.path(style.groups) if names else field.text(style.form, "{question}" + style.groups + "{part}")
    return f"{group}{style.groups}{rest}"


def _bare(field: Field) -> str:
    return "{part}" if field.kind == "grid" else "{question} {part}"


def _words(field: Field, style: Style) -> Column:
    """Kobo has no write-in: a text question follows."""
    if style.form == "id":
        return Column((f"{_heading(field, style)}_other",), write_in)
    return Column((_heading(field, style).replace(field.text(style.form), namely(style.form)),), write_in)


def _questions(style: Style) -> list[Column]:
    return [column for field in FIELDS for column in _question(field, style)]


def _question(field: Field, style: Style) -> list[Column]:
    column = Column((_heading(field, style),), _cell(field, style.form))
    if field.kind != "multiple":
        return [*_group_label(field, style), column]
    summary = [column] if style.summary else []
    details = _details(field, style) if style.details else []
    return [*summary, *details, _words(field, style)]


def _group_label(field: Field, style: Style) -> list[Column]:
    """By labels and without groups, a grid's own label is a column that is always empty."""
    first = field.kind == "grid" and field.part == field.question["rows"][0]
    return (
        [constant("", field.question["text"][style.form])]
        if first and style.form != "id" and style.groups is None
        else []
    )


def _cell(field: Field, form: str) -> Callable[[Respondent], Cell]:
    return lambda person: written(field, person, form, join=" ")


def _details(field: Field, style: Style) -> list[Column]:
    def column(option: str) -> Column:
        heading = f"{_heading(field, style)}{style.slash}{option_name(field.question, option, style.form)}"
        shown = {True: "1", False: "0", None: style.unasked}
        return Column((heading,), lambda person: shown[ticked(field, option, person)])

    return [column(option["id"]) for option in options_of(field.question)]


def _local(person: Respondent, start: bool = False) -> str:
    return f"{(started if start else ended)(person).isoformat()}.{person.id % 1000:03d}+01:00"


def _uuid(person: Respondent) -> str:
    return f"5f1c0de0-0000-4000-8000-{person.id:012d}"


def _kobo(people: list[Respondent], style: Style) -> Rows:
    places = {person.id: place for place, person in enumerate(people, 1)}
    columns = [
        Column(("start",), lambda person: _local(person, start=True)),
        Column(("end",), _local),
        *_questions(style),
        Column(("_id",), lambda person: person.id),
        Column(("_uuid",), _uuid),
        Column(("_submission_time",), lambda person: (ended(person) - LOCAL_TIME).isoformat()),
        constant("", "_validation_status"),
        constant("", "_notes"),
        constant("submitted_via_web", "_status"),
        constant("", "_submitted_by"),
        constant("vTq8ZkN2", "__version__"),
        constant("", "_tags"),
        Column(("_index",), lambda person: places[person.id]),
    ]
    return table(columns, people)


def _kobo_csv(people: list[Respondent], style: Style, delimiter: str = ";") -> bytes:
    return csv_bytes(_kobo(_sent(people), style), delimiter, end="\n", quoting="all")


def _kobo_workbook(people: list[Respondent], style: Style) -> bytes:
    """Times are cells without a zone; numbers and ticks are numbers, text answers never."""
    rows = _kobo(_sent(people), style)
    time = rows[0].index("_submission_time")
    texts = {rows[0].index(field.text(style.form)) for field in FIELDS if field.kind == "text"}
    for person, row in zip(_sent(people), rows[1:], strict=True):
        row[0], row[1], row[time] = started(person), ended(person), ended(person) - LOCAL_TIME
    title = "Export trial of AI use among small companies"
    return xlsx_bytes({title[:31].strip(): numbers(rows, set(range(len(rows[0]))) - texts)})


def _odk_instance(person: Respondent) -> str:
    return f"uuid:{_uuid(person)}"


def _review(person: Respondent) -> str:
    if person.id == REJECTED:
        return "rejected"
    return "approved" if person.id % 3 == 0 else ""


def _odk(people: list[Respondent], style: Style) -> bytes:
    """Codes only, with a row that a reviewer rejected."""
    sent = _sent(people)
    sent.insert(7, replace(sent[0], id=REJECTED))
    submitted = Column(("SubmissionDate",), lambda person: f"{(ended(person) - LOCAL_TIME).isoformat()}.000Z")
    columns = [
        submitted,
        *_questions(style),
        Column(("meta-instanceID" if style.groups else "instanceID",), _odk_instance),
        Column(("KEY",), _odk_instance),
        constant("22", "SubmitterID"),
        constant("Insamling, våren", "SubmitterName"),
        constant("0", "AttachmentsPresent"),
        constant("0", "AttachmentsExpected"),
        constant("", "Status"),
        Column(("ReviewState",), _review),
        constant("ee.example.org:jQ1", "DeviceID"),
        constant("0", "Edits"),
        constant("20260301", "FormVersion"),
    ]
    return csv_bytes(table(columns, sent), end="\n")


def exports(people: list[Respondent]) -> list[Export]:
    """KoboToolbox in every choice of its export page, then ODK Central with ticks split and not."""
    kobo = {
        "names": _kobo_csv(people, Style("id")),
        "labels-joined-groups": _kobo_csv(people, Style("sv", groups="/", details=False)),
        "labels-both-english": _kobo_csv(people, Style("en")),
        "names-groups-slash": _kobo_csv(people, Style("id", groups="/", summary=False)),
        "names-groups-dot": _kobo_csv(people, Style("id", groups=".", slash="."), delimiter=","),
    }
    odk = {
        "groups-split": _odk(people, Style("id", groups="-", unasked="0")),
        "joined": _odk(people, Style("id", details=False)),
    }
    workbook = _kobo_workbook(people, Style("sv", summary=False))
    return [
        *(Export("kobo", variant, ".csv", data, ONLY_SENT) for variant, data in kobo.items()),
        Export("kobo", "labels-split-xlsx", ".xlsx", workbook, ONLY_SENT),
        *(Export("odk", variant, ".csv", data, ONLY_SENT | {"respondent"}) for variant, data in odk.items()),
    ]
