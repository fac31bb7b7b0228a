"""The programme's limits on the chosen ideas together: number, budget, spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimaturity.definitions.pilot_rules import End, PilotRules, SpreadRule
from aimaturity.definitions.programme import Programme
from aimaturity.programme.pilots.amounts import Amounts
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.selection import Limit
from aimaturity.programme.pilots.words import LANGUAGES, say
from aimaturity.scoring.parts import Words


def limits_of(
    cards: Sequence[PilotCard], amounts: Sequence[Amounts], rules: PilotRules, end: End = "high"
) -> tuple[Limit, ...]:
    """The limits over these ideas, in the order of the programme file; the budget is held against that end of cost."""
    ones = (1,) * len(cards)
    found = [Limit("at_least", "least", rules.at_least, ones)]
    if rules.at_most is not None:
        found.append(Limit("at_most", "most", rules.at_most, ones))
    if rules.budget is not None:
        found.append(Limit("budget", "most", int(rules.budget // 1), tuple(one.expense[end] for one in amounts)))
    for rule in rules.spread:
        found += _spread(rule, [str(getattr(card, rule.of)) for card in cards])
    return tuple(found)


def _spread(rule: SpreadRule, values: Sequence[str]) -> Iterator[Limit]:
    if rule.values is not None:
        amounts = tuple(int(value in rule.values) for value in values)
        if rule.at_least is not None:
            yield Limit(f"{rule.id}.at_least", "least", rule.at_least, amounts)
        if rule.at_most is not None:
            yield Limit(f"{rule.id}.at_most", "most", rule.at_most, amounts)
        return
    if rule.at_most is not None:
        for each in sorted(set(values)):
            amounts = tuple(int(value == each) for value in values)
            yield Limit(f"{rule.id}.at_most.{each}", "most", rule.at_most, amounts)
    if rule.different is not None:
        yield Limit(f"{rule.id}.different", "least", rule.different, groups=tuple(values))


def label(name: str, bound: int, rules: PilotRules, programme: Programme) -> Words:
    """A limit in words, with this bound."""
    if name in ("at_least", "at_most", "budget"):
        return say(f"limit_{name}", bound=bound)
    rule_id, kind, *value = name.split(".")
    rule = next(rule for rule in rules.spread if rule.id == rule_id)
    group = rule.title.as_dict(LANGUAGES)
    if value:
        named = programme.titles("counties" if rule.of == "county" else "sectors")
        return say("limit_value_most", group=group, value=named[value[0]].as_dict(LANGUAGES), bound=bound)
    key = {"at_least": "limit_group_least", "at_most": "limit_group_most", "different": "limit_different"}[kind]
    return say(key, group=group, bound=bound)
