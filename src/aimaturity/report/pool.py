"""Many reports at once: a process a core, one company a task, and never more than a few documents waiting.

Workers are started fresh (spawn), so that no lock or thread of the parent is copied, and are replaced now and then, so
that what a library doesn't give back isn't kept for thousands of reports. An interruption reaches the parent alone:
a worker ends the file that it is writing, and few more are begun.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import connection
from typing import Any

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.report.produce import Made, Task, Wanted, make, nothing_made
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.reading import Line

WAITING = 3
"""Tasks that are handed out and not yet taken back, for each worker."""
LIFETIME = 400
"""Reports by one worker before all are replaced."""
SECONDS = {"html": 0.03, "md": 0.04, "xlsx": 0.04, "pdf": 1.5}
"""About what one report of a kind takes."""
WORTH_IT = 2.0
"""Seconds of work below which starting workers would take longer than they save."""


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def make_all(tasks: Iterable[Task], wanted: Wanted, count: int, jobs: int | None = None) -> Generator[Made, None, None]:
    """What became of each company, as they are done: in the order of the tasks, but for those whose worker died.

    count  how many there are
    jobs   processes; None: one a core where there is work enough for several, else none but this
    """
    seconds = count * sum(SECONDS[kind] for kind in wanted.kinds)
    workers = min(jobs if jobs is not None else cores() if seconds > WORTH_IT else 1, max(count, 1))
    if workers == 1:
        for task in tasks:
            yield make(task, wanted)
        return
    queue, finished = iter(tasks), False
    while not finished:
        lost: list[Task] = []
        finished = yield from _generation(queue, wanted, workers, lost)
        for task in lost:
            yield _alone(task, wanted)


def _generation(queue: Iterator[Task], wanted: Wanted, workers: int, lost: list[Task]) -> Generator[Made, None, bool]:
    """The work of one set of workers; whether the queue is at its end. `lost`: tasks whose worker died."""
    waiting: deque[tuple[Task, Future[Made]]] = deque()
    with _executor(workers) as pool:
        for _ in range(LIFETIME * workers):
            task = next(queue, None)
            if task is None:
                yield from _taken_back(waiting, 0, lost)
                return True
            try:
                waiting.append((task, _handed_out(pool, task, wanted)))
            except BrokenProcessPool:
                lost.append(task)
            yield from _taken_back(waiting, WAITING * workers, lost)
            if lost:
                break
        yield from _taken_back(waiting, 0, lost)
    return False


def _taken_back(waiting: deque[tuple[Task, Future[Made]]], leave: int, lost: list[Task]) -> Generator[Made, None, None]:
    """The results of the first that wait, until only so many are left."""
    while len(waiting) > leave:
        task, future = waiting.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            lost.append(task)


def _alone(task: Task, wanted: Wanted) -> Made:
    """Once more in a process of its own, where it can take no other report along."""
    try:
        with _executor(1) as pool:
            return _handed_out(pool, task, wanted).result()
    except BrokenProcessPool:
        made = nothing_made(task, wanted)
        made.failed.append(problem("AIM410"))
        return made


def _handed_out(pool: ProcessPoolExecutor, task: Task, wanted: Wanted) -> Future[Made]:
    """A document goes as JSON: that is a third faster than its objects."""
    if isinstance(task.source, ResultDocument):
        task = replace(task, source=Line(Position(), task.source.model_dump_json(by_alias=True)))
    with _uninterrupted():
        future = pool.submit(make, task, wanted)
    if sys.version_info < (3, 12):
        future.add_done_callback(partial(_let_go, pool._call_queue))  # type: ignore[attr-defined]
    return future


def _let_go(queue: Any, future: Future[Made]) -> None:
    """Lets the thread go that hands documents to workers, should one of these have died. The first releases of Python
    3.11 leave the reading end of their pipe open, and the thread waits for ever for somebody to take the rest of a
    large document (python/cpython#94777; mended later by closing that end, as here)."""
    if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
        queue._reader.close()


@contextmanager
def _executor(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that are gone afterwards. Whatever ends the work early, what they have begun is ended whole."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds an interruption back for the moment in which a worker may be started: it inherits that, and keeps it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `_begin` alone must do
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # once it runs, starting a worker leaves the mask as it is
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """A worker leaves interruptions to its parent, and ends when that is gone."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
