"""Answers one by one and as a table's row are the same thing."""

from __future__ import annotations

import json

from hypothesis import given as drawn
from hypothesis import settings

from aimaturity.responses.given import BLANK, Detail, Given, State, from_json, to_json
from aimaturity.responses.table import Company, given_of, table_of
from tests.responses.test_survey import QUESTIONNAIRE
from tests.strategies import Case, cases, table


@settings(deadline=None)
@drawn(cases())
def test_a_row_of_a_table_and_its_answers_one_by_one_are_the_same(case: Case) -> None:
    q = case.questionnaire
    rows = table(q, case.companies)
    for row in range(rows.rows):
        answers = given_of(q, rows, row)
        through_json = {name: from_json(json.loads(json.dumps(to_json(one)))) for name, one in answers.items()}
        assert through_json == answers
        made = table_of(q, answers, Company("å"))
        assert {name: column[0] for name, column in made.state.items()} == {
            name: column[row] for name, column in rows.state.items()
        }
        for name, column in made.value.items():
            assert column[0] == rows.value[name][row] or (column[0] != column[0] and rows.value[name][row] != column[0])
        assert given_of(q, made, 0) == answers


def test_an_answer_without_a_place_in_this_questionnaire_is_blank_and_kept_as_it_was() -> None:
    given = {"a": Given(State.ANSWERED, "gone", Detail(comment="Åh")), "nowhere": Given(State.ANSWERED, "x")}
    made = table_of(QUESTIONNAIRE, given, Company("å"))
    assert made.state["a"][0] == State.BLANK
    assert made.details[0]["a"] == Detail(raw="gone", comment="Åh")


def test_a_counts_answer_with_a_part_missing_is_blank_and_keeps_the_part() -> None:
    given = {"c": Given(State.BLANK, {"women": 4.0})}
    made = table_of(QUESTIONNAIRE, given, Company("å"))
    assert made.state["c"][0] == State.BLANK
    assert given_of(QUESTIONNAIRE, made, 0) == given


def test_what_a_later_version_kept_beside_an_answer_is_left_out() -> None:
    assert from_json({"state": "blank", "mood": "glad"}) == BLANK
