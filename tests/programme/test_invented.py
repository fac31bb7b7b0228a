"""The invented programme is the same every time, possible, and holds what a real one holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

from aimaturity.definitions.load import load_programme, load_questionnaire
from aimaturity.programme.invented.journal import invented
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.files import load_pilots
from aimaturity.programme.store import open_store
from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.fold import Entry, companies, in_order
from aimaturity.programme.store.records import read_given
from aimaturity.responses.identity import organisation_number
from aimaturity.responses.table import Company, table_of
from tests.bundled import bundled

UNTIL = dt.date(2026, 11, 23)


def ideas() -> tuple[PilotCard, ...]:
    programme = load_programme("digit-hub-ai").value
    assert programme is not None
    found = load_pilots("examples/pilots.yaml", programme, bundled().questionnaire).value
    assert found is not None
    return found.pilots


@cache
def journal(companies: int = 120, seed: int = 1) -> Bundle:
    programme = load_programme("examples/programme.yaml").value
    scan = load_questionnaire("ai-quickscan").value
    assert programme is not None
    assert scan is not None
    return invented(programme, bundled().questionnaire, scan, ideas(), UNTIL, seed=seed, companies=companies)


def of_kind(made: Bundle, kind: str) -> list[Entry]:
    return [entry for entry in made.entries if entry.kind == kind]


def test_the_same_seed_gives_the_same_and_another_one_another() -> None:
    first = journal()
    journal.cache_clear()
    assert journal() == first
    assert journal(seed=2) != first


def test_entries_are_in_order_and_nothing_comes_before_its_company() -> None:
    entries = list(journal().entries)
    assert entries == in_order(entries)
    assert len({entry.uid for entry in entries}) == len(entries)
    times = [entry.at for entry in entries]
    assert times == sorted(times)
    assert times[-1][:10] <= UNTIL.isoformat()
    added: set[str] = set()
    for entry in entries:
        if entry.kind == "company" and entry.what == "added":
            added.add(entry.about)
        elif entry.kind in ("participation", "pilot_company"):
            assert entry.about in added
        elif entry.what == "begun":
            assert entry.facts["company"] in added


def test_companies_have_names_and_numbers_of_their_own_that_nobody_real_has() -> None:
    found = companies(of_kind(journal(), "company"))
    names = Counter(company.fields["name"] for company in found.values())
    assert names.most_common(1)[0][1] == 1
    numbers = [n for company in found.values() if (n := company.fields["organisationsnummer"])]
    assert len(numbers) > 90
    for number in numbers:
        assert organisation_number(number) == number
        assert number.startswith("999")


def test_every_answer_has_its_place_in_the_questionnaire() -> None:
    made = journal()
    begun = {entry.about: entry.facts for entry in made.entries if entry.what == "begun"}
    scan = load_questionnaire("ai-quickscan").value
    assert scan is not None
    for id, facts in begun.items():
        questionnaire = bundled().questionnaire if facts["occasion"] else scan
        given = {event.variable: read_given(event.given) for event in made.events if event.assessment == id}
        table = table_of(questionnaire, given, Company(id=facts["company"]))
        details = table.details[0] if table.details else {}
        assert [name for name, detail in details.items() if detail.raw] == []


def test_a_thousand_companies_are_about_what_was_promised() -> None:
    made = journal(1000)
    kinds = {entry.about: entry.facts["kind"] for entry in of_kind(made, "activity")}
    came = {e.about for e in of_kind(made, "participation") if kinds[e.facts["activity"]] != "newsletter"}
    assert 820 < len(came) < 1000
    first = [e for e in made.entries if e.what == "begun" and e.facts["occasion"] == "T0"]
    assert 85 < len(first) < 100
    assert 10 < len([e for e in made.entries if e.what == "begun" and e.facts["occasion"] == "T1"]) < 60
    assert Counter(e.facts["status"] for e in of_kind(made, "pilot") if e.what == "status")["running"] == 9


def test_a_store_takes_it_in_and_is_in_order(tmp_path: Path) -> None:
    made = journal()
    with open_store(str(tmp_path / "r.db")) as store:
        assert store.import_bundle(made).conflicts == ()
        assert store.check() == []
        assert len(store.companies()) == 120
        assert {event.given for event in store.export_bundle().events} == {event.given for event in made.events}
        merged = next(company for company in store.companies() if company.merged)
        assert merged.merged == (f"{merged.id}b",)
