"""Cohorts of results of other shapes: without areas, levels, titles or answers, on other scales, of one company."""

from __future__ import annotations

from typing import Any

import pytest
from justhtml import JustHTML

from aimaturity.programme.cohort.hub import cohort
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER
from aimaturity.report.pages import made
from aimaturity.report.templates import open_templates
from aimaturity.scoring.document import Criterion, LevelStage, ResultDocument
from tests.report.factory import document, nodes, root, second, test_of
from tests.report.test_any_model import flat, quickscan

BARE: dict[str, Any] = {
    "missing": [],
    "applicable": 0,
    "answered": 0,
    "stages": [],
    "level_low": None,
    "level_high": None,
}
RING = [n.model_copy(update={"parent": "data"}) if n.id == "capability" else n for n in nodes()]
WIDE = [n.model_copy(update={"lowest": 1.0}) if n.id == "climate" else n for n in nodes()]
BOTH = Criterion(how="all", met=False, parts=[test_of("ai_use", "pilot", False), test_of("footprint", "known", None)])
NOT = Criterion(how="not", met=False, parts=[test_of("ai_use", "pilot", True)])
NEXT = [
    LevelStage(level=1, reached=True, partly=False),
    LevelStage(level=2, reached=False, partly=False, requirements=[BOTH, NOT]),
]
SHAPES = {
    "quick scan": quickscan(),
    "no areas": document(nodes=[flat()], areas=[], levels=[], display_digits=1),
    "nothing": document(answers=[], advice=[], nodes=[root(**BARE)], areas=[], levels=[], facts=[], sources=[], sections=[]),
    "ring of parents": document(nodes=[root(), *RING]),
    "other scales": document(nodes=[root(), *WIDE]),
    "another language": document(languages=["fi"], programme=None),
    "last time inside": second(),
    "requirements of parts": document(nodes=[root(stages=NEXT, level=1, level_low=1, level_high=1), *nodes()]),
    "a date that is none": document(occasion=document().occasion.model_copy(update={"date": "i våras", "submitted": None})),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_of_any_shape_is_made_in_every_kind(shape: str, language: str) -> None:
    some: list[ResultDocument] = [
        SHAPES[shape].model_copy(update={"company": SHAPES[shape].company.model_copy(update={"id": id})}) for id in "ab"
    ]
    found = cohort(some, "occasion")
    assert found is not None
    makers = made(page_of(found, language), FOLDER, open_templates())
    JustHTML(makers["html"]().decode(), strict=True)
    assert makers["md"]().decode().startswith("# ")
    assert makers["xlsx"]().startswith(b"PK")


def test_requirements_made_of_parts_are_told_whole() -> None:
    found = cohort([SHAPES["requirements of parts"]])
    assert found is not None
    text = made(page_of(found, "sv"), FOLDER, open_templates())["md"]().decode()
    assert (
        "Allt av: Var använder ni AI i dag? Minst ”Steget pilot”; Vad vet ni om era utsläpp? Minst ”Steget known”"
        in text
    )
    assert "Inte detta: Var använder ni AI i dag?" in text


def test_a_result_without_a_day_is_counted_and_the_page_has_none() -> None:
    found = cohort([SHAPES["a date that is none"]])
    assert found is not None
    assert found.hub is not None
    assert (found.hub.undated, found.hub.period) == (1, None)
    assert page_of(found, "sv").date is None
    assert "Ett resultat saknar datum." in made(page_of(found, "sv"), FOLDER, open_templates())["md"]().decode()
