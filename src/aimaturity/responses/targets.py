"""What a questionnaire's parts may be called, and what a column of a survey file may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Questionnaire, Single
from aimaturity.responses.cells import OTHER, words_of
from aimaturity.responses.given import State
from aimaturity.responses.normalise import normalise, without_marks
from aimaturity.responses.states import state_word

IDENTITY: dict[str, tuple[str, ...]] = {
    "id": ("id", "company_id", "company id", "företags-id", "företagsid"),
    "name": (
        "name", "company", "företag", "företagsnamn", "företagets namn", "namn", "company name", "bolag", "bolagsnamn",
    ),
    "organisationsnummer": (
        "organisationsnummer", "org.nr", "org nr", "orgnr", "org.nummer", "organisationsnr", "organisation number",
        "org no",
    ),
    "respondent": ("respondent", "respondent id", "respondentid", "svarande", "response id"),
    "submitted": (
        "submitted", "submitted at", "date submitted", "skickat in", "inskickad", "inskickat", "besvarad",
        "completion time", "slutförandetid", "start time", "starttid",
    ),
    "date": ("date", "datum"),
    "occasion": ("occasion", "tillfälle", "mättillfälle"),
    "voice": ("voice", "röst"),
    "adviser": ("adviser", "advisor", "rådgivare"),
    "language": ("language", "språk"),
    "source_row": ("source_row",),
    "source_file": ("source_file",),
}  # fmt: skip
"""What a column of identity may be called. `name` is the first of several that has something in the row."""

DETAILS = ("evidence", "evidence_note", "comment")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column holds.

    value     a variable's answer; `part` is one number of a counts question
    tick      whether one option is chosen: `option` is its position, or `state` what choosing it says
    write_in  words beside the options
    detail    `name` is its kind
    identity  `name` is the field
    """

    kind: Literal["identity", "value", "tick", "write_in", "detail"]
    name: str
    variable: str = ""
    part: str | None = None
    option: int = -1
    state: State | None = None

    @property
    def rule(self) -> str:
        """The target as a mapping file writes it."""
        if self.kind == "identity":
            return f"identity:{self.name}"
        if self.kind == "detail":
            return f"{self.variable}.{self.name}"
        return f"{self.variable}.write_in" if self.kind == "write_in" else self.name


class Names:
    """Everything that a questionnaire's parts may be called. What could be two things is neither.

    run_on  question ids written as one word, since some tools allow no `_` in a code
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.questions: dict[str, Any] = {}
        clashes: set[str] = set()
        for question in questionnaire.questions.values():
            for text in question.text.root.values():
                word = normalise(text)
                if self.questions.setdefault(word, question) is not question:
                    clashes.add(word)
        for word in clashes:
            del self.questions[word]
        for question in questionnaire.questions.values():
            self.questions[normalise(question.id)] = question
        self.run_on = _run_on((question.id, question) for question in questionnaire.questions.values())
        self._parts_run_on: dict[str, dict[str, Target]] = {}
        self.ids = _ids(questionnaire)
        self.bare = self._bare()

    def question(self, text: str) -> Any:
        """The question of this name, or None."""
        word = normalise(text)
        found = self.questions.get(word) or self.questions.get(without_marks(word))
        return found if found is not None or word in IDENTITY_WORDS else self.run_on.get(_as_one_word(word))

    def _bare(self) -> dict[str, list[Target]]:
        """Row, number and option texts alone -> what they may be."""
        found: dict[str, list[Target]] = {}
        for question in self.questionnaire.questions.values():
            for thing, target in self.parts(question):
                for word in {normalise(text) for text in thing.text.root.values()}:
                    found.setdefault(word, []).append(target)
        return found

    def parts(self, question: Any) -> Iterator[tuple[Any, Target]]:
        """The rows, numbers or options of a question, each with what a column of its own would hold."""
        if isinstance(question, Grid):
            for row in question.rows:
                yield row, Target("value", f"{question.id}.{row.id}", f"{question.id}.{row.id}")
        elif isinstance(question, Counts):
            for part in question.parts:
                yield part, Target("value", f"{question.id}.{part.id}", question.id, part.id)
        elif isinstance(question, Multiple | Single):
            for position, option in enumerate(self.questionnaire.options_of(question)):
                yield option, Target("tick", f"{question.id}={option.id}", question.id, option=position)

    def part(
        self, question: Any, names: Sequence[str], in_order: bool, other_apart: bool = False
    ) -> tuple[Target | None, bool]:
        """The part of this name, and whether it was told by its number in order.

        other_apart  the option `other` has a column of its own, so that it is not among the numbered ones
        """
        parts = list(self.parts(question))
        for name in names:
            word = normalise(name)
            for thing, target in parts:
                words = words_of(thing)
                code = getattr(thing, "code", None)
                if word in words or (code is not None and normalise(code) == word):
                    return target, False
        run_on = self._parts_run_on.get(question.id)
        if run_on is None:
            run_on = self._parts_run_on[question.id] = _run_on((thing.id, target) for thing, target in parts)
        for name in names:
            found = run_on.get(_as_one_word(normalise(name)))
            if found is not None:
                return found, False
        if isinstance(question, Multiple | Single):
            for name in names:
                state = state_word(name) if name else None
                if state in (State.DONT_KNOW, State.NOT_APPLICABLE):
                    return Target("tick", f"{question.id}={name}", question.id, state=state), False
        if other_apart:
            parts = [(thing, target) for thing, target in parts if not words_of(thing) & OTHER]
        for name in names if in_order else ():
            number = re.fullmatch(r"[A-Za-z]{0,4}0*([1-9]\d{0,2})", name)
            if number is not None and int(number[1]) <= len(parts):
                return parts[int(number[1]) - 1][1], True
        return None, False


_JOINTS = re.compile(r"[_.-]+")


def _as_one_word(word: str) -> str:
    """A normalised name without what joins words in a code: `problem_defined`, `problem.defined` and `problemDefined`
    are alike. `Problem defined` isn't: words may be a question of somebody else's."""
    return _JOINTS.sub("", word)


def _run_on(named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Things by their ids of several words as one; without those that would be two things' then."""
    found: dict[str, list[Any]] = {}
    for id, thing in named:
        found.setdefault(_as_one_word(normalise(id)), []).append(thing)
    return {word: same[0] for word, same in found.items() if len(same) == 1}


def _ids(questionnaire: Questionnaire) -> dict[str, Target]:
    ids: dict[str, Target] = {}
    for variable, question in questionnaire.variables():
        if isinstance(question, Counts):
            for part in question.parts:
                reference = f"{variable}.{part.id}"
                ids[normalise(reference)] = Target("value", reference, variable, part.id)
        else:
            ids[normalise(variable)] = Target("value", variable, variable)
        for detail in DETAILS:
            ids[normalise(f"{variable}.{detail}")] = Target("detail", detail, variable)
    return ids


IDENTITY_WORDS = {normalise(word): name for name, spellings in IDENTITY.items() for word in spellings}
