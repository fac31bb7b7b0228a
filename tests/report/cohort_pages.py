"""The hub's page of invented companies, made once for all the tests that look at it."""

from __future__ import annotations

from functools import cache

from aimaturity.documents.cohort import CohortDocument
from aimaturity.programme.cohort.hub import cohort
from aimaturity.report.blocks import PageView
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER
from aimaturity.report.pages import made
from aimaturity.report.templates import open_templates
from tests.programme.cohort.factory import results


@cache
def document(companies: int = 30) -> CohortDocument:
    found = cohort(results(companies, 2, "ai-maturity", ("T0", "T1")), "sector")
    assert found is not None
    return found


@cache
def view(language: str) -> PageView:
    return page_of(document(), language)


@cache
def file(language: str, kind: str) -> bytes:
    return made(view(language), FOLDER, open_templates())[kind]()
