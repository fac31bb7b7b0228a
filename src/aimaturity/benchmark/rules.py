"""The rules of disclosure control: what is shown of a group, and in which classes.

Scores are laid in classes before anything else is done with them, and all that is published or withheld is worked out
from classes. As a quartile is the score of a certain rank, the class of the true quartile is the quartile of the
classes; and whatever anyone knows besides, no score can be told closer than its class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field

from aimaturity.scoring.parts import Part
from aimaturity.scoring.standing import GroupSize, Place, Stretch

FINEST = 10
"""Classes that a scale is laid in when companies are gathered; a set may join them two and two."""

SMALLEST = 3
"""A group smaller than this is never shown to anybody but the hub and the company itself (docs/method.md)."""

APART = 5
"""No combination of published groups may single out fewer companies than this."""

Share = Annotated[float, AfterValidator(lambda share: round(share, 6))]
"""A share with no more decimals than survive in JSON: hashes are made of it."""


class Rules(Part):
    """What is shown. With the set, so that its reader knows."""

    minimum_companies: int = Field(
        5,
        ge=SMALLEST + 1,
        le=100,
        description="k: a group is shown with at least so many companies. At least 4, so that a company in the group "
        "still looks at 3 others.",
    )
    classes: Literal[5, 10] = Field(
        10, description="Equal classes of the scale: 10 of 10 points, or 5 of 20. The class is the protection width."
    )
    largest_owner_share: Share = Field(
        0.34,
        gt=0,
        le=1,
        description="Dominance: no owner stands behind more than this share of a group's companies.",
    )
    least_outside: Share = Field(
        0.1,
        ge=0,
        lt=0.5,
        description="Uniformity: at least this share of a group's companies, and at least 2, lie outside its commonest "
        "class; else to know who is in the group would be to know the score.",
    )
    quartile: Literal["inverse_distribution"] = Field(
        "inverse_distribution",
        description="The lower quartile, median and upper quartile are the scores of rank ceil(n/4), ceil(n/2), "
        "ceil(3n/4) (type 1 of Hyndman and Fan, 1996), shown as classes.",
    )

    @property
    def apart(self) -> int:
        """How many companies a combination of published groups must involve at least."""
        return min(self.minimum_companies, APART)


def class_of(score: float, lowest: float, highest: float) -> int:
    """The class of a score, 0 to FINEST - 1: half-open stretches of its scale, the last one closed. Scores meet an
    edge after rounding to 9 decimals, as everywhere."""
    edges = np.round(lowest + (highest - lowest) * np.arange(1, FINEST) / FINEST, 9)
    return int(np.searchsorted(edges, round(score, 9), side="right"))


def shown_class(finest: int, rules: Rules) -> int:
    """The class of the set in which one of the finest classes lies."""
    return finest * rules.classes // FINEST


def stretch(number: int, lowest: float, highest: float, rules: Rules) -> Stretch:
    """A class of the set, in points."""
    width = (highest - lowest) / rules.classes
    return Stretch(low=round(lowest + number * width, 9), high=round(lowest + (number + 1) * width, 9))


def quartiles(classes: Sequence[int]) -> tuple[int, int, int]:
    """Those of rank ceil(n/4), ceil(n/2) and ceil(3n/4), counted from the lowest."""
    ordered, n = sorted(classes), len(classes)
    low, middle, high = (ordered[-(-n * quarter // 4) - 1] for quarter in (1, 2, 3))
    return low, middle, high


def band(companies: int, rules: Rules) -> GroupSize:
    """The band in which a group's size lies: from k up to below 2k, 4k, 10k, 20k, and more. Bands aren't narrower than
    k, so that a company more or less rarely shows, and never how many there are."""
    k = rules.minimum_companies
    edges = [k, 2 * k, 4 * k, 10 * k, 20 * k]
    index = sum(companies >= edge for edge in edges) - 1
    if index < 0:
        raise ValueError("a group below the minimum has no band")
    return GroupSize(at_least=edges[index], at_most=edges[index + 1] - 1 if index + 1 < len(edges) else None)


def may_be_shown(classes: Sequence[int], owners: Mapping[str, int], rules: Rules) -> bool:
    """Whether a group may be shown for itself, by its companies' classes (of the set) and companies by owner.

    Size: at least k owners. Dominance: quartiles count heads, each company once, so no company's *score* can outweigh
    the others'; what can is one owner's several companies, hence an (n, k)-rule with n = 1 on heads (sensitivity rules
    for magnitude tables: Hundepool and others, Statistical Disclosure Control, 2012, chapter 4). What the p%-rule there
    guards against, others' estimating one company's value too closely from the figure and their own, is held by the
    classes: none can come closer than one. Uniformity: as against group disclosure in tables of counts (there,
    chapter 5).
    """
    n = len(classes)
    if n < rules.minimum_companies or len(owners) < rules.minimum_companies:
        return False
    if max(owners.values()) > rules.largest_owner_share * n + 1e-9:
        return False
    commonest = max(classes.count(each) for each in set(classes))
    return n - commonest >= max(2, rules.least_outside * n - 1e-9)


def place_of(own: int, low: int, middle: int, high: int) -> Place:
    """A company's place from its class and those of the group's quartiles. With the median comes first."""
    if own == middle:
        return "at_median"
    if own < low:
        return "below_lower_quartile"
    if own > high:
        return "above_upper_quartile"
    if own < middle:
        return "at_lower_quartile" if own == low else "below_median"
    return "at_upper_quartile" if own == high else "above_median"
