"""Holding the terminal app without a terminal: keys go in, screen text comes out, nothing waits a fixed time."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.load import load_questionnaire
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.app import Context, Interview, Opening
from aimaturity.interview.desk import Area, Desk, NotSaved, Past
from aimaturity.interview.session import Event, Given, Session, State
from tests.bundled import bundled

NOON = dt.datetime(2026, 11, 25, 14, 32, 7, tzinfo=dt.UTC)
PATIENCE = 20.0
"""Seconds that a condition may take before a test fails; it is met in milliseconds."""

KINDS = """
questionnaire: all-kinds
version: 1.0.0
languages: [sv, en]
title: {sv: Alla slag, en: All kinds}
introduction: {sv: "Vi går igenom frågorna tillsammans.", en: "We go through the questions together."}
sections:
  - id: first
    title: {sv: Först, en: First}
    minutes: 12
    questions:
      - {id: one, kind: single, text: {sv: "Använder ni AI?", en: "Do you use AI?"}, allow: [not_applicable], options: [
          {id: none_of_it, text: {sv: Nej, en: "No"}}, {id: some, text: {sv: Lite, en: Some}}, {id: much, text: {sv: Mycket, en: Much}},
          {id: all_of_it, text: {sv: "Överallt", en: Everywhere}}]}
      - {id: many, kind: multiple, at_most: 2, text: {sv: "Var används AI?", en: "Where is AI used?"}, show_if: {question: one, at_least: some}, options: [
          {id: office, text: {sv: Kontoret, en: The office}}, {id: shop, text: {sv: Verkstaden, en: The shop floor}}, {id: sales, text: {sv: "Försäljningen", en: Sales}},
          {id: nowhere, exclusive: true, text: {sv: Ingenstans, en: Nowhere}}]}
      - id: often
        kind: grid
        text: {sv: "Hur ofta används data från …", en: "How often is data used from …"}
        rows: [{id: erp, text: {sv: affärssystemet, en: the ERP system}}, {id: machines, text: {sv: maskinerna, en: the machines}}, {id: meters, text: {sv: "energimätarna", en: the energy meters}}]
        options: [{id: never, text: {sv: aldrig, en: never}}, {id: sometimes, text: {sv: ibland, en: sometimes}}, {id: always, text: {sv: alltid, en: always}}]
  - id: second
    title: {sv: Sedan, en: Then}
    questions:
      - id: head_count
        kind: counts
        text: {sv: "Hur många arbetar här?", en: "How many work here?"}
        unit: {sv: personer, en: persons}
        parts: [{id: women, text: {sv: Kvinnor, en: Women}}, {id: men, text: {sv: "Män", en: Men}}]
      - id: deciding
        kind: counts
        text: {sv: "Hur många är med och bestämmer om AI?", en: "How many take part in deciding on AI?"}
        unit: {sv: personer, en: persons}
        parts: [{id: women, text: {sv: Kvinnor, en: Women}}, {id: men, text: {sv: "Män", en: Men}}]
      - {id: energy, kind: number, text: {sv: "Hur mycket el går det åt?", en: "How much electricity is used?"}, unit: {sv: MWh, en: MWh}, maximum: 5000, decimals: 1}
      - {id: words, kind: text, text: {sv: "Vad är viktigast?", en: "What matters most?"}}
      - {id: day, kind: date, text: {sv: "När börjar ni?", en: "When do you begin?"}}
contradictions:
  - {id: none_but_sales, if: {all: [{question: one, is: some}, {question: energy, at_least: 1000}]}, ask: {sv: "Så mycket el och så lite AI?", en: "So much power and so little AI?"}}
"""


@cache
def kinds(folder: Path) -> Questionnaire:
    """A questionnaire with every kind of question."""
    path = folder / "all-kinds.yaml"
    path.write_text(KINDS, "utf-8")
    loaded = load_questionnaire(path)
    assert loaded.value is not None, loaded.diagnostics
    return loaded.value


def option(name: str) -> Given:
    return Given(State.ANSWERED, name)


class Disk:
    """A keeper in memory whose disk can be full, or taken over by somebody else."""

    def __init__(self) -> None:
        self.full = self.taken = False
        self.events: list[Event] = []
        self.position: str | None = None
        self.records = 0

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None:
        if self.full or self.taken:
            raise NotSaved(problem("AIM014", Position("store.db"), reason="disken är full"), lost_hold=self.taken)
        self.records += 1
        self.events += events
        self.position = position

    def history(self, variable: str) -> Sequence[Past]:
        if self.full:
            raise NotSaved(problem("AIM014", Position("store.db"), reason="disken är full"))
        return [
            Past(event.given, "adviser", "Åsa", f"2026-11-25T14:32:0{place}+01:00", event.origin)
            for place, event in enumerate(self.events)
            if event.variable == variable
        ]

    def kept(self) -> dict[str, Given]:
        return {event.variable: event.given for event in self.events}


@dataclass
class Held:
    """An interview under way."""

    app: Interview
    pilot: Pilot[str]
    desk: Desk
    disk: Disk

    @property
    def session(self) -> Session:
        return self.desk.session

    @property
    def kept(self) -> dict[str, Given]:
        return self.disk.kept()

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def screen(self) -> str:
        return type(self.app.screen).__name__.removesuffix("Screen").lower()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)

    async def write(self, text: str) -> None:
        await self.press(*("space" if sign == " " else sign for sign in text))

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits until a condition holds."""

        async def waiting() -> None:
            while not condition():
                await self.pilot.pause()
                await asyncio.sleep(0)

        try:
            await asyncio.wait_for(waiting(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"never came about; the screen shows\n{self.text}") from None

    async def sees(self, *words: str) -> None:
        """Waits until the screen shows these words, wherever its lines break."""
        wanted = [" ".join(word.split()) for word in words]
        await self.until(lambda: all(word in " ".join(self.text.split()) for word in wanted))

    async def at(self, question: str | None) -> None:
        await self.until(lambda: self.session.position == question)


def screen_text(app: Interview) -> str:
    """What the screen shows, without the spaces at the ends of lines."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def screen_styles(app: Interview) -> str:
    """Where the screen is bold (b), reversed (r) or both (R); and a note of any colour, which there should never be."""
    rows = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        marks = ""
        for segment in strip:
            style = segment.style
            bold, reverse = bool(style and style.bold), bool(style and style.reverse)
            mark = "R" if bold and reverse else "b" if bold else "r" if reverse else " "
            coloured = style and any(c is not None and not c.is_default for c in (style.color, style.bgcolor))
            marks += ("C" if coloured else mark) * len(segment.text)
        runs = [(mark, len(list(group))) for mark, group in groupby(marks)]
        x, told = 0, []
        for mark, long in runs:
            if mark != " ":
                told.append(f"{mark}{x}-{x + long - 1}")
            x += long
        if told:
            rows.append(f"{y:>2}: {' '.join(told)}")
    return "\n".join(rows)


def hold(
    story: Callable[[Held], Awaitable[None]],
    *,
    questionnaire: Questionnaire | None = None,
    given: Mapping[str, Given] | None = None,
    position: str | None = None,
    at_end: bool = False,
    size: tuple[int, int] = (80, 24),
    language: str = "sv",
    areas: Sequence[Area] = (),
    context: Mapping[str, Any] | None = None,
    disk: Disk | None = None,
    opening: Opening | None = None,
    **session: Any,
) -> Held:
    """Holds an interview and plays a story in it. The answers given before are in the session, not on the disk."""
    made = Session(questionnaire or bundled().questionnaire, given, position=position, at_end=at_end, **session)
    disk = disk or Disk()
    desk = Desk(made, disk, "Brösarps Finmekanik AB", language, lambda: 0.0, areas)
    app = Interview(desk, Context(**({"now": lambda: NOON} | dict(context or {}))), opening=opening)
    held: list[Held] = []

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            held.append(Held(app, pilot, desk, disk))
            await held[0].until(lambda: app.screen.is_mounted and screen_text(app).strip())
            await story(held[0])

    asyncio.run(play())
    return held[0]
