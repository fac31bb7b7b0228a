"""Loading, scoring and rendering through the public functions gives the files in `expected/`, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimaturity.definitions.diagnostics import has_errors, render_text
from aimaturity.report.render import render
from aimaturity.responses.answers_file import read_answers
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import dumps
from tests.bundled import bundled
from tests.conftest import Golden

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/answers.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_produces_its_expected_files(case: Path, golden: Golden) -> None:
    text = (case / "answers.yaml").read_text("utf-8")
    name = "ai-quickscan" if "answers_to: ai-quickscan" in text else "ai-maturity"
    method = bundled(name)
    reading = read_answers(case / "answers.yaml", method.questionnaire)
    assert not has_errors(reading.diagnostics), render_text(reading.diagnostics)
    assert reading.table is not None
    document = next(documents(method, reading.table))
    golden.check(case / "expected", {"result.json": dumps(document), "report.sv.md": render(document, "md", "sv")})


def test_there_are_cases() -> None:
    assert len(CASES) >= 5
