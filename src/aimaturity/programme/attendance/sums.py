"""Rows of sums in an attendance list: they are no companies, whatever they are called and wherever the word stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aimaturity.programme.attendance.headings import COUNTS, Field
from aimaturity.responses.normalise import normalise

_WORDS = frozenset(
    {
        "summa", "summan", "s:a", "delsumma", "totalsumma", "slutsumma", "totalt", "total", "totala", "totals", "tot",
        "antal", "deltagare", "personer", "företag", "alla", "samtliga", "sammanlagt", "tillsammans", "sum", "subtotal",
        "sub-total", "grand", "all", "together", "altogether", "number", "participants", "persons", "companies",
        "attendees", "everyone", "count", "of", "av", "och", "and", "hela", "dagen", "kvällen", "st",
    }
)  # fmt: skip
"""A cell of nothing but these is no company's name."""
_FIRST = re.compile(
    r"(?:summan?|s:a|delsumma|totalsumma|slutsumma|total(?:t|a|s)?|tot|antal (?:deltagare|personer|företag)"
    r"|samtliga|alla|sammanlagt|tillsammans|sum|sub-?total|grand total|all together|altogether"
    r"|number of (?:participants|persons))"
    r"(?![\w-])"
)
"""How a cell about a sum begins."""
_BEGINS = frozenset({"antal", "alla", "samtliga", "all", "number", "count"})
_COMPANY = re.compile(
    r"(?<!\w)(?:ab|aktiebolag|hb|handelsbolag|kb|kommanditbolag|ek\.? ?för|förening|ltd|limited|inc|gmbh)\b"
)
_ELSEWHERE: tuple[Field, ...] = (
    "organisationsnummer", "id", "municipality", "sector", "size", "activity", "kind", "date", "partner", "hours",
    "gender",
)  # fmt: skip

Verdict = Literal["sum", "unequal"]


def sum_word(text: str) -> str | None:
    """The text in plain form if it speaks of a sum; `Summa Ekonomi AB` is a company."""
    word = normalise(text).rstrip(" :=.")
    return word if (_FIRST.match(word) and not _COMPANY.search(word)) or _all_sum_words(word) else None


def _all_sum_words(word: str) -> bool:
    words = re.findall(r"[\w:-]+", word)
    return bool(words) and all(one in _WORDS for one in words) and bool(_FIRST.match(word) or words[0] in _BEGINS)


@dataclass
class Sums:
    """What the rows so far add up to: all of them, and those since the last row of sums.

    unsure  a row couldn't be counted, so that no sum can be checked
    """

    every: dict[Field, int] = field(default_factory=dict)
    since: dict[Field, int] = field(default_factory=dict)
    rows: int = 0
    unsure: bool = False

    def add(self, counts: Mapping[str, int] | None) -> None:
        """A row's women, men and other; None: it can't be counted."""
        self.rows += 1
        if counts is None:
            self.unsure = True
            return
        said: dict[Field, int] = {"women": counts.get("women", 0), "men": counts.get("men", 0)}
        said["other"] = counts.get("other", 0)
        said["total"] = sum(said.values())
        for sums in (self.every, self.since):
            for name, count in said.items():
                sums[name] = sums.get(name, 0) + count

    def verdict(self, said: Mapping[Field, str], counts: Mapping[Field, int]) -> tuple[Verdict, str] | None:
        """Whether a row is one of sums, and the word that says so; `unequal`: by its words only, its counts are others.

        said    the row's cells; counts: what they state of persons
        """
        if any(text and sum_word(text) is None for text in (said.get("organisationsnummer"), said.get("id"))):
            return None
        name = said.get("name")
        cells = [name] if name else [said[place] for place in _ELSEWHERE if place in said]
        word = next((cell for cell in cells if sum_word(cell) is not None), None)
        equal = bool(counts) and self._equal(counts)
        if word is None:
            return ("sum", "") if not name and equal and self.rows > 1 else None
        made: Verdict = "sum" if equal or self.unsure or not counts or not self.rows else "unequal"
        return made, word

    def begin_anew(self) -> None:
        """After a row of sums."""
        self.since = {}

    def _equal(self, counts: Mapping[Field, int]) -> bool:
        return any(
            all(counts[name] == sums.get(name, 0) for name in COUNTS if name in counts)
            for sums in (self.every, self.since)
        )
