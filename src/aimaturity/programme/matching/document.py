"""What `match` finds, as documents. Two readers: the hub, and the company itself, which is told of no other company."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aimaturity.scoring.parts import Part, Words

Audience = Literal["hub", "company"]
ReasonKey = Literal[
    "in_county", "other_county", "county_unknown", "knows_sector", "asked_by_advice", "in_pilot", "wants_pilot",
    "pilot_on_challenge", "same_challenge", "other_sector", "sector_unknown", "same_county", "same_sector", "agreed",
]  # fmt: skip


class Reason(Part):
    """One true thing about why somebody or something is in the list."""

    key: ReasonKey
    text: Words


class Titled(Part):
    """A county, sector or challenge."""

    id: str
    title: Words


class Helper(Part):
    """Who can help."""

    id: str
    name: str
    role: Literal["partner", "university"]
    focus: Words | None
    reasons: list[Reason]


class Gap(Part):
    """A step that the company's latest result advises, and who offers that kind of help."""

    advice: str = Field(description="The rule's id.")
    title: Words
    kind: str
    for_next_level: bool
    helpers: list[Helper] = Field(description="Those of the company's county; where there is none, the others.")


class Offer(Part):
    """A kind of help that universities, or those with researchers and test beds, offer."""

    kind: Literal["researcher", "student_project", "course", "test_bed"]
    reasons: list[Reason] = Field(description="Why the company may want it.")
    helpers: list[Helper]


class PilotLink(Part):
    """A pilot that the company is in, or an idea on the same challenge that is still open."""

    id: str
    title: Words
    status: str
    county: str
    reasons: list[Reason]


class Other(Part):
    """Another company, which agreed to be brought together with others."""

    id: str
    name: str
    county: Titled | None
    sector: Titled | None
    reasons: list[Reason]


class Meeting(Part):
    """Companies with the same challenge, of other industries as far as these are known. Those that haven't
    agreed are never among them."""

    agreed: bool = Field(description="Whether the company itself has agreed. Until it has, nobody is listed.")
    companies: list[Other] = Field(description="For the hub only, those to ask first at the top.")
    count: int = Field(description="How many have agreed.")
    not_agreed: int | None = Field(
        description="For the hub: how many more have the challenge; null where fewer than a group that may be shown."
    )


class Match(Part):
    """Whom a company can be led to, and why."""

    format: Literal["aimaturity-match/1"] = "aimaturity-match/1"
    audience: Audience
    id: str
    name: str
    county: Titled | None
    sector: Titled | None
    challenge: Titled | None
    result: str | None = Field(description="Day of the result that gives the gaps; null where there is none.")
    gaps: list[Gap] = Field(description="In the order of the result's advice.")
    offers: list[Offer]
    pilots: list[PilotLink] = Field(description="That it is in.")
    open_pilots: list[PilotLink] = Field(description="On its challenge, and not decided on.")
    meeting: Meeting


class SharedChallenge(Part):
    """A challenge, and the companies that have it and agreed to meet others."""

    challenge: Titled
    companies: list[Other]
    sectors: dict[str, int] = Field(description="Sector -> how many of them; `unknown` where it isn't known.")
    pilots: list[PilotLink] = Field(description="Ideas on it that are still open.")
    not_agreed: int | None = Field(description="As in a meeting.")


class SharedChallenges(Part):
    """What companies have in common: the seed of shared projects. For the hub."""

    format: Literal["aimaturity-shared-challenges/1"] = "aimaturity-shared-challenges/1"
    challenges: list[SharedChallenge] = Field(description="Those that most companies share first.")
