"""Lists of questions as lines: the overview by area or topic, what a search finds, and the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimaturity.interview.app_words import say, say_many
from aimaturity.interview.desk import Area
from aimaturity.interview.screens.lines import EMPTY, Line, Page, Piece, cut, ends, line, padded, wrap
from aimaturity.interview.screens.rows import answer_words
from aimaturity.interview.screens.telling import SIGNS, counts_told, marks_told
from aimaturity.interview.session import Session, State


@dataclass(frozen=True, slots=True)
class Group:
    """Questions shown together, under a title."""

    title: str
    questions: tuple[str, ...]


def groups_of(session: Session, areas: Sequence[Area], language: str, by: str) -> tuple[Group, ...]:
    """By area, with the questions that belong to none under their topics, before the areas; or by topic alone, in the
    order of asking. Every question is in one group at least."""
    known = session.questionnaire.questions
    in_areas = {one for area in areas for one in area.questions}
    groups = []
    for section in session.questionnaire.sections:
        questions = tuple(q.id for q in section.questions if by == "topic" or q.id not in in_areas)
        if questions:
            groups.append(Group(section.title[language], questions))
    if by == "topic":
        return tuple(groups)
    found = ((area.title[language], tuple(q for q in area.questions if q in known)) for area in areas)
    return (*groups, *(Group(title, questions) for title, questions in found if questions))


def overview_page(
    session: Session, groups: Sequence[Group], cursor: tuple[int, int], language: str, width: int
) -> Page:
    """All groups with their marks, then the questions of the one that the cursor (group, question) is in."""
    title = min(max((len(group.title) for group in groups), default=0), max(width // 3, 10)) + 2
    lines: list[Line] = []
    for place, group in enumerate(groups):
        does = f"group:{place}"
        pointer = " ▸ " if place == cursor[0] else "   "
        start = Piece(pointer + padded(group.title, title), "bold" if place == cursor[0] else "", does)
        told = counts_told(session, language, group.questions, short=True)
        marks = marks_told(session, group.questions)
        room = width - 3 - title
        both = padded(marks, max(len(marks), room - 30)) + "  " + told
        shown = both if len(both) <= room else told
        lines.append((start, Piece(cut(shown, room), "", does)))
    end = cursor[0] >= len(groups)
    pointer = " ▸ " if end else "   "
    lines.append(line(cut(pointer + say("to_the_end", language), width), "bold" if end else "", "end:here"))
    if end:
        return Page(tuple(lines), len(lines) - 1, 1, len(lines) - 1)
    group = groups[cursor[0]]
    lines += [EMPTY, line(" " + cut(group.title, width - 2), "bold")]
    start_at = len(lines)
    for place, question in enumerate(group.questions):
        lines.append(question_line(session, question, place == cursor[1], language, width, f"go:{question}"))
    lines += [EMPTY, *(line(" " + part) for part in wrap(say("legend", language), width - 2))]
    return Page(tuple(lines), start_at + cursor[1], 1, start_at + cursor[1])


def question_line(session: Session, question: str, here: bool, language: str, width: int, does: str) -> Line:
    """Number, sign, the question, its answer, and whether there are a comment and evidence."""
    number = session.number(question)[0]
    mark = session.mark(question)
    variables = session.variables(question)
    details = [session.answer(name).detail for name in variables]
    noted = ("✎" if any(one.comment for one in details) else " ") + (
        "U" if any(one.evidence or one.evidence_note for one in details) else " "
    )
    if mark == "hidden":
        answer = say("answer_hidden", language)
    elif len(variables) > 1 or mark == "blank":
        answer = ""
    elif session.by_rule(question):
        answer = say("answer_not_applicable", language)
    else:
        answer = answer_words(session, question, session.answer(question), language)
    start = f"{' ▸' if here else '  '}{number or '':>3} {SIGNS[mark]} "
    text = session.questionnaire.questions[question].text[language]
    room = width - len(start) - 3
    half = max(room * 6 // 10, 12) if answer and room >= 40 else room
    words = padded(text, half) + ("  " + cut(answer, room - half - 2) if answer and room >= 40 else "")
    return (Piece(padded(start + words, width - 3), "bold" if here else "", does), Piece(" " + noted, "", does))


def found_page(session: Session, found: Sequence[str], cursor: int, language: str, width: int) -> Page:
    """What a search found."""
    if not found:
        return Page((line(" " + say("nothing_found", language)),))
    lines = [
        question_line(session, question, place == cursor, language, width, f"go:{question}")
        for place, question in enumerate(found)
    ]
    return Page(tuple(lines), cursor, 1, cursor)


def end_questions(session: Session) -> tuple[list[str], list[str], list[str]]:
    """Variables that nobody knew, questions without an answer, and variables that the company answered otherwise."""
    unknown = [
        name
        for question in session.in_view()
        for name in session.variables(question)
        if session.state(name) is State.DONT_KNOW
    ]
    return unknown, list(session.missing()), list(session.differences())


def end_page(session: Session, glance: Sequence[str], cursor: int, language: str, width: int) -> tuple[Page, list[str]]:
    """The end: the result at a glance, what nobody knew and whom to ask, what is left, where the company answers
    otherwise. Returns the page and the questions of its rows."""
    lines: list[Line] = [line(" " + part, "bold") for part in wrap(say("end_so_far", language), width - 2)]
    if glance:
        lines += [EMPTY, *(line(" " + part) for said in glance for part in wrap_kept(said, width - 2))]
    rows: list[str] = []
    at = 0
    unknown, missing, differ = end_questions(session)
    for key, names in (("end_unknown", unknown), ("end_missing", missing), ("end_differences", differ)):
        if not names:
            continue
        heading = wrap(say_many(key, len(names), language), width - 2)
        lines += [EMPTY, *(line(" " + part, "bold") for part in heading)]
        for name in names:
            question = name.partition(".")[0]
            here = len(rows) == cursor
            at = len(lines) if here else at
            text = f"{' ▸' if here else '  '} {session.number(question)[0]:>3} {_named(session, name, language)}"
            more = _more(session, key, name, language)
            text = cut(text, width - min(len(more), width // 2) - 3) if more else cut(text, width - 1)
            pieces = (Piece(text, "bold" if here else "", f"go:{question}"),)
            lines.append(ends(pieces, cut(more, width // 2) + " ", width) if more else pieces)
            rows.append(question)
    return Page(tuple(lines), at if rows else None, 1, at if rows else None), rows


def _named(session: Session, name: str, language: str) -> str:
    question = session.questionnaire.questions[name.partition(".")[0]]
    row = next((one.text[language] for one in getattr(question, "rows", ()) if name == f"{question.id}.{one.id}"), "")
    return question.text[language] + (f" {row}" if row else "")


def _more(session: Session, key: str, name: str, language: str) -> str:
    if key == "end_unknown":
        who = session.answer(name).detail.ask
        return say("end_ask", language, who=who) if who else say("end_nobody", language)
    if key == "end_differences":
        own = answer_words(session, name, session.own[name], language)
        ours = answer_words(session, name, session.answer(name), language)
        return say("end_difference", language, own=cut(own, 24), ours=cut(ours, 24))
    return ""


def wrap_kept(text: str, width: int) -> list[str]:
    """The text as it stands where it fits, with the spaces that line it up; else wrapped."""
    return [text] if len(text) <= width else wrap(text, width)
