"""Every number of the status once more, by loops over plain rows: no line in common with what is tested."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
PROFILE = ("county", "municipality", "sector", "size")
COUNTING = {"course", "seminar", "visit"}
EDUCATION = {"course", "seminar"}


def dot(measure: str, dimension: str, value: str | None) -> str:
    return f"{measure}.{dimension}.{'not-stated' if value is None else value}"


def numbers(rows: Rows, as_of: dt.date, first: str, last: str, partners: set[str]) -> dict[str, Any]:
    """Cell id -> number, only those that aren't 0; by the rules of the bundled programme file."""
    found: dict[str, Any] = Counter()
    until = min(as_of.isoformat(), last)
    company = {row["id"]: row for row in rows["company"]}
    activity = {row["id"]: row for row in rows["activity"]}
    asked = {row["hash"]: row["id"] for row in rows["definition"]}
    areas = {row["assessment"]: row["scored_areas"] for row in rows["result"]}

    contacts: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    kind_companies = defaultdict(set)
    for taken in rows["participation"]:
        held = activity[taken["activity"]]
        people = {sex: taken[sex] for sex in ("women", "men", "other")}
        if not first <= held["date"] <= until:
            continue
        if sum(people.values()):
            kind_companies[held["kind"]].add(taken["company"])
            if held["kind"] in COUNTING:
                contacts[taken["company"]].append((held["date"], held["partner"]))
        hours = taken["hours"] if taken["hours"] is not None else held["hours"]
        at = company[taken["company"]]
        for sex, count in people.items():
            places = {"kind": held["kind"]}
            if held["kind"] in COUNTING:
                places |= {"partner": held["partner"], "month": held["date"][:7]} | {name: at[name] for name in PROFILE}
                found[f"participants.{sex}"] += count
                if held["kind"] in EDUCATION and hours is not None:
                    found[f"hours.{sex}"] += count * Fraction(hours)
            for dimension, value in places.items():
                found[dot(f"participants.{sex}", dimension, value)] += count
                if held["kind"] in EDUCATION and hours is not None:
                    found[dot(f"hours.{sex}", dimension, value)] += count * Fraction(hours)
    for kind, came in kind_companies.items():
        found[dot("companies", "kind", kind)] = len(came)

    analysed: dict[str, str] = {}
    for made in sorted(rows["assessment"], key=lambda row: row["date"]):
        if made["finished"] and first <= made["date"] <= until:
            what = asked[made["definition"]]
            if what in ("ai-quickscan", "ai-maturity"):
                contacts[made["company"]].append((made["date"], None))
            if what == "ai-maturity" and areas.get(made["number"], -1) >= 3:
                analysed.setdefault(made["company"], made["date"])

    def count(measure: str, id: str, day: str) -> None:
        found[measure] += 1
        at = company[id]
        day_one = min(date for date, _ in contacts[id])
        first_by = min((p for date, p in contacts[id] if date == day_one and p is not None), default=None)
        for dimension, value in {
            "month": day[:7],
            "first_partner": first_by,
            **{name: at[name] for name in PROFILE},
        }.items():
            found[dot(measure, dimension, value)] += 1
        for partner in {p for _, p in contacts[id]}:
            found[dot(measure, "partner", partner)] += 1

    for id, met in contacts.items():
        count("reached", id, min(date for date, _ in met))
    for id, day in analysed.items():
        count("analysed", id, day)

    for held in rows["activity"]:
        if first <= held["date"] <= until:
            found["activities"] += 1
            place = held["municipality"]
            for dimension, value in {
                "kind": held["kind"], "partner": held["partner"], "month": held["date"][:7], "municipality": place,
                "county": place and place[:2],
            }.items():  # fmt: skip
                found[dot("activities", dimension, value)] += 1

    counted, outside = pilots(rows, as_of, first, until)
    for pilot, day in counted.items():
        row = next(row for row in rows["pilot"] if row["id"] == pilot)
        found["pilots"] += 1
        for dimension, value in {
            "month": day[:7],
            **{name: row[name] for name in ("county", "sector", "partner")},
        }.items():
            found[dot("pilots", dimension, value)] += 1
    in_pilot = {row["company"] for row in rows["pilot_company"] if row["pilot"] in counted}
    found["funnel.reached"], found["funnel.assessed"] = found["reached"], found["analysed"]
    found["funnel.pilot"] = len(in_pilot & set(analysed))

    for measure in ("reached", "analysed", "pilots"):
        sofar = 0
        for month in months(first, until):
            sofar += found[dot(measure, "month", month)]
            found[dot(measure, "until", month)] = sofar
    found |= missing(rows, as_of, first, last, until, partners, outside)
    found["register.companies"] = sum(row["merged_into"] is None for row in rows["company"])
    return {id: number for id, number in found.items() if number}


def months(first: str, until: str) -> list[str]:
    names = []
    day = dt.date.fromisoformat(first).replace(day=1)
    while day.isoformat() <= until:
        names.append(day.isoformat()[:7])
        day = (day + dt.timedelta(days=31)).replace(day=1)
    return names


def pilots(rows: Rows, as_of: dt.date, first: str, until: str) -> tuple[dict[str, str], dict[str, str]]:
    inside, outside = {}, {}
    for row in rows["pilot"]:
        steps = [(s["date"], s["status"]) for s in json.loads(row["card"])["history"] if s["date"] <= as_of.isoformat()]
        begun = [date for date, status in steps if status in ("running", "ended")]
        if begun and steps[-1][1] in ("running", "ended", "stopped"):
            (inside if first <= begun[0] <= until else outside)[row["id"]] = begun[0]
    return inside, outside


def missing(
    rows: Rows, as_of: dt.date, first: str, last: str, until: str, partners: set[str], outside: dict[str, str]
) -> dict[str, int]:
    kept = [row for row in rows["company"] if row["merged_into"] is None]
    activity = {row["id"]: row for row in rows["activity"]}
    attended = {t["activity"] for t in rows["participation"] if t["women"] + t["men"] + t["other"]}
    asked = {row["hash"]: row["id"] for row in rows["definition"]}
    areas = {row["assessment"]: row["scored_areas"] for row in rows["result"]}
    finished = [row for row in rows["assessment"] if row["finished"]]
    full = [row for row in finished if asked[row["definition"]] == "ai-maturity" and first <= row["date"] <= until]
    names = defaultdict(list)
    for row in kept:
        if row["name"]:
            names[bare(row["name"])].append(row["organisationsnummer"])
    bare_pilots = []
    for row in rows["pilot"]:
        card = json.loads(row["card"])
        if card["history"][-1]["status"] in ("approved", "running", "ended") and not card["business"]["baseline"]:
            bare_pilots.append(row["id"])
    return {
        **{f"missing.company_{n}": sum(row[n] is None for row in kept) for n in ("municipality", "sector", "size", "organisationsnummer")},
        "missing.company_elsewhere": sum(row["county"] not in (None, "10", "12") for row in kept),
        "missing.company_alike": sum(len(of) for of in names.values() if len(of) > 1 and None in of),
        "missing.activity_kind": sum(a["kind"] == "unheard_of" for a in rows["activity"]),
        "missing.activity_partner": sum(a["partner"] is not None and a["partner"] not in partners for a in rows["activity"]),
        "missing.activity_nobody": sum(a["id"] not in attended and a["kind"] != "newsletter" for a in rows["activity"]),
        "missing.activity_outside": sum(not first <= a["date"] <= last for a in rows["activity"]),
        "missing.participation_zero": sum(t["women"] + t["men"] + t["other"] == 0 for t in rows["participation"]),
        "missing.participation_twice": sum(
            n > 1 for n in Counter((t["activity"], t["company"]) for t in rows["participation"]).values()
        ),
        "missing.participation_hours": sum(
            activity[t["activity"]]["kind"] in EDUCATION and t["women"] + t["men"] + t["other"] > 0
            and t["hours"] is None and activity[t["activity"]]["hours"] is None
            and first <= activity[t["activity"]]["date"] <= until
            for t in rows["participation"]
        ),
        "missing.assessment_outside": sum(not first <= a["date"] <= last for a in finished),
        "missing.assessment_paused": sum(
            (as_of - dt.date.fromisoformat(a["date"])).days > 30 for a in rows["assessment"] if not a["finished"]
        ),
        "missing.assessment_unscored": sum(a["number"] not in areas for a in full),
        "missing.assessment_basis": sum(areas.get(a["number"], 9) < 3 for a in full),
        "missing.pilot_baseline": len(bare_pilots),
        "missing.pilot_outside": len(outside),
    }  # fmt: skip


def bare(name: str) -> str:
    return name.removesuffix(" AB").removesuffix(" Aktiebolag").casefold()


def behind(rows: Rows, as_of: dt.date, first: str, last: str) -> dict[str, tuple[int, set[str]]]:
    """Cell id of participants or hours -> how many persons and which companies stand behind it."""
    found: dict[str, tuple[int, set[str]]] = {}
    company = {row["id"]: row for row in rows["company"]}
    activity = {row["id"]: row for row in rows["activity"]}
    for taken in rows["participation"]:
        held, at = activity[taken["activity"]], company[taken["company"]]
        if not first <= held["date"] <= min(as_of.isoformat(), last):
            continue
        hours = taken["hours"] if taken["hours"] is not None else held["hours"]
        for sex in ("women", "men", "other"):
            if not taken[sex]:
                continue
            for part in ["participants", *["hours"] * (held["kind"] in EDUCATION and bool(hours))]:
                measure = f"{part}.{sex}"
                ids = [dot(measure, "kind", held["kind"])]
                if held["kind"] in COUNTING:
                    ids += [measure, dot(measure, "partner", held["partner"]), dot(measure, "month", held["date"][:7])]
                    ids += [dot(measure, name, at[name]) for name in PROFILE]
                for id in ids:
                    persons, companies = found.get(id, (0, set()))
                    found[id] = persons + taken[sex], companies | {taken["company"]}
    return found
