"""`assessment import`: answers files and survey files into the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import end, fail, out, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.questionnaire import Questionnaire
    from aimaturity.programme.store import Store
    from aimaturity.programme.store.importing import Imported
    from aimaturity.responses.survey import Reading
    from aimaturity.responses.table import AnswerTable


@dataclass(frozen=True)
class Wanted:
    """What was asked for; `voice` and `occasion` None where the file says them, `finished` where the method does."""

    questionnaire: str
    voice: Any
    occasion: Any
    tool: str | None
    finished: bool | None
    database: str | None
    json: bool
    lang: str


def run(files: list[Path], wanted: Wanted) -> None:
    problems: list[Diagnostic] = []
    told: list[dict[str, Any]] = []
    with opened(wanted.database, wanted.lang, create=True) as store:
        for file in files:
            read, found = _read(file, wanted)
            problems += found
            tell(found, wanted.lang)
            if read is None:
                continue
            questionnaire, table, voice = read
            before = _going_on(store)
            done = list(_into(store, file, questionnaire, table, voice, wanted, problems))
            told.append({"file": str(file), "rows": done})
            if not wanted.json:
                _sum_up(file, done, before, _going_on(store), wanted.lang)
    if wanted.json:
        out(as_json(told))
    if not any(row.company for one in told for row in one["rows"]):
        fail()
    # A file or a row that was left out is told; what was read in is in.
    end(look=any(problem.severity != "advice" for problem in problems))


def _into(
    store: Store,
    file: Path,
    questionnaire: Questionnaire,
    table: AnswerTable,
    voice: Any,
    wanted: Wanted,
    problems: list[Diagnostic],
) -> Iterator[Imported]:
    finish = wanted.finished if wanted.finished is not None else _nothing_to_ask(questionnaire) or None
    options = {"voice": wanted.voice, "default_voice": voice, "occasion": wanted.occasion, "finish": finish}
    for done, notes in store.import_table(questionnaire, table, file.name, **options):
        problems += notes
        tell(notes, wanted.lang)
        yield done


def _nothing_to_ask(questionnaire: Questionnaire) -> bool:
    """Whether a company that has answered is done: scores of a quick scan are an indication, and nobody confirms it."""
    from aimaturity.definitions import library
    from aimaturity.definitions.load import load_scoring_model

    path = library.available("scoring").get(questionnaire.questionnaire)
    model = load_scoring_model(path).model if path is not None else None
    return model is not None and model.indication


def _going_on(store: Store) -> set[str]:
    return {one.id for one in store.assessments(finished=False)}


def _sum_up(file: Path, done: list[Imported], before: set[str], after: set[str], lang: str) -> None:
    taken = [row for row in done if row.company is not None]
    again = [row for row in taken if not row.new_assessment and not row.answers]
    if taken and len(again) == len(done):
        out(say("nothing_new", lang, file=file.name))
    else:
        out(say("imported", lang, file=file.name, **_counts(done, taken, again)))
    its = {row.assessment for row in taken}
    if count := len(its & (before - after)):
        out(say("imported_finished", lang, count=count))
    if count := len(its & after):
        out(say("imported_open", lang, count=count))


def _counts(done: list[Imported], taken: list[Imported], again: list[Imported]) -> dict[str, int]:
    return {
        "rows": len(done),
        "companies": sum(row.new_company for row in done),
        "assessments": sum(row.new_assessment for row in done),
        "answers": sum(row.answers for row in done),
        "same": len(again),
        "left": len(done) - len(taken),
    }


def _read(file: Path, wanted: Wanted) -> tuple[tuple[Questionnaire, AnswerTable, Any] | None, list[Diagnostic]]:
    """The questionnaire, the answers, and whose they are where nothing says it; and what was wrong."""
    from aimaturity.responses.answers_file import answered_questionnaire, read_answers

    if file.suffix in (".yaml", ".yml", ".json"):
        named = answered_questionnaire(file)
        if named is not None or file.suffix != ".json":
            questionnaire = _usable(named or wanted.questionnaire, wanted.lang)
            reading = read_answers(file, questionnaire)
            taken = (questionnaire, reading.table, "adviser") if reading.table is not None else None
            return taken, reading.diagnostics
    return _survey(file, _usable(wanted.questionnaire, wanted.lang), wanted)


def _survey(
    file: Path, questionnaire: Questionnaire, wanted: Wanted
) -> tuple[tuple[Questionnaire, AnswerTable, Any] | None, list[Diagnostic]]:
    from aimaturity.definitions.diagnostics import Diagnostic, Position
    from aimaturity.responses.survey import read_survey

    reading = read_survey(file, questionnaire, tool=wanted.tool)
    cells = [Diagnostic(p.code, Position(str(file), p.source_row), p.facts) for p in reading.problems]
    if reading.table is None:
        return None, [*reading.diagnostics, *cells]
    found = [Diagnostic("AIM364", d.at, d.facts) if d.code == "AIM317" else d for d in reading.diagnostics]
    days = _without_a_day(file, reading)
    return (questionnaire, reading.table, "company"), [*found, *days, *cells]


_A_TIME = re.compile(r"tid|datum|date|time|\b(?:dag|day|när|when)\b", re.IGNORECASE)


def _without_a_day(file: Path, reading: Reading) -> list[Diagnostic]:
    """That rows don't say when they were answered, and what might: columns that weren't used, or a time that can't be
    read."""
    from aimaturity.definitions.diagnostics import Position, problem
    from aimaturity.programme.store.importing import day_of_answers
    from aimaturity.responses.identity import masked

    companies = reading.table.companies if reading.table is not None else ()
    without = [company for company in companies if day_of_answers(company) is None]
    if not without:
        return []
    texts = [text for company in without for text in (company.date, company.submitted) if text]
    might = [f"'{masked(text)[:60]}'" for text in [*filter(_A_TIME.search, reading.ignored), *texts[:1]]][:8]
    names = {"columns_sv": ", ".join(might) or "inget", "columns_en": ", ".join(might) or "nothing"}
    return [problem("AIM366", Position(str(file)), count=len(without), rows=len(companies), **names)]


def _usable(name: str, lang: str) -> Questionnaire:
    """The questionnaire of this id or path; ends with 2 where it can't be used."""
    from aimaturity.definitions.diagnostics import Severity
    from aimaturity.definitions.load import load_questionnaire

    loaded = load_questionnaire(Path(name) if Path(name).suffix else name)
    if loaded.value is None or any(d.severity is Severity.ERROR for d in loaded.diagnostics):
        tell(loaded.diagnostics, lang)
        fail()
    return loaded.value
