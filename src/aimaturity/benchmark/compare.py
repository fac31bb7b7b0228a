"""A company beside a benchmark set.

Worked out from the set and the company's own result alone, so that it can be done on a laptop and reveals nothing that
the set doesn't. For the same reason the company is never taken out of the group that it is compared with: that would be
a figure made for it alone, and two such figures, of two companies, differ by just these two.
"""

from __future__ import annotations

from collections.abc import Callable

from aimaturity.benchmark.documents import BenchmarkSet, Group, Ledger
from aimaturity.benchmark.groups import keys_of
from aimaturity.benchmark.peers import Measure, class_in, profile_in
from aimaturity.benchmark.publish import included
from aimaturity.benchmark.rules import place_of, shown_class
from aimaturity.definitions.hashing import content_hash
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.standing import Benchmark, Finer, Standing, Stretch

Included = Callable[[str, Group], bool | None]
"""measure, group -> whether the company's own score is in the group's figures; None where that isn't known."""


def with_benchmark(
    document: ResultDocument, published: BenchmarkSet, ledger: Ledger | None = None, secret: bytes = b""
) -> ResultDocument:
    """The document with the company's place among its peers in it.

    ledger, secret  at the hub: tell whether the company itself is in a group. On a laptop there is none, and the
                    document says that it isn't known
    """

    def held(measure: str, group: Group) -> bool | None:
        if ledger is None:
            return None
        return included(ledger, published.ledger.release, secret, document.company.id, measure, group)

    return document.model_copy(update={"benchmark": compare(document, published, held)})


def compare(
    document: ResultDocument, published: BenchmarkSet, held: Included = lambda measure, group: None
) -> Benchmark:
    """The company beside its groups, a standing a measure; none where the set is of another method."""
    profile = profile_in(document)
    hashes = (published.questionnaire.hash, published.scoring.hash)
    reason = None
    if published.indication != document.indication:
        reason = "indication"
    elif hashes != (document.questionnaire.hash, document.scoring.hash):
        reason = "other_method"
    size = profile.size.name if profile.size else None
    measures = [] if reason else [each.measure for each in published.measures]
    return Benchmark(
        set_hash=content_hash(published),
        release=published.ledger.release,
        date=published.date,
        minimum_companies=published.rules.minimum_companies,
        sector=profile.sector,
        size=size,
        size_preliminary=profile.size is not None and profile.size.preliminary,
        reason=reason,
        standings=[_standing(document, published, each, profile.sector, size, held) for each in measures],
    )


def _standing(
    document: ResultDocument,
    published: BenchmarkSet,
    measure: Measure,
    sector: str | None,
    size: str | None,
    held: Included,
) -> Standing:
    finer: list[Finer] = []
    for rung, key in keys_of(sector, size):
        group = published.group(measure.id, rung, key.sector, key.size) if key is not None else None
        if group is None:
            unknown = "unknown_sector" if sector is None and rung != "size" else "unknown_size"
            finer.append(Finer(rung=rung, reason="protected" if key is not None else unknown))
            continue
        own = class_in(document, measure)
        place = None
        if own is not None:
            shown = [
                _number(part, measure, published) for part in (group.lower_quartile, group.median, group.upper_quartile)
            ]
            place = place_of(shown_class(own, published.rules), *shown)
        return Standing(
            measure=measure.id,
            place=place,
            reason=None if own is not None else "no_score",
            rung=rung,
            companies=group.companies,
            lower_quartile=group.lower_quartile,
            median=group.median,
            upper_quartile=group.upper_quartile,
            as_of=group.as_of,
            included=held(measure.id, group),
            finer=finer,
        )
    return Standing(measure=measure.id, place=None, reason="protected", finer=finer)


def _number(part: Stretch, measure: Measure, published: BenchmarkSet) -> int:
    """The class of the set that a stretch of points is."""
    share = (part.low - measure.lowest) / (measure.highest - measure.lowest)
    return round(share * published.rules.classes)
