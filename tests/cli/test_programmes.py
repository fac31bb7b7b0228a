"""Programme files on the command line: one to start from, which one a command takes, and files that lead to one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.cli.shared import OURS, loaded_programme
from aimaturity.definitions.checks import texts
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.load import load_programme

PILOTS = bundled_folder("examples") / "pilots.yaml"


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"}).invoke(app, [str(a) for a in arguments])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for a user's own definitions."""
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    return tmp_path / "hem"


def put(folder: Path, name: str, *, broken: bool = False) -> Path:
    """The starter programme under another id."""
    if not (folder / "programmes").is_dir():
        assert run("new", folder, "--programme").exit_code == 0
        (folder / "programmes/my-programme.yaml").rename(folder / "mall.yaml")
    text = (folder / "mall.yaml").read_text("utf-8").replace("programme: my-programme", f"programme: {name}")
    path = folder / "programmes" / f"{name}.yaml"
    path.write_text(text.replace("target: 200", "target: 0") if broken else text, "utf-8")
    return path


def test_a_new_programme_checks_and_has_all_that_one_needs_in_both_languages(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "vår hubb"
    result = run("new", folder, "--programme", "--lang", "sv")
    path = folder / "programmes/my-programme.yaml"
    assert result.exit_code == 0
    assert f"aimaturity check {path}" in result.stdout
    assert str(home / "programmes") in result.stdout
    assert run("check", folder, "--lang", "sv").stdout == "Inga problem.\n"
    made = load_programme(path).value
    assert made is not None
    assert made.period is not None
    assert len(made.funders) == 1
    assert len(made.partners) == 2
    assert [promise.count for promise in made.promises] == ["reached", "assessed", "pilots"]
    assert len(made.counties) == 1
    assert len(made.titles("municipalities")) == 5
    assert len(made.sectors) == 10
    assert {language for text, _ in texts(made) for language in text.languages()} <= {"sv", "en", "*"}


def test_a_new_programme_overwrites_nothing_and_comes_from_no_survey(tmp_path: Path) -> None:
    assert run("new", tmp_path, "--programme").exit_code == 0
    path = tmp_path / "programmes/my-programme.yaml"
    path.write_text("mitt", "utf-8")
    assert run("new", tmp_path, "--programme").exit_code == 2
    assert path.read_text("utf-8") == "mitt"
    result = run("new", tmp_path / "annan", "--programme", "--from", "svar.csv", "--lang", "sv")
    assert (result.exit_code, result.stderr) == (2, "--programme och --from går inte att använda tillsammans.\n")
    assert not (tmp_path / "annan").exists()


def test_without_a_name_it_is_ones_own_where_there_is_one_else_the_bundled_one(home: Path) -> None:
    assert loaded_programme(None, "sv").programme == OURS
    put(home, "var-hubb")
    assert loaded_programme(None, "sv").programme == "var-hubb"
    assert loaded_programme(OURS, "sv").programme == OURS
    assert loaded_programme(str(home / "programmes/var-hubb.yaml"), "sv").programme == "var-hubb"


def test_with_several_of_ones_own_one_must_be_named__error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(home, "var-hubb")
    put(home, "en-annan")
    with pytest.raises(typer.Exit) as ended:
        loaded_programme(None, "sv")
    assert ended.value.exit_code == 2
    assert "en-annan, var-hubb" in capsys.readouterr().err
    assert loaded_programme("en-annan", "sv").programme == "en-annan"


@pytest.mark.parametrize(("name", "code"), [("var-hub", "AIM019"), ("trasig", "AIM104")])
def test_a_programme_that_is_not_there_or_broken_is_told__error(
    home: Path, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    put(home, "var-hubb")
    put(home, "trasig", broken=True)
    with pytest.raises(typer.Exit) as ended:
        loaded_programme(name, "sv")
    assert ended.value.exit_code == 2
    told = capsys.readouterr().err
    assert code in told
    assert name != "var-hub" or "menade du 'var-hubb'?" in told


def found(path: Path) -> list[tuple[str, str, int]]:
    """(file's name, code, line) of what `check` says of a file."""
    result = run("check", path, "--format", "json")
    return [(Path(d["file"]).name, d["code"], d["line"]) for d in json.loads(result.stdout)]


def test_the_bundled_ideas_are_clean() -> None:
    result = run("check", PILOTS, "--lang", "sv")
    assert (result.exit_code, result.stdout) == (0, "Inga problem.\n")


def test_ideas_are_checked_against_the_programme_that_lies_beside_them(tmp_path: Path, home: Path) -> None:
    text = PILOTS.read_text("utf-8")
    ideas = tmp_path / "idéer.yaml"
    ideas.write_text(text.replace("pilots_of: digit-hub-ai", "pilots_of: var-hubb"), "utf-8")
    assert found(ideas) == [("idéer.yaml", "AIM132", 3)]
    own = put(tmp_path, "var-hubb")
    assert found(ideas) == [("idéer.yaml", "AIM645", 3)], "the starter has no rules for pilots"

    bundled = yaml.safe_load((bundled_folder("programmes") / "digit-hub-ai.yaml").read_text("utf-8"))
    bundled["programme"] = "var-hubb"
    bundled["counties"] = [county for county in bundled["counties"] if county["id"] == "12"]
    bundled["pilots"]["spread"] = []
    own.write_text(yaml.safe_dump(bundled, allow_unicode=True, sort_keys=False), "utf-8")
    blekinge = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == 'county: "10"']
    assert found(ideas) == [("idéer.yaml", "AIM133", line) for line in blekinge]

    bundled["pilots"]["questionnaire"] = "saknas"
    own.write_text(yaml.safe_dump(bundled, allow_unicode=True, sort_keys=False), "utf-8")
    assert found(ideas) == [("idéer.yaml", "AIM131", 3)]
    del bundled["leading_partner"]
    own.write_text(yaml.safe_dump(bundled, allow_unicode=True, sort_keys=False), "utf-8")
    assert found(ideas) == [("var-hubb.yaml", "AIM103", 1)], "what keeps the programme from being used"


@pytest.mark.parametrize("wrong", ["null", "5", "[a]", "{a: b}", "''"])
def test_ideas_for_no_programme_at_all_are_told__error(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "i.yaml"
    path.write_text(PILOTS.read_text("utf-8").replace("pilots_of: digit-hub-ai", f"pilots_of: {wrong}"), "utf-8")
    assert {(code, line) for _, code, line in found(path)} <= {("AIM104", 3), ("AIM110", 3), ("AIM132", 3)}
    assert found(path)


def test_a_mistake_in_an_idea_is_told_at_its_line_even_where_the_programme_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "i.yaml"
    text = PILOTS.read_text("utf-8").replace("pilots_of: digit-hub-ai", "pilots_of: saknas")
    path.write_text(text.replace("challenge: quality_errors", "chalenge: quality_errors", 1), "utf-8")
    assert [(code, line) for _, code, line in found(path)] == [("AIM132", 3), ("AIM102", 7)]
