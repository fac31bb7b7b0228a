"""Scores that others published come out the same, through ordinary model files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from aimaturity.definitions.diagnostics import has_errors, render_text
from aimaturity.definitions.load import load_scoring_model
from aimaturity.responses.answers_file import read_answers
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import NodeResult, ResultDocument
from aimaturity.scoring.method import method
from tests.published.convert import convert, name

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
SCORING = [case for case in CASES if not case["id"].startswith("stat-")]


def test_every_case_but_the_statistics_is_tried() -> None:
    assert len(CASES) == 61
    assert len(SCORING) == 56


@pytest.mark.parametrize("case", SCORING, ids=lambda case: case["id"])
def test_the_engine_gives_the_published_result(case: dict[str, Any], tmp_path: Path) -> None:
    document = _score(case, tmp_path)
    for published, expected in case["expected"].items():
        node = document.node(name(published.removesuffix(".attained")))
        assert node is not None, published
        _assert_equal(case, published, node, expected)


def _score(case: dict[str, Any], folder: Path) -> ResultDocument:
    files = convert(case)
    for file, content in (("questionnaire.yaml", files.questionnaire), ("model.yaml", files.model)):
        (folder / file).write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    answers = {"answers_to": "published", "version": "1", "company": {"id": "published"}, "answers": files.answers}
    (folder / "answers.yaml").write_text(yaml.safe_dump(answers), "utf-8")
    loaded = load_scoring_model(folder / "model.yaml")
    assert not has_errors(loaded.diagnostics), render_text(loaded.diagnostics)
    assert loaded.model is not None
    assert loaded.questionnaire is not None
    reading = read_answers(folder / "answers.yaml", loaded.questionnaire)
    assert not has_errors(reading.diagnostics), render_text(reading.diagnostics)
    assert reading.table is not None
    return next(documents(method(loaded.questionnaire, loaded.model), reading.table))


def _assert_equal(case: dict[str, Any], published: str, node: NodeResult, expected: Any) -> None:
    aggregate = case["structure"]["aggregate"]
    if expected == "error":
        assert node.score is None
        assert node.reason == "zero_in_mean"
    elif expected is None:
        assert node.score is None
    elif published.endswith(".attained") or aggregate in ("band", "capability_level"):
        assert node.level == expected
    elif aggregate == "staged_plus":
        following = [stage for stage in node.stages if stage.level == (node.level or 0) + 1]
        plus = "+" if any(stage.partly for stage in following) else ""
        assert f"{node.level}{plus}" == expected
    else:
        assert node.score == pytest.approx(expected, abs=case["tolerance"] or 1e-9)
