"""Why each idea is in the proposal or not, found by asking again: without a limit, with the idea, without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aimaturity.programme.pilots.clash import clashing, possible
from aimaturity.programme.pilots.selection import Chosen, Selection
from aimaturity.programme.pilots.solve import Solver


@dataclass(frozen=True, slots=True)
class Standing:
    """How one idea stands in the best set, or outside it. Values are in hundredths of a point.

    chosen      whether it is in it
    turned_by   limits each of which, taken away, alone turns this: the idea comes in, or falls out
    loss        what the best sum falls by at least if it is turned (0: a tie, settled by id); None where it can't be
    clash       where it can't come in: limits that clash with it, none of which can be spared
    freed_by    of those, the limits each of which, taken away alone, makes room for it
    exchange    the chosen idea whose place it could take at the least loss, and that loss; None where no single one
                would do
    beside      outside, though it would fit in beside all chosen ones, and no other set with it is worth more: its
                score is below 0
    """

    chosen: bool
    turned_by: tuple[str, ...]
    loss: int | None
    clash: tuple[str, ...] = ()
    freed_by: tuple[str, ...] = ()
    exchange: tuple[int, int] | None = None
    beside: bool = False


def standings(solver: Solver, chosen: Chosen) -> tuple[Standing, ...]:
    """The standing of every idea of a selection whose best set is `chosen`."""
    selection = solver.selection
    without = {limit.id: _best(selection.without(limit.id), chosen) for limit in selection.limits}
    return tuple(
        _inside(solver, chosen, i, _turned(without, i, True))
        if i in chosen
        else _outside(solver, chosen, i, _turned(without, i, False))
        for i in selection
    )


def _turned(without: Mapping[str, Chosen], i: int, inside: bool) -> tuple[str, ...]:
    return tuple(name for name, other in without.items() if (i in other) != inside)


def _inside(solver: Solver, chosen: Chosen, i: int, turned: tuple[str, ...]) -> Standing:
    selection = solver.selection
    other = solver.best(must_not=[i], floor=_swap_floor(selection, chosen, i))
    loss = selection.value(chosen) - selection.value(other) if other is not None else None
    return Standing(True, turned, loss)


def _outside(solver: Solver, chosen: Chosen, i: int, turned: tuple[str, ...]) -> Standing:
    selection = solver.selection
    best = selection.value(chosen)
    exchange = _exchange(selection, chosen, i)
    floors = [best - exchange[1]] if exchange is not None else []
    fits = selection.allows(chosen | {i})
    floors += [best + selection.scores[i]] if fits else []
    other = solver.best(must=[i], floor=max(floors, default=None))
    if fits and other is not None and selection.value(other) == best + selection.scores[i]:
        return Standing(False, turned, -selection.scores[i], beside=True)
    if other is not None:
        return Standing(False, turned, best - selection.value(other), exchange=exchange)
    clash = clashing(selection, [i])
    freed = tuple(name for name in clash if possible(selection.without(name), [i]))
    return Standing(False, turned, None, clash, freed)


def _best(selection: Selection, known: Chosen) -> Chosen:
    found = Solver(selection).chosen(known)
    if found is None:
        raise RuntimeError("fewer limits allow no set, though more do")
    return found


def _exchange(selection: Selection, chosen: Chosen, i: int) -> tuple[int, int] | None:
    """The chosen idea whose place idea i could take, at the least loss; of equal ones, the first by id."""
    possible = [(selection.scores[j] - selection.scores[i], j) for j in sorted(chosen)]
    fits = [(loss, j) for loss, j in possible if selection.allows((chosen - {j}) | {i})]
    return (min(fits)[1], min(fits)[0]) if fits else None


def _swap_floor(selection: Selection, chosen: Chosen, i: int) -> int | None:
    """The value of some allowed set without idea i, near the best one; None where none is near."""
    rest = chosen - {i}
    near = [rest] if selection.allows(rest) else []
    near += [rest | {j} for j in selection if j not in chosen and selection.allows(rest | {j})]
    return max((selection.value(other) for other in near), default=None)
