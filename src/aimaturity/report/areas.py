"""Area by area: the result, its themes, and what holds it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aimaturity.report.advice import title
from aimaturity.report.context import Context, anchor, leaves
from aimaturity.report.criteria import about, has
from aimaturity.report.drawing import Row, node_places, parts_chart, parts_of, themes_chart
from aimaturity.report.front import answered_sentence, area_sentences
from aimaturity.report.view import Link, Score
from aimaturity.report.view_pages import Area, ThemeRow
from aimaturity.scoring.document import Answer, Cap, NodeResult

NAMED_STEPS = 3
"""So many pieces of advice are named with an area; all stand together further on."""


def areas(context: Context) -> list[Area]:
    return [_area(context, node) for node in context.areas]


def _area(context: Context, node: NodeResult) -> Area:
    themes = list(_themes(context, node, _Parts.of(context, node), 0)) or list(_items(context, node))
    parts = "themes" if any(context.children(node)) else "items"
    sentences, steps = list(area_sentences(context, node)), _steps(context, node)
    if node.applicable and node.score is not None:
        sentences.append(answered_sentence(context, node))
    return Area(
        id=node.id,
        anchor=anchor("area", node.id),
        title=context.title(node),
        description=context.pick(node.description) or None,
        score=context.score(node),
        sentences=sentences,
        answered=_answered(context, node),
        known=None if node.coverage is None else context.formats.percent(node.coverage),
        caps=[_cap(context, cap) for cap in node.caps],
        themes=[row for row, _ in themes],
        chart=themes_chart(context, node, [(row.title, places, row.score) for row, places in themes]),
        parts=parts_chart(context, node),
        themes_are=context.words("columns.theme" if parts == "themes" else "columns.question"),
        themes_caption=context.words(f"captions.{parts}", area=context.title(node)),
        steps=steps[:NAMED_STEPS],
        more_steps=context.words.count("area.more_steps", len(steps) - NAMED_STEPS) if steps[NAMED_STEPS:] else None,
    )


@dataclass(frozen=True)
class _Parts:
    """What the area's score is made of: mark in the chart, and points as shown, by the child's id."""

    marks: dict[str, str]
    gives: dict[str, str]

    @classmethod
    def of(cls, context: Context, area: NodeResult) -> _Parts:
        marks = {str(entry.id): mark for mark, entries in parts_of(area) for entry in entries}
        gives = {str(e.id): context.points(e.points) for e in area.contributions if e.id and area.score is not None}
        return cls(marks, gives)


def _themes(context: Context, node: NodeResult, parts: _Parts, indent: int) -> Iterator[tuple[ThemeRow, Row]]:
    for child in context.children(node):
        row = ThemeRow(
            mark=parts.marks.get(child.id, ""),
            title=context.title(child),
            indent=indent,
            score=context.score(child),
            gives=parts.gives.get(child.id, ""),
            answered=_answered(context, child),
        )
        yield row, node_places(context, child)
        yield from _themes(context, child, parts, indent + 1)


def _answered(context: Context, node: NodeResult) -> str:
    return context.words("score.points_of", points=node.answered, highest=node.applicable)


def _items(context: Context, node: NodeResult) -> Iterator[tuple[ThemeRow, Row]]:
    """An area without themes shows its questions instead, as far as the document tells which they are."""
    parts = _Parts.of(context, node)
    for answer in context.document.answers:
        if context.home.get(answer.id) is node:
            yield _item(context, answer, parts), _answer_places(answer)


def _item(context: Context, answer: Answer, parts: _Parts) -> ThemeRow:
    points = context.points_of(answer)
    label = None if points else context.words(f"states.{answer.state}")
    return ThemeRow(
        mark=parts.marks.get(answer.id, ""),
        title=context.pick(answer.text) or answer.id,
        indent=0,
        score=Score(number=points, range=None, text=points or "", label=label, scale="", level=None),
        gives=parts.gives.get(answer.id, ""),
        answered="1" if answer.state == "answered" else "0",
    )


def _answer_places(answer: Answer) -> Row:
    """One question's points on its own scale."""
    score = None
    if answer.points is not None and answer.lowest is not None and answer.highest is not None:
        width = answer.highest - answer.lowest
        score = round((answer.points - answer.lowest) / width, 5) if width > 0 else None
    return {"score": score, "low": None, "high": None}


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
