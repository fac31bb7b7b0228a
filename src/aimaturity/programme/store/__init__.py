"""Where companies and their answers are kept: one file (SQLite) or a PostgreSQL database.

An answer is an event that is never changed; the latest of each question and voice counts. `Store.record` returns when
its events are on disk. Whatever the store can't do is a `StoreRefused` with a diagnostic.
"""

from __future__ import annotations

from aimaturity.programme.store.answers import assessment_table, who_answered
from aimaturity.programme.store.companies import KEEP, About, NewCompany
from aimaturity.programme.store.erasing import Erased
from aimaturity.programme.store.faults import Held, HoldLost, NotSaved, StoreRefused
from aimaturity.programme.store.opening import open_store
from aimaturity.programme.store.records import (
    AnswerEvent,
    CompanyAnswer,
    Hold,
    Participation,
    StoredActivity,
    StoredAnswer,
    StoredAssessment,
    StoredCompany,
    StoredParticipation,
    StoredReport,
    Voice,
)
from aimaturity.programme.store.store import Store

__all__ = [
    "KEEP", "About", "AnswerEvent", "CompanyAnswer", "Erased", "Held", "Hold", "HoldLost", "NewCompany", "NotSaved",
    "Participation", "Store", "StoreRefused", "StoredActivity", "StoredAnswer", "StoredAssessment", "StoredCompany",
    "StoredParticipation", "StoredReport", "Voice", "assessment_table", "open_store", "who_answered",
]  # fmt: skip
