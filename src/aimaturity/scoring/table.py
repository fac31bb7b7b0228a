"""Scores as a table: the columns of `score`, a row a company."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from aimaturity.responses.survey import Part
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.score import Scores

DECIMALS = 9
IDENTITY = ("name", "organisationsnummer", "respondent", "submitted")


def score_columns(
    plan: Plan, scores: Scores, which: Literal["areas", "all"] = "areas"
) -> dict[str, npt.NDArray[np.float64]]:
    """heading -> (rows,) numbers, NaN for an empty cell: per node `<node>`, `_low`, `_high`, `_coverage`, `_level`,
    then `level`, `level_low`, `level_high` of the root. Points to 9 decimals."""
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for name in shown_nodes(plan, which):
        node = scores.nodes[name]
        columns[name] = np.round(node.score, DECIMALS) + 0.0
        columns[f"{name}_low"] = np.round(node.low, DECIMALS) + 0.0
        columns[f"{name}_high"] = np.round(node.high, DECIMALS) + 0.0
        columns[f"{name}_coverage"] = np.round(node.coverage, DECIMALS) + 0.0
        columns[f"{name}_level"] = node.level
    root = scores.nodes[plan.root]
    columns["level"], columns["level_low"], columns["level_high"] = root.level, root.level_low, root.level_high
    return columns


def shown_nodes(plan: Plan, which: Literal["areas", "all"]) -> list[str]:
    """The areas (and the root, if it has a score); or every node. Parents first."""
    root = [] if plan.nodes[plan.root].aggregate == "none" else [plan.root]
    if which == "areas":
        return list(dict.fromkeys([*root, *(area.id for area in plan.model.areas)]))
    return [name for name in plan.model.nodes if name in root or name != plan.root]


Kind = Literal["text", "row", "points", "share", "level"]
"""What a column holds: words; a row's number; points; a share, 0 to 1; a whole level."""

Data = Sequence[str | None] | npt.NDArray[Any]


def kind_of(heading: str) -> Kind:
    """The kind of a column of scores."""
    if heading in ("level", "level_low", "level_high") or heading.endswith("_level"):
        return "level"
    return "share" if heading.endswith("_coverage") else "points"


def headings(
    plan: Plan, which: Literal["areas", "all"], fields: Collection[str], several_files: bool
) -> dict[str, Kind]:
    """The columns of `score`, in order: `source_file` (if several), `source_row`, `company`, those of name,
    organisationsnummer, respondent and submitted that any file has a column for, then the scores."""
    found: dict[str, Kind] = {"source_file": "text"} if several_files else {}
    found |= {"source_row": "row", "company": "text"}
    found |= {field: "text" for field in IDENTITY if field in fields}
    for node in shown_nodes(plan, which):
        for ending in ("", "_low", "_high", "_coverage", "_level"):
            found[f"{node}{ending}"] = kind_of(f"{node}{ending}")
    return found | {"level": "level", "level_low": "level", "level_high": "level"}


def rows_of(
    names: Iterable[str], part: Part, numbers: Mapping[str, npt.NDArray[np.float64]], file: str
) -> dict[str, Data]:
    """One part of a file as columns of `score`. `numbers`: its scores, from `score_columns`."""
    rows = len(part.numbers)
    made: dict[str, Data] = {}
    for name in names:
        if name in numbers:
            made[name] = numbers[name]
        elif name == "source_row":
            made[name] = part.numbers
        elif name == "source_file":
            made[name] = [file] * rows
        else:
            made[name] = part.identity.get(name) or [None] * rows
    return made
