"""Answers that are in memory already: a table of option ids, with question ids as column names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Questionnaire
from aimaturity.responses.cells import Interpreter
from aimaturity.responses.columns import together
from aimaturity.responses.given import State
from aimaturity.responses.problems import CellProblem
from aimaturity.responses.survey import Reading
from aimaturity.responses.table import AnswerTable, Company, blank_table


def table_from_columns(frame: Any, questionnaire: Questionnaire) -> Reading:
    """A pandas or polars data frame, or a mapping of column to sequence, as answers.

    Columns are named by question ids (`question.part` for parts); cells hold what a survey's cells may hold. Each
    distinct value is interpreted once. Other columns are left out. `id` and `name` say who answered.
    """
    names = [str(name) for name in (frame.columns if hasattr(frame, "columns") else frame)]
    rows = len(frame) if hasattr(frame, "columns") else len(next(iter(frame.values()), ()))
    table = blank_table(questionnaire, rows)
    problems: list[CellProblem] = []
    used = 0
    for variable, question in questionnaire.variables():
        parts = [part.id for part in question.parts] if isinstance(question, Counts) else [None]
        states = []
        for part in parts:
            name = variable if part is None else f"{variable}.{part}"
            if name not in names:
                states.append(np.full(rows, State.BLANK, np.uint8))
                continue
            used += 1
            interpret = Interpreter(questionnaire, variable, question)
            states.append(_column(frame[name], name, question, interpret, table, problems))
        table.state[variable][:] = states[0] if len(states) == 1 else together(np.array(states))
    companies = _companies(frame, names, rows)
    made = AnswerTable(rows, table.state, table.value, table.text, companies, ())
    ignored = len(names) - used
    return Reading(made, problems, [], rows, used, [] if not ignored else [n for n in names if n not in table.state])


def _column(
    column: Any, name: str, question: Any, interpret: Interpreter, table: AnswerTable, problems: list[CellProblem]
) -> npt.NDArray[np.uint8]:
    """Fills in one column's values; returns its states."""
    numbers = _as_numbers(column)
    if numbers is not None and name in table.value and table.value[name].dtype == np.float64:
        inside = (numbers >= question.minimum) & (numbers <= question.maximum)
        inside &= np.round(numbers, question.decimals) == numbers
        if bool((inside | np.isnan(numbers)).all()):
            table.value[name][:] = numbers
            return np.where(np.isnan(numbers), np.uint8(State.BLANK), np.uint8(State.ANSWERED))
    codes, values = _encoded(column)
    meanings = [interpret(_cell(value)) for value in values] + [interpret("")]
    for index, meaning in enumerate(meanings):
        if meaning.code is not None:
            where = np.flatnonzero(codes == index)
            facts = dict(meaning.facts)
            problems.append(
                CellProblem(int(where[0]) + 1, name, _cell(values[index])[:200], meaning.code, len(where), facts)
            )
    states = np.array([meaning.state for meaning in meanings], np.uint8)
    if isinstance(question, FreeText | Date):
        texts = [meaning.text for meaning in meanings]
        table.text[name][:] = [texts[code] for code in codes]  # type: ignore[index]
        return states[codes]
    target = table.value[name]
    empty = target[0] if len(target) else 0
    found = np.array([empty if m.value is None else m.value for m in meanings], target.dtype)
    target[:] = found[codes]
    return states[codes]


def _as_numbers(column: Any) -> npt.NDArray[np.float64] | None:
    """A numeric column as floats; None for any other."""
    numeric = getattr(getattr(column, "dtype", None), "kind", "")  # numpy and pandas; polars has is_numeric
    if numeric in ("i", "u", "f"):
        return np.asarray(column, np.float64)
    if hasattr(column, "dtype") and hasattr(column.dtype, "is_numeric") and column.dtype.is_numeric():
        return np.asarray(column.cast(float).fill_null(np.nan).to_numpy(), np.float64)
    return None


def _encoded(column: Any) -> tuple[npt.NDArray[np.intp], list[Any]]:
    """(rows,) codes into the distinct values; -1 where there is nothing."""
    module = type(column).__module__.partition(".")[0]
    if module == "pandas":
        import pandas as pd

        codes, values = pd.factorize(column)
        return codes, list(values)
    if module == "polars":
        import polars as pl

        text = column.cast(pl.String)
        values = text.unique(maintain_order=True).drop_nulls().to_list()
        codes = text.replace_strict(values, list(range(len(values))), default=-1, return_dtype=pl.Int64)
        return codes.fill_null(-1).to_numpy(), values
    seen: dict[Any, int] = {}
    codes = np.fromiter((-1 if v is None else seen.setdefault(v, len(seen)) for v in column), np.intp)
    return codes, list(seen)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _companies(frame: Mapping[str, Iterable[Any]] | Any, names: list[str], rows: int) -> list[Company]:
    """Companies by the columns `id` and `name`, if there are any; else none, and rows are known by number."""
    if "id" not in names and "name" not in names:
        return []
    ids = [str(v) for v in frame["id"]] if "id" in names else [str(v) for v in frame["name"]]
    called = [str(v) for v in frame["name"]] if "name" in names else [None] * rows
    return [Company(id=i, name=n, source_row=row) for row, (i, n) in enumerate(zip(ids, called, strict=True), start=1)]
