"""Checks of a questionnaire: small functions of one signature, run in the order listed at the end.

Each yields findings: a code, the place in the file's data, and the facts. A finding whose subject was taken out because
it was invalid itself is not reported again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from aimaturity.definitions.base import ANY_LANGUAGE, IDENTITY_HEADINGS, STATES, Text
from aimaturity.definitions.check_conditions import Scope, condition_findings
from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.definitions.questionnaire import MAX_TICKS, Grid, Multiple, Questionnaire, Single, _Choice, _Numeric
from aimaturity.definitions.validation import Salvage, near
from aimaturity.definitions.yaml_source import DataPath


@dataclass(frozen=True)
class Finding:
    """What a check found.

    on_key    the place is the key's
    about     a name that may have been lost with its owner
    rests_on  a place of the file that it was seen in too: nothing is found where something was taken out of there
    """

    code: str
    path: DataPath
    facts: dict[str, Any] = field(default_factory=dict)
    on_key: bool = False
    about: str | None = None
    rests_on: DataPath | None = None


Findings = Iterator[Finding]
PART_SUFFIXES = frozenset({"evidence", "evidence_note", "comment"})
"""`question.evidence` and the like are columns of answer tables, so no part may be called so."""


def report(findings: Iterable[Finding], salvage: Salvage[Any]) -> list[Diagnostic]:
    """Findings as diagnostics; without those that follow from what was taken out."""
    made = []
    for finding in findings:
        if finding.about is not None and (finding.about in salvage.lost or salvage.names_unknown):
            continue
        if finding.rests_on is not None and salvage.lost_below(finding.rests_on):
            continue
        if finding.code in _NEEDS_ALL and (salvage.names_unknown or salvage.lost_below(finding.path)):
            continue
        at = (salvage.key_at if finding.on_key else salvage.at)(finding.path)
        made.append(problem(finding.code, at, **finding.facts))
    return made


_NEEDS_ALL = frozenset(
    {"AIM117", "AIM201", "AIM202", "AIM203", "AIM219", "AIM204", "AIM112", "AIM206", "AIM213", "AIM214"}
)
"""Codes that say something is missing: not reported where something was taken out of the very same place."""


def texts(model: BaseModel, path: DataPath = ()) -> Iterator[tuple[Text, DataPath]]:
    """Every localized text in a model, with its place."""
    for name, info in type(model).model_fields.items():
        yield from _texts_in(getattr(model, name), (*path, info.alias or name))


def _texts_in(value: Any, path: DataPath) -> Iterator[tuple[Text, DataPath]]:
    if isinstance(value, Text):
        yield value, path
    elif isinstance(value, BaseModel):
        yield from texts(value, path)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts_in(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts_in(inner, (*path, key))


def text_findings(model: BaseModel, languages: Iterable[str]) -> Findings:
    """Texts that lack a language, have one that isn't declared, or are empty."""
    wanted = list(languages)
    for text, path in texts(model):
        for language, words in text.root.items():
            if not words.strip():
                yield Finding("AIM125", (*path, language))
            if language not in wanted and language != ANY_LANGUAGE:
                yield Finding("AIM113", (*path, language), {"language": language}, on_key=True, about="languages")
        missing = [language for language in wanted if language not in text.root and ANY_LANGUAGE not in text.root]
        if missing:
            yield Finding("AIM112", path, {"languages": ", ".join(missing)}, on_key=True, about="languages")


def duplicates(things: Iterable[tuple[str, DataPath]], what: str) -> Findings:
    """Ids that occur twice; the second and later are named."""
    seen: set[str] = set()
    for name, path in things:
        if name in seen:
            yield Finding("AIM105", path, {"name": name, "what": what})
        seen.add(name)


def _questions(q: Questionnaire) -> Iterator[tuple[Any, DataPath]]:
    for s, section in enumerate(q.sections):
        for i, question in enumerate(section.questions):
            yield question, ("sections", s, "questions", i)


def _listed(things: Iterable[Any], path: DataPath) -> Iterator[tuple[str, DataPath]]:
    for index, thing in enumerate(things):
        yield thing.id, (*path, index, "id")


def ids_are_unique(q: Questionnaire) -> Findings:
    """Sections, questions, options, parts, contradictions, facts and sources have ids of their own."""
    for name in ("sections", "contradictions", "facts", "sources"):
        yield from duplicates(_listed(getattr(q, name), (name,)), name)
    yield from duplicates(((question.id, (*path, "id")) for question, path in _questions(q)), "questions")
    for name, options in q.answer_sets.items():
        yield from duplicates(_listed(options, ("answer_sets", name)), "options")
    for question, path in _questions(q):
        for name in ("options", "rows", "parts"):
            yield from duplicates(_listed(getattr(question, name, ()), (*path, name)), name)


def ids_are_free(q: Questionnaire) -> Findings:
    """State names are no option ids, identity headings no question ids, table suffixes no part ids."""
    for name, options in q.answer_sets.items():
        yield from _taken(_listed(options, ("answer_sets", name)), frozenset(STATES))
    for question, path in _questions(q):
        yield from _taken([(question.id, (*path, "id"))], IDENTITY_HEADINGS)
        yield from _taken(_listed(getattr(question, "options", ()), (*path, "options")), frozenset(STATES))
        for name in ("rows", "parts"):
            yield from _taken(_listed(getattr(question, name, ()), (*path, name)), PART_SUFFIXES)


def _taken(things: Iterable[tuple[str, DataPath]], reserved: frozenset[str]) -> Findings:
    for name, path in things:
        if name in reserved:
            yield Finding("AIM111", path, {"name": name})


def choices_are_whole(q: Questionnaire) -> Findings:
    """Options or a known answer set, at least two options; exclusive ones only where several can be ticked."""
    for question, path in _questions(q):
        if not isinstance(question, _Choice):
            continue
        if question.answers and question.answers not in q.answer_sets:
            facts = {"name": question.answers, "near": near(question.answers, q.answer_sets)}
            yield Finding("AIM109", (*path, "answers"), facts, about=question.answers)
            continue
        options = q.options_of(question)
        if question.answers and question.options:
            yield Finding("AIM118", (*path, "answers"), on_key=True)
        if len(options) < 2:
            yield Finding("AIM117", path, {"name": question.id, "count": len(options)})
        if isinstance(question, Multiple) and len(options) > MAX_TICKS:
            yield Finding("AIM121", path, {"name": question.id, "count": len(options), "most": MAX_TICKS})
        if isinstance(question, Single | Grid):
            for index, option in enumerate(question.options):
                if option.exclusive:
                    yield Finding("AIM122", (*path, "options", index, "exclusive"), {"name": option.id}, on_key=True)


def ranges_are_open(q: Questionnaire) -> Findings:
    """The least value is below the greatest."""
    for question, path in _questions(q):
        if isinstance(question, _Numeric) and question.minimum >= question.maximum:
            facts = {"minimum": f"{question.minimum:g}", "maximum": f"{question.maximum:g}"}
            yield Finding("AIM123", (*path, "minimum"), facts)


def texts_are_whole(q: Questionnaire) -> Findings:
    """Every text in every language."""
    yield from text_findings(q, q.languages)


def conditions_hold(q: Questionnaire) -> Findings:
    """Conditions name what exists, compare what can be compared, and only look back in the order of asking."""
    scope = Scope(q)
    order = {name: position for position, name in enumerate(q.questions)}
    for question, path in _questions(q):
        for key, own in (("show_if", 0), ("not_applicable_if", 1)):
            condition = getattr(question, key)
            if condition is None:
                continue
            later = {
                place: name
                for name, place in scope.read_by(condition, (*path, key))
                if order.get(name, -1) >= order[question.id] + own
            }
            for place, name in later.items():
                yield Finding("AIM115", (*place, "question"), {"name": name, "question": question.id}, about=name)
            for code, place, facts, about in condition_findings(condition, (*path, key), scope, None):
                if not any(place[: len(atom)] == atom for atom in later):
                    yield Finding(code, place, facts, about=about)
    for index, contradiction in enumerate(q.contradictions):
        for code, place, facts, about in condition_findings(
            contradiction.if_, ("contradictions", index, "if"), scope, None
        ):
            yield Finding(code, place, facts, about=about)


def sources_exist(q: Questionnaire) -> Findings:
    """Sources that questions name are listed."""
    known = {source.id for source in q.sources}
    for question, path in _questions(q):
        yield from unknown_sources(question.sources, (*path, "sources"), known)


def unknown_sources(named: Iterable[str], path: DataPath, known: set[str]) -> Findings:
    for index, name in enumerate(named):
        if name not in known:
            yield Finding("AIM124", (*path, index), {"name": name, "near": near(name, known)}, about=name)


CHECKS: tuple[Callable[[Questionnaire], Findings], ...] = (
    ids_are_unique,
    ids_are_free,
    choices_are_whole,
    ranges_are_open,
    texts_are_whole,
    conditions_hold,
    sources_exist,
)


def check_questionnaire(questionnaire: Questionnaire, salvage: Salvage[Questionnaire]) -> list[Diagnostic]:
    """Everything that the checks find in a questionnaire."""
    return [d for check in CHECKS for d in report(check(questionnaire), salvage)]
