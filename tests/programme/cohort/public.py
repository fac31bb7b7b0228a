"""A public cohort of invented companies, made once for all the tests that look at it."""

from __future__ import annotations

from functools import cache

from aimaturity.benchmark.documents import Ledger
from aimaturity.benchmark.publish import new_ledger
from aimaturity.programme.cohort.public import Publication, pick, public_cohort
from aimaturity.scoring.document import ResultDocument
from tests.programme.cohort.factory import results

SECRET = b"not a secret: for tests alone"
DAY = "2026-11-26"


@cache
def documents() -> tuple[ResultDocument, ...]:
    """Eighty companies, each with an organisationsnummer."""
    some = results(80, 11)
    return tuple(
        d.model_copy(
            update={"company": d.company.model_copy(update={"organisationsnummer": f"5560{i:02d}-{7000 + i}"})}
        )
        for i, d in enumerate(some)
    )


def publication(some: tuple[ResultDocument, ...], ledger: Ledger | None = None, date: str = DAY) -> Publication:
    like = pick(some)
    assert like is not None
    return public_cohort(some, like, ledger or new_ledger(SECRET), SECRET, date)


@cache
def first() -> Publication:
    return publication(documents())
