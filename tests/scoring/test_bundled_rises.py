"""No step forward on a ladder lowers a score or a level of the bundled models."""

from __future__ import annotations

import numpy as np
import pytest

from aimaturity.scoring.score import score_table
from tests.bundled import bundled, ladders, random_rows, table


@pytest.mark.parametrize("name", ["ai-maturity", "ai-quickscan"])
def test_one_step_up_lowers_nothing(name: str) -> None:
    """The same questions applying; what the step opens is answered at its lowest."""
    plan = bundled(name).plan
    rows = random_rows(300, seed=7, name=name, missing=0.08)
    before, after = [], []
    rng = np.random.default_rng(3)
    for row in rows:
        open_ladders = [q for q in ladders(name) if type(row.get(q)) is int and row[q] < 4]
        question = str(rng.choice(open_ladders))
        before.append(_without_hidden(row))
        after.append(_opened(row, row | {question: row[question] + 1}))
    first, then = score_table(plan, table(before, name)), score_table(plan, table(after, name))
    for node in plan.nodes:
        both = ~np.isnan(first.nodes[node].score) & ~np.isnan(then.nodes[node].score)
        assert (then.nodes[node].score[both] >= first.nodes[node].score[both] - 1e-9).all(), node
        levels = ~np.isnan(first.nodes[node].level) & ~np.isnan(then.nodes[node].level)
        assert (then.nodes[node].level[levels] >= first.nodes[node].level[levels]).all(), node


OPENS = {
    "ai_use": (2, ("ai_operations", "effect_measured", "ai_footprint", "outcome_test")),
    "climate_use_case": (1, ("climate_effect",)),
}


def _without_hidden(row: dict[str, object]) -> dict[str, object]:
    """What a false condition hides is not answered."""
    row = dict(row)
    for gate, (least, hidden) in OPENS.items():
        step = row.get(gate)
        if type(step) is int and step < least:
            for question in hidden:
                row.pop(question, None)
    return row


def _opened(before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """Questions that `after` opens and `before` had hidden stand at their lowest step."""
    kept = _without_hidden(before)
    opened = {question: 0 for _, hidden in OPENS.values() for question in hidden if question not in kept}
    asked = set(before)
    return _without_hidden(after | {question: step for question, step in opened.items() if question in asked})
