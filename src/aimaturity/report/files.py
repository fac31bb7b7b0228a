"""File names for reports: stable, readable, and unable to leave the folder they are written to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from aimaturity.scoring.document import ResultDocument

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names that Windows keeps for devices, whatever the ending."""
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})
LONGEST_PREFIX, LONGEST_NAME = 40, 60


def file_name(document: ResultDocument, ending: str) -> str:
    """`<organisationsnummer or id>-<name>.<ending>` of lower-case letters a-z, digits and hyphens."""
    return f"{_stem(document)}.{ending}"


def file_names(documents: Sequence[ResultDocument], ending: str) -> list[str]:
    """A file name for each document, all different.

    Documents that would share one get their date behind it; where that doesn't tell them apart, a digest of what does
    (id, name, occasion, row), so that a name doesn't depend on the order; the same once more, a number.
    """
    stems = [_stem(document) for document in documents]
    for tell_apart in (_date, _digest):
        shared = {stem for stem, count in Counter(stems).items() if count > 1}
        stems = [
            f"{stem}-{mark}" if stem in shared and (mark := tell_apart(document)) else stem
            for stem, document in zip(stems, documents, strict=True)
        ]
    return [f"{stem}.{ending}" for stem in _numbered(stems)]


def slug(text: str) -> str:
    """Lower-case a-z, digits and hyphens: å and ä become a, ö becomes o; empty where nothing of the text is left."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _stem(document: ResultDocument) -> str:
    company = document.company
    prefix = _short(slug(company.organisationsnummer or company.id), LONGEST_PREFIX)
    name = _short(slug(company.name or ""), LONGEST_NAME)
    stem = "-".join(dict.fromkeys(part for part in (prefix, name) if part))
    if not stem:
        return f"company-{_hash(company.id)}"
    return f"company-{stem}" if stem in RESERVED else stem


def _short(text: str, longest: int) -> str:
    """Cut where too long, with a digest of the whole, so that two long names stay two."""
    return text if len(text) <= longest else f"{text[: longest - 9].rstrip('-')}-{_hash(text)}"


def _date(document: ResultDocument) -> str:
    return slug(document.occasion.date or "")[:20].strip("-")


def _digest(document: ResultDocument) -> str:
    occasion = document.occasion
    told = (document.company.id, document.company.name, occasion.occasion, occasion.voice, occasion.source_row)
    return _hash(repr(told))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _numbered(stems: Sequence[str]) -> list[str]:
    """Each once: the second of the same gets 2 behind it, or the next number that makes a new name."""
    given, found = set(stems), dict[str, None]()
    for stem in stems:
        name, number = stem, 1
        while name in found or (number > 1 and name in given):
            number += 1
            name = f"{stem}-{number}"
        found[name] = None
    return list(found)
