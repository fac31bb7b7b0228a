"""`score`: survey files to a table of scores."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli import FAILED
from aimaturity.cli.shared import end, fail, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.api import ScoredFile
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.responses.survey import CellProblem
    from aimaturity.scoring.method import Method

ENDINGS = (".csv", ".parquet", ".xlsx", ".jsonl")
PROBLEM_ENDINGS = (".csv", ".xlsx", ".json")
SHOWN = 10


def run(files: list[Path], model: str, target: str, problems: Path | None, nodes: str, strict: bool, lang: str) -> None:
    import typer

    _endings_are_known(target, problems, lang)
    made = usable_method(model, lang)
    scored = [_one(file, made, nodes, len(files) > 1) for file in files]
    diagnostics = [d for one in scored for d in one.reading.diagnostics]
    cells = [p for one in scored for p in [*one.reading.problems, *one.unused]]
    for file, one in zip(files, scored, strict=True):
        _summary(file, one, made, lang)
    tell(diagnostics, lang)
    _tell_cells(cells, problems is not None, lang)
    from aimaturity.definitions.diagnostics import needs_a_look
    from aimaturity.responses.survey import severity_of

    trouble = needs_a_look(diagnostics) or any(severity_of(cell) != "advice" for cell in cells)
    if problems is not None:
        _stop_at(write_problems(problems, cells, lang), lang)
    if all(one.table is None for one in scored):
        remark(say("nothing_scored", lang))
        fail()
    if strict and trouble:
        remark(say("strict", lang))
        fail()
    _stop_at(_write(target, scored, made, cells, nodes, lang), lang)
    if target != "-" and files[0] != Path("-"):
        remark(say("next_report", lang, file=files[0]))
    if any(one.table is None for one in scored):
        raise typer.Exit(FAILED)
    end(look=trouble)


def _endings_are_known(target: str, problems: Path | None, lang: str) -> None:
    for path, known in ((None if target == "-" else Path(target), ENDINGS), (problems, PROBLEM_ENDINGS)):
        if path is not None and path.suffix.lower() not in known:
            remark(say("bad_ending", lang, ending=path.suffix, endings=" ".join(known)))
            fail()


def _stop_at(problem: Diagnostic | None, lang: str) -> None:
    if problem is not None:
        tell([problem], lang)
        fail()


def _one(file: Path, made: Method, nodes: str, several: bool) -> ScoredFile:
    from aimaturity.api import score_file

    if str(file) == "-":
        return score_file(sys.stdin.buffer, made, nodes, "-", several)
    return score_file(file, made, nodes, None, several)


def _summary(file: Path, one: ScoredFile, made: Method, lang: str) -> None:
    if one.table is None:
        return
    ignored = len(one.reading.ignored)
    remark(say("read", lang, file=file, rows=one.reading.rows, matched=one.reading.matched, ignored=ignored))
    areas = [area.id for area in made.model.areas]
    rows = range(one.table.rows)
    scored = sum(any(one.columns[area][row] is not None for area in areas) for row in rows)
    remark(say("scored", lang, scored=scored, rows=one.table.rows))


def _tell_cells(cells: list[CellProblem], listed: bool, lang: str) -> None:
    unread = [cell for cell in cells if cell.code != "AIM314"]
    if not unread:
        return
    remark(say("unread", lang, cells=sum(cell.count for cell in unread), kinds=len(unread)))
    for cell in unread[:SHOWN]:
        times = f" x {cell.count}" if cell.count > 1 else ""
        remark(f"  {cell.source_row}: {cell.column[:50]}: {cell.code} {cell.message(lang)}{times}")
    if len(unread) > SHOWN:
        remark("  " + say("unread_more", lang, more=len(unread) - SHOWN))
    if not listed:
        remark(say("problems_hint", lang))


def problem_columns(cells: Iterable[CellProblem], lang: str) -> dict[str, list[Any]]:
    """The columns of the problems list."""
    cells = list(cells)
    several = len({cell.source_file for cell in cells}) > 1
    columns: dict[str, list[Any]] = {"source_file": [c.source_file for c in cells]} if several else {}
    return columns | {
        "source_row": [cell.source_row for cell in cells],
        "column": [cell.column for cell in cells],
        "value": [cell.value for cell in cells],
        "code": [cell.code for cell in cells],
        "count": [cell.count for cell in cells],
        "message": [cell.message(lang) for cell in cells],
    }


def write_problems(path: Path, cells: Iterable[CellProblem], lang: str) -> Diagnostic | None:
    """The problems list, by the path's ending."""
    from aimaturity.scoring import export

    columns = problem_columns(cells, lang)
    if path.suffix.lower() == ".xlsx":
        return export.write_whole(path, lambda stream: export.workbook({"problems": columns}, stream))
    if path.suffix.lower() == ".json":
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return export.write_text(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return export.write_text(path, export.csv_text(columns))


def _write(
    target: str, scored: list[ScoredFile], made: Method, cells: list[CellProblem], nodes: str, lang: str
) -> Diagnostic | None:
    from aimaturity.scoring import export

    ending = "" if target == "-" else Path(target).suffix.lower()
    if ending == ".jsonl":
        return export.write_whole(Path(target), lambda stream: _documents(scored, made, stream))
    columns = _together([one.columns for one in scored if one.table is not None])
    if ending == ".parquet":
        return export.write_whole(Path(target), lambda stream: export.parquet(columns, stream))
    if ending == ".xlsx":
        sheets = {"scores": columns, "problems": problem_columns(cells, lang)}
        sheets["columns"] = export.explained(_shown(made, nodes))
        return export.write_whole(Path(target), lambda stream: export.workbook(sheets, stream))
    if ending == ".csv":
        return export.write_text(Path(target), export.csv_text(columns))
    out(export.csv_text(columns).rstrip("\n"))
    return None


def _shown(made: Method, nodes: Any) -> list[str]:
    from aimaturity.scoring.table import shown_nodes

    return shown_nodes(made.plan, nodes)


def _documents(scored: list[ScoredFile], made: Method, stream: Any) -> None:
    from aimaturity.scoring.build import documents
    from aimaturity.scoring.document import dumps

    for one in scored:
        if one.table is not None:
            for document in documents(made, one.table):
                stream.write(dumps(document, indent=None).encode("utf-8") + b"\n")


def _together(parts: list[dict[str, list[Any]]]) -> dict[str, list[Any]]:
    """The columns of several files, one after the other; what a file lacks is empty."""
    every = {name for part in parts for name in part}
    fullest = max(parts, key=len)
    names = [*fullest, *sorted(every - set(fullest))]
    rows = [len(next(iter(part.values()))) for part in parts]
    return {
        name: [value for part, count in zip(parts, rows, strict=True) for value in part.get(name, [None] * count)]
        for name in names
    }
