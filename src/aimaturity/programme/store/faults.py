"""What a store refuses, and why: errors of the database told as diagnostics."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem

if TYPE_CHECKING:
    from aimaturity.programme.store.records import Hold


class StoreRefused(Exception):
    """The store can't do what was asked; `diagnostic` says why and what to do. The store is as it was before."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class NotSaved(StoreRefused):
    """Nothing of it was written: disk full, read-only, locked, connection lost. The same call may be made again."""


class Held(StoreRefused):
    """Somebody else works on the assessment; `by` says who and since when. It may be taken over."""

    def __init__(self, diagnostic: Diagnostic, by: Hold) -> None:
        super().__init__(diagnostic)
        self.by = by


class HoldLost(StoreRefused):
    """Somebody took the assessment over. The events are on disk, as history that doesn't count (`aside`).

    by    who works on it now; None where nobody does
    kept  the numbers under which the events are kept
    """

    def __init__(self, diagnostic: Diagnostic, by: Hold | None, kept: Sequence[int]) -> None:
        super().__init__(diagnostic)
        self.by, self.kept = by, tuple(kept)


_SQLITE = {
    sqlite3.SQLITE_FULL: "AIM607",
    sqlite3.SQLITE_BUSY: "AIM606",
    sqlite3.SQLITE_LOCKED: "AIM606",
    sqlite3.SQLITE_READONLY: "AIM605",
    sqlite3.SQLITE_CORRUPT: "AIM603",
    sqlite3.SQLITE_NOTADB: "AIM604",
    sqlite3.SQLITE_IOERR: "AIM608",
    sqlite3.SQLITE_CANTOPEN: "AIM608",
    sqlite3.SQLITE_PERM: "AIM608",
    sqlite3.SQLITE_AUTH: "AIM608",
    sqlite3.SQLITE_NOMEM: "AIM608",
    sqlite3.SQLITE_PROTOCOL: "AIM606",
}
"""Primary result codes of SQLite. Those not here (a constraint, a misuse) are faults of the program."""

_POSTGRES = {
    "53100": "AIM607",  # disk_full
    "25006": "AIM605",  # read_only_sql_transaction
    "42501": "AIM605",  # insufficient_privilege
    "55P03": "AIM606",  # lock_not_available
    "40P01": "AIM606",  # deadlock_detected
    "40001": "AIM606",  # serialization_failure
    "23503": "AIM635",  # foreign_key_violation: what it belongs to is gone since it was looked at
    "23505": "AIM635",  # unique_violation: it is there since it was looked at
    "XX001": "AIM603",  # data_corrupted
    "XX002": "AIM603",  # index_corrupted
}
"""By SQLSTATE. Other violations of constraints, and what triggers refuse, are faults of the program. In SQLite every
violation is one: who writes there is alone from before looking."""


def diagnosis(error: BaseException, place: str) -> Diagnostic | None:
    """What an error of the database means to its user; None where it is a fault of the program."""
    from sqlalchemy.exc import DBAPIError  # heavy, and not needed to say what a store refuses

    original: BaseException = error.orig or error if isinstance(error, DBAPIError) else error
    at, reason = Position(place), _first_line(original)
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        if code is None:  # Python's own: text that isn't UTF-8; its message quotes the text
            return problem("AIM603", at, reason="UTF-8") if "decode to UTF-8" in reason else None
        found = _SQLITE.get(code & 0xFF)
        return problem(found, at, reason=reason) if found is not None else None
    if isinstance(original, OSError):
        return problem("AIM608", at, reason=original.strerror or type(original).__name__)
    if isinstance(error, DBAPIError):
        state = getattr(original, "sqlstate", None)
        if state in _POSTGRES:
            return problem(_POSTGRES[str(state)], at, reason=reason)
        if type(original).__name__ in ("OperationalError", "InterfaceError") or error.connection_invalidated:
            return problem("AIM609", at, reason=reason)
    return None


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


@contextmanager
def reading(place: str) -> Iterator[None]:
    """Errors of the database become StoreRefused."""
    with _told(place, StoreRefused):
        yield


@contextmanager
def writing(place: str) -> Iterator[None]:
    """Errors of the database become NotSaved."""
    with _told(place, NotSaved):
        yield


@contextmanager
def _told(place: str, kind: type[StoreRefused]) -> Iterator[None]:
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        found = diagnosis(error, place)
        if found is None:
            raise
        raise kind(found) from error
