"""Checks of a scoring model against its questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from aimaturity.definitions.base import COLUMN_ENDINGS, IDENTITY_HEADINGS
from aimaturity.definitions.check_conditions import Scope, condition_findings
from aimaturity.definitions.check_items import item_findings
from aimaturity.definitions.check_report import report_fits
from aimaturity.definitions.checks import Finding, Findings, duplicates, report, text_findings, unknown_sources
from aimaturity.definitions.conditions import Condition, ItemAtom, NodeAtom, atoms
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.questionnaire import Counts, Number, Questionnaire
from aimaturity.definitions.scoring_model import Leaf, Node, ScoringModel, leaf_of, walk
from aimaturity.definitions.validation import Salvage, near
from aimaturity.definitions.yaml_source import DataPath


def _leaves(node: Node, path: DataPath) -> Iterator[tuple[Leaf, DataPath]]:
    """A node's own items, each with the place of its name."""
    for index, child in enumerate(node.children):
        leaf = leaf_of(child)
        if leaf is not None:
            place = (*path, "children", index)
            yield leaf, place if isinstance(child, str) else (*place, "item")


def node_ids_are_free(m: ScoringModel, q: Questionnaire) -> Findings:
    """Node ids are unique and leave the columns of score tables alone."""
    yield from duplicates(((node.id, (*path, "id")) for node, path in walk(m.tree)), "nodes")
    for node, path in walk(m.tree):
        if node.id in IDENTITY_HEADINGS or node.id.endswith(COLUMN_ENDINGS):
            yield Finding("AIM111", (*path, "id"), {"name": node.id})


def items_fit(m: ScoringModel, q: Questionnaire) -> Findings:
    """Items exist, and their rules fit their questions."""
    scope = Scope(q)
    used = _used(m, scope)
    seen: set[str] = set()
    for node, path in walk(m.tree):
        for leaf, place in _leaves(node, path):
            if leaf.item not in scope.variables:
                yield from (Finding(c, p, f, about=a) for c, p, f, a in scope.unknown(leaf.item, place))
            elif leaf.item not in seen:
                seen.add(leaf.item)
                yield from item_findings(leaf.item, scope.variables[leaf.item], m, q, place)
    for name in m.items:
        if name not in scope.variables:
            found = scope.unknown(name, ("items", name))
            yield from (Finding(c, p, f, on_key=True, about=a) for c, p, f, a in found)
        elif name not in used:
            yield Finding("AIM204", ("items", name), {"name": name}, on_key=True)
            yield from item_findings(name, scope.variables[name], m, q, ("items", name))


def nodes_have_children(m: ScoringModel, q: Questionnaire) -> Findings:
    """Something to aggregate, with weight; the same item once only below a node."""
    for node, path in walk(m.tree):
        if not node.children and node.aggregate != "staged":
            begun = bool(m.items) or node is not m.tree
            yield Finding("AIM202", path, {"node": node.id}) if begun else Finding("AIM262", path)
        weights = [child.weight if not isinstance(child, str) else 1.0 for child in node.children]
        if weights and not any(weights):
            yield Finding("AIM203", path, {"node": node.id})
        yield from _weights_have_reasons(node, path)
    yield from _items_stand_once(m)


def _items_stand_once(m: ScoringModel) -> Findings:
    """An item stands once below any node that makes one number of what is below it."""
    told: set[DataPath] = set()
    for node, path in walk(m.tree):
        seen: set[str] = set()
        for inner, place_of in walk(node, path) if node.aggregate != "none" else ():
            for leaf, place in _leaves(inner, place_of):
                if leaf.item in seen and place not in told:
                    told.add(place)
                    yield Finding("AIM215", place, {"name": leaf.item, "node": node.id})
                seen.add(leaf.item)


def _weights_have_reasons(node: Node, path: DataPath) -> Findings:
    if all(isinstance(child, str) or child.weight == 1 for child in node.children):
        return
    for index, child in enumerate(node.children):
        if not isinstance(child, str) and child.weight != 1 and not child.reason:
            name = child.id if isinstance(child, Node) else child.item
            yield Finding("AIM216", (*path, "children", index, "weight"), {"name": name, "weight": f"{child.weight:g}"})


def aggregates_are_whole(m: ScoringModel, q: Questionnaire) -> Findings:
    """Each aggregate has what it needs and nothing that belongs to another."""
    for node, path in walk(m.tree):
        power = node.aggregate == "power_mean"
        if power and node.exponent is None:
            yield Finding("AIM217", path, {"node": node.id})
        if not power and node.exponent is not None:
            yield Finding("AIM218", (*path, "exponent"), {"key": "exponent", "aggregate": "power_mean"}, on_key=True)
        if node.share_from is not None and node.aggregate != "share":
            yield Finding("AIM218", (*path, "share_from"), {"key": "share_from", "aggregate": "share"}, on_key=True)
        if node.unasked and node.aggregate != "mean":
            yield Finding("AIM218", (*path, "unasked"), {"key": "unasked", "aggregate": "mean"}, on_key=True)
        below = {leaf.item for inner, place in walk(node, path) for leaf, _ in _leaves(inner, place)}
        if node.minimum_answered > len(below):
            facts = {"minimum": node.minimum_answered, "count": len(below)}
            yield Finding("AIM219", (*path, "minimum_answered"), facts)


def levels_rise(m: ScoringModel, q: Questionnaire) -> Findings:
    """Bands and levels rise, one of the two, and are named."""
    names = {name.level for name in m.levels}
    yield from duplicates(((str(n.level), ("levels", i, "level")) for i, n in enumerate(m.levels)), "levels")
    for node, path in walk(m.tree):
        if node.bands and node.levels:
            yield Finding("AIM220", (*path, "levels"), on_key=True)
        if node.aggregate == "staged" and not node.levels:
            yield Finding("AIM221", path, {"node": node.id})
        for index, (left, right) in enumerate(zip(node.bands, node.bands[1:], strict=False), start=1):
            if right <= left:
                yield Finding("AIM222", (*path, "bands", index), {"left": f"{left:g}", "right": f"{right:g}"})
        for index, (one, other) in enumerate(zip(node.levels, node.levels[1:], strict=False), start=1):
            if other.level <= one.level:
                yield Finding("AIM222", (*path, "levels", index, "level"), {"left": one.level, "right": other.level})
            if one.from_ is not None and other.from_ is not None and other.from_ <= one.from_:
                facts = {"left": f"{one.from_:g}", "right": f"{other.from_:g}"}
                yield Finding("AIM222", (*path, "levels", index, "from"), facts)
        used = set(range(1, len(node.bands) + 1)) | {rule.level for rule in node.levels}
        if names and used - names:
            listed = ", ".join(str(level) for level in sorted(used - names))
            place = (*path, "bands" if node.bands else "levels")
            yield Finding("AIM223", place, {"levels": listed}, on_key=True, about="level")


def _conditions(m: ScoringModel) -> Iterator[tuple[Condition, DataPath, str]]:
    """Every condition with its place and what it is for."""
    for node, path in walk(m.tree):
        for index, cap in enumerate(node.knock_out):
            yield cap.if_, (*path, "knock_out", index, "if"), "cap"
        for index, rule in enumerate(node.levels):
            for inner, condition in enumerate(rule.requires):
                yield condition, (*path, "levels", index, "requires", inner), "requirement"
    for index, advice in enumerate(m.recommendations):
        yield advice.if_, ("recommendations", index, "if"), "rule"


def conditions_hold(m: ScoringModel, q: Questionnaire) -> Findings:
    """Conditions name what exists; caps loosen and requirements ease as scores rise."""
    scope = Scope(q)
    used = _used(m, scope)
    for condition, path, use in _conditions(m):
        for code, place, facts, about in condition_findings(condition, path, scope, m.nodes):
            yield Finding(code, place, facts, about=about)
        for atom, place, positive in atoms(condition, path):
            if isinstance(atom, NodeAtom) and use != "rule":
                rising = (atom.below is None) == positive
                if rising != (use == "requirement"):
                    yield Finding("AIM224" if use == "cap" else "AIM225", place, {"node": atom.node})
            if isinstance(atom, ItemAtom) and atom.item in scope.variables and atom.item not in used:
                yield Finding("AIM226", (*place, "item"), {"name": atom.item}, about=atom.item)


def _used(m: ScoringModel, scope: Scope) -> set[str]:
    """Items in the tree; a misspelt one counts as the one that was meant."""
    named = {leaf.item for node, path in walk(m.tree) for leaf, _ in _leaves(node, path)}
    meant = {near(name, scope.variables) for name in named if name not in scope.variables}
    return named | {name for name in meant if name is not None}


def nodes_have_no_cycles(m: ScoringModel, q: Questionnaire) -> Findings:
    """No node's score or level hangs on itself."""
    graph: dict[str, set[str]] = {}
    places: dict[str, DataPath] = {}
    for node, path in walk(m.tree):
        places[node.id] = path
        value, level = f"value {node.id}", f"level {node.id}"
        needs = {f"value {child.id}" for child in node.children if isinstance(child, Node)}
        needs |= {read for cap in node.knock_out for read in _reads(cap.if_)}
        wants = {read for rule in node.levels for condition in rule.requires for read in _reads(condition)}
        graph[value] = needs | (wants if node.aggregate == "staged" else set())
        graph[level] = {value} | (set() if node.aggregate == "staged" else wants)
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = list(dict.fromkeys(step.split(" ")[1] for step in error.args[1]))
        place = places.get(names[0], ("tree",))
        yield Finding("AIM114", place, {"names": " -> ".join(names)})


def _reads(condition: Condition) -> set[str]:
    return {
        f"{'level' if atom.level_at_least is not None else 'value'} {atom.node}"
        for atom, _, _ in atoms(condition)
        if isinstance(atom, NodeAtom)
    }


def advice_is_whole(m: ScoringModel, q: Questionnaire) -> Findings:
    """Recommendations have ids of their own and targets that can be reached."""
    scope = Scope(q)
    used = _used(m, scope)
    listed = [(advice.id, ("recommendations", i, "id")) for i, advice in enumerate(m.recommendations)]
    yield from duplicates(listed, "recommendations")
    known = {source.id for source in q.sources}
    for index, advice in enumerate(m.recommendations):
        path: DataPath = ("recommendations", index)
        yield from unknown_sources(advice.sources, (*path, "sources"), known)
        for name, goal in advice.targets.items():
            place = (*path, "targets", name)
            question: Any = scope.variables.get(name)
            if question is None:
                found = scope.unknown(name, place)
                yield from (Finding(c, p, f, on_key=True, about=a) for c, p, f, a in found)
            elif name not in used:
                yield Finding("AIM226", place, {"name": name}, on_key=True, about=name)
            elif not isinstance(question, Number | Counts):
                steps = len(q.options_of(question)) - 1
                if goal != int(goal) or not 0 <= goal <= steps:
                    yield Finding("AIM129", place, {"value": f"{goal:g}", "low": "0", "high": str(steps)})
    if m.find_out is not None:
        yield from unknown_sources(m.find_out.sources, ("find_out", "sources"), known)


def texts_are_whole(m: ScoringModel, q: Questionnaire) -> Findings:
    """Every text in every language of the questionnaire."""
    yield from text_findings(m, q.languages)


def means_stay_positive(m: ScoringModel, q: Questionnaire) -> Findings:
    """No value below 0 under a geometric mean, or a power mean with an exponent of 0 or less."""
    lows: dict[str, float] = {}
    variables = dict(q.variables())
    for node, path in reversed(list(walk(m.tree))):
        below = [lows.get(c.id, 0.0) for c in node.children if isinstance(c, Node)]
        below += [_lowest(m, leaf.item, variables.get(leaf.item)) for leaf, _ in _leaves(node, path)]
        lows[node.id] = min(below, default=0.0)
        roots = node.aggregate in ("geometric_mean", "harmonic_mean") or (
            node.aggregate == "power_mean" and (node.exponent or 0) != 1
        )
        if roots and lows[node.id] < 0:
            yield Finding("AIM227", path, {"node": node.id, "lowest": f"{lows[node.id]:g}"})


def _lowest(m: ScoringModel, name: str, question: Any) -> float:
    """A lower limit of an item's points, from its rule alone."""
    item = m.item(name)
    points = [value for value in (item.points or {}).values() if value is not None]
    if item.ladder is not None:
        points += [item.ladder.lowest, item.ladder.highest]
    if item.goalposts is not None:
        points += [item.goalposts.lowest, item.goalposts.highest]
    points += [y for _, y in item.curve or ()]
    if item.as_it_is and isinstance(question, Number | Counts):
        points.append(question.minimum)
    if item.ticks is not None:
        sinking = sum(min(weight, 0.0) for weight in item.ticks.weights.values())
        low = item.ticks.start + sinking if item.ticks.rule == "sum" else sinking
        points.append(low if item.ticks.minimum is None else max(low, item.ticks.minimum))
    return min(points, default=0.0)


CHECKS: tuple[Callable[[ScoringModel, Questionnaire], Findings], ...] = (
    node_ids_are_free,
    items_fit,
    nodes_have_children,
    aggregates_are_whole,
    levels_rise,
    conditions_hold,
    nodes_have_no_cycles,
    means_stay_positive,
    advice_is_whole,
    report_fits,
    texts_are_whole,
)


def check_scoring(
    model: ScoringModel, questionnaire: Questionnaire, salvage: Salvage[ScoringModel]
) -> list[Diagnostic]:
    """Everything that the checks find in a scoring model."""
    return [d for check in CHECKS for d in report(check(model, questionnaire), salvage)]
