"""Loading, scoring and rendering through the public functions gives the files in `expected/`, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aimaturity.benchmark.publish import new_ledger
from aimaturity.definitions.diagnostics import has_errors, render_text
from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.cohort.hub import cohort
from aimaturity.programme.cohort.public import public_cohort
from aimaturity.report.cohort.build import page_of
from aimaturity.report.pages import made as cohort_pages
from aimaturity.report.pdf import pdf
from aimaturity.report.render import render
from aimaturity.report.templates import open_templates
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.survey import read_survey
from aimaturity.responses.table import AnswerTable
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument, dumps
from aimaturity.scoring.method import Method
from tests.bundled import bundled
from tests.conftest import Golden
from tests.report.pdf_text import squashed, text_of

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/answers.yaml"))
COHORT = Path(__file__).parent / "golden" / "cohort-of-a-survey"
SECRET = b"not a secret: for tests alone"
WHOLE = [case for case in CASES if (case / "expected" / "report.sv.html").exists()]
"""Cases whose HTML and PDF are kept too: six typical companies."""


def read(path: Path, method: Method) -> AnswerTable | None:
    """The answers in a file; None where there is no such file."""
    if not path.exists():
        return None
    reading = read_answers(path, method.questionnaire)
    assert not has_errors(reading.diagnostics), render_text(reading.diagnostics)
    assert reading.table is not None
    return reading.table


def document_of(case: Path) -> ResultDocument:
    """The case's document: `answers.yaml`, beside them the company's `own.yaml` and last time's `earlier.yaml`."""
    quick = "answers_to: ai-quickscan" in (case / "answers.yaml").read_text("utf-8")
    method = bundled("ai-quickscan" if quick else "ai-maturity")
    table = read(case / "answers.yaml", method)
    assert table is not None
    return next(documents(method, table, read(case / "own.yaml", method), read(case / "earlier.yaml", method)))


def without_style(html: str) -> str:
    """The page without its style sheet, fonts and the sheet's hash: they are the same in every report."""
    return re.sub(
        r"sha256-[\w+/=]+", "sha256-…", re.sub(r"<style>.*?</style>", "<style>…</style>", html, flags=re.DOTALL)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_produces_its_expected_files(case: Path, golden: Golden) -> None:
    document = document_of(case)
    produced = {"result.json": dumps(document), "report.sv.md": render(document, "md", "sv")}
    if case in WHOLE:
        html = render(document, "html", "sv")
        produced |= {"report.sv.html": without_style(html), "report.sv.pdf.txt": text_of(pdf(html))}
    same_but_for_lines = {"report.sv.pdf.txt": squashed}
    golden.check(case / "expected", produced, same_but_for_lines)


def test_the_cohort_of_a_survey_produces_its_expected_files(golden: Golden) -> None:
    method = bundled()
    survey = read_survey(bundled_folder("examples") / "survey-2026.csv", method.questionnaire)
    results = list(documents(method, survey.table))
    made = cohort(results, "sector")
    assert made is not None
    public = public_cohort(results, results[0], new_ledger(SECRET), SECRET, "2026-11-26").document
    produced = {
        "cohort.sv.md": cohort_pages(page_of(made, "sv"), "cohort", open_templates())["md"]().decode(),
        "cohort-public.en.md": cohort_pages(page_of(public, "en"), "cohort", open_templates())["md"]().decode(),
        "cohort-public.json": dumps(public),
    }
    golden.check(COHORT / "expected", produced)


def test_there_are_cases() -> None:
    assert len(CASES) >= 5
    assert len(WHOLE) >= 6
