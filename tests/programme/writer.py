"""Processes that record answers, and print each one's number only once it is acknowledged.

python -m tests.programme.writer URL ASSESSMENT NAME COUNT   records COUNT answers
python -m tests.programme.writer URL ASSESSMENT              for each name on standard input, starts a process that
                                                             records until it is killed: prints its number, then what
                                                             it prints, then `killed`
"""

from __future__ import annotations

import itertools
import os
import sys

from aimaturity.programme.store import open_store
from tests.programme.filled import event


def record(url: str, assessment: str, name: str, count: int | None = None) -> None:
    store = open_store(url, patience=30.0)
    for number in itertools.count(1) if count is None else range(1, count + 1):
        value = f"{name} {number} " + "å" * (number % 700)
        [seq] = store.record(assessment, [event(f"fråga_{number % 7}", value)], position=str(number), seconds=number)
        say(f"{seq} {name} {number}")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once, and whole


def mother(url: str, assessment: str) -> None:
    """Forks rather than starts anew: a round takes a hundredth of the time."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say(str(os.getpid()))
            record(url, assessment, line.strip())
        os.waitpid(child, 0)
        say("killed")


if __name__ == "__main__":
    if len(sys.argv) == 5:
        record(*sys.argv[1:4], int(sys.argv[4]))
    else:
        mother(*sys.argv[1:])
