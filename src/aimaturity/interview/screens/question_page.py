"""A question as lines: its words, rows, help and what belongs to the answer. Pure.

Where there is little room, lines go in this order: comment, evidence, what was answered before (then one short line
says that it is there), help. Where the question and its rows alone are too long, all scrolls, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Grid, Multiple, Number
from aimaturity.interview.answering import shares
from aimaturity.interview.app_words import number_words, say
from aimaturity.interview.screens.lines import EMPTY, Line, Page, Piece, cut, hanging, line, padded, width_of, wrap
from aimaturity.interview.screens.rows import Row, answer_words, is_long, readable, rows_of
from aimaturity.interview.screens.telling import steps_told
from aimaturity.interview.session import Session, State
from aimaturity.interview.words import day_words

LABEL = 17
"""Columns of the labels under the rows."""
FIELD = 12
"""Columns of a field for a number or day."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the question is looked at just now.

    cursor  the row that the arrows stand at
    field   what is being typed on that row; None while its saved value is shown
    words   what a long list is narrowed to
    before  whether what was answered another time is shown though nothing is chosen yet
    """

    cursor: int = 0
    field: str | None = None
    words: str = ""
    before: bool = False


def question_page(session: Session, question: AnyQuestion, language: str, look: Look, width: int, height: int) -> Page:
    """The page in `width` columns, with as much of what isn't the question as `height` lines hold."""
    width = max(width, 20)
    rows = rows_of(session, question, language, look.words)
    head = _head(session, question, language, look, rows, width)
    drawn, at, until, column = _rows(session, question, language, look, rows, width)
    below = _below(session, question, language, look, rows, width)
    scrolls = len(head) + len(drawn) > height
    left_out: list[str] = ["comment", "evidence"] if scrolls else []
    for name in ("comment", "evidence", "asked", "before", "help"):
        if len(head) + len(drawn) + sum(map(len, below.values())) <= height or scrolls:
            break
        if below[name]:
            left_out.append(name)
            short = line(" " + say("earlier_there", language), does="history")
            below[name] = [short] if name == "before" and len(below[name]) > 1 else []
    marks = ("✎" if "comment" in left_out and _noted(session, question, look, rows, "comment") else "") + (
        "U" if "evidence" in left_out and _noted(session, question, look, rows, "evidence") else ""
    )
    if marks and width_of(head[-1]) + 2 + len(marks) <= width:
        head[-1] = (*head[-1], Piece("  " + marks))
    extra = [one for part in below.values() for one in part]
    room = height - len(head) - len(drawn) - len(extra)
    lines = [*head, *([EMPTY] if room >= 1 else []), *drawn]
    start = len(lines) - len(drawn)
    lines += ([EMPTY] if room >= 2 and extra else []) + extra
    if look.cursor == len(rows) - 1:  # from the last row on, what stands below is in view too
        until = min(len(lines) - 1, start + at + max(height - 1, 0)) - start
    return Page(tuple(lines), start + at, column, start + until)


def _head(
    session: Session, question: AnyQuestion, language: str, look: Look, rows: Sequence[Row], width: int
) -> list[Line]:
    head: list[Line] = []
    introduction = session.questionnaire.introduction
    if introduction is not None and not session.given and question.id == next(iter(session.questionnaire.questions)):
        head += [line(" " + part) for part in wrap(introduction[language], width - 2)] + [EMPTY]
    head += [line(" " + part, "bold") for part in wrap(question.text[language], width - 2)]
    said = []
    if session.mark(question.id) == "hidden":
        said.append(say("is_hidden", language))
    elif any(session.by_rule(name) for name in session.variables(question.id)):
        said.append(say("by_rule", language))
    if isinstance(question, Multiple):
        at_most = question.at_most
        said.append(say("at_most", language, n=at_most) if at_most else say("many_fine", language))
    if is_long(session, question):
        of = len(session.questionnaire.options_of(question))
        n = sum(row.kind == "option" for row in rows)
        words = look.words
        said.append(say("filtered", language, n=n, of=of, words=words) if words else say("filter_hint", language, n=n))
    return head + [line(" " + part) for part in wrap(" ".join(said), width - 2) if said]


def _rows(
    session: Session, question: AnyQuestion, language: str, look: Look, rows: Sequence[Row], width: int
) -> tuple[list[Line], int, int, int]:
    """The rows' lines, the first and last one of the chosen row, and the column of the terminal's cursor there."""
    lines: list[Line] = []
    at = until = column = 0
    if isinstance(question, Grid):
        options = session.questionnaire.options_of(question)
        legend = "  ".join(f"{place} {option.text[language]}" for place, option in enumerate(options, 1))
        lines += [line("   " + part) for part in wrap(legend, width - 4)] + [EMPTY]
    label = max((len(row.label) for row in rows if row.kind in ("part", "grid")), default=0)
    label = min(label, max(width - 30, 12))
    for place, row in enumerate(rows):
        if row.kind in STATES and (not place or rows[place - 1].kind not in STATES):
            lines += [*_together(session, question, language, width), EMPTY]
        here = place == look.cursor
        drawn, cursor = _row(session, question, language, look if here else Look(), row, here, place, label, width)
        if here:
            at, until, column = len(lines), len(lines) + len(drawn) - 1, cursor
        lines += drawn
    return lines, at, until, column


STATES = ("dont_know", "not_applicable")


def _row(
    session: Session, question: AnyQuestion, language: str, look: Look, row: Row, here: bool, place: int,
    label: int, width: int,
) -> tuple[list[Line], int]:  # fmt: skip
    pointer, does = (" ▸ " if here else "   "), f"row:{place}"
    if row.kind in ("option", *STATES):
        box = ("[x]" if row.on else "[ ]") if isinstance(question, Multiple) else ("(●)" if row.on else "( )")
        if not row.allowed:
            box = "   "
        text = f"{row.label} {say('alone', language)}" if row.alone else row.label
        start = f"{pointer}{row.key or ' '}  {box} "
        return hanging(start, text, width, "bold" if row.on else "", does), 6
    if row.kind == "grid":
        return _grid_row(session, question, language, row, pointer, does, label, width)
    if row.kind == "text":
        shown = row.value or say("write_here", language)
        return hanging(pointer, shown, width, "bold" if row.value else "", does)[:12], 3
    typed = look.field if here and look.field is not None else row.value
    start = f"{pointer}{padded(row.label, label)} " if row.label else pointer
    field = f"[{typed:>{FIELD - 2}} ]"
    unit = question.unit[language] if isinstance(question, Number | Counts) and question.unit is not None else ""
    room = width - width_of((Piece(start), Piece(field)))
    pieces = [Piece(start, does=does), Piece(field, "reverse" if here else "", does)]
    pieces.append(Piece(cut(f" {unit}", room), does=does))
    if here and look.field is not None:
        value = readable(session, question, row, typed, language)
        if value and value.split()[0] != typed.strip():
            pieces.append(Piece(cut("  " + say("read_as", language, value=value), width - width_of(tuple(pieces)))))
    return [tuple(pieces)], width_of((Piece(start),)) + FIELD - 2


def _grid_row(
    session: Session, question: AnyQuestion, language: str, row: Row, pointer: str, does: str, label: int, width: int
) -> tuple[list[Line], int]:
    options = session.questionnaire.options_of(question)
    given = session.answer(row.variable)
    on = [option.id == given.value and given.state is State.ANSWERED for option in options]
    boxes = "".join(" (●)" if one else " ( )" for one in on)
    words = answer_words(session, row.variable, given, language) if given.state is not State.BLANK else "·"
    start = f"{pointer}{padded(row.label, label)}"
    room = width - width_of((Piece(start),))
    if len(boxes) + 12 > room:
        boxes = ""
    return [(Piece(start, does=does), Piece(boxes, does=does), *line("  " + words, "bold" if any(on) else ""))], 1


def _together(session: Session, question: AnyQuestion, language: str, width: int) -> list[Line]:
    """The sum and, of women and men, the shares: told as soon as both are there."""
    given = session.answer(question.id)
    if not isinstance(question, Counts) or not isinstance(given.value, Mapping) or len(given.value) < 2:
        return []
    said = say("together", language, total=number_words(sum(given.value.values()), language))
    split = shares(question, given)
    if split is not None:
        women, men = round(split["women"]), 100 - round(split["women"])
        said += " · " + say("share_women_men", language, women=women, men=men, least=min(women, men))
    return [line("   " + part) for part in wrap(said, width - 4)]


def _noted(session: Session, question: AnyQuestion, look: Look, rows: Sequence[Row], what: str) -> bool:
    detail = session.answer(_variable(question, look, rows)).detail
    return bool(detail.comment if what == "comment" else detail.evidence or detail.evidence_note)


def _variable(question: AnyQuestion, look: Look, rows: Sequence[Row]) -> str:
    return rows[min(look.cursor, len(rows) - 1)].variable if rows else question.id


def _below(
    session: Session, question: AnyQuestion, language: str, look: Look, rows: Sequence[Row], width: int
) -> dict[str, list[Line]]:
    variable = _variable(question, look, rows)
    given = session.answer(variable)
    detail = given.detail
    evidence = say(f"evidence_{detail.evidence}", language) if detail.evidence in ("seen", "told", "later") else ""
    evidence = ": ".join(part for part in (evidence, detail.evidence_note or "") if part)
    asked = [
        _labelled(label, words, language, width)
        for label, words in (
            ("label_who_knows", detail.ask), ("label_reason", detail.reason), ("label_why", detail.why),
        )
        if words
    ]  # fmt: skip
    helped: list[Line] = []
    if question.help is not None:
        helped += _labelled("label_help", question.help[language], language, width)
    if question.evidence is not None:
        label = "label_look" if question.look else "label_ask"
        helped += _labelled(label, question.evidence[language], language, width)
    return {
        "help": helped,
        "before": _before(session, variable, language, look, width),
        "asked": [one for part in asked for one in part],
        "evidence": _labelled("label_evidence", evidence or "–", language, width, "evidence")[:2],
        "comment": _labelled("label_comment", detail.comment or "–", language, width, "comment")[:2],
    }


def _labelled(label: str, words: str, language: str, width: int, does: str | None = None) -> list[Line]:
    return hanging(" " + padded(say(label, language), LABEL - 1), words, width - 1, "", does)


def _before(session: Session, variable: str, language: str, look: Look, width: int) -> list[Line]:
    """The company's own answer, one carried over, and last time's. The last is shown once something is chosen: shown
    first it draws towards no change."""
    found: list[Line] = []
    own, earlier, carried = session.own.get(variable), session.earlier.get(variable), session.carried.get(variable)
    if own is not None and own.state is not State.BLANK:
        words = answer_words(session, variable, own, language)
        if session.answer(variable).state is State.BLANK:
            words += f"   {say('press_plus', language)}"
        found += _labelled("label_own", words, language, width, "confirm")
    if carried is not None:
        day = day_words(carried.on, language) if carried.on else ""
        words = say("carried_from", language, day=day) if day else say("carried_no_day", language)
        found += _labelled("label_carried", words, language, width, "confirm")
    if earlier is not None:
        if not look.before and session.answer(variable).state is State.BLANK:
            return [*found, line(" " + say("earlier_there", language), does="history")]
        words = answer_words(session, variable, earlier.given, language)
        if earlier.on:
            words += f" ({day_words(earlier.on, language)})"
        steps = session.steps_since(variable)
        if steps is not None:
            words += "  " + steps_told(steps, language)
        found += _labelled("label_earlier", words, language, width, "history")
        note = earlier.given.detail.evidence_note
        if note:
            found += _labelled("label_evidence_then", note, language, width, "history")[:2]
    return found
