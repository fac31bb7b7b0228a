"""Compiling: a checked model and its questionnaire become a plan, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Any

import numpy as np

from aimaturity.definitions.conditions import ItemAtom, NodeAtom, QuestionAtom, atoms
from aimaturity.definitions.questionnaire import Counts, Multiple, Number, Questionnaire
from aimaturity.definitions.scoring_model import (
    CountAs,
    Leaf,
    Missing,
    Node,
    Policy,
    ScoringModel,
    Ticks,
    leaf_of,
    walk,
)
from aimaturity.scoring import aggregate, recode
from aimaturity.scoring.completions import completions
from aimaturity.scoring.conditions import Conditions
from aimaturity.scoring.evaluate import MEANS_THAT_REFUSE
from aimaturity.scoring.plan import (
    Member,
    Plan,
    PlanItem,
    PlanNode,
    Policies,
    Step,
)
from aimaturity.scoring.settle import Variable, variables_of

DEFAULT_COVERAGE = 0.6


def compile_plan(questionnaire: Questionnaire, model: ScoringModel) -> Plan:
    """The plan of a model that `check` finds free of errors. A model with errors raises KeyError or ValueError."""
    variables = variables_of(questionnaire)
    items = {name: _item(name, questionnaire, model) for name in _items_in_use(model)}
    nodes: dict[str, PlanNode] = {}
    for node, inherited, coverage in reversed(list(_inherit(model.tree, Missing(), None))):
        nodes[node.id] = _node(node, inherited, coverage, items, nodes, model)
    conditions = Conditions(questionnaire)
    read = _read_variables(conditions, variables, model)
    plan = Plan(
        model=model,
        questionnaire=questionnaire,
        conditions=conditions,
        variables=tuple(replace(variable, is_read=variable.name in read) for variable in variables),
        items=tuple(items.values()),
        nodes=nodes,
        steps=_steps(model, nodes),
    )
    return completions(plan)


def _read_variables(conditions: Conditions, variables: tuple[Variable, ...], model: ScoringModel) -> set[str]:
    """Variables that conditions of questions, caps and levels read."""
    found = [variable.show_if for variable in variables if variable.show_if is not None]
    for node, _ in walk(model.tree):
        found += [cap.if_ for cap in node.knock_out] + [c for rule in node.levels for c in rule.requires]
    return {
        conditions.variable(atom.question if isinstance(atom, QuestionAtom) else atom.item)
        for condition in found
        for atom, _, _ in atoms(condition)
        if isinstance(atom, QuestionAtom | ItemAtom)
    }


def _items_in_use(model: ScoringModel) -> list[str]:
    """Item names that the selected groups hold and the tree or the advice reads, in order of first use."""
    used = [leaf.item for node, _ in walk(model.tree) for leaf in _leaves(node, model)]
    conditions = [rule.if_ for rule in model.recommendations]
    for node, _ in walk(model.tree):
        conditions += [cap.if_ for cap in node.knock_out] + [c for rule in node.levels for c in rule.requires]
    read = [atom.item for c in conditions for atom, _, _ in atoms(c) if hasattr(atom, "item")]
    return list(dict.fromkeys(used + read))


def _leaves(node: Node, model: ScoringModel) -> Iterator[Leaf]:
    for child in node.children:
        leaf = leaf_of(child)
        if leaf is not None and (not model.groups or set(model.groups) & set(model.item(leaf.item).groups)):
            yield leaf


def _item(name: str, questionnaire: Questionnaire, model: ScoringModel) -> PlanItem:
    definition = model.item(name)
    question: Any = dict(questionnaire.variables())[name]
    options = questionnaire.options_of(question)
    recoder = recode.recoder(name, definition, question, options)
    points = _reachable(name, definition, question, options)
    points = points[~np.isnan(points)]
    empty = not len(points)
    unscored = definition.points is not None and None in definition.points.values()
    return PlanItem(
        name=name,
        variable=name,
        definition=definition,
        recode=recoder,
        lowest=0.0 if empty else float(points.min()),
        highest=0.0 if empty else float(points.max()),
        has_unscored=unscored,
        is_unscored=empty,
        may_lack_points=unscored or isinstance(question, Counts),
    )


def _reachable(name: str, definition: Any, question: Any, options: Any) -> recode.Floats:
    """Points that valid values can give, their extremes among them."""
    if isinstance(question, Multiple):
        ticks = definition.ticks or Ticks()
        masks = recode.subsets(question, options, [recode.tick_weights(ticks, options)], ())
        return recode.tick_points(ticks, options, np.array(masks, np.int64))
    if isinstance(question, Number | Counts):
        curve = recode.curve_of(definition)
        corners = () if curve is None else (curve[0],)
        if isinstance(question, Number):
            return recode.along(definition, recode.critical_numbers(question, corners, ()))
        low, high = recode.combined_range(recode.combine_of(definition, question), question)
        inner = [x for x in (corners[0] if corners else ()) if low <= x <= high]
        return recode.along(definition, np.array([low, *inner, high]))
    return recode.option_points(definition, options)


def _inherit(node: Node, missing: Missing, coverage: float | None) -> Iterator[tuple[Node, Missing, float]]:
    """Every node, parents first, with its policies and minimum coverage after inheriting."""
    mine = Missing(**{s: getattr(node.missing, s) or getattr(missing, s) for s in Missing.model_fields})
    least = node.minimum_coverage if node.minimum_coverage is not None else coverage
    yield node, mine, DEFAULT_COVERAGE if least is None else least
    for child in node.children:
        if isinstance(child, Node):
            yield from _inherit(child, mine, least)


def _points_of(policy: Policy | None) -> float | None:
    if isinstance(policy, CountAs):
        return policy.value
    return 0.0 if policy == "zero" else None


def _policies(missing: Missing) -> Policies:
    return Policies(*(_points_of(getattr(missing, s)) for s in ("blank", "dont_know", "not_applicable", "hidden")))


def _node(
    node: Node,
    missing: Missing,
    coverage: float,
    items: dict[str, PlanItem],
    nodes: dict[str, PlanNode],
    model: ScoringModel,
) -> PlanNode:
    members: list[Member] = []
    below: list[str] = []
    children: list[str] = []
    kept = {leaf.item for leaf in _leaves(node, model)}
    for child in node.children:
        if isinstance(child, Node):
            made = nodes[child.id]
            children.append(child.id)
            below += made.item_names
            if node.pooled:
                members += _items_below(made, nodes)
            elif child.weight and made.aggregate != "none":
                members.append(Member(child.id, child.weight, None, made.lowest, made.highest))
        else:
            leaf = leaf_of(child) or Leaf(item=str(child))
            if leaf.item not in kept:
                continue
            item = items[leaf.item]
            below.append(leaf.item)
            if leaf.weight:
                members.append(Member(leaf.item, leaf.weight, _policies(missing), item.lowest, item.highest))
    low, high = aggregate.reachable(node, members)
    raw_low, raw_high = low, high
    if node.rescale is not None:
        low, high = node.rescale.lowest, node.rescale.highest
    if node.round is not None:
        low, high = (float(aggregate.rounded(np.array([v]), node.round)[0]) for v in (low, high))
    reads = {
        atom.node
        for condition in [cap.if_ for cap in node.knock_out]
        for atom, _, _ in atoms(condition)
        if isinstance(atom, NodeAtom)
    }
    return PlanNode(
        id=node.id,
        definition=node,
        aggregate=node.aggregate,
        exponent=aggregate.exponent(node),
        members=tuple(members),
        item_names=tuple(dict.fromkeys(below)),
        child_nodes=tuple(children),
        minimum_coverage=coverage,
        lowest=low,
        highest=high,
        raw_lowest=raw_low,
        raw_highest=raw_high,
        reads=frozenset(reads),
    )


def _items_below(node: PlanNode, nodes: dict[str, PlanNode]) -> list[Member]:
    """All items below a node, each with its own weight and the policies of the node it stands in."""
    found = []
    if node.definition.pooled:
        return list(node.members)
    members = {m.name: m for m in node.members if m.is_item}
    for child in node.definition.children:
        if isinstance(child, Node):
            found += _items_below(nodes[child.id], nodes)
        else:
            leaf = leaf_of(child)
            if leaf is not None and leaf.item in members:
                found.append(members[leaf.item])
    return found


def _steps(model: ScoringModel, nodes: dict[str, PlanNode]) -> tuple[Step, ...]:
    """Values and levels in an order in which each finds what it reads."""
    graph: dict[Step, set[Step]] = {}
    for node in nodes.values():
        value, level = Step("value", node.id), Step("level", node.id)
        needs = {Step("value", child) for child in node.child_nodes}
        for name in node.reads:
            needs |= {Step("value", name), Step("level", name)}
        level_needs = {
            Step("level" if atom.level_at_least is not None else "value", atom.node) for atom in _level_tests(node)
        }
        if node.aggregate == "staged":
            graph[value], graph[level] = needs | level_needs, {value}
        else:
            graph[value], graph[level] = needs, {value} | level_needs
    return tuple(TopologicalSorter(graph).static_order())


def narrowed(plan: Plan, keep: Collection[str]) -> Plan:
    """The plan with those nodes alone that `keep` names or that their results hang on."""
    needed: set[str] = set()
    waiting = [name for name in plan.nodes if name in keep]
    while waiting:
        node = plan.nodes[waiting.pop()]
        needed.add(node.id)
        below = [member.name for member in node.members if not member.is_item]
        below += [name for name in node.child_nodes if _may_refuse(plan.nodes[name], plan)]
        below += [*node.reads, *level_reads(node)]
        waiting += [name for name in below if name not in needed]
    steps = tuple(step for step in plan.steps if step.node in needed)
    return replace(plan, nodes={name: node for name, node in plan.nodes.items() if name in needed}, steps=steps)


def _may_refuse(node: PlanNode, plan: Plan) -> bool:
    """Whether a zero below can refuse the node's score."""
    own = node.aggregate in MEANS_THAT_REFUSE and node.exponent != 1
    return own or any(_may_refuse(plan.nodes[name], plan) for name in node.child_nodes)


def _level_tests(node: PlanNode) -> Iterator[NodeAtom]:
    for rule in node.definition.levels:
        for condition in rule.requires:
            yield from (atom for atom, _, _ in atoms(condition) if isinstance(atom, NodeAtom))


def level_reads(node: PlanNode) -> list[str]:
    """Nodes that the requirements of a node's levels name."""
    return [atom.node for atom in _level_tests(node)]
