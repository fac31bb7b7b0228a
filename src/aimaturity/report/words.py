"""The pages' own words, from `words.<language>.yaml`: everything that doesn't come from a document.

Sentences are whole, one per plural form, so that no sentence is glued together from pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from babel import Locale

from aimaturity.definitions.library import bundled_folder

LANGUAGES = ("sv", "en")
"""Languages that a report can be written in; the first is the default."""


@dataclass(frozen=True)
class Words:
    """The words of one language, by dotted key (`level.range`).

    An unknown key or a missing fact is a KeyError: a fault of the program or of a user's own template, never of data.
    """

    language: str
    table: Mapping[str, Any]

    def __call__(self, key: str, **facts: object) -> str:
        """The text under `key`, with its facts filled in."""
        text = self.at(key)
        if not isinstance(text, str):
            raise KeyError(f"{key} is no single text")
        return text.format_map(facts) if facts else text

    def at(self, key: str) -> Any:
        """What stands under `key`: a text, the forms of a plural, a list or a group."""
        found: Any = self.table
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(f"no words for {key} in {self.language}")
            found = found[part]
        return found

    def has(self, key: str) -> bool:
        try:
            self.at(key)
        except KeyError:
            return False
        return True

    def count(self, key: str, count: int | float, **facts: object) -> str:
        """The sentence for this many: the form for exactly none where there is one, else the category's.

        `{n}` is the count in words, `{N}` the same with a capital.
        """
        forms = self.at(key)
        form = "0" if count == 0 and "0" in forms else str(_locale(self.language).plural_form(count))
        number = self.number(count)
        return str(forms[form]).format_map({"n": number, "N": sentence(number), **facts})

    def number(self, count: int | float) -> str:
        """A small whole number in words, else in digits."""
        names = self.at("numbers")
        return str(names[int(count)]) if count == int(count) and 0 <= count < len(names) else f"{count:g}"

    def pick(self, texts: Mapping[str, str] | None, languages: Sequence[str]) -> str:
        """The text in these words' language, else in the first of a document's `languages` that has one, else any."""
        for language in (self.language, *languages, *(texts or {})):
            if texts and texts.get(language):
                return texts[language]
        return ""

    def quoted(self, text: str) -> str:
        """The text in the language's quotation marks."""
        return self("quoted", text=text)

    def listed(self, items: Sequence[str], word: str = "and") -> str:
        """`a, b och c`: no comma before the last."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self(word)} {items[-1]}"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


@cache
def words(language: str, page: str = "") -> Words:
    """The words of a language of LANGUAGES.

    page  the kind of page (its folder among the templates) whose own words stand beside those that pages share
    """
    folder = bundled_folder("report_templates")
    files = [folder / f"words.{language}.yaml", *([folder / page / f"words.{language}.yaml"] if page else [])]
    table: dict[str, Any] = {}
    for path in files:
        table |= yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Words(language, table)


@cache
def _locale(language: str) -> Locale:
    return Locale(language)
