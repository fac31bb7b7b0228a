"""What is missing in the register, or looks wrong: each kind with its rows, so that it can be counted and mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, and_, exists, func, literal, null, or_, select, union_all
from sqlalchemy.engine import Connection

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import AssessedPromise, PilotsPromise
from aimaturity.programme.status import facts
from aimaturity.programme.status.counting import pilot_rows, pilots_of
from aimaturity.programme.status.facts import ACTIVITY, ASSESSMENT, by_code_point
from aimaturity.programme.status.window import Window
from aimaturity.programme.store import schema
from aimaturity.programme.store.alike import search_key

COMPANY, PILOT = "company", "pilot"
PAUSED_DAYS = 30
"""An assessment in which nothing has been answered for longer is paused."""

_company, _activity, _taken = schema.company, schema.activity, schema.participation
_assessment, _definition, _result = schema.assessment, schema.definition, schema.result


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a gap is about.

    what  company, activity, assessment or pilot; id: its own
    """

    company: str | None
    date: str | None
    what: str
    id: str | None


def gaps(connection: Connection, programme: Programme, window: Window) -> dict[str, int]:
    """Kind of gap -> how many, in the order in which they are shown."""
    queries = dict(_queries(programme, window))
    parts = [select(literal(name), func.count()).select_from(query.subquery()) for name, query in queries.items()]
    counted = {name: int(number) for name, number in connection.execute(union_all(*parts))}
    made = {name: counted[name] for name in queries}
    return made | {name: len(rows) for name, rows in _in_memory(connection, programme, window).items()}


def gap_rows(connection: Connection, programme: Programme, window: Window, name: str) -> list[Found]:
    """The things that a gap counts."""
    query = dict(_queries(programme, window)).get(name)
    if query is None:
        return _in_memory(connection, programme, window)[name]
    return [Found(*row) for row in connection.execute(query)]


def _shape(company: Any, date: Any, what: str, id: Any) -> Select[Any]:
    return select(company.label("company"), date.label("date"), literal(what).label("what"), id.label("id"))


def _queries(programme: Programme, window: Window) -> Iterator[tuple[str, Select[Any]]]:
    nothing: Any = null().cast(Text)
    for name in ("municipality", "sector", "size", "organisationsnummer"):
        missing = _shape(_company.c.id, nothing, COMPANY, nothing)
        yield f"company_{name}", missing.where(_company.c.merged_into.is_(None), _company.c[name].is_(None))
    if programme.counties:
        known = [county.id for county in programme.counties]
        elsewhere = _shape(_company.c.id, nothing, COMPANY, nothing)
        yield "company_elsewhere", elsewhere.where(_company.c.merged_into.is_(None), _company.c.county.not_in(known))
    yield from _activities(programme, window)
    yield from _assessments(programme, window)


def _activities(programme: Programme, window: Window) -> Iterator[tuple[str, Select[Any]]]:
    nothing: Any = null().cast(Text)
    kinds = programme.activity_kinds
    names = [kind.id for kind in kinds]
    empty = [kind.id for kind in kinds if not kind.counts]
    of_activity = _shape(nothing, _activity.c.date, ACTIVITY, _activity.c.id)
    yield "activity_kind", of_activity.where(_activity.c.kind.not_in(names))
    partners = [partner.id for partner in programme.partners]
    yield "activity_partner", of_activity.where(_activity.c.partner.not_in(partners))
    somebody = exists().where(_taken.c.activity == _activity.c.id, facts.persons() > 0)
    yield "activity_nobody", of_activity.where(_activity.c.kind.not_in(empty), ~somebody)
    if (out := _outside(_activity.c.date, window)) is not None:
        yield "activity_outside", of_activity.where(out)
    taking_part = _shape(_taken.c.company, _activity.c.date, ACTIVITY, _activity.c.id)
    taking_part = taking_part.join_from(_taken, _activity, _activity.c.id == _taken.c.activity)
    yield "participation_zero", taking_part.where(facts.persons() == 0)
    twice = select(_taken.c.activity, _taken.c.company).group_by(_taken.c.activity, _taken.c.company)
    pairs = twice.having(func.count() > 1).subquery()
    both = _shape(pairs.c.company, _activity.c.date, ACTIVITY, _activity.c.id)
    yield "participation_twice", both.join_from(pairs, _activity, _activity.c.id == pairs.c.activity)
    needed = [kind.id for kind in kinds if kind.counts and (kind.education or kind.least_hours is not None)]
    lacking = taking_part.where(_activity.c.kind.in_(needed), facts.hours().is_(None), facts.persons() > 0)
    yield "participation_hours", lacking.where(facts.within(_activity.c.date, window))


def _assessments(programme: Programme, window: Window) -> Iterator[tuple[str, Select[Any]]]:
    of_assessment = _shape(_assessment.c.company, _assessment.c.date, ASSESSMENT, _assessment.c.id)
    if (out := _outside(_assessment.c.date, window)) is not None:
        yield "assessment_outside", of_assessment.where(_assessment.c.finished.is_not(None), out)
    events = schema.answer_event
    latest = select(func.max(by_code_point(events.c.at))).where(events.c.assessment == _assessment.c.number)
    last_day = func.substr(func.coalesce(latest.scalar_subquery(), _assessment.c.started), 1, 10)
    before = (window.as_of - dt.timedelta(days=PAUSED_DAYS)).isoformat()
    yield (
        "assessment_paused",
        of_assessment.where(_assessment.c.finished.is_(None), by_code_point(last_day) < literal(before)),
    )
    joined = of_assessment.join(_definition, _definition.c.hash == _assessment.c.definition)
    joined = joined.outerjoin(_result, _result.c.assessment == _assessment.c.number)
    joined = joined.where(_assessment.c.finished.is_not(None), facts.within(_assessment.c.date, window))
    promises = [p for p in programme.promises if isinstance(p, AssessedPromise) and p.scored_areas]
    if promises:
        asked = sorted({name for promise in promises for name in promise.assessments})
        yield "assessment_unscored", joined.where(_definition.c.id.in_(asked), _result.c.assessment.is_(None))
        few = [
            and_(_definition.c.id.in_(promise.assessments), _result.c.scored_areas < promise.scored_areas)
            for promise in promises
        ]
        yield "assessment_basis", joined.where(or_(*few))


def _outside(date: Any, window: Window) -> Any:
    if window.period is None:
        return None
    day = by_code_point(date)
    return or_(day < literal(window.first), day > literal(window.period.to.isoformat()))


def _in_memory(connection: Connection, programme: Programme, window: Window) -> dict[str, list[Found]]:
    """What no query can tell: cards of pilots, names that are alike."""
    rows = pilot_rows(connection)
    outside: dict[str, str] = {}
    for promise in programme.promises:
        if isinstance(promise, PilotsPromise):
            outside |= {pilot.id: pilot.date for pilot in pilots_of(rows, promise, window)[1]}
    bare = [
        Found(None, None, PILOT, row.id)
        for row, card in rows
        if card["history"][-1]["status"] in ("approved", "running", "ended") and not _has_baselines(card)
    ]
    made = {"pilot_baseline": bare}
    if window.period is not None:
        made["pilot_outside"] = [Found(None, day, PILOT, id) for id, day in sorted(outside.items())]
    return made | {"company_alike": [Found(id, None, COMPANY, None) for id in _alike(connection)]}


def _has_baselines(card: dict[str, Any]) -> bool:
    """Whether every effect that is estimated says what it begins from."""
    effects = [card.get(name) or {} for name in ("business", "climate", "gender_equality")]
    claimed = [effect for effect in effects if effect.get("effect") is not None]
    return bool(claimed) and all(effect.get("baseline") is not None for effect in claimed)


def _alike(connection: Connection) -> list[str]:
    """Ids of companies whose names differ from another's in legal form, case, accents and punctuation alone. Two with
    numbers of their own are two companies."""
    query = select(_company.c.id, _company.c.name, _company.c.organisationsnummer)
    query = query.where(_company.c.merged_into.is_(None), _company.c.name.is_not(None))
    same: dict[str, list[tuple[str, bool]]] = {}
    for id, name, number in connection.execute(query):
        same.setdefault(search_key(name), []).append((id, number is not None))
    return sorted(
        id
        for every in same.values()
        if len(every) > 1
        for id, has_number in every
        if not has_number or not all(numbered for _, numbered in every)
    )
