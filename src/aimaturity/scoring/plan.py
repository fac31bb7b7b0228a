"""The compiled form of a scoring model: what to evaluate, in which order. Made by `compile.compile_plan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import Aggregate, Item, Node, ScoringModel
from aimaturity.scoring.conditions import Conditions
from aimaturity.scoring.recode import Recoder
from aimaturity.scoring.settle import Variable

MAX_CLASSES = 4096
"""Where the missing gate questions of a company make more classes of values, its bounds are outer ones."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """What one variable's answer gives. `lowest` and `highest` are its reachable points."""

    name: str
    variable: str
    definition: Item
    recode: Recoder
    lowest: float
    highest: float
    has_unscored: bool
    """Whether some option has no points."""
    is_unscored: bool
    """Whether no option has: the points are left empty yet. The item is covered when answered, and never counts."""
    may_lack_points: bool
    """Whether a valid answer can give no points: an option without any, or a divisor of 0."""

    def mirrored(self, points: Any) -> Any:
        """Points after `reverse`."""
        return self.lowest + self.highest - points if self.definition.reverse else points


@dataclass(frozen=True, slots=True)
class Policies:
    """The points that a state counts as in a node, or None where it leaves the node."""

    blank: float | None = None
    dont_know: float | None = None
    not_applicable: float | None = None
    hidden: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A child as its node's aggregate sees it: an item with its policies, or a node. Weight 0 is left out before."""

    name: str
    weight: float
    policies: Policies | None
    lowest: float
    highest: float

    @property
    def is_item(self) -> bool:
        return self.policies is not None


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A node with everything inherited written out."""

    id: str
    definition: Node
    aggregate: Aggregate
    exponent: float
    members: tuple[Member, ...]
    item_names: tuple[str, ...]
    child_nodes: tuple[str, ...]
    minimum_coverage: float
    lowest: float
    highest: float
    raw_lowest: float
    raw_highest: float
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A value that a missing answer could have had: what conditions see, and the points that items get."""

    columns: Mapping[str, float | int]
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Completion:
    """How a variable's missing answer is replaced when bounds are sought.

    `classes` has a lowest and a highest assignment for each class of values; one class where the variable is not a
    branching one. `exact` is False where a class is wider than what one value can be.
    """

    classes: tuple[tuple[Assignment, Assignment], ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of evaluation: a node's value and score, or its level."""

    kind: Literal["value", "level"]
    node: str


@dataclass(frozen=True)
class Plan:
    """A scoring model, ready to run over any number of rows."""

    model: ScoringModel
    questionnaire: Questionnaire
    conditions: Conditions
    variables: tuple[Variable, ...]
    items: tuple[PlanItem, ...]
    nodes: Mapping[str, PlanNode]
    steps: tuple[Step, ...]
    completions: Mapping[str, Completion] = field(default_factory=dict)
    branching: Sequence[str] = ()

    @cached_property
    def by_name(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def item_by_name(self) -> dict[str, PlanItem]:
        return {item.name: item for item in self.items}

    @cached_property
    def limits_in_worlds(self) -> bool:
        """Whether some node leaves its parent when too little in it is answered, which worlds must heed too."""
        return any(node.definition.below_minimum == "leave_out" for node in self.nodes.values())

    @property
    def root(self) -> str:
        return self.model.tree.id
