"""The rows of a question that can be chosen, and the answer that choosing one makes. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Date, FreeText, Grid, Multiple, Number, Single
from aimaturity.interview.answering import Refusal, chosen, counted, stated, ticked, typed
from aimaturity.interview.app_words import number_words, say
from aimaturity.interview.session import Given, Session, State
from aimaturity.responses.normalise import normalise

Kind = Literal["option", "part", "grid", "number", "text", "date", "dont_know", "not_applicable"]
FIELDS: tuple[Kind, ...] = ("part", "number", "date")
"""Rows whose value is typed on the row itself."""
LONG = 9
"""More options than this can be searched, and only so many have a digit."""
FIELD_SIGNS = {"part": "0123456789,.- ", "number": "0123456789,.- ", "date": "0123456789-"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    id        an option, a part, a grid's variable; the variable itself for the rest
    variable  whose answer it changes
    key       the digit or letter that chooses it; empty where only arrows reach it
    on        chosen or ticked
    value     what is entered, as shown
    """

    kind: Kind
    id: str
    variable: str
    label: str
    key: str = ""
    on: bool = False
    value: str = ""
    alone: bool = False
    allowed: bool = True


def rows_of(session: Session, question: AnyQuestion, language: str, words: str = "") -> tuple[Row, ...]:
    """The rows in order; of a long list those whose words contain `words`. Don't know and not applicable come last; a
    grid has them on each of its rows instead."""
    if isinstance(question, Grid):
        return tuple(_grid_row(session, question, row.id, row.text[language], language) for row in question.rows)
    variable, given = question.id, session.answer(question.id)
    found: list[Row] = []
    if isinstance(question, Single | Multiple):
        found += _options(session, question, given, language, words)
    elif isinstance(question, Counts):
        numbers = given.value if isinstance(given.value, Mapping) else {}
        for part in question.parts:
            number = numbers.get(part.id)
            value = "" if number is None else number_words(number, language)
            found.append(Row("part", part.id, variable, part.text[language], value=value))
    else:
        kind: Kind = "number" if isinstance(question, Number) else "date" if isinstance(question, Date) else "text"
        found.append(Row(kind, variable, variable, "", value=value_words(session, variable, given, language)))
    return (*found, *_states(question, given, language))


def _options(session: Session, question: Single | Multiple, given: Given, language: str, words: str) -> list[Row]:
    options = session.questionnaire.options_of(question)
    on = set(given.value) if isinstance(given.value, tuple) else {given.value}
    wanted = [option for option in options if not words or contains(option.text[language], words)]
    return [
        Row(
            "option", option.id, question.id, option.text[language],
            key=str(place) if place <= LONG else "",
            on=given.state is State.ANSWERED and option.id in on,
            alone=option.exclusive and isinstance(question, Multiple),
        )
        for place, option in enumerate(wanted, 1)
    ]  # fmt: skip


def _states(question: AnyQuestion, given: Given, language: str) -> list[Row]:
    allowed = "not_applicable" in question.allow
    none = say("not_applicable" if allowed else "cannot_apply", language)
    unknown = given.state is State.DONT_KNOW
    return [
        Row("dont_know", "dont_know", question.id, say("dont_know", language), "d", on=unknown),
        Row(
            "not_applicable", "not_applicable", question.id, none, "n",
            on=given.state is State.NOT_APPLICABLE, allowed=allowed,
        ),
    ]  # fmt: skip


def _grid_row(session: Session, question: Grid, part: str, label: str, language: str) -> Row:
    variable = f"{question.id}.{part}"
    given = session.answer(variable)
    return Row("grid", part, variable, label, value=value_words(session, variable, given, language))


def contains(text: str, words: str) -> bool:
    """Whether a text has all of these words, with or without the dots and rings over its letters."""
    text = normalise(text)
    return all(word in text or word in _bare(text) for word in normalise(words).split())


def begins(text: str, words: str) -> bool:
    """Whether a text begins with these words, likewise."""
    return any(one.startswith(normalise(words)) for one in (normalise(text), _bare(normalise(text))))


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def is_long(session: Session, question: AnyQuestion) -> bool:
    """Whether a question has more options than there are digits."""
    return isinstance(question, Single | Multiple) and len(session.questionnaire.options_of(question)) > LONG


def value_words(session: Session, variable: str, given: Given, language: str) -> str:
    """An answer's value in words; empty where there is none."""
    question = session.questionnaire.questions[variable.partition(".")[0]]
    value = given.value
    if value is None:
        return ""
    if isinstance(value, Mapping) and isinstance(question, Counts):
        named = {part.id: part.text[language] for part in question.parts}
        return ", ".join(f"{named.get(part, part)} {number_words(n, language)}" for part, n in value.items())
    if isinstance(value, int | float):
        return number_words(value, language)
    texts = {option.id: option.text[language] for option in session.questionnaire.options_of(question)}
    if isinstance(value, tuple):
        return ", ".join(texts.get(one, one) for one in value)
    return texts.get(str(value), str(value))


def answer_words(session: Session, variable: str, given: Given, language: str) -> str:
    """An answer in words, whatever its state; a ladder's with its number in front."""
    if given.state is not State.ANSWERED:
        words = say(f"answer_{given.state.name.lower()}", language)
        asked = given.detail.ask or given.detail.reason
        return f"{words} ({asked})" if asked else words
    words = value_words(session, variable, given, language)
    number = digit_of(session, variable, given)
    return f"{number} {words}" if number else words


def digit_of(session: Session, variable: str, given: Given) -> str:
    """The digit that chooses this answer; empty where there is none."""
    question = session.questionnaire.questions[variable.partition(".")[0]]
    if not isinstance(question, Single | Grid) or not isinstance(given.value, str):
        return ""
    ids = [option.id for option in session.questionnaire.options_of(question)]
    place = ids.index(given.value) + 1 if given.value in ids else 0
    return str(place) if 1 <= place <= LONG else ""


def picked(session: Session, question: AnyQuestion, row: Row) -> Given | Refusal:
    """The answer that choosing this row makes."""
    old = session.answer(row.variable)
    if row.kind == "dont_know":
        return stated(question, old, State.DONT_KNOW)
    if row.kind == "not_applicable":
        return stated(question, old, State.NOT_APPLICABLE)
    if isinstance(question, Multiple):
        return ticked(session.questionnaire, question, old, row.id)
    return chosen(old, row.id)


def grid_picked(session: Session, question: Grid, row: Row, place: int) -> Given | None:
    """The answer of a grid's row with the option at this place from 0; None where there is none."""
    options = session.questionnaire.options_of(question)
    return chosen(session.answer(row.variable), options[place].id) if place < len(options) else None


def entered(session: Session, question: AnyQuestion, row: Row, text: str) -> Given | Refusal:
    """The answer that these words in a field make; empty ones take the answer away."""
    old = session.answer(row.variable)
    if isinstance(question, Counts):
        return counted(session.questionnaire, question, old, row.id, text)
    return typed(session.questionnaire, row.variable, old, text)


def field_text(session: Session, question: AnyQuestion, row: Row, language: str) -> str:
    """A saved value as it would be typed: without the spaces between thousands."""
    value = session.answer(row.variable).value
    value = value.get(row.id) if isinstance(value, Mapping) else value
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float):
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "sv" else text


def readable(session: Session, question: AnyQuestion, row: Row, text: str, language: str) -> str:
    """How a number being typed is understood, with its unit; empty where it isn't a number (yet)."""
    if not isinstance(question, Number | Counts) or not text.strip():
        return ""
    given = entered(session, question, row, text)
    if isinstance(given, Refusal):
        return ""
    value = given.value.get(row.id) if isinstance(given.value, Mapping) else given.value
    if not isinstance(value, int | float):
        return ""
    unit = question.unit[language] if question.unit is not None else ""
    return f"{number_words(value, language)} {unit}".strip()


def is_text(question: AnyQuestion) -> bool:
    return isinstance(question, FreeText)
