"""Hard conditions, readiness and points: each kind on one changed card, and sums done by hand."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from aimaturity.api import score
from aimaturity.definitions.pilot_rules import Condition, FactNeeded, ReadinessItem
from aimaturity.programme.pilots.amounts import amounts_of, dominates, points, score_of
from aimaturity.programme.pilots.card import Participant
from aimaturity.programme.pilots.conditions import KINDS, Context, unmet
from aimaturity.programme.pilots.readiness import Fact, fact_of, readiness_of
from tests.programme.pilots.invented import READY, card, programme, questionnaire, ruled, spans

COUNTED = {"measure": "Mått", "baseline": {"value": 1, "unit": "st"}}


def condition(**given: Any) -> Any:
    return TypeAdapter(Condition).validate_python({"id": "it", "reason": "Skäl.", **given})


CASES: list[tuple[dict[str, Any], dict[str, Any], str | None]] = [
    ({"kind": "owner"}, {"owner": None}, None),
    ({"kind": "estimated"}, {"climate": {}}, "not_estimated"),
    ({"kind": "measured"}, {"business": {"effect": spans(1), "measure": "Mått"}}, "not_measured"),
    ({"kind": "measured"}, {"gender_equality": {"effect": spans("small")}}, "not_measured"),
    ({"kind": "classified"}, {"systems": [{"what": "AI", "role": "user"}]}, "not_classified"),
    ({"kind": "risk_class", "barred": ("high",)}, {"systems": [{"what": "AI", "role": "develops", "risk_class": "high"}]}, "risk_class"),
    ({"kind": "agreed"}, {"companies": []}, "no_company"),
    ({"kind": "agreed"}, {"companies": [{"company": "Ö", "known": READY}]}, "not_agreed"),
    ({"kind": "partner"}, {"partner": None}, None),
    ({"kind": "researcher"}, {}, None),
    ({"kind": "open"}, {"history": [{"status": "idea", "date": "2026-09-01", "by": "R"}, {"status": "stopped", "date": "2026-09-02", "by": "R"}]}, "not_open"),
    ({"kind": "cost_at_most", "most": 200_000}, {"cost": {"sek": {"low": 1, "likely": 2, "high": 200_001}, "own_hours": spans(1)}}, "cost_over"),
    ({"kind": "hours_at_most", "most": 100}, {"cost": {"sek": spans(1), "own_hours": {"low": 1, "likely": 2, "high": 101}}}, "hours_over"),
    ({"kind": "fact", "fact": {"question": "two_step_login", "is": "yes"}}, {"companies": [{"company": "Ö", "known": {"two_step_login": "no"}}]}, "fact"),
    ({"kind": "fact", "fact": {"question": "baseline", "step": 3}}, {"companies": [{"company": "Ö"}]}, "fact"),
    ({"kind": "gender_at_least", "least": "none"}, {"gender_equality": {**COUNTED, "effect": {"low": "widens", "likely": "none", "high": "large"}}}, "gender_below"),
    ({"kind": "gender_at_least", "least": "none"}, {"gender_equality": {}}, "not_estimated"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change", "detail"), CASES, ids=lambda value: str(value)[:40])
def test_one_change_breaks_one_condition(rule: dict[str, Any], change: dict[str, Any], detail: str | None) -> None:
    rules = ruled(conditions=(condition(**rule),)).pilots
    assert rules is not None
    context = Context(rules, questionnaire())
    whole = {"researcher": "lund_university"}
    assert unmet(card("a", **whole), context) == []
    found = unmet(card("a", **({} if rule["kind"] == "researcher" else whole) | change), context)
    assert [(one.condition.id, one.detail) for one in found] == [("it", detail)]


def test_every_kind_of_condition_is_tried() -> None:
    assert {rule["kind"] for rule, _, _ in CASES} == set(KINDS)


def test_an_effect_of_nothing_needs_no_measure() -> None:
    rules = ruled(conditions=(condition(kind="measured"),)).pilots
    assert rules is not None
    idle = card("a", climate={"effect": spans(0)}, gender_equality={"effect": spans("none")})
    assert unmet(idle, Context(rules, questionnaire())) == []


def test_readiness_by_hand() -> None:
    """Step 1 of 2, not known, yes: (0.5 + 0 + 1) / 3; with the last counting double (0.5 + 0 + 2) / 4."""
    company = Participant(company="Ö", known={"baseline": "named", "two_step_login": "yes"})
    table = [
        ReadinessItem(question="baseline", step=2),
        ReadinessItem(question="data_access", step=2),
        ReadinessItem(question="two_step_login", is_="yes"),
    ]
    idea = card("a").model_copy(update={"companies": (company,)})
    assert readiness_of(idea, table, {}, questionnaire()).percent == 50.0
    table[2] = ReadinessItem(question="two_step_login", is_="yes", weight=2)
    found = readiness_of(idea, table, {}, questionnaire())
    assert found.percent == 62.5
    assert [one.fact.origin for one in found.items] == ["stated", "unknown", "stated"]


def test_a_shared_pilot_is_as_ready_as_its_least_ready_company() -> None:
    ready, not_ready = Participant(company="Å", known=READY), Participant(company="Ö", known={"baseline": "series"})
    idea = card("a").model_copy(update={"companies": (ready, not_ready)})
    rules = programme().pilots
    assert rules is not None
    alone = idea.model_copy(update={"companies": (not_ready,)})
    shared = readiness_of(idea, rules.readiness, {}, questionnaire())
    assert shared.percent == readiness_of(alone, rules.readiness, {}, questionnaire()).percent
    assert readiness_of(idea.model_copy(update={"companies": ()}), rules.readiness, {}, questionnaire()).percent == 0


@pytest.mark.parametrize(
    ("answers", "known", "expected"),
    [
        ({"baseline": "one_value"}, "none_chosen", Fact(1.0, "assessment")),
        ({"baseline": "named"}, "series", Fact(0.5, "assessment")),
        ({"baseline": "Vet ej"}, "series", Fact(1.0, "stated")),
        ({"value_owner": "nobody"}, None, Fact(0.0, "unknown")),
    ],
)
def test_an_assessment_comes_before_what_the_card_says(
    answers: dict[str, str], known: str | None, expected: Fact
) -> None:
    company = Participant(company="Ö", known={"baseline": known} if known else {})
    needed = FactNeeded(question="baseline", step=2)
    assert fact_of(needed, company, score(answers), questionnaire()) == expected


def test_what_cannot_apply_passes_and_what_is_hidden_does_not() -> None:
    company = Participant(company="Ö", known={"energy_data": "by_hour"})
    result = score({"energy_data": "not_applicable", "ai_use": "none_in_use"})
    energy = fact_of(FactNeeded(question="energy_data", step=2), company, result, questionnaire())
    assert (energy, energy.met) == (Fact(None, "assessment"), True)
    hidden = fact_of(FactNeeded(question="ai_operations", step=1), company, result, questionnaire())
    assert (hidden, hidden.met) == (Fact(0.0, "assessment"), False)


def test_points_and_score_by_hand() -> None:
    """500 000 kr is full: 100 000 gives 20. 20 000 kg: 1000 gives 5. Small: 33. Ready: 100. Cost 145 000 of 400 000:
    63.75. (2*20 + 2*5 + 2*33 + 100 + 63.75) / 8 = 34.97 (34.96875)."""
    rules = programme().pilots
    assert rules is not None
    found = amounts_of(card("a"), 100.0, rules)
    assert found is not None
    named = {name: points(name, found.by[name]["low"], rules.scales) for name in found.by}
    assert named == {"business": 20, "climate": 5, "gender_equality": 33, "readiness": 100, "cost": 63.75}
    assert score_of(found, rules.scales) == 3497
    assert points("business", 9e9, rules.scales) == 100
    assert points("business", -9e9, rules.scales) == -100


def test_worse_at_one_end_is_not_worse_in_every_way() -> None:
    rules = programme().pilots
    assert rules is not None
    plain = amounts_of(card("a"), 50.0, rules)
    wide = amounts_of(
        card("b", business={**COUNTED, "effect": {"low": 99_999, "likely": 200_000, "high": 900_000}}), 50.0, rules
    )
    more = amounts_of(card("c", business={**COUNTED, "effect": spans(100_001)}), 50.0, rules)
    assert plain and wide and more  # noqa: PT018
    assert (dominates(wide, plain), dominates(plain, wide)) == (False, False)
    assert (dominates(more, plain), dominates(plain, more), dominates(plain, plain)) == (True, False, False)
    assert amounts_of(card("d", climate={}), 50.0, rules) is None
