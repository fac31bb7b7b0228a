"""The session: what every face of the interview does."""

from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Multiple
from aimaturity.interview.answering import Refusal, chosen, cleaned, counted, shares, stated, ticked, typed
from aimaturity.interview.session import BLANK, Change, Detail, Earlier, Event, Given, Session, State
from tests.bundled import bundled
from tests.strategies import Case, cases

Q = bundled().questionnaire


def option(name: str) -> Given:
    return Given(State.ANSWERED, name)


def test_a_change_that_hides_answers_keeps_them_and_says_so() -> None:
    session = Session(Q)
    session.give("ai_use", option("pilot"))
    session.give("ai_operations", option("sampled"))
    change = session.give("ai_use", option("general_tools"))
    assert change.hidden == ("ai_operations",)
    assert session.state("ai_operations") is State.HIDDEN
    assert session.answer("ai_operations") == option("sampled")
    back = session.give("ai_use", option("pilot"))
    assert "ai_operations" in back.shown
    assert session.state("ai_operations") is State.ANSWERED


def test_progress_counts_what_is_in_view_and_an_unknown_condition_hides_nothing() -> None:
    session = Session(Q)
    before = session.number("ai_use")[1]
    session.give("ai_use", option("none_in_use"))
    assert session.number("ai_use")[1] < before
    session.give("ai_use", Given(State.DONT_KNOW))
    assert session.number("ai_use")[1] == before


def test_an_empty_question_is_passed_and_waits_among_the_missing() -> None:
    session = Session(Q)
    assert session.position == "sni_version"
    assert session.next() == "sni_section"
    assert session.missing()[0] == "sni_version"
    assert session.back() == "sni_version"


def test_after_a_jump_the_next_question_is_where_one_was() -> None:
    session = Session(Q, position="data_access")
    session.go("problem_size")
    session.give("problem_size", option("counted"))
    assert session.next() == "data_access"
    assert session.next() == "data_quality"
    assert session.back() == "data_access"
    assert session.back() == "problem_size"


def test_where_one_was_is_passed_over_if_the_jump_has_hidden_it() -> None:
    session = Session(Q, {"ai_use": option("pilot")}, position="ai_operations")
    session.go("ai_use")
    session.give("ai_use", option("none_in_use"))
    assert session.next() == "ai_inventory"


def test_the_county_follows_from_the_municipality_and_is_passed_over() -> None:
    session = Session(Q, position="municipality")
    change = session.give("municipality", option("tomelilla"))
    assert [(event.variable, event.given.value, event.origin) for event in change.events] == [
        ("municipality", "tomelilla", "interview"),
        ("county", "skane", "derived"),
    ]
    assert session.next() == "head_count"
    session.give("municipality", option("other_municipality"))
    assert session.answer("county") == option("skane")  # nothing follows; what is there may be corrected


def test_what_a_rule_has_settled_is_passed_over() -> None:
    session = Session(Q, position="sex_disaggregated")
    session.give("head_count", Given(State.ANSWERED, {"women": 1.0, "men": 2.0, "other_unstated": 0.0}))
    assert session.by_rule("influence_on_ai")
    assert session.next() == "influence_heard"


def test_next_missing_goes_round_past_the_end() -> None:
    session = Session(Q, position="shared_challenges")
    session.give("shared_challenges", option(Q.options_of(Q.questions["shared_challenges"])[2].id))
    assert session.next() is None
    assert session.next_missing() == "sni_version"
    session.give("sni_version", option("sni_2025"))
    assert session.next_missing() == "sni_section"
    assert session.next() is None  # back at the end, where one was


def test_another_answer_than_the_company_gave_asks_for_the_reason() -> None:
    session = Session(Q, own={"data_access": option("exported")})
    assert session.give("data_access", option("on_paper")).why == "own"
    session.note("data_access", why="Exporten är inte byggd än")
    assert session.differences() == ("data_access",)
    assert session.confirm("data_access").why is None
    assert session.answer("data_access").value == "exported"
    assert session.differences() == ()


@pytest.mark.parametrize(
    ("now", "why"), [("not_existing", "earlier"), ("on_paper", None), ("exported", None), ("automatic", "earlier")]
)
def test_a_step_down_or_two_up_since_last_time_asks_what_happened(now: str, why: str | None) -> None:
    options = [o.id for o in Q.options_of(Q.questions["data_access"])]
    places = {"not_existing": 0, "on_paper": 1, "exported": 2, "automatic": 3}
    session = Session(Q, earlier={"data_access": Earlier(option(options[1]), "2025-11-20", "T0")})
    assert session.give("data_access", option(options[places[now]])).why == why


def test_a_carried_answer_is_confirmed_by_giving_it_again() -> None:
    session = Session(Q, {"ai_use": option("pilot")}, carried={"ai_use": Earlier(option("pilot"), "2026-10-03")})
    assert session.confirm("ai_use").events == (Event("ai_use", option("pilot")),)
    assert session.confirm("ai_use") == Change()


def test_contradictions_are_raised_when_they_come_up_and_never_change_an_answer() -> None:
    session = Session(Q)
    session.give("ai_roles", Given(State.ANSWERED, ("role_none",)))
    change = session.give("ai_use", option("pilot"))
    assert "no_role_but_ai_in_use" in change.raised
    assert session.answer("ai_use") == option("pilot")


def test_a_question_is_found_by_its_number_and_words_in_its_language() -> None:
    session = Session(Q)
    assert session.find("kommun huvudkontor", "sv") == ("municipality",)
    assert session.find("municipality head", "en") == ("municipality",)
    assert session.find("finns inte", "sv") == ()


@settings(deadline=None, max_examples=60)
@drawn(cases(), st.data())
def test_a_session_made_anew_of_its_events_and_position_stands_where_the_first_one_stood(
    case: Case, data: st.DataObject
) -> None:
    q = case.questionnaire
    session, kept = Session(q), dict[str, Given]()
    names = [name for name, _ in q.variables()]
    for _ in range(data.draw(st.integers(0, 12))):
        name = data.draw(st.sampled_from(names))
        question = q.questions[name.partition(".")[0]]
        options = [o.id for o in q.options_of(question)]
        if options and not isinstance(question, Multiple):
            new: Given | Refusal = chosen(session.answer(name), data.draw(st.sampled_from(options)))
        elif isinstance(question, Multiple):
            new = ticked(q, question, session.answer(name), data.draw(st.sampled_from(options)))
        else:
            new = stated(
                question, session.answer(name), data.draw(st.sampled_from([State.DONT_KNOW, State.NOT_APPLICABLE]))
            )
        if not isinstance(new, Refusal):
            for event in session.give(name, new).events:
                kept[event.variable] = event.given
        data.draw(st.sampled_from([session.next, session.back, session.next_missing, lambda: None]))()
    again = Session(q, kept, position=session.position, at_end=session.position is None)
    assert again.position == session.position
    assert [again.state(name) for name in names] == [session.state(name) for name in names]
    assert {n: a for n, a in again.given.items() if a != BLANK} == {
        n: a for n, a in session.given.items() if a != BLANK
    }
    assert again.in_view() == session.in_view()
    assert again.missing() == session.missing()


def test_ticks_and_the_exclusive_option() -> None:
    question = Q.questions["ai_roles"]
    assert isinstance(question, Multiple)
    one = ticked(Q, question, BLANK, "user")
    assert isinstance(one, Given)
    two = ticked(Q, question, one, "role_none")
    assert isinstance(two, Given)
    assert (one.value, two.value) == (("user",), ("role_none",))
    assert ticked(Q, question, two, "role_none") == BLANK


def test_the_same_key_takes_dont_know_away_and_keeps_the_note() -> None:
    question, noted = Q.questions["data_access"], Given(State.ANSWERED, "exported", Detail(comment="Åh", ask="Eva"))
    unknown = stated(question, noted, State.DONT_KNOW)
    assert unknown == Given(State.DONT_KNOW, None, Detail(comment="Åh"))
    assert stated(question, unknown, State.DONT_KNOW) == Given(State.BLANK, None, Detail(comment="Åh"))
    refused = stated(question, noted, State.NOT_APPLICABLE)
    assert isinstance(refused, Refusal)
    assert refused.message("sv") != refused.message("en")


@pytest.mark.parametrize(("text", "number"), [("1 234", 1234), ("12", 12), ("12,0", 12), (" 7 personer", 7)])
def test_numbers_are_read_as_they_are_written(text: str, number: float) -> None:
    question = Q.questions["influence_on_ai"]
    made = counted(Q, question, BLANK, "women", text)  # type: ignore[arg-type]
    assert made == Given(State.BLANK, {"women": number})
    whole = counted(Q, question, made, "men", "9")  # type: ignore[arg-type]
    assert isinstance(whole, Given)
    assert whole.state is State.ANSWERED
    assert shares(question, whole) == {"women": 100 * number / (number + 9), "men": 900 / (number + 9)}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["fyra", "-1", "2,5", "1e9", "1,234"])
def test_what_cannot_be_the_number_is_refused_in_words(text: str) -> None:
    refused = counted(Q, Q.questions["influence_on_ai"], BLANK, "women", text)  # type: ignore[arg-type]
    assert isinstance(refused, Refusal)
    assert refused.message("sv")


def test_typed_words_are_understood_as_a_survey_cell_is() -> None:
    text = Q.options_of(Q.questions["data_access"])[2].text["sv"]
    assert typed(Q, "data_access", BLANK, text.upper()) == option("exported")
    assert typed(Q, "data_access", BLANK, "vet inte") == Given(State.DONT_KNOW)
    assert isinstance(typed(Q, "data_access", BLANK, "kanske"), Refusal)


def test_pasted_words_lose_control_characters_and_keep_their_letters() -> None:
    assert cleaned("A\u030angstro\u0308m\x1b[31m\r\nrad\u202e två\ttab") == ("Ångström[31m\nrad två\ttab", 2)
