"""The field that words are written in. In a module of its own: Textual's text area is imported when first opened."""

from __future__ import annotations

from typing import Any

from textual.widgets import TextArea

EDITS: dict[str, tuple[str, tuple[bool, ...]]] = {
    "up": ("cursor_up", ()), "down": ("cursor_down", ()), "left": ("cursor_left", ()), "right": ("cursor_right", ()),
    "ctrl+left": ("cursor_word_left", ()), "ctrl+right": ("cursor_word_right", ()), "home": ("cursor_line_start", ()),
    "end": ("cursor_line_end", ()), "pageup": ("cursor_page_up", ()), "pagedown": ("cursor_page_down", ()),
    "shift+up": ("cursor_up", (True,)), "shift+down": ("cursor_down", (True,)),
    "shift+left": ("cursor_left", (True,)), "shift+right": ("cursor_right", (True,)),
    "shift+home": ("cursor_line_start", (True,)), "shift+end": ("cursor_line_end", (True,)),
    "backspace": ("delete_left", ()), "delete": ("delete_right", ()),
}  # fmt: skip
"""Keys that move, mark and delete: none that a terminal or browser keeps for itself."""


class Writing(TextArea, inherit_bindings=False):
    """Words on one line or several. Everything typed here is text; nothing of it is a command.

    Keys aren't taken from Textual's queue but given by the app one by one (`take`), so that a key pressed right after
    one that opens or closes the field is never taken for the other thing.
    """

    DEFAULT_CSS = """
    Writing, Writing:focus { border: none; padding: 0 1; background: ansi_default; color: ansi_default; }
    Writing .text-area--cursor-line { background: ansi_default; }
    Writing:ansi .text-area--cursor { color: ansi_default; background: ansi_default; text-style: reverse; }
    """

    def __init__(self, text: str, *, one_line: bool, id: str) -> None:
        super().__init__(
            text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False, id=id
        )
        self.one_line = one_line
        self.cursor_blink = False

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def take(self, key: str, character: str | None) -> str | None:
        """Does what a key does here. One that leaves the field, or on one line asks for another row, isn't done but
        given back: enter, escape, up or down."""
        if key in ("escape", "f2", "tab"):
            return "escape"
        if self.one_line and key in ("enter", "up", "down"):
            return key
        if key == "enter":
            self.write("\n")
        elif key in EDITS:
            name, arguments = EDITS[key]
            getattr(self, f"action_{name}")(*arguments)
        elif character is not None and character.isprintable():
            self.write(character)
        return None

    def write(self, text: str) -> None:
        """Writes at the cursor, in place of what is marked."""
        if self.one_line:
            text = text if len(text) == 1 else " ".join(text.split())
        result = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)

    def __repr__(self) -> str:  # what is written is confidential, also in a log
        return "Writing()"

    def __rich_repr__(self) -> Any:
        yield "id", self.id
