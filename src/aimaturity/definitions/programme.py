"""A programme: the partners who can help, and with what; how its pilots are chosen and its reports signed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, PrivateAttr

from aimaturity.definitions.base import DefinitionId, Id, Language, Model, Text, Version
from aimaturity.definitions.colour import LEAST_SHAPE, LEAST_TEXT, contrast
from aimaturity.definitions.pilot_rules import CountyCode, PilotRules

HelpKind = Literal[
    "course", "expert_meeting", "student_project", "shared_project", "pilot", "outside_funding", "equality_coaching"
]
"""Kinds of help that advice can point to and partners can offer."""

GROUNDS = (("#ffffff", LEAST_TEXT), ("#c4cdd6", LEAST_SHAPE))
"""What the colour must stand out from: paper, as text; the charts' darkest band, as a shape."""


class Partner(Model):
    """An organisation or university of the programme."""

    id: Id = Field(description="Names the partner.")
    name: str = Field(min_length=1, description="Its name, as it writes it.")
    role: Literal["partner", "university"] = Field(description="What it is in the programme.")
    counties: tuple[CountyCode, ...] = Field(min_length=1, description="Official codes of the counties it works in.")
    focus: Text | None = Field(None, description="What it knows best.")
    offers: tuple[HelpKind, ...] = Field((), description="The kinds of help that it gives.")


class Programme(Model):
    """A hub's programme."""

    programme: DefinitionId = Field(description="The programme's id.")
    version: Version = Field(description="Raised with each change.")
    languages: tuple[Language, ...] = Field(min_length=1, description="Languages of all texts.")
    title: Text = Field(description="Its name.")
    description: Text | None = Field(None, description="What it is for.")
    leading_partner: Id = Field(description="The partner that leads.")
    partners: tuple[Partner, ...] = Field(min_length=1, description="All partners.")
    logo: str | None = Field(
        None, description="A PNG, JPEG or SVG file beside this one, at most 300 kB; it stands at the head of reports."
    )
    colour: str | None = Field(
        None, pattern=r"^#[0-9a-fA-F]{6}$", description="The main colour of reports, `#rrggbb`, dark enough for text."
    )
    funders: Text | None = Field(None, description="The line that funders ask for, at the foot of page 1.")
    pilots: PilotRules | None = Field(None, description="How pilots are chosen.")

    _logo_uri: str | None = PrivateAttr(None)

    @property
    def logo_uri(self) -> str | None:
        """The logo as a `data:` URI; None where there is none, or none that can be used."""
        return self._logo_uri

    @property
    def usable_colour(self) -> str | None:
        """The colour where it stands out from white and from the charts' darkest band, else None."""
        if self.colour is None or weakest_contrast(self.colour)[0] < 1:
            return None
        return self.colour.lower()

    def with_logo(self, uri: str) -> Programme:
        """The same programme with its logo read."""
        made = self.model_copy()
        made._logo_uri = uri
        return made

    def who_can_help(self, kind: str, county: str | None) -> tuple[Partner, ...]:
        """Partners that offer `kind`; those of the company's county (official code) first, else in file order."""
        able = [partner for partner in self.partners if kind in partner.offers]
        return tuple(sorted(able, key=lambda partner: county not in partner.counties))


def weakest_contrast(colour: str) -> tuple[float, float, float]:
    """(share of what is needed, contrast there is, contrast needed) on the ground where the colour does worst."""
    return min((contrast(colour, ground) / least, contrast(colour, ground), least) for ground, least in GROUNDS)
