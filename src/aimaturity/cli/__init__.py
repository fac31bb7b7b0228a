"""Commands: each a thin shell over one function of the library."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

DONE, LOOK, FAILED, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; done, but something needs a look; can't be done as asked; interrupted."""


def _ended(number: int, frame: FrameType | None) -> None:
    """Ends like an interruption does, so that temporary copies of answers don't stay behind."""
    sys.exit(128 + number)


def main() -> None:
    """The program `aimaturity`. No traceback reaches a user unless AIMATURITY_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):  # a closed terminal; Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _ended)
    # No score goes through BLAS, whose threads would wait for work by keeping the processor busy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from aimaturity.cli.app import app

        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody listens; say nothing more
        sys.exit(DONE)
    except Exception as error:
        if os.environ.get("AIMATURITY_DEBUG"):
            raise
        sys.stderr.write(f"AIM901 {type(error).__name__}: {str(error)[:200]}\n")
        sys.stderr.write("Det här är ett fel i programmet. Rapportera det gärna, med kommandot som du körde.\n")
        sys.stderr.write("This is a fault in the program. Please report it, with the command you ran.\n")
        sys.exit(FAILED)
