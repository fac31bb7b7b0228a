"""Page 1: level, profile and the next steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from aimaturity.report.advice import helpers_short, hours, moves, title
from aimaturity.report.context import MISSING, Context, anchor, leaves
from aimaturity.report.drawing import profile_chart
from aimaturity.report.view import Level, LevelBox, NextStep, Profile, ProfileRow
from aimaturity.scoring.document import NodeResult

FIRST_STEPS = 3


def profile(context: Context) -> Profile:
    nodes = [*context.areas, *_overall(context)]
    rows = [profile_row(context, node) for node in nodes]
    scales = {(node.lowest, node.highest) for node in nodes}
    note = context.words("profile.note" if any(row.score.range for row in rows) else "profile.note_certain")
    if len(scales) > 1:
        note += " " + context.words("profile.note_different")
    return Profile(
        rows=rows,
        chart=profile_chart(context, nodes, [row.title for row in rows]),
        one_scale=len(scales) == 1,
        note=note,
    )


def _overall(context: Context) -> list[NodeResult]:
    """The root, where it has a result of its own and isn't the only row anyway."""
    root = context.root
    return [root] if root and root not in context.areas and root.aggregate not in ("none", "staged") else []


def profile_row(context: Context, node: NodeResult) -> ProfileRow:
    name = context.title(node)
    return ProfileRow(
        id=node.id,
        anchor=anchor("area", node.id),
        title=name if node in context.areas else context.words("profile.overall", title=name),
        score=context.score(node),
        sentences=list(area_sentences(context, node)),
        questions=list(node.missing),
    )


def area_sentences(context: Context, node: NodeResult) -> Iterator[str]:
    """What the area's result says: where most is in place and most is left, and how unsure it is; or why none."""
    if node.score is None:
        yield from _no_score(context, node)
        return
    yield from _spread(context, node)
    bounds = context.bounds(node)
    if bounds is None:
        return
    facts = {"low": bounds[0], "high": bounds[1]}
    if node.missing and not context.document.indication:
        yield context.words.count("area.uncertain", len(node.missing), **facts)
    else:
        yield context.words("area.unasked", **facts)


def _spread(context: Context, node: NodeResult) -> Iterator[str]:
    w = context.words
    parts = [c for c in context.children(node) if c.score is not None and c.highest > c.lowest]
    reach = [context.scale(c).share(c.score or 0.0) for c in parts]
    if len(parts) > 1 and round(max(reach), 9) == round(min(reach), 9):
        yield w({0.0: "area.nothing_yet", 1.0: "area.all_there"}.get(reach[0], "area.alike"))
    elif len(parts) > 1:
        best, least = parts[reach.index(max(reach))], parts[reach.index(min(reach))]
        yield w("area.between", best=w.quoted(context.title(best)), least=w.quoted(context.title(least)))
    else:
        answers = context.document.answers
        scored = [a for a in answers if a.points is not None and context.area_of(a.id) is node]
        if scored:
            yield w.count("area.top", sum(a.points == a.highest for a in scored))


def _no_score(context: Context, node: NodeResult) -> Iterator[str]:
    w = context.words
    if node.reason == "too_little_basis" and node.applicable:
        yield answered_sentence(context, node)
        yield w("area.not_enough")
    elif node.reason in ("no_answers", "nothing_applies", "zero_in_mean", "container"):
        yield w(f"area.{node.reason}")
    else:
        yield w("area.no_score")


def answered_sentence(context: Context, node: NodeResult) -> str:
    if node.answered == node.applicable > 1:
        return context.words("area.answered_all", total=context.words.number(node.applicable))
    key = "area.answered_only" if node.applicable == 1 else "area.answered"
    return context.words.count(key, node.answered, total=context.words.number(node.applicable))


def level(context: Context) -> Level | None:
    """The overall level; None where the model gives none."""
    root = context.root
    if root is None or not (root.stages or root.bands or root.level is not None or root.level_low is not None):
        return None
    numbers = _level_numbers(context, root)
    within = _within(root, numbers)
    return Level(
        heading=_level_heading(context, within, numbers[-1]),
        boxes=[_box(context, root, number, within) for number in numbers],
        sentences=list(_level_sentences(context, root, within)),
    )


def _within(root: NodeResult, numbers: list[int]) -> tuple[int, int] | None:
    """Lowest and highest level that the report gives; None where nothing is known, as when all levels are possible."""
    if root.level is not None:
        return root.level, root.level
    if root.level_low is None or root.level_high is None:
        return None
    low, high = root.level_low, root.level_high
    return None if low < high and (low, high) == (numbers[0], numbers[-1]) else (low, high)


def _level_numbers(context: Context, root: NodeResult) -> list[int]:
    named = {name.level for name in context.document.levels}
    found = {number for number in (root.level, root.level_low, root.level_high) if number is not None}
    return sorted(named | found | {stage.level for stage in root.stages} | set(range(1, len(root.bands) + 1)))


def _level_heading(context: Context, within: tuple[int, int] | None, highest: int) -> str:
    if within is None:
        return context.words("level.none")
    low, high = within
    if low == high:
        return context.words("level.one", level=low, highest=highest)
    return context.words("level.range", low=low, high=high, highest=highest)


def _box(context: Context, root: NodeResult, number: int, within: tuple[int, int] | None) -> LevelBox:
    name = next((n for n in context.document.levels if n.level == number), None)
    place = _place(root, number, within)
    mark = None if place == "other" else context.words(f"level.{place}")
    return LevelBox(
        number=str(number),
        name=context.pick(name.title) if name else "",
        description=(context.pick(name.description) or None) if name else None,
        place=place,
        mark=mark,
        standing=_standing(context, root, number, mark if place == "here" else None) or mark,
    )


def _place(root: NodeResult, number: int, within: tuple[int, int] | None) -> Literal["here", "possible", "other"]:
    if within is None:
        return "other"
    if within == (number, number):
        return "here"
    low, high = root.level_low, root.level_high
    return "possible" if low is not None and high is not None and low <= number <= high else "other"


def _standing(context: Context, root: NodeResult, number: int, here: str | None) -> str | None:
    """How the level's requirements stand; None where it has none, or is neither reached nor ruled out."""
    stage = next((stage for stage in root.stages if stage.level == number), None)
    if here or stage is None:
        return here
    if stage.reached:
        return context.words("level.reached")
    if root.level_high is not None and number <= root.level_high:
        return None
    return context.words("level.partly" if stage.partly else "level.not_reached")


def _level_sentences(context: Context, root: NodeResult, within: tuple[int, int] | None) -> Iterator[str]:
    w = context.words
    if within is None:
        yield w("level.too_little")
        return
    low, high = within
    if low < high:
        yield w("level.either" if high == low + 1 else "level.somewhere", low=low, high=high)
        yield _decides(context, root, low, high)
        return
    yield from _at(context, low)
    below = root.level_low is not None and root.level_low < low
    above = root.level_high is not None and root.level_high > low
    if below or above:
        key = "either" if below and above else "fall" if below else "rise"
        yield w(f"level.may_{key}", low=root.level_low, high=root.level_high)


def _at(context: Context, number: int) -> Iterator[str]:
    name = next((n for n in context.document.levels if n.level == number), None)
    title = context.pick(name.title) if name else ""
    yield context.words("level.at" if title else "level.at_bare", level=number, title=title)
    if name and name.description:
        yield context.pick(name.description)


def _decides(context: Context, root: NodeResult, low: int, high: int) -> str:
    """How many missing answers the level hangs on, and where they are if all lie in one area."""
    lacking: dict[str, None] = {}
    for stage in root.stages:
        for requirement in stage.requirements if low < stage.level <= high else ():
            for test in leaves(requirement) if requirement.met is not True else ():
                if test.about == "node" and test.has is None and test.id in context.nodes:
                    lacking.update(dict.fromkeys(context.nodes[test.id].missing))
                elif test.state in MISSING:
                    lacking[str(test.id)] = None
    areas = {area.id: area for name in lacking if (area := context.area_of(name))}
    if len(areas) == 1 and len(context.areas) > 1:
        only = context.title(next(iter(areas.values())))
        return context.words.count("level.decides_in", len(lacking), area=only)
    return context.words.count("level.decides", len(lacking or root.missing))


def next_steps(context: Context) -> list[NextStep]:
    return [
        NextStep(
            number=str(index),
            anchor=anchor("advice", item.id),
            title=title(context, item),
            first_step=context.pick(item.first_step),
            time=hours(context, item),
            help=helpers_short(context, item),
            moves=moves(context, item),
        )
        for index, item in enumerate(context.document.advice[:FIRST_STEPS], 1)
    ]
