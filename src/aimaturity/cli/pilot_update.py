"""`pilot update`: a pilot's status, card, outcome or companies."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli import clock
from aimaturity.cli.pilot_add import Register
from aimaturity.cli.pilot_ground import Ground, ground, status_asked
from aimaturity.cli.pilot_start import steps_allowed
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.pilots.card import PilotCard
    from aimaturity.programme.store import Store

APART = ("id", "companies", "history", "outcomes")
"""What `--set` doesn't reach: it has options of its own, or never changes."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for.

    sets      KEY=VALUE, the key with points for what stands inside (business.effect.low)
    file      a file with the whole card
    measured  benefit -> what was measured, None where it wasn't
    despite   why the step is taken though a hard condition isn't met
    """

    status: str | None
    by: str | None
    date: str | None
    note: str | None
    sets: Sequence[str]
    file: Path | None
    occasion: str | None
    measured: Mapping[str, Any]
    company: str | None
    agreed_on: str | None
    without: str | None
    despite: str | None


@dataclass
class _Change:
    """What is to be changed, as `Store.change_pilot` takes it."""

    fields: dict[str, Any] = field(default_factory=dict)
    steps: list[Any] = field(default_factory=list)
    outcomes: list[Any] = field(default_factory=list)
    companies: list[Any] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def update_pilot(
    id: str, wanted: Wanted, programme: str | None, json_wanted: bool, database: str | None, lang: str
) -> None:
    _fits_together(wanted, lang)
    known = ground(programme, lang)
    with opened(database, lang) as store:
        before = store.pilot(id)
        change = _from_file(store, before, wanted.file, known, lang) if wanted.file is not None else _Change()
        ids = Register(store).companies
        after = _add_options(change, before, wanted, known, ids, lang)
        _have_come(change, before, lang)
        change.steps = steps_allowed(store, after, change.steps, wanted.despite, known, lang)
        after = store.change_pilot(
            id, fields=change.fields, steps=change.steps, outcomes=change.outcomes, companies=change.companies,
            without=change.without,
        )  # fmt: skip
    if json_wanted:
        out(as_json(after.model_dump(mode="json", by_alias=True)))
    elif after == before:
        out(say("pilot_unchanged", lang, title=after.title[lang], id=after.id))
    else:
        from aimaturity.programme.pilots.words import WORDS

        status = WORDS[after.status][lang]
        out(say("pilot_changed", lang, title=after.title[lang], id=after.id, status=status))


def _fits_together(wanted: Wanted, lang: str) -> None:
    """Ends with 2 where an option lacks the one that it belongs to, or nothing is asked for."""
    measured = any(value is not None for value in wanted.measured.values())
    lacking = {
        "--by": wanted.status is not None and wanted.by is None,
        "--status": (wanted.by is not None or wanted.despite is not None) and wanted.status is None,
        "--occasion": measured and wanted.occasion is None,
        "--business, --climate, --gender-equality": wanted.occasion is not None and not measured,
        "--company": wanted.agreed_on is not None and wanted.company is None,
        "--status, --set, --from, --occasion, --company, --without": not any(
            (wanted.status, wanted.by, wanted.sets, wanted.file, wanted.occasion, measured, wanted.company,
             wanted.agreed_on, wanted.without, wanted.despite)
        ),
    }  # fmt: skip
    names = [name for name, needed in lacking.items() if needed]
    if names:
        remark(say("pilot_lacks_option", lang, names=", ".join(names)))
        fail()


def _from_file(store: Store, before: PilotCard, file: Path, known: Ground, lang: str) -> _Change:
    """What makes the card as the file has it. Ends with 2 where the file's card has an error, or isn't there."""
    from aimaturity.definitions.diagnostics import Diagnostic, Position, has_errors
    from aimaturity.programme.pilots.history import continues
    from aimaturity.programme.pilots.intake import read_cards

    register = Register(store)
    register.cards = {}
    intake = read_cards(file, known.programme, known.questionnaire, register.check)
    tell(intake.diagnostics, lang)
    card = next((register.resolved(card) for card in intake.cards if card.id == before.id), None)
    if card is None:
        if not has_errors(intake.diagnostics):
            remark(say("pilot_not_in_file", lang, id=before.id, file=file))
        fail()
    changed = continues(before, card)
    if changed is not None:
        tell([Diagnostic(changed.code, Position(str(file)), changed.facts)], lang)
        fail()
    data = card.model_dump(mode="json", by_alias=True)
    there = {one.company for one in card.companies}
    return _Change(
        fields={key: value for key, value in data.items() if key not in APART},
        steps=list(card.history[len(before.history) :]),
        outcomes=[outcome for outcome in card.outcomes if outcome not in before.outcomes],
        companies=[one for one in card.companies if one not in before.companies],
        without=[one.company for one in before.companies if one.company not in there],
    )


def _add_options(
    change: _Change, before: PilotCard, wanted: Wanted, known: Ground, ids: Mapping[str, str], lang: str
) -> PilotCard:
    """Adds what the options say, checked as in a file: a card is made that has all of it, and read anew. What was wrong
    with the card before (its programme has changed since) keeps nothing from being changed.

    Returns the card as it will be.

    ids  what names a company in the register -> its id
    """
    from aimaturity.definitions.diagnostics import has_errors
    from aimaturity.programme.pilots.intake import checked_card

    name, rules = f"pilot update {before.id}", (known.programme, known.questionnaire)
    data = before.model_dump(mode="json", by_alias=True)
    old = checked_card(data, name, *rules)[1]
    data = copy.deepcopy(data | change.fields)
    day = wanted.date or clock.today().isoformat()
    for text in wanted.sets:
        _set(data, text, lang)
    outcome = {"occasion": wanted.occasion, "date": day, **wanted.measured, "note": wanted.note}
    status = status_asked(wanted.status, lang) if wanted.status is not None else None
    step = {"status": status, "date": day, "by": wanted.by, "note": wanted.note}
    company = ids.get(wanted.company, wanted.company) if wanted.company is not None else None
    there = next((one for one in before.companies if one.company == company), None)
    participant = there.model_dump(mode="json") if there is not None else {"company": company}
    participant |= {"agreed_on": wanted.agreed_on} if wanted.agreed_on is not None else {}
    data["outcomes"] = [outcome] if wanted.occasion is not None else []
    data["companies"] = [participant] if company is not None else []
    data["history"] = [*data["history"], *(one.model_dump(mode="json") for one in change.steps)]
    data["history"] += [step] if wanted.status is not None else []
    card, problems = checked_card(data, name, *rules)
    fresh = [found for found in problems if found not in old]
    if card is None or has_errors(fresh):
        tell(fresh, lang)
        fail()
    checked = card.model_dump(mode="json", by_alias=True)
    change.fields = {key: value for key, value in checked.items() if key not in APART}
    change.steps = list(card.history[len(before.history) :])
    change.outcomes += card.outcomes
    change.companies += card.companies
    change.without += [wanted.without] if wanted.without is not None else []
    gone = {ids.get(name, name) for name in change.without}
    taking_part = {one.company: one for one in before.companies if one.company not in gone}
    taking_part |= {one.company: one for one in change.companies}
    return card.model_copy(update={"companies": tuple(taking_part.values())})


def _have_come(change: _Change, before: PilotCard, lang: str) -> None:
    """Ends with 2 where something new is said to have happened on a day to come."""
    from aimaturity.definitions.diagnostics import Position, problem

    days = [one.date for one in (*change.steps, *change.outcomes)]
    days += [one.agreed_on for one in change.companies if one.agreed_on is not None]
    at = Position(f"pilot update {before.id}")
    late = [problem("AIM656", at, date=day, today=clock.today()) for day in days if day > clock.today()]
    if late:
        tell(late, lang)
        fail()


def _set(data: dict[str, Any], text: str, lang: str) -> None:
    """Puts the value in its place. Ends with 2 where the card has no such place."""
    key, equals, raw = text.partition("=")
    *outer, last = key.split(".")
    place: Any = data if outer or last not in APART else None
    for name in outer:
        place = _inside(place, name)
    value = None if raw.strip() in ("", "null") else raw
    if equals and isinstance(place, list) and _has(place, last):
        place[int(last)] = value if value is None or isinstance(place[int(last)], str) else _value(raw)
    elif equals and isinstance(place, dict):
        place[last] = value if value is None or isinstance(place.get(last), str) else _value(raw)
    else:
        remark(say("pilot_no_field", lang, name=key, fields=", ".join(name for name in data if name not in APART)))
        fail()


def _has(place: list[Any], name: str) -> bool:
    return name.isdecimal() and int(name) < len(place)


def _inside(place: Any, name: str) -> Any:
    """What stands under a name, or at a place in a list; None where nothing does."""
    if isinstance(place, list):
        return place[int(name)] if _has(place, name) else None
    if not isinstance(place, dict) or name in APART:
        return None
    if place.get(name) is None and name in ("effect", "baseline"):
        place[name] = {}
    return place.get(name)


def _value(raw: str) -> Any:
    """A value as YAML reads it; text that isn't YAML is itself."""
    from aimaturity.definitions.yaml_source import parse_source

    source, problems = parse_source(f"value: {raw}", "--set")
    return raw if source is None or problems or not isinstance(source.data, dict) else source.data.get("value")
