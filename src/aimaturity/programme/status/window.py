"""The days that count, and their months."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from aimaturity.definitions.promises import Period

A_MONTH = 365.25 / 12
"""Days of a month, on average."""


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day that counts (None: from the beginning) to the last, and the day of the status."""

    as_of: dt.date
    period: Period | None

    @property
    def first(self) -> str | None:
        return self.period.from_.isoformat() if self.period else None

    @property
    def last(self) -> str:
        return (min(self.as_of, self.period.to) if self.period else self.as_of).isoformat()

    @property
    def gone(self) -> float | None:
        """Share of the period's days that have gone, 0..1; today has."""
        if self.period is None:
            return None
        whole = (self.period.to - self.period.from_).days + 1
        return min(1.0, max(0.0, ((self.as_of - self.period.from_).days + 1) / whole))

    @property
    def months_left(self) -> float | None:
        """Months from the day after the status to the period's end."""
        return None if self.period is None else max(0, (self.period.to - self.as_of).days) / A_MONTH

    def months(self) -> list[str]:
        """YYYY-MM of every month of the period that has begun; empty without a period."""
        if self.period is None or self.as_of < self.period.from_:
            return []
        return list(_months(self.period.from_, min(self.as_of, self.period.to)))

    def full_months(self) -> list[str]:
        """Those of them that lie in the period from their first day to their last and are over."""
        return [
            month
            for month in self.months()
            if self.first is not None and self.first <= f"{month}-01" and f"{month}-{_days(month):02d}" <= self.last
        ]


def _months(first: dt.date, last: dt.date) -> Iterator[str]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04d}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _days(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]
