"""Activities and who took part: counts by company, the later ones counting, and a journal that says the same."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aimaturity.programme.store import About, NewCompany, Participation, Store, StoreRefused, open_store
from aimaturity.programme.store.fold import COUNTED, companies, participations, root, things

ON = "2026-03-12"


def added(store: Store, title: str = "AI-kväll för åkerier", **about: object) -> str:
    return store.add_activity("course", title, ON, **about).id  # type: ignore[arg-type]


def counts(store: Store, activity: str) -> dict[str, tuple[object, ...]]:
    """Company -> what is said of it at the activity, each of its entries apart."""
    found = store.participations(activity)
    return {one.entered_as: tuple(getattr(one, name) for name in COUNTED) for one in found}


def test_an_activity_is_added_changed_and_found_by_kind_partner_and_day(store: Store) -> None:
    first = store.add_activity(
        "course", "  AI-kväll\tför åkerier ", ON, hours=2.5, partner="techtank", municipality="1082"
    )
    second = store.add_activity("visit", "Besök", "2026-01-08", id="besok-1")
    assert (first.title, first.hours, first.companies, len(first.id)) == ("AI-kväll för åkerier", 2.5, 0, 10)
    assert [one.id for one in store.activities()] == ["besok-1", first.id]
    assert store.activities("visit") == store.activities(last="2026-02-01") == [second]
    assert store.activities(partner="techtank") == store.activities(first="2026-02-01") == [first]
    changed = store.edit_activity(first.id, date="2026-03-13", hours=None, title="AI-kväll")
    assert (changed.date, changed.hours, changed.title, changed.partner) == ("2026-03-13", None, "AI-kväll", "techtank")
    store.edit_activity(first.id, title="AI-kväll")
    said = [(entry.what, dict(entry.facts)) for entry in store.entries("activity", first.id)]
    assert [what for what, _ in said] == ["added", "edited"]
    assert said[1][1] == {"date": "2026-03-13", "hours": None, "title": "AI-kväll"}


def test_the_later_counts_of_a_company_replace_the_earlier(store: Store) -> None:
    activity = added(store, hours=3)
    store.add_company("Åkes Plåt AB", id="åke", organisationsnummer="556016-0680")
    store.take_part(activity, "åke", 2, 1)
    made = store.take_part(activity, "5560160680", women=3, other=1, hours=1.5)
    assert (made.company, made.women, made.men, made.other, made.hours) == ("åke", 3, 0, 1, 1.5)
    store.take_part(activity, "åke", women=3, other=1, hours=1.5)
    assert [entry.what for entry in store.entries("participation")] == ["added", "edited"]
    found = store.activity(activity)
    assert (found.companies, found.women, found.men, found.other) == (1, 3, 0, 1)
    store.remove_participation(activity, "åke")
    store.remove_participation(activity, "åke")
    assert store.participations(company="åke") == []
    assert [entry.what for entry in store.entries("participation")] == ["added", "edited", "removed"]


def test_a_removed_activity_goes_with_its_participants_and_its_id_is_used_up(store: Store) -> None:
    activity = added(store, id="k1")
    store.add_company("Åkes Plåt AB", id="åke")
    store.take_part(activity, "åke", men=1)
    store.remove_activity("k1")
    assert store.activities() == store.participations() == []
    assert [entry.what for entry in store.entries("activity", "k1")] == ["added", "removed"]
    with pytest.raises(StoreRefused, match="AIM660"):
        store.take_part("k1", "åke", men=1)
    with pytest.raises(StoreRefused, match="AIM661"):
        added(store, id="k1")


IMPOSSIBLE = (
    ({"date": "12/3 2026"}, "AIM322"), ({"date": "2026-02-30"}, "AIM322"), ({"title": " "}, "AIM662"),
    ({"kind": ""}, "AIM662"), ({"hours": 0}, "AIM664"), ({"hours": -1.0}, "AIM664"),
    ({"hours": float("nan")}, "AIM664"), ({"hours": 10_001}, "AIM664"),
)  # fmt: skip


def test_what_can_not_be_an_activity_is_refused(store: Store) -> None:
    activity = added(store)
    for about, code in IMPOSSIBLE:
        with pytest.raises(StoreRefused, match=code):
            store.add_activity(**({"kind": "course", "title": "Å", "date": ON} | about))  # type: ignore[arg-type]
        with pytest.raises(StoreRefused, match=code):
            store.edit_activity(activity, **about)  # type: ignore[arg-type]
    assert store.entries("activity")[1:] == []


IMPOSSIBLE_COUNTS = (
    ((-1, 0, 0, None), "AIM663"), ((10_001, 0, 0, None), "AIM663"), ((1.5, 0, 0, None), "AIM663"),
    ((True, 0, 0, None), "AIM663"), ((0, 0, 0, None), "AIM668"), ((1, 0, 0, -2), "AIM664"),
)  # fmt: skip


def test_impossible_counts_are_refused_and_nothing_of_the_batch_is_kept(store: Store) -> None:
    activity = added(store)
    store.add_companies([NewCompany("Å AB"), NewCompany("Ö AB")])
    for said, code in IMPOSSIBLE_COUNTS:
        with pytest.raises(StoreRefused, match=code):
            store.take_part_all([Participation(activity, "Å AB", 1), Participation(activity, "Ö AB", *said)])  # type: ignore[arg-type]
    with pytest.raises(StoreRefused, match="AIM611"):
        store.take_part_all([Participation(activity, "Å AB", 1), Participation(activity, "ingen", 1)])
    with pytest.raises(StoreRefused, match="AIM660"):
        store.take_part("ingen", "Å AB", 1)
    assert store.participations() == []
    assert store.entries("participation") == []


def test_companies_merged_have_both_participations_until_they_are_counted_anew(store: Store) -> None:
    activity = added(store)
    store.add_companies([NewCompany("Åkes Plåt", "a"), NewCompany("Åkes Plåt AB", "b")])
    store.take_part_all([Participation(activity, "a", 2, 1), Participation(activity, "b", 1, hours=2.0)])
    store.merge_companies("a", "b")
    assert counts(store, activity) == {"a": (2, 1, 0, None), "b": (1, 0, 0, 2.0)}
    assert store.activity(activity).companies == 1
    store.take_part(activity, "a", women=2, men=1)
    assert counts(store, activity) == {"b": (2, 1, 0, None)}
    assert_rows_follow_from_entries(store)


def test_an_erased_company_is_gone_from_its_activities(store: Store) -> None:
    activity = added(store)
    store.add_companies([NewCompany("Å AB", "a"), NewCompany("Ö AB", "b")])
    store.take_part_all([Participation(activity, "a", 1), Participation(activity, "b", 2)])
    held = store.export_company("a")["activities"]
    assert [(one["activity"]["title"], one["women"]) for one in held] == [("AI-kväll för åkerier", 1)]
    store.erase_company("a")
    assert store.activity(activity).women == 2
    assert_rows_follow_from_entries(store)


def test_many_companies_are_added_at_once_or_none(store: Store) -> None:
    made = store.add_companies(
        [NewCompany("Å AB", about=About(municipality="1082", size="micro")), NewCompany("Ö AB", "ö", "5560160680")],
        "Eva",
    )
    assert made == [store.company("Å AB"), store.company("ö")]
    assert (made[0].county, made[1].organisationsnummer) == ("10", "556016-0680")
    assert {entry.who for entry in store.entries("company")} == {"Eva"}
    for wrong in ([NewCompany("Ä"), NewCompany("Å AB")], [NewCompany("Ä"), NewCompany("X", "x", "556016-0680")],
                  [NewCompany("Ä"), NewCompany("Ä")], [NewCompany("Ä"), NewCompany()]):  # fmt: skip
        with pytest.raises(StoreRefused, match=r"AIM6(12|27)"):
            store.add_companies(wrong)
    assert len(store.companies()) == 2
    assert store.add_companies([]) == []


def assert_rows_follow_from_entries(store: Store) -> None:
    """Activities and participations are what the entries add up to."""
    said = things(store.entries("activity"))
    assert {one.id: {name: getattr(one, name) for name in said.get(one.id, {})} for one in store.activities()} == said
    found = companies(store.entries("company"))
    wanted = {
        (activity, company, root(found, company), *(counted[name] for name in COUNTED))
        for (activity, company), counted in participations(store.entries("participation")).items()
        if activity in said and company in found
    }
    rows = {(p.activity, p.entered_as, p.company, *(getattr(p, n) for n in COUNTED)) for p in store.participations()}
    assert rows == wanted
    assert store.out_of_step() == []


def happen(store: Store, rng: random.Random, times: int) -> None:
    """Random operations; what can't be done is refused and changes nothing."""
    ids = ["å", "ä", "ö", "a", "b"]

    def activity() -> str:
        return rng.choice([one.id for one in store.activities()] or ["ingen"])

    def persons() -> Participation:
        return Participation(
            activity(), rng.choice(ids), rng.randint(0, 2), rng.randint(0, 1), 0, rng.choice([None, 2.5])
        )

    operations = [
        lambda: store.add_company(f"{rng.choice(ids)} AB", id=rng.choice(ids)),
        lambda: store.add_activity("course", f"Kväll {rng.randint(0, 3)}", ON, id=rng.choice([None, "k1", "k2"])),
        lambda: store.edit_activity(activity(), hours=rng.choice([None, 1, 2]), title="Ändrad"),
        lambda: store.remove_activity(activity()) if rng.random() < 0.3 else None,
        lambda: store.take_part_all([persons() for _ in range(rng.randint(1, 3))]),
        lambda: store.take_part_all([persons()]),
        lambda: store.remove_participation(activity(), rng.choice(ids)),
        lambda: store.merge_companies(rng.choice(ids), rng.choice(ids)),
        lambda: store.erase_company(rng.choice(ids)) if rng.random() < 0.2 else None,
    ]
    for _ in range(times):
        try:
            rng.choice(operations)()
        except StoreRefused:
            continue


@given(st.integers(0, 2**32))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_the_rows_are_what_the_entries_add_up_to(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "r.db")) as store:
        happen(store, random.Random(seed), 30)
        assert_rows_follow_from_entries(store)


def test_whatever_happens_in_postgresql_too(store: Store) -> None:
    happen(store, random.Random(7), 80)
    assert store.activities()
    assert_rows_follow_from_entries(store)


def test_no_name_of_a_person_has_a_place_in_the_tables_of_activities(store: Store) -> None:
    """What can be kept of a participant is a count: there is no column for anything else."""
    activity = added(store)
    store.add_company("Å AB", id="a")
    store.take_part(activity, "a", 1)
    with store._read() as connection:
        columns = connection.execute(text("SELECT * FROM participation")).keys()
    assert set(columns) == {"activity", "entered_as", "company", "women", "men", "other", "hours"}
