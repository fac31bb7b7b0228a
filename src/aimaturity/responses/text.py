"""Text with separators: encoding, dialect, and records, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.responses.opening import Opened, Unreadable

MAX_LINE = 64_000_000
MAX_CELL = 16_000_000
MAX_CELL_LINES = 20_000
"""Characters and lines that a cell may have: with more, its quote is one that was never closed."""
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 262_144
_WHOLE = 64_000_000
_PIECE = 1 << 20
_NORDIC = frozenset("åäöÅÄÖéÉüÜæøÆØ–—’”…\u00a0€")
_PAGES = ("<!doctype", "<html", "<head", "<meta", "<style", "<table", "<?xml", "<!--")
"""How pages, and tables saved as pages or as XML, begin; many tools call such a file .xls."""
_FEW = 16
"""Bytes below which nothing can be said of their pattern."""
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)  # fmt: skip
Record = tuple[int, list[str]]
"""The number that a spreadsheet shows for the row, and its cells."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written.

    encoding   Python's name
    delimiter  between cells
    skip       lines before the first record (`sep=;`)
    guessed    the encoding is the likeliest, not certain
    """

    encoding: str
    delimiter: str
    skip: int = 0
    guessed: bool = False


def dialect_of(file: Opened) -> Dialect:
    """Encoding by byte order mark, else UTF-8 if it is, else the likeliest; the delimiter that fits most records.

    Raises `Unreadable` for what is no text.
    """
    sample = file.beginning(_SAMPLE)
    dialect = _encoding(file, sample)
    text = _decoded(sample, dialect.encoding)
    if text.lstrip("\ufeff\0 \t\r\n").casefold().startswith(_PAGES):
        raise Unreadable("AIM372", file.name)
    first, _, _rest = text.lstrip("\ufeff").partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return replace(dialect, delimiter=first.strip()[4], skip=1)
    return replace(dialect, delimiter=_delimiter(text, len(sample) < _SAMPLE))


def _encoding(file: Opened, sample: bytes) -> Dialect:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return Dialect(encoding, ",")
    wide = _wide(sample) if b"\0" in sample else None
    if wide is not None:
        return Dialect(wide, ",")
    if _is_binary(sample):
        raise Unreadable("AIM319", file.name)
    if _is_utf8(file, sample):
        return Dialect("utf-8", ",")
    return Dialect(_eight_bit(sample), ",", guessed=True)


def _eight_bit(sample: bytes) -> str:
    """Windows or Macintosh: the one in which most letters are Nordic ones, which are other signs in the other.

    Other languages, and samples with none of these letters, are left to charset-normalizer.
    """
    likely = {encoding: _nordic(sample.decode(encoding, "replace")) for encoding in ("cp1252", "mac_roman")}
    best = max(likely, key=lambda encoding: likely[encoding])
    if likely[best] > 0:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=["cp1252", "latin_1", "mac_roman"]).best()
    return found.encoding if found is not None else "cp1252"


def _nordic(text: str) -> int:
    """Nordic letters and usual marks less what else isn't ASCII."""
    other = [character for character in text if character > "\x7f"]
    usual = sum(character in _NORDIC for character in other)
    return 2 * usual - len(other)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of mostly Latin text is zero."""
    half = len(sample) // 2 if len(sample) >= _FEW else 0
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[start::2].count(0) > 0.6 * half and sample[1 - start :: 2].count(0) < 0.05 * half:
            return encoding
    return None


_NO_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"SQLite format 3\0",
    b"PAR1",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"))


def _is_binary(sample: bytes) -> bool:
    """Whether it is another kind of file. Where there are bytes of zero and more than one in fifty is a control
    character it is; where there are fewer they are damage."""
    odd = len(sample) - len(sample.translate(None, _CONTROL)) if b"\0" in sample else 0
    return sample.startswith(_NO_TEXT) or odd > 1 + len(sample) // 50


def _is_utf8(file: Opened, sample: bytes) -> bool:
    """Whether the file is UTF-8, as a whole where it is small enough to look; a sample of a large one.

    A few broken bytes don't make it another encoding: letters of several bytes that fit together hardly ever come by
    chance, so a file with more of them than of bytes that fit nothing is UTF-8, mended where it is broken.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    whole = file.size <= _WHOLE
    letters = broken = 0
    with file.path.open("rb") as stream:
        for piece in iter(partial(stream.read, _PIECE), b"") if whole else [sample]:
            text = decoder.decode(piece, whole and stream.tell() >= file.size)
            if not text.isascii():
                fits = len(text.encode("utf-8", "ignore"))
                misfits = len(text.encode("utf-8", "surrogateescape")) - fits
                letters += len(text) - len(text.encode("ascii", "ignore")) - misfits
                broken += misfits
    return not broken or letters > broken


def _decoded(sample: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _delimiter(text: str, whole: bool) -> str:
    """The separator that gives most records the same number of fields, more than one."""
    best, best_score = ",", (0.0, 0)
    csv.field_size_limit(MAX_CELL)
    for delimiter in DELIMITERS:
        counts = _widths(text, delimiter, whole)
        widest = max(counts, default=0)
        if widest < 2:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        score = (sum(count == usual for count in counts) / len(counts), usual)
        if usual > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(text: str, delimiter: str, whole: bool) -> list[int]:
    """Fields of the first records that aren't empty."""
    counts: list[int] = []
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while len(counts) < 50:
        try:
            record = next(records, None)
        except csv.Error:  # a quote that isn't closed: what came before it tells enough
            return counts
        if record is None:
            return counts if whole or len(counts) < 2 else counts[:-1]  # the last may be cut off
        counts += [len(record)] if record else []
    return counts


_LONE = 0xDC00
_BROKEN = "\udfff"
_MENDED = re.compile("[\udc00-\udcff\udfff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """A lone surrogate, which nothing else decodes to, for a byte that isn't in the file's encoding; where characters
    have several bytes, for all until the next whole one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith(("utf-16", "utf-32")):
        return _BROKEN, max(error.end, error.start + 1)
    return chr(_LONE + error.object[error.start]), error.start + 1


codecs.register_error("aimaturity-mark", _mark)


@dataclass
class Mended:
    """Mends what was marked while decoding: bytes are read as Windows text, broken wide characters shown as such.

    count  bytes, or broken places
    rows   how many rows they were in
    first  the first of these rows, as a spreadsheet numbers it; 0 for none
    zeros  whether a line since it was last set to False holds bytes of zero
    """

    count: int = 0
    rows: int = 0
    first: int = 0
    zeros: bool = False

    def line(self, line: str) -> str:
        self.zeros = self.zeros or "\0" in line
        if _is_whole(line):
            return line
        mended, found = _MENDED.subn(_as_windows, line)
        self.count += found
        return mended


def _is_whole(line: str) -> bool:
    """Whether nothing is marked: lone surrogates can't be encoded. Ten times as fast as looking for them."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _as_windows(found: re.Match[str]) -> str:
    sign = found.group()
    return "\ufffd" if sign == _BROKEN else bytes([ord(sign) - _LONE]).decode("cp1252", "replace")


def records(file: Opened, dialect: Dialect, notes: list[Diagnostic]) -> Iterator[Record]:
    """Every record of the file. What goes wrong on the way is added to `notes`; what came before it stands."""
    mended = Mended()
    csv.field_size_limit(MAX_CELL)
    latest: list[str] = []
    last: list[str] = []
    before: Record | None = None
    zeros: list[tuple[int, int]] = []
    number = told = 0
    try:
        with file.path.open("rb") as raw:
            stream = io.TextIOWrapper(raw, dialect.encoding, "aimaturity-mark", newline="")
            shifts = dialect.encoding.startswith("utf-16") and file.size % 2 == 1
            lines = _lines(stream, file.name, latest, mended, shifts)
            for _ in range(dialect.skip):
                next(lines, None)
            latest.clear()
            for number, record in enumerate(csv.reader(lines, delimiter=dialect.delimiter), start=1):
                if mended.count > told:
                    told = mended.count
                    mended.rows += 1
                    mended.first = mended.first or number
                if mended.zeros:
                    mended.zeros = False
                    zeros += [(number, column) for column, cell in enumerate(record, 1) if "\0" in cell][:1]
                    record = [cell.replace("\0", "") for cell in record]
                if number == 1 and record:
                    record[0] = record[0].lstrip("\ufeff")
                if before is not None:
                    yield before
                before = (number, record)
                last = latest[:] if '"' in latest[0] or len(latest) > 1 else []
                latest.clear()
            if before is not None and before[1] == ["\x1a"]:
                before = None  # how DOS ended a file
            if before is not None and last and _is_open(last, dialect.delimiter):
                notes.append(problem("AIM331", Position(file.name, before[0])))
                before = None
    except csv.Error:
        notes.append(problem("AIM331", Position(file.name, number + 1)))
    except Unreadable as error:
        notes.append(error.diagnostic)
    if before is not None:
        yield before
    if zeros:
        notes.append(problem("AIM371", Position(file.name, *zeros[0]), count=len(zeros)))
    if mended.count:
        at = Position(file.name, mended.first or number + 1)
        rows = max(mended.rows, 1)  # what is broken may stand in a row that couldn't be read
        notes.append(problem("AIM342", at, count=mended.count, rows=rows, encoding=dialect.encoding))


def holds_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell over several lines has in some whole line as many delimiters as a row of the file."""
    if not delimiter or width < 3 or "\n" not in cell:
        return False
    inner = [line.split(delimiter) for line in cell.splitlines()[1:]]
    return any(len(cells) >= width and sum(map(bool, cells)) > 1 for cells in inner)


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether these lines end inside a quoted cell."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


_SHIFTED = re.compile("[\u0a00\u0d00]")
"""The ends of lines where two bytes make a character and one of them is lost."""


def _lines(
    stream: io.TextIOWrapper, name: str, latest: list[str], mended: Mended, shifts: bool = False
) -> Iterator[str]:
    """`shifts`: the bytes aren't two for every character, so one may be lost."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and line[-1] not in "\r\n":
            raise Unreadable("AIM343", name, number, limit=MAX_LINE)
        if shifts and _SHIFTED.search(line):
            raise Unreadable("AIM376", name, number)
        line = mended.line(line)
        latest.append(line)
        if len(latest) > MAX_CELL_LINES:
            raise csv.Error
        yield line
