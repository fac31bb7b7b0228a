"""What the commands of the register share: opening it, and showing what is in it. Also `doctor` and `backup`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aimaturity.cli.shared import end, fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.questionnaire import Questionnaire
    from aimaturity.programme.store import Store, StoredAnswer, StoredAssessment
    from aimaturity.responses.given import Given

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="The register: a file, sqlite:///... or postgresql+psycopg://... (default: AIMATURITY_DATABASE, else your "
        "own).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@contextmanager
def opened(database: str | None, lang: str, create: bool = False) -> Iterator[Store]:
    """The register; tells what it refuses and ends with 2."""
    from aimaturity.programme.store import StoreRefused, open_store

    try:
        with open_store(database, create=create) as store:
            yield store
    except StoreRefused as refused:
        tell([refused.diagnostic], lang)
        fail()


def as_json(value: Any) -> str:
    """Records and what they hold as JSON: times in ISO form, answers as the store keeps them."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    from aimaturity.responses.given import Given, to_json

    if isinstance(value, Given):
        return to_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def assessment_line(found: StoredAssessment, lang: str) -> str:
    """An assessment on one line."""
    return say(
        "assessment_line",
        lang,
        id=found.id,
        date=found.date,
        questionnaire=found.questionnaire,
        version=found.version,
        occasion=found.occasion or "–",
        standing=say("finished" if found.finished else "going_on", lang),
        events=found.events,
        who=found.adviser or "",
    ).rstrip()


def answer_line(answer: StoredAnswer, questionnaire: Questionnaire, lang: str) -> str:
    """Who said what, when, and what belongs to it."""
    from aimaturity.programme.store.shown import details_of, value_of

    given = answer.given
    said = value_of(questionnaire, answer.variable, given, lang)
    parts = [said or say(f"state_{given.state.name.lower()}", lang)]
    parts += [detail_words(key, words, lang) for key, words in details_of(given)]
    origin = say(f"origin_{answer.origin}", lang)
    parts.append(", ".join(part for part in (answer.who, f"{answer.when:%Y-%m-%d %H:%M:%S}", origin) if part))
    if answer.aside:
        parts.append(say("kept_aside", lang))
    return "; ".join(parts)


def detail_words(key: str, words: str, lang: str) -> str:
    """One detail of an answer, named."""
    if key == "evidence":
        return say("evidence", lang, words=say(f"evidence_{words}", lang))
    names = {"evidence_note": "evidence", "raw": "unread_answer", "why": "why_differs"}
    return say(names.get(key, key), lang, words=words)


def same(one: Given | None, other: Given | None) -> bool:
    """Whether two voices say the same, whatever evidence and comments go with it."""
    return one is not None and other is not None and (one.state, one.value) == (other.state, other.value)


def doctor(database: str | None, rescue: Path | None, tidy: bool, json_wanted: bool, lang: str) -> None:
    if rescue is not None:
        _rescue(database, rescue, lang)
    with opened(database, lang) as store:
        mended = store.mend() if tidy and store.out_of_step() else []
        if mended:
            remark(say("mended", lang, count=len(mended)))
        left = store.tidy() if tidy else None
        found = [*store.check(), *([left] if left is not None else [])]
        companies, assessments = store.companies(), store.assessments()
        counts = {"companies": len(companies), "assessments": len(assessments)}
        events = sum(assessment.events for assessment in assessments)
        if json_wanted:
            told = {"database": store.place, "read_only": store.read_only, **counts, "events": events}
            out(as_json(told | {"problems": [problem.as_dict(lang) for problem in found]}))
        else:
            if not found:
                out(say("whole", lang, **counts, events=events, place=store.place))
            if store.read_only:
                remark(say("only_read", lang))
            tell(found, lang)
    raise typer.Exit(1 if found else 0)


def _rescue(database: str | None, folder: Path, lang: str) -> None:
    from aimaturity.programme.store import StoreRefused
    from aimaturity.programme.store.engines import file_of, url_of
    from aimaturity.programme.store.rescue import rescue

    try:
        file = file_of(url_of(database))
        if file is None:
            remark(say("rescue_file", lang))
            fail()
        saved = rescue(file, folder)
    except StoreRefused as refused:
        tell([refused.diagnostic], lang)
        fail()
    events = saved.rows["answer_event"]
    out(say("rescued", lang, events=events, expected=saved.expected, folder=folder))
    end(look=events < saved.expected)


def backup(to: Path, database: str | None, lang: str) -> None:
    with opened(database, lang) as store:
        store.backup(to)
    out(say("backed_up", lang, path=to))
