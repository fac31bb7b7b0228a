"""Challenges that companies share across sectors, and whom to bring together: the seed of shared projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from aimaturity.documents.cohort import ChallengeFigures, Challenges, Member, Round
from aimaturity.programme.cohort.figures import options
from aimaturity.programme.cohort.kinds import CHALLENGE, kind_of, tallies
from aimaturity.programme.cohort.taking import Catalogue, Taken

INTEREST = "shared_pilot_interest"
WILLING: dict[str, Literal["yes", "depends"]] = {"yes": "yes", "depends": "depends"}
OWN_WORDS = "other_challenge"
"""Companies with something else have nothing in common by that."""
SHARED_PROJECT = "shared_project"
LEAST, MOST = 4, 6
"""Companies at a round table (docs/method.md, recommendation on shared challenges)."""


def challenges(catalogue: Catalogue, present: Sequence[Taken]) -> Challenges | None:
    """Who has which main challenge; None where the questionnaire doesn't ask."""
    question = catalogue.questions.get(CHALLENGE)
    if question is None:
        return None
    having: dict[str, list[Taken]] = {}
    for one in present:
        kind = kind_of(one, CHALLENGE)
        if kind.id is not None:
            having.setdefault(kind.id, []).append(one)
    chosen = sorted(options(CHALLENGE, present), key=lambda o: (-o.companies, o.step or 0, o.id))
    found = [
        ChallengeFigures(
            id=option.id,
            words=option.words,
            step=option.step,
            companies=option.companies,
            by_sector=tallies(having[option.id], "sector"),
            by_size=tallies(having[option.id], "size"),
            by_county=tallies(having[option.id], "county"),
            members=[m for one in having[option.id] if (m := _member(one)) is not None],
        )
        for option in chosen
    ]
    rounds = [(option.id, table) for option in found if option.id != OWN_WORDS for table in tables(option.members)]
    return Challenges(
        question=CHALLENGE,
        text=question.text,
        answered=sum(option.companies for option in found),
        options=found,
        rounds=[
            Round(
                number=number,
                challenge=challenge,
                companies=[member.id for member in table],
                sectors=len({member.sector for member in table if member.sector}),
            )
            for number, (challenge, table) in enumerate(rounds, start=1)
        ],
    )


def _member(one: Taken) -> Member | None:
    """The company as one that may want to work with others; None where it doesn't."""
    answer = one.answers.get(INTEREST)
    willing = WILLING.get(str(answer.value)) if answer is not None and answer.state == "answered" else None
    if willing is None:
        return None
    return Member(
        id=one.company,
        name=one.name,
        sector=one.sector,
        county=kind_of(one, "county").title,
        willing=willing,
        ready=any(item.kind == SHARED_PROJECT for item in one.advice.values()),
    )


def tables(members: Sequence[Member]) -> Iterator[list[Member]]:
    """The companies at round tables of 4 to 6, each from several sectors. The same companies give the same tables.

    Those who said yes are dealt out; where they are fewer than four, those for whom it depends on the others are asked
    too. They are dealt in turn, sector by sector, so that each sector is spread as evenly over the tables as it can be.
    A table of one sector alone is none. With seven, one waits: 7 can't be parted in tables of 4 to 6.
    """
    yes = [m for m in members if m.willing == "yes"]
    asked = yes if len(yes) >= LEAST else [*yes, *_filling(members, LEAST - len(yes))]
    if len(asked) < LEAST:
        return
    count = -(-len(asked) // MOST)
    while len(asked) // count < LEAST:
        count -= 1
    sizes = Counter(m.sector for m in asked)
    ordered = sorted(asked, key=lambda m: (m.sector is None, -sizes[m.sector], m.sector or "", m.id))
    if len(ordered) > count * MOST:
        ordered = _fewer(ordered, count * MOST)
    for place in range(count):
        table = ordered[place::count]
        if len({m.sector for m in table if m.sector}) > 1:
            yield sorted(table, key=lambda m: (m.sector is None, m.sector or "", m.id))


def _filling(members: Sequence[Member], wanted: int) -> list[Member]:
    """So many of those for whom it depends, from sectors that few come from first."""
    sizes = Counter(m.sector for m in members if m.willing == "yes")
    able = [m for m in members if m.willing == "depends"]
    chosen: list[Member] = []
    while able and len(chosen) < wanted:
        best = min(able, key=lambda m: (m.sector is None, sizes[m.sector], m.sector or "", m.id))
        able.remove(best)
        sizes[best.sector] += 1
        chosen.append(best)
    return chosen


def _fewer(ordered: Sequence[Member], wanted: int) -> list[Member]:
    """So many of them: the last of the largest sector waits, until they are so many."""
    kept = list(ordered)
    while len(kept) > wanted:
        sizes = Counter(m.sector for m in kept)
        largest = max(sizes, key=lambda s: (sizes[s], s is None, s or ""))
        kept.remove(next(m for m in reversed(kept) if m.sector == largest))
    return kept
