"""Entries give the same whatever order they come in, and say of a company what the register says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aimaturity.programme.store import About, Store
from aimaturity.programme.store.fold import Entry, companies, participations, root, things

IDS = ("åsa", "ö", "a", "b")
NUMBERS = (None, "556016-0680", "556036-0793")


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Entries of three stores about a few companies, some of them the same one."""
    made = []
    for n in range(draw(st.integers(1, 14))):
        what = draw(st.sampled_from(["added", "added", "edited", "merged"]))
        facts: dict[str, object] = {"into": draw(st.sampled_from(IDS))}
        if what != "merged":
            facts = {"name": draw(st.sampled_from([None, "Å AB", "Ö AB"]))}
            if draw(st.booleans()):
                facts["organisationsnummer"] = draw(st.sampled_from(NUMBERS))
        clock, device = draw(st.integers(1, 6)), draw(st.sampled_from("xyz"))
        made.append(Entry(f"u{n}", clock, device, "", None, "company", draw(st.sampled_from(IDS)), what, facts))
    return made


@given(journals(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_come_changes_nothing(journal: list[Entry], random: object) -> None:
    shuffled = list(journal)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert companies(shuffled) == companies(journal)


@given(journals())
def test_merges_lead_to_one_company_and_a_number_is_ones_own(journal: list[Entry]) -> None:
    found = companies(journal)
    assert set(found) == {entry.about for entry in journal if entry.what == "added"}
    numbers = [n for c in found.values() if (n := c.fields.get("organisationsnummer")) is not None]
    assert len(numbers) == len(set(numbers))
    for company in found.values():
        assert company.joined is None or found[company.joined].joined is None
    for entry in journal:
        if entry.what == "merged" and {entry.about, entry.facts["into"]} <= set(found):
            assert root(found, entry.about) == root(found, str(entry.facts["into"]))


def test_an_activity_taken_back_is_gone_until_it_is_said_anew() -> None:
    def said(clock: int, what: str, **facts: object) -> Entry:
        return Entry(f"u{clock}", clock, "x", "", None, "activity", "k1", what, facts)

    begun = [said(1, "added", title="Kväll om mätning", kind="course"), said(2, "removed")]
    assert things(begun) == {}
    assert things([*begun, said(3, "edited", title="Kväll")]) == {"k1": {"title": "Kväll", "kind": "course"}}


def test_the_latest_counts_of_a_company_at_an_activity_count() -> None:
    def said(clock: int, what: str, women: int) -> Entry:
        return Entry(f"u{clock}", clock, "x", "", None, "participation", "ö", what, {"activity": "k1", "women": women})

    assert participations([said(2, "edited", 4), said(1, "added", 3)]) == {("k1", "ö"): {"women": 4}}
    assert participations([said(2, "removed", 0), said(1, "added", 3)]) == {}


def test_what_the_register_says_of_companies_is_what_its_entries_add_up_to(store: Store) -> None:
    store.add_company("Å AB", id="a", about=About(municipality="1080", sector="industry"))
    store.add_company("Ö AB", id="b", organisationsnummer="556016-0680", about=About(size="micro", county="12"))
    store.add_company("Ä AB", id="c")
    store.edit_company("c", name=None, about=About(owner=" Åkers  Holding", benchmark="no"))
    store.merge_companies("b", "c")
    store.edit_company("a", about=About(sector=None))
    found = companies(store.entries("company"))
    for company in store.companies():
        said = found[company.id].fields
        for name in ("name", "organisationsnummer", "owner", "benchmark"):
            assert getattr(company, name) == said.get(name)
    a, c = store.company("a"), store.company("b")
    assert (a.municipality, a.county, a.sector) == ("1080", "10", None)
    assert (c.id, c.name, c.organisationsnummer, c.size, c.county) == ("c", "Ö AB", "556016-0680", "micro", "12")
    assert (c.owner, c.benchmark, c.merged) == ("Åkers Holding", "no", ("b",))
    assert found["b"].joined == "c"


def test_a_number_taken_from_a_company_is_no_longer_theirs_that_are_part_of_it() -> None:
    """Ö AB got B AB's number as they were made one; it was the wrong one. The company whose it is isn't Ö AB."""

    def said(clock: int, about: str, what: str, device: str = "x", **facts: object) -> Entry:
        return Entry(f"{device}{clock}", clock, device, "", None, "company", about, what, facts)

    number = {"organisationsnummer": "556016-0680"}
    journal = [said(1, "ö", "added", name="Ö AB"), said(2, "b", "added", **number), said(3, "b", "merged", into="ö")]
    assert companies(journal)["ö"].fields["organisationsnummer"] == "556016-0680"
    journal.append(said(4, "ö", "edited", organisationsnummer=None))
    assert all(company.fields.get("organisationsnummer") is None for company in companies(journal).values())
    found = companies([*journal, said(2, "c", "added", "y", **number)])
    assert (root(found, "b"), root(found, "c")) == ("ö", "c")
    assert found["c"].fields["organisationsnummer"] == "556016-0680"
    again = companies([*journal, said(5, "b", "edited", "y", **number)])  # by who didn't know, but later
    assert again["ö"].fields["organisationsnummer"] == "556016-0680"
