"""Hard conditions: what takes an idea out whatever its benefits. A function per kind, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aimaturity.definitions.pilot_rules import GENDER_STEPS, PilotRules
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.pilots.card import BENEFITS, Benefit, Estimate, PilotCard
from aimaturity.programme.pilots.history import OPEN
from aimaturity.programme.pilots.readiness import fact_of
from aimaturity.scoring.document import ResultDocument


@dataclass(frozen=True, slots=True)
class Context:
    """What conditions may look at besides the card."""

    rules: PilotRules
    questionnaire: Questionnaire
    results: Mapping[str, ResultDocument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that isn't met, with the facts of the case. They name no company.

    detail  key of the sentence in `words.py` that says more than the condition's own reason; None: nothing more
    """

    condition: Any
    detail: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def _owner(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    return Unmet(condition) if card.owner is None else None


def _estimated(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    lacking = [name for name in BENEFITS if getattr(card, name).effect is None]
    return Unmet(condition, "not_estimated", {"benefits": lacking}) if lacking else None


def _measured(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    lacking = unmeasured(card)
    return Unmet(condition, "not_measured", {"benefits": lacking}) if lacking else None


def unmeasured(card: PilotCard) -> list[Benefit]:
    """Benefits that are claimed without a measure, or without how it stands today. An effect of nothing but zero needs
    neither."""
    parts = [(name, getattr(card, name)) for name in BENEFITS]
    return [name for name, part in parts if _claims(part.effect) and (part.measure is None or part.baseline is None)]


def _claims(effect: Any) -> bool:
    if effect is None:
        return False
    ends = (effect.low, effect.likely, effect.high)
    return any(ends) if isinstance(effect, Estimate) else set(ends) != {"none"}


def _classified(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    open_ = sum(system.risk_class is None for system in card.systems)
    return Unmet(condition, "not_classified", {"systems": open_}) if open_ else None


def _risk_class(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    barred = [name for name in condition.barred if any(system.risk_class == name for system in card.systems)]
    return Unmet(condition, "risk_class", {"classes": barred}) if barred else None


def _agreed(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    if not card.companies:
        return Unmet(condition, "no_company")
    lacking = sum(company.agreed_on is None for company in card.companies)
    return Unmet(condition, "not_agreed", {"lacking": lacking, "companies": len(card.companies)}) if lacking else None


def _partner(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    return Unmet(condition) if card.partner is None else None


def _researcher(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    return Unmet(condition) if card.researcher is None else None


def _open(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    return None if card.status in OPEN else Unmet(condition, "not_open", {"status": card.status})


def _cost(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    cost = card.cost.sek.high
    return Unmet(condition, "cost_over", {"cost": cost, "most": condition.most}) if cost > condition.most else None


def _hours(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    hours = card.cost.own_hours.high
    return Unmet(condition, "hours_over", {"hours": hours, "most": condition.most}) if hours > condition.most else None


def _fact(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    facts = [
        fact_of(condition.fact, company, context.results.get(company.company), context.questionnaire)
        for company in card.companies
    ]
    if not facts:
        return Unmet(condition, "no_company")
    lacking, unknown = sum(not fact.met for fact in facts), sum(fact.origin == "unknown" for fact in facts)
    shown = {"lacking": lacking, "unknown": unknown, "companies": len(facts)}
    return Unmet(condition, "fact", shown) if lacking else None


def _gender(card: PilotCard, condition: Any, context: Context) -> Unmet | None:
    effect = card.gender_equality.effect
    if effect is None:
        return Unmet(condition, "not_estimated", {"benefits": ["gender_equality"]})
    if GENDER_STEPS.index(effect.low) >= GENDER_STEPS.index(condition.least):
        return None
    return Unmet(condition, "gender_below", {"low": effect.low, "least": condition.least})


KINDS: Mapping[str, Callable[[PilotCard, Any, Context], Unmet | None]] = {
    "owner": _owner,
    "estimated": _estimated,
    "measured": _measured,
    "classified": _classified,
    "risk_class": _risk_class,
    "agreed": _agreed,
    "partner": _partner,
    "researcher": _researcher,
    "open": _open,
    "cost_at_most": _cost,
    "hours_at_most": _hours,
    "fact": _fact,
    "gender_at_least": _gender,
}


def unmet(card: PilotCard, context: Context) -> list[Unmet]:
    """Every hard condition that the idea doesn't meet, in the order of the programme file."""
    found = (KINDS[condition.kind](card, condition, context) for condition in context.rules.conditions)
    return [one for one in found if one is not None]
