"""Answers are kept in the order given, none is changed, and the latest of each voice counts."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from aimaturity.cli.sources import stored_document
from aimaturity.cli.stored import finished_documents
from aimaturity.programme.store import (
    AnswerEvent,
    Held,
    HoldLost,
    Store,
    StoreRefused,
    assessment_table,
    open_store,
    schema,
)
from aimaturity.programme.store.engines import WRITES
from aimaturity.responses.given import BLANK, Detail, Given, State
from aimaturity.scoring.build import documents
from tests.bundled import bundled
from tests.programme.filled import NAME, NOTE, NUMBER, answered, begun, event, questionnaire

EVERY_KIND = {
    "data_inventory": answered("in_heads", evidence="seen", evidence_note=NOTE, comment="Fråga Åsa", why="läste fel"),
    "data_digital": answered(("orders", "images")),
    "head_count": answered({"women": 4.0, "men": 9.0, "other_unstated": 0.0}),
    "counted_in_part": Given(State.BLANK, {"women": 4.0}),
    "business_case": Given(State.DONT_KNOW, detail=Detail(ask="ekonomichefen")),
    "energy_data": Given(State.NOT_APPLICABLE, detail=Detail(reason="Allt ingår i hyran")),
    "turnover": answered(0.1 + 0.2),
    "a_day": answered("2026-11-23"),
    "words": answered('rader\noch "citat", \x00 \ud800 \u202e 🙂'),
    "unread": Given(State.BLANK, detail=Detail(raw="pilott")),
    "taken_back": BLANK,
}


def test_an_answer_of_every_kind_comes_back_as_it_was_given(opened: Callable[..., Store]) -> None:
    store = opened()
    assessment = begun(store)
    numbers = store.record(assessment, [AnswerEvent(name, answer) for name, answer in EVERY_KIND.items()])
    assert numbers == tuple(range(1, len(EVERY_KIND) + 1))
    store.close()
    assert opened().answers(assessment) == EVERY_KIND


def test_the_latest_answer_counts_and_the_earlier_ones_stay_in_the_history(store: Store) -> None:
    assessment = begun(store, adviser="A. Exempel")
    for value in ("nobody_can_say", "in_heads", "nobody_can_say"):
        store.record(assessment, [event(value=value)])
    assert store.answers(assessment) == {"data_inventory": answered("nobody_can_say")}
    history = store.history(assessment, "data_inventory")
    assert [answer.given.value for answer in history] == ["nobody_can_say", "in_heads", "nobody_can_say"]
    assert [answer.seq for answer in history] == [1, 2, 3]
    assert {answer.who for answer in history} == {"A. Exempel"}


def test_the_two_voices_are_kept_apart(store: Store) -> None:
    assessment = begun(store)
    store.record(assessment, [event(value="in_heads"), event(value="nobody_can_say", voice="company")])
    assert store.answers(assessment, "adviser")["data_inventory"].value == "in_heads"
    assert store.answers(assessment, "company")["data_inventory"].value == "nobody_can_say"


@pytest.mark.parametrize(
    ("adviser", "counts"),
    [
        ([], "company"),
        ([BLANK], "company"),
        ([answered("in_heads"), BLANK], "company"),
        ([answered("in_heads")], "adviser"),
        ([Given(State.DONT_KNOW)], "adviser"),
    ],
)
def test_the_advisers_answers_count_where_there_are_any_and_everywhere_alike(
    store: Store, adviser: list[Given], counts: str
) -> None:
    assessment = begun(store)
    store.record(assessment, [event("data_inventory", "nobody_can_say", voice="company")])
    store.record(assessment, [event("data_digital", ("orders",), voice="company")])
    for answer in adviser:
        store.record(assessment, [AnswerEvent("data_inventory", answer)])
    about = store.assessment(assessment)
    [(number, voice, answers, wrong)] = store.counting_answers([about.number])
    assert (number, voice, wrong) == (about.number, counts, None)
    assert answers == store.answers(assessment, voice)
    [together] = finished_documents(store, [about], bundled())
    alone = stored_document(store, about, bundled())
    assert together.occasion.voice == alone.occasion.voice == counts
    assert together.nodes == alone.nodes


@pytest.mark.parametrize(("broken", "told"), [("company", []), ("adviser", ["AIM618"])])
def test_a_damaged_answer_is_told_where_it_may_count(store: Store, broken: str, told: list[str]) -> None:
    assessment = begun(store)
    store.record(assessment, [event(value="in_heads"), event(value="nobody_can_say", voice="company")])
    number = store.assessment(assessment).number
    with store._write() as connection:
        row = connection.execute(select(schema.answer_event).where(schema.answer_event.c.voice == broken)).one()
        damaged = dict(row._mapping) | {"seq": 10_000, "given": "{"}
        connection.execute(schema.answer_event.insert().values(**damaged))
    [(_, _, answers, wrong)] = store.counting_answers([number])
    assert [problem.code for problem in (wrong,) if problem is not None] == told
    assert bool(answers) is not bool(told)
    with pytest.raises(StoreRefused) if told else contextlib.nullcontext():
        assert len(list(finished_documents(store, [store.assessment(assessment)], bundled()))) == 1


def test_order_is_by_number_and_the_time_is_shown_as_it_was_when_the_clock_goes_backwards(
    opened: Callable[..., Store],
) -> None:
    zone = dt.timezone(dt.timedelta(hours=1))
    times = [dt.datetime(2026, 11, 23, hour, 30, tzinfo=zone) for hour in (9, 14, 13, 8)]
    shown = times[:1]
    store = opened(clock=lambda: shown[0])
    assessment = begun(store)
    for value, shown[0] in zip(("nobody_can_say", "nobody_can_say", "in_heads"), times[1:], strict=True):
        store.record(assessment, [event(value=value)])
    latest = store.latest(assessment)["data_inventory"]
    assert (latest.given.value, latest.when) == ("in_heads", times[3])
    assert [answer.when for answer in store.history(assessment)] == times[1:]
    assert latest.when.isoformat() == "2026-11-23T08:30:00+01:00"


def test_position_and_time_are_saved_with_the_answer_and_alone(store: Store) -> None:
    assessment = begun(store)
    store.record(assessment, [event()], position="data_access", seconds=61.5)
    assert (store.assessment(assessment).position, store.assessment(assessment).seconds) == ("data_access", 61.5)
    assert store.record(assessment, [], position="business_case") == ()
    found = store.assessment(assessment)
    assert (found.position, found.seconds, found.events) == ("business_case", 61.5, 1)


def test_a_finished_assessment_can_be_answered_and_reopened(store: Store) -> None:
    assessment = begun(store)
    store.finish(assessment)
    assert [found.id for found in store.assessments(finished=True)] == [assessment]
    store.record(assessment, [event()])
    store.reopen(assessment)
    assert store.assessments(finished=True) == []
    assert [found.id for found in store.assessments(finished=False)] == [assessment]


def test_the_questionnaire_is_kept_and_read_back_equal(store: Store) -> None:
    assessment = begun(store)
    assert store.open_questionnaire(assessment) == questionnaire()
    model = bundled().model
    assert store.scoring_model(store.keep_definition(model)) == model
    assert store.keep_definition(questionnaire()) == store.assessment(assessment).definition


def test_a_stored_assessment_is_scored_like_any_other(store: Store) -> None:
    assessment = begun(store, number=NUMBER, occasion="T1", adviser="A. Exempel", language="sv", date="2026-11-23")
    store.record(assessment, [event(), event("business_case", "calculated_once")])
    [document] = documents(bundled(), assessment_table(store, assessment, questionnaire()))
    assert (document.company.id, document.company.name) == (NUMBER, NAME)
    assert (document.occasion.date, document.occasion.occasion, document.occasion.adviser) == (
        "2026-11-23", "T1", "A. Exempel",
    )  # fmt: skip
    assert next(answer.value for answer in document.answers if answer.id == "data_inventory") == "in_heads"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_event SET given = '{}'",
        "DELETE FROM answer_event",
        "UPDATE definition SET content = '{}'",
        "INSERT OR REPLACE INTO answer_event SELECT * FROM answer_event",
        "TRUNCATE answer_event",
    ],
)
def test_no_statement_changes_or_removes_an_answer(store: Store, statement: str) -> None:
    on_sqlite = store.file is not None
    if statement.startswith("TRUNCATE" if on_sqlite else "INSERT OR"):
        pytest.skip("not a statement of this database")
    assessment = begun(store)
    store.record(assessment, [event()])
    with store._engine.connect().execution_options(**{WRITES: True}) as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement))
    assert store.answers(assessment) == {"data_inventory": answered("in_heads")}


def test_a_second_opener_is_told_who_and_since_when_and_may_take_over(opened: Callable[..., Store]) -> None:
    first, second = opened(), opened()
    assessment = begun(first)
    mine = first.hold(assessment, "A. Exempel")
    with pytest.raises(Held, match=r"A\. Exempel") as refused:
        second.hold(assessment, "B. Exempel")
    assert refused.value.by == mine
    assert first.holder(assessment) == mine
    theirs = second.hold(assessment, "B. Exempel", take_over=True)
    assert first.holder(assessment) == theirs


def test_whoever_lost_the_hold_is_told_and_their_answer_stays_as_history_that_does_not_count(
    opened: Callable[..., Store],
) -> None:
    first, second = opened(), opened()
    assessment = begun(first)
    mine = first.hold(assessment, "A. Exempel")
    first.record(assessment, [event(value="in_heads")], hold=mine)
    theirs = second.hold(assessment, "B. Exempel", take_over=True)
    second.record(assessment, [event(value="nobody_can_say")], position="data_access", hold=theirs)
    with pytest.raises(HoldLost, match=r"B\. Exempel") as lost:
        first.record(assessment, [event(value="in_heads")], position="business_case", hold=mine)
    assert lost.value.kept == (3,)
    assert second.answers(assessment) == {"data_inventory": answered("nobody_can_say")}
    assert second.assessment(assessment).position == "data_access"
    assert [(a.seq, a.aside) for a in second.history(assessment)] == [(1, False), (2, False), (3, True)]
    second.release(theirs)
    again = first.hold(assessment, "A. Exempel")
    assert first.record(assessment, [event()], hold=again) == (4,)


def test_a_hold_of_a_process_that_is_gone_is_nobodys(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = begun(store)
    with monkeypatch.context() as patched:
        patched.setattr("os.getpid", lambda: 2**22 + 1)
        store.hold(assessment, "den som stängde av datorn")
    assert store.holder(assessment) is None
    assert store.hold(assessment, "A. Exempel").who == "A. Exempel"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells")
def test_a_hold_of_a_process_that_has_ended_is_nobodys_though_its_parent_hasnt_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = begun(store)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        with monkeypatch.context() as patched:
            patched.setattr("os.getpid", lambda: ended.pid)
            store.hold(assessment, "den som dödades")
        assert store.holder(assessment) is None


def test_an_assessment_that_is_not_there_is_refused_with_the_near_one(store: Store) -> None:
    assessment = begun(store)
    wrong = assessment[:-1] + ("a" if assessment[-1] != "a" else "b")
    for call in (store.assessment, store.answers, store.finish, lambda id: store.record(id, [event()])):
        with pytest.raises(StoreRefused, match="AIM613") as refused:
            call(wrong)
        assert refused.value.diagnostic.facts["near"] == assessment


VARIABLES = st.sampled_from(["data_inventory", "data_access", "maskiner.kvarn", "kön"])
GIVEN = st.builds(
    Given,
    st.sampled_from([State.ANSWERED, State.DONT_KNOW, State.NOT_APPLICABLE, State.BLANK]),
    st.none()
    | st.text()
    | st.floats(allow_nan=False)
    | st.lists(st.text(max_size=9)).map(tuple)
    | st.dictionaries(st.text(max_size=9), st.floats(allow_nan=False), max_size=3),
    st.builds(Detail, comment=st.none() | st.text(), raw=st.none() | st.text(max_size=9)),
)
EVENTS = st.lists(st.builds(AnswerEvent, VARIABLES, GIVEN, st.sampled_from(["adviser", "company"])), max_size=4)
STEPS = st.lists(st.tuples(st.sampled_from([0, 1]), EVENTS) | st.just("close and open again"), max_size=8)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_any_sequence_of_answers_and_restarts_reads_back_like_a_dictionary(url: str, steps: list[object]) -> None:
    store = open_store(url)
    assessments = [begun(store), begun(store)]
    model: dict[tuple[int, str], dict[str, Given]] = {(n, v): {} for n in (0, 1) for v in ("adviser", "company")}
    count = [0, 0]
    try:
        for step in steps:
            if isinstance(step, str):
                store.close()
                store = open_store(url)
                continue
            which, events = step  # type: ignore[misc]
            seqs = store.record(assessments[which], events)
            assert seqs == tuple(range(count[which] + 1, count[which] + len(events) + 1))
            count[which] += len(events)
            for one in events:
                model[which, one.voice][one.variable] = one.given
        for (which, voice), expected in model.items():
            assert store.answers(assessments[which], voice) == expected  # type: ignore[arg-type]
            assert store.assessment(assessments[which]).events == count[which]
    finally:
        store.close()


def test_a_number_is_kept_to_the_last_bit(store: Store) -> None:
    assessment = begun(store)
    for number in (5e-324, 1.7976931348623157e308, -0.0, math.pi):
        store.record(assessment, [event("turnover", number)])
        found = store.answers(assessment)["turnover"].value
        assert isinstance(found, float)
        assert found.hex() == number.hex()


def test_the_home_folder_is_where_a_store_is_made_without_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    with open_store() as store:
        assert store.file == tmp_path / "hem" / "aimaturity.db"
    monkeypatch.setenv("AIMATURITY_DATABASE", str(tmp_path / "annan.db"))
    with open_store() as store:
        assert store.file == tmp_path / "annan.db"
