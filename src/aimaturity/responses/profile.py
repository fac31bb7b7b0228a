"""What follows from a company's profile: its EU size class, its group of industries, its county.

All by the ids and codes of the bundled questionnaires, and by tables, so that a change of law or classification is a
change of a table. An answer that isn't there, or has no meaning here, gives None and never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.sni import SECTORS, VERSIONS, Sector

SizeName = Literal["micro", "small", "medium", "large"]
SIZES: tuple[SizeName, ...] = ("micro", "small", "medium", "large")

CEILINGS: tuple[tuple[SizeName, float, float, float], ...] = (
    ("micro", 10, 2, 2),
    ("small", 50, 10, 10),
    ("medium", 250, 50, 43),
)
"""Size class, persons (fewer than), turnover and balance total in EUR million (at most): Recommendation 2003/361/EC,
annex art. 2."""

TURNOVER: Mapping[str, float] = {"up_to_2m": 2, "up_to_10m": 10, "up_to_50m": 50, "over_50m": float("inf")}
BALANCE: Mapping[str, float] = {"up_to_2m": 2, "up_to_10m": 10, "up_to_43m": 43, "over_43m": float("inf")}
"""The most, in EUR million, that an option of `turnover` or `balance_total` stands for."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A company's EU size class.

    name         the class; where it isn't certain, the one that the head count gives
    possible     every class that what isn't known leaves open, the smallest first
    preliminary  the class may be another: `possible` has several, or other companies are to be added by ownership
    """

    name: SizeName
    possible: tuple[SizeName, ...]
    preliminary: bool


def size_class(
    persons: float | None, turnover: str | None = None, balance_total: str | None = None, ties: str | None = None
) -> SizeClass | None:
    """The size class by Recommendation 2003/361/EC, annex art. 2: the smallest class of which the company stays below
    the number of persons and within the ceiling of turnover *or* of balance total. None without a head count.

    persons        head count of the profile; the Recommendation counts annual work units (art. 5), which are no more
    turnover       option id of `turnover`, EUR bands; None where not known
    balance_total  option id of `balance_total`
    ties           option id of `part_of_group`: `independent`, `partner` (25-50 %), `linked` (over 50 %). The others'
                   persons and money are to be added (art. 3 and 6) and aren't known here, so that with ties, or where
                   they aren't known, the class is preliminary

    High turnover alone rules out no class, since the balance total may be low. The rule that a class changes only
    after two years in a row (art. 4) needs earlier years and is left to whoever knows them.
    """
    if persons is None or persons < 0:
        return None
    turnovers = [most for option, most in TURNOVER.items() if turnover == option] or TURNOVER.values()
    balances = [most for option, most in BALANCE.items() if balance_total == option] or BALANCE.values()
    classes = {_certain(persons, money, balance) for money in turnovers for balance in balances}
    possible = tuple(name for name in SIZES if name in classes)
    return SizeClass(possible[0], possible, len(possible) > 1 or ties != "independent")


def _certain(persons: float, turnover: float, balance: float) -> SizeName:
    for name, below, most_turnover, most_balance in CEILINGS:
        if persons < below and (turnover <= most_turnover or balance <= most_balance):
            return name
    return "large"


def sector_of(section: str | None, version: str | None) -> Sector | None:
    """The group of an SNI section (`section_c`), a letter whose meaning hangs on the version (`sni_2007`, `sni_2025`).

    Without a version, the group that both give, if they agree (A-J do); a letter that the version doesn't have gives
    None.
    """
    letter = (section or "").removeprefix("section_").upper()
    if len(letter) != 1:
        return None
    read_as = (VERSIONS.index(version),) if version in VERSIONS else (0, 1)
    found = {sector for sector, letters in SECTORS.items() for which in read_as if letter in letters[which]}
    return found.pop() if len(found) == 1 else None


def county_of(questionnaire: Questionnaire, chosen: Mapping[str, str | None]) -> str | None:
    """The official code (SCB, two digits) of the company's county: that of the answer to `county`, else the beginning
    of the municipality's four digits.

    chosen  question -> the id of the option that is answered
    """
    for name, digits in (("county", 2), ("municipality", 4)):
        question = questionnaire.questions.get(name)
        options = questionnaire.options_of(question) if question is not None else ()
        code = next((option.code for option in options if option.id == chosen.get(name)), None) or ""
        if len(code) == digits:
            return code[:2]
    return None


@dataclass(frozen=True, slots=True)
class Profile:
    """What groups a company: persons (all, whatever their sex), size class, sector; None where not known."""

    persons: float | None
    size: SizeClass | None
    sector: Sector | None


def profile_of(answered: Mapping[str, Any]) -> Profile:
    """The profile of one company's answers.

    answered  question -> value as in a result document (option id; numbers by part), answered questions only
    """
    counts = answered.get("head_count")
    persons = float(sum(counts.values())) if isinstance(counts, Mapping) else None
    size = size_class(persons, *(answered.get(name) for name in ("turnover", "balance_total", "part_of_group")))
    return Profile(persons, size, sector_of(answered.get("sni_section"), answered.get("sni_version")))
