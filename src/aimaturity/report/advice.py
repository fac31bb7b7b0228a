"""Advice: each step with its effort, who can help, what it moves, and the rule that gave it."""

from __future__ import annotations

from aimaturity.report.context import Context, anchor
from aimaturity.report.criteria import because
from aimaturity.report.scale import gain
from aimaturity.report.view import Advice, Because
from aimaturity.scoring.document import AdviceItem, Helper, Target

NAMED_HELPERS = 2
"""So many are named on page 1; the full list stands with the advice."""


def advice(context: Context) -> list[Advice]:
    return [_advice(context, item, number) for number, item in enumerate(context.document.advice, 1)]


def _advice(context: Context, item: AdviceItem, number: int) -> Advice:
    w = context.words
    titles = {source.id: source.title for source in context.document.sources}
    return Advice(
        id=item.id,
        anchor=anchor("advice", item.id),
        number=str(number),
        title=title(context, item),
        why=context.pick(item.why),
        first_step=context.pick(item.first_step),
        time=time(context, item),
        cost=w(f"steps.costs.{item.cost}") if w.has(f"steps.costs.{item.cost}") else item.cost,
        kind=w(f"steps.kinds.{item.kind}") if w.has(f"steps.kinds.{item.kind}") else item.kind,
        near=[_helper(context, helper) for helper in item.who_can_help if helper.near],
        others=[_helper(context, helper) for helper in item.who_can_help if not helper.near],
        nobody=None if item.who_can_help else w(f"steps.{_why_nobody(context)}"),
        moves=moves(context, item),
        for_next_level=item.for_next_level,
        goals=[(context.pick(target.text) or target.id, _goal(context, target)) for target in item.targets],
        find=[(context.question(name), _ask(context, name)) for name in item.questions],
        rule=item.id,
        because=_because(context, item),
        sources=[titles.get(name, name) for name in item.sources],
    )


def title(context: Context, item: AdviceItem) -> str:
    """The step's title; a "find out" says for which area."""
    words = context.pick(item.title)
    area = context.nodes.get(item.area) if item.area else None
    return context.words("steps.find_title", title=words, area=context.title(area)) if area else words


def time(context: Context, item: AdviceItem) -> str:
    """`6 timmar, sedan 1 timme i veckan`."""
    note = context.pick(item.hours_note)
    return context.words("steps.hours_and", hours=hours(context, item), note=note) if note else hours(context, item)


def hours(context: Context, item: AdviceItem) -> str:
    return context.words.count("steps.hours", item.hours, number=context.formats.number(item.hours))


def moves(context: Context, item: AdviceItem) -> list[str]:
    """What the step would do to each area: points, or that it can be judged at all."""
    w, found = context.words, []
    if item.area in context.nodes:
        found.append(w("steps.assessable", area=context.title(context.nodes[item.area])))
    for name, points in item.points.items():
        if points is not None and name in context.nodes and (change := gain(points, context.document.display_digits)):
            area = context.title(context.nodes[name])
            found.append(w("steps.gain", area=area, points=context.formats.signed(change)))
    return found or [w("steps.no_gain")]


def helpers_short(context: Context, item: AdviceItem) -> str:
    """The first who can help, and how many more there are."""
    names = [helper.name for helper in item.who_can_help]
    if not names:
        return context.words(f"steps.{_why_nobody(context)}_short")
    first, rest = names[:NAMED_HELPERS], len(names) - NAMED_HELPERS
    if rest <= 0:
        return context.words.listed(first)
    return context.words.count("steps.more_helpers", rest, names=", ".join(first))


def _why_nobody(context: Context) -> str:
    return "nobody" if context.document.programme else "no_programme"


def _helper(context: Context, helper: Helper) -> str:
    """The name; its role too where that isn't simply partner."""
    key = f"steps.roles.{helper.role}"
    role = context.words(key) if context.words.has(key) else helper.role
    return helper.name if helper.role == "partner" else f"{helper.name} ({role})"


def _goal(context: Context, target: Target) -> str:
    goal, now = context.words.quoted(context.pick(target.goal)), context.pick(target.now)
    if now:
        return context.words("steps.target", now=context.words.quoted(now), goal=goal)
    return context.words("steps.target_open", goal=goal)


def _ask(context: Context, name: str) -> str:
    answer = context.answers.get(name)
    return (answer.ask if answer else None) or context.words("unknown.nobody")


def _because(context: Context, item: AdviceItem) -> list[Because]:
    if item.trigger:
        return because(context, item.trigger)
    area = context.nodes.get(item.area) if item.area else None
    return [Because(question=None, text=context.words("steps.find_rule", area=context.title(area)))] if area else []
