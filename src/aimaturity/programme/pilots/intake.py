"""Cards on their way into a register: those that are right are taken, each of the others is told at its line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aimaturity.definitions.checks import Finding, Findings, report
from aimaturity.definitions.diagnostics import Diagnostic, Position, Severity, has_errors, in_order
from aimaturity.definitions.load import load_file
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.validation import Salvage, validate
from aimaturity.definitions.yaml_source import Source
from aimaturity.programme.pilots.card import PilotCard, PilotFile
from aimaturity.programme.pilots.conditions import unmeasured
from aimaturity.programme.pilots.files import CHECKS

CardCheck = Callable[[PilotCard], Findings]
"""What else may be wrong with a card; paths begin at the card."""


@dataclass(frozen=True)
class Intake:
    """What a file of cards gives.

    cards   those without an error, in the file's order
    aside   how many others the file has; all of them where the file itself can't be used
    """

    cards: Sequence[PilotCard]
    aside: int
    diagnostics: list[Diagnostic]


def read_cards(
    path: Path, programme: Programme, questionnaire: Questionnaire, check: CardCheck = lambda card: iter(())
) -> Intake:
    """The cards of a file that can be taken. An effect that is claimed must say how it stands today."""

    def found(file: PilotFile, salvage: Salvage[PilotFile]) -> Iterator[Diagnostic]:
        for one in CHECKS:
            yield from report(one(file, programme, questionnaire), salvage)
        for n, card in enumerate(file.pilots):
            for finding in (*_measured(card), *check(card)):
                inner = Finding(finding.code, ("pilots", n, *finding.path), finding.facts, finding.on_key)
                yield from report([inner], salvage)

    loaded = load_file(path, PilotFile, found)
    salvage, errors = loaded.salvage, [d for d in loaded.diagnostics if d.severity is Severity.ERROR]
    if salvage is None:
        return Intake([], 0, loaded.diagnostics)
    written = salvage.source.data.get("pilots") if isinstance(salvage.source.data, dict) else None
    count = len(written) if isinstance(written, list) else 0
    wrong = {_card_at(salvage.source, count, error.at) for error in errors}
    if salvage.model is None or None in wrong:
        return Intake([], count, loaded.diagnostics)
    places = [salvage.original(("pilots", n))[1] for n in range(len(salvage.model.pilots))]
    cards = [card for card, place in zip(salvage.model.pilots, places, strict=True) if place not in wrong]
    return Intake(cards, count - len(cards), loaded.diagnostics)


def checked_card(
    data: dict[str, Any], name: str, programme: Programme, questionnaire: Questionnaire
) -> tuple[PilotCard | None, list[Diagnostic]]:
    """A card from plain data, and all that is wrong with it; `name` says where it comes from. None where its shape is
    wrong; what the programme says of it is for the caller to judge."""
    salvage = validate(Source(name, {"pilots_of": programme.programme, "pilots": [data]}), PilotFile)
    problems = list(salvage.diagnostics)
    if salvage.model is not None:
        for one in CHECKS:
            problems += report(one(salvage.model, programme, questionnaire), salvage)
    whole = salvage.model is not None and not has_errors(salvage.diagnostics)
    card = salvage.model.pilots[0] if whole and salvage.model is not None else None
    return card, in_order(Diagnostic(found.code, Position(name), found.facts) for found in problems)


def _measured(card: PilotCard) -> Findings:
    for name in unmeasured(card):
        yield Finding("AIM633", (name,), {"benefit": name}, on_key=True)


def _card_at(source: Source, count: int, at: Position) -> int | None:
    """Which card a place in the file belongs to; None where it is the file's own."""
    tops = sorted((_place(source.key_at((key,))), key) for key in source.data)
    owner = bisect_right([place for place, _ in tops], _place(at))
    if owner == 0 or tops[owner - 1][1] != "pilots":
        return None
    card = bisect_right([_place(source.at(("pilots", n))) for n in range(count)], _place(at))
    return card - 1 if card else None


def _place(at: Position) -> tuple[int, int]:
    return at.line or 0, at.column or 0
