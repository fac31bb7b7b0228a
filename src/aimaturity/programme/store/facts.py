"""What entries from elsewhere may say: facts of the types that the register's tables and its readers expect."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from aimaturity.programme.store.fold import Entry
from aimaturity.programme.store.records import Occasion, moment
from aimaturity.responses.identity import is_personal_number, organisation_number
from aimaturity.responses.profile import SizeName


def _day(said: str) -> str:
    if dt.date.fromisoformat(said).isoformat() != said:
        raise ValueError("not an ISO day")
    return said


def _moment(said: str) -> str:
    moment(said)
    return said


def _number(said: str) -> str:
    if organisation_number(said) != said or is_personal_number(said):
        raise ValueError("no organisation number")
    return said


def _nobody(said: str) -> str:
    if is_personal_number(said):
        raise ValueError("a personal number")
    return said


Words = Annotated[str, Field(max_length=2000)]
Named = Annotated[str, Field(min_length=1, max_length=2000)]
Company = Annotated[Named, AfterValidator(_nobody)]
Day = Annotated[str, AfterValidator(_day)]
Moment = Annotated[str, AfterValidator(_moment)]
Hash = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Hours = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class _Facts(BaseModel):
    """What more is said is kept in the journal and gets into no table."""

    model_config = ConfigDict(extra="allow", strict=True, defer_build=True)


class _Company(_Facts):
    name: Annotated[Words, AfterValidator(_nobody)] | None = None
    organisationsnummer: Annotated[str, AfterValidator(_number)] | None = None
    municipality: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    county: Annotated[str, Field(pattern=r"^\d{2}$")] | None = None
    sector: Words | None = None
    size: SizeName | None = None
    owner: Words | None = None
    benchmark: Annotated[str, Field(pattern=r"^(yes|no)$")] | None = None


class _Merged(_Facts):
    into: Company


class _Edited(_Facts):
    occasion: Occasion | None = None
    adviser: Words | None = None
    present: Words | None = None
    language: Words | None = None
    finished: Moment | None = None
    date: Day = "2000-01-01"
    definition: Hash = ""


class _Begun(_Edited):
    company: Company
    definition: Hash
    date: Day
    started: Moment


class _Activity(_Facts):
    kind: Named = ""
    title: Named = ""
    date: Day = ""
    hours: Hours | None = None
    partner: Words | None = None
    municipality: Words | None = None


class _AddedActivity(_Activity):
    kind: Named
    title: Named
    date: Day


class _Participation(_Facts):
    activity: Named
    women: Count
    men: Count
    other: Count
    hours: Hours | None = None


class _NoParticipation(_Facts):
    activity: Named


class _Pilot(_Facts):
    county: Words | None = None
    sector: Words | None = None
    partner: Words | None = None


class _Status(_Facts):
    status: Named
    date: Day
    by: Named


class _Outcome(_Facts):
    occasion: Named
    date: Day


class _PilotCompany(_Facts):
    pilot: Named
    agreed_on: Day | None = None
    known: dict[str, str] = {}


_MODELS: dict[tuple[str, str], type[_Facts]] = {
    ("company", "added"): _Company,
    ("company", "edited"): _Company,
    ("company", "merged"): _Merged,
    ("assessment", "begun"): _Begun,
    ("assessment", "edited"): _Edited,
    ("assessment", "finished"): _Edited,
    ("assessment", "reopened"): _Edited,
    ("activity", "added"): _AddedActivity,
    ("activity", "edited"): _Activity,
    ("participation", "added"): _Participation,
    ("participation", "edited"): _Participation,
    ("participation", "removed"): _NoParticipation,
    ("pilot", "added"): _Pilot,
    ("pilot", "edited"): _Pilot,
    ("pilot", "status"): _Status,
    ("pilot", "outcome"): _Outcome,
    ("pilot_company", "added"): _PilotCompany,
    ("pilot_company", "edited"): _PilotCompany,
    ("pilot_company", "removed"): _PilotCompany,
}


def facts_problem(entry: Entry) -> str | None:
    """Why the facts, or what they are about, can't be so; None where they can."""
    of_company = entry.kind in ("company", "participation", "pilot_company")
    if (entry.about == "") is not ((entry.kind, entry.what) == ("company", "erased")):
        return f"about: {entry.about!r}"
    if of_company and is_personal_number(entry.about):
        return "about: a personal number"
    try:
        _MODELS.get((entry.kind, entry.what), _Facts).model_validate(dict(entry.facts))
        _whole(entry)
    except ValidationError as error:
        return reason_of(error)
    return None


def _whole(entry: Entry) -> None:
    """ValidationError where what is said of pilots can't be read as a card, a part of one or a decision."""
    if entry.kind not in ("pilot", "pilot_company", "decision") or entry.what == "removed":
        return
    from aimaturity.programme.pilots.card import Outcome, Participant, PilotCard, StatusEntry
    from aimaturity.programme.pilots.decision import PilotDecision

    models: dict[str, tuple[type[BaseModel], dict[str, Any]]] = {
        "status": (StatusEntry, {}),
        "outcome": (Outcome, {}),
        "added": (PilotCard, _APART),
        "edited": (PilotCard, _CARD | _APART),
        "decided": (PilotDecision, {}),
    }
    model, beside = models.get(entry.what, (StatusEntry, {}))
    if entry.kind == "pilot_company":
        model, beside = Participant, {"company": entry.about}
    said = {name: value for name, value in known(model, entry.facts).items() if name not in _APART}
    model.model_validate_json(json.dumps(beside | said | {"id": entry.about} if model is PilotCard else beside | said))


_APART: dict[str, Any] = {
    "companies": [], "history": [{"status": "idea", "date": "2000-01-01", "by": "-"}], "outcomes": [],
}  # fmt: skip
_ENDS = {"low": 0, "likely": 0, "high": 0}
_CARD: dict[str, Any] = {
    "title": "-", "challenge": "x", "ai_use": "-", "cost": {"sek": _ENDS, "own_hours": _ENDS},
    "systems": [{"what": "-", "role": "none"}], "county": "00", "sector": "x",
}  # fmt: skip
"""What stands beside the fields that an entry edits, so that they can be read as a card's."""


def known(model: type[BaseModel], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts without those that a later version of the program says."""
    return {name: value for name, value in facts.items() if name in model.model_fields}


def reason_of(error: ValidationError) -> str:
    """What is wrong first, and where, without what was given."""
    first: Any = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
