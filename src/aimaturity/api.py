"""The library's functions: the same verbs as the commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from aimaturity.definitions.load import LoadedModel, load_questionnaire, load_scoring_model
from aimaturity.report.render import render
from aimaturity.responses.frame import table_from_columns
from aimaturity.responses.survey import CellProblem, Reading, read_survey
from aimaturity.responses.table import AnswerTable, Company, State
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.method import Method, method
from aimaturity.scoring.score import score_table
from aimaturity.scoring.table import as_levels, identity_columns, score_columns, shown_nodes

__all__ = [
    "ScoredFile", "documents", "load_method", "load_questionnaire", "load_scoring_model", "method", "method_of",
    "render", "score", "score_file", "score_frame", "table_of",
]  # fmt: skip


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
    """A survey file's scores: the columns of `score`, and what couldn't be read."""
    reading = read_survey(source, made.questionnaire, name)
    if reading.table is None:
        return ScoredFile(reading, None, {}, [])
    columns, unused = table_of(made, reading.table, nodes, several)
    return ScoredFile(reading, reading.table, columns, unused)


def table_of(
    made: Method, table: AnswerTable, nodes: Any = "areas", several: bool = False
) -> tuple[dict[str, list[Any]], list[CellProblem]]:
    """The columns of `score` for a table of answers, and the answers that don't count."""
    scores = score_table(made.plan, table, [made.plan.root, *shown_nodes(made.plan, nodes)])
    numbers = score_columns(made.plan, scores, nodes)
    levels = as_levels(numbers)
    columns: dict[str, list[Any]] = identity_columns(table.companies, several)
    for name, values in numbers.items():
        whole = name in levels
        columns[name] = [None if np.isnan(v) else int(v) if whole else float(v) for v in values]
    return columns, list(_unused(made, table))


def _unused(made: Method, table: AnswerTable) -> Iterator[CellProblem]:
    """Values given where the question is hidden or not applicable: kept, shown and reported, never counted."""
    from aimaturity.scoring.evaluate import evaluate

    state = evaluate(made.plan, AnswerTable(table.rows, table.state, table.value)).view.state
    for name, given in table.state.items():
        lost = (given == State.ANSWERED) & np.isin(state[name], (State.HIDDEN, State.NOT_APPLICABLE))
        rows = np.flatnonzero(lost)
        if len(rows):
            first = table.companies[rows[0]].source_row if table.companies else int(rows[0]) + 1
            file = table.companies[rows[0]].source_file if table.companies else ""
            yield CellProblem(first or 0, name, "", "AIM314", len(rows), {}, file or "")
