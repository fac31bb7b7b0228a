"""A survey export of any number of rows, by seed: 51 columns, answers in words as survey tools write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from aimaturity.definitions.questionnaire import Questionnaire

COLUMNS = 51
PART = 250_000


def write_survey(path: Path, questionnaire: Questionnaire, rows: int, seed: int = 1, ids: bool = False) -> None:
    """Writes `rows` respondents: 5 % "Vet ej", 3 % blank, counts as numbers.

    ids  option ids in the cells and question ids in the headings, instead of texts in Swedish
    """
    rng = np.random.default_rng(seed)
    with path.open("wb") as stream:
        for start in range(0, rows, PART):
            frame = _part(questionnaire, rng, start, min(PART, rows - start), ids)
            stream.write(frame.write_csv(include_header=start == 0).encode("utf-8"))


def _part(questionnaire: Questionnaire, rng: np.random.Generator, start: int, rows: int, ids: bool) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {"id": pl.Series([f"c{number:08d}" for number in range(start, start + rows)])}
    for name, question in questionnaire.variables():
        if question.kind == "single":
            words = [option.id if ids else option.text["sv"] for option in questionnaire.options_of(question)]
            chance = np.array([*([0.92 / len(words)] * len(words)), 0.05, 0.03])
            drawn = rng.choice(len(words) + 2, rows, p=chance)
            columns[name if ids else question.text["sv"]] = _drawn([*words, "Vet ej", ""], drawn)
        elif question.kind == "counts":
            for part in question.parts:
                columns[f"{name}.{part.id}"] = pl.Series(rng.integers(5, 40, rows)).cast(pl.String)
    return pl.DataFrame(_chosen(columns))


def _chosen(columns: dict[str, pl.Series]) -> dict[str, pl.Series]:
    """The id, all that is scored (it stands last in the questionnaire), and as much of the profile as there is room."""
    names = list(columns)
    if len(names) < COLUMNS:
        raise ValueError(f"only {len(names)} columns")
    return {name: columns[name] for name in [names[0], *names[1 - COLUMNS :]]}


def _drawn(words: list[str], drawn: np.ndarray) -> pl.Series:
    return pl.Series(words)[drawn]
