"""From what a user names to a plain file on disk: standard input is spooled, gzip and zip are unpacked, with limits."""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem

MAX_BYTES = 50_000_000_000
MAX_RATIO = 200
"""A compressed file that grows more than this is taken for a bomb; answers in words grow 20 to 60 times."""
FREE_GROWTH = 50_000_000
"""Bytes below which the ratio says nothing: a small file of equal rows."""
_CHUNK = 1 << 20
_TABLES = (".csv", ".tsv", ".txt", ".vv", ".json", ".xlsx", ".xlsm")


class Unreadable(Exception):
    """What keeps a file from being read at all. Caught where reading begins; never shown as a traceback."""

    def __init__(self, code: str, name: str, row: int = 0, column: int = 0, **facts: Any) -> None:
        self.diagnostic = problem(code, Position(name, row, column), **facts)
        super().__init__(str(self.diagnostic))

    @classmethod
    def because(cls, found: Diagnostic) -> Unreadable:
        """For a diagnostic that is made already."""
        return cls(found.code, found.at.file, found.at.line, found.at.column, **found.facts)


@dataclass
class Opened:
    """A plain file, ready to be read from its start any number of times.

    name   as the user knows it
    path   where its bytes are: the file itself, or a temporary copy
    size   bytes
    stamp  size and time of change of the user's file, None where it is a copy
    """

    name: str
    path: Path
    size: int
    stamp: tuple[int, int] | None = None
    notes: list[Diagnostic] = field(default_factory=list)

    def beginning(self, size: int = 65_536) -> bytes:
        with self.path.open("rb") as stream:
            return stream.read(size)

    def changed(self) -> bool:
        """Whether the user's file is another than when it was opened."""
        if self.stamp is None:
            return False
        try:
            now = self.path.stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != self.stamp


@contextmanager
def opened(source: Path | BinaryIO, name: str | None = None) -> Iterator[Opened]:
    """The file behind `source`; temporary copies are gone afterwards. Raises `Unreadable`."""
    name = name or (str(source) if isinstance(source, Path) else "-")
    with tempfile.TemporaryDirectory(prefix="aimaturity-", ignore_cleanup_errors=True) as folder:
        try:
            first = _plain(source, name) if isinstance(source, Path) else _spooled(source, name, Path(folder))
            ready = _unpacked(first, Path(folder))
        except FileNotFoundError:
            raise Unreadable("AIM001", name) from None
        except IsADirectoryError:
            raise Unreadable("AIM002", name) from None
        except OSError as error:
            raise Unreadable("AIM013", name, reason=error.strerror or type(error).__name__) from None
        yield ready


def _plain(path: Path, name: str) -> Opened:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable("AIM002", name)
    if not stat.S_ISREG(found.st_mode):  # opening a named pipe would wait for somebody to write to it
        raise Unreadable("AIM013", name, reason="not a plain file; use - for standard input")
    with path.open("rb"):
        pass  # whether it may be read is told here
    if found.st_size > MAX_BYTES:
        raise Unreadable("AIM003", name, size=found.st_size, limit=MAX_BYTES)
    return Opened(name, path, found.st_size, (found.st_size, found.st_mtime_ns))


def _spooled(stream: BinaryIO, name: str, folder: Path) -> Opened:
    target = folder / "input"
    with target.open("wb") as out:
        _copy(stream, out, name, MAX_BYTES)
    return Opened(name, target, target.stat().st_size)


def _copy(stream: Any, out: BinaryIO, name: str, limit: int) -> None:
    done = 0
    while chunk := stream.read(_CHUNK):
        done += len(chunk)
        if done > limit:
            raise Unreadable("AIM337", name, limit=limit)
        out.write(chunk)


def _unpacked(file: Opened, folder: Path) -> Opened:
    """What is inside, if it is gzip or a zip that isn't a workbook; else the file itself."""
    head = file.beginning(4)
    if head.startswith(b"\x1f\x8b"):
        return _gunzipped(file, folder)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _unzipped(file, folder)
    return file


def _limit(packed: int) -> int:
    return min(MAX_BYTES, max(FREE_GROWTH, packed * MAX_RATIO))


def _gunzipped(file: Opened, folder: Path) -> Opened:
    target = folder / "unpacked"
    notes = list(file.notes)
    with target.open("wb") as out, file.path.open("rb") as packed:
        try:
            whole = _inflate(packed, out, file.name, _limit(file.size))
        except zlib.error as error:
            if out.tell() == 0:
                raise Unreadable("AIM339", file.name, reason=str(error)) from None
            whole = False
        if not whole:
            notes.append(problem("AIM338", Position(file.name)))
    if len(notes) > len(file.notes):
        _cut_last_line(target)
    return Opened(file.name, target, target.stat().st_size, notes=notes)


def _inflate(packed: BinaryIO, out: BinaryIO, name: str, limit: int) -> bool:
    """Unpacks gzip, of one member or several; whether it ends where it should. What comes before a break is written."""
    done = 0
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while data := packed.read(_CHUNK):
        while data:
            piece = member.decompress(data, _CHUNK)
            done += len(piece)
            if done > limit:
                raise Unreadable("AIM337", name, limit=limit)
            out.write(piece)
            data = member.unconsumed_tail
            if member.eof:
                data = member.unused_data.lstrip(b"\0")
                if data and not data.startswith(b"\x1f\x8b"):
                    return True  # what follows the end belongs to something else
                if data:
                    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return member.eof


def _cut_last_line(path: Path) -> None:
    """Takes off what follows the last line end: a record that was cut off is not a respondent's answer."""
    with path.open("rb+") as stream:
        wide = stream.read(2) == b"\xff\xfe"
        end = stream.seek(0, os.SEEK_END)
        start = max(0, end - 4 * _CHUNK) & ~1
        stream.seek(start)
        tail = stream.read()
        found = max(tail.rfind(mark) for mark in ((b"\n\0", b"\r\0") if wide else (b"\n", b"\r")))
        stream.truncate(start + found + (2 if wide else 1) if found >= 0 else 0)


def _unzipped(file: Opened, folder: Path) -> Opened:
    try:
        with zipfile.ZipFile(file.path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX")]
            if any(m.filename.startswith("xl/") for m in members):
                if sum(m.file_size for m in members) > _limit(file.size):
                    raise Unreadable("AIM337", file.name, limit=_limit(file.size))
                return file
            tables = [m for m in members if PurePosixPath(m.filename).suffix.lower() in _TABLES]
            if not tables:
                raise Unreadable("AIM319", file.name)
            chosen, others = tables[0], [m.filename for m in tables[1:]]
            if chosen.flag_bits & 1:
                raise Unreadable("AIM341", file.name)
            target = folder / f"member{PurePosixPath(chosen.filename).suffix.lower()}"
            with archive.open(chosen) as stream, target.open("wb") as out:
                _copy(stream, out, file.name, _limit(file.size))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable("AIM339", file.name, reason=str(error)) from None
    notes = list(file.notes)
    if others:
        notes.append(problem("AIM340", Position(file.name), name=chosen.filename, others=", ".join(others)))
    return Opened(file.name, target, target.stat().st_size, notes=notes)
