"""Checks of a scoring model's items: that each rule fits its question."""

from __future__ import annotations

from typing import Any

from aimaturity.definitions.checks import Finding, Findings
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Multiple, Number, Questionnaire
from aimaturity.definitions.scoring_model import Combine, Item, ScoringModel, Ticks
from aimaturity.definitions.validation import near
from aimaturity.definitions.yaml_source import DataPath

RULES = ("ladder", "points", "ticks", "curve", "goalposts", "as_it_is")
FITS = {
    "single": ("ladder", "points"),
    "grid": ("ladder", "points"),
    "multiple": ("ticks",),
    "number": ("curve", "goalposts", "as_it_is"),
    "counts": ("curve", "goalposts", "as_it_is"),
}
COMBINED_PARTS = {"lesser_share": 2, "ratio": 2, "balance": 4}


def item_findings(name: str, question: Any, model: ScoringModel, q: Questionnaire, used_at: DataPath) -> Findings:
    """What is wrong with the rule for one variable. `used_at`: where the tree names it, if `items` doesn't."""
    item, path = model.item(name), ("items", name) if name in model.items else used_at
    if isinstance(question, FreeText | Date):
        yield Finding("AIM205", path, {"name": name, "kind": question.kind})
        return
    given = [rule for rule in RULES if getattr(item, rule) is not None]
    allowed = FITS[question.kind]
    if not given and question.kind in ("number", "counts"):
        yield Finding("AIM206", path, {"name": name, "rules": ", ".join(allowed)}, on_key=True, about=name)
    for rule in given:
        if rule not in allowed:
            facts = {"name": name, "rule": rule, "kind": question.kind, "rules": ", ".join(allowed)}
            yield Finding("AIM207", (*path, rule), facts, on_key=True)
    if len(given) > 1:
        yield Finding("AIM208", path, {"name": name, "rules": ", ".join(given)}, on_key=True)
    yield from _points(item, question, q, path)
    yield from _ticks(item.ticks, question, q, path)
    yield from _lines(item, path)
    yield from _combine(item, question, path)


def _points(item: Item, question: Any, q: Questionnaire, path: DataPath) -> Findings:
    if item.points is None:
        return
    options = [option.id for option in q.options_of(question)]
    for name in item.points:
        if name not in options:
            facts = {"name": name, "near": near(name, options)}
            yield Finding("AIM101", (*path, "points", name), facts, on_key=True, about=name)
    lacking = [name for name in options if name not in item.points]
    if lacking and not set(item.points) - set(options):
        yield Finding("AIM201", (*path, "points"), {"names": ", ".join(lacking)}, on_key=True)
    if item.points and all(points is None for points in item.points.values()):
        yield Finding("AIM209", (*path, "points"), on_key=True)


def _ticks(ticks: Ticks | None, question: Any, q: Questionnaire, path: DataPath) -> Findings:
    if ticks is None or not isinstance(question, Multiple):
        return
    options = {option.id: 0.0 if option.exclusive else 1.0 for option in q.options_of(question)}
    for name in ticks.weights:
        if name not in options:
            facts = {"name": name, "near": near(name, options)}
            yield Finding("AIM101", (*path, "ticks", "weights", name), facts, on_key=True, about=name)
    total = sum((options | ticks.weights).values())
    if ticks.rule == "share_of_weight" and total <= 0:
        yield Finding("AIM210", (*path, "ticks"), {"total": f"{total:g}"}, on_key=True)
    if ticks.minimum is not None and ticks.maximum is not None and ticks.minimum > ticks.maximum:
        facts = {"minimum": f"{ticks.minimum:g}", "maximum": f"{ticks.maximum:g}"}
        yield Finding("AIM123", (*path, "ticks", "minimum"), facts)


def _lines(item: Item, path: DataPath) -> Findings:
    if item.curve is not None:
        for index, (left, right) in enumerate(zip(item.curve, item.curve[1:], strict=False), start=1):
            if right[0] <= left[0]:
                facts = {"left": f"{left[0]:g}", "right": f"{right[0]:g}"}
                yield Finding("AIM211", (*path, "curve", index), facts)
    if item.goalposts is not None and item.goalposts.low == item.goalposts.high:
        yield Finding("AIM212", (*path, "goalposts"), on_key=True)


def _combine(item: Item, question: Any, path: DataPath) -> Findings:
    if not isinstance(question, Counts):
        if item.combine is not None and isinstance(question, Number | Multiple):
            yield Finding("AIM207", (*path, "combine"), {"name": question.id, "rule": "combine", "kind": question.kind,
                          "rules": ", ".join(FITS[question.kind])}, on_key=True)  # fmt: skip
        return
    combine: Combine | None = item.combine
    if combine is None:
        yield Finding("AIM213", path, {"name": question.id}, on_key=True, about=question.id)
        return
    known = [part.id for part in question.parts]
    for index, name in enumerate(combine.parts):
        if name not in known:
            named = {"name": name, "question": question.id, "near": near(name, known)}
            yield Finding("AIM108", (*path, "combine", "parts", index), named, about=name)
    wanted = COMBINED_PARTS.get(combine.rule)
    if wanted is not None and len(combine.parts) != wanted:
        facts: dict[str, Any] = {"rule": combine.rule, "wanted": wanted, "count": len(combine.parts)}
        yield Finding("AIM214", (*path, "combine", "parts"), facts, on_key=True)
