"""Advice: each step with its effort, who can help, what it moves, and the rule that gave it."""

from __future__ import annotations

from aimaturity.report.context import Context, anchor, leaves
from aimaturity.report.criteria import because
from aimaturity.report.view_pages import Advice, Because, HelpRow
from aimaturity.scoring.document import AdviceItem, Helper
from aimaturity.scoring.scale import gain

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
        kind=_kind(context, item.kind),
        help=helpers_short(context, item),
        moves=moves(context, item),
        for_next_level=item.for_next_level,
        goals=_goals(context, item),
        find=[_find(context, name) for name in item.questions],
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
    w = context.words
    if item.area and item.area in context.nodes:
        return [w("steps.assessable", area=context.title(context.nodes[item.area]))]
    found: list[str] = []
    for name, points in item.points.items():
        if points is not None and name in context.nodes and (change := gain(points, context.document.display_digits)):
            area = context.title(context.nodes[name])
            found.append(w("steps.gain", area=area, points=context.formats.signed(change)))
    unclear = [name for name, points in item.points.items() if points is None and name in context.nodes]
    if not found:
        found = [w("steps.unclear", area=context.title(context.nodes[name])) for name in unclear]
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


def help_rows(context: Context) -> list[HelpRow]:
    """Who can help with each kind of help that the advice needs, in the order of the advice."""
    by_kind = {item.kind: item.who_can_help for item in reversed(context.document.advice)}
    return [
        HelpRow(
            kind=_kind(context, kind),
            near=[_helper(context, helper) for helper in by_kind[kind] if helper.near],
            others=[_helper(context, helper) for helper in by_kind[kind] if not helper.near],
            nobody=None if by_kind[kind] else context.words(f"steps.{_why_nobody(context)}"),
        )
        for kind in dict.fromkeys(item.kind for item in context.document.advice)
    ]


def _kind(context: Context, kind: str) -> str:
    return context.words(f"steps.kinds.{kind}") if context.words.has(f"steps.kinds.{kind}") else kind


def _helper(context: Context, helper: Helper) -> str:
    """The name; its role too where that isn't simply partner."""
    key = f"steps.roles.{helper.role}"
    role = context.words(key) if context.words.has(key) else helper.role
    return helper.name if helper.role == "partner" else f"{helper.name} ({role})"


def _goals(context: Context, item: AdviceItem) -> list[str]:
    """The answers aimed at; not those that the rule's own sentence names as its threshold."""
    named = {(test.id, context.pick(test.needed_words)) for test in (leaves(item.trigger) if item.trigger else ())}
    asked = {name for name, _ in named}
    found = []
    for target in item.targets:
        goal = context.pick(target.goal)
        if (target.id, goal) not in named:
            goal = context.words.quoted(goal)
            question = context.words.quoted(context.pick(target.text) or target.id)
            found.append(goal if target.id in asked else context.words("steps.goal_on", question=question, goal=goal))
    return found


def _find(context: Context, name: str) -> str:
    """A question to find out, with who may know where that was noted."""
    answer, question = context.answers.get(name), context.question(name)
    return context.words("steps.find_ask", question=question, ask=answer.ask) if answer and answer.ask else question


def _because(context: Context, item: AdviceItem) -> list[Because]:
    if item.trigger:
        return because(context, item.trigger, {t.id: context.pick(t.goal) for t in item.targets})
    area = context.nodes.get(item.area) if item.area else None
    return [Because(question=None, text=context.words("steps.find_rule", area=context.title(area)))] if area else []
