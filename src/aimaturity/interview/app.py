"""The interview in a terminal: one question a screen, one key an answer, saved before anything else is drawn.

The session and the desk (saving) are shared with plain mode. Here is the app around the screens in `screens/`: what
they show is pure (`*_page.py`), what keys there are stands in `screens/commands.py`.

    from aimaturity.interview.app import Context, run
    what_next = run(desk, Context(glance=..., report=...))

Decide on plain mode before importing this: without a terminal at both ends Textual writes escape codes into the pipe.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from textual import events
from textual.app import App

from aimaturity.interview.app_context import Context
from aimaturity.interview.app_words import say
from aimaturity.interview.desk import Desk, NotSaved
from aimaturity.interview.screens.canvas import Canvas
from aimaturity.interview.screens.question import QuestionScreen
from aimaturity.interview.screens.widgets import Lines
from aimaturity.interview.session import Change

if TYPE_CHECKING:
    from textual.screen import Screen

    from aimaturity.interview.screens.commands import Where
    from aimaturity.interview.screens.sheet import Sheet

Next = Literal["pause", "report", "end", "closed", "unopened"]
Opening = Callable[[], tuple[Desk, Context] | None]
"""Opens what the desk keeps answers in, and gives the desk to go on at; None where the interview can't be held so."""
RETRY_SECONDS = 5.0
DRAFT_SECONDS = 2.0
MINUTE = 60.0


SIGNALS: dict[signal.Signals, Next] = {signal.SIGTERM: "pause"}
if hasattr(signal, "SIGHUP"):
    SIGNALS[signal.SIGHUP] = "closed"


class Interview(App[str], inherit_bindings=False):
    """The app. `by` is how the overview is drawn: by area, or by topic, which is the order of asking. With an `opening`
    the first screen is there to be read: then it is called, and what is pressed waits until it is done."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = "Screen { background: ansi_default; color: ansi_default; }"

    def __init__(self, desk: Desk, context: Context, driver: Any = None, opening: Opening | None = None) -> None:
        super().__init__(driver_class=driver, ansi_color=True)
        self.theme = "ansi-dark" if "ansi-dark" in self.available_themes else "textual-ansi"
        self.desk = desk
        self.context = context
        self.ascii_signs = bool(context.ascii_signs)
        self.by = "area"  # whether there are any is asked when somebody looks: they may be a model to load
        self.leaving = False
        self._opening = opening
        self._not_opened: Exception | None = None
        self._early: deque[events.Key | events.Paste | Lines.Clicked] = deque()
        self.saved_at: datetime | None = None
        self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        screen = QuestionScreen()
        screen.tell(*self._greeting())
        return screen

    def _greeting(self) -> Sequence[str]:
        return self.context.opening or ([] if self.desk.session.given else [say("welcome", self.desk.language)])

    def on_mount(self) -> None:
        self.set_interval(DRAFT_SECONDS, self._save_draft)
        self.set_interval(RETRY_SECONDS, self._retry)
        self.set_interval(MINUTE, self.redraw)
        self._listen()
        if self.desk.session.position is None:
            self.show("end")
        if self._opening is not None:
            self.call_after_refresh(self.run_worker, self._open, thread=True, exit_on_error=False)

    @property
    def fault(self) -> Exception | None:
        """What ended the app, if it was a fault."""
        return self._exception or self._not_opened

    # -- opening --

    def _open(self) -> None:
        """In a thread, when the first screen is drawn."""
        found = None
        try:
            found = self._opening() if self._opening is not None else None
        except Exception as error:  # ends the app, and is raised where it was run
            self._not_opened = error
        if self.is_running:
            self.call_from_thread(self._opened, found)

    def _opened(self, found: tuple[Desk, Context] | None) -> None:
        """Goes on at the desk that has been opened, and does what was pressed meanwhile."""
        self._opening = None
        if found is None:
            self.exit("unopened")
            return
        self.desk, self.context = found
        screen = self.screen
        assert isinstance(screen, QuestionScreen)
        screen.tell(*self._greeting())
        screen.arrive()
        screen.draw()
        if self.desk.session.position is None:
            self.show("end")
        self.call_next(self.take_early)

    # -- keys --

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes are done wholly, one after the other, in the order they came. Textual would put a key into
        the focused widget's queue, and one pressed right after a field is opened would still be a command."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and self.screen_stack:
            if self.sheet.ready and self._opening is None:
                await self.take(event)
            else:
                self._early.append(event)
        else:
            await super().on_event(event)

    def on_lines_clicked(self, message: Lines.Clicked) -> None:
        if self._opening is None:
            self.sheet.clicked(message.does)
        else:
            self._early.append(message)

    async def take(self, event: events.Key | events.Paste | Lines.Clicked) -> None:
        """Does what a key, a paste or a click does on the screen that is there now."""
        if isinstance(event, events.Paste):
            self.sheet.pasted(event.text)
        elif isinstance(event, Lines.Clicked):
            self.sheet.clicked(event.does)
        elif not await self._check_bindings(event.key, priority=True) and not self.sheet.typed(event):
            await self._check_bindings(event.key)

    async def take_early(self) -> None:
        """What was pressed while a screen was being made, or opened."""
        while self._early and self.sheet.ready and self._opening is None:
            await self.take(self._early.popleft())

    # -- ends --

    def _listen(self) -> None:
        """What is written is saved when the terminal is closed or the program told to end."""
        import asyncio

        loop = asyncio.get_running_loop()
        for name, what in SIGNALS.items() if not self.is_headless else ():
            with suppress(NotImplementedError):  # on Windows, where closing the window ends the process at once
                loop.add_signal_handler(name, self._end, what)

    def _end(self, what: str) -> None:
        self._save_draft()
        self.exit(what)

    def terminal_gone(self) -> None:
        self._end("closed")

    def pause(self) -> None:
        """Leaves; where something isn't saved, only when asked a second time."""
        sheet = self.sheet
        if self.desk.trouble is not None and not self.leaving:
            self.leaving = True
            sheet.tell(sheet.say("leave_unsaved"))
            sheet.draw()
            return
        self.exit("end" if self.desk.session.position is None else "pause")

    def _print_error_renderables(self) -> None:
        """A fault is raised by `run`, not printed: a traceback with local variables would show answers."""
        self._exit_renderables.clear()

    # -- saving --

    @property
    def sheet(self) -> Sheet:
        return self.screen  # type: ignore[return-value]

    def keep(self, change: Change) -> Change:
        """Saves a change, unless one only looks."""
        if not self.context.read_only:
            self.desk.keep(change)
            if change.events:
                self._noted()
        return change

    def _noted(self) -> None:
        if self.desk.trouble is None:
            self.saved_at = self.context.now()

    def status(self) -> tuple[str, bool]:
        """Whether all is saved, and whether that must not be overlooked."""
        language, trouble = self.desk.language, self.desk.trouble
        if self._opening is not None:
            return say("opening", language), False
        if self.context.read_only:
            return say("read_only", language), False
        if trouble is not None:
            reason = trouble.reason.message(language)
            if trouble.lost_hold:
                return say("lost_hold", language, reason=reason[:1].upper() + reason[1:]), True
            return say("not_saved", language, reason=reason), True
        if self.saved_at is None:
            return "", False
        return say(
            "saved", language, time=self.saved_at.strftime("%H.%M.%S" if language == "sv" else "%H:%M:%S")
        ), False

    def retry(self) -> bool:
        """Tries again what waits; whether all is saved now."""
        done = self.desk.retry()
        self._noted()
        return done

    def _retry(self) -> None:
        trouble = self.desk.trouble
        if trouble is not None and not trouble.lost_hold and not self.context.read_only:
            if self.retry():
                self.leaving = False
            self.sheet.draw()

    def _save_draft(self) -> None:
        for screen in self.screen_stack:
            screen.save_draft()  # type: ignore[attr-defined]
        self.redraw()

    def redraw(self) -> None:
        if self.is_running and self.screen_stack and isinstance(self.screen, Canvas):
            self.sheet.draw()

    def save_elsewhere(self, path: str) -> None:
        """Writes the answers to a file that the adviser has named, and tells how that went."""
        if self.context.save is not None:
            self._told(tuple(self.context.save(path)))

    # -- where one is --

    def arrived(self) -> None:
        """Saves where one stands, and shows it."""
        if not self.context.read_only:
            self.desk.moved()
        self.stand()

    def stand(self) -> None:
        """Shows the screen that belongs to where the session stands. It is drawn when it is back, or by the key."""
        from aimaturity.interview.screens.lists import EndScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, EndScreen):
            self.pop_screen()
        at_end = self.desk.session.position is None
        if at_end and len(self.screen_stack) == 1:
            self.push_screen(EndScreen())
        elif not at_end and len(self.screen_stack) > 1:
            self.pop_screen()

    def go(self, question: str) -> None:
        """To a question; the next Enter comes back to where one was."""
        self.desk.session.go(question)
        self.arrived()

    def finish(self) -> None:
        """To the end, from wherever one is."""
        self.desk.session.finish()
        self.arrived()

    def next_missing(self, sheet: Sheet) -> None:
        session = self.desk.session
        if session.next_missing() is None:
            only = bool(session.missing())
            if only and len(self.screen_stack) > 1:
                self.arrived()
                return
            sheet.tell(sheet.say("only_this_missing" if only else "nothing_missing"))
            return
        self.arrived()

    def show(self, name: Literal["overview", "search", "end"]) -> None:
        from aimaturity.interview.screens import lists

        screens = {"overview": lists.OverviewScreen, "search": lists.SearchScreen, "end": lists.EndScreen}
        self._over(screens[name]())

    def _over(self, screen: Sheet) -> None:
        """Lays a screen over the question or the end; never over another list or text."""
        base = 2 if self.desk.session.position is None else 1
        while len(self.screen_stack) > base:
            self.pop_screen()
        self.push_screen(screen)

    def close(self, sheet: Sheet) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def show_help(self, where: Where) -> None:
        from aimaturity.interview.screens.reading import HelpScreen

        self.push_screen(HelpScreen(where))

    def show_history(self, question: str | None) -> None:
        from aimaturity.interview.screens.reading import HistoryScreen

        if question is None:
            return
        history, trouble = {}, ""
        try:
            history = {name: self.desk.keeper.history(name) for name in self.desk.session.variables(question)}
        except NotSaved as failed:
            language = self.desk.language
            trouble = say("history_unread", language, reason=failed.reason.message(language))
        self.push_screen(HistoryScreen(question, history, trouble))

    def show_preview(self) -> None:
        from aimaturity.interview.screens.reading import PreviewScreen

        if self.context.glance is None:
            self.sheet.tell(self.sheet.say("no_preview"))
        else:
            self._over(PreviewScreen())

    def turn_language(self) -> None:
        self.desk.language = "en" if self.desk.language == "sv" else "sv"

    # -- what takes a while --

    def glance_for(self, sheet: Sheet, seen: Callable[[tuple[str, ...]], None]) -> None:
        """Works out the result at a glance, and gives it when it is there."""
        if self.context.glance is not None:
            seen((sheet.say("working"),))
            self._in_thread(self.context.glance, seen)

    def make_report(self, sheet: Sheet) -> None:
        if self.context.report is not None:
            sheet.tell(sheet.say("working"))
            self._in_thread(self.context.report, lambda lines: self._told(lines))
        elif self.desk.session.position is None and self.desk.trouble is None:
            self.exit("report")
        else:
            sheet.tell(sheet.say("no_report"))

    def write_question_list(self, sheet: Sheet) -> None:
        if self.context.question_list is not None:
            sheet.tell(sheet.say("working"))
            self._in_thread(self.context.question_list, lambda lines: self._told(lines))

    def _told(self, lines: tuple[str, ...]) -> None:
        self.sheet.tell(*lines)
        self.redraw()

    def _in_thread(self, work: Callable[[str], Sequence[str]], done: Callable[[tuple[str, ...]], None]) -> None:
        language = self.desk.language

        def working() -> None:
            try:
                lines = tuple(work(language))
            except Exception as error:  # a fault in the result must not end the interview
                lines = (say("failed", language, reason=f"{type(error).__name__}"),)
            if self.is_running:
                self.call_from_thread(done, lines)

        self.run_worker(working, thread=True, exclusive=False, exit_on_error=False)


def farewell(desk: Desk) -> str:
    """What is said when the app is left: where one stands, and that it is saved, or not."""
    language = desk.language
    if desk.trouble is not None:
        reason = desk.trouble.reason.message(language)
        return say("farewell_unsaved", language, reason=reason)
    position = desk.session.position
    if position is None:
        return say("farewell_end", language)
    number, of = desk.session.number(position)
    return say("farewell", language, number=number, of=of)


def run(desk: Desk, context: Context | None = None, opening: Opening | None = None) -> Next:
    """Holds the interview until it is left. Returns what the adviser wants next: "pause", "end" (left from the end),
    "report" (made by the caller), or "closed" (the terminal is gone: there is nobody to say anything to).

    opening  called in a thread once the first screen is drawn; desk and context are for that screen alone, and nothing
             is pressed on it. Where it gives no desk, the app ends with "unopened".

    Says `farewell` on standard output. A fault in the program is raised, with the terminal as it was.
    """
    context = context or Context()
    driver = None
    if sys.platform != "win32":
        from aimaturity.interview.screens.terminal import Terminal, terminal_encoding

        driver = Terminal
        if context.ascii_signs is None:
            from dataclasses import replace

            context = replace(context, ascii_signs=not terminal_encoding()[1])
    app = Interview(desk, context, driver, opening)
    handlers = {name: signal.getsignal(name) for name in SIGNALS}
    try:
        result = app.run()
    finally:  # the event loop leaves the default behind
        for name, handler in handlers.items():
            signal.signal(name, handler)
    if app.fault is not None:
        raise app.fault
    what: Next = result if result in get_args(Next) else "pause"  # type: ignore[assignment]
    if what not in ("closed", "unopened"):
        print(farewell(app.desk))
    return what


__all__ = ["Context", "Interview", "Next", "farewell", "run"]
