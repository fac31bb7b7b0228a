"""The bundled method, loaded once, and quick ways to make answer tables for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.load import load_scoring_model
from aimaturity.definitions.questionnaire import Counts, Single
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.given import State
from aimaturity.responses.table import AnswerTable, blank_table
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.method import Method, method


@cache
def bundled(name: str = "ai-maturity") -> Method:
    loaded = load_scoring_model(name)
    assert loaded.model is not None
    assert loaded.questionnaire is not None
    return method(loaded.questionnaire, loaded.model, loaded.programme)


def interview() -> ResultDocument:
    """The result of the bundled example interview."""
    made = bundled()
    reading = read_answers(bundled_folder("examples") / "answers-brosarp.yaml", made.questionnaire)
    assert reading.table is not None
    return next(documents(made, reading.table))


def table(rows: Sequence[Mapping[str, Any]], name: str = "ai-maturity") -> AnswerTable:
    """Answers by question: a ladder position, numbers by part, or a state."""
    questionnaire = bundled(name).questionnaire
    made = blank_table(questionnaire, len(rows))
    for row, answers in enumerate(rows):
        for question, answer in answers.items():
            if isinstance(answer, State):
                made.state[question][row] = answer
                continue
            made.state[question][row] = State.ANSWERED
            if isinstance(questionnaire.questions[question], Counts):
                for part, number in answer.items():
                    made.value[f"{question}.{part}"][row] = number
            else:
                made.value[question][row] = answer
    return made


def scored_questions(name: str = "ai-maturity") -> list[str]:
    return [item.name for item in bundled(name).plan.items]


def ladders(name: str = "ai-maturity") -> list[str]:
    questions = bundled(name).questionnaire.questions
    return [q for q in scored_questions(name) if isinstance(questions[q], Single)]


def random_rows(rows: int, seed: int, name: str = "ai-maturity", missing: float = 0.1) -> list[dict[str, Any]]:
    """Answers to every scored question; some don't know, some not answered at all."""
    rng = np.random.default_rng(seed)
    questionnaire = bundled(name).questionnaire
    made = []
    for _ in range(rows):
        answers: dict[str, Any] = {"head_count": {"women": 6, "men": 9, "other_unstated": 0}}
        for question in scored_questions(name):
            draw = rng.random()
            if draw < missing / 2:
                answers[question] = State.DONT_KNOW
            elif draw >= missing:
                definition = questionnaire.questions[question]
                if isinstance(definition, Counts):
                    answers[question] = {part.id: int(rng.integers(1, 30)) for part in definition.parts}
                else:
                    answers[question] = int(rng.integers(0, 5))
        made.append(answers)
    return made
