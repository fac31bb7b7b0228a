"""What a cohort takes from one result, so that no more than one whole document need be held at a time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aimaturity.benchmark.peers import profile_in
from aimaturity.scoring.document import AdviceItem, Answer, Before, Criterion, NodeResult, ResultDocument, Words

DAY = len("2026-11-23")

MethodKey = tuple[str, str, bool]
"""Content hashes of questionnaire and scoring model, and whether scores are indications: results with the same key
may be put together."""


@dataclass(frozen=True, slots=True)
class NodeTaken:
    score: float | None
    reason: str | None
    low: float | None
    high: float | None
    level: int | None
    level_low: int | None
    level_high: int | None


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """value  as in a result document: option id, ticked ids, numbers by part"""

    state: str
    value: str | float | list[str] | dict[str, float] | None
    words: Words | None
    step: int | None
    points: float | None


@dataclass(frozen=True, slots=True)
class AdviceTaken:
    points: Mapping[str, float | None]
    for_next_level: bool
    kind: str
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the company's next level requires. `key` is the same for the same requirement."""

    key: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class BeforeTaken:
    """The result before this one, by this one's method."""

    occasion: str | None
    nodes: Mapping[str, NodeTaken]


@dataclass(frozen=True)
class Taken:
    """One result.

    digest      of the whole document: tells apart what is alike in all else
    next_level  the level after the one that is certain, and what it requires; None at the top, or without levels
    """

    method: MethodKey
    company: str
    name: str | None
    date: str | None
    occasion: str | None
    voice: str | None
    language: str | None
    digest: str
    sector: str | None
    size: str | None
    nodes: Mapping[str, NodeTaken]
    answers: Mapping[str, AnswerTaken]
    advice: Mapping[str, AdviceTaken]
    next_level: int | None
    requirements: tuple[Requirement, ...]
    before: BeforeTaken | None

    @property
    def order(self) -> tuple[str, str, bool, str]:
        """Later results are greater: by day, then occasion, then whose voice; content decides between equals."""
        return self.date or "", self.occasion or "", self.voice != "company", self.digest


@dataclass
class Catalogue:
    """The texts of one method: the same in every result by it.

    sample        a document with the head, levels and sections; of those seen, the one with the least digest, so that
                  the order of documents doesn't matter
    nodes         id -> the node in the first document
    questions     id -> the answer whose words stand for the question
    options       question -> option -> words and step, of answers that were given
    advice        id -> the advice; helpers can differ, so that of the document with the least digest (`told_by`)
    requirements  key -> the requirement, without how a company stands
    home          question -> the area that it counts in
    """

    sample: ResultDocument
    digest: str
    nodes: dict[str, NodeResult] = field(default_factory=dict)
    questions: dict[str, Answer] = field(default_factory=dict)
    advice: dict[str, AdviceItem] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)
    requirements: dict[str, Criterion] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)


def take_all(documents: Iterable[ResultDocument]) -> tuple[list[Taken], dict[MethodKey, Catalogue]]:
    """All results, and each method's texts."""
    taken: list[Taken] = []
    catalogues: dict[MethodKey, Catalogue] = {}
    for document in documents:
        one = take(document)
        taken.append(one)
        found = catalogues.get(one.method)
        if found is None:
            found = catalogues[one.method] = Catalogue(document, one.digest)
        elif one.digest < found.digest:
            found.sample, found.digest = document, one.digest
        _learn(found, document, one)
    return taken, catalogues


def method_of(document: ResultDocument) -> MethodKey:
    return document.questionnaire.hash, document.scoring.hash, document.indication


def take(document: ResultDocument) -> Taken:
    """What a cohort takes from one result."""
    profile = profile_in(document)
    level, requirements = _next(document)
    return Taken(
        method=method_of(document),
        company=document.company.id,
        name=document.company.name,
        date=_day(document.occasion.date) or _day(document.occasion.submitted),
        occasion=document.occasion.occasion,
        voice=document.occasion.voice,
        language=document.occasion.language,
        digest=hashlib.sha256(document.model_dump_json(by_alias=True).encode("utf-8", "surrogatepass")).hexdigest(),
        sector=profile.sector,
        size=profile.size.name if profile.size else None,
        nodes={
            n.id: NodeTaken(n.score, n.reason, n.low, n.high, n.level, n.level_low, n.level_high)
            for n in document.nodes
        },
        answers={a.id: AnswerTaken(a.state, a.value, a.words, a.step, a.points) for a in document.answers},
        advice={
            a.id: AdviceTaken(a.points, a.for_next_level, a.kind, frozenset(h.id for h in a.who_can_help if h.near))
            for a in document.advice
        },
        next_level=level,
        requirements=requirements,
        before=_before(document.before) if document.before is not None else None,
    )


def _day(said: str | None) -> str | None:
    """The day in a stated time, as YYYY-MM-DD; None where it is none."""
    try:
        return dt.date.fromisoformat((said or "")[:DAY]).isoformat()
    except ValueError:
        return None


def _before(before: Before) -> BeforeTaken:
    nodes = {n.id: NodeTaken(n.score, None, n.low, n.high, n.level, n.level_low, n.level_high) for n in before.nodes}
    return BeforeTaken(before.occasion.occasion, nodes)


def _next(document: ResultDocument) -> tuple[int | None, tuple[Requirement, ...]]:
    """The level after the one that is certain, and what it requires."""
    root = document.node(document.level_node)
    certain = None if root is None else root.level if root.level is not None else root.level_low
    if root is None or certain is None:
        return None, ()
    stage = next((s for s in root.stages if s.level == certain + 1), None)
    if stage is None:
        return None, ()
    return stage.level, tuple(Requirement(key_of(r), r.met) for r in stage.requirements)


def key_of(criterion: Criterion) -> str:
    """The same text for the same requirement, however a company stands."""
    return bare(criterion).model_dump_json(exclude={"text", "needed_words"}, exclude_defaults=True)


def bare(criterion: Criterion) -> Criterion:
    """The requirement without how a company stands."""
    return criterion.model_copy(
        update={
            "met": None,
            "has": None,
            "has_words": None,
            "state": None,
            "parts": [bare(part) for part in criterion.parts],
        }
    )


def _learn(catalogue: Catalogue, document: ResultDocument, one: Taken) -> None:
    if not catalogue.nodes:
        catalogue.nodes = {node.id: node for node in document.nodes}
    if not catalogue.questions:
        catalogue.questions = {answer.id: answer for answer in document.answers}
    for item in document.advice:
        if item.id not in catalogue.advice or one.digest < catalogue.told_by[item.id]:
            catalogue.advice[item.id], catalogue.told_by[item.id] = item, one.digest
    root = document.node(document.level_node)
    for stage in root.stages if root is not None and one.next_level is not None else ():
        if stage.level == one.next_level:
            for requirement in stage.requirements:
                catalogue.requirements.setdefault(key_of(requirement), bare(requirement))
    for question, area in _homes(document):
        catalogue.home.setdefault(question, area)


def _homes(document: ResultDocument) -> Iterator[tuple[str, str]]:
    """(question, area) as far as one document tells: of what counts and of what is missing."""
    parents = {node.id: node.parent for node in document.nodes}
    areas = set(document.areas)

    def area_of(name: str) -> str | None:
        current: str | None = name
        for _ in parents:
            if current is None or current in areas:
                break
            current = parents.get(current)
        return current if current in areas else None

    for node in document.nodes:
        area = area_of(node.id)
        if area is not None:
            yield from ((name, area) for name in node.missing)
            yield from ((c.id, area) for c in node.contributions if c.kind == "item" and c.id)
