"""What counts of assessments' answers, kept beside them so that counting needn't score: see `schema.result`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sqlalchemy import Text, and_, cast, func, literal, or_, select, text
from sqlalchemy.engine import Connection

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.programme.store import schema
from aimaturity.programme.store.answers import Answers, counting_voice
from aimaturity.programme.store.companies import Companies
from aimaturity.programme.store.records import Voice, read_given
from aimaturity.responses.given import Given

MANY = 500
"""Assessments whose answers are read, or results replaced, at once."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An assessment with answers, of which no result is kept, or one of other answers or another model.

    basis  says from which answers a result would be: their number, and the version of the questions
    """

    number: int
    company: str
    questionnaire: str
    basis: str


@dataclass(frozen=True, slots=True)
class Result:
    """What counts of an assessment's answers; fields as in the table."""

    assessment: int
    basis: str
    model: str
    scored_areas: int
    level: int | None = None
    municipality: str | None = None
    county: str | None = None
    sector: str | None = None
    size: str | None = None
    women: int | None = None
    men: int | None = None
    other: int | None = None
    benchmark: str | None = None


class Results(Companies, Answers):
    """Results of assessments."""

    def asked(self) -> list[str]:
        """Ids of the questionnaires that assessments were made with."""
        a, d = schema.assessment, schema.definition
        with self._read() as connection:
            found = connection.execute(select(d.c.id).join(a, a.c.definition == d.c.hash).distinct())
            return sorted(found.scalars())

    def stale(self, models: Mapping[str, str]) -> list[Stale]:
        """Assessments whose result is to be made anew. One query; where nothing has changed, it gives no rows.

        models  questionnaire id -> what tells its scoring model; assessments of others are left out
        """
        if not models:
            return []
        a, d, r, e = schema.assessment, schema.definition, schema.result, schema.answer_event
        counts = select(e.c.assessment, func.count().label("events")).group_by(e.c.assessment).subquery()
        basis = cast(counts.c.events, Text) + literal(":") + a.c.definition
        same = or_(*(and_(d.c.id == name, r.c.model == model) for name, model in models.items()))
        query = (
            select(a.c.number, a.c.company, d.c.id, basis)
            .join(counts, counts.c.assessment == a.c.number)
            .join(d, d.c.hash == a.c.definition)
            .outerjoin(r, r.c.assessment == a.c.number)
            .where(d.c.id.in_(list(models)), or_(r.c.assessment.is_(None), r.c.basis != basis, ~same))
            .order_by(a.c.number)
        )
        with self._read() as connection:
            return [Stale(*row) for row in connection.execute(query)]

    def counting_answers(
        self, numbers: Sequence[int]
    ) -> Iterator[tuple[int, Voice, dict[str, Given], Diagnostic | None]]:
        """Assessment number -> whose answers count (the adviser's, else the company's own), and they; with what is
        wrong where one can't be read, and then none."""
        e = schema.answer_event
        for start in range(0, len(numbers), MANY):
            some = numbers[start : start + MANY]
            query = select(e.c.assessment, e.c.voice, e.c.variable, e.c.given, e.c.seq)
            query = query.where(e.c.assessment.in_(some), e.c.aside == 0)
            found: dict[int, dict[str, dict[str, tuple[int, str]]]] = {}
            with self._read() as connection:
                for row in connection.execute(query.order_by(e.c.assessment, e.c.seq, e.c.device)):
                    by_variable = found.setdefault(row.assessment, {}).setdefault(row.voice, {})
                    by_variable[row.variable] = row.seq, row.given
            for number in some:
                said: dict[str, dict[str, Given]] = {"adviser": {}, "company": {}}
                damaged: dict[str, Diagnostic] = {}
                for voice, variables in found.get(number, {}).items():
                    for variable, (seq, given) in variables.items():
                        try:
                            said[voice][variable] = read_given(given)
                        except ValueError:
                            damaged[voice] = problem("AIM618", Position(self.place), name=variable, seq=seq)
                counts = counting_voice(said["adviser"])
                wrong = damaged.get("adviser") or damaged.get(counts)
                yield number, counts, {} if wrong else said[counts], wrong

    def keep_results(self, results: Sequence[Result], companies: Iterable[str]) -> None:
        """Keeps results in place of earlier ones, and writes down where their companies belong."""
        if results:
            with self._write() as connection:
                self._keep_results(connection, results, companies)

    def _keep_results(self, connection: Connection, results: Sequence[Result], companies: Iterable[str]) -> None:
        table = schema.result
        numbers = [result.assessment for result in results]
        for start in range(0, len(numbers), MANY):
            connection.execute(table.delete().where(table.c.assessment.in_(numbers[start : start + MANY])))
        connection.execute(table.insert(), [asdict(result) for result in results])
        self._place_all(connection, sorted(set(companies)))

    @contextmanager
    def as_if_kept(self, results: Sequence[Result], companies: Iterable[str]) -> Iterator[Connection]:
        """A transaction in which results count as kept, in a store that can't be written: temporary tables stand in
        front of its own. Of SQLite alone; a PostgreSQL database is never opened read-only."""
        with self._read() as connection:
            shadows = (schema.result, schema.company) if results else ()
            try:
                for table in shadows:
                    connection.execute(text(f"CREATE TEMP TABLE {table.name} AS SELECT * FROM main.{table.name}"))
                if results:
                    self._keep_results(connection, results, companies)
                yield connection
            finally:
                for table in shadows:
                    connection.execute(text(f"DROP TABLE IF EXISTS temp.{table.name}"))
