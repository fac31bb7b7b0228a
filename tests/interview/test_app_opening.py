"""The first screen while what it is saved in is opened: it can be read, and what is pressed waits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from threading import Event

import pytest

from aimaturity.interview.app import Context, Interview
from aimaturity.interview.desk import Desk
from aimaturity.interview.session import Session, State
from tests.bundled import bundled
from tests.interview.pilot import NOON, PATIENCE, Disk, Held, hold, option

ON_PAPER = {"data_access": option("on_paper")}


@dataclass
class Register:
    """What an opening opens, once it is let; the desk is another than that of the first screen."""

    desk: Desk | None
    context: Context = field(default_factory=lambda: Context(now=lambda: NOON))
    fault: Exception | None = None
    may: Event = field(default_factory=Event)

    def __call__(self) -> tuple[Desk, Context] | None:
        assert self.may.wait(PATIENCE)
        if self.fault is not None:
            raise self.fault
        return (self.desk, self.context) if self.desk is not None else None


def desk(disk: Disk, position: str | None = "data_access", **session: object) -> Desk:
    made = Session(bundled().questionnaire, position=position, **session)  # type: ignore[arg-type]
    return Desk(made, disk, "Brösarps Finmekanik AB", "sv", lambda: 0.0)


def test_the_question_is_there_to_be_read_and_keys_wait_for_the_register() -> None:
    disk = Disk()
    register = Register(desk(disk))

    async def story(held: Held) -> None:
        await held.sees("Hur får ni fram de data", "Öppnar registret …")
        await held.press("2", "enter")
        await held.write("kÅsa")
        await held.pilot.pause()
        assert held.session.position == "data_access"
        assert (disk.records, disk.events) == (0, [])
        register.may.set()
        await held.until(lambda: held.app.desk is register.desk and "data_access" in disk.kept())
        await held.until(lambda: held.app.desk.session.position == "data_quality" and held.app.sheet.writing)
        assert held.app.sheet.writing is not None
        await held.until(lambda: held.app.sheet.writing.text == "Åsa")
        assert "Öppnar" not in held.text

    assert hold(story, position="data_access", opening=register).disk.records == 0


def test_clicks_wait_too() -> None:
    disk = Disk()
    register = Register(desk(disk))

    async def story(held: Held) -> None:
        await held.sees("Öppnar registret …")
        row = next(y for y, line in enumerate(held.text.splitlines()) if "Någon exporterar" in line)
        await held.pilot.click(offset=(8, row))
        await held.press("k")
        await held.pilot.pause()
        assert not held.session.given
        register.may.set()
        await held.until(lambda: held.app.sheet.writing is not None)
        assert disk.kept() == {"data_access": option("exported")}

    assert hold(story, position="data_access", opening=register).disk.records == 0


def test_what_has_changed_since_the_first_screen_is_shown_and_told() -> None:
    opened = desk(Disk(), "data_access", given=ON_PAPER)
    register = Register(opened, Context(now=lambda: NOON, opening=("3 svar är hämtade.",)))

    async def story(held: Held) -> None:
        await held.sees("fråga 24 av 56")
        register.may.set()
        await held.sees("Hur får ni fram de data", "(●)", "3 svar är hämtade.")

    hold(story, position="data_quality", opening=register)


def test_an_interview_that_has_come_to_its_end_meanwhile_is_shown_there() -> None:
    register = Register(desk(Disk(), None, at_end=True))

    async def story(held: Held) -> None:
        await held.sees("Öppnar registret …")
        register.may.set()
        await held.until(lambda: held.screen == "end")

    hold(story, position="data_access", opening=register)


@pytest.mark.parametrize("fault", [None, ZeroDivisionError("å")])
def test_where_it_cant_be_opened_the_app_ends_and_nothing_is_done(fault: Exception | None) -> None:
    register, disk = Register(None, fault=fault), Disk()
    app = Interview(desk(disk), Context(), opening=register)

    async def play() -> None:
        async with app.run_test() as pilot:
            await pilot.press("2")
            register.may.set()
            for _ in range(200):
                await pilot.pause(0.01)
                if app.return_value is not None:
                    break

    asyncio.run(play())
    assert (app.return_value, app.fault) == ("unopened", fault)
    assert (disk.events, app.desk.session.answer("data_access").state) == ([], State.BLANK)
