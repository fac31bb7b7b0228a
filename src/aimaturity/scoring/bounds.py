"""Bounds: the lowest and highest that the missing answers could still give, node by node and level by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.responses.table import ANSWERED, BLANK, DONT_KNOW, NOT_APPLICABLE, AnswerTable
from aimaturity.scoring.aggregate import Floats, Mask
from aimaturity.scoring.conditions import View
from aimaturity.scoring.evaluate import evaluate_world
from aimaturity.scoring.evaluation import Evaluation, World
from aimaturity.scoring.outer import outer_bounds, settle_unsure
from aimaturity.scoring.plan import MAX_CLASSES, Assignment, Plan

EXPANDED_ROWS = 65_536
"""At most so many worlds are evaluated at once, for memory."""


@dataclass(frozen=True)
class Span:
    """A node's least and greatest value and level, each (rows,); NaN where it has none in any complete answer set."""

    low: Floats
    high: Floats
    level_low: Floats
    level_high: Floats


@dataclass(frozen=True)
class Bounds:
    """Spans by node, and in which rows they are exact rather than outer."""

    spans: Mapping[str, Span]
    exact: Mask


def bounds(plan: Plan, table: AnswerTable, done: Evaluation) -> Bounds:
    """Bounds of every node over all complete answer sets (docs/scoring-rules.md, "Bounds")."""
    replaced = _replaced(plan, table)
    wide = [name for name, completion in plan.completions.items() if not completion.exact]
    unknown = _missing_answers(plan, table, done) if plan.branching or wide else {}
    exact = np.ones(table.rows, np.bool_)
    for name in wide:
        exact &= ~unknown[name]
    missing = np.array([unknown[name] for name in plan.branching], np.bool_).reshape(len(plan.branching), table.rows)
    patterns = _patterns(missing, table.rows)
    spans: dict[str, Span] = {}
    for pattern, rows in patterns:
        branches = [name for name, there in zip(plan.branching, pattern, strict=True) if there]
        sizes = [len(plan.completions[name].classes) for name in branches]
        classes = int(np.prod(sizes, dtype=np.float64)) if sizes else 1
        if classes > MAX_CLASSES:
            found = outer_bounds(plan, table.take(rows), {n: m[rows] for n, m in done.fixed.items()})
            exact[rows] = False
        else:
            found = _over_classes(plan, table, done, replaced, rows, branches, sizes, classes)
        if len(patterns) == 1:
            return Bounds({name: Span(*ends) for name, ends in found.items()}, exact)
        spans = spans or {name: Span(*(np.full(table.rows, np.nan) for _ in range(4))) for name in plan.nodes}
        for name, ends in found.items():
            span = spans[name]
            for target, end in zip((span.low, span.high, span.level_low, span.level_high), ends, strict=True):
                target[rows] = end
    return Bounds(spans, exact)


def _replaced(plan: Plan, table: AnswerTable) -> dict[str, Mask]:
    """Rows in which a variable's answer is missing, so that complete answer sets hold another."""
    found = {}
    for variable in plan.variables:
        given = table.state[variable.name]
        stated = (given == NOT_APPLICABLE) & variable.may_not_apply
        found[variable.name] = (given != ANSWERED) & ~stated
    return found


def _missing_answers(plan: Plan, table: AnswerTable, done: Evaluation) -> dict[str, Mask]:
    """Rows in which a variable's answer is missing and some complete answer set asks for it."""
    view = View(table.rows, {}, table.value)
    settle_unsure(plan, table, view, done.fixed)
    return {name: (state == BLANK) | (state == DONT_KNOW) for name, state in view.state.items()}


def _patterns(missing: npt.NDArray[np.bool_], rows: int) -> list[tuple[npt.NDArray[np.bool_], npt.NDArray[np.intp]]]:
    """Rows grouped by which branching variables they miss."""
    if not missing.size:
        return [(np.zeros(len(missing), np.bool_), np.arange(rows))]
    patterns, inverse = np.unique(missing, axis=1, return_inverse=True)
    inverse = inverse.ravel()
    return [(patterns[:, k], np.flatnonzero(inverse == k)) for k in range(patterns.shape[1])]


def _over_classes(
    plan: Plan,
    table: AnswerTable,
    done: Evaluation,
    replaced: Mapping[str, Mask],
    rows: npt.NDArray[np.intp],
    branches: list[str],
    sizes: list[int],
    classes: int,
) -> dict[str, tuple[Floats, ...]]:
    """Least and greatest over the classes of the missing branching variables, a lowest and a highest world each."""
    choice = np.array(np.unravel_index(np.arange(classes), sizes)) if sizes else np.zeros((0, 1), np.intp)
    found: dict[str, list[Floats]] = {name: [] for name in plan.nodes}
    at_once = max(1, EXPANDED_ROWS // classes)
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        expanded = np.repeat(some, classes)
        whole = classes == 1 and len(some) == table.rows
        chosen = {name: np.tile(choice[i], len(some)) for i, name in enumerate(branches)}
        for highest in (False, True):
            world = World(
                base=done,
                rows=None if whole else expanded,
                replaced=replaced if whole else {name: mask[expanded] for name, mask in replaced.items()},
                columns=_fill(plan, chosen, highest, "columns"),
                points=_fill(plan, chosen, highest, "points"),
                highest=highest,
            )
            nodes = evaluate_world(plan, world).nodes
            choose = np.fmax if highest else np.fmin
            for name, node in nodes.items():
                for numbers in (node.value, node.level):
                    best = numbers if classes == 1 else choose.reduce(numbers.reshape(len(some), classes), axis=1)
                    found[name].append(best)
    # Appended as low, level_low, high, level_high for each part of the rows. Every world is a complete answer set, so
    # where one of a pair has no value, the other's is both the least and the greatest.
    spans: dict[str, tuple[Floats, ...]] = {}
    for name, parts in found.items():
        low, level_low, high, level_high = (
            np.concatenate(parts[k::4]) if len(parts) > 4 else parts[k] for k in range(4)
        )
        spans[name] = (
            np.fmin(low, high), np.fmax(low, high), np.fmin(level_low, level_high), np.fmax(level_low, level_high),
        )  # fmt: skip
    return spans


def _fill(plan: Plan, chosen: Mapping[str, npt.NDArray[np.intp]], highest: bool, what: str) -> dict[str, Any]:
    """What replaces missing answers: one number for all rows, or one a row for branching variables."""
    filled: dict[str, Any] = {}
    for variable, completion in plan.completions.items():
        ends: list[Assignment] = [pair[highest] for pair in completion.classes]
        for name in getattr(ends[0], what):
            if variable in chosen:
                per_class = np.array([getattr(end, what)[name] for end in ends])
                filled[name] = per_class[chosen[variable]]
            else:
                filled[name] = getattr(ends[0], what)[name]
    return filled
