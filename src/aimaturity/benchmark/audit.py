"""Whether published groups, added and subtracted in any way, single out too few companies.

The attacker is taken to know, of every group ever shown, not just its quartiles and a band but all that is additive
about it: its exact size, and how many of its companies lie in each class. What follows from that by adding and
subtracting is the linear span of the groups' indicator vectors (auditing of sum queries: Chin and Özsoyoğlu, IEEE
Transactions on Software Engineering 8(6), 1982). The audit refuses a group if the span with it would hold a vector,
other than zero, that involves fewer than `apart` companies. That one rule is both the complementary suppression inside
a table (a margin less its shown parts is such a vector) and the guard against differencing over successive ones (so is
today's group less last year's).

The test is exact but for chance: it calculates modulo a prime, after a projection on few coordinates with fixed
pseudo-random coefficients. Both can only make vectors more dependent, so a mistake (about one in 10 000 audits)
withholds a group that could have been shown.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

PRIME = 2**31 - 1
MOST_ATOMS = 120
"""With more small atoms than this the search would take minutes: the group is withheld."""

Integers = npt.NDArray[np.int64]


class Audit:
    """The groups shown so far, as sets of entries (a company with its class), and what may be added to them."""

    def __init__(self, shown: Iterable[frozenset[str]], apart: int) -> None:
        self.apart = apart
        self.shown = list(dict.fromkeys(shown))

    def allows(self, group: frozenset[str]) -> bool:
        """Whether no combination of this group and all those before involves fewer than `apart` entries, given that
        no combination of those before does."""
        if group in self.shown:
            return True
        if any(len(group ^ other) < self.apart for other in self.shown):
            return False
        matrix, sizes = _atoms([*self.shown, group])
        residual = _residuals(matrix[:-1])
        new = (residual * matrix[-1][:, None] % PRIME).sum(axis=0) % PRIME if residual.size else np.zeros(1, np.int64)
        if not new.any():
            return True  # it is itself a combination of earlier ones: it tells nothing more
        small = np.flatnonzero(sizes < self.apart)
        if len(small) > MOST_ATOMS:
            return False
        mixed = _mix(np.vstack([new[None, :], residual[small]]), self.apart)
        # What is left when the new group's direction is taken out: dependence there is dependence together with it.
        left = (mixed[1:, 1:] - mixed[1:, :1] * _inverse(mixed[:1, :1]) % PRIME * mixed[:1, 1:]) % PRIME
        return not _dependent(left, sizes[small], self.apart - 1)

    def add(self, group: frozenset[str]) -> None:
        if group not in self.shown:
            self.shown.append(group)


def _atoms(groups: list[frozenset[str]]) -> tuple[Integers, Integers]:
    """Entries that lie in the same groups are one atom: (groups, atoms) of 0 and 1, and the atoms' sizes."""
    signatures: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        for entry in group:
            signatures.setdefault(entry, []).append(index)
    counted: dict[tuple[int, ...], int] = {}
    for signature in signatures.values():
        key = tuple(signature)
        counted[key] = counted.get(key, 0) + 1
    atoms = sorted(counted)
    matrix = np.zeros((len(groups), len(atoms)), np.int64)
    for column, signature_ in enumerate(atoms):
        matrix[list(signature_), column] = 1
    return matrix, np.array([counted[atom] for atom in atoms], np.int64)


def _residuals(matrix: Integers) -> Integers:
    """(atoms, atoms - rank): what each atom's unit vector is, modulo the rows' span. A combination of atoms lies in the
    span exactly if its residuals add up to 0. Gauss-Jordan elimination modulo PRIME."""
    rows, columns = matrix.copy(), matrix.shape[1]
    pivots: list[int] = []
    for column in range(columns):
        row = len(pivots)
        candidates = np.flatnonzero(rows[row:, column])
        if not len(candidates):
            continue
        chosen = row + int(candidates[0])
        rows[[row, chosen]] = rows[[chosen, row]]
        rows[row] = rows[row] * _inverse(rows[row, column]) % PRIME
        factors = rows[:, column].copy()
        factors[row] = 0
        rows = (rows - factors[:, None] * rows[row][None, :] % PRIME) % PRIME
        pivots.append(column)
    free = [column for column in range(columns) if column not in pivots]
    found = np.zeros((columns, len(free)), np.int64)
    found[free, np.arange(len(free))] = 1
    found[pivots] = -rows[: len(pivots), free] % PRIME
    return found


def _mix(vectors: Integers, dimensions: int) -> Integers:
    """The vectors on `dimensions` coordinates, each a pseudo-random combination of the old ones: independent ones stay
    so, and none but 0 has a coordinate 0, but for chance of about 1 in PRIME."""
    coefficients = np.random.default_rng(20_261_125).integers(1, PRIME, (vectors.shape[1], dimensions), np.int64)
    return np.stack([(vectors * column % PRIME).sum(axis=1) % PRIME for column in coefficients.T], axis=1)


def _inverse(numbers: Integers | np.int64) -> Integers:
    """Inverses modulo PRIME (Fermat), 0 for 0."""
    result, power, exponent = np.ones_like(numbers), np.asarray(numbers), PRIME - 2
    while exponent:
        if exponent & 1:
            result = result * power % PRIME
        power = power * power % PRIME
        exponent >>= 1
    return np.asarray(result)


def _dependent(vectors: Integers, sizes: Integers, budget: int) -> bool:
    """Whether some vectors whose sizes add up to no more than `budget` are linearly dependent."""
    kept = sizes <= budget
    vectors, sizes = vectors[kept], sizes[kept]
    if not len(vectors):
        return False
    if (vectors[:, 0] == 0).any():
        return True  # the vector is 0
    if budget < 2:
        return False
    # Of the same direction: the same quotient of coordinates.
    lines = vectors[:, 1:] * _inverse(vectors[:, :1]) % PRIME
    order = np.lexsort((sizes, lines[:, 0]))
    same = lines[order[1:], 0] == lines[order[:-1], 0]
    if (same & (sizes[order[1:]] + sizes[order[:-1]] <= budget)).any():
        return True
    if budget == 3:
        single = lines[sizes == 1]
        return len(single) >= 3 and _three_in_a_plane(single)
    return budget > 3 and any(
        _dependent((lines[first + 1 :] - lines[first]) % PRIME, sizes[first + 1 :], budget - int(sizes[first]))
        for first in range(len(lines))
    )


def _three_in_a_plane(lines: Integers) -> bool:
    """Whether three of the vectors (each with a first coordinate of 1, left out), no two of one direction, are
    dependent: seen from one, two others after it lie in the same direction."""
    seen = (lines[None, :, :2] - lines[:, None, :2]) % PRIME
    slopes = seen[..., 1] * _inverse(seen[..., 0]) % PRIME
    before = np.tril_indices(len(lines))
    slopes[before] = -1 - before[1]  # no two alike
    slopes.sort(axis=1)
    return bool((slopes[:, 1:] == slopes[:, :-1]).any())
