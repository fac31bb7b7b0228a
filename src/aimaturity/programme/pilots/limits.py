"""The programme's limits on the chosen ideas together: number, budget, spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimaturity.definitions.pilot_rules import End, PilotRules, SpreadRule
from aimaturity.definitions.programme import Programme
from aimaturity.programme.pilots.amounts import Amounts, expense_of
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.selection import Limit
from aimaturity.programme.pilots.words import LANGUAGES, say
from aimaturity.scoring.parts import Words


def limits_of(
    cards: Sequence[PilotCard],
    amounts: Sequence[Amounts],
    rules: PilotRules,
    end: End = "high",
    decided: Sequence[PilotCard] = (),
) -> tuple[Limit, ...]:
    """The limits over these ideas, in the order of the programme file; the budget is held against that end of cost.

    decided  pilots that are part of the same programme already: they count in every limit, the budget at the high end
             of their cost, whatever is tried with the ideas
    """
    ones, started = (1,) * len(cards), len(decided)
    found = [Limit("at_least", "least", rules.at_least, ones, before=started)]
    if rules.at_most is not None:
        found.append(Limit("at_most", "most", rules.at_most, ones, before=started))
    if rules.budget is not None:
        spent = sum(expense_of(card.cost.sek.high) for card in decided)
        costs = tuple(one.expense[end] for one in amounts)
        found.append(Limit("budget", "most", int(rules.budget // 1), costs, before=spent))
    for rule in rules.spread:
        values, had = ([str(getattr(card, rule.of)) for card in some] for some in (cards, decided))
        found += _spread(rule, values, had)
    return tuple(found)


def _spread(rule: SpreadRule, values: Sequence[str], had: Sequence[str]) -> Iterator[Limit]:
    if rule.values is not None:
        amounts = tuple(int(value in rule.values) for value in values)
        before = sum(value in rule.values for value in had)
        if rule.at_least is not None:
            yield Limit(f"{rule.id}.at_least", "least", rule.at_least, amounts, before=before)
        if rule.at_most is not None:
            yield Limit(f"{rule.id}.at_most", "most", rule.at_most, amounts, before=before)
        return
    if rule.at_most is not None:
        for each in sorted(set(values)):
            amounts = tuple(int(value == each) for value in values)
            yield Limit(f"{rule.id}.at_most.{each}", "most", rule.at_most, amounts, before=had.count(each))
    if rule.different is not None:
        yield Limit(f"{rule.id}.different", "least", rule.different, groups=tuple(values), had=frozenset(had))


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
