"""Best sets of ideas under limits: a 0-1 integer programme, solved by HiGHS through scipy, to the exact optimum.

    maximise  sum of scores of the chosen      subject to every limit

Numbers go in whole and what comes out is checked in whole numbers: HiGHS works in floating point with tolerances, so a
set that breaks a limit by less than they see is cut off and the search goes on. A linear relaxation, solved once,
gives each idea's reduced cost: what a set loses at least by having it the other way. Ideas that no set worth enough
can have the other way are settled before HiGHS is asked again, which makes every later question small and changes no
answer (reduced-cost fixing: Nemhauser and Wolsey, Integer and Combinatorial Optimization, 1988, II.5.2).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aimaturity.programme.pilots.selection import Chosen, Limit, Selection

MARGIN = 0.01
"""Below half of the least difference there can be between two values, above the noise of the linear relaxation."""


_ONE_AT_A_TIME = Lock()


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what HiGHS writes away from standard output, where a program may be reading JSON.

    HiGHS 1.8 to 1.12 print a line where they repair a solution, whatever their log settings say. It goes through the C
    library's buffer, which is emptied before and after.
    """
    with _ONE_AT_A_TIME:
        library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
        try:
            kept = os.dup(1)
        except OSError:  # standard output is closed: nothing to keep clean
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            library.fflush(None)
            os.dup2(nowhere, 1)
            yield
        finally:
            library.fflush(None)
            os.dup2(kept, 1)
            os.close(nowhere)
            os.close(kept)


class Solver:
    """Answers questions on one selection. A RuntimeError is a fault of the solver and never of the ideas."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._rows, self._bounds = _matrix(selection)
        self._extra = self._rows.shape[1] - len(selection.ids)
        self._ceiling, self._reduced = self._relaxed()

    def best(
        self, must: Collection[int] = (), must_not: Collection[int] = (), floor: int | None = None
    ) -> Chosen | None:
        """A set of the greatest value that has all of `must` and none of `must_not`; None where no set is allowed, or
        none is worth at least `floor`."""
        settled = dict.fromkeys(must, 1) | dict.fromkeys(must_not, 0)
        if floor is not None:
            left = self._ceiling - sum(self._loss(i, value) for i, value in settled.items()) - floor + MARGIN
            if left < 0:
                return None
            for i in self.selection:
                if i not in settled and abs(self._reduced[i]) > left:
                    settled[i] = int(self._reduced[i] > 0)
        refused: list[Chosen] = []
        while True:
            chosen = self._search(settled, refused)
            if chosen is None or (floor is not None and self.selection.value(chosen) < floor):
                return None
            if self.selection.allows(chosen):
                return chosen
            refused.append(chosen)

    def chosen(self, known: Chosen | None = None) -> Chosen | None:
        """The best set. Of several worth the same: at the first id at which two of them differ, the one that has it.

        known  an allowed set, if there is one: makes it quicker, changes nothing
        """
        best = self.best(floor=self.selection.value(known) if known is not None else None)
        if best is None:
            return None
        value = self.selection.value(best)
        must: set[int] = set()
        must_not: set[int] = set()
        for i in self.selection:
            other = best if i in best else self.best({*must, i}, must_not, floor=value)
            if other is None:
                must_not.add(i)
            else:
                best = other
                must.add(i)
        return best

    def _loss(self, i: int, value: int) -> float:
        """What the relaxation's ceiling falls by at least where idea i is in (1) or out (0)."""
        reduced = float(self._reduced[i])
        return max(0.0, reduced) - reduced * value

    def _relaxed(self) -> tuple[float, NDArray[np.float64]]:
        """A ceiling on every value, and reduced costs; by weak duality they hold whatever the solver's precision."""
        from scipy.optimize import linprog

        n, scores = len(self.selection.ids), self._scores()
        if not n or not len(self._bounds):
            return float(np.maximum(scores, 0).sum()), scores[:n]
        found: Any = linprog(-scores, A_ub=self._rows, b_ub=self._bounds, bounds=(0, 1), method="highs")
        dual = np.maximum(0.0, -found.ineqlin.marginals) if found.status == 0 else np.zeros(len(self._bounds))
        reduced = scores - dual @ self._rows
        return float(dual @ self._bounds + np.maximum(reduced, 0).sum()), reduced[:n]

    def _scores(self) -> NDArray[np.float64]:
        return np.array([*self.selection.scores, *([0] * self._extra)], dtype=np.float64)

    def _search(self, settled: dict[int, int], refused: list[Chosen]) -> Chosen | None:
        """HiGHS's best set among what isn't settled, other than those refused; None where there is none."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        n = len(self.selection.ids)
        taken = [i for i, value in settled.items() if value]
        free = [i for i in self.selection if i not in settled]
        columns = [*free, *range(n, n + self._extra)]
        rows, bounds = self._rows, self._bounds
        for gone in refused:
            cut = np.zeros(n + self._extra)
            cut[:n] = [1 if i in gone else -1 for i in range(n)]
            rows, bounds = np.vstack([rows, cut]), np.append(bounds, len(gone) - 1)
        bounds = bounds - rows[:, taken].sum(axis=1)
        if not columns:
            return frozenset(taken) if bool((bounds >= 0).all()) else None
        found: Any
        with _silence():
            found = milp(
                -self._scores()[columns],
                integrality=[1] * len(free) + [0] * self._extra,
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(rows[:, columns], -np.inf, bounds) if len(bounds) else (),
                options={"mip_rel_gap": 0.0},
            )
        if found.status == 2:
            return None
        if found.status != 0:
            raise RuntimeError(f"HiGHS: {found.message}")
        return frozenset(taken) | {i for i, value in zip(free, found.x, strict=False) if value > 0.5}


def _matrix(selection: Selection) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows and bounds of `rows @ x <= bounds`: a column an idea, and one a group where different groups are counted."""
    n = len(selection.ids)
    counted = [(limit, group) for limit in selection.limits for group in sorted(set(limit.groups or ()) - limit.had)]
    rows, bounds = [], []
    for limit in selection.limits:
        row = np.zeros(n + len(counted))
        if limit.groups is None:
            row[:n] = limit.amounts
        for column, (owner, group) in enumerate(counted, n):
            if owner is limit:
                row[column] = 1
                rows.append(_group_row(limit, group, column, n + len(counted)))
                bounds.append(0)
        sign = -1 if limit.sense == "least" else 1
        rows.append(sign * row)
        bounds.append(sign * (limit.bound - limit.used(())))
    matrix = np.array(rows, dtype=np.float64).reshape(len(rows), n + len(counted))
    # HiGHS' tolerances are absolute: a row of SEK is brought to the size of a row of ones.
    size = np.maximum(1.0, np.abs(matrix).max(axis=1, initial=0.0))
    return matrix / size[:, None], np.array(bounds, dtype=np.float64) / size


def _group_row(limit: Limit, group: str, column: int, width: int) -> NDArray[np.float64]:
    """A group counts no more than the chosen ideas in it."""
    row = np.zeros(width)
    row[column] = 1
    for i, own in enumerate(limit.groups or ()):
        if own == group:
            row[i] = -1
    return row
