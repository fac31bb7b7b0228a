"""Companies are led to those who can help, with true reasons; nobody who hasn't agreed is ever shown."""

from __future__ import annotations

import random
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.matching.document import Match, Reason
from aimaturity.programme.matching.match import ENDED, Matcher, for_company
from aimaturity.programme.matching.standings import CONSENT, Standing, questions, standings
from aimaturity.programme.matching.telling import shared_told, told
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.store import About, AnswerEvent, Store
from aimaturity.responses.given import Given, State
from aimaturity.scoring.parts import dumps
from tests.bundled import bundled
from tests.programme.filled import event
from tests.programme.pilots.invented import card, programme, questionnaire

CHALLENGES = ("planning", "quality_errors", "other_challenge")
STATUSES = ("idea", "applied", "approved", "running", "ended", "stopped")


def options(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Standing], list[PilotCard]]:
    companies = [
        Standing(
            id=f"c{n}", name=f"Hemligt {n} åäö AB", owner=draw(options("Å", "Ö")), county=draw(options("10", "12", "14")),
            sector=draw(options("industry", "construction", "finance")), challenge=draw(options(*CHALLENGES)),
            agreed=draw(st.booleans()), wants_pilot=draw(st.booleans()),
        )
        for n in range(draw(st.integers(1, 14)))
    ]  # fmt: skip
    cards = []
    for n in range(draw(st.integers(0, 4))):
        inside = draw(st.lists(st.sampled_from([one.id for one in companies]), unique=True, max_size=2))
        status = draw(st.sampled_from(STATUSES))
        history = [{"status": "idea", "date": "2026-09-01", "by": "Å"}]
        history += [{"status": status, "date": "2026-09-02", "by": "Å"}] if status != "idea" else []
        cards.append(
            card(f"i{n}", challenge=draw(st.sampled_from(CHALLENGES)), county=draw(st.sampled_from(["10", "12"])),
                 sector=draw(st.sampled_from(["industry", "finance"])), history=history,
                 companies=[{"company": id} for id in inside])
        )  # fmt: skip
    return companies, cards


def matcher(companies: list[Standing], cards: list[PilotCard]) -> Matcher:
    return Matcher(programme(), questionnaire(), companies, cards)


@settings(max_examples=60, deadline=None)
@given(registers(), st.randoms(use_true_random=False))
def test_a_company_that_has_not_agreed_is_in_no_match_and_reasons_are_true(
    register: tuple[list[Standing], list[PilotCard]], shuffled: random.Random
) -> None:
    companies, cards = register
    other_order = list(companies)
    shuffled.shuffle(other_order)
    found, again = matcher(companies, cards), matcher(other_order, cards[::-1])
    for own in companies:
        match = found.match(own.id, None)
        assert dumps(match) == dumps(again.match(own.id, None))
        silent = [one for one in companies if not one.agreed and one.id != own.id]
        shown = dumps(match) + told(match, "sv") + told(match, "en", markdown=True)
        assert not any(one.name in shown or f'"{one.id}"' in shown for one in silent)
        sheet = for_company(match)
        others = [one for one in companies if one.id != own.id]
        shown = dumps(sheet) + told(sheet, "sv", markdown=True) + told(sheet, "en")
        assert not any(one.name in shown or f'"{one.id}"' in shown for one in others)
        true_of(match, own, companies, cards)
    shared = found.shared()
    assert dumps(shared) == dumps(again.shared())
    shown = dumps(shared) + shared_told(shared, "sv")
    assert not any(one.name in shown or f'"{one.id}"' in shown for one in companies if not one.agreed)
    for one in shared.challenges:
        alike = [c for c in companies if c.challenge == one.challenge.id]
        assert {other.id for other in one.companies} == {c.id for c in alike if c.agreed}
        silent_count = sum(not c.agreed for c in alike)
        assert one.not_agreed == (silent_count if silent_count >= 5 else None)
        assert sum(one.sectors.values()) == len(one.companies)


def keys(reasons: list[Reason]) -> set[str]:
    return {one.key for one in reasons}


def true_of(match: Match, own: Standing, companies: list[Standing], cards: list[PilotCard]) -> None:
    """Each reason by itself, and that nobody who should be there is missing."""
    by_id, meeting = {one.id: one for one in companies}, match.meeting
    expected = {
        one.id
        for one in companies
        if own.agreed and one.agreed and one.id != own.id and own.challenge not in (None, "other_challenge")
        and one.challenge == own.challenge and (own.owner is None or one.owner != own.owner)
        and (None in (one.sector, own.sector) or one.sector != own.sector)
    }  # fmt: skip
    assert {one.id for one in meeting.companies} == expected
    assert meeting.count == len(expected)
    for other in meeting.companies:
        one, why = by_id[other.id], keys(other.reasons)
        assert {"same_challenge", "agreed"} <= why
        assert ("other_sector" in why) == (None not in (one.sector, own.sector))
        assert ("same_county" in why) == (one.county is not None and one.county == own.county)
    mine = [one for one in cards if own.id in {c.company for c in one.companies}]
    assert [one.id for one in match.pilots] == [one.id for one in mine]
    open_ = [one.id for one in cards if one.status in ("idea", "applied") and one not in mine
             and one.challenge == own.challenge != "other_challenge"]  # fmt: skip
    assert [one.id for one in match.open_pilots] == open_
    for offer in match.offers:
        assert offer.kind == "researcher"  # no advice without a result, and nobody offers a test bed
        why = keys(offer.reasons)
        assert ("in_pilot" in why) == any(one.status not in ENDED for one in mine)
        assert ("wants_pilot" in why) == own.wants_pilot
        assert ("pilot_on_challenge" in why) == bool(open_)
        partners = {one.id: one for one in programme().partners}
        near = [p for p in partners.values() if "researcher" in p.offers and own.county in p.counties]
        assert {helper.id for helper in offer.helpers} == {p.id for p in near} or not near
        for helper in offer.helpers:
            partner, why = partners[helper.id], keys(helper.reasons)
            assert "researcher" in partner.offers
            assert ("in_county" in why) == (own.county in partner.counties)
            assert ("county_unknown" in why) == (own.county is None)


def test_gaps_lead_to_partners_of_the_county_that_know_the_sector() -> None:
    own = Standing("a", "Å AB", None, "12", "industry", "planning", True, False)
    result = bundled_result()
    match = matcher([own], []).match("a", result)
    assert [gap.advice for gap in match.gaps] == [item.id for item in result.advice]
    partners = {one.id: one for one in programme().partners}
    for gap in match.gaps:
        assert gap.helpers, gap.kind
        for helper in gap.helpers:
            partner = partners[helper.id]
            assert gap.kind in partner.offers
            assert "12" in partner.counties
            assert not partner.sectors or "industry" in partner.sectors
            assert ("knows_sector" in keys(helper.reasons)) == ("industry" in partner.sectors)
        knowing = ["knows_sector" in keys(helper.reasons) for helper in gap.helpers]
        assert knowing == sorted(knowing, reverse=True)
    meetings = next(gap for gap in match.gaps if gap.kind == "expert_meeting")
    assert [one.id for one in meetings.helpers][:2] == ["iuc_syd", "livsmedelsakademin"]
    assert "media_evolution" not in [one.id for one in meetings.helpers]
    asked = {offer.kind: keys(offer.reasons) for offer in match.offers}
    assert asked["course"] == {"asked_by_advice"}
    assert {helper.role for offer in match.offers for helper in offer.helpers} == {"university"}
    page = told(match, "sv", markdown=True)
    assert "IUC Syd (Tillverkningsindustri): verkar i Skåne län; kan branschen: Industri" in page
    elsewhere = matcher([Standing("a", "Å AB", None, "14", None, None, True, False)], []).match("a", result)
    assert all("other_county" in keys(h.reasons) for gap in elsewhere.gaps for h in gap.helpers)


def bundled_result() -> Any:
    from aimaturity.definitions.library import bundled_folder
    from aimaturity.responses.answers_file import read_answers
    from aimaturity.scoring.build import documents

    read = read_answers(bundled_folder("examples") / "answers-brosarp.yaml", bundled().questionnaire)
    assert read.table is not None
    return next(documents(bundled(), read.table))


def test_the_first_companies_to_ask_are_of_different_sectors_and_near() -> None:
    def one(id: str, county: str | None, sector: str | None) -> Standing:
        return Standing(id, id, None, county, sector, "planning", True, False)

    own = one("a", "10", "industry")
    others = [one("b", "12", "finance"), one("c", "10", "finance"), one("d", "12", "construction"), one("e", "10", None),
              one("f", "10", "finance"), one("g", "10", "industry")]  # fmt: skip
    meeting = matcher([own, *others], []).match("a", None).meeting
    assert [other.id for other in meeting.companies] == ["c", "e", "d", "f", "b"]


def said(store: Store, assessment: str, voice: str = "adviser", **values: Any) -> None:
    store.record(assessment, [
        event(name, value, voice) if value is not None else AnswerEvent(name, Given(State.BLANK), cast("Any", voice))
        for name, value in values.items()
    ])  # fmt: skip


def standing(store: Store, challenge: str = "main_challenge") -> Standing:
    asked: dict[str, Questionnaire] = {"ai-maturity": questionnaire()}
    [found] = standings(store.companies(), store.answers_to(questions(challenge)), asked, challenge)
    return found


def test_the_latest_word_on_meeting_others_counts(store: Store) -> None:
    store.add_company("Å AB", id="a")
    assert not standing(store).agreed
    first = store.begin("a", questionnaire(), occasion="T0", date="2026-01-10")
    said(store, first, "company", **{CONSENT: "depends", "main_challenge": "planning"})
    assert not standing(store).agreed
    said(store, first, **{CONSENT: "yes", "main_challenge": "quality_errors", "sni_section": "section_c",
                          "municipality": "karlshamn", "pilot_interest": "later"})  # fmt: skip
    found = standing(store)
    assert (found.agreed, found.challenge, found.wants_pilot) == (True, "quality_errors", True)
    assert (found.sector, found.county) == ("industry", "10")
    second = store.begin("a", questionnaire(), occasion="T1", date="2026-08-10")
    said(store, second, main_challenge="planning")
    assert (standing(store).agreed, standing(store).challenge) == (True, "planning")
    said(store, second, **{CONSENT: "no"})
    assert not standing(store).agreed
    said(store, second, **{CONSENT: None})  # taken back: no yes of before comes to life again
    assert not standing(store).agreed
    said(store, second, "company", **{CONSENT: "yes"})
    assert standing(store).agreed


def test_where_a_company_belongs_is_the_registers_word_where_it_has_not_answered(store: Store) -> None:
    store.add_company("Å AB", id="a", about=About(municipality="1290", sector="finance"))
    said(store, store.begin("a", questionnaire()), main_challenge="planning")
    found = standing(store)
    assert (found.county, found.sector) == ("12", "finance")
