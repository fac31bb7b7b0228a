"""Lines of a screen before any terminal: pieces of text, bold or reversed, and what a click on them does. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size

Style = Literal["", "bold", "reverse", "bold reverse"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a line. `does` is what a click on it does: a command's id, or `row:N` or `go:QUESTION`."""

    text: str
    style: Style = ""
    does: str | None = None


Line = tuple[Piece, ...]
EMPTY: Line = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a scrolling area shows.

    at      the line that must be in view: the chosen row
    column  where on it the terminal's own cursor stands
    until   the last line that belongs to the chosen row
    """

    lines: tuple[Line, ...] = ()
    at: int | None = None
    column: int = 0
    until: int | None = None


def line(text: str, style: Style = "", does: str | None = None) -> Line:
    return (Piece(text, style, does),)


def width_of(pieces: Line) -> int:
    """Columns that a line takes."""
    return sum(cell_len(piece.text) for piece in pieces)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces, else anywhere; at least one line."""
    width, found = max(width, 1), list[str]()
    for paragraph in text.split("\n"):
        here = ""
        for word in filter(None, paragraph.replace("\t", " ").split(" ")):  # a space that doesn't break stays
            while cell_len(word) > width:
                room = width - (cell_len(here) + 1 if here else 0)
                if room < 1 or here:
                    found, here = [*found, here], ""
                    continue
                cut = _fits(word, room)
                found, word = [*found, word[:cut]], word[cut:]
            if not word:
                continue
            if here and cell_len(here) + 1 + cell_len(word) > width:
                found, here = [*found, here], word
            else:
                here = f"{here} {word}" if here else word
        found.append(here)
    return found


def _fits(word: str, room: int) -> int:
    """How many characters of a word go into so many columns; at least one."""
    used = 0
    for place, character in enumerate(word):
        used += cell_len(character)
        if used > room:
            return max(place, 1)
    return len(word)


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns, ended by … where some was cut."""
    text = text.replace("\n", " ")
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """The text in exactly `width` columns."""
    return set_cell_size(cut(text, width), max(width, 0))


def hanging(label: str, text: str, width: int, style: Style = "", does: str | None = None) -> list[Line]:
    """A label and text whose further lines begin under the text, not under the label."""
    room = cell_len(label)
    if width - room < 12:
        label, room = "", 0
        text = f"{text}"
    return [
        (Piece(label if number == 0 else " " * room, style, does), Piece(part, style, does))
        for number, part in enumerate(wrap(text, width - room))
    ]


def ends(left: Sequence[Piece], right: str, width: int) -> Line:
    """Pieces to the left and text to the right edge; the right goes first where there is no room for both."""
    gap = width - width_of(tuple(left)) - cell_len(right)
    return (*left, Piece(" " * gap + right)) if gap >= 1 else tuple(left)


def flowing(pieces: Sequence[Piece], width: int, most: int, always: int = 0) -> list[Line]:
    """Words beside each other, two spaces between, on at most `most` lines. What doesn't fit is left out, from the
    end; the last `always` pieces are kept before all others."""
    kept = list(pieces)
    while True:
        lines, used = [list[Piece]()], 0
        for piece in kept:
            wide = cell_len(piece.text)
            if used and used + 2 + wide > width:
                lines, used = [*lines, []], 0
            if used:
                lines[-1].append(Piece("  "))
                used += 2
            lines[-1].append(piece)
            used += wide
        if len(lines) <= most or len(kept) <= max(always, 1):
            return [tuple(one) for one in lines[:most]]
        del kept[len(kept) - always - 1]


_PLAIN_SIGNS = str.maketrans(
    "✓✗–—·○●▸▲▼↑↓←→█░─…’‘”“✎−\u00a0\u202f",
    "xx--.o*>^v^v<>#.-.''\"\"e-  ",
)


def plain_signs(text: str) -> str:
    """The same text, as wide, with ASCII signs: for a terminal whose locale isn't UTF-8."""
    return text.translate(_PLAIN_SIGNS)
