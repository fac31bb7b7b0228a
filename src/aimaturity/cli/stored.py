"""Many stored assessments at once: their results, and who took a consent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aimaturity.benchmark.peers import CONSENT

if TYPE_CHECKING:
    from aimaturity.programme.store import Store, StoredAssessment
    from aimaturity.scoring.document import ResultDocument
    from aimaturity.scoring.method import Method

BATCH = 100
"""Assessments that are scored together."""


def finished_documents(store: Store, assessments: Sequence[StoredAssessment], made: Method) -> Iterator[ResultDocument]:
    """The result of each, by one method: the adviser's answers, else the company's own. Raises `StoreRefused` where an
    answer can't be read."""
    from aimaturity.programme.store import StoreRefused, who_answered
    from aimaturity.responses.table import joined, table_of
    from aimaturity.scoring.build import documents

    companies = {id: company for company in store.companies() for id in (company.id, *company.merged)}
    for start in range(0, len(assessments), BATCH):
        some = {about.number: about for about in assessments[start : start + BATCH]}
        tables = []
        for number, voice, answers, wrong in store.counting_answers(list(some)):
            if wrong is not None:
                raise StoreRefused(wrong)
            about = some[number]
            who = who_answered(companies[about.company], about, voice)
            tables.append(table_of(made.questionnaire, answers, who))
        yield from documents(made, joined(tables, made.questionnaire))


def withdrawn_in(store: Store) -> frozenset[str]:
    """Companies that are not to be compared: those that the register says so of, and those that once agreed and whose
    latest word on it, in any assessment whatever its state, is no."""
    refused = {company.id for company in store.companies() if company.benchmark == "no"}
    said: dict[str, list[bool]] = {}
    for one in sorted(store.answers_to([CONSENT]), key=lambda one: (one.number, one.answer.voice == "adviser")):
        if one.answer.given.value is not None:  # of an assessment, the adviser's word is the last
            said.setdefault(one.company, []).append(one.answer.given.value == "yes")
    changed = {company for company, words in said.items() if any(words) and not words[-1]}
    return frozenset(refused | changed)
