"""`match`: who can help a company, and what companies share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.pilot_ground import Ground, ground
from aimaturity.cli.register import opened
from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.questionnaire import Questionnaire
    from aimaturity.programme.matching.match import Matcher
    from aimaturity.programme.store import Store

KINDS = ("text", "md")


def run(
    company: str | None,
    own_sheet: bool,
    to: str,
    file: Path | None,
    programme: str | None,
    json_wanted: bool,
    database: str | None,
    lang: str,
) -> None:
    from aimaturity.programme.matching.match import for_company
    from aimaturity.programme.matching.telling import shared_told, told
    from aimaturity.scoring.parts import dumps

    if to not in KINDS:
        remark(say("bad_choice", lang, name=to, choices=", ".join(KINDS)))
        fail()
    if own_sheet and company is None:
        remark(say("match_whose", lang))
        fail()
    known = ground(programme, lang)
    with opened(database, lang) as store:
        matcher = _matcher(store, known)
        if company is None:
            shared = matcher.shared()
            text = dumps(shared) if json_wanted else shared_told(shared, lang, to == "md")
        else:
            from aimaturity.cli.latest import latest_documents

            id = store.company(company).id
            match = matcher.match(id, latest_documents(store, known.questionnaire, {id}, lang).get(id))
            match = for_company(match) if own_sheet else match
            text = dumps(match) if json_wanted else told(match, lang, to == "md")
    _put(text, file, lang)


def _matcher(store: Store, known: Ground) -> Matcher:
    from aimaturity.programme.matching.match import Matcher
    from aimaturity.programme.matching.standings import questions, standings

    rules = known.programme.pilots
    challenge = rules.challenge_question if rules is not None else ""
    answers = store.answers_to(questions(challenge))
    asked: dict[str, Questionnaire] = {}
    for id in {one.questionnaire: one.assessment for one in answers}.values():
        questionnaire = store.open_questionnaire(id)
        asked[questionnaire.questionnaire] = questionnaire
    found = standings(store.companies(), answers, asked, challenge)
    return Matcher(known.programme, known.questionnaire, found, store.pilots())


def _put(text: str, file: Path | None, lang: str) -> None:
    from aimaturity.scoring.export import write_text

    if file is None:
        out(text.rstrip("\n"))
        return
    wrong = write_text(file, text, private=True)
    if wrong is not None:
        tell([wrong], lang)
        fail()
    out(say("written", lang, path=file))
