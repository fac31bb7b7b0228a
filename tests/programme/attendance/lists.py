"""Lists to read, and a programme to read them for."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from aimaturity.definitions.load import load_programme
from aimaturity.definitions.programme import Programme
from aimaturity.programme.attendance.planning import Plan, list_name, plan
from aimaturity.programme.attendance.reading import Attendance, read_attendance
from aimaturity.programme.attendance.which import Given
from aimaturity.programme.store import Store
from aimaturity.responses.identity import luhn

COURSE = Given(kind="course", title="AI-kväll", date="2022-05-12")


@cache
def programme() -> Programme:
    loaded = load_programme("digit-hub-ai").value
    assert loaded is not None
    return loaded


def read(text: str, name: str = "närvaro.csv", one_activity: bool = False) -> Attendance:
    return read_attendance(io.BytesIO(text.encode("utf-8")), name, one_activity)


def written(folder: Path, text: str, name: str = "närvaro.csv", encoding: str = "utf-8") -> Path:
    (folder / name).write_text(text, encoding)
    return folder / name


def planned(store: Store, attendance: Attendance, given: Given = COURSE, add: bool = True) -> Plan:
    return plan(attendance, store.standing(list_name(attendance.file)), programme(), given, add)


def taken(store: Store, text: str, given: Given = COURSE, add: bool = True, name: str = "närvaro.csv") -> Plan:
    """The list read in; and what was planned, which is what was then done."""
    made = planned(store, read(text, name), given, add)
    store.take_in(made.changes)
    return made


def codes(found: Plan | Attendance) -> list[tuple[str, int]]:
    """What is told, each with its row."""
    return [(one.code, one.at.line) for one in found.diagnostics]


def counts(store: Store) -> dict[str, tuple[int, int, int, float | None]]:
    """Company -> women, men, other, hours, over all activities that there are."""
    return {one.company: (one.women, one.men, one.other, one.hours) for one in store.participations()}


def personal_number() -> str:
    """Invented and valid: a day of birth in it, and the right check digit."""
    return next(f"811228-987{digit}" for digit in range(10) if luhn(f"811228987{digit}"))
