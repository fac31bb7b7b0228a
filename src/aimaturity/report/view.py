"""The view: one report's words, rows and shapes, ready for the templates.

Made from a result document and the words files, and nothing else. Numbers are already written in the report's
language, and every number keeps its unit, scale or the reason why it is absent. Templates only place what stands here.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """Base of the view's parts: frozen, and exactly the fields that are documented."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Link(View):
    """A place in the report, and the words that lead there."""

    anchor: str = Field(description="The place's id in the HTML.")
    text: str


class Score(View):
    """A score as it is shown."""

    number: str | None = Field(description="The score, rounded; null where there is none.")
    range: str | None = Field(description="Lowest and highest that missing answers allow; null where certain.")
    text: str = Field(description="`43 (40–47)`, `43`, `12–75`, or empty where there is neither score nor range.")
    label: str | None = Field(description="`indikation`, or in a few words why there is no score.")
    scale: str = Field(description="`av 100`, or `på skalan 1–5`.")
    level: str | None = Field(description="The level's name, `2–3` where it isn't certain; null where it has none.")


class Band(View):
    """One level's stretch of a scale."""

    x: str = Field(description="Where it begins, in percent of the width.")
    width: str
    middle: str
    shade: int = Field(description="0 (lightest) to 4.")
    number: str = Field(description="The level's number.")
    name: str = Field(description="Number and name.")


class Tick(View):
    x: str
    text: str
    anchor: Literal["start", "middle", "end"] = Field(description="How the text lies against the tick.")


class Bar(View):
    """A score drawn on its scale; all places in percent of the width."""

    filled: str | None = Field(description="How far the bar reaches; null where there is no score: no bar is drawn.")
    low: str | None = Field(description="Where the bounds begin; null where the score is certain.")
    high: str | None
    bands: list[Band]
    title: str = Field(description="The same in words, for those who can't see it.")


class ProfileRow(View):
    """One area of the profile."""

    id: str
    anchor: str
    title: str
    bar: Bar
    score: Score
    sentences: list[str] = Field(description="What the result says, in one or two sentences.")
    questions: list[str] = Field(description="Ids of the questions without answer that the sentences rest on.")


class Profile(View):
    rows: list[ProfileRow]
    bands: list[Band] = Field(description="The bands that all rows share; empty where they have none in common.")
    ticks: list[Tick] = Field(description="The scale that all rows share; empty where they have none in common.")
    names_fit: bool = Field(description="Whether the bands are wide enough for their names; else only numbers.")
    note: str = Field(description="How to read the bars.")


class LevelBox(View):
    """One step of the level scale."""

    number: str
    name: str = Field(description="Its name; the number again where it has none.")
    description: str | None
    place: Literal["here", "possible", "other"]
    mark: str | None = Field(description="`er nivå` or `möjlig nivå`, in words; null for the others.")
    standing: str | None = Field(description="The mark, or `nådd`, `delvis`, `inte nådd`; null where nothing is said.")


class Level(View):
    """The overall level."""

    heading: str = Field(description="`Nivå 2–3 av 5`.")
    boxes: list[LevelBox] = Field(description="All levels, lowest first.")
    sentences: list[str]


class NextStep(View):
    """A step as page 1 shows it."""

    number: str
    anchor: str
    title: str
    first_step: str
    time: str
    help: str
    moves: list[str]


class Requirement(View):
    """One thing that a level asks for."""

    about: str = Field(description="The question or the area.")
    note: str | None = Field(description="`Ett av 2 alternativ räcker`; null where all are needed.")
    now: str = Field(description="The company's answer or score, or in words that there is none.")
    enough: str = Field(description="What is enough.")
    status: Literal["met", "unmet", "unknown", "spare"]
    status_words: str
    question: str | None = Field(description="The question's id, where it is about one.")


class HeldBack(View):
    """What the next level asks for."""

    sentences: list[str]
    caption: str
    requirements: list[Requirement]


class Finding(View):
    """An answer that is a strength or a gap."""

    question: str
    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    area: str = Field(description="The area or section that it belongs to.")
    answer: str
    points: str
    evidence: str | None = Field(description="What the adviser has seen; null where nothing was.")
    advice: list[Link]


class Findings(View):
    intro: str
    answered: bool = Field(description="Whether any question that gives points is answered.")
    strengths: list[Finding]
    gaps: list[Finding]
    no_strengths: str = Field(description="Said where there are none.")
    no_gaps: str


class ThemeRow(View):
    """A theme, or a question of an area that has no themes."""

    title: str
    indent: int = Field(description="0 for what lies directly in the area, 1 for what lies in that.")
    bar: Bar
    score: Score
    answered: str = Field(description="`3 av 4`.")


class Area(View):
    id: str
    anchor: str
    title: str
    description: str | None
    score: Score
    bar: Bar
    sentences: list[str]
    answered: str
    known: str | None = Field(description="Share of the weight that is known; null where nothing applies.")
    caps: list[str] = Field(description="Why the score is held down, where it is.")
    themes: list[ThemeRow]
    themes_are: str = Field(description="`Tema`; `Fråga` in an area that has no themes.")
    themes_caption: str
    steps: list[Link] = Field(description="The first pieces of advice that move the area.")
    more_steps: str | None = Field(description="How many more there are, in words; null where that is all.")


class Because(View):
    """One answer or score that set a rule off."""

    question: str | None
    text: str


class Advice(View):
    """A step in full."""

    id: str
    anchor: str
    number: str
    title: str
    why: str
    first_step: str
    time: str
    cost: str
    kind: str = Field(description="The kind of help.")
    help: str = Field(description="The first who can help, those in the company's county first; or that nobody can.")
    moves: list[str]
    for_next_level: bool
    goals: list[str] = Field(description="The answers aimed at, as far as the rule doesn't already name them.")
    find: list[str] = Field(description="Questions to find out, with who may know.")
    rule: str = Field(description="The rule's id.")
    because: list[Because]
    sources: list[str]


class HelpRow(View):
    """One kind of help and who offers it."""

    kind: str
    near: list[str] = Field(description="Those who work in the company's county.")
    others: list[str]
    nobody: str | None = Field(description="Said plainly where nobody offers it.")


class UnknownRow(View):
    """A scored question that has no answer."""

    id: str
    anchor: str
    question: str
    state: str
    ask: str | None = Field(description="Who may know.")
    span: str = Field(description="The points that it can give.")
    area: str


class Unknown(View):
    intro: str
    areas: list[str] = Field(description="A sentence an area: how far the unknown can move it.")
    rows: list[UnknownRow]


class NotApplicableRow(View):
    id: str
    anchor: str
    question: str
    reason: str


class Note(View):
    """Something said about an answer."""

    label: str
    text: str


class AnswerRow(View):
    id: str
    anchor: str
    question: str
    state: Literal["answered", "dont_know", "not_applicable", "hidden", "blank"]
    answer: str = Field(description="The answer in words, or the state in words.")
    notes: list[Note]
    points: str | None = Field(description="`50 av 100`; null where it gives none.")
    effect: str = Field(description="What it gives in its theme, or why nothing.")


class AnswerSection(View):
    id: str
    title: str
    scored: bool = Field(description="Whether any of its answers gives points.")
    rows: list[AnswerRow]


class CountsRow(View):
    part: str
    fewer: str
    now: str
    more: str


class Counts(View):
    """A question of counted numbers, and what one more or less would give."""

    question: str
    rows: list[CountsRow]


class ExampleRow(View):
    child: str
    weight: str
    value: str
    gives: str


class Example(View):
    """One of the company's own scores, worked out."""

    title: str
    intro: str
    rows: list[ExampleRow]
    total: str
    node: str


class Method(View):
    lines: list[str]
    warnings: list[str]


class FactRow(View):
    text: str
    source: str
    checked_on: str
    applies_from: str | None


class SourceRow(View):
    text: str
    url: str | None


class VersionRow(View):
    what: str
    version: str
    hash: str | None


class ReportView(View):
    """A whole report."""

    language: str
    title: str = Field(description="Of the browser's tab and the file.")
    kicker: str = Field(description="The questionnaire's title.")
    company: str = Field(description="The company's name, else its id.")
    meta: list[str] = Field(description="Date, occasion, adviser, who answered.")
    indication: str | None = Field(description="Said where the scores are an indication only.")
    level: Level | None = Field(description="null where the model has no overall level.")
    profile: Profile
    steps: list[NextStep] = Field(description="The first three.")
    steps_heading: str
    no_steps: str
    held_back: HeldBack | None = Field(description="null where levels have no requirements.")
    findings: Findings
    areas: list[Area]
    advice: list[Advice]
    help: list[HelpRow] = Field(description="Who can help with what, for the kinds of help that the advice needs.")
    unknown: Unknown
    not_applicable: list[NotApplicableRow]
    contradictions: list[str] = Field(description="Questions to the adviser.")
    evidence: str | None = Field(description="How many answers are seen, told, to come; null where nothing is noted.")
    answers: list[AnswerSection]
    counts: list[Counts]
    method: Method
    example: Example | None
    facts: list[FactRow]
    sources: list[SourceRow]
    versions: list[VersionRow]
