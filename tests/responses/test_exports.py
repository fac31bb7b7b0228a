"""The same fifty companies' answers as each survey tool writes them: every reader must read them alike, cell by cell.

What a tool's file can't tell apart is named in `Export.loses` by the writer, and asserted as such here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aimaturity.definitions.load import load_questionnaire
from aimaturity.definitions.questionnaire import Multiple, Questionnaire
from aimaturity.responses.given import State
from aimaturity.responses.survey import Reading, read_survey
from aimaturity.responses.table import AnswerTable
from aimaturity.responses.tools import READERS
from tests.exports import (
    LOSSES,
    QUESTIONNAIRE,
    QUESTIONS,
    Export,
    Respondent,
    google_forms,
    kobo,
    limesurvey,
    microsoft_forms,
    others,
    plain,
    qualtrics,
    redcap,
    respondents,
    surveymonkey,
)

WRITERS = (limesurvey, microsoft_forms, google_forms, surveymonkey, qualtrics, kobo, redcap, others, plain)
NAMES = {"microsoft_forms": "microsoft-forms", "google_forms": "google-forms"}
LATIN_1 = "swedish-latin-1"
"""Its writer leaves out the companies whose words latin-1 can't hold."""


@cache
def people() -> list[Respondent]:
    return respondents()


@cache
def all_exports() -> dict[str, Export]:
    made = [export for writer in WRITERS for export in writer.exports(people())]
    named = {f"{export.tool}-{export.variant}": export for export in made}
    assert len(named) == len(made)
    return named


@cache
def questionnaire() -> Questionnaire:
    loaded = load_questionnaire(QUESTIONNAIRE).value
    assert loaded is not None
    return loaded


def expected(export: Export) -> list[Respondent]:
    """Those whose rows the file holds."""
    there = [person for person in people() if person.submitted is not None or "partial" not in export.loses]
    if export.variant == LATIN_1:
        there = [p for p in there if _fits(str(p.answers.get("hope", "")) + (p.write_in or ""), "latin-1")]
    return there


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def answer(table: AnswerTable, question: dict[str, Any], row: int) -> Any:
    """One answer as the writers have it; None where there is none."""
    made = questionnaire().questions[question["id"]]
    name, kind = question["id"], question["kind"]
    ids = [option.id for option in questionnaire().options_of(made)]
    if kind == "grid":
        found = {}
        for part in question["rows"]:
            if table.state[f"{name}.{part['id']}"][row] == State.ANSWERED:
                found[part["id"]] = ids[int(table.value[f"{name}.{part['id']}"][row])]
        return found or None
    if table.state[name][row] != State.ANSWERED:
        assert table.state[name][row] == State.BLANK
        return None
    if kind == "counts":
        return {part["id"]: table.value[f"{name}.{part['id']}"][row] for part in question["parts"]}
    if kind == "text":
        return table.text[name][row]
    value = table.value[name][row]
    if isinstance(made, Multiple):
        return [option for bit, option in enumerate(ids) if int(value) >> bit & 1]
    return ids[int(value)] if ids else float(value)


def wanted(person: Respondent, question: dict[str, Any], export: Export) -> Any:
    said = person.answers.get(question["id"])
    if isinstance(said, str) and question["kind"] == "text" and "newline" in export.loses:
        said = said.replace("\n", " ")
    return said


def rows_of(export: Export) -> Iterator[tuple[Reading, AnswerTable, list[Respondent]]]:
    reading = read_survey(io.BytesIO(export.data), questionnaire(), f"export{export.ending}")
    assert reading.table is not None, reading.diagnostics
    yield reading, reading.table, expected(export)


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_an_export_reads_like_all_others(name: str) -> None:
    export = all_exports()[name]
    for reading, table, there in rows_of(export):
        assert table.rows == len(there), ([d.message() for d in reading.diagnostics], reading.problems)
        wrong = [
            (person.id, question["id"], wanted(person, question, export), answer(table, question, row))
            for row, person in enumerate(there)
            for question in QUESTIONS
            if wanted(person, question, export) != answer(table, question, row)
        ]
        assert not wrong, (len(wrong), wrong[:6], [d.message() for d in reading.diagnostics][:8])
        unread = [problem for problem in reading.problems if problem.code not in ("AIM344", "AIM345")]
        assert not unread, unread[:5]


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_who_answered_and_when(name: str) -> None:
    export = all_exports()[name]
    assert export.loses <= LOSSES.keys()
    for _, table, there in rows_of(export):
        for company, person in zip(table.companies, there, strict=True):
            if "respondent" not in export.loses:
                assert str(person.id) in (company.respondent or company.id)
            if "submitted" not in export.loses and person.submitted is not None:
                assert company.submitted, company
                moment = as_moment(company.submitted)
                if moment is not None:
                    apart = abs(moment - datetime.fromisoformat(person.submitted))
                    # Kobo, ODK and Typeform write UTC; an hour apart in March.
                    assert min(apart, abs(apart - timedelta(hours=1))) < timedelta(minutes=1), (company, person)
            if "language" not in export.loses and company.language is not None:
                assert company.language.casefold()[:2] == person.language


def as_moment(text: str) -> datetime | None:
    """Day and time, where they are written in ISO order."""
    found = re.match(r"(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?!.*(AM|PM))", text)
    return None if found is None else datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[arg-type] # noqa: DTZ001


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_what_the_file_cannot_tell(name: str) -> None:
    """What a writer says is lost really isn't there; what it doesn't say so of is."""
    export = all_exports()[name]
    for _, table, there in rows_of(export):
        comments = [detail["tools"].comment if "tools" in detail else None for detail in table.details]
        given = [person.write_in for person in there]
        if "write_in" in export.loses:
            assert not any(comments)
        elif export.tool != "plain":
            assert [said or None for said in comments] == given
        if "respondent" in export.loses:
            assert not any(str(p.id) == c.respondent for p, c in zip(there, table.companies, strict=True))
        if "submitted" in export.loses:
            moments = [as_moment(company.submitted or "") for company in table.companies]
            known = [p.submitted for p in there]
            assert [m and str(m) for m in moments] != known


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_the_tool_is_known_by_the_file(name: str, tmp_path: Path) -> None:
    from aimaturity.responses.survey import open_survey

    export = all_exports()[name]
    path = tmp_path / f"x{export.ending}"
    path.write_bytes(export.data)
    with open_survey(path, questionnaire()) as survey:
        tool = NAMES.get(export.tool, export.tool)
        assert survey.layout.tool == tool
        assert tool == "plain" or survey.layout.reasons
        list(survey.parts())
        test_rows = {"qualtrics": 2, "odk": 1}.get(tool, 0)
        assert survey.counts["test"] + survey.counts["rejected"] == test_rows
        partial = [person for person in expected(export) if person.submitted is None]
        if survey.standing and "partial" not in export.loses and tool not in ("kobo", "odk"):
            assert survey.counts["partial"] == len(partial)


def test_there_are_many_files() -> None:
    """Every reader, and at least sixty files."""
    made = all_exports()
    assert len(made) >= 60
    assert {NAMES.get(export.tool, export.tool) for export in made.values()} == set(READERS)
    assert np.unique([len(export.data) for export in made.values()]).size > 60


def ticks(text: str) -> tuple[list[int], list[int], list[str]]:
    """States and ticks of `tools`, and the codes of what was found."""
    reading = read_survey(io.BytesIO(text.encode("utf-8")), questionnaire(), "f.csv")
    assert reading.table is not None
    codes = [p.code for p in reading.problems] + [d.code for d in reading.diagnostics]
    return reading.table.state["tools"].tolist(), reading.table.value["tools"].tolist(), codes


def test_words_beside_a_refused_answer_make_no_answer__error() -> None:
    text = "id,tools,tools_other\n1,assistant;Writng,Ritning\n2,none_yet;assistant,Ritning\n3,assistant,Ritning\n"
    states, values, codes = ticks(text)
    assert states == [State.BLANK, State.BLANK, State.ANSWERED]
    assert values == [0, 0, 9]
    assert {"AIM305", "AIM309"} <= set(codes)


def test_ranks_are_no_ticks__error() -> None:
    head = "Respondent ID,Collector ID,Vilka AI-verktyg används?,,policy\n,,Skrivassistent,Bildanalys,Response\n"
    states, _, codes = ticks(head + "1,1,2,1,written\n2,1,1,2,written\n")
    assert states == [State.BLANK, State.BLANK]
    assert "AIM358" in codes


def test_other_belongs_to_the_question_before_it() -> None:
    head = "#,Vad arbetar ni med?,Other,Skrivassistent,Bildanalys,Other,Submit Date (UTC)\n"
    states, values, codes = ticks(head + "a,Tillverkning,zzz,Skrivassistent,,mitt,2026-03-05 08:07:52\n")
    assert (states, values) == ([State.ANSWERED], [9])
    assert "AIM347" in codes  # `zzz`, of a question without an option for other


def test_no_time_is_no_time() -> None:
    text = "record_id,x_timestamp,policy,tools___1,x_complete\n1,[not completed],1,1,0\n"
    reading = read_survey(io.BytesIO(text.encode()), questionnaire(), "f.csv")
    assert reading.table is not None
    assert reading.table.companies[0].submitted is None


def test_json_may_be_one_object_a_line() -> None:
    reading = read_survey(io.BytesIO(b'{"policy":"written"}\n{"policy":"followed"}\n'), questionnaire(), "f.json")
    assert reading.table is not None
    assert reading.table.value["policy"].tolist() == [2, 3]
