"""The cohort document: what many companies' results say together.

It is made for one of two audiences, from the start: the hub, which knows the companies and gets exact figures and ids;
or the public, which gets nothing but what disclosure control let through. No field of the public part can hold a
company or an exact figure. All texts are in it, in every language; its dates are those of the answers (hub) or of the
publication (public), never the clock's.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from aimaturity.benchmark.documents import Count, MeasureGroups
from aimaturity.benchmark.rules import Rules
from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.scoring.document import (
    Criterion,
    Definition,
    Engine,
    LevelName,
    ReasonWord,
    Section,
    StateWord,
    Support,
)
from aimaturity.scoring.parts import Part, Words
from aimaturity.scoring.standing import GroupSize

FORMAT = "aimaturity-cohort/1"
Audience = Literal["hub", "public"]
LeftOut = Literal["other_method", "earlier", "company_voice"]
"""Why a result isn't among the companies' present ones: scored by another method; the company has a later one; the
adviser's result of the same occasion is used instead of the company's own."""


class Distribution(Part):
    """How numbers lie: quartiles are the numbers of rank ceil(n/4), ceil(n/2), ceil(3n/4) (Hyndman and Fan, type 1)."""

    companies: int = Field(ge=1)
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float
    mean: float


class LevelCount(Part):
    level: int
    companies: int


class NodeFigures(Part):
    """The companies' scores in a node."""

    id: str
    parent: str | None
    depth: int
    title: Words | None
    lowest: float = Field(description="Least reachable score.")
    highest: float = Field(description="Greatest reachable score.")
    bands: list[float] = Field(description="Where its levels begin.")
    scored: int = Field(description="Companies with a score.")
    without: dict[ReasonWord, int] = Field(description="Companies without, by reason.")
    distribution: Distribution | None = Field(description="Of the scores; null where there are none.")
    tenths: list[int] = Field(description="Companies in each tenth of the scale, from its lower end; half-open.")
    levels: list[LevelCount] = Field(description="Companies on each level; those whose level isn't certain in none.")
    uncertain: int = Field(description="Companies with a score whose level hangs on answers that are missing.")


class OptionCount(Part):
    """How many companies gave an answer."""

    id: str = Field(description="The option.")
    words: Words
    step: int | None = Field(None, description="Position on the ladder, from 0.")
    companies: int


class QuestionFigures(Part):
    """How companies answered a question."""

    id: str
    section: str
    kind: str
    text: Words
    area: str | None = Field(description="The node of the profile that it counts in; null where in none.")
    scored: bool
    steps: int | None = Field(description="The ladder's highest position.")
    states: dict[StateWord, int] = Field(description="Companies by the state of their answer.")
    options: list[OptionCount] = Field(description="Answers that were given, lowest step first; several may be ticked.")
    points: Distribution | None = Field(
        description="Of the points, for questions that are answered with numbers; null for others."
    )


class LevelRange(Part):
    low: int
    high: int
    companies: int


class OverallLevels(Part):
    """The companies' overall levels."""

    levels: list[LevelCount] = Field(description="Companies on each level, lowest first.")
    movable: int = Field(description="Of them, those that missing answers could put on another level.")
    ranges: list[LevelRange] = Field(description="Companies that have no one level: an area has too little basis.")
    unknown: int = Field(description="Companies about whose level nothing can be said.")


class Gate(Part):
    """One thing that a level requires, and whom it keeps from that level."""

    level: int
    requirement: Criterion = Field(description="What is required; `has` and `met` are left empty.")
    companies: int = Field(description="Companies for which this is the next level.")
    unmet: int = Field(description="Of them, those that don't meet it.")
    unknown: int = Field(description="Of them, those of whom it can't be told.")
    alone: int = Field(description="Of them, those that meet everything else.")


class Tally(Part):
    """Companies of one kind."""

    id: str | None = Field(description="Option or group; null: not known.")
    title: Words | None = Field(description="null where the id has no words here.")
    companies: int


class Member(Part):
    """A company that shares a challenge and may want to work on it with others. Hub only."""

    id: str
    name: str | None
    sector: str | None
    county: Words | None
    willing: Literal["yes", "depends"]
    ready: bool = Field(description="Its advice says that it can share a test already.")


class Round(Part):
    """Companies to bring together: one challenge, several sectors. Hub only."""

    number: int
    challenge: str
    companies: list[str] = Field(description="Ids of members of the challenge.")
    sectors: int = Field(description="How many sectors they come from.")


class ChallengeFigures(Part):
    """Companies with one main challenge."""

    id: str
    words: Words
    step: int | None
    companies: int
    by_sector: list[Tally]
    by_size: list[Tally]
    by_county: list[Tally]
    members: list[Member] = Field(description="Those that may want to work on it with others.")


class Challenges(Part):
    """What companies have in common across sectors."""

    question: str
    text: Words
    answered: int
    options: list[ChallengeFigures] = Field(description="The commonest first.")
    rounds: list[Round]


class Gain(Part):
    """What a step would move."""

    area: str
    companies: int = Field(description="Companies whose score would rise.")
    median: float = Field(description="Of these companies' rises, in points.")


class HelperCount(Part):
    """A partner who can help."""

    id: str
    name: str
    role: str
    near: int = Field(description="In how many of the companies' counties it works.")


class StepFigures(Part):
    """A recommendation, and how many companies it was given to."""

    id: str
    title: Words
    why: Words
    first_step: Words
    hours: float
    hours_note: Words | None
    cost: str
    kind: str
    area: str | None = Field(description="The area that most companies gain in; for find_out, the area in question.")
    find_out: bool = Field(description="An area has too little basis: what is missing is to be found out.")
    companies: int = Field(description="Companies that got it.")
    gaining: int = Field(description="Of them, those whose score would rise in some area.")
    for_next_level: int = Field(description="Of them, those whom it takes towards the next level.")
    gains: list[Gain]
    helpers: list[HelperCount]


class GroupNode(Part):
    id: str
    scored: int
    distribution: Distribution | None
    levels: list[LevelCount]


class GroupFigures(Part):
    """One group of companies."""

    id: str | None = Field(description="Option, sector, size ...; null: not known.")
    title: Words | None
    companies: int
    small: bool = Field(description="So few companies that chance decides, and that figures may point at one of them.")
    nodes: list[GroupNode] = Field(description="The areas, in the model's order.")


class Grouping(Part):
    """The areas by group of companies."""

    field: str
    title: Words | None
    groups: list[GroupFigures]


class NodeChange(Part):
    """What happened to the same companies' scores in a node: paired differences, later less earlier."""

    id: str
    pairs: int = Field(description="Companies with a score both times.")
    median: float | None
    median_low: float | None = Field(description="95 % interval of the median, by the sign test.")
    median_high: float | None
    mean: float | None
    mean_low: float | None = Field(description="95 % interval of the mean, by Student's t.")
    mean_high: float | None
    no_interval: Literal["too_few_pairs"] | None = Field(description="Why there are no intervals.")
    rose: int = Field(description="Companies that rose beyond what missing answers can explain.")
    fell: int
    unsure: int = Field(description="Changed, but missing answers could explain it.")
    same: int = Field(description="Just the same score.")


class ChangeFigures(Part):
    """The change between two occasions, by one method."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, defer_build=True)

    from_: str = Field(alias="from")
    to: str
    pairs: int = Field(description="Companies with a result both times, by this method.")
    other_method: int = Field(description="Companies whose earlier result is of another method, and isn't compared.")
    nodes: list[NodeChange]
    level_up: int
    level_down: int
    level_same: int
    level_unknown: int


class Persons(Part):
    """Sums of women and men, or of hours, over companies."""

    question: str
    text: Words
    companies: int = Field(description="Companies that answered.")
    parts: dict[str, float | None] = Field(description="part -> sum; null: of one or two persons, not shown.")


class Period(Part):
    first: str
    last: str


class HubFigures(Part):
    """Exact figures, for the hub alone."""

    companies: int
    results: int = Field(description="Results that were gone through.")
    left_out: dict[LeftOut, int]
    undated: int = Field(description="Companies whose result has no date.")
    period: Period | None = Field(description="Days of the first and last answers that are used.")
    occasions: dict[str, int] = Field(description="Companies by the occasion of the result used; `-` where unsaid.")
    voices: dict[str, int] = Field(description="Companies by whose result is used: adviser, company; `-` where unsaid.")
    answer_languages: dict[str, int] = Field(description="Companies by the language of their answers; `-`: unsaid.")
    nodes: list[NodeFigures] = Field(description="Areas and what is below them; parents before children.")
    levels: OverallLevels | None = Field(description="null where the method has no overall level.")
    gates: list[Gate]
    challenges: Challenges | None = Field(description="null where the questionnaire doesn't ask.")
    steps: list[StepFigures] = Field(description="Those that most companies gain by first.")
    grouping: Grouping | None
    change: list[ChangeFigures]
    persons: list[Persons]
    questions: list[QuestionFigures]


class CountTitle(Part):
    """What a count is of, in words."""

    measure: str
    value: str | None
    title: Words


class PublicFigures(Part):
    """What disclosure control let through: classes of quartiles, and bands of numbers of companies."""

    date: str = Field(description="Day of the publication.")
    release: int = Field(description="Its number in the hub's ledger.")
    set_hash: str = Field(description="Content hash of the benchmark set with the same figures.")
    rules: Rules
    companies: GroupSize | None = Field(description="How many agreed and are in it; null where too few.")
    measures: list[MeasureGroups]
    counts: list[Count] = Field(
        description="Numbers of companies that may be shown. One that isn't listed isn't shown."
    )
    titles: list[CountTitle] = Field(description="The words of the counts that are shown.")


class CohortDocument(Part):
    """Many companies' results together, for one audience."""

    format: Literal["aimaturity-cohort/1"] = "aimaturity-cohort/1"
    engine: Engine
    audience: Audience
    questionnaire: Definition
    scoring: Definition
    programme: Support | None
    languages: list[str] = Field(description="Languages of all texts; the first is the default.")
    indication: bool = Field(description="The scores are an indication only.")
    display_digits: int
    areas: list[str] = Field(description="The nodes that make the profile, in order.")
    levels: list[LevelName]
    sections: list[Section]
    hub: HubFigures | None = None
    public: PublicFigures | None = None

    @model_validator(mode="after")
    def _one_audience(self) -> Self:
        if (self.hub is not None, self.public is not None) != (self.audience == "hub", self.audience == "public"):
            raise ValueError("a cohort document holds the figures of its own audience and no others")
        return self

    @property
    def day(self) -> str | None:
        """Of the publication, else of the last answers."""
        if self.public is not None:
            return self.public.date
        return self.hub.period.last if self.hub is not None and self.hub.period is not None else None


def read_cohort(text: str, file: str = "") -> CohortDocument | Diagnostic:
    """A cohort document from its JSON; a diagnostic where it isn't one."""
    try:
        return CohortDocument.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "-"
        return problem("AIM420", Position(file), place=place, reason=first["msg"])
