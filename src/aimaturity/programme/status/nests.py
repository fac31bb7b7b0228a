"""Which promises' companies are among those of another, by the rules in the programme file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import AssessedPromise, ReachedPromise
from aimaturity.programme.status.counting import PROFILE, TOTAL, measure_of

ALWAYS = frozenset({TOTAL, *PROFILE})


@dataclass(frozen=True)
class Nest:
    """Every company of a promise is one of another's.

    narrow, wide  their measures
    dimensions    those in whose rows it holds too; "" is the whole, until what came to each month's end
    """

    narrow: str
    wide: str
    dimensions: frozenset[str]


def nests(programme: Programme) -> Iterator[Nest]:
    """All of them; two promises that count alike are among each other."""
    for narrow in programme.promises:
        for wide in programme.promises:
            if narrow is wide:
                continue
            more = _also(programme, narrow, wide)
            if more is not None:
                yield Nest(measure_of(narrow.id), measure_of(wide.id), ALWAYS | more)


def _also(programme: Programme, narrow: object, wide: object) -> frozenset[str] | None:
    """The dimensions in which the one is among the other apart from those of a company; None where it isn't."""
    if isinstance(narrow, ReachedPromise) and isinstance(wide, ReachedPromise):
        return frozenset({"until", "partner"}) if _fewer_ways(programme, narrow, wide) else None
    if not isinstance(narrow, AssessedPromise):
        return None
    through = _among(programme, narrow)
    if isinstance(wide, ReachedPromise):
        at_once = set(narrow.assessments) <= set(wide.assessments)  # the assessment itself reaches
        same = through is not None and through.id == wide.id
        by_way = through is not None and _fewer_ways(programme, through, wide)
        if not (at_once or by_way):
            return None
        return frozenset([*["until"] * at_once, *["partner"] * by_way, *["first_partner"] * same])
    if isinstance(wide, AssessedPromise):
        if not set(narrow.assessments) <= set(wide.assessments) or narrow.scored_areas < wide.scored_areas:
            return None
        over = _among(programme, wide)
        if over is None:
            return frozenset({"until"})
        if through is None or not _fewer_ways(programme, through, over):
            return None
        return frozenset(["until", "partner", *["first_partner"] * (through.id == over.id)])
    return None


def _among(programme: Programme, promise: AssessedPromise) -> ReachedPromise | None:
    found = programme.promise(promise.among) if promise.among is not None else None
    return found if isinstance(found, ReachedPromise) else None


def _fewer_ways(programme: Programme, narrow: ReachedPromise, wide: ReachedPromise) -> bool:
    """Whether whatever makes a company reached by the one does so by the other."""
    kinds = {kind.id for kind in programme.activities_of(narrow)} <= {k.id for k in programme.activities_of(wide)}
    return kinds and set(narrow.assessments) <= set(wide.assessments)
