"""What a scoring model says of its report: facts at its head, and how answers tell of the AI idea's three benefits."""

from __future__ import annotations

from pydantic import Field

from aimaturity.definitions.base import Id, Model, Reference, Text
from aimaturity.definitions.conditions import Condition

ANSWER = "{answer}"
"""Where the answer stands in a fact's words."""


class HeadFact(Model):
    """An answer that stands at the head of the report, where it is given."""

    question: Reference = Field(description="The question; of a counts question the sum of its numbers is shown.")
    text: Text | None = Field(None, description="Words around it, such as `SNI {answer}`; without it the bare answer.")
    but: tuple[Id, ...] = Field((), description="Options that say nothing worth a place there, such as another county.")


class Measure(Model):
    """Something to measure first."""

    if_: Condition | None = Field(
        None, alias="if", description="When it is said; unknown doesn't count as holding. Without it: always."
    )
    text: Text = Field(description="What to measure, verb first.")


class Benefit(Model):
    """One benefit of the idea, as the answers tell of it."""

    id: Id = Field(description="Names the benefit.")
    title: Text = Field(description="Its name in the report.")
    claimed: tuple[Reference, ...] = Field(min_length=1, description="Questions whose answers say what it is to give.")
    basis: tuple[Reference, ...] = Field(min_length=1, description="Questions whose answers say what that rests on.")
    measure: tuple[Measure, ...] = Field((), description="What to measure first: the first whose condition holds.")


class Idea(Model):
    """The company's AI idea and its benefits."""

    told: tuple[Reference, ...] = Field(min_length=1, description="Questions whose answers and comments tell of it.")
    benefits: tuple[Benefit, ...] = Field(min_length=1, max_length=6, description="Its benefits, in order.")


class ReportPart(Model):
    """What the report shows besides scores, levels and advice."""

    head: tuple[HeadFact, ...] = Field((), max_length=6, description="Facts about the company at the report's head.")
    idea: Idea | None = Field(None, description="How answers tell of the AI idea.")
