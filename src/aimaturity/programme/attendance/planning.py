"""What an attendance list changes in the register: every row is taken, or told with what to do. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic, Position, in_order, problem
from aimaturity.definitions.programme import Programme
from aimaturity.programme.attendance.reading import Attendance, Row
from aimaturity.programme.attendance.which import Given, Which
from aimaturity.programme.attendance.whose import Whose
from aimaturity.programme.store.activities import MOST_PERSONS
from aimaturity.programme.store.lists import Changes, NewActivity, Standing
from aimaturity.programme.store.records import Participation, StoredActivity, StoredCompany, StoredParticipation
from aimaturity.responses.normalise import normalise
from aimaturity.responses.profile import CEILINGS

Counts = tuple[int, int, int, float | None]
"""Women, men, other, and the hours of one of them where they aren't the activity's."""


@dataclass(frozen=True, slots=True)
class Change:
    """A company at an activity before and after; None: nothing. `name` is how it is shown."""

    company: str
    name: str
    before: Counts | None
    after: Counts | None


@dataclass(frozen=True)
class Sheet:
    """What becomes of one activity.

    activity  as it is, or as it is to be added
    changes   participations that are added, changed or taken away, by name
    same      how many companies the register has as the list says; left_alone: changed by hand since the list was read
    missing   companies that the list had the last time; they stay, since some of its rows couldn't be taken
    counts    persons by the list: women, men, other
    """

    activity: StoredActivity | NewActivity
    changes: Sequence[Change]
    same: int
    left_alone: Sequence[str]
    missing: Sequence[str]
    counts: tuple[int, int, int]

    @property
    def is_new(self) -> bool:
        return isinstance(self.activity, NewActivity)


@dataclass(frozen=True)
class Plan:
    """What a list does.

    rows    how many it has: those taken, those left (and told), those aside (sums, and rows with nothing in them)
    before  when the same list was read in, where it was and nothing changes
    """

    changes: Changes
    sheets: Sequence[Sheet]
    rows: int
    taken: int
    left: Sequence[int]
    aside: Sequence[int]
    before: str | None
    diagnostics: Sequence[Diagnostic]


@dataclass
class _Total:
    """The rows of one company at one activity, added together."""

    first: int
    identity: str
    women: int = 0
    men: int = 0
    other: int = 0
    hours: float = 0.0
    of: int = 0
    rows: int = 0

    def add(self, row: Row) -> None:
        self.women, self.men, self.other = self.women + row.women, self.men + row.men, self.other + row.other
        self.rows += 1
        if row.hours is not None:
            persons = row.women + row.men + row.other
            self.hours, self.of = self.hours + row.hours * persons, self.of + persons

    @property
    def persons(self) -> int:
        return self.women + self.men + self.other

    @property
    def each(self) -> float | None:
        """Hours of one participant: the mean over those of whom they are stated."""
        return round(self.hours / self.of, 4) if self.of else None


Totals = Mapping[tuple[str, str], _Total]


def list_name(file: str) -> str | None:
    """What a list is known by when it comes again, whatever stands in it: made from its file's name, which itself isn't
    kept, since it may name a person. None for what has no name."""
    name = Path(file).name
    return hashlib.sha256(normalise(name).encode("utf-8")).hexdigest()[:16] if name not in ("", "-") else None


def plan(
    attendance: Attendance, standing: Standing, programme: Programme, given: Given | None = None, add: bool = True
) -> Plan:
    """What reading in a list would do to the register as it stands.

    given  what is said of the activity beside the list
    add    companies that aren't in the register are added; else their rows are left and told
    """
    asked = given or Given()
    which = Which(asked, programme, attendance, standing.activities)
    whose = Whose(standing.companies, programme, attendance, add)
    totals: dict[tuple[str, str], _Total] = {}
    left: list[int] = []
    told: list[Diagnostic] = []
    for row in attendance.rows:
        key = which.of(row) if not row.wrong else None
        company = whose.of(row) if key is not None else None
        if key is None or company is None:
            left.append(row.number)
            continue
        total = totals.get((key, company))
        if total is not None and total.persons + row.women + row.men + row.other > MOST_PERSONS:
            told.append(
                problem("AIM663", attendance.at(row.number), name=total.persons + row.women + row.men + row.other)
            )
            left.append(row.number)
            continue
        if total is None:
            identity = row.organisationsnummer or row.id or normalise(row.name or "")
            total = totals[key, company] = _Total(row.number, identity)
        elif attendance.columns is not None and not attendance.columns.one_row_a_person:
            at = attendance.at(row.number, "name")
            told.append(problem("AIM670", at, name=_shown(whose.company(company)), first=total.first))
        total.add(row)
    made = _Planner(attendance, standing, asked, which, whose, totals, bool(left))
    sheets = made.sheets()
    diagnostics = [*attendance.diagnostics, *which.diagnostics, *whose.diagnostics, *told, *made.diagnostics]
    changes = made.changes(sheets)
    times = [standing.digests.get(pair) for pair in made.digests.items()]
    known = not changes.any and bool(times) and None not in times
    return Plan(
        changes=changes,
        sheets=sheets,
        rows=len(attendance.rows) + len(attendance.aside),
        taken=len(attendance.rows) - len(left),
        left=left,
        aside=attendance.aside,
        before=max(time for time in times if time is not None) if known else None,
        diagnostics=in_order(diagnostics),
    )


@dataclass
class _Planner:
    attendance: Attendance
    standing: Standing
    given: Given
    which: Which
    whose: Whose
    totals: Totals
    some_left: bool
    digests: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def sheets(self) -> list[Sheet]:
        """Every activity that the list speaks of, in its order."""
        there = {activity.id: activity for activity in self.standing.activities}
        now: dict[tuple[str, str], list[StoredParticipation]] = {}
        for one in self.standing.participations:
            now.setdefault((one.activity, one.company), []).append(one)
        self._too_many()
        made = []
        for key in dict.fromkeys(key for key, _ in self.totals):
            mine = {company: total for (activity, company), total in self.totals.items() if activity == key}
            self.digests[key] = _digest(mine)
            activity = there.get(key) or self._with_hours(self.which.new[key], mine)
            if isinstance(activity, NewActivity):
                self.diagnostics += self._twin(activity)
            elif activity.hours is None and self.given.hours is not None:
                activity = replace(activity, hours=self.given.hours)
            made.append(self._sheet(key, activity, mine, now))
        return made

    def changes(self, sheets: Sequence[Sheet]) -> Changes:
        taken, removed = [], []
        lacking: dict[str, dict[str, object]] = {
            id: dict(said) for id, said in self.which.lacking.items() if id in self.digests
        }
        for sheet in sheets:
            key = _key(sheet.activity)
            for change in sheet.changes:
                if change.after is None:
                    removed.append((key, change.company))
                else:
                    taken.append(Participation(key, change.company, *change.after))
        for activity in self.standing.activities:
            if activity.id in self.digests and activity.hours is None and self.given.hours is not None:
                lacking.setdefault(activity.id, {})["hours"] = self.given.hours
        used = {company for _, company in self.totals}
        new = [sheet.activity for sheet in sheets if isinstance(sheet.activity, NewActivity)]
        changed = [_key(sheet.activity) for sheet in sheets if sheet.changes]
        digests = {key: self.digests[key] for key in changed}
        return Changes(
            source=list_name(self.attendance.file),
            companies=[company for company in self.whose.additions() if company.id in used],
            filled=[company for company in self.whose.fillings() if company.id in used],
            activities=new,
            lacking=lacking,
            taken_part=taken,
            removed=removed,
            digests={key: one for key, one in digests.items() if (key, one) not in self.standing.digests},
        )

    def _with_hours(self, new: NewActivity, mine: Mapping[str, _Total]) -> NewActivity:
        """With the hours that all companies have, where nothing else is said."""
        each = {total.each for total in mine.values()}
        return replace(new, hours=each.pop()) if new.hours is None and len(each) == 1 else new

    def _sheet(
        self,
        key: str,
        activity: StoredActivity | NewActivity,
        mine: Mapping[str, _Total],
        now: Mapping[tuple[str, str], Sequence[StoredParticipation]],
    ) -> Sheet:
        changes: list[Change] = []
        left_alone: list[str] = []
        same = 0
        for company, total in mine.items():
            hours = total.each if total.each != activity.hours else None
            after: Counts = (total.women, total.men, total.other, hours)
            before = _together(now.get((key, company), ()))
            name = _shown(self.whose.company(company))
            if before == after:
                same += 1
            elif self.standing.said.get((key, company)) == after:
                left_alone.append(name)
            else:
                changes.append(Change(company, name, before, after))
        gone = [
            Change(company, _shown(self.whose.company(company)), _together(now[key, company]), None)
            for activity_, company in self.standing.said
            if activity_ == key and company not in mine and (key, company) in now
            and (key, company) not in self.standing.by_hand
        ]  # fmt: skip
        if not self.some_left:
            changes += gone
            at = Position(self.attendance.file)
            self.diagnostics += [problem("AIM679", at, name=change.name) for change in gone]
        counts = tuple(sum(getattr(total, name) for total in mine.values()) for name in ("women", "men", "other"))
        return Sheet(
            activity,
            sorted(changes, key=lambda change: (change.name.casefold(), change.company)),
            same,
            sorted(left_alone),
            sorted(change.name for change in gone) if self.some_left else (),
            (counts[0], counts[1], counts[2]),
        )

    def _too_many(self) -> None:
        """More participants than the company has persons, by the list, its answers or its size."""
        stated = {row.name: row.head_count for row in self.attendance.rows if row.name and row.head_count is not None}
        for (_, id), total in self.totals.items():
            company = self.whose.company(id)
            ceiling = next((below - 1 for size, below, *_ in CEILINGS if size == company.size), None)
            most = stated.get(company.name or "") or self.standing.head_counts.get(id) or ceiling
            if most is not None and total.persons > most:
                at = self.attendance.at(total.first)
                facts = {"count": total.persons, "name": _shown(company), "most": int(most)}
                self.diagnostics.append(problem("AIM671", at, **facts))

    def _twin(self, new: NewActivity) -> Iterator[Diagnostic]:
        """Another activity of the same day with the very same companies and counts."""
        for other in self.standing.activities:
            if other.date == new.date and (other.id, self.digests[new.key]) in self.standing.digests:
                yield problem("AIM677", Position(self.attendance.file), other=other.title, id=other.id)


def _key(activity: StoredActivity | NewActivity) -> str:
    return activity.key if isinstance(activity, NewActivity) else activity.id


def _together(rows: Sequence[StoredParticipation]) -> Counts | None:
    """The participations of a company that was entered under several ids, as one; None where there is none."""
    if not rows:
        return None
    hours = {row.hours for row in rows}
    women, men, other = (sum(getattr(row, name) for row in rows) for name in ("women", "men", "other"))
    return women, men, other, hours.pop() if len(hours) == 1 else None


def _digest(mine: Mapping[str, _Total]) -> str:
    """Of the companies as the list names them and their counts, whatever their order."""
    rows = sorted([t.identity, t.women, t.men, t.other, t.each or 0] for t in mine.values())
    return "sha256:" + hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()


def _shown(company: StoredCompany) -> str:
    return company.name or company.id
