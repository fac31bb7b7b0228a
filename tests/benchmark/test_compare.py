"""From result documents to a set, and from a set to a company's place in its own document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import pytest

from aimaturity.benchmark.compare import with_benchmark
from aimaturity.benchmark.documents import BenchmarkSet, Ledger, read_set
from aimaturity.benchmark.peers import gather
from aimaturity.benchmark.publish import new_ledger, publish
from aimaturity.benchmark.rules import Rules, class_of
from aimaturity.cli.schema import schema_of
from aimaturity.responses.given import State
from aimaturity.responses.table import Company
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.parts import dumps
from aimaturity.scoring.standing import Standing
from tests.bundled import bundled, random_rows, table

SECRET = b"not a secret: for tests alone"
YES, NO = 0, 1
SECTION_C, SECTION_F = 2, 5


def results(rows: Sequence[Mapping[str, Any]], name: str = "ai-maturity", **company: str) -> Iterator[ResultDocument]:
    answers = table(rows, name)
    companies = [Company(id=f"företag-{i}", **{"date": "2026-11-23", **company}) for i in range(len(rows))]
    return documents(bundled(name), replace(answers, companies=companies))


@cache
def cohort() -> tuple[ResultDocument, ...]:
    """Thirty companies: two in three in manufacturing; of every six, two micro (5 persons), two small, two medium."""
    rows = []
    for index, row in enumerate(random_rows(30, seed=7, missing=0.05)):
        persons = (5, 15, 80)[index % 3]
        rows.append(
            row
            | {
                "benchmark_consent": YES,
                "sni_version": 1,
                "sni_section": SECTION_F if index % 6 >= 4 else SECTION_C,
                "head_count": {"women": 1, "men": persons - 1, "other_unstated": 0},
                "turnover": 0,
                "part_of_group": 0,
            }
        )
    return tuple(results(rows))


@cache
def first() -> tuple[BenchmarkSet, Ledger]:
    done = publish(gather(cohort(), cohort()[0]), new_ledger(SECRET), SECRET, "2026-11-25")
    return done.set, done.ledger


def standing(document: ResultDocument, measure: str) -> Standing:
    assert document.benchmark is not None
    return next(each for each in document.benchmark.standings if each.measure == measure)


# --- Who is compared


def answered(document: ResultDocument, **values: Any) -> ResultDocument:
    """The document with other answers; None makes it a blank."""
    changed = [
        a.model_copy(update={"value": values[a.id], "state": "blank" if values[a.id] is None else "answered"})
        if a.id in values
        else a
        for a in document.answers
    ]
    return document.model_copy(update={"answers": changed})


def test_only_a_clear_yes_is_consent() -> None:
    one = cohort()[0]
    for value in ("no", None):
        found = gather([answered(one, benchmark_consent=value)], one)
        assert found.companies == []
        assert found.left_out == {"no_consent": 1}
    assert len(gather([one], one).companies) == 1
    without = one.model_copy(update={"answers": [a for a in one.answers if a.id != "benchmark_consent"]})
    assert gather([without], one).left_out == {"no_consent": 1}


def test_consent_taken_back_leaves_the_company_out_however_it_is_said() -> None:
    one = cohort()[0]
    assert gather([one], one, withdrawn=[one.company.id]).left_out == {"withdrawn": 1}
    later = one.model_copy(update={"occasion": one.occasion.model_copy(update={"date": "2026-12-01"})})
    refusing = answered(later, benchmark_consent="no")
    assert gather([one, refusing], one).companies == []
    # Said in a quick scan, which is another method.
    scan = refusing.model_copy(update={"scoring": one.scoring.model_copy(update={"hash": "sha256:quick"})})
    for order in ([one, scan], [scan, one]):
        assert gather(order, one).companies == []
    # A no from before the yes is no longer what they say.
    earlier = scan.model_copy(update={"occasion": one.occasion.model_copy(update={"date": "2026-01-01"})})
    assert len(gather([earlier, one], one).companies) == 1


def test_of_several_results_the_latest_counts_and_of_one_day_the_advisers() -> None:
    one, other = cohort()[0], cohort()[1]
    mine = other.model_copy(update={"company": one.company})
    later = mine.model_copy(update={"occasion": mine.occasion.model_copy(update={"date": "2026-12-24"})})
    for order in ([one, later], [later, one]):
        found = gather(order, one)
        assert found.left_out == {"replaced": 1}
        assert found.companies[0].classes == gather([later], one).companies[0].classes
    own = mine.model_copy(update={"occasion": mine.occasion.model_copy(update={"voice": "company"})})
    for order in ([one, own], [own, one]):
        assert gather(order, one).companies[0].classes == gather([one], one).companies[0].classes


def test_results_of_another_method_and_indications_are_not_mixed_in() -> None:
    one = cohort()[0]
    scans = list(results(random_rows(3, seed=1, name="ai-quickscan"), "ai-quickscan"))
    reworded = one.model_copy(update={"questionnaire": one.questionnaire.model_copy(update={"hash": "sha256:other"})})
    indication = one.model_copy(update={"indication": True})
    assert gather([*scans, reworded, indication], one).left_out == {"other_method": 5}
    assert all(each.indication for each in scans)
    assert gather(scans, scans[0]).indication


def test_a_peer_has_the_classes_of_its_areas_and_no_score() -> None:
    document = cohort()[0]
    (peer,) = gather([document], document).companies
    scores = {n.id: n.score for n in document.nodes if n.id in document.areas}
    assert peer.classes == {name: class_of(score, 0, 100) for name, score in scores.items() if score is not None}
    assert (peer.sector, peer.size) == ("industry", "micro")


def test_number_questions_stay_out_below_ten_persons_and_other_questions_altogether() -> None:
    (document,) = results([{"influence_on_ai": {"women": 2, "men": 8}, "benchmark_consent": YES}])
    for persons, there in ((9, False), (10, True), (None, False)):
        counts = None if persons is None else {"women": 1.0, "men": persons - 1.0, "other_unstated": 0.0}
        (peer,) = gather([answered(document, head_count=counts)], document, ["influence_on_ai"]).companies
        assert ("influence_on_ai" in peer.classes) is there
    with pytest.raises(ValueError, match="number"):
        gather([document], document, ["data_inventory"])


# --- Where a company stands


def test_a_company_sees_the_finest_group_that_is_shown_and_why_no_finer_one() -> None:
    """Each of 20 in manufacturing; 10 of each size."""
    made, _ = first()
    seen = {s.rung for d in cohort() for s in with_benchmark(d, made).benchmark.standings}  # type: ignore[union-attr]
    assert len(seen) >= 2, "the cohort should make several rungs"
    for document in cohort():
        for each in with_benchmark(document, made).benchmark.standings:  # type: ignore[union-attr]
            finer = [f.rung for f in each.finer]
            assert finer == ["sector_size", "sector", "size", "all"][: len(finer)]
            assert {f.reason for f in each.finer} <= {"protected"}
            assert each.rung == ["sector_size", "sector", "size", "all"][len(finer)]


def test_the_place_goes_by_the_companys_own_score_and_the_shown_quartiles() -> None:
    made, _ = first()
    for document in cohort():
        for each in with_benchmark(document, made).benchmark.standings:  # type: ignore[union-attr]
            score = document.node(each.measure).score  # type: ignore[union-attr]
            assert each.lower_quartile is not None
            assert each.upper_quartile is not None
            if score is None:
                assert (each.place, each.reason) == (None, "no_score")
            elif score < each.lower_quartile.low:
                assert each.place == "below_lower_quartile"
            elif score >= each.upper_quartile.high:
                assert each.place == "above_upper_quartile"
            else:
                assert each.place not in ("below_lower_quartile", "above_upper_quartile", None)


def test_what_is_not_known_of_the_company_is_said() -> None:
    made, _ = first()
    placed = with_benchmark(answered(cohort()[0], sni_section=None, head_count=None), made)
    found = standing(placed, "capability")
    assert [(f.rung, f.reason) for f in found.finer] == [
        ("sector_size", "unknown_sector"), ("sector", "unknown_sector"), ("size", "unknown_size"),
    ]  # fmt: skip
    assert found.rung == "all"
    assert placed.benchmark is not None
    assert (placed.benchmark.sector, placed.benchmark.size) == (None, None)


def test_where_nothing_is_shown_the_reason_stands_instead() -> None:
    few = publish(gather(cohort()[:4], cohort()[0]), new_ledger(SECRET), SECRET, "2026-11-25").set
    found = standing(with_benchmark(cohort()[0], few), "climate")
    assert (found.place, found.reason, found.rung, found.median) == (None, "protected", None, None)
    assert [f.rung for f in found.finer] == ["sector_size", "sector", "size", "all"]


def test_a_set_of_another_method_or_of_indications_compares_nothing() -> None:
    made, _ = first()
    one = cohort()[0]
    for update, reason in (
        ({"scoring": one.scoring.model_copy(update={"hash": "sha256:other"})}, "other_method"),
        ({"indication": True}, "indication"),
    ):
        benchmark = with_benchmark(one.model_copy(update=update), made).benchmark
        assert benchmark is not None
        assert (benchmark.reason, benchmark.standings) == (reason, [])


def test_at_the_hub_a_company_is_told_whether_it_is_in_the_group_and_elsewhere_that_it_is_not_known() -> None:
    made, ledger = first()
    one = cohort()[0]
    stranger = one.model_copy(update={"company": one.company.model_copy(update={"id": "någon annan"})})
    for document, held in ((one, True), (stranger, False)):
        assert standing(with_benchmark(document, made, ledger, SECRET), "capability").included is held
        assert standing(with_benchmark(document, made), "capability").included is None


def test_being_in_the_set_or_not_changes_nothing_else_that_a_company_is_shown() -> None:
    """There is no set made without it, so nothing to compare with the one that others see."""
    made, ledger = first()
    for document in cohort()[:5]:
        at_hub, on_laptop = (with_benchmark(document, made, *more).benchmark for more in ((ledger, SECRET), ()))
        assert at_hub is not None
        assert on_laptop is not None
        bare = [each.model_copy(update={"included": None}) for each in at_hub.standings]
        assert bare == on_laptop.standings


def test_the_set_holds_no_company_and_fits_its_schema() -> None:
    made, ledger = first()
    text = dumps(made)
    for document in cohort():
        assert document.company.id not in text
    jsonschema.validate(json.loads(text), schema_of("benchmark"))
    jsonschema.validate(json.loads(dumps(ledger)), schema_of("benchmark-ledger"))
    assert read_set(text) == made


def test_a_document_with_a_place_fits_its_schema_and_reads_back_the_same() -> None:
    made, ledger = first()
    placed = with_benchmark(cohort()[0], made, ledger, SECRET)
    text = dumps(placed)
    jsonschema.validate(json.loads(text), schema_of("result"))
    assert ResultDocument.model_validate_json(text).benchmark == placed.benchmark


def test_wider_classes_are_shown_as_such() -> None:
    wide = publish(gather(cohort(), cohort()[0]), new_ledger(SECRET), SECRET, "2026-11-25", Rules(classes=5)).set
    found = standing(with_benchmark(cohort()[0], wide), "business")
    assert found.median is not None
    assert found.median.high - found.median.low == 20
    assert found.place is not None


def test_a_company_without_a_score_is_in_no_group_of_that_measure() -> None:
    silent = {"benchmark_consent": YES, "climate_targets": State.DONT_KNOW}
    (document,) = results([silent])
    (peer,) = gather([document], document).companies
    assert peer.classes == {}
