"""What charts are drawn of: places as shares of a scale, words in the report's language, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from aimaturity.report.context import SHADES, Context
from aimaturity.report.view import Chart, Score
from aimaturity.scoring.document import Contribution, NodeResult

MOST_PARTS = 6
"""More would be too thin to tell apart; the smallest are drawn as one."""
NAME_ROOM, LETTER = 74.0, 6.4
"""Pixels that a fifth of the drawing has for a band's name, and that a letter takes."""
TITLE_ROOM = 226
"""Pixels that a part's name has beside its value."""

Row = dict[str, str | float | bool | None]


def profile_chart(context: Context, nodes: Sequence[NodeResult], titles: Sequence[str]) -> Chart:
    """Scores, bounds and levels of the areas, in the model's order."""
    scores = [context.score(node) for node in nodes]
    bands = {tuple(node.bands) for node in nodes}
    scales = {(node.lowest, node.highest) for node in nodes}
    shared = nodes[0] if nodes and len(scales) == len(bands) == 1 else None
    listed = zip(titles, scores, strict=True)
    return Chart(
        spec="profile",
        id="chart-profile",
        title=context.words(
            "charts.profile", rows=" ".join(in_words(context, title, score) for title, score in listed)
        ),
        data={
            "rows": [
                {
                    **_places(context, node),
                    "row": row,
                    "title": titles[row],
                    "label": scores[row].text,
                    "note": _note(scores[row], len(scales) > 1),
                }
                for row, node in enumerate(nodes)
            ],
            "bands": [{**band, "row": row} for row, node in enumerate(nodes) for band in _bands(context, node)],
            "names": _names(context, shared) if shared else [],
            "ticks": ticks(context, nodes[0]) if nodes and len(scales) == 1 else [],
        },
    )


def _note(score: Score, own_scale: bool) -> str:
    """What stands under the number: the level or why there is none, and the scale where each row has its own."""
    return ", ".join(part for part in (score.scale if own_scale else "", score.label, score.level) if part)


def in_words(context: Context, title: str, score: Score) -> str:
    """One row of a chart as a sentence."""
    w = context.words
    if score.number is None:
        key = "charts.row_range" if score.range else "charts.row_none"
        return w(key, title=title, range=score.range, label=score.label)
    said = w("charts.row_bounds" if score.range else "charts.row", title=title, score=score.number, range=score.range)
    return w("charts.row_level", said=said, level=score.level) if score.level else f"{said}."


def _places(context: Context, node: NodeResult) -> Row:
    """Score and bounds as shares of the node's scale; null where there is none, or where the score is certain."""
    scale, uncertain = context.scale(node), context.bounds(node) is not None
    return {
        "score": None if node.score is None else _share(scale.share(node.score)),
        "low": _share(scale.share(node.low)) if uncertain and node.low is not None else None,
        "high": _share(scale.share(node.high)) if uncertain and node.high is not None else None,
    }


def _share(share: float) -> float:
    return round(share, 5)


def _bands(context: Context, node: NodeResult) -> list[Row]:
    """The node's levels as stretches of its scale; one pale stretch where it has none."""
    scale, found = context.scale(node), list[Row]()
    for index, start in enumerate(node.bands):
        end = node.bands[index + 1] if index + 1 < len(node.bands) else node.highest
        shade = round(index * (SHADES - 1) / max(1, len(node.bands) - 1))
        found.append({"from": _share(scale.share(start)), "to": _share(scale.share(end)), "shade": shade})
    return found or [{"from": 0.0, "to": 1.0, "shade": 1}]


def _names(context: Context, node: NodeResult) -> list[Row]:
    """The levels' numbers and names, numbers alone where the names don't fit."""
    rows: list[Row] = []
    fit = True
    for index, band in enumerate(_bands(context, node) if node.bands else []):
        start, end = float(band["from"] or 0), float(band["to"] or 0)
        name, bare = context.level_name(index + 1), context.words("level.bare", level=index + 1)
        full = name if name == bare else context.words("level.name", level=index + 1, title=name)
        fit = fit and len(full) * LETTER <= NAME_ROOM * 5 * (end - start) + LETTER * 2
        rows.append({"middle": _share((start + end) / 2), "number": str(index + 1), "name": full})
    return rows if fit else [{**row, "name": row["number"]} for row in rows]


def ticks(context: Context, node: NodeResult) -> list[Row]:
    """The ends of the scale and round values between them; the bands' edges where there are bands."""
    low, high = node.lowest, node.highest
    width = high - low
    if node.bands:
        values = sorted({low, *(edge for edge in node.bands if low <= edge <= high), high})
    elif width != int(width):
        values = [low, high]
    else:
        parts = int(width) if width <= 10 else next((n for n in (5, 4) if width % n == 0), 1)
        values = [float(low + Fraction(int(width), max(1, parts)) * i) for i in range(parts + 1)]
    scale = context.scale(node)
    return [
        {
            "x": _share(scale.share(value)),
            "text": context.formats.number(value),
            "place": "left" if value == low else "right" if value == high else "center",
        }
        for value in values
    ]


def themes_chart(context: Context, area: NodeResult, rows: Sequence[tuple[str, Row, Score]]) -> Chart | None:
    """The parts of an area, each on its own scale: name, places and score; None where there are none."""
    if not rows:
        return None
    name = context.title(area)
    told = " ".join(in_words(context, title, score) for title, _, score in rows)
    return Chart(
        spec="themes",
        id=f"chart-themes-{context.number_of(area)}",
        title=context.words("charts.themes", area=name, rows=told),
        data={
            "rows": [
                {
                    **places,
                    "row": row,
                    "title": title,
                    "label": score.text or score.label or "",
                    "long": len(score.text or score.label or "") * 7 + len(title) * 6 < TITLE_ROOM + 90,
                }
                for row, (title, places, score) in enumerate(rows)
            ]
        },
    )


def node_places(context: Context, node: NodeResult) -> Row:
    return _places(context, node)


def parts_of(area: NodeResult) -> list[tuple[str, list[Contribution]]]:
    """(mark, entries) of each part that is drawn: at most six, the smallest together under the last mark.

    Empty where the score isn't made of parts that can be laid end to end from 0.
    """
    entries = [entry for entry in area.contributions if entry.points > 0]
    drawable = area.score is not None and area.lowest == 0 and all(e.points >= 0 for e in area.contributions)
    if not drawable or not entries or any(e.kind not in ("item", "node") for e in entries):
        return []
    if len(entries) <= MOST_PARTS:
        alone, rest = entries, []
    else:
        by_size = sorted(entries, key=lambda entry: -entry.points)
        largest = {id(entry) for entry in by_size[: MOST_PARTS - 1]}
        alone = [entry for entry in entries if id(entry) in largest]
        rest = [entry for entry in entries if id(entry) not in largest]
    made = [(str(number), [entry]) for number, entry in enumerate(alone, 1)]
    return [*made, (str(len(made) + 1), rest)] if rest else made


def parts_chart(context: Context, area: NodeResult) -> Chart | None:
    """What the area's score is made of, laid end to end on its scale."""
    parts = parts_of(area)
    if not parts or area.score is None or area.highest <= 0:
        return None
    rows, told, at = list[Row](), list[str](), 0.0
    for mark, entries in parts:
        points = sum(entry.points for entry in entries)
        rows.append({"from": _share(at / area.highest), "to": _share((at + points) / area.highest), "label": mark})
        at += points
        names = [context.part_title(entry) for entry in entries]
        name = names[0] if len(names) == 1 else context.words("charts.rest", names=context.words.listed(names))
        told.append(context.words("charts.part", title=name, points=context.points(points)))
    score = context.number(area, area.score)
    title = context.words("charts.parts", area=context.title(area), score=score, parts="; ".join(told))
    data = {"parts": rows, "ticks": ticks(context, area)}
    return Chart(spec="contributions", id=f"chart-parts-{context.number_of(area)}", title=title, data=data)
