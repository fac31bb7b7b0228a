"""The interview on paper: the guide, and the file that its answers are entered in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from typer.testing import CliRunner

from aimaturity.cli.app import app
from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.exchange.answers_form import answers_form
from aimaturity.exchange.guide import BOX, guide
from aimaturity.exchange.guide_words import WORDS
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.given import Given, State
from aimaturity.responses.table import given_of
from tests.bundled import bundled
from tests.responses.test_survey import QUESTIONNAIRE
from tests.strategies import Case, cases


def form_read(folder: Path, q: Questionnaire, text: str) -> dict[str, Given]:
    path = folder / "svar.yaml"
    path.write_text(text, "utf-8")
    reading = read_answers(path, q)
    assert reading.diagnostics == []
    assert reading.table is not None
    return given_of(q, reading.table, 0)


@pytest.mark.parametrize("name", ["ai-maturity", "ai-quickscan"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_form_that_nobody_has_filled_in_reads_as_blank(tmp_path: Path, name: str, language: str) -> None:
    q = bundled(name).questionnaire
    assert form_read(tmp_path, q, answers_form(q, language)) == {}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(cases())
def test_a_form_of_any_questionnaire_reads_as_blank(tmp_path: Path, case: Case) -> None:
    assert form_read(tmp_path, case.questionnaire, answers_form(case.questionnaire, "sv")) == {}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.data())
def test_a_form_filled_in_by_hand_reads_exactly(tmp_path: Path, data: st.DataObject) -> None:
    q = bundled().questionnaire
    text, wanted = answers_form(q, "sv"), {}
    for name, question in q.variables():
        if isinstance(question, Single) and data.draw(st.booleans()):
            option = data.draw(st.sampled_from([o.id for o in q.options_of(question)]))
            text, filled = re.subn(rf"(?m)^  {name}:$", f"  {name}: {option}", text)
            assert filled == 1
            wanted[name] = Given(State.ANSWERED, option)
    text = text.replace("  head_count:\n    women:", "  head_count:\n    women: 9").replace(
        "    men:  # Män\n    other", "    men: 25  # Män\n    other"
    )
    text = text.replace("    other_unstated:", "    other_unstated: 0")
    wanted["head_count"] = Given(State.ANSWERED, {"women": 9.0, "men": 25.0, "other_unstated": 0.0})
    assert form_read(tmp_path, q, text) == wanted


def test_numbers_called_like_what_stands_beside_an_answer_still_read(tmp_path: Path) -> None:
    content = {
        "questionnaire": "q", "version": "1", "languages": ["sv"], "title": "å",
        "sections": [{"id": "s", "title": "s", "questions": [
            {"id": "c", "kind": "counts", "text": "c", "parts": [{"id": "value", "text": "å"}, {"id": "ask", "text": "ä"}]},
            {"id": "g", "kind": "grid", "text": "g", "options": [{"id": "x", "text": "x"}], "rows": [{"id": "comment", "text": "ö"}]},
        ]}],
    }  # fmt: skip
    q = Questionnaire.model_validate_json(json.dumps(content))
    text = answers_form(q, "sv")
    assert form_read(tmp_path, q, text) == {}
    filled = (
        text.replace("value:  # å", "value: 4").replace("ask:  # ä", "ask: 9").replace("g.comment:", "g.comment: x")
    )
    assert form_read(tmp_path, q, filled) == {
        "c": Given(State.ANSWERED, {"value": 4.0, "ask": 9.0}),
        "g.comment": Given(State.ANSWERED, "x"),
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_guide_holds_every_question_its_steps_help_and_evidence(language: str) -> None:
    q = bundled().questionnaire
    text = guide(q, language, "svar.yaml")
    plain = text.replace("\\", "")
    for number, question in enumerate(q.questions.values(), start=1):
        assert f"### {number}. {question.text[language]}" in plain
        for option in q.options_of(question):
            assert option.text[language] in plain
        if question.help:
            assert question.help[language] in plain
        if question.look and question.evidence:
            assert f"**[E] {question.evidence[language]}**" in plain
    assert text.count(BOX + " ") > 400


def test_conditions_stand_in_words() -> None:
    text = guide(bundled().questionnaire, "sv", "svar.yaml")
    assert "*Ställs bara om svaret på fråga 29 är minst ”Vi har en pilot med mål och slutdatum”.*" in text
    assert "*Ställs bara om fråga 38 inte gäller företaget.*" in text
    assert "*Gäller inte om svaret på fråga 38 är lägre än 3 eller svaret på fråga 6 är lägre än 5.*" in text


@settings(deadline=None)
@drawn(cases())
def test_any_questionnaire_makes_a_guide(case: Case) -> None:
    text = guide(case.questionnaire, "sv", "svar.yaml")
    assert text.count("### ") == len(case.questionnaire.questions)


def test_every_kind_of_question_has_room_for_its_answer() -> None:
    text = guide(QUESTIONNAIRE, "sv", "svar.yaml")
    assert "| --- |" in text  # a grid's table
    assert re.search(r"Högst \d svar\.", text)


def test_both_languages_say_the_same_things() -> None:
    assert all(set(words) == {"sv", "en"} for words in WORDS.values())


def test_export_writes_guide_and_form_and_never_over_answers(tmp_path: Path) -> None:
    def run(*arguments: object) -> int:
        return CliRunner(env={"AIMATURITY_DEBUG": "1"}).invoke(app, ["export", *map(str, arguments)]).exit_code

    assert run("ai-maturity", "-o", tmp_path, "--lang", "sv") == 0
    form = tmp_path / "ai-maturity-answers-sv.yaml"
    assert yaml.safe_load(form.read_text("utf-8"))["answers_to"] == "ai-maturity"
    assert (tmp_path / "ai-maturity-guide-sv.md").read_text("utf-8").startswith("# Intervjuguide: ")
    assert run("ai-maturity", "-o", tmp_path, "--lang", "sv") == 0  # the same once more
    form.write_text(form.read_text("utf-8").replace("  ai_use:\n", "  ai_use: pilot\n"), "utf-8")
    assert run("ai-maturity", "-o", tmp_path, "--lang", "sv") == 2
    assert "ai_use: pilot" in form.read_text("utf-8")
    assert run("nix", "-o", tmp_path) == 2
    assert run("ai-maturity", "--to", "pdf") == 2
    assert run("ai-quickscan", "--to", "yaml", "-o", tmp_path, "--lang", "en") == 0
    assert not (tmp_path / "ai-quickscan-guide-en.md").exists()
