"""How a programme chooses its pilots: hard conditions, scales and weights, readiness, spread. All of it data.

The words mean: a *condition* that isn't met takes an idea out, whatever its benefits; a *limit* (number, budget,
spread) holds for the chosen ideas together.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aimaturity.definitions.base import DefinitionId, Id, Model, Text, unfit

CountyCode = Annotated[str, Field(pattern=r"^\d{2}$")]
RiskClass = Literal["prohibited", "high", "transparency", "minimal"]
"""Of an AI system, by the AI Act: art. 5; art. 6 with annex I and III; art. 50; all others."""

GenderStep = Literal["widens", "none", "small", "clear", "large"]
GENDER_STEPS: tuple[GenderStep, ...] = ("widens", "none", "small", "clear", "large")
"""What becomes of a named and counted gap between women and men, in a year: it widens; no change that can be shown; it
shrinks by less than a quarter; by a quarter to a half; by more than half. An order, no distances: what a step is worth
in points is the programme's to say (`GenderPoints`)."""

PilotStatus = Literal["idea", "applied", "approved", "running", "ended", "stopped"]
"""How a pilot stands; which may follow which is `programme.pilots.history`'s to say."""

End = Literal["low", "likely", "high"]
"""Which end of an estimate counts."""


class Scale(Model):
    """How amounts become points: 0 at `zero`, 100 at `full`, in a straight line, never outside -100..100."""

    weight: float = Field(ge=0, le=1000, allow_inf_nan=False, description="What it counts beside the others.")
    zero: float = Field(allow_inf_nan=False, description="The amount that gives 0 points.")
    full: float = Field(allow_inf_nan=False, description="The amount that gives 100 points; below `zero` for costs.")

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if self.zero == self.full:
            raise unfit("zero and full must differ", "zero och full ska vara olika")
        return self


class GenderPoints(Model):
    """What each step on the scale of gender equality is worth in points: a judgement that the programme answers for."""

    widens: float = Field(-100, ge=-100, le=100, description="The gap widens.")
    none: float = Field(0, ge=-100, le=100, description="No change that can be shown.")
    small: float = Field(33, ge=-100, le=100, description="The gap shrinks by less than a quarter.")
    clear: float = Field(67, ge=-100, le=100, description="The gap shrinks by a quarter to a half.")
    large: float = Field(100, ge=-100, le=100, description="The gap shrinks by more than half.")

    @model_validator(mode="after")
    def _rises(self) -> Self:
        points = [getattr(self, step) for step in GENDER_STEPS]
        if points != sorted(points):
            raise unfit("a better step may not be worth less", "ett bättre steg får inte vara värt mindre")
        return self


class GenderScale(Model):
    """How effects on gender equality become points."""

    weight: float = Field(ge=0, le=1000, allow_inf_nan=False, description="What it counts beside the others.")
    points: GenderPoints = Field(GenderPoints(), description="Points by step.")


class Scales(Model):
    """The five things that ideas are compared by, with the weight of each."""

    business: Scale = Field(description="SEK a year.")
    climate: Scale = Field(description="kg CO2e a year that are no longer emitted.")
    gender_equality: GenderScale = Field(description="Steps.")
    readiness: Scale = Field(description="Percent, 0-100.")
    cost: Scale = Field(description="SEK, own hours included; `full` is the lesser amount.")

    @model_validator(mode="after")
    def _something_counts_the_right_way(self) -> Self:
        if not any(scale.weight for scale in (self.business, self.climate, self.gender_equality)):
            raise unfit(
                "at least one of the three benefits must have a weight", "minst en av de tre nyttorna ska ha en vikt"
            )
        if any(scale.full < scale.zero for scale in (self.business, self.climate, self.readiness)):
            raise unfit("only cost may give more points for less", "bara kostnad får ge fler poäng för mindre")
        if self.cost.full > self.cost.zero:
            raise unfit("a higher cost may not give more points", "en högre kostnad får inte ge fler poäng")
        return self


class FactNeeded(Model):
    """What a company must have answered: a step on a question's ladder, or one option."""

    question: Id = Field(description="A question of the questionnaire with one answer.")
    step: int | None = Field(None, ge=1, description="At least this step, counted from 0.")
    is_: str | None = Field(None, alias="is", description="Exactly this option.")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.step is None) == (self.is_ is None):
            raise unfit("give either step or is", "ange antingen step eller is")
        return self


class ReadinessItem(FactNeeded):
    """One fact that readiness is made of. A step below the one needed counts by its share of the way."""

    weight: float = Field(1, gt=0, le=1000, allow_inf_nan=False, description="What it counts beside the others.")


class _Condition(Model):
    id: Id = Field(description="Names the condition.")
    reason: Text = Field(description="What is said of an idea that doesn't meet it, as a whole sentence.")


class PlainCondition(_Condition):
    """A condition that needs nothing more said.

    owner: a role owns the idea. estimated: each of the three effects is estimated. measured: each effect that isn't
    zero has a measure and a baseline. classified: every AI system has a risk class. agreed: there is a
    company, and all have agreed. partner, researcher: one is named. open: an idea or applied for, not decided yet.
    """

    kind: Literal["owner", "estimated", "measured", "classified", "agreed", "partner", "researcher", "open"] = Field(
        description="What is asked for."
    )


class RiskCondition(_Condition):
    """No AI system of the idea is in a barred risk class."""

    kind: Literal["risk_class"] = Field(description="What is asked for.")
    barred: tuple[RiskClass, ...] = Field(min_length=1, description="Risk classes that aren't accepted.")


class CeilingCondition(_Condition):
    """An idea's own cost (SEK without hours, at the high end) or own hours (at the high end) are no more than this."""

    kind: Literal["cost_at_most", "hours_at_most"] = Field(description="What is asked for.")
    most: float = Field(ge=0, allow_inf_nan=False, description="SEK or hours.")


class FactCondition(_Condition):
    """Every company of the idea meets a fact. One that isn't known isn't met; one that can't apply is."""

    kind: Literal["fact"] = Field(description="What is asked for.")
    fact: FactNeeded = Field(description="The fact.")


class GenderCondition(_Condition):
    """The low end of the effect on gender equality is at least this step."""

    kind: Literal["gender_at_least"] = Field(description="What is asked for.")
    least: GenderStep = Field(description="The step.")


Condition = Annotated[
    PlainCondition | RiskCondition | CeilingCondition | FactCondition | GenderCondition, Field(discriminator="kind")
]


class SpreadRule(Model):
    """A limit on how the chosen ideas are spread.

    With `values`: on the number of ideas in those counties or sectors together. Without: `at_most` in each county or
    sector, and `different` ones at least.
    """

    id: Id = Field(description="Names the rule.")
    of: Literal["county", "sector"] = Field(description="What is counted by.")
    values: tuple[str, ...] | None = Field(None, min_length=1, description="County codes or sectors; none: each alone.")
    at_least: int | None = Field(None, ge=1, description="So many at least.")
    at_most: int | None = Field(None, ge=0, description="So many at most.")
    different: int | None = Field(None, ge=2, description="At least so many different ones.")
    title: Text = Field(description="What it is about, as it is named in reasons: Blekinge, Sectors.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.at_least is None and self.at_most is None and self.different is None:
            raise unfit("give at_least, at_most or different", "ange at_least, at_most eller different")
        if self.values is None and self.at_least is not None:
            raise unfit("at_least needs values", "at_least kräver values")
        if self.values is not None and self.different is not None:
            raise unfit("different goes without values", "different anges utan values")
        return self


class PilotRules(Model):
    """How the programme chooses its pilots."""

    at_least: int = Field(ge=1, description="The number of pilots wanted.")
    at_most: int | None = Field(None, ge=1, description="No more than this; none: as many as the other limits allow.")
    budget: float | None = Field(None, ge=0, allow_inf_nan=False, description="SEK for all chosen pilots together.")
    hour_value: float = Field(
        0, ge=0, allow_inf_nan=False, description="SEK that an own hour counts as where ideas are compared by cost."
    )
    questionnaire: DefinitionId = Field(
        "ai-maturity", description="The questionnaire whose answers readiness, facts and challenges come from."
    )
    challenge_question: Id = Field("main_challenge", description="The question whose options ideas name as challenge.")
    scales: Scales = Field(description="What ideas are compared by.")
    dominance: Literal["same_spread", "everywhere", "off"] = Field(
        "same_spread",
        description="Among which ideas one that is worse in every way is taken out: those of the same county and "
        "sector, all, or none.",
    )
    readiness: tuple[ReadinessItem, ...] = Field(min_length=1, description="What readiness is made of.")
    conditions: tuple[Condition, ...] = Field(
        description="Hard conditions, in the order in which they are told. One is of the kind estimated."
    )
    spread: tuple[SpreadRule, ...] = Field((), description="How the chosen ideas are spread.")

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise unfit("at_most is below at_least", "at_most är lägre än at_least")
        if not any(condition.kind == "estimated" for condition in self.conditions):
            raise unfit(
                "one condition must be of the kind estimated, since ideas can't be compared without",
                "ett villkor ska vara av slaget estimated, för utan skattningar går det inte att jämföra",
            )
        return self
