"""Which results are put together: of one method, and of each company the latest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aimaturity.documents.cohort import LeftOut
from aimaturity.programme.cohort.taking import MethodKey, Taken


@dataclass(frozen=True)
class Chosen:
    """The results that a cohort is made of.

    present   one a company: its latest, in the order of company ids
    history   company -> occasion -> result, of those with an occasion, by the same method
    others    company -> occasions of results by another method
    left_out  how many results aren't among the present ones, and why
    """

    method: MethodKey
    results: int
    present: Sequence[Taken]
    history: dict[str, dict[str, Taken]]
    others: dict[str, frozenset[str]]
    left_out: dict[LeftOut, int]


def method_meant(taken: Iterable[Taken], scored_by: Iterable[MethodKey] = ()) -> MethodKey | None:
    """The method that the cohort is of: one of those asked for, if any are; of several the one with most companies,
    then the one used last; by hash between equals."""
    wanted = set(scored_by)
    companies: dict[MethodKey, set[str]] = {}
    last: dict[MethodKey, str] = {}
    for one in taken:
        if not wanted or one.method in wanted:
            companies.setdefault(one.method, set()).add(one.company)
            last[one.method] = max(last.get(one.method, ""), one.date or "")
    return max(companies, key=lambda method: (len(companies[method]), last[method], method), default=None)


def choose(taken: Sequence[Taken], method: MethodKey) -> Chosen:
    """Of one occasion of a company the adviser's result comes before the company's own, then the latest counts; of
    several occasions the latest is its present one."""
    left_out: Counter[LeftOut] = Counter()
    by_occasion: dict[tuple[str, str], Taken] = {}
    others: dict[str, set[str]] = {}
    for one in taken:
        if one.method != method:
            left_out["other_method"] += 1
            if one.occasion:
                others.setdefault(one.company, set()).add(one.occasion)
            continue
        key = (one.company, one.occasion or "")
        other = by_occasion.get(key)
        if other is None:
            by_occasion[key] = one
            continue
        kept = max(one, other, key=lambda t: (t.voice != "company", t.order))
        dropped = other if kept is one else one
        own = dropped.voice == "company" and kept.voice != "company"
        left_out["company_voice" if own else "earlier"] += 1
        by_occasion[key] = kept
    history: dict[str, dict[str, Taken]] = {}
    present: dict[str, Taken] = {}
    for (company, occasion), one in sorted(by_occasion.items()):
        if occasion:
            history.setdefault(company, {})[occasion] = one
        if company in present:
            left_out["earlier"] += 1
            one = max(one, present[company], key=lambda t: t.order)
        present[company] = one
    return Chosen(
        method=method,
        results=len(taken),
        present=[present[company] for company in sorted(present)],
        history=history,
        others={company: frozenset(found) for company, found in others.items()},
        left_out={reason: count for reason, count in sorted(left_out.items()) if count},
    )
