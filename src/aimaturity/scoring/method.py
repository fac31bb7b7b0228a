"""A method: a questionnaire, how it counts, who can help, and the plan made of them."""

from __future__ import annotations

from dataclasses import dataclass

from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.document import Definition, FunderLogo, Support
from aimaturity.scoring.plan import Plan


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
            questionnaire=self._definition(q.questionnaire, q),
            scoring=self._definition(m.scoring, m),
            programme=self._support(p) if p else None,
        )

    def _support(self, programme: Programme) -> Support:
        languages = self.questionnaire.languages
        lines = {language: programme.funders_line(language) for language in languages}
        logos = [
            FunderLogo(name=funder.name.as_dict(languages), uri=funder.logo_uri)
            for funder in programme.funders
            if funder.logo_uri is not None
        ]
        return Support(
            **dict(self._definition(programme.programme, programme)),
            logo=programme.logo_uri,
            colour=programme.usable_colour,
            funders={language: line for language, line in lines.items() if line is not None} or None,
            funder_logos=logos,
        )

    def _definition(self, name: str, used: Questionnaire | ScoringModel | Programme) -> Definition:
        title = used.title.as_dict(self.questionnaire.languages)
        return Definition(id=name, version=used.version, hash=content_hash(used), title=title)


def method(questionnaire: Questionnaire, model: ScoringModel, programme: Programme | None = None) -> Method:
    """The method of these definitions, compiled."""
    return Method(questionnaire, model, programme, compile_plan(questionnaire, model))
