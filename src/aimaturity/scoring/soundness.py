"""What `check` says of a model's bounds: whether they may be outer ones, and where a score may leave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.definitions.load import load_scoring_model
from aimaturity.definitions.scoring_model import walk
from aimaturity.definitions.yaml_source import DataPath, Source, read_source
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.plan import MAX_CLASSES, Plan, PlanNode


def soundness(paths: Iterable[Path]) -> list[Diagnostic]:
    """Advice on each sound scoring model among the files, and in the folders and below."""
    found: list[Diagnostic] = []
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
        for file in files:
            source, _ = read_source(file)
            if source is not None and isinstance(source.data, dict) and "scoring" in source.data:
                found += _of_model(file, source)
    return found


def _of_model(path: Path, source: Source) -> Iterator[Diagnostic]:
    loaded = load_scoring_model(str(path.resolve()))
    if loaded.model is None or loaded.questionnaire is None:
        return
    plan = compile_plan(loaded.questionnaire, loaded.model)
    classes = float(np.prod([float(len(plan.completions[name].classes)) for name in plan.branching]))
    if classes > MAX_CLASSES:
        names = ", ".join(list(plan.branching)[:8])
        yield problem("AIM260", source.key_at(("tree",)), limit=MAX_CLASSES, names=names)
    for node, place in walk(loaded.model.tree):
        if node.id in plan.nodes:
            for reason in _leaves_bounds(plan, plan.nodes[node.id]):
                yield problem("AIM261", source.key_at(_id(place)), node=node.id, why=reason)


def _id(place: DataPath) -> DataPath:
    return (*place, "id")


def _leaves_bounds(plan: Plan, node: PlanNode) -> Iterator[str]:
    """Why a score of this node may lie outside its bounds (ARCHITECTURE, "Too little basis")."""
    if node.definition.incomplete == "zero" and node.item_names:
        yield "incomplete: zero"
    for member in node.members:
        for state in ("blank", "dont_know"):
            counted = getattr(member.policies, state, None) if member.policies is not None else None
            if counted is not None and not member.lowest <= counted <= member.highest:
                yield f"{state}: {counted:g} ({member.name}: {member.lowest:g}..{member.highest:g})"
    if node.aggregate == "sum":
        if any(not m.lowest <= 0 <= m.highest for m in node.members):
            yield "sum: 0"  # a missing part leaves the sum, as if it were 0
    elif node.aggregate in ("mean", "geometric_mean", "harmonic_mean", "power_mean", "minimum", "maximum"):
        ranges = {(m.lowest, m.highest) for m in node.members}
        if len(ranges) > 1:
            yield "; ".join(f"{low:g}..{high:g}" for low, high in sorted(ranges))
