"""What belongs to an answer: comment, evidence, the words of a text question; and finding an option in a long list."""

from __future__ import annotations

from dataclasses import replace

from aimaturity.definitions.questionnaire import Single
from aimaturity.interview.screens.choosing import Answering
from aimaturity.interview.screens.rows import (
    begins,
    is_long,
)
from aimaturity.interview.screens.sheet import Field

EVIDENCE = {"1": "seen", "2": "told", "3": "later", "0": None}


class Noting(Answering, inherit_bindings=False):
    """The part of the question screen that opens the field in the lower part."""

    # -- what belongs to an answer --

    def variable(self) -> str:
        return self.row.variable if self.row is not None else self.question.id

    def do_comment(self) -> None:
        if self.may_change():
            variable = self.variable()
            text = self.session.answer(variable).detail.comment or ""
            self.open_field(Field("comment", variable, self.say("ask_comment"), one_line=False), text)

    def do_evidence(self) -> None:
        if self.may_change():
            self.field = Field("evidence", self.variable(), self.say("ask_evidence"))

    def evidence(self, digit: str) -> None:
        """A digit says what kind of evidence there is; then comes a note on it."""
        field = self.field
        if field is None or digit not in EVIDENCE:
            return
        kind = EVIDENCE[digit]
        self.field = None
        if kind is None:
            self.keep(lambda: self.session.note(field.variable, evidence=None, evidence_note=None))
            return
        self.keep(lambda: self.session.note(field.variable, evidence=kind))
        self.evidence_note(field.variable)

    def evidence_note(self, variable: str) -> None:
        detail = self.session.answer(variable).detail
        title = self.say("ask_evidence_any")
        if detail.evidence in ("seen", "told", "later"):
            title = self.say("ask_evidence_note", kind=self.say(f"evidence_{detail.evidence}").lower())
        self.open_field(Field("evidence_note", variable, title, one_line=False), detail.evidence_note or "")

    def evidence_command(self, name: str) -> None:
        field = self.field
        self.field = None
        if name == "on" and field is not None:
            self.evidence_note(field.variable)
        elif name not in ("close", "evidence"):
            self.run_command(name)

    def write_text(self, text: object, more: str = "") -> None:
        """Opens the field of a text question, with what was typed to open it added."""
        if self.may_change():
            self.opened = True
            field = Field("text", self.question.id, self.say("ask_text"), one_line=False)
            self.open_field(field, str(text))
            if more and self.writing is not None:
                self.writing.write(more)

    # -- a long list --

    def do_filter(self) -> None:
        if not is_long(self.session, self.question):
            self.tell(self.say("cannot_here"))
            return
        self.open_field(Field("filter", self.question.id, self.say("ask_filter")))

    def field_changed(self) -> None:
        """Narrows the list while it is typed, and stands at the first option that begins so."""
        if self.field is None or self.field.what != "filter" or self.writing is None:
            return
        words = " ".join(self.writing.text.split())
        self.look = replace(self.look, words=words, cursor=0)
        rows = self.rows
        first = next((p for p, row in enumerate(rows) if row.kind == "option" and begins(row.label, words)), 0)
        self.look = replace(self.look, cursor=first if words else 0)
        none = not any(row.kind == "option" for row in rows)
        self.tell(self.say("not_with_filter", words=words) if none else "")
        self.draw()

    def field_left(self, key: str) -> None:
        if self.field is None or self.field.what != "filter":
            super().field_left(key)
            return
        if key in ("up", "down"):
            self.step(1 if key == "down" else -1)
        else:
            row = self.row
            self.close_field()
            if key == "enter" and row is not None and row.kind == "option":
                self.look = replace(self.look, words="")
                place = next((p for p, one in enumerate(self.rows) if one.id == row.id), 0)
                self.look = replace(self.look, cursor=place)
                if isinstance(self.question, Single) or not row.on:
                    self.choose(row)
            elif key == "escape":
                self.look = replace(self.look, words="", cursor=0)
        self.draw()
