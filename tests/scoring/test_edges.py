"""A score worth exactly a band edge gets the level of the edge, whatever the order of anything."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from aimaturity.definitions.scoring_model import Node, ScoringModel
from aimaturity.responses.table import AnswerTable, State
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.score import score_table
from tests.bundled import bundled, table

EDGES = {20: 2, 40: 3, 60: 4, 80: 5}


@cache
def ways(area: str) -> list[tuple[int, dict[str, Any]]]:
    """(edge, answers): every distribution of steps over the area's ladders that is worth exactly an edge, with 0, 1
    or 2 of them not known. Which question has which step doesn't matter to the sum, so it is drawn anew each time."""
    method = bundled()
    questions = [name for name in method.plan.nodes[area].item_names if name not in ("influence_on_ai", "training_split")]
    given = {"ai_use": 4, "climate_use_case": 4} if area not in ("capability", "climate") else {}
    rng = np.random.default_rng(len(area))
    found = []
    for unknown in range(3):
        count = len(questions) - unknown
        for steps in _distributions(count):
            total = Fraction(sum(25 * step * times for step, times in enumerate(steps)), count)
            if total in EDGES:
                ladder = [step for step, times in enumerate(steps) for _ in range(times)]
                rng.shuffle(ladder)
                order = list(rng.permutation(questions))
                answers: dict[str, Any] = dict(given) | dict(zip(order, ladder, strict=False))
                answers |= {question: State.DONT_KNOW for question in order[count:]}
                if not _hides(answers):
                    found.append((int(total), answers))
    return found


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


@pytest.mark.parametrize("area", ["capability", "business", "climate", "gender_equality"])
def test_an_exact_edge_has_the_level_of_the_edge(area: str) -> None:
    cases = ways(area)
    answers = _with_not_applicable([row for _, row in cases], area)
    scores = score_table(bundled().plan, answers).nodes[area]
    expected = [edge for edge, _ in cases]
    np.testing.assert_allclose(scores.score, expected, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(scores.level, [EDGES[edge] for edge in expected])


def test_at_least_a_thousand_ways_are_tried() -> None:
    assert sum(len(ways(area)) for area in ("capability", "business", "climate", "gender_equality")) >= 1000


def _with_not_applicable(rows: list[dict[str, Any]], area: str) -> AnswerTable:
    """The two number questions left out by rule: the company has fewer than five employed."""
    head_count = {"women": 1, "men": 2, "other_unstated": 0}
    return table([row | {"head_count": head_count} for row in rows])


def test_the_order_of_rows_changes_no_level() -> None:
    rows = [row for _, row in ways("capability")]
    forth = score_table(bundled().plan, _with_not_applicable(rows, "capability")).nodes["capability"]
    back = score_table(bundled().plan, _with_not_applicable(rows[::-1], "capability")).nodes["capability"]
    np.testing.assert_array_equal(forth.score, back.score[::-1])
    np.testing.assert_array_equal(forth.level, back.level[::-1])


def test_the_order_of_items_changes_no_level() -> None:
    method = bundled()
    reordered = compile_plan(method.questionnaire, _backwards(method.model))
    answers = _with_not_applicable([row for _, row in ways("business")], "business")
    forth = score_table(method.plan, answers).nodes["business"]
    back = score_table(reordered, answers).nodes["business"]
    np.testing.assert_array_equal(forth.level, back.level)


def _backwards(model: ScoringModel) -> ScoringModel:
    def turned(node: Node) -> Node:
        children = [turned(child) if isinstance(child, Node) else child for child in node.children]
        return node.model_copy(update={"children": tuple(children[::-1])})

    return model.model_copy(update={"tree": turned(model.tree)})


def test_the_memory_layout_changes_no_bit() -> None:
    """Columns that are slices of a row-major and of a column-major matrix score alike."""
    answers = _with_not_applicable([row for _, row in ways("climate")], "climate")
    names = [name for name, column in answers.value.items() if column.dtype == np.int16]
    results = []
    for order in ("C", "F"):
        matrix = np.array([answers.value[name] for name in names], order=order).T  # type: ignore[call-overload]
        value = dict(answers.value) | {name: matrix[:, index] for index, name in enumerate(names)}
        results.append(score_table(bundled().plan, AnswerTable(answers.rows, answers.state, value)).nodes["climate"].score)
    np.testing.assert_array_equal(results[0], results[1])
