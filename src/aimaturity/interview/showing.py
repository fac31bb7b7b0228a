"""Questions, answers and changes as lines of words. Pure: a session in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Number, Single
from aimaturity.interview.answering import shares
from aimaturity.interview.desk import Area, Past
from aimaturity.interview.session import Change, Earlier, Mark, Session
from aimaturity.interview.words import day_words, number_words, say, say_many
from aimaturity.responses.given import Given, State

WIDTH = 100
"""Columns that a line of options is filled to."""
SHORT_OPTION = 26
"""Options no longer than this stand several on a line, where there are more than `FEW` of them."""
FEW = 9
_MARKS: tuple[Mark, ...] = ("answered", "dont_know", "not_applicable", "hidden", "blank")


def variable_text(session: Session, variable: str, language: str) -> str:
    """The question's words; of a grid's row, with the row's."""
    name, _, part = variable.partition(".")
    question = session.questionnaire.questions[name]
    if isinstance(question, Grid) and part:
        row = next(row for row in question.rows if row.id == part)
        return f"{question.text[language]} {row.text[language]}"
    return question.text[language]


def shortened(text: str, most: int = 70) -> str:
    """Words cut at a space, with a sign that they were."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def answer_words(session: Session, variable: str, given: Given, language: str) -> str:
    """An answer in words, options with their numbers. An option that is gone is shown as it was kept."""
    question = session.questionnaire.questions[variable.partition(".")[0]]
    if given.state is not State.ANSWERED and not (given.state is State.BLANK and given.value):
        return say(given.state.name.lower(), language)
    if isinstance(question, Single | Grid | Multiple):
        chosen = given.value if isinstance(given.value, tuple) else (given.value,)
        return "; ".join(_option(session, question, str(one), language) for one in chosen)
    if isinstance(question, Counts) and isinstance(given.value, Mapping):
        numbers = given.value
        return ", ".join(
            f"{part.text[language]} {number_words(numbers[part.id], language)}"
            for part in question.parts
            if part.id in numbers
        )
    if isinstance(question, Number) and isinstance(given.value, int | float):
        unit = f" {question.unit[language]}" if question.unit else ""
        return number_words(given.value, language) + unit
    return str(given.value)


def _option(session: Session, question: Single | Grid | Multiple, wanted: str, language: str) -> str:
    for place, option in enumerate(session.questionnaire.options_of(question), start=1):
        if option.id == wanted:
            return f"{place} {option.text[language]}".rstrip(".")
    return say("gone_option", language, value=wanted)


def question_lines(session: Session, question: str, language: str, used: float, first: bool) -> Iterator[str]:
    """A question as it is put: number and section, words, help, evidence, options, and what is known of it.

    used   seconds so far
    first  whether its section begins here for the reader
    """
    asked, section = session.questionnaire.questions[question], session.section(question)
    title = section.title[language]
    if first and section.minutes:
        facts = {"minutes": number_words(section.minutes, language), "used": round(used / 60)}
        planned = number_words(session.planned_minutes(), language)
        yield say("section_minutes", language, section=title, planned=planned, **facts)
    number, total = session.number(question)
    if number:
        yield say("question", language, number=number, total=total, section=title)
    else:
        yield say("question_hidden", language, section=title)
    if any(session.by_rule(name) for name in session.variables(question)):
        yield say("question_by_rule", language)
    yield asked.text[language]
    if asked.help:
        yield say("help", language, text=asked.help[language])
    if asked.evidence:
        yield say("evidence_look" if asked.look else "evidence_ask", language, text=asked.evidence[language])
    yield from option_lines(session, question, language)
    several = len(session.variables(question)) > 1
    for name in session.variables(question):
        told = f"{_row_text(session, name, language)}: " if several else ""
        for line in known_lines(session, name, language):
            yield told + line


def _row_text(session: Session, variable: str, language: str) -> str:
    question = session.questionnaire.questions[variable.partition(".")[0]]
    if not isinstance(question, Grid):
        return ""
    return next(row.text[language] for row in question.rows if f"{question.id}.{row.id}" == variable)


def option_lines(session: Session, question: str, language: str) -> Iterator[str]:
    """The options with their numbers: a line each, or several on a line where they are many and short."""
    asked = session.questionnaire.questions[question]
    options = session.questionnaire.options_of(asked)
    told = [
        f"{place} {option.text[language]}"
        + (f" {say('exclusive', language)}" if option.exclusive and isinstance(asked, Multiple) else "")
        for place, option in enumerate(options, start=1)
    ]
    if len(told) > FEW and all(len(text) <= SHORT_OPTION for text in told):
        glued = ",  ".join(text.replace(" ", "\xa0") for text in told)
        yield from (line.replace("\xa0", " ") for line in wrap(glued, WIDTH, break_long_words=False))
    else:
        yield from told


def known_lines(session: Session, variable: str, language: str) -> Iterator[str]:
    """What is known of a variable before it is answered: the answer that is there, the company's own, a carried one."""
    answer = session.answer(variable)
    carried = session.carried.get(variable)
    if carried is not None:
        words = answer_words(session, variable, answer, language)
        yield _dated("carried", carried, language, answer=words)
    elif answer.state is not State.BLANK or answer.value:
        yield say("now", language, answer=answer_words(session, variable, answer, language))
    yield from detail_lines(answer, language)
    own = session.own.get(variable)
    if own is not None and own.state is not State.BLANK:
        yield say("own", language, answer=answer_words(session, variable, own, language))
    if variable in session.earlier:
        yield say("earlier_there", language)


def detail_lines(answer: Given, language: str) -> Iterator[str]:
    """What belongs to an answer, a line each."""
    detail = answer.detail
    if detail.evidence or detail.evidence_note:
        kind = say(detail.evidence, language) if detail.evidence else ""
        yield say("evidence_now", language, text=", ".join(filter(None, (kind, detail.evidence_note))))
    for name in ("comment", "ask", "reason", "why"):
        said = getattr(detail, name)
        if said:
            yield say(f"{name}_now", language, text=said)


def _dated(key: str, earlier: Earlier, language: str, **facts: object) -> str:
    if earlier.on is None:
        return say(key, language, **facts)
    return say(f"{key}_on", language, day=day_words(earlier.on, language), **facts)


def earlier_lines(session: Session, variable: str, language: str) -> Iterator[str]:
    """Last time's answer, and how many steps the one of now is from it."""
    before = session.earlier.get(variable)
    if before is None:
        return
    steps = session.steps_since(variable)
    moved = say_many("steps_up" if steps > 0 else "steps_down", abs(steps), language) if steps else ""
    words = answer_words(session, variable, before.given, language)
    yield f"{_dated('earlier', before, language, answer=words)} {moved}".rstrip()
    yield from detail_lines(before.given, language)


def history_lines(session: Session, variable: str, past: Sequence[Past], language: str) -> Iterator[str]:
    """Every change of an answer, the latest first: when, who, what."""
    if past:
        yield say("history", language)
    for one in reversed(past):
        who = one.who or say(one.voice, language)
        facts = {"when": one.at[:16].replace("T", " "), "who": who}
        answer = answer_words(session, variable, one.given, language)
        origin = f"origin_{one.origin}"
        if one.origin in ("carried", "derived", "import"):
            yield say("history_origin", language, origin=say(origin, language), answer=answer, **facts)
        else:
            yield say("history_line", language, answer=answer, **facts)


def counts_words(counts: Mapping[Mark, int], language: str) -> str:
    """How many questions stand how: `9 svar · 1 vet inte · 30 kvar`."""
    told = [say_many(mark, counts[mark], language) for mark in _MARKS if counts.get(mark)]
    return " · ".join(told) + ("" if counts.get("blank") else f" · {say('overview_done', language)}")


def overview_lines(session: Session, areas: Iterable[Area], language: str) -> Iterator[str]:
    """How the interview stands: by section with what is missing, and by area."""
    yield say("overview", language)
    for section in session.questionnaire.sections:
        names = [question.id for question in section.questions]
        told = counts_words(session.counts(names), language)
        yield say("overview_line", language, title=section.title[language], counts=told)
        for name in names:
            yield from _open_line(session, name, language)
    areas = list(areas)
    if areas:
        yield say("overview_areas", language)
    for area in areas:
        told = counts_words(session.counts(area.questions), language)
        yield say("overview_line", language, title=area.title[language], counts=told)


def _open_line(session: Session, question: str, language: str) -> Iterator[str]:
    mark = session.mark(question)
    number, text = session.number(question)[0], shortened(session.questionnaire.questions[question].text[language])
    if mark == "blank":
        yield say("overview_missing", language, number=number, text=text)
    elif mark == "dont_know":
        asks = [session.answer(name).detail.ask for name in session.variables(question)]
        ask = ", ".join(dict.fromkeys(filter(None, asks)))
        key = "overview_unknown_ask" if ask else "overview_unknown"
        yield say(key, language, number=number, text=text, ask=ask)


def change_lines(session: Session, change: Change, before: int, language: str) -> Iterator[str]:
    """What a change did beside itself: what it hid and showed, and what doesn't fit together.

    before  questions in view before it
    """
    for key, names in (("hides", change.hidden), ("shows", change.shown)):
        if names:
            texts = [shortened(session.questionnaire.questions[name].text[language]) for name in names]
            yield say_many(key, len(names), language, list=" / ".join(texts))
    now = len(session.in_view())
    if now != before:
        yield say("total_changed", language, before=before, after=now)
    for one in session.questionnaire.contradictions:
        if one.id in change.raised:
            yield say("raised", language, ask=one.ask[language])


def sum_line(session: Session, variable: str, language: str) -> str | None:
    """What the numbers of an answered counts question make together; shares where they are of women and men."""
    question = session.questionnaire.questions[variable]
    given = session.answer(variable)
    if not isinstance(question, Counts) or given.state is not State.ANSWERED or not isinstance(given.value, Mapping):
        return None
    total = number_words(sum(given.value.values()), language)
    parts = shares(question, given)
    if parts is None:
        return say("together", language, sum=total) if len(question.parts) > 1 else None
    told = {name: number_words(round(share), language) for name, share in parts.items()}
    least = number_words(round(min(parts.values())), language)
    others = sum(number for name, number in given.value.items() if name not in parts)
    key = "together_shares_of_two" if others else "together_shares"
    return say(key, language, sum=total, least=least, **told)


def left_line(session: Session, language: str) -> str:
    """What has no answer yet, named by id so that a script can be mended."""
    missing = session.missing()
    if not missing:
        return say("left_none", language)
    more = [say("and_more", language, count=len(missing) - 12)] if len(missing) > 12 else []
    return say_many("left", len(missing), language, list=", ".join([*missing[:12], *more]))
