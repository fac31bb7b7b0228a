"""The commands as their users run them: results on standard output, remarks on standard error, exit codes as promised."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
import python_calamine
from justhtml import JustHTML
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.cli.words import WORDS
from aimaturity.definitions.library import bundled_folder

SURVEY = bundled_folder("examples") / "survey-2026.csv"
ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"


def run(*arguments: object, data: bytes | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"}).invoke(
        app, [str(a) for a in arguments], input=data
    )


def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The real program, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "aimaturity", *map(str, arguments)], capture_output=True, check=False, **options
    )  # type: ignore[call-overload, no-any-return]


def small(folder: Path, text: str, name: str = "s.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_every_command_has_help_with_an_example() -> None:
    for command in ("demo", "models", "check", "score", "report", "explain", "schema", "new", "interview", "export"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert f"aimaturity {command}" in result.output


def test_both_languages_say_the_same_things() -> None:
    assert all(set(words) == {"sv", "en"} for words in WORDS.values())


def test_models_lists_what_is_bundled() -> None:
    found = json.loads(run("models", "--json").stdout)
    assert [(row["kind"], row["id"], row["questions"]) for row in found] == [
        ("questionnaire", "ai-maturity", 57), ("questionnaire", "ai-quickscan", 20),
        ("scoring", "ai-maturity", 57), ("scoring", "ai-quickscan", 20),
    ]  # fmt: skip
    assert run("models").exit_code == 0


def test_check_of_what_is_bundled_is_clean() -> None:
    result = run("check", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_names_the_line__error(tmp_path: Path, form: str) -> None:
    path = small(tmp_path, "questionnaire: q\nversion: 1.0.0\nlangauges: [sv]\ntitle: å\nsections: []\n", "q.yaml")
    result = run("check", path, "--format", form, "--lang", "sv")
    assert result.exit_code == 1
    if form == "json":
        assert [d["line"] for d in json.loads(result.stdout)] == [3, 5]
    elif form == "github":
        assert f"::error file={path},line=3,col=1,title=AIM102::" in result.stdout
    else:
        assert f"{path}:3:1 AIM102 okänd nyckel 'langauges'; menade du 'languages'?" in result.stdout


def test_score_writes_the_columns_of_the_contract() -> None:
    result = run("score", SURVEY, "--lang", "sv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 1  # the example has odd cells
    assert len(rows) == 64
    areas = ["capability", "business", "climate", "gender_equality"]
    columns = [a + end for a in areas for end in ("", "_low", "_high", "_coverage", "_level")]
    identity = ["source_row", "company", "name", "organisationsnummer", "submitted"]
    assert list(rows[0]) == [*identity, *columns, "level", "level_low", "level_high"]
    assert rows[0]["name"] == "Brösarps Finmekanik AB"
    assert rows[5]["climate"] == ""  # too little basis: an empty cell, never 0
    assert "Lite av varje" in result.stderr or "Celler som inte kunde användas: 1" in result.stderr


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx", "jsonl"])
def test_score_writes_by_ending(tmp_path: Path, ending: str) -> None:
    out, problems = tmp_path / f"out.{ending}", tmp_path / "problems.csv"
    result = run("score", SURVEY, "-o", out, "--problems", problems, "--nodes", "all", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout == ""
    listed = list(csv.DictReader(io.StringIO(problems.read_text("utf-8"))))
    assert {"source_row", "column", "value", "code", "count", "message"} == set(listed[0])
    assert any(
        row["code"] == "AIM305" and row["value"] == "Lite av varje" and row["source_row"] == "4" for row in listed
    )
    if ending == "parquet":
        table = pl.read_parquet(out)
        assert table.schema["capability"] == pl.Float64
        assert table.schema["level"] == pl.Int64
        assert table.height == 64
    elif ending == "xlsx":
        book = python_calamine.CalamineWorkbook.from_path(str(out))
        assert book.sheet_names == ["scores", "problems", "columns"]
        assert isinstance(book.get_sheet_by_name("scores").to_python()[1][5], float)
    elif ending == "jsonl":
        documents = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert len(documents) == 64
        assert documents[0]["company"]["name"] == "Brösarps Finmekanik AB"
    else:
        assert "strategy_leadership" in out.read_text("utf-8").splitlines()[0]


def test_score_reads_standard_input_and_several_files(tmp_path: Path) -> None:
    one = small(tmp_path, "id,ai_use\nå,pilot\n", "a.csv")
    two = small(tmp_path, "id,ai_use\nö,Vet ej\n", "b.csv")
    both = run("score", one, two, "--lang", "sv")
    assert [row["source_file"] for row in csv.DictReader(io.StringIO(both.stdout))] == ["a.csv", "b.csv"]
    piped = run("score", "-", "--lang", "en", data=one.read_bytes())
    assert "å" in piped.stdout


def test_strict_writes_nothing_where_there_are_problems(tmp_path: Path) -> None:
    out = small(tmp_path, "old", "out.csv")
    result = run("score", SURVEY, "-o", out, "--strict", "--lang", "en")
    assert result.exit_code == 2
    assert out.read_text() == "old"


@pytest.mark.parametrize(
    ("content", "code", "exit_code"),
    [(b"", "AIM005", 2), (b"\x00\x01\x02", "AIM319", 2), (b"id,ai_use\n", "AIM301", 2), (b"x,y\n1,2\n", "AIM320", 2),
     (b"\x93\x00\x01" * 99, "AIM319", 2), (b"id,ai_use,ai_use\n1,pilot,pilot\n", "AIM302", 1),
     (b"id,ai_use,shoe\n1,pilot,44\n", "AIM303", 1), ("id,ai_use\n1,päls\n".encode("cp1252"), "AIM305", 1),
     (b"id,head_count.women\n1,-3\n", "AIM307", 1), (b'id,ai_use\n1,"' + b"x" * 300_000 + b'"\n', "AIM305", 1),
     (b"id,ai_use\n1,\"" + b"x" * 3_000_000 + b"\"\n", "AIM305", 1)],
)  # fmt: skip
def test_bad_files_get_a_diagnostic_and_no_half_output(
    tmp_path: Path, content: bytes, code: str, exit_code: int
) -> None:
    path, out = tmp_path / "s.csv", tmp_path / "out.csv"
    path.write_bytes(content)
    out.write_text("old")
    result = run("score", path, "-o", out, "--lang", "en")
    assert code in result.stderr
    assert result.exit_code == exit_code
    assert (out.read_text() == "old") == (exit_code == 2)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_folder_and_a_missing_file__error(tmp_path: Path) -> None:
    assert "AIM002" in run("score", tmp_path, "--lang", "en").stderr
    assert "AIM001" in run("score", tmp_path / "no.csv", "--lang", "en").stderr
    assert "AIM019" in run("score", SURVEY, "-m", "no-such-model", "--lang", "en").stderr


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = small(tmp_path, "old", "out.csv")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("score", SURVEY, "-o", out, "--lang", "en")
    assert result.exit_code == 2
    assert "AIM014" in result.stderr
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_cells_that_start_a_formula_are_neutralised(tmp_path: Path) -> None:
    path = small(tmp_path, 'id,name,ai_use\n"=1+1","@SUM(A1)",pilot\n-5,+46,pilot\n')
    rows = list(csv.DictReader(io.StringIO(run("score", path, "--lang", "en").stdout)))
    assert [row["company"] for row in rows] == ["'=1+1", "-5"]
    assert rows[0]["name"] == "'@SUM(A1)"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_of_an_answers_file(tmp_path: Path, lang: str) -> None:
    result = run("report", ANSWERS, "-o", tmp_path / "r", "--to", "html,md", "--lang", lang)
    assert result.exit_code == 0, result.stderr
    pages = sorted((tmp_path / "r").iterdir())
    assert [page.suffix for page in pages] == [".html", ".md"]
    text = pages[0].read_text("utf-8")
    JustHTML(text, strict=True)
    assert f'lang="{lang}"' in text
    assert "Brösarps Finmekanik AB" in text
    assert "<script" not in text


def test_report_of_result_documents_needs_nothing_else(tmp_path: Path) -> None:
    small(tmp_path, "id,ai_use,problem_defined\nå,pilot,one_named\nö,core_process,Vet ej\n")
    run("score", tmp_path / "s.csv", "-o", tmp_path / "r.jsonl", "--lang", "en")
    result = run("report", tmp_path / "r.jsonl", "-o", tmp_path / "out", "-m", "no-such-model", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert sorted(page.name for page in (tmp_path / "out").iterdir()) == ["a.html", "index.html", "o.html"]


def test_a_result_document_of_another_format__error(tmp_path: Path) -> None:
    other = small(tmp_path, '{"format": "aimaturity-result/99"}', "r.json")
    assert "AIM405" in run("report", other, "--lang", "en").stderr
    cut = small(tmp_path, '{"format": "aimaturity-result/1", "engine"', "cut.json")
    result = run("report", cut, "--lang", "en")
    assert "AIM015" in result.stderr
    assert result.exit_code == 2


def test_explain_a_code_in_both_languages() -> None:
    assert "okänt svarsalternativ" in run("explain", "AIM101", "--lang", "sv").stdout
    assert "unknown option" in run("explain", "aim101", "--lang", "en").stdout
    assert run("explain", "AIM999", "--lang", "en").exit_code == 2


def test_explain_a_node_down_to_its_answers(tmp_path: Path) -> None:
    result = tmp_path / "r.jsonl"
    run("score", SURVEY, "-o", result, "--lang", "en")
    assert run("explain", result, "--lang", "sv").exit_code == 2  # which company?
    told = run("explain", result, "climate", "--company", "F001", "--lang", "sv")
    assert told.exit_code == 0
    assert "Klimatnytta" in told.stdout
    assert "29,17 poäng" in told.stdout
    [node] = json.loads(run("explain", result, "climate", "--company", "F001", "--json").stdout)
    assert abs(sum(entry["points"] for entry in node["contributions"]) - node["score"]) < 1e-9
    assert run("explain", result, "no_node", "--company", "F001", "--lang", "en").exit_code == 2


@pytest.mark.parametrize("kind", ["questionnaire", "scoring", "programme", "answers", "result"])
def test_schema_is_what_is_published(kind: str) -> None:
    published = (bundled_folder("schemas") / f"{kind}.schema.json").read_text("utf-8")
    assert run("schema", kind).stdout == published


def test_new_makes_files_that_check_and_score(tmp_path: Path) -> None:
    folder = tmp_path / "mitt"
    assert run("new", folder, "--lang", "sv").exit_code == 0
    assert run("check", folder, "--lang", "sv").stdout == "Inga problem.\n"
    assert run("new", folder, "--lang", "sv").exit_code == 2
    survey = small(tmp_path, "id,ai_use,watched,data_kinds,policy,hours\n1,daily,samples,orders;energy,Ja,40\n")
    result = run("score", survey, "-m", folder / "scoring" / "my-method.yaml", "--lang", "sv")
    [row] = csv.DictReader(io.StringIO(result.stdout))
    # use 100; ground (2/3 of 100, 100 and 100) = 88.9; the whole is their mean
    assert (row["use"], row["ground"], row["whole"]) == ("100", "88.888888889", "94.444444444")
    assert row["level"] == "3"


def test_the_demo_writes_what_it_names(tmp_path: Path) -> None:
    result = run("demo", tmp_path / "d", "--lang", "sv")
    assert result.exit_code == 0, result.stderr
    assert len(list((tmp_path / "d" / "reports").glob("*.html"))) == 65 + 1  # and the index
    for page in sorted((tmp_path / "d" / "reports").glob("*.html"))[::8]:
        JustHTML(page.read_text("utf-8"), strict=True)
    lines = result.stdout.splitlines()
    assert len(lines) < 25
    named = [Path(line.split(" ")[1]) for line in lines if line.startswith(("Skrev", "Öppna"))]
    assert {path.name for path in named} >= {"status.html", "cohort.html", "shortlist.md", "register.db"}
    assert all(path.exists() for path in named)
    told = json.loads((tmp_path / "d" / "status.json").read_text("utf-8"))
    assert [promise["target"] for promise in told["promises"]] == [1000, 100, 10]
    assert any("875 av 1\u00a0000" in line for line in lines)
    [why] = [line.partition(": aimaturity ")[2] for line in lines if "--why" in line]
    rows = run(*why.split(), "--lang", "sv").stdout
    assert "reached.county.10: 180" in rows
    before = (tmp_path / "d" / "status.json").read_bytes()
    assert run("demo", tmp_path / "d", "--lang", "sv").exit_code == 0  # again over its own folder
    assert (tmp_path / "d" / "status.json").read_bytes() == before


def test_a_listener_that_leaves_is_no_fault() -> None:
    command = f'"{sys.executable}" -m aimaturity schema result | head -c 20'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""


def test_ctrl_c_leaves_no_output(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    process = subprocess.Popen(
        [sys.executable, "-m", "aimaturity", "score", "-", "-o", str(out)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(4)  # it waits for its input
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    broken = "import aimaturity.cli.models as m\nm.found = lambda: 1 / 0\nfrom aimaturity.cli import main\nimport sys\n"
    script = small(tmp_path, broken + "sys.argv = ['aimaturity', 'models']\nmain()\n", "broken.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"AIM901" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_language_follows_the_locale() -> None:
    plain = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    swedish = program("check", env=plain | {"LANG": "sv_SE.UTF-8"})
    english = program("check", env=plain | {"LC_ALL": "en_GB.UTF-8"})
    assert swedish.stdout.decode() == "Inga problem.\n"
    assert english.stdout.decode() == "No problems.\n"
