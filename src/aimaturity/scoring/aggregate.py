"""Aggregates: many numbers a company become one. Rules are written once, over columns.

Sums run over the members in their order, a column at a time, so that a row's result is the same to the last bit
whether it is scored alone or among a million, and whatever the memory layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.scoring_model import Node, Rounding
from aimaturity.scoring.conditions import edge
from aimaturity.scoring.plan import Member

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One member's numbers: `x` is 0 where it doesn't count."""

    weight: float
    x: Floats
    counts: Mask
    highest: float = 100.0


def exponent(node: Node) -> float:
    """The power mean's exponent that a mean is: 1, 0 for geometric, -1 for harmonic."""
    named = {"geometric_mean": 0.0, "harmonic_mean": -1.0, "mean": 1.0}
    return named.get(node.aggregate, node.exponent if node.exponent is not None else 1.0)


def add_weight(total: Floats, weight: float, where: Mask) -> None:
    """Adds `weight` to the rows of `total` named by `where`, in place."""
    np.add(total, where if weight == 1 else weight * where, out=total)


def total_weight(parts: Sequence[tuple[float, Mask]], rows: int) -> Floats:
    """Sum of weights, each in the rows where it counts."""
    if len(parts) < 256 and all(weight == 1 for weight, _ in parts):
        count = np.zeros(rows, np.uint8)  # the same sum, a tenth of the memory
        for _, where in parts:
            np.add(count, where.view(np.uint8), out=count)
        return count.astype(np.float64)
    total = np.zeros(rows)
    for weight, where in parts:
        add_weight(total, weight, where)
    return total


def weight_in(columns: Sequence[Column], rows: int) -> Floats:
    """Sum of the weights that count in each row."""
    return total_weight([(column.weight, column.counts) for column in columns], rows)


def weighted_sum(columns: Sequence[Column], rows: int) -> Floats:
    """sum(w x) over what counts."""
    total = np.zeros(rows)
    for column in columns:
        total += column.x if column.weight == 1 else column.weight * column.x
    return total


def value(node: Node, columns: Sequence[Column], rows: int) -> Floats:
    """The aggregate of each row, NaN where nothing counts. Sources: docs/scoring-rules.md, "Nodes"; for the means
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6."""
    weight = weight_in(columns, rows)
    kind = node.aggregate
    if kind in ("minimum", "maximum"):
        best = np.full(rows, np.nan)
        choose = np.fmin if kind == "minimum" else np.fmax
        for column in columns:
            best = choose(best, np.where(column.counts, column.x, np.nan))
        return best
    if kind == "sum":
        return np.where(weight > 0, weighted_sum(columns, rows), np.nan)
    if kind == "share":
        return divided(100.0 * weight_in(reaching(node, columns), rows), weight)
    power = exponent(node)
    if power == 1.0:
        return divided(weighted_sum(columns, rows), weight)
    return _power_mean(columns, weight, power, rows)


def reaching(node: Node, columns: Sequence[Column]) -> list[Column]:
    """For `share`: the same columns, counting only where they reach the number from which a child counts."""
    least = [column.highest if node.share_from is None else node.share_from for column in columns]
    return [
        Column(column.weight, column.x, column.counts & (edge(column.x) >= edge(bound)), column.highest)
        for column, bound in zip(columns, least, strict=True)
    ]


def without_root(columns: Sequence[Column], power: float, rows: int) -> Mask:
    """Rows in which a power mean has no value: a member is 0 with a power of 0 or less, or below 0 with any but 1."""
    found = np.zeros(rows, np.bool_)
    for column in columns if power != 1 else ():
        found |= column.counts & ((column.x <= 0) if power <= 0 else (column.x < 0))
    return found


def _power_mean(columns: Sequence[Column], weight: Floats, power: float, rows: int) -> Floats:
    zero = without_root(columns, power, rows)
    total = np.zeros(rows)
    for column in columns:
        total += column.weight * np.where(column.counts, transformed(column.x, power), 0.0)
    mean = divided(total, weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.exp(mean) if power == 0 else np.power(mean, 1.0 / power)
    return np.where(zero & (weight > 0), 0.0, result)


def transformed(x: Floats, power: float) -> Floats:
    """ln x for power 0, else x to the power; 0 where x is 0 and that has no value (the zero is dealt with apart)."""
    if power > 0:
        return np.asarray(np.power(np.maximum(x, 0.0), power))
    positive = np.where(x > 0, x, 1.0)
    return np.where(x > 0, np.log(positive) if power == 0 else np.power(positive, power), 0.0)


def divided(above: Floats, below: Floats) -> Floats:
    """The quotient; NaN where nothing counts, since then both are 0."""
    with np.errstate(invalid="ignore"):
        return np.asarray(above / below)


def rounded(x: Floats, rule: Rounding) -> Floats:
    """A declared rounding. The number is first rounded to 9 decimals, so that 2.675 kept as 2.67499... goes up."""
    scale = 10.0**rule.digits
    scaled = edge(edge(x) * scale)
    if rule.mode == "half_even":
        whole = np.round(scaled)
    elif rule.mode == "truncate":
        whole = np.trunc(scaled)
    else:
        whole = np.sign(scaled) * np.floor(np.abs(scaled) + 0.5)
    return np.asarray(whole / scale) + 0.0


def reachable(node: Node, members: Sequence[Member]) -> tuple[float, float]:
    """The least and greatest value that the aggregate can take with every member there; (0, 0) for a container."""
    if node.aggregate == "staged":
        return 0.0, float(max((rule.level for rule in node.levels), default=0))
    if node.aggregate == "none" or not members:
        return 0.0, 0.0
    there = np.ones(1, np.bool_)
    ends = []
    for pick in ("lowest", "highest"):
        columns = [Column(m.weight, np.array([getattr(m, pick)]), there, m.highest) for m in members]
        ends.append(float(value(node, columns, 1)[0]))
    return ends[0], ends[1]
