"""What is counted, as queries: each fact has its rows, and columns by which they are told apart.

A number of the status is a count or a sum over a fact's rows; the rows behind the number are those very rows. Texts are
compared by code point everywhere, whatever a database's own order of letters is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import CTE

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import ActivityKind, AssessedPromise, ReachedPromise
from aimaturity.programme.status.window import Window
from aimaturity.programme.store import schema

ACTIVITY, ASSESSMENT = "activity", "assessment"

_activity, _taken, _company = schema.activity, schema.participation, schema.company
_assessment, _definition, _result = schema.assessment, schema.definition, schema.result


class by_code_point(FunctionElement[str]):
    """A text that is compared by code points."""

    type = Text()
    inherit_cache = True


@compiles(by_code_point, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)}) COLLATE BINARY"


@compiles(by_code_point, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'


def month_of(date: ColumnElement[str]) -> ColumnElement[str]:
    return func.substr(date, 1, 7)


def persons() -> ColumnElement[int]:
    return _taken.c.women + _taken.c.men + _taken.c.other


def hours() -> ColumnElement[float]:
    """Of one participant."""
    return func.coalesce(_taken.c.hours, _activity.c.hours)


def within(date: ColumnElement[str], window: Window) -> ColumnElement[bool]:
    """Whether a day counts."""
    day = by_code_point(date)
    until = day <= window.last
    return until if window.first is None else and_(day >= window.first, until)


def counting(kinds: Sequence[ActivityKind]) -> ColumnElement[bool]:
    """Whether taking part makes a company reached: a kind that counts, for as long as it must be, with somebody there.
    Where hours are needed and none are known, it doesn't."""
    free = [kind.id for kind in kinds if kind.least_hours is None]
    least = [and_(_activity.c.kind == k.id, hours() >= k.least_hours) for k in kinds if k.least_hours is not None]
    return and_(persons() > 0, or_(_activity.c.kind.in_(free), *least))


@dataclass(frozen=True)
class Reached:
    """How companies were reached.

    contact  a row for each time: company, date, what (activity or assessment), id, partner
    first    a row a company: the day of the first
    partner  a row a company: who had the first contact with it
    """

    contact: CTE
    first: CTE
    partner: CTE


def reached(promise: ReachedPromise, programme: Programme, window: Window) -> Reached:
    """Distinct companies that took part in something that counts, or have a finished assessment."""
    name = promise.id
    contact = union_all(
        select(
            _taken.c.company,
            _activity.c.date,
            literal(ACTIVITY).label("what"),
            _activity.c.id.label("id"),
            _activity.c.partner,
        )
        .join(_activity, _activity.c.id == _taken.c.activity)
        .where(counting(programme.activities_of(promise)), within(_activity.c.date, window)),
        select(
            _assessment.c.company,
            _assessment.c.date,
            literal(ASSESSMENT).label("what"),
            _assessment.c.id.label("id"),
            null().cast(Text).label("partner"),
        )
        .join(_definition, _definition.c.hash == _assessment.c.definition)
        .where(
            _definition.c.id.in_(promise.assessments),
            _assessment.c.finished.is_not(None),
            within(_assessment.c.date, window),
        ),
    ).cte(f"contact_{name}")
    day = func.min(by_code_point(contact.c.date)).label("date")
    first = select(contact.c.company, day).group_by(contact.c.company).cte(f"first_{name}")
    return Reached(contact, first, _first_partner(name, contact, first))


def assessed(promise: AssessedPromise, among: Reached | None, window: Window) -> CTE:
    """A row a company: the day of its first finished assessment that has enough basis."""
    query = (
        select(_assessment.c.company, func.min(by_code_point(_assessment.c.date)).label("date"))
        .join(_definition, _definition.c.hash == _assessment.c.definition)
        .where(
            _definition.c.id.in_(promise.assessments),
            _assessment.c.finished.is_not(None),
            within(_assessment.c.date, window),
        )
        .group_by(_assessment.c.company)
    )
    if promise.scored_areas:
        query = query.join(_result, _result.c.assessment == _assessment.c.number)
        query = query.where(_result.c.scored_areas >= promise.scored_areas)
    if among is not None:
        query = query.where(_assessment.c.company.in_(select(among.first.c.company)))
    return query.cte(f"assessed_{promise.id}")


def _first_partner(name: str, contact: CTE, first: CTE) -> CTE:
    """Company -> who had the first contact with it; of several that day, the first by id; none where it was an
    assessment alone."""
    same_day = and_(contact.c.company == first.c.company, contact.c.date == first.c.date)
    return (
        select(contact.c.company, func.min(by_code_point(contact.c.partner)).label("partner"))
        .join(first, same_day)
        .group_by(contact.c.company)
        .cte(f"partner_{name}")
    )


@dataclass(frozen=True)
class Fact:
    """Rows that are counted or summed.

    rows     a table of them
    columns  dimension -> its column
    """

    rows: CTE
    columns: Mapping[str, Any]


def of_companies(name: str, days: CTE, among: Reached | None) -> Fact:
    """A fact with a row a company: when, and where it belongs."""
    query = select(
        days.c.company,
        days.c.date,
        month_of(days.c.date).label("month"),
        *(_company.c[part] for part in ("municipality", "county", "sector", "size")),
    ).join(_company, _company.c.id == days.c.company)
    dimensions = ["month", "county", "municipality", "sector", "size"]
    if among is not None:
        by = among.partner
        query = query.add_columns(by.c.partner.label("first_partner")).outerjoin(by, by.c.company == days.c.company)
        dimensions.append("first_partner")
    rows = query.cte(f"fact_{name}")
    return Fact(rows, {dimension: rows.c[dimension] for dimension in dimensions})


def by_partner(name: str, days: CTE, among: Reached) -> Fact:
    """A row a company and partner that had to do with it; the company's day."""
    contact = among.contact
    rows = (
        select(contact.c.company, contact.c.partner, days.c.date)
        .join(days, days.c.company == contact.c.company)
        .distinct()
        .cte(f"by_partner_{name}")
    )
    return Fact(rows, {"partner": rows.c.partner})


def attendances(window: Window) -> Select[Any]:
    """Counts of persons in the period by activity and hours of one participant, with the activity's kind, partner and
    month."""
    sums = {sex: func.sum(_taken.c[sex]).label(sex) for sex in ("women", "men", "other")}
    each = (
        select(_taken.c.activity, _taken.c.hours, *sums.values())
        .group_by(_taken.c.activity, _taken.c.hours)
        .subquery("attended")
    )
    return (
        select(
            _activity.c.kind,
            _activity.c.partner,
            month_of(_activity.c.date).label("month"),
            func.coalesce(each.c.hours, _activity.c.hours).label("hours"),
            *(each.c[sex] for sex in sums),
        )
        .join(each, each.c.activity == _activity.c.id)
        .where(within(_activity.c.date, window))
    )


def came(window: Window) -> Select[Any]:
    """Kind of activity, and how many companies took part in the period."""
    return (
        select(_activity.c.kind, func.count(_taken.c.company.distinct()))
        .join(_activity, _activity.c.id == _taken.c.activity)
        .where(persons() > 0, within(_activity.c.date, window))
        .group_by(_activity.c.kind)
    )


def participations(window: Window) -> Select[Any]:
    """A row each time that somebody of a company took part in something in the period: counts, hours of one
    participant, the activity's kind, partner and month, and where the company belongs."""
    return (
        select(
            _taken.c.company,
            _activity.c.id.label("activity"),
            _activity.c.date,
            _activity.c.kind,
            _activity.c.partner,
            month_of(_activity.c.date).label("month"),
            *(_company.c[part] for part in ("municipality", "county", "sector", "size")),
            _taken.c.women,
            _taken.c.men,
            _taken.c.other,
            hours().label("hours"),
        )
        .join(_activity, _activity.c.id == _taken.c.activity)
        .join(_company, _company.c.id == _taken.c.company)
        .where(within(_activity.c.date, window))
    )


def activities(window: Window) -> Select[Any]:
    """A row an activity in the period; its county is its municipality's."""
    place = _activity.c.municipality
    county = case((func.length(place) == 4, func.substr(place, 1, 2)), else_=null())
    return select(
        _activity.c.id,
        _activity.c.title,
        _activity.c.date,
        _activity.c.kind,
        _activity.c.partner,
        month_of(_activity.c.date).label("month"),
        place.label("municipality"),
        county.label("county"),
    ).where(within(_activity.c.date, window))
