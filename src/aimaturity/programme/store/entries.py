"""The register's journal: what was entered, by which store, in which order. Entries are added and never changed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from aimaturity.programme.store import schema
from aimaturity.programme.store.base import Base, insert_or_keep
from aimaturity.programme.store.fold import WHATS, Entry, Kind

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What ids are made of: nothing that reads like something else."""
DEVICE = "device"


def new_id(length: int) -> str:
    """A random id. Ten letters: ids made on two laptops differ."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


class Entries(Base):
    """Writing and reading entries."""

    def entries(self, kind: Kind | None = None, about: str | Iterable[str] | None = None) -> list[Entry]:
        """All entries, or those of a kind, or about a thing or several, in order."""
        with self._read() as connection:
            return self._entries(connection, kind, about)

    def device(self) -> str:
        """The store's own name among stores that exchange bundles; made at the first call."""
        with self._write() as connection:
            return self._device(connection)

    def _entries(
        self, connection: Connection, kind: Kind | None = None, about: str | Iterable[str] | None = None
    ) -> list[Entry]:
        table = schema.entry
        query = select(table).order_by(table.c.clock, table.c.device, table.c.uid)
        if kind is not None:
            query = query.where(table.c.kind == kind)
        if about is not None:
            query = query.where(table.c.about.in_([about] if isinstance(about, str) else list(about)))
        return [read_entry(row) for row in connection.execute(query)]

    def _enter(
        self,
        connection: Connection,
        kind: Kind,
        about: str,
        what: str,
        facts: Mapping[str, Any],
        who: str | None = None,
    ) -> Entry:
        """A new entry, the last in order."""
        return self._enter_all(connection, kind, what, [(about, facts)], who)[0]

    def _enter_all(
        self,
        connection: Connection,
        kind: Kind,
        what: str,
        things: Iterable[tuple[str, Mapping[str, Any]]],
        who: str | None = None,
    ) -> list[Entry]:
        """New entries of one kind, each (about, facts), in the order given, the last in order."""
        if what not in WHATS[kind]:  # else other stores would take it for a newer version's
            raise ValueError(f"not of {kind}: {what}")
        clock = (connection.execute(select(func.max(schema.entry.c.clock))).scalar_one_or_none() or 0) + 1
        device, now = self._device(connection), self._now()
        made = [
            Entry(new_id(16), clock + number, device, now, who, kind, about, what, facts)
            for number, (about, facts) in enumerate(things)
        ]
        if made:
            connection.execute(schema.entry.insert(), [entry_row(entry) for entry in made])
        return made

    def _device(self, connection: Connection) -> str:
        found = self._known_device(connection)
        if found is None:  # of two programs at once, the second takes the first's
            made = insert_or_keep(connection, schema.about).values(key=DEVICE, value=new_id(10))
            connection.execute(made)
            found = str(self._known_device(connection))
        return found

    def _known_device(self, connection: Connection) -> str | None:
        """The store's own name; None where it has none yet."""
        table = schema.about
        return connection.execute(select(table.c.value).where(table.c.key == DEVICE)).scalar_one_or_none()


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as the table has it."""
    return {
        "uid": entry.uid,
        "clock": entry.clock,
        "device": entry.device,
        "at": entry.at,
        "who": entry.who,
        "kind": entry.kind,
        "about": entry.about,
        "what": entry.what,
        "facts": json.dumps(dict(entry.facts), ensure_ascii=False, sort_keys=True),
    }


def read_entry(row: Row[Any]) -> Entry:
    """The entry of a row."""
    return Entry(row.uid, row.clock, row.device, row.at, row.who, row.kind, row.about, row.what, json.loads(row.facts))
