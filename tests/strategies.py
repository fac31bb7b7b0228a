"""Random questionnaires, models and answers: small, but with every feature. Each is drawn from one `random.Random`."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Questionnaire, Single
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.responses.given import State
from aimaturity.responses.table import AnswerTable, blank_table
from tests.plain import Plain

MOST_SETS = 250
"""Complete answer sets a case may have."""


@dataclass
class Case:
    """A model of a questionnaire, and some companies' answers."""

    questionnaire: Questionnaire
    model: ScoringModel
    companies: list[dict[str, Any]]


def table(questionnaire: Questionnaire, companies: list[dict[str, Any]]) -> AnswerTable:
    """Plain answers as the engine's table."""
    made = blank_table(questionnaire, len(companies))
    for row, answers in enumerate(companies):
        for name, question in questionnaire.variables():
            given = answers.get(name)
            if given is None:
                continue
            if given in ("dont_know", "not_applicable"):
                made.state[name][row] = State[given.upper()]
                continue
            made.state[name][row] = State.ANSWERED
            ids = [option.id for option in questionnaire.options_of(question)]
            if isinstance(question, Single | Grid):
                made.value[name][row] = ids.index(given)
            elif isinstance(question, Multiple):
                made.value[name][row] = sum(1 << ids.index(option) for option in given)
            elif isinstance(question, Counts):
                for part, number in given.items():
                    made.value[f"{name}.{part}"][row] = number
            else:
                made.value[name][row] = given
    return made


class Maker:
    """Makes one case. `rising`: only what never lowers a score as answers get better."""

    def __init__(self, random: Random, rising: bool) -> None:
        self.r, self.rising = random, rising
        self.kinds: dict[str, dict[str, Any]] = {}
        self.gating_counts: set[str] = set()

    def chance(self, share: float) -> bool:
        return self.r.random() < share

    # -- questionnaire --

    def questionnaire(self) -> dict[str, Any]:
        questions = []
        for index in range(self.r.randint(2, 5)):
            question = self._question(f"q{index}")
            known = dict(self.kinds)
            if known and self.chance(0.35):
                question["show_if"] = self.condition(known, 0 if self.rising else 2)
            if not self.rising and self.chance(0.12):
                question["not_applicable_if"] = self.condition(known | {question["id"]: question}, 1)
            questions.append(question)
            self._remember(question)
        section = {"id": "s", "title": "s", "questions": questions}
        return {"questionnaire": "q", "version": "1", "languages": ["sv"], "title": "å", "sections": [section]}

    def _question(self, name: str) -> dict[str, Any]:
        kind = "single" if self.rising else self.r.choice(["single"] * 5 + ["multiple", "number", "counts", "grid"])
        question: dict[str, Any] = {"id": name, "kind": kind, "text": name}
        if self.chance(0.4):
            question["allow"] = ["not_applicable"]
        if kind in ("single", "grid", "multiple"):
            question["options"] = [{"id": f"o{i}", "text": "o"} for i in range(self.r.randint(2, 4))]
        if kind == "multiple":
            if self.chance(0.5):
                question["options"].append({"id": "none", "text": "none", "exclusive": True})
            if self.chance(0.3):
                question["at_most"] = self.r.randint(1, 2)
        if kind == "grid":
            question["rows"] = [{"id": f"r{i}", "text": "r"} for i in range(self.r.randint(1, 2))]
        if kind == "number":
            question |= {"minimum": self.r.choice([0, 0, 1, -2]), "maximum": self.r.randint(2, 4)}
        if kind == "counts":
            parts = [{"id": f"p{i}", "text": "p"} for i in range(self.r.choice([2, 2, 4]))]
            question |= {"minimum": 0, "maximum": 2, "parts": parts}
        return question

    def _remember(self, question: dict[str, Any]) -> None:
        self.kinds[question["id"]] = question

    # -- conditions --

    def condition(self, known: dict[str, Any], depth: int, item_names: tuple[str, ...] = ()) -> dict[str, Any]:
        if depth and self.chance(0.4):
            how = self.r.choice(["all", "any", "not"])
            if how == "not":
                return {"not": self.condition(known, depth - 1, item_names)}
            return {how: [self.condition(known, depth - 1, item_names) for _ in range(self.r.randint(1, 2))]}
        if item_names and self.chance(0.2):
            return {
                "item": self.r.choice(item_names),
                self.r.choice(["at_least", "below"]): self.r.choice([0, 30, 50, 100]),
            }
        return self._atom(known[self.r.choice(list(known))])

    def _atom(self, question: dict[str, Any]) -> dict[str, Any]:
        name, kind = question["id"], question["kind"]
        reference = f"{name}.{self.r.choice(question['rows'])['id']}" if kind == "grid" else name
        if self.rising:
            return {"question": reference, "at_least": self.r.randint(1, len(question["options"]) - 1)}
        if kind == "counts":
            self.gating_counts.add(name)
        if self.chance(0.15):
            return {"question": reference, "answered": True}
        if self.chance(0.12):
            states = ["answered", "dont_know", "not_applicable", "hidden", "blank"]
            return {"question": reference, "state": self.r.choice(states)}
        if kind == "multiple":
            return {"question": reference, "is": self.r.choice(question["options"])["id"]}
        if kind in ("number", "counts"):
            if kind == "counts" and self.chance(0.5):
                reference = f"{name}.{self.r.choice(question['parts'])['id']}"
            test = self.r.choice(["at_least", "below", "is"])
            return {"question": reference, test: self.r.randint(int(question["minimum"]), int(question["maximum"]))}
        test = self.r.choice(["at_least", "below", "is"])
        option = self.r.randrange(len(question["options"]))
        if test == "is":
            chosen = f"o{option}"
            return {"question": reference, "is": [chosen, "o0"] if self.chance(0.2) else chosen}
        return {"question": reference, test: self.r.choice([option, f"o{option}"])}

    # -- model --

    def model(self) -> dict[str, Any]:
        variables = []
        for question in self.kinds.values():
            if question["kind"] == "grid":
                variables += [(f"{question['id']}.{row['id']}", question) for row in question["rows"]]
            elif question["kind"] != "counts" or question["id"] not in self.gating_counts:
                variables.append((question["id"], question))
        if not variables:
            variables = [(name, q) for name, q in self.kinds.items() if q["kind"] == "single"]
        assume(bool(variables))
        self.items = {}
        for name, question in variables:
            item = self._item(question)
            if item:
                self.items[name] = item
        names = [name for name, _ in variables]
        # Worlds put a combined value in the place of a scored counts question, which conditions then can't read.
        self.readable = {name: q for name, q in self.kinds.items() if q["kind"] != "counts" or name not in names}
        self.scored = tuple(names)
        self.used_ids = 0
        tree = self._node(names, 0)
        tree["minimum_coverage"] = self.r.choice([0, 0, 0.5, 0.6])
        return {
            "scoring": "m", "version": "1", "title": "m", "questionnaire": "q", "items": self.items, "tree": tree,
        }  # fmt: skip

    def _item(self, question: dict[str, Any]) -> dict[str, Any]:
        kind = question["kind"]
        item: dict[str, Any] = {}
        points = [0, 10, 25, 40, 50, 75, 100]
        if kind in ("single", "grid"):
            count = len(question["options"])
            chosen = sorted(self.r.choices(points, k=count)) if self.rising else self.r.choices(points, k=count)
            if self.rising:  # children of one node share one reachable range
                chosen[0], chosen[-1] = 0, 100
            if self.chance(0.5):
                item["points"] = {f"o{i}": value for i, value in enumerate(chosen)}
                if not self.rising and self.chance(0.25):
                    item["points"][f"o{self.r.randrange(count)}"] = None
                if not self.rising and self.chance(0.1):  # drafted, and not filled in yet
                    item["points"] = dict.fromkeys(item["points"])
            elif not self.rising and self.chance(0.3):
                item["ladder"] = {"lowest": self.r.choice([0, 10]), "highest": self.r.choice([50, 100])}
        elif kind == "multiple":
            weights = {o["id"]: self.r.choice([0.5, 1, 2, 30]) for o in question["options"] if self.chance(0.5)}
            rule = self.r.choice(["share", "sum", "mean", "share_of_weight"])
            item["ticks"] = {"rule": rule, "weights": weights}
            if rule == "sum":
                item["ticks"] |= {"start": self.r.choice([0, 1]), "minimum": 0, "maximum": self.r.choice([3, 100])}
        elif kind == "number":
            low, high = question["minimum"], question["maximum"]
            if self.chance(0.5):
                item["curve"] = [
                    [low, self.r.choice(points)],
                    [low + 1, self.r.choice(points)],
                    [high + 1, self.r.choice(points)],
                ]
            elif self.chance(0.5) or low < 0:
                item["goalposts"] = {"low": low, "high": high, "highest": 100}
            else:
                item["as_it_is"] = True
        else:
            four = len(question["parts"]) == 4
            rule = self.r.choice(["sum", "balance"] if four else ["sum", "lesser_share", "ratio"])
            parts = [part["id"] for part in question["parts"]]
            item["combine"] = {"rule": rule, "parts": parts}
            item["curve"] = [[0, self.r.choice(points)], [0.25, self.r.choice(points)], [1, self.r.choice(points)]]
        if not self.rising and self.chance(0.15):
            item["reverse"] = True
        return item

    def _node(self, names: list[str], depth: int) -> dict[str, Any]:
        self.used_ids += 1
        node: dict[str, Any] = {"id": f"n{self.used_ids}"}
        children: list[Any] = []
        if depth < 2 and len(names) > 1 and self.chance(0.6):
            cut = self.r.randint(1, len(names) - 1)
            for part in (names[:cut], names[cut:]):
                child = self._node(part, depth + 1)
                child["weight"] = self._weight()
                children.append(child)
        else:
            children = [{"item": name, "weight": self._weight()} for name in names]
        if not any(child["weight"] for child in children):
            children[0]["weight"] = 1
        node["children"] = children
        aggregates = ["mean"] * 6 + [
            "sum",
            "geometric_mean",
            "harmonic_mean",
            "power_mean",
            "minimum",
            "maximum",
            "share",
        ]
        node["aggregate"] = self.r.choice(["mean", "mean", "minimum", "maximum"] if self.rising else aggregates)
        if depth == 0 and children and "id" in children[0] and self.chance(0.3):
            node["aggregate"] = "none"
        if node["aggregate"] == "power_mean":
            node["exponent"] = self.r.choice([-2, 0.5, 2, 3])
        if node["aggregate"] == "share" and self.chance(0.5):
            node["share_from"] = self.r.choice([25, 50, 100])
        if node["aggregate"] != "none":
            self._extras(node, names)
        self._missing(node, depth)
        self._levels(node, names, depth)
        return node

    def _weight(self) -> float:
        return self.r.choice([1, 1, 1, 2, 3, 0.5, 0.3] + ([] if self.rising else [0]))

    def _extras(self, node: dict[str, Any], names: list[str]) -> None:
        node["pooled"] = self.chance(0.25)
        if self.chance(0.15):
            node["minimum_answered"] = self.r.randint(1, len(names))
        if node["aggregate"] == "mean" and self.chance(0.12):
            node["unasked"] = self.r.choice([1, 2.5])
        if self.chance(0.12):
            node["round"] = {
                "digits": self.r.randint(0, 2),
                "mode": self.r.choice(["half_up", "half_even", "truncate"]),
            }
        if not self.rising and self.chance(0.1):
            node["rescale"] = {"lowest": self.r.choice([0, 1]), "highest": self.r.choice([5, 100])}
        if self.rising:
            return
        if self.chance(0.12):
            node["empty"] = "zero"
        if self.chance(0.08):
            node["incomplete"] = "zero"
        if self.chance(0.12):
            node["below_minimum"] = "leave_out"
        if self.chance(0.2):
            condition = self.condition(self.readable, 2, self.scored) if self.readable else {"node": "", "below": 0}
            below = [child["id"] for child in node["children"] if "id" in child and child["aggregate"] != "none"]
            if below and self.chance(0.5):
                condition = {"node": self.r.choice(below), "below": self.r.choice([20, 50])}
            if condition.get("node") == "":
                return
            node["knock_out"] = [{"if": condition, "cap": self.r.choice([0, 20, 40])}]

    def _missing(self, node: dict[str, Any], depth: int) -> None:
        if self.rising:
            if depth == 0:
                node["missing"] = {"hidden": "zero"}
            return
        if self.chance(0.35):
            states = ["blank", "dont_know", "not_applicable", "hidden"]
            node["missing"] = {
                state: self.r.choice(["zero", "leave_out", {"value": self.r.choice([5, 50])}])
                for state in states
                if self.chance(0.4)
            }

    def _levels(self, node: dict[str, Any], names: list[str], depth: int) -> None:
        below = [child["id"] for child in node["children"] if "id" in child]
        if node["aggregate"] != "none" and self.chance(0.35):
            node["bands"] = sorted(self.r.sample([0, 20, 25, 40, 50, 60, 75, 80], self.r.randint(1, 4)))
            return
        staged = node["aggregate"] == "none" or self.chance(0.25)
        if not staged or not self.readable:
            return
        known = self.readable
        rules: list[dict[str, Any]] = [{"level": 1}]
        for level in range(2, self.r.randint(2, 4) + 1):
            requires = [self.condition(known, 0 if self.rising else 2, () if self.rising else self.scored)
                        for _ in range(self.r.randint(0, 2))]  # fmt: skip
            if below and self.chance(0.6):
                requires.append({"node": self.r.choice(below), "at_least": self.r.choice([20, 40, 50])})
            rules.append({"level": level, "requires": requires})
        if node["aggregate"] != "none" and self.chance(0.3):
            for number, rule in enumerate(rules):
                rule["from"] = 20 * number
        elif not self.rising and node["aggregate"] == "mean" and not node.get("unasked") and self.chance(0.4):
            node["aggregate"] = "staged"
        node["levels"] = rules

    # -- answers --

    def company(self, plain: Plain) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for name, question in plain.variables.items():
            draw = self.r.random()
            if draw < 0.12:
                answers[name] = "dont_know"
            elif draw < 0.2:
                answers[name] = "not_applicable"
            elif draw < 0.85:
                answers[name] = self._answer(plain, name, question)
        return answers

    def _answer(self, plain: Plain, name: str, question: Any) -> Any:
        if isinstance(question, Counts):
            high = int(question.maximum)
            return {part.id: self.r.randint(0, high) for part in question.parts}
        return self.r.choice(plain.values(name))


@st.composite
def cases(draw: Any, rising: bool = False, companies: int = 4) -> Case:
    """A case whose complete answer sets can be gone through."""
    maker = Maker(draw(st.randoms(use_true_random=True)), rising)
    questionnaire = Questionnaire.model_validate_json(json.dumps(maker.questionnaire()))
    model = ScoringModel.model_validate_json(json.dumps(maker.model()))
    plain = Plain(questionnaire, model)
    assume(_is_sound(plain, model))
    made = [maker.company(plain) for _ in range(companies)]
    made = [answers for answers in made if plain.complete_sets(answers) <= MOST_SETS]
    assume(bool(made))
    return Case(questionnaire, model, made)


def _is_sound(plain: Plain, model: ScoringModel) -> bool:
    """Whether no value below 0 can come under a root, as `check` demands, and every number is finite."""

    def sound(node: Any) -> bool:
        inner = [child for child in node.children if not isinstance(child, str) and hasattr(child, "children")]
        lows = [plain._end(child, 0) for _, child in plain._reach_members(node)]
        rooted = node.aggregate in ("geometric_mean", "harmonic_mean", "power_mean")
        return all(sound(child) for child in inner) and not (rooted and any(low < 0 for low in lows))

    return sound(model.tree) and all(math.isfinite(x) for x in plain.node_reach(model.tree))


def numbers(values: Any) -> list[float | None]:
    """An array with None for NaN."""
    return [None if np.isnan(value) else float(value) for value in values]
