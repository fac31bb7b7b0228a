"""Attackers. They read published figures, not the library's code, and use linear programming (HiGHS).

`last_score`: knows the exact score of every company but one, and who was in each publication; solves for the last one's.
`located`: knows who is in every shown group, but nobody's score; solves for one company's class. With `counts`, knows
besides how many of each group's companies lie in each class, which is far more than is published.
`sizes`: knows what a reader of one set knows; solves for the size of the groups that aren't shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from tests.benchmark.factory import Firm

QUARTERS = (1, 2, 3)


@dataclass(frozen=True)
class Figure:
    """A published group as an attacker uses it.

    others   the scores of its companies but the target's, which is in it
    limits   for each quartile the least and the greatest that it can be
    mean     the published mean, where an uncontrolled hub gives one
    """

    others: tuple[float, ...]
    limits: tuple[tuple[float, float], ...]
    mean: float | None = None


def last_score(figures: Sequence[Figure]) -> list[tuple[float, float]]:
    """Every stretch of 0..100 in which the target's score can lie.

    Between two neighbouring known scores the rank of the target's in every group is settled, so that each quartile is a
    known score or the target's own: a linear programme for each such stretch.
    """
    marks = sorted({0.0, 100.0, *(score for figure in figures for score in figure.others)})
    stretches = []
    for low, high in pairwise(marks):
        rows, limits, possible = [[-1.0], [1.0]], [-low, high], True
        for figure in figures:
            ordered, below = sorted(figure.others), sum(score <= low for score in figure.others)
            count = len(ordered) + 1
            for quarter, (least, most) in zip(QUARTERS, figure.limits, strict=True):
                rank = math.ceil(count * quarter / 4) - 1
                if rank == below:
                    rows, limits = [*rows, [-1.0], [1.0]], [*limits, -least, most]
                else:
                    fixed = ordered[rank if rank < below else rank - 1]
                    possible &= least - 1e-9 <= fixed <= most + 1e-9
            if figure.mean is not None:
                alone = figure.mean * count - sum(ordered)
                rows, limits = [*rows, [-1.0], [1.0]], [*limits, -alone + 1e-9, alone + 1e-9]
        if possible:
            ends = [linprog([sign], A_ub=rows, b_ub=limits, bounds=(0, 100), method="highs") for sign in (1, -1)]
            if all(end.status == 0 for end in ends):
                stretches.append((float(ends[0].x[0]), float(ends[1].x[0])))
    return stretches


def located(shown: Sequence[Mapping[str, int]], target: str, counts: bool = False) -> tuple[int, int]:
    """The lowest and highest class that the target's entry can have.

    shown   groups: entry -> class; the attacker uses the entries, and of the classes the quartiles (or the counts)
    """
    signature: dict[str, list[int]] = {}
    for index, group in enumerate(shown):
        for entry in group:
            signature.setdefault(entry, []).append(index)
    # The target is an atom of its own; the others in the same groups are alike.
    atoms: dict[tuple[bool, tuple[int, ...]], int] = {}
    for entry, where in signature.items():
        key = (entry == target, tuple(where))
        atoms[key] = atoms.get(key, 0) + 1
    names = list(atoms)
    width = len(names) * 10
    rows, sums, most, limits = [], [], [np.zeros(width)], [0.0]
    for column, name in enumerate(names):
        row = np.zeros(width)
        row[column * 10 : column * 10 + 10] = 1
        rows, sums = [*rows, row], [*sums, float(atoms[name])]
    for index, group in enumerate(shown):
        by_class = np.zeros((10, width))
        for column, (_, where) in enumerate(names):
            by_class[range(10), range(column * 10, column * 10 + 10)] = index in where
        ordered = sorted(group.values())
        if counts:
            rows, sums = [*rows, *by_class], [*sums, *(float(ordered.count(number)) for number in range(10))]
            continue
        for rank in (math.ceil(len(ordered) * quarter / 4) for quarter in QUARTERS):
            up_to = by_class[: ordered[rank - 1] + 1].sum(axis=0)
            most, limits = [*most, -up_to, up_to - by_class[ordered[rank - 1]]], [*limits, -rank, rank - 1]
    cost = np.zeros(width)
    start = names.index((True, tuple(signature[target]))) * 10
    cost[start : start + 10] = range(10)
    ends = [
        linprog(sign * cost, np.array(most), limits, np.array(rows), sums, bounds=(0, None), method="highs")
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends)
    return math.ceil(ends[0].fun - 1e-6), math.floor(-ends[1].fun + 1e-6)


Key = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Table:
    """What one set says: the size of each shown group lies in a band, and each quartile in a class of ten."""

    bands: Mapping[Key, tuple[int, float]]
    classes: Mapping[Key, tuple[int, int, int]]


def sizes(table: Table, cells: Sequence[tuple[str | None, str | None]], target: Key) -> tuple[float, float]:
    """The least and greatest size of a group, given all that the table shows.

    cells   (sector, size) of every group that companies may be in; the variables are companies by cell and class
    """
    width = len(cells) * 10

    def columns(key: Key, up_to: int = 9) -> np.ndarray:
        row = np.zeros(width)
        for index, (sector, size) in enumerate(cells):
            if key[1] in (None, sector) and key[2] in (None, size):
                row[index * 10 : index * 10 + up_to + 1] = 1
        return row

    rows, limits = [], []
    for key, (least, most) in table.bands.items():
        total = columns(key)
        rows, limits = [*rows, -total], [*limits, -float(least)]
        if most < float("inf"):
            rows, limits = [*rows, total], [*limits, float(most)]
        for quarter, number in zip(QUARTERS, table.classes[key], strict=True):
            # ceil(q n / 4) companies lie in the class or below, fewer than that in a lower one (at most q n / 4).
            rows, limits = [*rows, quarter / 4 * total - columns(key, number)], [*limits, 0.0]
            if number:
                rows, limits = [*rows, columns(key, number - 1) - quarter / 4 * total], [*limits, 0.0]
    aim = columns(target)
    ends = [linprog(sign * aim, A_ub=np.array(rows), b_ub=limits, bounds=(0, 500), method="highs") for sign in (1, -1)]
    assert all(end.status == 0 for end in ends)
    return float(ends[0].fun), float(-ends[1].fun)


def exact_figure(others: Sequence[Firm], target: float) -> Figure:
    """What a hub without disclosure control publishes of a group: exact quartiles and the mean."""
    scores = sorted([*(firm.score for firm in others), target])
    exact = [scores[math.ceil(len(scores) * quarter / 4) - 1] for quarter in QUARTERS]
    return Figure(tuple(firm.score for firm in others), tuple((q, q) for q in exact), float(np.mean(scores)))
