"""A company's data is given out whole and erased to the last byte; copies and checks tell the truth."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.pilots.card import StatusEntry
from aimaturity.programme.store import About, AnswerEvent, NotSaved, Store, StoreRefused, open_store
from aimaturity.programme.store.rescue import rescue
from aimaturity.programme.store.results import Result
from aimaturity.programme.store.schema import METADATA
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.table import given_of
from tests.programme.filled import NAME, NOTE, NUMBER, answered, begun, event, findings, questionnaire
from tests.programme.pilots.invented import card

SECRETS = (NAME, "Brösarps", NUMBER, "hemlig kalkyl", "Östen Ö", "brosarp-rapport")


def filled(store: Store) -> str:
    """Two companies; one has a past under another name, a report, a hold, and answers with words of its own."""
    other = begun(store, "Österlens Mejeri AB")
    store.record(other, [event(value="nobody_can_say")])
    assessment = begun(store, "Brösarps Finmek")
    store.add_company(NAME, organisationsnummer=NUMBER)
    for number in range(40):
        store.record(assessment, [event("data_inventory", "in_heads")], position="data_access", seconds=number)
        store.record(assessment, [event("words", f"hemlig kalkyl {number} " * 40, "company")])
    store.merge_companies("Brösarps Finmek", NUMBER)
    store.edit_company(NUMBER, name="Brösarps Finmekanik Aktiebolag")
    store.edit_company(NUMBER, name=NAME)
    store.hold(assessment, "Östen Ö")
    store.note_report(assessment, "/tmp-ish/brosarp-rapport.html")
    return assessment


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in METADATA.sorted_tables
            if table.name not in ("hold", "about")  # a copy has a name of its own
        }


def test_an_export_holds_everything_on_one_company_and_nothing_on_another(store: Store) -> None:
    assessment = filled(store)
    store.keep_results([Result(2, "1 80", "sha256:0", 5, level=2)], [])
    found = json.loads(json.dumps(store.export_company(NUMBER)))
    assert found["company"]["name"] == NAME
    assert [company["id"] for company in found["merged"]] == ["Brösarps Finmek"]
    [one] = found["assessments"]
    assert [result["basis"] for result in one["result"]] == ["1 80"]
    assert (one["id"], one["questionnaire"], len(one["answers"])) == (assessment, "ai-maturity", 80)
    assert one["answers"][0]["given"] == {"state": "answered", "value": "in_heads"}
    assert one["reports"][0]["path"].endswith("brosarp-rapport.html")
    assert one["hold"][0]["who"] == "Östen Ö"
    entered = {(entry["kind"], entry["what"]) for entry in found["entries"]}
    assert entered == {("company", what) for what in ("added", "merged", "edited")} | {("assessment", "begun")}
    assert "Österlens" not in json.dumps(found, ensure_ascii=False)


def test_an_erased_company_is_gone_and_the_others_are_untouched(store: Store) -> None:
    assessment = filled(store)
    erased = store.erase_company("Brösarps Finmek")
    assert (erased.assessments, erased.events, erased.left) == (1, 80, None)
    assert erased.reports == ("/tmp-ish/brosarp-rapport.html",)
    for call in (lambda: store.company(NUMBER), lambda: store.assessment(assessment)):
        with pytest.raises(StoreRefused):
            call()
    assert [company.name for company in store.companies()] == ["Österlens Mejeri AB"]
    [other] = store.assessments()
    assert store.answers(other.id) == {"data_inventory": answered("nobody_can_say")}
    assert [(entry.what, entry.company, entry.facts) for entry in store.company_log()][-1] == (
        "erased", None, {"assessments": 1, "events": 80},
    )  # fmt: skip
    assert store.check() == []


def test_an_erasing_tells_where_the_company_is_still_named(store: Store) -> None:
    filled(store)
    store.add_company("Österlens Verkstad", id="v", about=About(owner="brösarps finmekaniks ägare"))
    store.add_activity("visit", "Studiebesök hos BRÖSARPS  FINMEKANIK", "2026-03-01", id="besök")
    store.add_activity("visit", f"Besök hos {NUMBER.replace('-', '')}", "2026-03-01", id="nummer")
    store.edit_activity("nummer", title="Besök")
    store.add_activity("seminar", "Finmekanik i Brösarp", "2026-03-01", id="annat")
    store.add_pilot(card("p", ai_use="Prognos hos Brösarps Finmek", companies=[]))
    entry = StatusEntry(status="approved", date=dt.date(2026, 10, 1), by="Styrgruppen", note=f"{NAME} är med")
    store.change_pilot("p", steps=[entry])
    mentions = store.erase_company(NUMBER).mentions
    assert [(one.kind, one.about, one.field, one.current) for one in mentions] == [
        ("activity", "besök", "title", True),
        ("activity", "nummer", "title", False),
        ("company", "v", "owner", True),
        ("pilot", "p", "ai_use", True),
        ("pilot", "p", "note", False),
    ]


def test_a_company_that_nobody_else_speaks_of_is_not_mentioned(store: Store) -> None:
    store.add_company("Bo", id="bo")
    store.add_company("Boel", id="boel")
    store.add_activity("seminar", "Bostäder och Boplats", "2026-03-01")
    assert store.erase_company("bo").mentions == ()
    assert store.erase_company("boel").mentions == ()


def test_a_store_that_can_only_be_read_is_tidied_by_nobody_and_still_gives_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        filled(store)
        named = store.export_bundle().device
    with open_store(str(path)) as store:
        store.read_only = True
        assert store.export_bundle().device == named
        left = store.tidy()
        assert left is not None
        assert left.code == "AIM605"
    copy = tmp_path / "kopia.db"
    with open_store(str(path)) as store:
        store.backup(copy)
    with open_store(str(copy)) as store:
        store.read_only = True
        first, second = store.export_bundle(), store.export_bundle()
        assert len({first.device, second.device, named}) == 3
        assert first.entries == second.entries != ()
        assert store.check() == []


def test_no_byte_of_an_erased_company_is_left_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path)) as store, open_store(str(path)) as looking_on:
        filled(store)
        assert len(looking_on.companies()) == 2
        assert all(held(path, secret) for secret in SECRETS)
        assert store.erase_company(NUMBER).left is None
        assert [secret for secret in SECRETS if held(path, secret)] == []
        assert (path.with_name("r.db-wal")).stat().st_size == 0
    assert [secret for secret in SECRETS if held(path, secret)] == []


def held(path: Path, words: str) -> bool:
    return any(words.encode("utf-8") in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_no_byte_of_an_erased_company_is_left_in_postgresqls_tables(postgres: str, postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        filled(store)
        name = postgres_url.rpartition("/")[2] if "?" not in postgres_url else postgres_url.split("/")[3].split("?")[0]
        address = f"host={postgres} user=postgres dbname={name}"
        with psycopg.connect(address, autocommit=True) as connection:
            [[oid]] = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [name])
            connection.execute("CHECKPOINT")
            folder = Path(postgres) / "data" / "base" / str(oid)
            assert tables_hold(folder, NAME)
            assert store.erase_company(NUMBER).left is None
            connection.execute("VACUUM FULL pg_statistic")
            connection.execute("CHECKPOINT")
        assert [secret for secret in SECRETS if tables_hold(folder, secret)] == []


def tables_hold(folder: Path, words: str) -> bool:
    return any(words.encode("utf-8") in file.read_bytes() for file in folder.iterdir())


def test_an_erasing_says_so_where_another_program_keeps_the_old_bytes_open(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path), patience=0.2) as store, open_store(str(path)) as reader:
        filled(store)
        with reader._read() as connection:
            connection.execute(text("SELECT count(*) FROM company")).one()
            erased = store.erase_company(NUMBER)
            assert erased.left is not None
            assert erased.left.code == "AIM622"
        assert len(store.companies()) == 1
        assert store.tidy() is None
        assert not held(path, NAME)


def test_a_backup_is_a_whole_store_for_its_owner_alone_and_replaces_nothing(store: Store, tmp_path: Path) -> None:
    filled(store)
    copy = tmp_path / "kopia på stickan.db"
    store.backup(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "kopia" in path.name) == [copy.name]
    with pytest.raises(NotSaved, match="AIM616"):
        store.backup(copy)
    with open_store(str(copy)) as copied:
        assert everything(copied) == everything(store)
        assert copied.check() == []
        assert copied.hold(copied.assessments()[1].id, "B").who == "B"


def test_a_backup_is_one_state_of_a_store_that_is_written_to_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        assessment = begun(store)
        code = (
            "import sys; from aimaturity.programme.store import open_store\n"
            "from tests.programme.filled import event\n"
            "store = open_store(sys.argv[1])\n"
            "while True: store.record(sys.argv[2], [event('a', 'x' * 300), event('b', 'y')]); print(flush=True)\n"
        )
        writer = subprocess.Popen([sys.executable, "-c", code, str(path), assessment], stdout=subprocess.PIPE)
        try:
            assert writer.stdout is not None
            for number in range(10):
                writer.stdout.readline()
                store.backup(tmp_path / f"{number}.db")
        finally:
            writer.kill()
            writer.wait()
            assert writer.stdout is not None
            writer.stdout.close()
    counts = []
    for number in range(10):
        with open_store(str(tmp_path / f"{number}.db")) as copy:
            assert copy.check() == []
            counts.append(copy.assessment(assessment).events)
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_store_in_order_has_no_findings(store: Store) -> None:
    filled(store)
    assert store.check() == []


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["DROP TRIGGER answer_event_never_changed"], "AIM621"),
        (["DROP TRIGGER answer_event_never_deleted", "DELETE FROM answer_event WHERE seq = 5"], "AIM617"),
        (["DROP TRIGGER answer_event_never_deleted", "DELETE FROM answer_event WHERE seq = 80"], "AIM617"),
        (["DROP TRIGGER answer_event_never_changed", "UPDATE answer_event SET given = '{' WHERE seq = 5"], "AIM618"),
        (["DROP TRIGGER definition_never_changed", "UPDATE definition SET content = '{}'"], "AIM628"),
    ],
)
def test_what_was_done_behind_the_programs_back_is_found(store: Store, statements: list[str], code: str) -> None:
    filled(store)
    table = "definition" if "definition" in statements[0] else "answer_event"
    with store._engine.begin() as connection:
        for statement in statements:
            on_table = f" ON {table}" if statement.startswith("DROP") and store.file is None else ""
            connection.execute(text(statement + on_table))
    assert code in {found.code for found in store.check()}


def test_files_that_others_can_read_are_found(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "r.db")) as store:
        begun(store)
        (tmp_path / "r.db").chmod(0o644)
        assert [(found.code, found.facts["mode"]) for found in store.check()] == [("AIM619", "644")]


def test_a_store_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with open_store(str(tmp_path / "ny" / "mapp" / "r.db")) as store:
            begun(store)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "ny" / "mapp").iterdir()}
    finally:
        os.umask(before)
    assert modes == {"r.db": 0o600, "r.db-wal": 0o600, "r.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "ny" / "mapp").stat().st_mode) == 0o700


def damaged(tmp_path: Path) -> tuple[Path, list[tuple[int, object]]]:
    """A store of several hundred events, closed; and its events."""
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        assessment = begun(store, NAME, NUMBER, date="2026-11-23", adviser="Östen Ö")
        for number in range(60):
            events = [event("data_inventory", "in_heads"), event("business_note", f"{number} " + NOTE * 3, "company")]
            store.record(assessment, events * 5)
        return path, [(answer.seq, answer.given.value) for answer in store.history(assessment)]


def cut(data: bytearray) -> bytearray:
    return data[: len(data) * 8 // 10]


def overwritten(data: bytearray) -> bytearray:
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 3 * 4096] = random.Random(7).randbytes(3 * 4096)
    return data


def headless(data: bytearray) -> bytearray:
    data[:4096] = bytes(4096)
    return data


@pytest.mark.parametrize("harm", [cut, overwritten, headless])
def test_what_a_damaged_file_still_holds_is_saved(tmp_path: Path, harm: Callable[[bytearray], bytearray]) -> None:
    path, events = damaged(tmp_path)
    path.write_bytes(harm(bytearray(path.read_bytes())))
    before = path.read_bytes()
    assert {found.code for found in findings(path)} & {"AIM603", "AIM604", "AIM620"}
    saved = rescue(path, tmp_path / "räddat")
    assert path.read_bytes() == before
    found = [json.loads(line) for line in (tmp_path / "räddat" / "answer_event.jsonl").read_text().splitlines()]
    read = [(row["seq"], json.loads(row["given"])["value"]) for row in found]
    assert set(read) <= set(events)
    assert saved.rows["answer_event"] == len(read) >= len(events) * (0.35 if harm is cut else 0.9)
    assert saved.expected == len(events)
    [answers] = (tmp_path / "räddat").glob("*-adviser.json")
    assert stat.S_IMODE(answers.stat().st_mode) == 0o600
    reading = read_answers(answers, questionnaire())
    assert reading.table is not None
    assert reading.diagnostics == []
    assert reading.table.companies[0].organisationsnummer == NUMBER
    assert given_of(questionnaire(), reading.table, 0)["data_inventory"] == answered("in_heads")


def test_a_file_with_nothing_in_it_has_nothing_to_save(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(random.Random(7).randbytes(50_000))
    with pytest.raises(StoreRefused, match="AIM603"):
        rescue(path, tmp_path / "räddat")


def test_rescued_answers_go_into_a_new_store(tmp_path: Path) -> None:
    """An answers file made from a stored assessment reads as the same answers."""
    interview = bundled_folder("examples") / "answers-brosarp.yaml"
    table = read_answers(interview, questionnaire()).table
    assert table is not None
    answers = given_of(questionnaire(), table, 0)
    path = tmp_path / "r.db"
    with open_store(str(path)) as store:
        assessment = begun(store)
        store.record(assessment, [event(name) for name in answers])
        store.record(assessment, [AnswerEvent(name, given) for name, given in answers.items()])
    rescue(path, tmp_path / "ut")
    again = read_answers(tmp_path / "ut" / f"{assessment}-adviser.json", questionnaire())
    assert again.table is not None
    assert given_of(questionnaire(), again.table, 0) == answers
