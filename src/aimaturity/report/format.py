"""Numbers and dates as people write them, in each language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from aimaturity.scoring.scale import WIDE, exact, rounded

MINUS = "−"
DASH = "–"


@dataclass(frozen=True)
class Formats:
    """How one language writes numbers and dates. Spaces inside a number don't break."""

    language: str

    def number(self, value: Decimal | float | int, decimals: int | None = None) -> str:
        """With exactly `decimals`; without it, with those that the value has (at most 9)."""
        return _written(value if isinstance(value, Decimal) else exact(value), decimals, self.language)

    def decimal(self, value: Decimal) -> str:
        """With as many decimals as the value is written with: 43, 39,9, 40,0."""
        return self.number(value, max(0, -int(value.as_tuple().exponent)))

    def signed(self, value: Decimal) -> str:
        """With its sign, + too."""
        return ("+" if value > 0 else "") + self.decimal(value)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percent: `43 %` in Swedish, `43%` in English; 0 and 100 only where exact, else
        `under 1 %` and `över 99 %`."""
        whole = exact(share * 100)
        near = rounded(whole, 0)
        words = ""
        if near in (0, 100) and near != whole:
            words = "under " if near == 0 else {"sv": "över "}.get(self.language, "over ")
            near = Decimal(1) if near == 0 else Decimal(99)
        return words + format_percent(near / 100, locale=_locale(self.language))

    def span(self, low: str, high: str) -> str:
        """A range of two numbers already written, with an en dash."""
        return f"{low}{DASH}{high}"

    def day(self, date: str | None) -> str | None:
        """`23 november 2026`; what isn't a date in ISO form is shown as it stands."""
        if date is None:
            return None
        try:
            return str(format_date(dt.date.fromisoformat(date), "d MMMM y", locale=_locale(self.language)))
        except ValueError:
            return date


@lru_cache(maxsize=4096)
def _written(value: Decimal, decimals: int | None, language: str) -> str:
    if decimals is None:
        pattern = "#,##0.#########"
    else:
        value, pattern = rounded(value, decimals), "#,##0." + "0" * decimals if decimals else "#,##0"
    with localcontext(WIDE):
        return format_decimal(value + 0, format=pattern, locale=_locale(language)).replace("-", MINUS)


@cache
def formats(language: str) -> Formats:
    return Formats(language)


@cache
def _locale(language: str) -> Locale:
    return Locale(language)
