"""`score` and `map` on survey exports: mappings, duplicates, packed files, and outputs that are whole or not there."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
import python_calamine
import yaml

from aimaturity.cli.shared import TOOLS
from aimaturity.responses.tools import READERS
from aimaturity.scoring import sinks
from tests.cli.test_commands import run

MODEL = """\
scoring: trial
version: 1.0.0
title: Prov
questionnaire: export-trial
levels: [{level: 1, title: Ett}, {level: 2, title: Två}]
tree:
  id: whole
  aggregate: none
  levels: [{level: 1}, {level: 2, requires: [{node: ai, at_least: 50}]}]
  children:
    - {id: ai, bands: [0, 50], children: [policy, trained]}
"""
EXPORT = (
    "id,organisationsnummer,Har ni en AI-policy som alla känner till?,Utbildning?\n"
    'å1,999910-1000,"Ja, den är skriven",Jajamän\n'
    "å2,,Den skrivs,Nejdå\n"
    'å1,,"Nej, inget vi tänkt på",Jajamän\n'
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("AIMATURITY_HOME", str(folder))
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "scoring").mkdir()
    (tmp_path / "questionnaires").mkdir()
    written = Path(__file__).parents[1] / "exports/questionnaire.yaml"
    (tmp_path / "questionnaires/q.yaml").write_text(written.read_text("utf-8"), "utf-8")
    path = tmp_path / "scoring/m.yaml"
    path.write_text(MODEL, "utf-8")
    return path


def export(folder: Path, text: str = EXPORT, name: str = "svar.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_mapping_is_written_edited_used_and_found_again(tmp_path: Path, model: Path, home: Path) -> None:
    path, mapping = export(tmp_path), tmp_path / "mapping.yaml"
    first = run("map", path, "-m", model, "-o", mapping, "--lang", "sv")
    assert first.exit_code == 1  # something is left to say
    said = yaml.safe_load(mapping.read_text("utf-8"))
    by_heading = {rule["heading"]: rule for rule in said["columns"]}
    assert by_heading["Utbildning?"]["to"] is None
    assert by_heading["Utbildning?"]["samples"] == ["Jajamän", "Nejdå"]
    [value] = said["values"]
    assert (value["cell"], value["to"], value["suggestion"]) == ("Den skrivs", None, "being_written")
    assert run("map", path, "-m", model, "-o", mapping).exit_code == 2  # an edited mapping is not written over

    by_heading["Utbildning?"]["to"] = "trained"
    value["to"] = "being_written"
    said["values"] += [{"question": "trained", "cell": "Jajamän", "to": "yes"},
                       {"question": "trained", "cell": "nejdå", "to": "no"}]  # fmt: skip
    mapping.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    scored = run("score", path, "-m", model, "--mapping", mapping, "--lang", "sv")
    assert [row["ai_coverage"] for row in rows(scored.stdout)] == ["1", "1", "1"]
    assert len(list((home / "mappings").iterdir())) == 1

    more = export(tmp_path, EXPORT.replace("å1", "ö1"), "fler.csv")
    again = run("score", more, "-m", model, "--lang", "sv")
    assert "Använder mappningen" in again.stderr
    assert [row["ai_coverage"] for row in rows(again.stdout)] == ["1", "1", "1"]
    other = export(tmp_path, EXPORT.replace("Utbildning?", "Kurs?"), "annan.csv")
    assert "Använder mappningen" not in run("score", other, "-m", model, "--lang", "sv").stderr


@pytest.mark.parametrize(
    ("change", "code"),
    [("to: trainedd", "AIM353"), ("to: policy=yess", "AIM353"), ("to: identity:shoe", "AIM353"), ("too: policy", "AIM102"),
     ("to: board", "AIM353"), ("to: 5", "AIM104")],
)  # fmt: skip
def test_a_wrong_mapping_is_told_at_its_line__error(tmp_path: Path, model: Path, change: str, code: str) -> None:
    text = f"mapping: export-trial\ncolumns:\n- column: 4\n  heading: Utbildning?\n  {change}\n"
    mapping = export(tmp_path, text, "mapping.yaml")
    result = run("score", export(tmp_path), "-m", model, "--mapping", mapping, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{mapping}:5:" in result.stderr
    assert code in result.stderr


def test_a_mapping_of_another_file_is_told(tmp_path: Path, model: Path) -> None:
    text = "mapping: export-trial\ncolumns:\n- {column: 4, heading: Skostorlek, to: trained}\n"
    result = run("score", export(tmp_path), "-m", model, "--mapping", export(tmp_path, text, "m.yaml"), "--lang", "en")
    assert "AIM354" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize(("keep", "left"), [("all", ["2", "3", "4"]), ("first", ["2", "3"]), ("last", ["3", "4"])])
@pytest.mark.parametrize("piped", [False, True])
def test_rows_of_the_same_company(tmp_path: Path, model: Path, keep: str, left: list[str], piped: bool) -> None:
    text = EXPORT.replace("999910-1000", "")
    problems = tmp_path / "p.csv"
    arguments: list[Any] = ["-m", model, "--keep", keep, "--problems", problems, "--lang", "en"]
    data = text.encode("utf-8")
    result = run("score", "-", *arguments, data=data) if piped else run("score", export(tmp_path, text), *arguments)
    assert [row["source_row"] for row in rows(result.stdout)] == left
    listed = rows(problems.read_text("utf-8"))
    repeated = [row for row in listed if row["code"] == "AIM349"]
    assert len(repeated) == (0 if keep == "all" else 1)
    assert ("AIM317" in result.stderr) == (keep == "all")


def test_packed_files_read_like_plain_ones(tmp_path: Path, model: Path) -> None:
    plain = run("score", export(tmp_path), "-m", model).stdout
    packed = tmp_path / "svar.csv.gz"
    packed.write_bytes(gzip.compress(EXPORT.encode("utf-8")))
    zipped = tmp_path / "svar.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("Export/svar.csv", EXPORT)
        archive.writestr("läs mig.txt", "Om exporten")
    assert run("score", packed, "-m", model).stdout == plain
    result = run("score", zipped, "-m", model, "--lang", "sv")
    assert result.stdout == plain
    assert "AIM340" in result.stderr
    assert run("score", "-", "-m", model, data=packed.read_bytes()).stdout == plain


def test_a_cut_off_gzip_keeps_whole_rows_and_says_so(tmp_path: Path, model: Path) -> None:
    long = EXPORT + "".join(f"å{n},,{n},Nej\n" for n in range(10, 5000))
    path = tmp_path / "svar.csv.gz"
    path.write_bytes(gzip.compress(long.encode("utf-8"))[:-400])
    result = run("score", path, "-m", model, "--lang", "sv")
    assert "AIM338" in result.stderr
    assert result.exit_code == 1
    assert 3 < len(rows(result.stdout)) < 4993


def test_a_zip_bomb_is_refused(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"id,policy\n" + b"a,written\n" * 8_000_000))
    result = run("score", path, "-m", model, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "AIM337" in result.stderr


def test_the_tool_can_be_named(tmp_path: Path, model: Path) -> None:
    assert tuple(sorted(TOOLS)) == tuple(sorted(READERS))
    path = export(tmp_path, "Timestamp,policy\n2026-03-05 09:07:52,written\n")
    assert "google-forms" in run("score", path, "-m", model, "--lang", "en").stderr
    plain = run("score", path, "-m", model, "--source", "plain", "--lang", "en")
    assert "google-forms" not in plain.stderr
    assert "AIM352" in run("score", path, "-m", model, "--source", "qualtrics", "--lang", "en").stderr
    assert run("score", path, "-m", model, "--source", "netigate", "--lang", "en").exit_code == 2


def test_parquet_has_types_and_units(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out.parquet"
    run("score", export(tmp_path), "-m", model, "-o", out)
    schema = pq.read_schema(out)
    assert {name: str(schema.field(name).type) for name in ("source_row", "company", "ai", "ai_level")} == {
        "source_row": "int64", "company": "string", "ai": "double", "ai_level": "int64",
    }  # fmt: skip
    assert schema.field("ai_coverage").metadata == {b"unit": b"share, 0 to 1"}
    assert schema.metadata[b"model"].startswith(b"trial 1.0.0 ")
    table = pl.read_parquet(out)
    assert table["ai_level"].to_list() == [int(row["ai_level"]) if row["ai_level"] else None
                                           for row in rows(run("score", export(tmp_path), "-m", model).stdout)]  # fmt: skip


def test_a_workbook_has_numbers_problems_and_meanings(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("score", export(tmp_path), "-m", model, "-o", out, "--lang", "sv")
    book = python_calamine.CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["scores", "problems", "columns"]
    scores = book.get_sheet_by_name("scores").to_python()
    assert isinstance(scores[1][scores[0].index("ai_low")], float)
    assert any("Poäng" in str(cell) for row in book.get_sheet_by_name("columns").to_python() for cell in row)
    first = out.read_bytes()
    run("score", export(tmp_path), "-m", model, "-o", out, "--lang", "sv")
    assert out.read_bytes() == first


def test_more_rows_than_a_sheet_holds_is_an_error_and_no_file__error(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "MAX_SHEET_ROWS", 2)
    out = tmp_path / "out.xlsx"
    result = run("score", export(tmp_path), "-m", model, "-o", out, "--lang", "sv")
    assert result.exit_code == 2
    assert "AIM408" in result.stderr
    assert [path.name for path in tmp_path.glob("*out*")] == []


def test_documents_of_every_respondent(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("score", export(tmp_path), "-m", model, "-o", out)
    made = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["company"]["id"] for one in made] == ["å1", "å2", "å1"]
    assert any(answer["raw"] == "Den skrivs" for answer in made[1]["answers"])


def test_a_file_that_changes_while_it_is_read_gives_nothing__error(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aimaturity.responses.opening import Opened

    monkeypatch.setattr(Opened, "changed", lambda self: True)
    out = tmp_path / "out.csv"
    result = run("score", export(tmp_path), "-m", model, "-o", out, "--lang", "en")
    assert result.exit_code == 2
    assert "AIM350" in result.stderr
    assert not out.exists()


def test_what_became_of_each_row_is_said(tmp_path: Path, model: Path) -> None:
    head = "Response ID,Time Started,Date Submitted,Status,Har ni en AI-policy som alla känner till?\n"
    body = "1,2026-03-05 09:00:00,2026-03-05 09:01:00,Complete,Den skrivs just nu\n2,2026-03-05 09:00:00,,Partial,\n"
    out_of = "3,2026-03-05 09:00:00,2026-03-05 09:01:00,Disqualified,Den skrivs just nu\n,,,,\n"
    problems = tmp_path / "p.csv"
    result = run("score", export(tmp_path, head + body + out_of), "-m", model, "--problems", problems, "--lang", "sv")
    assert "lästa rader: 4" in result.stderr
    assert "Kompletta svar: 1; påbörjade: 1." in result.stderr
    assert "underkända 1" in result.stderr
    assert "tomma rader 1" in result.stderr
    assert len(rows(result.stdout)) == 2
    assert {row["code"] for row in rows(problems.read_text("utf-8"))} >= {"AIM344", "AIM345"}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_leaves_no_answers_behind(
    tmp_path: Path, model: Path, ending: str, ends: signal.Signals
) -> None:
    """Neither an output, nor a temporary copy of what came by standard input."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [
        sys.executable,
        "-m",
        "aimaturity",
        "score",
        "-",
        "-m",
        str(model),
        "-o",
        str(tmp_path / f"out.{ending}"),
    ]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(scratch)}
    )
    assert process.stdin is not None
    process.stdin.write(EXPORT.encode("utf-8"))
    process.stdin.flush()
    for _ in range(200):
        if any(scratch.iterdir()):
            break
        time.sleep(0.1)
    assert any(scratch.iterdir())
    process.send_signal(ends)
    assert process.wait(20) == (130 if ends == signal.SIGINT else 128 + ends)
    process.stdin.close()
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.glob("*out*")) == []


def test_the_next_command_can_be_typed_as_it_is_printed(tmp_path: Path) -> None:
    """With a blank in the file's name, and with the model that was asked for."""
    path = tmp_path / "våra svar 2026.csv"
    path.write_text("Företag;ai_use;Något annat\nÅ AB;pilot;x\n", "utf-8")
    done = run("score", path, "-m", "ai-quickscan", "-o", tmp_path / "ut.csv", "--lang", "sv")
    assert f"aimaturity report '{path}' -m ai-quickscan -o rapporter" in done.stderr
    assert f"aimaturity map '{path}' -m ai-quickscan -o mappning.yaml" in done.stderr


def test_of_many_columns_without_a_question_the_first_are_named_and_near_ones_before_all(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    heads = [f"Helt annan sak {k}" for k in range(40)]
    path.write_text(
        ";".join(["Företag", "ai_use", *heads, "two_step_logni"]) + "\n" + "Å AB;pilot" + ";x" * 41, "utf-8"
    )
    done = run("score", path, "-o", tmp_path / "ut.csv", "--lang", "sv")
    assert done.stderr.count("AIM303") == 10
    assert "two_step_logni" in done.stderr
    assert "31 kolumner till som inte lästes" in done.stderr
