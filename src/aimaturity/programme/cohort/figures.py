"""Scores, levels and answers of the companies: how they lie, and what keeps companies from the next level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from aimaturity.benchmark.rules import FINEST, class_of
from aimaturity.documents.cohort import (
    Gate,
    LevelCount,
    LevelRange,
    NodeFigures,
    OptionCount,
    OverallLevels,
    QuestionFigures,
)
from aimaturity.programme.cohort.statistics import distribution
from aimaturity.programme.cohort.taking import Catalogue, NodeTaken, Taken
from aimaturity.scoring.document import Answer, NodeResult, ReasonWord, StateWord, Words

STATES: tuple[StateWord, ...] = get_args(StateWord)
REASONS: tuple[ReasonWord, ...] = get_args(ReasonWord)
SOME_LEVELS = 2
"""A node with fewer stages has no levels to tell apart."""


def nodes(catalogue: Catalogue, present: Sequence[Taken]) -> list[NodeFigures]:
    """The areas and what lies below them, in the model's order; the root too where it has a score."""
    scored = [n for n in catalogue.nodes.values() if n.aggregate != "none"]
    return [_node(node, [one.nodes[node.id] for one in present if node.id in one.nodes]) for node in scored]


def _node(node: NodeResult, taken: Sequence[NodeTaken]) -> NodeFigures:
    scores = [one.score for one in taken if one.score is not None]
    reasons = Counter(one.reason for one in taken if one.score is None)
    tenths = [0] * FINEST
    if node.lowest < node.highest:
        for score in scores:
            tenths[class_of(score, node.lowest, node.highest)] += 1
    return NodeFigures(
        id=node.id,
        parent=node.parent,
        depth=node.depth,
        title=node.title,
        lowest=node.lowest,
        highest=node.highest,
        bands=list(node.bands),
        scored=len(scores),
        without={reason: reasons[reason] for reason in REASONS if reasons[reason]},
        distribution=distribution(scores),
        tenths=tenths,
        levels=level_counts(node, taken),
        uncertain=sum(one.score is not None and one.level_low != one.level_high for one in taken),
    )


def level_counts(node: NodeResult, taken: Sequence[NodeTaken]) -> list[LevelCount]:
    """Companies on each of the node's levels, as scored; none where it has no levels."""
    count = max(len(node.bands), len(node.stages))
    if count < SOME_LEVELS:
        return []
    found = Counter(one.level for one in taken)
    return [LevelCount(level=level, companies=found[level]) for level in range(1, count + 1)]


def overall(catalogue: Catalogue, present: Sequence[Taken]) -> OverallLevels | None:
    """The overall levels; None where the method has none."""
    sample = catalogue.sample
    root = sample.node(sample.level_node)
    if root is None or not sample.levels or not (root.stages or root.bands):
        return None
    taken = [one.nodes[root.id] for one in present if root.id in one.nodes]
    certain = Counter(one.level for one in taken if one.level is not None)
    ranges = Counter(
        (one.level_low, one.level_high)
        for one in taken
        if one.level is None and one.level_low is not None and one.level_high is not None
    )
    return OverallLevels(
        levels=[LevelCount(level=each.level, companies=certain[each.level]) for each in sample.levels],
        movable=sum(one.level is not None and one.level_low != one.level_high for one in taken),
        ranges=[LevelRange(low=low, high=high, companies=n) for (low, high), n in sorted(ranges.items())],
        unknown=len(present) - sum(certain.values()) - sum(ranges.values()),
    )


def gates(catalogue: Catalogue, present: Sequence[Taken]) -> list[Gate]:
    """What keeps companies from their next level, level by level; of a level what keeps most of them first."""
    order = {key: place for place, key in enumerate(_in_order(catalogue))}
    found: list[Gate] = []
    for level in sorted({one.next_level for one in present if one.next_level is not None}):
        companies = [one for one in present if one.next_level == level]
        unmet: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        alone: Counter[str] = Counter()
        for one in companies:
            missed = [r for r in one.requirements if r.met is not True]
            unmet.update(r.key for r in missed if r.met is False)
            unknown.update(r.key for r in missed if r.met is None)
            if len(missed) == 1:
                alone[missed[0].key] += 1
        keys = sorted({r.key for one in companies for r in one.requirements}, key=order.__getitem__)
        keys.sort(key=lambda key: -(unmet[key] + unknown[key]))
        found += [
            Gate(
                level=level,
                requirement=catalogue.requirements[key],
                companies=len(companies),
                unmet=unmet[key],
                unknown=unknown[key],
                alone=alone[key],
            )
            for key in keys
            if unmet[key] or unknown[key]
        ]
    return found


def _in_order(catalogue: Catalogue) -> Iterator[str]:
    """The requirements by the text of their keys: an order that no order of documents changes."""
    yield from sorted(catalogue.requirements)


def questions(catalogue: Catalogue, present: Sequence[Taken]) -> list[QuestionFigures]:
    """Every question, in the order of asking."""
    return [_question(catalogue, question, present) for question in catalogue.questions.values()]


def _question(catalogue: Catalogue, question: Answer, present: Sequence[Taken]) -> QuestionFigures:
    answers = [one.answers[question.id] for one in present if question.id in one.answers]
    states = Counter(answer.state for answer in answers)
    numbers = question.kind in ("counts", "number")
    points = [a.points for a in answers if a.state == "answered" and a.points is not None]
    return QuestionFigures(
        id=question.id,
        section=question.section,
        kind=question.kind,
        text=question.text,
        area=catalogue.home.get(question.id),
        scored=question.scored,
        steps=question.steps,
        states={state: states[state] for state in STATES},
        options=options(question.id, present),
        points=distribution(points) if numbers and question.scored else None,
    )


def options(question: str, present: Sequence[Taken]) -> list[OptionCount]:
    """The options that were chosen, by their place on the ladder; of ticked ones by how often. Numbers and free words
    are no options."""
    counts: Counter[str] = Counter()
    told: dict[str, tuple[Words, int | None]] = {}
    for one in present:
        answer = one.answers.get(question)
        if answer is None or answer.state != "answered" or answer.words is None:
            continue
        if isinstance(answer.value, str) and answer.step is not None:
            counts[answer.value] += 1
            told.setdefault(answer.value, (answer.words, answer.step))
        elif isinstance(answer.value, list):
            counts.update(answer.value)
            if len(answer.value) == 1:
                told.setdefault(answer.value[0], (answer.words, None))
    found = [
        OptionCount(id=name, words=told.get(name, ({}, None))[0], step=told.get(name, ({}, None))[1], companies=n)
        for name, n in counts.items()
    ]
    return sorted(found, key=lambda o: (o.step is None, o.step or 0, 0 if o.step is not None else -o.companies, o.id))
