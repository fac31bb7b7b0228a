"""The status document: where a programme stands against what it promised, and what is missing to know it.

Every number that counts something is a `Cell` with an id of its own, by which the hub can ask for the rows behind it.
It names no company. The same store, programme and day give the same bytes, in SQLite and in PostgreSQL.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from aimaturity.scoring.document import Engine, Support
from aimaturity.scoring.parts import Part, Words

FORMAT: Final = "aimaturity-status/1"

Audience = Literal["hub", "public"]
Standing = Literal["kept", "likely", "open", "unlikely", "missed"]
NoForecast = Literal["no_period", "not_begun", "over", "too_few_months", "withheld"]
Dimension = Literal["partner", "county", "municipality", "sector", "size", "month", "kind"]
DIMENSIONS: tuple[Dimension, ...] = ("partner", "county", "municipality", "sector", "size", "month", "kind")


class Cell(Part):
    """One number."""

    id: str = Field(description="What `aimaturity status --why` takes: measure, then dimension and value of a part.")
    value: int | float | None = Field(description="null: withheld in the public version.")
    withheld: bool = Field(False, description="Whether it may not be shown: too few stand behind it or a neighbour.")


class Days(Part):
    """The days that the programme runs, both included."""

    first: str = Field(description="YYYY-MM-DD.")
    last: str


class Point(Part):
    """A month of a promise's trend."""

    month: str = Field(description="YYYY-MM; the last one goes to the day of the status.")
    new: Cell
    until: Cell = Field(description="From the period's beginning to the month's end.")


class Forecast(Part):
    """What comes out at the period's end if it goes on as it did in the latest full months."""

    likely: int = Field(description="The median.")
    low: int = Field(description="One time in ten it becomes less.")
    high: int = Field(description="One time in ten it becomes more.")
    months: list[str] = Field(description="The full months that it rests on.")
    a_month: float = Field(description="The mean of those months.")
    dispersion: float = Field(description="Variance over mean of those months, at least 1: how unevenly they come.")
    months_left: float


class PromiseStatus(Part):
    """A promise and what has become of it."""

    id: str
    measure: str = Field(description="What its cells' ids begin with.")
    kind: Literal["reached", "assessed", "pilots"]
    title: Words
    rule: Words = Field(description="How it is counted, in words.")
    target: int
    outcome: Cell
    share: float | None = Field(description="Of the target, 1 is all; null: withheld.")
    expected: float | None = Field(description="The target's share of the days gone; null without a period.")
    standing: Standing | None = Field(
        description="kept: the target is reached; likely, open, unlikely: it lies below, in or above the forecast's "
        "interval; missed: the period is over; null: no telling."
    )
    trend: list[Point]
    forecast: Forecast | None
    no_forecast: NoForecast | None = Field(description="Why there is no forecast.")


class Step(Part):
    """A step of the funnel: those of the step before that came so far."""

    id: str
    title: Words
    companies: Cell
    of_before: float | None = Field(description="Share of the step before, 0-1; null where there is none.")


class Column(Part):
    """What is counted in a column."""

    measure: str
    title: Words
    overlaps: bool = Field(False, description="Whether one may stand in several rows, so that they add to more.")


class Row(Part):
    """A row of a table."""

    id: str
    title: Words
    counts: bool = Field(True, description="Whether it is part of the total: a kind of activity may not count.")
    cells: list[Cell | None] = Field(description="One a column; null where the column isn't counted so.")


class Table(Part):
    """Numbers by one dimension."""

    id: Dimension
    title: Words
    columns: list[Column]
    rows: list[Row]
    total: list[Cell | None]


class Gap(Part):
    """Something that is missing or looks wrong."""

    id: str
    title: Words
    do: Words = Field(description="What to do about it.")
    cell: Cell


class StatusDocument(Part):
    """Where a programme stands on a day."""

    format: Literal["aimaturity-status/1"] = FORMAT
    engine: Engine
    programme: Support
    audience: Audience = Field(description="public: small numbers are withheld, and what would give them away.")
    as_of: str = Field(description="Things up to this day count, as the register knows of them now.")
    period: Days | None
    languages: list[str]
    companies: Cell | None = Field(description="Companies in the register; null in the public version.")
    promises: list[PromiseStatus]
    funnel: list[Step]
    tables: list[Table]
    missing: list[Gap] = Field(description="Empty in the public version.")
    notes: list[Words] = Field(description="What one must know to read the numbers.")
