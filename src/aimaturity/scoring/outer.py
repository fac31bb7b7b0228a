"""Outer bounds, for companies whose missing gate questions make too many classes to go through.

Every node gets a span that certainly holds its bounds: each missing item at its lowest or highest, and each item or
node that may be hidden in or out by itself. Of the optional members only those at the low (or high) end can lower (or
raise) a mean, so it is enough to try them one more at a time in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from aimaturity.definitions.scoring_model import Node
from aimaturity.responses.table import ANSWERED, BLANK, DONT_KNOW, HIDDEN, NOT_APPLICABLE, AnswerTable
from aimaturity.scoring import aggregate
from aimaturity.scoring.aggregate import Column, Floats, Mask
from aimaturity.scoring.conditions import FALSE, TRUE, View, edge
from aimaturity.scoring.plan import Member, Plan, PlanNode, Policies


@dataclass(frozen=True)
class Reach:
    """What a member can be: its least and greatest number, whether it must and whether it may count, and whether it may
    apply: an answer that comes to no number (a divisor of 0) applies and doesn't count."""

    low: Floats
    high: Floats
    must: Mask
    may: Mask
    applies: Mask


def outer_bounds(plan: Plan, table: AnswerTable, fixed: Mapping[str, Mask]) -> dict[str, tuple[Floats, ...]]:
    """node -> (low, high, level_low, level_high), each (rows,)."""
    view = View(table.rows, {}, table.value)
    maybe_hidden = settle_unsure(plan, table, view, fixed)
    reaches: dict[str, Reach] = {}
    levels: dict[str, tuple[Floats, Floats]] = {}
    for step in plan.steps:
        node = plan.nodes[step.node]
        if step.kind == "value":
            reach = _node_reach(plan, node, view, maybe_hidden, reaches)
            reaches[node.id] = reach
            view.applies[node.id] = reach.applies
            view.score[node.id] = reach.low
            view.score_span[node.id] = (
                np.where(reach.must, reach.low, np.nan), np.where(reach.must, reach.high, np.nan),
            )  # fmt: skip
        else:
            low, high = _level_reach(plan, node, view, reaches[node.id])
            levels[node.id] = (low, high)
            view.level[node.id], view.level_span[node.id] = low, (low, high)
    return {
        name: (np.where(r.may, r.low, np.nan), np.where(r.may, r.high, np.nan), *levels[name])
        for name, r in reaches.items()
    }


def settle_unsure(plan: Plan, table: AnswerTable, view: View, fixed: Mapping[str, Mask]) -> dict[str, Mask]:
    """Fills in states, points and who is unsure; returns variable -> rows in which it may be hidden.

    A state is HIDDEN only where it is so in every complete answer set, and BLANK or DONT_KNOW where some complete
    answer set asks the question and its answer is missing.
    """
    maybe: dict[str, Mask] = {}
    for variable in plan.variables:
        given = table.state[variable.name]
        state = given
        if not variable.may_not_apply:
            state = np.where(given == NOT_APPLICABLE, BLANK, given)
        if variable.name in fixed:
            state = np.where(fixed[variable.name], NOT_APPLICABLE, state)
        maybe[variable.name] = np.zeros(table.rows, np.bool_)
        if variable.show_if is not None:
            shown = plan.conditions.evaluate(variable.show_if, view)
            state = np.where(shown == FALSE, HIDDEN, state)
            maybe[variable.name] = (shown != FALSE) & (shown != TRUE)
        view.state[variable.name] = state
        missing = (state == BLANK) | (state == DONT_KNOW)
        view.unsure[variable.name] = missing | maybe[variable.name]
    for item in plan.items:
        with np.errstate(invalid="ignore", divide="ignore"):
            points = item.mirrored(item.recode(view.value))
        has = (view.state[item.variable] == ANSWERED) & ~np.isnan(points)
        view.points[item.name] = np.where(has, points, 0.0), has
    return maybe


def _item_reach(plan: Plan, member: Member, view: View, maybe_hidden: Mapping[str, Mask]) -> Reach:
    item = plan.item_by_name[member.name]
    state, (points, known) = view.state[item.variable], view.points[item.name]
    policies = member.policies or Policies()
    if item.is_unscored:
        nothing = np.zeros(view.rows, np.bool_)
        return Reach(points, points, nothing, nothing, (state != NOT_APPLICABLE) & (state != HIDDEN))
    unscored = item.has_unscored
    undivided = (state == ANSWERED) & ~known & (not unscored)
    missing = (state == BLANK) | (state == DONT_KNOW)
    low = np.where(known, points, item.lowest)
    high = np.where(known, points, item.highest)
    must = known | (missing & (not unscored))
    may = known | missing
    for rows, points_as in (
        (undivided, policies.blank),
        (state == NOT_APPLICABLE, policies.not_applicable),
        (state == HIDDEN, policies.hidden),
    ):
        if points_as is not None:
            low, high = np.where(rows, points_as, low), np.where(rows, points_as, high)
            must, may = must | rows, may | rows
    hidden = maybe_hidden[item.variable]
    if policies.hidden is None:
        must = must & ~hidden
    else:
        low = np.where(hidden, np.where(may, np.minimum(low, policies.hidden), policies.hidden), low)
        high = np.where(hidden, np.where(may, np.maximum(high, policies.hidden), policies.hidden), high)
        must, may = must | (hidden & must), may | hidden
    return Reach(low, high, must, may, may | undivided)


def _node_reach(
    plan: Plan, node: PlanNode, view: View, maybe_hidden: Mapping[str, Mask], reaches: Mapping[str, Reach]
) -> Reach:
    rows, definition = view.rows, node.definition
    there = np.ones(rows, np.bool_)
    members: list[tuple[Member, Reach]] = []
    for member in node.members:
        reach = reaches[member.name] if not member.is_item else _item_reach(plan, member, view, maybe_hidden)
        if not member.is_item and plan.nodes[member.name].definition.below_minimum == "leave_out":
            reach = replace(reach, must=reach.must & False)
        members.append((member, reach))
    if definition.unasked:
        ends = np.full(rows, node.raw_lowest), np.full(rows, node.raw_highest)
        members.append(
            (Member("", definition.unasked, None, node.raw_lowest, node.raw_highest), Reach(*ends, there, there, there))
        )
    must = np.logical_or.reduce([r.must for _, r in members]) if members else ~there
    may = np.logical_or.reduce([r.may for _, r in members]) if members else ~there
    applies = np.logical_or.reduce([r.applies for _, r in members]) if members else ~there
    if node.aggregate == "none":
        none = np.full(rows, np.nan)
        return Reach(none, none, ~there, may, applies)
    if node.aggregate == "staged":
        low, high = _stages(plan, node, view, None)
        must, may = there, there
    else:
        low, high = (_extreme(definition, members, rows, end) for end in ("low", "high"))
    if definition.empty == "zero":
        low = np.where(must, low, np.fmin(low, 0.0))
        high = np.where(must, high, np.fmax(high, 0.0))
        must, may = there, there
    if definition.rescale is not None and node.raw_highest != node.raw_lowest:
        to = definition.rescale
        low, high = (
            to.lowest + (end - node.raw_lowest) / (node.raw_highest - node.raw_lowest) * (to.highest - to.lowest)
            for end in (low, high)
        )
    for cap in definition.knock_out:
        truth = plan.conditions.evaluate(cap.if_, view)
        low = np.where(truth != FALSE, np.minimum(low, cap.cap), low)
        high = np.where(truth == TRUE, np.minimum(high, cap.cap), high)
    if definition.round is not None:
        low, high = aggregate.rounded(low, definition.round), aggregate.rounded(high, definition.round)
    return Reach(low, high, must, may, applies | may)


def _extreme(definition: Node, members: list[tuple[Member, Reach]], rows: int, end: str) -> Floats:
    """The least (end low) or greatest value over all choices of which optional members count.

    Such a choice takes the members that pull furthest first: for a mean by their value, for a sum by what they give,
    for a share by whether they reach the number from which a child counts.
    """
    numbers = np.array([getattr(r, end) for _, r in members])
    optional = np.array([r.may & ~r.must for _, r in members])
    pull = numbers
    if definition.aggregate == "sum":
        pull = np.array([[m.weight] for m, _ in members]) * numbers
    elif definition.aggregate == "share":
        there = np.ones(rows, np.bool_)
        whole = [Column(m.weight, x, there, m.highest) for (m, _), x in zip(members, numbers, strict=True)]
        pull = np.array([column.counts for column in aggregate.reaching(definition, whole)], np.float64)
    order = pull if end == "low" else -pull
    rank = np.argsort(np.argsort(np.where(optional, order, np.inf), axis=0, kind="stable"), axis=0)
    best = np.full(rows, np.nan)
    choose = np.fmin if end == "low" else np.fmax
    for most in range(int(optional.sum(axis=0).max(initial=0)) + 1):
        columns = []
        for index, (member, reach) in enumerate(members):
            counts = reach.must | (optional[index] & (rank[index] < most))
            columns.append(Column(member.weight, np.where(counts, numbers[index], 0.0), counts, member.highest))
        best = choose(best, aggregate.value(definition, columns, rows))
    return best


def _stages(plan: Plan, node: PlanNode, view: View, reach: Reach | None) -> tuple[Floats, Floats]:
    """Least and greatest level by conditions that certainly, or possibly, hold."""
    ends = []
    for sure in (True, False):
        met = np.ones(view.rows, np.bool_)
        level = np.zeros(view.rows)
        for rule in node.definition.levels:
            if rule.from_ is not None and reach is not None:
                met = met & (edge(reach.low if sure else reach.high) >= edge(rule.from_))
            for requirement in rule.requires:
                truth = plan.conditions.evaluate(requirement, view, "requirement")
                met = met & ((truth == TRUE) if sure else (truth != FALSE))
            level = np.where(met, float(rule.level), level)
        ends.append(level)
    return ends[0], ends[1]


def _level_reach(plan: Plan, node: PlanNode, view: View, reach: Reach) -> tuple[Floats, Floats]:
    definition = node.definition
    if definition.bands:
        low, high = (
            np.where(reach.may, sum((edge(end) >= edge(b)).astype(float) for b in definition.bands), np.nan)
            for end in (reach.low, reach.high)
        )
        return low, high
    if definition.levels:
        return _stages(plan, node, view, reach)
    none = np.full(view.rows, np.nan)
    return none, none
