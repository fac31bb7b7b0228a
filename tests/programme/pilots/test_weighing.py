"""Every reason is true: each is checked by trying all subsets."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from aimaturity.programme.pilots.clash import clashing, relaxations
from aimaturity.programme.pilots.selection import Limit, Selection
from aimaturity.programme.pilots.solve import Solver
from aimaturity.programme.pilots.weighing import standings
from tests.programme.pilots import brute

FEW = settings(max_examples=40, deadline=None)


@FEW
@given(selection=brute.selections(6))
def test_how_an_idea_stands_is_what_trying_all_subsets_says(selection: Selection) -> None:
    chosen = brute.best(selection)
    if chosen is None:
        return
    top = brute.value(selection, chosen)
    without = {limit.id: brute.best(brute.without(selection, limit.id)) for limit in selection.limits}
    for i, standing in enumerate(standings(Solver(selection), chosen)):
        inside = i in chosen
        one = frozenset({i})
        assert standing.chosen == inside
        turned = {name for name, other in without.items() if other is not None and (i in other) != inside}
        assert set(standing.turned_by) == turned
        other = brute.best(selection, must_not=one) if inside else brute.best(selection, must=one)
        assert standing.loss == (None if other is None else top - brute.value(selection, other))
        beside = not inside and chosen | one in brute.allowed(selection)
        assert standing.beside == (beside and standing.loss == -selection.scores[i])
        if not inside:
            _outside_is_true(selection, chosen, i)


def test_an_idea_that_fits_beside_the_chosen_is_told_by_the_cheapest_set_that_has_it() -> None:
    """Two foods are worth the same below 0; one is needed for a third group, and the other could as well be."""
    ids, groups = ("idea_a", "idea_b", "idea_c", "idea_d"), ("industry", "media", "food", "food")
    selection = Selection(ids, (0, 0, -1, -1), (Limit("different", "least", 3, (), groups),))
    chosen = brute.best(selection)
    assert chosen == frozenset({0, 1, 2})
    last = standings(Solver(selection), chosen)[3]
    assert (last.loss, last.beside, last.exchange) == (0, False, (2, 0))


def _outside_is_true(selection: Selection, chosen: brute.Subset, i: int) -> None:
    standing = standings(Solver(selection), chosen)[i]
    fit = set(brute.allowed(selection))
    if standing.clash:
        assert brute.clash_is_irreducible(selection, standing.clash, frozenset({i}))
        for name in standing.clash:
            freed = brute.best(brute.without(selection, name), must=frozenset({i})) is not None
            assert freed == (name in standing.freed_by)
    swaps = {j: selection.scores[j] - selection.scores[i] for j in chosen if (chosen - {j}) | {i} in fit}
    if standing.beside or not swaps:
        assert standing.exchange is None
    else:
        assert standing.exchange == min(((j, loss) for j, loss in swaps.items()), key=lambda one: (one[1], one[0]))


@FEW
@given(selection=brute.selections(6))
def test_limits_that_clash_do_and_none_of_them_can_be_spared(selection: Selection) -> None:
    if brute.best(selection) is None:
        assert brute.clash_is_irreducible(selection, clashing(selection))


@FEW
@given(selection=brute.selections(6))
def test_each_relief_is_enough_and_no_lesser_one_is(selection: Selection) -> None:
    if brute.best(selection) is not None:
        return
    found = relaxations(selection)
    assert found
    by_id = {limit.id: limit for limit in selection.limits}
    for relief in found:
        assert brute.best(_bounded(selection, dict(relief.bounds))) is not None
        for name, bound in relief.bounds.items():
            limit = by_id[name]
            assert bound < limit.bound if limit.sense == "least" else bound > limit.bound
            step = 1 if limit.sense == "least" else -1
            assert brute.best(_bounded(selection, {**relief.bounds, name: bound + step})) is None
    alone = [limit.id for limit in selection.limits if brute.best(brute.without(selection, limit.id)) is not None]
    if alone:
        assert sorted(next(iter(relief.bounds)) for relief in found) == sorted(alone)
    assert len({len(relief.bounds) for relief in found}) == 1


def _bounded(selection: Selection, bounds: dict[str, int]) -> Selection:
    return replace(selection, limits=tuple(replace(x, bound=bounds.get(x.id, x.bound)) for x in selection.limits))


def test_two_limits_give_way_together_where_neither_is_enough_alone() -> None:
    """By hand: three are wanted of which two in Blekinge; there are two ideas, one of them in Blekinge."""
    limits = (Limit("at_least", "least", 3, (1, 1)), Limit("blekinge.at_least", "least", 2, (1, 0)))
    selection = Selection(("a", "b"), (5, 5), limits)
    assert [dict(relief.bounds) for relief in relaxations(selection)] == [{"at_least": 2, "blekinge.at_least": 1}]
    assert len(clashing(selection)) == 1
