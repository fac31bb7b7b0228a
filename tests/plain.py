"""A second evaluation, in plain Python, written from docs/scoring-rules.md alone. It shares no code with the engine.

Slow on purpose: one company at a time, and bounds by going through every complete answer set.

Answers: variable -> option id (single, grid row), set of option ids (multiple), number, {part: number} (counts), or a
`Combined` value in the place of counts; "dont_know" or "not_applicable" as stated; absent is blank.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise, product
from typing import Any

from aimaturity.definitions.conditions import All, AnyOf, ItemAtom, NodeAtom, Not
from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Number, Questionnaire, Single
from aimaturity.definitions.scoring_model import CountAs, Leaf, Node, ScoringModel

MISSING = ("dont_know", "blank")


@dataclass(frozen=True)
class Combined:
    """A value that a counts question's numbers could make, in their place."""

    value: float


@dataclass
class NodeOut:
    value: float | None = None
    score: float | None = None
    reason: str | None = None
    coverage: float | None = None
    answered: int = 0
    applies: bool = False
    refused: bool = False
    level: int | None = None


@dataclass
class Out:
    state: dict[str, str] = field(default_factory=dict)
    points: dict[str, float | None] = field(default_factory=dict)
    nodes: dict[str, NodeOut] = field(default_factory=dict)
    by_rule: dict[str, bool] = field(default_factory=dict)


def r9(x: float) -> float:
    return round(x, 9)


class Plain:
    """Evaluates one model."""

    def __init__(self, questionnaire: Questionnaire, model: ScoringModel) -> None:
        self.q, self.m = questionnaire, model
        self.variables = dict(questionnaire.variables())
        self.world: str | None = None
        self.out = Out()
        self.answers: dict[str, Any] = {}

    # -- one answer set --

    def evaluate(
        self, answers: dict[str, Any], world: str | None = None, by_rule: dict[str, bool] | None = None
    ) -> Out:
        """`world` is "low" or "high" for a complete answer set; `by_rule` then holds the outcome of the n/a rules."""
        self.answers, self.world, self.out = answers, world, Out()
        out = self.out
        for name, question in self.variables.items():
            given = answers.get(name)
            has_value = self._has_value(name)
            if by_rule is not None:
                out.by_rule[name] = by_rule[name]
            elif name not in out.by_rule:
                own = [other for other, its in self.variables.items() if its is question]
                for other in own:
                    out.state[other] = "answered" if self._has_value(other) else "blank"
                rule = question.not_applicable_if
                for other in own:
                    out.by_rule[other] = rule is not None and self.truth(rule) is True
            if question.show_if is not None and self.truth(question.show_if) is False:
                out.state[name] = "hidden"
            elif out.by_rule[name]:
                out.state[name] = "not_applicable"
            elif has_value:
                out.state[name] = "answered"
            elif given == "not_applicable" and "not_applicable" in question.allow:
                out.state[name] = "not_applicable"
            else:
                out.state[name] = "dont_know" if given == "dont_know" else "blank"
        for name in self._items():
            answered = out.state[name] == "answered"
            out.points[name] = self.points(name, answers[name]) if answered else None
        self._node(self.m.tree, {})
        self._levels(self.m.tree)
        return out

    def _has_value(self, name: str) -> bool:
        given = self.answers.get(name)
        return given is not None and given not in ("dont_know", "not_applicable")

    def _items(self) -> set[str]:
        return set(self.m.items) | {leaf.item for leaf in self._below(self.m.tree)}

    def _below(self, node: Node) -> Iterator[Leaf]:
        for child in node.children:
            if isinstance(child, Node):
                yield from self._below(child)
            else:
                yield Leaf(item=child) if isinstance(child, str) else child

    # -- conditions: True, False or None for unknown --

    def truth(self, condition: Any, requirement: bool = False, positive: bool = True) -> bool | None:
        if isinstance(condition, All):
            parts = [self.truth(c, requirement, positive) for c in condition.all]
            return False if False in parts else None if None in parts else True
        if isinstance(condition, AnyOf):
            parts = [self.truth(c, requirement, positive) for c in condition.any]
            return True if True in parts else None if None in parts else False
        if isinstance(condition, Not):
            inner = self.truth(condition.not_, requirement, not positive)
            return None if inner is None else not inner
        passing = positive if requirement else False
        if isinstance(condition, NodeAtom):
            return self._node_atom(condition, passing)
        name = condition.item if isinstance(condition, ItemAtom) else condition.question
        variable = name if name in self.variables else name.split(".")[0]
        state = self.out.state[variable]
        if not isinstance(condition, ItemAtom):
            if condition.state is not None:
                return state == condition.state
            if condition.answered:
                return state == "answered"
        if state in MISSING:
            return None
        if state == "hidden":
            return False
        if state == "not_applicable":
            return passing
        if isinstance(condition, ItemAtom):
            points = self.out.points[name]
            if points is None:
                return False
            if condition.at_least is not None:
                return r9(points) >= r9(condition.at_least)
            return r9(points) < r9(condition.below or 0.0)
        return self._compare(condition, variable, name)

    def _node_atom(self, atom: NodeAtom, passing: bool) -> bool | None:
        node = self.out.nodes[atom.node]
        if not node.applies and node.value is None:
            return passing
        if atom.level_at_least is not None:
            return None if node.level is None else node.level >= atom.level_at_least
        number = node.score if self.world is None else node.value
        if number is None:
            return None
        if atom.at_least is not None:
            return r9(number) >= r9(atom.at_least)
        return r9(number) < r9(atom.below or 0.0)

    def _compare(self, atom: Any, variable: str, name: str) -> bool:
        question, value = self.variables[variable], self.answers[variable]
        wanted = atom.is_ if isinstance(atom.is_, tuple) else (atom.is_,)
        if isinstance(question, Multiple):
            return any(option in value for option in wanted)
        if isinstance(question, Single | Grid):
            ids = [option.id for option in self.q.options_of(question)]
            if atom.is_ is not None:
                return value in wanted
            bound = atom.at_least if atom.at_least is not None else atom.below
            step = ids.index(bound) if isinstance(bound, str) else bound
            return ids.index(value) >= step if atom.at_least is not None else ids.index(value) < step
        if isinstance(question, Counts):
            number = sum(value.values()) if name == variable else value[name.split(".")[1]]
        else:
            number = value
        if atom.is_ is not None:
            return r9(number) == r9(atom.is_)
        return r9(number) >= r9(atom.at_least) if atom.at_least is not None else r9(number) < r9(atom.below)

    # -- items --

    def points(self, name: str, value: Any) -> float | None:
        points = self._raw(name, value)
        if points is None or not self.m.item(name).reverse:
            return points
        low, high = self.reach(name)
        return low + high - points

    def _raw(self, name: str, value: Any) -> float | None:
        item, question = self.m.item(name), self.variables[name]
        options = self.q.options_of(question)
        if isinstance(question, Single | Grid):
            if item.points is not None:
                return item.points[value]
            low, high = (item.ladder.lowest, item.ladder.highest) if item.ladder else (0.0, 100.0)
            ids = [option.id for option in options]
            return low + (high - low) * ids.index(value) / (len(ids) - 1)
        if isinstance(question, Multiple):
            return self._ticked(item.ticks, options, value)
        number = self._combined(item.combine, value) if isinstance(question, Counts) else float(value)
        return None if number is None else self._along(item, number)

    def _ticked(self, ticks: Any, options: Any, value: Any) -> float:
        rule = ticks.rule if ticks else "share"
        if rule == "share":
            together = [option.id for option in options if not option.exclusive]
            return 100.0 * sum(option in value for option in together) / len(together)
        weight = {o.id: ticks.weights.get(o.id, 0.0 if o.exclusive else 1.0) for o in options}
        total = sum(weight[option] for option in value)
        if rule == "sum":
            total += ticks.start
            total = total if ticks.minimum is None else max(total, ticks.minimum)
            return total if ticks.maximum is None else min(total, ticks.maximum)
        if rule == "mean":
            return total / len(value)
        return 100.0 * total / sum(weight.values())

    def _combined(self, combine: Any, value: Any) -> float | None:
        if isinstance(value, Combined):
            return value.value
        numbers = [value[part] for part in combine.parts]
        if combine.rule == "sum":
            return float(sum(numbers))
        if combine.rule == "ratio":
            return numbers[0] / numbers[1] if numbers[1] else None
        if combine.rule == "lesser_share":
            return min(numbers) / sum(numbers) if sum(numbers) else None
        if not numbers[1] or not numbers[3]:
            return None
        one, other = numbers[0] / numbers[1], numbers[2] / numbers[3]
        return min(one, other) / max(one, other) if max(one, other) else None

    def _along(self, item: Any, x: float) -> float:
        if item.as_it_is:
            return x
        if item.goalposts:
            posts = item.goalposts
            line = sorted([(posts.low, posts.lowest), (posts.high, posts.highest)])
        else:
            line = list(item.curve)
        if x <= line[0][0]:
            return line[0][1]
        for (x0, y0), (x1, y1) in pairwise(line):
            if x <= x1:
                return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        return line[-1][1]

    def reach(self, name: str) -> tuple[float, float]:
        found = [p for p in (self._raw(name, value) for value in self.values(name)) if p is not None]
        return (min(found), max(found)) if found else (0.0, 0.0)

    def _left_empty(self, name: str) -> bool:
        """Whether the points of an item are left empty: it has coverage, and never counts."""
        points = self.m.item(name).points
        return points is not None and all(value is None for value in points.values())

    def values(self, name: str) -> list[Any]:
        """Every valid value of a variable."""
        question = self.variables[name]
        if isinstance(question, Single | Grid):
            return [option.id for option in self.q.options_of(question)]
        if isinstance(question, Multiple):
            options = self.q.options_of(question)
            together = [option.id for option in options if not option.exclusive]
            most = question.at_most or len(options)
            sets = chain.from_iterable(combinations(together, size) for size in range(1, min(most, len(together)) + 1))
            return [*sets, *((option.id,) for option in options if option.exclusive)]
        if isinstance(question, Number):
            step = 10**-question.decimals
            count = round((question.maximum - question.minimum) / step)
            return [round(question.minimum + step * index, 9) for index in range(count + 1)]
        if isinstance(question, Counts):
            item = self.m.items.get(name)
            if item is not None and item.combine is not None:
                return [Combined(value) for value in self._combinations(item, question)]
            steps = range(int(question.minimum), int(question.maximum) + 1)
            parts = [part.id for part in question.parts]
            return [dict(zip(parts, numbers, strict=True)) for numbers in product(steps, repeat=len(parts))]
        return ["x"]

    def _combinations(self, item: Any, question: Counts) -> list[float]:
        low, high = question.minimum, question.maximum
        ends = {"lesser_share": (0.0, 0.5), "balance": (0.0, 1.0), "sum": (low * len(item.combine.parts),
                high * len(item.combine.parts)), "ratio": (low / high, high / (low or 1.0))}[item.combine.rule]  # fmt: skip
        inner = [x for x, _ in item.curve or ()] + ([item.goalposts.low, item.goalposts.high] if item.goalposts else [])
        return sorted({*ends, *(x for x in inner if ends[0] < x < ends[1])})

    # -- nodes --

    def _policy(self, node: Node, inherited: dict[str, Any]) -> dict[str, Any]:
        mine = dict(inherited)
        for state in ("blank", "dont_know", "not_applicable", "hidden"):
            said = getattr(node.missing, state)
            if said is not None:
                mine[state] = said
        if node.minimum_coverage is not None:
            mine["coverage"] = node.minimum_coverage
        return mine

    def _item(self, name: str, policies: dict[str, Any]) -> tuple[float | None, float | None]:
        """(what it counts as or None, its coverage or None where it doesn't apply)"""
        state, points = self.out.state[name], self.out.points[name]
        if points is not None:
            return points, 1.0
        if self._left_empty(name):
            return None, {"answered": 1.0, "blank": 0.0, "dont_know": 0.0}.get(state)
        if state == "answered":
            rule = self.m.item(name)
            if rule.points is not None and None in rule.points.values():
                return None, None
            state = "blank"
        policy = policies.get(state, "leave_out")
        counted = policy.value if isinstance(policy, CountAs) else 0.0 if policy == "zero" else None
        if state in MISSING:
            return counted, 0.0
        if state == "hidden":
            return counted, None if counted is None else 1.0
        return counted, None

    def _node(self, node: Node, inherited: dict[str, Any]) -> None:
        policies = self._policy(node, inherited)
        for child in node.children:
            if isinstance(child, Node):
                self._node(child, policies)
        out = self.out.nodes[node.id] = NodeOut()
        members = list(self._members(node, policies))
        counting = [(w, x) for w, x, _, _ in members if x is not None and w > 0]
        applying = [(w, c) for w, _, c, _ in members if c is not None and w > 0]
        out.applies = bool(applying)
        if applying:
            out.coverage = sum(w * c for w, c in applying) / sum(w for w, _ in applying)
        names = {leaf.item for leaf in self._below(node)}
        out.answered = sum(self.out.points[name] is not None for name in names)
        out.refused = any(self.out.nodes[c.id].refused for c in node.children if isinstance(c, Node))
        out.value = self._value(node, counting, members, names)
        minimum = policies.get("coverage", 0.6)
        little = out.answered < node.minimum_answered or (out.coverage is not None and r9(out.coverage) < r9(minimum))
        if node.aggregate == "none":
            out.reason = "container"
        elif out.refused and self.world is None:
            out.reason = "zero_in_mean"
        elif out.coverage is None and out.value is None:
            out.reason = "nothing_applies"
        elif little:
            out.reason = "too_little_basis"
        elif out.value is None:
            out.reason = "no_answers"
        out.score = out.value if out.reason is None else None

    def _members(
        self, node: Node, policies: dict[str, Any]
    ) -> Iterator[tuple[float, float | None, float | None, float]]:
        """(weight, what it counts as, coverage, highest reachable) of what the aggregate sees."""
        for child in node.children:
            if isinstance(child, Node):
                if node.pooled:
                    yield from self._members(child.model_copy(update={"pooled": True}), self._policy(child, policies))
                elif child.aggregate != "none":
                    out = self.out.nodes[child.id]
                    left = child.below_minimum == "leave_out" and out.reason == "too_little_basis"
                    coverage = out.coverage if out.applies else None
                    yield child.weight, None if left else out.value, coverage, self.node_reach(child)[1]
            else:
                leaf = Leaf(item=child) if isinstance(child, str) else child
                x, coverage = self._item(leaf.item, policies)
                yield leaf.weight, x, coverage, self.reach(leaf.item)[1]

    def _value(self, node: Node, counting: list[tuple[float, float]], members: Any, names: set[str]) -> float | None:
        if node.aggregate == "none":
            return None
        if node.unasked and self.world is not None:
            low, high = self._raw_reach(node)
            counting = [*counting, (node.unasked, low if self.world == "low" else high)]
        if node.aggregate == "staged":
            value: float | None = float(self._stage(node, None))
        elif node.aggregate == "share":
            value = self._share(node, members)
        else:
            value = self._aggregate(node, counting)
        missing = any(self._is_missing(name) for name in names)
        if node.incomplete == "zero" and self.world is None and missing:
            value = 0.0
        if node.empty == "zero" and value is None:
            value = 0.0
        if value is not None and node.rescale is not None:
            low, high = self._raw_reach(node)
            if low != high:
                to = node.rescale
                value = to.lowest + (value - low) / (high - low) * (to.highest - to.lowest)
        for cap in node.knock_out:
            if value is not None and self.truth(cap.if_) is not False:
                value = min(value, cap.cap)
        if value is not None and node.round is not None:
            value = self._rounded(value, node.round)
        return None if self.out.nodes[node.id].refused and self.world is None else value

    def _is_missing(self, name: str) -> bool:
        return self.out.state[name] in MISSING

    def _share(self, node: Node, members: Any) -> float | None:
        there = [(w, x, top) for w, x, _, top in members if x is not None and w > 0]
        if not there:
            return None
        reached = sum(w for w, x, top in there if r9(x) >= r9(top if node.share_from is None else node.share_from))
        return 100.0 * reached / sum(w for w, _, _ in there)

    def _aggregate(self, node: Node, counting: list[tuple[float, float]]) -> float | None:
        if not counting:
            return None
        kind, total = node.aggregate, sum(w for w, _ in counting)
        if kind == "sum":
            return sum(w * x for w, x in counting)
        if kind in ("minimum", "maximum"):
            return (min if kind == "minimum" else max)(x for _, x in counting)
        power = {"mean": 1.0, "geometric_mean": 0.0, "harmonic_mean": -1.0}.get(kind, node.exponent)
        assert power is not None
        if power != 1 and any(x < 0 or (x == 0 and power <= 0) for _, x in counting):
            if self.world is None:
                self.out.nodes[node.id].refused = True
            return 0.0
        if power == 0:
            return math.exp(sum(w * math.log(x) for w, x in counting) / total)
        return float((sum(w * x**power for w, x in counting) / total) ** (1 / power))

    def _rounded(self, value: float, rule: Any) -> float:
        scale = 10**rule.digits
        x = r9(r9(value) * scale)
        if rule.mode == "half_even":
            return round(x) / scale
        if rule.mode == "truncate":
            return math.trunc(x) / scale
        return math.copysign(math.floor(abs(x) + 0.5), x) / scale

    def _raw_reach(self, node: Node) -> tuple[float, float]:
        """The aggregate's range, everything there."""
        if node.aggregate == "staged":
            return 0.0, float(max((rule.level for rule in node.levels), default=0))
        ends = []
        for end in (0, 1):
            there = [(w, self._end(child, end), self._end(child, 1)) for w, child in self._reach_members(node) if w > 0]
            if node.aggregate == "none" or not there:
                ends.append(0.0)
            elif node.aggregate == "share":
                least = [top if node.share_from is None else node.share_from for _, _, top in there]
                met = sum(w for (w, x, _), bound in zip(there, least, strict=True) if r9(x) >= r9(bound))
                ends.append(100.0 * met / sum(w for w, _, _ in there))
            else:
                kept, self.world = self.world, "low"
                ends.append(self._aggregate(node, [(w, x) for w, x, _ in there]) or 0.0)
                self.world = kept
        return ends[0], ends[1]

    def _reach_members(self, node: Node) -> Iterator[tuple[float, Any]]:
        for child in node.children:
            if isinstance(child, Node):
                if node.pooled:
                    yield from self._reach_members(child.model_copy(update={"pooled": True}))
                elif child.aggregate != "none":
                    yield child.weight, child
            else:
                leaf = Leaf(item=child) if isinstance(child, str) else child
                yield leaf.weight, leaf.item

    def _end(self, child: Any, end: int) -> float:
        return self.node_reach(child)[end] if isinstance(child, Node) else self.reach(child)[end]

    def node_reach(self, node: Node) -> tuple[float, float]:
        low, high = self._raw_reach(node)
        if node.rescale is not None:
            low, high = node.rescale.lowest, node.rescale.highest
        if node.round is not None:
            low, high = self._rounded(low, node.round), self._rounded(high, node.round)
        return low, high

    # -- levels --

    def _stage(self, node: Node, number: float | None) -> int:
        level = 0
        for rule in node.levels:
            enough = rule.from_ is None or (number is not None and r9(number) >= r9(rule.from_))
            if not enough or not all(self.truth(c, requirement=True) is True for c in rule.requires):
                break
            level = rule.level
        return level

    def _levels(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, Node):
                self._levels(child)
        out = self.out.nodes[node.id]
        number = out.score if self.world is None else out.value
        if node.bands:
            out.level = None if number is None else sum(r9(number) >= r9(bound) for bound in node.bands)
        elif node.aggregate == "staged":
            out.level = None if number is None else self._stage(node, None)
        elif node.levels:
            by_points = any(rule.from_ is not None for rule in node.levels)
            out.level = None if by_points and number is None else self._stage(node, number)

    # -- bounds --

    def replaceable(self, answers: dict[str, Any]) -> list[str]:
        """Variables whose answer is missing, so that complete answer sets hold another."""
        found = []
        for name, question in self.variables.items():
            given = answers.get(name)
            stated = given == "not_applicable" and "not_applicable" in question.allow
            if (given is None or given in ("dont_know", "not_applicable")) and not stated:
                found.append(name)
        return found

    def complete_sets(self, answers: dict[str, Any]) -> int:
        return math.prod(len(self.values(name)) for name in self.replaceable(answers))

    def bounds(self, answers: dict[str, Any]) -> dict[str, tuple[float | None, float | None, int | None, int | None]]:
        """node -> least and greatest value, least and greatest level over all complete answer sets."""
        by_rule = dict(self.evaluate(answers).by_rule)
        names = self.replaceable(answers)
        seen: dict[str, list[list[Any]]] = {}
        for choice in product(*(self.values(name) for name in names)):
            complete = answers | dict(zip(names, choice, strict=True))
            for end, world in enumerate(("low", "high")):
                out = self.evaluate(complete, world, by_rule)
                for name, node in out.nodes.items():
                    values = seen.setdefault(name, [[], [], [], []])
                    if node.value is not None:
                        values[end].append(node.value)
                    if node.level is not None:
                        values[2 + end].append(node.level)
        return {
            name: (min(v[0], default=None), max(v[1], default=None), min(v[2], default=None), max(v[3], default=None))
            for name, v in seen.items()
        }

    def final_level(self, name: str, out: Out, bounds: Any) -> int | None:
        """The level, null where a node that the requirements name has no score and the range has a width."""
        node = next(n for n in self._nodes(self.m.tree) if n.id == name)
        level = out.nodes[name].level
        if node.bands or level is None:
            return level
        named = [a.node for rule in node.levels for c in rule.requires for a in self._atoms(c)]
        kinds = {n.id: n.aggregate for n in self._nodes(self.m.tree)}
        for other in named:
            there = out.nodes[other]
            if kinds[other] != "none" and there.score is None and (there.applies or there.value is not None):
                _, _, low, high = bounds[name]
                return low if low == high else None
        return level

    def _nodes(self, node: Node) -> Iterator[Node]:
        yield node
        for child in node.children:
            if isinstance(child, Node):
                yield from self._nodes(child)

    def _atoms(self, condition: Any) -> Iterator[NodeAtom]:
        for part in getattr(condition, "all", None) or getattr(condition, "any", None) or ():
            yield from self._atoms(part)
        if isinstance(condition, Not):
            yield from self._atoms(condition.not_)
        if isinstance(condition, NodeAtom):
            yield condition
