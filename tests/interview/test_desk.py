"""A change is kept at once, or waits and is never dropped."""

from __future__ import annotations

from collections.abc import Sequence

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.interview.desk import MOST_SECONDS, Desk, NotSaved, Past
from aimaturity.interview.session import Event, Given, Session, State
from tests.bundled import bundled


class Memory:
    """A keeper whose disk can be full."""

    def __init__(self) -> None:
        self.full = False
        self.kept: list[Event] = []
        self.position: str | None = None
        self.seconds = 0.0

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None:
        if self.full:
            raise NotSaved(problem("AIM013", Position("store.db"), reason="disk full"))
        self.kept += events
        self.position, self.seconds = position, seconds

    def history(self, variable: str) -> Sequence[Past]:
        return []


def test_what_a_full_disk_refuses_waits_and_goes_with_the_next_change_in_order() -> None:
    memory, now = Memory(), [0.0]
    desk = Desk(Session(bundled().questionnaire), memory, "Å AB", "sv", lambda: now[0])
    memory.full = True
    first = desk.keep(desk.session.give("data_access", Given(State.ANSWERED, "exported")))
    assert desk.trouble is not None
    assert desk.unsaved == list(first.events)
    assert not desk.retry()
    memory.full = False
    second = desk.keep(desk.session.give("data_quality", Given(State.DONT_KNOW)))
    assert desk.trouble is None
    assert memory.kept == [*first.events, *second.events]
    assert desk.unsaved == []


def test_a_long_pause_is_no_time_used_and_a_clock_that_goes_back_takes_none_away() -> None:
    memory, now = Memory(), [100.0]
    desk = Desk(Session(bundled().questionnaire), memory, "Å AB", "sv", lambda: now[0], seconds=60.0)
    now[0] = 130.0
    assert desk.used() == 90.0
    now[0] = 9000.0
    desk.moved()
    assert memory.seconds == 60.0 + MOST_SECONDS
    now[0] = 1.0
    assert desk.used() == 60.0 + MOST_SECONDS
