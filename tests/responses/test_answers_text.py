"""Answers written down and read again are the same answers."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Grid, Multiple, Number, Questionnaire, Single
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.answers_text import answers_text
from aimaturity.responses.given import BLANK, Detail, Given, State
from aimaturity.responses.table import Company, given_of
from tests.bundled import bundled
from tests.responses.test_survey import QUESTIONNAIRE
from tests.strategies import Case, cases

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\tåäöÅÄÖ"), min_size=1, max_size=60
)
DETAILS = st.builds(
    Detail,
    evidence=st.none() | st.sampled_from(["seen", "told", "later"]),
    evidence_note=st.none() | WORDS,
    comment=st.none() | WORDS,
    ask=st.none() | WORDS,
    reason=st.none() | WORDS,
    why=st.none() | WORDS,
)


@st.composite
def given_answers(draw: Any, q: Questionnaire) -> dict[str, Given]:
    """Any answers that an interview can give to a questionnaire."""
    found = {}
    for name, question in q.variables():
        states = [State.BLANK, State.DONT_KNOW, State.ANSWERED, State.ANSWERED, State.ANSWERED]
        if "not_applicable" in question.allow:
            states.append(State.NOT_APPLICABLE)
        state, value = draw(st.sampled_from(states)), None
        if state is State.ANSWERED or (isinstance(question, Counts) and state is State.BLANK):
            value = draw(values(q, question))
            if state is State.BLANK:
                value = dict(list(value.items())[:-1]) or None
        answer = Given(state, value, draw(DETAILS if draw(st.booleans()) else st.just(Detail())))
        if answer != BLANK:
            found[name] = answer
    return found


def values(q: Questionnaire, question: Any) -> st.SearchStrategy[Any]:
    options = [option.id for option in q.options_of(question)]
    if isinstance(question, Single | Grid):
        return st.sampled_from(options)
    if isinstance(question, Multiple):
        exclusive = {option.id for option in q.options_of(question) if option.exclusive}
        several = [option for option in options if option not in exclusive]
        most = min(question.at_most or len(several), len(several))
        ticks = st.sets(st.sampled_from(several), min_size=1, max_size=most)
        together = ticks.map(lambda chosen: tuple(o for o in options if o in chosen))
        return together | st.sampled_from(sorted(exclusive)).map(lambda o: (o,)) if exclusive else together
    if isinstance(question, Number | Counts):
        number = st.integers(int(question.minimum), int(min(question.maximum, 10**6))).map(float)
        return (
            st.fixed_dictionaries({part.id: number for part in question.parts})
            if isinstance(question, Counts)
            else number
        )
    if isinstance(question, Date):
        return st.dates().map(str)
    assert isinstance(question, FreeText)
    return WORDS.map(str.strip).filter(bool)


def again(q: Questionnaire, given: dict[str, Given], company: Company, folder: Path) -> dict[str, Given]:
    path = folder / "answers.yaml"
    path.write_text(answers_text(q, given, company), "utf-8")
    reading = read_answers(path, q)
    assert reading.diagnostics == []
    assert reading.table is not None
    read = reading.table.companies[0]
    assert (read.id, read.name, read.date, read.voice) == (company.id, company.name, company.date, company.voice)
    return given_of(q, reading.table, 0)


COMPANY = Company("å-1", "Å, Ä: Ö AB", "999910-1000", date="2026-11-25", occasion="T1", voice="adviser", language="sv")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(cases(), st.data())
def test_answers_written_down_are_read_back_equal(tmp_path: Path, case: Case, data: st.DataObject) -> None:
    given = data.draw(given_answers(case.questionnaire))
    assert again(case.questionnaire, given, COMPANY, tmp_path) == given


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.data())
def test_words_days_and_decimals_are_read_back_equal(tmp_path: Path, data: st.DataObject) -> None:
    given = data.draw(given_answers(QUESTIONNAIRE))
    assert again(QUESTIONNAIRE, given, COMPANY, tmp_path) == given


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_interview_is_read_back_equal(tmp_path: Path, seed: int) -> None:
    q, random = bundled().questionnaire, Random(seed)
    given = {}
    for name, question in q.variables():
        if isinstance(question, Single):
            options = [option.id for option in q.options_of(question)]
            given[name] = Given(State.ANSWERED, random.choice(options), Detail(comment="Åh\nnej: #1"))
    assert again(q, given, COMPANY, tmp_path) == given


def test_an_interview_without_answers_is_an_empty_file_that_reads(tmp_path: Path) -> None:
    assert again(bundled().questionnaire, {}, Company("å"), tmp_path) == {}


def test_why_an_answer_differs_is_kept(tmp_path: Path) -> None:
    given = {"data_access": Given(State.ANSWERED, "exported", Detail(why="Exporten är inte byggd än"))}
    assert "why: Exporten är inte byggd än" in answers_text(bundled().questionnaire, given, COMPANY)
    assert again(bundled().questionnaire, given, COMPANY, tmp_path) == given
