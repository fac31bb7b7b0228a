"""Who is compared: from result documents to companies with classes. Beyond this module nothing knows a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from aimaturity.benchmark.rules import class_of
from aimaturity.definitions.sni import Sector
from aimaturity.responses.profile import Profile, SizeName, profile_of
from aimaturity.scoring.document import Answer, Definition, ResultDocument
from aimaturity.scoring.parts import Part, Words, dumps

CONSENT = "benchmark_consent"
SMALL_NUMBERS = 10
"""Questions with numbers of persons or hours stay out of benchmarks for companies with fewer persons (docs/method.md):
one person more or less would move them too much."""

LeftOut = Literal["no_consent", "withdrawn", "other_method", "replaced"]
"""Why a result isn't among the peers: no clear yes, or a later no; the yes taken back, as the caller knows; scored by
another method, or an indication where the others aren't; the company has a later result."""


class Measure(Part):
    """What is compared: a node of the scoring model, as a rule an area; or a question that is answered by a number."""

    id: str
    kind: Literal["node", "question"]
    title: Words
    lowest: float = Field(description="The scale's lower end.")
    highest: float = Field(description="The scale's upper end.")


@dataclass(frozen=True)
class Peer:
    """A company that agreed to be compared.

    company  its id
    owner    who stands behind it, where companies have one in common; else its id
    classes  measure -> class of its score among FINEST; only where it has a score
    """

    company: str
    owner: str
    sector: Sector | None
    size: SizeName | None
    classes: Mapping[str, int]


@dataclass(frozen=True)
class Peers:
    """The companies that are compared, by company id, with the method that scored all of them.

    left_out  how many results aren't in it, and why: for the hub, not for the set
    """

    questionnaire: Definition
    scoring: Definition
    indication: bool
    measures: Sequence[Measure]
    companies: Sequence[Peer]
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


def gather(
    documents: Iterable[ResultDocument],
    like: ResultDocument,
    questions: Sequence[str] = (),
    withdrawn: Iterable[str] = (),
    owners: Mapping[str, str] | None = None,
) -> Peers:
    """The peers among these results.

    like       a result of the method that is to be benchmarked: others count only if the content hashes of their
               questionnaire and scoring model are the same, and both are indications or neither
    questions  number questions to compare beside the areas. Other questions have so few steps that a class would give
               the answer away: ValueError
    withdrawn  ids of companies that took their consent back, or were erased, since they answered
    owners     company id -> owner, where known; companies of one owner count as one

    Of several results of one company the latest counts, by date of the occasion, then occasion; of the same, one that
    is not the company's own voice; then by content, so that the order of documents never matters. It must give consent,
    and no later result, by whatever method, may refuse it.
    """
    measures = [*_areas(like), *(_question(like, name) for name in questions)]
    latest, refused, left_out = _sifted(documents, like)
    gone, owned = set(withdrawn), owners or {}
    companies = []
    for company, document in sorted(latest.items()):
        if company in gone:
            left_out["withdrawn"] += 1
        elif not consents(document) or _refused_since(refused.get(company), document):
            left_out["no_consent"] += 1
        else:
            profile = profile_in(document)
            size = profile.size.name if profile.size else None
            classes = {m.id: c for m in measures if (c := class_in(document, m)) is not None}
            companies.append(Peer(company, owned.get(company, company), profile.sector, size, classes))
    counted: dict[LeftOut, int] = {reason: count for reason, count in sorted(left_out.items()) if count}
    return Peers(like.questionnaire, like.scoring, like.indication, measures, companies, counted)


def latest_of(documents: Iterable[ResultDocument], like: ResultDocument) -> dict[str, ResultDocument]:
    """company -> the one of its results by the method of `like` that counts, as `gather` takes it."""
    return _sifted(documents, like)[0]


def _sifted(
    documents: Iterable[ResultDocument], like: ResultDocument
) -> tuple[dict[str, ResultDocument], dict[str, ResultDocument], Counter[LeftOut]]:
    """(company -> its latest result by this method, company -> its latest that says no to comparison by any method,
    how many were left out so far and why)."""
    latest: dict[str, ResultDocument] = {}
    refused: dict[str, ResultDocument] = {}
    left_out: Counter[LeftOut] = Counter()
    for document in documents:
        if refuses(document):
            refused[document.company.id] = _later(document, refused.get(document.company.id))
        if not same_method(document, like):
            left_out["other_method"] += 1
            continue
        other = latest.get(document.company.id)
        left_out["replaced"] += other is not None
        latest[document.company.id] = _later(document, other)
    return latest, refused, left_out


def same_method(one: ResultDocument, other: ResultDocument) -> bool:
    """Whether two results may be compared."""
    hashes = [(d.questionnaire.hash, d.scoring.hash, d.indication) for d in (one, other)]
    return hashes[0] == hashes[1]


def consents(document: ResultDocument) -> bool:
    """Whether the company gave a clear yes."""
    answer = document.answer(CONSENT)
    return answer is not None and answer.state == "answered" and answer.value == "yes"


def refuses(document: ResultDocument) -> bool:
    """Whether the company said no."""
    answer = document.answer(CONSENT)
    return answer is not None and answer.state == "answered" and answer.value != "yes"


def profile_in(document: ResultDocument) -> Profile:
    """The company's size class and sector, by its answers."""
    return profile_of({a.id: a.value for a in document.answers if a.state == "answered"})


def class_in(document: ResultDocument, measure: Measure) -> int | None:
    """The class of the company's score in a measure; None without one, and for a number question of a small company."""
    if measure.kind == "node":
        node = document.node(measure.id)
        score = node.score if node is not None else None
    else:
        answer, persons = document.answer(measure.id), profile_in(document).persons
        big_enough = persons is not None and persons >= SMALL_NUMBERS
        score = answer.points if answer is not None and big_enough and answer.state == "answered" else None
    return None if score is None else class_of(score, measure.lowest, measure.highest)


def _areas(document: ResultDocument) -> list[Measure]:
    nodes = [node for name in document.areas if (node := document.node(name)) is not None]
    return [
        Measure(id=n.id, kind="node", title=n.title or {}, lowest=round(n.lowest, 9), highest=round(n.highest, 9))
        for n in nodes
        if n.aggregate != "none" and n.lowest < n.highest
    ]


def _question(document: ResultDocument, name: str) -> Measure:
    answer: Answer | None = document.answer(name)
    if answer is None or answer.kind not in ("counts", "number") or answer.lowest is None or answer.highest is None:
        raise ValueError(f"{name} is not a scored question with a number")
    lowest, highest = round(answer.lowest, 9), round(answer.highest, 9)
    return Measure(id=name, kind="question", title=answer.text, lowest=lowest, highest=highest)


def _refused_since(refused: ResultDocument | None, document: ResultDocument) -> bool:
    return refused is not None and _later(refused, document) is not document


def _later(one: ResultDocument, other: ResultDocument | None) -> ResultDocument:
    """The one that counts, of one or two results of a company."""
    if other is None:
        return one
    first, second = _when(one), _when(other)
    if first == second:
        return max(one, other, key=dumps)
    return one if first > second else other


def _when(document: ResultDocument) -> tuple[str, str, bool]:
    occasion = document.occasion
    return occasion.date or "", occasion.occasion or "", occasion.voice != "company"
