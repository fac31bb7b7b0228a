"""The field that words are written in. In a module of its own: Textual's text area is imported when first opened."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from aimaturity.interview.answering import cleaned

MOVES = ("up", "down", "left", "right", "pageup", "pagedown")


def _bindings() -> list[BindingType]:
    """Moving and deleting, by keys that no terminal or browser keeps for itself."""
    actions = [
        ("up", "cursor_up"), ("down", "cursor_down"), ("left", "cursor_left"), ("right", "cursor_right"),
        ("ctrl+left", "cursor_word_left"), ("ctrl+right", "cursor_word_right"), ("home", "cursor_line_start"),
        ("end", "cursor_line_end"), ("pageup", "cursor_page_up"), ("pagedown", "cursor_page_down"),
        ("shift+up", "cursor_up(True)"), ("shift+down", "cursor_down(True)"), ("shift+left", "cursor_left(True)"),
        ("shift+right", "cursor_right(True)"), ("shift+home", "cursor_line_start(True)"),
        ("shift+end", "cursor_line_end(True)"), ("backspace", "delete_left"), ("delete", "delete_right"),
    ]  # fmt: skip
    return [Binding(key, action, show=False) for key, action in actions]


class Writing(TextArea, inherit_bindings=False):
    """Words on one line or several. Everything that is typed here is text; nothing of it is a command."""

    BINDINGS = _bindings()
    DEFAULT_CSS = """
    Writing, Writing:focus { border: none; padding: 0 1; background: ansi_default; color: ansi_default; }
    Writing .text-area--cursor-line { background: ansi_default; }
    """

    class Left(Message):
        """A key that isn't text was pressed: enter (one line only), escape, up or down (one line only)."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Pasted(Message):
        """Something was pasted, of which so many control characters were removed."""

        def __init__(self, removed: int) -> None:
            super().__init__()
            self.removed = removed

    def __init__(self, text: str, *, one_line: bool, id: str) -> None:
        super().__init__(
            text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False, id=id
        )
        self.one_line = one_line
        self.cursor_blink = False

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        # Both this handler and the base class's run, unless the default is prevented.
        leaving = {"escape", "f2", "tab"} | ({"enter", "up", "down"} if self.one_line else set())
        if event.key in leaving:
            event.stop()
            event.prevent_default()
            self.post_message(self.Left({"f2": "escape", "tab": "escape"}.get(event.key, event.key)))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text, removed = cleaned(event.text)
        if self.one_line:
            text = " ".join(text.split())
        start, end = self.selection
        result = self._replace_via_keyboard(text, start, end)
        if result is not None:
            self.move_cursor(result.end_location)
        if removed:
            self.post_message(self.Pasted(removed))

    def __repr__(self) -> str:  # what is written is confidential, also in a log
        return "Writing()"

    def __rich_repr__(self) -> Any:
        yield "id", self.id
