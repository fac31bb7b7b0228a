"""`demo`: the whole chain on the bundled example, and a whole invented programme (`demo_programme`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aimaturity.cli.report import write_reports
from aimaturity.cli.score import write_problems
from aimaturity.cli.shared import fail, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic

SURVEY = "survey-2026.csv"
ANSWERS = "answers-brosarp.yaml"


def run(folder: Path, lang: str) -> None:
    from aimaturity.api import table_of
    from aimaturity.definitions.library import bundled_folder
    from aimaturity.responses.answers_file import read_answers
    from aimaturity.responses.survey import read_survey
    from aimaturity.scoring import export
    from aimaturity.scoring.build import documents
    from aimaturity.scoring.document import dumps

    examples = bundled_folder("examples")
    made = usable_method("ai-maturity", lang)
    reading = read_survey(examples / SURVEY, made.questionnaire)
    if reading.table is None:
        tell(reading.diagnostics, lang)
        fail()
    remark(say("demo_intro", lang, count=reading.table.rows))
    columns, unused = table_of(made, reading.table)
    results = list(documents(made, reading.table))
    lines = "".join(dumps(document, indent=None) + "\n" for document in results)
    _wrote(export.write_text(folder / "scores.csv", export.csv_text(columns)), folder / "scores.csv", lang)
    listed = [*reading.problems, *unused]
    _wrote(write_problems(folder / "problems.csv", listed, lang), folder / "problems.csv", lang)
    _wrote(export.write_text(folder / "results.jsonl", lines), folder / "results.jsonl", lang)
    interview = read_answers(examples / ANSWERS, made.questionnaire)
    if interview.table is None:
        tell(interview.diagnostics, lang)
        fail()
    [document] = documents(made, interview.table)
    path = folder / "answers-brosarp.result.json"
    _wrote(export.write_text(path, dumps(document)), path, lang)
    pages, failed = write_reports([*results, document], folder / "reports", ["html", "md"], None, lang, lang)
    out(say("files_done", lang, count=len(pages), folder=folder / "reports"))
    if pages:
        _print(next(page for page in reversed(pages) if page.suffix == ".html"), lang)
    remark(say("demo_note", lang, path=folder / "problems.csv"))
    if failed or not pages:
        fail()
    from aimaturity.cli.demo_programme import run as programme

    looked_at = [page for page in programme(folder, lang) if page.suffix == ".html"]
    for path in (next(page for page in reversed(pages) if page.suffix == ".html"), *looked_at):
        out(say("open", lang, path=path))


def _print(page: Path, lang: str) -> None:
    """The page as PDF beside it; where that can't be made here, what to do is said and the demo goes on."""
    from aimaturity.report.pdf import PdfMissing, pdf
    from aimaturity.scoring.export import write_whole

    try:
        data = pdf(page.read_text("utf-8"))
    except PdfMissing as missing:
        tell([missing.diagnostic], lang)
        return
    path = page.with_suffix(".pdf")

    def fill(stream: BinaryIO) -> None:
        stream.write(data)

    _wrote(write_whole(path, fill), path, lang)


def _wrote(problem: Diagnostic | None, path: Path, lang: str) -> None:
    if problem is not None:
        tell([problem], lang)
        fail()
    out(say("written", lang, path=path))
