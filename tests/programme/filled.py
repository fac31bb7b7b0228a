"""Things to put into a store."""

from __future__ import annotations

from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store import AnswerEvent, Store, StoreRefused, open_store
from aimaturity.responses.given import Detail, Given, State
from tests.bundled import bundled

NAME = "Brösarps Finmekanik AB"
NUMBER = "556016-0680"
NOTE = "Schemalagd export ur affärssystemet, måndagar 06.00"


def questionnaire() -> Questionnaire:
    return bundled().questionnaire


def answered(value: object, **detail: str) -> Given:
    return Given(State.ANSWERED, value, Detail(**detail))  # type: ignore[arg-type]


def event(variable: str = "data_inventory", value: object = "in_heads", voice: str = "adviser") -> AnswerEvent:
    return AnswerEvent(variable, answered(value), voice)  # type: ignore[arg-type]


def begun(store: Store, name: str = NAME, number: str | None = None, **options: object) -> str:
    """An assessment of a company, which is added if it isn't there."""
    company = store.identified(name=name) or store.add_company(name, organisationsnummer=number)
    return store.begin(company.id, questionnaire(), **options)  # type: ignore[arg-type]


def findings(path: Path) -> list[Diagnostic]:
    """What the check finds, or why the store can't even be opened."""
    try:
        with open_store(str(path)) as store:
            return store.check()
    except StoreRefused as refused:
        return [refused.diagnostic]
