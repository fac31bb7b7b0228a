"""`report`: one report per company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli.shared import end, fail, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.scoring.document import ResultDocument

KINDS = ("html", "md")


def run(
    sources: list[Path],
    model: str,
    folder: Path,
    to: str,
    template: Path | None,
    report_lang: str | None,
    lang: str,
    database: str | None = None,
) -> None:
    from aimaturity.definitions.diagnostics import has_errors

    kinds = [kind.strip() for kind in to.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        remark(say("bad_ending", lang, ending=", ".join(unknown), endings=", ".join(KINDS)))
        fail()
    documents: list[ResultDocument] = []
    problems: list[Diagnostic] = []
    stored: dict[int, str] = {}
    for source in sources:
        held = None if source.exists() else stored_document(str(source), model, database, lang)
        if held is not None:
            stored[len(documents)] = held[0]
            documents.append(held[1])
            continue
        found, trouble = documents_of(source, model, lang)
        documents += found
        problems += trouble
    tell(problems, lang)
    if not documents:
        fail()
    written, failed = write_reports(documents, folder, kinds, template, report_lang, lang)
    if stored:
        note_reports(documents, stored, written, database, lang)
    for path in written:
        out(say("written", lang, path=path))
    if len(written) == 1:
        remark(say("open", lang, path=written[0]))
    else:
        remark(say("reports_done", lang, count=len(written), folder=folder))
    if has_errors(problems) or not written:
        fail()
    end(problems, look=failed)


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


def stored_document(company: str, model: str, database: str | None, lang: str) -> tuple[str, ResultDocument] | None:
    """The latest assessment of a company in the register, and its result; None where there is no such company."""
    from aimaturity.programme.store import StoreRefused, assessment_table, open_store
    from aimaturity.scoring.build import documents

    try:
        with open_store(database, create=False) as store:
            found = store.assessments(company)
            if not found:
                remark(say("no_assessments", lang))
                fail()
            about = found[-1]
            made = usable_method(model_for(about.questionnaire, model), lang)
            voice: Any = "adviser" if store.answers(about.id, "adviser") else "company"
            table = assessment_table(store, about.id, made.questionnaire, voice)
    except StoreRefused as refused:
        if refused.diagnostic.code not in ("AIM601", "AIM611"):
            tell([refused.diagnostic], lang)
            fail()
        return None
    return about.id, next(documents(made, table))


def note_reports(
    documents: list[ResultDocument], stored: dict[int, str], written: list[Path], database: str | None, lang: str
) -> None:
    """Remembers where reports of stored assessments lie, so that they can be found when the company is erased."""
    from aimaturity.cli.register import opened
    from aimaturity.report.files import file_names

    names = [name.removesuffix(".html") for name in file_names(documents, "html")]
    with opened(database, lang) as store:
        for place, assessment in stored.items():
            for path in (path for path in written if path.stem == names[place] and not store.read_only):
                store.note_report(assessment, str(path.absolute()))


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

    made = usable_method(model_for(questionnaire, model), lang)
    reading = read_answers(source, made.questionnaire)
    if reading.table is None:
        return [], reading.diagnostics
    return list(documents(made, reading.table)), reading.diagnostics


def _of_survey(source: Path, model: str, lang: str) -> tuple[list[ResultDocument], list[Diagnostic]]:
    from aimaturity.definitions.diagnostics import Diagnostic, Position
    from aimaturity.responses.survey import read_survey
    from aimaturity.scoring.build import documents

    made = usable_method(model, lang)
    reading = read_survey(source, made.questionnaire)
    cells = [Diagnostic(p.code, Position(str(source), p.source_row), p.facts) for p in reading.problems]
    if reading.table is None:
        return [], reading.diagnostics
    return list(documents(made, reading.table)), [*reading.diagnostics, *cells]


def write_reports(
    documents: Iterable[ResultDocument],
    folder: Path,
    kinds: list[str],
    template: Path | None,
    report_lang: str | None,
    lang: str,
) -> tuple[list[Path], bool]:
    """Writes the reports; the files written, and whether any failed."""
    from aimaturity.report.files import file_names

    documents = list(documents)
    names = [name.removesuffix(".html") for name in file_names(documents, "html")]
    written: list[Path] = []
    failed = False
    for document, text, kind, name in _rendered(documents, kinds, template, report_lang, names, lang):
        path = folder / f"{name}.{kind}"
        problem = None if text is None else _write(path, text)
        if text is None or problem is not None:
            failed = True
            reason = problem.message(lang) if problem is not None else "AIM5"
            remark(say("report_failed", lang, name=document.company.name or document.company.id, reason=reason))
        else:
            written.append(path)
    return written, failed


def _write(path: Path, text: str) -> Diagnostic | None:
    from aimaturity.scoring.export import write_text

    return write_text(path, text)


def _rendered(
    documents: list[ResultDocument],
    kinds: list[str],
    template: Path | None,
    report_lang: str | None,
    names: list[str],
    lang: str,
) -> Iterator[tuple[ResultDocument, str | None, str, str]]:
    """(document, text or None, kind, file name) of each report, with progress on a terminal."""
    from rich.console import Console
    from rich.progress import track

    from aimaturity.report.render import try_render
    from aimaturity.report.templates import TemplateFault, open_templates

    try:
        templates = open_templates(template)
        tell(templates.check(), lang)
    except TemplateFault as fault:
        tell(fault.diagnostics, lang)
        fail()
    console = Console(stderr=True)
    pairs = list(zip(documents, names, strict=True))
    quiet = not console.is_terminal or len(pairs) < 5
    for document, name in track(pairs, console=console, description="", disable=quiet, transient=True):
        for kind in kinds:
            made = try_render(document, kind, report_lang, templates)  # type: ignore[arg-type]
            tell(made.diagnostics, lang)
            yield document, made.text, kind, name
