"""The answers file: every form, and every problem at its line."""

from __future__ import annotations

from pathlib import Path

from aimaturity.responses.answers_file import AnswersReading, read_answers
from aimaturity.responses.given import State
from tests.responses.test_survey import QUESTIONNAIRE

HEAD = "answers_to: q\nversion: '1'\ncompany: {id: å, name: Å AB}\nanswers:\n"


def read(folder: Path, answers: str, head: str = HEAD) -> AnswersReading:
    path = folder / "answers.yaml"
    path.write_text(head + answers, "utf-8")
    return read_answers(path, QUESTIONNAIRE)


def test_short_and_long_forms(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "  a: {value: Bra\\, tack, evidence: seen, evidence_note: Såg det, comment: Åh}\n".replace("\\,", ",").replace(
            "Bra, tack", "'Bra, tack'"
        )
        + "  m: [AI, saw]\n  n: 12.5\n  c: {women: 4, men: 9}\n  g: {shop: Ofta, yard: {state: x}}\n".replace(
            ", yard: {state: x}", ""
        )
        + "  g.yard: never\n  t: {state: dont_know, ask: ekonomichefen}\n  d: 2026-11-23\n",
    )
    assert reading.diagnostics == []
    table = reading.table
    assert table is not None
    assert (table.value["a"][0], table.value["m"][0], table.value["n"][0], table.value["c.men"][0]) == (1, 6, 12.5, 9)
    assert (table.value["g.shop"][0], table.value["g.yard"][0]) == (1, 0)
    assert table.state["t"][0] == State.DONT_KNOW
    detail = table.details[0]["a"]
    assert (detail.evidence, detail.evidence_note, detail.comment) == ("seen", "Såg det", "Åh")
    assert table.details[0]["t"].ask == "ekonomichefen"
    assert table.companies[0].name == "Å AB"


def test_every_problem_is_at_its_line__error(tmp_path: Path) -> None:
    answers = (
        "  a: hyfsat\n  m: [AI, none]\n  n: {value: 9999}\n  c: {women: 4}\n  aa: good\n"
        "  g: {shop: Ofta, garden: Ofta}\n  t: {vaule: x, comment: y}\n  d: i går\n"
    )
    found = [(d.at.line, d.code) for d in read(tmp_path, answers).diagnostics]
    assert found == [
        (5, "AIM305"), (6, "AIM309"), (7, "AIM307"), (8, "AIM311"), (9, "AIM107"), (10, "AIM108"), (11, "AIM102"),
        (12, "AIM322"),
    ]  # fmt: skip


def test_another_questionnaire_is_refused_and_another_version_is_told(tmp_path: Path) -> None:
    other = read(tmp_path, "  a: good\n", "answers_to: annat\nanswers:\n")
    assert other.table is None
    assert [d.code for d in other.diagnostics] == ["AIM324"]
    older = read(tmp_path, "  a: good\n", "answers_to: q\nversion: '0.9'\nanswers:\n")
    assert older.table is not None
    assert [(d.code, d.at.line) for d in older.diagnostics] == [("AIM325", 2)]


def test_a_personal_number_is_never_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, "  a: good\n", "answers_to: q\ncompany: {organisationsnummer: 811218-9876}\nanswers:\n")
    assert reading.table is not None
    assert reading.table.companies[0].organisationsnummer is None
    assert reading.table.companies[0].id == "answers"
    assert "811218" not in str([d.message("sv") for d in reading.diagnostics])


def test_not_applicable_counts_only_where_it_is_allowed(tmp_path: Path) -> None:
    reading = read(tmp_path, "  a: {state: not_applicable, reason: nej}\n  n: {state: not_applicable}\n")
    assert [d.code for d in reading.diagnostics] == ["AIM308"]
    assert reading.table is not None
    assert reading.table.details[0]["a"].reason == "nej"
