"""The result document: the contract between scoring and everything that shows a result.

All that a report says is in it, texts included, so that a report can be made again years later from the JSON alone.
Its dates are those of the answers, never the clock's; the same input gives the same bytes. Scores are unrounded
floats kept to 12 decimals; rounding is for display. `null` always has its reason beside it and is never 0.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field

from aimaturity.scoring.parts import Part as Part
from aimaturity.scoring.parts import Words as Words
from aimaturity.scoring.parts import dumps as dumps
from aimaturity.scoring.standing import Benchmark

FORMAT = "aimaturity-result/1"

StateWord = Literal["answered", "dont_know", "not_applicable", "hidden", "blank"]
ReasonWord = Literal["container", "zero_in_mean", "nothing_applies", "too_little_basis", "no_answers"]


class Definition(Part):
    """Which definition was used, to the byte."""

    id: str
    version: str
    hash: str = Field(description="Content hash, `sha256:...`, the same whatever the file's formatting.")
    title: Words


class FunderLogo(Part):
    """A funder's logo."""

    name: Words = Field(description="The funder's name.")
    uri: str = Field(
        pattern=r"^data:image/(png|jpeg);base64,[A-Za-z0-9+/]+=*$",
        max_length=500_000,
        description="A `data:` URI of a PNG or JPEG.",
    )


class Support(Definition):
    """The programme that helps, and how its reports are signed."""

    logo: str | None = Field(None, description="A `data:` URI of a PNG or JPEG.")
    colour: str | None = Field(None, description="`#rrggbb`, dark enough for text on white.")
    funders: Words | None = Field(None, description="What funders ask to be said.")
    funder_logos: list[FunderLogo] = Field([], description="Logos of those funders that have one.")


class Identity(Part):
    """Who answered."""

    id: str = Field(description="The id given, else the organisationsnummer, else the name, else row-<number>.")
    name: str | None = None
    organisationsnummer: str | None = None


class Occasion(Part):
    """When and how the answers were given. All as stated in the source."""

    date: str | None = None
    occasion: str | None = Field(None, description="T0, T1 or T2.")
    voice: str | None = Field(None, description="adviser or company.")
    adviser: str | None = None
    present: str | None = Field(None, description="Who was there for the company.")
    respondent: str | None = None
    submitted: str | None = None
    language: str | None = None
    source_file: str | None = Field(None, description="File name without folders.")
    source_row: int | None = Field(None, description="Row in the survey file, as a spreadsheet counts.")


class OneMoreOrLess(Part):
    """What one person (or other unit) more or less in one number would do to the points of a counts question."""

    part: str
    text: Words = Field(description="The part's words.")
    change: int = Field(description="+1 or -1.")
    points: float | None


class OtherAnswer(Part):
    """The same variable's answer by somebody else, or at another time."""

    state: StateWord
    value: str | float | list[str] | dict[str, float] | None = Field(description="As in an answer.")
    words: Words | None = Field(description="The answer in words; null where not answered.")
    step: int | None = Field(None, description="Position on the ladder, from 0, of a single answer.")
    comment: str | None = None
    evidence: str | None = Field(None, description="seen, told or later.")
    evidence_note: str | None = None


class Answer(Part):
    """One variable's answer: a question, or a row of a grid."""

    id: str = Field(description="The question, or question.row.")
    section: str
    kind: str
    text: Words = Field(description="The question (and the row).")
    state: StateWord
    value: str | float | list[str] | dict[str, float] | None = Field(
        description="Option id, number, ticked option ids, numbers by part, or words; null where not answered."
    )
    words: Words | None = Field(description="The answer in words; null where not answered.")
    step: int | None = Field(None, description="Position on the ladder, from 0, of a single answer.")
    steps: int | None = Field(None, description="The ladder's highest position.")
    unit: Words | None = None
    scored: bool = Field(description="Whether the model scores it.")
    points: float | None = Field(None, description="Points that the answer gives; null where it gives none.")
    counted: float | None = Field(
        None, description="Points that it counts as by the model's policy, where not answered."
    )
    lowest: float | None = Field(None, description="The least points that the question can give.")
    highest: float | None = Field(None, description="The most points that the question can give.")
    evidence: str | None = Field(None, description="seen, told or later.")
    evidence_note: str | None = None
    comment: str | None = None
    ask: str | None = Field(None, description="Who may know what the room didn't.")
    reason: str | None = Field(None, description="Why it isn't applicable, as stated.")
    why: str | None = Field(None, description="Why it differs from the company's own answer, or from last time's.")
    own: OtherAnswer | None = Field(None, description="What the company answered beforehand, where it did.")
    earlier: OtherAnswer | None = Field(None, description="What was answered last time, where it was.")
    raw: str | None = Field(None, description="What stood in the source and wasn't or couldn't be used.")
    by_rule: bool = Field(False, description="Not applicable by a rule of the questionnaire.")
    unused: bool = Field(False, description="A value was given but doesn't count, since the question is hidden or n/a.")
    depends_on: list[str] = Field([], description="Questions whose answers decide whether it is asked.")
    one_more_or_less: list[OneMoreOrLess] = Field([])


class Contribution(Part):
    """One child's share of a node's score, in the node's own points. All of a node's add up to its score."""

    kind: Literal["item", "node", "incomplete", "rescale", "cap", "rounding"]
    id: str | None = Field(None, description="The child.")
    weight: float | None = None
    value: float | None = Field(None, description="The child's own value.")
    points: float = Field(description="What it gives.")
    possible: float | None = Field(
        None, description="What it would give at its highest, all else the same (means and sums only)."
    )


class Criterion(Part):
    """A condition, and how it stands: a whole made of parts, or one test."""

    how: Literal["all", "any", "not", "test"]
    met: bool | None = Field(description="null: can't be told, an answer is missing.")
    parts: list[Criterion] = Field([])
    about: Literal["question", "item", "node"] | None = None
    id: str | None = None
    text: Words | None = Field(None, description="The question's or node's words.")
    test: Literal["is", "at_least", "below", "answered", "state", "level_at_least"] | None = None
    needed: str | float | list[str] | None = Field(
        None, description="Option id, number, state or level that is asked for."
    )
    needed_words: Words | None = None
    has: str | float | None = Field(None, description="The answer, score or level there is; null where there is none.")
    has_words: Words | None = None
    state: StateWord | None = Field(None, description="The answer's state, for questions and items.")


class LevelStage(Part):
    """One level and what it takes besides the lower levels."""

    level: int
    from_: float | None = Field(None, alias="from", description="The node's own score is at least this.")
    reached: bool
    partly: bool = Field(description="Not reached, but some of its requirements are met.")
    requirements: list[Criterion] = Field([])

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, defer_build=True)


class Cap(Part):
    """A knock-out that applied."""

    cap: float
    reason: Words | None
    because: Criterion


class NodeResult(Part):
    """A node's result."""

    id: str
    parent: str | None
    depth: int = Field(description="0 for the root, 1 for areas, 2 for themes.")
    title: Words | None
    description: Words | None
    aggregate: str = Field(description="The rule: how the children make the score.")
    pooled: bool
    weight: float
    score: float | None
    reason: ReasonWord | None = Field(description="Why there is no score.")
    value: float | None = Field(
        description="What the node above uses; also where there is too little basis for a score."
    )
    low: float | None = Field(description="Least that the missing answers could still give.")
    high: float | None = Field(description="Most that they could give.")
    lowest: float = Field(description="Least reachable score.")
    highest: float = Field(description="Greatest reachable score.")
    coverage: float | None = Field(description="Known weight / weight that applies, 0..1; null where nothing applies.")
    minimum_coverage: float
    minimum_answered: int
    answered: int = Field(description="Answered items below the node.")
    applicable: int = Field(description="Items below the node that apply, hidden ones that count among them.")
    missing: list[str] = Field(description="Variables below it that are blank or dont_know.")
    level: int | None
    level_low: int | None
    level_high: int | None
    bands: list[float] = Field([])
    stages: list[LevelStage] = Field([])
    contributions: list[Contribution] = Field([])
    caps: list[Cap] = Field([])


class NodeBefore(Part):
    """A node's result last time, by today's method."""

    id: str
    score: float | None
    low: float | None
    high: float | None
    level: int | None
    level_low: int | None
    level_high: int | None
    change: float | None = Field(description="Today's score minus that one; null where either is.")
    certain: bool | None = Field(
        description="Whether no missing answer, then or now, can explain the change: the bounds don't touch. "
        "null where either has no bounds."
    )


class Before(Part):
    """The assessment before this one, scored by the same method, so that only answers make a change."""

    occasion: Occasion
    nodes: list[NodeBefore]


class LevelName(Part):
    level: int
    title: Words
    description: Words | None = None


class Helper(Part):
    """A partner who offers the kind of help that a step needs."""

    id: str
    name: str
    role: str
    counties: list[str]
    near: bool = Field(description="Works in the company's county.")


class Target(Part):
    """What a step aims at for one question."""

    id: str
    text: Words
    now: Words | None = Field(description="Today's answer in words.")
    goal: Words = Field(description="The answer aimed at, in words; points for number questions.")


class AdviceItem(Part):
    """A step that a rule gave, or a \"find out\" for an area with too little basis."""

    id: str = Field(description="The rule's id; find_out.<area> for an area with too little basis.")
    title: Words
    why: Words
    first_step: Words
    hours: float
    hours_note: Words | None
    cost: str
    kind: str
    who_can_help: list[Helper]
    trigger: Criterion | None = Field(description="The rule and the answers that set it off; null for find_out.")
    targets: list[Target] = Field([])
    points: dict[str, float | None] = Field(
        description="area -> what its score would rise by; null where a score is missing. Steps overlap: never add up."
    )
    for_next_level: bool = Field(description="It meets, or moves towards, an unmet requirement of the next level.")
    area: str | None = Field(None, description="For find_out: the area.")
    questions: list[str] = Field([], description="For find_out: what isn't known.")
    sources: list[str] = Field([])


class Contradiction(Part):
    """Answers that don't fit together: a question to the adviser."""

    id: str
    ask: Words
    because: Criterion


class Fact(Part):
    id: str
    text: Words
    source: str
    year: int | None
    checked_on: dt.date
    applies_from: dt.date | None


class Source(Part):
    id: str
    title: str
    year: int | None
    url: str | None


class HeadFact(Part):
    """A given answer that stands at the report's head, in words."""

    id: str = Field(description="The question.")
    text: Words


class Benefit(Part):
    """One benefit of the company's AI idea."""

    id: str
    title: Words
    claimed: list[str] = Field(description="Questions whose answers say what it is to give.")
    basis: list[str] = Field(description="Questions whose answers say what that rests on.")
    measure: Words | None = Field(description="What to measure first; null where the model's rules say nothing.")


class Idea(Part):
    """The company's AI idea, as its answers tell of it."""

    told: list[str] = Field(description="Questions whose answers and comments tell of it.")
    benefits: list[Benefit]


class Section(Part):
    id: str
    title: Words


class Warning_(Part):
    """Something that a reader should know of the scoring: code, and message by language."""

    code: str
    message: Words


class Engine(Part):
    name: str
    version: str


class ResultDocument(Part):
    """One company's result of one assessment."""

    format: Literal["aimaturity-result/1"] = "aimaturity-result/1"
    engine: Engine
    questionnaire: Definition
    scoring: Definition
    programme: Support | None
    languages: list[str] = Field(description="Languages of all texts; the first is the default.")
    company: Identity
    occasion: Occasion
    indication: bool = Field(description="The scores are an indication only.")
    display_digits: int = Field(description="Decimals of scores in reports.")
    level_node: str = Field(description="The node whose level is the overall level: the root.")
    areas: list[str] = Field(description="The nodes that make the profile, in order.")
    levels: list[LevelName]
    nodes: list[NodeResult] = Field(description="Parents before children.")
    sections: list[Section]
    answers: list[Answer] = Field(description="In the order of asking.")
    head: list[HeadFact] = Field([], description="Facts about the company, as far as they were answered.")
    idea: Idea | None = Field(None, description="null where the model says nothing of ideas, or nothing was answered.")
    before: Before | None = Field(None, description="The assessment before this one, where there is one.")
    benchmark: Benchmark | None = Field(None, description="The company beside its peers, where a set was at hand.")
    bounds_exact: bool = Field(description="False: bounds are outer ones, certainly wide enough.")
    advice: list[AdviceItem] = Field(description="In order of usefulness: see ARCHITECTURE, Order.")
    contradictions: list[Contradiction]
    warnings: list[Warning_]
    facts: list[Fact]
    sources: list[Source]

    def node(self, name: str) -> NodeResult | None:
        return next((node for node in self.nodes if node.id == name), None)

    def answer(self, name: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.id == name), None)


Criterion.model_rebuild()
