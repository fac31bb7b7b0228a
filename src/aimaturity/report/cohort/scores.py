"""Levels, areas, and what keeps companies from the next level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from aimaturity.documents.cohort import Distribution, Gate, GroupFigures, LevelCount, NodeFigures
from aimaturity.report.blocks import Block, Cell, Table
from aimaturity.report.cohort import charts
from aimaturity.report.cohort.teller import Teller, text
from aimaturity.report.criteria import about, needed
from aimaturity.scoring.document import Criterion

SHOWN = ("lowest", "lower_quartile", "median", "upper_quartile", "highest", "mean")


def levels(teller: Teller) -> Block | None:
    """How many companies are on each overall level."""
    found = teller.hub.levels
    if found is None:
        return None
    whole = teller.hub.companies
    rows = [(teller.level(each.level), each.companies) for each in found.levels]
    rows += [(teller.say("level_range", low=each.low, high=each.high), each.companies) for each in found.ranges]
    rows += [(teller.say("level_unknown"), found.unknown)] if found.unknown else []
    bars = [charts.Counted(name, n, teller.formats.number(n)) for name, n in rows]
    columns = teller.columns("levels", {"level": 50, "companies": 50})
    return Block(
        anchor="levels",
        heading=teller.say("headings.levels"),
        intro=[
            *([teller.count("levels.movable", found.movable)] if found.movable else []),
            *([teller.count("levels.ranges", sum(each.companies for each in found.ranges))] if found.ranges else []),
        ],
        chart=charts.counts("levels", teller.say("charts.levels"), bars),
        tables=[teller.table("levels", columns, [[text(name), teller.of(n, whole)] for name, n in rows])],
    )


def areas(teller: Teller) -> Block:
    """How the scores lie, in each area and theme."""
    rows = [_spread(teller, node) for node in teller.areas]
    themes = [node for node in teller.hub.nodes if node.id not in teller.document.areas]
    banded = [node for node in teller.areas if node.levels]
    return Block(
        anchor="areas",
        heading=teller.say("headings.areas"),
        chart=charts.spread(teller, "areas", teller.say("charts.areas"), rows) if rows else None,
        note=teller.say("areas.note"),
        tables=[_distributions(teller, "areas", teller.areas)],
        blocks=[
            *([_levels_by_area(teller, banded)] if banded else []),
            *([_themes(teller, themes)] if themes else []),
        ],
    )


def _spread(teller: Teller, node: NodeFigures) -> charts.Spread:
    note = teller.companies(node.scored)
    return charts.Spread(teller.pick(node.title) or node.id, node, node.distribution, note)


def _distributions(teller: Teller, id: str, nodes: list[NodeFigures]) -> Table:
    widths = {"area": 24, "scored": 11, "without": 13, **dict.fromkeys(SHOWN, 8)}
    rows = [
        [
            text(teller.pick(node.title) or node.id),
            teller.number(node.scored),
            teller.number(sum(node.without.values())),
            *figures(teller, node, node.distribution),
        ]
        for node in nodes
    ]
    return teller.table(id, teller.columns(id, widths), rows)


def figures(teller: Teller, node: NodeFigures, found: Distribution | None) -> list[Cell]:
    """Lowest to highest, and the mean."""
    return [teller.score_cell(node, None if found is None else getattr(found, name)) for name in SHOWN]


def _levels_by_area(teller: Teller, nodes: list[NodeFigures]) -> Block:
    return Block(
        anchor="area-levels",
        heading=teller.say("headings.area_levels"),
        chart=charts.stacks(
            "area-levels",
            teller.say("charts.area_levels"),
            [_stack(teller, node) for node in nodes],
            _keys(teller, nodes[0].levels),
        ),
        note=teller.say("areas.levels_note"),
        tables=[_level_table(teller, nodes), _tenths(teller, nodes)],
    )


def _stack(teller: Teller, node: NodeFigures) -> charts.Stack:
    parts = [(shade_of(place, len(node.levels)), each.companies) for place, each in enumerate(node.levels)]
    without = sum(node.without.values())
    return charts.Stack(
        teller.pick(node.title) or node.id,
        teller.companies(teller.hub.companies),
        [*parts, (charts.OPEN, without)],
    )


def shade_of(place: int, count: int) -> int:
    """Pale to dark, 1 to 5."""
    return 1 + round(place * (charts.SHADES - 1) / max(1, count - 1))


def _keys(teller: Teller, levels: list[LevelCount]) -> dict[int, tuple[str, str]]:
    found = {
        shade_of(place, len(levels)): (teller.level(each.level), str(each.level)) for place, each in enumerate(levels)
    }
    return found | {charts.OPEN: (teller.say("too_little"), teller.say("too_little_short"))}


def _level_table(teller: Teller, nodes: list[NodeFigures]) -> Table:
    names = {f"level_{each.level}": teller.level(each.level) for each in nodes[0].levels}
    columns = teller.columns("area_levels", {"area": 24})
    numbers = [*names.values(), teller.say("columns.without"), teller.say("columns.uncertain")]
    columns += [columns[0].model_copy(update={"title": name, "width": 10, "numeric": True}) for name in numbers]
    rows = [
        [
            text(teller.pick(node.title) or node.id),
            *(teller.number(each.companies) for each in node.levels),
            teller.number(sum(node.without.values())),
            teller.number(node.uncertain),
        ]
        for node in nodes
    ]
    return teller.table("area_levels", columns, rows)


def _tenths(teller: Teller, nodes: list[NodeFigures]) -> Table:
    """Companies in each tenth of the scale; of areas with one scale."""
    first = nodes[0]
    width = (first.highest - first.lowest) / len(first.tenths)
    ends = [teller.formats.number(first.lowest + width * place) for place in range(len(first.tenths) + 1)]
    base = teller.columns("tenths", {"area": 20})
    columns = base + [
        base[0].model_copy(update={"title": teller.formats.span(low, high), "width": 8, "numeric": True})
        for low, high in pairwise(ends)
    ]
    alike = [node for node in nodes if (node.lowest, node.highest) == (first.lowest, first.highest)]
    rows = [[text(teller.pick(n.title) or n.id), *(teller.number(count) for count in n.tenths)] for n in alike]
    return teller.table("tenths", columns, rows)


def _themes(teller: Teller, themes: list[NodeFigures]) -> Block:
    return Block(
        anchor="themes",
        heading=teller.say("headings.themes"),
        intro=[teller.say("areas.themes")],
        tables=[_distributions(teller, "themes", themes)],
    )


def gates(teller: Teller) -> Block | None:
    """What keeps companies from their next level."""
    found = teller.hub.gates
    if not found:
        return None
    blocks = []
    for level in sorted({gate.level for gate in found}):
        gates = [gate for gate in found if gate.level == level]
        widths = {"requirement": 50, "unmet": 16, "untold": 18, "alone": 16}
        columns = teller.columns("gates", widths)
        name = teller.level(level)
        blocks.append(
            Block(
                anchor=f"gates-{level}",
                heading=teller.say("headings.gate", level=name),
                intro=[teller.count("gates.companies", gates[0].companies, level=level)],
                tables=[teller.table("gates", columns, [_gate(teller, gate) for gate in gates], level=level)],
            )
        )
    return Block(anchor="gates", heading=teller.say("headings.gates"), intro=[teller.say("gates.intro")], blocks=blocks)


def _gate(teller: Teller, gate: Gate) -> list[Cell]:
    return [
        text(requirement(teller, gate.requirement)),
        teller.of(gate.unmet, gate.companies),
        teller.number(gate.unknown),
        teller.number(gate.alone),
    ]


def requirement(teller: Teller, criterion: Criterion) -> str:
    """A requirement in words; where one of several is enough, all of them."""
    if criterion.how == "test":
        enough = teller.words(f"need.{criterion.test}", needed=needed(teller, criterion))
        said = about(teller, criterion)
        return teller.say("gates.asked" if said.endswith("?") else "gates.test", about=said, needed=enough)
    parts = [requirement(teller, part) for part in criterion.parts]
    if criterion.how == "not":
        return teller.words("need.not", needed="; ".join(parts))
    return teller.say(f"gates.{criterion.how}", parts="; ".join(parts))


def grouping(teller: Teller) -> Block | None:
    """The areas by group of companies."""
    found = teller.hub.grouping
    if found is None:
        return None
    field = teller.say(f"fields.{found.field}") if teller.words.has(f"cohort.fields.{found.field}") else ""
    return Block(
        anchor="groups",
        heading=teller.say("headings.groups", field=(field or teller.pick(found.title) or found.field)),
        intro=[teller.say("groups.intro"), *([teller.say("groups.small")] if _some_small(teller) else [])],
        tables=[_group_sizes(teller, found.groups)],
        blocks=list(_group_blocks(teller)),
    )


def _some_small(teller: Teller) -> bool:
    return teller.hub.grouping is not None and any(group.small for group in teller.hub.grouping.groups)


def _group_title(teller: Teller, group: GroupFigures) -> str:
    field = teller.hub.grouping.field if teller.hub.grouping is not None else ""
    return teller.kind(field, group.id, group.title)


def _group_sizes(teller: Teller, groups: list[GroupFigures]) -> Table:
    columns = teller.columns("group_sizes", {"group": 50, "companies": 25, "small": 25}, text=["small"])
    rows = [
        [
            text(_group_title(teller, group)),
            teller.of(group.companies, teller.hub.companies),
            text(teller.say("groups.is_small") if group.small else ""),
        ]
        for group in groups
    ]
    return teller.table("group_sizes", columns, rows)


def _group_blocks(teller: Teller) -> Iterator[Block]:
    groups = teller.hub.grouping.groups if teller.hub.grouping is not None else []
    for place, node in enumerate(teller.areas):
        mine = [(group, next(n for n in group.nodes if n.id == node.id)) for group in groups]
        title = teller.pick(node.title) or node.id
        rows = [
            charts.Spread(_group_title(teller, group), node, figure.distribution, teller.companies(figure.scored))
            for group, figure in mine
        ]
        widths = {"group": 30, "scored": 12, **dict.fromkeys(SHOWN, 9)}
        cells = [
            [
                text(_group_title(teller, group)),
                teller.number(figure.scored),
                *figures(teller, node, figure.distribution),
            ]
            for group, figure in mine
        ]
        yield Block(
            anchor=f"group-{place + 1}",
            heading=title,
            chart=charts.spread(teller, f"group-{place + 1}", teller.say("charts.group", area=title), rows),
            tables=[teller.table("groups", teller.columns("groups", widths), cells, area=title)],
        )
