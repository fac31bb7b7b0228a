"""Numbers of companies under disclosure control: how many gave an answer, in all and by sector.

A count is protected like a group: it is shown only of enough companies, and the audit takes all that was ever counted
of the same thing, so that neither a sum less its shown parts nor today's count less last year's singles out a few. It
is shown as a band. What bands can't do: whoever knows the answers of all others may learn the last one's where the
count lies at the edge of its band (docs/benchmark.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aimaturity.benchmark.peers import Peer
from aimaturity.benchmark.rules import Rules


@dataclass(frozen=True)
class Attribute:
    """Something about companies that is counted.

    measure    names it in the ledger: `level`, a question's id, `advice:<rule>`
    values     company -> what is so of it; a company that isn't there is in no count
    by_sector  whether it is counted by sector too
    only       the values that are counted, besides all companies together; None: every one
    """

    measure: str
    values: Mapping[str, str]
    by_sector: bool = False
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class CountKey:
    """Names a count of one attribute: of a sector or of all, of one value or of all."""

    sector: str | None
    value: str | None

    def __lt__(self, other: CountKey) -> bool:
        return (self.sector or "", self.value or "") < (other.sector or "", other.value or "")


@dataclass(frozen=True)
class Counted:
    """A count: its companies, and how many stand in the same row, of whatever value."""

    key: CountKey
    companies: Sequence[Peer]
    of: int

    def may_be_shown(self, rules: Rules) -> bool:
        """Whether it may be shown for itself: at least k owners, none behind too many, and, of one value, some
        companies with another, else to know who is counted would be to know the answer."""
        n, owners = len(self.companies), Counter(peer.owner for peer in self.companies)
        if n < rules.minimum_companies or len(owners) < rules.minimum_companies:
            return False
        if max(owners.values()) > rules.largest_owner_share * n + 1e-9:
            return False
        return self.key.value is None or self.of - n >= max(2, rules.least_outside * self.of - 1e-9)


def counted(attribute: Attribute, peers: Sequence[Peer]) -> Iterator[Counted]:
    """Every count with somebody in it: the coarsest first, as what is shown first decides what may be shown besides;
    of the same kind the largest first, then by name."""
    found: dict[CountKey, list[Peer]] = {}
    for peer in peers:
        value = attribute.values.get(peer.company)
        if value is None:
            continue
        sectors = [None, peer.sector] if attribute.by_sector and peer.sector else [None]
        for sector in sectors:
            found.setdefault(CountKey(sector, None), []).append(peer)
            if attribute.only is None or value in attribute.only:
                found.setdefault(CountKey(sector, value), []).append(peer)

    def order(key: CountKey) -> tuple[bool, bool, int, CountKey]:
        return key.sector is not None, key.value is not None, -len(found[key]), key

    for key in sorted(found, key=order):
        yield Counted(key, found[key], len(found[CountKey(key.sector, None)]))
