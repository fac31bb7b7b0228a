"""The interview in a terminal, against Textual apps that only draw: a key press until the next question is on the
screen (and saved in the store, synced to disk, before that), and the start of the command until the first question is.
The question is there to be read before the store is open, so there is also how long a key pressed at once waits for its
answer.

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

BARE = """
from textual.app import App
from textual.widgets import Static

TEXT = chr(10).join(f"{line:>4} " + "Hur vet ni att samma data stämmer? " * 2 for line in range(20))


class Bare(App):
    number = 24

    def compose(self):
        yield Static(self.text(), id="all")

    def text(self):
        return f"fråga {self.number} av 56" + chr(10) + TEXT.replace("?", str(self.number))

    def on_key(self, event):
        if event.key == "q":
            self.exit()
        self.number = 47 - self.number
        self.query_one("#all").update(self.text())


Bare().run()
"""
COMPANY = "Å-kraft i Osby AB"
ANSWERS = "d Åsa\n" * 24
"""The first 24 questions, in order."""
PRESSES = 60
STARTS = 12
PATIENCE = 60.0


class Terminal:
    """A program on a pseudo-terminal of 80 x 24."""

    def __init__(self, *command: str, home: str | None = None) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.since = time.perf_counter()
        self.program = subprocess.Popen(
            [sys.executable, *command],
            env=os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | ({"AIMATURITY_HOME": home} if home else {}),
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
        while select.select([self.master], [], [], 0.1)[0]:  # the rest of the frame
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
    with tempfile.TemporaryDirectory() as home:
        for arguments, typed in ((["company", "add", COMPANY], ""), (["interview", COMPANY, "--plain"], ANSWERS)):
            command = [sys.executable, "-m", "aimaturity", *arguments]
            subprocess.run(
                command, input=typed, text=True, capture_output=True, env=os.environ | {"AIMATURITY_HOME": home}
            )
        _starts(home)
        _presses(home)


def _ours(home: str) -> Terminal:
    return Terminal("-m", "aimaturity", "interview", COMPANY, "--lang", "sv", home=home)


def _starts(home: str) -> None:
    rounds = []
    for _ in range(STARTS + 1):
        ours = _ours(home)
        mine = ours.until(" av 56")
        ours.end()
        bare = Terminal("-c", BARE)
        other = bare.until(" av 56")
        bare.end()
        rounds.append((mine, other, _first_key(home)))
    del rounds[0]  # warms up
    medians = [statistics.median(side) * 1000 for side in zip(*rounds, strict=True)]
    ratio = statistics.median(a / b for a, b, _ in rounds)
    least = min(a for a, _, _ in rounds) / min(b for _, b, _ in rounds)
    times = f"start {medians[0]:.0f} ms, bare Textual app {medians[1]:.0f} ms"
    print(f"interview     {times}: {ratio:.2f} x ({least:.2f} x of the least)")
    print(f"interview     a key pressed at once is answered {medians[2]:.0f} ms after the start")


def _first_key(home: str) -> float:
    """Back to the question before, from the start of the command until it is there; and on again."""
    ours = _ours(home)
    os.write(ours.master, b"b")
    taken = ours.until("fråga 24 av 56")
    ours.press("\r", "fråga 25 av 56")
    ours.end()
    return taken


def _presses(home: str) -> None:
    """Enter from an answered question to the next, and b back to it; each time where one stands is saved."""
    ours, bare = _ours(home), Terminal("-c", BARE)
    ours.until(" av 56")
    bare.until(" av 56")
    ours.press("b", "fråga 24 av 56")
    ours.press("b", "fråga 23 av 56")
    pairs = []
    for press in range(PRESSES):
        key, number = ("\r", 24) if press % 2 == 0 else ("b", 23)
        pairs.append((ours.press(key, f"fråga {number} av 56"), bare.press("x", f"fråga {47 - number} av 56")))
    chosen = [ours.press(str(2 + press % 2), "(●)") for press in range(PRESSES)]
    ours.end()
    bare.end()
    mine, other, chosen = (sorted(side) for side in (*zip(*pairs[3:], strict=True), chosen))
    told = ", ".join(
        f"{name} p50 {statistics.median(side) * 1000:.0f} p99 {side[int(len(side) * 0.99)] * 1000:.0f} ms"
        for name, side in (("key to next question", mine), ("key to answer saved", chosen), ("bare redraw", other))
    )
    print(f"interview     {told}: {statistics.median(mine) / statistics.median(other):.2f} x at p50")


if __name__ == "__main__":
    run()
