"""What a bundle's parts may hold: each line of the right types, and all of them of one piece.

Nothing gets into a store's tables that the program itself couldn't have written there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, JsonValue, ValidationError

from aimaturity.definitions.base import Model
from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.programme.store.bundle import Bundle, Definition, Event, Progress, Read
from aimaturity.programme.store.entries import entry_row
from aimaturity.programme.store.facts import facts_problem
from aimaturity.programme.store.faults import StoreRefused
from aimaturity.programme.store.fold import WHATS, Entry
from aimaturity.programme.store.records import Origin, Voice, read_given
from aimaturity.programme.store.whole import loose

_LONGEST = 8_000_000
"""Bytes of a line; a questionnaire of a thousand questions has about one million."""
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""A character that PostgreSQL can't hold, as JSON writes it."""


def _moment(said: str) -> str:
    if dt.datetime.fromisoformat(said).tzinfo is None:
        raise ValueError("no offset from UTC")
    return said


Id = Annotated[str, Field(pattern=r"^[a-z0-9]{1,40}$")]
"""Ids of entries, assessments and stores: in any order of letters they sort the same way."""
Moment = Annotated[str, Field(max_length=40), AfterValidator(_moment)]
Words = Annotated[str, Field(max_length=2000)]
Named = Annotated[str, Field(min_length=1, max_length=2000)]
Clock = Annotated[int, Field(ge=1, le=10**12)]
Hash = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class _Entry(Model):
    uid: Id
    clock: Clock
    device: Id
    at: Moment
    who: Words | None
    kind: Annotated[str, Field(max_length=40)]
    about: Words
    what: Annotated[str, Field(max_length=40)]
    facts: dict[str, JsonValue]


class _Progress(Model):
    id: Id
    seconds: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
    position: Words | None


class _Event(Model):
    assessment: Id
    seq: Annotated[int, Field(ge=1, le=10**9)]
    device: Id
    variable: Named
    voice: Voice
    origin: Origin
    given: str
    who: Words | None
    at: Moment
    aside: Annotated[int, Field(ge=0, le=1)]


class _Definition(Model):
    hash: Hash
    kind: Annotated[str, Field(pattern=r"^(questionnaire|scoring)$")]
    id: Named
    version: Named
    content: str
    kept: Moment


class _Read(Model):
    assessment: Id
    voice: Voice
    source: Words
    key: Words
    digest: Words
    at: Moment


class _Erased(Model):
    uid: Id


class _Manifest(Model):
    device: Id
    made: Moment
    companies: list[Named] | None


Line = TypeVar("Line", bound=Model)


def bundle_of(manifest: Mapping[str, Any], parts: Mapping[str, bytes], at: Position) -> Bundle:
    """The bundle that parts of JSON Lines hold. StoreRefused at the first line that can't be one, where parts don't fit
    together, or where a kind of entry is unknown: a newer version wrote it."""
    try:
        said = _Manifest.model_validate({name: manifest.get(name) for name in _Manifest.model_fields})
    except ValidationError as error:
        raise _refused(at, "manifest.json", 0, _why(error)) from None
    made = Bundle(
        device=said.device,
        made=said.made,
        companies=None if said.companies is None else tuple(said.companies),
        entries=tuple(_each(parts, "entries", _Entry, at, _entry)),
        assessments=tuple(_each(parts, "assessments", _Progress, at, lambda line: Progress(**_fields(line)))),
        events=tuple(_each(parts, "events", _Event, at, _event)),
        definitions=tuple(_each(parts, "definitions", _Definition, at, _definition)),
        imported=tuple(_each(parts, "imported", _Read, at, lambda line: Read(**_fields(line)))),
        erased=frozenset(_each(parts, "erased", _Erased, at, lambda line: line.uid)),
    )
    for reason in loose(made):
        raise _refused(at, "", 0, reason)
    return made


Made = TypeVar("Made")


def _each(
    parts: Mapping[str, bytes], name: str, model: type[Line], at: Position, make: Callable[[Line], Made]
) -> Iterator[Made]:
    for number, line in enumerate(parts[name].splitlines(), start=1):
        place = f"{name}.jsonl"
        if len(line) > _LONGEST or _NUL.search(line):
            raise _refused(at, place, number, f"{len(line)} B" if len(line) > _LONGEST else r"\u0000")
        try:
            yield make(model.model_validate_json(line))
        except ValidationError as error:
            raise _refused(at, place, number, _why(error)) from None
        except _Newer as newer:
            raise StoreRefused(problem("AIM702", at, name=str(newer)[:80], wanted=", ".join(WHATS))) from None
        except (ValueError, RecursionError) as error:
            raise _refused(at, place, number, str(error)[:200]) from None


class _Newer(Exception):
    """Of a kind that this version doesn't know."""


def _entry(line: _Entry) -> Entry:
    if line.what not in WHATS.get(line.kind, ()):
        raise _Newer(f"{line.kind} {line.what}")
    entry = Entry(**_fields(line))
    json.dumps(line.facts, allow_nan=False)
    entry_row(entry)["facts"].encode("utf-8")  # no halves of a character
    if (wrong := facts_problem(entry)) is not None:
        raise ValueError(wrong)
    return entry


def _event(line: _Event) -> Event:
    read_given(line.given)
    return Event(**_fields(line))


def _definition(line: _Definition) -> Definition:
    if line.hash != "sha256:" + hashlib.sha256(line.content.encode("utf-8")).hexdigest():
        raise ValueError(line.hash)
    kind = Questionnaire if line.kind == "questionnaire" else ScoringModel
    try:
        found = kind.model_validate_json(line.content)
    except ValidationError:
        raise _Newer(f"{line.id} {line.version}") from None
    id = found.questionnaire if isinstance(found, Questionnaire) else found.scoring
    if (id, found.version) != (line.id, line.version):
        raise ValueError(f"{line.id} {line.version}")
    return Definition(**_fields(line))


def _fields(line: Model) -> dict[str, Any]:
    return {name: getattr(line, name) for name in type(line).model_fields}


def _why(error: ValidationError) -> str:
    found: Iterable[Any] = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in list(found)[:3])[:200]


def _refused(at: Position, part: str, line: int, reason: str) -> StoreRefused:
    where = f"{part}:{line} " if part and line else f"{part} " if part else ""
    return StoreRefused(problem("AIM709", at, reason=f"{where}{reason}"))
