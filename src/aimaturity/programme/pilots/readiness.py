"""How ready an idea is, and whether its companies meet a fact: from assessments where there are any.

The table of facts is the programme's (`pilots.readiness`). What isn't known counts as not there: unknown never helps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aimaturity.definitions.pilot_rules import FactNeeded, ReadinessItem
from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.programme.pilots.card import Participant, PilotCard
from aimaturity.scoring.document import ResultDocument

Origin = Literal["assessment", "stated", "unknown"]


@dataclass(frozen=True, slots=True)
class Fact:
    """How one company stands to a fact that is needed.

    share   0..1 of the way to what is needed; None where it can't apply to the company
    origin  an assessment's answer, the card's own statement, or not known (share 0)
    """

    share: float | None
    origin: Origin

    @property
    def met(self) -> bool:
        """not_applicable passes, as it does at a gate of a level."""
        return self.share is None or self.share >= 1


def fact_of(
    needed: FactNeeded, company: Participant, result: ResultDocument | None, questionnaire: Questionnaire
) -> Fact:
    """How a company stands. An assessment in which the question is answered, or can't apply, comes before the card."""
    answer = result.answer(needed.question) if result is not None else None
    if answer is not None and answer.state == "not_applicable":
        return Fact(None, "assessment")
    if answer is not None and answer.state == "answered":
        return Fact(_share(needed, answer.value if isinstance(answer.value, str) else None, answer.step), "assessment")
    if answer is not None and answer.state == "hidden":
        return Fact(0.0, "assessment")
    stated = company.known.get(needed.question)
    question = questionnaire.questions.get(needed.question)
    if stated is None or not isinstance(question, Single):
        return Fact(0.0, "unknown")
    options = [option.id for option in questionnaire.options_of(question)]
    return Fact(_share(needed, stated, options.index(stated)), "stated") if stated in options else Fact(0.0, "unknown")


def _share(needed: FactNeeded, option: str | None, step: int | None) -> float:
    if needed.step is None:
        return float(option == needed.is_)
    return min(1.0, (step or 0) / needed.step)


@dataclass(frozen=True, slots=True)
class ItemReadiness:
    """One fact of an idea's readiness: how the company stands that is furthest from it."""

    item: ReadinessItem
    fact: Fact


@dataclass(frozen=True, slots=True)
class Readiness:
    """percent  0..100, of the company that is least ready (a shared pilot is as ready as that one); 0 without companies
    items    by fact, the worst of the companies'
    """

    percent: float
    items: tuple[ItemReadiness, ...]


def readiness_of(
    card: PilotCard,
    table: Sequence[ReadinessItem],
    results: Mapping[str, ResultDocument],
    questionnaire: Questionnaire,
) -> Readiness:
    """An idea's readiness: the weighted mean of its facts' shares, over those that apply to the company.

    results  company id -> its latest result document
    """
    by_company = [
        [fact_of(item, company, results.get(company.company), questionnaire) for item in table]
        for company in card.companies
    ]
    percent = min((_percent(facts, table) for facts in by_company), default=0.0)
    worst = [
        ItemReadiness(item, min((facts[n] for facts in by_company), key=_nearness, default=Fact(0.0, "unknown")))
        for n, item in enumerate(table)
    ]
    return Readiness(percent, tuple(worst))


def _nearness(fact: Fact) -> tuple[float, str]:
    return (2.0 if fact.share is None else fact.share, fact.origin)


def _percent(facts: Sequence[Fact], table: Sequence[ReadinessItem]) -> float:
    counting = [(fact.share, item.weight) for fact, item in zip(facts, table, strict=True) if fact.share is not None]
    total = sum(weight for _, weight in counting)
    return round(100 * sum(share * weight for share, weight in counting) / total, 9) if total else 0.0
