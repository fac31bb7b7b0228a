"""Documents of other shapes: a quick scan, models without areas, levels or titles, other scales, nothing at all."""

from __future__ import annotations

from typing import Any

from aimaturity.report.build import view_of
from aimaturity.scoring.document import Contribution, LevelName, NodeResult, ResultDocument
from tests.report.factory import both, document, nodes, root


def quickscan() -> ResultDocument:
    bare = {"stages": [], "level": None, "level_low": None, "level_high": None}
    made = [n.model_copy(update={"bands": [], "level": None, "level_low": None, "level_high": None}) for n in nodes()]
    return document(indication=True, levels=[], nodes=[root(**bare), *made])


def test_a_quick_scan_marks_every_score_and_has_no_level() -> None:
    view = view_of(quickscan(), "sv")
    assert (view.level, view.held_back) == (None, None)
    assert view.indication == "Resultatet är en indikation från en kort genomgång. Därför anges ingen nivå."
    scores = [area.score for area in view.areas] + [theme.score for area in view.areas for theme in area.themes]
    assert all(score.label == "indikation" for score in scores if score.number)
    assert all(score.level is None for score in scores)
    assert "beroende på frågor som inte är ställda eller besvarade" in view.profile.rows[0].sentences[-1]


def flat(**changes: Any) -> NodeResult:
    """A root that has a score of its own from its questions: a model without areas."""
    facts: dict[str, Any] = {
        "stages": [], "bands": [0, 2.5], "aggregate": "mean", "score": 2.44, "reason": None, "low": 2.44, "high": 2.44,
        "lowest": 1.0, "highest": 5.0, "level": 1, "level_low": 1, "level_high": 1, "missing": [], "title": None,
        "contributions": [Contribution(kind="item", id="ai_use", weight=1, value=2.44, points=2.44, possible=5)],
    }  # fmt: skip
    return root(**(facts | changes))


def test_a_model_without_areas_titles_or_level_names_is_told_all_the_same() -> None:
    view = view_of(document(nodes=[flat()], areas=[], levels=[], display_digits=1), "sv")
    assert [row.title for row in view.profile.rows] == ["overall"]
    assert view.profile.rows[0].score.text == "2,4"
    assert view.profile.rows[0].score.scale == "på skalan 1–5"
    assert view.level is not None
    assert view.level.sentences == ["Ni ligger på nivå 1."]
    assert view.held_back is not None
    assert view.held_back.requirements[0].enough == "Minst 2,5 poäng"
    assert [theme.title for theme in view.areas[0].themes] == ["Var använder ni AI i dag?"]


def test_a_root_with_a_score_of_its_own_comes_last_in_the_profile() -> None:
    rows = view_of(document(nodes=[flat(title=both("Mognad", "Maturity")), *nodes()]), "sv").profile.rows
    assert rows[-1].title == "Mognad, samlat"
    assert len(rows) == 5


def test_areas_of_different_scales_get_no_common_axis() -> None:
    made = [n.model_copy(update={"lowest": 1.0}) if n.id == "climate" else n for n in nodes()]
    profile = view_of(document(nodes=[root(), *made]), "sv").profile
    assert (profile.chart.data["ticks"], profile.chart.data["names"]) == ([], [])
    assert not profile.one_scale
    assert "Varje stapel är ritad på sin egen." in profile.note


def test_nothing_at_all_is_told_without_a_fault() -> None:
    bare = root(missing=[], applicable=0, answered=0, stages=[], level_low=None, level_high=None)
    empty = document(answers=[], advice=[], nodes=[bare], areas=[], levels=[], facts=[], sources=[], sections=[])
    view = view_of(empty, "en")
    assert (view.steps, view.findings.answered, view.example) == ([], False, None)
    assert view.no_steps == "By the method's rules, your answers call for no advice."
    assert view.unknown.rows == []


def test_a_document_whose_nodes_are_each_others_parents_is_still_told() -> None:
    ring = [n.model_copy(update={"parent": "data"}) if n.id == "capability" else n for n in nodes()]
    assert view_of(document(nodes=[root(), *ring]), "sv").areas[0].themes


def test_a_text_that_lacks_the_language_comes_in_the_one_there_is() -> None:
    only = document(languages=["fi"], levels=[LevelName(level=1, title={"fi": "Utelias"})])
    level = view_of(only, "en").level
    assert level is not None
    assert level.boxes[0].name == "Utelias"
