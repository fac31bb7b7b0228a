"""Connections: how SQLite and PostgreSQL are opened, and what is asked of each so that a commit is on disk."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.library import home_folder
from aimaturity.programme.store.faults import StoreRefused, reading, writing
from aimaturity.programme.store.schema import METADATA, VERSIONS, version

FILE_NAME = "aimaturity.db"
BESIDE = ("", "-wal", "-shm")
"""Endings of the files that a store in SQLite consists of."""
WRITES = "aimaturity_writes"
"""Execution option of a connection whose transactions write: they take SQLite's lock at once, not half-way."""
_HEADER = b"SQLite format 3\0"


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


def is_writable(file: Path) -> bool:
    """Whether a store's file can be written: that takes its folder too, for the log beside it."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def sqlite_engine(file: Path, patience: float, read_only: bool) -> Engine:
    """Connections to a store's file. `patience`: seconds to wait for another program's write."""

    def connect() -> sqlite3.Connection:
        return connect_file(file, patience, read_only)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=2, max_overflow=4)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def connect_file(file: Path, patience: float, read_only: bool) -> sqlite3.Connection:
    """One connection, as every connection to a store must be."""
    uri = f"file:{quote(str(file.absolute()))}?mode={'ro' if read_only else 'rw'}"
    if read_only and not _has_log(file) and not os.access(file.parent, os.W_OK):
        uri += "&immutable=1"  # SQLite can't make its shared memory in this folder, and nobody else can write in it
    made = sqlite3.connect(uri, timeout=patience, isolation_level=None, check_same_thread=False, uri=True)
    try:
        made.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE can't pass the triggers by
        made.execute("PRAGMA temp_store = MEMORY")  # no answers in temporary files
        if not read_only:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = FULL")
            made.execute("PRAGMA secure_delete = ON")
    except BaseException:
        made.close()
        raise
    return made


def _has_log(file: Path) -> bool:
    """Whether there may be commits that stand in the write-ahead log alone."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def is_database(file: Path) -> bool:
    """Whether the file begins as SQLite's do."""
    with file.open("rb") as stream:
        return stream.read(len(_HEADER)) == _HEADER


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


def make_folder(folder: Path) -> None:
    """The folder, for its owner alone where it is made here."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def touch_private(file: Path) -> None:
    """A new, empty file that only its owner can read. FileExistsError where there is one."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def put_in_place(draft: Path, file: Path) -> bool:
    """Gives a finished file its name, on disk; False where that name is taken, and then nothing has changed."""
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)  # unlike a rename, it never replaces
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        try:
            touch_private(file)
        except FileExistsError:
            return False
        draft.replace(file)
    else:
        draft.unlink()
    sync_folder(file.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder last through a power cut, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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


def create_in_postgres(engine: Engine, place: str) -> None:
    """The tables in a database that has none of them; of two programs at once, the second finds the first's."""
    from sqlalchemy import inspect, text

    with writing(place), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(4147012)"))
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
