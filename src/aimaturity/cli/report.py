"""`report`: one report per company, for one of them or for thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.compared import not_compared, peers_of
from aimaturity.cli.progress import Reports
from aimaturity.cli.shared import end, fail, kinds_of, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.benchmark.documents import BenchmarkSet
    from aimaturity.cli.sources import Source
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.report.files import Key
    from aimaturity.report.index import IndexRow
    from aimaturity.report.produce import Made, Task, Uncompared, Wanted
    from aimaturity.report.templates import Templates
    from aimaturity.scoring.document import ResultDocument

SHOWN = 20
"""Failures and leftover files that are named; the rest are counted."""


@dataclass(frozen=True)
class Asked:
    """What the command was asked for.

    report_lang  the reports' language; None: that of each one's answers
    jobs         processes; None: as many as there are processors, where that is worth it
    show         open what was written
    benchmark    file of a benchmark set to compare with
    """

    model: str
    folder: Path
    to: str
    template: Path | None
    report_lang: str | None
    lang: str
    jobs: int | None = None
    redact: bool = False
    show: bool = False
    database: str | None = None
    benchmark: Path | None = None


@dataclass
class Outcome:
    """What became of all of it.

    pages  every file that lies there now, in the order of the companies
    of     the same by the company's place in that order
    uncompared  why companies aren't compared with the peers asked for, and how many
    """

    written: list[Path] = field(default_factory=list)
    pages: list[Path] = field(default_factory=list)
    of: dict[int, list[Path]] = field(default_factory=dict)
    unchanged: int = 0
    failed: list[tuple[str, Diagnostic]] = field(default_factory=list)
    index: Path | None = None
    uncompared: Counter[Uncompared] = field(default_factory=Counter)


def run(sources: list[Path], asked: Asked) -> None:
    from aimaturity.cli.sources import keys_of
    from aimaturity.definitions.diagnostics import in_order
    from aimaturity.report.produce import KINDS

    lang = asked.lang
    _method.cache_clear()
    kinds = tuple(kinds_of(asked.to, KINDS, lang))
    templates = _templates(asked.template, lang)
    peers = peers_of(asked.benchmark, asked.redact, lang)
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(source_of(path, asked))) for path in sources]
        keys, lost = keys_of(opened)
        before = in_order(d for source in opened for d in source.problems)
        tell(before, lang)
        if not keys:
            fail()
        outcome = _made(opened, keys, kinds, templates, asked, peers=peers)
        note_reports(opened, outcome, asked)
        after = in_order(d for source in opened for d in source.problems)
    tell([d for d in after if d not in before], lang)
    apart = not_compared(outcome.uncompared, asked.benchmark)
    tell(apart, lang)
    _summary(outcome, len(keys), asked)
    if lost or not outcome.pages:
        fail()
    end((), look=bool(outcome.failed) or _needs_a_look([*before, *after, *apart]))


def _needs_a_look(problems: list[Diagnostic]) -> bool:
    from aimaturity.definitions.diagnostics import needs_a_look

    return needs_a_look(problems)


def _templates(own: Path | None, lang: str) -> Templates:
    """The templates; ends with 2, telling every fault, where the user's own can't be used."""
    from aimaturity.report.templates import TemplateFault, open_templates

    try:
        templates = open_templates(own)
    except TemplateFault as fault:
        tell(fault.diagnostics, lang)
        fail()
    tell(templates.check(), lang)
    return templates


def source_of(source: Path, asked: Asked) -> Source:
    """What is to be gone through company by company; what holds few is made by `documents_of`."""
    from aimaturity.cli.sources import DocumentLines, FewDocuments
    from aimaturity.scoring.reading import is_document

    model, lang = asked.model, asked.lang
    if not source.exists() and (stored := _stored(str(source), asked)) is not None:
        return stored
    if source.suffix.lower() == ".jsonl":
        return DocumentLines(source)
    if source.is_file() and source.suffix not in (".yaml", ".yml", ".json") and not is_document(source):
        return _survey(source, model, lang)
    return FewDocuments(lambda: documents_of(source, model, lang))


def documents_of(source: Path, model: str, lang: str) -> tuple[list[ResultDocument], list[Diagnostic]]:
    """The result documents that a source holds, or that its answers give."""
    from aimaturity.definitions.diagnostics import Position, problem
    from aimaturity.responses.answers_file import answered_questionnaire
    from aimaturity.scoring.reading import is_document, read_documents

    if is_document(source) or source.suffix == ".jsonl":
        return read_documents(source)
    if source.suffix in (".yaml", ".yml", ".json"):
        questionnaire = answered_questionnaire(source)
        if questionnaire is not None:
            return _of_answers(source, questionnaire, model, lang)
        if source.suffix == ".json" or not source.exists():
            return read_documents(source)
        return [], [problem("AIM407", Position(str(source)))]
    return _of_survey(source, model, lang)


def _stored(company: str, asked: Asked) -> Source | None:
    """A company of the register; None where there is none of that name, or no register."""
    from aimaturity.cli.sources import StoredCompany, stored_document
    from aimaturity.programme.store import StoreRefused, open_store

    try:
        with open_store(asked.database, create=False) as store:
            found = store.assessments(company)
            if not found:
                remark(say("no_assessments", asked.lang))
                fail()
            made = _method(model_for(found[-1].questionnaire, asked.model), asked.lang)
            return StoredCompany(found[-1].id, stored_document(store, found[-1], made))
    except StoreRefused as refused:
        if refused.diagnostic.code not in ("AIM601", "AIM611"):
            tell([refused.diagnostic], asked.lang)
            fail()
        return None


def note_reports(sources: list[Source], outcome: Outcome, asked: Asked) -> None:
    """Remembers where reports of stored assessments lie, so that they can be found when the company is erased."""
    from aimaturity.cli.register import opened
    from aimaturity.cli.sources import StoredCompany

    if not any(isinstance(source, StoredCompany) for source in sources):
        return
    place = 0
    with opened(asked.database, asked.lang) as store:
        for source in sources:
            if isinstance(source, StoredCompany) and not store.read_only:
                for path in outcome.of.get(place, ()):
                    store.note_report(source.assessment, str(path.absolute()))
            place += len(source.keys())


def model_for(questionnaire: str, model: str) -> str:
    """The model asked for; where none was, the one that is called like the questionnaire, if there is one."""
    from aimaturity.definitions import library

    if model == "ai-maturity" and questionnaire != model and questionnaire in library.available("scoring"):
        return questionnaire
    return model


def _of_answers(
    source: Path, questionnaire: str, model: str, lang: str
) -> tuple[list[ResultDocument], list[Diagnostic]]:
    from aimaturity.responses.answers_file import read_answers
    from aimaturity.scoring.build import documents

    made = _method(model_for(questionnaire, model), lang)
    reading = read_answers(source, made.questionnaire)
    if reading.table is None:
        return [], reading.diagnostics
    return list(documents(made, reading.table)), reading.diagnostics


def _of_survey(source: Path, model: str, lang: str) -> tuple[list[ResultDocument], list[Diagnostic]]:
    from aimaturity.cli.sources import everything

    return everything(_survey(source, model, lang))


def _survey(source: Path, model: str, lang: str) -> Source:
    from aimaturity.cli.mappings import saved
    from aimaturity.cli.sources import SurveyRows

    made = _method(model, lang)
    return SurveyRows(source, made, saved(made, lang, model))


_method = cache(usable_method)
"""Many sources of one model read it once."""


def write_reports(
    documents: Iterable[ResultDocument],
    folder: Path,
    kinds: list[str],
    template: Path | None,
    report_lang: str | None,
    lang: str,
) -> tuple[list[Path], bool]:
    """Writes the reports of documents that are at hand; the files that lie there now, and whether any failed."""
    from aimaturity.cli.sources import FewDocuments

    held = list(documents)
    asked = Asked("", folder, ",".join(kinds), template, report_lang, lang)
    source = FewDocuments(lambda: (held, []))
    outcome = _made([source], source.keys(), tuple(kinds), _templates(template, lang), asked, named=False)
    _tell_failed(outcome, lang)
    return outcome.pages, bool(outcome.failed)


def _made(
    sources: list[Source],
    keys: list[Key],
    kinds: tuple[str, ...],
    templates: Templates,
    asked: Asked,
    named: bool = True,
    peers: BenchmarkSet | None = None,
) -> Outcome:
    """Makes and writes every report, and the index page where there are several.

    named  each file that is written is told, on standard output
    """
    from aimaturity.report.files import file_stems
    from aimaturity.report.pool import make_all
    from aimaturity.report.produce import Wanted, usable_folder

    trouble = usable_folder(asked.folder)
    if trouble is not None:
        tell([trouble], asked.lang)
        fail()
    stems = [f"company-{n}" for n in range(1, len(keys) + 1)] if asked.redact else file_stems(keys)
    language = _index_language(keys, asked)
    wanted = Wanted(asked.folder, kinds, language, asked.report_lang, asked.template, asked.redact, peers)
    outcome = Outcome()
    rows: dict[str, IndexRow] = {}
    places = {stem: place for place, stem in enumerate(stems)}
    made = make_all(_tasks(sources, keys, stems), wanted, len(keys), asked.jobs)
    with Reports(len(keys), asked.lang) as progress, closing(made):
        try:
            for one in made:
                _count(one, outcome, rows, asked, places[one.stem])
                for name in one.written if named else ():
                    out(say("written", asked.lang, path=asked.folder / name))
                progress.step()
        except KeyboardInterrupt:
            remark(say("reports_interrupted", asked.lang, count=progress.done, all=len(keys), folder=asked.folder))
            raise
    if len(keys) > 1:
        _write_index([rows[stem] for stem in stems if stem in rows], wanted, templates, outcome)
    if len(keys) > 1 or asked.redact:
        _tell_leftovers(stems, asked)
    return outcome


def _tasks(sources: list[Source], keys: list[Key], stems: list[str]) -> Iterator[Task]:
    """The work, company by company. Documents are made as they are asked for."""
    from aimaturity.report.produce import Task

    entries = (entry for source in sources for entry in source.entries())
    for number, (key, stem, entry) in enumerate(zip(keys, stems, entries, strict=False), start=1):
        yield Task(stem, key, entry, number)


def _index_language(keys: list[Key], asked: Asked) -> str:
    """That asked for, else that of all answers, else of what the command says."""
    from aimaturity.report.words import LANGUAGES

    found = {key.language for key in keys}
    only = next(iter(found)) if len(found) == 1 else None
    return asked.report_lang or (only if only in LANGUAGES else asked.lang)


def _count(made: Made, outcome: Outcome, rows: dict[str, IndexRow], asked: Asked, place: int) -> None:
    from aimaturity.report.files import in_kinds

    names = in_kinds([*made.written, *made.unchanged])
    outcome.of[place] = [asked.folder / name for name in names]
    outcome.pages += outcome.of[place]
    outcome.written += [asked.folder / name for name in made.written]
    outcome.unchanged += len(made.unchanged)
    outcome.failed += [(made.row.company, problem) for problem in made.failed]
    if made.uncompared:
        outcome.uncompared[made.uncompared] += 1
    rows[made.stem] = made.row


def _write_index(rows: list[IndexRow], wanted: Wanted, templates: Templates, outcome: Outcome) -> None:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.report.files import INDEX
    from aimaturity.report.index import index_page
    from aimaturity.report.produce import put
    from aimaturity.report.templates import TemplateFault

    path = wanted.folder / f"{INDEX}.html"
    try:
        page = index_page(rows, wanted.index_language, templates, wanted.redact)
    except TemplateFault as fault:
        outcome.failed += [(path.name, problem) for problem in fault.diagnostics]
        return
    done = put(path, page.encode("utf-8"))
    if isinstance(done, Diagnostic):
        outcome.failed.append((path.name, done))
    else:
        outcome.index = path


def _tell_leftovers(stems: list[str], asked: Asked) -> None:
    from aimaturity.report.produce import leftovers

    found = list(leftovers(asked.folder, stems))
    if found:
        names = ", ".join(found[:SHOWN])
        key = "leftovers_redacted" if asked.redact else "leftovers"
        remark(say(key, asked.lang, count=len(found), folder=asked.folder, names=names + _more(found, asked.lang)))


def _more(found: list[str], lang: str) -> str:
    return " " + say("unread_more", lang, more=len(found) - SHOWN) if len(found) > SHOWN else ""


def _tell_failed(outcome: Outcome, lang: str) -> None:
    """The first failures, each with its place and reason, and how many more there are."""
    for name, problem in outcome.failed[:SHOWN]:
        place = f"{problem.at}: " if str(problem.at) else ""
        reason = f"{place}{problem.code} {problem.message(lang)}; {problem.hint(lang)}"
        remark(say("report_failed", lang, name=name or "?", reason=reason))
    if len(outcome.failed) > SHOWN:
        remark("  " + say("unread_more", lang, more=len(outcome.failed) - SHOWN))


def _summary(outcome: Outcome, companies: int, asked: Asked) -> None:
    """What was written, and what to open; opens it where that was asked for."""
    from aimaturity.cli.browser import lead_to

    lang = asked.lang
    _tell_failed(outcome, lang)
    if companies > 1 or outcome.unchanged or outcome.failed:
        counts = {"written": len(outcome.written), "unchanged": outcome.unchanged, "failed": len(outcome.failed)}
        remark(say("reports_done", lang, folder=asked.folder, **counts))
    lead_to(outcome.index or next(iter(outcome.pages), None), asked.show, lang)
