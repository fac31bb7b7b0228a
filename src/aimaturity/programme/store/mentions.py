"""Where a company that was erased is still named: in what was entered of other things. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aimaturity.programme.store.alike import search_key
from aimaturity.programme.store.base import line
from aimaturity.programme.store.fold import APART, Entry

_LEAST = 4
"""Letters that a word must have to be looked for: shorter ones stand everywhere."""
_KINDS = ("activity", "assessment", "company", "decision", "pilot")
_ITS_OWN = (
    "id", "name", "organisationsnummer", "into", "company", "activity", "pilot", "decides", "definition", "digest",
)  # fmt: skip
"""Names of things, hashes, and what another company is called."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A text that names the company.

    kind, about  what it is said of, and its id (of a decision the hash of the proposal)
    field        where in it
    current      it stands there now and can be edited; False: the journal alone has it, where nothing is changed
    """

    kind: str
    about: str
    field: str
    current: bool


def names_in(ids: Iterable[str], entries: Iterable[Entry], rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """What a company is and was called: its ids, names and numbers, from its entries and rows."""
    said: list[Any] = list(ids)
    for facts in (*(entry.facts for entry in entries if entry.kind == "company"), *rows):
        said += [facts.get("name"), facts.get("organisationsnummer")]
    return {str(one) for one in said if one}


def mentions_of(
    names: Iterable[str], entries: Iterable[Entry], standing: Iterable[tuple[str, str, Mapping[str, Any]]]
) -> tuple[Mention, ...]:
    """Where one of the names stands, in order: in any case and accents, with or without legal form or hyphen.

    entries   what the journal has left
    standing  (kind, id, fields) of what can be edited
    """
    is_named = _finder(names)
    now = {
        (kind, id, field)
        for kind, id, fields in standing
        for field, text in _texts(fields)
        if field not in APART and is_named(text)
    }
    then = {
        (entry.kind, entry.about, field)
        for entry in entries
        if entry.kind in _KINDS
        for field, text in (*_texts(entry.facts), ("id", entry.about if entry.kind in ("activity", "pilot") else ""))
        if is_named(text)
    }
    return tuple(sorted([Mention(*one, True) for one in now] + [Mention(*one, False) for one in then - now]))


def _finder(names: Iterable[str]) -> Callable[[str], bool]:
    every = set(names)
    literal = {_plain(name) for name in every} | {_plain(name).replace("-", "") for name in every if _is_number(name)}
    keys = {search_key(name) for name in every if not _is_number(name)}
    wanted = _any_of(literal), _any_of(keys)

    def is_named(text: str) -> bool:
        plain, key = wanted
        return bool((plain and plain.search(_plain(text))) or (key and key.search(search_key(text))))

    return is_named


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of them at the beginning of a word: what is added at its end is grammar."""
    long = sorted(word for word in words if len(word) >= _LEAST)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, long)) + ")") if long else None


def _plain(text: str) -> str:
    return (line(text) or "").casefold()


def _is_number(name: str) -> bool:
    return re.fullmatch(r"\d{6}-\d{4}", name) is not None


def _texts(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, a text in it)."""
    for field, value in fields.items():
        if field not in _ITS_OWN:
            yield from ((field, text) for text in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
