"""What a model says of its report, for one company: facts at its head, and its AI idea's benefits."""

from __future__ import annotations

import numpy as np

from aimaturity.definitions.questionnaire import Counts
from aimaturity.definitions.report_part import ANSWER, ReportPart
from aimaturity.definitions.report_part import Idea as IdeaRule
from aimaturity.responses.given import State
from aimaturity.scoring.answers import answer_value, words_of
from aimaturity.scoring.conditions import TRUE, View
from aimaturity.scoring.document import Benefit, HeadFact, Idea, Words
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.settle import Variable


def head_facts(plan: Plan, part: ReportPart, view: View, texts: dict[str, str | None]) -> list[HeadFact]:
    """The facts whose questions are answered, in the model's order.

    view   the company's evaluation, one row
    texts  variable -> free text, where there is one
    """
    variables = {variable.name: variable for variable in plan.variables}
    found = []
    for fact in part.head:
        variable = variables[fact.question]
        if int(view.state[variable.name][0]) != State.ANSWERED:
            continue
        if answer_value(plan, variable, view, texts.get(variable.name)) in fact.but:
            continue
        answer = _shown(plan, variable, view, texts.get(variable.name))
        if answer:
            around = fact.text.as_dict(plan.questionnaire.languages) if fact.text else {}
            text = {language: around.get(language, ANSWER).replace(ANSWER, said) for language, said in answer.items()}
            found.append(HeadFact(id=fact.question, text=text))
    return found


def _shown(plan: Plan, variable: Variable, view: View, text: str | None) -> Words | None:
    """The answer in words; of several numbers their sum."""
    if isinstance(variable.question, Counts):
        total = sum(float(view.value[column][0]) for column in variable.columns)
        return None if np.isnan(total) else dict.fromkeys(plan.questionnaire.languages, f"{total:g}")
    return words_of(plan, variable.name, view, text)


def idea_of(plan: Plan, rule: IdeaRule | None, view: View) -> Idea | None:
    """The idea's benefits with what to measure first; None where no question that tells of it is answered."""
    if rule is None:
        return None
    named = [*rule.told, *(name for benefit in rule.benefits for name in benefit.claimed)]
    if all(int(view.state[name][0]) != State.ANSWERED for name in named):
        return None
    languages = plan.questionnaire.languages
    made = []
    for benefit in rule.benefits:
        holding = (
            measure.text
            for measure in benefit.measure
            if measure.if_ is None or plan.conditions.evaluate(measure.if_, view)[0] == TRUE
        )
        first = next(holding, None)
        made.append(
            Benefit(
                id=benefit.id,
                title=benefit.title.as_dict(languages),
                claimed=list(benefit.claimed),
                basis=list(benefit.basis),
                measure=first.as_dict(languages) if first else None,
            )
        )
    return Idea(told=list(rule.told), benefits=made)
