"""Contributions: what each child gives of a node's score, in the node's own points.

Means, sums and power means are homogeneous of degree 1, so by Euler's theorem x_i * dM/dx_i adds up to M. Minimum
and maximum are shared by weight among the children that attain them. What caps, rescaling and declared roundings do
are entries of their own, so that all entries together are the score, within 1e-9.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aimaturity.definitions.scoring_model import Node, leaf_of
from aimaturity.scoring import aggregate
from aimaturity.scoring.aggregate import Column
from aimaturity.scoring.document import Contribution
from aimaturity.scoring.evaluation import NodeValues
from aimaturity.scoring.plan import PlanNode


def contributions(node: PlanNode, settled: NodeValues, row: int) -> list[Contribution]:
    """The entries of one row; none where the node has no score, is a container or goes by stages."""
    if np.isnan(settled.score[row]) or node.aggregate in ("none", "staged"):
        return []
    columns = [_one_row(column, row) for column in settled.columns]
    shares = shares_of(node.definition, columns)
    entries = _by_child(node, columns, shares)
    stages = settled.stages
    before = stages.aggregated[row]
    for kind, after in (
        ("incomplete", stages.completed[row]),
        ("rescale", stages.rescaled[row]),
        ("cap", stages.capped[row]),
        ("rounding", settled.value[row]),
    ):
        if not np.isnan(before) and after != before:
            entries.append(Contribution(kind=kind, points=float(after - before)))
        before = after
    return entries


def _one_row(column: Column, row: int) -> Column:
    return Column(column.weight, column.x[row : row + 1], column.counts[row : row + 1], column.highest)


def shares_of(definition: Node, columns: Sequence[Column]) -> list[float]:
    """What each column gives of the bare aggregate of one row; 0 for those that don't count."""
    counting = [bool(column.counts[0]) for column in columns]
    if not any(counting):
        return [0.0] * len(columns)
    x = [float(column.x[0]) for column in columns]
    weights = [column.weight if there else 0.0 for column, there in zip(columns, counting, strict=True)]
    whole = float(aggregate.value(definition, columns, 1)[0])
    if definition.aggregate == "sum":
        return [w * value for w, value in zip(weights, x, strict=True)]
    if definition.aggregate == "share":
        reach = aggregate.reaching(definition, columns)
        return [100.0 * column.weight * bool(column.counts[0]) / sum(weights) for column in reach]
    if definition.aggregate in ("minimum", "maximum"):
        attain = [w if value == whole else 0.0 for w, value in zip(weights, x, strict=True)]
        return [whole * w / sum(attain) for w in attain]
    power = aggregate.exponent(definition)
    if power == 1.0:
        return [w * value / sum(weights) for w, value in zip(weights, x, strict=True)]
    if whole == 0:
        return [0.0] * len(columns)
    parts = [w * (value**power if value else 0.0) if power else w for w, value in zip(weights, x, strict=True)]
    return [whole * part / sum(parts) for part in parts]


def _by_child(node: PlanNode, columns: Sequence[Column], shares: Sequence[float]) -> list[Contribution]:
    """An entry a child of the node; the items of a pooled node's child are taken together."""
    total = sum(column.weight for column in columns if column.counts[0])
    stretch = {"mean": 1.0 / total if total else 0.0, "sum": 1.0}.get(node.aggregate)
    entries = []
    for kind, name, inside in _children(node):
        found = [
            (column, share)
            for member, column, share in zip(node.members, columns, shares, strict=False)
            if member.name in inside and column.counts[0]
        ]
        if not found:
            continue
        weight = sum(column.weight for column, _ in found)
        points = sum(share for _, share in found)
        mean = sum(column.weight * float(column.x[0]) for column, _ in found) / weight
        highest = sum(column.weight * column.highest for column, _ in found)
        entries.append(
            Contribution(
                kind=kind,
                id=name,
                weight=weight,
                value=mean,
                points=points,
                possible=None if stretch is None else highest * stretch,
            )
        )
    return entries


def _children(node: PlanNode) -> list[tuple[str, str, frozenset[str]]]:
    """(kind, id, member names that belong to it) of each child, in the model's order."""
    found: list[tuple[str, str, frozenset[str]]] = []
    for child in node.definition.children:
        leaf = leaf_of(child)
        if leaf is not None:
            found.append(("item", leaf.item, frozenset({leaf.item})))
        elif isinstance(child, Node):
            found.append(("node", child.id, frozenset({child.id} if not node.definition.pooled else _items(child))))
    return found


def _items(node: Node) -> set[str]:
    names: set[str] = set()
    for child in node.children:
        leaf = leaf_of(child)
        names |= {leaf.item} if leaf is not None else _items(child) if isinstance(child, Node) else set()
    return names
