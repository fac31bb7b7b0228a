"""The interview in a terminal, against Textual apps that only draw: a key press until the next question is on the
screen (and saved, synced to disk, before that), and the start until the first question is on the screen.

Both sides run on a pseudo-terminal each and are pressed in turn, so that a machine whose speed drifts treats them
alike.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

OURS = """
import sys, time
from pathlib import Path
from tests.interview.held import desk_of
from aimaturity.interview.app import run

run(desk_of(Path(sys.argv[1])))
"""
BARE = """
from textual.app import App
from textual.widgets import Static

TEXT = chr(10).join(f"{line:>4} " + "Hur vet ni att samma data stämmer? " * 2 for line in range(20))


class Bare(App):
    number = 1

    def compose(self):
        yield Static(self.text(), id="all")

    def text(self):
        return f"fråga {self.number} av 56" + chr(10) + TEXT.replace("?", str(self.number))

    def on_key(self, event):
        if event.key == "q":
            self.exit()
        self.number += 1
        self.query_one("#all").update(self.text())


Bare().run()
"""
PRESSES = 40
STARTS = 8
PATIENCE = 60.0


class Terminal:
    """A program on a pseudo-terminal of 80 x 24."""

    def __init__(self, code: str, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.since = time.perf_counter()
        self.program = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8"},
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def until(self, words: str) -> float:
        """Seconds since the last press until these words have been drawn."""
        wanted, drawn = words.encode(), b""
        while wanted not in drawn:
            if not select.select([self.master], [], [], PATIENCE)[0]:
                raise TimeoutError(words)
            drawn += os.read(self.master, 65536)
        taken = time.perf_counter() - self.since
        while select.select([self.master], [], [], 0.05)[0]:  # the rest of the frame
            os.read(self.master, 65536)
        return taken

    def press(self, key: str, words: str) -> float:
        self.since = time.perf_counter()
        os.write(self.master, key.encode())
        return self.until(words)

    def end(self) -> None:
        os.write(self.master, b"q")
        try:
            while os.read(self.master, 65536):
                pass
        except OSError:  # the other end is closed
            self.program.wait()
        os.close(self.master)
        self.program.wait()


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _starts(Path(folder))
        _presses(Path(folder))


def _starts(folder: Path) -> None:
    pairs = []
    for place in range(STARTS + 1):
        ours, bare = Terminal(OURS, str(folder / f"start{place}.jsonl")), None
        mine = ours.until("fråga 1 av")
        ours.end()
        bare = Terminal(BARE)
        other = bare.until("fråga 1 av")
        bare.end()
        pairs.append((mine, other))
    pairs = pairs[1:]  # the first warms up
    ours_median, bare_median = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    times = f"first question {ours_median * 1000:.0f} ms, bare Textual app {bare_median * 1000:.0f} ms"
    print(f"interview     {times}: {ratio:.2f} x")


def _presses(folder: Path) -> None:
    """Digit and Enter on every question; the ones with more than a digit to them are passed with two Enters."""
    ours, bare = Terminal(OURS, str(folder / "keys.jsonl")), Terminal(BARE)
    ours.until("fråga 1 av")
    bare.until("fråga 1 av")
    mine, other = [], []
    for number in range(1, PRESSES + 1):
        os.write(ours.master, b"\r")
        time.sleep(0.1)
        while select.select([ours.master], [], [], 0.05)[0]:
            os.read(ours.master, 65536)
        mine.append(ours.press("\r", f"fråga {number + 1} av"))
        other.append(bare.press("x", f"fråga {number + 1} av"))
    ours.end()
    bare.end()
    mine, other = sorted(mine[3:]), sorted(other[3:])
    ratio = statistics.median(mine) / statistics.median(other)
    told = ", ".join(
        f"{name} p50 {statistics.median(side) * 1000:.0f} ms p99 {side[int(len(side) * 0.99)] * 1000:.0f} ms"
        for name, side in (("key to next question", mine), ("bare redraw", other))
    )
    print(f"interview     {told}: {ratio:.2f} x")


if __name__ == "__main__":
    run()
