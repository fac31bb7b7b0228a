"""Progress of long work: rows or reports, rate and remaining time, on standard error and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.responses.survey import Survey

WORTH_SHOWING = 5_000_000
"""Bytes of files below which nobody waits."""
WORTH_A_LINE = 5
"""Reports below which nobody waits."""


class Progress:
    """A line that moves while survey files are read."""

    def __init__(self, surveys: Sequence[Survey], lang: str) -> None:
        size = sum(survey.sheet.file.size for survey in surveys)
        self.total = sum(map(_rows, surveys))
        self.shown = size > WORTH_SHOWING and sys.stderr.isatty()
        self.lang = lang
        self.done: dict[int, int] = {}
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Progress:
        if self.shown:
            self.bar = _bar()
            self.bar.start()
            self.task = self.bar.add_task(say("reading", self.lang), total=self.total, rate="")
        return self

    def read(self, survey: Survey, rows: int) -> None:
        """So many rows of this file are read."""
        self.done[id(survey)] = rows
        if self.bar is not None:
            task = self.bar.tasks[0]
            rate = say("rows_per_second", self.lang, rate=f"{int(task.speed or 0):,}".replace(",", " "))
            self.bar.update(self.task, completed=sum(self.done.values()), rate=rate)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()


class Reports:
    """A line that moves while reports are made."""

    def __init__(self, count: int, lang: str) -> None:
        self.count, self.lang, self.done = count, lang, 0
        self.shown = count >= WORTH_A_LINE and sys.stderr.isatty()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Reports:
        if self.shown:
            self.bar = _bar()
            self.bar.start()
            self.task = self.bar.add_task(say("rendering", self.lang), total=self.count, rate="")
        return self

    def step(self) -> None:
        """One company more is done."""
        self.done += 1
        if self.bar is not None:
            rate = say("reports_per_second", self.lang, rate=f"{self.bar.tasks[0].speed or 0:.0f}")
            self.bar.update(self.task, completed=self.done, rate=rate)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()


def _bar() -> Any:
    """What is done, how fast, and how long it takes still; gone afterwards."""
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[rate]}"), progress.TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
        redirect_stdout=sys.stdout.isatty(),  # results in a file or a pipe stay results
    )  # fmt: skip


def _rows(survey: Survey) -> int:
    """About how many rows the file has, by the length of its first ones."""
    sheet = survey.sheet
    if sheet.everything is not None:
        return len(sheet.everything)
    lengths = [sum(len(cell.encode()) + 1 for cell in record) for _, record in sheet.head[survey.layout.first :]]
    return int(sheet.file.size * len(lengths) / max(sum(lengths), 1))
