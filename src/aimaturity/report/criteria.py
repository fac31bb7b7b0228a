"""Conditions in words: what a level requires, and what set a rule off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from aimaturity.report.context import MISSING, Context, Telling
from aimaturity.report.view_pages import Because, Requirement
from aimaturity.scoring.document import Criterion

Status = Literal["met", "unmet", "unknown", "spare"]


def requirement_rows(
    context: Context, criterion: Criterion, note: str | None = None, enough_met: bool = False
) -> Iterator[Requirement]:
    """A row for each test in the requirement.

    note        said of each, where one of several is enough
    enough_met  another alternative already meets the whole
    """
    if criterion.how == "any" and len(criterion.parts) > 1:
        note = context.words("need.one_of", total=context.words.number(len(criterion.parts)))
        for part in criterion.parts:
            yield from requirement_rows(context, part, note, enough_met or criterion.met is True)
    elif criterion.how == "test":
        yield _row(context, criterion, criterion.met, note, enough_met, inverted=False)
    elif criterion.how == "not":
        for test in criterion.parts:
            if test.how == "test":
                yield _row(context, test, criterion.met, note, enough_met, inverted=True)
            else:
                yield from requirement_rows(context, test, note, enough_met)
    else:
        for part in criterion.parts:
            yield from requirement_rows(context, part, note, enough_met)


def _row(
    context: Context, test: Criterion, met: bool | None, note: str | None, enough_met: bool, inverted: bool
) -> Requirement:
    state: Status = "unknown" if met is None or (not met and test.state in MISSING) else "met" if met else "unmet"
    status: Status = "spare" if enough_met and state != "met" else state
    enough = context.words(f"need.{test.test}", needed=needed(context, test))
    return Requirement(
        about=about(context, test),
        note=note,
        now=has(context, test),
        enough=context.words("need.not", needed=enough) if inverted else enough,
        status=status,
        status_words=context.words(f"status.{status}"),
        question=test.id if test.about in ("question", "item") else None,
    )


def about(context: Telling, test: Criterion) -> str:
    """What the test looks at: the question's words or the node's title."""
    return context.pick(test.text) or str(test.id)


def needed(context: Telling, test: Criterion) -> str:
    """What the test asks for: an answer in words, points, a state, a level."""
    words = context.pick(test.needed_words)
    if test.test == "state":
        return context.words.quoted(context.words(f"states.{test.needed}"))
    if test.test == "level_at_least":
        level = context.formats.number(float(str(test.needed)))
        return f"{level} {words}" if words else level
    if words:
        return context.words.quoted(words)
    if isinstance(test.needed, float):
        number = context.formats.number(test.needed)
        return number if test.about == "question" else context.words.count("score.points", test.needed, number=number)
    return ", ".join(test.needed) if isinstance(test.needed, list) else str(test.needed or "")


def has(context: Context, test: Criterion) -> str:
    """What there is: the answer in words, the score with its bounds, or in words that there is none."""
    if test.about == "node" and test.id in context.nodes and test.test != "level_at_least":
        score = context.score(context.nodes[test.id])
        return ", ".join(part for part in (score.text, score.label) if part)
    if test.test == "level_at_least":
        return context.level_name(int(test.has)) if isinstance(test.has, float) else context.words("level.unknown")
    words = context.pick(test.has_words)
    if words:
        return words
    if isinstance(test.has, float):
        return context.formats.number(test.has)
    return test.has or context.words(f"states.{test.state}" if test.state else "score.none")


def because(context: Context, criterion: Criterion, goals: dict[str, str]) -> list[Because]:
    """The answers and scores that set a rule off, each in a sentence with what the rule asks of it.

    goals  question -> the answer that the advice aims at, in words
    """
    found: dict[tuple[str | None, bool], list[Criterion]] = {}
    for test, inverted in _holding(criterion, False):
        found.setdefault((test.id, inverted), []).append(test)
    rows = []
    for (name, inverted), tests in found.items():
        asked = _asked(context, tests, inverted, goals)
        text = context.words("test.line", has=_held(context, tests[0]), needed=asked)
        rows.append(Because(question=name if tests[0].about != "node" else None, text=text))
    return rows


def _asked(context: Context, tests: list[Criterion], inverted: bool, goals: dict[str, str]) -> str:
    """What a rule asks of one answer or score: a range where it has two ends; told once where it is also the goal."""
    prefix = "node_" if tests[0].about == "node" else ""
    if not inverted and len(tests) == 1 and _is_goal(context, tests[0], goals):
        return context.words("test.below_goal", needed=needed(context, tests[0]))
    ends = {test.test: needed(context, test) for test in tests}
    if set(ends) == {"at_least", "below"} and not inverted:
        return context.words(f"test.{prefix}between", low=ends["at_least"], high=ends["below"])
    keys = [f"test.{prefix}{'not' if inverted else test.test}" for test in tests]
    return " ".join(context.words(key, needed=needed(context, test)) for key, test in zip(keys, tests, strict=True))


def _is_goal(context: Context, test: Criterion, goals: dict[str, str]) -> bool:
    """Whether the rule holds below the very answer that the advice aims at."""
    words = context.pick(test.needed_words)
    return test.test == "below" and bool(words) and goals.get(str(test.id)) == words


def _held(context: Context, test: Criterion) -> str:
    """What there is, as a sentence."""
    facts = {"about": about(context, test), "has": has(context, test)}
    if test.about == "node":
        return context.words("test.has_score", **facts)
    facts = {key: context.words.quoted(text) for key, text in facts.items()}
    return context.words("test.answered_with" if test.state == "answered" else "test.has_state", **facts)


def _holding(criterion: Criterion, inverted: bool) -> Iterator[tuple[Criterion, bool]]:
    """The tests that make the condition hold, with whether they stand under a `not`."""
    if criterion.how == "test":
        yield criterion, inverted
    elif criterion.how == "not":
        for part in criterion.parts:
            yield from _holding(part, not inverted)
    else:
        some = criterion.how == "any" and not inverted
        for part in criterion.parts:
            if part.met is True or not some:
                yield from _holding(part, inverted)


def unmet(criterion: Criterion) -> Iterator[Criterion]:
    """The tests that keep a requirement from being met."""
    if criterion.met is True:
        return
    if criterion.how == "test":
        yield criterion
    elif criterion.how == "not":
        for part in criterion.parts:
            if part.how == "test":
                yield part
    else:
        for part in criterion.parts:
            yield from unmet(part)
