"""From entries to what they add up to. Pure: the same entries give the same, in whatever order they came.

Entries are ordered by `clock`, a logical clock (Lamport, Communications of the ACM 21(7), 1978): an entry's is higher
than that of every entry that its store knew of. Stores that didn't know of each other may have given the same one; then
the store's name decides, and the entry's own id. The later of two entries about the same field counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["company", "assessment", "activity", "participation", "pilot", "pilot_company", "decision"]
KINDS: tuple[Kind, ...] = (
    "company", "assessment", "activity", "participation", "pilot", "pilot_company", "decision",
)  # fmt: skip
WHATS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "company": frozenset({"added", "edited", "merged", "erased"}),
        "assessment": frozenset({"begun", "edited", "finished", "reopened"}),
        "activity": frozenset({"added", "edited", "removed", "listed"}),
        "participation": frozenset({"added", "edited", "removed"}),
        "pilot": frozenset({"added", "edited", "status", "outcome"}),
        "pilot_company": frozenset({"added", "edited", "removed"}),
        "decision": frozenset({"decided"}),
    }
)
"""Kind -> what may be done. A bundle with anything else was written by a newer version."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered in the register.

    uid     names the entry in every store
    clock   its place in the order of entries
    device  the store that it was entered in
    at      that machine's time, with its offset from UTC
    who     the person who entered it, where known
    kind    what it is about: of a company, participation or pilot_company, `about` is a company's id
    what    what was done: `added`, `edited`, `merged` ...
    """

    uid: str
    clock: int
    device: str
    at: str
    who: str | None
    kind: Kind
    about: str
    what: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Place = tuple[int, str, str]
NEVER: Place = (1 << 62, "", "")
"""After every entry: what follows from numbers alone, nobody has said anything knowing of."""


def place(entry: Entry) -> Place:
    """An entry's place in the order in which entries count."""
    return entry.clock, entry.device, entry.uid


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which they count."""
    return sorted(entries, key=place)


@dataclass(slots=True)
class Company:
    """What the entries about a company add up to.

    fields     as entered; a number that another company has too is that one's
    joined     the company that it is part of
    by_number  that follows from their number alone: no entry says so
    gave_up    its number, which another company has
    said       field -> the place in order of the entry that last said it
    since      the place of the entry that joined it
    """

    id: str
    added: Entry
    fields: dict[str, Any]
    joined: str | None = None
    by_number: bool = False
    gave_up: str | None = None
    said: dict[str, Place] = field(default_factory=dict)
    since: Place = (0, "", "")


def companies(entries: Iterable[Entry]) -> dict[str, Company]:
    """Company id -> what its entries add up to, from all entries of kind `company`.

    Merges are taken in order; one between two that are the same already does nothing. Companies in which the same
    organisationsnummer was entered without knowing of each other are the same one: that which was added first. What a
    company lacks, those that are part of it give it, unless it was taken away knowing of them; and a no to benchmarks
    holds unless it was taken back so. An entry about a company that nobody added (its adding was erased, or is in a
    bundle that hasn't come) adds nothing.
    """
    found: dict[str, Company] = {}
    merges: list[tuple[str, str, Place]] = []
    for entry in in_order(entries):
        company = found.get(entry.about)
        if entry.what == "added":
            new = {key: value for key, value in entry.facts.items() if value is not None}
            if company is None:
                company = found[entry.about] = Company(entry.about, entry, dict(entry.facts))
            else:  # added in two stores: the second fills in what is lacking
                new = {key: value for key, value in new.items() if company.fields.get(key) is None}
                company.fields |= new
            company.said |= dict.fromkeys(new, place(entry))
        elif entry.what == "merged":
            merges.append((entry.about, str(entry.facts["into"]), place(entry)))
        elif entry.what == "edited" and company is not None:
            company.fields |= entry.facts
            company.said |= dict.fromkeys(entry.facts, place(entry))
    for source, into, when in merges:
        if source in found and into in found and (one := root(found, source)) != (other := root(found, into)):
            found[one].joined, found[one].since = other, when
    for company in found.values():
        _take_away(found, company)
    _same_numbers(found)
    for company in sorted(found.values(), key=lambda c: (place(c.added), c.id)):
        if company.joined is not None:
            _give(found, company)
    for company in found.values():
        if company.joined is not None:
            company.joined = root(found, company.id)
    return found


def _above(found: Mapping[str, Company], company: Company) -> Iterator[tuple[Company, Place]]:
    """The companies that this one is part of, the nearest first, and since when."""
    into, known = company, company.since
    while into.joined is not None:
        known, into = max(known, into.since), found[into.joined]
        yield into, known


def _take_away(found: Mapping[str, Company], company: Company) -> None:
    """Takes a company's number from it where it was taken from one that it is part of: it would be a reason to join
    others to them."""
    name = "organisationsnummer"
    for into, known in _above(found, company):
        after = max(known, company.said.get(name, known))
        if into.fields.get(name) is None and into.said.get(name, after) > after:
            company.fields[name] = None


def _give(found: Mapping[str, Company], company: Company) -> None:
    """Gives the company that this one is part of what it lacks."""
    *_, (into, known) = _above(found, company)
    for name in ("name", "organisationsnummer", "owner", "benchmark"):
        mine, theirs = company.fields.get(name), into.fields.get(name)
        refuses = name == "benchmark" and mine == "no"
        after = max(known, company.said.get(name, known))
        if mine is None or theirs == mine or (theirs is not None and not refuses) or into.said.get(name, after) > after:
            continue
        into.fields[name] = mine
        if name == "organisationsnummer":
            company.fields[name] = None


def root(found: Mapping[str, Company], id: str) -> str:
    """The company that this one is part of, or itself."""
    while (joined := found[id].joined) is not None:
        id = joined
    return id


def _same_numbers(found: dict[str, Company]) -> None:
    first: dict[str, Company] = {}
    for company in sorted(found.values(), key=lambda c: (c.joined is not None, c.added.clock, c.added.device, c.id)):
        number = company.fields.get("organisationsnummer")
        if number is None:
            continue
        owner = first.setdefault(number, company)
        if owner is not company:
            company.fields["organisationsnummer"], company.gave_up = None, number
            joining, into = found[root(found, company.id)], root(found, owner.id)
            if joining.id != into:
                joining.joined, joining.by_number, joining.since = into, True, NEVER


def assessments(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """Assessment id -> its fields, from entries of kind `assessment`; `company` as it was when it was begun. One whose
    beginning was erased isn't there."""
    found: dict[str, dict[str, Any]] = {}
    for entry in in_order(entries):
        if entry.what == "begun":  # a second one (copies of one store that parted before they had names) fills in
            said = found.setdefault(entry.about, {})
            said |= {key: value for key, value in entry.facts.items() if said.get(key) is None}
        elif entry.about in found:
            found[entry.about] |= entry.facts
    return found


COUNTED = ("women", "men", "other", "hours")
"""What counts of a participation; the list that it was read from is said beside it."""


def participations(entries: Iterable[Entry]) -> dict[tuple[str, str], dict[str, Any]]:
    """(activity, company as entered) -> counts and hours, from entries of kind `participation`; those taken back are
    left out. One at an activity that is gone counts again if the activity does."""
    found = _by_pair(entries, "activity")
    return {pair: {name: said[name] for name in COUNTED if name in said} for pair, said in found.items()}


def pilot_companies(entries: Iterable[Entry]) -> dict[tuple[str, str], dict[str, Any]]:
    """(pilot, company as entered) -> what is said of the company in it."""
    return _by_pair(entries, "pilot")


def _by_pair(entries: Iterable[Entry], other: str) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in in_order(entries):
        key = (str(entry.facts[other]), entry.about)
        if entry.what == "removed":
            found.pop(key, None)
        else:
            found[key] = {name: value for name, value in entry.facts.items() if name != other}
    return found


def things(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """Id -> fields, of things that are added, edited and removed (activities): the later of two about a field counts;
    a removed one that is added or edited later is there again. Of one that was added in two stores, the second fills in
    what is lacking."""
    found: dict[str, dict[str, Any]] = {}
    gone: set[str] = set()
    for entry in in_order(entries):
        if entry.what == "removed":
            gone.add(entry.about)
        elif entry.what in ("added", "edited"):
            said, facts = found.setdefault(entry.about, {}), dict(entry.facts)
            if entry.what == "added" and entry.about not in gone:
                facts = {key: value for key, value in facts.items() if said.get(key) is None}
            gone.discard(entry.about)
            said |= facts
    return {id: said for id, said in found.items() if id not in gone}


APART = ("companies", "history", "outcomes")
"""Fields of a pilot's card that entries of their own say."""


def pilots(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """Pilot -> its card as plain data without companies, from entries of kind `pilot`.

    History is ordered by the days of its steps, so that two stores' steps stand as things happened; a step that was
    entered in both stands once. Of an occasion the later outcome counts. One that nobody added (its adding is in a
    bundle that hasn't come), or that has no history, isn't there.
    """
    cards: dict[str, dict[str, Any]] = {}
    history: dict[str, list[dict[str, Any]]] = {}
    outcomes: dict[str, dict[str, dict[str, Any]]] = {}
    added: set[str] = set()
    for entry in in_order(entries):
        facts = dict(entry.facts)
        if entry.what == "status":
            history.setdefault(entry.about, []).append(facts)
        elif entry.what == "outcome":
            outcomes.setdefault(entry.about, {})[str(facts["occasion"])] = facts
        elif entry.what in ("added", "edited"):
            cards[entry.about] = cards.get(entry.about, {}) | facts
            added |= {entry.about} if entry.what == "added" else set()
    return {
        id: {"id": id}
        | card
        | {
            "history": _steps(history[id]),
            "outcomes": [outcome for _, outcome in sorted(outcomes.get(id, {}).items())],
        }
        for id, card in cards.items()
        if id in added and id in history
    }


def _steps(entered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ordered = sorted(entered, key=lambda step: str(step["date"]))
    return [step for n, step in enumerate(ordered) if n == 0 or step != ordered[n - 1]]


def decisions(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Every decision on a proposal of pilots, in the order in which they were entered."""
    return [dict(entry.facts) for entry in in_order(entries)]
