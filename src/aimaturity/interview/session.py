"""One interview: questions, answers, conditions, and where one stands. A state machine without clock, file or screen.

Every action returns a `Change`, whose events are to be stored before anything else is drawn. A session made anew of
the stored answers and position stands where the first one stood (a property test holds it to that).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aimaturity.definitions.questionnaire import AnyQuestion, Grid, Questionnaire, Section, Single
from aimaturity.interview.derived import derived
from aimaturity.responses.given import BLANK, Detail, Given, State
from aimaturity.scoring.settle_one import TRUE, OneCompany

Origin = Literal["interview", "carried", "derived", "import"]
Mark = Literal["answered", "dont_know", "not_applicable", "hidden", "blank"]
"""How a question stands as a whole: a grid is blank while a row is, and unknown while one is."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is now given for one variable. Events are only ever added; the latest one counts."""

    variable: str
    given: Given
    origin: Origin = "interview"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer from another time: last assessment's, or the quick scan's. `on` is its ISO day."""

    given: Given
    on: str | None = None
    occasion: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an action did.

    events  to be stored, in this order; none where nothing changed
    hidden  answered questions that are hidden now; their answers are kept
    shown   questions that have come into view
    raised  ids of the questionnaire's contradictions that have come up
    why     a reason should be asked for: the answer differs from the company's own, or from last time's by a step
            down or two steps up
    """

    events: tuple[Event, ...] = ()
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    why: Literal["own", "earlier"] | None = None


class Session:
    """The interview as it stands.

    given     the answers this interview has, by variable: the adviser's
    own       what the company answered beforehand
    earlier   what was answered last time
    carried   given answers that came from another assessment (the quick scan) and nobody has confirmed yet
    position  the question one stands at; None at the end
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        given: Mapping[str, Given] | None = None,
        *,
        position: str | None = None,
        at_end: bool = False,
        own: Mapping[str, Given] | None = None,
        earlier: Mapping[str, Earlier] | None = None,
        carried: Mapping[str, Earlier] | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.given: dict[str, Given] = dict(given or {})
        self.own: Mapping[str, Given] = dict(own or {})
        self.earlier: Mapping[str, Earlier] = dict(earlier or {})
        self.carried: dict[str, Earlier] = dict(carried or {})
        self._rules = OneCompany(questionnaire)
        self._of = self._rules.variables
        self._section = {q.id: section for section in questionnaire.sections for q in section.questions}
        self._settle()
        view = self.in_view()
        self.position: str | None = position if position in self._of else (None if at_end or not view else view[0])
        self._visited: list[str] = []
        self._return_to: list[str | None] = []

    # -- how things stand --

    def _settle(self) -> None:
        self._settled = self._rules.settle(self.given)
        self._state = self._settled.state
        self._mark = {question: self._marked(question) for question in self._of}

    @property
    def question(self) -> AnyQuestion | None:
        """The question one stands at."""
        return self.questionnaire.questions[self.position] if self.position is not None else None

    def section(self, question: str) -> Section:
        """The section that a question is asked in."""
        return self._section[question]

    def variables(self, question: str) -> tuple[str, ...]:
        """What has a state of its own in a question: itself, or each row of a grid."""
        return tuple(self._of[question])

    def state(self, variable: str) -> State:
        """The state that counts: hidden by a condition, not applicable by rule, else as given."""
        return self._state[variable]

    def by_rule(self, variable: str) -> bool:
        """Whether a rule of the questionnaire has set it not applicable."""
        return variable in self._settled.by_rule and self._state[variable] is State.NOT_APPLICABLE

    def answer(self, variable: str) -> Given:
        """What is given, hidden or not."""
        return self.given.get(variable, BLANK)

    def mark(self, question: str) -> Mark:
        """How a question stands."""
        return self._mark[question]

    def _marked(self, question: str) -> Mark:
        states = {self._state[name] for name in self._of[question]}
        for state in (State.BLANK, State.DONT_KNOW, State.ANSWERED, State.NOT_APPLICABLE):
            if state in states:
                return state.name.lower()  # type: ignore[return-value]
        return "hidden"

    def in_view(self) -> tuple[str, ...]:
        """Questions that are asked, or might be: a condition that isn't known yet hides nothing."""
        return tuple(question for question in self._of if self.mark(question) != "hidden")

    def counts(self, questions: Iterable[str] | None = None) -> Counter[Mark]:
        """How many questions stand how."""
        return Counter(self.mark(question) for question in (self._of if questions is None else questions))

    def number(self, question: str) -> tuple[int, int]:
        """(which question in view this is, from 1; how many there are)."""
        view = self.in_view()
        return (view.index(question) + 1 if question in view else 0), len(view)

    def missing(self) -> tuple[str, ...]:
        """Questions in view without an answer of any kind."""
        return tuple(question for question in self._of if self.mark(question) == "blank")

    def contradictions(self) -> tuple[str, ...]:
        """Ids of the questionnaire's contradictions that hold now. Their words are a question to the adviser."""
        return tuple(
            one.id for one in self.questionnaire.contradictions if self._rules.evaluate(one.if_, self._settled) == TRUE
        )

    def differences(self) -> tuple[str, ...]:
        """Variables that the company answered otherwise than the adviser."""
        return tuple(
            name
            for name, own in self.own.items()
            if name in self.given and _said(own) != _said(self.given[name]) and self._state.get(name) != State.HIDDEN
        )

    # -- answers --

    def give(self, variable: str, given: Given, origin: Origin = "interview") -> Change:
        """Sets what is given for a variable. KeyError for a variable that doesn't exist."""
        if variable not in self._state:
            raise KeyError(variable)
        known = variable in self.given
        if (given == self.answer(variable) and variable not in self.carried) or (not known and given == BLANK):
            return Change()
        before = {question: self.mark(question) for question in self._of}
        raised = self.contradictions()
        said_before = _said(self.answer(variable))
        events = [Event(variable, given, origin)]
        self.given[variable] = given
        self.carried.pop(variable, None)
        for other, value in derived(self.questionnaire, {variable: given}).items():
            if _said(self.answer(other)) != _said(value):
                events.append(Event(other, value, "derived"))
                self.given[other] = value
        self._settle()
        hidden = [q for q in self._of if self.mark(q) == "hidden" and before[q] not in ("hidden", "blank")]
        shown = [q for q in self._of if before[q] == "hidden" and self.mark(q) != "hidden"]
        return Change(
            tuple(events),
            tuple(hidden),
            tuple(shown),
            tuple(one for one in self.contradictions() if one not in raised),
            self._why(variable) if _said(given) != said_before else None,
        )

    def _why(self, variable: str) -> Literal["own", "earlier"] | None:
        now = self.answer(variable)
        if now.state is State.BLANK or now.detail.why:
            return None
        own = self.own.get(variable)
        if own is not None and own.state is not State.BLANK and _said(own) != _said(now):
            return "own"
        steps = self.steps_since(variable)
        return "earlier" if steps is not None and (steps < 0 or steps >= 2) else None

    def steps_since(self, variable: str) -> int | None:
        """Steps up the ladder since last time; None where either answer is missing or the question has no ladder."""
        question = self.questionnaire.questions[variable.partition(".")[0]]
        before, now = self.earlier.get(variable), self.answer(variable)
        if before is None or not isinstance(question, Single | Grid):
            return None
        places = {option.id: place for place, option in enumerate(self.questionnaire.options_of(question))}
        if before.given.value not in places or now.value not in places:
            return None
        return places[str(now.value)] - places[str(before.given.value)]

    def note(self, variable: str, **details: str | None) -> Change:
        """Changes what belongs to an answer: comment, evidence, evidence_note, ask, reason, why."""
        now = self.answer(variable)
        return self.give(variable, replace(now, detail=replace(now.detail, **details)))

    def confirm(self, variable: str) -> Change:
        """Takes the company's own answer, or a carried one, as the adviser's. Nothing where there is neither."""
        if variable in self.carried:
            return self.give(variable, self.answer(variable))
        own = self.own.get(variable)
        if own is None or own.state is State.BLANK:
            return Change()
        kept = self.answer(variable).detail
        return self.give(
            variable, Given(own.state, own.value, replace(kept, ask=own.detail.ask, reason=own.detail.reason))
        )

    # -- moving --

    def next(self) -> str | None:
        """On: back to where one was before a jump, else to the next question in view. None at the end.

        Questions that are answered by derivation, or not applicable by rule with nothing entered, are passed over.
        """
        if self.position is None:
            return None
        self._visited.append(self.position)
        here = self.position
        if self._return_to:
            origin = self._return_to.pop()
            if origin is None or self.mark(origin) != "hidden":
                self.position = origin
                return origin
            here = origin
        order = list(self._of)
        later = order[order.index(here) + 1 :]
        self.position = next((question for question in later if self._stops_at(question)), None)
        return self.position

    def _stops_at(self, question: str) -> bool:
        if self.mark(question) == "hidden":
            return False
        follows = derived(self.questionnaire, self.given)
        return not all(
            (self.by_rule(name) and self.answer(name) == BLANK)
            or (name in follows and _said(follows[name]) == _said(self.answer(name)))
            for name in self._of[question]
        )

    def back(self) -> str | None:
        """The question visited before this one; the one before it in view where none was."""
        while self._visited:
            last = self._visited.pop()
            if self.mark(last) != "hidden":
                self.position = last
                return last
        order = list(self._of)
        before = order[: order.index(self.position)] if self.position is not None else order
        self.position = next((q for q in reversed(before) if self._stops_at(q)), self.position)
        return self.position

    def go(self, question: str) -> None:
        """Jumps to a question; `next` returns to where one was. KeyError for one that doesn't exist."""
        if question not in self._of:
            raise KeyError(question)
        if question == self.position:
            return
        if self.position is not None:
            self._visited.append(self.position)
        if not self._return_to:
            self._return_to.append(self.position)
        self.position = question

    def finish(self) -> None:
        """To the end, from wherever one is."""
        if self.position is not None:
            self._visited.append(self.position)
        self._return_to.clear()
        self.position = None

    def next_missing(self) -> str | None:
        """To the next question without an answer, round past the end; None where there is none. `next` returns to where
        one was before the first such jump: mostly the end."""
        missing = self.missing()
        order = list(self._of)
        here = order.index(self.position) if self.position is not None else -1
        later = [q for q in missing if order.index(q) > here]
        wanted = next(iter([*later, *(q for q in missing if q != self.position)]), None)
        if wanted is not None:
            self.go(wanted)
        return wanted

    def find(self, words: str, language: str) -> tuple[str, ...]:
        """Questions whose number, id, text or section has all of these words; hidden ones too, in order."""
        from aimaturity.responses.normalise import normalise

        wanted = normalise(words).split()
        found = []
        for question in self._of:
            told = self.questionnaire.questions[question]
            title = self._section[question].title[language]
            place = self.number(question)[0]
            text = normalise(f"{place} {question} {told.text[language]} {title}")
            if all(word in text for word in wanted):
                found.append(question)
        return tuple(found)

    def planned_minutes(self, sections: Sequence[Section] | None = None) -> float:
        """The minutes that the sections are planned to take together."""
        return sum(section.minutes or 0.0 for section in (sections or self.questionnaire.sections))


def _said(given: Given) -> tuple[State, object]:
    """The answer without what belongs to it."""
    value = given.value
    return given.state, tuple(sorted(value.items())) if isinstance(value, Mapping) else value


__all__ = ["BLANK", "Change", "Detail", "Earlier", "Event", "Given", "Mark", "Session", "State"]
