"""Numbers in the text are those of the document: scores, bounds, sums, counts, in each language's own writing."""

from __future__ import annotations

import re
from functools import cache

import pytest

from aimaturity.report.build import view_of
from aimaturity.report.render import render
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from tests.bundled import bundled, random_rows, table


@cache
def told() -> list[ResultDocument]:
    return list(documents(bundled(), table(random_rows(24, seed=7, missing=0.3))))


def number(text: str, language: str) -> float:
    return float(text.replace("\u00a0", "").replace(",", "." if language == "sv" else "").replace("−", "-"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_scores_and_bounds_in_text_are_those_of_the_document(language: str) -> None:
    for document in told():
        rows = {row.id: row for row in view_of(document, language).profile.rows}
        for name in document.areas:
            node, score = document.node(name), rows[name].score
            assert node is not None
            assert (score.number is None) == (node.score is None)
            if score.number is not None and node.score is not None:
                assert abs(number(score.number, language) - node.score) <= 0.5
            if score.range is not None and node.low is not None and node.high is not None:
                low, high = (number(end, language) for end in score.range.split("–"))
                assert node.low - 1 <= low <= node.low + 1e-9
                assert high >= node.high - 1e-9
                assert high - low <= node.high - node.low + 2
                said = " ".join(rows[name].sentences)
                if node.score is not None:
                    assert score.range.split("–")[0] in said
                    assert score.range.split("–")[1] in said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_parts_give_adds_up_to_the_score(language: str) -> None:
    for document in told():
        for area in view_of(document, language).areas:
            node = document.node(area.id)
            assert node is not None
            given = [number(theme.gives, language) for theme in area.themes if theme.gives]
            if node.score is not None:
                assert abs(sum(given) - node.score) <= 0.051 * len(given) + 1e-9


@pytest.mark.parametrize("language", ["sv", "en"])
def test_counts_in_text_are_those_of_the_document(language: str) -> None:
    for document in told():
        view = view_of(document, language)
        missing = sum(a.scored and a.state in ("dont_know", "blank") for a in document.answers)
        assert len(view.unknown.rows) == missing
        for area in view.areas:
            node = document.node(area.id)
            assert node is not None
            assert re.findall(r"\d+", area.answered) == [str(node.answered), str(node.applicable)]


def test_decimals_are_written_with_a_comma_in_swedish_and_a_point_in_english() -> None:
    for document in told()[:6]:
        swedish, english = (render(document, "md", language) for language in ("sv", "en"))
        assert not re.search(r"\| +\d+\.\d+ +\|", swedish)
        assert not re.search(r"\| +\d+,\d{1,2} +\|", english)
        assert re.search(r"\d,\d", swedish)
