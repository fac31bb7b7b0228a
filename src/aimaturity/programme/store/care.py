"""Looking after a store: copies while it is in use, and whether it is whole and in order."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import Connection

from aimaturity.definitions.diagnostics import Diagnostic, Position, in_order, problem
from aimaturity.programme.store import schema
from aimaturity.programme.store.engines import (
    WRITES,
    create_tables,
    sqlite_engine,
)
from aimaturity.programme.store.entries import Entries
from aimaturity.programme.store.faults import NotSaved, StoreRefused, writing
from aimaturity.programme.store.records import read_given
from aimaturity.programme.store.sqlite_file import BESIDE, put_in_place, touch_private
from aimaturity.programme.store.state import differences

_PRIVATE = 0o077
"""The rights of others, none of which a store's file should have."""
_SHOWN = 20
"""How many findings of one kind are shown."""


class Care(Entries):
    """Backup and checks."""

    def backup(self, to: Path) -> None:
        """A copy of everything in one file of SQLite, which is itself a store, while this one is in use.

        Readable by its owner alone. A file that is there already is never replaced: NotSaved. Of PostgreSQL it is a
        copy of what the program keeps; for its own settings and users, use pg_dump.
        """
        taken = NotSaved(problem("AIM616", Position(str(to))))
        if to.exists():
            raise taken
        draft = to.with_name(f".{to.name}.{secrets.token_hex(4)}.new")
        with writing(str(to)):
            try:
                touch_private(draft)
                if self.file is not None:
                    self._copy_file(draft)
                else:
                    self._copy_rows(draft)
                with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
                    copy.execute("DELETE FROM hold")
                    copy.execute("DELETE FROM about WHERE key = 'device'")  # the copy takes a name of its own
                    copy.execute("PRAGMA journal_mode = DELETE")  # so that the one file is all of it
                if not put_in_place(draft, to):
                    raise taken
            finally:
                for ending in ("", "-journal", *BESIDE[1:]):
                    with suppress(OSError):  # what is gone already, or can't be removed: its name says what it is
                        draft.with_name(draft.name + ending).unlink()

    def _copy_file(self, draft: Path) -> None:
        with closing(self._engine.raw_connection()) as ours, closing(sqlite3.connect(draft)) as copy:
            source: Any = ours.driver_connection
            source.backup(copy)

    def _copy_rows(self, draft: Path) -> None:
        engine = sqlite_engine(draft, self.patience, read_only=False)
        try:
            create_tables(engine)
            with (
                self._read() as source,
                engine.connect().execution_options(**{WRITES: True}) as target,
                target.begin(),
            ):
                for table in schema.METADATA.sorted_tables:
                    if table is not schema.version:
                        _copy_table(source, target, table)
        finally:
            engine.dispose()

    def check(self) -> list[Diagnostic]:
        """What is wrong with the store: damage, changed structure, events that are missing or can't be read,
        definitions that aren't what they were, tables that don't agree with the journal, files that others can read.
        """
        parts = [self._structure, self._numbering, self._readable, self._definitions_whole, self._in_step]
        if self.file is not None:
            parts.insert(0, self._sound)
        found = self._permissions()
        for part in parts:
            try:
                with self._read() as connection:
                    found += part(connection)
            except StoreRefused as refused:  # so damaged that this part can't be looked at
                found.append(refused.diagnostic)
        return in_order(found)

    def _sound(self, connection: Connection) -> list[Diagnostic]:
        at = Position(self.place)
        integrity = connection.exec_driver_sql(f"PRAGMA integrity_check({_SHOWN})").scalars().all()
        found = [problem("AIM620", at, reason=said) for said in integrity if said != "ok"]
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_SHOWN]:
            found.append(problem("AIM620", at, reason=f"{row[0]} {row[1]} -> {row[2]}"))
        return found

    def _permissions(self) -> list[Diagnostic]:
        if self.file is None or os.name != "posix":
            return []
        files = [self.file.with_name(self.file.name + ending) for ending in BESIDE]
        modes = {path: path.stat().st_mode & 0o777 for path in files if path.exists()}
        return [
            problem("AIM619", Position(str(path)), mode=f"{mode:o}", wanted="600")
            for path, mode in modes.items()
            if mode & _PRIVATE
        ]

    def _structure(self, connection: Connection) -> list[Diagnostic]:
        """Tables, columns and triggers that should be there and aren't, or are disabled or others."""
        there: Any = inspect(connection)
        missing = []
        for table in schema.METADATA.sorted_tables:
            columns = {c["name"] for c in there.get_columns(table.name)} if there.has_table(table.name) else set()
            missing += [f"{table.name}.{column.name}" for column in table.columns if column.name not in columns]
        wanted = {_name_of(statement): statement for statement in schema.TRIGGERS[connection.dialect.name]}
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
            have: dict[str, str] = {row.name: row.sql for row in rows}
            missing += [name for name, statement in wanted.items() if have.get(name) != statement]
        else:
            rows = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"))
            triggers = set(rows.scalars())
            missing += [
                name for name in wanted if name.startswith(("answer", "definition", "entry")) and name not in triggers
            ]
        return [problem("AIM621", Position(self.place), names=", ".join(missing))] if missing else []

    def _numbering(self, connection: Connection) -> list[Diagnostic]:
        a, e = schema.assessment, schema.answer_event
        counted = (
            select(e.c.assessment, func.count(e.c.seq.distinct()).label("have"), func.max(e.c.seq).label("last"))
            .group_by(e.c.assessment)
            .subquery()
        )
        query = select(a.c.id, a.c.events, counted.c.have, counted.c.last)
        rows = connection.execute(query.outerjoin(counted, counted.c.assessment == a.c.number).order_by(a.c.number))
        found = []
        for row in rows:
            missing = max(row.events, row.last or 0) - (row.have or 0)
            if missing or (row.last or 0) != row.events:
                found.append(problem("AIM617", Position(self.place), name=row.id, count=missing))
        return found

    def _readable(self, connection: Connection) -> list[Diagnostic]:
        a, e = schema.assessment, schema.answer_event
        query = select(a.c.id, e.c.seq, e.c.variable, e.c.given).join(a, a.c.number == e.c.assessment)
        found = []
        for row in connection.execution_options(yield_per=1000).execute(query):
            try:
                read_given(row.given)
            except ValueError:
                found.append(problem("AIM618", Position(self.place), name=f"{row.id} {row.variable}", seq=row.seq))
        return found[:_SHOWN]

    def _definitions_whole(self, connection: Connection) -> list[Diagnostic]:
        rows = connection.execute(select(schema.definition.c.hash, schema.definition.c.content))
        return [
            problem("AIM628", Position(self.place), name=row.hash)
            for row in rows
            if row.hash != "sha256:" + hashlib.sha256(row.content.encode("utf-8", "surrogatepass")).hexdigest()
        ]

    def _in_step(self, connection: Connection) -> list[Diagnostic]:
        """Rows that aren't what the journal adds up to."""
        try:
            names = [str(one) for one in differences(connection, self._entries(connection))]
        except (ValueError, KeyError, TypeError, AttributeError) as error:  # an entry that can't be read
            names = [f"entry: {type(error).__name__}"]
        more = [f"... {len(names)}"] if len(names) > _SHOWN else []
        return [problem("AIM657", Position(self.place), names=", ".join(names[:_SHOWN] + more))] if names else []


def _copy_table(source: Connection, target: Connection, table: Any) -> None:
    """All rows; companies merged into others after those."""
    order = [table.c.merged_into.is_not(None)] if table is schema.company else list(table.primary_key.columns)
    rows = source.execution_options(yield_per=1000).execute(select(table).order_by(*order))
    for part in rows.mappings().partitions(1000):
        target.execute(table.insert(), [dict(row) for row in part])


def _name_of(statement: str) -> str:
    """The trigger's or function's name in the statement that makes it."""
    return statement.split()[2].partition("(")[0]
