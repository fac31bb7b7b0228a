"""Pilots in the register: what is kept, who takes part, and that the tables say what the entries add up to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from aimaturity.programme.pilots.card import Outcome, Participant, StatusEntry
from aimaturity.programme.pilots.decision import IdeaDecision, PilotDecision
from aimaturity.programme.store import Store, StoreRefused, open_store, schema
from aimaturity.programme.store.facts import facts_problem
from aimaturity.programme.store.fold import APART, Entry, pilot_companies, pilots
from aimaturity.programme.store.state import differences
from tests.programme.pilots.invented import card, example

IDEA = {"status": "idea", "date": "2026-09-01", "by": "Rådgivaren"}


def step(status: str, day: int = 1, by: str = "Styrgruppen", note: str | None = None) -> StatusEntry:
    return StatusEntry.model_validate_json(
        json.dumps({"status": status, "date": f"2026-10-{day:02}", "by": by, "note": note})
    )


def filled(store: Store) -> None:
    """Every company of the example's ideas."""
    ids = {one.company for idea in example().pilots for one in idea.companies}
    for id in sorted(ids):
        store.add_company(f"Företag {id} åäö", id=id)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(StoreRefused) as caught:
        call()
    return caught.value.diagnostic.code


def test_cards_come_out_as_they_went_in(store: Store) -> None:
    filled(store)
    for idea in example().pilots:
        assert store.add_pilot(idea, who="Åsa") == idea
    assert store.pilots() == sorted(example().pilots, key=lambda idea: idea.id)
    journal = [e for e in store.entries("pilot") if e.who == "Åsa"]
    assert {e.what for e in journal} == {"added", "status"}
    assert not any("F001" in json.dumps(dict(e.facts)) or set(e.facts) & set(APART) for e in journal)


def test_a_card_changes_field_by_field_and_its_history_only_grows(store: Store) -> None:
    store.add_company("Åkers AB", id="C-i1")
    store.add_pilot(card("i1"))
    edited = store.change_pilot("i1", fields={"partner": "techtank", "title": "Ny rubrik åäö", "county": "12"})
    assert (edited.partner, edited.title["sv"], edited.county) == ("techtank", "Ny rubrik åäö", "12")
    assert dict(store.entries("pilot")[-1].facts) == {"partner": "techtank", "title": {"*": "Ny rubrik åäö"}}
    store.change_pilot("i1", fields={"partner": "techtank"})
    assert len(store.entries("pilot")) == 3
    with pytest.raises(ValueError, match="history"):
        store.change_pilot("i1", fields={"history": []})
    with pytest.raises(ValueError, match="county"):
        store.change_pilot("i1", fields={"county": "Skåne"})
    assert refused(lambda: store.change_pilot("i1", steps=[step("running")])) == "AIM642"
    assert (
        refused(
            lambda: store.change_pilot("i1", steps=[StatusEntry(status="applied", date=dt.date(2026, 8, 1), by="X")])
        )
        == "AIM643"
    )
    store.change_pilot("i1", steps=[step("approved", 3, note="Stark idé")])
    running = store.change_pilot("i1", steps=[step("running", 9)])
    assert [entry.status for entry in running.history] == ["idea", "approved", "running"]
    with store._read() as connection:
        assert connection.execute(select(schema.pilot.c.started, schema.pilot.c.status)).one() == (
            "2026-10-03",
            "running",
        )
    measured = Outcome(occasion="T1", date=dt.date(2027, 5, 1), business=90_000.0, gender_equality="small")
    store.change_pilot("i1", outcomes=[measured])
    store.change_pilot("i1", outcomes=[measured])
    later = measured.model_copy(update={"business": 70_000.0})
    assert store.change_pilot("i1", outcomes=[later]).outcomes == (later,)
    assert [e.what for e in store.entries("pilot")] == [
        "added",
        "status",
        "edited",
        "status",
        "status",
        "outcome",
        "outcome",
    ]


def test_what_can_not_be_is_refused(store: Store) -> None:
    assert refused(lambda: store.add_pilot(card("i1"))) == "AIM611"
    assert (store.pilots(), store.entries("pilot")) == ([], [])
    store.add_company("Åkers AB", id="C-i1")
    store.add_pilot(card("i1"))
    assert refused(lambda: store.add_pilot(card("i1"))) == "AIM632"
    assert refused(lambda: store.pilot("i2")) == "AIM631"
    assert refused(lambda: store.change_pilot("ii1", fields={})) == "AIM631"
    assert refused(lambda: store.change_pilot("i1", companies=[Participant(company="Ö")])) == "AIM611"
    skipped = card("i2", companies=[], history=[IDEA, {**IDEA, "status": "running"}])
    assert refused(lambda: store.add_pilot(skipped)) == "AIM642"


def test_companies_in_a_pilot_follow_merges_and_go_when_erased(store: Store, opened: Callable[..., Store]) -> None:
    for id in ("C-i1", "ö", "ä"):
        store.add_company(f"{id} AB", id=id)
    store.add_pilot(card("i1"))
    store.change_pilot("i1", companies=[Participant(company="ö", known={"baseline": "series"})])
    store.change_pilot(
        "i1", companies=[Participant(company="ö", agreed_on=dt.date(2026, 9, 9), known={"baseline": "series"})]
    )
    store.change_pilot(
        "i1", companies=[Participant(company="ä", known={"baseline": "nothing", "two_step_login": "yes"})]
    )
    store.merge_companies("ä", "ö")
    second = opened()
    one, two = second.pilot("i1").companies
    assert (one.company, two.company) == ("C-i1", "ö")
    assert (two.agreed_on, two.known) == (dt.date(2026, 9, 9), {"baseline": "series", "two_step_login": "yes"})
    assert [p.id for p in store.pilots_of("ä")] == ["i1"]
    assert [e["facts"]["pilot"] for e in store.export_company("ö")["entries"] if e["kind"] == "pilot_company"] == [
        "i1"
    ] * 3
    store.erase_company("C-i1")
    assert [c.company for c in store.pilot("i1").companies] == ["ö"]
    assert store.change_pilot("i1", without=["ä"]).companies == ()
    assert {e.about for e in store.entries("pilot_company")} == {"ö", "ä"}
    assert pilot_companies(store.entries("pilot_company")) == {}


def test_a_decision_is_kept_with_the_steps_that_follow_from_it_or_nothing_is(store: Store) -> None:
    for name in ("i1", "i2"):
        store.add_pilot(card(name, companies=[]))
    decided = PilotDecision(
        decides="sha256:" + "0" * 64, date=dt.date(2026, 10, 5), by="Styrgruppen", reason="Störst nytta åäö",
        ideas=(IdeaDecision(idea="i1", decision="start"), IdeaDecision(idea="i2", decision="decline", reason="För dyr")),
    )  # fmt: skip
    steps = [("i1", step("approved", 5)), ("i2", step("ended", 5))]
    assert refused(lambda: store.decide(decided, steps)) == "AIM642"
    assert (store.decisions(), [p.status for p in store.pilots()]) == ([], ["idea", "idea"])
    store.decide(decided, [steps[0], ("i2", step("stopped", 5))])
    assert store.decisions() == [decided]
    assert [p.status for p in store.pilots()] == ["approved", "stopped"]


def said(clock: int, device: str, what: str, **facts: Any) -> Entry:
    return Entry(f"{device}{clock}", clock, device, "", None, "pilot", "i1", what, facts)


def test_what_two_stores_said_of_a_pilot_stands_together() -> None:
    approved = {"status": "approved", "date": "2026-10-05", "by": "Styrgruppen", "note": None}
    applied = {**IDEA, "status": "applied", "date": "2026-10-01"}
    journal = [
        said(1, "a", "added", partner="techtank", title="Å"), said(2, "a", "status", **IDEA),
        said(3, "a", "status", **approved), said(3, "b", "status", **approved), said(4, "b", "status", **applied),
        said(5, "a", "edited", partner="iuc_syd"), said(5, "b", "edited", title="Ö"),
        said(6, "a", "outcome", occasion="T1", business=1), said(7, "b", "outcome", occasion="T1", business=2),
    ]  # fmt: skip
    found = pilots(journal)["i1"]
    assert [step["status"] for step in found["history"]] == ["idea", "applied", "approved"]
    assert (found["partner"], found["title"], found["outcomes"]) == (
        "iuc_syd",
        "Ö",
        [{"occasion": "T1", "business": 2}],
    )
    assert pilots(reversed(journal)) == pilots(journal)
    assert pilots(journal[1:]) == {}


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "status", "outcome", "company", "remove", "merge", "erase"]),
        st.integers(0, 2),
        st.integers(0, 3),
        st.integers(0, 5),
    ),
    max_size=14,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(OPERATIONS)
def test_the_tables_are_what_the_entries_add_up_to(tmp_path: Path, operations: list[tuple[str, int, int, int]]) -> None:
    path = tmp_path / "register.db"
    path.unlink(missing_ok=True)
    with open_store(str(path)) as store:
        in_order(store, operations)


def test_the_tables_are_what_the_entries_add_up_to_in_both_databases(store: Store) -> None:
    in_order(store, [("add", 0, 0, 0), ("company", 0, 1, 3), ("company", 0, 2, 1), ("merge", 0, 1, 2), ("status", 0, 0, 2),
                     ("edit", 0, 0, 4), ("erase", 0, 0, 0), ("remove", 0, 2, 0), ("outcome", 0, 1, 1)])  # fmt: skip


STATUSES = ("idea", "applied", "approved", "running", "ended", "stopped")


def in_order(store: Store, operations: list[tuple[str, int, int, int]]) -> None:
    """Does what is possible of it, and looks after each."""
    for id in ("a", "b", "c", "d"):
        store.add_company(f"{id} åäö AB", id=id)
    for what, pilot, company, number in operations:
        id, other = f"i{pilot}", "abcd"[company]
        try:
            match what:
                case "add":
                    store.add_pilot(card(id, companies=[{"company": other}]))
                case "edit":
                    store.change_pilot(
                        id, fields={"partner": ("techtank", None)[number % 2], "county": ("10", "12")[number % 2]}
                    )
                case "status":
                    store.change_pilot(id, steps=[step(STATUSES[number], 1 + number)])
                case "outcome":
                    store.change_pilot(
                        id, outcomes=[Outcome(occasion="T1", date=dt.date(2027, 1, 1), climate=float(number))]
                    )
                case "company":
                    known = {"baseline": ("series", "nothing")[number % 2]}
                    store.change_pilot(id, companies=[Participant(company=other, known=known)])
                case "remove":
                    store.change_pilot(id, without=[other])
                case "merge":
                    store.merge_companies(other, "abcd"[number % 4])
                case "erase":
                    store.erase_company(other)
        except StoreRefused:
            pass
        as_entries_say(store)


def as_entries_say(store: Store) -> None:
    assert [facts_problem(entry) for entry in store.entries()].count(None) == len(store.entries())
    with store._read() as connection:
        assert differences(connection, store.entries()) == []
        rows = connection.execute(select(schema.pilot.c.id, schema.pilot.c.status)).all()
        part = {(r.pilot, r.entered_as) for r in connection.execute(select(schema.pilot_company))}
    assert part == set(pilot_companies(store.entries("pilot_company")))
    there = {company.id for company in store.companies()}
    ideas = store.pilots()
    assert {idea.id: idea.status for idea in ideas} == {row.id: row.status for row in rows}
    assert {one.company for idea in ideas for one in idea.companies} <= there
    for idea in ideas:
        assert all(idea in store.pilots_of(one.company) for one in idea.companies)


@pytest.mark.parametrize(
    ("kind", "what", "facts"),
    [
        ("pilot", "added", {"title": "Å"}),
        ("pilot", "edited", {"cost": 3}),
        ("pilot", "edited", {"county": "Skåne"}),
        ("pilot", "status", {"status": "klar", "date": "2026-10-01", "by": "Å"}),
        ("pilot", "outcome", {"occasion": "T1", "date": "2026-10-01", "gender_equality": "bra"}),
        ("pilot_company", "added", {"pilot": "i1", "known": {"baseline": 3}}),
        ("decision", "decided", {"decides": "sha256:0"}),
    ],
)
def test_what_no_card_can_say_is_not_taken_from_another_store(kind: Any, what: str, facts: dict[str, Any]) -> None:
    assert facts_problem(Entry("u1", 1, "a", "2026-10-01T10:00:00+01:00", None, kind, "i1", what, facts))


def test_what_a_later_version_says_of_a_card_is_left_aside_and_what_can_not_be_read_is_told(store: Store) -> None:
    store.add_pilot(card("i1", companies=[]))
    with store._write() as connection:
        store._enter(connection, "pilot", "i1", "edited", {"colour": "grön"})
        store._state(connection, "i1")
    assert store.pilot("i1") == card("i1", companies=[])
    with store._write() as connection:
        store._enter(connection, "pilot", "i1", "edited", {"cost": 3})
        store._state(connection, "i1")
    assert refused(store.pilots) == "AIM634"
