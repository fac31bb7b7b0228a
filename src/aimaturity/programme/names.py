"""What people write for a programme's municipalities, sectors, partners and kinds of activity; never by likeness."""

from __future__ import annotations

import re

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.programme import Listed, Programme
from aimaturity.definitions.sni import SECTORS, Sector, sector_of_code
from aimaturity.definitions.validation import near
from aimaturity.responses.normalise import normalise
from aimaturity.responses.profile import SIZES, SizeName, sector_of, size_class

_PLACE = re.compile(r"(.+?)(?:s? kommun| municipality| län| county)\Z")
_LETTER = re.compile(r"(?:section_|section |avdelning |avd\.? )?([A-V])(?:[ .:–-].*)?\Z", re.IGNORECASE)
_SIZES: dict[str, SizeName] = {
    **dict.fromkeys(("mikro", "mikroföretag", "0-9", "1-9", "<10"), "micro"),
    **dict.fromkeys(("små", "liten", "litet", "småföretag", "10-49"), "small"),
    **dict.fromkeys(("medel", "medelstor", "medelstort", "medelstora", "medium-sized", "50-249"), "medium"),
    **dict.fromkeys(("stor", "stort", "stora", "250+", "250-", ">250", ">249"), "large"),
    **{size: size for size in SIZES},
}
SHOWN = 12
"""How many of the possible names are told."""


def named(programme: Programme, of: Listed, text: str) -> str | None:
    """The id of what is meant by an id, or by a title in any language, whatever its case (`Karlshamns kommun` too).

    None where it is nothing, or more than one thing. Of a list that the programme hasn't, any id is taken as it is.
    """
    titles = programme.titles(of)
    if not titles or text.strip() in titles:
        return text.strip() or None
    words = _words(text)
    found = {id for id, title in titles.items() if any(words & _words(one) for one in (id, *title.root.values()))}
    return found.pop() if len(found) == 1 else None


def _words(text: str) -> set[str]:
    """What is said, and the same without what kind of place it is."""
    word = normalise(text)
    place = _PLACE.match(word)
    return {word, place[1]} if place is not None else {word}


def sector_named(programme: Programme, text: str) -> Sector | None:
    """The sector that is meant by an id or title of the programme's, or by a section or code of SNI, whatever the
    version, as long as both give the same."""
    found = named(programme, "sectors", text)
    known = next((sector for sector in SECTORS if sector == found), None)
    letter = _LETTER.match(text.strip())
    return known or (sector_of(letter[1], None) if letter is not None else sector_of_code(text))


def size_named(text: str) -> SizeName | None:
    """The size class that is meant by its name, by its persons (`10–49`), or by a number of persons alone."""
    word = normalise(text)
    found = _SIZES.get(word.replace(" ", "")) or _SIZES.get(word.partition(" ")[0])
    if found is None and word.isdecimal() and len(word) < 8:
        by_persons = size_class(float(word))
        return by_persons.name if by_persons is not None else None
    return found


def not_among(programme: Programme, of: Listed, text: str, at: Position | None = None) -> Diagnostic:
    """That the programme has no such thing; which it has, and which may have been meant."""
    titles = programme.titles(of)
    names = {normalise(name): name for title in titles.values() for name in title.root.values()}
    names |= {normalise(id): id for id in titles}
    shown = (
        list(titles) if of != "municipalities" else [title.root[next(iter(title.root))] for title in titles.values()]
    )
    known = ", ".join(shown[:SHOWN]) + (", …" if len(shown) > SHOWN else "")
    meant = near(normalise(text)[:100], names)
    facts = {"name": text[:80], "programme": programme.programme, "list": of, "known": known}
    return problem("AIM665", at, **facts, near=names[meant] if meant is not None else None)


def outside(programme: Programme, day: str, at: Position | None = None) -> Diagnostic | None:
    """That an ISO day isn't in the programme's period; None where it is, or no period is stated."""
    period = programme.period
    if period is None or period.from_.isoformat() <= day <= period.to.isoformat():
        return None
    return problem("AIM666", at, name=day, first=period.from_.isoformat(), last=period.to.isoformat())
