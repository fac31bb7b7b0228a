"""A glimpse says what the opened store says, writes nothing, and says nothing where the store isn't in order."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from aimaturity.programme.store import AnswerEvent, HoldLost, Store, Unclear, glimpsed, open_store
from aimaturity.responses.given import Given, State
from tests.bundled import bundled
from tests.programme.filled import NAME, NUMBER, answered, begun, event, questionnaire

SCAN = bundled("ai-quickscan").questionnaire


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "företag" / "register.db"


def filled(store: Store, random: Random) -> list[str]:
    """Companies that were renamed and merged, with assessments in both voices, some of them taken over; the ids."""
    store.add_company("Å-kraft i Osby AB", id="osby")
    store.add_company("Österlens Mejeri")
    store.add_company("Osby kraft", id="kraft")
    store.merge_companies("kraft", "osby")
    found = [
        begun(store, number=NUMBER, occasion="T0", adviser="Åsa"),
        begun(store, occasion="T1", language="en", date="2026-11-23"),
        store.begin("osby", SCAN, occasion="T0"),
        store.begin("osby", questionnaire()),
    ]
    names = [name for name, _ in questionnaire().variables()]
    for assessment in found:
        hold = store.hold(assessment, "Åsa")
        if random.random() < 0.5:
            store.hold(assessment, "Örjan", take_over=True)
        for _ in range(random.randint(0, 12)):
            given = random.choice([answered("on_paper", comment="åäö"), answered(4.5), Given(State.DONT_KNOW), Given()])
            said = AnswerEvent(random.choice(names), given, random.choice(["adviser", "company"]))  # type: ignore[arg-type]
            mine = hold if random.random() < 0.3 else None
            with suppress(HoldLost):  # kept aside
                store.record(assessment, [said], position=random.choice([*names, ""]), seconds=7.5, hold=mine)
    store.finish(found[0])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_it_says_what_the_store_says(path: Path, seed: int) -> None:
    with open_store(str(path)) as store:
        ids = filled(store, Random(seed))
        with glimpsed(str(path)) as seen:
            for name in ("osby", "kraft", NAME, NUMBER, NUMBER.replace("-", ""), "ÖSTERLENS  mejeri", "Ö", "Osby"):
                assert seen.identified(name) == store.identified(id=name, name=name, organisationsnummer=name)
            for company in store.companies():
                assert seen.assessments(company.id) == store.assessments(company.id)
            for id in ids:
                for voice in ("adviser", "company"):
                    assert list(seen.latest(id, voice).items()) == list(store.latest(id, voice).items())  # type: ignore[arg-type]
                    assert seen.answers(id, voice) == store.answers(id, voice)  # type: ignore[arg-type]
                assert seen.questionnaire(store.assessment(id).definition) == store.open_questionnaire(id)
                assert seen.holder(id) == store.holder(id) is not None


def test_it_finds_the_store_as_opening_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMATURITY_DATABASE", str(path))
    with open_store() as store:
        store.add_company("Å AB", id="å")
    with glimpsed() as seen:
        assert seen.identified("å") is not None
    monkeypatch.delenv("AIMATURITY_DATABASE")
    monkeypatch.setenv("AIMATURITY_HOME", str(path.parent))
    with pytest.raises(Unclear), glimpsed():
        pass
    with open_store() as store:
        store.add_company("Ö AB", id="ö")
    with glimpsed() as seen:
        assert seen.identified("ö") is not None


def test_it_makes_nothing_and_changes_nothing(path: Path) -> None:
    with pytest.raises(Unclear), glimpsed(str(path)):
        pass
    assert not path.parent.exists()
    with open_store(str(path)) as store:
        begun(store)
    before = path.read_bytes()
    with glimpsed(str(path)) as seen, pytest.raises(sqlite3.OperationalError, match="readonly"):
        seen._connection.execute("DELETE FROM company")
    assert path.read_bytes() == before


def test_it_waits_for_nobody_and_sees_what_is_committed(path: Path) -> None:
    with open_store(str(path)) as store:
        assessment = begun(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE assessment SET position = 'data_access'")
            with glimpsed(str(path)) as seen:
                assert seen.assessments(NAME)[0].position is None
                other.execute("COMMIT")
                assert seen.assessments(NAME)[0].position is None  # one state from beginning to end
        with glimpsed(str(path)) as seen:
            assert seen.assessments(NAME)[0].position == "data_access"
        assert store.assessment(assessment).position == "data_access"


def refuse_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE aimaturity_version SET version_num = '9999'")


def refuse_damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    path.write_bytes(data)


def refuse_unreadable_answer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER answer_event_never_changed")
        connection.execute("""UPDATE answer_event SET given = '{"state": "glad"}'""")


def refuse_unreadable_definition(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER definition_never_changed")
        connection.execute("UPDATE definition SET content = '{}'")


@pytest.mark.parametrize(
    "refuse",
    [
        refuse_newer,
        refuse_damaged,
        refuse_unreadable_answer,
        refuse_unreadable_definition,
        lambda path: path.write_text("ingen databas"),
        lambda path: path.write_bytes(b""),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_what_isnt_in_order_is_for_the_store_to_say(path: Path, refuse: object) -> None:
    with open_store(str(path)) as store:
        assessment = begun(store)
        definition = store.assessment(assessment).definition
        store.record(assessment, [event()])
    for left in path.parent.iterdir():
        if left != path:
            left.unlink()
    refuse(path)  # type: ignore[operator]

    def looked() -> None:
        with glimpsed(str(path)) as seen:
            seen.assessments(NAME)
            seen.latest(assessment)
            seen.questionnaire(definition)

    with pytest.raises(Unclear):
        looked()


def test_a_locked_file_is_unclear_at_once(path: Path) -> None:
    with open_store(str(path)) as store:
        begun(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unclear), glimpsed(str(path)):
            pass


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may write anywhere")
def test_a_file_that_cant_be_written_is_unclear(path: Path) -> None:
    with open_store(str(path)) as store:
        begun(store)
    path.chmod(0o400)
    with pytest.raises(Unclear), glimpsed(str(path)):
        pass


@pytest.mark.parametrize("address", ["postgresql://nobody@/x", "sqlite:///x.db", "mysql://x"])
def test_another_kind_of_store_is_unclear(address: str) -> None:
    with pytest.raises(Unclear), glimpsed(address):
        pass


def test_an_id_and_a_number_of_two_companies_are_unclear(path: Path) -> None:
    """What the store refuses, with the same name in both places."""
    with open_store(str(path)) as store:
        store.add_company("Å AB", id=NUMBER, organisationsnummer="556036-0793")
    with pytest.raises(Unclear), glimpsed(str(path)) as seen:
        seen.identified(NUMBER)
