"""The status document, from numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from aimaturity._version import __version__
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import PilotsPromise, Promise, ReachedPromise
from aimaturity.documents.status import (
    Cell,
    Column,
    Days,
    Dimension,
    Forecast,
    Gap,
    NoForecast,
    Point,
    PromiseStatus,
    Row,
    Standing,
    StatusDocument,
    Step,
    Table,
)
from aimaturity.programme.status import words
from aimaturity.programme.status.counting import (
    ACTIVITIES,
    COMPANIES,
    FUNNEL,
    HOURS,
    MISSING,
    PARTICIPANTS,
    REGISTER,
    SEXES,
    TOTAL,
    Queries,
    Tally,
    Value,
    measure_of,
)
from aimaturity.programme.status.forecast import LEAST_MONTHS, MOST_MONTHS, ahead
from aimaturity.programme.status.window import Window
from aimaturity.scoring.document import Engine
from aimaturity.scoring.parts import Words
from aimaturity.scoring.support import support

NOT_STATED = "not-stated"
"""What a cell's id says for no value; no id of a programme file has a hyphen."""
UNTIL = "until"
PROFILE: tuple[Dimension, ...] = ("county", "municipality", "sector", "size")
Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Address:
    """What a cell counts: a measure, in all (dimension "") or of one value of a dimension."""

    measure: str
    dimension: str = TOTAL
    value: Value = None

    @property
    def id(self) -> str:
        if self.dimension == TOTAL:
            return self.measure
        return f"{self.measure}.{self.dimension}.{NOT_STATED if self.value is None else self.value}"


@dataclass
class Builder:
    """Makes cells, and remembers what each counts."""

    programme: Programme
    window: Window
    tally: Tally
    addresses: dict[str, Address] = field(default_factory=dict)

    def cell(self, measure: str, dimension: str = TOTAL, value: Value = None, number: Number | None = None) -> Cell:
        """The cell of this address; its number is the tally's unless it is given."""
        if number is None:
            number = self.tally.numbers[measure][dimension][value]
        address = Address(measure, dimension, value)
        self.addresses[address.id] = address
        return Cell(id=address.id, value=float(number) if isinstance(number, Fraction) else number)

    def months(self) -> list[str]:
        """Every month of the period so far; without a period, those in which something happened."""
        if self.window.period is not None:
            return self.window.months()
        return sorted({month for of in self.tally.numbers.values() for month in of["month"] if month is not None})

    def promise(self, promise: Promise, titles: dict[str, Words]) -> PromiseStatus:
        measure = measure_of(promise.id)
        outcome = int(self.tally.whole(measure))
        forecast, reason = self.forecast(measure, outcome)
        gone = self.window.gone
        return PromiseStatus(
            id=promise.id,
            measure=measure,
            kind=promise.count,
            title=words.both(promise.title),
            rule=words.rule_of(promise, self.programme, titles),
            target=promise.target,
            outcome=self.cell(measure),
            share=outcome / promise.target,
            expected=None if gone is None else promise.target * gone,
            standing=standing_of(outcome, promise.target, forecast, reason),
            trend=list(self._trend(measure)),
            forecast=forecast,
            no_forecast=reason,
        )

    def _trend(self, measure: str) -> Iterable[Point]:
        until: Number = 0
        for month in self.months():
            until += self.tally.numbers[measure]["month"][month]
            yield Point(
                month=month, new=self.cell(measure, "month", month), until=self.cell(measure, UNTIL, month, until)
            )

    def forecast(self, measure: str, outcome: int) -> tuple[Forecast | None, NoForecast | None]:
        """What comes out at the period's end, or why that isn't said."""
        window = self.window
        if window.period is None:
            return None, "no_period"
        if window.as_of < window.period.from_:
            return None, "not_begun"
        if window.as_of >= window.period.to:
            return None, "over"
        months = window.full_months()[-MOST_MONTHS:]
        if len(months) < LEAST_MONTHS:
            return None, "too_few_months"
        counts = [int(self.tally.numbers[measure]["month"][month]) for month in months]
        return forecast_of(outcome, months, counts, window.months_left or 0.0), None

    def table(self, dimension: Dimension) -> Table:
        columns = list(self._columns(dimension))
        values = self._values(dimension, [measure for measure, _, _ in columns])
        counting = {kind.id for kind in self.programme.activity_kinds if kind.counts}
        rows = [
            Row(
                id=NOT_STATED if value is None else value,
                title=title,
                counts=dimension != "kind" or value in counting,
                cells=[self.cell(measure, by, value) for measure, by, _ in columns],
            )
            for value, title in values
        ]
        return Table(
            id=dimension,
            title=words.DIMENSIONS[dimension],
            columns=[column for _, _, column in columns],
            rows=rows,
            total=[None if measure == COMPANIES else self.cell(measure) for measure, _, _ in columns],
        )

    def _columns(self, dimension: Dimension) -> Iterable[tuple[str, str, Column]]:
        """(measure, dimension by which it is counted, column)."""
        for promise in self.programme.promises:
            measure, title = measure_of(promise.id), words.both(promise.title)
            if isinstance(promise, PilotsPromise):
                if dimension in ("partner", "county", "sector", "month"):
                    yield measure, dimension, Column(measure=measure, title=title)
            elif dimension == "partner":
                if isinstance(promise, ReachedPromise) or promise.among is not None:
                    first = words.filled(words.MEASURES["first_partner"], title=title)
                    yield measure, "partner", Column(measure=measure, title=title, overlaps=True)
                    yield measure, "first_partner", Column(measure=measure, title=first)
            elif dimension != "kind":
                yield measure, dimension, Column(measure=measure, title=title)
        if dimension not in ("sector", "size"):
            yield ACTIVITIES, dimension, Column(measure=ACTIVITIES, title=words.MEASURES[ACTIVITIES])
        if dimension == "kind":
            yield COMPANIES, dimension, Column(measure=COMPANIES, title=words.MEASURES[COMPANIES], overlaps=True)
        parts = [PARTICIPANTS, HOURS] if any(k.education and k.counts for k in self.programme.activity_kinds) else []
        for part in parts or [PARTICIPANTS]:
            for sex in SEXES:
                measure = f"{part}.{sex}"
                yield measure, dimension, Column(measure=measure, title=words.MEASURES[measure])

    def _values(self, dimension: Dimension, measures: Iterable[str]) -> list[tuple[Value, Words]]:
        """The rows of a dimension: those that the programme file names, other values that occur, and none stated."""
        named = self._named(dimension)
        occurring: set[Value] = set()
        for measure in measures:
            for by in (dimension, f"first_{dimension}"):
                occurring |= {value for value, number in self.tally.numbers[measure][by].items() if number}
        rows: list[tuple[Value, Words]] = list(named.items())
        for value in sorted(value for value in occurring if value is not None and value not in named):
            rows.append((value, words.filled(words.ELSEWHERE, name=value)))
        if None in occurring:
            rows.append((None, words.NO_PARTNER if dimension == "partner" else words.NOT_STATED))
        return rows

    def _named(self, dimension: Dimension) -> dict[str, Words]:
        programme = self.programme
        titles = {
            "partner": lambda: programme.titles("partners"),
            "county": lambda: programme.titles("counties"),
            "municipality": lambda: programme.titles("municipalities"),
            "sector": lambda: programme.titles("sectors"),
        }
        if dimension in titles:
            return {name: words.both(title) for name, title in titles[dimension]().items()}
        if dimension == "size":
            return dict(words.SIZES)
        if dimension == "month":
            return {month: words.month(month) for month in self.months()}
        return {
            kind.id: words.both(kind.title)
            if kind.counts
            else words.filled(words.NOT_COUNTED, name=words.both(kind.title))
            for kind in programme.activity_kinds
        }

    def funnel(self, queries: Queries) -> list[Step]:
        which = queries.funnel()
        if which is None:
            return []
        first, then, last = which
        steps = [("reached", words.both(first.title))]
        if then is not None:
            title = {language: text[:1].lower() + text[1:] for language, text in words.both(then.title).items()}
            steps.append(("assessed", words.filled(words.FUNNEL["assessed"], title=title)))
        if last is not None:
            steps.append(("pilot", words.FUNNEL["pilot"]))
        made: list[Step] = []
        for name, title in steps:
            companies = self.cell(f"{FUNNEL}.{name}")
            before = made[-1].companies.value if made else None
            share = companies.value / before if before and companies.value is not None else None
            made.append(Step(id=name, title=title, companies=companies, of_before=share))
        return made


def forecast_of(outcome: int, months: list[str], counts: Sequence[float], left: float) -> Forecast:
    """What comes out in the end, by the counts of full months."""
    found = ahead(counts, left)
    return Forecast(
        likely=outcome + found.likely,
        low=outcome + found.low,
        high=outcome + found.high,
        months=months,
        a_month=found.a_month,
        dispersion=found.dispersion,
        months_left=left,
    )


def standing_of(outcome: int, target: int, forecast: Forecast | None, reason: NoForecast | None) -> Standing | None:
    if outcome >= target:
        return "kept"
    if reason == "over":
        return "missed"
    if forecast is None:
        return None
    return "likely" if forecast.low >= target else "unlikely" if forecast.high < target else "open"


def document_of(
    queries: Queries, tally: Tally, missing: Mapping[str, int], companies: int, titles: dict[str, Words]
) -> tuple[StatusDocument, dict[str, Address]]:
    """The document, and what each of its cells counts.

    missing    kind of gap -> how many
    companies  in the register
    titles     questionnaire id -> its name
    """
    programme, window = queries.programme, queries.window
    builder = Builder(programme, window, tally)
    promises = [builder.promise(promise, titles) for promise in programme.promises]
    tables = [builder.table(dimension) for dimension in _dimensions(programme)]
    gaps = [
        Gap(
            id=name, title=words.GAPS[name][0], do=words.GAPS[name][1], cell=builder.cell(f"{MISSING}.{name}", number=n)
        )
        for name, n in missing.items()
    ]
    period = window.period
    document = StatusDocument(
        engine=Engine(name="aimaturity", version=__version__),
        programme=support(programme, words.LANGUAGES),
        audience="hub",
        as_of=window.as_of.isoformat(),
        period=Days(first=period.from_.isoformat(), last=period.to.isoformat()) if period else None,
        languages=list(words.LANGUAGES),
        companies=builder.cell(f"{REGISTER}.companies", number=companies),
        promises=promises,
        funnel=builder.funnel(queries),
        tables=tables,
        missing=gaps,
        notes=[words.NOTES[name] for name in _notes(promises)],
    )
    return document, builder.addresses


def _dimensions(programme: Programme) -> list[Dimension]:
    """Those by which there is something to tell."""
    every: list[Dimension] = ["county", "municipality", "partner", "sector", "size", "kind", "month"]
    lists: Mapping[Dimension, Callable[[], object]] = {
        "municipality": lambda: any(county.municipalities for county in programme.counties),
        "kind": lambda: programme.activity_kinds,
        "county": lambda: programme.counties,
        "sector": lambda: programme.sectors,
    }
    return [dimension for dimension in every if dimension not in lists or lists[dimension]()]


def _notes(promises: Iterable[PromiseStatus]) -> list[str]:
    every = list(promises)
    names = ["once"] if any(p.kind != "pilots" for p in every) else []
    names += ["partners", "attendances", "counting", "places"]
    names += ["expected"] if any(p.expected is not None for p in every) else []
    return [*names, "forecast"] if any(p.forecast for p in every) else names
