"""The keys, in one table: what binds them, what the footer shows and what the help lists is made of it. Pure.

Letters of both languages always work; the footer shows the current language's. Nothing lies on AltGr, dead keys, Alt,
or what terminals and browsers keep for themselves. A small letter and its capital are the same key: Caps Lock is on
sometimes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aimaturity.interview.app_words import say

Where = Literal["question", "overview", "search", "reading", "end"]
ALL: tuple[Where, ...] = ("question", "overview", "search", "reading", "end")


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    id     names the action, its words (`key_<id>` for the footer, `help_<id>` for the help) and its place in a keymap
    keys   as Textual names them; letters in lower case
    shown  language -> the key as the footer writes it
    where  the screens that it works on
    """

    id: str
    keys: tuple[str, ...]
    shown: dict[str, str]
    where: tuple[Where, ...]


def _same(shown: str) -> dict[str, str]:
    return {"sv": shown, "en": shown}


COMMANDS: tuple[Command, ...] = (
    Command("on", ("enter", "right"), _same("Enter"), ALL),
    Command("back", ("b", "left", "pageup"), _same("b"), ("question", "overview", "reading", "end")),
    Command("up", ("up",), _same("↑"), ALL),
    Command("down", ("down",), _same("↓"), ALL),
    Command("row_on", ("tab",), _same("Tab"), ("question",)),
    Command("row_back", ("shift+tab",), _same("Shift+Tab"), ("question",)),
    Command("tick", ("space",), {"sv": "mellanslag", "en": "space"}, ("question",)),
    Command("dont_know", ("d", "v"), _same("d"), ("question",)),
    Command("not_applicable", ("n",), _same("n"), ("question",)),
    Command("confirm", ("+",), _same("+"), ("question",)),
    Command("filter", ("f",), _same("f"), ("question",)),
    Command("comment", ("c", "k"), {"sv": "k", "en": "c"}, ("question",)),
    Command("evidence", ("e", "u"), {"sv": "u", "en": "e"}, ("question",)),
    Command("missing", ("m",), _same("m"), ("question", "overview", "reading", "end")),
    Command("search", ("s", "/"), _same("s"), ("question", "overview", "reading", "end")),
    Command("overview", ("g", "ö"), {"sv": "ö", "en": "g"}, ("question", "overview", "reading", "end")),
    Command("turn", ("tab",), _same("Tab"), ("overview",)),
    Command("history", ("t",), _same("t"), ("question", "overview", "reading", "end")),
    Command("preview", ("p",), _same("p"), ("question", "overview", "reading", "end")),
    Command("report", ("r",), _same("r"), ("question", "overview", "reading", "end")),
    Command("ask_list", ("f",), _same("f"), ("end",)),
    Command("language", ("l",), _same("l"), ("question", "overview", "reading", "end")),
    Command("close", ("escape", "f2"), _same("Esc"), ALL),
    Command("first", ("home",), _same("Home"), ALL),
    Command("last", ("end",), _same("End"), ALL),
    Command("page", ("pagedown",), _same("PgDn"), ALL),
    Command("retry", ("x",), _same("x"), ("question", "overview", "reading", "end")),
    Command("elsewhere", ("w",), _same("w"), ("question", "overview", "reading", "end")),
    Command("help", ("h", "?", "f1"), _same("h"), ("question", "overview", "reading", "end")),
    Command("pause", ("q", "ctrl+q", "ctrl+c"), _same("q"), ALL),
)
DIGITS = tuple("123456789")
NOT_IN_HELP = ("up", "down", "row_on", "row_back", "first", "last", "page", "retry", "elsewhere")
"""Told in a line of their own, or only when they are of use. Tab does what the arrow down does, as in forms: without
it, two numbers typed with Tab between them would be one."""


def command(id: str) -> Command:
    return next(one for one in COMMANDS if one.id == id)


def keys_of(one: Command) -> tuple[str, ...]:
    """Its keys, letters in both cases."""
    small = [key for key in one.keys if len(key) == 1 and key.isalpha()]
    return (*one.keys, *(key.upper() for key in small))


def help_lines(where: Where, language: str) -> list[tuple[str, str]]:
    """(keys, what they do) of a screen, both languages' letters."""
    found = (
        [("1–9", say("help_digits", language)), ("↑ ↓", say("help_arrows", language))] if where == "question" else []
    )
    for one in COMMANDS:
        if where in one.where and one.id not in NOT_IN_HELP:
            shown = " ".join(say(f"keyname_{key}", language) if len(key) > 1 else key for key in one.keys)
            found.append((shown, say(f"help_{one.id}", language)))
    return found
