"""`pilot list` and `pilot show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aimaturity.cli.pilot_ground import Ground, ground, status_asked
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import out, remark
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.pilots.card import PilotCard
    from aimaturity.programme.pilots.outcomes import OutcomeRow


def list_pilots(
    status: str | None,
    county: str | None,
    sector: str | None,
    programme: str | None,
    json_wanted: bool,
    database: str | None,
    lang: str,
) -> None:
    known = ground(programme, lang)
    statuses = [status_asked(one.strip(), lang) for one in (status or "").split(",") if one.strip()]
    place, branch = known.meant("counties", county, lang), known.meant("sectors", sector, lang)
    with opened(database, lang) as store:
        cards = store.pilots()
    found = [
        card
        for card in cards
        if (not statuses or card.status in statuses) and place in (None, card.county) and branch in (None, card.sector)
    ]
    if json_wanted:
        out(as_json([_row(card, lang) for card in found]))
    elif found:
        out("\n".join(_line(card, known, lang) for card in found))
    else:
        remark(say("no_pilots", lang))


def _row(card: PilotCard, lang: str) -> dict[str, Any]:
    fields = ("id", "status", "challenge", "county", "sector", "partner", "researcher")
    return {name: getattr(card, name) for name in fields} | {
        "title": card.title[lang],
        "since": card.history[-1].date.isoformat(),
        "companies": [one.company for one in card.companies],
    }


def _line(card: PilotCard, known: Ground, lang: str) -> str:
    from aimaturity.programme.pilots.words import WORDS

    places = (known.named("counties", card.county, lang), known.named("sectors", card.sector, lang))
    count = say("pilot_companies", lang, count=len(card.companies))
    return f"{card.id:28}  {WORDS[card.status][lang]:12}  {card.title[lang]}  ({', '.join((*places, count))})"


def show_pilot(id: str, programme: str | None, json_wanted: bool, database: str | None, lang: str) -> None:
    from aimaturity.programme.pilots.outcomes import outcomes_of

    known = ground(programme, lang)
    with opened(database, lang) as store:
        card = store.pilot(id)
        names = {company.id: company.name or company.id for company in store.companies()}
    outcomes = outcomes_of(card)
    if json_wanted:
        told = [row.model_dump(mode="json") for row in outcomes]
        out(as_json({"card": card.model_dump(mode="json", by_alias=True), "outcomes": told}))
        return
    out("\n".join(_page(card, outcomes, names, known, lang)))


def _page(
    card: PilotCard, outcomes: list[OutcomeRow], names: dict[str, str], known: Ground, lang: str
) -> Iterator[str]:
    from aimaturity.programme.pilots.card import BENEFITS
    from aimaturity.programme.pilots.words import WORDS

    def row(key: str, words: str) -> str:
        return f"{say(f'pilot_{key}', lang)}: {words}"

    def named(kind: str, code: str | None) -> str:
        return known.named(kind, code, lang)

    yield f"{card.title[lang]} ({card.id}): {WORDS[card.status][lang]}"
    yield row("challenge", named("challenges", card.challenge))
    yield row("ai_use", card.ai_use[lang])
    yield row("place", f"{named('counties', card.county)}, {named('sectors', card.sector)}")
    yield row("owner", card.owner[lang] if card.owner is not None else "–")
    yield row("partner", named("partners", card.partner))
    yield row("researcher", named("partners", card.researcher))
    for one in card.companies:
        agreed = say("pilot_agreed", lang, date=one.agreed_on) if one.agreed_on else say("pilot_not_agreed", lang)
        yield row("company", f"{names.get(one.company, one.company)} ({one.company}), {agreed}")
    for data in card.data:
        yield row("data", data.what[lang] + (f" ({say('pilot_personal', lang)})" if data.personal else ""))
    for name in BENEFITS:
        part = getattr(card, name)
        yield f"{WORDS[name][lang].capitalize()}: {_span(part.effect, name, lang)}"
        if part.measure is not None:
            yield "    " + row("measure", part.measure[lang])
        if part.baseline is not None:
            since = f" ({part.baseline.period})" if part.baseline.period else ""
            yield "    " + row("baseline", f"{number(part.baseline.value, lang)} {part.baseline.unit}{since}")
    yield row("cost", _span(card.cost.sek, "cost", lang))
    hours = card.cost.own_hours
    yield row("hours", f"{number(hours.low, lang)}–{number(hours.high, lang)}")
    for system in card.systems:
        risk = WORDS[system.risk_class][lang] if system.risk_class else say("pilot_not_classified", lang)
        yield row("system", f"{system.what[lang]} ({say(f'pilot_role_{system.role}', lang)}, {risk})")
    for danger in card.risks:
        yield row("risk", danger.what[lang] + (f" → {danger.action[lang]}" if danger.action is not None else ""))
    yield say("pilot_history", lang) + ":"
    for step in card.history:
        why = f": {step.note}" if step.note else ""
        yield f"    {step.date}  {WORDS[step.status][lang]}, {step.by}{why}"
    if outcomes:
        yield say("pilot_outcomes", lang) + ":"
    for found in outcomes:
        standing = say(f"pilot_{found.standing}", lang)
        reached = "–" if found.outcome is None else amount(found.outcome, found.benefit, lang)
        yield f"    {found.occasion} {found.date}  {WORDS[found.benefit][lang]}: {reached} ({standing})"


def _span(effect: Any, name: str, lang: str) -> str:
    """An estimate at its three ends; what isn't estimated is said to be so."""
    if effect is None:
        return say("pilot_not_estimated", lang)
    likely, low, high = (amount(end, name, lang) for end in (effect.likely, effect.low, effect.high))
    return say("pilot_span", lang, likely=likely, low=low, high=high)


def amount(value: float | str, name: str, lang: str) -> str:
    """An amount with its unit; a step in words."""
    from aimaturity.programme.pilots.words import WORDS

    if isinstance(value, str):
        return WORDS[f"step_{value}"][lang]
    return say(f"pilot_unit_{name}", lang, amount=number(value, lang))


def number(value: float, lang: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, format="#,##0.##", locale=lang)).replace("-", "−")
