"""Numbers of companies that go out beside a set: enough companies, none alone, now and over successive publications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from aimaturity.benchmark.counts import Attribute
from aimaturity.benchmark.documents import Count, Ledger
from aimaturity.benchmark.publish import new_ledger, publish
from aimaturity.benchmark.rules import Rules, band
from aimaturity.scoring.parts import dumps
from tests.benchmark.factory import SECRET, SECTOR_NAMES, Firm, day, peers

MEASURE = "main_challenge"


def firms(number: int, sector: str | None = "industry", first: int = 0) -> list[Firm]:
    return [Firm(f"bolag-{i}", 50.0, sector) for i in range(first, first + number)]


def counted(
    versions: Sequence[tuple[Sequence[Firm], dict[str, str]]],
    by_sector: bool = False,
    only: frozenset[str] | None = None,
) -> tuple[list[list[Count]], Ledger]:
    """The counts of successive publications, and the ledger after them."""
    ledger, found = new_ledger(SECRET), []
    for number, (some, values) in enumerate(versions, start=1):
        done = publish(
            peers(some), ledger, SECRET, day(number), attributes=[Attribute(MEASURE, values, by_sector, only)]
        )
        found.append(list(done.counts))
        ledger = done.ledger
    return found, ledger


def shown(counts: Sequence[Count]) -> dict[tuple[str | None, str | None], tuple[int, int | None]]:
    return {(c.sector, c.value): (c.companies.at_least, c.companies.at_most) for c in counts}


def test_a_small_table_by_hand() -> None:
    some = firms(40)
    values = {f.id: "planning" if i < 25 else "quality" for i, f in enumerate(some)}
    (counts,), _ = counted([(some, values)])
    assert shown(counts) == {(None, None): (20, 49), (None, "planning"): (20, 49), (None, "quality"): (10, 19)}
    assert {count.as_of for count in counts} == {day(1)}


def test_what_would_leave_fewer_than_five_is_not_shown() -> None:
    """Thirty, and seven and three more: with all but the three shown, the three would be known."""
    some = firms(40)
    values = {f.id: "a" if i < 30 else "b" if i < 37 else "c" for i, f in enumerate(some)}
    (counts,), _ = counted([(some, values)])
    assert shown(counts) == {(None, None): (20, 49), (None, "a"): (20, 49)}


def test_an_answer_that_nearly_all_gave_is_not_counted() -> None:
    some = firms(30)
    values = {f.id: "a" if i < 29 else "b" for i, f in enumerate(some)}
    (counts,), _ = counted([(some, values)])
    assert shown(counts) == {(None, None): (20, 49)}
    (counts,), _ = counted([(some, dict.fromkeys(values, "a"))])
    assert shown(counts) == {(None, None): (20, 49)}


def test_one_more_company_changes_no_count_that_was_shown() -> None:
    some = firms(20)
    values = {f.id: "a" if i < 9 else "b" for i, f in enumerate(some)}
    more = [*some, Firm("nykomling", 1.0)]
    (before, after), _ = counted([(some, values), (more, {**values, "nykomling": "a"})])
    assert before == after
    assert (None, "a") in shown(before)


def test_a_company_that_took_its_yes_back_takes_its_counts_with_it() -> None:
    some = firms(20)
    values = {f.id: "a" if i < 9 else "b" for i, f in enumerate(some)}
    (before, after), _ = counted([(some, values), (some[1:], {k: v for k, v in values.items() if k != some[0].id})])
    assert (None, "a") in shown(before)
    assert (None, "a") not in shown(after)
    assert (None, "b") in shown(after)


def test_values_that_are_not_counted_still_count_in_the_sum() -> None:
    some = firms(30)
    values = {f.id: "yes" if i < 26 else "no" for i, f in enumerate(some)}
    (counts,), ledger = counted([(some, values)], only=frozenset(["yes"]))
    assert shown(counts) == {(None, None): (20, 49)}  # four say no
    assert [len(each.members) for each in ledger.releases[0].counts] == [30]


def test_companies_of_one_owner_count_as_one() -> None:
    some = firms(20)
    values = {f.id: "a" if i < 9 else "b" for i, f in enumerate(some)}
    owners = {f.id: "koncernen" for f in some[:6]}
    done = publish(peers(some, owners), new_ledger(SECRET), SECRET, day(1), attributes=[Attribute(MEASURE, values)])
    assert (None, "a") not in shown(done.counts)


def test_the_ledger_holds_no_name_and_no_answer() -> None:
    some = firms(30)
    values = {f.id: "hemligt" if i < 12 else "annat" for i, f in enumerate(some)}
    _, ledger = counted([(some, values)])
    members = [member for each in ledger.releases[0].counts for member in each.members]
    assert len(members) == 30 + 18 + 12
    assert not any(word in member for member in members for word in ("bolag", "hemligt", "annat"))


def test_a_set_without_counts_hashes_as_it_did() -> None:
    done = publish(peers(firms(12)), new_ledger(SECRET), SECRET, day(1))
    assert done.counts == []
    text = dumps(done.ledger)
    assert (
        Ledger.model_validate_json(text.replace('"counts": [],', "").replace(',\n   "counts": []', "")).broken_at()
        is None
    )


def programme(seed: int) -> list[tuple[list[Firm], dict[str, str]]]:
    """Three publications of 10 to 60 companies: some join, some leave, some answer anew."""
    rng = np.random.default_rng(seed)
    sectors = [*SECTOR_NAMES[: rng.integers(1, 4)], None]
    pool = [Firm(f"bolag-{i}", 50.0, sectors[rng.integers(0, len(sectors))]) for i in range(int(rng.integers(10, 61)))]
    stay, change = rng.choice([0.97, 0.9, 0.6]), rng.choice([0.0, 0.1, 0.5])
    said = {firm.id: str(rng.choice(list("aabbcd"))) for firm in pool}
    versions = []
    for _ in range(3):
        said = {id: str(rng.choice(list("aabbcd"))) if rng.random() < change else v for id, v in said.items()}
        some = [firm for firm in pool if rng.random() < stay]
        versions.append((some, {firm.id: said[firm.id] for firm in some}))
    return versions


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_no_count_of_few_no_rest_of_few_and_none_between_publications(seed: int) -> None:
    versions = programme(seed)
    found, ledger = counted(versions, by_sector=True)
    history: list[frozenset[str]] = []
    for (some, values), counts, release in zip(versions, found, ledger.releases, strict=True):
        groups = {
            (each.count.sector, each.count.value): frozenset(m.split(".")[0] for m in each.members)
            for each in release.counts
        }
        for (sector, value), members in groups.items():
            assert len(members) >= 5
            if counts and all(c.as_of == release.date for c in counts):
                true = [f for f in some if sector in (None, f.sector) and value in (None, values[f.id])]
                assert len(true) == len(members)
            for row in ((sector, None), (None, value)):
                whole = groups.get(row)
                fresh = {(c.sector, c.value) for c in counts if c.as_of == release.date}
                if whole is not None and whole != members and {row, (sector, value)} <= fresh:
                    assert len(whole ^ members) >= 5
        history += groups.values()
    entries = [frozenset(each.members) for release in ledger.releases for each in release.counts]
    for one in entries:
        for other in entries:
            if one != other:
                assert len({m.split(".")[0] for m in one ^ other}) >= 5


def widths(seed: int, protected: bool) -> list[float]:
    """How closely one who has a table, and knows every sector and answer that there is, can tell the number of companies
    in each withheld cell: the widths, by linear programming over what is shown. Without protection, exact numbers of
    all cells of five and more are shown."""
    rng = np.random.default_rng(seed)
    sectors, values = SECTOR_NAMES[: rng.integers(2, 5)], "abcde"[: rng.integers(2, 6)]
    some = [Firm(f"bolag-{i}", 50.0, str(rng.choice(sectors))) for i in range(int(rng.integers(20, 120)))]
    weights = rng.dirichlet(np.full(len(values), 0.8))
    said = {f.id: str(rng.choice(list(values), p=weights)) for f in some}
    cells = [(sector, value) for sector in sectors for value in values]
    true = Counter((f.sector, said[f.id]) for f in some)
    keys: list[tuple[str | None, str | None]] = [(s, v) for s in (None, *sectors) for v in (None, *values)]
    known: dict[tuple[str | None, str | None], tuple[int, int]] = {}
    if protected:
        (counts,), _ = counted([(some, said)], by_sector=True)
        known = {(c.sector, c.value): (c.companies.at_least, c.companies.at_most or 1000) for c in counts}
    else:
        for s, v in keys:
            number = sum(n for (sector, value), n in true.items() if s in (None, sector) and v in (None, value))
            if number >= 5 or s is None:
                known[s, v] = (number, number)
    rows = [[float(s in (None, sector) and v in (None, value)) for sector, value in cells] for s, v in known]
    upper = np.array([*rows, *(-np.array(row) for row in rows)])
    bounds = [high for _, high in known.values()] + [-low for low, _ in known.values()]
    found = []
    for place, cell in enumerate(cells):
        if cell in known or not true[cell]:
            continue
        aim = np.eye(len(cells))[place]
        low, high = (linprog(sign * aim, upper, bounds, bounds=(0, None)) for sign in (1, -1))
        assert low.status == high.status == 0
        assert low.fun - 1e-6 <= true[cell] <= -high.fun + 1e-6
        found.append(-high.fun - low.fun)
    return found


def test_no_withheld_number_can_be_told_closer_than_five() -> None:
    """With disclosure control no cell that isn't shown is narrowed to fewer than five numbers; without it, some are
    told to the company."""
    found = [width for seed in range(12) for width in widths(seed, True)]
    assert len(found) > 60
    assert min(found) >= 4
    assert min(width for seed in range(12) for width in widths(seed, False)) == 0


@given(st.integers(5, 400))
def test_a_count_is_shown_as_a_band_no_narrower_than_five(number: int) -> None:
    found = band(number, Rules())
    assert found.at_least <= number
    assert found.at_most is None or (number <= found.at_most and found.at_most - found.at_least >= 4)


def test_bands_are_all_that_goes_out() -> None:
    some = firms(40)
    values = {f.id: "a" if i < 25 else "b" for i, f in enumerate(some)}
    (counts,), _ = counted([(some, values)])
    told: Counter[Any] = Counter(number for c in counts for number in (c.companies.at_least, c.companies.at_most))
    assert set(told) <= {5, 9, 10, 19, 20, 49, 50, 99, 100, None}
