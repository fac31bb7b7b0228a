"""From a key or typed words to an answer. Pure: an old answer in, a new one or a refusal out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Multiple, Questionnaire
from aimaturity.responses.given import BLANK, Detail, Given, State

MAX_NOTE = 20_000
"""Characters of a comment. More is cut, and said."""
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters but tab and line feed, and signs that turn the direction of text round."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something typed is no answer: a code of the catalogue and what fills its message."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """The reason in words."""
        from aimaturity.definitions.diagnostics import Position, problem

        return problem(self.code, Position(""), **self.facts).message(language)


def cleaned(text: str) -> tuple[str, int]:
    """Typed or pasted words, composed (NFC), lines ended by LF, without control characters; how many were removed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.subn("", text)


def chosen(old: Given, option: str) -> Given:
    """The answer with this option, keeping comment and evidence."""
    if old.state is State.ANSWERED and old.value == option:
        return old
    return Given(State.ANSWERED, option, _kept(old))


def ticked(questionnaire: Questionnaire, question: Multiple, old: Given, option: str) -> Given | Refusal:
    """The answer with this option ticked, or unticked if it was. Exclusive options clear the others, and the other way
    round. Without any tick the answer is blank."""
    options = questionnaire.options_of(question)
    before = set(old.value) if isinstance(old.value, tuple) else set()
    alone = {o.id for o in options if o.exclusive}
    after = before - {option} if option in before else {option} if option in alone else (before - alone) | {option}
    if question.at_most is not None and len(after) > max(question.at_most, len(before)):
        return Refusal("AIM310", {"count": str(len(after)), "most": str(question.at_most)})
    value = tuple(o.id for o in options if o.id in after)
    return Given(State.ANSWERED, value, _kept(old)) if value else Given(State.BLANK, None, _kept(old))


def stated(question: AnyQuestion, old: Given, state: State) -> Given | Refusal:
    """Don't know or not applicable; given again it is taken away. A value that was there is gone, its note stays."""
    if state is State.NOT_APPLICABLE and "not_applicable" not in question.allow:
        return Refusal("AIM308")
    return Given(State.BLANK, None, _kept(old)) if old.state is state else Given(state, None, _kept(old))


def cleared(old: Given) -> Given:
    """No answer; comment and evidence stay."""
    return Given(State.BLANK, None, _kept(old))


def typed(questionnaire: Questionnaire, variable: str, old: Given, text: str) -> Given | Refusal:
    """A number, day, words, or an option's or state's words, as a survey's cell would be read."""
    from aimaturity.responses.cells import Interpreter  # most questions are answered without typing

    question = questionnaire.questions[variable.partition(".")[0]]
    text = cleaned(text)[0].strip()
    meaning = Interpreter(questionnaire, variable, question)(text)
    if meaning.code is not None:
        return Refusal(meaning.code, dict(meaning.facts))
    if meaning.state is not State.ANSWERED:
        return Given(meaning.state, None, _kept(old))
    options = [option.id for option in questionnaire.options_of(question)]
    if isinstance(question, Multiple):
        mask = int(meaning.value or 0)
        return Given(State.ANSWERED, tuple(o for place, o in enumerate(options) if mask >> place & 1), _kept(old))
    if options:
        return Given(State.ANSWERED, options[int(meaning.value or 0)], _kept(old))
    value = meaning.text if meaning.value is None else float(meaning.value)
    return Given(State.ANSWERED, value, _kept(old))


def counted(questionnaire: Questionnaire, question: Counts, old: Given, part: str, text: str) -> Given | Refusal:
    """The answer with one of its numbers typed; empty takes the number away. Answered when all parts are there."""
    from aimaturity.responses.cells import Interpreter

    numbers = dict(old.value) if isinstance(old.value, Mapping) else {}
    text = cleaned(text)[0].strip()
    if text:
        meaning = Interpreter(questionnaire, question.id, question)(text)
        if meaning.code is not None:
            return Refusal(meaning.code, dict(meaning.facts))
        if meaning.value is None:
            return Given(meaning.state, None, _kept(old))
        numbers[part] = float(meaning.value)
    else:
        numbers.pop(part, None)
    whole = all(one.id in numbers for one in question.parts)
    return Given(State.ANSWERED if whole else State.BLANK, numbers or None, _kept(old))


def shares(question: Counts, given: Given) -> dict[str, float] | None:
    """part -> share of the sum in per cent, where the numbers are women and men (and others) of one group."""
    if not isinstance(given.value, Mapping) or not {"women", "men"} <= {part.id for part in question.parts}:
        return None
    people = {name: given.value[name] for name in ("women", "men") if name in given.value}
    total = sum(people.values())
    return {name: 100 * number / total for name, number in people.items()} if len(people) == 2 and total else None


def _kept(old: Given) -> Detail:
    """What stays with an answer when it changes: comment and evidence, but not whom to ask, nor reasons."""
    return replace(old.detail, raw=None, ask=None, reason=None, why=None)


__all__ = ["BLANK", "Refusal", "chosen", "cleaned", "cleared", "counted", "shares", "stated", "ticked", "typed"]
