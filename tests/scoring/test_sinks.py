"""A sink that is written behind: in order, and what goes wrong in its thread isn't lost."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from aimaturity.scoring.sinks import WRITTEN_BEHIND, Behind
from aimaturity.scoring.table import Data


class Kept:
    """Keeps what it is given; refuses the part that says so, and waits before each until it may go on."""

    def __init__(self) -> None:
        self.parts: list[Data] = []
        self.ended = ""
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def write(self, part: Mapping[str, Data]) -> None:
        assert self.may_go_on.wait(30)
        if part["company"] == ["full"]:
            raise OSError("no room on the disk")
        self.parts.append(part["company"])

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        self.ended += "closed"

    def abandon(self) -> None:
        self.ended += "abandoned"


def test_parts_are_written_in_order_and_before_the_end() -> None:
    kept = Kept()
    sink = Behind(kept)
    for number in range(20):
        sink.write({"company": [f"Å{number}"]})
    sink.close({})
    assert kept.parts == [[f"Å{number}"] for number in range(20)]
    assert kept.ended == "closed"


def test_few_parts_wait() -> None:
    kept = Kept()
    kept.may_go_on.clear()
    sink = Behind(kept)
    for number in range(WRITTEN_BEHIND):
        sink.write({"company": [str(number)]})
    over = threading.Thread(target=sink.write, args=({"company": ["last"]},))
    over.start()
    over.join(0.05)
    assert over.is_alive()
    kept.may_go_on.set()
    over.join(30)
    sink.close({})
    assert kept.parts == [["0"], ["1"], ["last"]]


def test_what_a_write_raises_is_raised_later() -> None:
    sink = Behind(Kept())
    sink.write({"company": ["full"]})
    for _ in range(WRITTEN_BEHIND - 1):
        sink.write({"company": ["more"]})
    with pytest.raises(OSError, match="no room"):
        sink.write({"company": ["more"]})
    sink.abandon()


def test_what_the_last_write_raises_ends_the_table() -> None:
    kept = Kept()
    sink = Behind(kept)
    sink.write({"company": ["full"]})
    with pytest.raises(OSError, match="no room"):
        sink.close({})
    assert kept.ended == "abandoned"


def test_an_abandoned_sink_writes_no_more() -> None:
    kept = Kept()
    kept.may_go_on.clear()
    sink = Behind(kept)
    sink.write({"company": ["written"]})
    sink.write({"company": ["given up"]})
    timer = threading.Timer(0.05, kept.may_go_on.set)
    timer.start()
    sink.abandon()
    assert kept.ended == "abandoned"
    assert kept.parts in ([], [["written"]])
