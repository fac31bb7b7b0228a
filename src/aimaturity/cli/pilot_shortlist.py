"""`pilot shortlist`: a proposal from the register's ideas, and the decision on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli import clock
from aimaturity.cli.pilot_ground import Ground, ground
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import end, fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.pilots.card import PilotCard
    from aimaturity.programme.pilots.decision import PilotDecision
    from aimaturity.programme.pilots.document import PilotShortlist
    from aimaturity.programme.store import Store

NAMES = {"json": "shortlist.json", "md": "shortlist.md", "decision": "decision.yaml"}


def propose(
    to: str, folder: Path | None, programme: str | None, json_wanted: bool, database: str | None, lang: str
) -> None:
    from aimaturity.programme.pilots.telling import told
    from aimaturity.scoring.parts import dumps

    kinds = list(dict.fromkeys(kind.strip() for kind in to.split(",") if kind.strip()))
    unknown = [kind for kind in kinds if kind not in NAMES]
    if unknown or not kinds:
        remark(say("bad_choice", lang, name=", ".join(unknown), choices=", ".join(NAMES)))
        fail()
    known = ground(programme, lang)
    with opened(database, lang) as store:
        cards = store.pilots()
        made = proposal(store, cards, known, lang)
    if not made.ideas:
        remark(say("no_ideas", lang))
        fail()
    if folder is not None:
        write(made, folder, kinds, lang)
    elif json_wanted:
        out(dumps(made).rstrip("\n"))
    else:
        out(told(made, lang).rstrip("\n"))
        remark(say("shortlist_next", lang))
    if made.decided:
        remark(say("shortlist_decided", lang, count=len(made.decided)))
    end(look=made.chosen is None)


def proposal(store: Store, cards: list[PilotCard], known: Ground, lang: str) -> PilotShortlist:
    """The proposal from the ideas that nobody has decided on yet, with what their companies last answered."""
    from aimaturity.cli.latest import latest_documents
    from aimaturity.programme.pilots.history import OPEN, STARTED
    from aimaturity.programme.pilots.shortlist import shortlist

    ideas = [card for card in cards if card.status in OPEN]
    companies = {one.company for card in ideas for one in card.companies}
    results = latest_documents(store, known.questionnaire, companies, lang)
    decided = [card for card in cards if card.status in STARTED]
    return shortlist(ideas, known.programme, known.questionnaire, results, decided)


def write(made: PilotShortlist, folder: Path, kinds: list[str], lang: str) -> None:
    """Writes the kinds asked for, for their owner alone. A form that somebody has begun to fill in is left alone; a new
    one has the proposal beside it that it is about."""
    from aimaturity.programme.pilots.decision import form
    from aimaturity.programme.pilots.telling import told
    from aimaturity.scoring.export import write_text
    from aimaturity.scoring.parts import dumps

    if "decision" in kinds and "json" not in kinds and not (folder / NAMES["decision"]).exists():
        kinds = ["json", *kinds]
    for kind in kinds:
        path = folder / NAMES[kind]
        if kind == "decision" and path.exists():
            remark(say("form_kept", lang, path=path))
            continue
        text = dumps(made) if kind == "json" else told(made, lang, True) if kind == "md" else form(made, lang)
        wrong = write_text(path, text, private=True)
        if wrong is not None:
            tell([wrong], lang)
            fail()
        out(say("written", lang, path=path))


def keep_decision(
    file: Path, programme: str | None, dry_run: bool, json_wanted: bool, database: str | None, lang: str
) -> None:
    from aimaturity.definitions.diagnostics import Position, problem
    from aimaturity.programme.pilots.decision import load_decision, load_said, steps_of
    from aimaturity.programme.pilots.words import WORDS

    known = ground(programme, lang)
    with opened(database, lang) as store:
        said = load_said(file).value
        if said is not None and said in store.decisions():
            _kept_before(said, dry_run, json_wanted, lang)
            return
        cards = store.pilots()
        about = _beside(file, lang) or proposal(store, cards, known, lang)
        loaded = load_decision(file, about)
        tell(loaded.diagnostics, lang)
        if loaded.value is None:
            fail()
        steps, problems = steps_of(loaded.value, cards)
        if loaded.value.date > clock.today():
            at = loaded.salvage.at(("date",)) if loaded.salvage is not None else Position(str(file))
            problems.append(problem("AIM656", at, date=loaded.value.date, today=clock.today()))
        if problems:
            tell(problems, lang)
            fail()
        if not dry_run:
            store.decide(loaded.value, steps)
    if json_wanted:
        moved = [{"id": id, "status": entry.status} for id, entry in steps]
        told = {"decides": loaded.value.decides, "kept_before": False, "dry_run": dry_run, "moved": moved}
        out(as_json(told))
        return
    titles = {card.id: card.title[lang] for card in cards}
    for id, entry in steps:
        out(f"{WORDS[entry.status][lang]:10}  {titles[id]} ({id})")
    out(say("decision_would_keep" if dry_run else "decision_kept", lang, by=loaded.value.by, date=loaded.value.date))


def _kept_before(decision: PilotDecision, dry_run: bool, json_wanted: bool, lang: str) -> None:
    if json_wanted:
        out(as_json({"decides": decision.decides, "kept_before": True, "dry_run": dry_run, "moved": []}))
    else:
        out(say("decision_kept_before", lang))


def _beside(file: Path, lang: str) -> PilotShortlist | None:
    """The proposal that lies beside a decision; None where none does. Ends with 2 where it can't be read."""
    from pydantic import ValidationError

    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.yaml_source import read_text
    from aimaturity.programme.pilots.document import PilotShortlist

    path = file.parent / NAMES["json"]
    if not path.exists():
        return None
    text = read_text(path)
    if isinstance(text, Diagnostic):
        tell([text], lang)
        fail()
    try:
        return PilotShortlist.model_validate_json(text)
    except ValidationError:
        remark(say("bad_proposal", lang, path=path))
        fail()
