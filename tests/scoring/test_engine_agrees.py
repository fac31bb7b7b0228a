"""The engine agrees with the plain evaluation over random models and answers, to 9 decimals.

AIMATURITY_CASES sets how many random models are tried (default 1000; each has up to four companies).
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from aimaturity.definitions.base import STATES
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.responses.table import AnswerTable
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.contributions import contributions
from aimaturity.scoring.evaluation import Reason
from aimaturity.scoring.score import Scores, score_batch
from tests.plain import Plain
from tests.strategies import Case, cases, table

CASES = int(os.environ.get("AIMATURITY_CASES", "1000"))
relaxed = settings(
    max_examples=CASES, deadline=None, derandomize=CASES <= 1000, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip
REASONS = {
    Reason.CONTAINER: "container",
    Reason.ZERO_IN_MEAN: "zero_in_mean",
    Reason.NOTHING_APPLIES: "nothing_applies",
    Reason.TOO_LITTLE_BASIS: "too_little_basis",
    Reason.NO_ANSWERS: "no_answers",
}


def scored(case: Case) -> Scores:
    return score_batch(compile_plan(case.questionnaire, case.model), table(case.questionnaire, case.companies))


def same(ours: Any, theirs: float | None, what: str) -> None:
    if theirs is None:
        assert np.isnan(ours), f"{what}: {ours} where there is none"
    else:
        assert abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs)), f"{what}: {ours}, plainly {theirs}"


@given(case=cases())
@relaxed
def test_states_scores_coverage_levels_and_bounds_are_those_of_the_plain_evaluation(case: Case) -> None:
    scores, plain = scored(case), Plain(case.questionnaire, case.model)
    assert scores.evaluation is not None
    for row, answers in enumerate(case.companies):
        out = plain.evaluate(answers)
        state, found = dict(out.state), out
        bounds = plain.bounds(answers)
        out = plain.evaluate(answers)
        for name, expected in state.items():
            assert STATES[scores.evaluation.view.state[name][row]] == expected, name
        for name, node in found.nodes.items():
            ours = scores.nodes[name]
            same(ours.score[row], node.score, f"{name} score")
            assert REASONS.get(Reason(int(ours.reason[row]))) == node.reason, name
            same(ours.coverage[row], node.coverage, f"{name} coverage")
            assert ours.answered[row] == node.answered, name
            low, high, level_low, level_high = bounds[name]
            if scores.exact[row]:
                same(ours.low[row], low, f"{name} low")
                same(ours.high[row], high, f"{name} high")
                same(ours.level_low[row], level_low, f"{name} level_low")
                same(ours.level_high[row], level_high, f"{name} level_high")
                same(ours.level[row], plain.final_level(name, out, bounds), f"{name} level")


@given(case=cases(companies=6))
@relaxed
def test_a_batch_scores_each_row_as_if_it_were_alone(case: Case) -> None:
    """To the last bit, and whatever the order of rows."""
    plan = compile_plan(case.questionnaire, case.model)
    answers = table(case.questionnaire, case.companies)
    batch = score_batch(plan, answers)
    for row in range(answers.rows):
        alone = score_batch(plan, answers.take(np.array([row])))
        for name in plan.nodes:
            for column in ("score", "low", "high", "coverage", "level", "level_low", "level_high"):
                one = getattr(alone.nodes[name], column)
                np.testing.assert_array_equal(one, getattr(batch.nodes[name], column)[row : row + 1])


@given(case=cases(rising=True))
@relaxed
def test_a_score_lies_within_its_bounds_in_a_rising_model(case: Case) -> None:
    scores = scored(case)
    for name, node in scores.nodes.items():
        there = ~np.isnan(node.score)
        slack = 1e-9 * np.maximum(1.0, np.abs(node.score[there]))
        assert (node.low[there] <= node.score[there] + slack).all(), name
        assert (node.score[there] <= node.high[there] + slack).all(), name


@given(case=cases())
@relaxed
def test_contributions_add_up_to_the_score(case: Case) -> None:
    plan = compile_plan(case.questionnaire, case.model)
    scores = score_batch(plan, table(case.questionnaire, case.companies))
    assert scores.evaluation is not None
    for name, node in plan.nodes.items():
        for row in range(len(case.companies)):
            score = scores.nodes[name].score[row]
            if np.isnan(score) or node.aggregate == "staged":
                continue
            entries = contributions(node, scores.evaluation.nodes[name], row)
            assert abs(sum(entry.points for entry in entries) - score) <= 1e-9 * max(1.0, abs(score)), name


@given(case=cases())
@relaxed
def test_the_memory_layout_changes_no_bit(case: Case) -> None:
    plan = compile_plan(case.questionnaire, case.model)
    answers = table(case.questionnaire, case.companies)
    strided = {name: np.repeat(column, 2)[::2] for name, column in answers.value.items()}
    first = score_batch(plan, answers)
    second = score_batch(plan, AnswerTable(answers.rows, answers.state, strided))
    for name in plan.nodes:
        np.testing.assert_array_equal(first.nodes[name].score, second.nodes[name].score)
        np.testing.assert_array_equal(first.nodes[name].low, second.nodes[name].low)


def test_an_answer_whose_points_are_left_empty_keeps_its_node_from_passing_a_gate_in_every_world() -> None:
    """The node applies and has no score: the gate isn't known to be passed, whatever the missing answers are."""
    questionnaire = Questionnaire.model_validate(
        {
            "questionnaire": "q", "version": "1", "languages": ["sv"], "title": "å",
            "sections": [{"id": "s", "title": "s", "questions": [
                {"id": name, "kind": "single", "text": "?", "options": [{"id": "o0", "text": "nej"}, {"id": "o1", "text": "ja"}]}
                for name in ("empty", "full")
            ]}],
        }, strict=False,
    )  # fmt: skip
    model = ScoringModel.model_validate(
        {
            "scoring": "m", "version": "1", "title": "m", "questionnaire": "q",
            "items": {"empty": {"points": {"o0": None, "o1": None}}},
            "tree": {"id": "whole", "minimum_coverage": 0, "children": [
                {"id": "drafted", "children": [{"item": "empty"}]}, {"id": "other", "children": [{"item": "full"}]},
            ], "levels": [{"level": 1}, {"level": 2, "requires": [{"node": "drafted", "at_least": 20}]}]},
        }, strict=False,
    )  # fmt: skip
    plan = compile_plan(questionnaire, model)
    for answers in ({"empty": "o1", "full": "o1"}, {"empty": "o1"}, {"full": "o1"}, {}):
        whole = score_batch(plan, table(questionnaire, [answers])).nodes["whole"]
        assert (whole.level_low[0], whole.level_high[0]) == (1.0, 1.0), answers
