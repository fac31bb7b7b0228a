"""The card of an idea for a pilot: what it would do, for whom, at what cost, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aimaturity.definitions.base import DefinitionId, Id, Model, Text, unfit
from aimaturity.definitions.pilot_rules import GENDER_STEPS, CountyCode, GenderStep, PilotStatus, RiskClass

Benefit = Literal["business", "climate", "gender_equality"]
BENEFITS: tuple[Benefit, ...] = ("business", "climate", "gender_equality")
Role = Literal["none", "user", "adapts", "develops"]
Amount = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]


class Baseline(Model):
    """How it stands before anything is changed."""

    value: Amount = Field(description="The measure's value.")
    unit: str = Field(min_length=1, max_length=80, description="Its unit, such as kWh a year.")
    period: str | None = Field(None, max_length=80, description="When it was measured, such as 2025 or weeks 10-22.")
    note: Text | None = Field(None, description="How it was measured.")


class Estimate(Model):
    """An amount that isn't certain: it will hardly be below `low` or above `high`."""

    low: Amount = Field(description="The least that is to be reckoned with.")
    likely: Amount = Field(description="The best guess.")
    high: Amount = Field(description="The most that is to be reckoned with.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise unfit("low, likely and high must rise", "low, likely och high ska stiga")
        return self


class Expense(Estimate):
    """What something costs; never below 0."""

    low: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] = Field(description="The least.")


class StepEstimate(Model):
    """A step on the scale of gender equality that isn't certain."""

    low: GenderStep = Field(description="The worst that is to be reckoned with.")
    likely: GenderStep = Field(description="The best guess.")
    high: GenderStep = Field(description="The best that is to be reckoned with.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        steps = [GENDER_STEPS.index(step) for step in (self.low, self.likely, self.high)]
        if steps != sorted(steps):
            raise unfit("low, likely and high must rise", "low, likely och high ska stiga")
        return self


class _Effect(Model):
    measure: Text | None = Field(None, description="What is measured, before and after.")
    baseline: Baseline | None = Field(None, description="The measure's value before.")
    basis: Text | None = Field(None, description="What the estimate rests on.")


class AmountEffect(_Effect):
    """An effect in SEK or kg CO2e a year, own running costs and the AI's own emissions taken off."""

    effect: Estimate | None = Field(None, description="More is better; below 0 is harm; absent: not estimated.")


class GenderEffect(_Effect):
    """An effect on a named gap between women and men (`measure` says which, `baseline` how large it is)."""

    effect: StepEstimate | None = Field(None, description="What becomes of the gap; absent: not estimated.")


class DataAtHand(Model):
    """Data that the idea needs and that there are."""

    what: Text = Field(description="What it is, from when, how much.")
    personal: bool = Field(description="Whether it is on persons or from them.")


class AiSystem(Model):
    """One AI system of the idea. Role and risk class go by system."""

    what: Text = Field(description="What it does.")
    role: Role = Field(
        description="The company's by the AI Act: none, user (deployer), adapts (own name, substantial change or new "
        "purpose), develops (provider)."
    )
    risk_class: RiskClass | None = Field(None, description="By the AI Act; absent: not settled.")


class Risk(Model):
    """What may go wrong, and what is done about it."""

    what: Text = Field(description="What may go wrong.")
    action: Text | None = Field(None, description="What is done about it.")


class Participant(Model):
    """A company in the idea."""

    company: str = Field(min_length=1, max_length=2000, description="The company's id, never a personal number.")
    agreed_on: dt.date | None = Field(None, description="The day when it agreed in writing; absent: it hasn't.")
    known: dict[str, str] = Field(
        {}, description="Question -> option, for what is known without an assessment. An assessment comes first."
    )


class Cost(Model):
    """What the pilot costs."""

    sek: Expense = Field(description="SEK, own hours not included.")
    own_hours: Expense = Field(description="Hours of the companies' own.")


class StatusEntry(Model):
    """A step in the idea's history. Entries are added, never changed."""

    status: PilotStatus = Field(description="What it became.")
    date: dt.date = Field(description="When.")
    by: str = Field(min_length=1, max_length=120, description="Who decided: a role or a body.")
    note: str | None = Field(None, description="Why.")


class Outcome(Model):
    """What was measured at a later assessment."""

    occasion: Literal["T1", "T2"] = Field(description="Which one.")
    date: dt.date = Field(description="When.")
    business: Amount | None = Field(None, description="SEK a year; absent: not measured.")
    climate: Amount | None = Field(None, description="kg CO2e a year; absent: not measured.")
    gender_equality: GenderStep | None = Field(None, description="The step; absent: not measured.")
    note: Text | None = Field(None, description="How it was measured, and what was learnt.")


class PilotCard(Model):
    """An idea for a pilot."""

    id: Id = Field(description="Names the idea.")
    title: Text = Field(description="Its name. Names no company: it is shown.")
    challenge: Id = Field(description="The challenge it meets: an option of the programme's question on challenges.")
    ai_use: Text = Field(description="What AI would do.")
    data: tuple[DataAtHand, ...] = Field((), description="Data at hand.")
    owner: Text | None = Field(None, description="The role in the company that owns it, never a name.")
    business: AmountEffect = Field(AmountEffect(), description="Effect in SEK a year.")
    climate: AmountEffect = Field(AmountEffect(), description="Effect in kg CO2e a year, less is emitted: above 0.")
    gender_equality: GenderEffect = Field(GenderEffect(), description="Effect on gender equality.")
    cost: Cost = Field(description="What it costs.")
    risks: tuple[Risk, ...] = Field((), description="What may go wrong.")
    systems: tuple[AiSystem, ...] = Field(min_length=1, description="AI systems in it.")
    partner: Id | None = Field(None, description="The programme's partner that follows it.")
    researcher: Id | None = Field(None, description="The programme's university that takes part.")
    companies: tuple[Participant, ...] = Field((), description="Companies in it; a shared pilot has several.")
    county: CountyCode = Field(description="Official code of the county where it is carried out.")
    sector: Id = Field(description="Sector, by the programme's list.")
    history: tuple[StatusEntry, ...] = Field(min_length=1, description="What became of it, oldest first.")
    outcomes: tuple[Outcome, ...] = Field((), description="What was measured later.")

    @property
    def status(self) -> PilotStatus:
        """How it stands now."""
        return self.history[-1].status


class PilotFile(Model):
    """The ideas of a programme."""

    pilots_of: DefinitionId = Field(description="The programme's id.")
    pilots: tuple[PilotCard, ...] = Field(min_length=1, description="A card an idea.")
