"""Scoring: the engine against a plain pandas evaluation of the same model, and against a loop over rows.

All start from the same table of option ids in memory, and translating ids to points is included. The engine also
gives bounds, coverage and levels; the others give the four areas' scores alone, and must give the same ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aimaturity.definitions.load import load_scoring_model
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import Node, ScoringModel, walk
from aimaturity.responses.frame import table_from_columns
from aimaturity.scoring.compile import compile_plan
from aimaturity.scoring.score import score_table
from aimaturity.scoring.table import score_columns, shown_nodes
from benchmarks.timing import in_turn

ROWS = 100_000
LOOP_ROWS = 2_000
ROUNDS = 5
STEPS = [0.0, 25.0, 50.0, 75.0, 100.0]
CURVE = {
    "influence_on_ai": ([0, 0.2, 0.4, 0.5], [0, 40, 100, 100]),
    "training_split": ([0, 0.5, 0.9, 1], [0, 50, 100, 100]),
}
"""The two number questions' curves, written out again: the alternatives share no code with the engine."""


def random_answers(questionnaire: Questionnaire, rows: int, seed: int = 1) -> pd.DataFrame:
    """A table of option ids and counts; 5 % of the answers are don't know, and false conditions leave blanks."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, question in questionnaire.variables():
        options = [option.id for option in questionnaire.options_of(question)]
        if question.kind == "single":
            column = rng.choice(np.array(options, dtype=object), rows)
            column[rng.random(rows) < 0.05] = "dont_know"
            columns[name] = column
        elif question.kind == "counts":
            for part in question.parts:
                columns[f"{name}.{part.id}"] = rng.integers(3, 40, rows)
    frame = pd.DataFrame({name: pd.Series(column).astype("str" if column.dtype == object else column.dtype)
                          for name, column in columns.items()})  # fmt: skip
    for name, question in questionnaire.variables():
        condition = question.show_if
        if condition is not None and name in frame and hasattr(condition, "at_least"):
            options = [o.id for o in questionnaire.options_of(questionnaire.questions[condition.question])]
            lower = options[: options.index(condition.at_least)]
            frame.loc[frame[condition.question].isin(lower), name] = None
    return frame


def area_questions(model: ScoringModel) -> dict[str, list[str]]:
    """The four areas' questions."""
    return {
        area.id: [child for node, _ in walk(area) for child in node.children if not isinstance(child, Node)]
        for area in model.areas
    }  # type: ignore[return-value]


def with_pandas(frame: pd.DataFrame, questionnaire: Questionnaire, areas: dict[str, list[str]]) -> pd.DataFrame:
    """The four scores as an analyst would write them: map ids to points, hidden counts 0, mean of what is there."""
    points = {}
    for question in [q for questions in areas.values() for q in questions]:
        if question in CURVE:
            points[question] = np.interp(_value(frame, question), *CURVE[question])
            continue
        options = questionnaire.options_of(questionnaire.questions[question])
        points[question] = frame[question].map(dict(zip([o.id for o in options], STEPS, strict=True)))
        condition = questionnaire.questions[question].show_if
        if condition is not None:
            ladder = [o.id for o in questionnaire.options_of(questionnaire.questions[condition.question])]
            lower = ladder[: ladder.index(condition.at_least)]
            points[question] = points[question].mask(frame[condition.question].isin(lower), 0.0)
    table = pd.DataFrame(points)
    scores = {}
    for area, questions in areas.items():
        known = table[questions].notna().sum(axis=1)
        enough = (known / len(questions) >= 0.6) & (known >= 3)
        scores[area] = table[questions].mean(axis=1).where(enough)
    return pd.DataFrame(scores)


def _value(frame: pd.DataFrame, question: str) -> Any:
    if question == "influence_on_ai":
        women, men = frame[f"{question}.women"], frame[f"{question}.men"]
        return np.minimum(women, men) / (women + men)
    per_woman = frame[f"{question}.women_hours"] / frame[f"{question}.women"]
    per_man = frame[f"{question}.men_hours"] / frame[f"{question}.men"]
    return np.minimum(per_woman, per_man) / np.maximum(per_woman, per_man)


def with_a_loop(
    frame: pd.DataFrame, questionnaire: Questionnaire, areas: dict[str, list[str]]
) -> list[dict[str, float]]:
    """The same, a row at a time, over plain dictionaries."""
    positions = {
        name: {option.id: index for index, option in enumerate(questionnaire.options_of(question))}
        for name, question in questionnaire.variables()
    }
    results = []
    for row in frame.to_dict("records"):
        result = {}
        for area, questions in areas.items():
            known = []
            for question in questions:
                if question in CURVE:
                    known.append(float(np.interp(_value(row, question), *CURVE[question])))  # type: ignore[arg-type]
                    continue
                condition = questionnaire.questions[question].show_if
                if condition is not None:
                    gate = positions[condition.question]
                    if gate.get(row[condition.question], 9) < gate[condition.at_least]:
                        known.append(0.0)
                        continue
                step = positions[question].get(row[question])
                if step is not None:
                    known.append(STEPS[step])
            enough = len(known) / len(questions) >= 0.6 and len(known) >= 3
            result[area] = sum(known) / len(known) if enough else float("nan")
        results.append(result)
    return results


def run() -> None:
    loaded = load_scoring_model("ai-maturity")
    if loaded.model is None or loaded.questionnaire is None:
        raise SystemExit("the bundled model doesn't load")
    model, questionnaire = loaded.model, loaded.questionnaire
    areas = area_questions(model)
    frame = random_answers(questionnaire, ROWS)

    def engine() -> dict[str, Any]:
        plan = compile_plan(questionnaire, model)
        table = table_from_columns(frame, questionnaire).table
        return score_columns(plan, score_table(plan, table, [plan.root, *shown_nodes(plan, "areas")]))

    def pandas() -> pd.DataFrame:
        return with_pandas(frame, questionnaire, areas)

    ours, plain = engine(), pandas()
    for area in areas:
        np.testing.assert_allclose(ours[area], plain[area], rtol=0, atol=2e-9)
    few = frame.head(LOOP_ROWS)
    for area, column in pd.DataFrame(with_a_loop(few, questionnaire, areas)).items():
        np.testing.assert_allclose(ours[str(area)][:LOOP_ROWS], column, rtol=0, atol=2e-9)
    mine, other, ratio = in_turn(engine, pandas, ROUNDS)
    times = f"engine {mine:.3f} s (bounds, coverage, levels too), pandas {other:.3f} s (scores)"
    print(f"scoring       {ROWS} answer sets: {times}: {ratio:.1f} x")
    loop, _, _ = in_turn(lambda: with_a_loop(few, questionnaire, areas), lambda: None, 3)
    per_row = loop / LOOP_ROWS * ROWS
    print(f"              a loop over rows {per_row:.1f} s (from {LOOP_ROWS} rows): {per_row / mine:.0f} x")


if __name__ == "__main__":
    run()
