"""`interview`: asks, saves every answer as it is given, resumes where it stopped, and shows the result."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from aimaturity.cli import DONE, FAILED
from aimaturity.cli.interview_early import OCCASIONS, Asked, Left, first_screen
from aimaturity.cli.interview_words import say
from aimaturity.cli.shared import fail, out, remark, tell, typed
from aimaturity.programme.store import StoreRefused

if TYPE_CHECKING:  # the first screen is drawn without them
    from aimaturity.cli.interview_held import Held
    from aimaturity.interview.app_context import Context
    from aimaturity.interview.desk import Desk
    from aimaturity.interview.face import Source


def run(
    company: str | None,
    questionnaire: str,
    plain: bool,
    database: str | None,
    lang: str,
    adviser: str | None,
    occasion: str | None,
) -> NoReturn:
    if occasion is not None and occasion not in OCCASIONS:
        remark(say("bad_occasion", lang))
        fail()
    typed = sys.stdin.isatty()
    screen = typed and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    in_app = screen and not plain
    _read_as_text(typed)
    asked = Asked(company, questionnaire, adviser, occasion, lang, typed)
    first = first_screen(asked, database) if in_app else None
    try:
        code = _opened_behind(first, asked, database) if first is not None else None
        if code is None:
            code = _opened_first(asked, database, in_app)
    except StoreRefused as refused:
        tell([refused.diagnostic], lang)
        fail()
    except Left:
        remark(say("left", lang))
        fail()
    raise typer.Exit(code)


def _read_as_text(typed: bool) -> None:
    """Bytes that aren't text come in as surrogates, and are told. A pipe is UTF-8, with or without a mark."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        encoding = {} if typed else {"encoding": "utf-8-sig"}
        reconfigure(errors="surrogateescape", **encoding)


def _opened_behind(first: tuple[Desk, Context], asked: Asked, database: str | None) -> int | None:
    """Holds an interview whose first screen is drawn while its store is opened; the exit code. None where something
    has to be asked or told before it can begin."""
    opening = Opening(asked, database)
    what = run_app(*first, opening)
    if opening.held is not None:
        with opening.held:
            return _app_left(opening.held, what)
    if opening.refused is not None:
        raise opening.refused
    return DONE if what == "closed" else None


class Opening:
    """Opens the store and begins the interview, in a thread of a screen that is drawn already.

    held     the interview; None where it couldn't be begun without asking or telling something
    refused  why, if it was the store
    """

    def __init__(self, asked: Asked, database: str | None) -> None:
        self._asked, self._database = asked, database
        self.held: Held | None = None
        self.refused: StoreRefused | None = None

    def __call__(self) -> tuple[Desk, Context] | None:
        """The desk to go on at; None where there is none."""
        from aimaturity.cli.interview_held import begin_unasked

        try:
            self.held = begin_unasked(self._asked, self._database)
        except StoreRefused as refused:
            self.refused = refused
        except Left:
            pass
        _collect_again()
        return (self.held.desk, self.held.beside.app_context()) if self.held is not None else None


def _opened_first(asked: Asked, database: str | None, in_app: bool) -> int:
    """Holds an interview, in the app or in lines; the exit code."""
    from aimaturity.cli.interview_held import begin
    from aimaturity.interview.face import Source

    source = Source(sys.stdin)
    with begin(asked, database, source, sys.stdout) as held:
        _collect_again()
        if in_app:
            return _app_left(held, run_app(held.desk, held.beside.app_context()))
        return _in_lines(held, source, asked.typed)


def _collect_again() -> None:
    """From here on garbage is looked for, but never among all that the start has made: a key would wait for it."""
    gc.freeze()
    gc.enable()


def _in_lines(held: Held, source: Source, typed: bool) -> int:
    from aimaturity.interview.plain import exit_code, hold

    desk, beside = held.desk, held.beside
    ended = hold(desk, source, sys.stdout, sys.stderr, typed=typed, context=beside.context())
    if ended.how == "end" and not typed:
        for line in beside.glance(desk.language):
            out(line)
    if ended.how != "lost":
        _afterwards(held, ended.how == "end" and not ended.unsaved)
    return exit_code(ended)


def _app_left(held: Held, what: str) -> int:
    """What follows when the app is left; the exit code."""
    desk = held.desk
    if what == "report":
        for line in held.beside.report(desk.language):
            out(line)
    if what == "closed":  # the terminal is gone: there is nobody to say anything to
        return FAILED if desk.unsaved else DONE
    _afterwards(held, what in ("end", "report") and desk.session.position is None)
    return FAILED if desk.unsaved else DONE


def _afterwards(held: Held, finished: bool) -> None:
    """Says how to go on; marks as finished what was left from its end."""
    started, desk = held.started, held.desk
    company, lang = started.company.id, desk.language if desk.language in ("sv", "en") else "en"
    shown = typed(company)
    if finished and not started.look:
        held.store.finish(started.assessment.id)
        out(say("next_report", lang, company=shown))
    elif not finished:
        other = started.assessment.questionnaire
        more = "" if other == "ai-maturity" else f" -q {other}"
        out(say("resume_with", lang, company=shown, more=more))


def run_app(desk: Desk, context: Context, opening: Opening | None = None) -> str:
    """Holds the interview in the terminal app: what to do next (pause, report, end, closed, unopened). Textual is
    imported with it, and only where there is a terminal at both ends."""
    from aimaturity.interview import app

    return app.run(desk, context, opening)
