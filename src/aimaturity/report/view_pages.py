"""The view of the pages after page 1, and of the whole report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aimaturity.report.view import Chart, Level, Link, NextStep, Profile, Score, View


class Requirement(View):
    """One thing that a level asks for."""

    about: str = Field(description="The question or the area.")
    note: str | None = Field(description="`Ett av 2 alternativ räcker`; null where all are needed.")
    now: str = Field(description="The company's answer or score, or in words that there is none.")
    enough: str = Field(description="What is enough.")
    status: Literal["met", "unmet", "unknown", "spare"] = Field(
        description="How it stands; spare: another alternative is enough."
    )
    status_words: str = Field(description="The same in words.")
    question: str | None = Field(description="The question's id, where it is about one.")


class HeldBack(View):
    """What the next level asks for."""

    sentences: list[str] = Field(description="Which level comes next, and how many requirements are left.")
    caption: str = Field(description="The table's caption.")
    requirements: list[Requirement] = Field(description="Each requirement.")


class Finding(View):
    """An answer that is a strength or a gap."""

    question: str = Field(description="The question's words.")
    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    area: str = Field(description="The area or section that it belongs to.")
    answer: str = Field(description="The answer in words.")
    points: str = Field(description="`75 av 100`.")
    evidence: str | None = Field(description="What the adviser has seen; null where nothing was.")
    advice: list[Link] = Field(description="Advice that aims at the question.")


class Findings(View):
    """What is in place and what is missing."""

    intro: str = Field(description="What the lists hold.")
    answered: bool = Field(description="Whether any question that gives points is answered.")
    strengths: list[Finding] = Field(description="At most five.")
    gaps: list[Finding] = Field(description="At most five.")
    no_strengths: str = Field(description="Said where there are none.")
    no_gaps: str = Field(description="Said where there are none.")


class ThemeRow(View):
    """A theme, or a question of an area that has no themes."""

    mark: str = Field(description="Its number in the chart of parts; empty where it has none there.")
    title: str = Field(description="The part's name.")
    indent: int = Field(description="0 for what lies directly in the area, 1 for what lies in that.")
    score: Score = Field(description="Its score.")
    gives: str = Field(description="What it gives to the area's score; empty where that can't be said.")
    answered: str = Field(description="`3 av 4`.")


class Area(View):
    """One area in full."""

    id: str = Field(description="The node's id.")
    anchor: str = Field(description="Its place.")
    title: str = Field(description="Its name.")
    description: str | None = Field(description="What it is about.")
    score: Score = Field(description="Its score.")
    sentences: list[str] = Field(description="What the result says.")
    answered: str = Field(description="`6 av 8`.")
    known: str | None = Field(description="Share of the weight that is known; null where nothing applies.")
    caps: list[str] = Field(description="Why the score is held down, where it is.")
    themes: list[ThemeRow] = Field(description="Its parts.")
    chart: Chart | None = Field(description="The parts with their bounds; null where there are none.")
    parts: Chart | None = Field(description="What the score is made of; null where that can't be drawn.")
    themes_are: str = Field(description="`Tema`; `Fråga` in an area that has no themes.")
    themes_caption: str = Field(description="The table's caption.")
    steps: list[Link] = Field(description="The first pieces of advice that move the area.")
    more_steps: str | None = Field(description="How many more there are, in words; null where that is all.")


class Because(View):
    """One answer or score that set a rule off."""

    question: str | None = Field(description="The question's id; null for a score.")
    text: str = Field(description="What there is, and what the rule asks of it.")


class Advice(View):
    """A step in full."""

    id: str = Field(description="The rule's id.")
    anchor: str = Field(description="Its place.")
    number: str = Field(description="Its place among all advice, by usefulness.")
    title: str = Field(description="The step, verb first.")
    why: str = Field(description="What it gives.")
    first_step: str = Field(description="What to do this month.")
    time: str = Field(description="The company's own time.")
    cost: str = Field(description="The class of cost.")
    kind: str = Field(description="The kind of help.")
    help: str = Field(description="The first who can help, those in the company's county first; or that nobody can.")
    moves: list[str] = Field(description="What it moves: an area and points each.")
    for_next_level: bool = Field(description="Whether it counts towards the next level.")
    goals: list[str] = Field(description="The answers aimed at, as far as the rule doesn't already name them.")
    find: list[str] = Field(description="Questions to find out, with who may know.")
    rule: str = Field(description="The rule's id.")
    because: list[Because] = Field(description="What set the rule off.")
    sources: list[str] = Field(description="What it rests on.")


class HelpRow(View):
    """One kind of help and who offers it."""

    kind: str = Field(description="The kind of help.")
    near: list[str] = Field(description="Those who work in the company's county.")
    others: list[str] = Field(description="Those who work elsewhere.")
    nobody: str | None = Field(description="Said plainly where nobody offers it.")


class UnknownRow(View):
    """A scored question that has no answer."""

    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    question: str = Field(description="The question's words.")
    state: str = Field(description="`Vet inte` or `Obesvarad`.")
    ask: str | None = Field(description="Who may know.")
    span: str = Field(description="The points that it can give.")
    area: str = Field(description="Its area.")


class Unknown(View):
    """What isn't known, and how far it can move the scores."""

    intro: str = Field(description="How many questions lack an answer.")
    areas: list[str] = Field(description="A sentence an area: how far the unknown can move it.")
    rows: list[UnknownRow] = Field(description="Each of them.")


class NotApplicableRow(View):
    """A question that doesn't apply."""

    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    question: str = Field(description="The question's words.")
    reason: str = Field(description="Why it does not apply.")


class Note(View):
    """Something said about an answer."""

    label: str = Field(description="What it is.")
    text: str = Field(description="What was said.")


class AnswerRow(View):
    """One answer with its effect."""

    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Its place.")
    question: str = Field(description="The question's words.")
    state: Literal["answered", "dont_know", "not_applicable", "hidden", "blank"] = Field(
        description="The answer state."
    )
    answer: str = Field(description="The answer in words, or the state in words.")
    notes: list[Note] = Field(description="Evidence, comments and what else was noted.")
    own: str | None = Field(description="The company's own answer, and how far the adviser's is from it.")
    earlier: str | None = Field(description="Last time's answer, and how far today's is from it.")
    points: str | None = Field(description="`50 av 100`; null where it gives none.")
    effect: str = Field(description="What it gives in its theme, or why nothing.")


class AnswerSection(View):
    """The answers of one section of the questionnaire."""

    id: str = Field(description="The section's id.")
    title: str = Field(description="The section's name.")
    scored: bool = Field(description="Whether any of its answers gives points.")
    rows: list[AnswerRow] = Field(description="Its answers.")


class ChangeRow(View):
    """One area then and now."""

    id: str = Field(description="The node's id.")
    title: str = Field(description="The area's name.")
    then: str = Field(description="Score and bounds last time.")
    now: str = Field(description="Score and bounds today.")
    change: str = Field(description="`+12`, or `–` where it can't be said.")
    verdict: str = Field(description="Certain, or may be due to missing answers, or can't be compared.")
    sentence: str = Field(description="The same as a sentence.")


class ChangedAnswer(View):
    """An answer that isn't what it was."""

    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    question: str = Field(description="The question's words.")
    area: str = Field(description="Its area.")
    then: str = Field(description="Last time's answer.")
    now: str = Field(description="Today's.")
    steps: str = Field(description="`ett steg högre`; `–` where steps don't apply.")
    evidence: str = Field(description="Whether evidence was seen both times, now, or then.")


class Change(View):
    """What has changed since last time."""

    intro: list[str] = Field(description="Since when, and by which method.")
    level: str | None = Field(description="The level then and now; null where the model has none.")
    chart: Chart = Field(description="The areas then and now.")
    note: str = Field(description="How to read the chart.")
    rows: list[ChangeRow] = Field(description="Each area.")
    summary: str = Field(description="How many answers are higher, lower, new or no longer there.")
    answers: list[ChangedAnswer] = Field(description="Each answer that gives points and is not what it was.")


class ComparisonRow(View):
    """One area beside the company's peers."""

    id: str = Field(description="The measure's id.")
    title: str = Field(description="Its name.")
    own: str = Field(description="The company's score; a dash where it has no place.")
    group: str = Field(description="`10–19 företag i samma bransch`; a dash where no group is shown.")
    lower: str = Field(description="The stretch of the lower quartile, `20–30`; a dash likewise.")
    median: str = Field(description="That of the median.")
    upper: str = Field(description="That of the upper quartile.")
    place: str = Field(description="The company's place in words, or in a few words why there is none.")
    sentence: str = Field(description="The same as a sentence.")


class Comparison(View):
    """The company beside its peers."""

    front: str | None = Field(description="In one line for page 1; null where the company has no place.")
    intro: list[str] = Field(description="Of when the figures are, who is shown; or why nothing is compared.")
    chart: Chart | None = Field(description="Quartiles and the company's scores; null where no group is shown.")
    note: str = Field(description="How to read the figures.")
    rows: list[ComparisonRow] = Field(description="Each area; none where nothing is compared.")
    remarks: list[str] = Field(description="Whether the company is in its groups, older figures, why no finer group.")


class Told(View):
    """An answer as the ideas page shows it."""

    id: str = Field(description="The question's id.")
    anchor: str = Field(description="Of the answer.")
    question: str = Field(description="The question's words.")
    answer: str = Field(description="The answer, or the state, in words.")
    comment: str | None = Field(description="What was said with it, word for word.")
    evidence: str | None = Field(description="On what it rests, as noted.")
    given: bool = Field(description="Whether it is an answer, not a state.")


class BenefitRow(View):
    """One benefit of the idea."""

    id: str = Field(description="The benefit's id.")
    title: str = Field(description="Its name.")
    claimed: list[Told] = Field(description="What it is to give.")
    basis: list[Told] = Field(description="What that rests on.")
    measure: str = Field(description="What to measure first.")


class Idea(View):
    """The company's AI idea and its benefits."""

    intro: str = Field(description="What the page shows.")
    told: list[Told] = Field(description="The idea as it was told.")
    rows: list[BenefitRow] = Field(description="Its benefits.")


class Logo(View):
    """A picture that stands for somebody."""

    name: str = Field(description="Whose it is: the words for those who don't see it.")
    uri: str = Field(description="A `data:` URI of a PNG or JPEG.")


class Signed(View):
    """Whose report it is: at the head and at the foot of page 1."""

    name: str = Field(description="The programme's name.")
    logo: str | None = Field(description="A `data:` URI of a PNG or JPEG.")
    colour: str | None = Field(description="`#rrggbb`.")
    funders: str | None = Field(description="What funders ask to be said.")
    funder_logos: list[Logo] = Field(description="Logos of funders.")


class CountsRow(View):
    """One number, and the points with one fewer and one more."""

    part: str = Field(description="The number.")
    fewer: str = Field(description="Points with one fewer.")
    now: str = Field(description="Points as it is.")
    more: str = Field(description="Points with one more.")


class Counts(View):
    """A question of counted numbers, and what one more or less would give."""

    question: str = Field(description="The question's words.")
    rows: list[CountsRow] = Field(description="Each of its numbers.")


class ExampleRow(View):
    """One part of the worked example."""

    child: str = Field(description="The part.")
    weight: str = Field(description="Its weight.")
    value: str = Field(description="Its own score.")
    gives: str = Field(description="What it contributes.")


class Example(View):
    """One of the company's own scores, worked out."""

    title: str = Field(description="What is worked out.")
    intro: str = Field(description="The rule in words.")
    rows: list[ExampleRow] = Field(description="The parts.")
    total: str = Field(description="Their sum.")
    node: str = Field(description="The area's name.")


class Method(View):
    """How to read the report, how it was made, how to complain."""

    reading: list[str] = Field(description="How to read the report.")
    lines: list[str] = Field(description="How the scores are made.")
    complain: list[str] = Field(description="What to do where something is wrong.")
    warnings: list[str] = Field(description="What to know about the calculation.")


class FactRow(View):
    """A law or a fact that questions and advice rest on."""

    text: str = Field(description="What holds.")
    source: str = Field(description="Where it stands.")
    checked_on: str = Field(description="The day it was last checked.")
    applies_from: str | None = Field(description="The day from which it applies; null where that is past or unsaid.")


class SourceRow(View):
    """A source."""

    text: str = Field(description="Title and year.")
    url: str | None = Field(description="Its address.")


class VersionRow(View):
    """With what, from what or of what the report was made."""

    what: str = Field(description="Of what.")
    version: str = Field(description="Id and version.")
    hash: str | None = Field(description="Content hash; null where there is none.")


class ReportView(View):
    """A whole report."""

    language: str = Field(description="`sv` or `en`.")
    title: str = Field(description="Of the browser's tab and the file.")
    kicker: str = Field(description="The questionnaire's title.")
    company: str = Field(description="The company's name, else its id.")
    date: str | None = Field(description="The day of the answers, in words.")
    created: str | None = Field(description="The same as 2026-11-23; null where it isn't such a day.")
    facts_of_company: list[str] = Field(description="Place, industry, size, organisationsnummer: what is known.")
    meta: list[str] = Field(description="Occasion, who was there, adviser, who answered.")
    signed: Signed | None = Field(description="null where no programme is named.")
    indication: str | None = Field(description="Said where the scores are an indication only.")
    level: Level | None = Field(description="null where the model has no overall level.")
    profile: Profile = Field(description="The profile.")
    steps: list[NextStep] = Field(description="The first three.")
    steps_heading: str = Field(description="`Tre nästa steg`.")
    no_steps: str = Field(description="Said where there are none.")
    change: Change | None = Field(description="null where there is no earlier assessment.")
    comparison: Comparison | None = Field(description="null where the document holds no benchmark.")
    idea: Idea | None = Field(description="null where the model says nothing of ideas.")
    held_back: HeldBack | None = Field(description="null where levels have no requirements.")
    findings: Findings = Field(description="Strengths and gaps.")
    areas: list[Area] = Field(description="Area by area.")
    advice: list[Advice] = Field(description="All advice.")
    help: list[HelpRow] = Field(description="Who can help with what, for the kinds of help that the advice needs.")
    unknown: Unknown = Field(description="What isn't known.")
    not_applicable: list[NotApplicableRow] = Field(description="What doesn't apply.")
    contradictions: list[str] = Field(description="Questions to the adviser.")
    evidence: str | None = Field(description="How many answers are seen, told, to come; null where nothing is noted.")
    answers: list[AnswerSection] = Field(description="All answers, by section.")
    own_given: bool = Field(description="Whether any answer of the company's own stands beside the adviser's.")
    earlier_given: bool = Field(description="Whether any answer of last time stands beside today's.")
    counts: list[Counts] = Field(description="What one more or one less would give.")
    method: Method = Field(description="Reading, method, complaints.")
    example: Example | None = Field(description="null where no score is made of parts.")
    facts: list[FactRow] = Field(description="Laws and facts.")
    sources: list[SourceRow] = Field(description="Sources.")
    versions: list[VersionRow] = Field(description="Versions and hashes.")
