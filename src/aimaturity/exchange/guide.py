"""An interview guide to print: the questions with boxes to tick, help for the adviser, and cards for the table."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.definitions.questionnaire import (
    AnyQuestion,
    Counts,
    Date,
    FreeText,
    Grid,
    Multiple,
    Option,
    Questionnaire,
    Section,
)
from aimaturity.exchange.clauses import clause
from aimaturity.exchange.guide_words import say
from aimaturity.responses.markdown import escape

BOX = "☐"
LINE = "_" * 30
SHORT = "_" * 12
MANY = 9
"""More options than this, all of them short, stand on one line; and no card is made of them."""


def guide(questionnaire: Questionnaire, language: str, answers_file: str) -> str:
    """The guide in Markdown. `answers_file`: the name of the file to enter the answers in."""
    lines = [*_head(questionnaire, language, answers_file)]
    number = 0
    for place, section in enumerate(questionnaire.sections, start=1):
        lines += ["", f"## {_section(section, place, language)}", ""]
        for question in section.questions:
            number += 1
            lines += [*_question(questionnaire, question, number, language), ""]
    lines += _cards(questionnaire, language)
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(q: Questionnaire, language: str, answers_file: str) -> Iterator[str]:
    yield f"# {say('title', language, title=escape(q.title[language]))}"
    yield ""
    minutes = sum(section.minutes or 0 for section in q.sections)
    facts = {"version": q.version, "count": len(q.questions)}
    yield (
        say("version", language, minutes=f"{minutes:g}", **facts)
        if minutes
        else say("version_no_time", language, **facts)
    )
    yield ""
    for name in ("company", "number", "date", "people", "adviser"):
        yield f"{say(f'head_{name}', language)}{LINE}  "
    yield from ("", f"## {say('how', language)}", "")
    if q.introduction:
        yield from (say("how_say", language), "", f"> {escape(q.introduction[language])}", "")
    for name in ("ask", "cards", "evidence", "unknown", "enter"):
        yield f"- {say(f'how_{name}', language, file=escape(answers_file))}"


def _section(section: Section, place: int, language: str) -> str:
    title = escape(section.title[language])
    if section.minutes is None:
        return say("section", language, place=place, title=title)
    return say("section_minutes", language, place=place, title=title, minutes=f"{section.minutes:g}")


def _question(q: Questionnaire, question: AnyQuestion, number: int, language: str) -> Iterator[str]:
    yield f"### {number}. {escape(question.text[language])}"
    yield ""
    notes = [*_notes(q, question, language)]
    if notes:
        yield from ("  \n".join(notes), "")
    yield from _answers(q, question, language)
    yield f"- {BOX} {say('unknown', language)}{LINE}"
    if "not_applicable" in question.allow:
        yield f"- {BOX} {say('not_applicable', language)}{LINE}"
    yield ""
    ticks = "   ".join(f"{BOX} {say(kind, language)}" for kind in ("seen", "told", "later"))
    yield f"{ticks}   {say('notes', language)}{LINE}"


def _notes(q: Questionnaire, question: AnyQuestion, language: str) -> Iterator[str]:
    """What the adviser should know before asking."""
    if question.show_if is not None:
        yield f"*{escape(say('only_if', language, clause=clause(q, question.show_if, language)))}*"
    if question.not_applicable_if is not None:
        yield f"*{escape(say('not_if', language, clause=clause(q, question.not_applicable_if, language)))}*"
    if question.help:
        yield escape(say("help", language, text=question.help[language]))
    if question.evidence:
        key = "look" if question.look else "evidence"
        told = escape(say(key, language, text=question.evidence[language]))
        yield f"**{told}**" if question.look else told


def _answers(q: Questionnaire, question: AnyQuestion, language: str) -> Iterator[str]:
    """Where the answer is ticked or written."""
    options = q.options_of(question)
    unit = getattr(question, "unit", None)
    if isinstance(question, Multiple):
        most = question.at_most
        yield say("several", language) if most is None else say("at_most", language, count=most)
        yield ""
    if isinstance(question, Grid):
        yield from _grid(question, options, language)
    elif options:
        yield from _ticks(options, language, isinstance(question, Multiple))
    elif isinstance(question, Counts):
        for part in question.parts:
            told = f" {escape(unit[language])}" if unit else ""
            yield f"- {escape(part.text[language])}: {SHORT}{told}"
    elif isinstance(question, FreeText | Date):
        yield f"- {say('answer', language)}{LINE}"
    else:
        yield f"- {say('answer', language)}{SHORT}{f' {escape(unit[language])}' if unit else ''}"


def _ticks(options: tuple[Option, ...], language: str, several: bool) -> Iterator[str]:
    told = [
        f"{BOX} {place}. {escape(option.text[language])}"
        + (f" {say('alone', language)}" if several and option.exclusive else "")
        for place, option in enumerate(options, start=1)
    ]
    if is_long(options, language):
        yield "- " + "   ".join(told)
    else:
        yield from (f"- {text}" for text in told)


def is_long(options: tuple[Option, ...], language: str) -> bool:
    """Whether the options are many and short, such as a list of municipalities."""
    return len(options) > MANY and all(len(option.text[language]) < 30 for option in options)


def _grid(question: Grid, options: tuple[Option, ...], language: str) -> Iterator[str]:
    heads = [f"{place}. {escape(option.text[language])}" for place, option in enumerate(options, start=1)]
    yield f"| | {' | '.join(heads)} |"
    yield f"| --- |{' --- |' * len(heads)}"
    for row in question.rows:
        yield f"| {escape(row.text[language])} |{f' {BOX} |' * len(heads)}"
    yield ""


def _cards(q: Questionnaire, language: str) -> Iterator[str]:
    """The options of each question in large letters; questions with the same options share a card."""
    cards: dict[tuple[str, ...], list[int]] = {}
    for number, question in enumerate(q.questions.values(), start=1):
        options = q.options_of(question)
        if len(options) > 2 and not is_long(options, language):
            cards.setdefault(tuple(option.text[language] for option in options), []).append(number)
    if not cards:
        return
    yield from ("", "---", "", f"# {say('cards', language)}")
    texts = list(q.questions.values())
    for options_told, numbers in cards.items():
        listed = ", ".join(map(str, numbers))
        key = "card_one" if len(numbers) == 1 else "card_many"
        yield from ("", "---", "", f"# {say(key, language, list=listed)}", "")
        if len(numbers) == 1:
            yield from (escape(texts[numbers[0] - 1].text[language]), "")
        for place, text in enumerate(options_told, start=1):
            yield from (f"## {place}. {escape(text)}", "")
