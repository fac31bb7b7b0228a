"""What the terminal app is given beside the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Context:
    """What the app needs beside the desk. Functions get a language and give lines; they may take seconds and are
    called in a thread, so they must only read the session. What they raise is told in one line.

    glance           the result at a glance, for the end and the preview; None: there is none
    report           makes the report and gives lines that say where it is; None: `r` at the end leaves with "report"
    question_list    writes the list of questions to send after the meeting, and gives lines that say where it is
    save             writes all answers to a file of this name, and gives lines that say how that went; not in a thread
    planned_minutes  for the whole interview; None: the sum of what the questionnaire's sections plan
    read_only        look, but change and save nothing
    occasion         shown in the overview: "andra mätningen"
    earlier_open     last time's answers are shown from the start, not only once something is chosen
    quick_advance    choosing a single answer goes on to the next question
    opening          told on the first screen, such as what has changed since last time
    folder           where answers are offered to be written when they can't be saved
    now              the time of day that "Sparat" shows
    ascii_signs      signs that any terminal can show; None: where the locale isn't UTF-8
    """

    glance: Callable[[str], Sequence[str]] | None = None
    report: Callable[[str], Sequence[str]] | None = None
    question_list: Callable[[str], Sequence[str]] | None = None
    save: Callable[[str], Sequence[str]] | None = None
    planned_minutes: float | None = None
    read_only: bool = False
    occasion: str = ""
    earlier_open: bool = False
    quick_advance: bool = False
    opening: Sequence[str] = ()
    folder: Path = field(default_factory=Path.home)
    now: Callable[[], datetime] = _now
    ascii_signs: bool | None = None
