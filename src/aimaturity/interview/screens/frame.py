"""What all screens share, as lines: the header, the last lines, the footer. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from aimaturity.interview.app_words import say
from aimaturity.interview.screens.lines import EMPTY, Line, Piece, Style, cut, ends, flowing, line, padded, wrap
from aimaturity.interview.screens.telling import bar, counts_told
from aimaturity.interview.session import Session

LOW = 16
"""Under this height the rules go, and the header is one line."""
MOST_TOLD = 4
"""Lines of what a key is answered with."""


def rule(width: int) -> Line:
    return line("─" * width)


def header(
    session: Session,
    company: str,
    middle: str,
    right: str,
    language: str,
    minutes: tuple[int, int],
    size: tuple[int, int],
) -> list[Line]:
    """Who, where, how far and how long. `minutes` used and planned (0: no plan)."""
    width, height = size
    corner = f"{right}  {language} "
    room = width - len(corner) - 2
    name = cut(company, max(room - len(middle) - 4, room // 2))
    gap = max(min(32, room - len(middle) - 2), len(name) + 2)
    left = padded(" " + name, gap) + " " + middle
    first = ends([Piece(cut(left, room), "bold")], corner, width)
    if height < LOW:
        return [first]
    used, planned = minutes
    time = say("minutes" if planned else "minutes_used", language, used=used, planned=planned)
    counts = counts_told(session, language)
    long = max(min(width - len(counts) - len(time) - 7, 28), 0)
    second = ends([Piece(f" {bar(session, long)}  {counts}" if long >= 8 else f" {counts}")], time + " ", width)
    return [first, second, rule(width)]


def told(notices: Sequence[str], status: str, alarming: bool, size: tuple[int, int]) -> list[Line]:
    """What the last key was answered with, then whether all is saved."""
    width, height = size
    most = MOST_TOLD if height >= LOW else 2
    lines = [line(" " + part) for notice in notices for part in wrap(notice, width - 2)]
    if len(lines) > most:
        lines = [
            *lines[: most - 1],
            line(" " + cut(" ".join(one[0].text.strip() for one in lines[most - 1 :]), width - 2)),
        ]
    style: Style = "bold reverse" if alarming else ""
    # Its line is there before there is anything to say, so that nothing moves when it comes.
    status_lines = [line(" " + part, style) for part in wrap(status, width - 2)] if status else [EMPTY][: height >= LOW]
    return [*lines, *status_lines[: 2 if height >= LOW or alarming else 1]]


def footer(words: Sequence[tuple[str, str, str]], size: tuple[int, int]) -> list[Line]:
    """Words to press or click: (key, word, what it does). The last two, help and pause, stay whatever the width."""
    width, height = size
    pieces = [Piece(f"{key} {word}".strip(), "", does or None) for key, word, does in words]
    lines = flowing(pieces, width - 2, 2 if height >= LOW else 1, always=2)
    drawn = [(Piece(" "), *one) for one in lines]
    return [rule(width), *drawn] if height >= LOW else list(drawn)
