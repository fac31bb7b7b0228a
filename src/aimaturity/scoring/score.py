"""Scores of a table: the engine's one entry, for one company and for a million rows."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aimaturity.responses.table import AnswerTable
from aimaturity.scoring.aggregate import Floats, Mask
from aimaturity.scoring.bounds import bounds
from aimaturity.scoring.compile import level_reads, narrowed
from aimaturity.scoring.evaluate import evaluate
from aimaturity.scoring.evaluation import Evaluation, Reason
from aimaturity.scoring.plan import Plan

BATCH_ROWS = 32_768
"""Rows evaluated at once: few enough for a column to stay in the processor's cache."""


@dataclass(frozen=True)
class NodeScores:
    """One node's results, each (rows,); NaN where there is none.

    value     what the node above uses; the score unless there is too little basis
    score     in the node's own points
    reason    why there is no score (`Reason`)
    low, high bounds of the value
    coverage  0..1, NaN where nothing applies
    answered  items answered, below the node
    level, level_low, level_high   level numbers
    """

    value: Floats
    score: Floats
    reason: npt.NDArray[np.uint8]
    low: Floats
    high: Floats
    coverage: Floats
    answered: npt.NDArray[np.int32]
    level: Floats
    level_low: Floats
    level_high: Floats


@dataclass(frozen=True)
class Scores:
    """Results of a table, by node. A single batch keeps its evaluation, for documents."""

    rows: int
    nodes: Mapping[str, NodeScores]
    exact: Mask
    evaluation: Evaluation | None = None


def score_table(plan: Plan, table: AnswerTable, keep: Collection[str] | None = None) -> Scores:
    """Scores, bounds, coverage and levels of every row. Rows don't influence each other, to the last bit.

    keep  the nodes whose results are wanted; None for all
    """
    if keep is not None:
        plan = narrowed(plan, keep)
    if table.rows <= BATCH_ROWS:
        return score_batch(plan, table)
    starts = range(0, table.rows, BATCH_ROWS)
    kept = [name for name in plan.nodes if keep is None or name in keep]

    def part(start: int) -> Scores:
        scored = score_batch(plan, slice_rows(table, start, start + BATCH_ROWS))
        return replace(scored, nodes={name: scored.nodes[name] for name in kept}, evaluation=None)

    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        parts = list(pool.map(part, starts))
    return Scores(
        rows=table.rows,
        nodes={
            name: NodeScores(
                **{f: np.concatenate([getattr(p.nodes[name], f) for p in parts]) for f in NodeScores.__annotations__}
            )
            for name in kept
        },
        exact=np.concatenate([p.exact for p in parts]),
    )


def slice_rows(table: AnswerTable, start: int, stop: int) -> AnswerTable:
    """Rows start..stop of the answers alone, without copying."""
    return AnswerTable(
        rows=min(stop, table.rows) - start,
        state={name: column[start:stop] for name, column in table.state.items()},
        value={name: column[start:stop] for name, column in table.value.items()},
    )


def score_batch(plan: Plan, table: AnswerTable) -> Scores:
    """`score_table` for one batch; keeps the evaluation, for documents."""
    done = evaluate(plan, table)
    spans = bounds(plan, table, done)
    nodes = {}
    for name, node in plan.nodes.items():
        settled, span = done.nodes[name], spans.spans[name]
        level = settled.level
        required = _required(plan, name)
        if required and not node.definition.bands:
            lacking = np.zeros(table.rows, np.bool_)
            for other in required:
                there = done.nodes[other]
                lacking |= done.view.applies[other] & (there.reason != Reason.NONE)
            agreed = np.where(span.level_low == span.level_high, span.level_low, np.nan)
            level = np.where(lacking & ~np.isnan(level), agreed, level)
        nodes[name] = NodeScores(
            value=settled.value,
            score=settled.score,
            reason=settled.reason,
            low=span.low,
            high=span.high,
            coverage=settled.coverage,
            answered=settled.answered,
            level=level,
            level_low=span.level_low,
            level_high=span.level_high,
        )
    return Scores(table.rows, nodes, spans.exact, done)


def _required(plan: Plan, name: str) -> list[str]:
    """Nodes that the node's level requirements name."""
    return [n for n in dict.fromkeys(level_reads(plan.nodes[name])) if plan.nodes[n].aggregate != "none"]
