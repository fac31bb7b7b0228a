"""`activity import`: attendance lists into the register."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli.about import meant, persons, title
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import apart, end, fail, loaded_programme, out, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.programme import Programme
    from aimaturity.programme.attendance.planning import Change, Plan, Sheet
    from aimaturity.programme.attendance.reading import Attendance
    from aimaturity.programme.attendance.which import Given
    from aimaturity.programme.store import Store


@dataclass(frozen=True)
class Wanted:
    """What was asked for. about: kind, title, date and partner as they were written, None where they weren't."""

    activity: str | None
    about: Mapping[str, str | None]
    hours: float | None
    add: bool
    dry_run: bool
    programme: str | None
    database: str | None
    json: bool
    lang: str


def run(file: Path, wanted: Wanted) -> None:
    from aimaturity.programme.attendance.planning import list_name, plan
    from aimaturity.programme.attendance.reading import read_attendance
    from aimaturity.programme.store.lists import Standing

    lang = wanted.lang
    if wanted.activity is not None:
        for name, text in wanted.about.items():
            apart("--activity", f"--{name}" if text is not None else None, lang)
    programme = loaded_programme(wanted.programme, lang)
    one = wanted.activity is not None
    attendance = read_attendance(sys.stdin.buffer, "-", one) if str(file) == "-" else read_attendance(file, None, one)
    if not attendance.usable:
        tell(attendance.diagnostics, lang)
        fail()
    with ExitStack() as stack:
        store = _register(stack, wanted)
        given = _given(store, programme, wanted)
        standing = store.standing(list_name(attendance.file)) if store is not None else Standing()
        made = plan(attendance, standing, programme, given, wanted.add)
        ids = store.take_in(made.changes) if store is not None and not wanted.dry_run and made.changes.any else {}
    told = (
        as_json(_told(attendance, made, ids, wanted))
        if wanted.json
        else _lines(attendance, made, ids, programme, wanted)
    )
    out(told)
    tell(made.diagnostics, lang)
    if attendance.rows and not made.taken:
        fail()
    # A row that was left is told; what was taken is in.
    end(look=bool(made.left) or any(found.severity != "advice" for found in made.diagnostics))


def _register(stack: ExitStack, wanted: Wanted) -> Store | None:
    """The register; None where there is none yet and nothing is to be written."""
    from aimaturity.programme.store import StoreRefused, open_store

    if wanted.dry_run:
        try:
            return stack.enter_context(open_store(wanted.database, create=False))
        except StoreRefused as refused:
            if refused.diagnostic.code == "AIM601":
                return None
    return stack.enter_context(opened(wanted.database, wanted.lang, create=not wanted.dry_run))


def _given(store: Store | None, programme: Programme, wanted: Wanted) -> Given:
    from aimaturity.definitions.diagnostics import problem
    from aimaturity.programme.attendance.reading import day_of
    from aimaturity.programme.attendance.which import Given

    about, lang = wanted.about, wanted.lang
    if wanted.activity is not None:
        if store is None:
            tell([problem("AIM660", name=wanted.activity)], lang)
            fail()
        return Given(store.activity(wanted.activity), hours=wanted.hours)
    date = day_of(about["date"]) if about["date"] is not None else None
    if about["date"] is not None and date is None:
        tell([problem("AIM322", name=about["date"])], lang)
        fail()
    kind = meant(programme, "activity_kinds", about["kind"], lang)
    return Given(None, kind, about["title"], date, wanted.hours, meant(programme, "partners", about["partner"], lang))


def _lines(attendance: Attendance, made: Plan, ids: Mapping[str, str], programme: Programme, wanted: Wanted) -> str:
    lang, changes = wanted.lang, made.changes
    lines = [say("list_dry", lang)] if wanted.dry_run else []
    counts = {"rows": made.rows, "taken": made.taken, "left": len(made.left), "aside": len(made.aside)}
    lines.append(say("list_rows", lang, file=Path(attendance.file).name, **counts))
    if attendance.columns is not None and attendance.columns.one_row_a_person:
        lines.append(say("list_persons", lang))
    if made.left:
        lines.append(say("list_left", lang, rows=", ".join(map(str, made.left))))
    if made.before is not None:
        lines.append(say("list_again", lang, when=made.before[:16].replace("T", " ")))
    elif not changes.any and made.taken:
        lines.append(say("list_nothing", lang))
    for sheet in made.sheets:
        lines += _sheet(sheet, ids, programme, wanted)
    if changes.companies:
        lines.append(say("list_companies", lang, count=len(changes.companies)))
        lines += [say("list_company", lang, name=new.name or new.id, id=new.id) for new in changes.companies]
    if changes.filled:
        names = ", ".join(str(filled.id) for filled in changes.filled)
        lines.append(say("list_filled", lang, names=names))
    return "\n".join(lines)


def _sheet(sheet: Sheet, ids: Mapping[str, str], programme: Programme, wanted: Wanted) -> list[str]:
    lang, activity = wanted.lang, sheet.activity
    facts = {"title": activity.title, "date": activity.date}
    facts["kind"] = title(programme, "activity_kinds", activity.kind, lang)
    id = _id(sheet, ids)
    key = "list_activity_new" if sheet.is_new else "list_activity"
    head = say(key, lang, **facts, id=id)
    lines = [f"{head} ({id})" if sheet.is_new and id is not None else head]
    kinds = _kinds(sheet)
    numbers = {name: len(changes) for name, changes in kinds.items()}
    counted = persons(*sheet.counts, None, lang)
    lines.append(say("list_counts", lang, persons=counted, **numbers, same=sheet.same))
    for name, changes in kinds.items():
        if name == "added" and not wanted.dry_run:
            continue
        for change in changes:
            before, after = (persons(*one, lang) if one is not None else "" for one in (change.before, change.after))
            lines.append(say(f"list_{name}", lang, name=change.name, before=before, after=after))
    if sheet.left_alone:
        lines.append(say("list_alone", lang, names=", ".join(sheet.left_alone)))
    if sheet.missing:
        lines.append(say("list_missing", lang, names=", ".join(sheet.missing)))
    return lines


def _kinds(sheet: Sheet) -> dict[str, list[Change]]:
    return {
        "added": [change for change in sheet.changes if change.before is None],
        "edited": [change for change in sheet.changes if change.before is not None and change.after is not None],
        "removed": [change for change in sheet.changes if change.after is None],
    }


def _id(sheet: Sheet, ids: Mapping[str, str]) -> str | None:
    from aimaturity.programme.store.lists import NewActivity

    return ids.get(sheet.activity.key) if isinstance(sheet.activity, NewActivity) else sheet.activity.id


def _told(attendance: Attendance, made: Plan, ids: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    activities = []
    for sheet in made.sheets:
        about = {name: getattr(sheet.activity, name) for name in ("kind", "title", "date", "hours", "partner")}
        women, men, other = sheet.counts
        activities.append(
            {"id": _id(sheet, ids), "new": sheet.is_new, **about, "women": women, "men": men, "other": other}
            | {name: [_change(change) for change in changes] for name, changes in _kinds(sheet).items()}
            | {"unchanged": sheet.same, "left_alone": sheet.left_alone, "missing": sheet.missing}
        )
    columns = attendance.columns
    return {
        "file": attendance.file,
        "dry_run": wanted.dry_run,
        "rows": {"read": made.rows, "taken": made.taken, "left": made.left, "aside": made.aside},
        "one_row_a_person": columns is not None and columns.one_row_a_person,
        "columns": {name: columns.headings[column] for name, column in columns.by.items()} if columns else {},
        "read_before": made.before,
        "activities": activities,
        "companies_added": [
            {"id": new.id, "name": new.name, "organisationsnummer": new.organisationsnummer, **new.about.stated()}
            for new in made.changes.companies
        ],
        "companies_filled": [filled.id for filled in made.changes.filled],
        "problems": [found.as_dict(wanted.lang) for found in made.diagnostics],
    }


def _change(change: Change) -> dict[str, Any]:
    def counts(one: Any) -> dict[str, Any] | None:
        return dict(zip(("women", "men", "other", "hours"), one, strict=True)) if one is not None else None

    return {
        "company": change.company,
        "name": change.name,
        "before": counts(change.before),
        "after": counts(change.after),
    }
