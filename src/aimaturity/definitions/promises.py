"""What a programme has promised its funders, in numbers, and by which rule each is counted. All of it data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aimaturity.definitions.base import DefinitionId, Id, Model, Text, unfit
from aimaturity.definitions.pilot_rules import PilotStatus


class Period(Model):
    """The days that the programme runs; both count."""

    from_: dt.date = Field(alias="from", description="The first day, such as 2026-03-01.")
    to: dt.date = Field(description="The last day.")

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.from_ >= self.to:
            raise unfit("from must be before to", "from ska vara före to")
        return self


class ActivityKind(Model):
    """A kind of thing that companies take part in."""

    id: Id = Field(description="Names the kind in the register and in attendance lists.")
    title: Text = Field(description="Its name.")
    counts: bool = Field(True, description="Whether a company that took part is reached by it.")
    least_hours: float | None = Field(
        None, gt=0, le=10_000, allow_inf_nan=False, description="It counts from so many hours; none: however short."
    )
    education: bool = Field(False, description="Whether it is education: its hours are counted by women and men.")

    @model_validator(mode="after")
    def _hours_only_where_it_counts(self) -> Self:
        if self.least_hours is not None and not self.counts:
            raise unfit("least_hours goes only where counts is true", "least_hours anges bara där counts är true")
        return self


class _Promise(Model):
    id: Id = Field(description="Names the promise.")
    title: Text = Field(description="What is promised, without the number: companies reached.")
    target: int = Field(gt=0, le=100_000_000, description="The number that is promised.")


class ReachedPromise(_Promise):
    """Distinct companies, by id, that took part in an activity that counts or have a finished assessment."""

    count: Literal["reached"] = Field(description="`reached`: companies reached.")
    activities: tuple[Id, ...] | None = Field(
        None, description="Kinds of activity that make a company reached; none given: every kind that counts."
    )
    assessments: tuple[DefinitionId, ...] = Field(
        (), description="Questionnaires of which a finished assessment makes a company reached."
    )


class AssessedPromise(_Promise):
    """Distinct companies, by id, with a finished assessment that has enough basis."""

    count: Literal["assessed"] = Field(description="`assessed`: companies assessed.")
    assessments: tuple[DefinitionId, ...] = Field(min_length=1, description="Questionnaires that count.")
    scored_areas: int = Field(0, ge=0, le=100, description="At least so many areas must have a score.")
    among: Id | None = Field(None, description="Only companies counted by this promise, which is of the kind reached.")


class PilotsPromise(_Promise):
    """Pilots that have come so far."""

    count: Literal["pilots"] = Field(description="`pilots`: pilots.")
    statuses: tuple[PilotStatus, ...] = Field(
        ("approved", "running", "ended"),
        min_length=1,
        description="How a pilot stands now. One that was stopped counts where running does and it had run: it did "
        "start, and what is learnt from stopping is a result too. One that was stopped before that doesn't.",
    )

    def counts(self, history: Sequence[PilotStatus]) -> bool:
        """Whether a pilot with this history of statuses, oldest first, is one of those promised."""
        if not history:
            return False
        ran = "running" in self.statuses and "running" in history
        return history[-1] in self.statuses or (history[-1] == "stopped" and ran)


Promise = Annotated[ReachedPromise | AssessedPromise | PilotsPromise, Field(discriminator="count")]
