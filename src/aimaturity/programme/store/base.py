"""What all parts of a store share: its connections, its clock, and how times and words are written down."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select, text
from sqlalchemy.engine import URL, Connection, Engine, Row

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.validation import near
from aimaturity.programme.store import schema
from aimaturity.programme.store.engines import WRITES, file_of, place_of
from aimaturity.programme.store.faults import NotSaved, StoreRefused, reading, writing
from aimaturity.responses.identity import organisation_number
from aimaturity.responses.normalise import normalise

Clock = Callable[[], dt.datetime]
_WRITING = 4147013
"""Names the lock that those who write to PostgreSQL share."""

LONGEST = 300
"""Characters of an id, a name, or who somebody is."""


def system_clock() -> dt.datetime:
    """Now, with the machine's offset from UTC."""
    return dt.datetime.now().astimezone()


class Base:
    """An open store. Every method opens its own transaction and leaves none behind; threads may share it."""

    def __init__(self, engine: Engine, url: URL, clock: Clock, read_only: bool, patience: float) -> None:
        self.url, self.read_only, self.patience = url, read_only, patience
        self.place = place_of(url)
        self._engine, self._clock = engine, clock

    @property
    def file(self) -> Path | None:
        """The store's file; None where it is in PostgreSQL."""
        return file_of(self.url)

    def close(self) -> None:
        """Closes all connections. What was recorded is on disk long before."""
        self._engine.dispose()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store from beginning to end."""
        snapshot = {} if self.file is not None else {"isolation_level": "REPEATABLE READ"}
        with (
            reading(self.place),
            self._engine.connect().execution_options(**snapshot) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _write(self, alone: bool = False) -> Iterator[Connection]:
        """A transaction that is on disk when the block is left without an exception, and never happened otherwise.

        alone  begins when no other is going on, and others wait until it has ended: for what changes rows that it
               couldn't lock one by one. In SQLite all are alone.
        """
        if self.read_only:
            raise NotSaved(problem("AIM605", Position(self.place), reason="read-only"))
        with (
            writing(self.place),
            self._engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            if self.file is None:
                lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                connection.execute(text(f"SELECT {lock}({_WRITING})"))
            yield connection

    def _now(self) -> str:
        now = self._clock()
        return (now if now.tzinfo is not None else now.astimezone()).isoformat(timespec="milliseconds")

    def _refused(self, code: str, **facts: object) -> StoreRefused:
        return StoreRefused(problem(code, Position(self.place), **facts))

    def _short(self, field: str, text: str | None) -> str | None:
        """The text as one line. StoreRefused where it is longer than what bundles take and lists have room for."""
        cleaned = line(text)
        if cleaned is not None and len(cleaned) > LONGEST:
            raise self._refused("AIM636", field=field, count=len(cleaned), limit=LONGEST)
        return cleaned

    def _company_row(self, connection: Connection, id: str, lock: bool = False) -> Row[Any]:
        """The row of a company by id, else by organisationsnummer; of a merged one, the one that it was merged into."""
        table = schema.company
        row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
        if row is None and (number := organisation_number(id)) is not None:
            row = connection.execute(select(table).where(table.c.organisationsnummer == number)).one_or_none()
            id = row.id if row is not None else id
        if row is not None and row.merged_into is not None:
            id = row.merged_into
        if lock or (row is not None and row.id != id):
            query = select(table).where(table.c.id == id)
            row = connection.execute(query.with_for_update() if lock else query).one_or_none()
        if lock and row is not None and row.merged_into is not None:  # merged while the lock was waited for
            return self._company_row(connection, row.merged_into, lock=True)
        if row is None:
            known = {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name))}
            called = sorted(other for other, name in known.items() if name and normalise(name) == normalise(id))
            raise self._refused("AIM611", name=id[:200], near="', '".join(called[:5]) or near(id, known))
        return row

    def _assessment_row(self, connection: Connection, id: str, lock: bool = False) -> Row[Any]:
        """The assessment's row; locked, so that nobody else can add to it before the transaction ends."""
        return self._row_of(connection, schema.assessment, id, "AIM613", lock)

    def _row_of(self, connection: Connection, table: Table, id: str, code: str, lock: bool) -> Row[Any]:
        """A table's row of this id. StoreRefused with `code` where there is none."""
        query = select(table).where(table.c.id == id)
        row = connection.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            known = connection.execute(select(table.c.id)).scalars().all()
            raise self._refused(code, name=id[:200], near=near(id, known))
        return row


def insert_or_keep(connection: Connection, table: Table) -> Any:
    """An insert that leaves a row alone that is there already."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()


def batched(values: Iterable[str], most: int = 10_000) -> Iterator[list[str]]:
    """The values in lists of at most so many: a statement takes a limited number of them."""
    rest = iter(values)
    while some := list(islice(rest, most)):
        yield some


def line(text: str | None) -> str | None:
    """A name as one line: composed letters, no control characters, single spaces; None where nothing is left."""
    if text is None:
        return None
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split()) or None
