"""The company beside its peers: what the document's benchmark says, in words, and as a strip an area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from aimaturity.report.context import Context
from aimaturity.report.drawing import Row, ticks
from aimaturity.report.view import Chart
from aimaturity.report.view_pages import Comparison, ComparisonRow
from aimaturity.scoring.document import Answer, NodeResult
from aimaturity.scoring.scale import Scale
from aimaturity.scoring.standing import RUNGS, Benchmark, GroupSize, Place, Standing, Stretch

FRONT_LINE = 100
"""Characters that page 1 has for it: a second line would push the fullest page 1 over its end."""
SIDES: Mapping[Place, str] = {
    "below_lower_quartile": "below", "at_lower_quartile": "below", "below_median": "below", "at_median": "at",
    "above_median": "above", "at_upper_quartile": "above", "above_upper_quartile": "above",
}  # fmt: skip
"""On which side of the median a place is; `at`: in its class, and nobody is told which is higher."""


def comparison(context: Context) -> Comparison | None:
    """The comparison; None where the document holds no benchmark."""
    found = context.document.benchmark
    if found is None:
        return None
    w = context.words
    beside = [_Beside(context, standing) for standing in found.standings]
    rows = [each.row for each in beside]
    nothing = found.reason or (None if beside else "empty")
    return Comparison(
        front=_front(context, beside),
        intro=[w(f"comparison.nothing.{nothing}")] if nothing else list(_intro(context, found)),
        chart=_chart(context, beside),
        note=w("comparison.note", figures=w("comparison.figures")),
        rows=rows,
        remarks=list(_remarks(context, found, beside)),
    )


@dataclass(frozen=True)
class _Beside:
    """One standing, and the thing that it is of in the document."""

    context: Context
    standing: Standing

    @cached_property
    def of(self) -> NodeResult | Answer | None:
        """The node, else the question; None where the document holds neither."""
        return self.context.nodes.get(self.standing.measure) or self.context.answers.get(self.standing.measure)

    @property
    def title(self) -> str:
        if isinstance(self.of, NodeResult):
            return self.context.title(self.of)
        return self.context.question(self.standing.measure)

    @property
    def own(self) -> float | None:
        """The company's score; None where it has no place, since nothing is said of it then."""
        if self.standing.place is None or self.of is None:
            return None
        return self.of.score if isinstance(self.of, NodeResult) else self.of.points

    @property
    def own_words(self) -> str:
        if self.own is None:
            return self.context.words("comparison.dash")
        if isinstance(self.of, NodeResult):
            return self.context.number(self.of, self.own)
        return self.context.points(self.own)

    def share(self, value: float) -> float | None:
        """A value's place on the measure's scale, 0 to 1; None where the scale isn't known."""
        if isinstance(self.of, NodeResult):
            return round(self.context.scale(self.of).share(value), 5)
        if self.of is None or self.of.lowest is None or self.of.highest is None:
            return None
        return round(Scale(self.of.lowest, self.of.highest, frozenset(), 0).share(value), 5)

    @property
    def group(self) -> str | None:
        """`10–19 företag i samma bransch`; None where no group is shown."""
        if self.standing.rung is None or self.standing.companies is None:
            return None
        companies = _companies(self.context, self.standing.companies)
        return self.context.words(f"comparison.groups.{self.standing.rung}", companies=companies)

    def stretch(self, part: Stretch | None) -> str:
        if part is None:
            return self.context.words("comparison.dash")
        return self.context.formats.span(*(self.context.formats.number(end) for end in (part.low, part.high)))

    @cached_property
    def row(self) -> ComparisonRow:
        w, one = self.context.words, self.standing
        key = "shown" if one.place else one.reason or "protected"
        place = w(f"comparison.places.{one.place}") if one.place else w(f"comparison.no_place.{key}")
        facts = {"area": self.title, "score": self.own_words, "place": place, "group": self.group}
        return ComparisonRow(
            id=one.measure,
            title=self.title,
            own=self.own_words,
            group=self.group or w("comparison.dash"),
            lower=self.stretch(one.lower_quartile),
            median=self.stretch(one.median),
            upper=self.stretch(one.upper_quartile),
            place=place,
            sentence=w(f"comparison.sentences.{key}", **facts),
        )


def _companies(context: Context, size: GroupSize) -> str:
    low, high = context.formats.number(size.at_least), size.at_most
    if high is None:
        return context.words("comparison.companies_open", low=low)
    return context.words("comparison.companies", low=low, high=context.formats.number(high))


def _intro(context: Context, found: Benchmark) -> Iterator[str]:
    """When and above which limit; what the company is taken for."""
    w = context.words
    yield w("comparison.date", date=context.formats.day(found.date))
    yield w.count("comparison.minimum", found.minimum_companies)
    sector, size = (_named(context, *one) for one in (("sectors", found.sector), ("sizes", found.size)))
    preliminary = "_preliminary" if size and found.size_preliminary else ""
    if sector and size:
        yield w(f"comparison.profile{preliminary}", sector=sector, size=size)
    elif sector:
        yield w("comparison.sector_only", sector=sector)
    elif size:
        yield w(f"comparison.size_only{preliminary}", size=size)


def _named(context: Context, kind: str, name: str | None) -> str | None:
    """A sector or size in words; None where it isn't known, here or at all."""
    key = f"comparison.{kind}.{name}"
    return context.words(key) if name and context.words.has(key) else None


def _front(context: Context, beside: Sequence[_Beside]) -> str | None:
    """On which side of the median each area lies; only how many areas where the names don't fit in one line."""
    sides: dict[str, list[str]] = {"above": [], "at": [], "below": []}
    placed = [each for each in beside if each.standing.place is not None]
    for each in placed:
        if each.standing.place is not None:
            sides[SIDES[each.standing.place]].append(each.title)
    if not placed:
        return None
    w, groups = context.words, {each.group for each in placed}
    parts = [w(f"comparison.front_parts.{key}", areas=w.listed(areas)) for key, areas in sides.items() if areas]
    told = w("comparison.front_mixed", parts="; ".join(parts))
    if len(groups) == 1:
        told = w("comparison.front", group=placed[0].group, parts="; ".join(parts))
    counts = {key: len(areas) for key, areas in sides.items()}
    return told if len(told) <= FRONT_LINE else w("comparison.front_counted", **counts)


def _remarks(context: Context, found: Benchmark, beside: Sequence[_Beside]) -> Iterator[str]:
    """Whether the company itself is in the groups; figures older than the set; why no finer group."""
    w, shown = context.words, [each for each in beside if each.standing.rung is not None]
    included = {True: "yes", False: "no", None: "unknown"}
    for key, titles in _by(shown, [included[each.standing.included] for each in shown]).items():
        if len(titles) == len(shown):
            yield w(f"comparison.included.{key}")
        else:
            yield w(f"comparison.included_in.{key}", areas=w.listed(titles))
    for date, titles in _by(shown, [each.standing.as_of or found.date for each in shown]).items():
        if date != found.date:
            yield w("comparison.as_of", areas=w.listed(titles), date=context.formats.day(date))
    reasons = {finer.reason for each in beside for finer in each.standing.finer}
    for reason in ("unknown_sector", "unknown_size"):
        if reason in reasons:
            yield w(f"comparison.finer.{reason}")
    for rung in RUNGS:
        titles = [
            each.title for each in shown if any((f.rung, f.reason) == (rung, "protected") for f in each.standing.finer)
        ]
        facts = {"rung": w(f"comparison.rungs.{rung}")}
        if titles and len(titles) == len(beside):
            yield w("comparison.finer.protected", **facts)
        elif titles:
            yield w("comparison.finer.protected_in", areas=w.listed(titles), **facts)


def _by(beside: Sequence[_Beside], keys: Sequence[str]) -> dict[str, list[str]]:
    """key -> titles, in the order in which keys first come."""
    found: dict[str, list[str]] = {}
    for each, key in zip(beside, keys, strict=True):
        found.setdefault(key, []).append(each.title)
    return found


def _chart(context: Context, beside: Sequence[_Beside]) -> Chart | None:
    """A strip an area: the group's quartiles and median as stretches, the company as a dot."""
    if not any(each.standing.rung for each in beside):
        return None
    scales = {(each.of.lowest, each.of.highest) if each.of else None for each in beside}
    first = next((each.of for each in beside if isinstance(each.of, NodeResult)), None)
    parts = [
        {"row": place, "from": each.share(part.low), "to": each.share(part.high), "part": name}
        for place, each in enumerate(beside)
        for name, part in (
            ("lower", each.standing.lower_quartile),
            ("median", each.standing.median),
            ("upper", each.standing.upper_quartile),
        )
        if part is not None
    ]
    rows: list[Row] = [
        {
            "row": place,
            "title": each.title,
            "own": None if each.own is None else each.share(each.own),
            "label": each.own_words,
            "note": context.words(f"comparison.chart_places.{each.standing.place}")
            if each.standing.place
            else each.row.place,
        }
        for place, each in enumerate(beside)
    ]
    return Chart(
        spec="benchmark",
        id="chart-benchmark",
        title=context.words("charts.benchmark", rows=" ".join(each.row.sentence for each in beside)),
        data={
            "rows": rows,
            "parts": parts,
            "ticks": ticks(context, first) if first is not None and len(scales) == 1 else [],
        },
    )
