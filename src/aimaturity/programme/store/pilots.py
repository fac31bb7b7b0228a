"""Pilots: cards of ideas in the register, what became of them, who takes part, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Row

from aimaturity.definitions.diagnostics import Diagnostic, Position
from aimaturity.programme.store import schema
from aimaturity.programme.store.base import line
from aimaturity.programme.store.companies import Companies
from aimaturity.programme.store.facts import known, reason_of
from aimaturity.programme.store.faults import StoreRefused
from aimaturity.programme.store.fold import APART, decisions, pilot_companies
from aimaturity.programme.store.state import pilot_rows

M = TypeVar("M", bound="BaseModel")

if TYPE_CHECKING:  # a register is opened without them
    from pydantic import BaseModel

    from aimaturity.programme.pilots.card import Outcome, Participant, PilotCard, StatusEntry
    from aimaturity.programme.pilots.decision import PilotDecision


class Pilots(Companies):
    """The register's pilots. Cards hold no company: who takes part stands by itself, so that it goes with a company
    that is erased and follows one that is merged."""

    def pilots(self) -> list[PilotCard]:
        """Every card as it stands, by id, with the companies that take part under the ids that they have now."""
        with self._read() as connection:
            return self._cards(connection)

    def pilot(self, id: str) -> PilotCard:
        """The card of this id. StoreRefused where there is none."""
        with self._read() as connection:
            return self._card(connection, id)

    def pilots_of(self, company: str) -> list[PilotCard]:
        """The cards that a company takes part in, by id."""
        table = schema.pilot_company
        with self._read() as connection:
            row = self._company_row(connection, company)
            ids = select(table.c.pilot).where(table.c.company == row.id)
            return self._cards(connection, schema.pilot.c.id.in_(ids))

    def add_pilot(self, card: PilotCard, who: str | None = None) -> PilotCard:
        """A new card. StoreRefused where its id is taken, a company isn't in the register, or the history skips a
        step."""
        with self._write() as connection:
            if self._pilot_or_none(connection, card.id) is not None:
                raise self._refused("AIM632", name=card.id)
            self._steps(None, card.history)
            self._lock_companies(connection, [participant.company for participant in card.companies])
            data = _data(card)
            facts = {key: value for key, value in data.items() if key not in ("id", *APART)}
            self._enter(connection, "pilot", card.id, "added", facts, line(who))
            for what, key in (("status", "history"), ("outcome", "outcomes")):
                self._enter_all(connection, "pilot", what, [(card.id, said) for said in data[key]], line(who))
            self._state(connection, card.id)
            for participant in card.companies:
                self._join_pilot(connection, card.id, participant, who)
            return self._card(connection, card.id)

    def change_pilot(
        self,
        id: str,
        *,
        fields: Mapping[str, Any] | None = None,
        steps: Iterable[StatusEntry] = (),
        outcomes: Iterable[Outcome] = (),
        companies: Iterable[Participant] = (),
        without: Iterable[str] = (),
        who: str | None = None,
    ) -> PilotCard:
        """Changes a card: all that is given, or nothing of it.

        fields     whole fields, plain as in a file or as the card has them; not its id, companies, history or outcomes.
                   ValueError where the card can't be so
        steps      more steps in its history. StoreRefused where one can't follow
        outcomes   what was measured; of an occasion the later counts
        companies  that take part from now on, or of which something else is said
        without    companies that take part no more
        """
        new = dict(fields or {})
        barred = sorted({"id", *APART} & set(new))
        if barred:
            raise ValueError(f"not edited so: {', '.join(barred)}")
        with self._write() as connection:
            card = self._card(connection, id, lock=True)
            joining, leaving = list(companies), list(without)
            self._lock_companies(connection, [*leaving, *(participant.company for participant in joining)])
            before = _data(card)
            wanted = _data(_read_card(before | {key: _plain(value) for key, value in new.items()}))
            changed = {key: wanted[key] for key in new if wanted[key] != before[key]}
            if changed:
                self._enter(connection, "pilot", id, "edited", changed, line(who))
            measured = [(id, _data(outcome)) for outcome in outcomes if outcome not in card.outcomes]
            self._enter_all(connection, "pilot", "outcome", measured, line(who))
            self._state(connection, id)
            for step in steps:
                self._move(connection, id, step, who)
            for company in leaving:
                self._leave(connection, id, company, who)
            for participant in joining:
                self._join_pilot(connection, id, participant, who)
            return self._card(connection, id)

    def decide(
        self, decision: PilotDecision, steps: Sequence[tuple[str, StatusEntry]] = (), who: str | None = None
    ) -> None:
        """Keeps a decision on a proposal, and takes the steps that follow from it, or nothing of it.

        steps  (pilot, step in its history)
        """
        with self._write() as connection:
            self._enter(connection, "decision", decision.decides, "decided", _data(decision), line(who))
            for id, entry in steps:
                self._move(connection, id, entry, who)

    def decisions(self) -> list[PilotDecision]:
        """Every decision, in the order in which they were entered."""
        from aimaturity.programme.pilots.decision import PilotDecision

        found = decisions(self.entries("decision"))
        return [self._made(PilotDecision, str(said.get("decides")), said) for said in found]

    def _move(self, connection: Connection, id: str, entry: StatusEntry, who: str | None) -> None:
        self._steps(self._card(connection, id, lock=True).history[-1], [entry])
        self._enter(connection, "pilot", id, "status", _data(entry), line(who))
        self._state(connection, id)

    def _steps(self, before: StatusEntry | None, entries: Iterable[StatusEntry]) -> None:
        from aimaturity.programme.pilots.history import step_problem

        for entry in entries:
            wrong = step_problem(before, entry)
            if wrong is not None:
                raise StoreRefused(Diagnostic(wrong.code, Position(self.place), wrong.facts))
            before = entry

    def _lock_companies(self, connection: Connection, ids: Iterable[str]) -> None:
        """So that none is merged or erased meanwhile. In order, so that two don't wait for each other."""
        for id in sorted(set(ids)):
            self._company_row(connection, id, lock=True)

    def _join_pilot(self, connection: Connection, id: str, participant: Participant, who: str | None) -> None:
        """Enters a company under the id that it has now."""
        table = schema.pilot_company
        company = self._company_row(connection, participant.company)
        facts = {"pilot": id} | {key: value for key, value in _data(participant).items() if key != "company"}
        here = (table.c.pilot == id) & (table.c.entered_as == company.id)
        there = connection.execute(select(table).where(here)).one_or_none() is not None
        if there:
            before = pilot_companies(self._entries(connection, "pilot_company", company.id)).get((id, company.id))
            if before == {key: value for key, value in facts.items() if key != "pilot"}:
                return
        self._enter(connection, "pilot_company", company.id, "edited" if there else "added", facts, line(who))
        if not there:
            connection.execute(table.insert().values(pilot=id, entered_as=company.id, company=company.id))

    def _leave(self, connection: Connection, id: str, company: str, who: str | None) -> None:
        table = schema.pilot_company
        mine = (table.c.pilot == id) & (table.c.company == self._company_row(connection, company).id)
        names = connection.execute(select(table.c.entered_as).where(mine)).scalars().all()
        things = [(name, {"pilot": id}) for name in sorted(names)]
        self._enter_all(connection, "pilot_company", "removed", things, line(who))
        connection.execute(delete(table).where(mine))

    def _state(self, connection: Connection, id: str) -> None:
        """Writes down what the card's entries add up to."""
        table = schema.pilot
        row = pilot_rows(self._entries(connection, "pilot", id))[(id,)]
        if self._pilot_or_none(connection, id) is None:
            connection.execute(table.insert().values(**row))
        else:
            connection.execute(update(table).where(table.c.id == id).values(**row))

    def _card(self, connection: Connection, id: str, lock: bool = False) -> PilotCard:
        self._pilot_row(connection, id, lock)
        return self._cards(connection, schema.pilot.c.id == id)[0]

    def _cards(self, connection: Connection, *conditions: Any) -> list[PilotCard]:
        from aimaturity.programme.pilots.card import PilotCard

        p, c = schema.pilot, schema.pilot_company
        rows = connection.execute(select(p.c.id, p.c.card).where(*conditions)).all()
        part = select(c).where(c.c.pilot.in_(select(p.c.id).where(*conditions)))
        taking_part = connection.execute(part).all()
        names = {row.entered_as for row in taking_part}
        said = pilot_companies(self._entries(connection, "pilot_company", names)) if names else {}
        companies: dict[str, dict[str, dict[str, Any]]] = {}
        # Of ids that are one company now, what is said under its own comes first.
        for row in sorted(taking_part, key=lambda row: (row.entered_as != row.company, row.entered_as)):
            more = said.get((row.pilot, row.entered_as), {})
            one = companies.setdefault(row.pilot, {}).setdefault(row.company, {"agreed_on": None, "known": {}})
            one["agreed_on"] = one["agreed_on"] or more.get("agreed_on")
            one["known"] = {**more.get("known", {}), **one["known"]}
        return [
            self._made(
                PilotCard,
                row.id,
                json.loads(row.card)
                | {"companies": [{"company": id, **one} for id, one in sorted(companies.get(row.id, {}).items())]},
            )
            for row in sorted(rows, key=lambda row: row.id)
        ]

    def _made(self, model: type[M], name: str, data: Mapping[str, Any]) -> M:
        """A card or decision from the journal. StoreRefused where it can't be read as one."""
        from pydantic import ValidationError

        try:
            return model.model_validate_json(json.dumps(known(model, data)))
        except ValidationError as error:
            raise self._refused("AIM634", name=name, reason=reason_of(error)) from None

    def _pilot_or_none(self, connection: Connection, id: str, lock: bool = False) -> Row[Any] | None:
        query = select(schema.pilot).where(schema.pilot.c.id == id)
        return connection.execute(query.with_for_update() if lock else query).one_or_none()

    def _pilot_row(self, connection: Connection, id: str, lock: bool = False) -> Row[Any]:
        return self._row_of(connection, schema.pilot, id, "AIM631", lock)


def _read_card(data: Mapping[str, Any]) -> PilotCard:
    from aimaturity.programme.pilots.card import PilotCard

    return PilotCard.model_validate_json(json.dumps(dict(data)))


def _data(part: Any) -> dict[str, Any]:
    """A card, or a part of one, as plain data."""
    made: dict[str, Any] = part.model_dump(mode="json", by_alias=True)
    return made


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value
