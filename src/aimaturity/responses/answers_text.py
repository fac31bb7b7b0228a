"""Given answers written down as an answers file; `read_answers` reads the same answers back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aimaturity.definitions.questionnaire import Counts, Questionnaire
from aimaturity.definitions.yaml_text import yaml_text
from aimaturity.responses.given import BLANK, Given, State
from aimaturity.responses.table import Company

_IN_HEAD = ("date", "occasion", "voice", "language", "adviser", "present")


def answers_text(questionnaire: Questionnaire, given: Mapping[str, Given], company: Company) -> str:
    """One company's answers to a questionnaire as an answers file in YAML, a line or block an answer, by section.

    What `Detail.raw` holds is of another source and isn't written, nor are answers that this questionnaire has no
    question for.
    """
    identity = {"id": company.id, "name": company.name, "organisationsnummer": company.organisationsnummer}
    head = {
        "answers_to": questionnaire.questionnaire,
        "version": questionnaire.version,
        "company": {key: value for key, value in identity.items() if value is not None},
        **{name: value for name in _IN_HEAD if (value := getattr(company, name)) is not None},
    }
    parts = [block(head), "answers:\n"]
    language = company.language or questionnaire.languages[0]
    written = 0
    for section in questionnaire.sections:
        wanted = {question.id for question in section.questions}
        said = {
            name: entry
            for name, question in questionnaire.variables()
            if question.id in wanted and (entry := _entry(given.get(name, BLANK), question)) is not None
        }
        if said:
            below = block({"answers": said}).partition("\n")[2]
            parts.append(f"  # {one_line(section.title[language])}\n{below}")
            written += len(said)
    return "".join(parts) if written else "".join(parts[:-1]) + "answers: {}\n"


def _entry(answer: Given, question: Any) -> Any:
    """The answer as plain data: the value alone where it says all; None where there is nothing to say."""
    detail = {name: said for name, said in asdict(answer.detail).items() if said is not None and name != "raw"}
    value: Any = answer.value
    if isinstance(value, tuple):
        value = list(value)
    elif isinstance(value, Mapping):
        value = {part: _number(number) for part, number in value.items()}
    elif isinstance(value, float | int):
        value = _number(value)
    if answer.state is State.ANSWERED:
        plain = not detail and not isinstance(question, Counts)  # a part may be called as a field is
        return value if plain else {"value": value} | detail
    if answer.state is State.BLANK and value is None and not detail:
        return None
    kept = {"value": value} if isinstance(question, Counts) and value is not None else {}
    return {"state": answer.state.name.lower()} | kept | detail


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(value)


def block(data: Mapping[str, Any]) -> str:
    """Plain data as YAML, a key a line."""
    return yaml_text(dict(data))


def one_line(text: str) -> str:
    """Words that fit in a comment."""
    return " ".join(text.split())
