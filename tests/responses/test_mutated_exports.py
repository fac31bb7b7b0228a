"""Broken exports: whatever happens to a file on its way here, reading it raises nothing and loses no row in silence.

Each case is a file of `tests.exports`, damaged by a random generator that is seeded with the case's number alone:
`damaged(case)` makes the same bytes again. AIMATURITY_CASES says how many cases there are, AIMATURITY_FIRST_CASE where
they begin.
"""

from __future__ import annotations

import gzip
import io
import os
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal, get_args

import numpy as np
import pytest

from aimaturity.responses import sheet
from aimaturity.responses.aside import REASONS
from aimaturity.responses.opening import Unreadable
from aimaturity.responses.people import Keep
from aimaturity.responses.survey import Reading, open_survey, read_survey, whole_of
from tests.exports import Export
from tests.responses.test_exports import all_exports, questionnaire

CASES = int(os.environ.get("AIMATURITY_CASES", "1500"))
FIRST_CASE = int(os.environ.get("AIMATURITY_FIRST_CASE", "0"))
LOTS = 12
"""Tests among which the cases are dealt, so that several processes share them."""
SECONDS = 10.0
ROW_PROBLEMS = {"AIM344", "AIM345", "AIM349", "AIM369", "AIM370", "AIM373"}
"""Say of whole rows that they are set aside."""
STOPPED = {"AIM331", "AIM338", "AIM343", "AIM376"}
"""Say that reading stopped before the end of the file."""
PIECES = (b"\0", b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\n\n", b"'", b"\xff", b"\xc3", b"\xe5",
          b"\xef\xbb\xbf", b"\xff\xfe", b"=", b"sep=;\n", b"<", b"&", b"[", b"{", b"}", b"\x1a", b" ", b"1e999", b"nan",
          b"-1", b"99999999999999999999", "\u2028".encode(), "å".encode(), b"\x85", b"\x0c")  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman",
             "cp437", "cp500")  # fmt: skip

Damage = Callable[[bytes, Random], bytes]


def _span(data: bytes, chance: Random, most: int = 4000) -> tuple[int, int]:
    """Start and end of some of the bytes: mostly few."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.random() ** 3 * most))


def truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def beheaded(data: bytes, chance: Random) -> bytes:
    return data[_span(data, chance)[0] // 4 :]


def flipped(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 40)) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def without_chunk(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def doubled_chunk(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 1, 3, 60)) + data[end:]


def swapped_chunks(data: bytes, chance: Random) -> bytes:
    cuts = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    first, second, third, fourth = cuts
    return data[:first] + data[third:fourth] + data[second:third] + data[first:second] + data[fourth:]


def _by_lines(change: Callable[[list[bytes], Random], None]) -> Damage:
    def damage(data: bytes, chance: Random) -> bytes:
        lines = data.splitlines(keepends=True)
        if lines:
            change(lines, chance)
        return b"".join(lines)

    damage.__name__ = change.__name__
    return damage


def without_lines(lines: list[bytes], chance: Random) -> None:
    for _ in range(min(len(lines), chance.choice((1, 1, 2, 10)))):
        del lines[chance.randrange(len(lines))]


def doubled_lines(lines: list[bytes], chance: Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 10))):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))


def swapped_lines(lines: list[bytes], chance: Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 10))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]


def other_line_ends(lines: list[bytes], chance: Random) -> None:
    ends = chance.sample((b"\n", b"\r\n", b"\r", b"", b"\n\r\n", b"\0\n"), chance.choice((1, 1, 2)))
    for number, line in enumerate(lines):
        if chance.random() < 0.8:
            lines[number] = line.rstrip(b"\r\n") + chance.choice(ends)


def pieces_put_in(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        start = chance.randrange(len(data) + 1)
        data = data[:start] + chance.choice(PIECES) * chance.choice((1, 1, 1, 1, 20)) + data[start:]
    return data


def piece_exchanged(data: bytes, chance: Random) -> bytes:
    """One sort of bytes becomes another throughout: another delimiter, quotes gone."""
    return data.replace(chance.choice(PIECES), chance.choice((b"", *PIECES)))


def other_encoding(data: bytes, chance: Random) -> bytes:
    text = data.decode(chance.choice(("utf-8", "cp1252", "mac_roman", "utf-16")), "replace")
    return text.encode(chance.choice(ENCODINGS), chance.choice(("replace", "xmlcharrefreplace", "ignore")))


def spliced(data: bytes, chance: Random) -> bytes:
    other = _any_export(chance).data
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


def packed(data: bytes, chance: Random) -> bytes:
    """As gzip or zip, sound or damaged in turn."""
    if chance.random() < 0.5:
        made = gzip.compress(data, mtime=0)
    else:
        made = _zip([(chance.choice(("a.csv", "b.txt", "c.json", "xl/d", "e.xlsx", "f")), data), ("g.csv", data)])
    return chance.choice((truncated, flipped, flipped))(made, chance) if chance.random() < 0.5 else made


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return made.getvalue()


BYTEWISE = sorted(
    name for name, export in all_exports().items() if export.ending == ".csv" and b"\0" not in export.data
)
"""CSV files in which a quote is one byte."""

DAMAGES: tuple[Damage, ...] = (
    truncated, beheaded, flipped, flipped, without_chunk, doubled_chunk, swapped_chunks, _by_lines(without_lines),
    _by_lines(doubled_lines), _by_lines(swapped_lines), _by_lines(other_line_ends), pieces_put_in, pieces_put_in,
    piece_exchanged, other_encoding, spliced, packed,
)  # fmt: skip


def inside(data: bytes, chance: Random) -> bytes:
    """A workbook with a part of it damaged, taken out, or taken from another workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    likely = [k for k, (name, _) in enumerate(members) if "sheet1" in name or "sharedStrings" in name]
    place = chance.choice(likely) if likely and chance.random() < 0.7 else chance.randrange(len(members))
    name, part = members[place]
    if chance.random() < 0.07:
        del members[place]
    elif chance.random() < 0.1:
        members[place] = (name, _part_of_another(name, chance) or part)
    else:
        members[place] = (name, chance.choice((cell_changed, cell_changed, *DAMAGES[:-1]))(part, chance))
    return _zip(members)


def _part_of_another(name: str, chance: Random) -> bytes | None:
    other = _any_export(chance, ".xlsx")
    with zipfile.ZipFile(io.BytesIO(other.data)) as archive:
        return archive.read(name) if name in archive.namelist() else None


def cell_changed(part: bytes, chance: Random) -> bytes:
    """A number, a reference or a kind of cell inside a sheet's XML becomes another."""
    marks = (b' r="', b' t="', b"<v>", b' s="', b'ref="', b"<t>", b"count=")
    found = ((part.find(mark, chance.randrange(len(part) + 1)), mark) for mark in marks)
    places = [place + len(mark) for place, mark in found if place >= 0]
    if not places:
        return flipped(part, chance)
    start = end = chance.choice(places)
    while end < len(part) and part[end : end + 1] not in b'"<':
        end += 1
    said = (b"XFD1048576", b"A1", b"B2:A1", b"e", b"b", b"d", b"n", b"s", b"999999", b"-1", b"1e308", b"", b"2026-03-01",
            b"44000.5", b"2958466", b"1e19", b"#N/A")  # fmt: skip
    return part[:start] + chance.choice(said) + part[end:]


def _any_export(chance: Random, ending: str = "") -> Export:
    return chance.choice([export for name, export in sorted(all_exports().items()) if export.ending.endswith(ending)])


@cache
def _sorted_exports() -> list[tuple[str, Export]]:
    return sorted(all_exports().items())


def damaged(case: int) -> tuple[str, bytes, Random]:
    """Name and bytes of the case's file, and the generator, for what else is to be chosen."""
    chance = Random(case)
    name, export = _sorted_exports()[case % len(_sorted_exports())]
    data = export.data
    if export.ending == ".xlsx" and chance.random() < 0.85:
        data = inside(data, chance)
    else:
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            data = chance.choice(DAMAGES)(data, chance)
    return f"{name}{export.ending}", data, chance


def row_count(reading: Reading) -> tuple[int, int]:
    """Rows read; rows in the table or told as set aside."""
    told = sum(found.count for found in reading.problems if found.code in ROW_PROBLEMS)
    return reading.rows, (reading.table.rows if reading.table is not None else 0) + told


def check_reading(source: Path | io.BytesIO, name: str, keep: Keep) -> str:
    """Reads as most callers do. Gives a word for what came of it."""
    reading = read_survey(source, questionnaire(), name, keep=keep)
    for found in reading.diagnostics:
        assert found.message()
        assert found.message("sv")
    for cell in reading.problems:
        assert cell.message("sv")
    read, accounted = row_count(reading)
    assert read == accounted
    if reading.table is None:
        assert reading.diagnostics
        return "unreadable"
    numbers = [company.source_row or 0 for company in reading.table.companies]
    assert len(numbers) == reading.table.rows
    assert numbers == sorted(set(numbers))
    stopped = any(found.code in STOPPED for found in reading.diagnostics)
    return "stopped" if stopped else "noted" if reading.diagnostics or reading.problems else "clean"


def check_counts(source: Path | io.BytesIO, name: str, keep: Keep) -> str:
    """Reads part by part; every filled record after the headings is counted, and ends in a part or is set aside."""
    try:
        with open_survey(source, questionnaire(), name) as survey:
            if not survey.usable:
                return "unusable"
            parts = whole_of(survey, keep)
            given = [number for part in parts for number in part.numbers.tolist()]
            counts = survey.counts
            aside = sum(counts[why] for why in REASONS)
            assert counts["read"] == len(given) + aside, counts
            filled = [number for number, record in list(survey.sheet.records())[survey.layout.first :] if record]
            assert counts["read"] == len(filled)
            assert set(given) <= set(filled)
            assert given == sorted(set(given))
            return "by parts"
    except Unreadable:
        return "unreadable"


def check_both_ways(data: bytes, name: str, keep: Keep) -> str:
    """A file that is large enough for the fast reader says the same as one that isn't."""
    careful = read_survey(io.BytesIO(data), questionnaire(), name, keep=keep)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, "FAST_FROM", 0)
        fast = read_survey(io.BytesIO(data), questionnaire(), name, keep=keep)
    assert (fast.rows, fast.problems, fast.diagnostics) == (careful.rows, careful.problems, careful.diagnostics)
    if fast.table is None or careful.table is None:
        assert fast.table is careful.table
        return "unreadable"
    assert fast.table.companies == careful.table.companies
    assert list(fast.table.details) == list(careful.table.details)
    for ours, theirs in ((fast.table.state, careful.table.state), (fast.table.value, careful.table.value)):
        assert ours.keys() == theirs.keys()
        for variable in ours:
            np.testing.assert_array_equal(ours[variable], theirs[variable])
    assert {v: list(t) for v, t in fast.table.text.items()} == {v: list(t) for v, t in careful.table.text.items()}
    return "both ways"


def check(case: int, folder: Path) -> str:
    name, data, chance = damaged(case)
    source: Path | io.BytesIO = io.BytesIO(data)
    if chance.random() < 0.1:
        source = folder / name
        source.write_bytes(data)
    keep: Literal["all", "first", "last"] = chance.choice((*get_args(Keep), "all"))
    start = time.perf_counter()
    way = chance.random()
    if way < 0.15:
        result = check_both_ways(data, name, keep)
    else:
        result = (check_counts if way < 0.35 else check_reading)(source, name, keep)
    assert time.perf_counter() - start < SECONDS, "too slow"
    return result


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("lot", range(LOTS))
def test_a_damaged_file_is_read_or_refused_and_no_row_is_lost(lot: int, tmp_path: Path) -> None:
    results: Counter[str] = Counter()
    failed: list[str] = []
    for case in range(FIRST_CASE + lot, FIRST_CASE + CASES, LOTS):
        try:
            results[check(case, tmp_path)] += 1
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # a panic in a reader is no Exception
            failed.append(f"case {case}, {damaged(case)[0]}:\n{traceback.format_exc(limit=-6)}")
    print(f"lot {lot}: {dict(results)}, failed: {len(failed)}")
    assert not failed, f"{len(failed)} cases failed\n" + "\n".join(failed[:8])


@pytest.mark.parametrize("name", BYTEWISE)
def test_a_quote_that_swallows_rows_is_told(name: str) -> None:
    """A quote that is never closed makes one cell of the rest of the file, often in a column that takes any text."""
    export = all_exports()[name]
    sound = read_survey(io.BytesIO(export.data), questionnaire(), "x.csv")
    lines = export.data.splitlines(keepends=True)
    ends = (k for k in range(len(lines) // 2, len(lines)) if b"".join(lines[:k]).count(b'"') % 2 == 0)
    middle = next(ends)
    rest = [line.replace(b'"', b"") for line in lines[middle:]]
    broken = read_survey(io.BytesIO(b"".join([*lines[:middle], b'"', *rest])), questionnaire(), "x.csv")
    assert broken.rows < sound.rows
    assert any(found.code in STOPPED for found in broken.diagnostics), [d.message() for d in broken.diagnostics]


def test_other_beside_a_grid_is_read_or_ignored() -> None:
    """SurveyMonkey and Qualtrics offer it; a grid as a whole has no answer that it could choose."""
    data = all_exports()["surveymonkey-condensed"].data
    changed = data.replace("Försäljning".encode(), b"Other (please specify)", 1)
    assert changed != data
    check_reading(io.BytesIO(changed), "x.csv", "all")


def test_a_case_is_the_same_each_time() -> None:
    """A failure can be looked into by the case's number."""
    assert [damaged(case)[:2] for case in range(40)] == [damaged(case)[:2] for case in range(40)]
