"""Invented companies that answered: results by the bundled methods, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from aimaturity.definitions.questionnaire import Counts, Single
from aimaturity.responses.table import AnswerTable, Company, State
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from tests.bundled import bundled, table

NAMES = ("Åsele", "Brösarp", "Ängelholm", "Österlen", "Hanö", "Kivik", "Röstånga", "Jämshög")
TRADES = ("Finmekanik", "Fiskrökeri", "Möbler", "Bageri", "Åkeri", "Vård", "Data", "Bygg")


def name_of(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]} {TRADES[number // len(NAMES) % len(TRADES)]} {number} AB"


def id_of(number: int) -> str:
    return f"bolag-{number:04d}"


def position(method: str, question: str, option: str) -> int:
    """The option's place."""
    asked = bundled(method).questionnaire
    return [o.id for o in asked.options_of(asked.questions[question])].index(option)


def profile(rng: np.random.Generator, method: str) -> dict[str, Any]:
    """Answers of the profile, as far as the questionnaire asks: few sectors, so that some are large."""
    asked = bundled(method).questionnaire.questions
    section = rng.choice(
        ["section_c", "section_g", "section_f", "section_j", "section_a"], p=[0.4, 0.25, 0.2, 0.1, 0.05]
    )
    size = int(rng.integers(1, 60))
    women = int(rng.integers(0, size + 1))
    drawn: dict[str, Any] = {
        "sni_version": ("sni_2007", None),
        "sni_section": (str(section), None),
        "county": (str(rng.choice(["skane", "blekinge"], p=[0.7, 0.3])), None),
        "municipality": (str(rng.choice(["karlshamn", "malmo", "ystad", "ronneby"])), None),
        "main_challenge": (str(rng.choice(["manual_admin", "planning", "quality_errors", "skills_supply", "other_challenge"], p=[0.35, 0.3, 0.2, 0.1, 0.05])), None),
        "turnover": ("up_to_2m", None),
        "part_of_group": ("independent", None),
        "shared_pilot_interest": (str(rng.choice(["no", "depends", "yes"], p=[0.2, 0.3, 0.5])), None),
        "benchmark_consent": (str(rng.choice(["yes", "no"], p=[0.85, 0.15])), None),
        "head_count": (None, {"women": women, "men": size - women, "other_unstated": int(rng.integers(0, 2))}),
    }  # fmt: skip
    found: dict[str, Any] = {}
    for question, (option, numbers) in drawn.items():
        if question in asked and rng.random() > 0.04:
            found[question] = numbers if option is None else position(method, question, option)
    return found


def scored(rng: np.random.Generator, method: str, ability: float, missing: float) -> dict[str, Any]:
    """Answers to the scored questions: the better the company, the higher the steps."""
    made = bundled(method)
    found: dict[str, Any] = {}
    for item in made.plan.items:
        question = made.questionnaire.questions[item.name]
        draw = rng.random()
        if draw < missing / 2:
            found[item.name] = State.DONT_KNOW
        elif draw < missing:
            continue
        elif isinstance(question, Counts):
            found[item.name] = {part.id: int(rng.integers(0, 25)) for part in question.parts}
        elif isinstance(question, Single):
            steps = len(made.questionnaire.options_of(question))
            found[item.name] = int(np.clip(round(rng.normal(ability * (steps - 1), 1.0)), 0, steps - 1))
    return found


@cache
def results(
    companies: int, seed: int = 1, method: str = "ai-maturity", occasions: tuple[str, ...] = ("T0",)
) -> tuple[ResultDocument, ...]:
    """A result a company and occasion; of later occasions only some have one."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    who: list[Company] = []
    for number in range(companies):
        ability, about = float(rng.beta(2, 3)), profile(rng, method)
        for place, occasion in enumerate(occasions):
            if place and rng.random() < 0.4:
                continue
            better = min(1.0, ability + 0.12 * place)
            rows.append(
                {
                    **about,
                    **scored(rng, method, better, float(rng.choice([0.0, 0.1, 0.3, 0.8], p=[0.3, 0.4, 0.25, 0.05]))),
                }
            )
            date = f"{2025 + place}-{int(rng.integers(1, 12)):02d}-{int(rng.integers(1, 28)):02d}"
            language = str(rng.choice(["sv", "en"], p=[0.9, 0.1]))
            who.append(
                Company(
                    id=id_of(number),
                    name=name_of(number),
                    date=date,
                    occasion=occasion,
                    voice="adviser",
                    adviser="Å. Exempel",
                    language=language,
                )
            )
    return tuple(documents(bundled(method), named(rows, who, method)))


def named(rows: Sequence[dict[str, Any]], who: Sequence[Company], method: str = "ai-maturity") -> AnswerTable:
    made = table(rows, method)
    return AnswerTable(made.rows, made.state, made.value, made.text, list(who), made.details)
