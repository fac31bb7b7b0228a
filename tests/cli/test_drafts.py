"""`new --from`: a draft of any export passes `check`, and reads the export that it was made from back completely."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from tests.cli.test_commands import SURVEY, run
from tests.responses.test_exports import all_exports, expected


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_a_draft_passes_check_and_reads_its_own_file_back(name: str, tmp_path: Path) -> None:
    export = all_exports()[name]
    path, folder = tmp_path / f"x{export.ending}", tmp_path / "my-survey"
    path.write_bytes(export.data)
    made = run("new", folder, "--from", path, "--lang", "sv")
    assert made.exit_code == 0, made.stderr
    assert "AIM" not in run("check", folder, "--lang", "sv").stdout.replace("AIM209", "")
    scored = run("score", path, "-m", folder / "scoring/my-survey.yaml", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(scored.stdout)))
    assert len(rows) == len(expected(export))
    assert {row["whole"] for row in rows} == {""}  # nothing is scored by guess
    assert "couldn't be used" not in scored.stderr
    assert "AIM303" not in scored.stderr
    written = yaml.safe_load((folder / "questionnaires/my-survey.yaml").read_text("utf-8"))
    kinds = {question["text"]: question["kind"] for question in written["sections"][0]["questions"]}
    assert list(kinds.values()).count("single") + list(kinds.values()).count("grid") >= 2, kinds


def test_what_the_draft_found(tmp_path: Path) -> None:
    """Kinds and options of a tool that tells them well."""
    export = all_exports()["limesurvey-texts-semicolon-english"]
    path, folder = tmp_path / "x.csv", tmp_path / "s"
    path.write_bytes(export.data)
    run("new", folder, "--from", path, "--lang", "en")
    questions = yaml.safe_load((folder / "questionnaires/s.yaml").read_text("utf-8"))["sections"][0]["questions"]
    kinds = {question["text"]: question["kind"] for question in questions}
    assert kinds["Which AI tools are in use?"] == "multiple"
    assert kinds["How often is AI used in each part?"] == "grid"
    assert kinds["How many sit on the board?"] == "counts"
    assert kinds["How many are employed?"] == "number"
    assert kinds["What do you hope for?"] in ("single", "text")
    scoring = yaml.safe_load((folder / "scoring/s.yaml").read_text("utf-8"))
    assert all(points is None for item in scoring["items"].values() for points in item["points"].values())


def test_the_bundled_example_can_be_drafted_and_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    assert run("new", folder, "--from", SURVEY, "--lang", "sv").exit_code == 0
    assert run("new", folder, "--from", SURVEY, "--lang", "sv").exit_code == 2
    assert run("new", tmp_path / "e", "--from", tmp_path / "no.csv", "--lang", "sv").exit_code == 2
    assert not (tmp_path / "e").exists()
