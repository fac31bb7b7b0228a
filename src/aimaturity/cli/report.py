"""`report`: one report per company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.shared import end, fail, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.scoring.document import ResultDocument

KINDS = ("html", "md")


def run(
    sources: list[Path], model: str, folder: Path, to: str, template: Path | None, report_lang: str | None, lang: str
) -> None:
    from aimaturity.definitions.diagnostics import has_errors

    kinds = [kind.strip() for kind in to.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        remark(say("bad_ending", lang, ending=", ".join(unknown), endings=", ".join(KINDS)))
        fail()
    documents: list[ResultDocument] = []
    problems: list[Diagnostic] = []
    for source in sources:
        found, trouble = documents_of(source, model, lang)
        documents += found
        problems += trouble
    tell(problems, lang)
    if not documents:
        fail()
    written, failed = write_reports(documents, folder, kinds, template, report_lang, lang)
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


def _of_answers(
    source: Path, questionnaire: str, model: str, lang: str
) -> tuple[list[ResultDocument], list[Diagnostic]]:
    from aimaturity.definitions import library
    from aimaturity.responses.answers_file import read_answers
    from aimaturity.scoring.build import documents

    if model == "ai-maturity" and questionnaire != "ai-maturity" and questionnaire in library.available("scoring"):
        model = questionnaire  # no model was asked for: the one that is called like the questionnaire
    made = usable_method(model, lang)
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
