"""`sync` as an adviser and a hub run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.store import AnswerEvent, open_store
from aimaturity.responses.given import Given
from aimaturity.responses.table import State

ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    for name in ("AIMATURITY_DATABASE", "AIMATURITY_SYNC_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: object) -> Result:
    lang = [] if "--lang" in arguments else ["--lang", "sv"]
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, [*map(str, arguments), *lang])


def done(*arguments: object, code: int = 0) -> str:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    return result.stdout


def carry(one: str, other: str, *options: object, code: int = 0) -> str:
    """A signed bundle from one register to another."""
    done("sync", "export", f"{one}.aimaturity", "--key", "hub.key", "--database", one)
    try:
        return done("sync", "import", f"{one}.aimaturity", "--key", "hub.key", "--database", other, *options, code=code)
    finally:
        Path(f"{one}.aimaturity").unlink()


@pytest.mark.parametrize("command", ["key", "export", "import"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert f"aimaturity sync {command}" in done("sync", command, "--help")


def test_an_adviser_takes_a_bundle_to_the_hub_and_one_back() -> None:
    assert "hub.key" in done("sync", "key", "hub.key")
    done("assessment", "import", ANSWERS, "--database", "åsa.db")
    exported = run("sync", "export", "åsa.aimaturity", "--key", "hub.key", "--database", "åsa.db")
    assert exported.stdout == "Bunten är skriven: åsa.aimaturity\nFöretag: 1; bedömningar: 1; svar: 55.\n"
    assert "inte krypterad" in exported.stderr
    imported = ["sync", "import", "åsa.aimaturity", "--key", "hub.key", "--database", "hub.db"]
    assert run(*imported, "--dry-run").exit_code == 2  # no register is made by looking
    assert not Path("hub.db").exists()
    assert "nya företag: 1; nya bedömningar: 1; nya svar: 55" in done(*imported)
    assert "inget nytt" in done(*imported)
    assert "inget nytt" in done("assessment", "import", ANSWERS, "--database", "hub.db")
    assert "Finmekanik" in done("company", "list", "--database", "hub.db")
    done("company", "add", "Österlens Mejeri AB", "--database", "hub.db")
    assert "nya företag: 1" in carry("hub.db", "åsa.db")
    assert done("doctor", "--database", "åsa.db").startswith("Registret är helt")


def test_what_both_sides_said_is_listed_in_words_and_in_json() -> None:
    done("sync", "key", "hub.key")
    done("assessment", "import", ANSWERS, "--database", "a.db")
    carry("a.db", "b.db")
    for name, value in (("a.db", "in_heads"), ("b.db", "nobody_can_say")):
        with open_store(name) as store:
            [assessment] = store.assessments()
            store.record(assessment.id, [AnswerEvent("data_inventory", Given(State.ANSWERED, value))])
        done("company", "edit", "brosarp", "--name", f"Brösarp {name}", "--database", name)
    dry = carry("a.db", "b.db", "--dry-run", code=1)
    assert dry.startswith("Inget är ändrat")
    assert "Olika på båda sidor: 2." in dry
    assert "Här: Ingen kan säga" in dry or "data_inventory adviser" in dry
    told = json.loads(carry("a.db", "b.db", "--json", code=1))
    assert (told["signed"], told["dry_run"], told["done"]["entries"]) == (True, False, 1)
    by_what = {conflict["what"]: conflict for conflict in told["done"]["conflicts"]}
    assert by_what.keys() == {"field", "answer"}
    assert by_what["field"]["there"] == "Brösarp a.db"
    assert by_what["answer"]["here"]["value"] == "nobody_can_say"
    english = carry("b.db", "a.db", "--lang", "en")
    assert "new entries in the journal" in english


def test_an_erased_company_is_named_before_it_goes() -> None:
    done("sync", "key", "hub.key")
    done("assessment", "import", ANSWERS, "--database", "a.db")
    carry("a.db", "b.db")
    done("company", "erase", "brosarp", "--yes", "--database", "a.db")
    assert "företag: brosarp; bedömningar: 1; svar: 55" in carry("a.db", "b.db", "--dry-run", code=1)
    assert "company" not in done("company", "list", "--json", "--database", "a.db")
    carry("a.db", "b.db", code=1)
    assert json.loads(done("company", "list", "--json", "--database", "b.db")) == []


def test_what_can_not_be_taken_in_is_told_and_ends_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("hub.key", "annan.key"):
        done("sync", "key", key)
    done("company", "add", "Åsas Bageri AB", "--database", "a.db")
    done("sync", "export", "a", "--key", "hub.key", "--database", "a.db")
    unsigned = run("sync", "export", "b", "--database", "a.db")
    assert "inte signerad" in unsigned.stderr
    Path("brev").write_text("Bästa Åsa")
    for arguments, code in (
        (["a"], "AIM706"),
        (["a", "--key", "annan.key"], "AIM705"),
        (["a", "--key", "brev"], "AIM707"),
        (["b", "--key", "hub.key"], "AIM704"),
        (["brev", "--key", "hub.key"], "AIM701"),
        (["saknas", "--key", "hub.key"], "AIM001"),
    ):
        for lang in ("sv", "en"):
            result = run("sync", "import", *arguments, "--database", "c.db", "--lang", lang)
            assert (result.exit_code, code in result.stderr) == (2, True), result.output
    assert run("sync", "export", "a", "--database", "a.db").exit_code == 2
    assert run("sync", "key", "hub.key").exit_code == 2
    monkeypatch.setenv("AIMATURITY_SYNC_KEY", "hub.key")
    assert "nya företag: 1" in done("sync", "import", "a", "--database", "c.db")
    assert "inte prövad" in run("sync", "import", "b", "--unsigned", "--database", "d.db").stderr


def test_doctor_finds_and_mends_tables_that_do_not_agree_with_the_journal() -> None:
    import sqlite3

    done("company", "add", "Åsas Bageri AB", "--database", "a.db")
    with sqlite3.connect("a.db") as connection:
        connection.execute("UPDATE company SET name = 'Fel'")
    connection.close()
    assert "AIM657" in run("doctor", "--database", "a.db").stderr
    mended = run("doctor", "--tidy", "--database", "a.db")
    assert (mended.exit_code, "gjorts om efter journalen: 1" in mended.stderr) == (0, True)
    assert "Åsas Bageri AB" in done("company", "list", "--database", "a.db")
