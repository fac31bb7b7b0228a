"""The hub's cohort: every figure counted again, whichever way the results come."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.cli.schema import schema_of
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.documents.cohort import CohortDocument, HubFigures, Member, read_cohort
from aimaturity.programme.cohort.challenges import LEAST, MOST, tables
from aimaturity.programme.cohort.hub import UnknownField, cohort
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.parts import dumps
from tests.programme.cohort import recount
from tests.programme.cohort.factory import name_of, results

AREAS = ("capability", "business", "climate", "gender_equality")
DOCUMENTS = {"many": (45, 1), "few": (9, 5)}


@cache
def documents(name: str) -> tuple[ResultDocument, ...]:
    companies, seed = DOCUMENTS[name]
    return results(companies, seed, "ai-maturity", ("T0", "T1", "T2") if name == "many" else ("T0", "T1"))


@cache
def plain(name: str) -> list[recount.Json]:
    return [json.loads(document.model_dump_json(by_alias=True)) for document in documents(name)]


@cache
def made(name: str) -> CohortDocument:
    document = cohort(documents(name), "sector")
    assert document is not None
    return document


def hub(name: str) -> HubFigures:
    figures = made(name).hub
    assert figures is not None
    return figures


@pytest.fixture(params=list(DOCUMENTS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def near(value: Any) -> Any:
    return pytest.approx(value, abs=1e-8)


def as_json(part: Any) -> Any:
    return None if part is None else json.loads(part.model_dump_json(by_alias=True))


def test_each_company_counts_once_with_its_latest_result(name: str) -> None:
    latest = recount.latest(plain(name))
    assert hub(name).companies == len(latest) == DOCUMENTS[name][0]
    assert hub(name).results == len(plain(name))
    assert hub(name).left_out == {"earlier": len(plain(name)) - len(latest)}
    assert hub(name).occasions == dict(sorted(Counter(r["occasion"]["occasion"] for r in latest).items()))
    dates = sorted(r["occasion"]["date"] for r in latest)
    assert as_json(hub(name).period) == {"first": dates[0], "last": dates[-1]}


def test_scores_lie_as_counted_again(name: str) -> None:
    latest = recount.latest(plain(name))
    assert {n.id for n in hub(name).nodes} == {n["id"] for n in latest[0]["nodes"] if n["aggregate"] != "none"}
    for figures in hub(name).nodes:
        found = recount.node_figures(latest, figures.id)
        assert figures.scored == found["scored"]
        assert figures.without == found["without"]
        assert as_json(figures.distribution) == near(found["distribution"])
        assert figures.tenths == found["tenths"]
        assert sum(figures.tenths) == figures.scored
        if figures.id in AREAS:
            assert {each.level: each.companies for each in figures.levels} == found["levels"]
            assert figures.uncertain == found["uncertain"]
        else:
            assert figures.levels == []


def test_overall_levels_and_what_keeps_companies_from_the_next(name: str) -> None:
    latest = recount.latest(plain(name))
    found, levels = recount.levels(latest), hub(name).levels
    assert levels is not None
    assert {each.level: each.companies for each in levels.levels} == found["levels"]
    assert levels.movable == found["movable"]
    assert {(each.low, each.high): each.companies for each in levels.ranges} == found["ranges"]
    assert sum(found["levels"].values()) + sum(found["ranges"].values()) + levels.unknown == hub(name).companies
    gates = {
        (gate.level, recount.required(as_json(gate.requirement))): (
            gate.companies,
            gate.unmet,
            gate.unknown,
            gate.alone,
        )
        for gate in hub(name).gates
    }
    assert gates == recount.gates(latest)
    assert len(gates) > 5
    assert all(gate.requirement.met is None and gate.requirement.has is None for gate in hub(name).gates)


def test_answers_by_step_and_state(name: str) -> None:
    latest = recount.latest(plain(name))
    assert [q.id for q in hub(name).questions] == [a["id"] for a in latest[0]["answers"]]
    for figures in hub(name).questions:
        found = recount.questions(latest, figures.id)
        assert {state: n for state, n in figures.states.items() if n} == found["states"]
        assert sum(figures.states.values()) == hub(name).companies
        assert as_json(figures.points) == near(found["points"]) or not figures.scored
        if figures.kind == "single":
            assert {option.id: option.companies for option in figures.options} == found["options"]
            assert [option.step for option in figures.options] == sorted(option.step or 0 for option in figures.options)
    homes = {q.id: q.area for q in hub(name).questions}
    assert homes["ai_use"] == "capability"
    assert homes["problem_size"] == "business"
    assert homes["footprint"] == "climate"
    assert homes["training_split"] == "gender_equality"
    assert homes["county"] is None


def test_challenges_by_sector_size_and_county(name: str) -> None:
    latest = recount.latest(plain(name))
    challenges = hub(name).challenges
    assert challenges is not None
    assert {o.id: o.companies for o in challenges.options} == {
        option: n for option, n in recount.tally(latest, "challenge").items() if option
    }
    counts = [option.companies for option in challenges.options]
    assert counts == sorted(counts, reverse=True)
    for option in challenges.options:
        mine = [r for r in latest if recount.group(r, "challenge") == option.id]
        for field in ("sector", "size", "county"):
            assert {t.id: t.companies for t in getattr(option, f"by_{field}")} == recount.tally(mine, field)
        willing = {r["company"]["id"]: recount.answer(r, "shared_pilot_interest") for r in mine}
        assert {m.id: m.willing for m in option.members} == {
            k: v for k, v in willing.items() if v in ("yes", "depends")
        }
        ready = {r["company"]["id"] for r in mine if any(a["kind"] == "shared_project" for a in r["advice"])}
        assert {m.id for m in option.members if m.ready} == ready & {m.id for m in option.members}


def test_recommendations_by_how_many_gain(name: str) -> None:
    found = recount.steps(recount.latest(plain(name)))
    assert {step.id for step in hub(name).steps} == set(found)
    for step in hub(name).steps:
        one = found[step.id]
        assert (step.companies, step.gaining, step.for_next_level) == tuple(
            one[key] for key in ("companies", "gaining", "for_next_level")
        )
        assert {gain.area: gain.companies for gain in step.gains} == {a: len(r) for a, r in one["rises"].items()}
        for gain in step.gains:
            rises = sorted(one["rises"][gain.area])
            middle = (rises[(len(rises) - 1) // 2] + rises[len(rises) // 2]) / 2
            assert gain.median == near(middle)
        if step.find_out:
            assert step.id == f"find_out.{step.area}"
    gaining = [step.gaining for step in hub(name).steps if not step.find_out]
    assert gaining == sorted(gaining, reverse=True)


@pytest.mark.parametrize("field", ["sector", "size", "county", "municipality", "challenge", "occasion", "ai_use"])
def test_groups_are_counted_again(field: str) -> None:
    document = cohort(documents("many"), field)
    assert document is not None
    assert document.hub is not None
    grouping = document.hub.grouping
    assert grouping is not None
    latest = recount.latest(plain("many"))
    assert {group.id: group.companies for group in grouping.groups} == recount.tally(latest, field)
    for group in grouping.groups:
        mine = [r for r in latest if recount.group(r, field) == group.id]
        assert group.small == (len(mine) < 5)
        assert [n.id for n in group.nodes] == list(AREAS)
        for figures in group.nodes:
            found = recount.node_figures(mine, figures.id)
            assert figures.scored == found["scored"]
            assert as_json(figures.distribution) == near(found["distribution"])
            assert {each.level: each.companies for each in figures.levels} == found["levels"]


def test_change_is_paired_and_its_intervals_are_scipys(name: str) -> None:
    ends = {(change.from_, change.to) for change in hub(name).change}
    assert ends == ({("T0", "T1"), ("T0", "T2"), ("T1", "T2")} if name == "many" else {("T0", "T1")})
    for change in hub(name).change:
        for figures in change.nodes:
            found = recount.changes(plain(name), change.from_, change.to, figures.id)
            assert change.pairs == found["companies"]
            assert (figures.pairs, figures.rose, figures.fell, figures.same) == tuple(
                found[key] for key in ("pairs", "rose", "fell", "same")
            )
            assert figures.rose + figures.fell + figures.unsure + figures.same == figures.pairs
            assert (figures.no_interval is None) == (figures.pairs >= 6)
            for key in ("median", "mean", "median_low", "median_high", "mean_low", "mean_high"):
                assert getattr(figures, key) == near(found.get(key)), key
        assert change.level_up + change.level_down + change.level_same + change.level_unknown == change.pairs
        assert change.other_method == 0


def test_women_and_men_are_summed(name: str) -> None:
    latest = recount.latest(plain(name))
    assert [each.question for each in hub(name).persons] == ["head_count", "influence_on_ai", "training_split"]
    for each in hub(name).persons:
        found = recount.persons(latest, each.question)
        assert each.parts == {
            part: None if 0 < found[part.removesuffix("_hours")] < 3 else total for part, total in found.items()
        }


def test_a_sum_of_one_or_two_persons_is_not_shown() -> None:
    base = next(d for d in documents("few") if (a := d.answer("head_count")) is not None and a.state == "answered")
    answers = [
        a.model_copy(update={"value": {"women": 2.0, "men": 30.0, "other_unstated": 0.0}})
        if a.id == "head_count"
        else a
        for a in base.answers
    ]
    document = cohort([base.model_copy(update={"answers": answers})])
    assert document is not None
    assert document.hub is not None
    assert document.hub.persons[0].parts == {"women": None, "men": 30.0, "other_unstated": 0.0}


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_results_changes_no_byte(shuffle: random.Random) -> None:
    mixed = list(documents("few"))
    shuffle.shuffle(mixed)
    document = cohort(mixed, "sector")
    assert document is not None
    assert dumps(document) == dumps(made("few"))


def voiced(document: ResultDocument, **occasion: Any) -> ResultDocument:
    return document.model_copy(update={"occasion": document.occasion.model_copy(update=occasion)})


def test_of_one_occasion_the_advisers_result_comes_before_the_companys_own() -> None:
    adviser = documents("few")[0]
    own = voiced(documents("few")[3], voice="company", occasion=adviser.occasion.occasion, date="2030-01-01")
    own = own.model_copy(update={"company": adviser.company})
    for order in ([adviser, own], [own, adviser]):
        document = cohort(order)
        assert document is not None
        assert document.hub is not None
        assert document.hub.companies == 1
        assert document.hub.left_out == {"company_voice": 1}
        assert document.hub.voices == {"adviser": 1}
        assert document.hub.period is not None
        assert document.hub.period.last == adviser.occasion.date


def test_a_result_by_another_method_is_left_out_and_said() -> None:
    some = [d for d in documents("few") if d.occasion.occasion == "T0"][:5]
    other = some[0].model_copy(update={"scoring": some[0].scoring.model_copy(update={"hash": "sha256:annan"})})
    later = voiced(some[0], occasion="T1", date="2027-01-01")
    document = cohort([*some[1:], other, later])
    assert document is not None
    assert document.hub is not None
    assert document.hub.left_out == {"other_method": 1}
    (change,) = document.hub.change
    assert (change.pairs, change.other_method) == (0, 1)
    assert {node.no_interval for node in change.nodes} == {"too_few_pairs"}


def test_an_earlier_result_inside_the_later_one_makes_a_pair() -> None:
    """What a document says of last time is by today's method, also where last time's own document isn't."""
    from aimaturity.scoring.build import documents as score
    from tests.bundled import bundled, random_rows, table

    rows = random_rows(2, seed=4, missing=0.0)
    made_of = next(score(bundled(), table(rows[:1]), None, table(rows[1:])))
    assert made_of.before is not None
    now = voiced(made_of, occasion="T1", date="2026-05-01")
    before = made_of.before.model_copy(
        update={"occasion": made_of.before.occasion.model_copy(update={"occasion": "T0"})}
    )
    document = cohort([now.model_copy(update={"before": before})])
    assert document is not None
    assert document.hub is not None
    (change,) = document.hub.change
    assert (change.from_, change.to, change.pairs) == ("T0", "T1", 1)
    for figures in change.nodes:
        said = next(n for n in before.nodes if n.id == figures.id)
        assert figures.median == near(said.change)


def test_indications_are_put_together_with_indications_only() -> None:
    scans = results(6, 3, "ai-quickscan")
    document = cohort([*documents("few"), *scans], scoring="ai-quickscan")
    assert document is not None
    assert document.hub is not None
    assert document.indication
    assert document.hub.companies == 6
    assert document.hub.levels is None
    assert document.hub.gates == []
    assert all(node.levels == [] for node in document.hub.nodes)
    assert document.hub.left_out == {"other_method": len(documents("few"))}


def test_without_results_there_is_no_cohort() -> None:
    assert cohort([]) is None


def test_an_unknown_field_says_what_can_be_grouped_by() -> None:
    with pytest.raises(UnknownField) as refused:
        cohort(documents("few"), "sni_division")  # free words
    assert {"sector", "size", "occasion", "challenge", "county", "ai_use"} <= set(refused.value.known)
    assert "head_count" not in refused.value.known


def test_the_document_follows_its_schema_and_reads_back_the_same(name: str) -> None:
    text = dumps(made(name))
    jsonschema.validate(json.loads(text), schema_of("cohort"))
    assert read_cohort(text) == CohortDocument.model_validate_json(text)
    again = read_cohort(text)
    assert not isinstance(again, Diagnostic)
    assert dumps(again) == text


def test_a_document_of_the_wrong_audience_is_no_document() -> None:
    text = json.dumps(json.loads(dumps(made("few"))) | {"audience": "public"})
    found = read_cohort(text, "å.json")
    assert isinstance(found, Diagnostic)
    assert found.code == "AIM420"


SECTOR = st.sampled_from(["industry", "construction", "finance", "agriculture", None])


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    drawn = draw(st.lists(st.tuples(SECTOR, st.sampled_from(["yes", "yes", "depends"])), max_size=40))
    return [
        Member(id=f"bolag-{i:02d}", name=None, sector=sector, county=None, willing=willing, ready=False)  # type: ignore[arg-type]
        for i, (sector, willing) in enumerate(drawn)
    ]


@given(members(), st.randoms(use_true_random=False))
def test_round_tables_have_four_to_six_companies_of_several_sectors(some: list[Member], shuffle: random.Random) -> None:
    found = list(tables(some))
    seated = [m.id for table in found for m in table]
    assert len(seated) == len(set(seated))
    for table in found:
        assert LEAST <= len(table) <= MOST
        assert len({m.sector for m in table if m.sector}) > 1
    yes = [m for m in some if m.willing == "yes"]
    if len(yes) >= LEAST:
        assert all(m.willing == "yes" for table in found for m in table)
    mixed = list(some)
    shuffle.shuffle(mixed)
    assert list(tables(mixed)) == found


@given(st.integers(LEAST, 60))
def test_all_who_want_are_seated_but_one_of_seven(number: int) -> None:
    some = [
        Member(
            id=f"{i:02d}",
            name=None,
            sector=("industry", "finance", "construction")[i % 3],
            county=None,
            willing="yes",
            ready=False,
        )
        for i in range(number)
    ]
    found = list(tables(some))
    assert sum(map(len, found)) == number - (number == 7)
    for table in found:
        counts = Counter(m.sector for m in table)
        assert max(counts.values()) <= 2


def test_the_hub_knows_names() -> None:
    challenges = hub("many").challenges
    assert challenges is not None
    names = {m.id: m.name for option in challenges.options for m in option.members}
    assert {id: name for id, name in names.items() if name != name_of(int(id.removeprefix("bolag-")))} == {}
    assert {company for each in challenges.rounds for company in each.companies} <= set(names)
    assert [each.number for each in challenges.rounds] == list(range(1, len(challenges.rounds) + 1))
    assert challenges.rounds
