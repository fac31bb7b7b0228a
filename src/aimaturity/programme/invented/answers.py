"""Invented answers: a company that has come further answers higher steps, more often knows, and more often shows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from aimaturity.definitions.conditions import Condition, QuestionAtom
from aimaturity.definitions.questionnaire import Counts, Questionnaire, Single
from aimaturity.programme.invented.firms import Firm
from aimaturity.responses.given import Detail, Given, State

TOPICS: Mapping[str, str] = {
    "problem_value": "business", "next_steps": "business", "data_technology": "capability", "ai_today": "capability",
    "people_influence": "gender_equality", "those_affected": "gender_equality", "climate": "climate",
}  # fmt: skip
"""Section -> the area that most of its questions belong to; near enough for invented answers."""
WHO = ("ekonomichefen", "den som är ansvarig för it", "produktionschefen", "vår redovisningsbyrå")


def answers_of(
    rng: random.Random, firm: Firm, asked: Questionnaire, gain: float = 0.0, unknown: float = 0.04
) -> dict[str, Given]:
    """variable -> answer, in the order of asking, of all that is shown.

    gain     steps that the company has come further than when it was invented
    unknown  how often a scored question is answered with "don't know"
    """
    found: dict[str, Given] = {}
    for section in asked.sections:
        for question in section.questions:
            if question.show_if is not None and not _is_open(question.show_if, asked, found):
                continue
            fixed = _profile(rng, firm, asked, question.id)
            if fixed is not None:
                found[question.id] = fixed
            elif rng.random() < unknown and section.id in TOPICS:
                found[question.id] = Given(State.DONT_KNOW, None, Detail(ask=rng.choice(WHO)))
            elif isinstance(question, Counts):
                found[question.id] = _counts(rng, firm, question)
            elif isinstance(question, Single) and section.id in TOPICS:
                ladder = asked.options_of(question)
                step = firm.step[TOPICS[section.id]] + gain + rng.gauss(0, 0.8)
                chosen = ladder[min(len(ladder) - 1, max(0, round(step)))]
                evidence = rng.choices(("seen", "told", "later"), (5, 4, 1))[0] if question.evidence else None
                found[question.id] = Given(State.ANSWERED, chosen.id, Detail(evidence=evidence))
    return found


def _is_open(condition: Condition, asked: Questionnaire, found: Mapping[str, Given]) -> bool:
    """Whether a condition of the simple kind holds (a step, or a state, of a question asked before)."""
    if not isinstance(condition, QuestionAtom) or condition.question not in found:
        return False
    given = found[condition.question]
    if condition.state is not None:
        return given.state.name.lower() == condition.state
    steps = [option.id for option in asked.options_of(asked.questions[condition.question])]
    wanted = condition.at_least
    return wanted in steps and given.value in steps and steps.index(str(given.value)) >= steps.index(str(wanted))


def _profile(rng: random.Random, firm: Firm, asked: Questionnaire, id: str) -> Given | None:
    """The answer to a question of the profile; None where it isn't one."""
    question = asked.questions[id]
    options = asked.options_of(question)
    value: Any = None
    if id == "municipality":
        value = next((option.id for option in options if option.code == firm.municipality), None)
    elif id == "county":
        value = next((option.id for option in options if option.code == firm.county), None)
    elif id == "head_count":
        value = {"women": float(firm.women), "men": float(firm.men), "other_unstated": float(firm.other)}
    elif id == "main_challenge":
        value = options[min(firm.challenge, len(options) - 1)].id
    else:
        value = {
            "sni_version": "sni_2025",
            "sni_section": f"section_{firm.section.lower()}",
            "turnover": firm.turnover,
            "balance_total": "up_to_2m" if firm.turnover == "up_to_2m" else "up_to_10m",
            "part_of_group": rng.choices(("independent", "partner", "linked"), (8, 1, 1))[0],
            "ai_roles": ("user",) if firm.step["capability"] > 0.8 else ("role_none",),
            "two_step_login": "yes" if firm.step["capability"] + rng.gauss(0, 0.5) > 0.6 else "no",
            "restored_backup": "yes" if firm.step["capability"] + rng.gauss(0, 0.5) > 0.8 else "no",
            "pilot_interest": rng.choices(("no", "later", "now"), (4, 4, 2))[0],
            "shared_pilot_interest": "yes" if firm.shares else rng.choice(("no", "depends")),
            "benchmark_consent": "yes" if firm.consent else "no",
        }.get(id)
    return None if value is None else Given(State.ANSWERED, value)


def _counts(rng: random.Random, firm: Firm, question: Counts) -> Given:
    """Women and men who decide on AI, or hours of training."""
    parts = [part.id for part in question.parts]
    women = sum(rng.random() < 0.35 for _ in range(firm.women))
    men = sum(rng.random() < 0.45 for _ in range(firm.men))
    numbers = {"women": float(women), "men": float(men)}
    numbers |= {"women_hours": float(women * rng.randint(0, 6)), "men_hours": float(men * rng.randint(1, 6))}
    return Given(State.ANSWERED, {part: numbers.get(part, 0.0) for part in parts})
