"""The results that companies of the register have now."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from aimaturity.cli.shared import DEFAULT_MODEL, usable_method
from aimaturity.cli.sources import stored_document

if TYPE_CHECKING:
    from aimaturity.definitions.questionnaire import Questionnaire
    from aimaturity.programme.store import Store, StoredAssessment
    from aimaturity.scoring.document import ResultDocument


def latest_documents(
    store: Store, questionnaire: Questionnaire, companies: Collection[str], lang: str
) -> dict[str, ResultDocument]:
    """Company -> its latest result by a questionnaire, for those that have one: of its latest finished assessment, else
    of the latest one with answers (those read in from files are seldom marked as finished). Ends with 2 where no
    scoring model for the questionnaire can be used."""
    chosen: dict[str, StoredAssessment] = {}
    for one in store.assessments():
        if one.events and one.company in companies and one.questionnaire == questionnaire.questionnaire:
            chosen[one.company] = max(one, chosen.get(one.company, one), key=_when)
    if not chosen:
        return {}
    from aimaturity.cli.report import model_for

    made = usable_method(model_for(questionnaire.questionnaire, DEFAULT_MODEL), lang)
    return {company: stored_document(store, one, made) for company, one in sorted(chosen.items())}


def _when(one: StoredAssessment) -> tuple[bool, str, int]:
    return one.finished is not None, one.date, one.number
