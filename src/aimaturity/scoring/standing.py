"""Where a company stands among its peers: the part of the result document that a benchmark set adds.

It holds what the set shows of the company's groups, and the company's place beside it, worked out from these figures
and the company's own score alone. Nothing in it is about any other company than that the shown figures already are.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aimaturity.scoring.parts import Part

Rung = Literal["sector_size", "sector", "size", "all"]
RUNGS: tuple[Rung, ...] = ("sector_size", "sector", "size", "all")
"""The ladder of groups that a company is compared with, the most alike first."""

Place = Literal[
    "below_lower_quartile", "at_lower_quartile", "below_median", "at_median",
    "above_median", "at_upper_quartile", "above_upper_quartile",
]  # fmt: skip
"""The company's place, by the classes in which its score and the group's quartiles lie; `at`: in the same class, so
that which of the two is higher isn't told."""

NotFiner = Literal["unknown_sector", "unknown_size", "protected"]
"""Why a finer group wasn't used: the company's own sector or size isn't known; or the set doesn't show that group (too
few companies, or it would give some away; which of these isn't said, since that would tell its size)."""


class Stretch(Part):
    """A class of scores: from `low` up to, but not including, `high` (included where it is the scale's end)."""

    low: float
    high: float


class GroupSize(Part):
    """How many companies a group holds, as a band."""

    at_least: int
    at_most: int | None = Field(description="null: no upper end.")


class Finer(Part):
    """A finer group that wasn't used."""

    rung: Rung
    reason: NotFiner


class Standing(Part):
    """A company beside its group, in one measure."""

    measure: str = Field(description="The node, as a rule an area; or a question with a number.")
    place: Place | None = Field(description="null where no group is shown, or the company has no score.")
    reason: Literal["no_score", "protected"] | None = Field(
        description="Why there is no place: the company has no score; no group is shown."
    )
    rung: Rung | None = Field(None, description="Which group the figures are of.")
    companies: GroupSize | None = Field(None, description="How many companies the group holds.")
    lower_quartile: Stretch | None = Field(None, description="A quarter of the group's companies lie in it or below.")
    median: Stretch | None = None
    upper_quartile: Stretch | None = None
    as_of: str | None = Field(None, description="Date of the publication in which the group's figures were made.")
    included: bool | None = Field(
        None, description="Whether the company's own score is among the group's; null where that isn't known here."
    )
    finer: list[Finer] = Field([], description="Finer groups that weren't used, and why; the finest first.")


class Benchmark(Part):
    """The company beside its peers. Never a ranking, never another company's figure."""

    set_hash: str = Field(description="Content hash of the benchmark set, `sha256:...`.")
    release: int = Field(description="Number of the publication.")
    date: str = Field(description="The set's date.")
    minimum_companies: int = Field(description="No group with fewer companies is shown.")
    sector: str | None = Field(description="The company's group of industries; null where not known.")
    size: str | None = Field(description="The company's size class; null where not known.")
    size_preliminary: bool = Field(description="The size class may be another once all is known.")
    reason: Literal["other_method", "indication"] | None = Field(
        description="Why nothing is compared: the set is of another method, or only one of the two is an indication."
    )
    standings: list[Standing]
