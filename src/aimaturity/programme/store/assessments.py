"""Assessments: begun, held by one person at a time, finished, taken up again."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Row

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store import schema
from aimaturity.programme.store.base import line
from aimaturity.programme.store.definitions import Definitions
from aimaturity.programme.store.entries import Entries, new_id
from aimaturity.programme.store.faults import Held
from aimaturity.programme.store.records import (
    OCCASIONS,
    Hold,
    Occasion,
    StoredAssessment,
    StoredReport,
    assessment_of,
    hold_of,
    is_gone,
    moment,
)


class Assessments(Definitions, Entries):
    """The register's assessments."""

    def begin(
        self,
        company: str,
        questionnaire: Questionnaire,
        *,
        occasion: Occasion | None = None,
        adviser: str | None = None,
        present: str | None = None,
        language: str | None = None,
        date: str | None = None,
    ) -> str:
        """A new assessment of a company; its id. The questionnaire is kept with it. `date` is the ISO day of the
        answers, today where not given."""
        if occasion is not None and occasion not in OCCASIONS:
            raise ValueError(f"no such occasion: {occasion}")
        id = new_id(10)
        with self._write() as connection:
            row = self._company_row(connection, company, lock=True)
            now = self._now()
            facts = {
                "company": row.id,
                "definition": self._keep(connection, questionnaire),
                "occasion": occasion,
                "adviser": self._short("--adviser", adviser),
                "present": self._short("--present", present),
                "language": language,
                "date": dt.date.fromisoformat(date).isoformat() if date else now[:10],
                "started": now,
            }
            self._enter(connection, "assessment", id, "begun", facts)
            connection.execute(schema.assessment.insert().values(id=id, seconds=0.0, events=0, **facts))
        return id

    def assessment(self, id: str) -> StoredAssessment:
        """The assessment of this id. StoreRefused where there is none."""
        found = self._assessments(schema.assessment.c.id == id)
        if not found:
            with self._read() as connection:
                self._assessment_row(connection, id)  # says that there is none, and which id is near
        return found[0]

    def assessments(self, company: str | None = None, finished: bool | None = None) -> list[StoredAssessment]:
        """All, or a company's, or those that are finished or not; in the order of beginning."""
        conditions = []
        if company is not None:
            with self._read() as connection:
                conditions.append(schema.assessment.c.company == self._company_row(connection, company).id)
        if finished is not None:
            ended = schema.assessment.c.finished
            conditions.append(ended.is_not(None) if finished else ended.is_(None))
        return self._assessments(*conditions)

    def _assessments(self, *conditions: Any) -> list[StoredAssessment]:
        a, d = schema.assessment, schema.definition
        query = select(a, d.c.id.label("questionnaire"), d.c.version).join(d, d.c.hash == a.c.definition)
        with self._read() as connection:
            return [assessment_of(row) for row in connection.execute(query.where(*conditions).order_by(a.c.number))]

    def edit_assessment(
        self,
        id: str,
        *,
        adviser: str | None = None,
        present: str | None = None,
        occasion: Occasion | None = None,
        language: str | None = None,
        date: str | None = None,
    ) -> StoredAssessment:
        """Changes what is given and leaves the rest."""
        if occasion is not None and occasion not in OCCASIONS:
            raise ValueError(f"no such occasion: {occasion}")
        day = dt.date.fromisoformat(date).isoformat() if date else None
        new = {
            "adviser": self._short("--adviser", adviser),
            "present": self._short("--present", present),
            "occasion": occasion,
            "language": language,
            "date": day,
        }
        self._set(id, "edited", {key: value for key, value in new.items() if value is not None})
        return self.assessment(id)

    def change_questionnaire(self, id: str, questionnaire: Questionnaire) -> None:
        """Goes on with another version of the questionnaire. Every answer stays; one that has no place in the new
        version is kept and doesn't count. ValueError where it is another questionnaire."""
        with self._write() as connection:
            row = self._assessment_row(connection, id, lock=True)
            table = schema.definition
            before = connection.execute(select(table.c.id).where(table.c.hash == row.definition)).scalar_one()
            if before != questionnaire.questionnaire:
                raise ValueError(f"not a version of {before}: {questionnaire.questionnaire}")
            self._change(connection, row, "edited", {"definition": self._keep(connection, questionnaire)})

    def finish(self, id: str) -> None:
        """Marks it finished now. It locks nothing: answers may still be changed."""
        self._set(id, "finished", {"finished": self._now()})

    def reopen(self, id: str) -> None:
        """Marks it as going on again."""
        self._set(id, "reopened", {"finished": None})

    def _set(self, id: str, what: str, facts: dict[str, Any]) -> None:
        with self._write() as connection:
            self._change(connection, self._assessment_row(connection, id, lock=True), what, facts)

    def _change(self, connection: Connection, row: Row[Any], what: str, facts: dict[str, Any]) -> None:
        """Enters what is new of an assessment whose row is locked."""
        new = {key: value for key, value in facts.items() if getattr(row, key) != value}
        if new:
            self._enter(connection, "assessment", row.id, what, new)
            table = schema.assessment
            connection.execute(update(table).where(table.c.number == row.number).values(**new))

    def hold(self, assessment: str, who: str | None = None, *, take_over: bool = False) -> Hold:
        """Says that one works on an assessment from now on; give the hold to `record`, and `release` it at the end.

        Held is raised where somebody else works on it, with who and since when: then look without recording, or
        `take_over`. A hold whose process is gone from this machine is nobody's.
        """
        with self._write() as connection:
            row = self._assessment_row(connection, assessment, lock=True)
            other = self._holder(connection, row)
            if other is not None and not take_over and not is_gone(other):
                facts = {"who": other.who or other.host, "since": f"{other.since:%Y-%m-%d %H:%M}"}
                raise Held(problem("AIM614", Position(self.place), **facts), other)
            now = self._now()
            made = Hold(assessment, line(who), moment(now), socket.gethostname(), os.getpid(), secrets.token_hex(8))
            connection.execute(delete(schema.hold).where(schema.hold.c.assessment == row.number))
            connection.execute(
                schema.hold.insert().values(
                    assessment=row.number, who=made.who, since=now, host=made.host, pid=made.pid, token=made.token
                )
            )
        return made

    def holder(self, assessment: str) -> Hold | None:
        """Who works on it now, if anybody."""
        with self._read() as connection:
            found = self._holder(connection, self._assessment_row(connection, assessment))
        return None if found is None or is_gone(found) else found

    def release(self, hold: Hold) -> None:
        """Says that one is done. Nothing happens where somebody has taken over meanwhile."""
        with self._write() as connection:
            connection.execute(delete(schema.hold).where(schema.hold.c.token == hold.token))

    def _holder(self, connection: Connection, assessment: Row[Any]) -> Hold | None:
        table = schema.hold
        row = connection.execute(select(table).where(table.c.assessment == assessment.number)).one_or_none()
        return None if row is None else hold_of(row, assessment.id)

    def note_report(self, assessment: str, path: str) -> None:
        """Remembers where a report on the assessment was written. The same place again is the later time."""
        table = schema.report
        with self._write() as connection:
            row = self._assessment_row(connection, assessment, lock=True)
            same = (table.c.assessment == row.number) & (table.c.path == path)
            connection.execute(delete(table).where(same))
            connection.execute(table.insert().values(assessment=row.number, path=path, written=self._now()))

    def reports(self, company: str) -> list[StoredReport]:
        """The reports written on a company, in order."""
        a, r = schema.assessment, schema.report
        with self._read() as connection:
            id = self._company_row(connection, company).id
            query = select(a.c.id, r.c.path, r.c.written).join(a, a.c.number == r.c.assessment)
            rows = connection.execute(query.where(a.c.company == id).order_by(r.c.number))
            return [StoredReport(row.id, row.path, moment(row.written)) for row in rows]
