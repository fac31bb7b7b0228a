"""An answers file to fill in by hand: every question with its options as comments, and nothing answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Date, FreeText, Grid, Multiple, Questionnaire
from aimaturity.exchange.clauses import clause
from aimaturity.exchange.guide_words import say
from aimaturity.responses.answers_file import AnswerIn
from aimaturity.responses.answers_text import block, one_line


def answers_form(questionnaire: Questionnaire, language: str) -> str:
    """The file in YAML. Left as it is, it reads as an interview without answers; each value is filled in after its
    colon, by an option's id, number, day or words."""
    lines = [*_head(questionnaire, language), "answers:"]
    number = 0
    for section in questionnaire.sections:
        lines += ["", f"  # == {one_line(section.title[language])} =="]
        for question in section.questions:
            number += 1
            lines += ["", *_question(questionnaire, question, number, language)]
    return "\n".join(lines) + "\n"


def _head(q: Questionnaire, language: str) -> Iterator[str]:
    yield f"# {say('file_1', language, title=one_line(q.title[language]))}"
    yield f"# {say('file_2', language)}"
    yield f"# {say('file_3', language)}"
    ask, reason, note, comment = (say(f"file_{name}", language) for name in ("ask", "reason", "note", "comment"))
    yield f"#   {{state: dont_know, ask: {ask}}}"
    yield f"#   {{state: not_applicable, reason: {reason}}}"
    yield f"#   {{value: ..., evidence: seen, evidence_note: {note}, comment: {comment}}}"
    head: dict[str, Any] = {"answers_to": q.questionnaire, "version": q.version}
    yield block(head).rstrip("\n")
    yield from ("company:", "  id:", "  name:", "  organisationsnummer:")
    yield f"date:  # {say('file_day_today', language)}"
    yield f"occasion:  # {say('file_occasion', language)}"
    yield from ("adviser:", "voice: adviser")
    yield f"language: {language}" if language in ("sv", "en") else "language:"


def _question(q: Questionnaire, question: AnyQuestion, number: int, language: str) -> Iterator[str]:
    yield f"  # {number}. {one_line(question.text[language])}"
    if question.show_if is not None:
        yield f"  # {one_line(say('only_if', language, clause=clause(q, question.show_if, language)))}"
    for option in q.options_of(question):
        yield f"  #   {option.id}: {one_line(option.text[language])}"
    hint = _hint(q, question, language)
    if hint:
        yield f"  #   ({hint})"
    if "not_applicable" in question.allow:
        yield f"  #   ({say('file_allowed', language)})"
    if isinstance(question, Grid):
        for row in question.rows:
            yield f"  {question.id}.{row.id}:  # {one_line(row.text[language])}"
    elif isinstance(question, Counts):
        yield from _counts(question, language)
    else:
        yield f"  {question.id}:"


def _counts(question: Counts, language: str) -> Iterator[str]:
    """A line a number; under `value` where a part is called like what may stand beside it."""
    deeper = bool({part.id for part in question.parts} & set(AnswerIn.model_fields))
    yield f"  {question.id}:"
    indent = "    "
    if deeper:
        yield "    value:"
        indent += "  "
    for part in question.parts:
        yield f"{indent}{part.id}:  # {one_line(part.text[language])}"


def _hint(q: Questionnaire, question: AnyQuestion, language: str) -> str | None:
    if isinstance(question, Multiple):
        return say("file_several", language, first=", ".join(option.id for option in q.options_of(question)[:2]))
    if isinstance(question, FreeText):
        return say("file_text", language)
    if isinstance(question, Date):
        return say("file_day", language)
    if q.options_of(question):
        return None
    low, high = (f"{getattr(question, name):.6f}".rstrip("0").rstrip(".") for name in ("minimum", "maximum"))
    return say("file_number", language, low=low, high=high)
