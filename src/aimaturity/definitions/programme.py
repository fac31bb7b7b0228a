"""A programme: what it has promised, for whom and in which period; the partners who can help, and with what; how its
pilots are chosen and its reports signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from aimaturity.definitions.base import ANY_LANGUAGE, DefinitionId, Id, Language, Model, Text, Version
from aimaturity.definitions.colour import LEAST_SHAPE, LEAST_TEXT, contrast
from aimaturity.definitions.pilot_rules import CountyCode, PilotRules
from aimaturity.definitions.promises import (
    ActivityKind,
    AssessedPromise,
    Period,
    PilotsPromise,
    Promise,
    ReachedPromise,
)
from aimaturity.definitions.sni import SECTORS, Sector

HelpKind = Literal[
    "course", "expert_meeting", "student_project", "shared_project", "pilot", "outside_funding", "equality_coaching"
]
"""Kinds of help that advice can point to."""

Offer = Literal[HelpKind, "researcher", "test_bed"]
"""What a partner can offer: the kinds of help, researchers to work with, and places to try things out. Advice names
neither of the last two: what it advises can be done without them; a company is led to them by its pilot."""

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{4}$")]
Listed = Literal["partners", "promises", "activity_kinds", "counties", "municipalities", "sectors"]
"""Lists of a programme whose things have a name of their own."""

GROUNDS = (("#ffffff", LEAST_TEXT), ("#c4cdd6", LEAST_SHAPE))
"""What the colour must stand out from: paper, as text; the charts' darkest band, as a shape."""
ENDS = (".", "!", "?", "…")
"""How a sentence ends."""


class Partner(Model):
    """An organisation or university of the programme."""

    id: Id = Field(description="Names the partner.")
    name: str = Field(min_length=1, description="Its name, as it writes it.")
    role: Literal["partner", "university"] = Field(description="What it is in the programme.")
    counties: tuple[CountyCode, ...] = Field(min_length=1, description="Official codes of the counties it works in.")
    focus: Text | None = Field(None, description="What it knows best.")
    sectors: tuple[Sector, ...] = Field((), description="The sectors that it knows best; none stated: all alike.")
    offers: tuple[Offer, ...] = Field((), description="The kinds of help that it gives, and researcher, test_bed.")


class Funder(Model):
    """One that pays for the programme."""

    id: Id = Field(description="Names the funder.")
    name: Text = Field(description="Its name, as it writes it.")
    line: Text | None = Field(
        None, description="What it asks to be said, as a whole sentence; none where another funder's line names it."
    )
    logo: str | None = Field(
        None, description="A PNG, JPEG or SVG file beside this one, at most 300 kB; it stands at the foot of page 1."
    )

    _logo_uri: str | None = PrivateAttr(None)

    @property
    def logo_uri(self) -> str | None:
        """The logo as a `data:` URI; None where there is none, or none that can be used."""
        return self._logo_uri

    def with_logo(self, uri: str) -> Funder:
        """The same funder with its logo read."""
        made = self.model_copy()
        made._logo_uri = uri
        return made


class Municipality(Model):
    """A municipality, by its official code."""

    id: MunicipalityCode = Field(description="Official code, four digits; the first two are its county's.")
    title: Text = Field(description="Its name.")


class County(Model):
    """A county where the programme works, by its official code."""

    id: CountyCode = Field(description="Official code, two digits.")
    title: Text = Field(description="Its name.")
    municipalities: tuple[Municipality, ...] = Field((), description="Its municipalities, in the order of lists.")


class SectorName(Model):
    """A sector that companies and ideas are counted by."""

    id: Sector = Field(description=f"One of the ten groups of industries by SNI: {', '.join(SECTORS)}.")
    title: Text = Field(description="Its name.")


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
    period: Period | None = Field(None, description="The days that it runs.")
    funders: tuple[Funder, ...] = Field((), description="Who pays, in the order in which they are shown.")
    promises: tuple[Promise, ...] = Field((), description="What is promised to the funders, in numbers.")
    activity_kinds: tuple[ActivityKind, ...] = Field((), description="What companies can take part in.")
    counties: tuple[County, ...] = Field((), description="Counties and municipalities where it works.")
    sectors: tuple[SectorName, ...] = Field((), description="Sectors that companies and ideas are counted by.")
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

    def with_logos(self, own: str | None, funders: Mapping[str, str]) -> Programme:
        """The same programme with logos read: its own, and those of funders by id."""
        signed = tuple(f.with_logo(funders[f.id]) if f.id in funders else f for f in self.funders)
        made = self.model_copy(update={"funders": signed})
        made._logo_uri = own
        return made

    def funders_line(self, language: str) -> str | None:
        """What the funders ask to be said, one sentence after the other, each once; None where there is nothing."""
        lines = dict.fromkeys(funder.line[language].strip() for funder in self.funders if funder.line is not None)
        return " ".join(line if line.endswith(ENDS) else f"{line}." for line in lines) or None

    def promise(self, name: str) -> ReachedPromise | AssessedPromise | PilotsPromise | None:
        """The promise of this id; None where there is none."""
        return next((promise for promise in self.promises if promise.id == name), None)

    def activity_kind(self, name: str) -> ActivityKind | None:
        """The kind of activity of this id; None where there is none."""
        return next((kind for kind in self.activity_kinds if kind.id == name), None)

    def activities_of(self, promise: ReachedPromise) -> tuple[ActivityKind, ...]:
        """The kinds of activity by which a company is reached, in file order."""
        named = promise.activities
        return tuple(k for k in self.activity_kinds if k.counts and (named is None or k.id in named))

    def county_of(self, municipality: str) -> County | None:
        """The county with this municipality (official code); None where the programme lists no such municipality."""
        return next((c for c in self.counties if any(m.id == municipality for m in c.municipalities)), None)

    def titles(self, of: Listed) -> dict[str, Text]:
        """Id -> name, of one of the programme's lists, in file order."""
        if of == "partners":
            return {partner.id: Text({ANY_LANGUAGE: partner.name}) for partner in self.partners}
        if of == "municipalities":
            return {m.id: m.title for county in self.counties for m in county.municipalities}
        things: Iterable[ActivityKind | County | SectorName | ReachedPromise | AssessedPromise | PilotsPromise]
        things = getattr(self, of)
        return {thing.id: thing.title for thing in things}

    def who_can_help(self, kind: str, county: str | None) -> tuple[Partner, ...]:
        """Partners that offer `kind`; those of the company's county (official code) first, else in file order."""
        able = [partner for partner in self.partners if kind in partner.offers]
        return tuple(sorted(able, key=lambda partner: county not in partner.counties))


def weakest_contrast(colour: str) -> tuple[float, float, float]:
    """(share of what is needed, contrast there is, contrast needed) on the ground where the colour does worst."""
    return min((contrast(colour, ground) / least, contrast(colour, ground), least) for ground, least in GROUNDS)
