"""What somebody can work out who has all that is shown, and knows how it adds up."""

from __future__ import annotations

from typing import Any

from aimaturity.programme.status.counting import HOURS
from aimaturity.programme.status.sums import Sums

SMALLEST = 3
"""A group smaller than this is shown to nobody but the hub; and how closely one may be told at most."""
NEAR = 1e-6


class Attack:
    """Linear programming over the sums. It knows that a zero isn't withheld, so that a count that is withheld is at
    least 1.

    may_be_zero  withheld counts among which zeros are withheld too
    found        name -> the least and greatest value in any solution so far. Withholding more leaves all solutions
                 possible, so they are never too wide.
    """

    def __init__(self, sums: Sums) -> None:
        self.sums = sums
        self.rows = [*sums.equal, *sums.at_least]
        self.of: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            for name in row:
                self.of.setdefault(name, []).append(number)
        self.may_be_zero: set[str] = set()
        self.found: dict[str, tuple[float, float]] = {}

    def is_equal(self, row: int) -> bool:
        """Whether a row is exactly 0, not at least."""
        return row < len(self.sums.equal)

    def width(self, id: str) -> float:
        """The range that a small number must have."""
        return max(SMALLEST, self.sums.values[id]) if id.startswith(HOURS) else SMALLEST

    def least(self, name: str) -> float:
        """What an unknown number is at least."""
        zero = name in self.sums.hidden or name in self.may_be_zero or name.startswith(HOURS)
        return 0.0 if zero else 1.0

    def limits_of(self, id: str) -> int:
        """By how many others it is known to be no greater than."""
        return sum(not self.is_equal(n) and self.rows[n][id] < 0 for n in self.of.get(id, ()))

    def leaves_open(self, id: str, withheld: set[str]) -> bool:
        """Whether the number can't be told closer than is allowed."""
        width, value = self.width(id), self.sums.values[id]
        unknown = withheld | self.sums.hidden
        rows = self.of.get(id, ())
        if any(self.is_equal(n) and sum(name in unknown for name in self.rows[n]) == 1 for n in rows):
            return False
        if not rows:
            return True
        if self._wide(id) >= width - NEAR:
            return True
        program = self._program(id, unknown)
        self._solve(program, id, -1.0, value + width)
        if self._wide(id) >= width - NEAR:
            return True
        if self.found[id][1] - self.least(id) < width - NEAR:
            return False
        self._solve(program, id, 1.0, value + width)
        return self._wide(id) >= width - NEAR

    def _wide(self, id: str) -> float:
        low, high = self.found.get(id, (self.sums.values[id],) * 2)
        return high - low

    def _solve(self, program: dict[str, Any], id: str, sign: float, most: float) -> None:
        """Remembers a solution with the number at its least (sign 1) or greatest (-1), but no more than `most`."""
        import numpy as np
        from scipy.optimize import linprog

        names = program["names"]
        place = names.index(id)
        aim = np.zeros(len(names))
        aim[place] = sign
        bounds = [(self.least(name), most if name == id else None) for name in names]
        done = linprog(aim, bounds=bounds, method="highs", **program["limits"])
        solution = done.x if done.status == 0 else [self.sums.values[name] for name in names]
        for name, value in zip(names, solution, strict=True):
            low, high = self.found.get(name, (self.sums.values[name],) * 2)
            self.found[name] = min(low, float(value)), max(high, float(value))

    def _program(self, id: str, unknown: set[str]) -> dict[str, Any]:
        """The unknown numbers that hang together with this one, and what limits them."""
        from scipy.sparse import csr_array

        names, numbers = self._component(id, unknown)
        place = {name: n for n, name in enumerate(names)}
        limits: dict[str, Any] = {}
        for ending, sign, rows in (
            ("eq", 1.0, [n for n in numbers if self.is_equal(n)]),
            ("ub", -1.0, [n for n in numbers if not self.is_equal(n)]),
        ):
            entries: list[tuple[float, int, int]] = []
            right = [0.0] * len(rows)
            for line, number in enumerate(rows):
                for name, factor in self.rows[number].items():
                    if name in place:
                        entries.append((sign * factor, line, place[name]))
                    else:
                        right[line] -= sign * factor * self.sums.values[name]
            if rows:
                data, across, down = zip(*entries, strict=True)
                limits[f"A_{ending}"] = csr_array((data, (across, down)), shape=(len(rows), len(names)))
                limits[f"b_{ending}"] = right
        return {"names": names, "limits": limits}

    def _component(self, id: str, unknown: set[str]) -> tuple[list[str], list[int]]:
        names, numbers, waiting = {id}, set[int](), [id]
        while waiting:
            for number in self.of.get(waiting.pop(), ()):
                if number not in numbers:
                    numbers.add(number)
                    new = {name for name in self.rows[number] if name in unknown} - names
                    names |= new
                    waiting += sorted(new)
        return sorted(names), sorted(numbers)
