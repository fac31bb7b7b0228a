"""`score`: survey files to a table of scores, part by part."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from aimaturity.cli import FAILED
from aimaturity.cli.progress import Progress
from aimaturity.cli.shared import end, fail, remark, tell, typed, typed_model, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.responses.mapping import Mapping as ColumnMapping
    from aimaturity.responses.survey import CellProblem, Part, Survey
    from aimaturity.scoring.method import Method

ENDINGS = (".csv", ".parquet", ".xlsx", ".jsonl")
PROBLEM_ENDINGS = (".csv", ".xlsx", ".json")
SHOWN = 10


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for."""

    model: str
    target: str
    problems: Path | None
    nodes: Any
    keep: Any
    mapping: Path | None
    tool: str | None
    strict: bool
    lang: str


@dataclass
class Outcome:
    """What one file gave."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    cells: list[CellProblem] = field(default_factory=list)
    survey: Survey | None = None
    rows: int = 0
    scored: int = 0


def run(files: list[Path], wanted: Wanted) -> None:
    from aimaturity.responses.sheet import Untame

    lang = wanted.lang
    _endings_are_known(wanted)
    made = usable_method(wanted.model, lang)
    mapping = _mapping(wanted, made)
    with ExitStack() as stack:
        outcomes = [_opened(stack, file, made, wanted, mapping) for file in files]
        if all(one.survey is None for one in outcomes):
            for one in outcomes:
                _tell_of_file(one.diagnostics, lang)
            remark(say("nothing_scored", lang))
            fail()
        gc.freeze()  # what the start has made is never looked through again
        gc.enable()
        failed = None
        forbidden = False
        while True:
            try:
                failed = _written(files, outcomes, made, wanted)
            except Untame:
                continue  # the file concerned is now read the careful way; all is written anew
            except _Forbidden:
                forbidden = True
            break
        _after(files, outcomes, failed, forbidden, wanted)


def _endings_are_known(wanted: Wanted) -> None:
    target = None if wanted.target == "-" else Path(wanted.target)
    for path, known in ((target, ENDINGS), (wanted.problems, PROBLEM_ENDINGS)):
        if path is not None and path.suffix.lower() not in known:
            remark(say("bad_ending", wanted.lang, ending=path.suffix, endings=" ".join(known)))
            fail()


def _mapping(wanted: Wanted, made: Method) -> ColumnMapping | None:
    from aimaturity.responses.mapping import load_mapping

    if wanted.mapping is None:
        return None
    mapping, problems = load_mapping(wanted.mapping, made.questionnaire)
    tell(problems, wanted.lang)
    if mapping is None:
        fail()
    return mapping


def _opened(stack: ExitStack, file: Path, made: Method, wanted: Wanted, mapping: ColumnMapping | None) -> Outcome:
    """A file that is known for what it is; or why it can't be read."""
    from aimaturity.cli.mappings import saved
    from aimaturity.responses.opening import Unreadable
    from aimaturity.responses.survey import open_survey

    source: Path | BinaryIO = sys.stdin.buffer if str(file) == "-" else file
    try:
        survey = stack.enter_context(
            open_survey(
                source, made.questionnaire, str(file), wanted.tool, mapping, saved(made, wanted.lang, wanted.model)
            )
        )
    except Unreadable as error:
        return Outcome([error.diagnostic])
    if not survey.usable:
        return Outcome(survey.diagnostics)
    tool = survey.layout.tool
    if tool != "plain":
        remark(say("known_as", wanted.lang, file=file, tool=tool, reasons="; ".join(survey.layout.reasons)))
    return Outcome(survey=survey)


def _written(files: list[Path], outcomes: list[Outcome], made: Method, wanted: Wanted) -> Diagnostic | None:
    """Reads, scores and writes everything; what kept the output from being written, or None."""
    from aimaturity.scoring.export import write_whole
    from aimaturity.scoring.sinks import Refused

    for one in outcomes:
        one.rows = one.scored = 0
        if one.survey is not None:
            one.diagnostics, one.cells = [], []
    try:
        if wanted.target != "-":
            return write_whole(Path(wanted.target), lambda stream: _fill(stream, files, outcomes, made, wanted))
        with tempfile.TemporaryFile() as stream:
            _fill(stream, files, outcomes, made, wanted)
            stream.seek(0)
            shutil.copyfileobj(stream, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    except Refused as refused:
        return refused.diagnostic
    return None


def _fill(stream: BinaryIO, files: list[Path], outcomes: list[Outcome], made: Method, wanted: Wanted) -> None:
    from aimaturity.scoring.sinks import SINKS, Behind
    from aimaturity.scoring.table import headings

    readable = [one for one in outcomes if one.survey is not None]
    documents = Path(wanted.target).suffix.lower() == ".jsonl" and wanted.target != "-"
    fields = {name for one in readable for name in one.survey.people.by_field}  # type: ignore[union-attr]
    columns = headings(made.plan, wanted.nodes, fields, len(files) > 1)
    kind = ".csv" if wanted.target == "-" else Path(wanted.target).suffix.lower()
    sink = None if documents else Behind(SINKS[kind](stream, columns, _about(made)))
    progress = Progress([one.survey for one in readable if one.survey is not None], wanted.lang)
    try:
        with progress:
            for one in readable:
                _one(stream if documents else None, one, sink, columns, made, wanted, progress)
        if wanted.strict and _trouble(outcomes):
            raise _Forbidden
    except BaseException:  # an interruption too
        if sink is not None:
            sink.abandon()
        raise
    cells = [cell for one in outcomes for cell in one.cells]
    if sink is not None:
        from aimaturity.scoring.export import explained
        from aimaturity.scoring.table import shown_nodes

        more = {"problems": problem_columns(cells, wanted.lang)}
        sink.close({**more, "columns": explained(shown_nodes(made.plan, wanted.nodes), wanted.lang)})


def _one(
    stream: BinaryIO | None, one: Outcome, sink: Any, columns: Any, made: Method, wanted: Wanted, progress: Progress
) -> None:
    """Scores one file into the sink, or as documents into the stream."""
    from aimaturity.api import Unused, score_parts
    from aimaturity.cli.mappings import keep
    from aimaturity.responses.opening import Unreadable
    from aimaturity.scoring.sinks import Refused
    from aimaturity.scoring.table import rows_of

    survey = one.survey
    assert survey is not None
    unused = Unused()
    name = Path(survey.name).name if survey.name != "-" else "-"
    areas = [area.id for area in made.model.areas]
    try:
        for part, numbers, lost in score_parts(survey, made, wanted.nodes, wanted.keep, details=stream is not None):
            unused.add(lost)
            one.rows += len(part.numbers)
            one.scored += _with_a_score(numbers, areas)
            if sink is not None:
                sink.write(rows_of(columns, part, numbers, name))
            if stream is not None:
                _documents(stream, made, part)
            progress.read(survey, survey.counts["read"])
        if wanted.mapping is not None and survey.mapping is not None:
            keep(survey, survey.mapping, made, wanted.lang)
        one.diagnostics = survey.diagnostics
        one.cells = [*survey.problems.listed(), *unused.listed(name)]
    except Unreadable as error:
        raise Refused(error.diagnostic) from None


def _documents(stream: BinaryIO, made: Method, part: Part) -> None:
    """Writes a result document for each respondent."""
    from aimaturity.scoring.build import documents
    from aimaturity.scoring.document import dumps

    for document in documents(made, part.table):
        stream.write(dumps(document, indent=None).encode("utf-8") + b"\n")


def _with_a_score(numbers: dict[str, Any], areas: list[str]) -> int:
    """Rows with a score in at least one area."""
    import numpy as np

    return int((~np.isnan(np.array([numbers[area] for area in areas]))).any(axis=0).sum()) if areas else 0


def _about(made: Method) -> dict[str, str]:
    """What a file of scores says of itself."""
    from aimaturity._version import __version__

    used = made.definitions()
    return {
        "model": f"{used.scoring.id} {used.scoring.version} {used.scoring.hash}",
        "questionnaire": f"{used.questionnaire.id} {used.questionnaire.version} {used.questionnaire.hash}",
        "engine": f"aimaturity {__version__}",
    }


def _trouble(outcomes: list[Outcome]) -> bool:
    from aimaturity.definitions.diagnostics import needs_a_look
    from aimaturity.responses.survey import severity_of

    return any(needs_a_look(one.diagnostics) for one in outcomes) or any(
        severity_of(cell) != "advice" for one in outcomes for cell in one.cells
    )


class _Forbidden(Exception):
    """`--strict`, and there are problems: nothing may be written."""


def _after(
    files: list[Path], outcomes: list[Outcome], failed: Diagnostic | None, forbidden: bool, wanted: Wanted
) -> None:
    """Says what was read, writes the problems list, and ends the run."""
    import typer

    lang = wanted.lang
    for file, one in zip(files, outcomes, strict=True):
        _summary(file, one, lang)
    for one in outcomes:
        _tell_of_file(one.diagnostics, lang)
    cells = [cell for one in outcomes for cell in one.cells]
    _tell_cells(cells, wanted.problems is not None, lang)
    if wanted.problems is not None:
        _stop_at(write_problems(wanted.problems, cells, lang), lang)
    _stop_at(failed, lang)
    if forbidden:
        remark(say("strict", lang))
        fail()
    unclear = [one for one in outcomes if one.survey is not None and (one.survey.matched.ignored or _unknown(one))]
    if unclear and wanted.mapping is None and files[0] != Path("-"):
        options = typed_model(wanted.model)
        remark(say("next_map", lang, file=typed(unclear[0].survey.name), options=options))  # type: ignore[union-attr]
    if wanted.target != "-" and files[0] != Path("-"):
        remark(say("next_report", lang, file=typed(files[0]), options=typed_model(wanted.model)))
    if any(one.survey is None for one in outcomes):
        raise typer.Exit(FAILED)
    end(look=_trouble(outcomes))


def _unknown(one: Outcome) -> bool:
    """Whether some answer names no option."""
    return any(cell.code == "AIM305" for cell in one.cells)


def _stop_at(problem: Diagnostic | None, lang: str) -> None:
    if problem is not None:
        tell([problem], lang)
        fail()


def _summary(file: Path, one: Outcome, lang: str) -> None:
    survey = one.survey
    if survey is None:
        return
    from aimaturity.responses.aside import REASONS

    counts, matched = survey.counts, survey.matched
    facts = {"matched": len(matched.targets), "ignored": len(matched.ignored), "own": len(matched.skipped)}
    remark(say("read", lang, file=file, rows=counts["read"], **facts))
    if survey.standing:
        remark(say("standing", lang, complete=counts["complete"], partial=counts["partial"]))
    aside = {why: counts[why] for why in REASONS if counts[why]}
    if aside:
        listed = ", ".join(f"{say('aside_' + why, lang)} {count}" for why, count in aside.items())
        remark(say("aside", lang, listed=listed))
    remark(say("scored", lang, scored=one.scored, rows=one.rows))


def _tell_of_file(found: list[Diagnostic], lang: str) -> None:
    """A file's diagnostics; of columns that weren't read the first, those with a suggestion before others."""
    columns = sorted((d for d in found if d.code in ("AIM302", "AIM303")), key=lambda d: not d.facts.get("near"))
    left = {id(one) for one in columns[SHOWN:]}
    tell([d for d in found if id(d) not in left], lang)
    if left:
        remark("  " + say("columns_more", lang, more=len(left)))


def _tell_cells(cells: list[CellProblem], listed: bool, lang: str) -> None:
    from aimaturity.responses.survey import severity_of

    unread = [cell for cell in cells if cell.code != "AIM314" and severity_of(cell) != "advice"]
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
    import json

    from aimaturity.scoring import export

    columns = problem_columns(cells, lang)
    if path.suffix.lower() == ".xlsx":
        return export.write_whole(path, lambda stream: export.workbook({"problems": columns}, stream))
    if path.suffix.lower() == ".json":
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return export.write_text(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return export.write_text(path, export.csv_text(columns))
