"""A method: a questionnaire, how it counts, who can help, and the plan made of them."""

from __future__ import annotations

from dataclasses import dataclass

from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.document import Definition
from aimaturity.scoring.plan import Plan


@dataclass(frozen=True)
class Method:
    """What is needed to score answers and to make documents. Made of definitions that `check` finds free of errors."""

    questionnaire: Questionnaire
    model: ScoringModel
    programme: Programme | None
    plan: Plan

    def definitions(self) -> dict[str, Definition | None]:
        """Ids, versions and content hashes of what is used."""
        languages = self.questionnaire.languages
        q, m, p = self.questionnaire, self.model, self.programme
        return {
            "questionnaire": Definition(
                id=q.questionnaire, version=q.version, hash=content_hash(q), title=q.title.as_dict(languages)
            ),
            "scoring": Definition(
                id=m.scoring, version=m.version, hash=content_hash(m), title=m.title.as_dict(languages)
            ),
            "programme": p
            and Definition(id=p.programme, version=p.version, hash=content_hash(p), title=p.title.as_dict(languages)),
        }


def method(questionnaire: Questionnaire, model: ScoringModel, programme: Programme | None = None) -> Method:
    """The method of these definitions, compiled."""
    return Method(questionnaire, model, programme, compile_plan(questionnaire, model))
