"""A score worth exactly a band edge gets the level of the edge, whatever the order of anything."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from aimaturity.definitions.scoring_model import Node, ScoringModel
from aimaturity.responses.given import State
from aimaturity.responses.table import AnswerTable
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.score import score_table
from tests.bundled import bundled, table

EDGES = {20: 2, 40: 3, 60: 4, 80: 5}


LESSER = {(1, 7): 25, (1, 4): 40, (1, 3): 55, (3, 7): 70, (7, 13): 85, (2, 3): 100}
"""(women, men) with a say on AI -> points, by hand from the curve: a share of 1/8, 1/5, 1/4, 3/10, 7/20, 2/5."""

HOURS = {(1, 2): 50, (3, 5): Fraction(125, 2), (7, 10): 75, (4, 5): Fraction(175, 2), (9, 10): 100}
"""Training hours of five women and five men, (tenths) -> points: quotients 0.5, 0.6, 0.7, 0.8, 0.9."""


LESSER_AND_HOURS = ("influence_on_ai", "training_split")


@cache
def ways(area: str) -> list[tuple[int, dict[str, Any]]]:
    """(edge, answers): distributions of steps over the area's ladders that are worth exactly an edge, with as many not
    known as coverage allows. Which question has which step doesn't matter to the sum, so it is drawn anew each time."""
    everything = [name for name in bundled().plan.nodes[area].item_names if name not in LESSER_AND_HOURS]
    optional = [name for name in everything if "not_applicable" in bundled().questionnaire.questions[name].allow]
    rng = np.random.default_rng(len(area))
    found = []
    for left_out, (extra, points) in product(range(len(optional) + 1), _number_answers(area)):
        questions = [name for name in everything if name not in optional[:left_out]]
        extra = extra | dict.fromkeys(optional[:left_out], State.NOT_APPLICABLE)
        for unknown in range(len(questions)):
            count = len(questions) - unknown
            known = count + len(points)
            if known < 3 or Fraction(known, len(questions) + len(points)) < Fraction(6, 10):
                break
            for steps in _distributions(count):
                total = Fraction(sum(25 * step * times for step, times in enumerate(steps)) + sum(points), known)
                if total in EDGES:
                    found.append((int(total), extra | _dealt(area, questions, steps, rng)))
    return [(edge, answers) for edge, answers in found if not _hides(answers)]


def _number_answers(area: str) -> Iterator[tuple[dict[str, Any], list[Fraction | int]]]:
    """Answers to the two number questions, with their points; neither applies to a company of three."""
    small = {"head_count": {"women": 1, "men": 2, "other_unstated": 0}}
    if area != "gender_equality":
        yield small, []
        return
    yield small, []
    employed = {"head_count": {"women": 9, "men": 20, "other_unstated": 0}}
    for (women, men), lesser in LESSER.items():
        for (hers, his), split in HOURS.items():
            hours = {"women_hours": hers, "men_hours": his, "women": 5, "men": 5}
            yield employed | {"influence_on_ai": {"women": women, "men": men}, "training_split": hours}, [lesser, split]


def _dealt(area: str, questions: list[str], steps: tuple[int, ...], rng: np.random.Generator) -> dict[str, Any]:
    """The steps dealt to the questions at random; what is over is not known. Gates outside the area stand open."""
    ladder: list[Any] = [step for step, times in enumerate(steps) for _ in range(times)]
    ladder += [State.DONT_KNOW] * (len(questions) - len(ladder))
    gates = {"ai_use": 4, "climate_use_case": 4}
    return gates | dict(zip((str(q) for q in rng.permutation(questions)), ladder, strict=True))


def _hides(answers: dict[str, Any]) -> bool:
    """Whether a condition hides an answer or can't be told: then the sum is another."""
    gates = [(answers[gate], least) for gate, least in (("ai_use", 2), ("climate_use_case", 1)) if gate in answers]
    return any(isinstance(step, State) or step < least for step, least in gates)


def _distributions(count: int, steps: int = 5) -> Iterator[tuple[int, ...]]:
    """How many questions have each of the five steps."""
    if steps == 1:
        yield (count,)
        return
    for times in range(count + 1):
        for rest in _distributions(count - times, steps - 1):
            yield times, *rest


# Business has no way: nine equal questions, of which at least six must be known, never make a multiple of 20.
AREAS = ("capability", "climate", "gender_equality")


def test_business_never_meets_an_edge_exactly() -> None:
    assert ways("business") == []


@pytest.mark.parametrize("area", AREAS)
def test_an_exact_edge_has_the_level_of_the_edge(area: str) -> None:
    cases = ways(area)
    answers = table([row for _, row in cases])
    scores = score_table(bundled().plan, answers).nodes[area]
    expected = [edge for edge, _ in cases]
    np.testing.assert_allclose(scores.score, expected, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(scores.level, [EDGES[edge] for edge in expected])


def test_at_least_a_thousand_ways_are_tried() -> None:
    assert sum(len(ways(area)) for area in AREAS) >= 1000


def test_the_order_of_rows_changes_no_level() -> None:
    rows = [row for _, row in ways("capability")]
    forth = score_table(bundled().plan, table(rows)).nodes["capability"]
    back = score_table(bundled().plan, table(rows[::-1])).nodes["capability"]
    np.testing.assert_array_equal(forth.score, back.score[::-1])
    np.testing.assert_array_equal(forth.level, back.level[::-1])


def test_the_order_of_items_changes_no_level() -> None:
    method = bundled()
    reordered = compile_plan(method.questionnaire, _backwards(method.model))
    answers = table([row for _, row in ways("gender_equality")])
    forth = score_table(method.plan, answers).nodes["gender_equality"]
    back = score_table(reordered, answers).nodes["gender_equality"]
    np.testing.assert_array_equal(forth.level, back.level)


def _backwards(model: ScoringModel) -> ScoringModel:
    def turned(node: Node) -> Node:
        children = [turned(child) if isinstance(child, Node) else child for child in node.children]
        return node.model_copy(update={"children": tuple(children[::-1])})

    return model.model_copy(update={"tree": turned(model.tree)})


def test_the_memory_layout_changes_no_bit() -> None:
    """Columns that are slices of a row-major and of a column-major matrix score alike."""
    answers = table([row for _, row in ways("climate")])
    names = [name for name, column in answers.value.items() if column.dtype == np.int16]
    results = []
    for order in ("C", "F"):
        matrix = np.array([answers.value[name] for name in names], order=order).T  # type: ignore[call-overload]
        value = dict(answers.value) | {name: matrix[:, index] for index, name in enumerate(names)}
        results.append(
            score_table(bundled().plan, AnswerTable(answers.rows, answers.state, value)).nodes["climate"].score
        )
    np.testing.assert_array_equal(results[0], results[1])
