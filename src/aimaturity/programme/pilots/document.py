"""The shortlist as a document: the proposal, and a true reason for every choice and every rejection.

It names no company. The same programme, ideas, assessments and questionnaire give the same bytes, whatever the order of
the ideas. It is a proposal: people decide, and their decision is kept beside it (`decision.py`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aimaturity.definitions.pilot_rules import End
from aimaturity.scoring.document import Definition, Engine
from aimaturity.scoring.parts import Part, Words

FORMAT = "aimaturity-shortlist/1"

Verdict = Literal["chosen", "not_chosen", "dominated", "unmet_condition"]
ReasonKey = Literal[
    "condition", "dominated", "best", "best_tie", "needed", "kept_by_limit", "kept_out_by_limit", "ranked_below", "tie",
    "lowers", "exchange", "no_exchange", "no_room", "freed_by_limit", "no_proposal",
]  # fmt: skip


class Reason(Part):
    """One true thing about why an idea is in the proposal or not."""

    key: ReasonKey
    text: Words = Field(description="The whole sentence.")
    condition: str | None = Field(None, description="The hard condition that isn't met.")
    limits: list[str] = Field([], description="The limits that it is about.")
    ideas: list[str] = Field([], description="The ideas that it is about.")
    points: float | None = Field(None, description="Points that the best sum would fall by.")


class AmountAt(Part):
    """An amount at its three ends. SEK, kg CO2e, steps (-1 widens .. 3 large), percent, SEK with own hours."""

    low: float
    likely: float
    high: float
    counted: End = Field(description="The end that counts: low for benefits, high for cost.")
    points: float = Field(description="Points of the end that counts, -100..100.")
    weight: float


class ReadinessFact(Part):
    """One fact of an idea's readiness: how the company stands that is furthest from it."""

    question: str
    text: Words = Field(description="The question.")
    share: float | None = Field(description="0..1 of the way to what is needed; null: can't apply.")
    origin: Literal["assessment", "stated", "unknown"] = Field(description="Where it is known from.")


class Below(Part):
    """A chosen idea with a higher score."""

    idea: str
    points: float = Field(description="How much higher.")


class Survival(Part):
    """In how many of the tried cases the idea is chosen."""

    weights: int
    weights_tried: int
    ends: int
    ends_tried: int


class IdeaResult(Part):
    """An idea and what became of it."""

    id: str
    title: Words
    challenge: str
    county: str
    county_name: Words
    sector: str
    sector_name: Words
    companies: int = Field(description="How many take part.")
    verdict: Verdict
    score: float | None = Field(description="Weighted mean of points; null where effects aren't estimated.")
    rank: int | None = Field(description="By score among the candidates, 1 the highest; equal ones by id.")
    amounts: dict[str, AmountAt] = Field(description="business, climate, gender_equality, readiness, cost; or none.")
    expense: int = Field(description="SEK held against the budget: the high end, without own hours.")
    readiness: list[ReadinessFact]
    reasons: list[Reason]
    below: list[Below] = Field([], description="For a candidate that isn't chosen: chosen ones with a higher score.")
    survival: Survival | None = Field(None, description="For candidates, where there is a proposal.")


class LimitResult(Part):
    """A limit on the chosen ideas together, and what the proposal uses of it."""

    id: str
    label: Words
    sense: Literal["least", "most"]
    bound: int
    before: int = Field(0, description="What pilots that are decided on already use of it.")
    used: int | None = Field(description="With the proposal; null where there is none.")


class Change(Part):
    """A limit and the bound that it would have to be given."""

    limit: str
    bound: int


class Relief(Part):
    """The least change of one or several limits that makes a proposal possible."""

    changes: list[Change]
    text: Words


class NearMiss(Part):
    """An idea that fails exactly one hard condition, other than that of barred AI."""

    idea: str
    condition: str
    text: Words


class Clash(Part):
    """Why there is no proposal, and what would help."""

    limits: list[str] = Field(description="Limits that can't all hold, though they can without any one of them.")
    text: Words
    reliefs: list[Relief] = Field(description="Each is enough by itself; the least first.")
    near_misses: list[NearMiss]


class Scenario(Part):
    """A case that was solved anew."""

    id: str
    text: Words
    weights: dict[str, float]
    ends: dict[str, End]
    chosen: list[str] | None = Field(description="null where no set keeps within all limits.")


class Sensitivity(Part):
    """What becomes of the proposal under other weights and at other ends of the estimates."""

    weights: list[Scenario] = Field(description="Every corner where each weight is taken times 0.5 or 1.5.")
    ends: list[Scenario] = Field(
        description="Other ends of the estimates; the budget is counted at the same end of cost."
    )
    same_at_all_weights: bool = Field(description="The proposal is the same at every corner, and so best between them.")
    text: Words
    always: list[str] = Field(description="Chosen in the proposal and in every case tried.")


class PilotShortlist(Part):
    """A proposal of pilots to start, with its reasons."""

    format: Literal["aimaturity-shortlist/1"] = "aimaturity-shortlist/1"
    engine: Engine
    programme: Definition
    questionnaire: Definition
    ideas_hash: str = Field(description="Content hash of the cards, ideas before decided ones, in the order of ids.")
    languages: list[str]
    weights: dict[str, float]
    dominance: str
    decided: list[str] = Field([], description="Pilots that are decided on already; they count in every limit.")
    chosen: list[str] | None = Field(description="Ids in order; null where no set keeps within all limits.")
    total: float | None = Field(description="Sum of the chosen ideas' scores.")
    limits: list[LimitResult]
    ideas: list[IdeaResult] = Field(description="In the order of ids.")
    clash: Clash | None
    sensitivity: Sensitivity | None = Field(description="null where there is no proposal.")

    def idea(self, name: str) -> IdeaResult | None:
        return next((idea for idea in self.ideas if idea.id == name), None)
