"""What commands about pilots stand on: the programme that chooses them, and the questions that it asks about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.shared import fail, loaded_programme, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.base import Text
    from aimaturity.definitions.pilot_rules import PilotStatus
    from aimaturity.definitions.programme import Programme
    from aimaturity.definitions.questionnaire import Questionnaire


@dataclass(frozen=True)
class Ground:
    """A programme that says how pilots are chosen, and the questionnaire that it names."""

    programme: Programme
    questionnaire: Questionnaire

    def named(self, kind: str, code: str | None, lang: str) -> str:
        """The name of a county, sector, partner or challenge; its code where it has none."""
        if code is None:
            return "–"
        words = self.titles(kind).get(code)
        return words[lang] if words is not None else code

    def titles(self, kind: str) -> Mapping[str, Text]:
        if kind == "challenges":
            rules = self.programme.pilots
            question = self.questionnaire.questions.get(rules.challenge_question) if rules is not None else None
            return {o.id: o.text for o in self.questionnaire.options_of(question)} if question is not None else {}
        return self.programme.titles(kind)  # type: ignore[arg-type]

    def meant(self, kind: str, text: str | None, lang: str) -> str | None:
        """The code that somebody means who wrote a code or a name; ends with 2 where it is neither."""
        if text is None:
            return None
        titles = self.titles(kind)
        for code, words in titles.items():
            if text.casefold() in (code.casefold(), *(words[one].casefold() for one in ("sv", "en"))):
                return code
        remark(say("bad_choice", lang, name=text, choices=", ".join(titles)))
        fail()


def status_asked(text: str, lang: str) -> PilotStatus:
    """The status meant by its id or its word; ends with 2 where it is neither."""
    from aimaturity.programme.pilots.history import FOLLOWS, status_meant, status_named

    found = status_meant(text)
    if found is None:
        remark(say("bad_choice", lang, name=text, choices=", ".join(status_named(one, lang) for one in FOLLOWS)))
        fail()
    return found


def ground(name: str | None, lang: str) -> Ground:
    """The programme meant and its questionnaire; tells what is wrong and ends with 2 where they can't be used."""
    from aimaturity.definitions.diagnostics import Position, Severity, problem
    from aimaturity.definitions.load import load_questionnaire

    programme = loaded_programme(name, lang)
    if programme.pilots is None:
        tell([problem("AIM645", Position(name or programme.programme), name=programme.programme)], lang)
        fail()
    beside = Path(name) if name is not None and Path(name).suffix else None
    loaded = load_questionnaire(programme.pilots.questionnaire, beside)
    tell((d for d in loaded.diagnostics if d.severity is not Severity.ADVICE), lang)
    if loaded.value is None:
        fail()
    return Ground(programme, loaded.value)
