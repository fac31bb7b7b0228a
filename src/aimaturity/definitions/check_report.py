"""Checks of what a scoring model says of its report."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.definitions.check_conditions import Scope, condition_findings
from aimaturity.definitions.checks import Finding, Findings, duplicates
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.report_part import ANSWER
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.definitions.validation import near
from aimaturity.definitions.yaml_source import DataPath


def report_fits(m: ScoringModel, q: Questionnaire) -> Findings:
    """The report's questions and options exist, its conditions hold, and words around an answer leave room for it."""
    scope = Scope(q)
    for name, path in _named(m):
        if name not in scope.variables:
            yield from (Finding(c, p, f, about=a) for c, p, f, a in scope.unknown(name, path))
    for index, fact in enumerate(m.report.head):
        place: DataPath = ("report", "head", index)
        for language, words in fact.text.root.items() if fact.text else ():
            if ANSWER not in words:
                yield Finding("AIM271", (*place, "text", language))
        question = scope.variables.get(fact.question)
        known = [option.id for option in q.options_of(question)] if question is not None else []
        for inner, option in enumerate(fact.but):
            if question is not None and option not in known:
                facts = {"name": option, "near": near(option, known)}
                yield Finding("AIM101", (*place, "but", inner), facts, about=option)
    idea = m.report.idea
    if idea is None:
        return
    listed = [(benefit.id, ("report", "idea", "benefits", i, "id")) for i, benefit in enumerate(idea.benefits)]
    yield from duplicates(listed, "benefits")
    for index, benefit in enumerate(idea.benefits):
        for inner, measure in enumerate(benefit.measure):
            if measure.if_ is not None:
                path = ("report", "idea", "benefits", index, "measure", inner, "if")
                for code, where, facts_, about in condition_findings(measure.if_, path, scope, m.nodes):
                    yield Finding(code, where, facts_, about=about)


def _named(m: ScoringModel) -> Iterator[tuple[str, DataPath]]:
    """Every question that the report names, with its place."""
    for index, fact in enumerate(m.report.head):
        yield fact.question, ("report", "head", index, "question")
    if m.report.idea is None:
        return
    for index, name in enumerate(m.report.idea.told):
        yield name, ("report", "idea", "told", index)
    for index, benefit in enumerate(m.report.idea.benefits):
        for key in ("claimed", "basis"):
            for inner, name in enumerate(getattr(benefit, key)):
                yield name, ("report", "idea", "benefits", index, key, inner)
