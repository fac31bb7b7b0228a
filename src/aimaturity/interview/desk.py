"""What both faces of the interview share: the session, and that every change is on disk before anything else is drawn.

The store comes in as a `Keeper`; the clock as a function. A change that can't be saved stays here, is tried again with
the next one, and is never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from aimaturity.interview.session import Change, Event, Session
from aimaturity.responses.given import Given

if TYPE_CHECKING:
    from aimaturity.definitions.base import Text
    from aimaturity.definitions.diagnostics import Diagnostic

Voice = Literal["adviser", "company"]
MOST_SECONDS = 300.0
"""Of a pause between two changes, no more counts as time used: somebody went for coffee."""


@dataclass(frozen=True, slots=True)
class Past:
    """One entry of an answer's history. `at` is the time as it was shown when it was given, ISO 8601."""

    given: Given
    voice: Voice
    who: str | None
    at: str
    origin: str


class NotSaved(Exception):
    """The keeper couldn't put it on disk. Nothing of it is half there, and it may be tried again.

    lost_hold  somebody else has taken the assessment over; trying again doesn't help
    """

    def __init__(self, reason: Diagnostic, lost_hold: bool = False) -> None:
        self.reason, self.lost_hold = reason, lost_hold
        super().__init__(str(reason))


class Keeper(Protocol):
    """Where an interview is kept. `record` returns when everything is on disk, all or nothing; else `NotSaved`."""

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None: ...

    def history(self, variable: str) -> Sequence[Past]: ...


@dataclass(frozen=True, slots=True)
class Area:
    """Questions that are scored together, for the overview."""

    id: str
    title: Text
    questions: tuple[str, ...]


@dataclass
class Desk:
    """One interview being held.

    clock      seconds, never going back (time.monotonic)
    seconds    used before this sitting
    unsaved    events that aren't on disk yet
    trouble    why, while there are any
    """

    session: Session
    keeper: Keeper
    company: str
    language: str
    clock: Callable[[], float]
    areas: Sequence[Area] = ()
    seconds: float = 0.0
    unsaved: list[Event] = field(default_factory=list)
    trouble: NotSaved | None = None

    def __post_init__(self) -> None:
        self._since = self.clock()

    def keep(self, change: Change) -> Change:
        """Saves a change with all that waits; `trouble` says whether it is on disk. Returns the change."""
        self.unsaved += change.events
        if change.events:
            self._save()
        return change

    def moved(self) -> None:
        """Saves where one stands, and what waits."""
        self._save()

    def retry(self) -> bool:
        """Tries again what waits; whether all is on disk."""
        if self.unsaved or self.trouble:
            self._save()
        return self.trouble is None

    def used(self) -> float:
        """Seconds used so far."""
        return self.seconds + min(max(self.clock() - self._since, 0.0), MOST_SECONDS)

    def _save(self) -> None:
        seconds = self.used()
        try:
            self.keeper.record(tuple(self.unsaved), self.session.position, seconds)
        except NotSaved as trouble:
            self.trouble = trouble
        else:
            self.unsaved.clear()
            self.trouble = None
        self.seconds, self._since = seconds, self.clock()
