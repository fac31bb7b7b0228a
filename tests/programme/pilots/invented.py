"""Invented cards and a small programme, in Python's own words."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.load import load_programme, load_questionnaire
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.pilots.card import PilotCard, PilotFile
from aimaturity.programme.pilots.files import load_pilots

EXAMPLE = bundled_folder("examples") / "pilots.yaml"
READY = {
    "problem_defined": "chosen_among", "baseline": "series", "value_owner": "followed_up", "data_access": "automatic",
    "two_step_login": "yes", "restored_backup": "yes",
}  # fmt: skip


@cache
def programme() -> Programme:
    found = load_programme("digit-hub-ai").value
    assert found is not None
    return found


@cache
def questionnaire() -> Questionnaire:
    found = load_questionnaire("ai-maturity").value
    assert found is not None
    return found


@cache
def example() -> PilotFile:
    found = load_pilots(Path(EXAMPLE), programme(), questionnaire())
    assert found.value is not None, found.diagnostics
    return found.value


def ruled(**changes: Any) -> Programme:
    """The bundled programme with other rules for pilots."""
    rules = programme().pilots
    assert rules is not None
    return programme().model_copy(update={"pilots": rules.model_copy(update=changes)})


def spans(value: Any) -> dict[str, Any]:
    return {"low": value, "likely": value, "high": value}


def card(name: str, **changes: Any) -> PilotCard:
    """An idea that meets every hard condition, as in a file; `changes` replace whole keys."""
    counted = {"measure": "Mått", "baseline": {"value": 1, "unit": "st"}}
    data: dict[str, Any] = {
        "id": name,
        "title": f"Idé {name} åäö",
        "challenge": "planning",
        "ai_use": "Prognos",
        "owner": "Platschefen",
        "business": {**counted, "effect": spans(100_000)},
        "climate": {**counted, "effect": spans(1000)},
        "gender_equality": {**counted, "effect": spans("small")},
        "cost": {"sek": spans(100_000), "own_hours": spans(100)},
        "systems": [{"what": "Prognos", "role": "user", "risk_class": "minimal"}],
        "partner": "iuc_syd",
        "companies": [{"company": f"C-{name}", "agreed_on": "2026-10-01", "known": READY}],
        "county": "12",
        "sector": "industry",
        "history": [{"status": "idea", "date": "2026-09-01", "by": "Rådgivaren"}],
        **changes,
    }
    return PilotCard.model_validate_json(json.dumps(data))


def random_cards(seed: int, n: int) -> list[PilotCard]:
    """Ideas that differ in everything that is compared."""
    rng = random.Random(seed)
    sectors = list(programme().titles("sectors"))
    made = []
    for i in range(n):
        money = sorted(rng.randrange(-50_000, 600_000) for _ in range(3))
        climate = sorted(rng.randrange(-2000, 25_000) for _ in range(3))
        steps = sorted(rng.randrange(3) for _ in range(3))
        cost = sorted(rng.randrange(60_000, 340_000) for _ in range(3))
        counted = {"measure": "Mått", "baseline": {"value": 1, "unit": "st"}}
        ends = ("low", "likely", "high")
        made.append(
            card(
                f"i{i:03}",
                business={**counted, "effect": dict(zip(ends, money, strict=True))},
                climate={**counted, "effect": dict(zip(ends, climate, strict=True))},
                gender_equality={
                    **counted,
                    "effect": {end: ("none", "small", "clear")[s] for end, s in zip(ends, steps, strict=True)},
                },
                cost={"sek": dict(zip(ends, cost, strict=True)), "own_hours": spans(rng.randrange(40, 200))},
                county=rng.choice(("10", "12")),
                sector=rng.choice(sectors),
            )
        )
    return made
