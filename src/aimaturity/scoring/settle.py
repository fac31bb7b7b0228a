"""What becomes of given answers: which questions are hidden, and where a rule says that one isn't applicable.

For the one company of an interview `settle_one.py` says the same without numpy; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from aimaturity.definitions.conditions import Condition
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.table import ANSWERED, BLANK, HIDDEN, NOT_APPLICABLE, AnswerTable, value_columns
from aimaturity.scoring.conditions import FALSE, TRUE, Conditions, Mask, View


@dataclass(frozen=True, slots=True)
class Variable:
    """A question, or a row of a grid, as evaluation needs it."""

    name: str
    question: Any
    columns: tuple[str, ...]
    show_if: Condition | None
    not_applicable_if: Condition | None
    may_not_apply: bool
    is_read: bool = False
    """Whether a condition that scores depend on reads it."""


def variables_of(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """Every variable, in the order of asking."""
    columns = value_columns(questionnaire)
    return tuple(
        Variable(name, q, columns[name], q.show_if, q.not_applicable_if, "not_applicable" in q.allow)
        for name, q in questionnaire.variables()
    )


def settle(variables: Sequence[Variable], conditions: Conditions, table: AnswerTable) -> tuple[View, dict[str, Mask]]:
    """The states that count, first that holds: hidden, not applicable by rule, as given (not applicable where it isn't
    allowed is blank). Besides, variable -> rows in which a rule set not applicable."""
    view, fixed = View(table.rows, {}, dict(table.value)), dict[str, Mask]()
    for variable in variables:
        given = table.state[variable.name]
        if not variable.may_not_apply and (stated := given == NOT_APPLICABLE).any():
            given = np.where(stated, BLANK, given)
        view.given[variable.name] = given
    for _, group in groupby(variables, key=lambda variable: variable.question.id):
        question = list(group)
        _apply_rules(question, conditions, view, fixed)
        for variable in question:
            settled = view.given[variable.name]
            if variable.name in fixed:
                settled = np.where(fixed[variable.name], NOT_APPLICABLE, settled)
            if variable.show_if is not None:
                hidden = conditions.evaluate(variable.show_if, view) == FALSE
                settled = np.where(hidden, HIDDEN, settled)
            view.state[variable.name] = settled
    return view, fixed


def _apply_rules(question: list[Variable], conditions: Conditions, view: View, fixed: dict[str, Mask]) -> None:
    """`not_applicable_if`, which may read the question itself: the values given, where there are any."""
    rule = question[0].not_applicable_if
    if rule is None:
        return
    for variable in question:
        given = view.given[variable.name]
        view.state[variable.name] = np.where(given == ANSWERED, given, BLANK)
    for variable in question:
        fixed[variable.name] = conditions.evaluate(rule, view) == TRUE
