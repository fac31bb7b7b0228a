"""Outer bounds certainly hold the exact ones, and are marked."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given

from aimaturity.definitions.scoring_model import Leaf, Node
from aimaturity.scoring import bounds as bounds_module
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.outer import Reach, _extreme
from aimaturity.scoring.plan import Member, Policies
from aimaturity.scoring.score import score_batch
from tests.scoring.test_engine_agrees import relaxed
from tests.strategies import Case, cases, table


@given(case=cases())
@relaxed
def test_outer_bounds_hold_the_exact_ones(case: Case) -> None:
    plan = compile_plan(case.questionnaire, case.model)
    answers = table(case.questionnaire, case.companies)
    exact = score_batch(plan, answers)
    with patch.object(bounds_module, "MAX_CLASSES", 1):
        outer = score_batch(plan, answers)
    for name, node in exact.nodes.items():
        wide = outer.nodes[name]
        for low, high, narrow_low, narrow_high in (
            (wide.low, wide.high, node.low, node.high),
            (wide.level_low, wide.level_high, node.level_low, node.level_high),
        ):
            _holds(low, high, narrow_low, narrow_high, exact.exact)


def _holds(low: Any, high: Any, narrow_low: Any, narrow_high: Any, rows: Any) -> None:
    there = ~np.isnan(narrow_low) & rows
    slack = 1e-9 * np.maximum(1.0, np.abs(narrow_low[there]))
    assert (low[there] <= narrow_low[there] + slack).all()
    assert (high[there] >= narrow_high[there] - slack).all()


def test_a_company_with_too_many_classes_gets_marked_bounds() -> None:
    """Thirteen gates of two values make 8192 classes; twelve make 4096, which are gone through."""
    from tests.scoring.gates import gates_model

    for gates, is_exact in ((12, True), (13, False)):
        questionnaire, model = gates_model(gates)
        plan = compile_plan(questionnaire, model)
        scores = score_batch(plan, table(questionnaire, [{}]))
        assert bool(scores.exact[0]) is is_exact
        node = scores.nodes["whole"]
        assert (node.low[0], node.high[0]) == (0.0, 100.0)


def test_of_a_sum_the_least_is_what_gives_least_not_what_is_worth_least() -> None:
    """Hidden or not, `a` gives 50 x 0.5 and `b` 40 x 2; the least sum is that of `a` alone."""
    rows = 1
    yes, no = np.ones(rows, np.bool_), np.zeros(rows, np.bool_)
    tree = Node(id="whole", aggregate="sum", children=(Leaf(item="a", weight=0.5), Leaf(item="b", weight=2.0)))
    members = [
        (Member(name, weight, Policies(), 0.0, 100.0), Reach(np.full(rows, x), np.full(rows, x), no, yes, yes))
        for name, weight, x in (("a", 0.5, 50.0), ("b", 2.0, 40.0))
    ]
    assert (_extreme(tree, members, rows, "low")[0], _extreme(tree, members, rows, "high")[0]) == (25.0, 105.0)


def test_of_a_share_the_most_counts_what_reaches_its_own_highest_not_what_is_worth_most() -> None:
    """`a` is worth more and falls short of its highest; `b` reaches its own."""
    rows = 1
    yes, no = np.ones(rows, np.bool_), np.zeros(rows, np.bool_)
    tree = Node(id="whole", aggregate="share", children=(Leaf(item="a"), Leaf(item="b")))
    members = [
        (Member(name, 1.0, Policies(), 0.0, highest), Reach(np.full(rows, x), np.full(rows, x), no, yes, yes))
        for name, x, highest in (("a", 50.0, 100.0), ("b", 3.0, 3.0))
    ]
    assert (_extreme(tree, members, rows, "low")[0], _extreme(tree, members, rows, "high")[0]) == (0.0, 100.0)
