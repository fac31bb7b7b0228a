"""How every screen is laid out and drawn: header, body, field, what is told, footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import Screen

from aimaturity.interview.app_words import say
from aimaturity.interview.screens.commands import COMMANDS, DIGITS, Where, command, keys_of
from aimaturity.interview.screens.frame import footer, header, told
from aimaturity.interview.screens.lines import Line, Page, line, wrap
from aimaturity.interview.screens.widgets import Lines
from aimaturity.interview.session import Session

if TYPE_CHECKING:
    from aimaturity.interview.app import Interview
    from aimaturity.interview.screens.writing import Writing

WIDE = 120
SIDE = 46
FOOTERS: dict[Where, tuple[str, ...]] = {
    "question": (
        "on", "back", "filter", "comment", "evidence", "overview", "missing", "search", "history", "language",
        "preview", "report",
    ),
    "overview": ("on", "turn", "missing", "search", "close", "history", "language"),
    "search": ("on", "close"),
    "reading": ("close", "language"),
    "end": ("on", "report", "ask_list", "missing", "back", "overview", "search", "language"),
}  # fmt: skip
"""What the footer of a screen names, most needed first; help and pause come last and always."""


def bindings_for(where: Where) -> list[BindingType]:
    """The bindings of a screen. Their ids are the commands', so that a keymap can move them."""
    found: list[BindingType] = []
    for one in COMMANDS:
        if where in one.where:
            plain = [key for key in keys_of(one) if not key.startswith("ctrl")]
            always = [key for key in keys_of(one) if key.startswith("ctrl")]
            found.append(Binding(",".join(plain), f"command('{one.id}')", id=one.id, show=False))
            found += [Binding(key, f"command('{one.id}')", show=False, priority=True) for key in always]
    if where == "question":
        found += [Binding(digit, f"digit('{digit}')", id=f"digit_{digit}", show=False) for digit in (*DIGITS, "0")]
    return found


@dataclass(frozen=True, slots=True)
class Field:
    """What is being written in the lower part.

    what      a detail of an answer (comment, evidence_note, ask, reason, why), or text, filter, search, path
    variable  whose answer it belongs to
    title     the line above it
    """

    what: str
    variable: str
    title: str
    one_line: bool = True


class Canvas(Screen[None], inherit_bindings=False):
    """A screen as it is drawn. Subclasses say what its body is.

    notices  what the last key was answered with
    ready    whether there is anything to draw on yet
    field    what is being written in the lower part, and `writing` the widget for it
    """

    WHERE: ClassVar[Where] = "reading"
    CSS = """
    Canvas { background: ansi_default; color: ansi_default; layout: vertical; overflow: hidden hidden; }
    #head { dock: top; }
    #foot { dock: bottom; }
    #title { display: none; }
    """
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[str] = []
        self.field: Field | None = None
        self.writing: Writing | None = None
        self._written: str | None = None
        self.ready = False

    @property
    def interview(self) -> Interview:
        return self.app  # type: ignore[return-value]

    @property
    def session(self) -> Session:
        return self.interview.desk.session

    @property
    def language(self) -> str:
        return self.interview.desk.language

    def say(self, key: str, **facts: object) -> str:
        return say(key, self.language, **facts)

    # -- what subclasses give --

    def body(self, width: int, height: int) -> Page:
        raise NotImplementedError

    def heading(self) -> tuple[str, str]:
        """The middle of the header, and its right end."""
        raise NotImplementedError

    def side(self, width: int) -> list[Line]:
        """What stands beside the body where the window is wide."""
        return []

    def footer_words(self) -> list[tuple[str, str, str]]:
        """(key, word, command) of the footer."""
        words = []
        for name in FOOTERS[self.WHERE]:
            if self.offered(name):
                words.append((command(name).shown[self._shown], self.say(self.word_of(name)), name))
        return words

    def offered(self, name: str) -> bool:
        """Whether the footer names a command just now."""
        return True

    def word_of(self, name: str) -> str:
        return f"key_{name}"

    @property
    def _shown(self) -> str:
        return "sv" if self.language == "sv" else "en"

    # -- drawing --

    def compose(self) -> ComposeResult:
        plain = self.interview.ascii_signs
        for name in ("head", "body", "title", "foot"):
            yield Lines(id=name, ascii_signs=plain)

    def lines(self, name: str) -> Lines:
        return self.get_child_by_id(name, Lines)

    async def on_mount(self) -> None:
        self.ready = True
        self.begun()
        await self.interview.take_early()

    def begun(self) -> None:
        """The screen is there, and nothing has been pressed on it yet."""

    def on_resize(self, event: events.Resize) -> None:
        self.draw()

    def on_screen_resume(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draws all that changed."""
        if not self.ready or not self.size.width:
            return
        size = (self.size.width, self.size.height)
        width, height = size
        middle, right = self.heading()
        desk, context = self.interview.desk, self.interview.context
        planned = context.planned_minutes if context.planned_minutes is not None else self.session.planned_minutes()
        minutes = (int(desk.used() // 60), round(planned))
        head = header(self.session, desk.company, middle, right, self.language, minutes, size)
        foot = [*told(self.notices, *self.interview.status(), size), *footer(self._footer(), size)]
        if width < 30 or height < 6:
            head, foot = [], [line(wrap(self.say("too_small"), width)[0])]
        room = height - len(head) - len(foot)
        title, field_height = self._field_size(width, room)
        room -= len(title) + field_height
        side = self.side(SIDE) if width >= WIDE else []
        self._place("head", head)
        self._place("foot", foot)
        self._place("title", title)
        if self.writing is not None:
            self.writing.styles.height = field_height
        page = self.body(width - 1 - (SIDE if side else 0), room)
        body = self.lines("body")
        body.styles.height = room
        body.show(page, room, side, width - SIDE)
        if self.writing is None and page.at is not None:
            self.app.cursor_position = Offset(page.column, len(head) + page.at - body.top)

    def _place(self, name: str, lines: list[Line]) -> None:
        widget = self.lines(name)
        widget.display = bool(lines)
        if lines:
            widget.styles.height = len(lines)
            widget.show(Page(tuple(lines)), len(lines))

    def _field_size(self, width: int, room: int) -> tuple[list[Line], int]:
        """The field's title, and its height: half of what there is for prose, a line or two for a line."""
        if self.field is None:
            return [], 0
        title = [line(" " + part, "bold") for part in wrap(self.field.title, width - 2)]
        if self.field.what == "evidence":
            return title, 0
        most = max(room // 2, 2)
        title = title[: max(most - 1, 1)]
        return title, (2 if room > 8 else 1) if self.field.one_line else max(most - len(title), 1)

    def _footer(self) -> list[tuple[str, str, str]]:
        language = self._shown
        if self.field is not None and self.field.what == "filter":
            words = [("↑↓", self.say("key_arrows"), ""), ("Enter", self.say("key_choose"), "submit")]
            return [*words, ("Esc", self.say("key_show_all"), "close"), ("Ctrl+Q", self.say("key_pause"), "pause")]
        if self.field is not None and self.field.what != "search":
            words = [("Esc", self.say("key_close_field"), "close")]
            if self.field.one_line:
                words = [("Enter", self.say("key_keep"), "submit"), ("Esc", self.say("key_pass"), "close")]
            return [*words, ("Ctrl+Q", self.say("key_pause"), "pause")]
        words = self.footer_words()
        if self.interview.desk.trouble is not None:
            words = [(key, self.say(f"key_{name}"), name) for key, name in (("x", "retry"), ("w", "elsewhere"))] + words
        if self.WHERE == "search":
            return [*words, ("Ctrl+Q", self.say("key_pause"), "pause")]
        last = "key_leave" if self.WHERE == "end" else "key_pause"
        return [
            *words,
            (command("help").shown[language], self.say("key_help"), "help"),
            (command("pause").shown[language], self.say(last), "pause"),
        ]

    def tell(self, *sentences: str) -> None:
        """Shows these instead of what was told before."""
        self.notices = [one for one in sentences if one]
