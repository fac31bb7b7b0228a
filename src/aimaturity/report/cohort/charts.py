"""The cohort page's charts: places as shares, words in the page's language, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aimaturity.documents.cohort import Distribution, NodeChange, NodeFigures
from aimaturity.report.cohort.teller import Teller
from aimaturity.report.view import Chart

SHADES = 5
WIDTH, NARROW_WIDTH, DIGIT, ROOM = 658.0, 326.0, 7.5, 8.0
"""Pixels: of a whole bar, on a phone, of a digit, and around a number."""
BOX = 14.0
"""Pixels of a key's box."""
NAME_ROOM, LETTER = 74.0, 6.4
"""Pixels that a fifth of the scale has for a level's name, and that a letter takes."""
REACHES = (5, 10, 20, 30, 40, 50, 100)
"""Points on either side of no change."""
BESIDE, BESIDE_STRIP = 32, 17
"""Letters that fit beside a bar, and beside a strip."""
OPEN = 0
"""The shade of those who belong to no part: an open frame."""

Row = dict[str, str | float | bool | None]


@dataclass(frozen=True)
class Counted:
    """A row of a chart of numbers."""

    title: str
    companies: int
    label: str


def counts(id: str, title: str, rows: Sequence[Counted]) -> Chart:
    """A bar a row; the longest is the whole width. Names that don't fit beside their bars stand above them."""
    most = max((row.companies for row in rows), default=0) or 1
    return Chart(
        spec="counts" if all(len(row.title) <= BESIDE for row in rows) else "counts_named",
        id=f"chart-{id}",
        title=f"{title} {' '.join(f'{row.title}: {row.label}.' for row in rows)}",
        data={
            "rows": [
                {"row": place, "title": row.title, "label": row.label, "share": _share(row.companies / most)}
                for place, row in enumerate(rows)
            ]
        },
    )


@dataclass(frozen=True)
class Stack:
    """A row of a chart of parts: (shade, companies) each, in order."""

    title: str
    label: str
    parts: Sequence[tuple[int, int]]


def stacks(id: str, title: str, rows: Sequence[Stack], keys: Mapping[int, tuple[str, str]]) -> Chart:
    """A whole bar a row, parted. keys: shade -> (name, short name) of the parts."""
    told = " ".join(
        f"{row.title}: {', '.join(f'{keys[shade][0]} {n}' for shade, n in row.parts if n)} ({row.label})."
        for row in rows
    )
    return Chart(
        spec="stack",
        id=f"chart-{id}",
        title=f"{title} {told}",
        data={
            "rows": [{"row": place, "title": row.title, "label": row.label} for place, row in enumerate(rows)],
            "parts": [part for place, row in enumerate(rows) for part in _parts(place, row)],
            "keys": _keys(keys),
        },
    )


def _parts(place: int, row: Stack) -> Iterable[Row]:
    whole, before = sum(n for _, n in row.parts) or 1, 0
    for shade, n in row.parts:
        if n:
            start, end = before / whole, (before + n) / whole
            needed = len(str(n)) * DIGIT + ROOM
            yield {
                "row": place, "from": _share(start), "to": _share(end), "middle": _share((start + end) / 2),
                "shade": shade, "label": str(n), "fits": (end - start) * WIDTH >= needed,
                "fits_narrow": (end - start) * NARROW_WIDTH >= needed,
            }  # fmt: skip
        before += n


def _keys(keys: Mapping[int, tuple[str, str]]) -> list[Row]:
    """The keys beside each other, over the whole width."""
    room = 1 / max(1, len(keys))
    return [
        {
            "row": 0, "from": _share(place * room), "to": _share(place * room + BOX / WIDTH), "shade": shade,
            "name": name, "number": short,
        }
        for place, (shade, (name, short)) in enumerate(keys.items())
    ]  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """A row of a chart of distributions."""

    title: str
    node: NodeFigures
    figures: Distribution | None
    note: str


def spread(teller: Teller, id: str, title: str, rows: Sequence[Spread]) -> Chart:
    """A strip a row, on the levels' bands; the names of levels and ticks where all rows share them. Names that don't
    fit beside their strips stand above them."""
    alike = len({(row.node.lowest, row.node.highest, *row.node.bands) for row in rows}) == 1
    first = rows[0].node if rows and alike else None
    return Chart(
        spec="spread" if all(len(row.title) <= BESIDE_STRIP for row in rows) else "spread_named",
        id=f"chart-{id}",
        title=f"{title} {' '.join(_in_words(teller, row) for row in rows)}",
        data={
            "rows": [
                {**_places(row), "row": place, "title": row.title, "label": _label(teller, row), "note": row.note}
                for place, row in enumerate(rows)
            ],
            "bands": [band | {"row": place} for place, row in enumerate(rows) for band in _bands(row.node)],
            "names": _names(teller, first) if first else [],
            "ticks": _ticks(teller, first) if first else [],
        },
    )


def _in_words(teller: Teller, row: Spread) -> str:
    if row.figures is None:
        return teller.say("charts.spread_none", title=row.title)
    ends = [row.figures.lowest, row.figures.lower_quartile, row.figures.median, row.figures.upper_quartile]
    low, lower, middle, upper, high = (teller.score(row.node, end) for end in (*ends, row.figures.highest))
    facts = {"lowest": low, "lower": lower, "median": middle, "upper": upper, "highest": high}
    return teller.say("charts.spread_row", title=row.title, **facts)


def _label(teller: Teller, row: Spread) -> str:
    if row.figures is None:
        return teller.say("dash")
    return teller.say("median_is", score=teller.score(row.node, row.figures.median))


def _places(row: Spread) -> Row:
    figures = row.figures
    if figures is None:
        return dict.fromkeys(("low", "from", "middle", "to", "high"))
    return {
        "low": place_on(row.node, figures.lowest),
        "from": place_on(row.node, figures.lower_quartile),
        "middle": place_on(row.node, figures.median),
        "to": place_on(row.node, figures.upper_quartile),
        "high": place_on(row.node, figures.highest),
    }


def place_on(node: NodeFigures, value: float) -> float:
    """A score's place on the node's scale, 0 to 1."""
    width = node.highest - node.lowest
    return _share(min(1.0, max(0.0, (value - node.lowest) / width))) if width > 0 else 0.0


def _share(share: float) -> float:
    return round(share, 5)


def _bands(node: NodeFigures) -> list[Row]:
    ends = [*node.bands[1:], node.highest]
    last = max(1, len(node.bands) - 1)
    found: list[Row] = (
        [
            {
                "from": place_on(node, start),
                "to": place_on(node, end),
                "shade": round(place * (SHADES - 1) / last),
            }
            for place, (start, end) in enumerate(zip(node.bands, ends, strict=True))
        ]
        if node.bands
        else []
    )
    return found or [{"from": 0.0, "to": 1.0, "shade": 1}]


def _names(teller: Teller, node: NodeFigures) -> list[Row]:
    """The levels' numbers and names, numbers alone where the names don't fit."""
    rows: list[Row] = []
    fit = True
    for place, band in enumerate(_bands(node) if node.bands else [], start=1):
        start, end, name = float(band["from"] or 0), float(band["to"] or 0), teller.level(place)
        fit = fit and len(name) * LETTER <= NAME_ROOM * 5 * (end - start) + LETTER * 2
        rows.append({"middle": _share((start + end) / 2), "number": str(place), "name": name})
    return rows if fit else [{**row, "name": row["number"]} for row in rows]


def _ticks(teller: Teller, node: NodeFigures) -> list[Row]:
    values = sorted({node.lowest, *node.bands, node.highest})
    return [
        {
            "x": place_on(node, value),
            "text": teller.formats.number(value),
            "place": "left" if value == node.lowest else "right" if value == node.highest else "center",
        }
        for value in values
    ]


def paired(teller: Teller, id: str, title: str, rows: Sequence[tuple[str, NodeChange, str]]) -> Chart:
    """The median difference of each area with its interval, around no change."""
    shown = [end for _, c, _ in rows for end in (c.median, c.median_low, c.median_high) if end is not None]
    widest = max(map(abs, shown), default=0.0)
    reach = next((step for step in REACHES if step >= widest), REACHES[-1])

    def place(value: float | None) -> float | None:
        return None if value is None else _share((max(-reach, min(reach, value)) + reach) / (2 * reach))

    told = " ".join(
        teller.say("charts.paired_row" if change.median is not None else "charts.paired_none", title=name, said=said)
        for name, change, said in rows
    )
    return Chart(
        spec="paired",
        id=f"chart-{id}",
        title=f"{title} {told}",
        data={
            "rows": [
                {
                    "row": row, "title": name, "zero": 0.5, "low": place(change.median_low),
                    "middle": place(change.median), "high": place(change.median_high),
                    "label": teller.change(change.median) if change.median is not None else teller.say("dash"),
                    "note": teller.interval(change.median_low, change.median_high) or "",
                }
                for row, (name, change, _) in enumerate(rows)
            ],
            "ticks": [
                {"x": _share((value + reach) / (2 * reach)), "text": _tick(teller, value)}
                for value in (-reach, -reach / 2, 0, reach / 2, reach)
            ],
        },
    )  # fmt: skip


def _tick(teller: Teller, value: float) -> str:
    """With its sign, and no needless decimal."""
    return ("+" if value > 0 else "") + teller.formats.number(value)
