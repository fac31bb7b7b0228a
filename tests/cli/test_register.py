"""The register's commands as their users run them."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.store import AnswerEvent, open_store
from aimaturity.responses.given import Detail, Given, State

ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"
SURVEY = bundled_folder("examples") / "survey-2026.csv"
NAME, NUMBER = "Österlens Mejeri AB", "556016-0680"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    return tmp_path / "hem"


def run(*arguments: object) -> Result:
    lang = [] if "--lang" in arguments else ["--lang", "sv"]
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, [*map(str, arguments), *lang])


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    "command",
    ["company add", "company list", "company show", "company edit", "company merge", "company export", "company erase",
     "assessment list", "assessment show", "assessment import", "doctor", "backup"],
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"aimaturity {command}" in result.output
    assert "--database" in result.output


def test_help_imports_neither_the_database_nor_the_numbers() -> None:
    code = (
        "import sys; from aimaturity.cli.app import app\n"
        "assert not {'sqlalchemy', 'alembic', 'numpy', 'pydantic', 'textual'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_register_that_is_not_there_is_told_and_not_made(home: Path) -> None:
    for command in (["company", "list"], ["assessment", "list"], ["doctor"], ["backup", home / "k.db"]):
        result = run(*command)
        assert (result.exit_code, "AIM601" in result.stderr) == (2, True)
    assert not home.exists()


def test_companies_are_added_listed_edited_shown_and_merged() -> None:
    assert done("company", "add", NAME, "--number", NUMBER) == f"Lade till {NAME} ({NUMBER}).\n"
    alike = run("company", "add", "Österlens Mejeri")
    assert alike.exit_code == 1
    assert "aimaturity company merge 'Österlens Mejeri' 556016-0680" in alike.stderr
    assert [row["id"] for row in json.loads(done("company", "list", "osterlens", "--json"))] == [
        NUMBER, "Österlens Mejeri",
    ]  # fmt: skip
    done("company", "merge", "Österlens Mejeri", NUMBER)
    done("company", "edit", NUMBER, "--name", "Österlens Nya Mejeri AB")
    shown = json.loads(done("company", "show", "Österlens Mejeri", "--json"))
    assert (shown["company"]["name"], shown["company"]["merged"]) == ("Österlens Nya Mejeri AB", ["Österlens Mejeri"])
    assert [entry["what"] for entry in shown["log"]] == ["added", "added", "merged", "edited"]
    assert "Österlens Nya Mejeri AB" in done("company", "list")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["company", "show", "x"], "AIM611"),
        (["company", "edit", "x", "--name", "y"], "AIM611"),
        (["company", "erase", "x", "--yes"], "AIM611"),
        (["company", "export", "x"], "AIM611"),
        (["company", "add", NAME], "AIM612"),
        (["company", "add", "Ny", "--number", "12"], "AIM312"),
        (["company", "list", "--database", "mysql://u:hemligt@h/d"], "AIM610"),
        (["assessment", "show", "x"], "AIM613"),
        (["assessment", "list", "x"], "AIM611"),
    ],
)
def test_what_can_not_be_done_is_told_and_ends_with_2(arguments: list[str], code: str) -> None:
    done("company", "add", NAME)
    for lang in ("sv", "en"):
        result = run(*arguments, "--lang", lang)
        assert result.exit_code == 2
        assert code in result.stderr
        assert "hemligt" not in result.output


def test_who_writes_a_companys_name_is_told_its_id_and_no_other_companys() -> None:
    done("company", "add", "Ö AB")
    done("company", "add", "B AB", "--number", NUMBER)
    assert "b-2" in run("company", "add", "B  ab", "--id", "b-2").output
    told = run("company", "show", "B AB", "--lang", "en").stderr
    assert f"did you mean '{NUMBER}', 'b-2'?" in told
    assert "'Ö AB'" in run("company", "show", "Ö A", "--lang", "sv").stderr


def test_an_answers_file_is_read_in_shown_and_reported(tmp_path: Path) -> None:
    assert "nya eller ändrade svar: 55" in done("assessment", "import", ANSWERS)
    assert "inget nytt" in done("assessment", "import", ANSWERS)
    shown = done("assessment", "show", "brosarp", "data_access")
    assert "Hur får ni fram de data" in shown
    assert "underlag: sett" in shown
    assert "A. Exempel" in shown
    [answer] = json.loads(done("assessment", "show", "brosarp", "data_access", "--json"))["answers"]
    assert (answer["given"]["evidence"], answer["who"], answer["seq"]) == ("seen", "A. Exempel", answer["seq"])
    done("report", "brosarp", "-o", tmp_path / "ut", "--to", "html,md")
    reports = json.loads(done("company", "show", "brosarp", "--json"))["reports"]
    assert sorted(report["path"] for report in reports) == sorted(map(str, (tmp_path / "ut").iterdir()))
    done("report", ANSWERS, "-o", tmp_path / "direkt", "--to", "md")
    [stored], [direct] = (tmp_path / "ut").glob("*.md"), (tmp_path / "direkt").glob("*.md")
    said = [line for line in direct.read_text("utf-8").splitlines() if "Svaren kommer från" not in line]
    assert [line for line in stored.read_text("utf-8").splitlines() if "Svaren kommer från" not in line] == said


def test_a_survey_file_is_read_in_once() -> None:
    first = run("assessment", "import", SURVEY, "--occasion", "T0")
    assert first.exit_code == 1  # the example has odd cells on purpose
    assert "rader: 64; nya företag: 64" in first.stdout
    assert "inget nytt" in run("assessment", "import", SURVEY, "--occasion", "T0").stdout
    assert len(json.loads(done("assessment", "list", "--json"))) == 64
    assert {row["occasion"] for row in json.loads(done("assessment", "list", "F001", "--json"))} == {"T0"}


@pytest.mark.parametrize(
    ("questionnaire", "options", "finished"),
    [
        ("ai-quickscan", [], True),  # nobody confirms a quick scan
        ("ai-quickscan", ["--open"], False),
        ("ai-maturity", [], False),  # an adviser goes on from the company's own answers
        ("ai-maturity", ["--finished"], True),
        ("ai-maturity", ["--voice", "adviser"], True),
    ],
)
def test_what_nobody_will_ask_more_about_is_finished(
    tmp_path: Path, questionnaire: str, options: list[str], finished: bool
) -> None:
    file = tmp_path / "enkät.csv"
    file.write_text("name;problem_defined;ai_use\nÅkers Mejeri AB;one_named;pilot\n", "utf-8")
    run("assessment", "import", file, "-q", questionnaire, *options)
    [one] = json.loads(done("assessment", "list", "--json"))
    assert (one["finished"] is not None) is finished


def test_a_survey_that_was_read_in_before_is_finished_where_no_adviser_is_asking(tmp_path: Path) -> None:
    file = tmp_path / "enkät.csv"
    file.write_text("id;problem_defined\nÅ;one_named\nÖ;one_named\n", "utf-8")
    assert "Bedömningar som pågår: 2." in run("assessment", "import", file).stdout
    with open_store() as store:
        held = store.assessments("Ö")[0].id
        store.record(held, [AnswerEvent("ai_use", Given(State.DONT_KNOW), "adviser", "interview")])
    said = run("assessment", "import", file, "--finished").stdout
    assert "Bedömningar som avslutades nu: 1." in said
    assert "Bedömningar som pågår: 1." in said
    with open_store() as store:
        assert {one.company: one.finished is not None for one in store.assessments()} == {"Å": True, "Ö": False}
        store.reopen(store.assessments("Å")[0].id)
    for options in ([], ["--open"]):
        assert "Bedömningar som pågår: 2." in run("assessment", "import", file, *options).stdout


def test_history_and_differences_are_shown(home: Path) -> None:
    done("assessment", "import", ANSWERS)
    with open_store(str(home / "aimaturity.db")) as store:
        [assessment] = store.assessments()
        said = Given(State.DONT_KNOW, detail=Detail(why="Visste inte då"))
        store.record(assessment.id, [AnswerEvent("data_access", said, "company", who="Åsa")])
        store.record(assessment.id, [AnswerEvent("data_access", Given(State.ANSWERED, "exported"), who="B. Exempel")])
    history = done("assessment", "show", assessment.id, "data_access", "--history")
    assert history.index("A. Exempel") < history.index("B. Exempel")
    differences = done("assessment", "show", "brosarp", "--differences")
    assert "Företagets egna svar: vet inte; skillnaden: Visste inte då; Åsa" in differences
    assert "data_inventory" not in differences
    [one] = json.loads(done("assessment", "show", "brosarp", "--differences", "--json"))
    assert one["company"]["given"]["state"] == "dont_know"


def test_a_company_is_exported_as_json_and_as_a_page(tmp_path: Path) -> None:
    done("assessment", "import", ANSWERS)
    done("company", "export", "brosarp", "-o", tmp_path / "ut")
    files = {path.suffix: path for path in (tmp_path / "ut").iterdir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert len(json.loads(files[".json"].read_text("utf-8"))["assessments"][0]["answers"]) == 55
    page = files[".md"].read_text("utf-8")
    assert "# Allt som sparats om Brösarps Finmekanik AB" in page
    assert "Hur får ni fram de data" in page


def test_a_company_is_erased_only_with_yes_and_its_reports_are_named(tmp_path: Path, home: Path) -> None:
    done("assessment", "import", ANSWERS)
    done("report", "brosarp", "-o", tmp_path / "ut")
    refused = run("company", "erase", "brosarp")
    assert refused.exit_code == 2
    assert "händelser: 55" in refused.stderr
    assert "Inget togs bort" in refused.stderr
    erased = run("company", "erase", "brosarp", "--yes")
    assert erased.exit_code == 1  # reports are left to delete
    assert str(next((tmp_path / "ut").iterdir())) in erased.stdout
    assert done("company", "list", "--json") == "[]\n"
    assert all(b"Finmekanik" not in path.read_bytes() for path in home.iterdir())


def test_where_an_erased_company_is_still_named_is_told() -> None:
    done("assessment", "import", ANSWERS)
    done("activity", "add", "visit", "Hos Brösarps Finmekanik", "--date", "2023-03-01", "--id", "besök")
    erased = run("company", "erase", "brosarp", "--yes")
    assert erased.exit_code == 1
    assert "aktivitet besök: title" in erased.stdout
    done("assessment", "import", ANSWERS)
    told = json.loads(run("company", "erase", "brosarp", "--yes", "--json").stdout)
    assert told["mentions"] == [{"kind": "activity", "about": "besök", "field": "title", "current": True}]


@pytest.mark.parametrize(("typed", "code"), [("Brösarps Finmekanik AB", 0), ("brosarp", 2)])
def test_a_company_is_erased_by_typing_its_name_at_a_terminal(home: Path, typed: str, code: int) -> None:
    done("assessment", "import", ANSWERS)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aimaturity", "company", "erase", "brosarp", "--lang", "sv"]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(ours, f"{typed}\n".encode())
        output, errors = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code, (output, errors)
    with open_store(str(home / "aimaturity.db")) as store:
        assert len(store.companies()) == (0 if code == 0 else 1)


def test_doctor_tells_a_whole_register_from_one_that_needs_a_look(home: Path) -> None:
    done("assessment", "import", ANSWERS)
    assert "Registret är helt: 1 företag, 1 bedömningar, 55 händelser." in done("doctor")
    (home / "aimaturity.db").chmod(0o644)
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert {problem["code"] for problem in json.loads(result.stdout)["problems"]} == {"AIM619"}


def test_a_damaged_register_is_rescued_into_a_new_one(home: Path, tmp_path: Path) -> None:
    done("assessment", "import", ANSWERS)
    path = home / "aimaturity.db"
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    refused = run("doctor")
    assert (refused.exit_code, "AIM604" in refused.stderr) == (2, True)
    assert "55 av 55" in done("doctor", "--rescue", tmp_path / "räddat")
    [answers] = (tmp_path / "räddat").glob("*-adviser.json")
    new = f"sqlite:///{tmp_path / 'ny.db'}"
    done("assessment", "import", answers, "--database", new)
    shown = json.loads(done("assessment", "show", "brosarp", "--json", "--database", new))
    assert len(shown["answers"]) == 55


def test_a_backup_is_a_register_and_replaces_nothing(tmp_path: Path) -> None:
    done("assessment", "import", ANSWERS)
    copy = tmp_path / "kopia.db"
    done("backup", copy)
    assert "55 händelser" in done("doctor", "--database", copy)
    again = run("backup", copy)
    assert (again.exit_code, "AIM616" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Starttid", "2025-03-04 10:11:12", None), ("Slutförandetid", "45720.5", None), ("Datum", "2025-03-04", None),
        ("Svarsdatum", "2025-03-04", "'Svarsdatum'"), ("datum", "3/4/25 10:11", "'3/4/25 10:11'"), ("Färg", "blå", "inget"),
    ],
)  # fmt: skip
def test_a_survey_without_a_day_is_told_once(tmp_path: Path, heading: str, cell: str, told: str | None) -> None:
    file = tmp_path / "enkät.csv"
    rows = "".join(f"{name};one_named;{cell}\n" for name in ("Åkers Mejeri AB", "Ö-kraft AB"))
    file.write_text(f"name;problem_defined;{heading}\n{rows}", "utf-8")
    result = run("assessment", "import", file)
    assert result.stderr.count("AIM366") == (told is not None)
    assert (
        told is None
        or f"2 av 2 rader säger inte vilken dag de besvarades (det som kan säga det: {told})" in result.stderr
    )
    if told is None:
        days = {one["date"] for one in json.loads(done("assessment", "list", "--json"))}
        assert len(days) == 1
        assert days.pop().startswith("2025-03-0")


def test_the_same_company_twice_in_a_survey_is_told_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "enkät.csv"
    file.write_text("name;problem_defined;datum\nÅ AB;one_named;2025-03-04\nÅ AB;one_named;2025-03-04\n", "utf-8")
    stderr = run("assessment", "import", file).stderr
    assert "AIM364" in stderr
    assert "--keep" not in stderr


def test_companies_with_different_numbers_are_merged_only_when_asked() -> None:
    done("company", "add", "Å AB", "--id", "å", "--number", "556036-0793")
    done("company", "add", "Ö AB", "--id", "ö", "--number", "556016-0680")
    refused = run("company", "merge", "å", "ö")
    assert (refused.exit_code, "AIM638" in refused.stderr, "--different-numbers" in refused.stderr) == (2, True, True)
    done("company", "merge", "å", "ö", "--different-numbers")
    assert "556016-0680" in done("company", "list", "556036-0793")
    assert "AIM639" in run("company", "merge", "å", "ö").stderr


def test_sole_traders_in_a_survey_named_by_their_numbers_alone_are_not_one_company(tmp_path: Path) -> None:
    numbers = ["811228-1231", "811228-1232", "SE811228123301"]  # whatever their check digits are
    file = tmp_path / "enkät.csv"
    rows = "".join(f"{name};one_named;2025-03-04\n" for name in [*numbers, f"Åkes {numbers[0]}", "Ö AB"])
    file.write_text(f"name;problem_defined;datum\n{rows}", "utf-8")
    result = run("assessment", "import", file)
    assert result.stderr.count("AIM623") == 3
    assert "811228" not in result.output
    assert [one["name"] for one in json.loads(done("company", "list", "--json"))] == ["Åkes ******-****", "Ö AB"]
    for refused in (("company", "add", numbers[0]), ("company", "add", "Å AB", "--number", numbers[2])):
        result = run(*refused)
        assert "AIM629" in result.stderr
        assert "811228" not in result.output
