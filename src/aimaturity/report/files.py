"""File names for reports: stable, readable, and unable to leave the folder they are written to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aimaturity.scoring.document import ResultDocument

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names that Windows keeps for devices, whatever the ending."""
INDEX = "index"
"""The page that leads to all reports of a folder."""
ENDINGS = ("html", "pdf", "xlsx", "md")
"""Kinds of reports, the one to begin with first."""
OURS = re.compile(r"[a-z0-9-]+\Z")
"""What the names are made of, before their ending."""
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})
LONGEST_PREFIX, LONGEST_NAME = 40, 60


@dataclass(frozen=True, slots=True)
class Key:
    """What a report's file name is made of, so that the names of thousands are known without their documents."""

    id: str
    name: str | None = None
    organisationsnummer: str | None = None
    date: str | None = None
    occasion: str | None = None
    voice: str | None = None
    source_row: int | None = None
    language: str | None = None

    @classmethod
    def of(cls, document: ResultDocument) -> Key:
        company, occasion = document.company, document.occasion
        return cls(
            company.id, company.name, company.organisationsnummer, occasion.date, occasion.occasion, occasion.voice,
            occasion.source_row, occasion.language,
        )  # fmt: skip


def file_name(document: ResultDocument, ending: str) -> str:
    """`<organisationsnummer or id>-<name>.<ending>` of lower-case letters a-z, digits and hyphens."""
    return f"{_stem(Key.of(document))}.{ending}"


def file_names(documents: Sequence[ResultDocument], ending: str) -> list[str]:
    """A file name for each document, all different."""
    return [f"{stem}.{ending}" for stem in file_stems([Key.of(document) for document in documents])]


def file_stems(keys: Sequence[Key]) -> list[str]:
    """A file name without its ending for each, all different, and none that of the index page.

    Those that would share one get their date behind it; where that doesn't tell them apart, a digest of what does
    (id, name, occasion, row), so that a name doesn't depend on the order; the same once more, a number.
    """
    stems = [_stem(key) for key in keys]
    for tell_apart in (_date, _digest):
        shared = {stem for stem, count in Counter(stems).items() if count > 1}
        stems = [
            f"{stem}-{mark}" if stem in shared and (mark := tell_apart(key)) else stem
            for stem, key in zip(stems, keys, strict=True)
        ]
    return _numbered(stems)


def in_kinds(names: Sequence[str]) -> list[str]:
    """One company's files, the one to begin with first."""
    return sorted(names, key=lambda name: ENDINGS.index(name.rpartition(".")[2]))


def slug(text: str) -> str:
    """Lower-case a-z, digits and hyphens: å and ä become a, ö becomes o; empty where nothing of the text is left."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _stem(company: Key) -> str:
    prefix = _short(slug(company.organisationsnummer or company.id), LONGEST_PREFIX)
    name = _short(slug(company.name or ""), LONGEST_NAME)
    stem = "-".join(dict.fromkeys(part for part in (prefix, name) if part))
    if not stem:
        return f"company-{_hash(company.id)}"
    return f"company-{stem}" if stem in RESERVED or stem == INDEX else stem


def _short(text: str, longest: int) -> str:
    """Cut where too long, with a digest of the whole, so that two long names stay two."""
    return text if len(text) <= longest else f"{text[: longest - 9].rstrip('-')}-{_hash(text)}"


def _date(key: Key) -> str:
    return slug(key.date or "")[:20].strip("-")


def _digest(key: Key) -> str:
    return _hash(repr((key.id, key.name, key.occasion, key.voice, key.source_row)))


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
