"""The file of a store in SQLite, without SQLAlchemy: how it is made, known for what it is, and connected to."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

FILE_NAME = "aimaturity.db"
BESIDE = ("", "-wal", "-shm")
"""Endings of the files that a store in SQLite consists of."""
_HEADER = b"SQLite format 3\0"


def is_writable(file: Path) -> bool:
    """Whether a store's file can be written: that takes its folder too, for the log beside it."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def connect_file(file: Path, patience: float, read_only: bool) -> sqlite3.Connection:
    """One connection, as every connection to a store must be."""
    uri = f"file:{quote(str(file.absolute()))}?mode={'ro' if read_only else 'rw'}"
    if read_only and not _has_log(file) and not os.access(file.parent, os.W_OK):
        uri += "&immutable=1"  # SQLite can't make its shared memory in this folder, and nobody else can write in it
    made = sqlite3.connect(uri, timeout=patience, isolation_level=None, check_same_thread=False, uri=True)
    try:
        made.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE can't pass the triggers by
        made.execute("PRAGMA temp_store = MEMORY")  # no answers in temporary files
        if not read_only:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = FULL")
            made.execute("PRAGMA secure_delete = ON")
    except BaseException:
        made.close()
        raise
    return made


def _has_log(file: Path) -> bool:
    """Whether there may be commits that stand in the write-ahead log alone."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def is_database(file: Path) -> bool:
    """Whether the file begins as SQLite's do."""
    with file.open("rb") as stream:
        return stream.read(len(_HEADER)) == _HEADER


def make_folder(folder: Path) -> None:
    """The folder, for its owner alone where it is made here."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def touch_private(file: Path) -> None:
    """A new, empty file that only its owner can read. FileExistsError where there is one."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def put_in_place(draft: Path, file: Path) -> bool:
    """Gives a finished file its name, on disk; False where that name is taken, and then nothing has changed."""
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)  # unlike a rename, it never replaces
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        try:
            touch_private(file)
        except FileExistsError:
            return False
        draft.replace(file)
    else:
        draft.unlink()
    sync_folder(file.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder last through a power cut, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
