"""The question screen: one question, one key an answer, saved at once; choosing doesn't jump."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from aimaturity.definitions.questionnaire import Grid, Multiple, Single
from aimaturity.interview.app_words import number_words
from aimaturity.interview.screens.commands import Where
from aimaturity.interview.screens.lines import Line, Page, Piece, cut, padded
from aimaturity.interview.screens.lists_page import groups_of
from aimaturity.interview.screens.noting import Noting
from aimaturity.interview.screens.question_page import STATES, question_page
from aimaturity.interview.screens.rows import (
    FIELDS,
    LONG,
    is_long,
)
from aimaturity.interview.screens.sheet import bindings_for
from aimaturity.interview.screens.telling import counts_told, marks_told
from aimaturity.interview.session import State
from aimaturity.interview.soft import more_than_head_count


class QuestionScreen(Noting, inherit_bindings=False):
    """The question one stands at."""

    WHERE: ClassVar[Where] = "question"
    BINDINGS = bindings_for("question")

    def body(self, width: int, height: int) -> Page:
        if self.session.question is None:
            return Page()
        if self.at != self.session.position:
            self.arrive()
        return question_page(self.session, self.question, self.language, self.look, width, height)

    def heading(self) -> tuple[str, str]:
        position = self.session.position
        if position is None:
            return "", self.say("at_end")
        number, of = self.session.number(position)
        right = self.say("question_of", number=number, of=of) if number else self.say("question_hidden")
        return self.session.section(position).title[self.language], right

    def side(self, width: int) -> list[Line]:
        """By topic, the order of asking, whatever the overview is drawn by: areas may have to be loaded first."""
        groups = groups_of(self.session, (), self.language, "topic")
        title = max(len(group.title) for group in groups)
        lines: list[Line] = []
        for group in groups:
            here = self.session.position in group.questions
            start = ("▸ " if here else "  ") + padded(group.title, min(title, 18)) + " "
            told = counts_told(self.session, self.language, group.questions, short=True)
            marks = marks_told(self.session, group.questions)
            first = next((q for q in group.questions if self.session.mark(q) == "blank"), group.questions[0])
            text = cut(start + marks, width - 2)
            if len(text) + 2 + len(told) <= width:
                text += "  " + told
            lines.append((Piece(text, "bold" if here else "", f"go:{first}"),))
        return lines

    def offered(self, name: str) -> bool:
        if name == "filter":
            return self.session.question is not None and is_long(self.session, self.question)
        if name in ("preview", "report"):
            return getattr(self.interview.context, "glance" if name == "preview" else "report") is not None
        return not (name == "history" and self.size.width < 100)

    def footer_words(self) -> list[tuple[str, str, str]]:
        words = super().footer_words()
        if self.session.question is None:
            return words
        question, rows = self.question, self.rows
        options = len(self.session.questionnaire.options_of(question))
        if isinstance(question, Single | Multiple | Grid):
            most = min(LONG, options if isinstance(question, Grid) else sum(row.kind == "option" for row in rows))
            key = "key_ticks" if isinstance(question, Multiple) else "key_digits"
            first = [("", self.say(key, most=most), "")] if most > 1 else []
        else:
            first = [("", self.say("key_number"), "")] if rows and rows[0].kind in FIELDS else []
        return first + words

    def question_here(self) -> str | None:
        return self.session.position

    # -- commands --

    def run_command(self, name: str) -> None:
        if self.field is not None and self.field.what == "evidence":
            self.evidence_command(name)
            return
        if self.session.question is None:
            super().run_command(name)
            return
        leaves = name not in ("dont_know", "not_applicable", "confirm", "language", "retry", "elsewhere")
        if leaves and name != "pause" and not self.commit():
            return
        if name == "pause" and not self.save_draft() and not self.interview.leaving:
            self.interview.leaving = True
            self.tell(self.say("leave_unread"))
            return
        if name not in ("on", "pause"):
            self.armed = None
        if name != "pause" and not (name == "on" and self.armed):
            self.tell()
        super().run_command(name)

    def do_on(self) -> None:
        row, question = self.row, self.question
        blank = self.session.mark(question.id) == "blank"
        last = next((place for place, one in reversed(list(enumerate(self.rows))) if one.kind == "part"), 0)
        if row is not None and not self.interview.context.read_only:
            choosable = row.kind in ("option", *STATES)
            if self.moved and choosable and not row.on and (blank or not isinstance(question, Multiple)):
                self.choose(row)
                return
            if row.kind == "text" and blank and not self.opened:
                self.opened = True
                self.write_text("")
                return
            if row.kind == "part" and self.look.cursor < last:
                self.look = replace(self.look, cursor=self.look.cursor + 1)
                return
            over = more_than_head_count(self.session, question.id)
            if over is not None and self.armed != "over":
                count, total = (number_words(number, self.language) for number in (over.head_count, over.sum))
                self.armed = "over"
                self.tell("! " + self.say("over_head_count", count=count, total=total))
                return
            for name in self.session.variables(question.id):
                if name in self.session.carried:
                    self.keep(partial(self.session.confirm, name))
            if blank and self.armed != "empty":
                self.armed = "empty"
                part = self.session.answer(question.id).value is not None or isinstance(question, Grid)
                self.tell(self.say("enter_again_part" if part else "enter_again_empty"))
                return
        self.advance()

    def advance(self) -> None:
        told = self.notices if self.armed is None else []
        self.session.next()
        self.interview.arrived()
        if self.session.position is not None:
            self.arrive()
            self.tell(*(told if self.interview.context.quick_advance else []))

    def do_back(self) -> None:
        before = self.session.position
        self.session.back()
        if self.session.position == before:
            self.tell(self.say("first_question"))
            return
        self.interview.arrived()

    def do_up(self) -> None:
        self.step(-1)

    def do_down(self) -> None:
        self.step(1)

    def do_row_on(self) -> None:
        self.step(1)

    def do_row_back(self) -> None:
        self.step(-1)

    def do_first(self) -> None:
        self.step(-1000)

    def do_last(self) -> None:
        self.step(1000)

    def do_page(self) -> None:
        self.step(max(self.lines("body").room - 2, 1))

    def do_tick(self) -> None:
        if self.row is not None:
            self.choose(self.row)

    def do_dont_know(self) -> None:
        self.state_given(State.DONT_KNOW)

    def do_not_applicable(self) -> None:
        self.state_given(State.NOT_APPLICABLE)

    def do_confirm(self) -> None:
        if not self.may_change():
            return
        names = self.session.variables(self.question.id)
        changes = [self.keep(partial(self.session.confirm, name)) for name in names]
        if not any(change.events for change in changes):
            self.tell(self.say("nothing_to_confirm"))
        self.arrive()

    def do_history(self) -> None:
        self.look = replace(self.look, before=True)
        super().do_history()

    def do_close(self) -> None:
        """Esc closes what is open, here a narrowed list, and nothing else."""
        self.look = replace(self.look, words="", cursor=0) if self.look.words else self.look

    def pointed(self, kind: str, what: str) -> None:
        if kind != "row":
            if self.commit():
                super().pointed(kind, what)
            return
        rows, place = self.rows, int(what)
        if place != self.look.cursor and not self.commit():
            return
        self.look = replace(self.look, cursor=min(place, len(rows) - 1))
        if rows[self.look.cursor].kind not in ("grid",):
            self.choose(rows[self.look.cursor])
