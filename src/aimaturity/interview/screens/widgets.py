"""The two widgets: lines, and a field to write in."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from aimaturity.interview.screens.lines import EMPTY, Line, Page, Piece, plain_signs, width_of

STYLES = {
    "": RichStyle(),
    "bold": RichStyle(bold=True),
    "reverse": RichStyle(reverse=True),
    "bold reverse": RichStyle(bold=True, reverse=True),
}
WHEEL = 3
"""Lines that a turn of the wheel moves."""


class Lines(Widget, inherit_bindings=False):
    """A window on lines. Only what changed is drawn again, since lines may go over a slow network."""

    DEFAULT_CSS = "Lines { width: 1fr; height: auto; }"

    class Clicked(Message):
        """Somebody clicked on a piece that does something."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does

    def __init__(self, *, id: str, ascii_signs: bool) -> None:
        super().__init__(id=id)
        self.page = Page()
        self.top = 0
        self.room = 0
        self.side: Sequence[Line] = ()
        self.column = 0
        self.ascii_signs = ascii_signs
        self._drawn: list[Line] = []

    def show(self, page: Page, height: int, side: Sequence[Line] = (), column: int = 0) -> None:
        """Shows a page in so many lines, with its chosen row in view. `side` stands beside it from a column on, and
        doesn't scroll."""
        self.page, self.room = page, height
        self.side, self.column = side, column
        self.top = self._scrolled(page, height)
        self._draw()

    def _scrolled(self, page: Page, height: int) -> int:
        most = max(len(page.lines) - height, 0)
        top = min(self.top, most)
        if page.at is None or height < 1:
            return top
        last = page.until if page.until is not None else page.at
        top = max(top, min(last + 1, len(page.lines)) - height)
        top = min(top, page.at)
        if last < height:  # the first rows: from the page's own beginning
            top = 0
        elif page.at >= most:
            top = max(top, min(most, page.at))
        return max(min(top, most), 0)

    def scroll_by(self, lines: int) -> None:
        """Moves the window without moving the chosen row."""
        self.top = max(min(self.top + lines, len(self.page.lines) - self.room), 0)
        self._draw()

    def _draw(self) -> None:
        lines = [self._line(y) for y in range(self.room)]
        if len(lines) != len(self._drawn):
            self.refresh()
        else:
            width = self.size.width or 1
            changed = [y for y, (old, new) in enumerate(zip(self._drawn, lines, strict=True)) if old != new]
            if changed:
                self.refresh(*(Region(0, y, width, 1) for y in changed))
        self._drawn = lines

    def _line(self, y: int) -> Line:
        place = self.top + y
        found = self.page.lines[place] if place < len(self.page.lines) else EMPTY
        if y == 0 and self.top > 0:
            found = self._edge(found, "↑")
        elif y == self.room - 1 and place + 1 < len(self.page.lines):
            found = self._edge(found, "↓")
        if y < len(self.side):
            gap = max(self.column - width_of(found), 0)
            found = (*found, Piece(" " * gap), *self.side[y])
        return found

    def _edge(self, found: Line, sign: str) -> Line:
        """The line with a sign at the right edge that there is more."""
        width = self.column - 2 if self.side else self.size.width
        gap = width - width_of(found) - 1
        return (*found, Piece(" " * gap + sign)) if gap >= 0 else found

    def render_line(self, y: int) -> Strip:
        found = self._drawn[y] if y < len(self._drawn) else EMPTY
        base = self.rich_style
        segments = []
        for piece in found:
            text = plain_signs(piece.text) if self.ascii_signs else piece.text
            segments.append(Segment(text, base + STYLES[piece.style]))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        found = self._drawn[event.y] if 0 <= event.y < len(self._drawn) else EMPTY
        x = 0
        for place, piece in enumerate(found):
            x += width_of((piece,))
            last = place == len(found) - 1
            if event.x < x or last:  # to the right of a row is still the row
                does = piece.does if event.x < x or _is_row(piece) else None
                if does is not None:
                    self.post_message(self.Clicked(does))
                return

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-WHEEL)


def _is_row(piece: Piece) -> bool:
    return piece.does is not None and ":" in piece.does
