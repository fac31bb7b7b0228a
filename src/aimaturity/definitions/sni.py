"""Groups of industries: what sectors are called everywhere, and which sections of SNI they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Sector = Literal[
    "agriculture", "industry", "construction", "trade_transport_hospitality", "information_communication", "finance",
    "real_estate", "business_services", "public_education_health", "culture_other",
]  # fmt: skip

SECTORS: Mapping[Sector, tuple[str, str]] = {
    "agriculture": ("A", "A"),
    "industry": ("BCDE", "BCDE"),
    "construction": ("F", "F"),
    "trade_transport_hospitality": ("GHI", "GHI"),
    "information_communication": ("J", "JK"),
    "finance": ("K", "L"),
    "real_estate": ("L", "M"),
    "business_services": ("MN", "NO"),
    "public_education_health": ("OPQ", "PQR"),
    "culture_other": ("RSTU", "STUV"),
}
"""Group -> its sections in SNI 2007 and in SNI 2025.

The groups are the ten of the A*10 breakdown that national accounts use (ESA 2010, Regulation (EU) No 549/2013, annex
A, chapter 23, by NACE Rev. 2 = SNI 2007). SNI 2025 = NACE Rev. 2.1 (Regulation (EU) 2023/137) splits the old J into J
and K and moves K-U one letter on; its sections stand in the group of those that they come from. Activities that moved
between sections on their own (repair of motor vehicles, from G to T) are grouped by the section that is stated.
"""
VERSIONS = ("sni_2007", "sni_2025")

_FIRST_DIVISIONS: tuple[tuple[int, Sector], ...] = (
    (1, "agriculture"), (5, "industry"), (41, "construction"), (45, "trade_transport_hospitality"),
    (58, "information_communication"), (64, "finance"), (68, "real_estate"), (69, "business_services"),
    (84, "public_education_health"), (90, "culture_other"),
)  # fmt: skip
"""The first division (two digits) of each group. The same in SNI 2007 and in SNI 2025: only letters have moved."""
_CODE = re.compile(r"(?:[A-Va-v]\s?)?(\d{2})(?:\.?\d{3}|\.\d{1,2})?\Z")


def sector_of_code(code: str) -> Sector | None:
    """The group of an SNI code: `25`, `25.6`, `25.620`, `25620`. None for anything else: four digits alone may
    have lost a zero at the front."""
    found = _CODE.match(code.strip())
    division = int(found[1]) if found else 0
    return next((sector for first, sector in reversed(_FIRST_DIVISIONS) if 0 < first <= division), None)
