"""A keeper in memory, and interviews held at a keyboard or from a pipe."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.desk import Area, Desk, NotSaved, Past
from aimaturity.interview.face import Context, Ended, Source
from aimaturity.interview.plain import hold
from aimaturity.interview.session import Event, Session
from aimaturity.responses.given import Given


@dataclass
class Memory:
    """A keeper whose disk can be full, and who can be taken over. What it has acknowledged is in `events`."""

    full: bool = False
    lost: bool = False
    events: list[Event] = field(default_factory=list)
    position: str | None = None

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None:
        if self.full:
            raise NotSaved(problem("AIM014", Position("store.db"), reason="disken är full"))
        if self.lost:
            raise NotSaved(problem("AIM014", Position("store.db"), reason="B. Exempel sedan 14.32"), lost_hold=True)
        self.events += events
        self.position = position

    def history(self, variable: str) -> Sequence[Past]:
        return [
            Past(event.given, "adviser", "A. Exempel", "2026-11-25T14:32:07+01:00", event.origin)
            for event in self.events
            if event.variable == variable
        ]

    def kept(self) -> dict[str, Given]:
        return {event.variable: event.given for event in self.events}


class Keyboard(io.StringIO):
    """Typed lines, echoed as a terminal does. `act`: line number, from 0 -> done before that line is typed."""

    def __init__(self, lines: Sequence[str], out: io.StringIO, act: Mapping[int, Any] | None = None) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.out, self.act, self.read_lines = out, act or {}, 0

    def readline(self, size: int = -1, /) -> str:
        act = self.act.get(self.read_lines)
        self.read_lines += 1
        if act is not None:
            act()
        line = super().readline(size)
        self.out.write(line)
        return line


@dataclass
class Held:
    """What came of an interview."""

    ended: Ended
    text: str
    remarks: str
    desk: Desk
    memory: Memory


def interview(
    questionnaire: Questionnaire,
    lines: Sequence[str] | str,
    *,
    typed: bool = True,
    language: str = "sv",
    memory: Memory | None = None,
    context: Context | None = None,
    areas: Sequence[Area] = (),
    act: Mapping[int, Any] | None = None,
    **session: Any,
) -> Held:
    memory = memory or Memory()
    desk = Desk(Session(questionnaire, **session), memory, "Å, Ä & Ö AB", language, lambda: 0.0, areas)
    out, remarks = io.StringIO(), io.StringIO()
    lines = lines.splitlines() if isinstance(lines, str) else lines
    source = Source(Keyboard(lines, out, act) if typed else io.StringIO("".join(f"{line}\n" for line in lines)))
    ended = hold(desk, source, out, remarks, typed=typed, context=context)
    return Held(ended, out.getvalue(), remarks.getvalue(), desk, memory)
