"""A method: a questionnaire, how it counts, who can help, and the plan made of them."""

from __future__ import annotations

from dataclasses import dataclass

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.document import Definition, Support
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.support import definition, support


@dataclass(frozen=True)
class Definitions:
    """Which definitions a method is made of."""

    questionnaire: Definition
    scoring: Definition
    programme: Support | None


@dataclass(frozen=True)
class Method:
    """What is needed to score answers and to make documents. Made of definitions that `check` finds free of errors."""

    questionnaire: Questionnaire
    model: ScoringModel
    programme: Programme | None
    plan: Plan

    def definitions(self) -> Definitions:
        """Ids, versions and content hashes of what is used."""
        q, m, p = self.questionnaire, self.model, self.programme
        return Definitions(
            questionnaire=definition(q.questionnaire, q, q.languages),
            scoring=definition(m.scoring, m, q.languages),
            programme=support(p, q.languages) if p else None,
        )


def method(questionnaire: Questionnaire, model: ScoringModel, programme: Programme | None = None) -> Method:
    """The method of these definitions, compiled."""
    return Method(questionnaire, model, programme, compile_plan(questionnaire, model))
