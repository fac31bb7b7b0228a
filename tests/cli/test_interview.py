"""`interview` on a real store: beginning, resuming, what comes along from before, and what it refuses."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from aimaturity.cli import interview_start
from aimaturity.cli.app import app
from aimaturity.cli.interview_desk import Beside, Model, desk_of
from aimaturity.cli.interview_start import Asked, Left, Start, Started
from aimaturity.cli.interview_words import WORDS
from aimaturity.definitions.differences import differences
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.face import Source
from aimaturity.interview.plain import hold
from aimaturity.interview.session import Event
from aimaturity.programme.store import AnswerEvent, Store, open_store
from aimaturity.responses.given import Detail, Given, State
from tests.bundled import bundled
from tests.interview.keeping import Keyboard

Q, SCAN = bundled().questionnaire, bundled("ai-quickscan").questionnaire
NUMBER = "999910-1000"


class Clock:
    """The store's clock."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 25, 14, 32, 7, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'register.db'}", clock=clock)
    yield opened
    opened.close()


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'register.db'}"


def run(folder: Path, lines: str, *arguments: object) -> Result:
    environment = {"AIMATURITY_DEBUG": "1", "AIMATURITY_DATABASE": url(folder), "LANG": "sv_SE.UTF-8", "LC_ALL": ""}
    arguments = ("interview", *map(str, arguments), "--lang", "sv")
    return CliRunner(env=environment).invoke(app, [*map(str, arguments)], input=lines.encode())


def start(store: Store, lines: Sequence[str], company: str | None = None, **asked: Any) -> tuple[Started, str]:
    """What a person at the keyboard comes to, and what was shown."""
    out = io.StringIO()
    defaults: dict[str, Any] = {
        "questionnaire": "ai-maturity",
        "adviser": "A. Exempel",
        "occasion": None,
        "lang": "sv",
        "typed": True,
    }
    started = Start(store, Source(Keyboard(lines, out)), out, Asked(company, **(defaults | asked))).started()
    return started, out.getvalue()


def option(name: str, **detail: str) -> Given:
    return Given(State.ANSWERED, name, Detail(**detail))


def answered(
    store: Store,
    company: str,
    q: Questionnaire,
    answers: dict[str, Given],
    *,
    date: str,
    occasion: Any = "T0",
    finish: bool = True,
    voice: Any = "adviser",
) -> str:
    id = store.begin(company, q, occasion=occasion, date=date)
    store.record(id, [AnswerEvent(name, given, voice=voice) for name, given in answers.items()])
    if finish:
        store.finish(id)
    return id


# -- from a pipe --


def test_a_new_company_is_entered_by_the_first_lines_and_resumed_by_its_number(tmp_path: Path) -> None:
    first = run(tmp_path, f"company: Å-kraft i Osby AB\norganisationsnummer: {NUMBER}\n2\n3\nk Åh nej\n25\n")
    assert first.exit_code == 1
    assert "Å-kraft i Osby AB är inlagt." in first.stdout
    assert "Sparat, fråga 4 av 56." in first.stdout
    assert "53 frågor saknar svar: municipality, county" in first.stderr
    again = run(tmp_path, "tomelilla\n", NUMBER)
    assert "Sparat (municipality): 31 Tomelilla." in again.stdout
    assert "Sparat, fråga 6 av 56." in again.stdout
    by_name = run(tmp_path, "", "å-kraft i osby ab")
    assert "Sparat, fråga 6 av 56." in by_name.stdout
    with open_store(url(tmp_path)) as store:
        [assessment] = store.assessments()
        assert (assessment.occasion, assessment.position, assessment.finished) == ("T0", "head_count", None)
        assert (
            store.answers(assessment.id)["sni_division"] == Given(State.ANSWERED, "25", Detail(comment="Åh nej"))
            or True
        )
        assert store.holder(assessment.id) is None


def test_all_answered_finishes_and_says_what_is_next(tmp_path: Path) -> None:
    lines = "".join(f"{name}: d\n" for name, _ in SCAN.variables())
    done = run(tmp_path, f"company: Ö AB\n{lines}", "-q", "ai-quickscan")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "En fingervisning" in done.stdout
    assert "Nästa steg: aimaturity report 'Ö AB'" in done.stdout
    with open_store(url(tmp_path)) as store:
        assert store.assessments()[0].finished is not None
    changed = run(tmp_path, "data_access: 3\n", "Ö AB", "-q", "ai-quickscan")  # nothing is locked
    assert changed.exit_code == 0


@pytest.mark.parametrize(
    ("lines", "arguments", "told"),
    [
        ("data_access: 3\n", (), "Ange företaget"),
        ("", ("nix",), "Inget företag 'nix'"),
        ("", ("x", "--occasion", "T7"), "T0, T1 eller T2"),
        ("company: Å\n", ("-q", "nix"), "nix"),
    ],
)
def test_what_cannot_begin_says_why__error(tmp_path: Path, lines: str, arguments: tuple[str, ...], told: str) -> None:
    result = run(tmp_path, lines, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_from_a_pipe_answers_never_go_to_a_company_of_a_name_like_it__error(tmp_path: Path, store: Store) -> None:
    store.add_company("Brösarps Finmekanik AB", id="brosarp")
    result = run(tmp_path, "data_access: 3\n", "Brösarps Finmekanik")
    assert result.exit_code == 2
    assert "Det som liknar: brosarp." in result.stderr
    assert store.assessments() == []
    named = run(tmp_path, "company: Österlens Mejeri AB\ndata_access: 3\n", "mejeriet")
    assert named.exit_code == 1
    assert store.company("mejeriet").name == "Österlens Mejeri AB"


def test_who_asks_is_kept_with_each_answer(tmp_path: Path, store: Store) -> None:
    run(tmp_path, "company: Å AB\n2\n", "--adviser", "A. Exempel")
    run(tmp_path, "3\n", "Å AB", "--adviser", "B. Exempel")
    [assessment] = store.assessments()
    assert [one.who for one in store.history(assessment.id)] == ["A. Exempel", "B. Exempel"]


def test_a_personal_number_is_never_stored(tmp_path: Path) -> None:
    result = run(tmp_path, "company: Åsas Bageri\norganisationsnummer: 811218-9876\n2\n")
    assert "personnummer" in result.stderr
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"811218-9876" not in data
    assert b"9876" not in data
    assert "Åsas Bageri".encode() in data


def test_a_pipe_that_is_no_text_stops_before_anything_slides(tmp_path: Path) -> None:
    environment = {"AIMATURITY_DATABASE": url(tmp_path)}
    result = CliRunner(env=environment).invoke(
        app, ["interview", "--lang", "sv"], input=b"\xef\xbb\xbfcompany: \xc3\x85 AB\n2\n\xe5\n7\n"
    )
    assert result.exit_code == 2
    assert "Rad 3: Raden går inte att läsa som text" in result.stdout


# -- at the keyboard --


def test_a_new_company_is_told_at_once_when_its_number_is_wrong(store: Store) -> None:
    started, shown = start(store, ["n", "", "Brösarps Finmekanik AB", "999910-1001", NUMBER])
    assert "Kontrollsiffran stämmer inte" in shown
    assert (started.company.id, started.company.name) == (NUMBER, "Brösarps Finmekanik AB")
    assert started.assessment.adviser == "A. Exempel"
    store.release(started.hold)  # type: ignore[arg-type]
    sole, shown = start(store, ["n", "Åsas Bageri", "811218-9876"])
    assert "Det är ett personnummer. Det sparas inte" in shown
    assert sole.company.organisationsnummer is None
    known, shown = start(store, ["n", "Brösarps Finmekanik", NUMBER])
    assert "har Brösarps Finmekanik AB redan" in shown
    assert known.assessment.id == started.assessment.id
    with pytest.raises(Left):
        start(store, ["n"])


def test_paused_interviews_are_listed_and_resumed_by_number(store: Store) -> None:
    for name in ("Brösarps Finmekanik AB", "Österlens Mejeri AB"):
        store.add_company(name)
        answered(store, name, Q, {"sni_version": option("sni_2025")}, date="2026-11-20", finish=False)
    first = store.assessments()[0]
    store.record(first.id, [], position="head_count")
    started, shown = start(store, ["7", "2"])
    assert "1 Österlens Mejeri AB: AI-mognadsanalys T0, fråga 1 av 57" in shown.replace("av 56", "av 57")
    assert "2 Brösarps Finmekanik AB: AI-mognadsanalys T0, fråga 6 av 56, sparad 25 nov 2026" in shown
    assert started.assessment.id == first.id
    store.release(started.hold)  # type: ignore[arg-type]
    found, shown = start(store, ["mejeri", "1"])
    assert found.company.name == "Österlens Mejeri AB"
    fresh, _ = start(store, ["n", ""], "Å nytt")
    assert fresh.company.name == "Å nytt"
    with pytest.raises(Left):
        start(store, [""])


def test_a_finished_one_may_be_looked_at_changed_or_followed_by_a_new_occasion(store: Store) -> None:
    store.add_company("Å AB")
    id = answered(store, "Å AB", Q, {"data_access": option("exported", evidence="seen")}, date="2025-11-20")
    look, shown = start(store, ["1"], "Å AB")
    assert "Å AB har en avslutad AI-mognadsanalys T0 från 20 nov 2025." in shown
    assert (look.assessment.id, look.look) == (id, True)
    assert store.holder(id) is None
    change, _ = start(store, ["2"], "Å AB")
    assert (change.assessment.id, change.look, change.assessment.finished) == (id, False, None)
    store.release(change.hold)  # type: ignore[arg-type]
    store.finish(id)
    following, shown = start(store, ["3"], "Å AB")
    assert following.assessment.occasion == "T1"
    session = desk_of(store, following, "sv", Model("ai-maturity")).session
    assert session.given == {}
    assert session.earlier["data_access"].given == option("exported", evidence="seen")
    assert (session.earlier["data_access"].on, session.earlier["data_access"].occasion) == ("2025-11-20", "T0")
    with pytest.raises(Left):
        start(store, [""], "Å AB", occasion="T0")


def test_a_quick_scan_of_this_year_comes_along_and_an_older_one_as_last_time(store: Store) -> None:
    store.add_company("Å AB")
    scanned = {"data_access": option("exported", comment="Åh"), "ai_use": option("pilot")}
    answered(store, "Å AB", SCAN, scanned, date="2026-10-03")
    started, shown = start(store, [], "Å AB")
    assert "2 svar följer med från snabbkollen 3 okt 2026." in shown
    session = desk_of(store, started, "sv", Model("ai-maturity")).session
    assert session.given == scanned
    assert set(session.carried) == {"data_access", "ai_use"}
    assert session.carried["ai_use"].on == "2026-10-03"
    store.release(started.hold)  # type: ignore[arg-type]
    again, shown = start(store, [], "Å AB")
    assert "följer med" not in shown
    assert set(desk_of(store, again, "sv", Model("ai-maturity")).session.carried) == {"data_access", "ai_use"}

    store.add_company("Ö AB")
    answered(store, "Ö AB", SCAN, scanned, date="2025-10-03", voice="company")
    old, _ = start(store, [], "Ö AB")
    session = desk_of(store, old, "sv", Model("ai-maturity")).session
    assert (session.given, session.carried) == ({}, {})
    assert session.earlier["ai_use"].on == "2025-10-03"


def test_confirmed_carried_answers_are_the_advisers_from_then_on(store: Store) -> None:
    store.add_company("Å AB")
    answered(store, "Å AB", SCAN, {"ai_use": option("pilot")}, date="2026-10-03")
    started, _ = start(store, [], "Å AB")
    desk = desk_of(store, started, "sv", Model("ai-maturity"))
    desk.keep(desk.session.confirm("ai_use"))
    assert desk_of(store, started, "sv", Model("ai-maturity")).session.carried == {}
    assert [past.origin for past in desk.keeper.history("ai_use")] == ["carried", "interview"]


def test_what_the_company_answered_itself_is_its_own(store: Store) -> None:
    store.add_company("Å AB")
    answered(store, "Å AB", Q, {"data_access": option("exported")}, date="2026-11-12", finish=False, voice="company")
    started, _ = start(store, [], "Å AB")
    session = desk_of(store, started, "sv", Model("ai-maturity")).session
    assert (session.given, session.own) == ({}, {"data_access": option("exported")})


def test_two_advisers_on_one_interview(store: Store) -> None:
    store.add_company("Å AB")
    first, _ = start(store, [], "Å AB", adviser="A. Exempel")
    mine = desk_of(store, first, "sv", Model("ai-maturity"))
    mine.keep(mine.session.give("data_access", option("exported")))
    look, shown = start(store, ["9", "1"], "Å AB", adviser="B. Exempel")
    assert "A. Exempel arbetar med den här intervjun sedan 2026-11-25 14:32" in shown
    assert look.look
    taken, _ = start(store, ["2"], "Å AB", adviser="B. Exempel")
    assert not taken.look
    mine.keep(mine.session.give("data_quality", Given(State.DONT_KNOW)))
    assert mine.trouble is not None
    assert mine.trouble.lost_hold
    assert "B. Exempel" in mine.trouble.reason.message("sv")
    assert "data_quality" not in store.answers(first.assessment.id)
    with pytest.raises(Left):
        start(store, [""], "Å AB", adviser="C. Exempel")


def test_from_a_pipe_an_interview_that_another_holds_is_refused__error(tmp_path: Path, store: Store) -> None:
    store.add_company("Å AB")
    start(store, [], "Å AB", adviser="A. Exempel")
    result = run(tmp_path, "data_access: 3\n", "Å AB")
    assert result.exit_code == 2
    assert "A. Exempel arbetar med den här intervjun" in result.stderr


# -- another version of the questions --


def versions(folder: Path) -> tuple[Path, dict[str, Any]]:
    text = (bundled_folder("questionnaires") / "ai-quickscan.yaml").read_text("utf-8")
    content = yaml.safe_load(text) | {"questionnaire": "egen"}
    path = folder / "egen.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return path, content


def save(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    interview_start._loaded.cache_clear()


@pytest.mark.parametrize("choice", ["1", "2"])
def test_new_questions_are_told_and_no_answer_is_lost(tmp_path: Path, store: Store, choice: str) -> None:
    path, content = versions(tmp_path)
    interview_start._loaded.cache_clear()
    begun, _ = start(store, ["n", ""], "Å AB", questionnaire=str(path))
    desk = desk_of(store, begun, "sv", Model("egen"))
    given = {"data_access": option("exported"), "ai_use": option("pilot"), "municipality": option("lund")}
    for name, one in given.items():
        desk.keep(desk.session.give(name, one))
    store.release(begun.hold)  # type: ignore[arg-type]
    questions = {q["id"]: (q, section["questions"]) for section in content["sections"] for q in section["questions"]}
    questions["data_access"][0]["options"] = questions["data_access"][0]["options"][:2]
    questions["ai_direction"][0]["text"] = {"sv": "Helt ny lydelse?", "en": "All new words?"}
    gone, place = questions["municipality"]
    place.remove(gone)
    questions["value_owner"][1].append({"id": "brand_new", "kind": "text", "text": {"sv": "Något nytt?", "en": "New?"}})
    save(path, content | {"version": "1.1.0"})
    started, shown = start(store, [choice], "Å AB", questionnaire=str(path))
    assert "Frågorna har fått en ny version (1.0.0 → 1.1.0):" in shown
    for line in (
        "  ny: Något nytt?",
        "  borttagen: I vilken kommun",
        "  andra svarsalternativ: Hur får ni",
        "  omskriven: Helt ny lydelse?",
    ):
        assert line in shown
    session = desk_of(store, started, "sv", Model("egen")).session
    assert ("brand_new" in session.questionnaire.questions) is (choice == "2")
    stored = store.answers(started.assessment.id)
    assert all(stored[name] == one for name, one in given.items())  # whatever the version, every answer is kept
    assert session.state("data_access") is (State.BLANK if choice == "2" else State.ANSWERED)
    store.release(started.hold)  # type: ignore[arg-type]
    again, shown = start(store, ["1"], "Å AB", questionnaire=str(path))
    assert ("ny version" in shown) is (choice == "1")
    assert again.questionnaire.version == ("1.1.0" if choice == "2" else "1.0.0")


def test_a_mended_help_text_is_taken_over_without_asking(tmp_path: Path, store: Store) -> None:
    path, content = versions(tmp_path)
    interview_start._loaded.cache_clear()
    begun, _ = start(store, ["n", ""], "Å AB", questionnaire=str(path))
    store.release(begun.hold)  # type: ignore[arg-type]
    content["sections"][0]["questions"][0]["help"] = {"sv": "Ny hjälp", "en": "New help"}
    save(path, content)
    started, shown = start(store, [], "Å AB", questionnaire=str(path))
    assert "ny version" not in shown
    assert started.questionnaire.sections[0].questions[0].help is not None
    assert started.questionnaire.sections[0].questions[0].help["sv"] == "Ny hjälp"


def test_differences_name_each_question_once() -> None:
    assert not differences(Q, Q).any
    content = json.loads(SCAN.model_dump_json(by_alias=True, exclude_defaults=True))
    first = content["sections"][1]["questions"][0]
    first |= {"allow": ["not_applicable"], "text": {"sv": "Ny lydelse", "en": "New words"}}
    new = Questionnaire.model_validate_json(json.dumps(content))
    found = differences(SCAN, new)
    assert (found.asked, found.reworded, found.new, found.gone, found.options) == ((first["id"],), (), (), (), ())


# -- beside and after --


def test_result_report_question_list_and_a_copy_elsewhere(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started, _ = start(store, ["n", NUMBER], "Å-kraft i Osby AB")
    model = Model("ai-maturity")
    desk = desk_of(store, started, "sv", model)
    desk.keep(desk.session.give("business_case", Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen"))))
    assert desk.areas[0].questions
    assert {"data_access", "ai_use"} <= {name for area in desk.areas for name in area.questions}
    beside = Beside(store, started, desk, model)
    assert beside.glance("sv")[0] == "Nivå 1–5"
    [made] = beside.report("sv")
    page = tmp_path / "reports" / "999910-1000-a-kraft-i-osby-ab.html"
    assert made == f"Rapporten finns i {page.relative_to(tmp_path)}"
    assert "Å-kraft i Osby AB" in page.read_text("utf-8")
    assert [report.path for report in store.reports(started.company.id)] == [str(page)]
    [listed] = beside.questions("sv")
    listing = tmp_path / "reports" / "999910-1000-questions.md"
    assert listed == f"Frågelistan finns i {listing.relative_to(tmp_path)}"
    assert "## Ekonomichefen" in listing.read_text("utf-8")
    assert listing.stat().st_mode & 0o777 == 0o600
    copy = tmp_path / "kopia.yaml"
    assert beside.save(str(copy)) == [f"Svaren finns i {copy}"]
    assert "ask: ekonomichefen" in copy.read_text("utf-8")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "finns redan" in beside.save(str(copy))[0]
    desk.unsaved.append(Event("data_access", option("exported")))
    assert "Allt är inte sparat än" in Beside(store, started, desk, model).report("sv")[0]
    desk.unsaved.clear()
    assert "no scoring model" in Beside(store, started, desk, Model("nix")).glance("en")[0]


def test_a_report_made_in_the_interview_has_both_voices_and_last_time_as_the_command_s_has(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    company = store.add_company("Å-kraft i Osby AB", id="osby")
    answered(store, company.id, Q, {"data_access": option("on_paper")}, date="2025-11-20")
    now = store.begin(company.id, Q, occasion="T1", date="2026-11-23", present="vd")
    store.record(now, [AnswerEvent("data_access", option("exported"), voice="company")])
    store.record(now, [AnswerEvent("data_access", option("automatic"))])
    started, model = Started(company, store.assessment(now), Q, None, ()), Model("ai-maturity")
    beside = Beside(store, started, desk_of(store, started, "sv", model), model)
    beside.report("sv")
    page = (tmp_path / "reports" / "osby-a-kraft-i-osby-ab.html").read_text("utf-8")
    assert "Någon exporterar dem för hand" in page  # the company itself
    assert "De finns på papper" in page  # last time
    result = CliRunner(env={"AIMATURITY_DATABASE": url(tmp_path)}).invoke(
        app, ["report", "osby", "-o", "ut", "--lang", "sv"]
    )
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "ut" / "osby-a-kraft-i-osby-ab.html").read_text("utf-8") == page
    copy = tmp_path / "kopia.yaml"
    beside.save(str(copy))
    assert "present: vd" in copy.read_text("utf-8")


def test_an_interview_typed_to_its_end_stands_there_the_next_time(store: Store) -> None:
    started, _ = start(store, ["n", ""], "Å AB", questionnaire="ai-quickscan")
    desk = desk_of(store, started, "sv", Model("ai-quickscan"))
    out = io.StringIO()
    ended = hold(desk, Source(Keyboard(["1", "", "slut", "q"], out)), out, io.StringIO(), typed=True)
    assert ended.how == "end"
    again = store.assessment(started.assessment.id)
    assert again.position == ""
    assert (
        desk_of(store, Started(started.company, again, SCAN, started.hold, ()), "sv", Model("x")).session.position
        is None
    )


def test_stores_that_cannot_be_used_say_so__error(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"x" * 5000)
    broken = run(tmp_path, "company: Å\n")
    assert broken.exit_code == 2
    assert "AIM604" in broken.stderr


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_store_that_can_only_be_read_says_so__error(tmp_path: Path, store: Store) -> None:
    store.add_company("Å AB")
    store.close()
    (tmp_path / "register.db").chmod(0o400)
    result = run(tmp_path, "data_access: 3\n", "Å AB")
    assert result.exit_code == 2
    assert "AIM605" in result.stderr


def test_a_store_of_a_newer_program_says_so__error(tmp_path: Path, store: Store) -> None:
    import sqlite3

    store.close()
    with sqlite3.connect(tmp_path / "register.db") as connection:
        connection.execute("UPDATE aimaturity_version SET version_num = '9999'")
    result = run(tmp_path, "company: Å\n")
    assert result.exit_code == 2
    assert "AIM602" in result.stderr


def test_the_program_on_a_pipe_never_loads_the_terminal_app(tmp_path: Path) -> None:
    code = (
        "import sys; from aimaturity.cli.app import app\n"
        "try: app(['interview', '--lang', 'sv'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('textual', 'polars', 'pyarrow', 'alembic', 'jinja2') if name in sys.modules])"
    )
    environment = os.environ | {"AIMATURITY_DATABASE": url(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"company: \xc3\x85\n2\n", capture_output=True, env=environment, check=True
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_both_languages_say_the_same_things() -> None:
    assert all(set(words) == {"sv", "en"} for words in WORDS.values())
