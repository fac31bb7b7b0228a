"""One company settled without numpy stands as it does in a table's row."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from aimaturity.definitions.conditions import All, AnyOf, Condition, ItemAtom, NodeAtom, Not, atoms
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Multiple, Number, Questionnaire
from aimaturity.responses.given import BLANK, Given, State
from aimaturity.responses.table import Company, table_of
from aimaturity.scoring import conditions
from aimaturity.scoring.settle import settle, variables_of
from aimaturity.scoring.settle_one import OneCompany, edge
from tests.bundled import bundled
from tests.strategies import Case, cases

WRONG: tuple[Any, ...] = ("borttagen", 7.5, ("borttagen",), {"borttagen": 1.0}, None)


def random_answers(questionnaire: Questionnaire, random: Random) -> dict[str, Given]:
    """Any answer to any question, some of which have no place in it."""
    found = {}
    for name, question in questionnaire.variables():
        options = [option.id for option in questionnaire.options_of(question)]
        value: Any
        if isinstance(question, Counts):
            parts = [part.id for part in question.parts if random.random() < 0.9]
            value = {part: float(random.randint(0, 300)) for part in parts}
        elif isinstance(question, Number):
            value = random.choice([0, 9, 10, 49.9999999996, 50.0, round(random.uniform(0, 400), 2)])
        elif isinstance(question, Multiple):
            value = tuple(option for option in options if random.random() < 0.4) or (options[0],)
        elif isinstance(question, FreeText | Date):
            value = "2026-11-23"
        else:
            value = random.choice(options)
        state = random.choice([State.ANSWERED] * 6 + [State.DONT_KNOW, State.NOT_APPLICABLE, State.BLANK])
        if random.random() < 0.05:
            value = random.choice(WRONG)
        keeps = state is State.ANSWERED or isinstance(question, Counts)
        found[name] = Given(state, value if keeps else None)
    return found


def stands_alike(questionnaire: Questionnaire, given: dict[str, Given], also: tuple[Condition, ...] = ()) -> None:
    columns = conditions.Conditions(questionnaire)
    view, fixed = settle(variables_of(questionnaire), columns, table_of(questionnaire, given, Company("å")))
    one = OneCompany(questionnaire)
    settled = one.settle(given)
    assert settled.state == {name: State(int(column[0])) for name, column in view.state.items()}
    assert list(settled.state) == list(view.state)
    assert settled.by_rule == {name for name, rows in fixed.items() if rows[0]}
    for condition in also:
        assert one.evaluate(condition, settled) == columns.evaluate(condition, view)[0]


def asked_of_answers(case: Case) -> tuple[Condition, ...]:
    """The conditions of a case's questions, and each negated and joined, now that all is answered."""
    found = [
        condition
        for question in case.questionnaire.questions.values()
        for condition in (question.show_if, question.not_applicable_if)
        if condition is not None
    ]
    assert not any(isinstance(atom, ItemAtom | NodeAtom) for one in found for atom, _, _ in atoms(one))
    joined = [All(all=tuple(found)), AnyOf(any=tuple(found))] if found else []
    return (*found, *joined, *(Not.model_validate({"not": one}) for one in found))


@settings(deadline=None)
@drawn(cases(), st.randoms(use_true_random=False))
def test_random_questionnaires(case: Case, random: Random) -> None:
    for _ in range(4):
        stands_alike(case.questionnaire, random_answers(case.questionnaire, random), asked_of_answers(case))


@pytest.mark.parametrize("name", ["ai-maturity", "ai-quickscan"])
def test_bundled_questionnaires(name: str) -> None:
    questionnaire = bundled(name).questionnaire
    contradictions = tuple(one.if_ for one in questionnaire.contradictions)
    for seed in range(40):
        stands_alike(questionnaire, random_answers(questionnaire, Random(seed)), contradictions)
    stands_alike(questionnaire, {}, contradictions)
    stands_alike(questionnaire, {name: BLANK for name, _ in questionnaire.variables()}, contradictions)


@drawn(st.floats(-1e12, 1e12) | st.decimals(0, 1_000_000, places=9).map(float))
def test_edges_are_met_to_the_last_bit(number: float) -> None:
    assert edge(number) == conditions.edge(number)
