"""Finding companies by what people write of them, and those that may be the same one. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.programme.store.records import StoredCompany
from aimaturity.responses.identity import organisation_number
from aimaturity.responses.normalise import normalise

_LEGAL_FORMS = frozenset(
    {
        "ab", "aktiebolag", "aktiebolaget", "publ", "hb", "handelsbolag", "kb", "kommanditbolag", "ek", "för",
        "ekonomisk", "förening", "enskild", "firma", "ltd", "limited", "inc", "gmbh", "aps", "as", "oy", "oyj", "group",
        "sverige", "sweden",
    }
)  # fmt: skip
"""Words that people leave out or put in when they write a company's name."""
_CLOSE = 0.82
"""How alike two names must be (difflib's ratio) to be shown as perhaps the same."""


class Known:
    """The companies of a register, found by what a file says of one. Only what is certain counts as found."""

    def __init__(self, companies: Iterable[StoredCompany]) -> None:
        self._by_id: dict[str, StoredCompany] = {}
        self._by_number: dict[str, StoredCompany] = {}
        self._by_name: dict[str, list[StoredCompany]] = {}
        self._by_former: dict[str, list[StoredCompany]] = {}
        self._alike: dict[str, StoredCompany] = {}
        for company in companies:
            self.add(company)

    def add(self, company: StoredCompany) -> None:
        """Takes in a new company, or one that has changed."""
        for id in (company.id, *company.merged):
            self._by_id[id] = company
        if company.organisationsnummer:
            self._by_number[company.organisationsnummer] = company
        for number in company.former_numbers:  # no other has it: it is its merged entry's still
            self._by_number[number] = company
        if company.name:
            _put(self._by_name, company.name, company)
            self._alike[search_key(company.name)] = company
        for name in (*company.former_names, *company.merged):  # an id is mostly the name that was written first
            _put(self._by_former, name, company)
            self._alike.setdefault(search_key(name), company)

    def find(
        self, id: str | None, name: str | None, organisationsnummer: str | None
    ) -> tuple[StoredCompany | None, Diagnostic | None]:
        """The company of the same id, else number, else name, else of a name or id that it had before a merge; and what
        is wrong where id and number disagree."""
        number = organisation_number(organisationsnummer) if organisationsnummer else None
        found = self._by_id.get(id) if id else None
        if found is not None:
            has = found.organisationsnummer
            if number and has and number not in (has, *found.former_numbers):
                return None, problem("AIM624", name=found.id, number=has, other=number)
            return found, None
        if number and number in self._by_number:
            return self._by_number[number], None
        word = normalise(name) if name else ""
        same = self._by_name.get(word) or self._by_former.get(word) or []
        same = [company for company in same if not (number and company.organisationsnummer)]
        return (same[0] if len(same) == 1 else None), None

    def alike(self, name: str) -> StoredCompany | None:
        """A company whose name differs in legal form, case or accents only."""
        return self._alike.get(search_key(name))


def _put(index: dict[str, list[StoredCompany]], name: str, company: StoredCompany) -> None:
    same = index.setdefault(normalise(name), [])
    same[:] = [*(other for other in same if other.id != company.id), company]


def search_key(name: str) -> str:
    """A name's words without legal form, case, accents and punctuation, for finding it and never for equating it."""
    words = re.findall(r"\w+", normalise(name))
    kept = [word for word in words if word not in _LEGAL_FORMS] or words
    plain = unicodedata.normalize("NFKD", " ".join(kept))
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


def rank_of(company: StoredCompany, text: str, number: str | None) -> tuple[float, str] | None:
    """How likely it is that the company is meant, 0 first; None where it isn't."""
    numbers = (company.organisationsnummer, *company.former_numbers)
    if text in (company.id, *company.merged) or (number and number in numbers):
        return 0.0, company.id
    wanted = search_key(text)
    if not wanted:
        return None
    names = (company.name or company.id, *company.former_names)
    ranks = [rank for name in names if (rank := _rank(company.id, wanted, search_key(name))) is not None]
    return (min(ranks), company.id) if ranks else None


def _rank(id: str, wanted: str, has: str) -> float | None:
    if wanted == has:
        return 1.0
    if has.startswith(wanted):
        return 2.0
    if all(word in has for word in wanted.split()) or wanted in search_key(id):
        return 3.0
    alike = difflib.SequenceMatcher(None, wanted, has).ratio()
    return 5.0 - alike if alike >= _CLOSE else None


class NearNames:
    """Companies by names that differ as two spellings of one do: a letter more, less, wrong or moved, words in another
    order or written together, words cut short. For suggesting, never for equating.

    Names are found by what is left when any one letter is taken away (Mor and Fraenkel, Journal of the ACM 29(4),
    1982), so that looking one up doesn't grow with the register.
    """

    def __init__(self, companies: Iterable[StoredCompany] = ()) -> None:
        self._found: dict[str, list[StoredCompany]] = {}
        for company in companies:
            self.add(company)

    def add(self, company: StoredCompany) -> None:
        """Takes in a company by its name and those that it had; one without a name is near nothing."""
        for mark in {mark for name in _names(company) for mark in _marks(name)}:
            self._found.setdefault(mark, []).append(company)

    def near(self, company: StoredCompany) -> list[StoredCompany]:
        """Others that it may be, by id. Two with numbers of their own are two companies."""
        marks = {mark for name in _names(company) for mark in _marks(name)}
        could = {other.id: other for mark in marks for other in self._found.get(mark, ())}
        return [other for id, other in sorted(could.items()) if id != company.id and _may_be(company, other)]


def pairs_of(companies: Iterable[StoredCompany]) -> list[tuple[StoredCompany, StoredCompany]]:
    """Pairs that are perhaps one company: the one to be merged, and the one to keep, which has the number or else was
    there first."""
    every = list(companies)
    index = NearNames(every)
    return [
        (one, other)
        for one in sorted(every, key=_standing)
        for other in index.near(one)
        if _standing(other) < _standing(one)
    ]


def _standing(company: StoredCompany) -> tuple[bool, str, str]:
    return (company.organisationsnummer is None, company.created.isoformat(), company.id)


_LEAST = 5
"""Letters that a name must have before one of them may be wrong."""


def _marks(name: str) -> set[str]:
    """What a name is looked up by; two names that share none aren't alike."""
    words = search_key(name).split()
    whole = "".join(words)
    marks = {whole, " ".join(sorted(words)), "|".join(word[:3] for word in words)}
    if len(whole) >= _LEAST:
        marks |= _cut(whole)
    return marks - {""}


def _names(company: StoredCompany) -> tuple[str, ...]:
    return (company.name, *company.former_names) if company.name else company.former_names


def _may_be(one: StoredCompany, other: StoredCompany) -> bool:
    if one.organisationsnummer and other.organisationsnummer:
        return False
    return any(_spells(name, another) for name in _names(one) for another in _names(other))


def _spells(name: str, other: str) -> bool:
    words, theirs = search_key(name).split(), search_key(other).split()
    if re.sub(r"\D", "", "".join(words)) != re.sub(r"\D", "", "".join(theirs)):
        return False  # Verkstad 1 and Verkstad 2
    whole, their = sorted(("".join(words), "".join(theirs)), key=len)
    if whole == their or sorted(words) == sorted(theirs):
        return True
    near = len(whole) >= _LEAST and len(their) - len(whole) <= 1 and bool(_cut(whole) & _cut(their))
    return near or _cut_short(words, theirs)


def _cut(text: str) -> set[str]:
    """The text, and what is left when any one of its letters is taken away."""
    return {text, *(text[:cut] + text[cut + 1 :] for cut in range(len(text)))}


def _cut_short(words: list[str], theirs: list[str]) -> bool:
    """Whether each word begins the other's: `Brösarps Finmek` of Brösarps Finmekanik."""
    if len(words) != len(theirs) or not all(
        a.startswith(b) or b.startswith(a) for a, b in zip(words, theirs, strict=True)
    ):
        return False
    short, long = sorted(("".join(words), "".join(theirs)), key=len)
    return len(short) >= _LEAST and 3 * len(short) >= 2 * len(long)
