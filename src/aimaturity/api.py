"""The library's functions: the same verbs as the commands."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from aimaturity.definitions.load import LoadedModel, load_questionnaire, load_scoring_model
from aimaturity.responses.people import Keep
from aimaturity.responses.survey import CellProblem, Part, Reading, Survey, read_survey
from aimaturity.responses.table import AnswerTable, Company, State
from aimaturity.scoring.compile import narrowed
from aimaturity.scoring.method import Method, method
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.redact import redacted
from aimaturity.scoring.score import BATCH_ROWS, score_batch, score_table, slice_rows
from aimaturity.scoring.table import IDENTITY, headings, rows_of, score_columns, shown_nodes

if TYPE_CHECKING:
    from aimaturity.report.render import render
    from aimaturity.report.workbook import workbook
    from aimaturity.scoring.build import documents
    from aimaturity.scoring.document import ResultDocument

__all__ = [
    "ScoredFile", "documents", "load_method", "load_questionnaire", "load_scoring_model", "method", "method_of",
    "redacted", "render", "score", "score_file", "score_frame", "table_of", "workbook",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`documents`, `render` and `workbook`, imported when first asked for: a table of scores needs none of them."""
    if name == "documents":
        from aimaturity.scoring.build import documents

        return documents
    if name == "render":
        from aimaturity.report.render import render

        return render
    if name == "workbook":
        from aimaturity.report.workbook import workbook

        return workbook
    raise AttributeError(f"module 'aimaturity.api' has no attribute '{name}'")


def method_of(loaded: LoadedModel) -> Method:
    """The method of a loaded model. A model with errors is the caller's misuse: ValueError."""
    if loaded.model is None or loaded.questionnaire is None:
        raise ValueError("the model has errors: " + "; ".join(str(d) for d in loaded.diagnostics[:3]))
    return method(loaded.questionnaire, loaded.model, loaded.programme)


def load_method(model: str | Path = "ai-maturity") -> Method:
    """A model by id or path, compiled. ValueError where it can't be used."""
    return method_of(load_scoring_model(model))


def score(
    answers: Mapping[str, Any], model: Method | str | Path = "ai-maturity", company: str = "company"
) -> ResultDocument:
    """The result document of one company's answers.

    answers  question (or question.part) -> what a survey's cell may hold: option id or text, number, state
    """
    from aimaturity.responses.frame import table_from_columns
    from aimaturity.scoring.build import documents

    made = model if isinstance(model, Method) else load_method(model)
    flat: dict[str, list[Any]] = {}
    for name, value in answers.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{part}": [number] for part, number in value.items()}
        else:
            flat[name] = ["; ".join(map(str, value)) if isinstance(value, list | tuple) else value]
    reading = table_from_columns(flat or {"id": [company]}, made.questionnaire)
    if reading.table is None or reading.problems:
        raise ValueError("; ".join(f"{p.column}: {p.message()}" for p in reading.problems))
    table = reading.table
    return next(documents(made, AnswerTable(1, table.state, table.value, table.text, [Company(id=company)], [{}])))


def score_frame(frame: Any, model: Method | str | Path = "ai-maturity", nodes: Any = "areas") -> Any:
    """Scores of a data frame of answers, as a data frame of the same library (pandas, else polars).

    Columns are named by question ids; cells hold option ids, texts, numbers or states.
    """
    from aimaturity.responses.frame import table_from_columns

    made = model if isinstance(model, Method) else load_method(model)
    reading = table_from_columns(frame, made.questionnaire)
    if reading.table is None:
        raise ValueError("the frame holds no answers")
    scores = score_table(made.plan, reading.table, [made.plan.root, *shown_nodes(made.plan, nodes)])
    columns = score_columns(made.plan, scores, nodes)
    if type(frame).__module__.startswith("pandas"):
        import pandas as pd

        return pd.DataFrame(columns, index=frame.index)
    import polars as pl

    return pl.DataFrame(columns).fill_nan(None)


@dataclass(frozen=True)
class ScoredFile:
    """One survey file, read and scored. `table` is None where nothing could be read."""

    reading: Reading
    table: AnswerTable | None
    columns: dict[str, list[Any]]
    unused: list[CellProblem]


def score_file(
    source: Path | BinaryIO, made: Method, nodes: Any = "areas", name: str | None = None, several: bool = False
) -> ScoredFile:
    """A survey file's scores in memory: the columns of `score`, and what couldn't be read."""
    reading = read_survey(source, made.questionnaire, name)
    if reading.table is None:
        return ScoredFile(reading, None, {}, [])
    columns, unused = table_of(made, reading.table, nodes, several)
    return ScoredFile(reading, reading.table, columns, unused)


def table_of(
    made: Method, table: AnswerTable, nodes: Any = "areas", several: bool = False
) -> tuple[dict[str, list[Any]], list[CellProblem]]:
    """The columns of `score` for a table of answers with companies, and the answers that don't count."""
    fields = {field for field in IDENTITY if any(getattr(company, field) for company in table.companies)}
    identity: dict[str, list[str | None]] = {
        field: [getattr(company, field) for company in table.companies] for field in fields
    }
    identity["company"] = [company.id for company in table.companies]
    part = Part(np.array([company.source_row or 0 for company in table.companies]), identity, table)
    plan = narrowed(made.plan, [made.plan.root, *shown_nodes(made.plan, nodes)])
    numbers, unused = score_part(plan, part, nodes)
    kinds = headings(made.plan, nodes, fields, several)
    file = table.companies[0].source_file or "" if table.companies else ""
    columns = {}
    for name, data in rows_of(kinds, part, numbers, file).items():
        if kinds[name] == "text":
            columns[name] = list(data)
        else:
            whole = kinds[name] in ("level", "row")
            columns[name] = [None if np.isnan(v) else int(v) if whole else float(v) for v in data]  # type: ignore[arg-type]
    return columns, unused.listed(file)


@dataclass
class Unused:
    """Values given where the question is hidden or not applicable: kept, shown and reported, never counted."""

    found: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, other: Unused) -> None:
        for name, (row, count) in other.found.items():
            first, before = self.found.get(name, (row, 0))
            self.found[name] = (first, before + count)

    def listed(self, file: str) -> list[CellProblem]:
        return [CellProblem(row, name, "", "AIM314", count, {}, file) for name, (row, count) in self.found.items()]


def score_part(plan: Plan, part: Part, nodes: Any) -> tuple[dict[str, Any], Unused]:
    """heading -> numbers: the scores of one part of a survey file; and the answers that don't count."""
    unused = Unused()
    made: list[dict[str, Any]] = []
    for start in range(0, max(part.table.rows, 1), BATCH_ROWS):
        table = slice_rows(part.table, start, start + BATCH_ROWS)
        scores = score_batch(plan, table)
        made.append(score_columns(plan, scores, nodes))
        if scores.evaluation is None:
            raise ValueError("a scored batch keeps its evaluation")
        for variable in plan.variables:
            if variable.show_if is None and variable.not_applicable_if is None:
                continue  # it counts whenever it is answered
            name, settled = variable.name, scores.evaluation.view.state[variable.name]
            lost = (settled == State.HIDDEN) | (settled == State.NOT_APPLICABLE)
            lost &= table.state[name] == State.ANSWERED
            if lost.any():
                first = int(part.numbers[start + int(np.argmax(lost))])
                unused.add(Unused({name: (first, int(lost.sum()))}))
    if len(made) == 1:
        return made[0], unused
    return {name: np.concatenate([columns[name] for columns in made]) for name in made[0]}, unused


def score_parts(
    survey: Survey, made: Method, nodes: Any = "areas", keep: Keep = "all", details: bool = False
) -> Iterator[tuple[Part, dict[str, Any], Unused]]:
    """The scores of a survey file, part by part in its order; scored in threads while the next part is read.

    Raises `Untame` where all of it must be thrown away and read anew, and `Unreadable`.
    """
    plan = narrowed(made.plan, [made.plan.root, *shown_nodes(made.plan, nodes)])
    workers = min(max((os.cpu_count() or 1) // 2, 1), 4)  # more of them would only take turns with the readers
    waiting: deque[tuple[Part, Future[tuple[dict[str, Any], Unused]]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for part in survey.parts(keep, details):
            waiting.append((part, pool.submit(score_part, plan, part, nodes)))
            if len(waiting) > workers + 1:  # one more waits, so that no worker does
                first, future = waiting.popleft()
                yield first, *future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, *future.result()
