"""Text with separators: encoding, dialect, and records, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.responses.opening import Opened, Unreadable

MAX_CELL = 1_000_000
MAX_LINE = 64_000_000
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 262_144
_WHOLE = 64_000_000
_FEW = 16
"""Bytes below which nothing can be said of their pattern."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
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
    first, _, _rest = text.lstrip("\ufeff").partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return replace(dialect, delimiter=first.strip()[4], skip=1)
    return replace(dialect, delimiter=_delimiter(text, len(sample) < _SAMPLE))


def _encoding(file: Opened, sample: bytes) -> Dialect:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return Dialect(encoding, ",")
    if b"\0" in sample:
        wide = _wide(sample)
        if wide is None:
            raise Unreadable("AIM319", file.name)
        return Dialect(wide, ",")
    if _is_utf8(file, sample):
        return Dialect("utf-8", ",")
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=["cp1252", "latin_1", "mac_roman"]).best()
    return Dialect(best.encoding if best is not None else "cp1252", ",", guessed=True)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of mostly Latin text is zero."""
    half = len(sample) // 2 if len(sample) >= _FEW else 0
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[start::2].count(0) > 0.6 * half and sample[1 - start :: 2].count(0) < 0.05 * half:
            return encoding
    return None


def _is_utf8(file: Opened, sample: bytes) -> bool:
    """Whether the file is UTF-8, as a whole where it is small enough to look; a sample of a large one."""
    data = file.path.read_bytes() if file.size <= _WHOLE else sample
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=file.size <= _WHOLE)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(sample: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _delimiter(text: str, whole: bool) -> str:
    """The separator that gives most records the same number of fields, more than one."""
    best, best_score = ",", (0.0, 0)
    csv.field_size_limit(MAX_CELL)
    for delimiter in DELIMITERS:
        counts: list[int] = []
        try:
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                counts += [len(record)] if record else []
                if len(counts) == 50:
                    break
            else:
                if not whole and len(counts) > 1:
                    counts.pop()  # it may be cut off
        except csv.Error:
            continue
        widest = max(counts, default=0)
        if widest < 2:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        score = (sum(count == usual for count in counts) / len(counts), usual)
        if usual > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


@dataclass
class Mended:
    """What was mended while decoding: bytes that were not in the file's encoding, read as Windows text."""

    count: int = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self.count += 1
        return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


def records(file: Opened, dialect: Dialect, notes: list[Diagnostic]) -> Iterator[Record]:
    """Every record of the file. What goes wrong on the way is added to `notes`; what came before it stands."""
    mended = Mended()
    codecs.register_error("aimaturity-mend", mended)
    csv.field_size_limit(MAX_CELL)
    reader = None
    try:
        with file.path.open("rb") as raw:
            stream = io.TextIOWrapper(raw, dialect.encoding, "aimaturity-mend", newline="")
            lines = _lines(stream, file.name)
            for _ in range(dialect.skip):
                next(lines, None)
            reader = csv.reader(lines, delimiter=dialect.delimiter)
            for number, record in enumerate(reader, start=1):
                if number == 1 and record:
                    record[0] = record[0].lstrip("\ufeff")
                yield number, record
    except csv.Error as error:
        notes.append(problem("AIM331", Position(file.name, reader.line_num if reader else 0), reason=str(error)))
    except Unreadable as error:
        notes.append(error.diagnostic)
    if mended.count:
        notes.append(problem("AIM342", Position(file.name), count=mended.count, encoding=dialect.encoding))


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and line[-1] not in "\r\n":
            raise Unreadable("AIM343", name, number, limit=MAX_LINE)
        yield line
