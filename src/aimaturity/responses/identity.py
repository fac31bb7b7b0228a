"""Who answered: organisation numbers, personal numbers, and the company's id."""

from __future__ import annotations

import re

MASK = "******-****"
_TEN = re.compile(r"(?:16|19|20)?(\d{6})[-+ ]?(\d{4})\Z")
_ANYWHERE = re.compile(r"(?<!\d)(?:(?:16|19|20)\d{2}|\d{2})\d{4}[-+ ]?\d{4}(?!\d)")


def luhn(digits: str) -> bool:
    """Whether the last digit is the others' check digit (Luhn, mod 10)."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if index % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def organisation_number(raw: str) -> str | None:
    """`NNNNNN-NNNN`, or None: not ten digits, a wrong check digit, or a third digit below 2 (Skatteverket)."""
    found = _TEN.match(raw.strip())
    if found is None:
        return None
    digits = found[1] + found[2]
    return f"{found[1]}-{found[2]}" if luhn(digits) and digits[2] >= "2" else None


def is_personal_number(raw: str) -> bool:
    """Whether this is a Luhn-valid number with a day of birth in it (a co-ordination number's is 60 more): a sole
    trader's own. Its third digit is 0 or 1 (Skatteverket)."""
    found = _TEN.match(raw.strip())
    if found is None or not luhn(found[1] + found[2]):
        return False
    month, day = int(found[1][2:4]), int(found[1][4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def masked(raw: str) -> str:
    """The text with every personal number in it masked."""
    return _ANYWHERE.sub(lambda found: MASK if is_personal_number(found[0]) else found[0], raw)
