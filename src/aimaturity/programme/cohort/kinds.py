"""What companies are grouped by: sector, size, county, municipality, challenge, occasion, or a question's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aimaturity.documents.cohort import GroupFigures, Grouping, GroupNode, Tally
from aimaturity.programme.cohort.figures import level_counts
from aimaturity.programme.cohort.statistics import distribution
from aimaturity.programme.cohort.taking import Catalogue, Taken
from aimaturity.responses.profile import SECTORS, SIZES
from aimaturity.scoring.document import Words

CHALLENGE = "main_challenge"
SHORT = {"challenge": CHALLENGE, "county": "county", "municipality": "municipality"}
"""Names that stand for a question of the bundled questionnaires."""
DERIVED = ("sector", "size", "occasion")
"""What isn't the answer to one question."""
SMALL = 5
"""In a smaller group chance decides, and its figures point at companies (k of docs/benchmark.md)."""
ORDER: dict[str, int] = {name: place for place, name in enumerate([*SECTORS, *SIZES])}


@dataclass(frozen=True)
class Kind:
    """Which group a company is in; `id` None where it isn't known."""

    id: str | None
    title: Words | None
    place: int = 0


def fields(catalogue: Catalogue) -> list[str]:
    """Everything that one can group by."""
    single = [q.id for q in catalogue.questions.values() if q.kind == "single"]
    return [*DERIVED, *(short for short, question in SHORT.items() if question in single), *single]


def kind_of(one: Taken, field: str) -> Kind:
    """The company's group."""
    if field in DERIVED:
        name = {"sector": one.sector, "size": one.size, "occasion": one.occasion}[field]
        return Kind(name, None, ORDER.get(name or "", 0))
    answer = one.answers.get(SHORT.get(field, field))
    if answer is None or answer.state != "answered" or not isinstance(answer.value, str):
        return Kind(None, None)
    return Kind(answer.value, answer.words, answer.step or 0)


def tallies(companies: Iterable[Taken], field: str) -> list[Tally]:
    """How many companies are in each group; the largest first, those not known last."""
    kinds = [kind_of(one, field) for one in companies]
    counts, titles = Counter(kind.id for kind in kinds), {kind.id: kind for kind in kinds}
    names = sorted(counts, key=lambda name: (name is None, -counts[name], titles[name].place, name or ""))
    return [Tally(id=name, title=titles[name].title, companies=counts[name]) for name in names]


def grouping(catalogue: Catalogue, present: Sequence[Taken], field: str) -> Grouping:
    """The areas by group, in the order of the questionnaire or classification; those not known last."""
    members: dict[str | None, list[Taken]] = {}
    titles: dict[str | None, Kind] = {}
    for one in present:
        kind = kind_of(one, field)
        members.setdefault(kind.id, []).append(one)
        titles[kind.id] = kind
    question = catalogue.questions.get(SHORT.get(field, field))
    ordered = sorted(members, key=lambda name: (name is None, titles[name].place, name or ""))
    return Grouping(
        field=field,
        title=question.text if question is not None and field not in DERIVED else None,
        groups=[
            GroupFigures(
                id=name,
                title=titles[name].title,
                companies=len(members[name]),
                small=len(members[name]) < SMALL,
                nodes=[_node(catalogue, area, members[name]) for area in catalogue.sample.areas],
            )
            for name in ordered
        ],
    )


def _node(catalogue: Catalogue, area: str, members: Sequence[Taken]) -> GroupNode:
    taken = [one.nodes[area] for one in members if area in one.nodes]
    scores = [one.score for one in taken if one.score is not None]
    return GroupNode(
        id=area,
        scored=len(scores),
        distribution=distribution(scores),
        levels=level_counts(catalogue.nodes[area], taken) if area in catalogue.nodes else [],
    )
