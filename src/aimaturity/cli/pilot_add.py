"""`pilot add`: cards from a file into the register, and an empty card to fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli import clock
from aimaturity.cli.pilot_ground import Ground, ground
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import end, fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.checks import Findings
    from aimaturity.programme.pilots.card import PilotCard
    from aimaturity.programme.store import Store


def add_file(
    file: Path | None, programme: str | None, dry_run: bool, json_wanted: bool, database: str | None, lang: str
) -> None:
    from aimaturity.programme.pilots.intake import read_cards

    if file is None:
        remark(say("pilot_no_file", lang))
        fail()
    known = ground(programme, lang)
    with opened(database, lang, create=not dry_run) as store:
        register = Register(store)
        intake = read_cards(file, known.programme, known.questionnaire, register.check)
        new = [card for card in intake.cards if card.id not in register.cards]
        same = [card.id for card in intake.cards if card.id in register.cards]
        for card in new if not dry_run else ():
            store.add_pilot(register.resolved(card))
    if json_wanted:
        told = {"added": [card.id for card in new], "same": same, "aside": intake.aside, "dry_run": dry_run}
        out(as_json(told | {"problems": [found.as_dict(lang) for found in intake.diagnostics]}))
    else:
        for card in new:
            out(say("pilot_would_add" if dry_run else "pilot_added", lang, title=card.title[lang], id=card.id))
        counts = {"new": len(new), "same": len(same), "aside": intake.aside}
        out(say("pilots_would_read" if dry_run else "pilots_read", lang, file=file.name, **counts))
        tell(intake.diagnostics, lang)
    if not new and not same:
        fail()
    end(look=bool(intake.diagnostics))


def to_come(card: PilotCard) -> Findings:
    """Days in a card on which something is said to have happened, and which haven't come yet."""
    from aimaturity.definitions.checks import Finding

    today = clock.today()
    days: list[tuple[tuple[str | int, ...], dt.date | None]] = [
        *((("history", n, "date"), one.date) for n, one in enumerate(card.history)),
        *((("outcomes", n, "date"), one.date) for n, one in enumerate(card.outcomes)),
        *((("companies", n, "agreed_on"), one.agreed_on) for n, one in enumerate(card.companies)),
    ]
    for place, day in days:
        if day is not None and day > today:
            yield Finding("AIM656", place, {"date": day.isoformat(), "today": today.isoformat()})


class Register:
    """What the register knows already, beside which cards from files are held."""

    def __init__(self, store: Store) -> None:
        self.cards = {card.id: card for card in store.pilots()}
        companies = store.companies()
        self.companies = {id: company.id for company in companies for id in (company.id, *company.merged)}
        numbers = {number: c.id for c in companies for number in (c.organisationsnummer, *c.former_numbers) if number}
        self.companies = numbers | self.companies

    def check(self, card: PilotCard) -> Findings:
        """Companies that the register doesn't have, and a card of the same id that says something else."""
        from aimaturity.definitions.checks import Finding
        from aimaturity.definitions.validation import near

        for n, one in enumerate(card.companies):
            if one.company not in self.companies:
                facts = {"name": one.company, "near": near(one.company, self.companies)}
                yield Finding("AIM611", ("companies", n, "company"), facts)
        yield from to_come(card)
        there = self.cards.get(card.id)
        if there is not None and not _is_same(self.resolved(card), there):
            yield Finding("AIM632", ("id",), {"name": card.id})

    def resolved(self, card: PilotCard) -> PilotCard:
        """The card with its companies under the ids that they have in the register."""
        found = [
            one.model_copy(update={"company": self.companies.get(one.company, one.company)}) for one in card.companies
        ]
        return card.model_copy(update={"companies": tuple(sorted(found, key=lambda one: one.company))})


def _is_same(written: PilotCard, there: PilotCard) -> bool:
    """Whether a card from a file was taken before: it has moved on since, and says the same otherwise."""
    from aimaturity.programme.pilots.history import continues

    apart = {"history": there.history, "outcomes": there.outcomes}
    return (
        continues(written, there) is None
        and set(written.outcomes) <= set(there.outcomes)
        and written.model_copy(update=apart) == there
    )


def write_template(file: Path | None, programme: str | None, lang: str) -> None:
    from aimaturity.scoring.export import write_text

    text = template(ground(programme, lang), lang)
    if file is None:
        out(text.rstrip("\n"))
        return
    if file.exists():
        remark(say("exists", lang, path=file))
        fail()
    problem = write_text(file, text)
    if problem is not None:
        tell([problem], lang)
        end([problem])
    out(say("written", lang, path=file))
    out(say("pilot_template_next", lang, path=file))


def template(known: Ground, lang: str) -> str:
    """An empty card: what each field is for, and what can stand there."""
    from aimaturity.cli.pilot_template import CARD
    from aimaturity.definitions.pilot_rules import GENDER_STEPS
    from aimaturity.programme.pilots.words import WORDS

    def listed(kind: str) -> str:
        return _options({code: words[lang] for code, words in known.titles(kind).items()})

    partners = known.programme.partners
    return CARD[lang].format(
        programme=known.programme.programme,
        challenges=listed("challenges"),
        counties=listed("counties"),
        sectors=listed("sectors"),
        partners=_options({p.id: p.name for p in partners}),
        universities=_options({p.id: p.name for p in partners if p.role == "university"}),
        steps=_options({step: WORDS[f"step_{step}"][lang] for step in GENDER_STEPS}),
    )


def _options(named: Mapping[str, str]) -> str:
    return "\n".join(f"    #   {code}: {words}" for code, words in named.items())
