"""Everything held on one company: given out, or made to be gone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.programme.store import schema
from aimaturity.programme.store.companies import Companies
from aimaturity.programme.store.faults import diagnosis
from aimaturity.programme.store.fold import Entry
from aimaturity.programme.store.mentions import Mention, mentions_of, names_in

PARTS = (
    schema.answer_event, schema.hold, schema.imported, schema.report, schema.result, schema.erasing,
)  # fmt: skip
"""What belongs to an assessment, apart from itself; `erasing` last, since it opens the lock on the others."""
_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone, and what isn't.

    reports  where reports on the company were written; they are files, to be deleted by hand
    left     why bytes of it may still lie in the database's file; None where they don't
    mentions where the register still names it, in what was entered of activities, pilots and others. Answers of other
             companies aren't looked through
    """

    assessments: int
    events: int
    reports: tuple[str, ...]
    left: Diagnostic | None
    mentions: tuple[Mention, ...] = ()


class Erasing(Companies):
    """The rights of a company to its data."""

    def export_company(self, id: str) -> dict[str, Any]:
        """Everything held on a company, as plain data: its entry, earlier entries merged into it, log, assessments with
        every event, files read, reports written, what counts of it."""
        with self._read() as connection:
            row = self._company_row(connection, id)
            companies = _rows(connection, schema.company, schema.company.c.merged_into == row.id)
            ids = [row.id, *(other["id"] for other in companies)]
            taken_part = _rows(connection, schema.participation, schema.participation.c.company == row.id)
            for one in taken_part:
                activity = schema.activity.c.id == one["activity"]
                one["activity"] = _rows(connection, schema.activity, activity)[0]
            pilots = _rows(connection, schema.pilot_company, schema.pilot_company.c.company == row.id)
            assessments = _rows(connection, schema.assessment, schema.assessment.c.company == row.id)
            for assessment in assessments:
                number, digest = assessment.pop("number"), assessment["definition"]
                kept = select(schema.definition.c.id, schema.definition.c.version)
                asked = connection.execute(kept.where(schema.definition.c.hash == digest)).one()
                assessment |= {"questionnaire": asked.id, "version": asked.version}
                for name, table in (
                    ("answers", schema.answer_event),
                    ("hold", schema.hold),
                    ("imported", schema.imported),
                    ("reports", schema.report),
                    ("result", schema.result),
                ):
                    assessment[name] = _rows(connection, table, table.c.assessment == number)
                    for part in assessment[name]:
                        del part["assessment"]
                for event in assessment["answers"]:
                    event["given"] = json.loads(event["given"])
                    event["aside"] = bool(event["aside"])
            entries = [_plain(entry) for entry in self._of_company(connection, ids, [a["id"] for a in assessments])]
            about = {key: value for key, value in row._mapping.items() if key != "merged_into"}
            return {
                "company": about,
                "merged": companies,
                "assessments": assessments,
                "activities": taken_part,
                "pilots": pilots,
                "entries": entries,
            }

    def _of_company(self, connection: Connection, companies: list[str], assessments: list[str]) -> list[Entry]:
        """Every entry that says something of a company, by the ids that it has had and its assessments'."""
        entries = self._entries(connection, about=[*companies, *assessments])
        ids = {"assessment": set(assessments)}
        return [e for e in entries if e.kind not in ("activity", "pilot", "decision")
                and e.about in ids.get(e.kind, set(companies))]  # fmt: skip

    def erase_company(self, id: str) -> Erased:
        """Takes away all that is held on a company, and rewrites the file so that no byte of it is left there.

        Backups and reports that lie elsewhere aren't touched; the log keeps that a company was erased, not which.
        """
        a, c = schema.assessment, schema.company
        with self._write() as connection:
            row = self._company_row(connection, id, lock=True)
            rows = [dict(one._mapping) for one in connection.execute(select(c).where(c.c.merged_into == row.id))]
            ids = [row.id, *(one["id"] for one in rows)]
            mine_all = list(connection.execute(select(a.c.number, a.c.id).where(a.c.company == row.id)))
            numbers = [one.number for one in mine_all]
            mine = schema.report.c.assessment.in_(numbers)
            reports = connection.execute(select(schema.report.c.path).where(mine).order_by(schema.report.c.number))
            paths = tuple(dict.fromkeys(reports.scalars()))
            if numbers:
                connection.execute(schema.erasing.insert(), [{"assessment": number} for number in numbers])
            gone = 0
            for table in PARTS:
                done = connection.execute(delete(table).where(table.c.assessment.in_(numbers)))
                gone += done.rowcount if table is schema.answer_event else 0
            connection.execute(delete(a).where(a.c.number.in_(numbers)))
            for table in (schema.participation, schema.pilot_company):
                connection.execute(delete(table).where(table.c.company == row.id))
            entries = self._of_company(connection, ids, [one.id for one in mine_all])
            self._take_away(connection, [entry.uid for entry in entries], [one.id for one in mine_all])
            connection.execute(delete(c).where(c.c.merged_into == row.id))
            connection.execute(delete(c).where(c.c.id == row.id))
            self._enter(connection, "company", "", "erased", {"assessments": len(numbers), "events": gone})
            names = names_in(ids, entries, [*rows, dict(row._mapping)])
            mentions = mentions_of(names, self._entries(connection), _standing(connection))
        return Erased(len(numbers), gone, paths, self.tidy(), mentions)

    def _take_away(self, connection: Connection, entries: list[str], assessments: list[str]) -> None:
        """Deletes entries, and remembers that they and the assessments are to stay away."""
        uids = [{"uid": uid} for uid in entries]
        if uids:
            connection.execute(schema.erasing_entry.insert(), uids)
            connection.execute(delete(schema.entry).where(schema.entry.c.uid.in_(select(schema.erasing_entry.c.uid))))
            connection.execute(delete(schema.erasing_entry))
        gone = [*uids, *({"uid": id} for id in assessments)]
        if gone:
            connection.execute(schema.erased.insert(), gone)

    def tidy(self) -> Diagnostic | None:
        """Rewrites the database's files without what was deleted; why it couldn't, or None."""
        if self.read_only:
            return problem("AIM605", Position(self.place), reason="read-only")
        try:
            if self.file is not None:
                return self._tidy_file()
            self._tidy_postgres()
        except (DBAPIError, sqlite3.Error) as error:
            found = diagnosis(error, self.place)
            if found is None:
                raise
            return problem("AIM622", Position(self.place), reason=found.facts["reason"])
        return None

    def _tidy_file(self) -> Diagnostic | None:
        with closing(self._engine.raw_connection()) as raw:  # VACUUM can't run in a transaction
            connection: Any = raw.driver_connection
            connection.execute(_CHECKPOINT)
            connection.execute("VACUUM")
            busy = connection.execute(_CHECKPOINT).fetchone()[0]
        return problem("AIM622", Position(self.place), reason="wal_checkpoint") if busy else None

    def _tidy_postgres(self) -> None:
        """The tables alone: PostgreSQL's own log and backups keep what they have until they are recycled."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in schema.METADATA.sorted_tables:
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))  # ANALYZE: samples of values go too


def _standing(connection: Connection) -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, id, fields) of what may be edited and has words of people's own."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for table, fields in (
        (schema.activity, ("title",)),
        (schema.assessment, ("adviser", "present")),
        (schema.company, ("owner",)),
    ):
        for row in connection.execute(select(table.c.id, *(table.c[name] for name in fields))):
            found.append((table.name, row.id, {name: getattr(row, name) for name in fields}))
    for row in connection.execute(select(schema.pilot.c.id, schema.pilot.c.card)):
        found.append(("pilot", row.id, json.loads(row.card)))
    return found


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("at", "who", "kind", "about", "what", "facts")}


def _rows(connection: Connection, table: Any, condition: Any) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).where(or_(condition)).order_by(*table.primary_key.columns))
    return [dict(row._mapping) for row in rows]
