"""The tables that follow from entries: what they should hold, what of it they don't, and writing it anew.

Every command that enters something also changes the rows that it is about. Where entries come from elsewhere, or a
table was changed outside the program, the rows are made from all entries.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.engine import Connection

from aimaturity.programme.store import schema
from aimaturity.programme.store.companies import placed
from aimaturity.programme.store.fold import Company, Entry, root, things
from aimaturity.programme.store.fold import assessments as fold_assessments
from aimaturity.programme.store.fold import companies as fold_companies
from aimaturity.programme.store.fold import participations as fold_participations
from aimaturity.programme.store.fold import pilot_companies as fold_pilot_companies
from aimaturity.programme.store.fold import pilots as fold_pilots
from aimaturity.programme.store.records import PLACED

Key = tuple[str, ...]
Rows = dict[Key, dict[str, Any]]
KEYS: Mapping[Table, tuple[str, ...]] = {
    schema.company: ("id",),
    schema.assessment: ("id",),
    schema.activity: ("id",),
    schema.participation: ("activity", "entered_as"),
    schema.pilot: ("id",),
    schema.pilot_company: ("pilot", "entered_as"),
}
"""Tables that follow from entries, each after those that it names, and what tells their rows apart."""
OF_ASSESSMENT = ("company", "definition", "occasion", "adviser", "present", "language", "date", "started", "finished")
"""What entries say of an assessment; the rest is how far one has come in it."""
KEPT = (schema.company, schema.assessment)
"""Tables whose rows are never taken away here: where no entry speaks of one, entries are missing."""
STARTED = ("approved", "running")
"""Statuses in which a pilot has been started."""
_NEW_ASSESSMENT = {"seconds": 0.0, "events": 0}


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that isn't what entries add up to. `now`: as it is, None where it is missing; `wanted`: as it should be,
    None where it should not be there."""

    table: Table
    key: Key
    now: Mapping[str, Any] | None
    wanted: Mapping[str, Any] | None

    def __str__(self) -> str:
        return f"{self.table.name} {' '.join(self.key)}"


def differences(connection: Connection, entries: Iterable[Entry]) -> list[Difference]:
    """What of the tables isn't what all entries add up to."""
    wanted = _wanted(connection, entries)
    found = []
    for table in KEYS:
        now = _now(connection, table)
        for key in sorted({*now, *wanted[table]}):
            one, other = now.get(key), wanted[table].get(key)
            if one != other:
                found.append(Difference(table, key, one, other))
    return found


def rebuild(connection: Connection, entries: Iterable[Entry], gone: Collection[str] = ()) -> list[Difference]:
    """Makes the tables what all entries add up to; what was different. `gone`: companies that were erased. Companies
    and assessments that no entry speaks of are left as they are otherwise."""
    found = differences(connection, entries)
    gone = set(gone)
    _set_free(connection, found, gone)
    for table in KEYS:
        mine = [one for one in found if one.table is table]
        _insert(connection, table, [one for one in mine if one.now is None])
        _update(connection, table, [one for one in mine if one.now is not None and one.wanted is not None])
    for table in reversed(list(KEYS)):
        mine = [one for one in found if one.table is table and one.wanted is None]
        _delete(connection, table, [one for one in mine if table not in KEPT or one.key[0] in gone])
    return found


def _wanted(connection: Connection, entries: Iterable[Entry]) -> dict[Table, Rows]:
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    found = fold_companies(by_kind.get("company", ()))
    assessments: Rows = {}
    for id, said in fold_assessments(by_kind.get("assessment", ())).items():
        if said.get("company") in found:
            row = {name: said.get(name) for name in OF_ASSESSMENT}
            assessments[(id,)] = row | {"company": root(found, str(said["company"]))}
    activities: Rows = {}
    for id, said in things(by_kind.get("activity", ())).items():
        activities[(id,)] = {column.name: said.get(column.name) for column in schema.activity.columns} | {"id": id}
    pilots = pilot_rows(by_kind.get("pilot", ()))
    taking_part: Rows = {}
    for (activity, company), said in fold_participations(by_kind.get("participation", ())).items():
        if (activity,) in activities and company in found:
            counts = {name: said.get(name) for name in ("women", "men", "other", "hours")}
            taking_part[activity, company] = {"company": root(found, company), **counts}
    in_pilots: Rows = {}
    for pilot, company in fold_pilot_companies(by_kind.get("pilot_company", ())):
        if (pilot,) in pilots and company in found:
            in_pilots[pilot, company] = {"company": root(found, company)}
    return {
        schema.company: _companies(connection, found, assessments),
        schema.assessment: assessments,
        schema.activity: _without_key(schema.activity, activities),
        schema.participation: taking_part,
        schema.pilot: _without_key(schema.pilot, pilots),
        schema.pilot_company: in_pilots,
    }


def pilot_rows(entries: Iterable[Entry]) -> Rows:
    """The rows of pilots that entries of kind `pilot` add up to."""
    made: Rows = {}
    for id, card in fold_pilots(entries).items():
        steps = card["history"]
        made[(id,)] = {
            "id": id,
            "card": json.dumps(card, ensure_ascii=False, sort_keys=True),
            "status": steps[-1]["status"],
            "started": next((step["date"] for step in steps if step["status"] in STARTED), None),
            **{key: card.get(key) for key in ("county", "sector", "partner")},
        }
    return made


def _companies(connection: Connection, found: Mapping[str, Company], assessments: Rows) -> Rows:
    """Rows of companies; where one belongs is what the latest of its answers say, else what was entered, for itself and
    then for those merged into it."""
    r, a = schema.result, schema.assessment
    query = select(a.c.id, *(r.c[name] for name in PLACED)).join(r, r.c.assessment == a.c.number)
    results = [row for row in connection.execute(query) if (row.id,) in assessments]
    said: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(results, key=lambda row: (assessments[row.id,]["date"], row.id), reverse=True):
        said.setdefault(assessments[row.id,]["company"], []).append(dict(row._mapping))
    for id in sorted(found, key=lambda id: (found[id].joined is not None, id)):
        company = found[id]
        said.setdefault(id, []).append(company.fields)
        if company.joined is not None:
            said.setdefault(company.joined, []).append(company.fields)
    rows: Rows = {}
    for id, company in found.items():
        entered = {name: company.fields.get(name) for name in ("name", "organisationsnummer", "owner", "benchmark")}
        where = placed(said[id] if company.joined is None else [company.fields])
        rows[(id,)] = {**entered, "created": company.added.at, "merged_into": company.joined, **where}
    return rows


def _without_key(table: Table, rows: Rows) -> Rows:
    return {key: {name: value for name, value in row.items() if name not in KEYS[table]} for key, row in rows.items()}


def _now(connection: Connection, table: Table) -> Rows:
    key = KEYS[table]
    names = [
        name for name in (OF_ASSESSMENT if table is schema.assessment else table.columns.keys()) if name not in key
    ]
    rows = connection.execute(select(*(table.c[name] for name in (*key, *names))))
    return {tuple(row[: len(key)]): dict(zip(names, row[len(key) :], strict=True)) for row in rows}


def _set_free(connection: Connection, found: Sequence[Difference], gone: Collection[str]) -> None:
    """Takes numbers from companies that are to have another, or are to go, so that no two have the same meanwhile."""
    name = "organisationsnummer"
    mine = [one for one in found if one.table is schema.company]
    taken = {one.wanted[name] for one in mine if one.wanted is not None}
    old = [
        one.key[0]
        for one in mine
        if one.now is not None
        and one.now[name] is not None
        and (one.key[0] in gone or one.now[name] in taken if one.wanted is None else one.wanted[name] != one.now[name])
    ]
    _many(connection, schema.company.update().where(schema.company.c.id == bindparam("k0")).values({name: None}),
          [{"k0": id} for id in old])  # fmt: skip


def _insert(connection: Connection, table: Table, new: Sequence[Difference]) -> None:
    rows = [dict(zip(KEYS[table], one.key, strict=True)) | dict(one.wanted or {}) for one in new]
    if table is schema.assessment:
        rows = [row | _NEW_ASSESSMENT for row in sorted(rows, key=lambda row: (row["started"], row["id"]))]
    if table is schema.company:  # what names others, when they are there
        _many(connection, table.insert(), [row | {"merged_into": None, "organisationsnummer": None} for row in rows])
        _update(connection, table, new)
    else:
        _many(connection, table.insert(), rows)


def _update(connection: Connection, table: Table, changed: Sequence[Difference]) -> None:
    if changed:
        names = list(changed[0].wanted or {})
        query = table.update().where(*_is(table)).values({name: bindparam(f"v_{name}") for name in names})
        _many(
            connection,
            query,
            [{**_key(one), **{f"v_{n}": v for n, v in (one.wanted or {}).items()}} for one in changed],
        )


def _delete(connection: Connection, table: Table, old: Sequence[Difference]) -> None:
    if table is schema.company:  # those that lead to others before these
        old = sorted(old, key=lambda one: (one.now or {})["merged_into"] is None)
    _many(connection, table.delete().where(*_is(table)), [_key(one) for one in old])


def _is(table: Table) -> list[Any]:
    return [table.c[name] == bindparam(f"k{place}") for place, name in enumerate(KEYS[table])]


def _key(one: Difference) -> dict[str, str]:
    return {f"k{place}": part for place, part in enumerate(one.key)}


def _many(connection: Connection, query: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(query, list(rows))
