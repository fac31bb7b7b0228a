"""Which company a row of a list is about: one of the register, or one to be added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.definitions.programme import Programme
from aimaturity.programme.attendance.headings import Field
from aimaturity.programme.attendance.reading import Attendance, Row
from aimaturity.programme.names import named, not_among, sector_named, size_named
from aimaturity.programme.store.alike import Known, NearNames
from aimaturity.programme.store.companies import About, NewCompany
from aimaturity.programme.store.records import StoredCompany
from aimaturity.responses.identity import masked
from aimaturity.responses.profile import size_class

_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
"""When a company that isn't in the register yet was added."""


class Whose:
    """Finds companies, and gathers new ones and what the list knows of those that lack it."""

    def __init__(self, there: Iterable[StoredCompany], programme: Programme, attendance: Attendance, add: bool) -> None:
        self.programme, self.attendance, self.add = programme, attendance, add
        self.diagnostics: list[Diagnostic] = []
        self.new: dict[str, StoredCompany] = {}
        self.filled: dict[str, dict[str, Any]] = {}
        self._there = list(there)
        self._known = Known(self._there)
        self._by_id = {company.id: company for company in self._there}
        self._near: NearNames | None = None
        self._told: set[tuple[Field, str]] = set()

    def of(self, row: Row) -> str | None:
        """The company's id; None where the row can't be taken, which is said."""
        found, wrong = self._known.find(row.id, row.name, row.organisationsnummer)
        if wrong is not None:
            self.diagnostics.append(Diagnostic(wrong.code, self.attendance.at(row.number), wrong.facts))
            return None
        id = row.id or row.organisationsnummer or row.name
        if found is None and id is not None:
            taken, _ = self._known.find(id, None, None)
            if taken is not None:  # several of that name, or the name is another's id
                return self._taken(row, taken, id)
            found = self._added(row, id)
        if found is None:
            return None
        return self._filled(row, found)

    def company(self, id: str) -> StoredCompany:
        """The company of this id, with what the list knows of it."""
        return self.new.get(id) or self._by_id[id]

    def additions(self) -> list[NewCompany]:
        return [_as_new(company.id, company) for company in self.new.values()]

    def fillings(self) -> list[NewCompany]:
        return [
            NewCompany(said.get("name"), id, said.get("organisationsnummer"), _about(said))
            for id, said in self.filled.items()
        ]

    def _taken(self, row: Row, owner: StoredCompany, said: str) -> str | None:
        """That the row's id, number or name is another company's, or was before a merge."""
        at, name = self.attendance.at(row.number), owner.name or owner.id
        if said in (*owner.merged, *owner.former_names, *owner.former_numbers):
            self.diagnostics.append(problem("AIM639", at, name=said, other=name))
        else:
            self.diagnostics.append(problem("AIM612", at, name=name))
        return None

    def _added(self, row: Row, id: str) -> StoredCompany | None:
        made = StoredCompany(id, row.name, row.organisationsnummer, _NEVER)
        if self._near is None:
            self._near = NearNames(self._there)
        near = self._near.near(made)
        other = (near[0].name or near[0].id) if near else None
        name, at = row.name or id, self.attendance.at(row.number, "name")
        if not self.add:
            self.diagnostics.append(problem("AIM669", at, name=name, near=other))
            return None
        if other is not None:
            self.diagnostics.append(problem("AIM625", at, name=name, other=other))
        self._keep(made, new=True)
        self._near.add(made)
        return made

    def _filled(self, row: Row, found: StoredCompany) -> str | None:
        """The company's id, after taking in what it lacks and the row says."""
        if row.organisationsnummer is not None and found.organisationsnummer is None:
            owner, _ = self._known.find(None, None, row.organisationsnummer)
            if owner is not None:  # the id is one company's and the number another's
                return self._taken(row, owner, row.organisationsnummer)
        said: dict[str, Any] = {"name": row.name, "organisationsnummer": row.organisationsnummer} | self._about(row)
        lacking = {name: value for name, value in said.items() if value is not None and getattr(found, name) is None}
        if lacking:
            if "municipality" in lacking:
                lacking["county"] = lacking["municipality"][:2]
            is_new = found.id in self.new
            self._keep(replace(found, **lacking), new=is_new)
            if not is_new:
                self.filled.setdefault(found.id, {}).update(lacking)
        return found.id

    def _keep(self, company: StoredCompany, new: bool) -> None:
        self._known.add(company)
        (self.new if new else self._by_id)[company.id] = company

    def _about(self, row: Row) -> dict[str, Any]:
        size = size_named(row.size) if row.size is not None else None
        if row.size is not None and size is None:
            self._unusable(row, "size", row.size)
        if size is None and row.head_count:
            by_persons = size_class(row.head_count)
            size = by_persons.name if by_persons is not None else None
        made: dict[str, Any] = {"size": size, "municipality": None, "sector": None}
        if row.municipality is not None:
            made["municipality"] = named(self.programme, "municipalities", row.municipality)
            if made["municipality"] is None:
                near = not_among(self.programme, "municipalities", row.municipality).facts.get("near")
                self._unusable(row, "municipality", row.municipality, near)
        if row.sector is not None:
            made["sector"] = sector_named(self.programme, row.sector)
            if made["sector"] is None:
                self._unusable(row, "sector", row.sector)
        return made

    def _unusable(self, row: Row, name: Field, text: str, near: str | None = None) -> None:
        """Each text is told once, at the first row that has it."""
        if (name, text) not in self._told:
            self._told.add((name, text))
            facts = {"name": masked(text)[:80], "field": self.attendance.heading(name), "near": near}
            self.diagnostics.append(problem("AIM678", self.attendance.at(row.number, name), **facts))


def _as_new(id: str, company: StoredCompany) -> NewCompany:
    said = {name: getattr(company, name) for name in ("municipality", "sector", "size")}
    return NewCompany(company.name, id, company.organisationsnummer, _about(said))


def _about(said: dict[str, Any]) -> About:
    return About(**{name: said[name] for name in ("municipality", "sector", "size") if said.get(name) is not None})
