"""What all screens do alike: saving, the field in the lower part, commands, leaving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events

from aimaturity.interview.answering import MAX_NOTE, Refusal, cleaned
from aimaturity.interview.app_words import say_many
from aimaturity.interview.screens.canvas import Canvas, Field, bindings_for
from aimaturity.interview.screens.lines import cut
from aimaturity.interview.screens.rows import Row, entered
from aimaturity.interview.screens.telling import change_told, name_elsewhere
from aimaturity.interview.session import Change
from aimaturity.interview.words import sentence

QUITTING = ("ctrl+q", "ctrl+c")
"""Leave from a text field too."""
DETAILS = ("comment", "evidence_note", "ask", "reason", "why")
"""What of an answer can be written in the field."""


class Sheet(Canvas, inherit_bindings=False):
    """A screen. Subclasses say what its commands do (`do_<command>`)."""

    # -- answers --

    def may_change(self) -> bool:
        if self.interview.context.read_only:
            self.tell(self.say("read_only"))
            return False
        return True

    def keep(self, make: Callable[[], Change]) -> Change:
        """Makes a change, saves it, and tells what else it did."""
        before = len(self.session.in_view())
        change = self.interview.keep(make())
        said = change_told(self.session, change, before, self.language)
        if said:
            self.tell(*said)
        return change

    def enter(self, row: Row, text: str) -> bool:
        """Saves what was typed on a row or in its text field; whether it was an answer."""
        question = self.session.questionnaire.questions[row.variable.partition(".")[0]]
        given = entered(self.session, question, row, text)
        if isinstance(given, Refusal):
            self.tell(sentence(given.message(self._shown)))
            return False
        self.keep(lambda: self.session.give(row.variable, given))
        return True

    # -- the field --

    def open_field(self, field: Field, text: str = "") -> None:
        """Opens the field in the lower part; letters are text until it is closed."""
        from aimaturity.interview.screens.writing import Writing

        self.field, self._written = field, text
        self.writing = Writing(text, one_line=field.one_line, id="writing")
        self.mount(self.writing, after=self.lines("title"))
        self.set_focus(self.writing)
        self.draw()

    def save_draft(self) -> bool:
        """Saves what stands in the field, if it belongs to an answer and has changed; False where it was refused."""
        if self.field is None or self.writing is None or self.field.what not in (*DETAILS, "text"):
            return True
        raw = self.writing.text
        if raw == self._written:
            return True
        text, removed = cleaned(raw)
        if removed:
            self.tell(say_many("cleaned", removed, self.language))
        if self.field.what == "text":
            if not self.enter(Row("text", self.field.variable, self.field.variable, ""), text):
                return False
        else:
            if len(text) > MAX_NOTE:
                text = text[:MAX_NOTE]
                self.tell(self.say("too_long", n=MAX_NOTE))
            self.interview.keep(self.session.note(self.field.variable, **{self.field.what: text.strip() or None}))
        self._written = raw
        return True

    def close_field(self) -> str:
        """Saves and closes the field; what stood in it."""
        self.save_draft()
        text = self.writing.text if self.writing is not None else ""
        if self.writing is not None:
            self.writing.remove()
        self.field = self.writing = self._written = None
        self.set_focus(None)
        return text

    # -- keys --

    def typed(self, event: events.Key) -> bool:
        """Takes a key that is text, or closes the field; False for one that is a command."""
        if event.key == "ctrl+s":
            self.save_draft()
            if self.interview.desk.trouble is None:
                self.tell(self.say("all_saved"))
            self.draw()
            return True
        if self.writing is None or event.key in QUITTING:
            return False
        left = self.writing.take(event.key, event.character)
        if left is None:
            self.field_changed()
        else:
            self.field_left(left)
        return True

    def pasted(self, text: str) -> None:
        """What was pasted, into the field if one is open."""
        text, removed = cleaned(text)
        if self.writing is not None:
            self.writing.write(text)
            self.field_changed()
        elif text.strip():
            self.tell(self.say("pasted_not", text=cut(" ".join(text.split()), 60)))
        if removed:
            self.tell(say_many("cleaned", removed, self.language))
        self.draw()

    def field_changed(self) -> None:
        """Something was typed in the field."""

    def field_left(self, key: str) -> None:
        """A key that isn't text was pressed in the field. It is closed; what stands in it is saved, whichever key."""
        if self.field is None or key in ("up", "down"):
            return
        what = self.field.what
        text = self.close_field().strip()
        if what == "path" and text and key == "enter":
            self.interview.save_elsewhere(str(Path(text).expanduser()))
        self.draw()

    # -- commands --

    def action_command(self, name: str) -> None:
        """A key or a click: closes the field, if one is open, and does it."""
        if self.field is not None and self.field.what != "evidence":
            if name in ("close", "submit", "on"):
                self.field_left("escape" if name == "close" else "enter")
                return
            if name == "pause":
                self.save_draft()
                self.interview.pause()
                return
            self.close_field()
        self.run_command(name)
        if self.is_current:
            self.draw()

    def run_command(self, name: str) -> None:
        if name != "pause":
            self.interview.leaving = False
        act: Any = getattr(self, f"do_{name}", None)
        if act is not None:
            act()

    def pointed(self, kind: str, what: str) -> None:
        """A row was clicked."""
        if kind == "go":
            self.interview.go(what)

    def do_close(self) -> None:
        self.interview.close(self)

    def do_back(self) -> None:
        self.do_close()

    def do_missing(self) -> None:
        self.interview.next_missing(self)

    def do_search(self) -> None:
        self.interview.show("search")

    def do_overview(self) -> None:
        self.interview.show("overview")

    def do_history(self) -> None:
        self.interview.show_history(self.question_here())

    def question_here(self) -> str | None:
        return self.session.position

    def do_preview(self) -> None:
        self.interview.show_preview()

    def do_report(self) -> None:
        self.interview.make_report(self)

    def do_language(self) -> None:
        self.interview.turn_language()
        self.tell(self.say("language_now"))

    def do_help(self) -> None:
        self.interview.show_help(self.WHERE)

    def do_retry(self) -> None:
        desk = self.interview.desk
        if desk.trouble is not None and self.interview.retry():
            self.tell(self.say("saved_again"))

    def do_elsewhere(self) -> None:
        context = self.interview.context
        if context.save is None:
            self.tell(self.say("no_file"))
            return
        path = context.folder / name_elsewhere(self.interview.desk.company, context.now())
        self.open_field(Field("path", "", self.say("ask_path")), str(path))

    def do_pause(self) -> None:
        self.interview.pause()

    def do_first(self) -> None:
        self.lines("body").scroll_by(-100_000)

    def do_last(self) -> None:
        self.lines("body").scroll_by(100_000)

    def do_page(self) -> None:
        body = self.lines("body")
        body.scroll_by(max(body.room - 1, 1))

    def do_up(self) -> None:
        self.lines("body").scroll_by(-1)

    def do_down(self) -> None:
        self.lines("body").scroll_by(1)

    def clicked(self, does: str) -> None:
        """Does what was clicked on."""
        kind, _, what = does.partition(":")
        if what:
            if self.field is not None and self.field.what not in ("filter", "search"):
                self.close_field()
            self.pointed(kind, what)
            if self.is_current:
                self.draw()
        else:
            self.action_command(does)


__all__ = ["Field", "Sheet", "bindings_for"]
