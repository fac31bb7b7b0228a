"""The solver gives what trying every subset gives, and nothing on standard output."""

from __future__ import annotations

import json
import random
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.programme.pilots.selection import Limit, Selection
from aimaturity.programme.pilots.solve import Solver
from tests.programme.pilots import brute

FEW = settings(max_examples=60, deadline=None)


@FEW
@given(selection=brute.selections())
def test_the_best_set_is_the_one_that_trying_all_subsets_gives(selection: Selection) -> None:
    assert Solver(selection).chosen() == brute.best(selection)


@FEW
@given(selection=brute.selections(), data=st.data())
def test_a_known_set_changes_no_answer(selection: Selection, data: st.DataObject) -> None:
    fit = brute.allowed(selection)
    if fit:
        known = data.draw(st.sampled_from(fit))
        assert Solver(selection).chosen(known) == brute.best(selection)


@FEW
@given(selection=brute.selections(), data=st.data())
def test_ideas_can_be_asked_for_and_a_floor_set(selection: Selection, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(selection.ids) - 1))
    floor = data.draw(st.one_of(st.none(), st.integers(-5, 40)))
    for must, must_not in ((frozenset({i}), frozenset()), (frozenset(), frozenset({i}))):
        expected = brute.best(selection, must, must_not)
        found = Solver(selection).best(must, must_not, floor)
        if expected is None or (floor is not None and brute.value(selection, expected) < floor):
            assert found is None
        else:
            assert found is not None
            assert found in brute.allowed(selection)
            assert (must <= found, must_not & found) == (True, frozenset())
            assert brute.value(selection, found) == brute.value(selection, expected)


def test_no_ideas_at_all_meet_only_limits_that_ask_for_none() -> None:
    nothing = Selection((), (), (Limit("budget", "most", 5, ()),))
    assert Solver(nothing).chosen() == frozenset()
    assert Solver(Selection((), (), (Limit("at_least", "least", 1, ()),))).chosen() is None


def test_a_krona_too_much_is_too_much() -> None:
    """Within the solver's tolerance, and still over the budget."""
    costs = (333_333_333, 333_333_333, 333_333_335)
    selection = Selection(("a", "b", "c"), (1, 1, 1), (Limit("budget", "most", 1_000_000_000, costs),))
    assert Solver(selection).chosen() == frozenset({0, 1})


def large(seed: int, n: int = 200) -> Selection:
    rng = random.Random(seed)
    scores = tuple(rng.randrange(1000, 9000) for _ in range(n))
    costs = tuple(rng.randrange(50_000, 400_000) for _ in range(n))
    sectors = tuple(str(rng.randrange(10)) for _ in range(n))
    counties = [rng.randrange(2) for _ in range(n)]
    caps = [Limit(f"s.at_most.{k}", "most", 4, tuple(int(s == str(k)) for s in sectors)) for k in range(10)]
    limits = (
        Limit("at_least", "least", 10, (1,) * n),
        Limit("budget", "most", 3_000_000, costs),
        Limit("county", "least", 5, tuple(counties)),
        *caps,
        Limit("different", "least", 4, groups=sectors),
    )
    return Selection(tuple(f"i{i:03}" for i in range(n)), scores, limits)


LARGE = """
from aimaturity.programme.pilots.solve import Solver
from tests.programme.pilots.test_solve import large
solver = Solver(large(1))
chosen = solver.chosen()
for i in range(0, 200, 4):
    solver.best([i])
print(sorted(chosen))
"""


def test_nothing_but_the_answer_comes_to_standard_output() -> None:
    """HiGHS prints a line of its own where it repairs a solution, as it does in this case."""
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    assert json.loads(done.stdout) == sorted(Solver(large(1)).chosen() or ())


def test_the_order_of_limits_and_of_ideas_in_memory_changes_nothing() -> None:
    selection = large(2, 60)
    turned = Selection(selection.ids, selection.scores, tuple(reversed(selection.limits)))
    assert Solver(turned).chosen() == Solver(selection).chosen()
