"""An invented programme in a store, by bulk inserts: the same seed gives the same rows, odd ones among them."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

from aimaturity.definitions.programme import Programme
from aimaturity.programme.store import Store, schema

FIRST, LAST = dt.date(2022, 3, 1), dt.date(2024, 2, 29)
SECTORS = (
    "agriculture", "industry", "construction", "trade_transport_hospitality", "information_communication", "finance",
    "real_estate", "business_services", "public_education_health", "culture_other",
)  # fmt: skip
SIZES = ("micro", "small", "medium", "large")
STATUSES = ("idea", "applied", "approved", "running", "ended", "stopped")
NAMES = ("Brösarps Finmekanik", "Åkerlunds Bageri", "Östra Göinge Trä", "Simrishamns Fisk", "Näsums Stenhuggeri")
DEFINITIONS = {"ai-quickscan": "sha256:quick", "ai-maturity": "sha256:full", "other-questions": "sha256:other"}


def rows(programme: Programme, companies: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Table -> rows."""
    draw = random.Random(seed)
    places = [m.id for county in programme.counties for m in county.municipalities]
    partners = [partner.id for partner in programme.partners]
    days = (LAST - FIRST).days

    def day(early: int = -40, late: int = 40) -> str:
        return (FIRST + dt.timedelta(days=draw.randint(early, days + late))).isoformat()

    made: dict[str, list[dict[str, Any]]] = {
        "definition": [
            {
                "hash": digest,
                "kind": "questionnaire",
                "id": id,
                "version": "1.0.0",
                "content": "{}",
                "kept": "2022-01-01",
            }
            for id, digest in DEFINITIONS.items()
        ]
    }
    made["company"] = [_company(draw, number, places) for number in range(companies)]
    for number in range(3, companies, 17):  # some are merged into their neighbour
        made["company"][number] |= {"merged_into": made["company"][number - 1]["id"], "organisationsnummer": None}
    root = {row["id"]: row["merged_into"] or row["id"] for row in made["company"]}
    ids = list(root)
    kinds = [*(kind.id for kind in programme.activity_kinds), "unheard_of"]
    activities = max(16, companies // 20)
    made["activity"] = [
        {
            "id": f"act{number:05}",
            "kind": draw.choices(kinds, [4, 4, 4, *[1] * (len(kinds) - 3)])[0],
            "title": f"Träff nr {number}",
            "date": (FIRST, LAST, FIRST - dt.timedelta(1), LAST + dt.timedelta(1))[number].isoformat()
            if number < 4
            else day(),
            "hours": draw.choice([None, 1.0, 1.5, 2.0, 7.0, 0.1]),
            "partner": draw.choice([*partners, None, "somebody_else"] if number % 9 == 0 else partners),
            "municipality": draw.choice([*places, None]),
        }
        for number in range(activities)
    ]
    taken: dict[tuple[str, str], dict[str, Any]] = {}
    for _ in range(companies * 2):
        activity, company = draw.choice(made["activity"])["id"], draw.choice(ids)
        if draw.random() < 0.1:
            women = men = other = 0
        else:
            women, men, other = draw.randint(0, 4), draw.randint(0, 4), int(draw.random() < 0.05)
        taken[activity, company] = {
            "activity": activity, "entered_as": company, "company": root[company], "women": women, "men": men,
            "other": other, "hours": draw.choice([None, None, None, 3.0, 0.75]),
        }  # fmt: skip
    made["participation"] = list(taken.values())
    made["assessment"], made["result"] = _assessments(draw, ids, root, day)
    made["pilot"], made["pilot_company"] = _pilots(draw, max(6, companies // 100), partners, root, ids, day)
    return made


def _name(draw: random.Random, number: int) -> str | None:
    if number % 41 == 7:
        return None
    if number % 50 < 2:  # the same but for what people leave out
        return f"Åhus Räkor {number // 2} {('AB', 'Aktiebolag')[number % 2]}"
    return f"{draw.choice(NAMES)} {number} AB"


def _company(draw: random.Random, number: int, places: list[str]) -> dict[str, Any]:
    place = draw.choice([*places, None, "1380"]) if number % 5 == 0 else draw.choice(places)
    return {
        "id": f"f{number:06}",
        "name": _name(draw, number),
        "organisationsnummer": None if number % 7 == 0 else f"{5560000000 + number}",
        "created": "2022-03-01T08:00:00+01:00",
        "merged_into": None,
        "municipality": place,
        "county": place[:2] if place else draw.choice([None, "10"]),
        "sector": draw.choice([*SECTORS, None]),
        "size": draw.choice([*SIZES, None]),
        "owner": None,
        "benchmark": None,
    }


def _assessments(draw: random.Random, ids: list[str], root: dict[str, str], day: Any) -> Any:
    assessments, results = [], []
    number = 0
    for company in ids:
        if draw.random() < 0.45:
            continue
        for _ in range(draw.choice([1, 1, 2])):
            number += 1
            kind = draw.choices(list(DEFINITIONS), [6, 3, 1])[0]
            when = (
                (FIRST, LAST, FIRST - dt.timedelta(1), LAST + dt.timedelta(1))[number - 1].isoformat()
                if number <= 4
                else day()
            )
            finished = draw.random() < 0.8
            assessments.append(
                {
                    "number": number, "id": f"a{number:06}", "company": root[company], "definition": DEFINITIONS[kind],
                    "occasion": None, "adviser": None, "present": None, "language": "sv", "date": when,
                    "started": f"{when}T09:00:00.000+01:00", "finished": f"{when}T10:00:00.000+01:00" if finished else None,
                    "position": None, "seconds": 0.0, "events": 0,
                }
            )  # fmt: skip
            if draw.random() < 0.95:
                areas = 0 if kind == "ai-quickscan" else draw.choice([2, 3, 4, 4])
                results.append({"assessment": number, "basis": "-", "model": "-", "scored_areas": areas})
    return assessments, results


def _pilots(
    draw: random.Random, count: int, partners: list[str], root: dict[str, str], ids: list[str], day: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    pilots, taken = [], {}
    for number in range(count):
        steps = draw.choice([1, 2, 3, 4, 4, 5, 5])
        history = [
            {"status": status, "date": when, "by": "Styrgruppen"}
            for status, when in zip(
                draw.choice([STATUSES, ("idea", "applied", "approved", "running", "stopped")])[:steps],
                sorted(day(-60, 60) for _ in range(steps)),
                strict=True,
            )
        ]
        effect = {"low": 1, "likely": 2, "high": 3}
        business = {"effect": effect, "baseline": {"value": 1, "date": "2022-01-01"} if draw.random() < 0.5 else None}
        county, sector, partner = (
            draw.choice(["10", "12", None]),
            draw.choice([*SECTORS, None]),
            draw.choice([*partners, None]),
        )
        card = {
            "id": f"pilot_{number}",
            "title": {"sv": f"Pilot på ön {number}"},
            "history": history,
            "business": business,
        }
        started = next((step["date"] for step in history if step["status"] in ("approved", "running")), None)
        pilots.append(
            {
                "id": f"pilot_{number}", "card": json.dumps(card, ensure_ascii=False), "status": history[-1]["status"],
                "started": started, "county": county, "sector": sector, "partner": partner,
            }
        )  # fmt: skip
        for _ in range(draw.randint(0, 3)):
            company = draw.choice(ids)
            taken[f"pilot_{number}", company] = {
                "pilot": f"pilot_{number}", "entered_as": company, "company": root[company],
            }  # fmt: skip
    return pilots, list(taken.values())


def fill(store: Store, made: dict[str, list[dict[str, Any]]]) -> None:
    """Puts the rows into an empty store."""
    with store._write() as connection:
        for name in (
            "definition",
            "company",
            "activity",
            "participation",
            "assessment",
            "result",
            "pilot",
            "pilot_company",
        ):
            table = schema.METADATA.tables[name]
            every = made[name]
            if name == "company":  # those that others are merged into come first
                every = sorted(every, key=lambda row: row["merged_into"] is not None)
            for start in range(0, len(every), 10_000):
                connection.execute(table.insert(), every[start : start + 10_000])
