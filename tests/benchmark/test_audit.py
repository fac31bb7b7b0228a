"""The audit finds exactly the combinations of groups that single out too few."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.benchmark.audit import Audit


def group(text: str) -> frozenset[str]:
    return frozenset(text)


def singles_out(groups: list[frozenset[str]], apart: int) -> bool:
    """By trying all: whether some combination of the groups is not zero, and zero outside fewer than `apart` entries.

    It is, if leaving these entries' columns out lowers the rank of the groups' matrix.
    """
    entries = sorted(set().union(*groups))
    matrix = np.array([[entry in each for entry in entries] for each in groups], float)
    rank = np.linalg.matrix_rank(matrix)
    return any(
        np.linalg.matrix_rank(np.delete(matrix, few, axis=1)) < rank
        for few in combinations(range(len(entries)), min(apart - 1, len(entries)))
    )


@pytest.mark.parametrize(
    ("shown", "new", "allowed"),
    [
        # A part of a whole: the rest must be five.
        (["abcdefghij"], "abcde", True),
        (["abcdefghij"], "abcdef", False),
        # One more company than last time.
        (["abcdef"], "abcdefg", False),
        (["abcdef"], "abcdefghijk", True),
        # As many joined as left: two of each make four.
        (["abcdefgh"], "abcdefij", False),
        # The whole and one half were shown; the other half less one is one company by subtraction.
        (["abcdefghijkl", "abcdef"], "ghijk", False),
        (["abcdefghijkl", "abcdef"], "ghijkl", True),
        # Three parts of a whole leave two, though any two leave more.
        (["abcdefghijklmnopq", "abcde", "fghij"], "klmno", False),
        (["abcdefghijklmnopq", "abcde"], "fghij", True),
        # Grew by five in the whole and by four in a part: the fifth is a single company elsewhere.
        (["abcdefghijklmno", "abcde", "abcdefghijklmnopqrst"], "abcdepqrs", False),
        (["abcdefghijklmno", "abcde", "abcdefghijklmnopqrst"], "abcdepqrst", True),
    ],
)
def test_worked_cases(shown: list[str], new: str, allowed: bool) -> None:
    audit = Audit([group(each) for each in shown], 5)
    assert audit.allows(group(new)) is allowed
    assert singles_out([*map(group, shown), group(new)], 5) is not allowed


@settings(deadline=None, max_examples=150)
@given(
    some=st.lists(st.sets(st.integers(0, 12), min_size=4), min_size=1, max_size=7),
    apart=st.sampled_from([4, 5]),
)
def test_it_agrees_with_trying_every_combination(some: list[set[int]], apart: int) -> None:
    audit, kept = Audit([], apart), list[frozenset[str]]()
    for numbers in some:
        new = frozenset(map(str, numbers))
        allowed = len(new) >= apart and audit.allows(new)
        assert allowed is not singles_out([*kept, new], apart)
        if allowed:
            audit.add(new)
            kept.append(new)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_it_agrees_on_tables_with_margins(data: st.DataObject) -> None:
    """Rows, columns and cells of a table of up to 16 companies, the margins first."""
    cells = data.draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=16))
    named = {str(index): cell for index, cell in enumerate(cells)}
    groups = [frozenset(named)]
    for axis in (0, 1):
        groups += [frozenset(e for e, cell in named.items() if cell[axis] == value) for value in range(3)]
    groups += [
        frozenset(e for e, cell in named.items() if cell == (row, column)) for row in range(3) for column in range(3)
    ]
    audit, kept = Audit([], 5), list[frozenset[str]]()
    for new in groups:
        if len(new) >= 5:
            allowed = audit.allows(new)
            assert allowed is not singles_out([*kept, new], 5)
            if allowed:
                audit.add(new)
                kept.append(new)


def test_what_was_shown_before_may_be_shown_again() -> None:
    assert Audit([group("abcde")], 5).allows(group("abcde"))
