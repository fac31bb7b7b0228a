"""What the makers of the view share: the document, the language, and how scores are shown in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Protocol

from aimaturity.report.format import Formats, formats
from aimaturity.report.view import Score
from aimaturity.report.words import Words, words
from aimaturity.scoring.document import Answer, Contribution, Criterion, NodeResult, ResultDocument
from aimaturity.scoring.scale import Scale, exact

SHADES = 5
MISSING = ("dont_know", "blank")


class Telling(Protocol):
    """What it takes to tell a document's facts in one language."""

    words: Words
    formats: Formats

    def pick(self, texts: Mapping[str, str] | None) -> str: ...


class Context:
    """One document told in one language."""

    def __init__(self, document: ResultDocument, language: str) -> None:
        self.document = document
        self.language = language
        self.words: Words = words(language)
        self.formats: Formats = formats(language)

    def pick(self, texts: Mapping[str, str] | None) -> str:
        """The text in the report's language, else in the document's first that has one, else empty."""
        return self.words.pick(texts, self.document.languages)

    @cached_property
    def nodes(self) -> dict[str, NodeResult]:
        return {node.id: node for node in self.document.nodes}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {answer.id: answer for answer in self.document.answers}

    @cached_property
    def root(self) -> NodeResult | None:
        return self.nodes.get(self.document.level_node)

    @cached_property
    def areas(self) -> list[NodeResult]:
        """The nodes of the profile; the root alone where a model has no areas."""
        areas = [self.nodes[name] for name in self.document.areas if name in self.nodes]
        return areas or ([self.root] if self.root else [])

    def children(self, node: NodeResult) -> list[NodeResult]:
        """The nodes below it; depth must grow, so that a document with a ring of parents is no endless task."""
        return [child for child in self.document.nodes if child.parent == node.id and child.depth > node.depth]

    def title(self, node: NodeResult) -> str:
        return self.pick(node.title) or node.id

    def level_name(self, level: int) -> str:
        """The level's title; `Nivå 3` where it has none."""
        name = next((n for n in self.document.levels if n.level == level), None)
        return self.pick(name.title if name else None) or self.words("level.bare", level=level)

    def question(self, name: str) -> str:
        """A question's words; its id where the document doesn't hold it."""
        answer = self.answers.get(name)
        return (self.pick(answer.text) if answer else "") or name

    @cached_property
    def home(self) -> dict[str, NodeResult]:
        """item -> the deepest node that it is known to belong to, as far as the document tells."""
        found: dict[str, NodeResult] = {}
        for node in sorted(self.document.nodes, key=lambda n: n.depth):
            found.update(dict.fromkeys(node.missing, node))
        for node in self.document.nodes:
            found.update({c.id: node for c in node.contributions if c.kind == "item" and c.id})
        return found

    def contribution(self, item: str) -> Contribution | None:
        """What the item gives in its own node; None where that has no score or the item doesn't count."""
        node = self.home.get(item)
        return next((c for c in node.contributions if c.kind == "item" and c.id == item), None) if node else None

    def area_of(self, item: str) -> NodeResult | None:
        """The profile's node that the item belongs to, as far as the document tells."""
        node = self.home.get(item)
        profile = {area.id for area in self.areas}
        while node is not None and node.id not in profile:
            above = self.nodes.get(node.parent) if node.parent else None
            node = above if above is not None and above.depth < node.depth else None
        return node

    def place_of(self, item: str) -> str:
        """The title of the item's area; of its section where the area isn't known."""
        area = self.area_of(item)
        if area is not None:
            return self.title(area)
        answer = self.answers.get(item)
        section = next((s for s in self.document.sections if answer and s.id == answer.section), None)
        return self.pick(section.title) if section else ""

    @cached_property
    def _thresholds(self) -> dict[str, set[float]]:
        """node or item -> values that some condition in the document compares it with."""
        found: dict[str, set[float]] = {}
        for test in self.tests():
            if test.about != "question" and test.test in ("at_least", "below") and isinstance(test.needed, float):
                found.setdefault(str(test.id), set()).add(test.needed)
        return found

    def tests(self) -> Iterator[Criterion]:
        """Every single test of every condition in the document."""
        for node in self.document.nodes:
            for stage in node.stages:
                for requirement in stage.requirements:
                    yield from leaves(requirement)
            for cap in node.caps:
                yield from leaves(cap.because)
        for advice in self.document.advice:
            if advice.trigger:
                yield from leaves(advice.trigger)

    def scale(self, node: NodeResult) -> Scale:
        stages = {stage.from_ for stage in node.stages if stage.from_ is not None}
        edges = set(node.bands) | stages | self._thresholds.get(node.id, set())
        return Scale(node.lowest, node.highest, frozenset(edges), self.document.display_digits)

    def number(self, node: NodeResult, value: float) -> str:
        """A score of the node, as shown."""
        return self.formats.decimal(self.scale(node).shown(value))

    def bounds(self, node: NodeResult) -> tuple[str, str] | None:
        """Lowest and highest possible score as shown; None where the score is certain or there are none."""
        if node.low is None or node.high is None or exact(node.low) == exact(node.high):
            return None
        scale = self.scale(node)
        return self.formats.decimal(scale.shown_low(node.low)), self.formats.decimal(scale.shown_high(node.high))

    def score(self, node: NodeResult) -> Score:
        number = None if node.score is None else self.number(node, node.score)
        bounds = self.bounds(node)
        span = self.formats.span(*bounds) if bounds else None
        text = self.words("score.with_range", score=number, low=bounds[0], high=bounds[1]) if bounds and number else ""
        return Score(
            number=number,
            range=span,
            text=text or number or span or "",
            label=self._label(node),
            scale=self.scale_words(node.lowest, node.highest),
            level=None if node.level is None else self.level_name(node.level),
        )

    def _label(self, node: NodeResult) -> str | None:
        if node.score is not None:
            return self.words("indication.mark") if self.document.indication else None
        return self.words(f"score.{node.reason}") if node.reason else self.words("score.none")

    def scale_words(self, lowest: float, highest: float) -> str:
        if lowest == 0:
            return self.words("score.of", highest=self.formats.number(highest))
        return self.words("score.scale", lowest=self.formats.number(lowest), highest=self.formats.number(highest))

    def points(self, value: float, lowest: float | None = None, highest: float | None = None) -> str:
        """Points of an answer or a contribution: at most one decimal more than scores have, none needless."""
        ends = (lowest if lowest is not None else value, highest if highest is not None else value)
        scale = Scale(*ends, frozenset(), self.document.display_digits + (self.document.display_digits == 0))
        return self.formats.number(scale.shown(value))

    def points_of(self, answer: Answer) -> str | None:
        """`50 av 100`, or `3 på skalan 1–5`; None where the answer gives no points."""
        if answer.points is None or answer.lowest is None or answer.highest is None:
            return None
        points = self.points(answer.points, answer.lowest, answer.highest)
        lowest, highest = self.formats.number(answer.lowest), self.formats.number(answer.highest)
        if answer.lowest == 0:
            return self.words("score.points_of", points=points, highest=highest)
        return self.words("score.points_on", points=points, lowest=lowest, highest=highest)

    def number_of(self, area: NodeResult) -> int:
        """The area's place in the profile, from 1: ids in the HTML are made of it."""
        return next((place for place, node in enumerate(self.areas, 1) if node.id == area.id), 0)

    def part_title(self, entry: Contribution) -> str:
        """What a contribution is of, in words."""
        node = self.nodes.get(entry.id) if entry.id else None
        if entry.kind in ("item", "node"):
            return self.title(node) if node and entry.kind == "node" else self.question(entry.id or "")
        return self.words(f"method.kinds.{entry.kind}")


def leaves(criterion: Criterion) -> Iterator[Criterion]:
    """The single tests that a condition is made of."""
    if criterion.how == "test":
        yield criterion
    for part in criterion.parts:
        yield from leaves(part)


def anchor(kind: str, name: str) -> str:
    """The HTML id of a thing in the report."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_.-]', '-', name)}"
