"""Answers: recorded one after the other, never changed. The latest of each variable and voice counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Row

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store import schema
from aimaturity.programme.store.assessments import Assessments
from aimaturity.programme.store.base import line
from aimaturity.programme.store.faults import HoldLost
from aimaturity.programme.store.records import (
    ORIGINS,
    VOICES,
    AnswerEvent,
    CompanyAnswer,
    Hold,
    StoredAnswer,
    StoredAssessment,
    StoredCompany,
    Voice,
    answer_of,
    latest_of,
)
from aimaturity.responses.given import Given, State, to_json
from aimaturity.responses.table import AnswerTable, Company, table_of

if TYPE_CHECKING:
    from aimaturity.programme.store.store import Store


class Answers(Assessments):
    """The answers of assessments."""

    def record(
        self,
        assessment: str,
        events: Sequence[AnswerEvent],
        *,
        position: str | None = None,
        seconds: float | None = None,
        hold: Hold | None = None,
    ) -> tuple[int, ...]:
        """Writes events, where one stands and the time spent so far (None: as it was) in one transaction.

        Returns the events' numbers once they are on disk. NotSaved: nothing of it was written, and the same call may be
        made again. HoldLost: `hold` was given and somebody has taken over; the events are on disk as history that
        doesn't count. Without `hold` nobody is asked.
        """
        for event in events:
            if event.voice not in VOICES or event.origin not in ORIGINS or not event.variable:
                raise ValueError(f"not an event: {event!r}")
        with self._write() as connection:
            row = self._assessment_row(connection, assessment, lock=True)
            holder = self._holder(connection, row) if hold is not None else None
            lost = hold is not None and (holder is None or holder.token != hold.token)
            numbers = self._append(connection, row, events, aside=lost)
            changed: dict[str, Any] = {"position": position, "seconds": seconds}
            changed = {key: value for key, value in changed.items() if value is not None and not lost}
            if changed:
                table = schema.assessment
                connection.execute(update(table).where(table.c.number == row.number).values(**changed))
        if lost:
            who = holder.who or holder.host if holder is not None else "?"
            raise HoldLost(problem("AIM615", Position(self.place), who=who), holder, numbers)
        return numbers

    def _append(
        self, connection: Connection, assessment: Row[Any], events: Sequence[AnswerEvent], aside: bool = False
    ) -> tuple[int, ...]:
        """Events at the end of an assessment whose row is locked; their numbers."""
        numbers = tuple(range(assessment.events + 1, assessment.events + len(events) + 1))
        if not events:
            return numbers
        now, device = self._now(), self._device(connection)
        rows = [
            {
                "assessment": assessment.number,
                "seq": seq,
                "device": device,
                "variable": event.variable,
                "voice": event.voice,
                "origin": event.origin,
                "given": written(event.given),
                "who": line(event.who) or assessment.adviser,
                "at": now,
                "aside": int(aside),
            }
            for seq, event in zip(numbers, events, strict=True)
        ]
        connection.execute(schema.answer_event.insert(), rows)
        table = schema.assessment
        count = assessment.events + len(events)
        connection.execute(update(table).where(table.c.number == assessment.number).values(events=count))
        return numbers

    def answers(self, assessment: str, voice: Voice = "adviser") -> dict[str, Given]:
        """variable -> the answer that counts, in the order in which they were settled. An answer taken back is there as
        a blank one."""
        return {name: answer.given for name, answer in self.latest(assessment, voice).items()}

    def latest(self, assessment: str, voice: Voice = "adviser") -> dict[str, StoredAnswer]:
        """The same with who gave it, when, and where from."""
        counting = (schema.answer_event.c.voice == voice) & (schema.answer_event.c.aside == 0)
        return {row.variable: self._stored(row) for row in latest_of(self._rows(assessment, counting))}

    def history(self, assessment: str, variable: str | None = None) -> list[StoredAnswer]:
        """Everything that was ever recorded, in both voices and those aside too, in order; of one variable, or all."""
        conditions = [] if variable is None else [schema.answer_event.c.variable == variable]
        return [self._stored(row) for row in self._rows(assessment, *conditions)]

    def _rows(self, assessment: str, *conditions: Any) -> Sequence[Row[Any]]:
        table = schema.answer_event
        with self._read() as connection:
            number = self._assessment_row(connection, assessment).number
            query = select(table).where(table.c.assessment == number, *conditions).order_by(table.c.seq, table.c.device)
            return connection.execute(query).all()

    def _stored(self, row: Row[Any]) -> StoredAnswer:
        try:
            return answer_of(row)
        except ValueError:
            raise self._refused("AIM618", name=row.variable, seq=row.seq) from None

    def answers_to(self, variables: Sequence[str]) -> list[CompanyAnswer]:
        """What every company last said to these questions, in each assessment and voice, by assessment and in order of
        being said. An answer taken back is there as a blank one."""
        a, e, d = schema.assessment, schema.answer_event, schema.definition
        query = (
            select(a.c.company, a.c.id, a.c.date, a.c.number, d.c.id.label("questionnaire"), e)
            .join(a, a.c.number == e.c.assessment)
            .join(d, d.c.hash == a.c.definition)
            .where(e.c.variable.in_(list(variables)), e.c.aside == 0)
            .order_by(a.c.number, e.c.seq, e.c.device)
        )
        found: dict[tuple[int, str, str], CompanyAnswer] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                key = (row.number, row.voice, row.variable)
                found.pop(key, None)
                found[key] = CompanyAnswer(
                    row.company, row.id, row.questionnaire, row.date, row.number, self._stored(row)
                )
        return list(found.values())

    def open_questionnaire(self, assessment: str) -> Questionnaire:
        """The questionnaire that an assessment was begun with."""
        return self.questionnaire(self.assessment(assessment).definition)


def written(given: Given) -> str:
    """The answer as one line of JSON, readable where it can be written as UTF-8."""
    data = to_json(given)
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return json.dumps(data)
    return text


def who_answered(company: StoredCompany, about: StoredAssessment, voice: Voice) -> Company:
    """The company, occasion and people of an assessment, as they stand beside its answers."""
    return Company(
        id=company.id,
        name=company.name,
        organisationsnummer=company.organisationsnummer,
        date=about.date,
        occasion=about.occasion,
        voice=voice,
        adviser=about.adviser,
        present=about.present,
        language=about.language,
    )


def counting_voice(adviser: Mapping[str, Given]) -> Voice:
    """Whose answers count, by what the adviser recorded: the adviser's, else, where that is nothing or taken back as a
    whole, the company's own."""
    return "adviser" if any(given.state is not State.BLANK for given in adviser.values()) else "company"


def assessment_table(
    store: Store, assessment: str, questionnaire: Questionnaire | None = None, voice: Voice = "adviser"
) -> AnswerTable:
    """A stored assessment as a table of one row, for scoring and reports. Without a questionnaire, the one that it was
    begun with; an answer that has no place in the one given is blank and kept as `raw`."""
    about = store.assessment(assessment)
    identity = who_answered(store.company(about.company), about, voice)
    asked = questionnaire if questionnaire is not None else store.questionnaire(about.definition)
    return table_of(asked, store.answers(assessment, voice), identity)
