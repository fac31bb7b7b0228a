"""Where companies and their answers are kept: one file (SQLite) or a PostgreSQL database.

An answer is an event that is never changed; the latest of each question and voice counts. `Store.record` returns when
its events are on disk. Whatever the store can't do is a `StoreRefused` with a diagnostic.

Each name is imported when it is first asked for: SQLAlchemy takes as long to load as a screen to draw, and what a
store refuses or gives is known without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aimaturity.programme.store.answers import assessment_table, counting_voice, who_answered
    from aimaturity.programme.store.companies import KEEP, About, NewCompany
    from aimaturity.programme.store.erasing import Erased
    from aimaturity.programme.store.faults import Held, HoldLost, NotSaved, StoreRefused
    from aimaturity.programme.store.glimpse import Glimpse, Unclear, glimpsed
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

_MODULES = {
    "answers": ("assessment_table", "counting_voice", "who_answered"),
    "companies": ("KEEP", "About", "NewCompany"),
    "erasing": ("Erased",),
    "faults": ("Held", "HoldLost", "NotSaved", "StoreRefused"),
    "glimpse": ("Glimpse", "Unclear", "glimpsed"),
    "opening": ("open_store",),
    "records": (
        "AnswerEvent", "CompanyAnswer", "Hold", "Participation", "StoredActivity", "StoredAnswer", "StoredAssessment",
        "StoredCompany", "StoredParticipation", "StoredReport", "Voice",
    ),
    "store": ("Store",),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "KEEP", "About", "AnswerEvent", "CompanyAnswer", "Erased", "Glimpse", "Held", "Hold", "HoldLost", "NewCompany",
    "NotSaved", "Participation", "Store", "StoreRefused", "StoredActivity", "StoredAnswer", "StoredAssessment",
    "StoredCompany", "StoredParticipation", "StoredReport", "Unclear", "Voice", "assessment_table",
    "counting_voice", "glimpsed", "open_store", "who_answered",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
