"""The answers of one company, as the result document shows them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from aimaturity.definitions.base import STATES
from aimaturity.definitions.conditions import ItemAtom, QuestionAtom, atoms
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Grid, Multiple, Single
from aimaturity.responses.given import Detail, State
from aimaturity.responses.table import AnswerTable
from aimaturity.scoring import recode
from aimaturity.scoring.conditions import View
from aimaturity.scoring.criteria import answer_words, question_words
from aimaturity.scoring.document import Answer, OneMoreOrLess, OtherAnswer
from aimaturity.scoring.evaluation import Evaluation
from aimaturity.scoring.plan import Plan, PlanItem
from aimaturity.scoring.settle import Variable, settle


def answers_of(
    plan: Plan,
    table: AnswerTable,
    view: View,
    done: Evaluation,
    row: int,
    own: Mapping[str, OtherAnswer] = MappingProxyType({}),
    earlier: Mapping[str, OtherAnswer] = MappingProxyType({}),
) -> list[Answer]:
    """Every variable's answer, in the order of asking.

    view     the company's evaluation, one row
    done     the whole batch's evaluation, of which it is `row`
    own      what the company answered beforehand, by variable
    earlier  what was answered last time
    """
    section_of = {q.id: s.id for s in plan.questionnaire.sections for q in s.questions}
    in_tree = set(plan.nodes[plan.root].item_names)
    items = {item.variable: item for item in plan.items if item.name in in_tree}
    counted = _counted(plan, view)
    found = []
    for variable in plan.variables:
        detail = table.details[row].get(variable.name, Detail()) if table.details else Detail()
        question, name = variable.question, variable.name
        state = STATES[int(view.state[name][0])]
        item = items.get(name)
        points = _points(item, view)
        options = plan.questionnaire.options_of(question)
        ladder = isinstance(question, Single | Grid)
        unit = getattr(question, "unit", None)
        text = table.text[name][row] if name in table.text else None
        value = answer_value(plan, variable, view, text)
        given = int(table.state[name][row]) == State.ANSWERED
        unused = state in ("hidden", "not_applicable") and given
        found.append(
            Answer(
                id=name,
                section=section_of[question.id],
                kind=question.kind,
                text=question_words(plan.questionnaire, name),
                state=state,
                value=value if state == "answered" or unused else None,
                words=words_of(plan, name, view, text) if state == "answered" or unused else None,
                step=int(view.value[name][0]) if ladder and state == "answered" else None,
                steps=len(options) - 1 if ladder else None,
                unit=unit.as_dict(plan.questionnaire.languages) if unit else None,
                scored=item is not None,
                points=points,
                counted=counted.get(name),
                lowest=item.lowest if item else None,
                highest=item.highest if item else None,
                evidence=detail.evidence,
                evidence_note=detail.evidence_note,
                comment=detail.comment,
                ask=detail.ask,
                reason=detail.reason,
                why=detail.why,
                own=own.get(name),
                earlier=earlier.get(name),
                raw=detail.raw,
                by_rule=state == "not_applicable" and name in done.fixed and bool(done.fixed[name][row]),
                unused=unused,
                depends_on=_depends_on(plan, variable),
                one_more_or_less=_one_more_or_less(plan, item, variable, view) if state == "answered" else [],
            )
        )
    return found


def others_of(plan: Plan, table: AnswerTable, row: int) -> dict[str, OtherAnswer]:
    """variable -> answer of a table that isn't scored here (another voice, another time), where there is any."""
    one = table.take(np.array([row]))
    view, _ = settle(plan.variables, plan.conditions, one)
    details = one.details[0] if one.details else {}
    found = {}
    for variable in plan.variables:
        name, detail = variable.name, details.get(variable.name, Detail())
        if int(one.state[name][0]) == State.BLANK and detail == Detail():
            continue
        state = STATES[int(view.state[name][0])]
        text = one.text[name][0] if name in one.text else None
        answered = state == "answered"
        found[name] = OtherAnswer(
            state=state,
            value=answer_value(plan, variable, view, text) if answered else None,
            words=words_of(plan, name, view, text) if answered else None,
            step=int(view.value[name][0]) if answered and isinstance(variable.question, Single | Grid) else None,
            comment=detail.comment,
            evidence=detail.evidence,
            evidence_note=detail.evidence_note,
        )
    return found


def _points(item: PlanItem | None, view: View) -> float | None:
    if item is None or not view.points[item.name][1][0]:
        return None
    return float(view.points[item.name][0][0])


def answer_value(plan: Plan, variable: Variable, view: View, text: str | None) -> Any:
    question, name = variable.question, variable.name
    if isinstance(question, FreeText | Date):
        return text
    options = plan.questionnaire.options_of(question)
    if isinstance(question, Single | Grid):
        position = int(view.value[name][0])
        return options[position].id if position >= 0 else None
    if isinstance(question, Multiple):
        mask = int(view.value[name][0])
        return [option.id for bit, option in enumerate(options) if mask >> bit & 1]
    numbers = {column: float(view.value[column][0]) for column in variable.columns}
    if any(np.isnan(number) for number in numbers.values()):
        return None
    if isinstance(question, Counts):
        return {column.split(".")[1]: number for column, number in numbers.items()}
    return numbers[name]


def words_of(plan: Plan, name: str, view: View, text: str | None) -> dict[str, str] | None:
    if text is not None:
        return dict.fromkeys(plan.questionnaire.languages, text)
    return answer_words(plan, name, view)


def _depends_on(plan: Plan, variable: Variable) -> list[str]:
    found = []
    for condition in (variable.show_if,):
        for atom, _, _ in atoms(condition) if condition is not None else ():
            if isinstance(atom, QuestionAtom | ItemAtom):
                found.append(plan.conditions.variable(atom.question if isinstance(atom, QuestionAtom) else atom.item))
    return list(dict.fromkeys(found))


def _counted(plan: Plan, view: View) -> dict[str, float]:
    """variable -> points that its missing or hidden answer counts as, in the first node that counts it."""
    found: dict[str, float] = {}
    for node in plan.nodes.values():
        for member in node.members:
            if member.policies is None:
                continue
            variable = plan.conditions.variable(member.name)
            state = STATES[int(view.state[variable][0])]
            points = getattr(member.policies, state, None)
            if points is not None:
                found.setdefault(variable, points)
    return found


def _one_more_or_less(plan: Plan, item: PlanItem | None, variable: Variable, view: View) -> list[OneMoreOrLess]:
    """What one more and one less in each number of a counts question would give; never below the question's range."""
    question = variable.question
    if item is None or not isinstance(question, Counts):
        return []
    found = []
    for part in question.parts:
        for change in (1, -1):
            columns = {name: np.array([float(view.value[name][0])]) for name in variable.columns}
            changed = columns[f"{variable.name}.{part.id}"] + change
            if not question.minimum <= changed[0] <= question.maximum:
                continue
            columns[f"{variable.name}.{part.id}"] = changed
            points: recode.Floats = item.mirrored(item.recode(columns))
            found.append(
                OneMoreOrLess(
                    part=part.id,
                    text=part.text.as_dict(plan.questionnaire.languages),
                    change=change,
                    points=None if np.isnan(points[0]) else float(points[0]),
                )
            )
    return found
