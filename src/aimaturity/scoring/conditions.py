"""Conditions over columns, three-valued after Kleene.

A truth is an int8 array, a row a company: FALSE 0, UNKNOWN 1, TRUE 2, so that `all` is the minimum, `any` the
maximum and `not` 2 minus. What each atom says of missing, hidden and not applicable answers is tabled in
docs/scoring-rules.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.base import STATES
from aimaturity.definitions.conditions import (
    All,
    AnyOf,
    Condition,
    ItemAtom,
    NodeAtom,
    Not,
    QuestionAtom,
)
from aimaturity.definitions.questionnaire import (
    Counts,
    Grid,
    Multiple,
    Questionnaire,
    Single,
)
from aimaturity.responses.table import ANSWERED, BLANK, DONT_KNOW, NOT_APPLICABLE, States

Truth = npt.NDArray[np.int8]
FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def edge(value: Floats | float) -> Floats:
    """The number that meets an edge: rounded to 9 decimals.

    Sums in another order may put a true 40 on either side of 40; no other function compares scores with edges.
    """
    return np.asarray(np.round(value, 9), dtype=np.float64)


@dataclass
class View:
    """What conditions can see of a batch while it is evaluated. Filled in the order of evaluation."""

    rows: int
    state: dict[str, States]
    value: Mapping[str, npt.NDArray[Any]]
    given: dict[str, States] = field(default_factory=dict)  # variable -> state before conditions and rules
    points: dict[str, tuple[Floats, Mask]] = field(default_factory=dict)  # item -> points or 0, whether it has any
    score: dict[str, Floats] = field(default_factory=dict)  # node -> score, NaN where it has none
    applies: dict[str, Mask] = field(default_factory=dict)  # node -> whether anything applies in it
    level: dict[str, Floats] = field(default_factory=dict)  # node -> level, NaN where it has none
    # Only while outer bounds are sought:
    unsure: dict[str, Mask] = field(default_factory=dict)  # variable -> its answer could be another, or hidden
    score_span: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)  # node -> least and greatest score
    level_span: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)  # node -> least and greatest level
    edges: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)  # by id: an array, and what meets edges

    def edge(self, numbers: Floats) -> Floats:
        """`edge` of an array that several conditions compare, worked out once; it isn't changed afterwards."""
        known = self.edges.get(id(numbers))
        if known is None:
            known = self.edges[id(numbers)] = numbers, edge(numbers)
        return known[1]


Use = Literal["rule", "requirement"]


class Conditions:
    """Evaluates the conditions of one questionnaire and its models."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._options: dict[str, dict[str, int]] = {}
        self._kind: dict[str, type] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        for variable, question in questionnaire.variables():
            self._options[variable] = {o.id: i for i, o in enumerate(questionnaire.options_of(question))}
            self._kind[variable] = type(question)
            if isinstance(question, Counts):
                self._parts[variable] = tuple(f"{variable}.{part.id}" for part in question.parts)

    def variable(self, reference: str) -> str:
        """The variable that a reference is about: itself, or the counts question of `question.part`."""
        return reference if reference in self._kind else reference.split(".")[0]

    def evaluate(self, condition: Condition, view: View, use: Use = "rule", positive: bool = True) -> Truth:
        """The truth of `condition` for each row. In a requirement, not applicable passes."""
        if isinstance(condition, All):
            least: Truth = np.minimum.reduce([self.evaluate(part, view, use, positive) for part in condition.all])
            return least
        if isinstance(condition, AnyOf):
            most: Truth = np.maximum.reduce([self.evaluate(part, view, use, positive) for part in condition.any])
            return most
        if isinstance(condition, Not):
            return TRUE - self.evaluate(condition.not_, view, use, not positive)
        passing = (TRUE if positive else FALSE) if use == "requirement" else FALSE
        if isinstance(condition, NodeAtom):
            return self._node(condition, view, passing)
        if isinstance(condition, ItemAtom):
            return self._item(condition, view, passing)
        return self._question(condition, view, passing)

    def _question(self, atom: QuestionAtom, view: View, passing: np.int8) -> Truth:
        variable = self.variable(atom.question)
        state = view.state[variable]
        if atom.state is not None:
            truth = np.where(state == STATES.index(atom.state), TRUE, FALSE)
        elif atom.answered:
            truth = np.where(state == ANSWERED, TRUE, FALSE)
        else:
            truth = _by_state(state, self.holds(atom, view.value), passing)
        return _unless(view.unsure.get(variable), truth)

    def holds(self, atom: QuestionAtom, value: Mapping[str, npt.NDArray[Any]]) -> Mask:
        """Whether the value given passes `is`, `at_least` or `below`; anything where there is no value."""
        variable = self.variable(atom.question)
        kind, options = self._kind[variable], self._options[variable]
        if kind is Multiple:
            wanted = atom.is_ if isinstance(atom.is_, tuple) else (str(atom.is_),)
            bits = sum(1 << options[name] for name in wanted)
            return np.asarray((value[variable] & bits) != 0)
        if kind in (Single, Grid):
            column = value[variable]
            if atom.is_ is not None:
                wanted = atom.is_ if isinstance(atom.is_, tuple) else (str(atom.is_),)
                return np.isin(column, [options[name] for name in wanted])
            bound = atom.at_least if atom.at_least is not None else atom.below
            step = options[bound] if isinstance(bound, str) else bound
            return np.asarray(column >= step if atom.at_least is not None else column < step)
        number = edge(self.number(atom.question, value))
        if atom.is_ is not None:
            return np.asarray(number == edge(float(atom.is_)))  # type: ignore[arg-type]
        if atom.at_least is not None:
            return np.asarray(number >= edge(float(atom.at_least)))
        return np.asarray(number < edge(float(atom.below)))  # type: ignore[arg-type]

    def number(self, reference: str, value: Mapping[str, npt.NDArray[Any]]) -> Floats:
        """The number that a reference stands for; a counts question as a whole is the sum of its parts."""
        if reference in self._parts:
            return np.asarray(sum(value[column] for column in self._parts[reference]), dtype=np.float64)
        return np.asarray(value[reference], dtype=np.float64)

    def _item(self, atom: ItemAtom, view: View, passing: np.int8) -> Truth:
        state, (points, has) = view.state[self.variable(atom.item)], view.points[atom.item]
        least = atom.at_least
        holds = edge(points) >= edge(least) if least is not None else edge(points) < edge(atom.below or 0.0)
        truth = _by_state(state, np.asarray(holds & has), passing)
        return _unless(view.unsure.get(self.variable(atom.item)), truth)

    def _node(self, atom: NodeAtom, view: View, passing: np.int8) -> Truth:
        by_level = atom.level_at_least is not None
        span = (view.level_span if by_level else view.score_span).get(atom.node)
        number = (view.level if by_level else view.score)[atom.node]
        if span is None:
            truth = _compared(atom, number, view)
        else:
            low, high = (_compared(atom, end, view) for end in span)
            truth = np.where(low == high, low, UNKNOWN)
        return np.where(view.applies[atom.node], truth, passing)


def _compared(atom: NodeAtom, number: Floats, view: View) -> Truth:
    if atom.level_at_least is not None:
        holds = number >= atom.level_at_least  # levels are whole
    elif atom.at_least is not None:
        holds = view.edge(number) >= edge(atom.at_least)
    else:
        holds = view.edge(number) < edge(atom.below or 0.0)
    truth: Truth = np.isnan(number).view(np.int8) * UNKNOWN  # where `holds` is false
    truth += holds.view(np.int8) * TRUE
    return truth


def _unless(unsure: Mask | None, truth: Truth) -> Truth:
    return truth if unsure is None else np.where(unsure, UNKNOWN, truth)


def _by_state(state: States, holds: Mask, not_applicable: np.int8) -> Truth:
    """`holds` where answered, unknown where missing, false where hidden, `not_applicable` where it is."""
    # Sums of bytes, of which one at most isn't 0, are many times as fast as choosing or looking up.
    truth: Truth = ((state == BLANK) | (state == DONT_KNOW)).view(np.int8) * UNKNOWN
    truth += ((state == ANSWERED) & holds).view(np.int8) * TRUE
    if not_applicable != FALSE:
        truth += (state == NOT_APPLICABLE).view(np.int8) * not_applicable
    return truth
