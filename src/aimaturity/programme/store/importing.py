"""Answers from files: each respondent's go to an assessment of their company; the same once more changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store import schema
from aimaturity.programme.store.alike import Known
from aimaturity.programme.store.answers import Answers
from aimaturity.programme.store.companies import Companies
from aimaturity.programme.store.faults import StoreRefused
from aimaturity.programme.store.records import OCCASIONS, VOICES, AnswerEvent, Occasion, StoredCompany, Voice
from aimaturity.responses.given import BLANK, Given, to_json
from aimaturity.responses.table import AnswerTable, Company, given_of


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one respondent's answers.

    row          where they stood in the file; None in an answers file
    company      the company's id; None where the row wasn't imported
    assessment   where they are now
    answers      how many answers were new or changed
    """

    row: int | None
    company: str | None
    assessment: str | None
    new_company: bool
    new_assessment: bool
    answers: int


class Importing(Companies, Answers):
    """Reading answers in."""

    def import_table(
        self,
        questionnaire: Questionnaire,
        table: AnswerTable,
        source: str,
        *,
        voice: Voice | None = None,
        default_voice: Voice = "company",
        occasion: Occasion | None = None,
        finish: bool | None = None,
    ) -> Iterator[tuple[Imported, list[Diagnostic]]]:
        """Reads in a table with companies, row by row; each row is on disk when it is given back.

        voice, occasion  for all rows, whatever the file says
        default_voice    where neither says it
        finish           whether assessments are finished: nobody is going to be asked more. True holds for those that
                         were begun earlier too, as long as only this voice has spoken in them; None: new ones in the
                         adviser's voice are

        A row goes to the assessment that the same respondent's answers went to before, and then only what differs from
        them is recorded; else to the company's latest assessment of this questionnaire that goes on (or is of the same
        occasion) and in which that voice hasn't spoken; else to a new one.
        """
        known = Known(self.companies())
        seen: Counter[tuple[str, str]] = Counter()
        for row, said in enumerate(table.companies):
            about = _About(said, source, voice, default_voice, occasion)
            try:
                company, is_new, notes = self._whose(known, about)
            except StoreRefused as refused:
                found = refused.diagnostic
                notes = [Diagnostic(found.code, about.at, found.facts)]
                yield Imported(said.source_row, None, None, False, False, 0), notes
                continue
            key = about.key
            if not key:  # nothing tells the company's respondents apart but their order
                seen[company.id, about.voice] += 1
                key = f"#{seen[company.id, about.voice]}"
            answers = given_of(questionnaire, table, row)
            assessment, begun, count = self._take_in(questionnaire, company, about, key, answers)
            done = about.voice == "adviser" if finish is None else finish
            if done and (begun or (finish and self._is_open(assessment, about.voice))):
                self.finish(assessment)
            yield Imported(said.source_row, company.id, assessment, is_new, begun, count), notes

    def _whose(self, known: Known, about: _About) -> tuple[StoredCompany, bool, list[Diagnostic]]:
        """The row's company, whether it was added, and what the adviser should know."""
        said = about.company
        if not (said.name or said.organisationsnummer) and said.id == f"row-{said.source_row}":
            raise StoreRefused(problem("AIM623"))
        found, wrong = known.find(said.id, said.name, said.organisationsnummer)
        if wrong is not None:
            raise StoreRefused(wrong)
        notes: list[Diagnostic] = []
        is_new = found is None
        if found is None:
            near = known.alike(said.name or said.id)
            if near is not None:
                notes.append(problem("AIM625", about.at, name=said.name or said.id, other=near.name or near.id))
            found = self.add_company(said.name, id=said.id, organisationsnummer=said.organisationsnummer)
        else:
            lacking: dict[str, Any] = {}
            if found.name is None and said.name:
                lacking["name"] = said.name
            if found.organisationsnummer is None and said.organisationsnummer:
                lacking["organisationsnummer"] = said.organisationsnummer
            if lacking:
                found = self.edit_company(found.id, **lacking)
        known.add(found)
        return found, is_new, notes

    def _take_in(
        self,
        questionnaire: Questionnaire,
        company: StoredCompany,
        about: _About,
        key: str,
        answers: Mapping[str, Given],
    ) -> tuple[str, bool, int]:
        """The assessment, whether it was begun, and how many answers were recorded."""
        digest = _digest(about, key, answers)
        before = self._before(company.id, questionnaire.questionnaire, about.voice)
        same = next((row for row in before if row.digest == digest), None)
        if same is not None:
            return same.id, False, 0
        earlier = next((row.id for row in before if row.key == key), None)
        assessment = earlier or self._open_for(company.id, questionnaire.questionnaire, about)
        is_new = assessment is None
        if assessment is None:
            said = about.company
            assessment = self.begin(
                company.id,
                questionnaire,
                occasion=about.occasion,
                adviser=said.adviser,
                present=said.present,
                language=said.language,
                date=about.day,
            )
        events = self._changed(assessment, about, answers)
        with self._write() as connection:
            row = self._assessment_row(connection, assessment, lock=True)
            self._append(connection, row, events)
            connection.execute(
                schema.imported.insert().values(
                    assessment=row.number,
                    voice=about.voice,
                    source=about.source,
                    key=key,
                    digest=digest,
                    at=self._now(),
                )
            )
        return assessment, is_new, len(events)

    def _before(self, company: str, questionnaire: str, voice: str) -> list[Any]:
        """What was read in for a company before: assessment, key and digest; the latest first."""
        a, i, d = schema.assessment, schema.imported, schema.definition
        query = (
            select(a.c.id, i.c.key, i.c.digest)
            .join(a, a.c.number == i.c.assessment)
            .join(d, d.c.hash == a.c.definition)
            .where(a.c.company == company, d.c.id == questionnaire, i.c.voice == voice)
        )
        with self._read() as connection:
            return list(connection.execute(query.order_by(i.c.number.desc())))

    def _open_for(self, company: str, questionnaire: str, about: _About) -> str | None:
        """The latest assessment that the answers may belong to, and in which their voice hasn't spoken."""
        for found in reversed(self.assessments(company)):
            fits = found.occasion == about.occasion if about.occasion else found.finished is None
            if found.questionnaire == questionnaire and fits and not self.latest(found.id, about.voice):
                return found.id
        return None

    def _is_open(self, assessment: str, voice: Voice) -> bool:
        """Whether an assessment isn't finished, and nobody is about to: no other voice than this has spoken in it."""
        return self.assessment(assessment).finished is None and not any(
            self.latest(assessment, other) for other in VOICES if other != voice
        )

    def _changed(self, assessment: str, about: _About, answers: Mapping[str, Given]) -> list[AnswerEvent]:
        """Events for what the file says otherwise than it did the last time; what was changed by hand since stays."""
        last: dict[str, Given] = {}
        for event in self.history(assessment):
            if event.voice == about.voice and event.origin == "import" and not event.aside:
                last[event.variable] = event.given
        now = {name: answers.get(name, BLANK) for name in [*answers, *(name for name in last if name not in answers)]}
        who = about.company.adviser if about.voice == "adviser" else about.company.respondent
        return [
            AnswerEvent(name, given, about.voice, "import", who)
            for name, given in now.items()
            if last.get(name, BLANK) != given
        ]


class _About:
    """Who answered, in which voice and when."""

    def __init__(
        self, company: Company, source: str, voice: Voice | None, default: Voice, occasion: Occasion | None
    ) -> None:
        said = company.voice
        self.company, self.source = company, source
        stated = next((known for known in VOICES if known == said), default)
        self.voice: Voice = voice if voice is not None else stated
        self.occasion: Occasion | None = occasion or next((o for o in OCCASIONS if o == company.occasion), None)
        self.day = day_of_answers(company)
        self.at = Position(source, company.source_row or 0)
        parts = (self.occasion, company.respondent or company.submitted or company.date)
        self.key = " ".join(part for part in parts if part)


def day_of_answers(company: Company) -> str | None:
    """The ISO day that the file says of a respondent's answers; None where it says none that can be read."""
    return _day(company.date) or _day(company.submitted)


def _day(said: str | None) -> str | None:
    """The ISO day at the beginning of a date or time, or None."""
    try:
        return dt.date.fromisoformat((said or "")[:10]).isoformat()
    except ValueError:
        return None


def _digest(about: _About, key: str, answers: Mapping[str, Given]) -> str:
    said = {name: to_json(given) for name, given in answers.items()}
    text = json.dumps([about.voice, key, said], sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
