"""Scores as a table: the columns of `score`, a row a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from aimaturity.responses.table import Company
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


def identity_columns(companies: Sequence[Company], several_files: bool) -> dict[str, list[Any]]:
    """`source_file` (if several), `source_row`, `company`, and those of name, organisationsnummer, respondent and
    submitted that any company has."""
    columns: dict[str, list[Any]] = {}
    if several_files:
        columns["source_file"] = [company.source_file for company in companies]
    columns["source_row"] = [company.source_row for company in companies]
    columns["company"] = [company.id for company in companies]
    for name in IDENTITY:
        values = [getattr(company, name) for company in companies]
        if any(value is not None for value in values):
            columns[name] = values
    return columns


def as_levels(columns: Mapping[str, npt.NDArray[np.float64]]) -> set[str]:
    """Headings whose numbers are whole levels."""
    return {name for name in columns if name in {"level", "level_low", "level_high"} or name.endswith("_level")}
