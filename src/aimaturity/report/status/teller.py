"""What the makers of the status page share: the document, the language, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from aimaturity.documents import status as told
from aimaturity.report.format import Formats, formats
from aimaturity.report.words import Words, words
from aimaturity.scoring.scale import exact, rounded

FOLDER = "status"


class Teller:
    """One document told in one language."""

    def __init__(self, document: told.StatusDocument, language: str) -> None:
        self.document, self.language = document, language
        self.words: Words = words(language, FOLDER)
        self.formats: Formats = formats(language)

    def say(self, key: str, **facts: object) -> str:
        """The status page's own words."""
        return self.words(f"status.{key}", **facts)

    def pick(self, texts: Mapping[str, str] | None) -> str:
        """The text in the page's language, else in the document's first that has one, else empty."""
        return self.words.pick(texts, self.document.languages)

    def written(self, cell: told.Cell | None) -> str:
        """The number; the word for one that is withheld; a dash where nothing is counted."""
        if cell is None:
            return self.say("none")
        return self.say("hidden") if cell.value is None else self.number(cell.value)

    def number(self, value: int | float) -> str:
        return self.formats.number(shown(value))

    def whole(self, value: float) -> str:
        """Rounded to a whole number."""
        return self.formats.number(rounded(exact(value), 0), 0)


def shown(value: int | float) -> Decimal:
    """Hours with one decimal at most."""
    return Decimal(value) if isinstance(value, int) else rounded(exact(value), 1).normalize() + 0
