"""`interview`: asks, saves every answer as it is given, resumes where it stopped, and shows the result."""

from __future__ import annotations

import os
import shlex
import sys
from typing import NoReturn

import typer

from aimaturity.cli import DONE, FAILED
from aimaturity.cli.interview_desk import Beside, Model, desk_of
from aimaturity.cli.interview_start import OCCASIONS, Asked, Left, Start, Started
from aimaturity.cli.interview_words import say
from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.interview.desk import Desk
from aimaturity.interview.face import Source
from aimaturity.programme.store import Store, StoreRefused, open_store


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
    try:
        store = open_store(database)
        try:
            code = _held(store, Source(sys.stdin), asked, in_app)
        finally:
            store.close()
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


def _held(store: Store, source: Source, asked: Asked, in_app: bool) -> int:
    """Holds one interview; the exit code."""
    started = Start(store, source, sys.stdout, asked).started()
    try:
        model = Model(started.assessment.questionnaire)
        desk = desk_of(store, started, asked.lang, model)
        beside = Beside(store, started, desk, model)
        return (_in_app if in_app else _in_lines)(store, started, desk, beside, source, asked.typed)
    finally:
        _released(store, started)


def _released(store: Store, started: Started) -> None:
    """Lets others in. Where that can't be written, the hold of a process that is gone is nobody's."""
    try:
        if started.hold is not None:
            store.release(started.hold)
    except StoreRefused as refused:
        tell([refused.diagnostic], started.assessment.language or "sv")


def _in_lines(store: Store, started: Started, desk: Desk, beside: Beside, source: Source, typed: bool) -> int:
    from aimaturity.interview.plain import exit_code, hold

    ended = hold(desk, source, sys.stdout, sys.stderr, typed=typed, context=beside.context())
    if ended.how == "end" and not typed:
        for line in beside.glance(desk.language):
            out(line)
    if ended.how != "lost":
        _afterwards(store, started, desk, ended.how == "end" and not ended.unsaved)
    return exit_code(ended)


def _in_app(store: Store, started: Started, desk: Desk, beside: Beside, source: Source, typed: bool) -> int:
    what = run_app(desk, beside, started)
    if what == "report":
        for line in beside.report(desk.language):
            out(line)
    if what == "closed":  # the terminal is gone: there is nobody to say anything to
        return FAILED if desk.unsaved else DONE
    _afterwards(store, started, desk, what in ("end", "report") and desk.session.position is None)
    return FAILED if desk.unsaved else DONE


def _afterwards(store: Store, started: Started, desk: Desk, finished: bool) -> None:
    """Says how to go on; marks as finished what was left from its end."""
    company, lang = started.company.id, desk.language if desk.language in ("sv", "en") else "en"
    shown = shlex.quote(company)
    if finished and not started.look:
        store.finish(started.assessment.id)
        out(say("next_report", lang, company=shown))
    elif not finished:
        other = started.assessment.questionnaire
        more = "" if other == "ai-maturity" else f" -q {other}"
        out(say("resume_with", lang, company=shown, more=more))


def run_app(desk: Desk, beside: Beside, started: Started) -> str:
    """Holds the interview in the terminal app: what to do next (pause, report, end, closed). Textual is imported with
    it, and only where there is a terminal at both ends."""
    from aimaturity.interview import app

    context = app.Context(
        glance=beside.result,
        report=beside.report,
        question_list=beside.questions,
        save=beside.save,
        read_only=started.look,
        occasion=started.assessment.occasion or "",
        opening=started.opening,
    )
    return app.run(desk, context)
