"""Running a plan over a batch: states, points, values, scores and levels of every row.

The same function serves the score as it is and the *worlds* that bounds are made of: complete answer sets, in which
missing answers are replaced and node values stand in for scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.responses.table import ANSWERED, BLANK, DONT_KNOW, HIDDEN, NOT_APPLICABLE, AnswerTable
from aimaturity.scoring import aggregate
from aimaturity.scoring.aggregate import Column, Floats, Mask
from aimaturity.scoring.conditions import FALSE, TRUE, View, edge
from aimaturity.scoring.evaluation import Evaluation, NodeValues, Reason, ValueStages, World
from aimaturity.scoring.plan import Member, Plan, PlanItem, PlanNode, Policies
from aimaturity.scoring.settle import settle


def evaluate(plan: Plan, table: AnswerTable, raised: Mapping[str, Floats] | None = None) -> Evaluation:
    """States, points, scores and levels of `table`.

    raised  item -> (rows,) points that stand in place of the answer's own, NaN where they don't
    """
    view, fixed = settle(plan.variables, plan.conditions, table)
    done = Evaluation(view, fixed)
    for item in plan.items:
        with np.errstate(invalid="ignore", divide="ignore"):
            points = item.mirrored(item.recode(table.value))
        if raised is not None and item.name in raised:
            points = np.where(np.isnan(raised[item.name]), points, raised[item.name])
        has = table.state[item.variable] == ANSWERED
        if item.may_lack_points:
            has &= ~np.isnan(points)
        done.raw[item.name] = np.where(has, points, 0.0), has
        done.view.points[item.name] = _settled_points(plan, item, done.view, *done.raw[item.name])
    _run_steps(plan, done, None)
    return done


def evaluate_world(plan: Plan, world: World) -> Evaluation:
    """Values and levels of a world. States are settled only where conditions read them or may hide the answer."""
    base = world.base.view
    rows = base.rows if world.rows is None else len(world.rows)
    done = Evaluation(View(rows, {}, {}))
    view, values = done.view, dict[str, npt.NDArray[Any]]()
    view.value = values
    for variable in plan.variables:
        name, replaced = variable.name, world.replaced[variable.name]
        if not (variable.is_read or variable.show_if is not None):
            if variable.not_applicable_if is not None:
                done.fixed[name] = world.of(world.base.fixed[name])
            continue
        for column in variable.columns if variable.is_read else ():
            own = world.of(base.value[column])
            values[column] = np.where(replaced, np.asarray(world.columns[column], own.dtype), own)
        # What is not replaced was answered, stated as not applicable, or is set so by a rule.
        state = np.where(replaced, ANSWERED, world.of(world.base.view.given[name]))
        if variable.not_applicable_if is not None:
            done.fixed[name] = world.of(world.base.fixed[name])
            state = np.where(done.fixed[name], NOT_APPLICABLE, state)
        if variable.show_if is not None:
            hidden = plan.conditions.evaluate(variable.show_if, view) == FALSE
            state = np.where(hidden, HIDDEN, state)
        view.state[name] = state
    for item in plan.items:
        if item.is_unscored:
            view.points[item.name] = np.zeros(rows), np.zeros(rows, np.bool_)
            continue
        x, has = (world.of(column) for column in world.base.raw[item.name])
        replaced, fill = world.replaced[item.variable], np.asarray(world.points[item.name])
        if fill.shape or fill != 0:  # what isn't answered stands as 0 already
            x = np.where(replaced, fill, x)
        has = has | replaced
        if item.may_lack_points:
            has &= ~np.isnan(x)
            x = np.where(has, x, 0.0)
        fixed = done.fixed.get(item.variable)
        if item.variable in view.state:
            has = has & (view.state[item.variable] == ANSWERED)
            x = np.where(has, x, 0.0)
        elif fixed is not None:
            has = has & ~fixed
            x = np.where(has, x, 0.0)
        view.points[item.name] = x, has
    _run_steps(plan, done, world)
    return done


def _run_steps(plan: Plan, done: Evaluation, world: World | None) -> None:
    cache: dict[tuple[str, Policies], ItemColumn] = {}
    for step in plan.steps:
        if step.kind == "value":
            _settle_value(plan, plan.nodes[step.node], done, world, cache)
        else:
            _settle_level(plan, plan.nodes[step.node], done, world)


def _settled_points(plan: Plan, item: PlanItem, view: View, x: Floats, has: Mask) -> tuple[Floats, Mask]:
    """An item's points where its variable is answered, else 0; and whether it has any."""
    variable = plan.by_name[item.variable]
    if variable.show_if is None and variable.not_applicable_if is None:
        return x, has
    known = has & (view.state[item.variable] == ANSWERED)
    return np.where(known, x, 0.0), known


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """How an item stands in the nodes of one set of policies: `covered` is known weight, `applies` what could be."""

    x: Floats
    counts: Mask
    covered: Mask
    applies: Mask


def _item_column(plan: Plan, item: PlanItem, policies: Policies, view: View) -> ItemColumn:
    x, known = view.points[item.name]
    counts = covered = known
    state = view.state[item.variable]
    answered = state == ANSWERED
    if item.is_unscored:
        return ItemColumn(x, known, answered, answered | (state == BLANK) | (state == DONT_KNOW))
    without = answered & ~known if item.may_lack_points else np.zeros(view.rows, np.bool_)
    blank, dont_know = state == BLANK, state == DONT_KNOW
    if not item.has_unscored:
        blank = blank | without
    hidden = state == HIDDEN
    for rows, points_as in (
        (blank, policies.blank),
        (dont_know, policies.dont_know),
        (state == NOT_APPLICABLE, policies.not_applicable),
        (hidden, policies.hidden),
    ):
        if points_as is not None:
            x = np.where(rows, points_as, x) if points_as else x
            counts = counts | rows
    if policies.hidden is not None:
        covered = covered | hidden
    return ItemColumn(x, counts, covered, covered | blank | dont_know)


def _world_column(plan: Plan, item: PlanItem, policies: Policies, done: Evaluation, world: World) -> ItemColumn:
    """The same in a world, where nothing is missing but what has no points."""
    x, known = done.view.points[item.name]
    counts = covered = applies = known
    state = done.view.state.get(item.variable)
    if item.is_unscored:
        given = world.of(world.base.view.state[item.variable]) if state is None else state
        there = (given != NOT_APPLICABLE) & (given != HIDDEN)  # answered, or replaced by an answer
        return ItemColumn(x, known, there, there)
    if policies.hidden is not None and state is not None:
        hidden = state == HIDDEN
        x = np.where(hidden, policies.hidden, x) if policies.hidden else x
        counts = covered = applies = known | hidden
    settled = world.of(world.base.view.state[item.variable]) if state is None else state
    if policies.not_applicable is not None:
        stated = settled == NOT_APPLICABLE
        x = np.where(stated, policies.not_applicable, x)
        counts = counts | stated
    if item.may_lack_points and not item.has_unscored:  # a divisor of 0: answered, and counts as blank
        given = world.of(world.base.view.given[item.variable]) == ANSWERED
        without = given & (settled == ANSWERED) & ~known
        applies = applies | without
        if policies.blank is not None:
            x = np.where(without, policies.blank, x)
            counts = counts | without
    return ItemColumn(x, counts, covered, applies)


def _settle_value(
    plan: Plan,
    node: PlanNode,
    done: Evaluation,
    world: World | None,
    cache: dict[tuple[str, Policies], ItemColumn],
) -> None:
    view, rows = done.view, done.view.rows
    columns: list[Column] = []
    limits = world is None or plan.limits_in_worlds
    items_alone = all(member.is_item for member in node.members)
    made_of: list[ItemColumn] = []
    covered = applying = np.zeros(0)
    if limits and not items_alone:
        covered, applying = np.zeros(rows), np.zeros(rows)
    applies = np.zeros(rows, np.bool_)
    for member in node.members:
        if member.policies is not None:
            key = (member.name, member.policies)
            if key not in cache:
                item = plan.item_by_name[member.name]
                made = _item_column(plan, item, member.policies, view) if world is None else None
                cache[key] = made or _world_column(plan, item, member.policies, done, world)  # type: ignore[arg-type]
            item_column = cache[key]
            columns.append(Column(member.weight, item_column.x, item_column.counts, member.highest))
            if limits and items_alone:
                made_of.append(item_column)
            elif limits:
                aggregate.add_weight(covered, member.weight, item_column.covered)
                aggregate.add_weight(applying, member.weight, item_column.applies)
            else:
                applies |= item_column.applies
        else:
            child = done.nodes[member.name]
            columns.append(_node_column(plan.nodes[member.name], member, child))
            if limits:
                covered += member.weight * np.where(child.applies, child.coverage, 0.0)
                aggregate.add_weight(applying, member.weight, child.applies)
            else:
                applies |= child.applies
    if limits and items_alone:
        weights = [member.weight for member in node.members]
        covered = aggregate.total_weight([(w, c.covered) for w, c in zip(weights, made_of, strict=True)], rows)
        applying = aggregate.total_weight([(w, c.applies) for w, c in zip(weights, made_of, strict=True)], rows)
    refused = np.zeros(rows, np.bool_)
    for name in node.child_nodes:
        if name in done.nodes:
            refused |= done.nodes[name].refused
    if world is not None and node.definition.unasked:
        end = node.raw_highest if world.highest else node.raw_lowest
        columns.append(Column(node.definition.unasked, np.full(rows, end), np.ones(rows, np.bool_)))
    aggregated = _aggregated(plan, node, columns, done)
    completed = _completed(plan, node, aggregated, done, world)
    rescaled = _rescaled(node, completed)
    if world is None and node.aggregate in MEANS_THAT_REFUSE:
        refused |= aggregate.without_root(columns, node.exponent, rows)
    capped = value = _capped(plan, node, rescaled, done)
    if node.definition.round is not None:
        value = aggregate.rounded(value, node.definition.round)
    if world is None:
        value = np.where(refused, np.nan, value) if refused.any() else value
    if limits:
        applies = applying > 0
    coverage = aggregate.divided(covered, applying) if limits else value
    settled = NodeValues(
        value=value,
        score=value,
        reason=_NO_REASONS,
        coverage=coverage,
        applies=applies,
        answered=_answered(node, view) if limits else _NO_COUNTS,
        refused=refused,
        stages=ValueStages(aggregated, completed, rescaled, capped),
        level=_NO_LEVELS,
        columns=tuple(columns),
    )
    if limits:
        _give_score(node, settled)
    done.nodes[node.id] = settled
    view.score[node.id] = settled.score if world is None else settled.value
    view.applies[node.id] = settled.applies | ~np.isnan(settled.value)


_NO_REASONS = np.zeros(0, np.uint8)
_NO_COUNTS = np.zeros(0, np.int32)
_NO_LEVELS = np.zeros(0)


MEANS_THAT_REFUSE = ("geometric_mean", "harmonic_mean", "power_mean")


def _node_column(child_plan: PlanNode, member: Member, child: NodeValues) -> Column:
    """A child node as its parent sees it: the value, or only the score where the model says so."""
    x = child.value
    if child_plan.definition.below_minimum == "leave_out" and len(child.reason):
        x = np.where(child.reason == Reason.TOO_LITTLE_BASIS, np.nan, x)
    counts = ~np.isnan(x)
    return Column(member.weight, np.where(counts, x, 0.0), counts, member.highest)


def _aggregated(plan: Plan, node: PlanNode, columns: list[Column], done: Evaluation) -> Floats:
    rows = done.view.rows
    if node.aggregate == "none":
        return done.nothing
    if node.aggregate == "staged":
        return staged_level(plan, node, done, done.nothing)
    return aggregate.value(node.definition, columns, rows)


def _completed(plan: Plan, node: PlanNode, value: Floats, done: Evaluation, world: World | None) -> Floats:
    """After `incomplete: zero` and `empty: zero`."""
    if node.aggregate == "none":
        return value
    if node.definition.incomplete == "zero" and world is None:
        value = np.where(_any_missing(plan, node, done.view), 0.0, value)
    if node.definition.empty == "zero":
        value = np.where(np.isnan(value), 0.0, value)
    return value


def _rescaled(node: PlanNode, value: Floats) -> Floats:
    rescale = node.definition.rescale
    if rescale is None or node.raw_highest == node.raw_lowest:
        return value
    share = (value - node.raw_lowest) / (node.raw_highest - node.raw_lowest)
    return rescale.lowest + share * (rescale.highest - rescale.lowest)


def _any_missing(plan: Plan, node: PlanNode, view: View) -> Mask:
    found = np.zeros(view.rows, np.bool_)
    for item in plan.items:
        if item.name in node.item_names:
            state = view.state[item.variable]
            found |= (state == BLANK) | (state == DONT_KNOW)
    return found


def _capped(plan: Plan, node: PlanNode, value: Floats, done: Evaluation) -> Floats:
    for cap in node.definition.knock_out:
        applies = plan.conditions.evaluate(cap.if_, done.view) != FALSE
        value = np.where(applies & (value > cap.cap), cap.cap, value)
    return value


def _answered(node: PlanNode, view: View) -> npt.NDArray[np.int32]:
    count = np.zeros(view.rows, np.int32)
    for name in node.item_names:
        count += view.points[name][1]
    return count


def _give_score(node: PlanNode, settled: NodeValues) -> None:
    """The score, or the first reason in the specification's order for having none."""
    definition = node.definition
    nothing = np.isnan(settled.value)
    little = settled.answered < definition.minimum_answered
    if node.minimum_coverage > 0:
        with np.errstate(invalid="ignore"):
            little |= settled.applies & (edge(settled.coverage) < edge(node.minimum_coverage))
    reason = np.where(nothing, np.uint8(Reason.NO_ANSWERS), np.uint8(Reason.NONE))
    reason = np.where(little, np.uint8(Reason.TOO_LITTLE_BASIS), reason)
    reason = np.where(nothing & ~settled.applies, np.uint8(Reason.NOTHING_APPLIES), reason)
    reason = np.where(settled.refused, np.uint8(Reason.ZERO_IN_MEAN), reason)
    if node.aggregate == "none":
        reason = np.full(len(reason), Reason.CONTAINER, np.uint8)
    settled.reason = reason.astype(np.uint8)
    settled.score = np.where(reason == Reason.NONE, settled.value, np.nan)


def staged_level(plan: Plan, node: PlanNode, done: Evaluation, score: Floats) -> Floats:
    """The highest level whose own conditions and all lower levels' are met; 0 where none is."""
    met = np.ones(done.view.rows, np.bool_)
    level = np.zeros(done.view.rows)
    for rule in node.definition.levels:
        if rule.from_ is not None:
            met = met & (done.view.edge(score) >= edge(rule.from_))
        for requirement in rule.requires:
            met = met & (plan.conditions.evaluate(requirement, done.view, "requirement") == TRUE)
        level = np.where(met, float(rule.level), level)
    return level


def _settle_level(plan: Plan, node: PlanNode, done: Evaluation, world: World | None) -> None:
    settled, definition = done.nodes[node.id], node.definition
    number = settled.score if world is None else settled.value
    if definition.bands:
        met = done.view.edge(number)
        passed = aggregate.total_weight([(1, met >= edge(bound)) for bound in definition.bands], done.view.rows)
        settled.level = np.where(np.isnan(number), np.nan, passed)
    elif definition.levels:
        if node.aggregate == "staged":  # the stage, whatever rescaling has made of the score
            level = np.where(np.isnan(number), np.nan, settled.stages.aggregated)
        else:
            level = staged_level(plan, node, done, number)
        if any(rule.from_ is not None for rule in definition.levels):
            level = np.where(np.isnan(number), np.nan, level)
        settled.level = level
    else:
        settled.level = done.nothing
    done.view.level[node.id] = settled.level
