"""Area by area: the result, its themes, and what holds it down."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.report.advice import title
from aimaturity.report.context import Context, anchor, leaves, percent
from aimaturity.report.criteria import about, has
from aimaturity.report.front import answered_sentence, area_sentences
from aimaturity.report.view import Area, Bar, Link, Score, ThemeRow
from aimaturity.scoring.document import Answer, Cap, NodeResult

NAMED_STEPS = 3
"""So many pieces of advice are named with an area; all stand together further on."""


def areas(context: Context) -> list[Area]:
    return [_area(context, node) for node in context.areas]


def _area(context: Context, node: NodeResult) -> Area:
    themes = list(_themes(context, node, 0))
    parts = "themes" if themes else "items"
    sentences, steps = list(area_sentences(context, node)), _steps(context, node)
    if node.applicable and node.score is not None:
        sentences.append(answered_sentence(context, node))
    return Area(
        id=node.id,
        anchor=anchor("area", node.id),
        title=context.title(node),
        description=context.pick(node.description) or None,
        score=context.score(node),
        bar=context.bar(node),
        sentences=sentences,
        answered=_answered(context, node),
        known=None if node.coverage is None else context.formats.percent(node.coverage),
        caps=[_cap(context, cap) for cap in node.caps],
        themes=themes or _items(context, node),
        themes_are=context.words("columns.theme" if themes else "columns.question"),
        themes_caption=context.words(f"captions.{parts}", area=context.title(node)),
        steps=steps[:NAMED_STEPS],
        more_steps=context.words.count("area.more_steps", len(steps) - NAMED_STEPS) if steps[NAMED_STEPS:] else None,
    )


def _themes(context: Context, node: NodeResult, indent: int) -> Iterator[ThemeRow]:
    for child in context.children(node):
        yield ThemeRow(
            title=context.title(child),
            indent=indent,
            bar=context.bar(child),
            score=context.score(child),
            answered=_answered(context, child),
        )
        yield from _themes(context, child, indent + 1)


def _answered(context: Context, node: NodeResult) -> str:
    return context.words("score.points_of", points=node.answered, highest=node.applicable)


def _items(context: Context, node: NodeResult) -> list[ThemeRow]:
    """An area without themes shows its questions instead, as far as the document tells which they are."""
    found = [answer for answer in context.document.answers if context.home.get(answer.id) is node]
    return [_item(context, answer) for answer in found]


def _item(context: Context, answer: Answer) -> ThemeRow:
    """One question's points, drawn on its own scale."""
    filled = None
    if answer.points is not None and answer.lowest is not None and answer.highest is not None:
        width = answer.highest - answer.lowest
        filled = percent((answer.points - answer.lowest) / width) if width > 0 else None
    points = context.points_of(answer)
    bar_title = points or context.words("profile.bar_none")
    label = None if points else context.words(f"states.{answer.state}")
    return ThemeRow(
        title=context.pick(answer.text) or answer.id,
        indent=0,
        bar=Bar(filled=filled, low=None, high=None, bands=[], title=bar_title),
        score=Score(number=points, range=None, text=points or "", label=label, scale="", level=None),
        answered="1" if answer.state == "answered" else "0",
    )


def _cap(context: Context, cap: Cap) -> str:
    """Why the score is held down: the model's reason, else what the cap reads."""
    number, reason = context.formats.number(cap.cap), context.pick(cap.reason)
    if reason:
        return context.words("area.cap_reason", cap=number, reason=reason)
    tests = []
    for test in leaves(cap.because):
        key = "test.cap_node" if test.about == "node" else "test.cap_question"
        tests.append(context.words(key, about=context.words.quoted(about(context, test)), has=has(context, test)))
    return context.words("area.cap", cap=number, tests=context.words.listed(list(dict.fromkeys(tests))))


def _steps(context: Context, node: NodeResult) -> list[Link]:
    """Advice that moves the area, in the order of usefulness."""
    return [
        Link(anchor=anchor("advice", item.id), text=title(context, item))
        for item in context.document.advice
        if item.area == node.id or (item.points.get(node.id) or 0) > 0
    ]
