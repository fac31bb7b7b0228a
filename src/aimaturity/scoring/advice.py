"""Advice: which rules fire, what each step would move, who can help, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Counts, Number, Questionnaire, Single
from aimaturity.definitions.scoring_model import Recommendation
from aimaturity.responses.given import State
from aimaturity.responses.profile import county_of
from aimaturity.responses.table import AnswerTable
from aimaturity.scoring.conditions import TRUE
from aimaturity.scoring.criteria import answer_words, criterion, plain_number, question_words
from aimaturity.scoring.document import AdviceItem, Criterion, Helper, NodeResult, Target
from aimaturity.scoring.evaluate import evaluate
from aimaturity.scoring.evaluation import Evaluation
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.score import Scores

Gains = dict[tuple[int, str], dict[str, float | None]]
"""(row, recommendation) -> area -> points."""


def gains(plan: Plan, table: AnswerTable, scores: Scores, done: Evaluation) -> Gains:
    """Which recommendations fire in which rows, and by how much each would raise each area."""
    pairs: list[tuple[int, Recommendation]] = []
    for rule in plan.model.recommendations:
        fired = plan.conditions.evaluate(rule.if_, done.view) == TRUE
        pairs += [(int(row), rule) for row in np.flatnonzero(fired)]
    if not pairs:
        return {}
    after = _raised(plan, table, done, pairs)
    found: Gains = {}
    for index, (row, rule) in enumerate(pairs):
        moved: dict[str, float | None] = {}
        for area in plan.model.areas:
            before, then = scores.nodes[area.id].score[row], after.nodes[area.id].score[index]
            moved[area.id] = None if np.isnan(before) or np.isnan(then) else round(float(then - before), 12) + 0.0
        found[row, rule.id] = moved
    return found


def _raised(plan: Plan, table: AnswerTable, done: Evaluation, pairs: list[tuple[int, Recommendation]]) -> Evaluation:
    """Scored again: target questions that are answered raised to their target, what that opens at its lowest."""
    rows = np.array([row for row, _ in pairs])
    batch = AnswerTable(table.rows, table.state, table.value).take(rows)
    value, state = dict(batch.value), dict(batch.state)
    points: dict[str, npt.NDArray[np.float64]] = {}
    for index, (row, rule) in enumerate(pairs):
        for name, goal in rule.targets.items():
            if done.view.state[plan.conditions.variable(name)][row] != State.ANSWERED:
                continue
            if _by_points(plan, name):
                now, has = done.view.points[name]
                if has[row] and now[row] < goal:
                    points.setdefault(name, np.full(len(pairs), np.nan))[index] = goal
            else:
                value[name][index] = max(int(value[name][index]), int(goal))
    hidden = {name: column[rows] == State.HIDDEN for name, column in done.view.state.items()}
    while True:
        after = evaluate(plan, AnswerTable(len(rows), state, value), raised=points)
        opened = {
            v.name: hidden[v.name] & np.isin(after.view.state[v.name], (State.BLANK, State.DONT_KNOW))
            for v in plan.variables
            if v.show_if is not None
        }
        if not any(mask.any() for mask in opened.values()):
            return after
        for name, mask in opened.items():
            lowest = plan.completions[name].classes[0][0]
            state[name] = np.where(mask, np.uint8(State.ANSWERED), state[name])
            for column, number in lowest.columns.items():
                value[column] = np.where(mask, np.asarray(number, value[column].dtype), value[column])
            for item, least in lowest.points.items():
                known = points.get(item, np.full(len(rows), np.nan))
                points[item] = np.where(mask, least, known)
            hidden[name] = hidden[name] & ~mask


def _by_points(plan: Plan, name: str) -> bool:
    """Whether a question's target is points rather than a step."""
    return isinstance(plan.by_name[plan.conditions.variable(name)].question, Number | Counts)


@dataclass(frozen=True)
class Need:
    """What the next level still lacks: key questions, and nodes under their threshold."""

    questions: frozenset[str]
    nodes: frozenset[str]


def need_of(root: NodeResult) -> Need:
    """The unmet requirements of the level after the one that is certain."""
    reached = root.level if root.level is not None else root.level_low
    following = next((stage for stage in root.stages if stage.level > (reached or 0)), None)
    questions: set[str] = set()
    nodes: set[str] = set()
    for requirement in following.requirements if following else ():
        for test in _unmet(requirement):
            (nodes if test.about == "node" else questions).add(str(test.id))
    return Need(frozenset(questions), frozenset(nodes))


def _unmet(criterion_: Criterion) -> Iterator[Criterion]:
    if criterion_.met is True:
        return
    if criterion_.how == "test":
        yield criterion_
    for part in criterion_.parts:
        yield from _unmet(part)


def _county(questionnaire: Questionnaire, view: Any) -> str | None:
    """The official code of the company's county, by its answers."""
    chosen: dict[str, str | None] = {}
    for name in ("county", "municipality"):
        question = questionnaire.questions.get(name)
        if isinstance(question, Single) and view.state[name][0] == State.ANSWERED:
            chosen[name] = questionnaire.options_of(question)[int(view.value[name][0])].id
    return county_of(questionnaire, chosen)


def helpers(programme: Programme | None, kind: str, county: str | None) -> list[Helper]:
    """Partners that offer the kind of help, the company's county first."""
    if programme is None:
        return []
    return [
        Helper(id=p.id, name=p.name, role=p.role, counties=list(p.counties), near=county in p.counties)
        for p in programme.who_can_help(kind, county)
    ]


def advice(
    plan: Plan,
    programme: Programme | None,
    view: Any,
    moved: Mapping[str, dict[str, float | None]],
    nodes: Mapping[str, NodeResult],
) -> list[AdviceItem]:
    """One company's advice, in order: find out first; then what the next level lacks; then by points per own hour.

    view   the company's evaluation, one row
    moved  recommendation -> area -> points, of those that fired
    """
    languages = plan.questionnaire.languages
    need = need_of(nodes[plan.root])
    county = _county(plan.questionnaire, view)
    help_of = {kind: helpers(programme, kind, county) for kind in {rule.kind for rule in plan.model.recommendations}}
    rated: list[tuple[tuple[Any, ...], AdviceItem]] = []
    for rule in plan.model.recommendations:
        if rule.id not in moved:
            continue
        points = moved[rule.id]
        raises = {area for area, number in points.items() if number is not None and number > 0}
        serves = bool(need.questions & set(rule.targets)) or bool(need.nodes & raises)
        per_hour = sum(number for number in points.values() if number is not None) / rule.hours
        item = AdviceItem(
            id=rule.id,
            title=rule.title.as_dict(languages),
            why=rule.why.as_dict(languages),
            first_step=rule.first_step.as_dict(languages),
            hours=rule.hours,
            hours_note=rule.hours_note.as_dict(languages) if rule.hours_note else None,
            cost=rule.cost,
            kind=rule.kind,
            who_can_help=help_of[rule.kind],
            trigger=criterion(plan, rule.if_, view),
            targets=[_target(plan, name, goal, view) for name, goal in rule.targets.items()],
            points=points,
            for_next_level=serves,
            sources=list(rule.sources),
        )
        rated.append(((not serves, -round(per_hour, 9), rule.id), item))
    rated.sort(key=lambda pair: pair[0])
    return [*_find_out(plan, programme, county, nodes), *(item for _, item in rated)]


def _target(plan: Plan, name: str, goal: float, view: Any) -> Target:
    questionnaire = plan.questionnaire
    variable = plan.conditions.variable(name)
    question = plan.by_name[variable].question
    if _by_points(plan, name):
        unit = {"sv": "poäng", "en": "points"}
        words = {lang: f"{plain_number(goal, lang)} {unit.get(lang, unit['en'])}" for lang in questionnaire.languages}
    else:
        words = questionnaire.options_of(question)[int(goal)].text.as_dict(questionnaire.languages)
    answered = view.state[variable][0] == State.ANSWERED
    now = answer_words(plan, variable, view) if answered else None
    return Target(id=name, text=question_words(questionnaire, name), now=now, goal=words)


def _find_out(
    plan: Plan, programme: Programme | None, county: str | None, nodes: Mapping[str, NodeResult]
) -> list[AdviceItem]:
    """A step for each area that has too little basis for a score."""
    step, languages = plan.model.find_out, plan.questionnaire.languages
    lacking = [nodes[a.id] for a in plan.model.areas if nodes[a.id].reason in ("too_little_basis", "no_answers")]
    if step is None:
        return []
    return [
        AdviceItem(
            id=f"find_out.{area.id}",
            title=step.title.as_dict(languages),
            why=step.why.as_dict(languages),
            first_step=step.first_step.as_dict(languages),
            hours=step.hours,
            hours_note=step.hours_note.as_dict(languages) if step.hours_note else None,
            cost=step.cost,
            kind=step.kind,
            who_can_help=helpers(programme, step.kind, county),
            trigger=None,
            points={a.id: None for a in plan.model.areas},
            for_next_level=True,
            area=area.id,
            questions=list(area.missing),
            sources=list(step.sources),
        )
        for area in lacking
        if area.missing
    ]
