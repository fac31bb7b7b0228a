"""Screens that are only read: the keys, an answer's history, the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from aimaturity.interview.desk import Past
from aimaturity.interview.screens.commands import Where
from aimaturity.interview.screens.lines import Page
from aimaturity.interview.screens.reading_page import help_page, history_page, preview_page
from aimaturity.interview.screens.sheet import Sheet, bindings_for


class ReadingScreen(Sheet, inherit_bindings=False):
    """Something to read; Esc, b or the key that opened it goes back."""

    WHERE: ClassVar[Where] = "reading"
    BINDINGS = bindings_for("reading")
    OPENED_BY = ""

    def run_command(self, name: str) -> None:
        super().run_command("close" if name in (self.OPENED_BY, "on") else name)

    def heading(self) -> tuple[str, str]:
        return self.say(f"title_{self.OPENED_BY}"), ""


class HelpScreen(ReadingScreen):
    """All keys of the screen that it was asked from."""

    OPENED_BY = "help"

    def __init__(self, where: Where) -> None:
        super().__init__()
        self.where = where

    def body(self, width: int, height: int) -> Page:
        return help_page(self.where, self.language, width)


class HistoryScreen(ReadingScreen):
    """What was answered to one question, by whom and when."""

    OPENED_BY = "history"

    def __init__(self, question: str, history: dict[str, Sequence[Past]], trouble: str) -> None:
        super().__init__()
        self.asked, self.history, self.trouble = question, history, trouble

    def body(self, width: int, height: int) -> Page:
        return history_page(self.session, self.asked, self.history, self.language, width, self.trouble)


class PreviewScreen(ReadingScreen):
    """The result as it would be now, on demand."""

    OPENED_BY = "preview"

    def __init__(self) -> None:
        super().__init__()
        self.glance: tuple[str, ...] = ()

    def begun(self) -> None:
        self.interview.glance_for(self, self._seen)

    def _seen(self, lines: tuple[str, ...]) -> None:
        self.glance = lines
        self.draw()

    def do_language(self) -> None:
        super().do_language()
        self.interview.glance_for(self, self._seen)

    def body(self, width: int, height: int) -> Page:
        return preview_page(self.glance, self.language, width)
