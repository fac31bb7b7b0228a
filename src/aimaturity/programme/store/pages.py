"""Rows read straight from the pages of a damaged SQLite file, without its index pages.

Source: "Database File Format", sqlite.org/fileformat2.html: leaf pages of tables (2.3), records (2.1), overflow chains
(1.6), the write-ahead log (4). Rows that were deleted can't come back: the store overwrites them with zeros.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

Cell = None | int | float | str | bytes
LEAF = 0x0D
"""First byte of a page that holds rows."""
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial type of a whole number -> its bytes."""
_WAL_HEADER, _FRAME_HEADER = 32, 24
_USUAL = 4096
_MOST_COLUMNS = 100


def rows(file: Path) -> Iterator[tuple[int, list[Cell]]]:
    """(rowid, columns) of every row on a page that is whole. Where a row's end lies on a page that is gone, the columns
    that it would hold are missing. A whole number that is the table's key is None here: it is the rowid."""
    pages = _Pages(file)
    for number in pages.numbers():
        yield from _of_page(pages, number)


class _Pages:
    """Pages by number from 1: those of the file, and newer ones of the log beside it."""

    def __init__(self, file: Path) -> None:
        self.data = file.read_bytes()
        stated = int.from_bytes(self.data[16:18], "big")
        stated = 65_536 if stated == 1 else stated
        self.size = stated if stated in [1 << bit for bit in range(9, 17)] else _USUAL
        log = file.with_name(file.name + "-wal")
        self.newer = self._log(log.read_bytes()) if log.exists() else {}

    def _log(self, data: bytes) -> dict[int, bytes]:
        """Pages of the transactions that were committed to the log."""
        committed: dict[int, bytes] = {}
        pending: dict[int, bytes] = {}
        salts = data[16:24]
        for at in range(_WAL_HEADER, len(data) - _FRAME_HEADER - self.size + 1, _FRAME_HEADER + self.size):
            number, after_commit = struct.unpack_from(">II", data, at)
            if data[at + 8 : at + 16] != salts:
                break
            pending[number] = data[at + _FRAME_HEADER : at + _FRAME_HEADER + self.size]
            if after_commit:
                committed |= pending
                pending = {}
        return committed

    def numbers(self) -> list[int]:
        return sorted({*range(1, len(self.data) // self.size + 1), *self.newer})

    def get(self, number: int) -> bytes:
        """The page; no bytes where it is gone."""
        if number in self.newer:
            return self.newer[number]
        return self.data[(number - 1) * self.size : number * self.size] if number > 0 else b""


def _of_page(pages: _Pages, number: int) -> Iterator[tuple[int, list[Cell]]]:
    page = pages.get(number)
    head = 100 if number == 1 else 0
    if len(page) < pages.size or page[head] != LEAF:
        return
    cells = int.from_bytes(page[head + 3 : head + 5], "big")
    for index in range(min(cells, (pages.size - head - 8) // 2)):
        at = int.from_bytes(page[head + 8 + 2 * index : head + 10 + 2 * index], "big")
        try:
            size, at = _varint(page, at)
            rowid, at = _varint(page, at)
            columns = list(_columns(_payload(pages, page, at, size)))
        except (IndexError, struct.error):  # no row begins here: the page is broken, or none of ours
            continue
        if columns:
            yield rowid, columns


def _payload(pages: _Pages, page: bytes, at: int, size: int) -> bytes:
    """The bytes of a row, as far as they are there."""
    usable = pages.size
    if size <= usable - 35:
        return page[at : at + size]
    least = (usable - 12) * 32 // 255 - 23
    here = least + (size - least) % (usable - 4)
    here = here if here <= usable - 35 else least
    parts, length = [page[at : at + here]], here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while following and length < size:
        more = pages.get(following)
        if len(more) < usable:
            break
        parts.append(more[4:])
        length += usable - 4
        following = int.from_bytes(more[:4], "big")
    return b"".join(parts)[:size]


def _columns(payload: bytes) -> Iterator[Cell]:
    """A record's columns, as many as are whole."""
    length, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < length and len(kinds) <= _MOST_COLUMNS:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    at = length
    for kind in kinds:
        size = _SIZES[kind] if kind in _SIZES else 8 if kind == 7 else (kind - 12) // 2 if kind >= 12 else 0
        raw = payload[at : at + size]
        if len(raw) < size:
            return
        at += size
        yield _cell(kind, raw)


def _cell(kind: int, raw: bytes) -> Cell:
    if kind in _SIZES:
        return int.from_bytes(raw, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", raw)[0])
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return raw.decode("utf-8", "replace") if kind % 2 else raw
    return None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A whole number of 1 to 9 bytes, and where it ends."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9
