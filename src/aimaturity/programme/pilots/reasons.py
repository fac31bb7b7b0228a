"""From how ideas stand to sentences: each true by what was solved, and each checked anew in the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aimaturity.programme.pilots.amounts import HUNDREDTHS
from aimaturity.programme.pilots.conditions import Unmet
from aimaturity.programme.pilots.document import Reason, ReasonKey
from aimaturity.programme.pilots.selection import Selection
from aimaturity.programme.pilots.weighing import Standing
from aimaturity.programme.pilots.words import LANGUAGES, names, say
from aimaturity.scoring.parts import Words


def of_unmet(one: Unmet) -> Reason:
    """A hard condition that isn't met: the programme's own sentence, and the facts of the case."""
    reason = one.condition.reason.as_dict(LANGUAGES)
    detail = detail_of(one)
    text = say("condition", reason=reason) if detail is None else say("condition_detail", reason=reason, detail=detail)
    return Reason(key="condition", text=text, condition=one.condition.id)


def detail_of(one: Unmet) -> Words | None:
    if one.detail is None:
        return None
    facts = dict(one.facts)
    named: Mapping[str, Callable[[], list[Words]]] = {
        "benefits": lambda: names(facts["benefits"]),
        "classes": lambda: names(facts["classes"]),
        "status": lambda: names([facts["status"]]),
        "low": lambda: names([facts["low"]], "step_"),
    }
    for key, words in named.items():
        if key in facts:
            facts["names"] = words()
    return say(one.detail, **facts)


def of_dominated(dominators: Sequence[str], titles: Mapping[str, Words]) -> Reason:
    """Worse in every way than each of `dominators`; the first is named."""
    return Reason(key="dominated", text=say("dominated", title=titles[dominators[0]]), ideas=list(dominators))


def of_standing(
    standing: Standing, selection: Selection, titles: Mapping[str, Words], labels: Mapping[str, Words]
) -> list[Reason]:
    """Why a candidate is in the proposal, or not."""
    key: ReasonKey = "kept_by_limit" if standing.chosen else "kept_out_by_limit"
    by_limits = [_by_limit(key, name, labels) for name in standing.turned_by]
    if standing.chosen:
        return [_inside(standing), *by_limits]
    if standing.loss is None:
        text = say("no_room", limits=[labels[name] for name in standing.clash])
        blocked = Reason(key="no_room", text=text, limits=list(standing.clash))
        freed = [_by_limit("freed_by_limit", name, labels) for name in standing.freed_by]
        return [blocked, *(one for one in freed if one.limits[0] not in standing.turned_by), *by_limits]
    return [*by_limits, *_outside(standing, selection, titles)]


def _by_limit(key: ReasonKey, name: str, labels: Mapping[str, Words]) -> Reason:
    return Reason(key=key, text=say(key, limit=labels[name]), limits=[name])


def _inside(standing: Standing) -> Reason:
    if standing.loss is None:
        return Reason(key="needed", text=say("needed"))
    points = standing.loss / HUNDREDTHS
    key: ReasonKey = "best" if standing.loss else "best_tie"
    return Reason(key=key, text=say(key, points=points), points=points)


def _outside(standing: Standing, selection: Selection, titles: Mapping[str, Words]) -> list[Reason]:
    loss = standing.loss or 0
    points = loss / HUNDREDTHS
    if not loss:
        return [Reason(key="tie", text=say("tie"), points=0.0)]
    if standing.beside:
        return [Reason(key="lowers", text=say("lowers", points=points), points=points)]
    below = Reason(key="ranked_below", text=say("ranked_below", points=points), points=points)
    if standing.exchange is None:
        return [below, Reason(key="no_exchange", text=say("no_exchange"))]
    place, cost = selection.ids[standing.exchange[0]], standing.exchange[1] / HUNDREDTHS
    text = say("exchange", title=titles[place], points=cost)
    return [below, Reason(key="exchange", text=text, ideas=[place], points=cost)]
