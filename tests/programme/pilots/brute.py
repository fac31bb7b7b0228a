"""The same questions answered by trying every subset: independent of any solver."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import strategies as st

from aimaturity.programme.pilots.selection import Limit, Selection

Subset = frozenset[int]


def allowed(selection: Selection) -> list[Subset]:
    """Every allowed subset, each limit worked out here anew."""
    found = []
    for flags in product((0, 1), repeat=len(selection.ids)):
        chosen = [i for i, flag in enumerate(flags) if flag]
        if all(holds(limit, chosen) for limit in selection.limits):
            found.append(frozenset(chosen))
    return found


def holds(limit: Limit, chosen: list[int]) -> bool:
    groups = limit.groups
    used = limit.before
    if groups is None:
        used += sum(limit.amounts[i] for i in chosen)
    else:
        used += len({*limit.had, *(groups[i] for i in chosen)})
    return used <= limit.bound if limit.sense == "most" else used >= limit.bound


def best(selection: Selection, must: Subset = frozenset(), must_not: Subset = frozenset()) -> Subset | None:
    """The best subset; of several, the one that has the first id at which they differ."""
    fit = [s for s in allowed(selection) if must <= s and not (must_not & s)]
    return max(fit, key=lambda s: (value(selection, s), [i in s for i in range(len(selection.ids))]), default=None)


def value(selection: Selection, chosen: Subset) -> int:
    return sum(selection.scores[i] for i in chosen)


def without(selection: Selection, name: str) -> Selection:
    kept = tuple(limit for limit in selection.limits if limit.id != name)
    return Selection(selection.ids, selection.scores, kept)


def clash_is_irreducible(selection: Selection, names: tuple[str, ...], must: Subset = frozenset()) -> bool:
    """No subset meets all of these limits; some subset meets all but any one."""

    def possible(kept: tuple[str, ...]) -> bool:
        limits = tuple(limit for limit in selection.limits if limit.id in kept)
        return best(Selection(selection.ids, selection.scores, limits), must) is not None

    return not possible(names) and all(possible(kept) for kept in combinations(names, len(names) - 1))


@st.composite
def selections(draw: st.DrawFn, most: int = 7) -> Selection:
    """Small ones of every kind of limit; scores tie often, and fall below zero."""
    n = draw(st.integers(1, most))
    ids = tuple(f"idea_{chr(97 + i)}" for i in range(n))
    scores = draw(st.lists(st.integers(-3, 12), min_size=n, max_size=n))
    costs = draw(st.lists(st.integers(0, 400_000), min_size=n, max_size=n))
    counties = draw(st.lists(st.sampled_from(("10", "12")), min_size=n, max_size=n))
    sectors = draw(st.lists(st.sampled_from(("food", "industry", "media")), min_size=n, max_size=n))
    before = draw(st.integers(0, 2))  # pilots decided on already
    limits = [Limit("at_least", "least", draw(st.integers(1, 4)), (1,) * n, before=before)]
    if draw(st.booleans()):
        limits.append(Limit("at_most", "most", draw(st.integers(2, 5)), (1,) * n, before=before))
    if draw(st.booleans()):
        spent = 90_000 * before
        limits.append(Limit("budget", "most", draw(st.integers(0, 1_200_000)), tuple(costs), before=spent))
    if draw(st.booleans()):
        in_blekinge = tuple(int(county == "10") for county in counties)
        limits.append(Limit("blekinge.at_least", "least", draw(st.integers(1, 2)), in_blekinge))
    if draw(st.booleans()):
        cap = draw(st.integers(1, 2))
        limits += [
            Limit(f"sectors.at_most.{one}", "most", cap, tuple(int(sector == one) for sector in sectors))
            for one in sorted(set(sectors))
        ]
    if draw(st.booleans()):
        had = frozenset(("food", "care")[:before])
        limits.append(Limit("sectors.different", "least", draw(st.integers(2, 3)), groups=tuple(sectors), had=had))
    return Selection(ids, tuple(scores), tuple(limits))
