"""No crash costs an answer, and what can't be saved is said so in plain words."""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from aimaturity.definitions.diagnostics import catalogue
from aimaturity.programme.store import NotSaved, Store, StoreRefused, open_store
from tests.programme.filled import NAME, answered, begun, event, findings

KILLS = int(os.environ.get("AIMATURITY_TEST_KILLS", "50"))
"""How many times the recording process is killed; raise it for a long run."""
ROOT = Path(__file__).parents[2]


def numbered(assessment: str, url: str) -> dict[int, str]:
    with open_store(url) as store:
        assert store.check() == []
        return {answer.seq: str(answer.given.value) for answer in store.history(assessment)}


def kill_again_and_again(url: str, times: int) -> int:
    """Kills the writer at random moments; every answer that it was told is saved must be there. How many those were."""
    with open_store(url) as store:
        assessment = begun(store)
    told: dict[int, str] = {}
    chance = random.Random(20261125)
    command = [sys.executable, "-m", "tests.programme.writer", url, assessment]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as mother:  # type: ignore[call-overload]
        for round_ in range(times):
            mother.stdin.write(f"omgång_{round_}\n")
            mother.stdin.flush()
            writer = int(mother.stdout.readline())
            first = mother.stdout.readline()
            time.sleep(chance.random() * 0.03)
            os.kill(writer, signal.SIGKILL)
            lines = [first, *iter(mother.stdout.readline, "killed\n")]
            told |= {int(seq): f"{name} {number} " for seq, name, number in map(str.split, lines)}
            if round_ % 10 == 9 or round_ == times - 1:
                found = numbered(assessment, url)
                lost = [seq for seq, value in told.items() if not found.get(seq, "").startswith(value)]
                assert lost == []
                assert sorted(found) == list(range(1, len(found) + 1))
    return len(told)


def test_no_acknowledged_answer_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    assert kill_again_and_again(str(tmp_path / "r.db"), KILLS) >= KILLS


def test_no_acknowledged_answer_is_lost_in_postgresql_either(postgres_url: str) -> None:
    assert kill_again_and_again(postgres_url, KILLS // 2) >= KILLS // 2


def test_two_programs_that_write_at_once_lose_nothing(url: str) -> None:
    with open_store(url) as store:
        assessment = begun(store)
    names = ("Åsa", "Örjan")
    command = [sys.executable, "-m", "tests.programme.writer", url, assessment]
    writers = [subprocess.Popen([*command, name, "60"], cwd=ROOT, stdout=subprocess.PIPE, text=True) for name in names]
    told = [line.split() for writer in writers for line in writer.communicate()[0].splitlines()]
    found = numbered(assessment, url)
    assert sorted(found) == sorted(int(seq) for seq, _, _ in told) == list(range(1, 121))
    assert all(found[int(seq)].startswith(f"{name} {number} ") for seq, name, number in told)


def test_threads_may_share_a_store(store: Store) -> None:
    assessment = begun(store)
    faults: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(20):
                store.record(assessment, [event(name, number)])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {name: given.value for name, given in store.answers(assessment).items()} == {"a": 19, "b": 19, "c": 19}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where one can be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.getuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if done.returncode:
        pytest.skip("a small disk can't be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_says_not_saved_and_saves_once_there_is_room(small_disk: Path) -> None:
    with open_store(str(small_disk / "r.db")) as store:
        assessment = begun(store)
        saved = fill_until_refused(store, assessment, "AIM607", lambda: (small_disk / "annat").write_bytes)
        before = store.answers(assessment)
        for _ in range(3):
            with pytest.raises(NotSaved, match="AIM607"):
                store.record(assessment, [event("stor", "x" * 100_000)], position="dit")
        assert store.answers(assessment) == before
        assert store.assessment(assessment).position is None
        (small_disk / "annat").unlink()
        assert store.record(assessment, [event("stor", "x" * 100_000)], position="dit") == (saved + 1,)
        assert store.check() == []
    with open_store(str(small_disk / "r.db")) as store:
        assert store.answers(assessment) == before | {"stor": answered("x" * 100_000)}


def fill_until_refused(store: Store, assessment: str, code: str, other: Callable[[], Callable[[bytes], int]]) -> int:
    """Leaves no room on the disk, then records until that is noticed; how many answers were saved."""
    for size in (1_000_000, 100_000, 10_000, 4096):
        data = b""
        while True:
            try:
                data += bytes(size)
                other()(data)
            except OSError:
                break
    with pytest.raises(NotSaved, match=code):
        record_without_end(store, assessment)
    return store.assessment(assessment).events


def record_without_end(store: Store, assessment: str) -> None:
    for number in itertools.count():
        store.record(assessment, [event(f"fråga_{number}", "y" * 2000)])


def test_a_file_that_may_not_grow_says_not_saved_and_saves_once_it_may(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "r.db")) as store:
        assessment = begun(store)
        store.record(assessment, [event()])
        before = store.answers(assessment)
        size = max(path.stat().st_size for path in tmp_path.iterdir())
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            with pytest.raises(NotSaved, match=r"AIM60[78]"):
                store.record(assessment, [event("stor", "x" * 500_000)])
            assert store.answers(assessment) == before
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert store.record(assessment, [event("stor", "x" * 500_000)]) == (2,)
        assert store.check() == []


def test_an_answer_is_refused_while_another_program_holds_the_lock_and_saved_after(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path), patience=0.1) as store:
        assessment = begun(store)
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved, match="AIM606"):
                store.record(assessment, [event()])
            assert store.answers(assessment) == {}
            other.execute("ROLLBACK")
        other.close()
        assert store.record(assessment, [event()]) == (1,)


def test_postgresql_that_goes_away_says_not_saved_and_saves_once_it_is_back(postgres_url: str) -> None:
    with open_store(postgres_url) as store, open_store(postgres_url) as other:
        assessment = begun(store)
        with pytest.raises(NotSaved, match="AIM609"):
            write_while_killed(store, other)
        assert store.record(assessment, [event()]) == (1,)


def write_while_killed(store: Store, other: Store) -> None:
    with store._write() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other._write() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
        connection.execute(text("SELECT 1"))


def test_an_unreachable_postgresql_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="AIM609") as refused:
        open_store(f"postgresql://åsa:hemligt@/register?host={tmp_path}", patience=1.0)
    assert "hemligt" not in str(refused.value)


AS_NOBODY = """
import os, sys
from aimaturity.definitions.diagnostics import catalogue
from aimaturity.programme.store import open_store, NotSaved, StoreRefused
from tests.programme.filled import event
path, assessment, warm = sys.argv[1:]
open_store(warm).close(), catalogue()  # imports what root alone may be able to read
os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    store = open_store(path)
except StoreRefused as refused:
    sys.exit(refused.diagnostic.code)
assert store.read_only
print(store.answers(assessment)["data_inventory"].value, store.check() == [])
try:
    store.record(assessment, [event()])
except NotSaved as refused:
    print(refused.diagnostic.code)
"""


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_a_store_that_can_only_be_read_is_read_and_says_so_when_written_to(
    tmp_path: Path, folder_mode: int, file_mode: int
) -> None:
    folder = Path("/tmp") / f"aimaturity-{os.getpid()}-{folder_mode:o}-{file_mode:o}"
    folder.mkdir()
    try:
        with open_store(str(folder / "r.db")) as store:
            assessment = begun(store)
            store.record(assessment, [event()])
        (folder / "r.db").chmod(file_mode)
        folder.chmod(folder_mode)
        code = (
            AS_NOBODY
            if os.getuid() == 0
            else AS_NOBODY.replace("os.setgroups([]), os.setgid(65534), os.setuid(65534)", "")
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder / "r.db"), assessment, str(tmp_path / "varm.db")],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)
    assert done.stdout.split() == ["in_heads", "False", "AIM605"], done.stderr


def test_a_folder_that_can_not_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(StoreRefused, match="AIM608"):
        open_store(str(tmp_path / "fil" / "r.db"))


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="AIM601"):
        open_store(str(tmp_path / "r.db"), create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_postgresql_database_without_a_store_is_not_filled_by_looking(postgres_url: str) -> None:
    with pytest.raises(StoreRefused, match="AIM601"):
        open_store(postgres_url, create=False)


@pytest.mark.parametrize(
    "address", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://u:hemligt@h/d", "://"]
)
def test_an_address_that_is_none_is_refused_without_telling_a_password(address: str) -> None:
    with pytest.raises(StoreRefused, match="AIM610") as refused:
        open_store(address)
    assert "hemligt" not in str(refused.value)


def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    empty, words, other = tmp_path / "tom.db", tmp_path / "brev.txt", tmp_path / "annan.db"
    empty.touch()
    words.write_text("Bästa Åsa, " * 1000)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recept (namn TEXT)")
    connection.close()
    for path in (empty, words, other):
        before = path.read_bytes()
        with pytest.raises(StoreRefused, match="AIM604"):
            open_store(str(path))
        assert path.read_bytes()[100:] == before[100:]


def test_a_database_of_somebody_elses_is_refused(postgres_url: str) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE company (x int)"))
    engine.dispose()
    with pytest.raises(StoreRefused, match="AIM604"):
        open_store(postgres_url)


def test_a_store_of_a_newer_version_is_refused_and_left_alone(opened: Callable[..., Store]) -> None:
    store = opened()
    begun(store)
    with store._write() as connection:
        connection.execute(text("UPDATE aimaturity_version SET version_num = '9999'"))
    with pytest.raises(StoreRefused, match="AIM602") as refused:
        opened()
    assert refused.value.diagnostic.facts["name"] == "9999"
    assert [company.name for company in store.companies()] == [NAME]


@pytest.mark.parametrize("keep", [20, 4096, 50_000])
def test_a_truncated_file_is_told_to_be_damaged(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        begun(store)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(StoreRefused, match=r"AIM60[34]"), open_store(str(path)) as store:
        store.companies()


def test_damage_inside_the_file_is_found_by_the_check_or_told_when_met(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        assessment = begun(store)
        store.record(assessment, [event(f"f{number}", "x" * 500) for number in range(200)])
    whole = path.read_bytes()
    for page in range(len(whole) // 4096):
        data = bytearray(whole)
        data[page * 4096 : page * 4096 + 4096] = b"\xaa" * 4096
        path.write_bytes(data)
        assert {found.code for found in findings(path)} & {"AIM603", "AIM604", "AIM617", "AIM620", "AIM621", "AIM628"}


def test_programs_that_make_the_same_store_at_once_get_one(url: str) -> None:
    code = (
        "import sys; from aimaturity.programme.store import open_store\n"
        "store = open_store(sys.argv[1]); store.add_company(sys.argv[2])"
    )
    names = ["Å", "Ä", "Ö", "É"]
    made = [subprocess.Popen([sys.executable, "-c", code, url, name]) for name in names]
    assert [process.wait() for process in made] == [0, 0, 0, 0]
    with open_store(url) as store:
        assert sorted(company.id for company in store.companies()) == sorted(names)
        assert store.check() == []


def test_a_creation_that_is_cut_off_leaves_no_half_of_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("aimaturity.programme.store.engines.create_tables", stopped)
        with pytest.raises(NotSaved, match=r"AIM60[78]"):
            open_store(str(tmp_path / "r.db"))
    assert list(tmp_path.iterdir()) == []
    with open_store(str(tmp_path / "r.db")) as store:
        assert store.companies() == []


def test_each_refusal_has_a_code_of_the_catalogue() -> None:
    from aimaturity.programme.store import faults

    assert {*faults._SQLITE.values(), *faults._POSTGRES.values()} <= set(catalogue())
