"""The pure part of taking in a bundle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.fold import Entry, companies, root
from aimaturity.programme.store.merging import Here, plan_for, settling
from aimaturity.programme.store.whole import dangling
from tests.programme.test_fold import IDS, journals

NOTHING = Here({}, {}, {}, frozenset(), {}, frozenset())


def later(journal: list[Entry], made: list[tuple[str, str, dict[str, object]]]) -> list[Entry]:
    """The journal with entries that a store enters after all others."""
    return journal + [Entry(f"v{n}", 100 + n, "z", "", None, "company", *one) for n, one in enumerate(made)]


@given(journals())
def test_what_is_settled_joins_the_same_companies_and_needs_no_settling_again(journal: list[Entry]) -> None:
    before = companies(journal)
    settled = later(journal, settling(before))
    after = companies(settled)
    assert {id: root(before, id) for id in before} == {id: root(after, id) for id in after}
    assert settling(after) == []
    assert not any(company.by_number for company in after.values())
    for company in after.values():
        assert company.joined is None or company.gave_up is None
        number = after[root(after, company.id)].fields.get("organisationsnummer")
        assert number is not None or company.fields.get("organisationsnummer") is None


@given(journals(), st.sampled_from(IDS), st.sampled_from(["556016-0680", None]))
def test_companies_that_were_settled_stay_one_whatever_becomes_of_their_number(
    journal: list[Entry], id: str, number: str | None
) -> None:
    settled = later(journal, settling(companies(journal)))
    joined = {(a.id, a.joined) for a in companies(settled).values() if a.joined is not None}
    edit = Entry("w", 1000, "z", "", None, "company", id, "edited", {"organisationsnummer": number})
    found = companies([*settled, edit])
    assert all(root(found, one) == root(found, other) for one, other in joined)


@given(journals(), st.sets(st.integers(0, 13)))
def test_what_dangles_is_all_that_speaks_of_what_is_not_there(journal: list[Entry], gone: set[int]) -> None:
    left = [entry for n, entry in enumerate(journal) if n not in gone]
    loose, _ = dangling(left)
    rest = [entry for entry in left if entry.uid not in loose]
    assert dangling(rest) == (set(), set())
    found = companies(rest)
    assert {entry.about for entry in rest} <= set(found)
    whole = companies(left)
    for entry in left:
        if entry.uid in loose and entry.about in whole:  # it is one with a company that isn't there
            group = {id for id in whole if root(whole, id) == root(whole, entry.about)}
            merges = [e for e in left if e.what == "merged" and e.about in group]
            assert any(str(e.facts["into"]) not in whole or e.uid in loose for e in merges)


@given(journals(), st.randoms(use_true_random=False))
def test_what_is_new_is_what_is_not_here_and_nothing_else(journal: list[Entry], random: object) -> None:
    loose, _ = dangling(journal)
    whole = [entry for entry in journal if entry.uid not in loose]
    here = [entry for entry in whole if random.random() < 0.5]  # type: ignore[attr-defined]
    hanging, _ = dangling(here)
    here = [entry for entry in here if entry.uid not in hanging]
    plan = plan_for(
        Here({entry.uid: entry for entry in here}, {}, {}, frozenset(), {}, frozenset()),
        Bundle("b", "", None, entries=tuple(whole)),
    )
    assert {entry.uid for entry in (*here, *plan.entries)} == {entry.uid for entry in whole}
    assert (plan.gone, plan.erased, plan.kept_out, plan.copied) == (frozenset(), frozenset(), frozenset(), 0)
    again = plan_for(
        Here({entry.uid: entry for entry in whole}, {}, {}, frozenset(), {}, frozenset()),
        Bundle("b", "", None, entries=tuple(whole)),
    )
    assert again.entries == ()


@given(journals())
def test_what_was_erased_takes_everything_of_its_company(journal: list[Entry]) -> None:
    loose, _ = dangling(journal)
    whole = {entry.uid: entry for entry in journal if entry.uid not in loose}
    added = frozenset(uid for uid, entry in whole.items() if entry.about == IDS[0] and entry.what == "added")
    here = Here(whole, {}, {}, frozenset(), {}, frozenset())
    plan = plan_for(here, Bundle("b", "", None, erased=added))
    left = [entry for uid, entry in whole.items() if uid not in plan.gone]
    assert all(entry.about != IDS[0] for entry in left) or not added
    assert dangling(left) == (set(), set())
    assert plan.left == companies(whole.values()).keys() - companies(left).keys()
    assert plan.erased >= plan.gone
    assert plan_for(NOTHING, Bundle("b", "", None, entries=tuple(left), erased=plan.erased)).gone == frozenset()
