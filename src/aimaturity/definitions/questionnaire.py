"""A questionnaire: what is asked, in which order and words. It does not know how anything counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from aimaturity.definitions.base import DefinitionId, Id, Language, Model, Text, Version
from aimaturity.definitions.conditions import Condition

MAX_OPTIONS = 400
MAX_TICKS = 62
"""A multiple question's ticks are kept in one 64-bit integer."""


class Option(Model):
    """One answer to choose."""

    id: Id = Field(description="Names the option in files, conditions and scores.")
    text: Text = Field(description="The words that are read to the company.")
    code: str | None = Field(None, description="An official code, or the code a survey tool writes for this option.")
    exclusive: bool = Field(False, description="Ticked alone or not at all (multiple questions only).")


class Part(Model):
    """A row of a grid, or one of the numbers of a counts question."""

    id: Id = Field(description="Names the part: question.part.")
    text: Text = Field(description="The words of the row, or of the number asked for.")


class Question(Model):
    """What all kinds of question have."""

    id: Id = Field(description="Names the question in files, conditions and scores.")
    text: Text = Field(description="The question, as it is asked.")
    help: Text | None = Field(None, description="What counts and what doesn't, for the adviser.")
    evidence: Text | None = Field(None, description="What to ask to see.")
    look: bool = Field(False, description="Look at the evidence in the room; otherwise being told is enough.")
    show_if: Condition | None = Field(None, description="Asked only where this holds; else the answer is hidden.")
    not_applicable_if: Condition | None = Field(
        None, description="Set to not applicable by this rule; it may read the question itself."
    )
    allow: tuple[Literal["not_applicable"], ...] = Field(
        (), description="Whether not applicable may be given as the answer. Don't know always may."
    )
    sources: tuple[Id, ...] = Field((), description="What the question rests on: ids in the questionnaire's sources.")


class _Choice(Question):
    options: tuple[Option, ...] = Field(
        (), max_length=MAX_OPTIONS, description="The answers; for a ladder, from the lowest step to the highest."
    )
    answers: Id | None = Field(None, description="A shared answer set, instead of options.")


class Single(_Choice):
    """One option is chosen."""

    kind: Literal["single"]


class Multiple(_Choice):
    """One or more options are ticked. "None of these" is an exclusive option; no tick at all is a blank."""

    kind: Literal["multiple"]
    at_most: int | None = Field(None, ge=1, description="No more ticks than this.")


class Grid(_Choice):
    """The same options for each of several rows; each row is an answer with a state of its own."""

    kind: Literal["grid"]
    rows: tuple[Part, ...] = Field(min_length=1, description="The rows.")


class _Numeric(Question):
    unit: Text | None = Field(None, description="What the number counts or measures.")
    minimum: float = Field(0.0, description="The least value that can be right.")
    maximum: float = Field(1_000_000_000.0, description="The greatest value that can be right.")
    decimals: int = Field(0, ge=0, le=6, description="Decimals that an answer may have; 0 for whole numbers.")


class Number(_Numeric):
    """A number in a unit and a range."""

    kind: Literal["number"]


class Counts(_Numeric):
    """Named numbers that make one value together; a part missing makes the answer missing."""

    kind: Literal["counts"]
    parts: tuple[Part, ...] = Field(min_length=1, max_length=12, description="The numbers asked for.")


class FreeText(Question):
    """Words. Never scored."""

    kind: Literal["text"]


class Date(Question):
    """A day, written 2026-11-23. Never scored."""

    kind: Literal["date"]


AnyQuestion = Annotated[Single | Multiple | Grid | Number | Counts | FreeText | Date, Field(discriminator="kind")]
KINDS = ("single", "multiple", "number", "counts", "grid", "text", "date")


class Section(Model):
    """Questions that are asked together."""

    id: Id = Field(description="Names the section.")
    title: Text = Field(description="The topic.")
    minutes: float | None = Field(None, gt=0, description="Planned minutes in the interview.")
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, description="The questions, in the order of asking.")


class Contradiction(Model):
    """Answers that don't fit together. It raises a question to the adviser and never changes an answer."""

    id: Id = Field(description="Names the contradiction.")
    if_: Condition = Field(alias="if", description="When the question is raised.")
    ask: Text = Field(description="What the adviser should ask.")


class Fact(Model):
    """A legal fact, date or figure that the method leans on, with the day it was last checked."""

    id: Id = Field(description="Names the fact.")
    text: Text = Field(description="The fact, in the method's own words.")
    source: str = Field(description="Law, standard or publication, with article or page.")
    year: int | None = Field(None, description="The source's year.")
    checked_on: dt.date = Field(description="The day somebody last looked.")
    applies_from: dt.date | None = Field(None, description="The day from which it applies.")


class Source(Model):
    """A publication that questions or advice rest on."""

    id: Id = Field(description="Names the source.")
    title: str = Field(min_length=1, description="Title, with number where it has one.")
    year: int | None = Field(None, description="Year of publication.")
    url: str | None = Field(None, description="Where it is published.")


class Questionnaire(Model):
    """Everything that is asked in one interview or survey."""

    questionnaire: DefinitionId = Field(description="The questionnaire's id.")
    version: Version = Field(description="Raised with each change that a company could notice.")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="Languages of all texts; the first is the default."
    )
    title: Text = Field(description="Its name.")
    introduction: Text | None = Field(None, description="Said before the first question.")
    answer_sets: dict[Id, tuple[Option, ...]] = Field({}, description="Option lists that several questions share.")
    sections: tuple[Section, ...] = Field(min_length=1, description="The sections, in the order of asking.")
    contradictions: tuple[Contradiction, ...] = Field((), description="Answers that don't fit together.")
    facts: tuple[Fact, ...] = Field((), description="Facts that the method leans on.")
    sources: tuple[Source, ...] = Field((), description="Publications that the method rests on.")

    @cached_property
    def questions(self) -> dict[str, AnyQuestion]:
        """All questions by id, in the order of asking (the first of two that share an id)."""
        found: dict[str, AnyQuestion] = {}
        for section in self.sections:
            for question in section.questions:
                found.setdefault(question.id, question)
        return found

    def options_of(self, question: Any) -> tuple[Option, ...]:
        """The options of a single, multiple or grid question, its own or its answer set's; else none."""
        if not isinstance(question, _Choice):
            return ()
        return self.answer_sets.get(question.answers, ()) if question.answers else question.options

    def variables(self) -> Iterator[tuple[str, AnyQuestion]]:
        """Everything that has an answer state of its own: each question, and each row of a grid, in order."""
        for question in self.questions.values():
            if isinstance(question, Grid):
                for row in question.rows:
                    yield f"{question.id}.{row.id}", question
            else:
                yield question.id, question
