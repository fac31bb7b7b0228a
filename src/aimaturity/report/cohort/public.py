"""What the public version of the page shows: classes and bands, and no company."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimaturity.benchmark.documents import Count, Group, MeasureGroups
from aimaturity.report.blocks import Block, Cell
from aimaturity.report.cohort.teller import Teller, text
from aimaturity.scoring.standing import Stretch

ALL_WIDTHS = {"counted": 60, "companies": 20, "as_of": 20}
LEVEL, CHALLENGE, ADVICE = "level", "main_challenge", "advice:"


def areas(teller: Teller) -> Block:
    """Quartiles of the groups that may be shown, area by area."""
    shown = [measure for measure in teller.public.measures if measure.groups]
    return Block(
        anchor="areas",
        heading=teller.say("headings.areas"),
        intro=[teller.words("comparison.figures")] if shown else [teller.say("public.nothing")],
        blocks=[_measure(teller, measure, place) for place, measure in enumerate(shown, start=1)],
    )


def _measure(teller: Teller, measure: MeasureGroups, place: int) -> Block:
    title = teller.pick(measure.measure.title) or measure.measure.id
    widths = {"group": 30, **dict.fromkeys(("companies", "lower_quartile", "median", "upper_quartile", "as_of"), 14)}
    columns, rows = teller.columns("public_area", widths), [_group(teller, g) for g in measure.groups]
    table = teller.table("public_area", columns, rows, area=title)
    return Block(anchor=f"area-{place}", heading=title, tables=[table])


def _group(teller: Teller, group: Group) -> list[Cell]:
    return [
        text(_group_name(teller, group)),
        text(teller.band(group.companies)),
        *(text(_stretch(teller, part)) for part in (group.lower_quartile, group.median, group.upper_quartile)),
        text(group.as_of),
    ]


def _group_name(teller: Teller, group: Group) -> str:
    """Sector and size, or all."""
    parts = [*([teller.sector(group.sector)] if group.sector else [])]
    parts += [teller.kind("size", group.size, None)] if group.size else []
    return ", ".join(parts) or teller.say("public.all")


def _stretch(teller: Teller, part: Stretch) -> str:
    return teller.formats.span(teller.formats.number(part.low), teller.formats.number(part.high))


def counts(teller: Teller) -> Iterator[Block]:
    """Levels, challenges and recommendations, as far as their numbers may be shown."""
    found = teller.public.counts
    for key, mine in (
        ("levels", [c for c in found if c.measure == LEVEL]),
        ("challenges", [c for c in found if c.measure == CHALLENGE and c.sector is None]),
        ("challenges_sector", [c for c in found if c.measure == CHALLENGE and c.sector is not None]),
        ("steps", [c for c in found if c.measure.startswith(ADVICE)]),
    ):
        if mine:
            yield _counted(teller, key, mine)


def _counted(teller: Teller, key: str, mine: Sequence[Count]) -> Block:
    by_sector = key == "challenges_sector"
    widths = {"counted": 36, "sector": 32, "companies": 16, "as_of": 16} if by_sector else ALL_WIDTHS
    columns = teller.columns("counted", widths, text=["sector"])
    titles = {(title.measure, title.value): title.title for title in teller.public.titles}

    def name(count: Count) -> str:
        said = teller.pick(titles.get((count.measure, count.value))) or count.value or count.measure
        return teller.words("level.name", level=count.value, title=said) if count.measure == LEVEL else said

    ordered = sorted(
        mine, key=lambda c: (c.sector or "", -c.companies.at_least if key != "levels" else 0, c.value or "", name(c))
    )
    rows = [
        [
            text(name(c)),
            *([text(teller.sector(c.sector))] if by_sector else []),
            text(teller.band(c.companies)),
            text(c.as_of),
        ]
        for c in ordered
    ]
    return Block(
        anchor=f"public-{key.replace('_', '-')}",
        heading=teller.say(f"headings.public_{key}"),
        intro=[teller.say("public.counts")],
        tables=[teller.table(f"public_{key}", columns, rows)],
    )  # fmt: skip
