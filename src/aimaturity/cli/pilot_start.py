"""What is asked before a pilot is approved or starts: the programme's hard conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aimaturity.cli.pilot_ground import Ground
from aimaturity.cli.shared import fail, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.pilots.card import PilotCard, StatusEntry
    from aimaturity.programme.pilots.conditions import Unmet
    from aimaturity.programme.store import Store


def steps_allowed(
    store: Store, card: PilotCard, steps: Sequence[StatusEntry], despite: str | None, known: Ground, lang: str
) -> list[StatusEntry]:
    """The steps, if they may be taken; ends with 2 where the card as it will be doesn't meet a hard condition.

    card     with all that is changed together with the steps
    steps    that are added to its history
    despite  why the last step is taken all the same; it is kept in the step's note. Barred AI has no such reason
    """
    from aimaturity.definitions.diagnostics import Position, problem
    from aimaturity.programme.pilots.history import BEGINS
    from aimaturity.programme.pilots.reasons import of_unmet

    if not any(step.status in BEGINS for step in steps):
        if despite is not None:
            remark(say("pilot_despite_idle", lang))
        return list(steps)
    lacking = _unmet(store, card, known, lang)
    barred = [one for one in lacking if one.condition.kind == "risk_class"]
    excused = despite is not None and all(step.status not in BEGINS for step in steps[:-1])
    if barred or (lacking and not excused):
        told = []
        for one in lacking:
            at = Position(f"pilot update {card.id}")
            reason = {language: text.rstrip(".") for language, text in of_unmet(one).text.items()}
            facts = {
                "name": card.id,
                "condition": one.condition.id,
                "reason_sv": reason["sv"],
                "reason_en": reason["en"],
            }
            told.append(problem("AIM654" if one in barred else "AIM655", at, **facts))
        tell(told, lang)
        fail()
    if despite is None:
        return list(steps)
    if not lacking:
        remark(say("pilot_despite_idle", lang))
        return list(steps)
    kept = say("pilot_despite", lang, conditions=", ".join(one.condition.id for one in lacking), reason=despite)
    note = " ".join(part for part in (steps[-1].note, kept) if part)
    return [*steps[:-1], steps[-1].model_copy(update={"note": note})]


def _unmet(store: Store, card: PilotCard, known: Ground, lang: str) -> list[Unmet]:
    """Conditions that the card doesn't meet; which step may follow which is for its history to say."""
    from aimaturity.cli.latest import latest_documents
    from aimaturity.programme.pilots.conditions import Context, unmet

    rules = known.programme.pilots
    if rules is None:  # `ground` has ended the run
        return []
    companies = {one.company for one in card.companies}
    results = latest_documents(store, known.questionnaire, companies, lang)
    found = unmet(card, Context(rules, known.questionnaire, results))
    return [one for one in found if one.condition.kind != "open"]
