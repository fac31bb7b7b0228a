"""The app in a real terminal: a whole interview by keys, and what happens when the terminal or the machine goes away."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from fcntl import ioctl
from pathlib import Path

import pytest

from aimaturity.definitions.questionnaire import Counts, FreeText, Multiple, Number, Single
from aimaturity.interview.session import Given, Session, State
from aimaturity.responses.given import Detail
from tests.bundled import bundled
from tests.interview.held import answers_of, rows_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
NUMBERS = {"head_count": (14, 29, 0), "influence_on_ai": (3, 5), "training_split": (10, 12, 4, 5)}
HELD = [sys.executable, "-m", "tests.interview.held"]


def wait(condition: Callable[[], object], what: Callable[[], str]) -> None:
    """Until a condition holds; looks often, since it is most often met at once."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"never came about:\n{what()}")
        time.sleep(0.02)


class Tmux:
    """A terminal of 80 x 24 in tmux, with a server of its own."""

    def __init__(self, folder: Path, command: list[str], **environment: str) -> None:
        self.socket = str(folder / "tmux.socket")
        self._env = os.environ | {"LC_ALL": "C.UTF-8", "TERM": "screen-256color"} | environment
        told = [f"{name}={value}" for name, value in environment.items()]
        self("new-session", "-d", "-x", "80", "-y", "24", *(["env", *told] if told else []), *command)
        self("set-option", "-g", "remain-on-exit", "on")

    def __call__(self, *arguments: str) -> str:
        command = ["tmux", "-S", self.socket, "-f", "/dev/null", "-u", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self._env, check=True, capture_output=True, text=True).stdout

    def press(self, *keys: str) -> None:
        self("send-keys", *keys)

    def type(self, text: str) -> None:
        self("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        """What is shown, with what scrolled away: as a program ends, tmux moves its last words up a line."""
        return self("capture-pane", "-p", "-S", "-")

    def sees(self, words: str) -> None:
        wait(lambda: words in self.screen, lambda: self.screen)

    def end(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self("kill-server")


@pytest.fixture
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Tmux]]:
    if shutil.which("tmux") is None:
        if os.environ.get("AIMATURITY_CI") == "1":
            pytest.fail("tmux is not installed")
        pytest.skip("tmux is not installed")
    made: list[Tmux] = []

    def start(path: Path, *options: str, **environment: str) -> Tmux:
        made.append(Tmux(tmp_path_factory.mktemp("t"), [*HELD, str(path), *options], **environment))
        return made[-1]

    yield start
    for one in made:
        one.end()


def test_a_whole_interview_is_held_with_keys_alone(tmux: Callable[..., Tmux], tmp_path: Path) -> None:
    """Every question answered as it comes, comments and roles in Swedish; what is kept is what was pressed."""
    path = tmp_path / "answers.jsonl"
    terminal = tmux(path)
    terminal.sees("fråga 1 av")
    questionnaire, expected = bundled().questionnaire, dict[str, Given]()
    place = 0
    while True:
        session = Session(questionnaire, answers_of(path), position=position(path))
        question = session.question
        assert question is not None
        at = question.id
        terminal.sees(f"fråga {session.number(at)[0]} av")
        detail = Detail()
        if isinstance(question, Single):
            options = questionnaire.options_of(question)
            if place % 7 == 6:
                terminal.press("d")
                terminal.sees("Vem vet?")
                terminal.type("Åsa på ekonomi")
                terminal.press("Enter")
                holds(terminal, lambda at=at: asked(path, at) == "Åsa på ekonomi")
                given, detail = Given(State.DONT_KNOW), Detail(ask="Åsa på ekonomi")
            else:
                digit = 2 + place % 2 if len(options) > 2 else 1
                terminal.press(str(digit))
                given = Given(State.ANSWERED, options[digit - 1].id)
        elif isinstance(question, Multiple):
            terminal.press("2")
            given = Given(State.ANSWERED, (questionnaire.options_of(question)[1].id,))
        elif isinstance(question, Counts):
            numbers = {part.id: float(n) for part, n in zip(question.parts, NUMBERS[at], strict=True)}
            for number, part in enumerate(question.parts):
                terminal.type(str(int(numbers[part.id])))
                if number < len(question.parts) - 1:
                    terminal.press("Enter")
            given = Given(State.ANSWERED, numbers)
        elif isinstance(question, Number):
            terminal.type("1 234")
            given = Given(State.ANSWERED, 1234.0)
        else:
            assert isinstance(question, FreeText)
            terminal.press("Enter")
            terminal.sees("Svar. Esc eller F2")
            terminal.type("25")
            terminal.press("F2")
            given = Given(State.ANSWERED, "25")
        if place % 10 == 3:
            terminal.press("k")
            terminal.sees("Kommentar. Esc eller F2")
            terminal.type("Går åt öster, säger ägaren: d q n b")
            terminal.press("F2")
            detail = Detail(comment="Går åt öster, säger ägaren: d q n b", ask=detail.ask)
        if not isinstance(question, Counts | Number):
            holds(terminal, lambda at=at, given=given: given_now(path, at) == (given.state, given.value))
        expected[at] = Given(given.state, given.value, detail)
        terminal.press("Enter")
        if position(path) == at:
            holds(terminal, lambda at=at: position(path) != at)
        place += 1
        if position(path) is None:
            break
    terminal.sees("Klart så långt")
    terminal.press("q")
    terminal.sees("NEXT end")
    answers = {name: given for name, given in answers_of(path).items() if given.state is not State.BLANK}
    county = answers.pop("county", None)
    assert county is None or county.value is not None
    assert answers == {name: given for name, given in expected.items() if name != "county"}
    assert place > 40


def holds(terminal: Tmux, condition: Callable[[], object]) -> None:
    wait(condition, lambda: terminal.screen)


def position(path: Path) -> str | None:
    stood = [row["position"] for row in rows_of(path) if "position" in row]
    return "sni_version" if not stood else None if stood[-1] is None else str(stood[-1])


def given_now(path: Path, variable: str) -> tuple[State, object] | None:
    given = answers_of(path).get(variable)
    return None if given is None else (given.state, given.value)


def asked(path: Path, variable: str) -> str | None:
    given = answers_of(path).get(variable)
    return None if given is None else given.detail.ask


def test_it_goes_on_where_it_was_left_with_the_comment_in_its_field(tmux: Callable[..., Tmux], tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    first = tmux(path)
    first.sees("fråga 1 av")
    first.press("1", "Enter")
    first.sees("fråga 2 av")
    first.press("k")
    first.sees("Kommentar. Esc")
    first.type("halvvägs åäö")
    first.press("C-q")
    first.sees("Sparat, fråga 2 av 56.")
    first.sees("NEXT pause")
    second = tmux(path)
    second.sees("fråga 2 av")
    second.press("k")
    second.sees("halvvägs åäö")


def test_a_closed_window_loses_nothing_of_what_was_typed(tmux: Callable[..., Tmux], tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    terminal = tmux(path)
    terminal.sees("fråga 1 av")
    terminal.press("k")
    terminal.sees("Kommentar. Esc")
    terminal.type("mitt i en mening")
    terminal.sees("mitt i en mening")
    process = int(terminal("display-message", "-p", "#{pane_pid}"))
    terminal("kill-window")
    wait(lambda: gone(process), lambda: f"process {process} is still there")
    assert answers_of(path)["sni_version"].detail.comment == "mitt i en mening"


def test_pasted_text_with_escape_codes_in_it_does_no_harm(tmux: Callable[..., Tmux], tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    terminal = tmux(path)
    terminal.sees("fråga 1 av")
    terminal.press("k")
    terminal.sees("Kommentar. Esc")
    terminal("set-buffer", "rad ett åäö\nrad två\u202e")
    terminal("paste-buffer", "-p")
    terminal.sees("Ett styrtecken togs bort.")
    terminal.press("F2")
    wait(lambda: "sni_version" in answers_of(path), lambda: terminal.screen)
    assert answers_of(path)["sni_version"].detail.comment == "rad ett åäö\nrad två"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "xterm"}, {"TERM": "linux"}, {"LC_ALL": "C"}])
def test_poor_terminals_are_enough(tmux: Callable[..., Tmux], tmp_path: Path, environment: dict[str, str]) -> None:
    """16 colours or none; and plain signs where the locale isn't UTF-8."""
    path = tmp_path / "answers.jsonl"
    terminal = tmux(path, **environment)
    terminal.sees("> 1  ( ) SNI 2007" if "LC_ALL" in environment else "▸ 1  ( ) SNI 2007")
    terminal.press("2")
    terminal.sees("(*) SNI 2025" if "LC_ALL" in environment else "(●) SNI 2025")
    assert "\x1b[3" not in terminal("capture-pane", "-p", "-e").replace("\x1b[39m", "")


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


class Pty:
    """The app on a pseudo-terminal of its own, without tmux."""

    def __init__(self, path: Path, *options: str, size: tuple[int, int] = (80, 24), **environment: str) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.drawn = b""
        with (path.parent / "err.log").open("wb") as errors:  # standard error may be a file
            self.process = subprocess.Popen(
                [*HELD, str(path), *options],
                cwd=ROOT, env=os.environ | {"LC_ALL": "C.UTF-8", "TERM": "xterm"} | environment,
                stdin=slave, stdout=slave, stderr=errors, preexec_fn=self._own_terminal,
            )  # fmt: skip
        os.close(slave)

    @staticmethod
    def _own_terminal() -> None:
        os.setsid()
        ioctl(0, termios.TIOCSCTTY, 0)

    def read(self) -> None:
        while select.select([self.master], [], [], 0)[0]:
            try:
                self.drawn += os.read(self.master, 65536)
            except OSError:
                return
            if self.process.poll() is not None:
                return

    def sees(self, words: str) -> None:
        def there() -> bool:
            self.read()
            return words.encode() in self.drawn

        wait(there, lambda: self.drawn.decode("utf-8", "replace"))

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def ended(self) -> int:
        def over() -> bool:
            self.read()
            return self.process.poll() is not None

        wait(over, lambda: "the program goes on")
        return self.process.returncode


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_saves_what_is_typed_and_puts_the_terminal_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "answers.jsonl"
    terminal = Pty(path)
    terminal.sees("SNI 2025")
    terminal.type("k")
    terminal.sees("Kommentar. Esc")
    terminal.type("xylofön")
    terminal.sees("xylofön")
    terminal.process.send_signal(getattr(signal, name))
    assert terminal.ended() == 0
    assert answers_of(path)["sni_version"].detail.comment == "xylofön"
    terminal.read()
    assert b"\x1b[?1049l" in terminal.drawn
    assert (b"NEXT pause" in terminal.drawn) is (name == "SIGTERM")
    assert (tmp_path / "err.log").read_bytes() == b""


def test_when_the_terminal_is_closed_it_saves_and_ends_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    terminal = Pty(path)
    terminal.sees("SNI 2025")
    terminal.type("2k")
    terminal.sees("Kommentar. Esc")
    terminal.type("xylofön")
    terminal.sees("xylofön")
    os.close(terminal.master)
    wait(lambda: terminal.process.poll() is not None, lambda: "the program goes on")
    assert answers_of(path)["sni_version"].value == "sni_2025"
    assert answers_of(path)["sni_version"].detail.comment == "xylofön"
    assert (tmp_path / "err.log").read_bytes() == b""


def test_letters_of_another_locale_are_read_and_written_in_it(tmp_path: Path) -> None:
    """A terminal in ISO 8859-1 sends and shows one byte a letter. Where the machine has no such locale, C stands in
    and the letters are UTF-8."""
    path = tmp_path / "answers.jsonl"
    terminal = Pty(path, LC_ALL="C")
    terminal.sees("SNI 2025")
    terminal.type("k")
    terminal.sees("Kommentar. Esc")
    os.write(terminal.master, "ö".encode()[:1])
    os.write(terminal.master, "ö".encode()[1:] + b"\xe5x")
    terminal.sees("x")
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert answers_of(path)["sni_version"].detail.comment == "öx"


def test_keys_pressed_faster_than_the_screen_follows_do_what_they_would_have_done(
    tmux: Callable[..., Tmux], tmp_path: Path
) -> None:
    """A letter right after one that opens a field is text; one right after the field's end is a command again."""
    path = tmp_path / "answers.jsonl"
    terminal = tmux(path)
    terminal.sees("fråga 1 av")
    terminal.press(
        "k", "d", "q", "n", "F2", "2", "Enter", "s", "k", "o", "s", "t", "a", "r", "Enter", "3", "d", "B", "o", "Enter"
    )
    holds(terminal, lambda: asked(path, "problem_size") == "Bo")
    assert answers_of(path)["sni_version"] == Given(State.ANSWERED, "sni_2025", Detail(comment="dqn"))
    terminal.press("g", "Down", "Enter", "h", "h", "t", "t", "2", "q")
    terminal.sees("NEXT pause")
    assert answers_of(path)["baseline"].value is not None


def test_the_command_keeps_it_in_the_register_and_goes_on_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmux: Callable[..., Tmux]
) -> None:
    """The real command on the real store: killed in the middle, it stands where it was, with every answer."""
    home, command = tmp_path / "home", [sys.executable, "-m", "aimaturity"]
    environment = {"AIMATURITY_HOME": str(home), "LC_ALL": "C.UTF-8"}

    def said(*arguments: str, typed: str = "") -> str:
        run = subprocess.run(
            [*command, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            env=os.environ | environment,
            cwd=tmp_path,
        )
        return run.stdout

    said("company", "add", "Å-kraft i Osby AB")
    said("interview", "Å-kraft i Osby AB", "--plain", "--lang", "sv", typed="data_access: 3\n")
    first = Tmux(tmp_path, [*command, "interview", "Å-kraft i Osby AB", "--lang", "sv"], **environment)
    try:
        first.sees("fråga 1 av 56")
        first.press("1", "Enter", "3", "k")
        first.sees("Kommentar. Esc")
        first.type("Gjuteri i Osby")
        first.press("F2")
        first.sees("bland dem.  ✎")
        os.kill(int(first("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
    finally:
        first.end()
    shown = said("assessment", "show", "Å-kraft i Osby AB", "--lang", "sv")
    assert "Gjuteri i Osby" in shown
    second = Tmux(tmp_path, [*command, "interview", "Å-kraft i Osby AB", "--lang", "sv"], **environment)
    try:
        second.sees("fråga 2 av 56")
        second.press("End")
        second.sees("Kommentar       Gjuteri i Osby")
        second.press("q")
        second.sees("Sparat, fråga 2 av 56.")
    finally:
        second.end()
