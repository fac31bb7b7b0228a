"""`report --benchmark`: reports beside peers, by a set that a hub published."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.benchmark.compare import with_benchmark
from aimaturity.benchmark.documents import BenchmarkSet
from aimaturity.cli.app import app
from aimaturity.definitions.library import bundled_folder
from aimaturity.scoring.parts import dumps
from tests.benchmark.test_compare import cohort, first

ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"
SURVEY = bundled_folder("examples") / "survey-2026.csv"


def run(*arguments: object) -> Result:
    environment = {"COLUMNS": "200", "AIMATURITY_DEBUG": "1"}
    return CliRunner(env=environment).invoke(app, ["report", *map(str, arguments)])


@cache
def published() -> BenchmarkSet:
    """Made by `publish` of thirty companies."""
    return first()[0]


def written(folder: Path, benchmark: BenchmarkSet | None = None) -> Path:
    path = folder / "jämförelse.json"
    path.write_text(dumps(benchmark or published()), "utf-8")
    return path


def pages(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.html")) if path.name != "index.html"]


def test_answers_are_shown_beside_the_set(tmp_path: Path) -> None:
    result = run(ANSWERS, "-o", tmp_path / "r", "--to", "html,md", "--lang", "sv", "--benchmark", written(tmp_path))
    assert result.exit_code == 0, result.stderr
    (page,) = pages(tmp_path / "r")
    assert 'id="comparison"' in page
    assert "Jämförelsesiffrorna är från 25 november 2026." in page
    (text,) = [path.read_text("utf-8") for path in (tmp_path / "r").glob("*.md")]
    assert "## Jämförelse" in text
    assert "Om ert eget resultat är med i gruppens siffror är inte känt här." in text


@pytest.mark.parametrize("source", ["survey", "json", "jsonl"])
def test_every_kind_of_source_is_compared(tmp_path: Path, source: str) -> None:
    path = {"survey": SURVEY, "json": tmp_path / "r.json", "jsonl": tmp_path / "r.jsonl"}[source]
    if source == "json":
        path.write_text(dumps(cohort()[0]), "utf-8")
    elif source == "jsonl":
        path.write_text("".join(f"{one.model_dump_json(by_alias=True)}\n" for one in cohort()[:3]), "utf-8")
    result = run(path, "-o", tmp_path / "out", "--lang", "en", "--benchmark", written(tmp_path), "--jobs", 2)
    assert result.exit_code in (0, 1), result.stderr
    assert "AIM44" not in result.stderr
    made = pages(tmp_path / "out")
    assert made
    assert all("The figures compared with are of 25 November 2026." in page for page in made)


def test_without_the_option_nothing_is_said(tmp_path: Path) -> None:
    run(ANSWERS, "-o", tmp_path / "r", "--lang", "sv")
    assert "Jämförelse" not in pages(tmp_path / "r")[0]


@pytest.mark.parametrize(("language", "said"), [("sv", "med en annan metod"), ("en", "of another method")])
def test_a_set_of_another_method_is_told_once_and_reports_are_made_without(
    tmp_path: Path, language: str, said: str
) -> None:
    scoring = published().scoring.model_copy(update={"hash": "sha256:annan"})
    other = written(tmp_path, published().model_copy(update={"scoring": scoring}))
    results = tmp_path / "r.jsonl"
    results.write_text("".join(f"{one.model_dump_json(by_alias=True)}\n" for one in cohort()[:2]), "utf-8")
    result = run(results, "-o", tmp_path / "r", "--lang", language, "--benchmark", other)
    assert result.exit_code == 1
    assert result.stderr.count("AIM443") == 1
    assert said in result.stderr
    assert ": 2 " in result.stderr
    made = pages(tmp_path / "r")
    assert len(made) == 2
    assert all('id="comparison"' not in page for page in made)


def test_an_indication_is_compared_with_indications_alone(tmp_path: Path) -> None:
    other = written(tmp_path, published().model_copy(update={"indication": True}))
    result = run(ANSWERS, "-o", tmp_path / "r", "--lang", "sv", "--benchmark", other)
    assert result.exit_code == 1
    assert "AIM444" in result.stderr
    assert 'id="comparison"' not in pages(tmp_path / "r")[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "AIM001"), (b"", "AIM005"), (b"\xff\xfe{", "AIM004"), (b"{}", "AIM441"), (b"inte json", "AIM441")],
)
def test_a_file_that_is_no_set_is_told_before_anything_is_made(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "å.json"
    if content is not None:
        path.write_bytes(content)
    result = run(ANSWERS, "-o", tmp_path / "r", "--lang", "sv", "--benchmark", path)
    assert result.exit_code == 2
    assert code in result.stderr
    assert not (tmp_path / "r").exists()


def test_redacted_copies_are_not_compared_and_a_remark_says_so(tmp_path: Path) -> None:
    result = run(ANSWERS, "-o", tmp_path / "r", "--lang", "sv", "--benchmark", written(tmp_path), "--redact")
    assert result.exit_code == 0, result.stderr
    assert "Avidentifierade kopior jämförs inte" in result.stderr
    assert 'id="comparison"' not in pages(tmp_path / "r")[0]


def test_the_set_asked_for_replaces_the_comparison_that_a_document_holds(tmp_path: Path) -> None:
    old = with_benchmark(cohort()[0], published().model_copy(update={"date": "2025-01-31"}))
    source = tmp_path / "gammal.json"
    source.write_text(dumps(old), "utf-8")
    run(source, "-o", tmp_path / "as-it-is", "--lang", "sv")
    assert "är från 31 januari 2025" in pages(tmp_path / "as-it-is")[0]
    run(source, "-o", tmp_path / "anew", "--lang", "sv", "--benchmark", written(tmp_path))
    (page,) = pages(tmp_path / "anew")
    assert "är från 25 november 2026" in page
    assert "31 januari 2025" not in page


def test_a_company_of_the_register_is_compared_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    kept = CliRunner().invoke(app, ["assessment", "import", str(ANSWERS), "--lang", "sv"])
    assert kept.exit_code == 0, kept.output
    result = run("brosarp", "-o", tmp_path / "r", "--lang", "sv", "--benchmark", written(tmp_path))
    assert result.exit_code == 0, result.stderr
    assert "Jämförelsesiffrorna är från 25 november 2026." in pages(tmp_path / "r")[0]
