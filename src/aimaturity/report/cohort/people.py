"""Change between occasions, women and men, and how companies answered."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.documents.cohort import ChangeFigures, NodeChange, Persons, QuestionFigures
from aimaturity.report.blocks import Block, Cell
from aimaturity.report.cohort import charts
from aimaturity.report.cohort.scores import shade_of
from aimaturity.report.cohort.teller import Teller, text
from aimaturity.scoring.document import StateWord

STATES: tuple[StateWord, ...] = ("answered", "dont_know", "not_applicable", "hidden", "blank")
LADDER_STEPS = 5
"""Ladders with at most so many steps are drawn."""


def change(teller: Teller) -> Block | None:
    """The same companies, then and now."""
    if not teller.hub.change:
        return None
    return Block(
        anchor="change",
        heading=teller.say("headings.change"),
        intro=[teller.say("change.intro")],
        blocks=[_between(teller, each) for each in teller.hub.change],
    )


def _between(teller: Teller, found: ChangeFigures) -> Block:
    ends = {"early": found.from_, "late": found.to}
    heading = teller.say("headings.between", **ends)
    anchor = f"change-{found.from_}-{found.to}".lower()
    other = [teller.count("change.other_method", found.other_method, early=found.from_)] if found.other_method else []
    if not found.pairs:
        return Block(anchor=anchor, heading=heading, intro=other)
    rows = [(teller.area(each.id), each, _said(teller, each)) for each in found.nodes]
    few = any(each.no_interval for each in found.nodes)
    levels = {"up": found.level_up, "down": found.level_down, "same": found.level_same, "unknown": found.level_unknown}
    told = {key: teller.formats.number(number) for key, number in levels.items()}
    intro = [
        teller.count("change.pairs", found.pairs, **ends),
        *other,
        *([teller.say("change.levels", **told)] if teller.hub.levels else []),
        *([teller.say("change.too_few")] if few else []),
    ]  # fmt: skip
    ends_of = {"median_change": 9, "median_interval": 15, "mean_change": 9, "mean_interval": 15}
    widths = {"area": 14, "pairs": 8, **ends_of, "rose": 7, "fell": 7, "unsure": 7, "same": 7}
    return Block(
        anchor=anchor,
        heading=heading,
        intro=intro,
        chart=charts.paired(teller, anchor, teller.say("charts.paired", **ends), rows),
        note=teller.say("change.note"),
        tables=[
            teller.table(
                "change",
                teller.columns("change", widths, text=["median_interval", "mean_interval"]),
                [_change(teller, each) for each in found.nodes],
                **ends,
            )
        ],
    )


def _said(teller: Teller, each: NodeChange) -> str:
    if each.median is None:
        return teller.say("dash")
    interval = teller.interval(each.median_low, each.median_high)
    said = teller.change(each.median)
    return teller.say("change.with_interval", change=said, interval=interval) if interval else said


def _change(teller: Teller, each: NodeChange) -> list[Cell]:
    cells = []
    for value, low, high in (
        (each.median, each.median_low, each.median_high),
        (each.mean, each.mean_low, each.mean_high),
    ):
        shown = teller.say("dash") if value is None else teller.change(value)
        counted = None if value is None else round(value, 9)
        cells.append(Cell(text=shown, value=counted))
        cells.append(text(teller.interval(low, high) or teller.say("dash")))
    counts = (each.rose, each.fell, each.unsure, each.same)
    return [text(teller.area(each.id)), teller.number(each.pairs), *cells, *map(teller.number, counts)]


def persons(teller: Teller) -> Block | None:
    """Women and men, summed over the companies."""
    found = teller.hub.persons
    if not found:
        return None
    widths = {"number_of": 44, "women": 14, "men": 14, "other": 14, "companies": 14}
    rows = [_persons(teller, each) for each in found]
    return Block(
        anchor="persons",
        heading=teller.say("headings.persons"),
        intro=[teller.say("persons.intro"), *_training(teller)],
        tables=[teller.table("persons", teller.columns("persons", widths), rows)],
    )


def _persons(teller: Teller, each: Persons) -> list[Cell]:
    """Women and men; hours where hours are asked for."""
    suffix = "_hours" if "women_hours" in each.parts else ""
    cells = [_sum(teller, each, name) for name in (f"women{suffix}", f"men{suffix}", "other_unstated")]
    return [text(teller.pick(each.text)), *cells, teller.number(each.companies)]


def _sum(teller: Teller, each: Persons, part: str) -> Cell:
    if part not in each.parts:
        return text(teller.say("dash"))
    total = each.parts[part]
    return text(teller.say("persons.few")) if total is None else teller.number(total)


def _training(teller: Teller) -> Iterator[str]:
    """Hours of training for each woman and each man."""
    parts = next((each.parts for each in teller.hub.persons if "women_hours" in each.parts), None)
    if parts is None:
        return
    women, men = (
        hours / heads if (hours := parts.get(f"{sex}_hours")) is not None and (heads := parts.get(sex)) else None
        for sex in ("women", "men")
    )
    if women is not None and men is not None:
        yield teller.say("persons.training", women=teller.points(women), men=teller.points(men))


def answers(teller: Teller) -> Block:
    """How companies answered, section by section."""
    blocks = []
    for section in teller.document.sections:
        asked = [q for q in teller.hub.questions if q.section == section.id]
        if asked:
            blocks.append(_section(teller, section.id, teller.pick(section.title) or section.id, asked))
    return Block(
        anchor="answers",
        heading=teller.say("headings.answers"),
        intro=[teller.say("answers.intro")],
        blocks=blocks,
    )


def _section(teller: Teller, id: str, title: str, asked: list[QuestionFigures]) -> Block:
    ladders = [q for q in asked if q.scored and q.kind == "single" and q.steps is not None and q.steps < LADDER_STEPS]
    chart = None
    if ladders:
        said = teller.say("charts.answers", section=title)
        chart = charts.stacks(f"answers-{id}", said, [_stack(teller, q) for q in ladders], _keys(teller))
    states = {"question": 20, "given": 44, **{str(state): 7 for state in STATES}}
    return Block(
        anchor=f"answers-{id}",
        heading=title,
        chart=chart,
        note=teller.say("answers.note") if ladders else None,
        tables=[
            teller.table(
                "answers",
                teller.columns("answers", states, text=["given"]),
                [_answer(teller, question) for question in asked],
                section=title,
            )
        ],
    )


def _stack(teller: Teller, question: QuestionFigures) -> charts.Stack:
    steps = (question.steps or 0) + 1
    counts = {option.step: option.companies for option in question.options}
    parts = [(shade_of(step, steps), counts.get(step, 0)) for step in range(steps)]
    silent = question.states["dont_know"] + question.states["blank"]
    answered = teller.say("answers.answered", number=teller.formats.number(question.states["answered"]))
    return charts.Stack(teller.pick(question.text), answered, [*parts, (charts.OPEN, silent)])


def _keys(teller: Teller) -> dict[int, tuple[str, str]]:
    found = {
        shade_of(step, LADDER_STEPS): (teller.say("answers.step", step=step), str(step)) for step in range(LADDER_STEPS)
    }
    return found | {charts.OPEN: (teller.say("answers.no_answer"), teller.say("answers.no_answer_short"))}


def _answer(teller: Teller, question: QuestionFigures) -> list[Cell]:
    given = "\n".join(_option(teller, question, place) for place in range(len(question.options)))
    if question.points is not None:
        low, middle, high = (
            teller.points(end)
            for end in (question.points.lower_quartile, question.points.median, question.points.upper_quartile)
        )
        given = teller.say("answers.points", lower=low, median=middle, upper=high)
    return [
        text(teller.pick(question.text)),
        text(given or teller.say("dash")),
        *(teller.number(question.states[state]) for state in STATES),
    ]  # fmt: skip


def _option(teller: Teller, question: QuestionFigures, place: int) -> str:
    option = question.options[place]
    said = teller.pick(option.words) or option.id
    number = teller.formats.number(option.companies)
    key = "answers.at_step" if question.scored and option.step is not None else "answers.at_option"
    return teller.say(key, step=option.step, answer=said, number=number)
