"""`report` as its users run it: for thousands, again and again, broken off, for others to see."""

from __future__ import annotations

import csv
import gc
import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from justhtml import JustHTML
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.cli.report import Asked, source_of
from aimaturity.definitions.library import bundled_folder
from aimaturity.report import pool
from aimaturity.report.produce import Made, Task, Wanted, nothing_made
from aimaturity.scoring.document import ResultDocument
from tests.report.pdf_text import text_of

EXAMPLES = bundled_folder("examples")
SURVEY, ANSWERS = EXAMPLES / "survey-2026.csv", EXAMPLES / "answers-brosarp.yaml"


def run(*arguments: object, **variables: str) -> Result:
    environment = {"COLUMNS": "200", "AIMATURITY_DEBUG": "1", **variables}
    return CliRunner(env=environment).invoke(app, ["report", *map(str, arguments)])


def survey(folder: Path, names: list[str], name: str = "s.csv") -> Path:
    """A survey of companies by these names."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["name", "ai_use", "problem_defined", "footprint"])
    rows.writerows([company, "pilot", "one_named", "Vet ej"] for company in names)
    path = folder / name
    path.write_text(out.getvalue(), "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_survey_again_writes_nothing(tmp_path: Path) -> None:
    source = survey(tmp_path, ["Åkeri Öst", "Ängens Bageri", "Café Å"])
    first = run(source, "-o", tmp_path / "r", "--to", "html,md,xlsx", "--lang", "sv")
    assert first.exit_code == 0, first.stderr
    assert "skrivna filer: 9; oförändrade: 0; misslyckade: 0" in first.stderr
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (tmp_path / "r").iterdir()}
    again = run(source, "-o", tmp_path / "r", "--to", "html,md,xlsx", "--lang", "sv")
    assert again.exit_code == 0
    assert again.stdout == ""
    assert "skrivna filer: 0; oförändrade: 9" in again.stderr
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (tmp_path / "r").iterdir()} == before
    run(source, "-o", tmp_path / "other", "--to", "html,md,xlsx", "--lang", "sv")
    assert files(tmp_path / "other") == files(tmp_path / "r")


def test_one_changed_answer_writes_one_report_anew(tmp_path: Path) -> None:
    source = survey(tmp_path, ["A", "B"])
    run(source, "-o", tmp_path / "r", "--lang", "sv")
    source.write_text(source.read_text("utf-8").replace("A,pilot", "A,core_process"), "utf-8")
    again = run(source, "-o", tmp_path / "r", "--lang", "sv")
    assert re.findall(r"Skrev .*/(\S+)", again.stdout) == ["a.html"]


def test_an_index_leads_to_all_of_several_and_there_is_none_for_one(tmp_path: Path) -> None:
    run(survey(tmp_path, ["Åkeri Öst", "Ängens Bageri"]), "-o", tmp_path / "r", "--to", "md,html", "--lang", "sv")
    page = (tmp_path / "r" / "index.html").read_text("utf-8")
    JustHTML(page, strict=True)
    assert "Åkeri Öst" in page
    assert "Ängens Bageri" in page
    assert "Bara för hubben" in page
    linked = set(re.findall(r'href="([^"#]*)"', page))
    assert linked == {"akeri-ost.html", "akeri-ost.md", "angens-bageri.html", "angens-bageri.md"}
    assert all((tmp_path / "r" / name).is_file() for name in linked)
    run(survey(tmp_path, ["Ensam"]), "-o", tmp_path / "one")
    assert list(files(tmp_path / "one")) == ["ensam.html"]


HOSTILE = [
    "../../x", "CON", "aux.html", "\u202egnp.exe", "å" * 500, "rad ett\nrad två", "index", ".htaccess", "C:\\Windows\\x",
    "/etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}", "=1+1", "NUL ", "  ", "😀", "a/b", "&amp;", "A" * 500 + "1",
    "A" * 500 + "2",
]  # fmt: skip


def test_no_name_leaves_the_folder_or_becomes_code(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = survey(tmp_path / "in", HOSTILE)
    result = run(source, "-o", tmp_path / "in" / "r", "--to", "html,md,xlsx", "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["r", "s.csv"]
    names = list(files(tmp_path / "in" / "r"))
    assert len(names) == 3 * len(HOSTILE) + 1
    assert all(re.fullmatch(r"[a-z0-9-]{1,120}\.(html|md|xlsx)", name) for name in names)
    index = (tmp_path / "in" / "r" / "index.html").read_text("utf-8")
    assert "<script" not in index
    assert "\u202e" not in index
    assert "49" not in index.split("{{ 7*7 }}")[0][-40:]


def test_companies_that_are_gone_are_told_and_left(tmp_path: Path) -> None:
    run(survey(tmp_path, ["A", "B", "C"]), "-o", tmp_path / "r", "--lang", "sv")
    result = run(survey(tmp_path, ["A", "B"]), "-o", tmp_path / "r", "--lang", "sv")
    assert result.exit_code == 0
    assert "inte hör till de här företagen: 1 (c.html)" in result.stderr
    assert (tmp_path / "r" / "c.html").is_file()
    assert "c.html" not in (tmp_path / "r" / "index.html").read_text("utf-8")


def test_a_damaged_line_fails_alone(tmp_path: Path) -> None:
    results = tmp_path / "r.jsonl"
    CliRunner().invoke(app, ["score", str(survey(tmp_path, ["A", "B", "C"])), "-o", str(results)])
    lines = results.read_bytes().splitlines()
    results.write_bytes(b"\n".join([lines[0], lines[1][:200], b"\xff\xfe", lines[2]]))
    result = run(results, "-o", tmp_path / "r", "--lang", "en")
    assert result.exit_code == 1
    assert "AIM015" in result.stderr
    assert "r.jsonl:3" in result.stderr
    assert sorted(files(tmp_path / "r")) == ["a.html", "c.html", "index.html"]
    assert "No report" in (tmp_path / "r" / "index.html").read_text("utf-8")


def test_a_source_that_cant_be_read_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere.csv", survey(tmp_path, ["A"]), "-o", tmp_path / "r", "--lang", "en")
    assert result.exit_code == 2
    assert "AIM001" in result.stderr
    assert list(files(tmp_path / "r")) == ["a.html"]


def test_a_folder_that_cant_be_written_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(survey(tmp_path, ["A", "B"]), "-o", tmp_path / "file" / "r", "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.count("AIM014") == 1


def test_a_file_that_cant_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "r" / "a.html").mkdir(parents=True)
    result = run(survey(tmp_path, ["A", "B"]), "-o", tmp_path / "r", "--lang", "sv")
    assert result.exit_code == 1
    assert "Ingen rapport för A" in result.stderr
    assert (tmp_path / "r" / "b.html").is_file()


def test_a_kind_that_doesnt_exist__error(tmp_path: Path) -> None:
    result = run(survey(tmp_path, ["A"]), "-o", tmp_path / "r", "--to", "html,docx", "--lang", "en")
    assert result.exit_code == 2
    assert "docx" in result.stderr
    assert not (tmp_path / "r").exists()


def test_processes_give_the_same_files(tmp_path: Path) -> None:
    for jobs in (1, 2):
        result = run(SURVEY, "-o", tmp_path / str(jobs), "--to", "html", "--jobs", jobs, "--lang", "sv")
        assert result.exit_code == 1  # the example's faults
    assert files(tmp_path / "1") == files(tmp_path / "2")


def start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "aimaturity", "report", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def until_some_are_written(folder: Path, process: subprocess.Popen[bytes], least: int = 5) -> None:
    for _ in range(1200):
        if folder.is_dir() and len(list(folder.glob("*.html"))) >= least:
            return
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        time.sleep(0.05)
    raise AssertionError("nothing was written in a minute")


def all_whole(folder: Path) -> int:
    pages = sorted(folder.glob("[!.]*"))
    for page in pages:
        if page.suffix == ".html":
            assert page.read_bytes().endswith(b"</html>\n"), page
        else:
            with zipfile.ZipFile(page) as package:
                assert package.testzip() is None
    return len(pages)


def members(group: int) -> list[int]:
    """Processes of a group that are still there."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def left_behind(group: int) -> list[int]:
    """Those that are still there when all have had time to end: the last to go is the tracker, once its pipe closes."""
    until = time.monotonic() + 10
    while members(group) and time.monotonic() < until:
        time.sleep(0.01)
    return members(group)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_an_interruption_ends_with_130_and_leaves_whole_files(tmp_path: Path) -> None:
    source = survey(tmp_path, [f"Företag {n}" for n in range(400)])
    process = start(source, "-o", tmp_path / "r", "--to", "html,xlsx", "--jobs", 2, "--lang", "sv")
    until_some_are_written(tmp_path / "r", process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to the parent and the workers
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Avbrutet efter" in told.decode()
    assert "Traceback" not in told.decode()
    assert 5 <= all_whole(tmp_path / "r") < 800
    assert not list((tmp_path / "r").glob(".*"))
    assert left_behind(process.pid) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_an_interruption_while_workers_start_shows_no_traceback(tmp_path: Path) -> None:
    source = survey(tmp_path, [f"Företag {n}" for n in range(400)])
    process = start(source, "-o", tmp_path / "r", "--jobs", 2, "--lang", "sv")
    for _ in range(1200):
        if len(members(process.pid)) >= 3:  # the parent, the resource tracker, a worker that is only starting
            break
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told.decode()
    assert left_behind(process.pid) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_a_killed_run_leaves_whole_files_and_no_process(tmp_path: Path) -> None:
    source = survey(tmp_path, [f"Företag {n}" for n in range(400)])
    process = start(source, "-o", tmp_path / "r", "--to", "html,xlsx", "--jobs", 2, "--lang", "sv")
    until_some_are_written(tmp_path / "r", process)
    process.kill()
    process.communicate(timeout=60)
    assert left_behind(process.pid) == []
    assert all_whole(tmp_path / "r") >= 5


def test_progress_is_for_a_terminal_and_results_stay_on_standard_output(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    source = survey(tmp_path, [f"Företag {n}" for n in range(12)])
    mine, its = pty.openpty()
    command = [sys.executable, "-m", "aimaturity", "report", str(source), "-o", str(tmp_path / "r"), "--lang", "sv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=its) as process:
        os.close(its)
        shown = b"".join(iter(lambda: read(mine), b""))
        written = process.stdout.read().decode() if process.stdout else ""
    os.close(mine)
    assert process.returncode == 0
    assert written.count("Skrev ") == 12
    assert "företag/s" in shown.decode()
    assert "företag/s" not in written


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_two_runs_at_once_into_one_folder_end_whole(tmp_path: Path) -> None:
    source = survey(tmp_path, [f"Företag {n}" for n in range(20)])
    both = [start(source, "-o", tmp_path / "r", "--jobs", jobs, "--lang", "sv") for jobs in (1, 2)]
    for process in both:
        process.communicate(timeout=200)
        assert process.returncode == 0
    assert all_whole(tmp_path / "r") == 21
    run(source, "-o", tmp_path / "alone", "--lang", "sv")
    assert files(tmp_path / "r") == files(tmp_path / "alone")


def alive() -> int:
    return sum(isinstance(thing, ResultDocument) for thing in gc.get_objects())


def test_two_thousand_companies_are_never_in_memory_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 0

    def counted(task: Task, wanted: Wanted) -> Made:
        nonlocal most
        if task.number % 200 == 0:
            gc.collect()
            most = max(most, alive())
        return nothing_made(task, wanted)

    monkeypatch.setattr(pool, "make", counted)
    before = alive()
    source = survey(tmp_path, [f"Företag {n}" for n in range(2000)])
    result = run(source, "-m", "ai-quickscan", "-o", tmp_path / "r", "--jobs", 1, "--lang", "sv")
    assert result.exit_code == 2  # nothing was written
    assert (tmp_path / "r" / "index.html").read_text("utf-8").count("Företag 1999") == 1
    assert most - before <= 3


def test_documents_of_a_large_file_come_as_lines(tmp_path: Path) -> None:
    """Thousands of lines are neither read nor looked at before they are asked for."""
    results = tmp_path / "r.jsonl"
    CliRunner().invoke(app, ["score", str(survey(tmp_path, ["A"])), "-o", str(results)])
    with results.open("ab") as stream:
        for _ in range(3000):
            stream.write(b'{"format": "aimaturity-result/1", "company": {"id": "x"}}\n')
    entries: Iterator[Any] = source_of(results, Asked("ai-maturity", tmp_path, "html", None, None, "sv")).entries()
    next(entries)
    assert next(entries).at.line == 2


def told_by(answers: dict[str, Any]) -> list[str]:
    """Everything in an answers file that could say who it is."""
    found = [*answers["company"].values(), answers["adviser"], "Tomelilla", "tomelilla", "answers-brosarp"]
    for answer in answers["answers"].values():
        if isinstance(answer, dict):
            found += [answer[key] for key in ("comment", "evidence_note", "ask", "reason") if answer.get(key)]
    return [*found, "9999101000", "23 november", "23 November", "Kvinnor 9", "Kvinnor 2", "Män 25", "Women 9"]


def inside(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of every file, inside workbooks too; and the files' names."""
    for path in folder.iterdir():
        yield path.name, path.name
        data = path.read_bytes()
        yield path.name, data.decode("utf-8", "ignore")
        if path.suffix == ".pdf":
            yield path.name, text_of(data)
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for name in package.namelist():
                    yield f"{path.name}!{name}", package.read(name).decode("utf-8")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_redacted_interview_names_nobody_in_any_file(tmp_path: Path, lang: str) -> None:
    secrets = told_by(yaml.safe_load(ANSWERS.read_text("utf-8")))
    assert len(secrets) > 25
    run(ANSWERS, "-o", tmp_path / "named", "--to", "html,md,xlsx", "--lang", lang)
    named = "".join(text for _, text in inside(tmp_path / "named"))
    assert all(secret in named for secret in ("Brösarps Finmekanik AB", "999910-1000", "Tomelilla", "löneansvarig"))
    result = run(ANSWERS, "-o", tmp_path / "r", "--to", "html,md,pdf,xlsx", "--lang", lang, "--redact")
    assert result.exit_code == 0, result.stderr
    assert sorted(files(tmp_path / "r")) == [f"company-1.{kind}" for kind in ("html", "md", "pdf", "xlsx")]
    assert [(secret, where) for where, text in inside(tmp_path / "r") for secret in secrets if secret in text] == []
    said = {"sv": "Avidentifierad kopia", "en": "Redacted copy"}[lang]
    for ending in ("html", "md"):
        assert (tmp_path / "r" / f"company-1.{ending}").read_text("utf-8").count(said) == 2
    assert any(said in text for where, text in inside(tmp_path / "r") if "sharedStrings" in where)
    assert not any(secret in result.output for secret in secrets if "brosarp" not in secret)


def test_a_redacted_survey_names_no_company_in_any_file_index_or_message(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(SURVEY.read_text("utf-8-sig")), delimiter=";"))[:12]
    out = io.StringIO()
    written = csv.DictWriter(out, list(rows[0]), delimiter=";")
    written.writeheader()
    written.writerows(rows)
    source = tmp_path / "export.csv"
    source.write_text(out.getvalue(), "utf-8")
    secrets = [
        row[field] for row in rows for field in ("id", "Företag", "Organisationsnummer", "submitted") if row[field]
    ]
    result = run(source, "-o", tmp_path / "r", "--to", "html,md,xlsx", "--redact", "--lang", "sv")
    assert len(files(tmp_path / "r")) == 3 * len(rows) + 1
    assert [(secret, where) for where, text in inside(tmp_path / "r") for secret in secrets if secret in text] == []
    assert not any(secret in result.stdout for secret in secrets)
    page = (tmp_path / "r" / "index.html").read_text("utf-8")
    assert "Företag 12" in page
    assert "Avidentifierade rapporter" in page


def test_a_folder_with_named_reports_isnt_to_be_handed_out(tmp_path: Path) -> None:
    run(ANSWERS, "-o", tmp_path / "r", "--lang", "sv")
    result = run(ANSWERS, "-o", tmp_path / "r", "--redact", "--lang", "sv")
    assert "Lämna inte ut mappen" in result.stderr
    assert "999910-1000-brosarps-finmekanik-ab.html" in result.stderr


def browser(folder: Path) -> str:
    """A browser that notes what it is asked to open."""
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > "{folder}/opened"\n')
    program.chmod(0o755)
    return f"{program} %s"


def test_open_shows_the_report_or_the_index(tmp_path: Path) -> None:
    run(ANSWERS, "-o", tmp_path / "r", "--open", BROWSER=browser(tmp_path))
    assert (tmp_path / "opened").read_text().strip() == (next((tmp_path / "r").iterdir())).resolve().as_uri()
    run(survey(tmp_path, ["A", "B"]), "-o", tmp_path / "r2", "--open", BROWSER=browser(tmp_path))
    assert (tmp_path / "opened").read_text().strip().endswith("/r2/index.html")


def test_nothing_is_opened_unasked_or_without_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(ANSWERS, "-o", tmp_path / "r", BROWSER=browser(tmp_path))
    assert not (tmp_path / "opened").exists()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("opened"))
    result = run(ANSWERS, "-o", tmp_path / "r", "--open", "--lang", "sv")
    assert result.exit_code == 0
    assert "Öppna" in result.stderr
    assert ".html i en webbläsare" in result.stderr


def test_reports_of_a_result_document_need_nothing_but_the_file(tmp_path: Path) -> None:
    document = Path(__file__).parents[1] / "released" / "0.1.0" / "result.json"
    copy = tmp_path / "result.json"
    copy.write_bytes(document.read_bytes())
    result = run(copy, "-o", tmp_path / "r", "--to", "html,md,xlsx", "-m", "no-such-model")
    assert result.exit_code == 0, result.stderr
    assert len(files(tmp_path / "r")) == 3
