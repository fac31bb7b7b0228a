"""Who answered: organisation numbers, personal numbers, and the company's id."""

from __future__ import annotations

import re

MASK = "******-****"
_BETWEEN = "[-+\\s\u2010-\u2015\u2212]{0,3}"
"""What stands before the last four figures: any dash, with blanks around it or without."""
_TEN = re.compile(rf"(?:16|19|20)?(\d{{6}}){_BETWEEN}(\d{{4}})\Z")
_VAT = re.compile(r"SE[- ]?(\d{6})-?(\d{4})[- ]?01\Z", re.IGNORECASE)
_ANYWHERE = re.compile(
    rf"(?<!\d)(?:(?:16|19|20)\d{{2}}|\d{{2}})\d{{4}}{_BETWEEN}\d{{4}}(?!\d)"
    r"|(?:(?<=[Ss][Ee])|(?<=[Ss][Ee][- ]))\d{6}-?\d{4}(?=\d{2}(?!\d))"
)
_ONLY = re.compile(r"(?:SE)?[\W\d]*\Z", re.IGNORECASE)


def luhn(digits: str) -> bool:
    """Whether the last digit is the others' check digit (Luhn, mod 10)."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if index % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _ten(raw: str) -> str | None:
    """The ten digits of a number, also of one in a VAT number (SE, the ten digits, 01)."""
    text = raw.strip().removesuffix(".0")  # a number that some program took for a decimal one
    found = _TEN.match(text) or _VAT.match(text)
    return found[1] + found[2] if found is not None else None


def organisation_number(raw: str) -> str | None:
    """`NNNNNN-NNNN`, also of a VAT number, or None: not ten digits, a wrong check digit, or a third digit below 2
    (Skatteverket)."""
    digits = _ten(raw)
    return f"{digits[:6]}-{digits[6:]}" if digits and luhn(digits) and digits[2] >= "2" else None


def looks_personal(raw: str) -> bool:
    """Whether this has the form of a personal number: a day of birth (a co-ordination number's is 60 more) and four
    digits, the check digit right or not. It is a sole trader's number too; its third digit is 0 or 1 (Skatteverket)."""
    digits = _ten(raw)
    if digits is None:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def is_personal_number(raw: str) -> bool:
    """`looks_personal`, and the check digit is right."""
    return looks_personal(raw) and luhn(_ten(raw) or "")


def masked(raw: str, slips: bool = False) -> str:
    """The text with every personal number in it masked.

    slips  those with a wrong check digit too: for names and numbers of companies. Ids and texts of other kinds have
           days with running numbers, and phone numbers, in them that look the same
    """
    personal = looks_personal if slips else is_personal_number
    return _ANYWHERE.sub(lambda found: MASK if personal(found[0]) else found[0], raw)


def only_masked(text: str) -> bool:
    """Whether a masked text says nothing else, so that it names nobody."""
    return MASK in text and _ONLY.match(text) is not None
