"""Publishing a benchmark set: what is shown, given all that was shown before."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aimaturity._version import __version__
from aimaturity.benchmark.audit import Audit
from aimaturity.benchmark.counts import Attribute, Counted, CountKey, counted
from aimaturity.benchmark.documents import (
    BenchmarkSet,
    Count,
    Group,
    Ledger,
    LedgerReference,
    MeasureGroups,
    Release,
    Shown,
    ShownCount,
)
from aimaturity.benchmark.groups import Key, groups_of
from aimaturity.benchmark.peers import Measure, Peer, Peers
from aimaturity.benchmark.rules import Rules, band, may_be_shown, quartiles, shown_class, stretch
from aimaturity.definitions.hashing import content_hash
from aimaturity.scoring.document import Engine


@dataclass(frozen=True)
class Published:
    """A set, the counts that go out with it, and the ledger with both. They may travel only once this ledger is
    kept."""

    set: BenchmarkSet
    ledger: Ledger
    counts: Sequence[Count] = ()


def new_ledger(secret: bytes) -> Ledger:
    """A ledger in which nothing is published yet. The secret (32 random bytes) is kept apart from it."""
    return Ledger(secret_check=_token(secret, "ledger"))


def belongs(secret: bytes, ledger: Ledger) -> bool:
    """Whether the secret is the one that the ledger's tokens were made with."""
    return hmac.compare_digest(ledger.secret_check, _token(secret, "ledger"))


def publish(
    peers: Peers,
    ledger: Ledger,
    secret: bytes,
    date: str,
    rules: Rules | None = None,
    attributes: Sequence[Attribute] = (),
) -> Published:
    """The set of these companies, and the ledger with this publication in it. The same input gives the same bytes.

    date        today's, YYYY-MM-DD; not before the last publication's
    attributes  what is counted besides; of companies that aren't among the peers nothing is

    A group is renewed if it may be shown for itself (`may_be_shown`), differs from every group ever shown of its
    measure in no company or in k at least, and makes with them no combination that singles out a few (`Audit`). Else it
    is shown as it was, as long as all its companies are still among the peers; else not at all. Methods don't part
    histories: a new version of the method that moves no score would otherwise open them.

    ValueError: the ledger isn't whole, the secret isn't its own, or the date isn't a date or too early.
    """
    rules = rules or Rules()
    if ledger.broken_at() is not None or not belongs(secret, ledger):
        raise ValueError("the ledger is broken, or the secret is not its own")
    if dt.date.fromisoformat(date).isoformat() != date or any(r.date > date for r in ledger.releases):
        raise ValueError("the date is not YYYY-MM-DD, or before the last publication's")
    shown = [s for measure in peers.measures for s in _shown(measure, peers, ledger, secret, date, rules)]
    counts = [s for attribute in attributes for s in _counts(attribute, peers, ledger, secret, date, rules)]
    number = len(ledger.releases) + 1
    previous = content_hash(ledger.releases[-1]) if ledger.releases else None
    made = BenchmarkSet(
        engine=Engine(name="aimaturity", version=__version__),
        questionnaire=peers.questionnaire,
        scoring=peers.scoring,
        indication=peers.indication,
        date=date,
        rules=rules,
        ledger=LedgerReference(release=number, previous=previous),
        measures=[
            MeasureGroups(measure=m, groups=[s.group for s in shown if s.measure == m.id]) for m in peers.measures
        ],
    )
    release = Release(
        number=number,
        date=date,
        questionnaire_hash=peers.questionnaire.hash,
        scoring_hash=peers.scoring.hash,
        rules=rules,
        set_hash=content_hash(made),
        previous=previous,
        shown=shown,
        counts=counts,
    )
    after = Ledger(secret_check=ledger.secret_check, releases=[*ledger.releases, release])
    return Published(made, after, [each.count for each in counts])


def included(ledger: Ledger, release: int, secret: bytes, company: str, measure: str, group: Group) -> bool | None:
    """Whether the company is among those of which a published group was made; None where the ledger doesn't have it."""
    token = _token(secret, "company", company)
    for shown in next((r.shown for r in ledger.releases if r.number == release), []):
        if shown.measure == measure and shown.group == group:
            return any(member.split(".")[0] == token for member in shown.members)
    return None


class _Listed(Protocol):
    """What the ledger keeps of something shown."""

    @property
    def members(self) -> list[str]: ...


S = TypeVar("S", bound=_Listed)
K = TypeVar("K", Key, CountKey)


@dataclass(frozen=True)
class _Candidate(Generic[K, S]):
    """What may be shown: of whom it is, whether it may be shown for itself, and how it is made."""

    key: K
    members: frozenset[str]
    fit: bool
    make: Callable[[], S]


def _decided(candidates: Iterable[_Candidate[K, S]], last: dict[K, S], guard: _Guard, present: set[str]) -> Iterator[S]:
    """What is shown of the candidates, in their order, given what was shown last and all that ever was."""
    for each in candidates:
        before = last.pop(each.key, None)
        if before is not None and frozenset(before.members) == each.members:
            yield before
        elif each.fit and guard.allows(each.members):
            guard.add(each.members)
            yield each.make()
        elif before is not None and _companies(before.members) <= present:
            yield before
    # What nobody belongs to today: all have moved to another sector, size or answer.
    yield from (before for _, before in sorted(last.items()) if _companies(before.members) <= present)


def _shown(measure: Measure, peers: Peers, ledger: Ledger, secret: bytes, date: str, rules: Rules) -> Iterator[Shown]:
    """The groups of one measure that are shown."""
    history = [s for release in ledger.releases for s in release.shown if s.measure == measure.id]
    last: dict[Key, Shown] = {}
    for release in _alike(peers, ledger, rules):
        for shown in release.shown:
            if shown.measure == measure.id:
                last[Key(shown.group.rung, shown.group.sector, shown.group.size)] = shown

    def candidates() -> Iterator[_Candidate[Key, Shown]]:
        for key, companies in groups_of(peers.companies, measure.id):
            members = frozenset(_member(secret, peer, measure) for peer in companies)

            def make(key: Key = key, companies: list[Peer] = companies, members: frozenset[str] = members) -> Shown:
                group = _group(key, companies, measure, date, rules)
                return Shown(measure=measure.id, group=group, members=sorted(members))

            yield _Candidate(key, members, _fit(companies, measure, rules), make)

    return _decided(candidates(), last, _Guard(history, rules), _present(peers, secret))


def _counts(
    attribute: Attribute, peers: Peers, ledger: Ledger, secret: bytes, date: str, rules: Rules
) -> Iterator[ShownCount]:
    """The counts of one attribute that are shown."""
    history = [s for release in ledger.releases for s in release.counts if s.count.measure == attribute.measure]
    last = {
        CountKey(shown.count.sector, shown.count.value): shown
        for release in _alike(peers, ledger, rules)
        for shown in release.counts
        if shown.count.measure == attribute.measure
    }

    def candidates() -> Iterator[_Candidate[CountKey, ShownCount]]:
        for each in counted(attribute, peers.companies):
            members = frozenset(
                _entry(secret, peer.company, attribute.measure, attribute.values[peer.company])
                for peer in each.companies
            )

            def make(each: Counted = each, members: frozenset[str] = members) -> ShownCount:
                count = Count(
                    measure=attribute.measure,
                    sector=each.key.sector,
                    value=each.key.value,
                    companies=band(len(each.companies), rules),
                    as_of=date,
                )
                return ShownCount(count=count, members=sorted(members))

            yield _Candidate(each.key, members, each.may_be_shown(rules), make)

    return _decided(candidates(), last, _Guard(history, rules), _present(peers, secret))


def _present(peers: Peers, secret: bytes) -> set[str]:
    return {_token(secret, "company", peer.company) for peer in peers.companies}


def _alike(peers: Peers, ledger: Ledger, rules: Rules) -> Iterator[Release]:
    """The releases by this method and these rules, in order."""
    for release in ledger.releases:
        same = (release.questionnaire_hash, release.scoring_hash) == (peers.questionnaire.hash, peers.scoring.hash)
        if same and release.rules == rules:
            yield release


class _Guard:
    """Holds a group against all that were shown."""

    def __init__(self, history: Sequence[_Listed], rules: Rules) -> None:
        self.least = rules.minimum_companies
        self.shown = list(dict.fromkeys(frozenset(shown.members) for shown in history))
        self.audit = Audit(self.shown, rules.apart)

    def allows(self, members: frozenset[str]) -> bool:
        """Whether it differs from each in no company or in `least`, and no combination singles out a few."""
        apart = all(members == other or len(_companies(members ^ other)) >= self.least for other in self.shown)
        return apart and self.audit.allows(members)

    def add(self, members: frozenset[str]) -> None:
        self.shown.append(members)
        self.audit.add(members)


def _companies(members: Sequence[str] | frozenset[str]) -> set[str]:
    return {member.split(".")[0] for member in members}


def _fit(companies: Sequence[Peer], measure: Measure, rules: Rules) -> bool:
    classes = [shown_class(peer.classes[measure.id], rules) for peer in companies]
    return may_be_shown(classes, Counter(peer.owner for peer in companies), rules)


def _group(key: Key, companies: Sequence[Peer], measure: Measure, date: str, rules: Rules) -> Group:
    classes = [shown_class(peer.classes[measure.id], rules) for peer in companies]
    low, middle, high = (stretch(number, measure.lowest, measure.highest, rules) for number in quartiles(classes))
    return Group(
        rung=key.rung,
        sector=key.sector,
        size=key.size,
        companies=band(len(companies), rules),
        lower_quartile=low,
        median=middle,
        upper_quartile=high,
        as_of=date,
    )


def _member(secret: bytes, peer: Peer, measure: Measure) -> str:
    return _entry(secret, peer.company, measure.id, str(peer.classes[measure.id]))


def _entry(secret: bytes, company: str, measure: str, value: str) -> str:
    return f"{_token(secret, 'company', company)}.{_token(secret, 'entry', company, measure, value)}"


def _token(secret: bytes, *parts: str) -> str:
    """A keyed hash of the parts, each with its length, so that no two lists of parts are the same text."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()[:32]
