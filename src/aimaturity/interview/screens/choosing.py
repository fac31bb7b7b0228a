"""Answering: what is typed on a row, and choosing one."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from aimaturity.definitions.questionnaire import AnyQuestion, Grid, Multiple, Single
from aimaturity.interview.answering import Refusal, cleaned, stated
from aimaturity.interview.screens.question_page import Look
from aimaturity.interview.screens.rows import (
    FIELD_SIGNS,
    FIELDS,
    LONG,
    Row,
    field_text,
    grid_picked,
    is_text,
    picked,
    rows_of,
)
from aimaturity.interview.screens.sheet import Field, Sheet
from aimaturity.interview.session import Given, State
from aimaturity.interview.words import sentence


class Answering(Sheet, inherit_bindings=False):
    """The part of the question screen that makes answers.

    look    how it is looked at: the arrows' row, what is being typed, how a long list is narrowed
    moved   whether the arrows stand on a row that hasn't been chosen by them yet
    armed   what Enter does the second time in a row: leave the question empty, or keep a sum that seems too great
    opened  whether a text question's field has been opened since one came here
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = Look()
        self.moved = False
        self.armed: str | None = None
        self.opened = False
        self.at: str | None = None

    @property
    def question(self) -> AnyQuestion:
        question = self.session.question
        assert question is not None
        return question

    @property
    def rows(self) -> tuple[Row, ...]:
        return rows_of(self.session, self.question, self.language, self.look.words)

    @property
    def row(self) -> Row | None:
        rows = self.rows
        return rows[min(self.look.cursor, len(rows) - 1)] if rows else None

    def arrive(self) -> None:
        """Looks at the question one stands at now, afresh: the arrows stand on what is chosen."""
        self.at = self.session.position
        self.look = Look(before=self.interview.context.earlier_open)
        self.moved, self.armed, self.opened = False, None, False
        if self.session.question is not None:
            rows = self.rows
            blank = (place for place, row in enumerate(rows) if row.kind in ("grid", "part") and not row.value)
            chosen = (place for place, row in enumerate(rows) if row.on)
            self.look = replace(self.look, cursor=next(chosen, next(blank, 0)))

    # -- fields on rows --

    def commit(self) -> bool:
        """Saves what was typed on the row, if anything; False where it is no answer, which is told."""
        row, text = self.row, self.look.field
        if text is None or row is None or row.kind not in FIELDS:
            return True
        if not self.may_change():
            self.look = replace(self.look, field=None)
            return True
        if not self.enter(row, text):
            return False
        self.look = replace(self.look, field=None)
        return True

    def save_draft(self) -> bool:
        """A number half typed is saved too, where it is one: the 2 seconds hold for it as for prose."""
        row, text = self.row if self.session.question is not None else None, self.look.field
        if text is not None and row is not None and row.kind in FIELDS and text.strip() and self.field is None:
            told = self.notices
            saved = self.enter(row, text)
            if not saved:
                self.notices = told
            return saved
        return super().save_draft()

    def type(self, text: str) -> bool:
        """Adds to what is typed on the row; the first sign replaces the saved value. False where it doesn't fit."""
        row = self.row
        if row is None or row.kind not in FIELDS or any(sign not in FIELD_SIGNS[row.kind] for sign in text):
            return False
        if self.may_change():
            self.look = replace(self.look, field=((self.look.field or "") + text)[:40])
            self.tell()
            self.armed = None
        return True

    def typed(self, event: events.Key) -> bool:
        """Digits and what else numbers and days are written with go into the row's field; letters are commands."""
        if super().typed(event):
            return True
        row = self.row if self.session.question is not None and self.field is None else None
        if row is None or row.kind not in FIELDS:
            return False
        if event.key in ("backspace", "delete"):
            if self.may_change():
                old = field_text(self.session, self.question, row, self.language)
                typed = self.look.field if self.look.field is not None else old
                self.look = replace(self.look, field=typed[:-1] if event.key == "backspace" else "")
        elif not (event.character and self.type(event.character)):
            return False
        self.draw()
        return True

    def pasted(self, text: str) -> None:
        """Only a field takes what is pasted: pasted letters would be commands otherwise."""
        if self.field is None and self.session.question is not None:
            if is_text(self.question):
                self.write_text(self.session.answer(self.question.id).value or "")
            elif self.type(" ".join(cleaned(text)[0].split())):
                self.tell(self.say("pasted", text=self.look.field))
                self.draw()
                return
        super().pasted(text)

    # -- choosing --

    def choose(self, row: Row) -> None:
        """Chooses or ticks a row, or takes don't know or not applicable away again."""
        if row.kind in FIELDS or not self.may_change():
            return
        if row.kind == "text":
            self.write_text(self.session.answer(row.variable).value or "")
            return
        if row.kind == "grid":
            self.cycle(row)
            return
        given = picked(self.session, self.question, row)
        if isinstance(given, Refusal):
            self.tell(sentence(given.message(self._shown)))
            return
        self.give(row.variable, given)

    def give(self, variable: str, given: Given) -> None:
        """Saves an answer, and asks what belongs to it: who knows, why not, what has happened."""
        self.tell()
        change = self.keep(lambda: self.session.give(variable, given))
        self.moved, self.armed = False, None
        self.look = replace(self.look, field=None, before=True)
        chosen = next((place for place, row in enumerate(self.rows) if row.on), None)
        if chosen is not None and not isinstance(self.question, Multiple):
            self.look = replace(self.look, cursor=chosen)
        if change.events and given.state is State.DONT_KNOW:
            self.open_field(Field("ask", variable, self.say("ask_who_knows")))
        elif change.events and given.state is State.NOT_APPLICABLE:
            self.open_field(Field("reason", variable, self.say("ask_reason")))
        elif change.why is not None:
            self.open_field(Field("why", variable, self.say(f"ask_why_{change.why}")))
        elif self.interview.context.quick_advance and isinstance(self.question, Single):
            self.advance()

    def cycle(self, row: Row) -> None:
        """Space on a grid's row: the next option."""
        question = self.question
        assert isinstance(question, Grid)
        ids = [option.id for option in self.session.questionnaire.options_of(question)]
        now = self.session.answer(row.variable).value
        place = ids.index(now) + 1 if now in ids else 0
        given = grid_picked(self.session, question, row, place % len(ids))
        if given is not None:
            self.give(row.variable, given)

    def step(self, by: int) -> None:
        rows = len(self.rows)
        cursor = max(min(self.look.cursor + by, rows - 1), 0)
        self.moved = self.moved or cursor != self.look.cursor
        self.look = replace(self.look, cursor=cursor)

    def action_digit(self, digit: str) -> None:
        self.interview.leaving = False
        if self.field is not None and self.field.what == "evidence":
            self.evidence(digit)
        elif self.session.question is not None:
            self.digit(digit)
        self.draw()

    def digit(self, digit: str) -> None:
        question, row = self.question, self.row
        if row is not None and row.kind == "text":
            self.write_text(self.session.answer(row.variable).value or "", digit)
            return
        if isinstance(question, Grid):
            self.answer_row(question, int(digit) - 1)
            return
        found = [(place, one) for place, one in enumerate(self.rows) if one.key == digit]
        if found:
            place, one = found[0]
            self.look = replace(self.look, cursor=place)
            self.choose(one)
        elif isinstance(question, Single | Multiple):
            most = min(LONG, sum(one.kind == "option" for one in self.rows))
            self.tell(self.say("no_such_digit", most=most))

    def answer_row(self, question: Grid, place: int) -> None:
        """A digit answers the grid's row and goes to the next one."""
        row = self.row
        if row is None or not self.may_change():
            return
        given = grid_picked(self.session, question, row, place) if place >= 0 else None
        if given is None:
            self.tell(self.say("no_such_digit", most=len(self.session.questionnaire.options_of(question))))
            return
        cursor = self.look.cursor
        self.give(row.variable, given)
        self.look = replace(self.look, cursor=min(cursor + 1, len(self.rows) - 1))

    def state_given(self, state: State) -> None:
        row = self.row
        if row is None or not self.may_change():
            return
        given = stated(self.question, self.session.answer(row.variable), state)
        if isinstance(given, Refusal):
            self.tell(sentence(given.message(self._shown)))
            return
        cursor = self.look.cursor
        self.look = replace(self.look, field=None)
        self.give(row.variable, given)
        if isinstance(self.question, Grid) and given.state is not State.BLANK:
            self.look = replace(self.look, cursor=min(cursor + 1, len(self.rows) - 1))

    def write_text(self, text: object, more: str = "") -> None:
        raise NotImplementedError

    def evidence(self, digit: str) -> None:
        raise NotImplementedError

    def advance(self) -> None:
        raise NotImplementedError
