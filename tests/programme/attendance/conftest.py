"""Lists are tried on SQLite; what they do in the database is tried on both with `opened`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aimaturity.programme.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "företag" / "register.db")) as store:
        yield store
