"""Invented companies: names, places, sizes, and how far they have come."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aimaturity.definitions.sni import SECTORS, Sector
from aimaturity.responses.profile import size_class

SHARES: Mapping[Sector, float] = {
    "industry": 27, "trade_transport_hospitality": 20, "business_services": 15, "construction": 12,
    "information_communication": 10, "agriculture": 6, "culture_other": 4, "public_education_health": 3,
    "real_estate": 2, "finance": 1,
}  # fmt: skip
"""How common sectors are among the companies: a judgement, for looks alone."""

LARGER: Mapping[str, float] = {
    "1280": 16, "1281": 9, "1283": 9, "1290": 6, "1293": 4, "1282": 3, "1287": 3, "1292": 3, "1286": 3, "1080": 7,
    "1082": 4, "1081": 3, "1083": 2,
}  # fmt: skip
"""Municipalities with more companies than others (1), likewise."""

TRADES: Mapping[Sector, tuple[str, ...]] = {
    "agriculture": ("Grönsaker", "Lantbruk", "Skogsplantor", "Fruktodling", "Äggproduktion", "Fiskodling"),
    "industry": (
        "Finmekanik", "Gjuteri", "Plast", "Mejeri", "Möbelsnickeri", "Kartong", "Verktyg", "Bageri", "Laminat",
        "Smide", "Elmotor", "Ytbehandling", "Emballage", "Tryckeri",
    ),
    "construction": ("Bygg", "Plåtslageri", "Gräv och Schakt", "Måleri", "Elinstallation", "Ventilation"),
    "trade_transport_hospitality": (
        "Åkeri", "Färghandel", "Hotell", "Hamnlager", "Restaurang", "Partihandel", "Godsflöde", "Båtutrustning",
    ),
    "information_communication": ("Systemhus", "Spelverkstad", "Webbyrå", "Ljudproduktion", "Förlag", "Nätdrift"),
    "finance": ("Försäkringsförmedling", "Sparråd"),
    "real_estate": ("Fastigheter", "Lokaluthyrning"),
    "business_services": (
        "Redovisning", "Arkitekter", "Provanalys", "Städ och Fönster", "Översättningar", "Teknikkonsult",
    ),
    "public_education_health": ("Vårdteknik", "Tandteknik", "Utbildning"),
    "culture_other": ("Kulturscen", "Tvätteri", "Friskvård", "Cykelverkstad"),
}  # fmt: skip

BEGINNINGS = (
    "Kullabygdens", "Österlens", "Skärgårdens", "Hanöbuktens", "Söderåsens", "Listerlandets", "Göingebygdens",
    "Åsens", "Öresunds", "Linnéråsens", "Bjäre", "Färs", "Snapphanens", "Söderslätts", "Ringsjöns", "Romeleåsens",
    "Mieåns", "Lyckebyåns", "Helgeåns", "Rönneåns", "Väladalens", "Ekängens", "Hallandsåsens", "Björkviks",
    "Nordanås", "Ängavallens", "Sandhamnens", "Stenshuvuds", "Tjurköns", "Vramsåns",
)  # fmt: skip

AREAS = ("capability", "business", "climate", "gender_equality")


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented company.

    stated    whether municipality and sector were entered in the register
    step      area -> how far it has come on a ladder of 0-4, before chance
    """

    id: str
    name: str
    number: str | None
    municipality: str
    sector: Sector
    section: str
    women: int
    men: int
    other: int
    turnover: str
    challenge: int
    consent: bool
    shares: bool
    stated: bool
    step: Mapping[str, float]

    @property
    def county(self) -> str:
        return self.municipality[:2]

    @property
    def persons(self) -> int:
        return self.women + self.men + self.other

    @property
    def size(self) -> str | None:
        found = size_class(self.persons, self.turnover, None, "independent")
        return found.name if found is not None else None


def firms(rng: random.Random, count: int, municipalities: Sequence[str]) -> list[Firm]:
    """`count` companies in these municipalities, all with names of their own."""
    sectors = list(SHARES)
    places = [LARGER.get(code, 1.0) for code in municipalities]
    taken: set[str] = set()
    made = []
    for number in range(1, count + 1):
        sector = rng.choices(sectors, [SHARES[s] for s in sectors])[0]
        made.append(_firm(rng, number, sector, rng.choices(municipalities, places)[0], _name(rng, sector, taken)))
    return made


def _name(rng: random.Random, sector: Sector, taken: set[str]) -> str:
    """A name that nobody has; where all are taken, with a number."""
    for n in range(1000):
        name = f"{rng.choice(BEGINNINGS)} {rng.choice(TRADES[sector])}"
        name = f"{name} AB" if n < 20 else f"{name} {n} AB"
        if name not in taken:
            taken.add(name)
            return name
    raise ValueError("too many companies for the names there are")


def _firm(rng: random.Random, number: int, sector: Sector, municipality: str, name: str) -> Firm:
    persons = max(1, round(rng.lognormvariate(2.3, 1.1)))
    persons = min(persons, 240)
    mostly_men = {"industry": 0.25, "construction": 0.1, "information_communication": 0.3, "agriculture": 0.3}
    share = min(0.95, max(0.02, rng.gauss(mostly_men.get(sector, 0.5), 0.15)))
    women = sum(rng.random() < share for _ in range(persons))
    other = 1 if persons > 20 and rng.random() < 0.1 else 0
    ability = 0.9 + 0.25 * (persons >= 10) + 0.35 * (sector == "information_communication") + rng.gauss(0, 0.7)
    lower = {"capability": 0.0, "business": -0.1, "climate": -0.4, "gender_equality": -0.5}
    turnover = "up_to_2m" if persons < 12 else "up_to_10m" if persons < 55 else "up_to_50m"
    return Firm(
        id=f"F{number:04d}",
        name=name,
        number=organisation_number(number) if rng.random() < 0.9 else None,
        municipality=municipality,
        sector=sector,
        section=_section(rng, sector),
        women=women,
        men=max(0, persons - women - other),
        other=other,
        turnover=turnover,
        challenge=min(11, int(rng.expovariate(0.28))),
        consent=rng.random() < 0.8,
        shares=rng.random() < 0.55,
        stated=rng.random() < 0.94,
        step={area: ability + lower[area] + rng.gauss(0, 0.4) for area in AREAS},
    )


def _section(rng: random.Random, sector: Sector) -> str:
    """A section of SNI 2025 of the group; of industry, nearly always manufacturing."""
    letters = SECTORS[sector][1]
    return "C" if sector == "industry" and rng.random() < 0.93 else rng.choice(letters)


def organisation_number(number: int) -> str:
    """A number with a right check digit in a series that isn't given to companies (999...)."""
    digits = f"999{200_000 + number:06d}"
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(digits)]
    check = -sum(d // 10 + d % 10 for d in doubled) % 10
    return f"{digits[:6]}-{digits[6:]}{check}"
