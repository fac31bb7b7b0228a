"""The result at a glance, for an interview's end and its preview; and the questions to send afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from aimaturity.definitions.base import Text
from aimaturity.definitions.conditions import NodeAtom, atoms
from aimaturity.definitions.scoring_model import Node
from aimaturity.interview.session import Session
from aimaturity.interview.showing import answer_words, shortened, variable_text
from aimaturity.interview.words import say, say_many
from aimaturity.responses.given import State
from aimaturity.responses.markdown import escape
from aimaturity.responses.table import Company, table_of
from aimaturity.scoring.evaluation import Reason
from aimaturity.scoring.method import Method
from aimaturity.scoring.scale import Scale, exact
from aimaturity.scoring.score import NodeScores, score_batch

_SHOWN_LEFT = 12


@dataclass(frozen=True, slots=True)
class AreaGlance:
    """One area's result.

    score      as it is shown; None where there is none, for the `reason`
    low, high  bounds as shown, rounded outward; None where the score is certain
    missing    questions in it without an answer that counts: don't know and blank
    applies    questions in it that apply
    """

    id: str
    title: Text
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    reason: Literal["too_little", "nothing_applies", "no_score"] | None
    missing: int
    applies: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that the company couldn't give, and who may know."""

    variable: str
    ask: str | None


@dataclass(frozen=True, slots=True)
class Glance:
    """The result as the interview stands. `level` is None where it isn't settled; then `level_low` and `level_high`
    are the least and greatest that the missing answers can give, or None without levels."""

    level: int | None
    level_low: int | None
    level_high: int | None
    level_title: Text | None
    has_levels: bool
    indication: bool
    areas: tuple[AreaGlance, ...]
    unknowns: tuple[Unknown, ...]
    unanswered: tuple[str, ...]
    differences: tuple[str, ...]
    contradictions: tuple[str, ...]


def glance(method: Method, session: Session) -> Glance:
    """The scores of what is given now, by the same rules as in a report. The method's questionnaire may be of another
    version than the session's: what it has no place for counts as unanswered."""
    table = table_of(method.questionnaire, session.given, Company("interview"))
    plan = method.plan
    scores = score_batch(plan, table)
    root = scores.nodes[plan.root]
    done = scores.evaluation
    if done is None:
        raise ValueError("a scored batch keeps its evaluation")
    states = {name: State(int(column[0])) for name, column in done.view.state.items()}
    level = _level(root.level[0])
    return Glance(
        level=level,
        level_low=_level(root.level_low[0]),
        level_high=_level(root.level_high[0]),
        level_title=method.model.level_title(level),
        has_levels=bool(method.model.levels) and not method.model.indication,
        indication=method.model.indication,
        areas=tuple(_area(method, node, scores.nodes[node.id], states) for node in method.model.areas),
        unknowns=tuple(unknowns(session)),
        unanswered=session.missing(),
        differences=session.differences(),
        contradictions=session.contradictions(),
    )


def _area(method: Method, node: Node, scored: NodeScores, states: dict[str, State]) -> AreaGlance:
    plan = method.plan
    items = [plan.item_by_name[name].variable for name in plan.nodes[node.id].item_names]
    asked = [states[name] for name in items if states[name] not in (State.HIDDEN, State.NOT_APPLICABLE)]
    score, reason = float(scored.score[0]), Reason(int(scored.reason[0]))
    low, high = float(scored.low[0]), float(scored.high[0])
    scale = _scale(method, node)
    certain = np.isnan(low) or np.isnan(high) or exact(low) == exact(high)
    return AreaGlance(
        id=node.id,
        title=node.title or Text({"*": node.id}),
        score=None if np.isnan(score) else scale.shown(score),
        low=None if certain else scale.shown_low(low),
        high=None if certain else scale.shown_high(high),
        reason=_REASONS[reason],
        missing=sum(state in (State.DONT_KNOW, State.BLANK) for state in asked),
        applies=len(asked),
    )


_REASONS: dict[Reason, Literal["too_little", "nothing_applies", "no_score"] | None] = {
    Reason.NONE: None,
    Reason.CONTAINER: "no_score",
    Reason.ZERO_IN_MEAN: "no_score",
    Reason.NOTHING_APPLIES: "nothing_applies",
    Reason.TOO_LITTLE_BASIS: "too_little",
    Reason.NO_ANSWERS: "too_little",
}


def _scale(method: Method, node: Node) -> Scale:
    """The node's scale, with every value that a level, a cap or advice compares it with."""
    edges = {float(edge) for edge in node.bands}
    edges |= {float(rule.from_) for rule in node.levels if rule.from_ is not None}
    conditions = [r.if_ for r in method.model.recommendations]
    for other in method.model.nodes.values():
        conditions += [c for rule in other.levels for c in rule.requires]
        conditions += [cap.if_ for cap in other.knock_out]
    for condition in conditions:
        for atom, _, _ in atoms(condition):
            if isinstance(atom, NodeAtom) and atom.node == node.id:
                edges |= {edge for edge in (atom.at_least, atom.below) if edge is not None}
    planned = method.plan.nodes[node.id]
    return Scale(planned.lowest, planned.highest, frozenset(edges), method.model.display_digits)


def _level(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def unknowns(session: Session) -> Iterator[Unknown]:
    """What is answered by don't know, in the order of asking."""
    for name, _ in session.questionnaire.variables():
        if session.state(name) is State.DONT_KNOW:
            yield Unknown(name, session.answer(name).detail.ask)


def glance_lines(found: Glance, session: Session, language: str) -> list[str]:
    """The result in words, a line each, then what is unknown or left, and where the two voices differ."""
    return [*result_lines(found, language), *_open_lines(found, session, language)]


def result_lines(found: Glance, language: str) -> list[str]:
    """The result alone: the level, and a line an area."""
    return [*_level_lines(found, language), *(_area_line(area, language) for area in found.areas)]


def _level_lines(found: Glance, language: str) -> Iterator[str]:
    if found.indication:
        yield say("indication", language)
    elif not found.has_levels:
        return
    elif found.level is not None and found.level_low == found.level_high:
        if found.level_title is not None:
            yield say("level", language, level=found.level, title=found.level_title[language])
        else:
            yield say("level_bare", language, level=found.level)
    elif found.level_low is not None and found.level_high is not None:
        yield say("level_range", language, low=found.level_low, high=found.level_high)
    else:
        yield say("level_none", language)


def _area_line(area: AreaGlance, language: str) -> str:
    title = area.title[language]
    if area.reason == "too_little":
        return say_many("area_too_little", area.missing, language, title=title, total=area.applies)
    if area.reason is not None or area.score is None:
        return say(f"area_{area.reason or 'no_score'}", language, title=title)
    score = written(area.score, language)
    if area.low is None or area.high is None:
        return say("area", language, title=title, score=score)
    bounds = {"low": written(area.low, language), "high": written(area.high, language)}
    return say("area_bounds", language, title=title, score=score, **bounds)


def _open_lines(found: Glance, session: Session, language: str) -> Iterator[str]:
    if found.unknowns:
        yield say("unknowns", language, count=len(found.unknowns))
    for one in found.unknowns:
        key = "unknown_ask" if one.ask else "unknown"
        yield say(key, language, number=_place(session, one.variable), text=_text(session, one.variable, language),
                  ask=one.ask)  # fmt: skip
    if found.unanswered:
        numbers = [str(_place(session, name)) for name in found.unanswered]
        cut = len(numbers) - _SHOWN_LEFT
        more = [say("and_more", language, count=cut)] if cut > 0 else []
        yield say("unanswered", language, count=len(numbers), list=", ".join([*numbers[:_SHOWN_LEFT], *more]))
    if found.differences:
        yield say("differences", language)
    for name in found.differences:
        given = session.answer(name)
        facts = {
            "adviser": answer_words(session, name, given, language),
            "company": answer_words(session, name, session.own[name], language),
        }
        key = "difference_why" if given.detail.why else "difference"
        yield say(key, language, number=_place(session, name), text=_text(session, name, language),
                  why=given.detail.why, **facts)  # fmt: skip
    for contradiction in session.questionnaire.contradictions:
        if contradiction.id in found.contradictions:
            yield say("raised", language, ask=contradiction.ask[language])


def _place(session: Session, variable: str) -> int:
    return session.number(variable.partition(".")[0])[0]


def _text(session: Session, variable: str, language: str) -> str:
    return shortened(variable_text(session, variable, language))


def written(number: Decimal, language: str) -> str:
    """A score as it is written in the language."""
    text = f"{number:f}".replace("-", "−")
    return text.replace(".", ",") if language == "sv" else text


def question_list(session: Session, company: str, language: str) -> str:
    """Markdown to send after the meeting: what nobody could answer, by whom to ask, and evidence that was promised."""
    by_whom: dict[str | None, list[str]] = {}
    for one in unknowns(session):
        by_whom.setdefault(one.ask, []).append(one.variable)
    promised = [n for n, _ in session.questionnaire.variables() if session.answer(n).detail.evidence == "later"
                and session.state(n) is State.ANSWERED]  # fmt: skip
    lines = [f"# {say('list_title', language, company=escape(company))}", ""]
    lines += [say("list_intro" if by_whom or promised else "list_none", language), ""]
    for whom in sorted(by_whom, key=lambda name: (name is None, name or "")):
        lines += [f"## {escape(whom[:1].upper() + whom[1:]) if whom else say('list_anybody', language)}", ""]
        for number, variable in enumerate(by_whom[whom], start=1):
            lines += _listed(session, number, variable, language)
    if promised:
        lines += [f"## {say('list_promised', language)}", ""]
        for number, variable in enumerate(promised, start=1):
            lines += _listed(session, number, variable, language)
    return "\n".join(lines).rstrip("\n") + "\n"


def _listed(session: Session, number: int, variable: str, language: str) -> Iterator[str]:
    """A question with its options, or with the evidence that was promised."""
    question = session.questionnaire.questions[variable.partition(".")[0]]
    given = session.answer(variable)
    yield f"{number}. {escape(variable_text(session, variable, language))}"
    if given.state is State.DONT_KNOW:
        yield from (f"   - {escape(o.text[language])}" for o in session.questionnaire.options_of(question))
    elif given.detail.evidence_note:
        yield f"   {escape(say('list_evidence', language, text=given.detail.evidence_note))}"
    yield ""
