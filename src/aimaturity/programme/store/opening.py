"""Opening a store: found or made, checked for what it is, and brought up to this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, Engine

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.programme.store.base import Clock, system_clock
from aimaturity.programme.store.engines import (
    create_file,
    create_in_postgres,
    file_of,
    place_of,
    postgres_engine,
    sqlite_engine,
    url_of,
    version_of,
)
from aimaturity.programme.store.faults import StoreRefused, reading, writing
from aimaturity.programme.store.sqlite_file import is_database, is_writable
from aimaturity.programme.store.store import Store
from aimaturity.programme.store.versions import VERSIONS


def open_store(
    url: str | None = None,
    *,
    create: bool = True,
    clock: Clock = system_clock,
    patience: float = 5.0,
) -> Store:
    """The store at a database's URL or a file's path; without one, AIMATURITY_DATABASE's, else the user's own.

    create    makes an empty store where there is none
    clock     gives the time, for what is recorded
    patience  seconds to wait for another program that writes

    A store that can't be written is opened for reading (`store.read_only`). StoreRefused, with the reason: there is
    none, it isn't a store, it is damaged, of a newer version, locked for too long, or can't be reached.
    """
    target = url_of(url)
    file, place = file_of(target), place_of(target)
    if file is None:
        return _opened(_postgres(target, place, create, patience), target, clock, False, patience)
    _is_there(file, create)
    read_only = not is_writable(file)
    return _opened(sqlite_engine(file, patience, read_only), target, clock, read_only, patience)


def _is_there(file: Path, create: bool) -> None:
    at = Position(str(file))
    with reading(str(file)):
        if file.is_dir():
            raise StoreRefused(problem("AIM002", at))
        if not file.exists():
            if not create:
                raise StoreRefused(problem("AIM601", at))
            create_file(file)
        if not is_database(file):
            raise StoreRefused(problem("AIM604", at, reason=f"{file.stat().st_size} B"))


def _postgres(target: URL, place: str, create: bool, patience: float) -> Engine:
    engine = postgres_engine(target, patience)
    try:
        if version_of(engine, place) is None:
            if not create:
                raise StoreRefused(problem("AIM601", Position(place)))
            create_in_postgres(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _opened(engine: Engine, target: URL, clock: Clock, read_only: bool, patience: float) -> Store:
    place = place_of(target)
    try:
        _brought_up(engine, place, read_only)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, target, clock, read_only, patience)


def _brought_up(engine: Engine, place: str, read_only: bool) -> None:
    """Sees to it that the store is of this version."""
    have, at = version_of(engine, place), Position(place)
    if have is None:
        raise StoreRefused(problem("AIM604", at, reason="SQLite"))
    if have == VERSIONS[-1]:
        return
    if have not in VERSIONS:
        raise StoreRefused(problem("AIM602", at, name=have, wanted=VERSIONS[-1]))
    if read_only:
        raise StoreRefused(problem("AIM630", at, name=have, wanted=VERSIONS[-1]))
    from aimaturity.programme.store.migrating import upgrade

    with writing(place):
        upgrade(engine)
