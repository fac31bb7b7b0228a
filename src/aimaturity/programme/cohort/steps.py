"""Recommendations, by how many companies would gain."""

from __future__ import annotations

from collections.abc import Sequence

from aimaturity.documents.cohort import Gain, HelperCount, StepFigures
from aimaturity.programme.cohort.statistics import DECIMALS, median
from aimaturity.programme.cohort.taking import AdviceTaken, Catalogue, Taken
from aimaturity.scoring.document import AdviceItem

FIND_OUT = "find_out."


def steps(catalogue: Catalogue, present: Sequence[Taken]) -> list[StepFigures]:
    """Every recommendation that somebody got; those that most companies gain by first, then those that take most to the
    next level, then the least work."""
    found = [
        _step(catalogue, item, [one.advice[item.id] for one in present if item.id in one.advice])
        for item in catalogue.advice.values()
        if any(item.id in one.advice for one in present)
    ]
    return sorted(found, key=lambda s: (s.find_out, -s.gaining, -s.for_next_level, -s.companies, s.hours, s.id))


def _step(catalogue: Catalogue, item: AdviceItem, given: Sequence[AdviceTaken]) -> StepFigures:
    gains = []
    for area in catalogue.sample.areas:
        rises = [rise for one in given if (rise := rises_by(one, area)) > 0]
        if rises:
            gains.append(Gain(area=area, companies=len(rises), median=median(rises)))
    most = max(gains, key=lambda gain: (gain.companies, gain.median), default=None)
    find_out = item.id.startswith(FIND_OUT)
    return StepFigures(
        id=item.id,
        title=item.title,
        why=item.why,
        first_step=item.first_step,
        hours=item.hours,
        hours_note=item.hours_note,
        cost=item.cost,
        kind=item.kind,
        area=item.area if find_out else most.area if most is not None else None,
        find_out=find_out,
        companies=len(given),
        gaining=sum(any(rises_by(one, area) > 0 for area in catalogue.sample.areas) for one in given),
        for_next_level=sum(one.for_next_level for one in given),
        gains=gains,
        helpers=_helpers(item, given),
    )


def _helpers(item: AdviceItem, given: Sequence[AdviceTaken]) -> list[HelperCount]:
    """Who can help; those near most companies first."""
    found = [
        HelperCount(id=h.id, name=h.name, role=h.role, near=sum(h.id in one.near for one in given))
        for h in item.who_can_help
    ]
    return sorted(found, key=lambda h: (-h.near, h.name, h.id))


def rises_by(one: AdviceTaken, area: str) -> float:
    """Points that the area's score would rise by; 0 where that isn't known."""
    return round(one.points.get(area) or 0.0, DECIMALS)
