"""What a typed interview and a scripted one share: lines in and out, giving answers, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Grid
from aimaturity.interview import showing
from aimaturity.interview.answering import MAX_NOTE, Refusal, cleared
from aimaturity.interview.desk import Desk
from aimaturity.interview.reading import (
    Command,
    Unread,
    answered,
    counted_part,
    detailed,
    grid_pieces,
    note,
    parts_of,
    split_numbers,
)
from aimaturity.interview.session import Change
from aimaturity.interview.soft import more_than_head_count
from aimaturity.interview.words import number_words, say, say_many, sentence
from aimaturity.responses.given import Given, State

Lines = Callable[[str], Sequence[str]]
"""Lines in a language."""
How = Literal["end", "pause", "input", "stopped", "interrupted", "lost"]


@dataclass(frozen=True, slots=True)
class Context:
    """What an interview can do beside asking. None where it can't.

    glance  the result as it stands, line by line
    report  makes the report now; says where it is
    questions  writes the list of questions for the company; says where it is
    save    writes the answers to a file of this name; says how that went
    look    nothing may be changed
    """

    glance: Lines | None = None
    report: Lines | None = None
    questions: Lines | None = None
    save: Callable[[str], Sequence[str]] | None = None
    look: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a sitting ended.

    how       end: left from the end of the questions; pause; input: the input came to its end; stopped: a line could
              not be read and reading on would have slid the answers; interrupted; lost: somebody took it over
    missing   questions without an answer
    problems  lines that were told and skipped
    unsaved   whether something isn't on disk
    """

    how: How
    missing: int
    problems: int
    unsaved: bool


class EndOfInput(Exception):
    """There are no more lines."""


class Leave(Exception):
    """The sitting is over."""

    def __init__(self, how: How) -> None:
        self.how: How = how


class Source:
    """Lines of a text stream, counted from 1. `push` puts one back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._again = stream, list[str]()
        self.line = 0

    def next(self) -> str:
        """The next line, without its end. EndOfInput after the last one."""
        if self._again:
            self.line += 1
            return self._again.pop()
        text = self._stream.readline()
        if not text:
            raise EndOfInput
        self.line += 1
        return text.removesuffix("\n").removesuffix("\r")

    def push(self, line: str) -> None:
        self._again.append(line)
        self.line -= 1


def is_text(line: str) -> bool:
    """Whether all of its bytes were text; those that weren't came in as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in line)


class Face:
    """Gives answers to the desk and tells what came of it. `named`: each line says which variable it is about."""

    named = False

    def __init__(self, desk: Desk, source: Source, out: TextIO, context: Context) -> None:
        self.desk, self.source, self.out, self.context = desk, source, out, context
        self.session = desk.session
        self.part = 0
        self.problems = 0
        self.look = context.look

    @property
    def language(self) -> str:
        return self.desk.language

    # -- lines --

    def write(self, line: str, end: str = "\n") -> None:
        """One line; control characters in it made visible, since a name or an answer may come from a file."""
        self.out.write("".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in line) + end)
        self.out.flush()

    def say(self, key: str, **facts: object) -> None:
        self.write(say(key, self.language, **facts))

    def all(self, lines: Iterator[str] | Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    # -- giving --

    def variable(self) -> str:
        """What is being answered: the question one stands at, or the row of it."""
        names = self.session.variables(str(self.session.position))
        return names[min(self.part, len(names) - 1)]

    def give(self, variable: str, given: Given) -> Change:
        """Sets an answer, saves it, and tells so."""
        return self._keep(variable, lambda: self.session.give(variable, given))

    def note(self, variable: str, name: str, text: str) -> bool:
        """Sets what belongs to an answer; False where that can't be read."""
        value = detailed(name, text)
        if isinstance(value, Unread):
            self.problem(value)
            return False
        if name != "evidence":
            _, removed, was_cut = note(text)
            if removed:
                self.write(say_many("controls", removed, self.language))
            if was_cut:
                self.say("cut", most=number_words(MAX_NOTE, self.language))
        self._keep(variable, lambda: self.session.note(variable, **{name: value}), noted=True)
        return True

    def confirm(self, variable: str) -> bool:
        """Takes the company's own or a carried answer; False where there is neither."""
        change = self._keep(variable, lambda: self.session.confirm(variable), quiet=True)
        if not change.events and not self.look:
            self.say("nothing_to_confirm")
        return bool(change.events)

    def _keep(self, variable: str, act: Callable[[], Change], *, noted: bool = False, quiet: bool = False) -> Change:
        if self.look:
            self.say("looking")
            return Change()
        before, waited = len(self.session.in_view()), self.desk.trouble is not None
        change = self.desk.keep(act())
        if not (quiet and not change.events):
            self._tell(variable, change, waited, noted)
        self.all(showing.change_lines(self.session, change, before, self.language))
        if change.events and not noted:
            self._after(variable)
        return change

    def _tell(self, variable: str, change: Change, waited: bool, noted: bool) -> None:
        """Whether it is saved. Nothing else in an interview may say so."""
        end = "_of" if self.named else ""
        answer = showing.answer_words(self.session, variable, self.session.answer(variable), self.language)
        facts = {"variable": variable, "answer": answer}
        if change.events and not self.told_trouble(variable):
            if waited:
                self.say("saved_again")
            self.say(f"saved_note{end}" if noted else f"saved{end}", **facts)
        elif not change.events and not noted:
            self.say(f"same{end}", **facts)

    def told_trouble(self, variable: str) -> bool:
        """Tells what keeps answers from being saved; whether anything does."""
        trouble = self.desk.trouble
        if trouble is None:
            return False
        reason = self.reason()
        if trouble.lost_hold:
            self.say("hold_lost", reason=reason)
            self.look = True
            raise Leave("lost")
        self.say("not_saved_of" if self.named else "not_saved", reason=reason, variable=variable)
        return True

    def reason(self) -> str:
        """Why saving doesn't work, in words."""
        trouble = self.desk.trouble
        told = trouble.reason.message(self.language) if trouble is not None else ""
        return told.removeprefix("sparades inte: ").removeprefix("not saved: ")

    def _after(self, variable: str) -> None:
        """What the adviser should know of an answer just given."""
        question = variable.partition(".")[0]
        if self.session.state(variable) is State.HIDDEN:
            self.say("kept_hidden")
        elif self.session.by_rule(variable) and self.session.answer(variable).state is not State.BLANK:
            self.say("kept_by_rule")
        total = showing.sum_line(self.session, question, self.language) if variable == question else None
        if total is not None:
            self.write(total)
        many = more_than_head_count(self.session, question) if total is not None else None
        if many is not None:
            facts = {"sum": number_words(many.sum, self.language)}
            self.say("more_than_head_count", head_count=number_words(many.head_count, self.language), **facts)

    # -- reading answers --

    def answer(self, question: AnyQuestion, text: str) -> list[tuple[str, Change]] | Refusal | Unread:
        """Answers the question one stands at, or the part of it that is asked now; what was changed, by variable."""
        session, q = self.session, self.session.questionnaire
        if isinstance(question, Grid):
            pieces = grid_pieces(text, len(question.rows))
            if pieces is not None:
                return self.answer_rows(question, pieces)
        if isinstance(question, Counts) and len(split_numbers(text, len(question.parts), question.decimals)) == 1:
            old = session.answer(question.id)
            given = answered(q, question.id, old, text)
            if isinstance(given, Unread):  # no state: a number of this part
                given = counted_part(q, question, old, question.parts[self.part].id, text)
            return self._given(question.id, given)
        variable = self.variable()
        return self._given(variable, answered(q, variable, session.answer(variable), text))

    def _given(self, variable: str, given: Given | Refusal | Unread) -> list[tuple[str, Change]] | Refusal | Unread:
        return [(variable, self.give(variable, given))] if isinstance(given, Given) else given

    def answer_rows(self, question: Grid, pieces: Sequence[str]) -> list[tuple[str, Change]] | Refusal | Unread:
        """Every row at once; none where one of them can't be read."""
        names = self.session.variables(question.id)
        read: list[tuple[str, Given]] = []
        for name, piece in zip(names, pieces, strict=True):
            given = answered(self.session.questionnaire, name, self.session.answer(name), piece)
            if not isinstance(given, Given):
                return given
            read.append((name, given))
        return [(name, self.give(name, given)) for name, given in read]

    def problem(self, told: Refusal | Unread) -> None:
        """A line that couldn't be read."""
        self.write(sentence(told.message(self.language)))

    # -- moving --

    def on(self, whole: bool = False) -> None:
        """To the next part of the question, or to the next question. `whole`: past all of its parts."""
        parts = len(parts_of(self.session.questionnaire.questions[str(self.session.position)]))
        if not whole and self.part + 1 < parts:
            self.part += 1
            return
        self.session.next()
        self.moved()

    def moved(self) -> None:
        """Saves where one stands now."""
        if not self.look:
            waited = self.desk.trouble is not None
            self.desk.moved()
            if self.desk.trouble is not None and self.desk.trouble.lost_hold:
                self.told_trouble("")
            if waited and self.desk.trouble is None:
                self.say("saved_again")
        self.begin()

    def begin(self) -> None:
        """Stands at the first part that has no answer."""
        self.part = 0
        question = self.session.question
        if isinstance(question, Grid):
            blank = [self.session.answer(name).state is State.BLANK for name in self.session.variables(question.id)]
            self.part = blank.index(True) if True in blank else 0
        elif isinstance(question, Counts):
            value = self.session.answer(question.id).value
            there = value if isinstance(value, dict) else {}
            lacking = [part.id not in there for part in question.parts]
            self.part = lacking.index(True) if True in lacking else 0

    def skip(self) -> None:
        """Leaves empty what is asked now: a row of a grid, or a counts question as a whole where no number of it has
        been given yet."""
        question = self.session.question
        self.on(whole=isinstance(question, Counts) and self.part == 0)

    def back(self) -> None:
        if self.part > 0 and self.session.position is not None:
            self.part -= 1
            return
        before = self.session.position
        if self.session.back() == before:
            self.say("first")
        else:
            self.moved()

    def missing(self) -> None:
        if self.session.next_missing() is None:
            self.say("nothing_missing")
        else:
            self.moved()

    def go(self, number: str) -> None:
        view = self.session.in_view()
        if not 1 <= int(number) <= len(view):
            self.say("no_number", number=number)
            return
        self.session.go(view[int(number) - 1])
        self.moved()

    def clear(self) -> None:
        variable = self.variable()
        old = self.session.answer(variable)
        self.give(variable, cleared(old))

    def show(self, command: Command) -> bool:
        """Commands that only tell something; whether this was one."""
        session, language = self.session, self.language
        if command.name == "overview":
            self.all(showing.overview_lines(session, self.desk.areas, language))
        elif command.name == "help":
            self.say("help_text")
        elif command.name == "earlier" and session.position is not None:
            self._earlier(self.variable())
        elif command.name == "preview":
            self._made(self.context.glance, "preview")
        elif command.name == "report":
            self._made(self.context.report)
        elif command.name == "list":
            self._made(self.context.questions)
        elif command.name == "save":
            self._save(command.words)
        elif command.name == "language":
            others = session.questionnaire.languages
            place = others.index(language) if language in others else -1
            self.desk.language = others[(place + 1) % len(others)]
            self.say("language")
        else:
            return False
        return True

    def _made(self, lines: Lines | None, heading: str | None = None) -> None:
        if lines is None:
            self.say("not_here")
            return
        if heading:
            self.say(heading)
        self.all(lines(self.language))

    def _earlier(self, variable: str) -> None:
        lines = [
            *showing.earlier_lines(self.session, variable, self.language),
            *showing.history_lines(self.session, variable, self.desk.keeper.history(variable), self.language),
        ]
        self.all(lines or [say("no_earlier", self.language)])

    def _save(self, name: str) -> None:
        if self.context.save is not None and name:
            self.all(self.context.save(str(Path(name).expanduser())))
        elif self.desk.retry():
            self.say("all_saved")
        else:
            self.say("elsewhere_which" if self.context.save is not None else "not_here")

    # -- ending --

    def ended(self, how: How) -> Ended:
        """The end of the sitting, told."""
        session = self.session
        saved = self.look or self.desk.retry()
        if session.position is None:
            facts: dict[str, object] = {}
            key = "paused_end" if saved else "paused_unsaved"
            facts = dict(zip(("number", "total"), (len(session.in_view()),) * 2, strict=True))
        else:
            number, total = session.number(session.position)
            key, facts = "paused" if saved else "paused_unsaved", {"number": number, "total": total}
        if not (how == "lost" or self.look):
            self.say(key, reason=self.reason(), **facts)
        return Ended(how, len(session.missing()), self.problems, not saved)
