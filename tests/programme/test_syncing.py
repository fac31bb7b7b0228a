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
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aimaturity.programme.store import About, NotSaved, Store, StoreRefused, open_store
from aimaturity.programme.store.bundle import Bundle, Event
from aimaturity.programme.store.bundle_file import write_bundle
from aimaturity.programme.store.fold import Entry
from tests.programme.filled import event, questionnaire
from tests.programme.laptops import (
    ACTIONS,
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


def test_a_bundle_that_counts_too_far_is_refused(pair: tuple[Store, Store]) -> None:
    here, there = pair
    bundle = here.export_bundle()
    last = max(entry.clock for entry in bundle.entries)
    before = content(there)

    def with_clock(clock: int) -> Bundle:
        added = next(entry for entry in bundle.entries if entry.what == "added")
        new: Entry = replace(added, uid="x" * 16, clock=clock, what="edited", facts={"owner": "Åke"})
        return replace(bundle, entries=(*bundle.entries, new))

    def with_seq(seq: int) -> Bundle:
        new: Event = replace(bundle.events[0], seq=seq, device="annan")
        return replace(bundle, events=(*bundle.events, new))

    for made in (with_clock(last + 10**8 + 1), with_seq(bundle.events[0].seq + 10**8 + 1)):
        for dry_run in (True, False):
            with pytest.raises(StoreRefused, match="AIM637"):
                there.import_bundle(made, dry_run)
    assert content(there) == before
    assert there.import_bundle(with_clock(last + 10**8)).entries == 1
