"""The same answers written as each survey tool writes them: what the readers of `aimaturity.responses` must read alike.

A writer knows the tool's format alone, not how our readers work. `SURVEY` is the questionnaire as plain data and
`ANSWERS` what fifty invented companies said to it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

QUESTIONNAIRE = Path(__file__).parent / "questionnaire.yaml"
SURVEY: dict[str, Any] = yaml.safe_load(QUESTIONNAIRE.read_text("utf-8"))
QUESTIONS: list[dict[str, Any]] = [question for section in SURVEY["sections"] for question in section["questions"]]

HOPES = (
    "Mindre pappersarbete", "Bättre \u201dkoll\u201d på spill; färre fel, nöjdare kunder", "Fler lärlingar\noch kortare kö",
    "Åtgärder för energin – på riktigt", "=1+1", "Vet inte än", "'",
)  # fmt: skip
WRITE_INS = ("Egen bot", "Översättning, tolkning", "Ritprogram; CAD")


@dataclass(frozen=True)
class Respondent:
    """One company's answers.

    id         respondent number, unique
    submitted  `YYYY-MM-DD HH:MM:SS`; None where the respondent stopped half-way (tools that keep such rows)
    language   sv or en, the language in which it answered
    answers    question id -> option id (single), option ids (multiple), number, {part: number} (counts),
               {row: option id} (grid; rows left out are blank), words (text). A question left out is blank
    write_in   what was written beside the option `other` of `tools`, if it is ticked
    """

    id: int
    submitted: str | None
    language: str
    answers: dict[str, Any]
    write_in: str | None


@dataclass(frozen=True)
class Export:
    """A file as a tool writes it.

    tool     the reader's name
    variant  what sort of export, for the test's name: `codes-cp1252`
    ending   `.csv`
    data     the bytes
    loses    what this file can't tell: names from `LOSSES`
    """

    tool: str
    variant: str
    ending: str
    data: bytes
    loses: frozenset[str] = frozenset()


LOSSES = {
    "partial": "rows that stopped half-way are not in the file",
    "respondent": "no respondent number",
    "submitted": "no time of submission",
    "write_in": "the words beside `other` are not in the file",
    "language": "no language of the respondent",
    "newline": "line breaks in free text became blanks",
    "seconds": "the time of submission has no seconds",
}

Writer = Callable[[list[Respondent]], list[Export]]


def respondents(count: int = 50, seed: int = 20261124) -> list[Respondent]:
    """The companies that answered: every option, blanks, partial rows, both languages."""
    chance = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        answers: dict[str, Any] = {}
        partial = number % 11 == 0
        for position, question in enumerate(QUESTIONS):
            if (partial and position >= 5) or chance.random() < 0.1:
                continue
            answers[question["id"]] = _answer(question, chance)
        answers.setdefault("sector", "making")
        ticked = answers.get("tools", [])
        write_in = chance.choice(WRITE_INS) if "other" in ticked else None
        when = f"2026-03-{1 + number % 28:02d} {8 + number % 9:02d}:{number:02d}:{(number * 7) % 60:02d}"
        language = "en" if number % 7 == 0 else "sv"
        made.append(Respondent(1000 + number, None if partial else when, language, answers, write_in))
    return made


def options_of(question: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a single, multiple or grid question."""
    found: list[dict[str, Any]] = question.get("options") or SURVEY["answer_sets"][question["answers"]]
    return found


def _answer(question: dict[str, Any], chance: random.Random) -> Any:
    kind = question["kind"]
    if kind == "text":
        return chance.choice(HOPES)
    if kind == "number":
        return round(chance.uniform(1, 900), 1) if question.get("decimals") else chance.randint(1, 240)
    if kind == "counts":
        return {part["id"]: chance.randint(0, 9) for part in question["parts"]}
    ids = [option["id"] for option in options_of(question)]
    if kind == "grid":
        rows = [row["id"] for row in question["rows"] if chance.random() < 0.9] or ["sales"]
        return {row: chance.choice(ids) for row in rows}
    if kind == "multiple":
        return (
            ["none_yet"]
            if chance.random() < 0.2
            else sorted(chance.sample(ids[:-1], chance.randint(1, 3)), key=ids.index)
        )
    return chance.choice(ids)
