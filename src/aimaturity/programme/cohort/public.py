"""The cohort document for everybody: companies that agreed to be compared, and what disclosure control lets through.

Nothing here is a figure of its own: areas by the quartiles of the benchmark set, and numbers of companies that the same
publication decided on. Both are in the hub's ledger, so that no later publication gives a company away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aimaturity.benchmark.counts import Attribute
from aimaturity.benchmark.documents import BenchmarkSet, Count, Ledger
from aimaturity.benchmark.peers import Peers, gather, latest_of
from aimaturity.benchmark.publish import publish
from aimaturity.benchmark.rules import Rules
from aimaturity.definitions.hashing import content_hash
from aimaturity.documents.cohort import CohortDocument, CountTitle, PublicFigures
from aimaturity.programme.cohort.choosing import method_meant
from aimaturity.programme.cohort.hub import head
from aimaturity.programme.cohort.kinds import CHALLENGE
from aimaturity.programme.cohort.steps import FIND_OUT, rises_by
from aimaturity.programme.cohort.taking import Taken, take, take_all
from aimaturity.scoring.document import ResultDocument, Words

COMPANIES, LEVEL, ADVICE = "companies", "level", "advice:"
YES, NO = "yes", "no"
ONLY_YES = frozenset([YES])


@dataclass(frozen=True)
class Publication:
    """A public cohort, the benchmark set with the same figures, and the ledger with both; to be kept before either
    goes out. `peers`: who is in it, and how many results aren't and why."""

    document: CohortDocument
    set: BenchmarkSet
    ledger: Ledger
    peers: Peers


def pick(documents: Sequence[ResultDocument], scoring: str | None = None) -> ResultDocument | None:
    """A result of the method that a cohort of these would be of (see `hub.cohort`); None of none."""
    taken, catalogues = take_all(documents)
    meant = method_meant(taken, [m for m, found in catalogues.items() if found.sample.scoring.id == scoring])
    return catalogues[meant].sample if meant is not None else None


def public_cohort(
    documents: Sequence[ResultDocument],
    like: ResultDocument,
    ledger: Ledger,
    secret: bytes,
    date: str,
    rules: Rules | None = None,
    withdrawn: Iterable[str] = (),
    owners: Mapping[str, str] | None = None,
) -> Publication:
    """The public cohort of these results. The same input gives the same bytes; the order of results never matters.

    like   a result of the method that it is of (see `benchmark.peers.gather`, also for `withdrawn` and `owners`)
    date   today's, YYYY-MM-DD
    raises ValueError as `publish` does: the ledger isn't whole, the secret isn't its own, the date is too early
    """
    peers = gather(documents, like, withdrawn=withdrawn, owners=owners)
    latest = latest_of(documents, like)
    taken = {peer.company: take(latest[peer.company]) for peer in peers.companies}
    sample = min((latest[name] for name in taken), key=lambda d: take(d).digest, default=like)
    done = publish(peers, ledger, secret, date, rules, attributes=attributes(taken, sample))
    everybody = next((c for c in done.counts if c.measure == COMPANIES and c.value is None), None)
    figures = PublicFigures(
        date=date,
        release=done.set.ledger.release,
        set_hash=content_hash(done.set),
        rules=done.set.rules,
        companies=everybody.companies if everybody is not None else None,
        measures=done.set.measures,
        counts=[count for count in done.counts if _told(count)],
        titles=_titles(done.counts, sample, latest, taken),
    )
    return Publication(CohortDocument(audience="public", public=figures, **head(sample)), done.set, done.ledger, peers)


def attributes(taken: Mapping[str, Taken], sample: ResultDocument) -> list[Attribute]:
    """What is counted: the companies, their overall levels, main challenges (by sector too), and who would gain by each
    recommendation."""
    root = sample.level_node
    levels = {c: str(one.nodes[root].level) for c, one in taken.items() if root in one.nodes and one.nodes[root].level}
    challenges = {
        company: answer.value
        for company, one in taken.items()
        if (answer := one.answers.get(CHALLENGE)) is not None
        and answer.state == "answered"
        and isinstance(answer.value, str)
    }
    advice = sorted({name for one in taken.values() for name in one.advice if not name.startswith(FIND_OUT)})
    return [
        Attribute(COMPANIES, dict.fromkeys(taken, YES), only=frozenset()),
        *([Attribute(LEVEL, levels)] if levels and not sample.indication else []),
        *([Attribute(CHALLENGE, challenges, by_sector=True)] if challenges else []),
        *(
            Attribute(f"{ADVICE}{name}", {c: _gains(one, name, sample) for c, one in taken.items()}, only=ONLY_YES)
            for name in advice
        ),
    ]


def _gains(one: Taken, advice: str, sample: ResultDocument) -> str:
    given = one.advice.get(advice)
    return YES if given is not None and any(rises_by(given, area) > 0 for area in sample.areas) else NO


def _told(count: Count) -> bool:
    """Whether it is of use to a reader. Sums aren't; they are in the ledger, since they can be added up."""
    return count.value is not None


def _titles(
    counts: Iterable[Count], sample: ResultDocument, latest: Mapping[str, ResultDocument], taken: Mapping[str, Taken]
) -> list[CountTitle]:
    """Words for what is counted, as far as it is shown."""
    found: dict[tuple[str, str], Words] = {}
    names = {str(each.level): each.title for each in sample.levels}
    challenges = {
        str(answer.value): answer.words
        for company in taken
        if (answer := latest[company].answer(CHALLENGE)) is not None and answer.words is not None
    }
    advice = {item.id: item.title for company in taken for item in latest[company].advice}
    for count in counts:
        if not _told(count) or count.value is None:
            continue
        if count.measure == LEVEL:
            words = names.get(count.value)
        elif count.measure == CHALLENGE:
            words = challenges.get(count.value)
        else:
            words = advice.get(count.measure.removeprefix(ADVICE))
        found[count.measure, count.value] = words or {}
    return [CountTitle(measure=m, value=v, title=words) for (m, v), words in sorted(found.items())]
