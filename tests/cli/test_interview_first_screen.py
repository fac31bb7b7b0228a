"""The first screen of an interview under way is drawn before the store is open, and shows what the store then gives."""

from __future__ import annotations

import datetime as dt
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aimaturity.cli.interview import Opening
from aimaturity.cli.interview_early import Asked, first_screen
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.desk import Desk
from aimaturity.programme.store import AnswerEvent, Hold, Store, open_store
from aimaturity.responses.given import Detail, Given, State
from tests.bundled import bundled

Q, SCAN = bundled().questionnaire, bundled("ai-quickscan").questionnaire
NAME = "Å-kraft i Osby AB"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def asked(company: str | None = NAME, **options: Any) -> Asked:
    defaults = {"questionnaire": "ai-maturity", "adviser": "Åsa", "occasion": None, "lang": "sv", "typed": True}
    return Asked(company, **(defaults | options))


def begun(
    store: Store, q: Questionnaire = Q, occasion: Any = "T0", position: str | None = "data_access", **given: str
) -> str:
    """An assessment under way, with these options chosen."""
    if store.identified(name=NAME) is None:
        store.add_company(NAME)
    id = store.begin(NAME, q, occasion=occasion, date=dt.datetime.now().astimezone().date().isoformat())
    events = [AnswerEvent(name, Given(State.ANSWERED, value, Detail(comment="Åh"))) for name, value in given.items()]
    store.record(id, events, position=position, seconds=90.0)
    return id


def shown(desk: Desk) -> tuple[object, ...]:
    session = desk.session
    return (
        session.questionnaire, session.position, session.given, session.own, session.earlier, session.carried,
        {question: session.mark(question) for question in Q.questions}, desk.company, desk.language, desk.seconds,
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("before", ["nothing", "last_time", "quick_scan", "own"])
def test_it_shows_what_the_opened_interview_shows(path: Path, before: str, lang: str) -> None:
    with open_store(str(path)) as store:
        if before == "last_time":
            store.finish(begun(store, data_access="on_paper", ai_use="pilot"))
        if before == "quick_scan":
            store.finish(begun(store, SCAN, data_access="exported"))
        id = begun(store, occasion="T1" if before == "last_time" else "T0", data_access="exported", ai_use="pilot")
        if before == "own":
            store.record(id, [AnswerEvent("data_access", Given(State.ANSWERED, "on_paper"), "company")])
    first = first_screen(asked(lang=lang), str(path))
    assert first is not None
    opening = Opening(asked(lang=lang), str(path))
    opened = opening()
    assert opened is not None
    assert opening.held is not None
    with opening.held as held:
        assert shown(first[0]) == shown(opened[0])
        assert (first[1].occasion, first[1].read_only) == (opened[1].occasion, opened[1].read_only)
        for name in ("glance", "report", "question_list", "save"):  # the footer names what there is
            assert (getattr(first[1], name) is None) == (getattr(opened[1], name) is None)
        assert held.store.holder(id) is not None
    with open_store(str(path)) as store:
        assert store.holder(id) is None


def test_it_keeps_nothing(path: Path) -> None:
    with open_store(str(path)) as store:
        begun(store)
    first = first_screen(asked(), str(path))
    assert first is not None
    desk, context = first
    with pytest.raises(RuntimeError, match="before the store was open"):
        desk.moved()
    assert context.glance is not None
    with pytest.raises(RuntimeError, match="before the store was open"):
        context.glance("sv")


@pytest.mark.parametrize(
    "wanted",
    [
        {"company": None},
        {"company": "Å-kraft"},
        {"company": "nix"},
        {"questionnaire": "ai-quickscan"},
        {"questionnaire": "./ai-maturity.yaml"},
        {"occasion": "T1"},
    ],
)
def test_what_has_to_be_asked_first_has_no_first_screen(path: Path, wanted: dict[str, Any]) -> None:
    with open_store(str(path)) as store:
        begun(store)
    assert first_screen(asked(), str(path)) is not None
    assert first_screen(asked(**wanted), str(path)) is None


@pytest.mark.parametrize("state", ["finished", "at_end", "held", "newer", "none"])
def test_a_state_that_has_to_be_told_first_has_no_first_screen(path: Path, state: str) -> None:
    with open_store(str(path)) as store:
        id = begun(store, position="" if state == "at_end" else "data_access") if state != "none" else ""
        if state == "finished":
            store.finish(id)
        if state == "held":
            store.hold(id, "Örjan")
    if state == "newer":
        newer(path)
    assert first_screen(asked(), str(path)) is None


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE aimaturity_version SET version_num = '9999'")


def test_a_store_that_refuses_after_the_first_screen_says_why(path: Path) -> None:
    with open_store(str(path)) as store:
        begun(store)
    assert first_screen(asked(), str(path)) is not None
    newer(path)
    opening = Opening(asked(), str(path))
    assert opening() is None
    assert opening.held is None
    assert opening.refused is not None
    assert opening.refused.diagnostic.code == "AIM602"


def test_somebody_who_came_between_is_asked_about_in_lines_and_keeps_the_hold(path: Path, capfd: Any) -> None:
    with open_store(str(path)) as store:
        id = begun(store)
        assert first_screen(asked(), str(path)) is not None
        theirs = store.hold(id, "Örjan")
        opening = Opening(asked(), str(path))
        assert (opening(), opening.held, opening.refused) == (None, None, None)
        assert (store.holder(id) or none()).token == theirs.token
    assert capfd.readouterr() == ("", "")  # the screen is still there


def none() -> Hold:
    pytest.fail("nobody holds it")


@pytest.mark.parametrize("change", ["reworded", "broken"])
def test_a_questionnaire_that_has_changed_is_asked_about_in_lines(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, capfd: Any
) -> None:
    with open_store(str(path)) as store:
        id = begun(store)
    source = (bundled_folder("questionnaires") / "ai-maturity.yaml").read_text("utf-8")
    assert "Hur får ni fram de data" in source
    home = tmp_path / "home" / "questionnaires"
    home.mkdir(parents=True)
    text = source.replace("Hur får ni fram de data", "Hur hittar ni de data") if change == "reworded" else source[:5000]
    (home / "ai-maturity.yaml").write_text(text, "utf-8")
    monkeypatch.setenv("AIMATURITY_HOME", str(home.parent))
    monkeypatch.setattr("aimaturity.cli.interview_start._loaded", fresh)
    first = first_screen(asked(), str(path))
    assert first is not None
    assert first[0].session.questionnaire == Q  # what it was begun with
    opening = Opening(asked(), str(path))
    assert (opening(), opening.held, opening.refused) == (None, None, None)
    assert capfd.readouterr() == ("", "")
    with open_store(str(path)) as store:
        assert (store.holder(id), store.open_questionnaire(id)) == (None, Q)


def fresh(name: str) -> object:
    from aimaturity.definitions.load import load_questionnaire

    return load_questionnaire(name)


MODULES = """
import os, sys
from pathlib import Path
from aimaturity.interview.screens.terminal import Terminal
write, modules = Terminal.write, Path(os.environ["MODULES"])

def noted(self, data):
    if "Hur får ni fram de data" in data and not modules.exists():
        modules.write_text(" ".join(sys.modules))
    write(self, data)

Terminal.write = noted
from aimaturity.cli import main
main()
"""
"""Runs a command, and writes down which modules were loaded when the question was drawn."""
NOT_FOR_IT = {
    "numpy", "polars", "pyarrow", "sqlalchemy", "alembic", "yaml", "jinja2", "psycopg",
    "aimaturity.definitions.load", "aimaturity.definitions.scoring_model", "aimaturity.scoring.conditions",
    "aimaturity.cli.company", "aimaturity.report", "aimaturity.interview.face", "aimaturity.interview.glance",
}  # fmt: skip


def test_the_question_is_drawn_before_anything_heavy_is_loaded_and_keys_pressed_at_once_are_kept(
    path: Path, tmp_path: Path
) -> None:
    """The command on a pseudo-terminal: an answer and `q` are pressed before it has drawn anything."""
    with open_store(str(path)) as store:
        id = begun(store)
    master, slave = pty.openpty()
    modules = tmp_path / "modules"
    environment = {"AIMATURITY_DATABASE": str(path), "TERM": "xterm", "LC_ALL": "C.UTF-8", "MODULES": str(modules)}
    os.write(master, b"2q")
    program = subprocess.Popen(
        [sys.executable, "-c", MODULES, "interview", NAME, "--lang", "sv"], env=os.environ | environment,
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    drawn = b""
    try:
        while part := os.read(master, 65536):
            drawn += part
    except OSError:  # the other end is closed
        pass
    os.close(master)
    assert program.wait() == 0, drawn.decode(errors="replace")
    loaded = set(modules.read_text().split())
    assert sorted(loaded & NOT_FOR_IT) == []
    assert {"textual", "aimaturity.interview.app"} <= loaded
    assert "Öppnar registret" in drawn.decode(errors="replace")
    with open_store(str(path)) as store:
        assert store.answers(id)["data_access"] == Given(State.ANSWERED, Q.options_of(Q.questions["data_access"])[1].id)
        assert store.holder(id) is None


def test_only_the_start_goes_without_garbage_collection() -> None:
    code = "import gc, sys; from aimaturity.cli import main\ntry: main()\nexcept SystemExit: print(gc.isenabled())"
    for arguments, enabled in ((["schema", "answers"], "True"), (["--version"], "False")):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == enabled
