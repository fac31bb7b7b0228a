"""Connections: how SQLite and PostgreSQL are opened, and what is asked of each so that a commit is on disk."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.library import home_folder
from aimaturity.programme.store.faults import StoreRefused, reading, writing
from aimaturity.programme.store.schema import METADATA, version
from aimaturity.programme.store.sqlite_file import (
    BESIDE,
    FILE_NAME,
    connect_file,
    make_folder,
    put_in_place,
    touch_private,
)
from aimaturity.programme.store.versions import VERSIONS

WRITES = "aimaturity_writes"
"""Execution option of a connection whose transactions write: they take SQLite's lock at once, not half-way."""
_MAKING = 4147012
"""Names the lock of those who make or change tables in PostgreSQL."""


def url_of(address: str | None) -> URL:
    """The database that is meant: `address` (a URL or the path of a file), else AIMATURITY_DATABASE, else the file in
    the user's home for such data."""
    address = address or os.environ.get("AIMATURITY_DATABASE") or str(home_folder() / FILE_NAME)
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        known = url.drivername in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
        file_named = bool(url.database) and url.database != ":memory:"
    except ArgumentError:
        raise StoreRefused(problem("AIM610", name=_without_password(address))) from None
    if not known or (url.drivername.startswith("sqlite") and not file_named):
        raise StoreRefused(problem("AIM610", name=_without_password(address)))
    return url


def _without_password(address: str) -> str:
    head, at, tail = address.rpartition("@")
    return f"{head.partition('://')[0]}://***@{tail}"[:200] if at else address[:200]


def file_of(url: URL) -> Path | None:
    """The file of a store in SQLite; None for PostgreSQL."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def place_of(url: URL) -> str:
    """What to call the database in a message: its file, or its address without password."""
    file = file_of(url)
    return str(file) if file is not None else url.render_as_string(hide_password=True)


def sqlite_engine(file: Path, patience: float, read_only: bool) -> Engine:
    """Connections to a store's file. `patience`: seconds to wait for another program's write."""

    def connect() -> sqlite3.Connection:
        return connect_file(file, patience, read_only)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=2, max_overflow=4)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def create_file(file: Path) -> None:
    """A new store's file, readable by its owner alone. It is made whole under another name first, so that a crash
    leaves no half of one; where somebody else has made it meanwhile, theirs stays."""
    place = str(file)
    with writing(place):
        make_folder(file.parent)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}.new")
        try:
            touch_private(draft)
            engine = sqlite_engine(draft, 5.0, read_only=False)
            try:
                create_tables(engine)
            finally:
                engine.dispose()
            put_in_place(draft, file)
        finally:
            for ending in BESIDE:
                with suppress(OSError):  # what is gone already, or can't be removed: its name says what it is
                    draft.with_name(draft.name + ending).unlink()


def create_tables(engine: Engine) -> None:
    """All tables and triggers of this version, in one transaction."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        METADATA.create_all(connection)
        connection.execute(version.insert().values(version_num=VERSIONS[-1]))


def postgres_engine(url: URL, patience: float) -> Engine:
    """Connections to PostgreSQL."""
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=2,
            max_overflow=4,
            connect_args={
                "connect_timeout": max(2, round(patience)),
                "application_name": "aimaturity",
                "options": f"-c lock_timeout={round(patience * 1000)} -c synchronous_commit=on "
                "-c default_transaction_isolation=read\\ committed",
            },
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreRefused(problem("AIM626", Position(place_of(url)))) from None
    return engine


def one_at_a_time(connection: Connection) -> None:
    """Waits until nobody else makes or changes tables, and keeps others waiting until the transaction ends. In SQLite
    whoever writes is alone anyhow."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")


def create_in_postgres(engine: Engine, place: str) -> None:
    """The tables in a database that has none of them; of two programs at once, the second finds the first's."""
    from sqlalchemy import inspect

    with writing(place), engine.begin() as connection:
        one_at_a_time(connection)
        there: Any = inspect(connection)
        if there.has_table(version.name):
            return
        taken = [name for name in METADATA.tables if there.has_table(name)]
        if taken:
            raise StoreRefused(problem("AIM604", Position(place), reason=", ".join(taken)))
        METADATA.create_all(connection)
        connection.execute(version.insert().values(version_num=VERSIONS[-1]))


def version_of(engine: Engine, place: str) -> str | None:
    """The version of a database's tables; None where it has none."""
    from sqlalchemy import inspect, select

    with reading(place), engine.connect() as connection:
        there: Any = inspect(connection)
        if not there.has_table(version.name):
            return None
        return connection.execute(select(version.c.version_num)).scalar_one_or_none() or ""
