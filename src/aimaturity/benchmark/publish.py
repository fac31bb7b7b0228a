"""Publishing a benchmark set: what is shown, given all that was shown before."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aimaturity._version import __version__
from aimaturity.benchmark.audit import Audit
from aimaturity.benchmark.documents import BenchmarkSet, Group, Ledger, LedgerReference, MeasureGroups, Release, Shown
from aimaturity.benchmark.groups import Key, groups_of
from aimaturity.benchmark.peers import Measure, Peer, Peers
from aimaturity.benchmark.rules import Rules, band, may_be_shown, quartiles, shown_class, stretch
from aimaturity.definitions.hashing import content_hash
from aimaturity.scoring.document import Engine


@dataclass(frozen=True)
class Published:
    """A set, and the ledger with it. The set may travel only once this ledger is kept."""

    set: BenchmarkSet
    ledger: Ledger


def new_ledger(secret: bytes) -> Ledger:
    """A ledger in which nothing is published yet. The secret (32 random bytes) is kept apart from it."""
    return Ledger(secret_check=_token(secret, "ledger"))


def publish(peers: Peers, ledger: Ledger, secret: bytes, date: str, rules: Rules | None = None) -> Published:
    """The set of these companies, and the ledger with this publication in it. The same input gives the same bytes.

    date   today's, YYYY-MM-DD; not before the last publication's

    A group is renewed if it may be shown for itself (`may_be_shown`), differs from every group ever shown of its
    measure in no company or in k at least, and makes with them no combination that singles out a few (`Audit`). Else it
    is shown as it was, as long as all its companies are still among the peers; else not at all. Methods don't part
    histories: a new version of the method that moves no score would otherwise open them.

    ValueError: the ledger isn't whole, the secret isn't its own, or the date isn't a date or too early.
    """
    rules = rules or Rules()
    if ledger.broken_at() is not None or not hmac.compare_digest(ledger.secret_check, _token(secret, "ledger")):
        raise ValueError("the ledger is broken, or the secret is not its own")
    if dt.date.fromisoformat(date).isoformat() != date or any(r.date > date for r in ledger.releases):
        raise ValueError("the date is not YYYY-MM-DD, or before the last publication's")
    shown = [s for measure in peers.measures for s in _shown(measure, peers, ledger, secret, date, rules)]
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
    )
    return Published(made, Ledger(secret_check=ledger.secret_check, releases=[*ledger.releases, release]))


def included(ledger: Ledger, release: int, secret: bytes, company: str, measure: str, group: Group) -> bool | None:
    """Whether the company is among those of which a published group was made; None where the ledger doesn't have it."""
    token = _token(secret, "company", company)
    for shown in next((r.shown for r in ledger.releases if r.number == release), []):
        if shown.measure == measure and shown.group == group:
            return any(member.split(".")[0] == token for member in shown.members)
    return None


def _shown(measure: Measure, peers: Peers, ledger: Ledger, secret: bytes, date: str, rules: Rules) -> Iterator[Shown]:
    """The groups of one measure that are shown."""
    history = [s for release in ledger.releases for s in release.shown if s.measure == measure.id]
    guard = _Guard(history, rules)
    last = _last(peers, ledger, measure, rules)
    present = {_token(secret, "company", peer.company) for peer in peers.companies}
    for key, companies in groups_of(peers.companies, measure.id):
        members = frozenset(_member(secret, peer, measure) for peer in companies)
        before = last.pop(key, None)
        if before is not None and frozenset(before.members) == members:
            yield before
        elif _fit(companies, measure, rules) and guard.allows(members):
            guard.add(members)
            yield Shown(measure=measure.id, group=_group(key, companies, measure, date, rules), members=sorted(members))
        elif before is not None and _companies(before.members) <= present:
            yield before
    # Groups in which nobody is today: all have moved to another sector or size.
    yield from (before for _, before in sorted(last.items()) if _companies(before.members) <= present)


def _last(peers: Peers, ledger: Ledger, measure: Measure, rules: Rules) -> dict[Key, Shown]:
    """Each group as it was last shown by this method and these rules."""
    found: dict[Key, Shown] = {}
    for release in ledger.releases:
        same = (release.questionnaire_hash, release.scoring_hash) == (peers.questionnaire.hash, peers.scoring.hash)
        if same and release.rules == rules:
            for shown in release.shown:
                if shown.measure == measure.id:
                    found[Key(shown.group.rung, shown.group.sector, shown.group.size)] = shown
    return found


class _Guard:
    """Holds a group against all that were shown."""

    def __init__(self, history: Sequence[Shown], rules: Rules) -> None:
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
    entry = _token(secret, "entry", peer.company, measure.id, str(peer.classes[measure.id]))
    return f"{_token(secret, 'company', peer.company)}.{entry}"


def _token(secret: bytes, *parts: str) -> str:
    """A keyed hash of the parts, each with its length, so that no two lists of parts are the same text."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()[:32]
