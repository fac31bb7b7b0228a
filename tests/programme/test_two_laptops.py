"""What two laptops have done to the same companies and activities, put together."""

from __future__ import annotations

from pathlib import Path

from aimaturity.programme.store import About, Store, open_store
from aimaturity.programme.store.conflicts import Conflict


def both_ways(one: Store, other: Store) -> list[Conflict]:
    first = one.import_bundle(other.export_bundle())
    second = other.import_bundle(one.export_bundle())
    return [*first.conflicts, *second.conflicts]


def test_what_was_said_of_a_company_that_was_merged_elsewhere_holds(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as a, open_store(str(tmp_path / "b.db")) as b:
        a.add_company("Åkers Mejeri", id="å")
        a.add_company(id="m")
        both_ways(a, b)
        a.merge_companies("å", "m")
        b.edit_company("å", about=About(benchmark="no", owner="Åkers Holding"))
        both_ways(a, b)
        for store in (a, b):
            found = store.company("å")
            assert (found.id, found.benchmark, found.owner, found.name) == ("m", "no", "Åkers Holding", "Åkers Mejeri")
            assert store.out_of_step() == []
            store.edit_company("m", about=About(benchmark="yes"))  # knowing of the no
            assert store.company("m").benchmark == "yes"
            assert store.out_of_step() == []


def test_erasing_a_company_that_was_merged_elsewhere_leaves_nothing_of_it(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as a, open_store(str(tmp_path / "b.db")) as b:
        a.add_company("Hemliga Å AB", id="å", organisationsnummer="556036-0793")
        a.add_company(id="m")
        both_ways(a, b)
        a.merge_companies("å", "m")
        assert a.company("m").organisationsnummer == "556036-0793"
        b.erase_company("å")
        both_ways(a, b)
        for store in (a, b):
            found = store.company("m")
            assert (found.name, found.organisationsnummer, found.merged) == (None, None, ())
            assert store.out_of_step() == []
        assert b"Hemliga" not in (tmp_path / "a.db").read_bytes()


def test_persons_who_stand_twice_after_a_merge_elsewhere_are_told(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as a, open_store(str(tmp_path / "b.db")) as b:
        a.add_company("Å AB", id="å")
        a.add_company("Å Aktiebolag", id="m")
        a.add_activity("course", "Kväll", "2026-03-01", id="k1", hours=3.0)
        both_ways(a, b)
        a.merge_companies("å", "m")
        a.take_part("k1", "m", 2, 0, 0)
        b.take_part("k1", "å", 2, 0, 0)
        first = a.import_bundle(b.export_bundle()).conflicts
        assert [(c.what, c.company, c.about, c.counts) for c in first] == [("twice", "m", "k1", 4)]
        assert a.import_bundle(b.export_bundle()).conflicts == ()


def test_the_same_activity_from_two_laptops_keeps_what_only_one_said(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as a, open_store(str(tmp_path / "b.db")) as b:
        a.add_activity("course", "Kväll", "2026-03-01", id="k1", hours=4.0)
        b.add_activity("course", "Kväll", "2026-03-01", id="k1", partner="techtank")
        both_ways(a, b)
        for store in (a, b):
            found = store.activity("k1")
            assert (found.hours, found.partner) == (4.0, "techtank")
