"""The terminal itself, where Textual's own driver isn't enough: it draws on standard error, takes all bytes for UTF-8,
and prints a traceback when the terminal is closed. Not for Windows, whose driver is another."""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from locale import getencoding
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


def terminal_encoding() -> tuple[str, bool]:
    """The encoding to write and read in, and whether it is UTF-8. A plain ASCII locale gets letters in UTF-8, which
    its terminal most often knows, but plain signs."""
    name = codecs.lookup(getencoding()).name
    return ("utf-8" if name == "ascii" else name), name == "utf-8"


class Terminal(LinuxDriver):
    """Draws on standard output, which is a terminal where the app is started at all: an error log may take the other
    one. What can't be encoded is shown as ?, and what can't be decoded is dropped, instead of ending the interview."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.encoding = terminal_encoding()[0]
        output = sys.__stdout__
        assert output is not None
        self._file = open(  # noqa: SIM115, PTH123 - closed in close()
            os.dup(output.fileno()), "w", encoding=self.encoding, errors="replace", newline=""
        )

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write("\x1b[?25h")  # the cursor stands on the chosen row, where a screen reader finds it

    def close(self) -> None:
        try:
            super().close()
        finally:
            try:
                if self._file is not None:
                    self._file.close()
            except OSError:  # the terminal is gone, and with it whoever would have read the rest
                self._app.log("the terminal is gone")

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:  # closed; SIGHUP tells the app as well, but not where the terminal is a pipe's end
            self._loop.call_soon_threadsafe(self._gone)

    def _gone(self) -> None:
        gone = getattr(self._app, "terminal_gone", None)
        if gone is not None:
            gone()

    def run_input_thread(self) -> None:
        """As the base class's, with the terminal's own encoding."""
        parser = XTermParser(self._debug)
        decoder = codecs.getincrementaldecoder(self.encoding)("ignore")
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = os.read(self.fileno, 4096)
                    if not data:
                        raise OSError("end of input")
                    text = decoder.decode(data)
                    for message in parser.feed(text) if text else ():  # half a letter is no text yet
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
