"""What is published, in one set and over several, and what never is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.benchmark.documents import read_ledger, read_set
from aimaturity.benchmark.publish import included, new_ledger, publish
from aimaturity.benchmark.rules import Rules, class_of, quartiles
from aimaturity.scoring.parts import dumps
from tests.benchmark.factory import (
    SCORES,
    SECRET,
    Firm,
    day,
    firms,
    groups,
    members,
    peers,
    programme,
    published,
)

ALL = ("all", None, None)
ordinary = settings(deadline=None, max_examples=40)


def figures(group: Any) -> tuple[Any, ...]:
    """Size band and quartile classes, in points."""
    parts = (group.lower_quartile, group.median, group.upper_quartile)
    return (group.companies.at_least, group.companies.at_most), *((part.low, part.high) for part in parts)


def firm_list(text: str) -> list[Firm]:
    """`industry small 10 20 30; finance micro 40` as companies."""
    found: list[Firm] = []
    for part in text.split(";"):
        sector, size, *scores = part.split()
        found += [Firm(f"bolag-{len(found) + i}", float(s), sector, size) for i, s in enumerate(scores)]
    return found


# By hand. Ten companies:
#   industry small       5 15 25 35 45 55     ranks 2, 3, 5 of 6: 15, 25, 45
#   construction small   65 75 85 95          four: too few
#   all, small           5 15 25 ... 95       ranks 3, 5, 8 of 10: 25, 45, 75
# "all" is shown. "industry" leaves 4 of all: not shown. "small" is the same ten as all: shown. "industry small" and
# "construction small" are the same as their sectors.
BY_HAND = firm_list("industry small 5 15 25 35 45 55; construction small 65 75 85 95")


def test_a_small_table_by_hand() -> None:
    (made,), _ = published([BY_HAND])
    ten = ((10, 19), (20, 30), (40, 50), (70, 80))
    assert {key: figures(group) for key, group in groups(made).items()} == {ALL: ten, ("size", None, "small"): ten}


# One more in construction, at 60: industry 6 and construction 5 (60 65 75 85 95: ranks 2, 3, 4), together 11 (ranks
# 3, 6, 9: 25, 55, 75). Neither leaves fewer than five.
def test_a_small_table_in_which_no_group_gives_another_away() -> None:
    (made,), _ = published([[*BY_HAND, Firm("ny", 60, "construction", "small")]])
    eleven = ((10, 19), (20, 30), (50, 60), (70, 80))
    industry, construction = ((5, 9), (10, 20), (20, 30), (40, 50)), ((5, 9), (60, 70), (70, 80), (80, 90))
    assert {key: figures(group) for key, group in groups(made).items()} == {
        ALL: eleven,
        ("size", None, "small"): eleven,
        ("sector", "industry", None): industry,
        ("sector", "construction", None): construction,
        ("sector_size", "industry", "small"): industry,
        ("sector_size", "construction", "small"): construction,
    }


# Publications over time, of one group of five (0 10 20 30 40): one joins, two, in all five; then one takes its consent
# back. Renewed only when five have changed; withheld once a company in it is gone, until five have changed.
def test_a_group_is_renewed_when_five_have_changed_and_withheld_when_one_has_left() -> None:
    first = [Firm(f"bolag-{i}", 10.0 * i, None, None) for i in range(5)]
    joined = [Firm(f"ny-{i}", 90.0, None, None) for i in range(5)]
    versions = [first, first + joined[:1], first + joined[:3], first + joined, first[1:] + joined, first[1:] + joined]
    sets, _ = published(versions)
    seen = [groups(each).get(ALL) for each in sets]
    assert [group and (group.as_of, group.median.low) for group in seen] == [
        (day(1), 20),
        (day(1), 20),
        (day(1), 20),
        (day(4), 40),
        None,
        None,
    ]


def test_a_withheld_group_comes_back_when_enough_has_changed() -> None:
    first = [Firm(f"bolag-{i}", 10.0 * i, None, None) for i in range(8)]
    joined = [Firm(f"ny-{i}", 90.0, None, None) for i in range(4)]
    sets, _ = published([first, first[1:], first[1:] + joined])
    assert [ALL in groups(each) for each in sets] == [True, False, True]


# --- Properties


@ordinary
@given(st.lists(firms(), min_size=1, max_size=3), st.sampled_from([4, 5, 8]))
def test_no_group_under_the_minimum_is_ever_shown(versions: list[list[Firm]], least: int) -> None:
    sets, _ = published(versions, Rules(minimum_companies=least))
    for made in sets:
        for key, group in groups(made).items():
            version = versions[int(group.as_of[-2:]) - 1]
            inside = members(version, key)
            assert len(inside) >= least
            assert group.companies.at_least >= least
            assert group.companies.at_least <= len(inside) <= (group.companies.at_most or 10**9)
            parts = (group.lower_quartile, group.median, group.upper_quartile)
            classes = quartiles([class_of(firm.score, 0, 100) for firm in inside])
            assert [part.low for part in parts] == [10.0 * number for number in classes]


@ordinary
@given(firms(at_least=5), st.randoms(use_true_random=False))
def test_the_order_of_companies_does_not_matter(some: list[Firm], random: Any) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    ledger = new_ledger(SECRET)
    one, other = (publish(peers(each), ledger, SECRET, day(1)) for each in (some, shuffled))
    assert dumps(one.set) == dumps(other.set)
    assert dumps(one.ledger) == dumps(other.ledger)


@ordinary
@given(firms(at_least=5), st.data())
def test_scores_that_move_within_their_classes_change_no_byte(some: list[Firm], data: st.DataObject) -> None:
    """Whatever an attacker knows and however often is published, nothing tells a score closer than its class."""
    moved = [
        replace(firm, score=10 * class_of(firm.score, 0, 100) + data.draw(st.floats(0, 9.99, allow_nan=False)))
        for firm in some
    ]
    for number in (3, len(some)):
        before, after = (published([each[:number], each]) for each in (some, moved))
        assert [dumps(each) for each in before[0]] == [dumps(each) for each in after[0]]
        assert dumps(before[1]) == dumps(after[1])


@ordinary
@given(firms(at_least=5), SCORES, st.sampled_from(["industry", "construction", None]), st.sampled_from(["small", None]))
def test_one_company_more_changes_no_figure_that_was_shown(
    some: list[Firm], score: float, sector: str | None, size: str | None
) -> None:
    """A group that wasn't shown may be from now on, as any that differs from all that were in five companies."""
    (before, after), _ = published([some, [*some, Firm("ny", score, sector, size)]])
    assert groups(before).items() <= groups(after).items()


# Six micro at 0 0 0 0 10 10 and four small: all ten shown, micro not, since the four small would follow. Without one at
# 0 the micro are five, which differ from the ten in five companies.
def test_a_group_may_become_shown_when_one_has_left() -> None:
    some = [Firm(f"bolag-{i}", 10.0 * (i > 7), "industry", "small" if 4 <= i < 8 else "micro") for i in range(10)]
    (before, after), _ = published([some, some[1:]])
    micro = ("size", None, "micro")
    assert (micro in groups(before), micro in groups(after)) == (False, True)
    assert len(members(some[1:], micro)) == 5


@ordinary
@given(firms(at_least=5), st.data())
def test_one_company_less_renews_no_figure(some: list[Firm], data: st.DataObject) -> None:
    """Consent taken back: no group holds the company any more, and none has new figures by which it could be told. One
    that wasn't shown may be from now on, as any that differs from all that were in five companies."""
    gone = data.draw(st.sampled_from(some))
    left = [firm for firm in some if firm is not gone]
    (before, after), ledger = published([some, left])
    earlier, later = groups(before), groups(after)
    assert all(earlier[key] == group for key, group in later.items() if group.as_of == day(1))
    assert all(gone not in members(some, key) for key, group in later.items() if group.as_of == day(1))
    for key in (key for key, group in later.items() if group.as_of != day(1)):
        assert key not in earlier
        inside = {firm.id for firm in members(left, key)}
        assert all(len(inside ^ {firm.id for firm in members(some, other)}) >= 5 for other in earlier)
    for group in later.values():
        assert included(ledger, 2, SECRET, gone.id, "climate", group) is False


@ordinary
@given(firms(at_least=5), SCORES, st.data())
def test_one_company_assessed_anew_changes_no_figure_that_was_shown(
    some: list[Firm], score: float, data: st.DataObject
) -> None:
    again = data.draw(st.sampled_from(some))
    (before, after), _ = published([some, [replace(f, score=score) if f is again else f for f in some]])
    assert groups(before).items() <= groups(after).items()


@ordinary
@given(st.integers(0, 10**6))
def test_any_two_groups_ever_shown_differ_by_none_or_by_five(seed: int) -> None:
    versions = programme(seed)
    sets, _ = published(versions)
    seen = []
    for made in sets:
        for key, group in groups(made).items():
            inside = members(versions[int(group.as_of[-2:]) - 1], key)
            seen.append(frozenset((firm.id, class_of(firm.score, 0, 100)) for firm in inside))
    for one in seen:
        for other in seen:
            assert one == other or len({company for company, _ in one ^ other}) >= 5


@ordinary
@given(st.lists(firms(), min_size=1, max_size=3))
def test_the_same_input_gives_the_same_bytes_and_reads_back_the_same(versions: list[list[Firm]]) -> None:
    sets, ledger = published(versions)
    again, other = published(versions)
    assert [dumps(each) for each in sets] == [dumps(each) for each in again]
    assert dumps(ledger) == dumps(other)
    assert read_ledger(dumps(ledger)) == ledger
    assert read_set(dumps(sets[-1])) == sets[-1]


def test_the_set_holds_no_company_and_the_ledger_no_name() -> None:
    sets, ledger = published([BY_HAND])
    for firm in BY_HAND:
        assert firm.id not in dumps(sets[0])
        assert firm.id not in dumps(ledger)


def test_one_owners_companies_count_as_one() -> None:
    """Six companies, but only four owners."""
    six = firm_list("industry small 5 15 25 35 45 55")
    for owners, shown in (({}, True), ({"bolag-0": "koncern", "bolag-1": "koncern", "bolag-2": "koncern"}, False)):
        made = publish(peers(six, owners), new_ledger(SECRET), SECRET, day(1)).set
        assert (ALL in groups(made)) is shown


def test_a_new_version_of_the_method_does_not_open_the_history() -> None:
    """Were each version's publications held apart, the one who joined in between would stand in the difference."""
    six = firm_list("industry small 5 15 25 35 45 55")
    first = publish(peers(six), new_ledger(SECRET), SECRET, day(1))
    more = peers([*six, Firm("ny", 99, "industry", "small")])
    changed = replace(more, scoring=more.scoring.model_copy(update={"hash": "sha256:new"}))
    second = publish(changed, first.ledger, SECRET, day(2))
    assert groups(first.set)
    assert not groups(second.set)  # what was shown is of the other method, and can't be renewed for one company


def test_stricter_rules_carry_over_no_group_that_they_would_not_show() -> None:
    six = firm_list("industry small 5 15 25 35 45 55")
    first = publish(peers(six), new_ledger(SECRET), SECRET, day(1))
    second = publish(peers(six), first.ledger, SECRET, day(2), Rules(minimum_companies=7))
    assert groups(first.set)
    assert not groups(second.set)


def test_misuse_is_refused() -> None:
    done = publish(peers(BY_HAND), new_ledger(SECRET), SECRET, day(2))
    with pytest.raises(ValueError, match="secret"):
        publish(peers(BY_HAND), done.ledger, b"another", day(3))
    with pytest.raises(ValueError, match="date"):
        publish(peers(BY_HAND), done.ledger, SECRET, day(1))
    with pytest.raises(ValueError, match=r"date|isoformat"):
        publish(peers(BY_HAND), done.ledger, SECRET, "1 jan")


def test_a_ledger_with_a_release_changed_or_missing_is_found_out() -> None:
    _, ledger = published([BY_HAND, BY_HAND, BY_HAND])
    without_first = ledger.model_copy(update={"releases": ledger.releases[1:]})
    altered = [ledger.releases[0].model_copy(update={"shown": []}), *ledger.releases[1:]]
    for wrong in (without_first, ledger.model_copy(update={"releases": altered})):
        found = read_ledger(dumps(wrong), "liggare.json")
        assert getattr(found, "code", None) == "AIM442"
        with pytest.raises(ValueError, match="broken"):
            publish(peers(BY_HAND), wrong, SECRET, day(9))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "aimaturity-benchmark/2"}', "å"])
def test_what_is_no_benchmark_set_is_a_problem_and_no_crash(text: str) -> None:
    found = read_set(text, "jämförelse.json")
    assert getattr(found, "code", None) == "AIM441"
    assert "jämförelse.json" in str(found)
