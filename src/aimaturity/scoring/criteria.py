"""Conditions as they stand for one company: what was asked for, what there is, whether it is met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aimaturity.definitions.base import STATES
from aimaturity.definitions.conditions import All, AnyOf, Condition, ItemAtom, NodeAtom, Not, QuestionAtom
from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Questionnaire, Single
from aimaturity.scoring.conditions import FALSE, TRUE, Use, View
from aimaturity.scoring.document import Criterion, Words
from aimaturity.scoring.plan import Plan

MET: Mapping[int, bool | None] = {int(TRUE): True, int(FALSE): False}


def one_row(view: View, row: int) -> View:
    """The same view of one row alone."""
    some = slice(row, row + 1)

    def cut(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {name: column[some] for name, column in columns.items()}

    points = {name: (x[some], has[some]) for name, (x, has) in view.points.items()}
    return View(
        rows=1,
        state=cut(view.state),
        value=cut(view.value),
        given=cut(view.given),
        points=points,
        score=cut(view.score),
        applies=cut(view.applies),
        level=cut(view.level),
    )


def criterion(plan: Plan, condition: Condition, view: View, use: Use = "rule", positive: bool = True) -> Criterion:
    """The condition over a view of one row, with words in every language."""
    met = MET.get(int(plan.conditions.evaluate(condition, view, use, positive)[0]))
    if isinstance(condition, All | AnyOf):
        how, inside = ("all", condition.all) if isinstance(condition, All) else ("any", condition.any)
        return Criterion(how=how, met=met, parts=[criterion(plan, part, view, use, positive) for part in inside])
    if isinstance(condition, Not):
        return Criterion(how="not", met=met, parts=[criterion(plan, condition.not_, view, use, not positive)])
    if isinstance(condition, NodeAtom):
        return _node(plan, condition, view, met)
    if isinstance(condition, ItemAtom):
        return _item(plan, condition, view, met)
    return _question(plan, condition, view, met)


def _test(atom: QuestionAtom | ItemAtom | NodeAtom) -> tuple[str, Any]:
    for name in ("is_", "at_least", "below", "answered", "state", "level_at_least"):
        value = getattr(atom, name, None)
        if value is not None:
            return name.rstrip("_"), value
    raise ValueError("an atom without a test")


def _node(plan: Plan, atom: NodeAtom, view: View, met: bool | None) -> Criterion:
    test, needed = _test(atom)
    languages = plan.questionnaire.languages
    number = float((view.level if test == "level_at_least" else view.score)[atom.node][0])
    title = plan.model.nodes[atom.node].title
    name = plan.model.level_title(int(needed)) if test == "level_at_least" else None
    return Criterion(
        how="test",
        met=met,
        about="node",
        id=atom.node,
        text=title.as_dict(languages) if title else None,
        test=test,
        needed=float(needed),
        needed_words=name.as_dict(languages) if name else None,
        has=None if np.isnan(number) else number,
    )


def _item(plan: Plan, atom: ItemAtom, view: View, met: bool | None) -> Criterion:
    test, needed = _test(atom)
    points, has = view.points[atom.item]
    return Criterion(
        how="test",
        met=met,
        about="item",
        id=atom.item,
        text=question_words(plan.questionnaire, atom.item),
        test=test,
        needed=float(needed),
        has=float(points[0]) if has[0] else None,
        has_words=answer_words(plan, plan.conditions.variable(atom.item), view),
        state=STATES[int(view.state[plan.conditions.variable(atom.item)][0])],
    )


def _question(plan: Plan, atom: QuestionAtom, view: View, met: bool | None) -> Criterion:
    test, needed = _test(atom)
    variable = plan.conditions.variable(atom.question)
    question = plan.by_name[variable].question
    options = plan.questionnaire.options_of(question)
    languages = plan.questionnaire.languages
    words = None
    if options and test in ("is", "at_least", "below"):
        wanted = needed if isinstance(needed, tuple) else (needed,)
        wanted = tuple(options[int(w)].id if isinstance(w, int | float) else w for w in wanted)
        texts = [next(o.text for o in options if o.id == w) for w in wanted]
        words = {language: " / ".join(text[language] for text in texts) for language in languages}
        needed = list(wanted) if len(wanted) > 1 else wanted[0]
    state = STATES[int(view.state[variable][0])]
    return Criterion(
        how="test",
        met=met,
        about="question",
        id=atom.question,
        text=question_words(plan.questionnaire, atom.question),
        test=test,
        needed=list(needed)
        if isinstance(needed, tuple)
        else needed
        if isinstance(needed, str | list)
        else float(needed),
        needed_words=words,
        has=_has(plan, atom, view) if state == "answered" else None,
        has_words=answer_words(plan, variable, view) if state == "answered" else None,
        state=state,
    )


def _has(plan: Plan, atom: QuestionAtom, view: View) -> str | float | None:
    variable = plan.conditions.variable(atom.question)
    question = plan.by_name[variable].question
    options = plan.questionnaire.options_of(question)
    if isinstance(question, Single | Grid):
        return options[int(view.value[variable][0])].id
    if isinstance(question, Multiple) or (atom.question not in view.value and not isinstance(question, Counts)):
        return None
    return float(plan.conditions.number(atom.question, view.value)[0])


def question_words(questionnaire: Questionnaire, reference: str) -> Words:
    """A question's words; for a grid's row or one number of a counts question, its words after a dash."""
    question = questionnaire.questions[reference.split(".")[0]]
    languages = questionnaire.languages
    words = question.text.as_dict(languages)
    if "." in reference:
        parts = question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()
        part = next(part for part in parts if part.id == reference.split(".")[1])
        words = {language: f"{words[language]} – {part.text[language]}" for language in languages}
    return words


def plain_number(number: float, language: str) -> str:
    """A number as people write it: no needless decimals, decimal comma in Swedish."""
    text = f"{number:.9f}".rstrip("0").rstrip(".") if number != int(number) else str(int(number))
    return text.replace(".", ",") if language == "sv" else text


def answer_words(plan: Plan, variable: str, view: View) -> Words | None:
    """An answer in words, in every language; None where there is no value."""
    question = plan.by_name[variable].question
    options = plan.questionnaire.options_of(question)
    languages = plan.questionnaire.languages
    if isinstance(question, Single | Grid):
        position = int(view.value[variable][0])
        return options[position].text.as_dict(languages) if position >= 0 else None
    if isinstance(question, Multiple):
        mask = int(view.value[variable][0])
        ticked = [option for bit, option in enumerate(options) if mask >> bit & 1]
        return {lang: "; ".join(o.text[lang] for o in ticked) for lang in languages} if ticked else None
    if isinstance(question, Counts):
        numbers = [float(view.value[f"{variable}.{part.id}"][0]) for part in question.parts]
        if any(np.isnan(n) for n in numbers):
            return None
        return {
            lang: ", ".join(
                f"{p.text[lang]} {plain_number(n, lang)}" for p, n in zip(question.parts, numbers, strict=True)
            )
            for lang in languages
        }
    if variable in view.value and not np.isnan(view.value[variable][0]):
        number = float(view.value[variable][0])
        unit = getattr(question, "unit", None)
        return {lang: plain_number(number, lang) + (f" {unit[lang]}" if unit else "") for lang in languages}
    return None
