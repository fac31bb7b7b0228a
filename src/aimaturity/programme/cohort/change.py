"""The change from one occasion to a later one: the same companies, by the same method, as paired differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from aimaturity.documents.cohort import ChangeFigures, NodeChange
from aimaturity.programme.cohort.choosing import Chosen
from aimaturity.programme.cohort.statistics import (
    DECIMALS,
    LEAST_PAIRS,
    interval_of_mean,
    interval_of_median,
    mean,
    median,
)
from aimaturity.programme.cohort.taking import Catalogue, NodeTaken, Taken

OCCASIONS = ("T0", "T1", "T2")
Nodes = Mapping[str, NodeTaken]
Pair = tuple[Nodes, Nodes]


def changes(catalogue: Catalogue, chosen: Chosen) -> list[ChangeFigures]:
    """T0 to T1, T0 to T2, T1 to T2: each where some company has both, or had the first by another method."""
    found = (_change(catalogue, chosen, early, late) for early, late in combinations(OCCASIONS, 2))
    return [change for change in found if change.pairs or change.other_method]


def _change(catalogue: Catalogue, chosen: Chosen, early: str, late: str) -> ChangeFigures:
    pairs: list[Pair] = []
    other = 0
    for company, results in sorted(chosen.history.items()):
        if late not in results:
            continue
        before = _before(results, early, late)
        if before is not None:
            pairs.append((before, results[late].nodes))
        elif early in chosen.others.get(company, ()):
            other += 1
    levels = list(_levels(pairs, catalogue.sample.level_node))
    return ChangeFigures(
        from_=early,
        to=late,
        pairs=len(pairs),
        other_method=other,
        nodes=[_node(area, pairs) for area in catalogue.sample.areas],
        level_up=levels.count(1),
        level_down=levels.count(-1),
        level_same=levels.count(0),
        level_unknown=levels.count(None),
    )


def _before(results: Mapping[str, Taken], early: str, late: str) -> Nodes | None:
    """The earlier result: its own document, else what the later one says of it by today's method."""
    if early in results:
        return results[early].nodes
    said = results[late].before
    return said.nodes if said is not None and said.occasion == early else None


def _levels(pairs: Sequence[Pair], root: str) -> Iterator[int | None]:
    """Whether each company's overall level went up, down or neither; None where one of them isn't certain."""
    for before, after in pairs:
        then, now = (nodes[root].level if root in nodes else None for nodes in (before, after))
        yield None if then is None or now is None else (now > then) - (now < then)


def _node(area: str, pairs: Sequence[Pair]) -> NodeChange:
    both = [(before[area], after[area]) for before, after in pairs if area in before and area in after]
    scored = [(then, now) for then, now in both if then.score is not None and now.score is not None]
    differences = [difference(then, now) for then, now in scored]
    sides = [_side(then, now) for then, now in scored]
    middle, centre = interval_of_median(differences), interval_of_mean(differences)
    return NodeChange(
        id=area,
        pairs=len(differences),
        median=median(differences) if differences else None,
        median_low=middle[0] if middle else None,
        median_high=middle[1] if middle else None,
        mean=mean(differences) if differences else None,
        mean_low=centre[0] if centre else None,
        mean_high=centre[1] if centre else None,
        no_interval="too_few_pairs" if len(differences) < LEAST_PAIRS else None,
        rose=sides.count("rose"),
        fell=sides.count("fell"),
        unsure=sides.count("unsure"),
        same=sides.count("same"),
    )


def difference(then: NodeTaken, now: NodeTaken) -> float:
    """Now less then, to the decimals in which scores are compared."""
    return round((now.score or 0.0) - (then.score or 0.0), DECIMALS)


def _side(then: NodeTaken, now: NodeTaken) -> str:
    """Whether it rose or fell beyond what missing answers can explain: the bounds, then and now, don't touch."""
    low, high = _bounds(then)
    low_now, high_now = _bounds(now)
    if low_now > high:
        return "rose"
    if high_now < low:
        return "fell"
    return "same" if difference(then, now) == 0 else "unsure"


def _bounds(one: NodeTaken) -> tuple[float, float]:
    score = one.score or 0.0
    low, high = (score if bound is None else bound for bound in (one.low, one.high))
    return round(low, DECIMALS), round(high, DECIMALS)
