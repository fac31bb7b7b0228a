"""Stores that exchange bundles come to know the same, in whatever order they hear of it, and nothing is lost."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aimaturity.programme.store import About, NotSaved, Store, StoreRefused, open_store
from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.bundle_file import write_bundle
from aimaturity.programme.store.conflicts import Conflict
from tests.programme.filled import begun, event, questionnaire
from tests.programme.laptops import (
    ACTIONS,
    IDS,
    act,
    begin_together,
    company_of,
    content,
    enter,
    exchange,
    recorded,
    send,
)

CASES = int(os.environ.get("AIMATURITY_CASES", "12"))
"""Random programmes that are tried; raise it for a long run."""
KILLS = int(os.environ.get("AIMATURITY_TEST_KILLS", "50")) // 6
ROOT = Path(__file__).parents[2]
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where files cost little time."""
EXCHANGES = 6
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, len(ACTIONS) + EXCHANGES - 1), st.integers(0, 5), st.integers(0, 11)),
    min_size=6,
    max_size=20,
)
"""(store, action or exchange, two numbers that choose what it is about)."""
Steps = list[tuple[int, int, int, int]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tom") / "r.db"
    open_store(str(path)).close()
    return path


def go(stores: list[Store], steps: Steps) -> None:
    """Lets stores act and exchange bundles, then tell each other everything; nothing that was recorded may be lost."""
    entries: set[str] = set()
    events: set[tuple[str, int, str]] = set()
    begin_together(stores)
    for which, action, n, m in steps:
        store = stores[which % len(stores)]
        if action < len(ACTIONS):
            act(store, action, n, m)
        else:
            other = stores[n % len(stores)]
            company = company_of(other, m)
            part = [company] if company is not None and m % 3 == 0 else None
            bundle = other.export_bundle(part)
            wanted = store.import_bundle(bundle, dry_run=True)
            assert store.import_bundle(bundle) == wanted
            again = store.import_bundle(bundle)
            assert (again.changes, again.conflicts) == (False, ())
        new_entries, new_events = recorded(store)
        entries, events = entries | new_entries, events | new_events
        assert store.out_of_step() == []
    exchange(stores)
    first = content(stores[0])
    for store in stores[1:]:
        assert content(store) == first
    erased = {row["uid"] for row in first["erased"]}
    left, answers = recorded(stores[0])
    assert entries - erased <= left
    assert {key for key in events if key[0] not in erased} == answers
    for store in stores:
        assert store.out_of_step() == []
        assert store.check() == []


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_interleaving_gives_every_store_the_same(empty: Path, steps: Steps) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        stores = [open_store(str(shutil.copy(empty, Path(folder) / f"{n}.db"))) for n in range(3)]
        try:
            go(stores, steps)
        finally:
            for store in stores:
                store.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_hub_in_postgresql_comes_to_know_the_same(postgres_url: str, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    last = len(ACTIONS) + EXCHANGES - 1
    steps = [
        (chance.randint(0, 2), chance.randint(0, last), chance.randint(0, 5), chance.randint(0, 11)) for _ in range(20)
    ]
    stores = [open_store(url) for url in (postgres_url, str(tmp_path / "a.db"), str(tmp_path / "b.db"))]
    try:
        go(stores, steps)
    finally:
        for store in stores:
            store.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores that know the same: a company with an open assessment and an answer, and two more companies."""
    with open_store(str(tmp_path / "här.db")) as here, open_store(str(tmp_path / "där.db")) as there:
        here.add_company("Åsas Bageri AB", id="åsa")
        here.add_company("Ö-verkstaden", id="ö")
        here.add_company("Bo & Co", id="bo")
        assessment = here.begin("åsa", questionnaire(), occasion="T0", adviser="Åke")
        here.record(assessment, [event("data_inventory", "in_heads")], position="data_inventory", seconds=60.0)
        send(here, there)
        yield here, there


def whats(found: tuple[Conflict, ...]) -> list[str]:
    return [conflict.what for conflict in found]


def test_what_only_one_side_has_done_is_no_conflict(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = there.assessments()
    there.record(assessment.id, [event("data_inventory", "nobody_can_say")])
    there.edit_company("åsa", name="Åsas Nya Bageri AB")
    there.merge_companies("bo", "ö")
    there.finish(assessment.id)
    done = send(there, here)
    assert (done.conflicts, done.events, done.entries) == ((), 1, 3)
    assert here.company("bo").id == "ö"
    assert send(here, there).changes is False


def test_the_same_question_answered_differently_is_told_with_what_counts(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    here.record(assessment.id, [event("data_inventory", "nobody_can_say"), event("data_access", "same")])
    there.record(assessment.id, [event("data_access", "same"), event("data_inventory", "in_heads", "company")])
    there.record(assessment.id, [event("other", "x"), event("data_inventory", "written")])
    done = send(there, here)
    both, answer = done.conflicts
    assert (both.what, both.company, both.about, both.here, both.there) == ("assessment", "åsa", assessment.id, 2, 4)
    assert (answer.what, answer.field) == ("answer", "data_inventory adviser")
    said = [side["value"] for side in (answer.here, answer.there, answer.counts)]
    assert said == ["nobody_can_say", "written", "written"]
    assert here.answers(assessment.id)["data_inventory"].value == "written"
    assert send(here, there).conflicts == ()
    assert there.latest(assessment.id) == here.latest(assessment.id)
    assert len(there.history(assessment.id)) == 7


def test_the_same_field_changed_differently_is_told_with_what_counts(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    there.add_company("Sen", id="sen")  # so that its clock is ahead
    for store, name, size, adviser in ((here, "Åsa 1", "micro", "Örjan"), (there, "Åsa 2", "micro", "Ärla")):
        store.edit_company("åsa", name=name, about=About(size=size))  # type: ignore[arg-type]
        store.edit_assessment(assessment.id, adviser=adviser)
    done = send(there, here)
    told = [(c.what, c.company, c.field, c.here, c.there, c.counts) for c in done.conflicts]
    assert told == [
        ("field", "åsa", "adviser", "Örjan", "Ärla", "Ärla"),
        ("field", "åsa", "name", "Åsa 1", "Åsa 2", "Åsa 2"),
    ]
    assert here.company("åsa").name == "Åsa 2"


def test_the_same_number_in_two_companies_makes_them_one_for_good(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.edit_company("ö", organisationsnummer="556016-0680")
    there.add_company(None, id="ny", organisationsnummer="556016-0680", about=About(benchmark="no", owner="Ägaren"))
    [told] = send(there, here).conflicts
    assert (told.what, told.company, told.field) == ("number", "ö", "556016-0680")
    company = here.company("ny")
    assert (company.id, company.merged, company.owner, company.benchmark) == ("ö", ("ny",), "Ägaren", "no")
    here.edit_company("ö", organisationsnummer=None)
    assert here.company("ny").id == "ö"
    assert here.company("ö").organisationsnummer is None
    assert here.out_of_step() == []
    assert send(here, there).conflicts == ()
    assert content(here) == content(there)


def test_a_company_merged_differently_is_told(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.merge_companies("bo", "ö")
    there.merge_companies("bo", "åsa")
    [told] = send(there, here).conflicts
    assert (told.what, told.about, told.here, told.there) == ("merge", "bo", "bo > ö", "bo > åsa")
    assert {here.company(id).id for id in IDS} == {told.counts}
    send(here, there)
    assert content(here) == content(there)


def test_assessments_that_both_have_begun_are_told(pair: tuple[Store, Store]) -> None:
    here, there = pair
    one, other = (store.begin("ö", questionnaire()) for store in pair)
    [told] = send(there, here).conflicts
    assert (told.what, told.company, told.field) == ("begun", "ö", "ai-maturity")
    assert (told.here, told.there) == (one, other)
    assert len(here.assessments("ö")) == 2


def test_what_was_erased_elsewhere_is_erased_here_with_what_has_come_since(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    here.note_report(assessment.id, "rapporter/åsa.html")
    here.record(assessment.id, [event("data_access", "x")])
    new = here.begin("åsa", questionnaire())
    here.record(new, [event()])
    there.erase_company("åsa")
    wanted = send(there, here, dry_run=True)
    assert wanted.erased_companies == ("åsa",)
    assert wanted.erased == {"assessments": 2, "events": 3, "entries": 3}
    assert wanted.reports == ("rapporter/åsa.html",)
    assert len(here.companies()) == 3
    done = send(there, here)
    assert done == wanted
    assert whats(done.conflicts) == ["erased"]
    assert [company.id for company in here.companies()] == ["bo", "ö"]
    assert here.assessments() == []
    assert all("Åsas Bageri".encode() not in file.read_bytes() for file in here.file.parent.glob("här.db*"))  # type: ignore[union-attr]
    assert send(here, there).changes is False
    assert content(here) == content(there)


def test_what_was_erased_here_stays_out(pair: tuple[Store, Store]) -> None:
    here, there = pair
    old = there.export_bundle()
    new = there.begin("åsa", questionnaire())
    there.record(new, [event()])
    here.erase_company("åsa")
    assert here.import_bundle(old).changes is False
    done = send(there, here)
    assert whats(done.conflicts) == ["erased"]
    assert done.kept_out == 2
    assert here.assessments() == []
    assert send(there, here).conflicts == ()
    send(here, there)
    assert there.assessments() == []
    assert content(here) == content(there)


def test_a_company_merged_into_one_that_was_erased_elsewhere_goes_with_it(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.merge_companies("bo", "åsa")
    there.erase_company("åsa")
    assert send(there, here).erased_companies == ("bo", "åsa")
    send(here, there)
    assert [company.id for company in there.companies()] == ["ö"]
    assert content(here) == content(there)


def test_a_company_entered_anew_after_it_was_erased_is_there(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.erase_company("åsa")
    here.add_company("Åsa igen", id="åsa")
    send(here, there)
    assert there.company("åsa").name == "Åsa igen"
    assert there.assessments() == []
    assert content(here) == content(there)


def test_a_part_holds_one_company_and_nothing_of_another(pair: tuple[Store, Store], tmp_path: Path) -> None:
    here, _ = pair
    here.merge_companies("bo", "åsa")
    for id in ("k1", "k2"):
        enter(here, "activity", id, "added", {"kind": "course", "title": f"Kväll {id}", "date": "2026-03-02"})
    for company, id in (("bo", "k1"), ("ö", "k2")):
        enter(here, "participation", company, "added", {"activity": id, "women": 1, "men": 1, "other": 0})
    part = here.export_bundle(["bo"])
    assert part.companies == ("bo", "åsa")
    assert "verkstaden" not in repr(part)
    assert "Kväll k2" not in repr(part)
    with open_store(str(tmp_path / "ny.db")) as new:
        new.import_bundle(part)
        assert [company.id for company in new.companies()] == ["åsa"]
        assert len(new.assessments("bo")) == 1
        assert new.out_of_step() == new.check() == []
        new.edit_company("åsa", name="Nytt")
        here.edit_company("ö", name="Annat")
        here.edit_company("åsa", name="Nyare")
        [told] = here.import_bundle(new.export_bundle(["åsa"])).conflicts
        assert (told.field, told.counts) == ("name", "Nyare")
    with pytest.raises(StoreRefused, match="AIM611"):
        here.export_bundle(["finns inte"])


def test_a_copied_file_of_a_store_loses_nothing_and_is_told(tmp_path: Path) -> None:
    one = open_store(str(tmp_path / "a.db"))
    assessment = begun(one)
    one.close()
    shutil.copy(tmp_path / "a.db", tmp_path / "kopia.db")
    with open_store(str(tmp_path / "a.db")) as one, open_store(str(tmp_path / "kopia.db")) as other:
        assert one.device() == other.device()
        one.record(assessment, [event("data_access", "ett")])
        other.record(assessment, [event("data_access", "två"), event("data_inventory", "in_heads")])
        done = send(other, one)
        assert whats(done.conflicts) == ["assessment", "answer", "copied"]
        again = send(other, one)
        assert (again.changes, again.conflicts) == (False, ())
        for _ in range(2):
            send(one, other)
            send(other, one)
        assert one.answers(assessment) == other.answers(assessment)
        for store in (one, other):
            assert {answer.given.value for answer in store.history(assessment)} == {"ett", "två", "in_heads"}
            assert store.check() == []
        assert send(other, one).changes is False


def test_entries_of_one_name_and_other_content_are_both_kept(pair: tuple[Store, Store]) -> None:
    here, there = pair
    bundle = here.export_bundle()
    [mine] = [entry for entry in bundle.entries if entry.about == "ö"]
    changed = type(mine)(
        mine.uid, mine.clock, mine.device, mine.at, mine.who, mine.kind, mine.about, mine.what, {"name": "Ö2"}
    )
    forged = Bundle(bundle.device, bundle.made, None, (*(e for e in bundle.entries if e != mine), changed), bundle.assessments,
                    bundle.events, bundle.definitions)  # fmt: skip
    assert whats(there.import_bundle(forged).conflicts)[-1] == "copied"
    assert there.import_bundle(forged).changes is False
    assert {entry.facts["name"] for entry in there.entries("company", "ö")} == {"Ö-verkstaden", "Ö2"}
    here.import_bundle(forged)
    assert here.company("ö").name == there.company("ö").name == "Ö2"


def test_time_spent_is_the_longest_and_each_store_stands_where_it_stood(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    there.record(assessment.id, [], position="there", seconds=90.0)
    send(there, here)
    found = here.assessment(assessment.id)
    assert (found.seconds, found.position) == (90.0, "data_inventory")


def test_an_import_that_is_killed_leaves_the_register_as_it_was_or_as_it_becomes(tmp_path: Path) -> None:
    source, url, chance = open_store(str(tmp_path / "a.db")), str(tmp_path / "b.db"), random.Random(11)
    control = open_store(str(tmp_path / "c.db"))
    command = [sys.executable, "-m", "tests.programme.importer", url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as mother:  # type: ignore[call-overload]
        for number in range(KILLS):
            for n in range(5):
                act(source, chance.randrange(len(ACTIONS)), chance.randrange(6), n)
            bundle = source.export_bundle()
            write_bundle(bundle, tmp_path / f"{number}.aimaturity", None)
            before = content(control)
            control.import_bundle(bundle)
            after = content(control)
            mother.stdin.write(f"{tmp_path / f'{number}.aimaturity'}\n")
            mother.stdin.flush()
            child = int(mother.stdout.readline())
            time.sleep(chance.random() * 0.12)
            os.kill(child, signal.SIGKILL)
            lines = list(iter(mother.stdout.readline, "ended\n"))
            with open_store(url) as target:
                now = content(target)
                assert now in (before, after)
                assert now == after or lines == []
                target.import_bundle(bundle)
                assert content(target) == after
                assert target.check() == []
        mother.stdin.close()
    source.close()
    control.close()


def test_a_file_that_may_not_grow_takes_in_nothing_and_all_once_it_may(
    pair: tuple[Store, Store], tmp_path: Path
) -> None:
    here, _ = pair
    [assessment] = here.assessments()
    here.record(assessment.id, [event("stor", "x" * 500_000)])
    bundle = here.export_bundle()
    with open_store(str(tmp_path / "ny.db")) as new:
        new.companies()
        size = max(path.stat().st_size for path in tmp_path.glob("ny.db*"))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            with pytest.raises(NotSaved, match=r"AIM60[78]"):
                new.import_bundle(bundle)
            with pytest.raises(NotSaved, match=r"AIM60[78]"):
                write_bundle(Bundle("a", bundle.made, None, definitions=bundle.definitions * 50), tmp_path / "b", None)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert new.entries() == []
        assert not (tmp_path / "b").exists()
        assert list(tmp_path.glob(".b*")) == []
        assert new.import_bundle(bundle).changes
        assert content(new) == content(here)


def test_tables_that_were_changed_outside_the_program_are_found_and_mended(store: Store) -> None:
    store.add_company("Åsas Bageri AB", id="åsa", organisationsnummer="556016-0680")
    store.add_company("Ö", id="ö")
    assessment = store.begin("åsa", questionnaire())
    enter(store, "activity", "k1", "added", {"kind": "course", "title": "Mätkväll", "date": "2026-03-02"})
    enter(store, "participation", "ö", "added", {"activity": "k1", "women": 1, "men": 1, "other": 0})
    before = content(store)
    assert store.check() == []
    with store._write() as connection:
        connection.execute(text("UPDATE company SET name = 'Fel', organisationsnummer = NULL WHERE id = 'åsa'"))
        connection.execute(
            text("UPDATE company SET organisationsnummer = '556016-0680', size = 'micro' WHERE id = 'ö'")
        )
        connection.execute(text("UPDATE assessment SET company = 'ö', finished = '2026-01-01T00:00:00+00:00'"))
        connection.execute(text("DELETE FROM participation"))
        connection.execute(text("UPDATE activity SET title = 'Fel'"))
    [found] = store.check()
    assert found.code == "AIM657"
    names = found.facts["names"].split(", ")
    assert names == ["company åsa", "company ö", f"assessment {assessment}", "activity k1", "participation k1 ö"]
    assert len(store.mend()) == 5
    assert content(store) == before
    assert store.check() == []
    with store._write() as connection:
        connection.execute(text("INSERT INTO company (id, created) VALUES ('okänd', '2026-01-01T00:00:00+00:00')"))
    store.mend()
    assert [found.facts["names"] for found in store.check()] == ["company okänd"]


def test_an_import_while_others_record_and_enter_loses_nothing(url: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as laptop, open_store(url, patience=30.0) as hub:
        laptop.add_company("Åsas Bageri AB", id="åsa")
        assessment = laptop.begin("åsa", questionnaire())
        send(laptop, hub)
        faults: list[BaseException] = []

        def work(n: int) -> None:
            try:
                for number in range(15):
                    hub.record(assessment, [event(f"f{n}", number)])
                    hub.edit_company("åsa", name=f"Åsa {n} {number}")
                    hub.add_company(None, id=f"c{n}-{number}")
            except BaseException as fault:
                faults.append(fault)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
        for thread in threads:
            thread.start()
        told = 0
        while any(thread.is_alive() for thread in threads):
            laptop.record(assessment, [event("från_bunt", told)])
            laptop.edit_company("åsa", about=About(owner=f"Ägare {told}"))
            send(laptop, hub)
            told += 1
        for thread in threads:
            thread.join()
        assert faults == []
        send(laptop, hub)
        assert len(hub.history(assessment)) == 30 + told
        assert hub.answers(assessment)["f0"].value == hub.answers(assessment)["f1"].value == 14
        assert len(hub.companies()) == 31
        assert hub.company("åsa").owner == f"Ägare {told - 1}"
        assert hub.out_of_step() == hub.check() == []
