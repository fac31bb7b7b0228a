"""The AI idea: what the answers claim for each benefit, what that rests on, what to measure first."""

from __future__ import annotations

from aimaturity.report.build import view_of
from aimaturity.responses.given import State
from aimaturity.scoring.build import documents
from aimaturity.scoring.document import ResultDocument
from tests.bundled import bundled, table
from tests.report.factory import document


def scored(**answers: object) -> ResultDocument:
    return next(documents(bundled(), table([answers])))


def test_claims_and_basis_are_answers_with_their_evidence() -> None:
    idea = view_of(document(), "sv").idea
    assert idea is not None
    business, fair = idea.rows
    (claimed,) = business.claimed
    assert (claimed.answer, claimed.given) == ("Vi har räknat ur egna siffror", True)
    assert claimed.evidence == "skickas senare: 410 000 kr om året"
    assert [item.id for item in business.basis] == ["effect_measured"], "a question that isn't there is left out"
    assert business.measure == "Mät samma siffra igen."
    assert (fair.claimed[0].answer, fair.claimed[0].given) == ("Obesvarad", False)
    assert fair.measure == "Metoden anger inget att mäta."


def test_a_document_without_an_idea_has_no_such_page() -> None:
    assert view_of(document(idea=None), "sv").idea is None


def test_what_to_measure_first_follows_the_answers() -> None:
    def first(benefit: int, **answers: object) -> str:
        found = scored(problem_defined=3, **answers).idea
        assert found is not None
        measure = found.benefits[benefit].measure
        assert measure is not None
        return measure["sv"]

    assert first(0, baseline=1).startswith("Följ en siffra varje vecka")
    assert first(0, baseline=3, problem_size=1).startswith("Räkna i två veckor")
    assert first(0, baseline=3, problem_size=3, ai_use=3, effect_measured=1).startswith("Mät samma siffra igen")
    assert first(0, baseline=3, problem_size=3, ai_use=3, effect_measured=3).startswith("Fortsätt mäta")
    assert first(1, energy_data=0).startswith("Mät el, bränsle eller material")
    assert first(1, energy_data=3, climate_use_case=3, climate_effect=1).startswith("Räkna om det som sparas")
    assert first(2, who_benefits=1).startswith("Räkna hur många kvinnor och män")
    assert first(2, who_benefits=State.DONT_KNOW).startswith("Fråga kvinnor och män"), "unknown sets nothing off"


def test_where_nothing_is_told_of_an_idea_there_is_none() -> None:
    assert scored(footprint=2).idea is None
    assert scored(ai_use=2).idea is not None


def test_the_head_holds_what_was_answered_and_says_something() -> None:
    q = bundled().questionnaire
    places = [option.id for option in q.options_of(q.questions["municipality"])]
    counts = {"women": 9, "men": 25, "other_unstated": 0}
    found = scored(municipality=places.index("tomelilla"), head_count=counts).head
    assert [fact.text["sv"] for fact in found] == ["Tomelilla", "34 i företaget"]
    assert scored(municipality=places.index("other_municipality")).head == []
    assert scored(head_count=State.DONT_KNOW).head == []
