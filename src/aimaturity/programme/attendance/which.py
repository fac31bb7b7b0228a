"""Which activity a row of a list is about: one of the register, or one to be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.programme import Programme
from aimaturity.programme.attendance.headings import OF_THE_ACTIVITY
from aimaturity.programme.attendance.reading import Attendance, Row
from aimaturity.programme.names import named, not_among, outside
from aimaturity.programme.store.alike import search_key
from aimaturity.programme.store.lists import NewActivity
from aimaturity.programme.store.records import StoredActivity
from aimaturity.responses.identity import masked


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of the activity beside the list, in ids; a row that says it itself comes first.

    activity  the one that the whole list is about; then the rest isn't asked
    """

    activity: StoredActivity | None = None
    kind: str | None = None
    title: str | None = None
    date: str | None = None
    hours: float | None = None
    partner: str | None = None


@dataclass
class Which:
    """Finds activities and makes new ones.

    new      key -> the activity to be added
    lacking  id -> the partner that it lacks and the list says
    """

    given: Given
    programme: Programme
    attendance: Attendance
    there: Sequence[StoredActivity]
    new: dict[str, NewActivity] = field(default_factory=dict)
    lacking: dict[str, dict[str, str]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)
    _by_title: dict[str, list[StoredActivity]] = field(default_factory=dict)

    def of(self, row: Row) -> str | None:
        """The id, or the key among `new`; None where it can't be told, which is said."""
        if self.given.activity is not None:
            return self.given.activity.id
        if row.activity is not None and any(row.activity == activity.id for activity in self.there):
            return row.activity
        title, date = row.activity or self.given.title, row.date or self.given.date
        kind = self.given.kind
        if row.kind is not None:
            kind = named(self.programme, "activity_kinds", row.kind)
            if kind is None:
                at = self.attendance.at(row.number, "kind")
                self.diagnostics.append(not_among(self.programme, "activity_kinds", masked(row.kind), at))
                return None
        if title is None:
            return self._lacks(row, "--title")
        partner = self._partner(row)
        could = self._could_be(title, date, kind, partner)
        if len(could) > 1:
            return self._lacks(row, "--activity")
        if could:
            return self._known(could[0], partner)
        if kind is None or date is None:
            return self._lacks(row, "--kind" if kind is None else "--date")
        wrong = outside(self.programme, date, self.attendance.at(row.number, "date"))
        if wrong is not None:
            return self._tell(wrong)
        key = f"+{len(self.new) + 1}"
        self.new[key] = NewActivity(key, kind, title, date, self.given.hours, partner)
        return key

    def _lacks(self, row: Row, what: str) -> str | None:
        return self._tell(problem("AIM675", self.attendance.at(row.number), field=what))

    def _tell(self, wrong: Diagnostic) -> str | None:
        """Told row by row; where no column says anything of the activity, once for the whole list."""
        if not self._in_columns:
            wrong = Diagnostic(wrong.code, Position(self.attendance.file), wrong.facts)
        if self._in_columns or wrong not in self.diagnostics:
            self.diagnostics.append(wrong)
        return None

    @property
    def _in_columns(self) -> bool:
        columns = self.attendance.columns
        return columns is not None and any(name in columns.by for name in OF_THE_ACTIVITY)

    def _partner(self, row: Row) -> str | None:
        if row.partner is None:
            return self.given.partner
        found = named(self.programme, "partners", row.partner)
        if found is None and row.partner not in self._told:
            self._told.add(row.partner)
            facts = {"name": masked(row.partner)[:80], "field": self.attendance.heading("partner")}
            near = not_among(self.programme, "partners", row.partner).facts.get("near")
            self.diagnostics.append(problem("AIM678", self.attendance.at(row.number, "partner"), **facts, near=near))
        return found

    def _could_be(
        self, title: str, date: str | None, kind: str | None, partner: str | None
    ) -> list[StoredActivity | NewActivity]:
        """Those of the same title but for case, accents and signs, of which nothing is said otherwise."""
        if not self._by_title:
            for one in self.there:
                self._by_title.setdefault(search_key(one.title), []).append(one)
        wanted = search_key(title)
        mine = [new for new in self.new.values() if search_key(new.title) == wanted]
        return [
            activity
            for activity in [*self._by_title.get(wanted, ()), *mine]
            if (date is None or activity.date == date)
            and (kind is None or activity.kind == kind)
            and (partner is None or activity.partner is None or activity.partner == partner)
        ]

    def _known(self, found: StoredActivity | NewActivity, partner: str | None) -> str:
        if isinstance(found, NewActivity):
            if found.partner is None and partner is not None:
                self.new[found.key] = replace(found, partner=partner)
            return found.key
        if found.partner is None and partner is not None:
            self.lacking.setdefault(found.id, {})["partner"] = partner
        return found.id
