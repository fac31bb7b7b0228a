"""The groups of the ladder: sector and size together, sector, size, all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aimaturity.benchmark.peers import Peer
from aimaturity.scoring.standing import RUNGS, Rung


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Names a group."""

    rung: Rung
    sector: str | None = None
    size: str | None = None


def keys_of(sector: str | None, size: str | None) -> list[tuple[Rung, Key | None]]:
    """The groups that a company belongs to, the finest first; None where what the rung needs isn't known."""
    return [
        ("sector_size", Key("sector_size", sector, size) if sector and size else None),
        ("sector", Key("sector", sector) if sector else None),
        ("size", Key("size", None, size) if size else None),
        ("all", Key("all")),
    ]


def groups_of(companies: Sequence[Peer], measure: str) -> Iterator[tuple[Key, list[Peer]]]:
    """Every group with a company that has a score in the measure: the coarsest first, as what is shown first decides
    what may be shown besides; on one rung the largest first, then by name."""
    found: dict[Key, list[Peer]] = {}
    for peer in companies:
        if measure in peer.classes:
            for _, key in keys_of(peer.sector, peer.size):
                if key is not None:
                    found.setdefault(key, []).append(peer)
    rank = {rung: index for index, rung in enumerate(reversed(RUNGS))}
    for key in sorted(found, key=lambda k: (rank[k.rung], -len(found[k]), k.sector or "", k.size or "")):
        yield key, found[key]
