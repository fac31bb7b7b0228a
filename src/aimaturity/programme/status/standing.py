"""A programme's status from a store: the document, and the rows behind its numbers."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from aimaturity.definitions.base import Text
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.library import available, title_in
from aimaturity.definitions.programme import Programme
from aimaturity.documents.status import StatusDocument
from aimaturity.programme.status import words
from aimaturity.programme.status.build import Address, document_of
from aimaturity.programme.status.counting import Queries, Tally, companies_behind, counted
from aimaturity.programme.status.gaps import gaps
from aimaturity.programme.status.refresh import refresh
from aimaturity.programme.status.trace import Behind, rows_behind
from aimaturity.programme.status.window import Window
from aimaturity.programme.store import Store, schema
from aimaturity.scoring.parts import Words


@dataclass(frozen=True)
class Status:
    """Where a programme stands.

    document   the hub's own version
    tally      the numbers, and how many persons and companies stand behind them
    addresses  cell id -> what it counts
    problems   assessments that couldn't be scored
    """

    document: StatusDocument
    tally: Tally
    addresses: Mapping[str, Address]
    problems: tuple[Diagnostic, ...]


def status(store: Store, programme: Programme, as_of: dt.date, *, for_public: bool = False) -> Status:
    """The status of a programme on a day, by what the store knows now. Results that aren't of today's answers and
    scoring models are made anew first, and kept where the store can be written.

    for_public  also counts the companies behind participants and hours, which the public version is made by
    """
    with _seen(store) as (connection, problems):
        return _status(connection, programme, as_of, problems, for_public)


def why(
    store: Store, programme: Programme, as_of: dt.date, cell: str, language: str = "sv"
) -> tuple[Status, list[Behind] | list[str]]:
    """The rows behind a cell of the status; where there is no such cell, the nearest ids."""
    with _seen(store) as (connection, problems):
        found = _status(connection, programme, as_of, problems)
        address = found.addresses.get(cell)
        if address is None:
            return found, nearest(cell, list(found.addresses))
        queries = Queries.of(programme, Window(as_of, programme.period))
        return found, rows_behind(connection, queries, address, language)


def nearest(cell: str, known: Sequence[str]) -> list[str]:
    """Ids that may be meant, at most five: those that begin so, else those that differ little."""
    begun = [name for name in known if name.startswith(cell.rstrip(".") + ".")][:5]
    return begun or difflib.get_close_matches(cell, known, n=5)


@contextmanager
def _seen(store: Store) -> Iterator[tuple[Connection, tuple[Diagnostic, ...]]]:
    """One state of the store, with results of today."""
    refreshed = refresh(store)
    results = refreshed.results if store.read_only else ()
    with store.as_if_kept(results, refreshed.companies) as connection:
        yield connection, refreshed.problems


def _status(
    connection: Connection,
    programme: Programme,
    as_of: dt.date,
    problems: tuple[Diagnostic, ...],
    for_public: bool = False,
) -> Status:
    window = Window(as_of, programme.period)
    queries = Queries.of(programme, window)
    tally, _ = counted(connection, queries)
    if for_public:
        tally.companies = companies_behind(connection, queries)
    missing = gaps(connection, programme, window)
    table = schema.company
    companies = connection.execute(select(func.count()).select_from(table).where(table.c.merged_into.is_(None)))
    document, addresses = document_of(queries, tally, missing, companies.scalar_one(), _titles(programme))
    return Status(document, tally, addresses, problems)


def _titles(programme: Programme) -> dict[str, Words]:
    """Questionnaire id -> its name, of those that promises count by."""
    asked = {name for promise in programme.promises for name in getattr(promise, "assessments", ())}
    files = available("questionnaires") if asked else {}
    titles = {name: title_in(files[name]) for name in sorted(asked) if name in files}
    return {name: words.both(Text(title)) for name, title in titles.items() if title}
