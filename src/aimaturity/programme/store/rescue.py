"""Saving what can be read from a damaged file, around what is broken, into files of plain text."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Float, Integer, Table

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.programme.store import schema
from aimaturity.programme.store.faults import NotSaved, StoreRefused, writing
from aimaturity.programme.store.pages import rows as rows_of
from aimaturity.programme.store.records import read_given
from aimaturity.programme.store.sqlite_file import make_folder, touch_private
from aimaturity.responses.given import Given, State

LEFT_OUT = (schema.version, schema.about, schema.erasing, schema.erasing_entry, schema.erased, schema.result)
"""Tables that hold nothing that was given, or follow from those that do."""
TABLES = [table for table in schema.METADATA.sorted_tables if table not in LEFT_OUT]
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was saved.

    rows      table -> how many rows could be read
    expected  how many events the assessments that could be read say they have
    files     what was written: a `.jsonl` for each table, and an answers file for each assessment and voice
    """

    rows: Mapping[str, int]
    expected: int
    files: tuple[Path, ...]


def rescue(path: Path, to: Path) -> Rescued:
    """Writes what can be read of a store's file into the folder `to`, which must be empty or new. The damaged file and
    those beside it are only read. StoreRefused where nothing at all can be read."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotSaved(problem("AIM616", Position(str(to))))
    with writing(str(to)):
        make_folder(to)
        with tempfile.TemporaryDirectory(dir=to, prefix=".rescue-") as work:
            rows = _read(path, Path(work))
        if not any(rows.values()):
            raise StoreRefused(problem("AIM603", Position(str(path)), reason="0"))
        files = [_write(to / f"{name}.jsonl", "".join(_line(row) for row in found)) for name, found in rows.items()]
        files += [_write(to / name, text) for name, text in _answers_files(rows)]
    expected = sum(row["events"] for row in rows["assessment"] if isinstance(row["events"], int))
    return Rescued({name: len(found) for name, found in rows.items()}, expected, tuple(files))


def _read(path: Path, work: Path) -> Rows:
    """table -> its rows: as SQLite reads them where it can read them all, else from the pages that are whole."""
    copy = work / "copy.db"
    shutil.copyfile(path, copy)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name("copy.db-wal"))
    from_pages = _by_table(copy)  # before SQLite sees the copy, and perhaps mends it in its own way
    found: Rows = {}
    for table in TABLES:
        try:
            found[table.name] = [row for row in _by_sqlite(copy, table) if _is_whole(table.name, row)]
        except sqlite3.Error:  # broken: that is why we are here
            found[table.name] = from_pages[table.name]
    return found


def _by_sqlite(file: Path, table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = connection.execute(f'SELECT {columns} FROM "{table.name}" NOT INDEXED ORDER BY rowid')
        return [dict(zip(names, row, strict=True)) for row in rows]


def _by_table(file: Path) -> Rows:
    """The rows of all pages, each given to the table that it fits: no two have as many columns and the same types."""
    found: dict[str, dict[int, dict[str, Any]]] = {table.name: {} for table in TABLES}
    for rowid, cells in rows_of(file):
        for table in TABLES:
            names = [column.name for column in table.columns]
            key = list(table.primary_key.columns)
            is_number = len(key) == 1 and isinstance(key[0].type, Integer)
            short = table is schema.definition and len(cells) == len(names) - 2  # its long content is gone
            if (len(cells) == len(names) or short) and is_number is (cells[0] is None):
                row: dict[str, Any] = dict(zip(names, [*cells, None, None], strict=False))
                row |= {names[0]: rowid} if is_number else {}
                if _is_whole(table.name, row):
                    found[table.name][rowid] = row
    return {name: [rows[rowid] for rowid in sorted(rows)] for name, rows in found.items()}


def _is_whole(table: str, row: dict[str, Any]) -> bool:
    """Whether a row can be one: garbage has other types."""
    if table == "answer_event":
        try:
            read_given(row["given"])
        except (ValueError, TypeError):
            return False
        return (
            isinstance(row["seq"], int) and isinstance(row["variable"], str) and row["voice"] in ("adviser", "company")
        )
    if table == "definition":
        return str(row["hash"]).startswith("sha256:") and row["kind"] in ("questionnaire", "scoring")
    return all(_fits(row[column.name], column) for column in schema.METADATA.tables[table].columns)


def _fits(value: Any, column: Column[Any]) -> bool:
    if value is None:
        return bool(column.nullable)
    return isinstance(value, int | float if isinstance(column.type, Integer | Float) else str)


def _answers_files(rows: Rows) -> Iterator[tuple[str, str]]:
    """Name and text of an answers file for each assessment and voice whose questionnaire is known."""
    asked = {row["hash"]: row for row in rows["definition"]}
    companies = {row["id"]: row for row in rows["company"]}
    for assessment in rows["assessment"]:
        definition = asked.get(assessment["definition"])
        if definition is None:
            continue
        company = companies.get(assessment["company"], {"id": assessment["company"]})
        for voice in ("adviser", "company"):
            latest: dict[str, Given] = {}
            events = [e for e in rows["answer_event"] if (e["assessment"], e["voice"]) == (assessment["number"], voice)]
            for event in sorted(events, key=lambda event: int(event["seq"])):
                if not event["aside"]:
                    latest[event["variable"]] = read_given(event["given"])
            if latest:
                about = assessment | {"voice": voice}
                made = answers_file(definition["id"], definition["version"], company, about, latest)
                yield f"{assessment['id']}-{voice}.json", json.dumps(made, ensure_ascii=True, indent=2) + "\n"


def answers_file(
    questionnaire: str,
    version: str,
    company: Mapping[str, Any],
    about: Mapping[str, Any],
    answers: Mapping[str, Given],
) -> dict[str, Any]:
    """An answers file, as `assessment import` and `report` read it.

    company  id, name, organisationsnummer
    about    date, occasion, voice, language, adviser, present
    """
    identity = {key: company[key] for key in ("id", "name", "organisationsnummer") if company.get(key)}
    said = {
        key: about[key] for key in ("date", "occasion", "voice", "language", "adviser", "present") if about.get(key)
    }
    return {
        "answers_to": questionnaire,
        "version": version,
        "company": identity,
        **said,
        "answers": {name: _answer(given) for name, given in answers.items()},
    }


def _answer(given: Given) -> dict[str, Any]:
    value: Any = given.value
    if isinstance(value, Mapping):
        value = dict(value)
    elif isinstance(value, tuple):
        value = list(value)
    said: dict[str, Any] = {"value": value} if value is not None else {}
    if given.state is not State.ANSWERED and not isinstance(value, dict):
        said = {"state": given.state.name.lower()}
    detail = given.detail
    for key in ("evidence", "evidence_note", "comment", "ask", "reason"):
        if getattr(detail, key) is not None:
            said[key] = getattr(detail, key)
    return said


def _line(row: dict[str, Any]) -> str:
    readable = {
        key: value.decode("utf-8", "replace") if isinstance(value, bytes) else value for key, value in row.items()
    }
    return json.dumps(readable, ensure_ascii=True) + "\n"


def _write(path: Path, text: str) -> Path:
    touch_private(path)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return path
