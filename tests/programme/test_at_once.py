"""Several programs that change the same things in PostgreSQL at the same moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from aimaturity.programme.pilots.card import Participant
from aimaturity.programme.store import NotSaved, Store, StoreRefused, open_store
from aimaturity.programme.store.companies import NewCompany
from aimaturity.programme.store.engines import postgres_engine, url_of, version_of
from aimaturity.programme.store.migrating import upgrade
from tests.programme.filled import begun, event, questionnaire
from tests.programme.pilots.invented import card


@pytest.fixture
def two(postgres_url: str) -> Iterator[tuple[Store, Store]]:
    """Two programs with one store, in which are two companies, an activity and a pilot."""
    with open_store(postgres_url, patience=20.0) as one, open_store(postgres_url, patience=20.0) as other:
        one.add_company("Åsas Bageri", id="å")
        one.add_company("Åsas Bageri AB", id="ås")
        one.add_activity("seminar", "Grön AI", "2026-03-01", id="s")
        one.add_pilot(card("p", companies=[]))
        yield one, other


def waiting(store: Store) -> int:
    """How many wait for a lock in the store's database."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with store._engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


@contextmanager
def meanwhile(store: Store, call: Callable[[], Any]) -> Iterator[Future[Any]]:
    """Another's `call`, begun inside a transaction of `store` and waiting for its end."""
    with ThreadPoolExecutor(1) as pool:
        future: Future[Any] = Future()
        real = store._write

        @contextmanager
        def slow(alone: bool = False) -> Iterator[Any]:
            with real(alone) as connection:
                yield connection
                began = pool.submit(call)
                began.add_done_callback(lambda done: _hand_over(done, future))
                end = time.monotonic() + 10
                while not waiting(store) and not began.done() and time.monotonic() < end:
                    time.sleep(0.02)

        store._write = slow  # type: ignore[method-assign]
        try:
            yield future
        finally:
            store._write = real  # type: ignore[method-assign]


def _hand_over(done: Future[Any], to: Future[Any]) -> None:
    error = done.exception()
    if error is not None:
        to.set_exception(error)
    else:
        to.set_result(done.result())


def test_programs_that_upgrade_at_once_do_it_once(postgres_url: str) -> None:
    first = postgres_engine(url_of(postgres_url), 20.0)
    upgrade(first, "0001")

    def bring_up(_: int) -> bool:
        with open_store(postgres_url, patience=20.0) as store:
            return store.check() == []

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(bring_up, range(4))) == [True] * 4
    assert version_of(first, "") == "0002"
    first.dispose()


def test_an_assessment_begun_while_its_company_is_merged_is_the_others(two: tuple[Store, Store]) -> None:
    one, other = two
    with meanwhile(one, lambda: other.begin("å", questionnaire())) as begun_meanwhile:
        one.merge_companies("å", "ås")
    assert one.assessment(begun_meanwhile.result()).company == "ås"
    assert one.check() == []


def test_what_is_said_of_a_company_while_it_is_merged_is_said_of_the_other(two: tuple[Store, Store]) -> None:
    one, other = two
    one.add_company("Ö", id="ö")
    with meanwhile(one, lambda: other.take_part("s", "å", women=2)) as said:
        one.merge_companies("å", "ås")
    assert said.result().company == "ås"
    with meanwhile(one, lambda: other.change_pilot("p", companies=[Participant(company="ö")])) as said:
        one.merge_companies("ö", "ås")
    assert [company.company for company in said.result().companies] == ["ås"]
    assert one.check() == []


def test_a_company_leaves_a_pilot_also_while_it_is_merged(two: tuple[Store, Store]) -> None:
    one, other = two
    one.change_pilot("p", companies=[Participant(company="å")])
    with meanwhile(one, lambda: other.change_pilot("p", without=["å"])) as left:
        one.merge_companies("å", "ås")
    assert left.result().companies == ()
    assert one.check() == []


def test_nothing_is_begun_for_a_company_that_is_being_erased(two: tuple[Store, Store]) -> None:
    one, other = two
    with meanwhile(one, lambda: other.begin("å", questionnaire())) as late:
        one.erase_company("å")
    with pytest.raises(StoreRefused, match="AIM611"):
        late.result()
    with meanwhile(one, lambda: other.take_part("s", "ås", men=1)) as late:
        one.remove_activity("s")
    with pytest.raises(StoreRefused, match="AIM660"):
        late.result()
    assert one.check() == []


def test_a_participation_entered_twice_at_once_is_one(two: tuple[Store, Store]) -> None:
    one, other = two
    with meanwhile(one, lambda: other.take_part("s", "å", women=3)) as later:
        one.take_part("s", "å", women=2)
    assert later.result().women == 3
    assert [found.women for found in one.participations()] == [3]
    assert one.check() == []


def test_edits_of_an_activity_at_once_both_count(two: tuple[Store, Store]) -> None:
    one, other = two
    with meanwhile(one, lambda: other.edit_activity("s", title="Grå AI", hours=2.0)) as later:
        one.edit_activity("s", title="Blå AI")
    assert (later.result().title, later.result().hours) == ("Grå AI", 2.0)
    assert one.check() == []
    with meanwhile(one, lambda: other.edit_activity("s", title="Grå AI")) as later:
        one.edit_activity("s", title="Blå AI")  # the later must not take its title for unchanged
    assert later.result().title == "Grå AI"
    assert one.check() == []


@pytest.mark.parametrize("id", ["samma", "annat"])
def test_the_same_company_added_twice_at_once_is_refused_and_not_a_fault(two: tuple[Store, Store], id: str) -> None:
    one, other = two
    number = "556016-0680"
    with meanwhile(one, lambda: other.add_companies([NewCompany("Ö", id, number)])) as later:
        one.add_company("Ö", id="samma", organisationsnummer=number)
    with pytest.raises(NotSaved, match="AIM635"):
        later.result()
    assert one.company(number).id == "samma"
    assert one.check() == []


def test_what_a_trigger_refuses_is_a_fault_of_the_program(two: tuple[Store, Store]) -> None:
    from sqlalchemy.exc import IntegrityError

    one, _ = two
    one.record(begun(one, "Ä"), [event()])
    with pytest.raises(IntegrityError), one._write() as connection:
        connection.execute(text("UPDATE answer_event SET who = 'x'"))
    with pytest.raises(IntegrityError), one._write() as connection:
        connection.execute(text("UPDATE company SET size = 'x'"))
