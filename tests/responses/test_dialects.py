"""Any table of text, written in any dialect we know, reads back as it was; and both readers of text read it alike.

What no reader could tell, and these tables therefore lack:

- the delimiter of a file whose records all fit two delimiters: the headings here hold none, and are as many as cells;
- a cell that begins with a byte order mark, or a first heading of `sep=`;
- a record of one empty cell, which is an empty line: tables have two columns or more;
- line ends inside cells: CR, LF and CR LF are told apart in quoted cells, never in others, and are kept as written;
- an encoding without a mark that isn't UTF-8: the likeliest is taken, and said (AIM318). Its words here are Swedish, and
  many enough; a file with a rare sign or two may well be guessed wrong, and is told, not certain;
- a cell that holds rows of other respondents on purpose: it is told as a quote that may have swallowed them (AIM356);
- UTF-16 without a mark: only where most characters are Latin.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from aimaturity.responses import fast_text
from aimaturity.responses import sheet as sheets
from aimaturity.responses.opening import opened
from aimaturity.responses.sheet import Batch, Sheet, Untame, open_sheet
from aimaturity.responses.text import Dialect

ENOUGH = settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
MARKED = ("utf-8", "utf-8-sig", "utf-16")
EIGHT_BIT = ("cp1252", "latin-1", "mac_roman")
SWEDISH = "Företaget har en plan för hur vi använder våra uppgifter, och åtgärder följs upp varje år"
"""As much as a guess at an encoding needs."""
LIKE_ROWS = "AIM356"
"""Said of a cell with a line that looks like a row: here one may. The cell is read as written all the same."""

Table = list[list[str]]


@dataclass(frozen=True)
class Written:
    """How a table is written."""

    encoding: str
    delimiter: str
    end: str
    all_quoted: bool
    packed: bool

    def bytes_of(self, table: Table) -> bytes:
        lines = (self.delimiter.join(map(self._cell, row)) + self.end for row in table)
        data = "".join(lines).encode(self.encoding)
        return gzip.compress(data, mtime=0) if self.packed else data

    def _cell(self, text: str) -> str:
        # Python's csv module writes a lone CR without quotes in some of its versions.
        if self.all_quoted or any(sign in text for sign in ('"', "\r", "\n", self.delimiter)):
            return '"' + text.replace('"', '""') + '"'
        return text


def ways(*encodings: str) -> st.SearchStrategy[Written]:
    return st.builds(
        Written,
        st.sampled_from(encodings),
        st.sampled_from([",", ";", "\t", "|"]),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.booleans(),
        st.booleans(),
    )


ALPHABET = st.one_of(
    st.sampled_from("åäöÅÄÖé \t\n\r\"',;|=.-0123456789abcxyz\u00a0\u2028\u0085\x0b\x0c\x1c\u2013\u201d"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"),
)
CELLS = st.one_of(st.just(""), st.text(ALPHABET, max_size=12), st.sampled_from(["Ja", "Nej", " Vet ej ", "12,5", '"']))
LATIN = st.text(st.sampled_from("åäöÅÄÖéü \t\n\r\"',;|=.-0123456789abcdefghijklmnopqrstuvwxyz"), max_size=12)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = CELLS, filler: str = "") -> Table:
    """Headings without signs, and rows as wide as they are."""
    width = draw(st.integers(2, 6))
    headings = [f"fråga{column}{filler}" for column in range(width)]
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=12))
    return [headings, *rows]


def read_back(data: bytes) -> tuple[Table, Table, list[int], list[int]]:
    """All records; the rows by way of batches; the numbers of both."""
    with opened(io.BytesIO(data), "x.csv") as file:
        found = open_sheet(file)
        records = list(found.records())
        width = len(records[0][1])
        try:
            batches = list(found.batches(1, width, range(width), {0}))
        except Untame:
            batches = list(found.batches(1, width, range(width), {0}))
        assert {note.code for note in found.notes} <= {LIKE_ROWS}
    rows = [row for batch in batches for row in rows_of(batch)]
    numbers = [number for batch in batches for number in batch.numbers.tolist()]
    return [record for _, record in records], rows, [number for number, _ in records], numbers


def rows_of(batch: Batch) -> Table:
    columns = [batch.columns[column].texts() for column in sorted(batch.columns)]
    return [list(row) for row in zip(*columns, strict=True)]


def check_reads_back(table: Table, way: Written) -> None:
    """With the fast reader asked wherever it may be, and not at all."""
    for smallest in (1, 1_000_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheets, "FAST_FROM", smallest)
            records, rows, record_numbers, row_numbers = read_back(way.bytes_of(table))
        assert records == table
        assert rows == table[1:]
        assert record_numbers == list(range(1, len(table) + 1))
        assert row_numbers == record_numbers[1:]


@ENOUGH
@given(tables(), ways(*MARKED))
@example([["a", "b"], ["", ""], ["x", "y\r\nz"]], Written("utf-16", "\t", "\r\n", False, False))
@example([["a", "b"], ["1\n2\n3", "a,b,c"], [' "', "' "]], Written("utf-8", ";", "\r", False, True))
def test_a_table_in_unicode_reads_back(table: Table, way: Written) -> None:
    check_reads_back(table, way)


@ENOUGH
@given(tables(LATIN, " och något mer"), ways("utf-16-le", "utf-16-be"))
def test_a_table_in_utf_16_without_a_mark_reads_back(table: Table, way: Written) -> None:
    check_reads_back(table, way)


@ENOUGH
@given(tables(LATIN), ways(*EIGHT_BIT))
def test_a_table_in_an_eight_bit_encoding_reads_back(table: Table, way: Written) -> None:
    """With a column of Swedish sentences, as a survey's headings and answers are."""
    check_reads_back([[*row, SWEDISH] for row in table], way)


PIECES = st.sampled_from(
    ["a", "å", "b c", " ", ",", ",", ",", "\n", "\n", "\n", "\r\n", "\r", '"', '""', '"x"', "\0", "\ufeff", "'", "1,5", ";",
     "\t", "\u2028", "\x0b", "\x1c", "#", "\\", "\u00e5\u0308", "😀", "null", "NaN", "x" * 40]
)  # fmt: skip
CLEAN = st.lists(
    st.lists(st.sampled_from(["", "", "a", "å", "Vet ej", " b ", "😀", "'", "#", "\\", "null", "\u2028"]), min_size=3, max_size=3),
    max_size=30,
).map(lambda rows: "".join(",".join(row) + "\n" for row in rows))  # fmt: skip
ROUGH = st.lists(PIECES, max_size=60).map("".join)


def both(
    data: bytes, first: int, plain: set[int], width: int, wanted: set[int] | None = None
) -> tuple[list[Batch], list[Batch] | None, Sheet]:
    """What the careful reader gives, and the fast one; None where it gave up."""
    asked = set(range(width)) if wanted is None else wanted
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(data)
        with opened(path) as file:
            dialect = Dialect("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", ",")
            sheet = Sheet(file, "text", [], dialect=dialect)
            careful = list(sheets._careful(sheet, first, width, asked, plain))
            noted = len(sheet.notes)
            try:
                fast = list(sheets._fast(sheet, first, width, asked, plain))
            except Untame:
                return careful, None, sheet
            assert not noted, "the fast reader took what the careful one had something to say of"
            return careful, fast, sheet


def numbered_rows(batches: list[Batch]) -> Iterator[tuple[int, list[str]]]:
    for batch in batches:
        yield from zip(batch.numbers.tolist(), rows_of(batch), strict=True)


@ENOUGH
@given(
    st.one_of(ROUGH, CLEAN, st.tuples(CLEAN, ROUGH, CLEAN).map("".join)),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
@example("a,b,c\n1,2,3\n\n4,5,6\n", 1, False, False)
@example("a,b,c\n1,2,3\n4,5,6", 1, False, False)
@example('a,b,c\n1,2,"3\n4,5,6\n', 1, False, False)
@example('a,b,c\n"1\n2",2,3\n4,5,6\n', 1, False, False)
@example("a,b,c\n1,2\n4,5,6\n", 1, False, False)
@example(",,\n1,5", 0, False, True)
@example("a,b,c\n1,2,3,4\n4,5,6\n", 1, False, False)
@example("a,b,c\n1,2,3\r4,5,6\n", 1, False, False)
@example("a,b,c\n1,\0,3\n4,5,6\n", 1, False, False)
@example('a,b,c\n1,2,"3', 1, False, False)
@example('a,b,c\n1,2,"å', 1, False, False)
@example("a,b,c\n1,2,3\n1,2,3,4\n4,5,6\n", 1, False, False)
@example('a,b,c\n1,""x,3\n4,5,6\n', 1, False, False)
@example('a,b,c\n1,""å,3\n4,5,6\n', 1, False, False)
@example("a,b,c\n", 1, False, False)
@example("a,b,c\n,,\n,,\n", 1, False, False)
@example(',,"' + "x" * 40, 0, False, False)
@example('1,2,"3\n4,5,6"\n' * 9, 0, False, False)
@example('1,2,"3\n"\n' * 9, 0, False, True)
@example("", 0, False, False)
@example(",,\n,,Vet ej\n\ufeffaaaa\ufeff", 0, True, False)
@example("\ufeff\ufeffaaaa,,\n,,\ufeff\n\ufeff,,x\n", 0, True, False)
@example("\ufeffaaaa,,\n,,\ufeff\n\ufeff,,x\n\ufeff\ufeffb,,\n", 1, False, True)
def test_the_fast_reader_reads_like_the_careful_one_or_not_at_all(
    text: str, first: int, mark: bool, windows: bool
) -> None:
    data = (text.replace("\n", "\r\n") if windows else text).encode("utf-8-sig" if mark else "utf-8")
    for plain, wanted in ((set[int](), {0, 1, 2}), ({0, 2}, {0, 1, 2}), (set[int](), {0, 2}), ({0}, {0})):
        for piece, block in ((fast_text.PIECE, fast_text.BLOCK), (24, fast_text.BLOCK), (fast_text.PIECE, 40)):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(fast_text, "PIECE", piece)
                patch.setattr(fast_text, "BLOCK", block)
                careful, fast, _ = both(data, first, plain, 3, wanted)
            if fast is not None:
                assert list(numbered_rows(fast)) == list(numbered_rows(careful))


@ENOUGH
@given(CLEAN, st.integers(3, 12), st.integers(1, 9), st.integers(0, 15))
def test_pieces_make_the_same_batches_whatever_their_size(text: str, piece: int, rows: int, words: int) -> None:
    """Batches of `rows` rows from pieces of some bytes, where a dictionary starts anew after `words` texts."""
    text = "".join(f"{line},{number % 7}\n" for number, line in enumerate(text.split("\n")[:-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_text, "PIECE", piece * 8)
        patch.setattr(fast_text, "BATCH_ROWS", rows)
        patch.setattr(fast_text, "MAX_WORDS", words)
        careful, fast, _ = both(text.encode(), 0, {1}, 4)
    if fast is not None:
        assert all(batch.rows <= rows for batch in fast)
        if words > 9:  # the texts in the order of the rows, however many threads read them
            for column in (0, 2, 3):
                met = [text for _, row in numbered_rows(careful) if (text := row[column])]
                assert fast[-1].columns[column].words == list(dict.fromkeys(met))
        assert list(numbered_rows(fast)) == list(numbered_rows(careful))
    else:
        assert not text or max(len(line.encode()) for line in text.split("\n")) >= piece * 8 - 1


def test_a_row_that_is_cut_off_is_told_and_one_with_an_empty_end_is_not() -> None:
    for data, told in ((b"a,b,c\n1,2,\n1,2\n", 1), (b'a,b,c\n1,2,\n"1,2",\n,\n', 2), (b'a,b,c\n1,2,\n"1,2",,\n', 0)):
        careful, fast, sheet = both(data, 1, set(), 3)
        assert [(note.code, note.facts["count"]) for note in sheet.notes] == ([("AIM360", str(told))] if told else [])
        assert (fast is None) is bool(told)
        if fast is not None:
            assert list(numbered_rows(fast)) == list(numbered_rows(careful))


CELLS = st.sampled_from(["", "", '""', "a", "å b", '"a"', '","', '"a,"', '",a"'])


@ENOUGH
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=20),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([set[int](), {0}, {2, 3}, {3}]),
)
def test_the_fast_reader_gives_up_just_where_a_row_is_short(
    table: list[list[str]], end: str, ended: bool, plain: set[int]
) -> None:
    assume(ended or table[-1] != [""])  # nothing behind the last line's end is no row
    text = end.join(",".join(row) for row in table) + (end if ended else "")
    careful, fast, _ = both(text.encode(), 0, plain, 4)
    assert (fast is None) is any(len(row) < 4 for row in table)
    if fast is not None:
        assert list(numbered_rows(fast)) == list(numbered_rows(careful))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("heading", ["a", '"Fråga ""ett"",\nmed rader\n\noch en tom"', "en, mindre än de andra"])
def test_a_file_as_tools_write_it_is_read_fast(heading: str, end: str) -> None:
    """The tests above mean something: the fast reader doesn't give up on what it is for, whatever the headings."""
    rows = [["Ja", "", "å"], [" Nej", 'säger "nej",\nfortfarande', "ö"], ["Ja", '6" skärm', ""], ["", "", ""]]
    lines = [",".join('"' + cell.replace('"', '""') + '"' if '"' in cell else cell for cell in row) for row in rows]
    careful, fast, _ = both(end.join([f"{heading},b,c", *lines, ""]).encode(), 1, {1}, 3)
    assert fast is not None
    assert list(numbered_rows(fast)) == list(numbered_rows(careful)) == list(enumerate(rows, start=2))


def test_a_line_that_names_the_delimiter_is_no_row_for_the_fast_reader_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "FAST_FROM", 1)
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfsep=;\r\na;b\r\n1;2\r\n")
    with opened(path) as file:
        sheet = open_sheet(file)
        assert [list(numbered_rows([batch])) for batch in sheet.batches(1, 2, {0, 1}, set())] == [[(2, ["1", "2"])]]
        assert not sheet.careful


def test_a_piece_that_ends_inside_a_cell_is_noticed_whatever_comes_behind() -> None:
    """The cell is the last one, and what is left of it behind a cut makes rows of the right width."""
    opening, cell, rest = b"a,b\n", b'1,"x\n5,6\n7,8"\n', b"1,2\n"
    whole = [(2, ["1", "x\n5,6\n7,8"]), (3, ["1", "2"])]
    fits = []
    for piece in range(len(opening), len(opening + cell + rest) + 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fast_text, "PIECE", piece)
            careful, fast, _ = both(opening + cell + rest, 1, set(), 2)
        assert list(numbered_rows(careful)) == whole
        if fast is not None:
            assert list(numbered_rows(fast)) == whole
            fits.append(piece)
    # Of the cuts, those behind the cell alone; the first piece must hold the headings, the second begins behind it.
    assert fits == list(range(len(opening + cell), len(opening + cell + rest) + 1))


def test_an_empty_cell_is_coded_alike_by_both_readers() -> None:
    data = b"a,b,c\n1,,x\n,,\n2,,x\n"
    for plain in (set[int](), {0, 2}):
        careful, fast, _ = both(data, 1, plain, 3)
        assert fast is not None
        for column in range(3):
            found = [(batch.columns[column].codes < 0).tolist() for batch in (careful[0], fast[0])]
            assert found[0] == found[1]
