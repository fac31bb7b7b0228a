"""The hub's ledger of publications and its key: kept in files beside the register, and written before anything goes
out."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from aimaturity.benchmark.documents import Ledger, read_ledger
from aimaturity.benchmark.publish import belongs, new_ledger
from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.library import home_folder
from aimaturity.definitions.yaml_source import read_text
from aimaturity.scoring.export import write_text
from aimaturity.scoring.parts import dumps

LEDGER, KEY, LOCK = "benchmark-ledger.json", "benchmark-key", "benchmark-ledger.lock"
KEY_BYTES = 32


class Unpublishable(Exception):
    """Nothing can be published; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass
class Publisher:
    """The ledger and its key, held by this process alone."""

    folder: Path
    ledger: Ledger
    secret: bytes

    @property
    def path(self) -> Path:
        return self.folder / LEDGER

    def keep(self, ledger: Ledger) -> None:
        """Stores the ledger with a new publication in it; the publication may go out once this has returned."""
        trouble = write_text(self.path, dumps(ledger, indent=None), private=True)
        if trouble is not None:
            raise Unpublishable(trouble)
        self.ledger = ledger

    def day(self, asked: str | None) -> str:
        """The day of a publication: the one asked for, else today's. Never before the last one's."""
        last = max((release.date for release in self.ledger.releases), default="")
        date = asked if asked is not None else dt.datetime.now().astimezone().date().isoformat()
        try:
            whole = dt.date.fromisoformat(date).isoformat() == date
        except ValueError:
            whole = False
        if not whole or date < last:
            raise Unpublishable(problem("AIM426", date=date, last=last or "–"))
        return date


@contextmanager
def publisher(folder: Path | None = None) -> Iterator[Publisher]:
    """The hub's ledger, for one publication; a new one where nothing was ever published.

    folder  where it is kept (default: AIMATURITY_HOME)
    raises  Unpublishable
    """
    place = folder or home_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = os.fdopen(os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except OSError as error:
        raise Unpublishable(problem("AIM014", Position(str(place)), reason=error.strerror)) from error
    with lock:
        if not _locked(lock):
            raise Unpublishable(problem("AIM427", Position(str(place))))
        yield _opened(place)


def _opened(place: Path) -> Publisher:
    ledger, key = place / LEDGER, place / KEY
    there = [path.exists() for path in (ledger, key)]
    if not any(there):
        return _begun(place)
    if not all(there):
        missing = ledger if there[1] else key
        raise Unpublishable(problem("AIM424", Position(str(place)), missing=missing.name))
    secret = _key(key)
    text = read_text(ledger)
    found = text if isinstance(text, Diagnostic) else read_ledger(text, str(ledger))
    if isinstance(found, Diagnostic):
        raise Unpublishable(found)
    if not belongs(secret, found):
        raise Unpublishable(problem("AIM425", Position(str(key))))
    return Publisher(place, found, secret)


def _begun(place: Path) -> Publisher:
    """The key first: a ledger whose key is lost is of no use."""
    made = Publisher(place, Ledger(secret_check=""), secrets.token_bytes(KEY_BYTES))
    trouble = write_text(place / KEY, made.secret.hex() + "\n", private=True)
    if trouble is not None:
        raise Unpublishable(trouble)
    made.keep(new_ledger(made.secret))
    return made


def _key(path: Path) -> bytes:
    text = read_text(path)
    if isinstance(text, Diagnostic):
        raise Unpublishable(text)
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise Unpublishable(problem("AIM425", Position(str(path))))
    return secret


def _locked(lock: IO[str]) -> bool:
    """Whether this process holds the file now; the system lets go of it when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
