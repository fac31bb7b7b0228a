"""Laptops that go their own ways and exchange bundles."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from aimaturity.programme.pilots.card import Outcome, Participant, StatusEntry
from aimaturity.programme.store import About, Store, StoreRefused
from aimaturity.programme.store import schema as s
from aimaturity.programme.store.state import rebuild
from aimaturity.programme.store.syncing import Synced
from tests.programme.filled import event, questionnaire
from tests.programme.pilots.invented import card

IDS = ("åsa", "ö", "bo")
NEW_IDS = (*IDS, "ny", "ny2")
NUMBERS = (None, "556016-0680", "556036-0793")
NAMES = (None, "Åsas Bageri AB", "Ö-verkstaden")


def send(one: Store, other: Store, **options: Any) -> Synced:
    return other.import_bundle(one.export_bundle(), **options)


def exchange(stores: list[Store]) -> None:
    """Until nobody has anything new to tell."""
    for _ in range(4):
        news = [send(other, stores[0]).changes for other in stores[1:]]
        news += [send(stores[0], other).changes for other in stores[1:]]
        if not any(news):
            return
    raise AssertionError("they never agree")


def content(store: Store) -> dict[str, Any]:
    """Everything that stores which know the same must have alike."""
    with store._read() as connection:
        names = {row.number: row.id for row in connection.execute(select(s.assessment.c.number, s.assessment.c.id))}

        def rows(table: Any, *without: str) -> list[dict[str, Any]]:
            found = [dict(row._mapping) for row in connection.execute(table.select())]
            for row in found:
                if "assessment" in row:
                    row["assessment"] = names[row["assessment"]]
            return sorted(({k: v for k, v in row.items() if k not in without} for row in found), key=repr)

        plain = (s.entry, s.erased, s.company, s.activity, s.participation, s.pilot, s.pilot_company, s.answer_event)
        return {table.name: rows(table) for table in plain} | {
            "definition": rows(s.definition, "kept"),
            "assessment": rows(s.assessment, "number", "position"),
            "imported": rows(s.imported, "number", "source", "at"),
        }


def recorded(store: Store) -> tuple[set[str], set[tuple[str, int, str]]]:
    """Uids of entries, and (assessment, seq, device) of events."""
    found = content(store)
    events = {(row["assessment"], row["seq"], row["device"]) for row in found["answer_event"]}
    return {row["uid"] for row in found["entry"]}, events


def begin_together(stores: list[Store]) -> None:
    """Something that all know, so that they can differ on it."""
    for n, id in enumerate(IDS):
        stores[0].add_company(NAMES[n], id=id)
    for id in IDS[:2]:
        stores[0].record(stores[0].begin(id, questionnaire()), [event()])
    activity(stores[0], 0, 0)
    take_part(stores[0], 0, 0)
    for other in stores[1:]:
        send(stores[0], other)


def company_of(store: Store, n: int) -> str | None:
    ids = sorted(company.id for company in store.companies())
    return ids[n % len(ids)] if ids else None


def assessment_of(store: Store, n: int) -> str | None:
    ids = sorted(assessment.id for assessment in store.assessments())
    return ids[n % len(ids)] if ids else None


def enter(store: Store, kind: Any, about: str, what: str, facts: dict[str, Any]) -> None:
    """An entry, and what follows from it, of kinds whatever commands there are for them."""
    with store._write() as connection:
        store._enter(connection, kind, about, what, facts)
        rebuild(connection, store._entries(connection))


def add(store: Store, n: int, m: int) -> None:
    about = About(municipality=("1080", "1290")[m % 2]) if m % 3 else None
    store.add_company(NAMES[m % 3], id=NEW_IDS[n % 5], organisationsnummer=NUMBERS[(n + m) % 3], about=about)


def edit(store: Store, n: int, m: int) -> None:
    if (id := company_of(store, n)) is not None:
        if m % 3 == 0:
            store.edit_company(id, organisationsnummer=NUMBERS[m // 3 % 3])
        elif m % 3 == 1:
            store.edit_company(id, name=NAMES[m // 3 % 3])
        else:
            store.edit_company(id, about=About(sector=("industry", None)[m // 3 % 2], benchmark=("no", "yes")[m % 2]))


def merge(store: Store, n: int, m: int) -> None:
    one, other = company_of(store, n), company_of(store, m)
    if one is not None and other is not None:
        store.merge_companies(one, other, different_numbers=True)


def begin(store: Store, n: int, m: int) -> None:
    if (id := company_of(store, n)) is not None:
        store.begin(id, questionnaire(), occasion=("T0", None)[m % 2], adviser=("Åke", None)[m % 2])


def record(store: Store, n: int, m: int) -> None:
    if (id := assessment_of(store, n)) is not None:
        events = [event(("data_inventory", "data_access")[m % 2], f"ö{m}", ("adviser", "company")[m // 2 % 2])]
        store.record(id, events * (1 + m % 3), position="data_access", seconds=float(m))


def change(store: Store, n: int, m: int) -> None:
    if (id := assessment_of(store, n)) is not None:
        if m % 3 == 0:
            store.finish(id)
        elif m % 3 == 1:
            store.reopen(id)
        else:
            store.edit_assessment(id, adviser=("Åsa", "Örjan")[m % 2], date=f"2026-0{1 + m % 9}-02")


def erase(store: Store, n: int, m: int) -> None:
    if (id := company_of(store, n)) is not None:
        store.erase_company(id)


def activity(store: Store, n: int, m: int) -> None:
    id = f"kurs{n % 2}"
    known = {found.id for found in store.activities()}
    if id in known and m % 4:
        store.edit_activity(id, title=f"Mätkväll {m % 5}", hours=(None, 2.5)[m % 2])
    elif id in known:
        store.remove_activity(id)
    elif not store.entries("activity", id):
        store.add_activity("course", "Mätkväll", "2026-03-02", hours=2, id=id)
    else:
        enter(store, "activity", id, "edited", {"title": "Mätkväll igen"})  # there again, as another store may know


def take_part(store: Store, n: int, m: int) -> None:
    company, activities = company_of(store, n), store.activities()
    if company is not None and activities:
        id = activities[m % len(activities)].id
        if m % 4:
            store.take_part(id, company, women=1 + m % 5, men=1)
        else:
            store.remove_participation(id, company)


def pilot(store: Store, n: int, m: int) -> None:
    id, company = f"pilot{n % 2}", company_of(store, m)
    if id not in {entry.about for entry in store.entries("pilot")}:
        store.add_pilot(card(id, companies=[{"company": company}] if company is not None else []))
    elif m % 4 == 0:
        step = {"status": ("applied", "approved", "stopped")[m // 4], "date": f"2026-1{m % 3}-01", "by": "Styrgruppen"}
        store.change_pilot(id, steps=[StatusEntry.model_validate_json(json.dumps(step))])
    elif m % 4 == 1:
        store.change_pilot(id, fields={"title": {"sv": f"Mät {m}"}})
    elif m % 4 == 2:
        measured = {"occasion": "T1", "date": "2027-01-01", "business": float(m)}
        store.change_pilot(id, outcomes=[Outcome.model_validate_json(json.dumps(measured))])
    elif company is not None and m % 8 == 3:
        store.change_pilot(id, without=[company])
    elif company is not None:
        store.change_pilot(id, companies=[Participant(company=company, agreed_on=dt.date(2026, 5, 1))])


def card_facts(id: str) -> list[tuple[str, dict[str, Any]]]:
    """What a new card's entries do and say."""
    idea = card(id).model_dump(mode="json", by_alias=True)
    said = {name: value for name, value in idea.items() if name not in ("companies", "history", "outcomes")}
    return [("added", said), *(("status", step) for step in idea["history"])]


ACTIONS: tuple[Callable[[Store, int, int], None], ...] = (
    add, add, edit, edit, edit, merge, begin, begin, record, record, record, change, erase, activity, take_part,
    take_part, pilot, pilot,
)  # fmt: skip


def act(store: Store, which: int, n: int, m: int) -> None:
    """Does something, or finds that it can't be done: the number is taken, the two are one already, a step can't follow."""
    try:
        ACTIONS[which % len(ACTIONS)](store, n, m)
    except StoreRefused as refused:
        if refused.diagnostic.code not in ("AIM612", "AIM639", "AIM642", "AIM643"):
            raise
