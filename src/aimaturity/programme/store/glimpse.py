"""A look into a store before it is opened: what an interview's first screen shows, read by SQLite alone.

SQLAlchemy takes as long to load as the rest of that screen. A glimpse writes nothing, takes no hold and brings nothing
up to date; whoever shows what it gives must open the store before anything is changed, and its word counts.
What isn't in the best of order (locked, damaged, of another version, not writable, not in SQLite) is `Unclear`, and
opening the store says what is the matter. A test holds a glimpse to say what the store says.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pydantic import ValidationError

from aimaturity.definitions.library import home_folder
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store.alike import Known
from aimaturity.programme.store.records import (
    Hold,
    StoredAnswer,
    StoredAssessment,
    StoredCompany,
    Voice,
    answer_of,
    assessment_of,
    companies_of,
    hold_of,
    is_gone,
    latest_of,
)
from aimaturity.programme.store.sqlite_file import FILE_NAME, connect_file, is_database, is_writable
from aimaturity.programme.store.versions import VERSION_TABLE, VERSIONS
from aimaturity.responses.given import Given


class Unclear(Exception):
    """Nothing can be said before the store is opened."""


class Glimpse:
    """One state of a store, for reading. Made by `glimpsed`. Its methods are the store's of the same names."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = _row
        self._connection = connection

    def identified(self, name: str) -> StoredCompany | None:
        """The company that has this id, organisationsnummer or name, if it is certain."""
        found, other = Known(companies_of(self._rows("SELECT * FROM company ORDER BY id"))).find(name, name, name)
        if other is not None:
            raise Unclear(name)
        return found

    def assessments(self, company: str) -> list[StoredAssessment]:
        query = (
            "SELECT a.*, d.id AS questionnaire, d.version FROM assessment a JOIN definition d ON d.hash = a.definition"
            " WHERE a.company = ? ORDER BY a.number"
        )
        return [assessment_of(row) for row in self._rows(query, company)]

    def latest(self, assessment: str, voice: Voice = "adviser") -> dict[str, StoredAnswer]:
        query = (
            "SELECT e.* FROM answer_event e JOIN assessment a ON a.number = e.assessment"
            " WHERE a.id = ? AND e.voice = ? AND e.aside = 0 ORDER BY e.seq, e.device"
        )
        return {row.variable: answer_of(row) for row in latest_of(self._rows(query, assessment, voice))}

    def answers(self, assessment: str, voice: Voice = "adviser") -> dict[str, Given]:
        return {name: answer.given for name, answer in self.latest(assessment, voice).items()}

    def questionnaire(self, digest: str) -> Questionnaire:
        [row] = self._rows("SELECT content FROM definition WHERE hash = ?", digest)
        return Questionnaire.model_validate_json(row.content)

    def holder(self, assessment: str) -> Hold | None:
        query = "SELECT h.* FROM hold h JOIN assessment a ON a.number = h.assessment WHERE a.id = ?"
        found = [hold_of(row, assessment) for row in self._rows(query, assessment)]
        return found[0] if found and not is_gone(found[0]) else None

    def _rows(self, query: str, *facts: str) -> list[Any]:
        return self._connection.execute(query, facts).fetchall()


def _row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> SimpleNamespace:
    return SimpleNamespace(**{column[0]: value for column, value in zip(cursor.description, values, strict=True)})


@contextmanager
def glimpsed(address: str | None = None) -> Iterator[Glimpse]:
    """The store at an address (as `open_store` takes it) as it stands, without waiting for anybody. Unclear, there or
    in the block, where it has to be opened."""
    address = address or os.environ.get("AIMATURITY_DATABASE") or str(home_folder() / FILE_NAME)
    if "://" in address:
        raise Unclear(address)
    file = Path(address).expanduser()
    try:
        if not is_database(file) or not is_writable(file):
            raise Unclear(address)
        connection = connect_file(file, 0.0, read_only=True)
        try:
            connection.execute("BEGIN")
            if connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() != [(VERSIONS[-1],)]:
                raise Unclear(address)
            yield Glimpse(connection)
        finally:
            connection.close()
    except (sqlite3.Error, OSError, ValueError, TypeError, KeyError, ValidationError) as error:
        raise Unclear(str(error)) from error
