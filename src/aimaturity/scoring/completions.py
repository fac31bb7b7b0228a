"""How missing answers may be completed: the extremes of each variable, and which variables must be gone through.

Two worlds, all missing answers at their lowest and all at their highest, hold every node's bounds as long as points,
conditions and caps pull the same way. A variable for which they may not is *branching*: bounds then go through the
classes of its values (ARCHITECTURE "Bounds"; docs/scoring-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.conditions import Condition, ItemAtom, QuestionAtom, atoms
from aimaturity.definitions.questionnaire import (
    Counts,
    Date,
    FreeText,
    Multiple,
    Number,
)
from aimaturity.definitions.scoring_model import Ticks
from aimaturity.scoring import recode
from aimaturity.scoring.plan import Assignment, Completion, Plan, PlanItem
from aimaturity.scoring.settle import Variable

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Use:
    """One atom that bounds depend on: `helps` is +1 where its truth raises scores, -1 where it lowers, 0 unknown."""

    atom: QuestionAtom | ItemAtom
    helps: int


def completions(plan: Plan) -> Plan:
    """The plan with completions, branching variables and what else bounds must heed."""
    uses = _uses(plan)
    made: dict[str, Completion] = {}
    branching: list[str] = []
    for variable in plan.variables:
        items = [item for item in plan.items if item.variable == variable.name and not item.is_unscored]
        read = uses[variable.name]
        if isinstance(variable.question, FreeText | Date):
            made[variable.name] = Completion(((Assignment({}, {}), Assignment({}, {})),))
            if any(use.helps != 1 for use in read):
                branching.append(variable.name)
            continue
        candidates, points, truths = _candidates(plan, variable, items, read)
        completion, simple = _complete(variable, items, read, candidates, points, truths)
        made[variable.name] = completion
        if not simple:
            branching.append(variable.name)
    return replace(plan, completions=made, branching=tuple(branching))


def _gates(plan: Plan) -> Iterator[tuple[Condition, int]]:
    """Conditions of caps (-1) and level requirements (+1)."""
    for node in plan.nodes.values():
        for cap in node.definition.knock_out:
            yield cap.if_, -1
        for rule in node.definition.levels:
            for requirement in rule.requires:
                yield requirement, 1


def _uses(plan: Plan) -> dict[str, list[Use]]:
    """Per variable, the atoms that read it and matter for bounds."""
    uses: dict[str, list[Use]] = {variable.name: [] for variable in plan.variables}

    def note(condition: Condition, helps: int) -> None:
        for atom, _, positive in atoms(condition):
            if isinstance(atom, QuestionAtom | ItemAtom):
                name = plan.conditions.variable(atom.question if isinstance(atom, QuestionAtom) else atom.item)
                known = not (isinstance(atom, QuestionAtom) and atom.state is not None)
                uses[name].append(Use(atom, (helps if positive else -helps) if known else 0))

    for condition, helps in _gates(plan):
        note(condition, helps)
    scored = {item.variable for item in plan.items}
    for variable in reversed(plan.variables):
        if variable.show_if is not None and (variable.name in scored or uses[variable.name]):
            note(variable.show_if, 1 if _opening_helps(plan, variable, uses[variable.name]) else 0)
    return uses


def _opening_helps(plan: Plan, variable: Variable, uses: list[Use]) -> bool:
    """Whether being asked, rather than hidden, never lowers anything."""
    if any(use.helps != 1 for use in uses):
        return False
    may_leave = variable.may_not_apply or variable.not_applicable_if is not None
    for item in (item for item in plan.items if item.variable == variable.name and not item.is_unscored):
        if item.may_lack_points:
            return False
        for node in plan.nodes.values():
            if item.name in node.item_names and node.definition.below_minimum == "leave_out":
                return False
            for member in node.members:
                if member.name == item.name and member.policies is not None:
                    counted = member.policies.hidden
                    if counted is None or counted > item.lowest:
                        return False
                    # Asked, it may turn out not to apply and leave the node, which must not lower it either.
                    least = min(other.lowest for other in node.members)
                    if may_leave and (counted > least or (node.aggregate == "sum" and counted > 0)):
                        return False
    return True


def _thresholds(read: list[Use]) -> list[float]:
    found: list[float] = []
    for use in read:
        if isinstance(use.atom, QuestionAtom):
            said = (use.atom.at_least, use.atom.below, use.atom.is_)
            found += [float(v) for v in said if isinstance(v, int | float) and not isinstance(v, bool)]
    return found


def _number_thresholds(items: list[PlanItem], read: list[Use], question: Number) -> list[float]:
    """Numbers at which a condition turns: those it names, and those where an item's points pass a number it names."""
    found = _thresholds(read)
    for use in read:
        if isinstance(use.atom, ItemAtom):
            item = next(item for item in items if item.name == use.atom.item)
            points = use.atom.at_least if use.atom.at_least is not None else use.atom.below or 0.0
            found += recode.crossings(item.definition, float(item.mirrored(points)), question)
    return found


def _candidates(
    plan: Plan, variable: Variable, items: list[PlanItem], read: list[Use]
) -> tuple[dict[str, npt.NDArray[Any]], Matrix, Matrix]:
    """Values that between them hold every extreme: columns, points (candidates, items), truths (candidates, atoms)."""
    question = variable.question
    if isinstance(question, Counts):
        columns = _count_candidates(question, read)
    elif isinstance(question, Number):
        curves = [curve[0] for item in items if (curve := recode.curve_of(item.definition)) is not None]
        columns = {variable.name: recode.critical_numbers(question, curves, _number_thresholds(items, read, question))}
    elif isinstance(question, Multiple):
        options = plan.questionnaire.options_of(question)
        weights = [recode.tick_weights(item.definition.ticks or Ticks(), options) for item in items]
        position = {option.id: index for index, option in enumerate(options)}
        named = [use.atom.is_ for use in read if isinstance(use.atom, QuestionAtom) and use.atom.is_ is not None]
        ticked = {position[name] for value in named for name in (value if isinstance(value, tuple) else (str(value),))}
        masks = recode.subsets(question, options, weights, sorted(ticked))
        columns = {variable.name: np.array(masks, np.int64)}
    else:
        columns = {variable.name: np.arange(len(plan.questionnaire.options_of(question)), dtype=np.int16)}
    count = len(next(iter(columns.values())))
    points = np.zeros((count, len(items)))
    for index, item in enumerate(items):
        with np.errstate(invalid="ignore"):
            points[:, index] = item.mirrored(item.recode(columns))
    truths = np.zeros((count, len(read)))
    for index, use in enumerate(read):
        truths[:, index] = _truth(plan, use, columns, items, points)
    return columns, points, truths


def _truth(plan: Plan, use: Use, columns: Any, items: list[PlanItem], points: Matrix) -> Any:
    if isinstance(use.atom, QuestionAtom):
        if use.atom.state is not None or use.atom.answered:
            return np.ones(len(points))
        return plan.conditions.holds(use.atom, columns)
    names = [item.name for item in items]
    if use.atom.item not in names:  # its points are left empty yet: no answer passes
        return np.zeros(len(points))
    own = np.round(points[:, names.index(use.atom.item)], 9)
    return own >= use.atom.at_least if use.atom.at_least is not None else own < (use.atom.below or 0.0)


def _count_candidates(question: Counts, read: list[Use]) -> dict[str, npt.NDArray[Any]]:
    """Combinations of part values around the thresholds that conditions name for the parts and for their sum."""
    step = 10.0**-question.decimals
    low, high = question.minimum, question.maximum
    corners = {low, high, min(low + step, high)}
    for threshold in _thresholds(read):
        rest = threshold - low * (len(question.parts) - 1)
        for centre in (threshold, rest, threshold - high):
            corners |= {round(centre + shift, 9) for shift in (-step, 0.0, step)}
    values = sorted(v for v in corners if low <= v <= high)
    per_part = values if len(values) ** len(question.parts) <= 4096 else [low, high]
    grid = np.meshgrid(*[np.array(per_part)] * len(question.parts), indexing="ij")
    return {f"{question.id}.{part.id}": axis.ravel() for part, axis in zip(question.parts, grid, strict=True)}


def _complete(
    variable: Variable,
    items: list[PlanItem],
    read: list[Use],
    columns: dict[str, npt.NDArray[Any]],
    points: Matrix,
    truths: Matrix,
) -> tuple[Completion, bool]:
    """The variable's completion, and whether two worlds are enough for it."""
    if isinstance(variable.question, Counts):
        return _complete_counts(variable, items, read, columns, truths)
    helps = np.array([use.helps for use in read], dtype=np.float64)
    pulls = np.hstack([points, truths * helps])
    conditional_risk = variable.show_if is not None and bool((helps < 0).any())
    simple = bool((helps != 0).all()) and not conditional_risk and not np.isnan(points).any()
    low, high = _least(pulls), _least(-pulls)
    if simple and low is not None and high is not None:
        return Completion(
            ((_assignment(columns, items, points, low), _assignment(columns, items, points, high)),)
        ), True
    classes = []
    for rows in _groups(np.hstack([truths, np.isnan(points)])):
        inside = points[rows][:, ~np.isnan(points[rows]).any(axis=0)]
        lo, hi = _least(inside), _least(-inside)
        if lo is not None and hi is not None:
            classes.append((rows[lo], rows[hi]))
        else:
            classes += [(row[0], row[0]) for row in _groups(points[rows], rows)]
    made = tuple(
        (_assignment(columns, items, points, lo), _assignment(columns, items, points, hi)) for lo, hi in classes
    )
    return Completion(made), False


def _complete_counts(
    variable: Variable, items: list[PlanItem], read: list[Use], columns: Any, truths: Matrix
) -> tuple[Completion, bool]:
    """Counts: what conditions see and what points are possible are taken apart, so a class may be too wide."""
    lowest = {item.name: item.lowest for item in items}
    highest = {item.name: item.highest for item in items}
    first = {column: values[0] for column, values in columns.items()}
    conflict = len({item.definition.model_dump_json() for item in items}) > 1
    if not read:
        return Completion(((Assignment(first, lowest), Assignment(first, highest)),), not conflict), True
    classes = []
    for rows in _groups(truths):
        seen = {column: values[rows[0]] for column, values in columns.items()}
        classes.append((Assignment(seen, lowest), Assignment(seen, highest)))
    return Completion(tuple(classes), exact=not items), False


def _least(pulls: Matrix) -> int | None:
    """The row that is least in every column at once; None if there is none. Without columns: the first."""
    if pulls.shape[1] == 0:
        return 0
    found = np.flatnonzero((pulls <= pulls.min(axis=0)).all(axis=1))
    return int(found[0]) if len(found) else None


def _groups(keys: Matrix, rows: npt.NDArray[np.intp] | None = None) -> list[npt.NDArray[np.intp]]:
    """Row numbers, grouped by equal keys."""
    numbers = np.arange(len(keys)) if rows is None else rows
    if keys.shape[1] == 0:
        return [numbers]
    _, inverse = np.unique(keys, axis=0, return_inverse=True)
    return [numbers[inverse.ravel() == group] for group in range(int(inverse.max()) + 1)]


def _assignment(columns: dict[str, npt.NDArray[Any]], items: list[PlanItem], points: Matrix, row: int) -> Assignment:
    return Assignment(
        {name: values[row].item() for name, values in columns.items()},
        {item.name: float(points[row, index]) for index, item in enumerate(items)},
    )
