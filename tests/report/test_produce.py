"""One company's report on the disk: whole, only where it changed, and whatever happens to one, the others are made."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.report import pool, produce
from aimaturity.report.files import Key
from aimaturity.report.pool import make_all
from aimaturity.report.produce import Made, Task, Wanted, leftovers, make, put, usable_folder
from aimaturity.scoring.document import Identity, ResultDocument, dumps
from aimaturity.scoring.reading import Line
from tests.report.factory import document

BASE = document()


def of(name: str) -> ResultDocument:
    return BASE.model_copy(update={"company": Identity(id=name, name=name)})


def task(name: str, number: int = 1) -> Task:
    made = of(name)
    return Task(name, Key.of(made), made, number)


def wanted(folder: Path, *kinds: str, **more: Any) -> Wanted:
    return Wanted(folder, kinds or ("html",), "sv", **more)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    asked = wanted(tmp_path, "html", "md", "xlsx")
    assert make(task("a"), asked).written == ["a.html", "a.md", "a.xlsx"]
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / "a.md").write_bytes(b"x" * (tmp_path / "a.md").stat().st_size)
    again = make(task("a"), asked)
    assert (again.written, again.unchanged) == (["a.md"], ["a.html", "a.xlsx"])
    assert {n: p.stat().st_mtime_ns for p in tmp_path.iterdir() if (n := p.name) != "a.md"} == {
        name: time for name, time in times.items() if name != "a.md"
    }


def saved_by_somebody(path: Path) -> None:
    """Saves a workbook as a program does that keeps its properties, times included, when a cell was filled in."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("Inte börjat".encode(), b"Klart")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_workbook_that_somebody_filled_in_is_never_replaced(tmp_path: Path) -> None:
    make(task("a"), wanted(tmp_path, "xlsx"))
    saved_by_somebody(tmp_path / "a.xlsx")
    filled = (tmp_path / "a.xlsx").read_bytes()
    made = make(task("a"), wanted(tmp_path, "xlsx", "html"))
    assert [fault.code for fault in made.failed] == ["AIM411"]
    assert made.written == ["a.html"]
    assert (tmp_path / "a.xlsx").read_bytes() == filled


def test_a_workbook_of_ours_is_replaced_when_the_answers_changed(tmp_path: Path) -> None:
    asked = wanted(tmp_path, "xlsx")
    make(task("a"), asked)
    changed = of("a").model_copy(update={"answers": BASE.answers[:3]})
    assert make(Task("a", Key.of(changed), changed, 1), asked).written == ["a.xlsx"]
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert make(task("a"), asked).written == ["a.xlsx"]


def test_a_line_that_is_about_somebody_else_by_now_is_never_written_under_this_name(tmp_path: Path) -> None:
    other = Task("a", Key.of(of("a")), Line(Position("r.jsonl", 3), dumps(of("b"), indent=None)), 1)
    made = make(other, wanted(tmp_path))
    assert [fault.code for fault in made.failed] == ["AIM350"]
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_line_is_told_with_its_place(tmp_path: Path) -> None:
    made = make(
        Task("a", Key("a"), Line(Position("r.jsonl", 3), '{"format": "aimaturity-result/1"}'), 1), wanted(tmp_path)
    )
    assert [(fault.code, fault.at.line) for fault in made.failed] == [("AIM406", 3)]


def test_a_fault_of_ours_in_one_kind_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise ZeroDivisionError("åh nej")

    monkeypatch.delenv("AIMATURITY_DEBUG", raising=False)
    monkeypatch.setattr("aimaturity.report.workbook.workbook", broken)
    made = make(task("a"), wanted(tmp_path, "xlsx", "html"))
    assert [fault.code for fault in made.failed] == ["AIM901"]
    assert made.written == ["a.html"]
    assert dict(made.row.files) == {"html": "a.html"}


class NoPdfHere(Exception):
    def __init__(self) -> None:
        self.diagnostic = problem("AIM014", reason="no WeasyPrint")


def test_why_no_pdf_can_be_made_is_found_before_anything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> bytes:
        raise NoPdfHere

    monkeypatch.setattr(produce, "pdf", missing)
    found = produce.why_no_pdf()
    assert found is not None
    assert found.facts["reason"] == "no WeasyPrint"
    monkeypatch.setattr(produce, "pdf", lambda _: b"%PDF")
    assert produce.why_no_pdf() is None


def test_a_pdf_is_made_of_the_very_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(produce, "pdf", lambda html: b"%PDF" + html.encode())
    assert make(task("a"), wanted(tmp_path, "html", "pdf")).written == ["a.html", "a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF" + (tmp_path / "a.html").read_bytes()


def test_a_full_disk_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    """/dev/full takes nothing: what is written through it fails as a full disk does."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")

    def full(stream: Any) -> None:
        with Path("/dev/full").open("wb", buffering=0) as disk:
            os.dup2(disk.fileno(), stream.fileno())
        stream.write(b"x" * 100_000)

    from aimaturity.scoring.export import write_whole

    (tmp_path / "a.html").write_text("gammal")
    found = write_whole(tmp_path / "a.html", full)
    assert found is not None
    assert found.code == "AIM014"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_text() == "gammal"


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    assert isinstance(put(tmp_path / "a.html", b"x"), Diagnostic)


def test_a_pipe_in_the_place_of_a_file_is_replaced_and_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    assert put(tmp_path / "a.html", b"x") is True
    assert (tmp_path / "a.html").read_bytes() == b"x"


def test_a_folder_that_cant_be_made_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = usable_folder(tmp_path / "file" / "reports")
    assert found is not None
    assert found.code == "AIM014"


def test_leftovers_are_reports_of_others_and_nothing_else(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "b.xlsx", "index.html", "Mina anteckningar.md", "data.csv", ".b.html.x1"):
        (tmp_path / name).write_text("")
    assert list(leftovers(tmp_path, ["a"])) == ["b.html", "b.xlsx"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_make_the_same_files_in_the_same_order(tmp_path: Path, jobs: int) -> None:
    tasks = [task(f"f{number}", number) for number in range(7)]
    made = list(make_all(tasks, wanted(tmp_path / str(jobs), "html", "xlsx", redact=True), len(tasks), jobs))
    assert [one.stem for one in made] == [f"f{number}" for number in range(7)]
    alone = tmp_path / "alone"
    for one in tasks:
        make(one, wanted(alone, "html", "xlsx", redact=True))
    names = sorted(path.name for path in alone.iterdir())
    assert names == sorted(path.name for path in (tmp_path / str(jobs)).iterdir())
    assert all((alone / name).read_bytes() == (tmp_path / str(jobs) / name).read_bytes() for name in names)


def test_workers_are_replaced_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    class Counted(ProcessPoolExecutor):
        def __init__(self, workers: int, *rest: Any) -> None:
            started.append(workers)
            super().__init__(workers, *rest)

    monkeypatch.setattr(pool, "ProcessPoolExecutor", Counted)
    monkeypatch.setattr(pool, "LIFETIME", 2)
    tasks = [task(f"f{number}") for number in range(9)]
    made = list(make_all(tasks, wanted(tmp_path), len(tasks), 2))
    assert [one.stem for one in made] == [f"f{number}" for number in range(9)]
    assert started == [2, 2, 2]


def dies(task: Task, wanted: Wanted) -> Made:
    """Takes its worker along for one company, as a killed process does."""
    if task.stem == "f3":
        os._exit(9)
    return make(task, wanted)


def test_a_worker_that_dies_costs_its_own_company_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "make", dies)
    tasks = [task(f"f{number}") for number in range(9)]
    made = {one.stem: one for one in make_all(tasks, wanted(tmp_path), len(tasks), 2)}
    assert sorted(made) == [f"f{number}" for number in range(9)]
    assert {stem for stem, one in made.items() if one.failed} == {"f3"}
    assert [fault.code for fault in made["f3"].failed] == ["AIM410"]
    assert made["f3"].row.company == "f3"


def test_no_more_documents_are_made_than_workers_can_take(tmp_path: Path) -> None:
    asked = 0

    def tasks() -> Iterator[Task]:
        nonlocal asked
        for number in range(60):
            asked += 1
            yield task(f"f{number}")

    for done, _ in enumerate(make_all(tasks(), wanted(tmp_path), 60, 2), start=1):
        assert asked - done <= 2 * pool.WAITING + 1


def test_few_reports_need_no_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ProcessPoolExecutor", None)
    assert len(list(make_all([task("a"), task("b")], wanted(tmp_path), 2))) == 2
