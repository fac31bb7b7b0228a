"""The shortlist as a whole: against an independent sum over all subsets, in any order, and word for word."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from aimaturity.definitions.base import Text
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.pilot_rules import PilotRules
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.document import PilotShortlist
from aimaturity.programme.pilots.shortlist import shortlist
from aimaturity.scoring.parts import dumps
from tests.conftest import Golden
from tests.programme.pilots.invented import card, example, programme, questionnaire, random_cards, ruled, spans

HERE = Path(__file__).parent


def made(cards: Any, **rules: Any) -> PilotShortlist:
    return shortlist(cards, ruled(**rules) if rules else programme(), questionnaire())


def rules() -> PilotRules:
    found = programme().pilots
    assert found is not None
    return found


# An independent evaluation, in fractions, of ideas that are fully ready: 100 points of readiness.
def plain_score(idea: PilotCard, weights: tuple[int, ...] = (2, 2, 2, 1, 1), ends: str = "low low low high") -> int:
    money, climate, gender, cost = ends.split()
    assert idea.business.effect and idea.climate.effect and idea.gender_equality.effect  # noqa: PT018
    steps = {"widens": -100, "none": 0, "small": 33, "clear": 67, "large": 100}
    spent = Fraction(getattr(idea.cost.sek, cost)) + 450 * Fraction(getattr(idea.cost.own_hours, cost))
    points = [
        100 * Fraction(getattr(idea.business.effect, money)) / 500_000,
        100 * Fraction(getattr(idea.climate.effect, climate)) / 20_000,
        Fraction(steps[getattr(idea.gender_equality.effect, gender)]),
        Fraction(100),
        100 * (400_000 - spent) / 400_000,
    ]
    held = [max(Fraction(-100), min(Fraction(100), one)) for one in points]
    return round(100 * sum(w * p for w, p in zip(weights, held, strict=True)) / sum(weights))


def plain_best(
    cards: list[PilotCard], scores: dict[str, int], at_least: int, budget: int, end: str = "high"
) -> list[str]:
    """Every subset tried: a number, a budget, and at least one idea in Blekinge."""
    ids = sorted(idea.id for idea in cards)
    by_id = {idea.id: idea for idea in cards}
    best: tuple[int, list[bool]] | None = None
    for size in range(at_least, len(ids) + 1):
        for some in combinations(ids, size):
            if sum(getattr(by_id[name].cost.sek, end) for name in some) > budget:
                continue
            if not any(by_id[name].county == "10" for name in some):
                continue
            key = (sum(scores[name] for name in some), [name in some for name in ids])
            best = key if best is None or key > best else best
    return [name for name, inside in zip(ids, best[1], strict=True) if inside] if best else []


def test_decided_pilots_count_in_every_limit_and_leave_room_for_the_rest() -> None:
    """With six of the ten chosen ones decided on, the other four are proposed: nothing else has changed."""
    cards = example().pilots
    first = made(cards)
    assert first.chosen is not None
    started = first.chosen[:6]
    ideas = [card for card in cards if card.id not in started]
    decided = [card for card in cards if card.id in started]
    found = shortlist(ideas, programme(), questionnaire(), decided=decided)
    assert found.chosen == first.chosen[6:]
    assert found.decided == sorted(started)
    used, before = ({limit.id: limit.used for limit in one.limits} for one in (found, first))
    assert used.items() <= before.items()  # sectors of none of the ideas left have no limit any more
    by_id = {limit.id: limit.before for limit in found.limits}
    assert by_id["at_least"] == 6
    assert by_id["budget"] == sum(card.cost.sek.high for card in decided)
    assert found.ideas_hash != shortlist(ideas, programme(), questionnaire()).ideas_hash
    with pytest.raises(ValueError, match="same id"):
        shortlist(ideas, programme(), questionnaire(), decided=ideas[:1])


@pytest.mark.parametrize("seed", range(6))
def test_the_proposal_and_every_case_tried_are_what_all_subsets_give(seed: int) -> None:
    """Sensitivity too is solved anew here: 32 corners of the weights and 6 other ends."""
    cards = random_cards(seed, 9)
    blekinge = rules().spread[0].model_copy(update={"at_least": 1})
    found = made(
        cards, at_least=3, budget=900_000.0, spread=(blekinge,), dominance="off", conditions=rules().conditions[3:4]
    )
    own = {idea.id: plain_score(idea) for idea in cards}
    assert found.chosen == plain_best(cards, own, 3, 900_000)
    assert {idea.id: idea.score for idea in found.ideas} == {name: score / 100 for name, score in own.items()}
    assert found.sensitivity is not None
    factors = list(product((1, 3), repeat=5))
    for scenario, factor in zip(found.sensitivity.weights, factors, strict=True):
        weights = tuple(w * f for w, f in zip((2, 2, 2, 1, 1), factor, strict=True))
        scores = {idea.id: plain_score(idea, weights) for idea in cards}
        assert scenario.chosen == plain_best(cards, scores, 3, 900_000), scenario.id
    ends = {
        "likely": "likely likely likely likely",
        "best": "high high high low",
        "business_high": "high low low high",
        "climate_high": "low high low high",
        "gender_equality_high": "low low high high",
        "cost_low": "low low low low",
    }
    assert [scenario.id for scenario in found.sensitivity.ends] == list(ends)
    for scenario in found.sensitivity.ends:
        scores = {idea.id: plain_score(idea, ends=ends[scenario.id]) for idea in cards}
        assert scenario.chosen == plain_best(cards, scores, 3, 900_000, ends[scenario.id].split()[3]), scenario.id


def test_the_example_proposes_ten_of_fourteen_and_says_why(golden: Golden) -> None:
    found = made(example().pilots)
    golden.check(HERE / "golden", {"shortlist.json": dumps(found)})
    assert found.chosen is not None
    assert len(found.chosen) == 10
    verdicts = {idea.id: idea.verdict for idea in found.ideas if idea.verdict != "chosen"}
    assert verdicts == {
        "kanslor_i_kundtjanst": "unmet_condition",
        "kassation_i_gjutning": "not_chosen",
        "lager_i_e_handel": "unmet_condition",
        "montering_i_mobelfabrik": "dominated",
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_ideas_changes_no_byte(seed: int) -> None:
    cards = list(example().pilots) if not seed else random_cards(seed, 14)
    turned = random.Random(seed).sample(cards, len(cards))
    changes = {"at_least": 4, "spread": rules().spread[:1], "budget": 1_500_000.0}
    assert dumps(made(turned, **changes)) == dumps(made(cards, **changes))


def test_the_document_follows_its_published_schema() -> None:
    schema = json.loads((bundled_folder("schemas") / "shortlist.schema.json").read_text("utf-8"))
    for found in (made(example().pilots), made(example().pilots, at_least=14)):
        jsonschema.validate(json.loads(dumps(found)), schema)


@pytest.mark.parametrize("dominance", ["same_spread", "everywhere"])
def test_a_named_dominator_is_better_in_every_way(dominance: Any) -> None:
    cards = [
        idea.model_copy(update={"sector": ("food", "industry")[i % 2]}) for i, idea in enumerate(random_cards(3, 60))
    ]
    found = made(cards, dominance=dominance, at_least=2, budget=None, spread=())
    by_id = {idea.id: idea for idea in found.ideas}
    beaten = [idea for idea in found.ideas if idea.verdict == "dominated"]
    assert beaten
    for idea in beaten:
        for name in idea.reasons[0].ideas:
            other = by_id[name]
            gains = [
                (getattr(other.amounts[k], end) - getattr(idea.amounts[k], end)) * (-1 if k == "cost" else 1)
                for k in idea.amounts
                for end in ("low", "likely", "high")
            ]
            assert min(gains) >= 0
            assert max(gains) > 0
            if dominance == "same_spread":
                assert (other.county, other.sector) == (idea.county, idea.sector)
    unbeaten = {idea.id for idea in found.ideas} - {idea.id for idea in beaten}
    assert all(set(idea.reasons[0].ideas) & unbeaten for idea in beaten)


def test_ideas_that_are_equal_do_not_beat_each_other() -> None:
    found = made([card("a"), card("b")], at_least=1, spread=())
    assert [idea.verdict for idea in found.ideas] == ["chosen", "chosen"]


def test_without_the_condition_that_it_fails_an_idea_is_a_candidate() -> None:
    for idea in made(example().pilots).ideas:
        if idea.verdict == "unmet_condition":
            named = {reason.condition for reason in idea.reasons}
            kept = tuple(condition for condition in rules().conditions if condition.id not in named)
            again = made(example().pilots, conditions=kept).idea(idea.id)
            assert again is not None
            assert again.verdict in ("chosen", "not_chosen", "dominated")


def test_a_limit_that_is_named_turns_the_idea_when_it_is_taken_away() -> None:
    found = made(example().pilots)
    out = found.idea("kassation_i_gjutning")
    assert out is not None
    assert ("kept_out_by_limit", ["budget"]) in [(reason.key, reason.limits) for reason in out.reasons]
    assert out.id in (made(example().pilots, budget=None).chosen or ())


def test_limits_that_clash_are_told_with_what_would_help() -> None:
    """By hand: twelve are wanted and eleven candidates there are; eleven cost 2 855 000 kr, over the budget."""
    found = made(example().pilots, at_least=12)
    assert found.chosen is None
    assert found.sensitivity is None
    assert found.clash is not None
    assert found.clash.limits == ["at_least"]
    assert found.clash.reliefs[0].changes[0].bound == 10
    assert found.clash.text["sv"] == "De här gränserna går inte att förena: antal piloter: minst 12."
    assert [near.idea for near in found.clash.near_misses] == ["lager_i_e_handel"]


def test_ties_go_to_the_first_id() -> None:
    found = made([card("b"), card("a"), card("c")], at_least=2, at_most=2, spread=())
    assert found.chosen == ["a", "b"]
    left = found.idea("c")
    assert left is not None
    assert [reason.key for reason in left.reasons] == ["kept_out_by_limit", "tie"]


def test_an_idea_below_zero_is_left_out_where_the_number_allows() -> None:
    harm = {"measure": "Mått", "baseline": {"value": 1, "unit": "kr"}, "effect": spans(-900_000)}
    found = made([card("a"), card("b", business=harm, climate=harm)], at_least=1, spread=(), dominance="off")
    assert found.chosen == ["a"]
    left = found.idea("b")
    assert left is not None
    assert left.score is not None
    assert [(reason.key, reason.points) for reason in left.reasons] == [("lowers", -left.score)]


def test_every_sentence_is_whole_in_both_languages() -> None:
    """A capital first, a stop last, nothing left to fill in."""
    for found in (made(example().pilots), made(example().pilots, at_least=12), made(random_cards(5, 30))):
        texts = [reason.text for idea in found.ideas for reason in idea.reasons]
        for text in texts:
            assert set(text) == {"sv", "en"}
            for words in text.values():
                assert words[0].isupper()
                assert words.endswith(".")
                assert "{" not in words


def test_the_document_names_no_company() -> None:
    text = dumps(made(example().pilots))
    companies = {company.company for idea in example().pilots for company in idea.companies}
    assert len(companies) == 19
    assert [name for name in companies if f'"{name}"' in text] == []


def test_a_programme_without_rules_is_the_callers_mistake__error() -> None:
    with pytest.raises(ValueError, match="how pilots are chosen"):
        shortlist([card("a")], programme().model_copy(update={"pilots": None}), questionnaire())
    with pytest.raises(ValueError, match="same id"):
        made([card("a"), card("a")])


def test_a_title_in_one_language_serves_in_both() -> None:
    found = made([card("a").model_copy(update={"title": Text({"sv": "Svinn i köket"})})], at_least=1, spread=())
    assert found.ideas[0].title == {"sv": "Svinn i köket", "en": "Svinn i köket"}
