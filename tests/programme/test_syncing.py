"""Stores that exchange bundles come to know the same, in whatever order they hear of it, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aimaturity.programme.store import Store, open_store
from tests.programme.laptops import ACTIONS, act, content, exchange, recorded, send

CASES = int(os.environ.get("AIMATURITY_CASES", "25"))
"""Random programmes that are tried; raise it for a long run."""
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, len(ACTIONS) + 5), st.integers(0, 5), st.integers(0, 11)), max_size=20
)
"""(store, action or exchange, two numbers that choose what it is about)."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tom") / "r.db"
    open_store(str(path)).close()
    return path


def go(stores: list[Store], steps: list[tuple[int, int, int, int]]) -> None:
    """Lets stores act and exchange bundles, then tell each other everything; nothing that was recorded may be lost."""
    entries: set[str] = set()
    events: set[tuple[str, int, str]] = set()
    for which, action, n, m in steps:
        store = stores[which % len(stores)]
        if action < len(ACTIONS):
            act(store, action, n, m)
        else:
            send(stores[n % len(stores)], store)
        new_entries, new_events = recorded(store)
        entries, events = entries | new_entries, events | new_events
        assert store.out_of_step() == []
    exchange(stores)
    first = content(stores[0])
    for store in stores[1:]:
        assert content(store) == first
    erased = {row["uid"] for row in first["erased"]}
    left, answers = recorded(stores[0])
    assert entries - erased <= left
    assert {key for key in events if key[0] not in erased} == answers
    for store in stores:
        assert store.out_of_step() == []
        assert store.check() == []


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_interleaving_gives_every_store_the_same(empty: Path, steps: list[tuple[int, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(str(shutil.copy(empty, Path(folder) / f"{n}.db"))) for n in range(3)]
        try:
            go(stores, steps)
        finally:
            for store in stores:
                store.close()
