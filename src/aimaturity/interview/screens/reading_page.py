"""Pages that are only read: the keys, an answer's history, the preview. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from aimaturity.interview.app_words import say
from aimaturity.interview.desk import Past
from aimaturity.interview.screens.commands import Where, help_lines
from aimaturity.interview.screens.lines import EMPTY, Line, Page, hanging, line, wrap
from aimaturity.interview.screens.lists_page import wrap_kept
from aimaturity.interview.screens.rows import answer_words
from aimaturity.interview.session import Session, State
from aimaturity.interview.words import day_words


def help_page(where: Where, language: str, width: int) -> Page:
    """All keys of a screen."""
    lines: list[Line] = [line(" " + part) for part in wrap(say("help_both", language), width - 2)] + [EMPTY]
    for keys, words in help_lines(where, language):
        lines += hanging(f" {keys:<17}", words, width - 1)
    lines += [EMPTY, *(line(" " + part) for part in wrap(say("help_mouse", language), width - 2))]
    return Page(tuple(lines))


def preview_page(glance: Sequence[str], language: str, width: int) -> Page:
    """The result as it would be now, with what it does to an interview above."""
    lines = [line(" " + part, "bold") for part in wrap(say("preview_bias", language), width - 2)] + [EMPTY]
    lines += [line(" " + part) for said in glance for part in wrap_kept(said, width - 2)]
    return Page(tuple(lines))


def history_page(
    session: Session, question: str, history: dict[str, Sequence[Past]], language: str, width: int, trouble: str = ""
) -> Page:
    """What was answered beforehand, another time and in this interview, latest last, in the order it was given: the
    clock may have gone back, and the time is shown as it was."""
    asked = session.questionnaire.questions[question]
    lines: list[Line] = [line(" " + part, "bold") for part in wrap(asked.text[language], width - 2)]
    said: list[Line] = []
    rows = {f"{question}.{row.id}": row.text[language] for row in getattr(asked, "rows", ())}
    for variable in session.variables(question):
        entries = _entries(session, variable, language) + [
            _past(session, variable, one, language) for one in history.get(variable, ())
        ]
        if entries and variable in rows:
            said += [EMPTY, line(" " + rows[variable], "bold")]
        for entry in entries:
            said += hanging("   ", entry, width - 1)
    if trouble:
        said += [EMPTY, *(line(" " + part) for part in wrap(trouble, width - 2))]
    if not said:
        said = [line(" " + say("history_none", language))]
    undo = [line(" " + part) for part in wrap(say("history_undo", language), width - 2)]
    return Page((*lines, EMPTY, *said, EMPTY, *undo))


def _entries(session: Session, variable: str, language: str) -> list[str]:
    found = []
    own, earlier, carried = session.own.get(variable), session.earlier.get(variable), session.carried.get(variable)
    if own is not None and own.state is not State.BLANK:
        found.append(say("history_own", language, answer=answer_words(session, variable, own, language)))
    if earlier is not None:
        answer = answer_words(session, variable, earlier.given, language)
        key = "history_earlier" if earlier.on else "history_earlier_no_day"
        found.append(say(key, language, answer=answer, day=day_words(earlier.on or "", language)))
        found += _details(earlier.given.detail, language)
    if carried is not None and carried.on:
        answer = answer_words(session, variable, carried.given, language)
        found.append(say("history_carried", language, answer=answer, day=day_words(carried.on, language)))
    return found


def _past(session: Session, variable: str, past: Past, language: str) -> str:
    who = past.who or say(f"history_{past.voice}", language)
    time = past.at[11:16].replace(":", ".")
    answer = answer_words(session, variable, past.given, language)
    details = "; ".join(_details(past.given.detail, language))
    return f"{day_words(past.at, language)} {time}  {who}: {answer}" + (f"  ({details})" if details else "")


def _details(detail: object, language: str) -> list[str]:
    said = []
    for name, label in (
        ("evidence_note", "label_evidence"), ("comment", "label_comment"), ("why", "label_why"),
    ):  # fmt: skip
        words = getattr(detail, name)
        if words:
            said.append(f"{say(label, language)}: {words}")
    return said
