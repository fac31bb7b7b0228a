"""Many stored assessments at once: their results, and who took a consent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aimaturity.benchmark.peers import CONSENT

if TYPE_CHECKING:
    from aimaturity.programme.store import Store, StoredAssessment
    from aimaturity.responses.table import AnswerTable
    from aimaturity.scoring.document import ResultDocument
    from aimaturity.scoring.method import Method

BATCH = 100
"""Assessments that are scored together."""


def finished_documents(store: Store, assessments: Sequence[StoredAssessment], made: Method) -> Iterator[ResultDocument]:
    """The result of each, by one method: the adviser's answers, else the company's own."""
    from aimaturity.programme.store import assessment_table
    from aimaturity.responses.given import State
    from aimaturity.responses.table import joined
    from aimaturity.scoring.build import documents

    def table(about: StoredAssessment) -> AnswerTable:
        found = assessment_table(store, about.id, made.questionnaire, "adviser")
        if any((state != State.BLANK).any() for state in found.state.values()):
            return found
        return assessment_table(store, about.id, made.questionnaire, "company")

    for start in range(0, len(assessments), BATCH):
        tables = [table(about) for about in assessments[start : start + BATCH]]
        yield from documents(made, joined(tables, made.questionnaire))


def withdrawn_in(store: Store) -> frozenset[str]:
    """Companies that are not to be compared: those that the register says so of, and those that once agreed and whose
    latest word on it, in any assessment whatever its state, is no."""
    refused = {company.id for company in store.companies() if company.benchmark == "no"}
    said: dict[str, list[bool]] = {}
    for about in store.assessments():
        for voice in ("company", "adviser"):  # the adviser's is said last
            answer = store.answers(about.id, voice).get(CONSENT)
            if answer is not None and answer.value is not None:
                said.setdefault(about.company, []).append(answer.value == "yes")
    changed = {company for company, words in said.items() if any(words) and not words[-1]}
    return frozenset(refused | changed)
