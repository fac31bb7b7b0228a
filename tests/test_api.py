"""The library mirrors the commands."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import aimaturity
from aimaturity.definitions.library import bundled_folder

ROWS = {"id": ["å", "ä"], "ai_use": ["pilot", "Vet ej"], "problem_defined": ["one_named", "chosen_among"]}


def test_functions_are_there_by_name() -> None:
    for name in aimaturity.__all__:
        assert getattr(aimaturity, name) is not None
    with pytest.raises(AttributeError):
        _ = aimaturity.no_such_thing


def test_a_frame_gives_a_frame_of_the_same_kind() -> None:
    with_pandas = aimaturity.score_frame(pd.DataFrame(ROWS))
    with_polars = aimaturity.score_frame(pl.DataFrame(ROWS))
    assert isinstance(with_pandas, pd.DataFrame)
    assert isinstance(with_polars, pl.DataFrame)
    assert with_pandas["capability_high"].tolist() == with_polars["capability_high"].to_list()


def test_one_company_scores_like_its_row_in_a_file() -> None:
    method = aimaturity.load_method("ai-maturity")
    scored = aimaturity.score_file(bundled_folder("examples") / "survey-2026.csv", method)
    answers = {"ai_use": "pilot", "influence_on_ai": {"women": 2, "men": 6}}
    document = aimaturity.score(answers, method)
    assert document.answer("influence_on_ai").points == 55.0  # 2 of 8 is 25 %: 40 + 60 * (0.25 - 0.2) / 0.2
    assert len(scored.columns["capability"]) == 64
    assert "<!DOCTYPE html>" in aimaturity.render(document, "html", "sv")[:20]


def test_misuse_is_an_exception() -> None:
    with pytest.raises(ValueError, match="AIM019"):
        aimaturity.load_method("no-such-model")
    with pytest.raises(ValueError, match="ai_use"):
        aimaturity.score({"ai_use": "sometimes"})
