"""What `settle.py` and `conditions.py` say, of one company and without numpy, for which an interview would wait.

Only the conditions of a questionnaire: they are about answers, never about points or scores. A property test holds this
to the columns' evaluation, for the bundled questionnaires and for random ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aimaturity.definitions.base import STATES
from aimaturity.definitions.conditions import All, AnyOf, Condition, Not, QuestionAtom
from aimaturity.definitions.questionnaire import (
    AnyQuestion,
    Counts,
    Date,
    FreeText,
    Grid,
    Multiple,
    Number,
    Questionnaire,
    Single,
)
from aimaturity.responses.given import Given, State

FALSE, UNKNOWN, TRUE = 0, 1, 2
"""Truths, as in `conditions.py`."""

_NOTHING: Final = Given()


@dataclass
class Settled:
    """The answers of one company as they count.

    state    variable -> its state: hidden by a condition, not applicable by rule, else as given
    by_rule  variables that a rule of the questionnaire has set not applicable
    value    column -> an option's place, the places ticked, or a number; only where there is one
    """

    state: dict[str, State] = field(default_factory=dict)
    by_rule: set[str] = field(default_factory=set)
    value: dict[str, Any] = field(default_factory=dict)


class OneCompany:
    """Settles answers to one questionnaire, and evaluates its conditions."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._of: dict[str, tuple[AnyQuestion, list[str]]] = {}
        self._question: dict[str, AnyQuestion] = {}
        self._places: dict[str, dict[str, int]] = {}
        for variable, question in questionnaire.variables():
            self._of.setdefault(question.id, (question, []))[1].append(variable)
            self._question[variable] = question
            self._places[variable] = {o.id: place for place, o in enumerate(questionnaire.options_of(question))}

    @property
    def variables(self) -> dict[str, list[str]]:
        """question -> what has a state of its own in it: itself, or each row of a grid; in the order of asking."""
        return {question: names for question, (_, names) in self._of.items()}

    def settle(self, given: Mapping[str, Given]) -> Settled:
        """The states that count, first that holds: hidden, not applicable by rule, as given (not applicable where it
        isn't allowed is blank, and so is an answer that the questionnaire has no place for)."""
        made = Settled()
        for question, names in self._of.values():
            as_given = {name: self._put(name, question, given.get(name, _NOTHING), made.value) for name in names}
            if question.not_applicable_if is not None:  # it may read the question itself: what is answered there
                made.state |= {n: s if s is State.ANSWERED else State.BLANK for n, s in as_given.items()}
                made.by_rule |= {n for n in names if self.evaluate(question.not_applicable_if, made) == TRUE}
            hidden = question.show_if is not None and self.evaluate(question.show_if, made) == FALSE
            for name, state in as_given.items():
                by_rule = name in made.by_rule
                made.state[name] = State.HIDDEN if hidden else State.NOT_APPLICABLE if by_rule else state
        return made

    def _put(self, name: str, question: AnyQuestion, answer: Given, value: dict[str, Any]) -> State:
        """Writes down the value of an answer; its state as given."""
        said = answer.value
        if isinstance(question, Counts) and isinstance(said, Mapping):
            value |= {f"{name}.{part.id}": said.get(part.id, math.nan) for part in question.parts}
        if answer.state is State.NOT_APPLICABLE and "not_applicable" not in question.allow:
            return State.BLANK
        if answer.state is not State.ANSWERED:
            return answer.state
        if isinstance(question, FreeText | Date):
            fits = isinstance(said, str)
        elif isinstance(question, Counts):
            fits = isinstance(said, Mapping) and all(part.id in said for part in question.parts)
        elif isinstance(question, Number):
            fits = isinstance(said, int | float)
            value |= {name: said} if fits else {}
        else:
            places = self._places[name]
            several = isinstance(question, Multiple)
            ticked = said if isinstance(said, tuple) else (said,)
            fits = not isinstance(said, Mapping) and several is isinstance(said, tuple)
            fits = fits and all(option in places for option in ticked)
            chosen = {places[str(option)] for option in ticked} if fits else set()
            value |= {name: chosen if several else min(chosen)} if fits else {}
        return State.ANSWERED if fits else State.BLANK

    def evaluate(self, condition: Condition, settled: Settled) -> int:
        """The truth of a condition of the questionnaire."""
        if isinstance(condition, All):
            return min(self.evaluate(part, settled) for part in condition.all)
        if isinstance(condition, AnyOf):
            return max(self.evaluate(part, settled) for part in condition.any)
        if isinstance(condition, Not):
            return TRUE - self.evaluate(condition.not_, settled)
        if not isinstance(condition, QuestionAtom):
            raise TypeError(f"no condition of a questionnaire: {condition!r}")
        variable = self._variable(condition.question)
        state = settled.state[variable]
        if condition.state is not None:
            return TRUE if STATES[state] == condition.state else FALSE
        if state in (State.BLANK, State.DONT_KNOW) and not condition.answered:
            return UNKNOWN
        if state is not State.ANSWERED:
            return FALSE
        return TRUE if condition.answered or self._holds(condition, variable, settled.value) else FALSE

    def _variable(self, reference: str) -> str:
        return reference if reference in self._question else reference.partition(".")[0]

    def _holds(self, atom: QuestionAtom, variable: str, value: Mapping[str, Any]) -> bool:
        question, places = self._question[variable], self._places[variable]
        if isinstance(question, Multiple | Single | Grid):
            wanted = atom.is_ if isinstance(atom.is_, tuple) else (str(atom.is_),)
            if isinstance(question, Multiple):
                return any(places[name] in value[variable] for name in wanted)
            if atom.is_ is not None:
                return value[variable] in [places[name] for name in wanted]
            bound = atom.at_least if atom.at_least is not None else atom.below
            step = places[bound] if isinstance(bound, str) else bound
            assert step is not None
            return bool(value[variable] >= step if atom.at_least is not None else value[variable] < step)
        if isinstance(question, Counts) and atom.question == variable:
            number = edge(sum(value[f"{variable}.{part.id}"] for part in question.parts))
        else:
            number = edge(value[atom.question])
        if atom.is_ is not None:
            return number == edge(float(atom.is_))  # type: ignore[arg-type]
        if atom.at_least is not None:
            return number >= edge(float(atom.at_least))
        return number < edge(float(atom.below))  # type: ignore[arg-type]


def edge(value: float) -> float:
    """The number that meets an edge, as `conditions.edge` has it, to the last bit."""
    scaled = value * 1e9
    return round(scaled) / 1e9 if math.isfinite(scaled) else scaled / 1e9
