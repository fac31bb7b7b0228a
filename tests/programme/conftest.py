"""Stores to try things on: each test that asks for `url` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from aimaturity.programme.store import Store, open_store
from tests.postgres import REQUIRED, binaries, cluster
from tests.programme.filled import event, questionnaire
from tests.programme.laptops import send

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The socket's folder of a running PostgreSQL."""
    programs = binaries()
    if programs is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"PostgreSQL isn't installed, and {REQUIRED} says that it must be")
        pytest.skip("PostgreSQL isn't installed")
    with cluster(programs) as socket:
        yield socket


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty database in PostgreSQL."""
    name = f"store_{next(_numbers)}"
    address = f"host={postgres} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://postgres@/{name}?host={postgres}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that doesn't hold a store yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'företag' / 'register.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Store]]:
    """Opens the store at `url`, any number of times; all are closed at the end."""
    stores: list[Store] = []

    def again(**options: object) -> Store:
        stores.append(open_store(url, **options))  # type: ignore[arg-type]
        return stores[-1]

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    return opened()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores that know the same: a company with an open assessment and an answer, and two more companies."""
    with open_store(str(tmp_path / "här.db")) as here, open_store(str(tmp_path / "där.db")) as there:
        here.add_company("Åsas Bageri AB", id="åsa")
        here.add_company("Ö-verkstaden", id="ö")
        here.add_company("Bo & Co", id="bo")
        assessment = here.begin("åsa", questionnaire(), occasion="T0", adviser="Åke")
        here.record(assessment, [event("data_inventory", "in_heads")], position="data_inventory", seconds=60.0)
        send(here, there)
        yield here, there
