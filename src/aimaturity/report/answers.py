"""Every answer with its effect; what isn't known; what doesn't apply; one more or one less."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.report.context import MISSING, Context, anchor
from aimaturity.report.view_pages import (
    AnswerRow,
    AnswerSection,
    Counts,
    CountsRow,
    NotApplicableRow,
    Note,
    Unknown,
    UnknownRow,
)
from aimaturity.scoring.document import Answer, NodeResult, OneMoreOrLess, OtherAnswer

EVIDENCE = ("seen", "told", "later")


def sections(context: Context) -> list[AnswerSection]:
    """All answers, as they were asked; those of a section that the document doesn't name stand last, by its id."""
    titles = {section.id: context.pick(section.title) or section.id for section in context.document.sections}
    found: dict[str, list[AnswerRow]] = {name: [] for name in titles}
    for answer in context.document.answers:
        found.setdefault(answer.section, []).append(_row(context, answer))
    scored = {answer.section for answer in context.document.answers if answer.scored}
    return [
        AnswerSection(id=name, title=titles.get(name, name), scored=name in scored, rows=rows)
        for name, rows in found.items()
        if rows
    ]


def _row(context: Context, answer: Answer) -> AnswerRow:
    words = context.pick(answer.words) or _plain(answer)
    return AnswerRow(
        id=answer.id,
        anchor=anchor("answer", answer.id),
        question=context.pick(answer.text) or answer.id,
        state=answer.state,
        answer=words if answer.state == "answered" and words else context.words(f"states.{answer.state}"),
        notes=[Note(label=context.words(f"answers.{key}"), text=text) for key, text in _notes(context, answer, words)],
        own=_other(context, answer, answer.own) if answer.own is not None else None,
        earlier=_other(context, answer, answer.earlier) if answer.earlier is not None else None,
        points=context.points_of(answer) if answer.scored else None,
        effect=_effect(context, answer),
    )


def _plain(answer: Answer) -> str:
    """A value that comes without words."""
    value = answer.value
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {number:g}" for name, number in value.items())
    return f"{value:g}" if isinstance(value, float) else value


def _notes(context: Context, answer: Answer, words: str) -> Iterator[tuple[str, str]]:
    if answer.unused and words:
        yield "unused", words
    if answer.state == "hidden" and answer.depends_on:
        questions = [context.words.quoted(context.question(name)) for name in dict.fromkeys(answer.depends_on)]
        yield "depends_on", context.words.listed(questions)
    if answer.evidence or answer.evidence_note:
        word = context.words(f"answers.evidence_words.{answer.evidence}") if answer.evidence in EVIDENCE else ""
        yield "evidence", ": ".join(part for part in (word, answer.evidence_note) if part)
    if answer.state == "not_applicable":
        yield "reason", _reason(context, answer)
    for key, text in (("ask", answer.ask), ("comment", answer.comment), ("raw", answer.raw)):
        if text:
            yield key, text
    if answer.why:
        yield "why", answer.why


def _other(context: Context, answer: Answer, other: OtherAnswer) -> str:
    """Another voice's or time's answer, how many steps today's is from it, and its comment."""
    w = context.words
    said = context.pick(other.words) if other.state == "answered" else None
    text = said or w(f"states.{other.state}")
    if other.state == answer.state and other.value == answer.value:
        text = w("answers.same")
    elif answer.step is not None and other.step is not None and answer.step != other.step:
        steps = answer.step - other.step
        key = "answers.steps_up" if steps > 0 else "answers.steps_down"
        text = f"{text} ({w.count(key, abs(steps))})"
    return f"{text}. {other.comment}" if other.comment else text


def _reason(context: Context, answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    return context.words("not_applicable.by_rule" if answer.by_rule else "not_applicable.stated")


def _effect(context: Context, answer: Answer) -> str:
    """What the answer gives in its theme; or how it counts without points; or that it doesn't."""
    w = context.words
    if not answer.scored:
        return w("answers.not_scored")
    if answer.state == "answered" and answer.points is not None:
        return _contribution(context, answer)
    if answer.counted is not None:
        points = context.points(answer.counted, answer.lowest, answer.highest)
        least = answer.state == "hidden" and answer.counted == answer.lowest
        return w("answers.hidden_zero" if least else "answers.counted", points=points)
    if answer.state == "answered":
        return w("answers.no_points")
    return w("answers.widens" if answer.state in MISSING else "answers.excluded")


def _contribution(context: Context, answer: Answer) -> str:
    w, given = context.words, context.contribution(answer.id)
    if given is None:
        return w("answers.no_effect")
    node = w.quoted(context.title(context.home[answer.id]))
    points = context.points(given.points)
    if given.possible is None:
        return w("answers.effect_open", points=points, node=node)
    return w("answers.effect", points=points, possible=context.points(given.possible), node=node)


def evidence_counts(context: Context) -> str | None:
    """On what the scored answers rest; None where nothing was noted."""
    scored = [a for a in context.document.answers if a.scored and a.state == "answered"]
    number = {kind: sum(a.evidence == kind for a in scored) for kind in EVIDENCE}
    if not any(number.values()):
        return None
    return context.words("answers.evidence_counts", **number, none=len(scored) - sum(number.values()))


def unknown(context: Context) -> Unknown:
    rows = [a for a in context.document.answers if a.scored and a.state in MISSING]
    intro = context.words.count("unknown.intro", len(rows))
    if rows and all(answer.counted is None for answer in rows):
        intro += " " + context.words("unknown.not_zero")
    return Unknown(
        intro=intro,
        areas=[text for node in context.areas if (text := _moved(context, node))],
        rows=[_unknown_row(context, answer) for answer in rows],
    )


def _moved(context: Context, node: NodeResult) -> str | None:
    """How far the missing answers can move the area."""
    bounds, area, missing = context.bounds(node), context.title(node), len(node.missing)
    if bounds is None:
        return context.words.count("unknown.area_certain", missing, area=area) if missing else None
    facts = {"area": area, "low": bounds[0], "high": bounds[1]}
    if missing and not context.document.indication:
        return context.words.count("unknown.area", missing, **facts)
    return context.words("unknown.area_unasked", **facts)


def _unknown_row(context: Context, answer: Answer) -> UnknownRow:
    w = context.words
    span = ""
    if answer.counted is not None:
        span = w("unknown.counted", points=context.points(answer.counted, answer.lowest, answer.highest))
    elif answer.lowest is not None and answer.highest is not None:
        lowest, highest = context.formats.number(answer.lowest), context.formats.number(answer.highest)
        span = w("unknown.span", lowest=lowest, highest=highest)
    return UnknownRow(
        id=answer.id,
        anchor=anchor("answer", answer.id),
        question=context.pick(answer.text) or answer.id,
        state=w(f"states.{answer.state}"),
        ask=answer.ask,
        span=span,
        area=context.place_of(answer.id),
    )


def not_applicable(context: Context) -> list[NotApplicableRow]:
    return [
        NotApplicableRow(
            id=answer.id,
            anchor=anchor("answer", answer.id),
            question=context.pick(answer.text) or answer.id,
            reason=_reason(context, answer),
        )
        for answer in context.document.answers
        if answer.state == "not_applicable"
    ]


def counts(context: Context) -> list[Counts]:
    """Where one person more or less would matter: each number of each answered counts question."""
    return [
        Counts(
            question=context.pick(answer.text) or answer.id,
            rows=[
                _counts_row(context, answer, part) for part in dict.fromkeys(o.part for o in answer.one_more_or_less)
            ],
        )
        for answer in context.document.answers
        if answer.one_more_or_less
    ]


def _counts_row(context: Context, answer: Answer, part: str) -> CountsRow:
    found = {other.change: other for other in answer.one_more_or_less if other.part == part}
    some = next(iter(found.values()))
    return CountsRow(
        part=context.pick(some.text) or part,
        fewer=_changed(context, answer, found.get(-1)),
        now=context.words("answers.no_points")
        if answer.points is None
        else context.points(answer.points, answer.lowest, answer.highest),
        more=_changed(context, answer, found.get(1)),
    )


def _changed(context: Context, answer: Answer, other: OneMoreOrLess | None) -> str:
    if other is None:
        return context.words("counts.outside")
    if other.points is None:
        return context.words("counts.impossible")
    return context.points(other.points, answer.lowest, answer.highest)
