"""A programme: the partners who can help, and with what; how its pilots are chosen."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aimaturity.definitions.base import DefinitionId, Id, Language, Model, Text, Version
from aimaturity.definitions.pilot_rules import CountyCode, PilotRules

HelpKind = Literal[
    "course", "expert_meeting", "student_project", "shared_project", "pilot", "outside_funding", "equality_coaching"
]
"""Kinds of help that advice can point to and partners can offer."""


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
    pilots: PilotRules | None = Field(None, description="How pilots are chosen.")

    def who_can_help(self, kind: str, county: str | None) -> tuple[Partner, ...]:
        """Partners that offer `kind`; those of the company's county (official code) first, else in file order."""
        able = [partner for partner in self.partners if kind in partner.offers]
        return tuple(sorted(able, key=lambda partner: county not in partner.counties))
