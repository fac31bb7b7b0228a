"""Companies: who they are, finding them again, and joining two entries of the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.engine import Connection, Row

from aimaturity.definitions.sni import SECTORS, Sector
from aimaturity.programme.store import schema
from aimaturity.programme.store.alike import Known, rank_of
from aimaturity.programme.store.base import batched, line
from aimaturity.programme.store.entries import Entries
from aimaturity.programme.store.faults import StoreRefused
from aimaturity.programme.store.fold import companies
from aimaturity.programme.store.records import PLACED, LogEntry, StoredCompany, companies_of, company_of, moment
from aimaturity.responses.identity import is_personal_number, looks_personal, masked, only_masked, organisation_number
from aimaturity.responses.profile import SIZES, SizeName


class Keep:
    """Stands for "as it is" among the arguments of `edit_company`."""


KEEP = Keep()


ENTERED = ("name", "organisationsnummer", *PLACED, "owner", "benchmark")
"""Fields that are entered, in the order of the table."""


@dataclass(frozen=True, slots=True)
class About:
    """What may be entered of a company apart from its name and number; `KEEP`: as it is, None: taken away.

    municipality  official code, four digits; the county follows from it
    county        official code, two digits
    sector, size  as in its profile
    owner         who stands behind it, where the same owner has several companies in the register
    benchmark     what it has said of being in benchmarks, apart from its answers
    """

    municipality: str | Keep | None = KEEP
    county: str | Keep | None = KEEP
    sector: Sector | Keep | None = KEEP
    size: SizeName | Keep | None = KEEP
    owner: str | Keep | None = KEEP
    benchmark: Literal["yes", "no"] | Keep | None = KEEP

    def stated(self) -> dict[str, str | None]:
        """The fields that are said. ValueError where one isn't possible."""
        said = {name: getattr(self, name) for name in (*PLACED, "owner", "benchmark")}
        said = {name: value for name, value in said.items() if not isinstance(value, Keep)}
        place, county = said.get("municipality"), said.get("county")
        if place is not None:
            said["county"] = county = place[:2]
        for name, value, possible in (
            ("municipality", place, re.fullmatch(r"\d{4}", place or "")),
            ("county", county, re.fullmatch(r"\d{2}", county or "")),
            ("sector", said.get("sector"), said.get("sector") in SECTORS),
            ("size", said.get("size"), said.get("size") in SIZES),
            ("benchmark", said.get("benchmark"), said.get("benchmark") in ("yes", "no")),
        ):
            if value is not None and not possible:
                raise ValueError(f"no such {name}: {value}")
        if said.get("owner") is not None:
            said["owner"] = line(said["owner"])
        return said


@dataclass(frozen=True, slots=True)
class NewCompany:
    """A company to be added: its id is the one given, else the organisationsnummer, else the name."""

    name: str | None = None
    id: str | None = None
    organisationsnummer: str | None = None
    about: About = About()


class Companies(Entries):
    """The register's companies."""

    def companies(self) -> list[StoredCompany]:
        """Every company, by name; those merged into another are that other's `merged`."""
        with self._read() as connection:
            return self._all(connection)

    def _all(self, connection: Connection) -> list[StoredCompany]:
        return companies_of(connection.execute(select(schema.company).order_by(schema.company.c.id)).all())

    def company(self, id: str) -> StoredCompany:
        """The company of this id, or into which the company of this id was merged. StoreRefused where there is none."""
        with self._read() as connection:
            return self._one(connection, self._company_row(connection, id))

    def _one(self, connection: Connection, row: Row[Any]) -> StoredCompany:
        table = schema.company
        merged = connection.execute(select(table).where(table.c.merged_into == row.id).order_by(table.c.id))
        return company_of(row, merged.all())

    def add_company(
        self,
        name: str | None = None,
        *,
        id: str | None = None,
        organisationsnummer: str | None = None,
        about: About | None = None,
        who: str | None = None,
    ) -> StoredCompany:
        """A new company; its id is the one given, else the organisationsnummer, else the name.

        A personal number is refused as number or id, and masked in the name. StoreRefused too where the id or the
        number is taken.
        """
        return self.add_companies([NewCompany(name, id, organisationsnummer, about or About())], who)[0]

    def add_companies(self, new: Iterable[NewCompany], who: str | None = None) -> list[StoredCompany]:
        """Several new companies, all or none, in the order given; each as `add_company` adds one."""
        ready = self._ready(new)
        with self._write() as connection:
            return self._add_all(connection, ready, who)

    def _ready(self, new: Iterable[NewCompany]) -> dict[str, dict[str, Any]]:
        """Id -> facts. StoreRefused for what can't be a company, and where two have the same id or number."""
        ready: dict[str, dict[str, Any]] = {}
        numbers: dict[str, str] = {}
        for one in new:
            name, number = self._name(one.name), self._number(one.organisationsnummer)
            id = self._short("--id", one.id) or number or name
            if id is None:
                raise self._refused("AIM627")
            if is_personal_number(id):
                raise self._refused("AIM629")
            if id in ready or number in numbers:
                raise self._refused("AIM612", name=id if id in ready else numbers[str(number)])
            ready[id] = {"name": name, "organisationsnummer": number} | self._stated(one.about)
            if number is not None:
                numbers[number] = id
        return ready

    def _add_all(
        self, connection: Connection, ready: Mapping[str, dict[str, Any]], who: str | None
    ) -> list[StoredCompany]:
        numbers = [said["organisationsnummer"] for said in ready.values() if said["organisationsnummer"]]
        self._must_be_free(connection, schema.company.c.id, ready)
        self._must_be_free(connection, schema.company.c.organisationsnummer, numbers)
        made = self._enter_all(connection, "company", "added", ready.items(), who)
        columns: dict[str, Any] = dict.fromkeys(ENTERED)
        said = [columns | dict(entry.facts) for entry in made]
        rows = [one | {"id": entry.about, "created": entry.at} for one, entry in zip(said, made, strict=True)]
        if rows:
            connection.execute(schema.company.insert(), rows)
        added = zip(said, made, strict=True)
        return [StoredCompany(id=entry.about, created=moment(entry.at), **one) for one, entry in added]

    def edit_company(
        self,
        id: str,
        *,
        name: str | Keep | None = KEEP,
        organisationsnummer: str | Keep | None = KEEP,
        about: About | None = None,
        who: str | None = None,
    ) -> StoredCompany:
        """Changes what is given; None takes it away. What it was before stays in the log."""
        new = self._stated(about) if about is not None else {}
        if not isinstance(name, Keep):
            new["name"] = self._name(name)
        if not isinstance(organisationsnummer, Keep):
            new["organisationsnummer"] = self._number(organisationsnummer)
        with self._write() as connection:
            row = self._company_row(connection, id, lock=True)
            self._edit_company(connection, row, new, who)
            return self._one(connection, self._company_row(connection, row.id))

    def _edit_company(self, connection: Connection, row: Row[Any], new: Mapping[str, Any], who: str | None) -> None:
        before = self._entered(connection, [row.id]).get(row.id, {})
        changed = {
            key: value
            for key, value in new.items()
            if before.get(key) != value or (key not in PLACED and getattr(row, key) != value)
        }
        if changed:
            together = self._together(connection, row.id)
            number = changed.get("organisationsnummer")
            if number is not None:
                self._must_be_free(connection, schema.company.c.organisationsnummer, [number], but=together)
            self._enter(connection, "company", row.id, "edited", changed, who)
            self._refold(connection, together)

    def merge_companies(
        self, source: str, into: str, who: str | None = None, *, different_numbers: bool = False
    ) -> StoredCompany:
        """Makes two entries of the same company one: all that `source` has becomes that of `into`, which also gets the
        name, number and place that it lacks. The old id, name and number still find it, and the log says what was
        merged. StoreRefused where they are one already, and, unless `different_numbers`, where both have an
        organisationsnummer, and not the same."""
        assessments = schema.assessment
        with self._write() as connection:
            old, new = self._company_row(connection, source, True), self._company_row(connection, into, True)
            if old.id == new.id:
                raise self._refused("AIM639", name=source, other=new.id if source != new.id else into)
            number, other = old.organisationsnummer, new.organisationsnummer
            if number and other and number != other and not different_numbers:
                raise self._refused("AIM638", name=old.id, number=number, into=new.id, other=other)
            mine = select(assessments.c.id).where(assessments.c.company == old.id).order_by(assessments.c.number)
            moved = list(connection.execute(mine).scalars())
            self._enter(connection, "company", old.id, "merged", {"into": new.id, "assessments": moved}, who)
            for part in (assessments, schema.participation, schema.pilot_company):
                connection.execute(update(part).where(part.c.company == old.id).values(company=new.id))
            self._refold(connection, self._together(connection, old.id, new.id))
            return self._one(connection, self._company_row(connection, new.id))

    def _together(self, connection: Connection, *ids: str) -> list[str]:
        """These companies and those that are part of them."""
        c = schema.company.c
        return list(connection.execute(select(c.id).where(or_(c.id.in_(ids), c.merged_into.in_(ids)))).scalars())

    def _refold(self, connection: Connection, ids: Sequence[str]) -> None:
        """Writes the rows of companies that may be part of each other as their entries add up."""
        c = schema.company
        connection.execute(update(c).where(c.c.id.in_(ids)).values(organisationsnummer=None))  # it may move
        for id, company in companies(self._entries(connection, "company", ids)).items():
            said = {name: company.fields.get(name) for name in ("name", "organisationsnummer", "owner", "benchmark")}
            connection.execute(update(c).where(c.c.id == id).values(**said, merged_into=company.joined))
        self._place_all(connection, ids)

    def _place(self, connection: Connection, id: str) -> None:
        """`_place_all` of one company."""
        self._place_all(connection, [id])

    def _place_all(self, connection: Connection, ids: Sequence[str]) -> None:
        """Writes down where companies belong: by their answers, the latest first, else as it was entered, for
        themselves or for those that were merged into them."""
        for some in batched(ids):
            self._place_some(connection, some)

    def _place_some(self, connection: Connection, ids: Sequence[str]) -> None:
        c, a, r = schema.company, schema.assessment, schema.result
        before = {row.id: row for row in connection.execute(select(c).where(c.c.id.in_(ids)))}
        latest = select(a.c.company, a.c.date, a.c.id, *(r.c[name] for name in PLACED)).join(
            a, a.c.number == r.c.assessment
        )
        answered: dict[str, list[Row[Any]]] = {}
        for row in connection.execute(latest.where(a.c.company.in_(ids))):
            answered.setdefault(row.company, []).append(row)
        parts: dict[str, list[str]] = {id: [id] for id in ids}
        for row in connection.execute(select(c.c.id, c.c.merged_into).where(c.c.merged_into.in_(ids))):
            parts[row.merged_into].append(row.id)
        entered = self._entered(connection, [part for every in parts.values() for part in every])
        changed = []
        for id, row in before.items():
            said = sorted(answered.get(id, []), key=lambda one: (one.date, one.id), reverse=True)
            own = [entered.get(part, {}) for part in (id, *sorted(parts[id][1:]))]
            made = placed([*(dict(one._mapping) for one in said), *own])
            if any(getattr(row, name) != value for name, value in made.items()):
                changed.append({f"new_{name}": value for name, value in made.items()} | {"company_id": id})
        if changed:
            new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in PLACED}
            connection.execute(update(c).where(c.c.id == bindparam("company_id")).values(**new), changed)

    def _entered(self, connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Company -> its fields as entered, for it alone."""
        found = companies(self._entries(connection, "company", ids))
        return {id: company.fields for id, company in found.items()}

    def find_companies(self, text: str) -> list[StoredCompany]:
        """Companies that may be meant, the likeliest first: by id, organisationsnummer (with or without its hyphen), or
        name, whatever the legal form, the case and the accents; also names that are nearly the same."""
        number = organisation_number(text)
        ranked = []
        for company in self.companies():
            rank = rank_of(company, text, number)
            if rank is not None:
                ranked.append((rank, company))
        return [company for _, company in sorted(ranked, key=lambda pair: pair[0])]

    def identified(
        self, id: str | None = None, name: str | None = None, organisationsnummer: str | None = None
    ) -> StoredCompany | None:
        """The company that a file or a person means, if it is certain: the same id, else the same number, else exactly
        the same name but for case and spaces. StoreRefused where the id is one company's and the number another's."""
        found, other = Known(self.companies()).find(id, name, organisationsnummer)
        if other is not None:
            raise StoreRefused(other)
        return found

    def company_log(self, id: str | None = None) -> list[LogEntry]:
        """What was done to a company's entry, or to all of them, in order; what is edited as [before, after]."""
        with self._read() as connection:
            ids = None
            if id is not None:
                row = self._company_row(connection, id)
                ids = [row.id, *self._one(connection, row).merged]
            entries = self._entries(connection, "company", ids)
        said: dict[str, dict[str, Any]] = {}
        log = []
        for entry in entries:
            before = said.setdefault(entry.about, {})
            facts = dict(entry.facts)
            if entry.what == "edited":
                facts = {key: [before.get(key), value] for key, value in facts.items()}
            if entry.what in ("added", "edited"):
                before |= entry.facts
            log.append(LogEntry(entry.clock, moment(entry.at), entry.what, entry.about or None, facts))
        return log

    def _must_be_free(
        self, connection: Connection, column: Any, values: Iterable[str], but: Iterable[str] = ()
    ) -> None:
        """StoreRefused where a company, other than those of `but`, has one of these values."""
        for some in batched(values):
            c = schema.company.c
            others = column.in_(some) & c.id.not_in(list(but))
            found = connection.execute(select(c.id, c.merged_into, column).where(others).order_by(c.id))
            taken = found.first()
            if taken is not None and taken.merged_into is not None:
                raise self._refused("AIM639", name=taken[2], other=taken.merged_into)
            if taken is not None:
                raise self._refused("AIM612", name=taken.id)

    def _stated(self, about: About) -> dict[str, str | None]:
        said = about.stated()
        self._short("--owner", said.get("owner"))
        return said

    def _name(self, name: str | None) -> str | None:
        cleaned = line(name)
        name = masked(cleaned, slips=True) if cleaned else None
        if name is not None and only_masked(name):
            raise self._refused("AIM629")
        return name[:300] if name else None

    def _number(self, raw: str | None) -> str | None:
        """The number in its one form. StoreRefused where it is a personal number, or none at all."""
        cleaned = line(raw)
        if cleaned is None:
            return None
        if looks_personal(cleaned):
            raise self._refused("AIM629")
        number = organisation_number(cleaned)
        if number is None:
            raise self._refused("AIM312", name=masked(cleaned, slips=True)[:40])
        return number


def placed(found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Where a company belongs, of several that say so, the weightiest first. The county is that of the municipality
    that is taken."""
    sources = [dict(said) for said in found]
    made = {name: next((s[name] for s in sources if s.get(name) is not None), None) for name in PLACED}
    if made["municipality"] is not None:
        made["county"] = made["municipality"][:2]
    return made
