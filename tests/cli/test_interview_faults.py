"""An interview whose process is killed, whose disk is full, or that is told to stop: no acknowledged answer is lost."""

from __future__ import annotations

import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from aimaturity.programme.store import open_store
from aimaturity.responses.given import Given, State
from tests.bundled import bundled

Q = bundled().questionnaire
KILLS = int(os.environ.get("AIMATURITY_KILLS", "20"))
"""How many processes are killed; 200 for the full test."""
PASSED = ("county", "influence_heard")
"""Questions that aren't asked: one follows from the municipality, the other is hidden after these answers."""
SAVED = re.compile(r"Sparat \((\w+)\): (.*)\.")


def script(random: Random) -> tuple[list[str], dict[str, Given]]:
    """A line for each question in the order of asking, and the answers that they give. No condition hides any."""
    lines, wanted = [], dict[str, Given]()
    for question in Q.questions.values():
        options = [option.id for option in Q.options_of(question)]
        if question.id in PASSED:
            continue
        if question.id in ("ai_use", "climate_use_case"):
            place = 3
        elif question.kind == "single":
            place = random.randrange(len(options)) if question.id != "municipality" else 30
        else:
            lines.append(f"d Åsa {len(lines)}")
            continue
        lines.append(str(place + 1))
        wanted[question.id] = Given(State.ANSWERED, options[place])
    return lines, wanted


def process(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    environment = os.environ | {"AIMATURITY_DATABASE": f"sqlite:///{folder / 'register.db'}", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "aimaturity", "interview", *arguments, "--plain", "--lang", "sv"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **options,
    )  # fmt: skip


def held(folder: Path, lines: list[str], *arguments: str, **options: Any) -> tuple[int, str, str]:
    run = process(folder, *arguments, **options)
    out, err = run.communicate("".join(f"{line}\n" for line in lines).encode(), timeout=120)
    return run.returncode, out.decode(), err.decode()


def kept(folder: Path) -> tuple[dict[str, Given], str | None, int]:
    """Answers, position and number of events of the only assessment; the store is whole."""
    with sqlite3.connect(folder / "register.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store = open_store(f"sqlite:///{folder / 'register.db'}")
    try:
        assert [found for found in store.check() if found.code.startswith("AIM6")] == []
        assessments = store.assessments()
        if not assessments:
            return {}, None, 0
        [assessment] = assessments
        return store.answers(assessment.id), assessment.position, assessment.events
    finally:
        store.close()


@pytest.mark.timeout(3600)
def test_a_process_killed_at_any_moment_loses_no_answer_that_it_said_was_saved(tmp_path: Path) -> None:
    random = Random(20261125)
    lines, wanted = script(random)
    order = [name for name in Q.questions if name not in PASSED]
    begun = 0
    for kill in range(KILLS):
        folder = tmp_path / f"k{kill}"
        folder.mkdir()
        run = process(folder)
        assert run.stdin is not None
        assert run.stdout is not None
        told = ["company: Å AB", *lines]
        run.stdin.write("".join(f"{line}\n" for line in told).encode())
        run.stdin.flush()
        until = random.randrange(len(lines))
        read: list[bytes] = []
        while len(read) < until and (line := run.stdout.readline()):
            read.append(line)
        time.sleep(random.random() * 0.02)
        run.send_signal(signal.SIGKILL)
        run.wait()
        read += run.stdout.read().splitlines(keepends=True)
        run.stdin.close()
        run.stdout.close()
        if run.stderr is not None:
            run.stderr.close()
        acknowledged = [found[1] for line in read if (found := SAVED.match(line.decode()))]
        if not (folder / "register.db").exists():
            assert acknowledged == []
            continue
        answers, position, _ = kept(folder)
        answers.pop("county", None)
        assert set(acknowledged) <= set(answers)
        assert len(answers) - len(acknowledged) <= 1  # the one whose line was on its way
        last = order.index(acknowledged[-1]) if acknowledged else -1
        here = order.index(position) if position else 0
        assert here in (last, last + 1, last + 2)
        begun += bool(acknowledged)
        if position:  # and it goes on where it stood, to the same end
            whole = begun <= 3
            code, out, _ = held(folder, lines[here:] if whole else lines[here : here + 2], "Å AB")
            assert code == (0 if whole or here + 2 >= len(lines) else 1), out
            single = {n: g.value for n, g in kept(folder)[0].items() if g.state is State.ANSWERED and n != "county"}
            ends = {n: g.value for n, g in wanted.items() if whole or order.index(n) < here + 2}
            assert single == ends
    assert begun >= min(KILLS, 3) - 2


def test_told_to_stop_it_has_saved_all_and_lets_others_in(tmp_path: Path) -> None:
    for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        folder = tmp_path / str(int(number))
        folder.mkdir()
        run = process(folder)
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write("company: Å AB\n2\n3\n25\n".encode())
        run.stdin.flush()
        while b"sni_division" not in run.stdout.readline():
            pass
        run.send_signal(number)
        out, _ = run.communicate(timeout=60)
        assert run.returncode == code
        assert list(kept(folder)[0]) == ["sni_version", "sni_section", "sni_division"]
        if code == 130:
            assert re.search(r"Sparat, fråga [34] av 56\.", out.decode())  # it may not have moved on yet
        assert held(folder, ["31"], "Å AB")[0] == 1


def limited(size: int) -> Callable[[], None]:
    """In the child: no file may grow beyond this many bytes, as on a disk that is full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    return limit


def test_on_a_full_disk_every_line_says_so_and_what_was_saved_is_there(tmp_path: Path) -> None:
    lines, wanted = script(Random(7))
    assert held(tmp_path, ["company: Å AB", *lines[:3]])[0] == 1
    size = max(path.stat().st_size for path in tmp_path.iterdir())
    code, out, err = held(tmp_path, lines[3:], "Å AB", preexec_fn=limited(size + 150_000))
    assert code == 2
    assert "Traceback" not in err
    refused = re.findall(r"SPARAS INTE \((\w+)\)", out)
    acknowledged = [found[1] for found in SAVED.finditer(out)]
    assert refused
    assert acknowledged
    answers, _, _ = kept(tmp_path)
    assert set(acknowledged) <= set(answers)
    assert "alla svar är INTE sparade" in out
    code, out, _ = held(tmp_path, [f"{name}: {given.value}" for name, given in wanted.items()], "Å AB")
    assert "SPARAS INTE" not in out


def test_two_at_once_the_second_is_told_and_changes_nothing(tmp_path: Path) -> None:
    first = process(tmp_path, "--adviser", "A. Exempel")
    assert first.stdin is not None
    assert first.stdout is not None
    first.stdin.write("company: Å AB\n2\n".encode())
    first.stdin.flush()
    while b"sni_version" not in first.stdout.readline():
        pass
    code, _, err = held(tmp_path, ["data_access: 3"], "Å AB", "--adviser", "B. Exempel")
    assert code == 2
    assert "A. Exempel arbetar med den här intervjun sedan" in err
    first.communicate(b"3\n", timeout=60)
    assert list(kept(tmp_path)[0]) == ["sni_version", "sni_section"]
