"""Which keys may be bound at all: none that a keyboard, terminal, browser or screen reader makes hard or keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

from aimaturity.interview.app import Interview
from aimaturity.interview.app_words import WORDS, say
from aimaturity.interview.screens.commands import ALL, COMMANDS, help_lines, keys_of
from aimaturity.interview.screens.lists import EndScreen, OverviewScreen, SearchScreen
from aimaturity.interview.screens.question import QuestionScreen
from aimaturity.interview.screens.reading import HelpScreen, HistoryScreen, PreviewScreen
from aimaturity.interview.screens.sheet import Sheet
from aimaturity.interview.screens.widgets import Lines
from aimaturity.interview.screens.writing import EDITS, Writing
from tests.interview.pilot import Held, hold

SCREENS = [QuestionScreen, OverviewScreen, SearchScreen, EndScreen, HelpScreen, HistoryScreen, PreviewScreen]
LETTERS = "abcdefghijklmnopqrstuvwxyzö"
ALLOWED = {
    *map(_character_to_key, LETTERS + LETTERS.upper() + "0123456789+/?"),
    "enter", "space", "tab", "shift+tab", "escape", "backspace", "delete", "up", "down", "left", "right", "home", "end", "pageup",
    "pagedown", "f1", "f2", "ctrl+q", "ctrl+c",
}  # fmt: skip
IN_TEXT = {
    "ctrl+left", "ctrl+right", "shift+up", "shift+down", "shift+left", "shift+right", "shift+home", "shift+end",
}  # fmt: skip
"""Only for moving and marking in a text field."""


def bound(made: type) -> dict[str, list[Binding]]:
    return made._merge_bindings().key_to_bindings


@pytest.mark.parametrize("made", [Interview, Sheet, Lines, *SCREENS], ids=lambda made: made.__name__)
def test_only_keys_of_the_allow_list_are_bound(made: type) -> None:
    assert set(bound(made)) <= ALLOWED


def test_in_a_text_field_only_keys_for_moving_and_deleting_do_something_else_than_writing() -> None:
    assert bound(Writing) == {}
    assert set(EDITS) <= ALLOWED | IN_TEXT


@pytest.mark.parametrize("made", SCREENS, ids=lambda made: made.__name__)
def test_on_no_screen_a_key_means_two_things(made: type) -> None:
    assert [key for key, bindings in bound(made).items() if len(bindings) > 1] == []


def test_every_binding_of_a_screen_has_an_id_so_that_a_keymap_can_move_it() -> None:
    for made in SCREENS:
        for key, bindings in bound(made).items():
            assert bindings[0].id or key.startswith("ctrl"), key


def test_a_keymap_moves_a_command() -> None:
    async def story(held: Held) -> None:
        held.app.set_keymap({"comment": "o"})
        await held.press("o")
        await held.until(lambda: held.app.sheet.field is not None and held.app.sheet.field.what == "comment")

    hold(story, position="data_access")


def test_the_widget_in_the_lower_part_is_the_only_one_that_takes_focus() -> None:
    assert not Lines.can_focus


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("where", ALL)
def test_the_help_names_every_command_of_a_screen_and_both_languages_letters(where: str, language: str) -> None:
    lines = help_lines(where, language)  # type: ignore[arg-type]
    told = {word for keys, _ in lines for word in keys.split()}
    for command in COMMANDS:
        if where in command.where and say("help_help", language) and f"help_{command.id}" in WORDS:
            for key in command.keys:
                assert (key if len(key) == 1 else say(f"keyname_{key}", language)) in told


def test_the_documentation_names_every_key() -> None:
    text = (Path(__file__).parents[2] / "docs" / "interview.md").read_text("utf-8")
    shown = {"enter": "Enter", "right": "→", "left": "←", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn"}
    shown |= {"escape": "Esc", "ctrl+q": "Ctrl+Q", "ctrl+c": "Ctrl+C", "space": "space", "shift+tab": "Shift+Tab"}
    for command in COMMANDS:
        for key in command.keys:
            assert f"`{shown.get(key, key if len(key) == 1 else key.capitalize())}`" in text, key


def test_letters_of_both_languages_and_capitals_are_the_same_command() -> None:
    comment = next(command for command in COMMANDS if command.id == "comment")
    assert keys_of(comment) == ("c", "k", "C", "K")


def test_words_exist_in_both_languages_with_the_same_facts() -> None:
    from string import Formatter

    for key, both in WORDS.items():
        facts = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in both]
        assert facts[0] == facts[1], key
        assert all(both), key
        assert not key.endswith("_1") or key[:-2] in WORDS, key
