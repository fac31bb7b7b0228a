"""Plain mode fed from a pipe: a line an answer, `question: answer` or bare in the order of asking."""

from __future__ import annotations

from aimaturity.definitions.questionnaire import Counts, Grid
from aimaturity.interview.answering import Refusal
from aimaturity.interview.face import Ended, EndOfInput, Face, Leave, is_text
from aimaturity.interview.reading import (
    Command,
    Keyed,
    Unread,
    answered,
    command,
    counted_part,
    detailed,
    grid_pieces,
    keyed,
)
from aimaturity.interview.words import sentence
from aimaturity.responses.given import Given, State


def take(face: Face, line: Keyed) -> Refusal | Unread | None:
    """Does what a line `question: answer` says; why it can't be read, or None. An empty value changes no answer."""
    session = face.session
    question = session.questionnaire.questions[line.question]
    if line.detail is not None and line.variable is not None:
        value = detailed(line.detail, line.value)
        if isinstance(value, Unread):
            return value
        face.note(line.variable, line.detail, line.value)
        return None
    if not line.value:
        return None
    if isinstance(question, Grid) and line.variable is None:
        return _rows(face, question, line.value)
    variable = str(line.variable)
    old = session.answer(variable)
    given: Given | Refusal | Unread
    if line.part is not None and isinstance(question, Counts):
        given = counted_part(session.questionnaire, question, old, line.part, line.value)
    else:
        given = answered(session.questionnaire, variable, old, line.value)
    if not isinstance(given, Given):
        return given
    face.give(variable, given)
    return None


def _rows(face: Face, question: Grid, value: str) -> Refusal | Unread | None:
    """All rows of a grid: an answer each, or one that is a state of them all."""
    names = face.session.variables(question.id)
    pieces = grid_pieces(value, len(names))
    if pieces is None:
        one = answered(face.session.questionnaire, names[0], face.session.answer(names[0]), value)
        is_state = isinstance(one, Given) and one.state in (State.DONT_KNOW, State.NOT_APPLICABLE)
        if not is_state and len(names) > 1:
            return Unread("which_row", {"names": ", ".join(names)})
        pieces = [value] * len(names)
    done = face.answer_rows(question, pieces)
    return None if isinstance(done, list) else done


class Script(Face):
    """Reads lines to their end. Nothing is asked beside the questions; whom to ask, why and comments have lines of
    their own, or stand behind the letter: `d ekonomichefen`."""

    named = True

    def run(self) -> Ended:
        self.begin()
        try:
            while True:
                line = self.source.next()
                if not is_text(line):
                    self._stop_or_skip(line, Unread("not_text"))
                    continue
                named = keyed(self.session.questionnaire, line)
                if named is None:
                    self._bare(line)
                else:
                    self._named(named)
        except EndOfInput:
            everything = not self.session.missing()
            if everything and self.session.position is not None and not self.look:
                self.session.finish()
                self.moved()
            return self.ended("end" if everything else "input")
        except KeyboardInterrupt:
            return self.ended("interrupted")
        except Leave as leave:
            return self.ended(leave.how)

    def _stop_or_skip(self, line: str, told: Unread) -> None:
        if ":" in line.partition(" ")[0]:
            self.problem(told)
        else:
            self._stop(told)

    def problem(self, told: Refusal | Unread) -> None:
        self.problems += 1
        self.say("line", line=self.source.line, message=sentence(told.message(self.language)))

    def _stop(self, told: Refusal | Unread) -> None:
        self.say("line_stops", line=self.source.line, message=sentence(told.message(self.language)))
        raise Leave("stopped")

    def _named(self, named: Keyed | Unread) -> None:
        refused = named if isinstance(named, Unread) else take(self, named)
        if refused is not None:
            self.problem(refused)
        elif isinstance(named, Keyed) and named.detail is None and named.question == self.session.position:
            names = self.session.variables(named.question)
            if all(self.session.answer(name).state is not State.BLANK for name in names):
                self.on(whole=True)

    def _bare(self, line: str) -> None:
        question = self.session.question
        found = command(line, question, self.session.questionnaire)
        if question is None:
            if found is None:
                self._stop(Unread("at_end"))
            elif found.name != "skip":
                self._do(found)
        elif found is not None:
            self._do(found)
        else:
            done = self.answer(question, line)
            if not isinstance(done, list):
                self._stop(done)
            elif not self.look:
                whole = isinstance(question, Counts) and self.session.answer(question.id).state is not State.BLANK
                self.on(whole or len(done) > 1)

    def _do(self, found: Command) -> None:
        name, here = found.name, self.session.position is not None
        if self.show(found):
            return
        if name == "pause":
            raise Leave("pause" if here else "end")
        if name == "end":
            self.session.finish()
            self.moved()
        elif name == "back":
            self.back()
        elif name == "missing":
            self.missing()
        elif name == "go":
            self.go(found.words)
        elif name == "find" or not here:
            self._stop(Unread("not_here"))
        elif name == "skip":
            self.skip()
        elif name == "clear":
            self.clear()
        elif name == "confirm":
            if self.confirm(self.variable()):
                self.on()
        else:
            self._detail(name, found.words or self.source.next())

    def _detail(self, name: str, words: str) -> None:
        """A comment or evidence on the question one stands at."""
        variable = self.variable()
        if name == "comment":
            self.note(variable, "comment", words)
            return
        kind, _, more = words.strip().partition(" ")
        if self.note(variable, "evidence", kind) and more.strip():
            self.note(variable, "evidence_note", more)
