"""A scoring model: how answers become points, points scores, scores levels, and levels advice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from aimaturity.definitions.base import (
    DefinitionId,
    Id,
    Model,
    Reference,
    Text,
    Version,
)
from aimaturity.definitions.conditions import Condition
from aimaturity.definitions.programme import HelpKind
from aimaturity.definitions.report_part import ReportPart

Aggregate = Literal[
    "mean", "sum", "geometric_mean", "harmonic_mean", "power_mean", "minimum", "maximum", "share", "staged", "none"
]


class Ladder(Model):
    """Even steps from the first option's points to the last one's."""

    lowest: float = Field(0.0, description="Points of the first option.")
    highest: float = Field(100.0, description="Points of the last option.")


class Goalposts(Model):
    """A number placed on a straight line between two values; beyond them it counts as the nearer one."""

    low: float = Field(description="The value that gives the lowest points.")
    high: float = Field(description="The value that gives the highest points.")
    lowest: float = Field(0.0, description="Points at `low`.")
    highest: float = Field(100.0, description="Points at `high`.")


class Ticks(Model):
    """How the ticked options of a multiple question make points.

    `share`: ticked options as a percentage of those that can be ticked together (exclusive ones don't count).
    `sum`: `start` plus the weights of the ticked options, kept within `minimum` and `maximum`.
    `mean`: the mean weight of the ticked options.
    `share_of_weight`: the weights of the ticked options as a percentage of the sum of all weights.
    """

    rule: Literal["share", "sum", "mean", "share_of_weight"] = Field("share", description="The rule.")
    weights: dict[Id, float] = Field({}, description="Weight by option; 1 where not given, 0 for exclusive options.")
    start: float = Field(0.0, description="What a `sum` starts from.")
    minimum: float | None = Field(None, description="The points are never below this.")
    maximum: float | None = Field(None, description="The points are never above this.")


class Combine(Model):
    """How the numbers of a counts question make one value.

    `sum`: their sum. `lesser_share`: the lesser of two, divided by their sum (0 to 0.5).
    `ratio`: the first divided by the second. `balance`: of two quotients a/b and c/d, the lower divided by
    the higher (0 to 1). Where a divisor is 0, there is no value and the answer counts as missing.
    """

    rule: Literal["sum", "lesser_share", "ratio", "balance"] = Field(description="The rule.")
    parts: tuple[Id, ...] = Field(min_length=1, max_length=12, description="The parts, in the rule's order.")


class Item(Model):
    """What the answer to one question gives in points. Without a rule: a ladder from 0 to 100."""

    ladder: Ladder | None = Field(None, description="Even steps by the order of the options.")
    points: dict[Id, float | None] | None = Field(
        None, description="Points by option; null: chosen, the question leaves the score and its coverage."
    )
    ticks: Ticks | None = Field(None, description="For a multiple question.")
    curve: tuple[tuple[float, float], ...] | None = Field(
        None, min_length=1, description="Pairs of value and points, joined by straight lines, level beyond the ends."
    )
    goalposts: Goalposts | None = Field(None, description="A straight line between two values.")
    as_it_is: Literal[True] | None = Field(None, description="The number itself is the points.")
    combine: Combine | None = Field(None, description="For a counts question: the value that a curve reads.")
    reverse: bool = Field(False, description="Highest points become lowest and the other way round.")
    groups: tuple[Id, ...] = Field((), description="Groups that the item belongs to.")


class CountAs(Model):
    """A missing or hidden answer counts as a stated value, with its weight."""

    value: float = Field(description="The points it counts as.")


Policy = Literal["leave_out", "zero"] | CountAs


class Missing(Model):
    """What answers that are not there do to a node's score. What is not said here is as in the node above."""

    blank: Policy | None = Field(None, description="Asked and not answered (default leave_out).")
    dont_know: Policy | None = Field(None, description="Nobody in the room could say (default leave_out).")
    not_applicable: Policy | None = Field(None, description="Can't apply to this company (default leave_out).")
    hidden: Policy | None = Field(None, description="Not asked, since its condition was false (default leave_out).")


class Rounding(Model):
    """A rounding that a published model makes part of its score. Ordinary models round for display only."""

    digits: int = Field(0, ge=0, le=9, description="Decimals kept.")
    mode: Literal["half_up", "half_even", "truncate"] = Field("half_up", description="How.")


class Rescale(Model):
    """The score stretched so that the reachable range becomes this one."""

    lowest: float = Field(0.0, description="What the lowest reachable score becomes.")
    highest: float = Field(100.0, description="What the highest reachable score becomes.")


class KnockOut(Model):
    """A cap on a node's score while a condition holds, or can't be ruled out."""

    if_: Condition = Field(alias="if", description="When the cap applies; unknown counts as holding.")
    cap: float = Field(description="The score is at most this.")
    reason: Text | None = Field(None, description="Why, for the report.")


class LevelRule(Model):
    """What it takes to be at a level, besides all that the lower levels take."""

    level: int = Field(ge=0, le=99, description="The level's number.")
    from_: float | None = Field(None, alias="from", description="The node's own score is at least this.")
    requires: tuple[Condition, ...] = Field((), description="Each of these holds; unknown counts as not met.")


class Leaf(Model):
    """An item's place in the tree."""

    item: Reference = Field(description="The question, or question.part.")
    weight: float = Field(1.0, ge=0, description="Relative weight in the node.")
    reason: str | None = Field(None, description="Why the weight differs from its neighbours'.")


def _child_kind(value: Any) -> str:
    if isinstance(value, str):
        return "name"
    return "leaf" if isinstance(value, Leaf) or (isinstance(value, dict) and "item" in value) else "node"


Child = Annotated[
    Annotated[Reference, Tag("name")] | Annotated[Leaf, Tag("leaf")] | Annotated["Node", Tag("node")],
    Discriminator(_child_kind),
]


class Node(Model):
    """A score made of others: an area, a theme, the whole."""

    id: Id = Field(description="Names the node, and its columns in tables.")
    title: Text | None = Field(None, description="Its name in reports.")
    description: Text | None = Field(None, description="One sentence on what it is about.")
    aggregate: Aggregate = Field("mean", description="How its children make its score; none: a mere container.")
    exponent: float | None = Field(None, description="The power mean's exponent.")
    weight: float = Field(1.0, ge=0, description="Relative weight in the node above.")
    reason: str | None = Field(None, description="Why the weight differs from its neighbours'.")
    pooled: bool = Field(False, description="Aggregates all items below it at once instead of its children's scores.")
    share_from: float | None = Field(
        None, description="For `share`: a child counts from this score on; without it, from its highest reachable one."
    )
    children: tuple[Child, ...] = Field((), description="Nodes and items (an item by its question's id).")
    missing: Missing = Field(Missing(), description="What missing answers do here and below.")
    incomplete: Literal["as_answered", "zero"] = Field(
        "as_answered", description="zero: any blank or don't know below makes the score 0."
    )
    empty: Literal["leave_out", "zero"] = Field("leave_out", description="zero: without any answer the score is 0.")
    minimum_coverage: float | None = Field(
        None, ge=0, le=1, description="Least coverage for a score, here and below; default 0.6."
    )
    minimum_answered: int = Field(0, ge=0, description="Least number of answered items for a score.")
    below_minimum: Literal["use", "leave_out"] = Field(
        "use", description="Whether the node above still uses what is answered here when the minimum isn't reached."
    )
    unasked: float = Field(0.0, ge=0, description="Weight of questions that exist but aren't asked: widens the bounds.")
    knock_out: tuple[KnockOut, ...] = Field((), description="Caps.")
    bands: tuple[float, ...] = Field((), description="Level 1 from the first number, level 2 from the second, ...")
    levels: tuple[LevelRule, ...] = Field((), description="Staged levels, instead of bands.")
    round: Rounding | None = Field(None, description="A declared rounding of the score.")
    rescale: Rescale | None = Field(None, description="Stretch to the reachable range.")


class LevelName(Model):
    """What a level is called."""

    level: int = Field(ge=0, le=99, description="The level's number.")
    title: Text = Field(description="Its name.")
    description: Text | None = Field(None, description="What a company at this level typically has in place.")


class Advice(Model):
    """What all advice has."""

    title: Text = Field(description="The step, verb first.")
    why: Text = Field(description="What it gives the company.")
    first_step: Text = Field(description="What to do this month.")
    hours: float = Field(gt=0, description="The company's own hours.")
    hours_note: Text | None = Field(None, description="What the hours don't say, such as hours that come back.")
    cost: Literal["none", "under_10000", "under_50000", "more"] = Field(description="Cost class in SEK.")
    kind: HelpKind = Field(description="The kind of help that fits; partners offer kinds.")
    sources: tuple[Id, ...] = Field((), description="Ids in the questionnaire's sources.")


class Recommendation(Advice):
    """A step that is worth taking when its rule holds."""

    id: Id = Field(description="Names the rule; shown in the report.")
    if_: Condition = Field(alias="if", description="When it is given; unknown doesn't.")
    targets: dict[Reference, int | float] = Field(
        min_length=1,
        description="What it aims at: a ladder position for each question, or points for a number or counts question.",
    )


class ScoringModel(Model):
    """How a questionnaire's answers count."""

    scoring: DefinitionId = Field(description="The scoring model's id.")
    version: Version = Field(description="Raised with each change that moves a score.")
    title: Text = Field(description="Its name.")
    questionnaire: DefinitionId = Field(description="The questionnaire that it scores.")
    programme: DefinitionId | None = Field(None, description="The programme whose partners can help.")
    indication: bool = Field(False, description="Scores are marked as an indication only.")
    display_digits: int = Field(0, ge=0, le=3, description="Decimals of scores in reports. Scores stay unrounded.")
    groups: tuple[Id, ...] = Field((), description="Score only items of these groups; empty: all items.")
    levels: tuple[LevelName, ...] = Field((), description="Names of levels.")
    items: dict[Reference, Item] = Field({}, description="Rules for questions that aren't a ladder from 0 to 100.")
    tree: Node = Field(description="The nodes; the root's children are the areas.")
    report: ReportPart = Field(ReportPart(), description="What the report shows besides scores and advice.")
    find_out: Advice | None = Field(None, description="The step for an area with too little basis.")
    recommendations: tuple[Recommendation, ...] = Field((), description="The advice.")

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """All nodes by id, parents before children."""
        return {node.id: node for node, _ in walk(self.tree)}

    @cached_property
    def areas(self) -> tuple[Node, ...]:
        """The root's children that are nodes; the root itself where it has none."""
        return tuple(child for child in self.tree.children if isinstance(child, Node)) or (self.tree,)

    def item(self, reference: str) -> Item:
        """The rule for a question; a plain ladder where the model has none."""
        return self.items.get(reference, Item())

    def level_title(self, level: int | None) -> Text | None:
        """A level's name, if it has one."""
        return next((name.title for name in self.levels if name.level == level), None)


def walk(node: Node, path: tuple[str | int, ...] = ("tree",)) -> Iterator[tuple[Node, tuple[str | int, ...]]]:
    """A node and all below it, parents first, each with its place in the file."""
    yield node, path
    for index, child in enumerate(node.children):
        if isinstance(child, Node):
            yield from walk(child, (*path, "children", index))


def leaf_of(child: Any) -> Leaf | None:
    """An item's place, whether written as a name or with a weight; None for a node."""
    if isinstance(child, str):
        return Leaf(item=child)
    return child if isinstance(child, Leaf) else None


Node.model_rebuild()
