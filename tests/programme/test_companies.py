"""Companies are found again whatever way they are written, and two entries of one become one."""

from __future__ import annotations

import pytest

from aimaturity.cli.stored import withdrawn_in
from aimaturity.programme.store import About, Store, StoreRefused
from aimaturity.programme.store.facts import facts_problem
from aimaturity.responses.identity import luhn
from tests.programme.filled import NAME, NUMBER, answered, begun, event, questionnaire
from tests.programme.pilots.invented import card


def personal_number() -> str:
    """Invented and valid: a day of birth in it, and the right check digit."""
    return next(f"811228-987{digit}" for digit in range(10) if luhn(f"811228987{digit}"))


def test_a_companys_id_is_the_one_given_else_its_number_else_its_name(store: Store) -> None:
    assert store.add_company("Å-kraft i Osby AB", id="osby", organisationsnummer="556036-0793").id == "osby"
    assert store.add_company(NAME, organisationsnummer="5560160680").id == NUMBER
    assert store.add_company("  Österlens\tMejeri \n AB ").id == "Österlens Mejeri AB"
    assert [company.name for company in store.companies()] == [NAME, "Å-kraft i Osby AB", "Österlens Mejeri AB"]


def test_a_personal_number_is_never_stored(store: Store) -> None:
    for arguments in ({"organisationsnummer": personal_number()}, {"id": personal_number().replace("-", "")}):
        with pytest.raises(StoreRefused, match="AIM629") as refused:
            store.add_company("Enskild firma Ek", **arguments)
        assert personal_number()[:6] not in str(refused.value)
    masked = store.add_company(f"Firma {personal_number()}")
    assert masked.name == "Firma ******-****"
    with pytest.raises(StoreRefused, match="AIM629"):
        store.edit_company(masked.id, organisationsnummer=personal_number())


def test_a_number_that_is_none_and_a_company_without_anything_are_refused(store: Store) -> None:
    with pytest.raises(StoreRefused, match="AIM312"):
        store.add_company(NAME, organisationsnummer="556016-0681")
    with pytest.raises(StoreRefused, match="AIM627"):
        store.add_company(" ")


def test_an_id_or_number_that_is_taken_is_refused(store: Store) -> None:
    store.add_company(NAME, id="brosarp", organisationsnummer=NUMBER)
    with pytest.raises(StoreRefused, match=r"AIM612 .* brosarp"):
        store.add_company("En annan", id="brosarp")
    with pytest.raises(StoreRefused, match=r"AIM612 .* brosarp"):
        store.add_company("En annan", organisationsnummer=NUMBER)


@pytest.mark.parametrize(
    "text",
    ["brosarp", "5560160680", "556016-0680", "Brösarps Finmekanik", "BRÖSARPS FINMEKANIK AKTIEBOLAG", "brosarps", "finmekanik", "Brösarps Finmekanikk AB"],
)  # fmt: skip
def test_a_company_is_found_by_id_number_and_what_people_write_for_its_name(store: Store, text: str) -> None:
    store.add_company("Österlens Mejeri AB")
    store.add_company(NAME, id="brosarp", organisationsnummer=NUMBER)
    assert [company.id for company in store.find_companies(text)] == ["brosarp"]


def test_only_the_same_id_number_or_name_is_taken_for_the_same_company(store: Store) -> None:
    store.add_company(NAME, id="brosarp", organisationsnummer=NUMBER)
    for known in ({"id": "brosarp"}, {"organisationsnummer": "5560160680"}, {"name": "  BRÖSARPS  finmekanik ab"}):
        found = store.identified(**known)
        assert found is not None
        assert found.id == "brosarp"
    for other in ({"id": "x"}, {"name": "Brösarps Finmekanik"}, {"name": NAME, "organisationsnummer": "556036-0793"}):
        assert store.identified(**other) is None
    with pytest.raises(StoreRefused, match="AIM624"):
        store.identified(id="brosarp", organisationsnummer="556036-0793")


def test_an_edit_is_logged_with_what_was_there_before(store: Store) -> None:
    store.add_company("Brosarp", id="brosarp")
    store.edit_company("brosarp", name=NAME, organisationsnummer=NUMBER)
    store.edit_company("brosarp", name=NAME)
    assert store.company("brosarp").organisationsnummer == NUMBER
    store.edit_company("brosarp", organisationsnummer=None)
    log = store.company_log("brosarp")
    assert [entry.what for entry in log] == ["added", "edited", "edited"]
    assert log[1].facts == {"name": ["Brosarp", NAME], "organisationsnummer": [None, NUMBER]}


def test_merged_companies_are_one_with_all_assessments_and_the_old_id_still_finds_it(store: Store) -> None:
    first = begun(store, "Brösarps Finmek")
    second = begun(store, NAME, NUMBER)
    third = begun(store, "Brösarp")
    store.record(first, [event()])
    store.merge_companies("Brösarp", "Brösarps Finmek")
    merged = store.merge_companies("Brösarps Finmek", NUMBER)
    assert merged.merged == ("Brösarp", "Brösarps Finmek")
    assert [found.id for found in store.assessments(NUMBER)] == [first, second, third]
    assert store.company("Brösarp") == store.company("Brösarps Finmek") == merged
    assert store.answers(first) == {"data_inventory": answered("in_heads")}
    assert [company.id for company in store.companies()] == [NUMBER]
    moved = [entry.facts["assessments"] for entry in store.company_log(NUMBER) if entry.what == "merged"]
    assert moved == [[third], [first, third]]


def test_a_merged_company_gives_the_name_and_number_that_the_other_lacks(store: Store) -> None:
    store.add_company(NAME, id="a", organisationsnummer=NUMBER)
    store.add_company(id="b")
    merged = store.merge_companies("a", "b")
    assert (merged.name, merged.organisationsnummer) == (NAME, NUMBER)
    for source, into in (("a", "b"), ("b", "a"), ("b", "b"), (NUMBER, "b")):
        with pytest.raises(StoreRefused, match="AIM639"):
            store.merge_companies(source, into)


def test_two_with_different_numbers_are_merged_only_if_asked(store: Store) -> None:
    store.add_company("Åkes Plåt", id="å", organisationsnummer="556036-0793")
    store.add_company(NAME, id="b", organisationsnummer=NUMBER)
    with pytest.raises(StoreRefused, match=rf"AIM638 .*556036-0793.*{NUMBER}"):
        store.merge_companies("å", "b")
    assert len(store.companies()) == 2
    merged = store.merge_companies("å", "b", different_numbers=True)
    assert (merged.former_names, merged.former_numbers) == (("Åkes Plåt",), ("556036-0793",))
    assert merged == store.companies()[0]


def test_a_merged_company_is_found_by_what_it_was_called_and_numbered_before(store: Store) -> None:
    store.add_company("Brösarps Finmek", id="finmek", organisationsnummer="556036-0793")
    store.add_company("Åkes", id="Åkes")
    store.edit_company("Åkes", name="Åkes Plåt")
    store.add_company(NAME, id="b", organisationsnummer=NUMBER)
    store.merge_companies("finmek", "b", different_numbers=True)
    store.merge_companies("Åkes", "b")
    for said in (
        {"name": "BRÖSARPS Finmek"}, {"name": "Åkes Plåt"}, {"name": "Åkes"}, {"organisationsnummer": "5560360793"},
        {"id": "finmek", "organisationsnummer": "556036-0793"}, {"id": "finmek", "organisationsnummer": NUMBER},
    ):  # fmt: skip
        found = store.identified(**said)
        assert found is not None, said
        assert found.id == "b"
    for text in ("556036-0793", "5560360793", "Brösarps Finmek", "åkes plåt"):
        assert [one.id for one in store.find_companies(text)] == ["b"]
    with pytest.raises(StoreRefused, match=r"AIM639 .*'556036-0793' and 'b'"):
        store.add_company("Ny AB", organisationsnummer="556036-0793")
    with pytest.raises(StoreRefused, match=r"AIM639 .*'finmek' and 'b'"):
        store.add_company("Ny AB", id="finmek")
    store.add_company("Brösarps Finmek", id="own")  # whose name it is now comes before whose it was
    assert store.identified(name="Brösarps Finmek").id == "own"  # type: ignore[union-attr]


def test_a_no_to_benchmarks_holds_for_both_when_companies_are_merged(store: Store) -> None:
    store.add_company(NAME, id="a", about=About(benchmark="no"))
    store.add_company("Brösarp", id="b", about=About(benchmark="yes"))
    assert store.merge_companies("a", "b").benchmark == "no"
    assert withdrawn_in(store) == {"b"}
    assert store.out_of_step() == []


def test_a_company_that_is_not_there_is_refused_with_the_near_one(store: Store) -> None:
    store.add_company(NAME, id="brosarp")
    with pytest.raises(StoreRefused, match="did you mean 'brosarp'"):
        store.company("brosarps")


def test_a_company_whose_number_came_later_is_found_by_it_too(store: Store) -> None:
    store.add_company("Å-kraft i Osby AB")
    store.edit_company("Å-kraft i Osby AB", organisationsnummer="556036-0793")
    assert store.company("5560360793").id == "Å-kraft i Osby AB"
    assert store.assessments("556036-0793") == []


def test_what_is_longer_than_lists_and_bundles_take_is_refused(store: Store) -> None:
    long, fits = "å" * 301, "å" * 300
    store.add_company("Å", id="å", about=About(owner=fits))
    assessment = store.begin("å", questionnaire(), adviser=fits)
    for call in (
        lambda: store.add_company("Ö", id=long),
        lambda: store.add_company("Ö", about=About(owner=long)),
        lambda: store.edit_company("å", about=About(owner=long)),
        lambda: store.begin("å", questionnaire(), adviser=long),
        lambda: store.begin("å", questionnaire(), present=long),
        lambda: store.edit_assessment(assessment, present=long),
    ):
        with pytest.raises(StoreRefused, match="AIM636"):
            call()
    assert [company.id for company in store.companies()] == ["å"]


def test_a_company_with_a_long_id_takes_part_in_a_pilot(store: Store) -> None:
    id = "å" * 300
    store.add_company("Åsas Bageri", id=id)
    store.add_pilot(card("p", companies=[{"company": id}]))
    assert [one.company for one in store.pilot("p").companies] == [id]
    [entry] = store.entries("pilot_company")
    assert facts_problem(entry) is None


def test_a_number_taken_from_a_merged_company_can_be_given_back(store: Store) -> None:
    store.add_company(NAME, id="a", organisationsnummer=NUMBER)
    store.add_company(id="b")
    store.merge_companies("a", "b")
    assert store.edit_company("b", organisationsnummer=None).organisationsnummer is None
    assert store.out_of_step() == []
    assert store.edit_company("b", organisationsnummer=NUMBER).organisationsnummer == NUMBER
    assert store.out_of_step() == []
