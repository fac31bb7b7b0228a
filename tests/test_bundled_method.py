"""The bundled method is complete, and the quick scan says word for word what the full interview says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from aimaturity.definitions.base import ANY_LANGUAGE
from aimaturity.definitions.checks import texts
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.load import check_paths, load_scoring_model
from aimaturity.definitions.questionnaire import Single
from aimaturity.definitions.yaml_source import read_source
from aimaturity.responses.answers_file import read_answers
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import dumps
from aimaturity.scoring.soundness import soundness
from tests.bundled import bundled, random_rows, scored_questions, table

THEMES = {
    "strategy_leadership": 2, "data": 3, "technology_security": 2, "skills_organisation": 3, "use": 2, "governance": 2,
    "problem": 3, "value": 4, "spread": 2, "own_footprint": 3, "ai_for_climate": 3, "climate_cost_of_ai": 2,
    "representation_influence": 2, "resources_conditions": 3, "who_benefits_theme": 1, "bias": 3,
}  # fmt: skip
IN_THE_ROOM = {
    "data_access", "information_security", "ai_inventory", "baseline", "effect_measured", "footprint", "sex_disaggregated",
}  # fmt: skip
FOLDERS = ("questionnaires", "scoring", "programmes")


def test_everything_bundled_is_clean() -> None:
    paths = [bundled_folder(folder) for folder in FOLDERS]
    assert [*check_paths(paths), *soundness(paths)] == []


def test_forty_questions_in_four_areas() -> None:
    nodes = bundled().plan.nodes
    assert len(scored_questions()) == 40
    sizes = {name: len(nodes[name].item_names) for name in ("capability", "business", "climate", "gender_equality")}
    assert sizes == {"capability": 14, "business": 9, "climate": 8, "gender_equality": 9}
    assert {name: len(nodes[name].item_names) for name in THEMES} == THEMES


def test_ladders_have_five_steps_and_every_scored_question_its_help_and_evidence() -> None:
    questionnaire = bundled().questionnaire
    for name in scored_questions():
        question = questionnaire.questions[name]
        assert question.help is not None, name
        assert question.evidence is not None, name
        if isinstance(question, Single):
            assert len(questionnaire.options_of(question)) == 5, name
    assert {name for name, q in questionnaire.questions.items() if q.look} == IN_THE_ROOM


@pytest.mark.parametrize("name", ["ai-maturity", "ai-quickscan"])
def test_every_text_is_in_both_languages(name: str) -> None:
    method = bundled(name)
    for definition in (method.questionnaire, method.model, method.programme):
        assert definition is not None
        for text, path in texts(definition):
            assert set(text.root) in ({"sv", "en"}, {ANY_LANGUAGE}), path
            assert all(words == words.strip() and words for words in text.root.values()), path


def test_at_least_forty_recommendations_reach_every_question() -> None:
    model = bundled().model
    assert len(model.recommendations) >= 40
    aimed_at = {name for advice in model.recommendations for name in advice.targets}
    assert aimed_at == set(scored_questions())


def test_somebody_offers_every_kind_of_help() -> None:
    method = bundled()
    assert method.programme is not None
    for kind in {advice.kind for advice in method.model.recommendations}:
        assert method.programme.who_can_help(kind, "10"), kind
    first = method.programme.who_can_help("expert_meeting", "10")[0]
    assert "10" in first.counties


def test_the_two_models_are_rising() -> None:
    """Two worlds are enough for their bounds: no variable has to be gone through."""
    assert list(bundled().plan.branching) == []
    assert list(bundled("ai-quickscan").plan.branching) == []


def test_the_quick_scan_repeats_the_full_interview() -> None:
    full, quick = bundled(), bundled("ai-quickscan")
    assert len(scored_questions("ai-quickscan")) == 14
    for name, question in quick.questionnaire.questions.items():
        assert question == full.questionnaire.questions[name]
    advice = {rule.id: rule for rule in full.model.recommendations}
    for rule in quick.model.recommendations:
        assert rule == advice[rule.id]
    for name, node in quick.model.nodes.items():
        other = full.model.nodes[name]
        assert (node.title, node.description) == (other.title, other.description)
    full_sizes = {area.id: len(full.plan.nodes[area.id].item_names) for area in full.model.areas}
    for area in quick.model.areas:
        asked = len(quick.plan.nodes[area.id].item_names)
        assert area.unasked == full_sizes[area.id] - asked


def test_the_quick_scan_s_bounds_hold_what_the_full_interview_says() -> None:
    from aimaturity.scoring.score import score_table

    rows = random_rows(200, seed=11, missing=0.05)
    full, quick = bundled(), bundled("ai-quickscan")
    asked = set(quick.questionnaire.questions)
    few = [{name: answer for name, answer in row.items() if name in asked} for row in rows]
    long, short = score_table(full.plan, table(rows)), score_table(quick.plan, table(few, "ai-quickscan"))
    for area in ("capability", "business", "climate", "gender_equality"):
        assert (short.nodes[area].low <= long.nodes[area].low + 1e-9).all()
        assert (long.nodes[area].high <= short.nodes[area].high + 1e-9).all()


def test_bounds_are_as_wide_as_coverage_says() -> None:
    """high - low = 100 (1 - coverage), and more only where an answer hangs on a missing condition."""
    from aimaturity.scoring.score import score_table

    rows = [row | {"ai_use": 3, "climate_use_case": 3} for row in random_rows(300, seed=5)]
    for node in score_table(bundled().plan, table(rows)).nodes.values():
        width = node.high - node.low
        known = node.coverage == node.coverage
        assert abs(width - 100 * (1 - node.coverage))[known & (width == width)].max(initial=0) <= 1e-9


def test_the_example_answers_are_read_without_a_problem() -> None:
    reading = read_answers(bundled_folder("examples") / "answers-brosarp.yaml", bundled().questionnaire)
    assert reading.diagnostics == []


def test_documents_follow_the_published_schema_and_have_the_same_bytes_twice() -> None:
    schema = json.loads((bundled_folder("schemas") / "result.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    made = list(documents(bundled(), table(random_rows(5, seed=2))))
    again = list(documents(bundled(), table(random_rows(5, seed=2))))
    for document, other in zip(made, again, strict=True):
        assert dumps(document) == dumps(other)
        validator.validate(json.loads(dumps(document)))


@pytest.mark.parametrize("folder", ["questionnaires", "scoring", "programmes"])
def test_bundled_files_follow_their_published_schemas(folder: str) -> None:
    kind = {"questionnaires": "questionnaire", "scoring": "scoring", "programmes": "programme"}[folder]
    schema = json.loads((bundled_folder("schemas") / f"{kind}.schema.json").read_text("utf-8"))
    for path in sorted(Path(bundled_folder(folder)).glob("*.yaml")):
        source, _ = read_source(path)
        assert source is not None
        jsonschema.Draft202012Validator(schema).validate(source.data)


def test_a_model_that_names_a_missing_questionnaire_is_not_usable(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "scoring: m\nversion: '1'\ntitle: m\nquestionnaire: no\ntree: {id: t, children: [a]}\n"
    )
    loaded = load_scoring_model(tmp_path / "m.yaml")
    assert not loaded.usable
    assert [d.code for d in loaded.diagnostics] == ["AIM131"]
