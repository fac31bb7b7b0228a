"""Documents and definitions of every released version stay readable. Files here are never changed, only added."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimaturity.definitions.load import load_programme, load_questionnaire, load_scoring_model
from aimaturity.report.render import render
from aimaturity.responses.answers_file import read_answers
from aimaturity.scoring.reading import read_documents
from tests.bundled import bundled

VERSIONS = sorted((Path(__file__).parent / "released").iterdir())


@pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.name)
def test_a_released_result_document_gives_a_report(folder: Path) -> None:
    documents, problems = read_documents(folder / "result.json")
    assert problems == []
    for language in ("sv", "en"):
        assert "Brösarps Finmekanik AB" in render(documents[0], "html", language)


@pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.name)
def test_released_definitions_and_answers_load(folder: Path) -> None:
    assert load_questionnaire(folder / "questionnaire.yaml").value is not None
    assert load_programme(folder / "programme.yaml").value is not None
    assert load_scoring_model(folder / "scoring.yaml").usable
    assert read_answers(folder / "answers.yaml", bundled().questionnaire).table is not None
