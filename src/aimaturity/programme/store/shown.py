"""Answers and whole exports in words that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aimaturity.definitions.questionnaire import Counts, Questionnaire
from aimaturity.responses.given import Given

DETAILS = ("evidence", "evidence_note", "comment", "ask", "reason", "why", "raw")


def details_of(given: Given) -> Iterator[tuple[str, str]]:
    """What belongs to an answer, in the order of showing."""
    for key in DETAILS:
        words = getattr(given.detail, key)
        if words:
            yield key, words


def question_text(questionnaire: Questionnaire, variable: str, language: str) -> str:
    """The question as it is asked, with the row of a grid; the id where the questionnaire hasn't got it."""
    name, _, part = variable.partition(".")
    question = questionnaire.questions.get(name)
    if question is None:
        return variable
    rows = {row.id: row.text[language] for row in getattr(question, "rows", ())}
    return f"{question.text[language]} {rows.get(part, part)}".strip()


def value_of(questionnaire: Questionnaire, variable: str, given: Given, language: str) -> str:
    """The answer's value in the questionnaire's words; empty where there is none."""
    question = questionnaire.questions.get(variable.partition(".")[0])
    options = {option.id: option.text[language] for option in questionnaire.options_of(question)}
    value: Any = given.value
    if value is None:
        return ""
    if isinstance(value, Mapping):
        named = {part.id: part.text[language] for part in question.parts} if isinstance(question, Counts) else {}
        return ", ".join(f"{named.get(part, part)} {_number(number, language)}" for part, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(options.get(one, str(one)) for one in value)
    if isinstance(value, str):
        return options.get(value, value)
    return _number(value, language)


def _number(number: float, language: str) -> str:
    text = f"{number:.9f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "sv" else text
