"""Invented companies with scores, programmes of several publications, and what an uncontrolled hub would publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from aimaturity.benchmark.documents import BenchmarkSet, Ledger
from aimaturity.benchmark.peers import Measure, Peer, Peers
from aimaturity.benchmark.publish import new_ledger, publish
from aimaturity.benchmark.rules import Rules, class_of
from aimaturity.scoring.document import Definition

SECRET = b"not a secret: for tests alone"
SECTOR_NAMES = ("industry", "construction", "information_communication", "finance", "agriculture")
SIZE_NAMES = ("micro", "small", "medium")
QUESTIONNAIRE = Definition(id="q", version="1", hash="sha256:q", title={"sv": "Frågor"})
SCORING = Definition(id="s", version="1", hash="sha256:s", title={"sv": "Poäng"})
MEASURE = Measure(id="climate", kind="node", title={"sv": "Klimatnytta"}, lowest=0, highest=100)


@dataclass(frozen=True)
class Firm:
    """A company with a score of 0 to 100 in the one measure."""

    id: str
    score: float
    sector: str | None = "industry"
    size: str | None = "small"


def peers(firms: Sequence[Firm], owners: Mapping[str, str] | None = None) -> Peers:
    companies: list[Any] = [
        Peer(f.id, (owners or {}).get(f.id, f.id), f.sector, f.size, {MEASURE.id: class_of(f.score, 0, 100)})  # type: ignore[arg-type]
        for f in firms
    ]
    return Peers(QUESTIONNAIRE, SCORING, False, [MEASURE], companies)


def published(versions: Sequence[Sequence[Firm]], rules: Rules | None = None) -> tuple[list[BenchmarkSet], Ledger]:
    """The sets of successive publications, on the first days of January, and the ledger after them."""
    ledger, sets = new_ledger(SECRET), []
    for number, firms in enumerate(versions, start=1):
        done = publish(peers(firms), ledger, SECRET, day(number), rules)
        sets.append(done.set)
        ledger = done.ledger
    return sets, ledger


def day(number: int) -> str:
    return f"2026-01-{number:02d}"


def groups(benchmark_set: BenchmarkSet) -> dict[tuple[str, str | None, str | None], Any]:
    """The groups that are shown in the one measure, by rung, sector and size."""
    return {(g.rung, g.sector, g.size): g for g in benchmark_set.measures[0].groups}


def members(firms: Sequence[Firm], key: tuple[str, str | None, str | None]) -> list[Firm]:
    """The companies of a group, by its name."""
    _, sector, size = key
    return [f for f in firms if sector in (None, f.sector) and size in (None, f.size)]


def all_keys(firms: Sequence[Firm]) -> list[tuple[str, str | None, str | None]]:
    """Every group in which somebody is."""
    found: dict[tuple[str, str | None, str | None], None] = {("all", None, None): None}
    for f in firms:
        found |= {("sector", f.sector, None): None} if f.sector else {}
        found |= {("size", None, f.size): None} if f.size else {}
        found |= {("sector_size", f.sector, f.size): None} if f.sector and f.size else {}
    return list(found)


def programme(seed: int) -> list[list[Firm]]:
    """The companies at three or four publications: some join, a few leave, a few are assessed anew."""
    rng = np.random.default_rng(seed)
    sectors = list(SECTOR_NAMES[: rng.integers(1, 6)])
    weights = rng.dirichlet(np.full(len(sectors), 1.5))
    spread = rng.choice(["even", "low", "middle", "steps"])

    def score() -> float:
        draw = {"even": rng.uniform(0, 100), "low": rng.exponential(15), "middle": rng.normal(45, 15)}
        points = draw.get(str(spread), 12.5 * rng.integers(0, 9))
        return float(np.clip(points, 0, 100))

    def firm(number: int) -> Firm:
        sector = None if rng.random() < 0.05 else str(rng.choice(sectors, p=weights))
        size = None if rng.random() < 0.05 else str(rng.choice(SIZE_NAMES, p=[0.5, 0.35, 0.15]))
        return Firm(f"företag-{number}", score(), sector, size)

    pool = [firm(number) for number in range(int(rng.integers(12, 90)))]
    now = pool[: int(rng.integers(8, len(pool)))]
    versions = [list(now)]
    waiting = pool[len(now) :]
    for _ in range(int(rng.integers(2, 4))):
        joining = int(rng.choice([1, 2, 6, 12]))
        leaving = int(rng.choice([0, 0, 1, 6]))
        now = [f for f in now if f.id not in {g.id for g in rng.choice(np.array(now, object), min(leaving, len(now)))}]
        changed = set(rng.integers(0, max(1, len(now)), int(rng.integers(0, 3))).tolist())
        now = [replace(f, score=score()) if i in changed else f for i, f in enumerate(now)]
        now, waiting = now + waiting[:joining], waiting[joining:]
        versions.append(list(now))
    return versions


SCORES = st.one_of(st.integers(0, 100).map(float), st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 6)))


@st.composite
def firms(draw: st.DrawFn, at_least: int = 0, at_most: int = 40) -> list[Firm]:
    """Companies of up to three sectors and three sizes, some not known."""
    some = draw(
        st.lists(
            st.tuples(
                SCORES,
                st.sampled_from([*SECTOR_NAMES[:3], None]),
                st.sampled_from([*SIZE_NAMES, "small", "micro", None]),
            ),
            min_size=at_least,
            max_size=at_most,
        )
    )
    return [Firm(f"bolag-{i}", score, sector, size) for i, (score, sector, size) in enumerate(some)]
