"""From a published case to an ordinary questionnaire, scoring model and answers. No case has code of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Case = dict[str, Any]


def name(published: str) -> str:
    """A published id as one of ours; `x_` and `_x` keep clear of reserved names."""
    return "x_" + re.sub(r"[^a-z0-9]+", "_", published.lower()).strip("_") + "_x"


@dataclass
class Files:
    """What a case becomes."""

    questionnaire: dict[str, Any]
    model: dict[str, Any]
    answers: dict[str, Any] = field(default_factory=dict)


def convert(case: Case) -> Files:
    """The case as two definitions and an answer to each question."""
    root = case["structure"]
    leaves = list(_leaves(root))
    out = root.get("scale_out") if root.get("normalise") else None
    questions = [_question(leaf) for leaf in leaves]
    tree = _node(root, case)
    tree["minimum_coverage"] = root.get("min_answered_share", 0)
    tree["missing"] = _missing(case)
    model = {
        "scoring": "published",
        "version": "1",
        "title": "published",
        "questionnaire": "published",
        "groups": root.get("selected_groups", []),
        "items": {name(leaf["item"]): _item(leaf, out) for leaf in leaves},
        "tree": tree,
    }
    questionnaire = {
        "questionnaire": "published",
        "version": "1",
        "languages": ["en"],
        "title": "published",
        "sections": [{"id": "all", "title": "all", "questions": questions}],
    }
    given = {leaf["item"]: _answer(leaf, case["answers"].get(leaf["item"])) for leaf in leaves}
    return Files(questionnaire, model, {name(item): answer for item, answer in given.items() if answer is not None})


def _leaves(node: Case) -> Any:
    if "of_item" in node:
        yield {"item": node["of_item"], "scale": [0, 100]}
    for child in [*node.get("children", []), *(c for level in node.get("levels", []) for c in level["children"])]:
        if "item" in child:
            yield child
        else:
            yield from _leaves(child)


def _labels(leaf: Case) -> dict[str, Any]:
    """option id -> the value published for it."""
    options = leaf["options"]
    if isinstance(options, dict):
        return {name(key): value for key, value in options.items()}
    if all(isinstance(option, int | float) for option in options):
        return {f"x_{index}": float(option) for index, option in enumerate(options)}
    return {f"x_{index}": float(index) for index, _ in enumerate(options)}


def _question(leaf: Case) -> dict[str, Any]:
    question: dict[str, Any] = {"id": name(leaf["item"]), "text": leaf["item"], "allow": ["not_applicable"]}
    if "shown_if" in leaf:
        condition = leaf["shown_if"]
        question["show_if"] = {"question": name(condition["item"]), "is": name(condition["option"])}
    if "options" in leaf:
        question["kind"] = "multiple" if leaf.get("kind") == "multi" else "single"
        question["options"] = [{"id": option, "text": option} for option in _labels(leaf)]
    else:
        low, high = leaf.get("scale") or (leaf["transform"]["low"], leaf["transform"]["high"])
        question |= {"kind": "number", "minimum": low, "maximum": high, "decimals": 2}
    return question


def _item(leaf: Case, out: list[float] | None) -> dict[str, Any]:
    item: dict[str, Any] = {"groups": leaf.get("groups", [])}
    if leaf.get("kind") == "multi":
        rule = {"mean_selected": "mean", "share_of_total_weight": "share_of_weight"}[leaf["option_score"]]
        return item | {"ticks": {"rule": rule, "weights": _labels(leaf)}}
    if "options" in leaf:
        return item | {"points": _on_scale(_labels(leaf), out)}
    if "transform" in leaf:
        posts = leaf["transform"]
        line = {"low": posts["low"], "high": posts["high"], "lowest": 0, "highest": posts["multiply"]}
        return item | {"goalposts": line, "reverse": posts["direction"] == -1}
    if out is not None:
        low, high = leaf["scale"]
        return item | {"goalposts": {"low": low, "high": high, "lowest": out[0], "highest": out[1]}}
    return item | {"as_it_is": True}


def _on_scale(points: dict[str, Any], out: list[float] | None) -> dict[str, Any]:
    """The options' values; on the outer scale by their own range, where the case normalises."""
    if out is None:
        return points
    low, high = min(points.values()), max(points.values())
    return {option: out[0] + (value - low) / (high - low) * (out[1] - out[0]) for option, value in points.items()}


def _missing(case: Case) -> dict[str, Any]:
    if case["missing_policy"] == "zero":
        return {"blank": "zero", "dont_know": "zero"}
    if case["missing_policy"] == "na_to_target":
        return {"not_applicable": {"value": case["structure"]["na_target"]}}
    return {}


AGGREGATES = {
    "weighted_mean": "mean",
    "weighted_sum": "sum",
    "pooled_weighted_mean": "mean",
    "share_true": "share",
    "band": "mean",
    "staged_plus": "staged",
    "capability_level": "staged",
}


def _node(node: Case, case: Case) -> dict[str, Any]:
    aggregate = node["aggregate"]
    made: dict[str, Any] = {"id": name(node["id"]), "aggregate": AGGREGATES.get(aggregate, aggregate)}
    made["pooled"] = aggregate == "pooled_weighted_mean"
    factor = node.get("multiply", 1) if aggregate == "sum" else 1
    weighted = aggregate != "mean"
    made["children"] = [_child(child, case, weighted, factor) for child in node.get("children", [])]
    if "of_item" in node:
        made["children"] = [name(node["of_item"])]
        made["bands"] = [bound for _, bound in node["thresholds"]]
    if node.get("attained_if_all"):
        made["bands"] = [100]
    if "levels" in node:
        made["levels"] = _levels(node)
        made["children"] = [name(child["item"]) for level in node["levels"] for child in level["children"]]
    if "round" in node:
        made["round"] = node["round"]
    if node.get("if_incomplete") == "zero":
        made["incomplete"] = "zero"
    return made


def _child(child: Case, case: Case, weighted: bool, factor: float) -> dict[str, Any]:
    weight = (child.get("weight", 1) if weighted else 1) * factor
    if "item" in child:
        return {"item": name(child["item"]), "weight": weight, "reason": "published"}
    return _node(child, case) | {"weight": weight, "reason": "published"}


def _levels(node: Case) -> list[dict[str, Any]]:
    """Stages: every criterion of a level; for capability levels, own attributes over 50 and all lower ones over 85."""
    levels: list[dict[str, Any]] = []
    lower: list[str] = []
    for level in node["levels"]:
        own = [name(child["item"]) for child in level["children"]]
        if node["aggregate"] == "staged_plus":
            requires = [{"question": item, "at_least": 1} for item in own]
        else:  # band edges belong to the lower rating: above 50 is from 50.01 on a grid of two decimals
            requires = [{"question": item, "at_least": node["bands"]["L"][0] + 0.01} for item in own]
            requires += [{"question": item, "at_least": node["bands"]["F"][0] + 0.01} for item in lower]
        levels.append({"level": level["level"], "requires": requires})
        lower += own
    return levels


def _answer(leaf: Case, given: Any) -> Any:
    if given is None or given in ("dont_know", "not_applicable"):
        return None if given is None else {"state": given}
    if leaf.get("kind") == "multi":
        return [name(option) for option in given]
    if "options" not in leaf:
        return given
    if isinstance(leaf["options"], dict):
        return name(given)
    return f"x_{leaf['options'].index(given)}"
