"""What an evaluation holds: states, points, values, scores and levels of every row of a batch, or of a world of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.scoring.aggregate import Column, Floats, Mask
from aimaturity.scoring.conditions import View


class Reason(IntEnum):
    """Why a node has no score."""

    NONE = 0
    CONTAINER = 1
    ZERO_IN_MEAN = 2
    NOTHING_APPLIES = 3
    TOO_LITTLE_BASIS = 4
    NO_ANSWERS = 5


@dataclass(frozen=True)
class World:
    """A completion of missing answers: which rows are replaced, by which values and points.

    base      the evaluation that it is a world of
    rows      which of its rows, in which order; None for all as they are
    replaced  variable -> rows in which its missing answer is replaced, by what columns (as conditions see them)
              and points (as items give them) say: one number for all rows, or one a row
    """

    base: Evaluation
    rows: npt.NDArray[np.intp] | None
    replaced: Mapping[str, Mask]
    columns: Mapping[str, float | int | npt.NDArray[Any]]
    points: Mapping[str, float | Floats]
    highest: bool

    def of(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A column of the base, for this world's rows."""
        taken: npt.NDArray[Any] = column if self.rows is None else column[self.rows]
        return taken


@dataclass(frozen=True, slots=True)
class ValueStages:
    """A node's value on its way, each (rows,): the bare aggregate, then as each rule of the node leaves it."""

    aggregated: Floats
    completed: Floats
    rescaled: Floats
    capped: Floats


@dataclass
class NodeValues:
    """What one node comes to, each (rows,). NaN where there is none."""

    value: Floats
    score: Floats
    reason: npt.NDArray[np.uint8]
    coverage: Floats
    applies: Mask
    answered: npt.NDArray[np.int32]
    refused: Mask
    stages: ValueStages
    level: Floats
    columns: tuple[Column, ...] = ()


@dataclass
class Evaluation:
    """A batch, evaluated.

    fixed    variable -> rows in which a rule has set not applicable; that outcome stays in every world
    raw      item -> points of the value given and whether it has any, whatever conditions say of it later
    """

    view: View
    fixed: dict[str, Mask] = field(default_factory=dict)
    raw: dict[str, tuple[Floats, Mask]] = field(default_factory=dict)
    nodes: dict[str, NodeValues] = field(default_factory=dict)

    @cached_property
    def nothing(self) -> Floats:
        """(rows,) NaN; shared, never written to."""
        return np.full(self.view.rows, np.nan)
