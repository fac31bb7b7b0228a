"""Writing a table of scores part by part: CSV, Parquet, XLSX. Memory doesn't grow with the rows."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.diagnostics import Diagnostic, problem
from aimaturity.scoring.export import NO_TIME, csv_number, csv_text, harmless, sheet_table
from aimaturity.scoring.table import Data, Kind

MAX_SHEET_ROWS = 1_048_575
"""Rows below the headings that an Excel sheet holds."""
UNITS: dict[Kind, str] = {"text": "", "row": "row of the survey file", "points": "points", "share": "share, 0 to 1",
                          "level": "level"}  # fmt: skip
WRITTEN_BEHIND = 2
"""Parts that wait to be written."""
WIDTHS: dict[Kind, int] = {"text": 22, "row": 11, "points": 11, "share": 11, "level": 9}


class Refused(Exception):
    """Why no file is written after all."""

    def __init__(self, found: Diagnostic) -> None:
        self.diagnostic = found
        super().__init__(str(found))


class Sink(Protocol):
    """Takes a table part by part; every part has the columns that the sink was made with."""

    def write(self, part: Mapping[str, Data]) -> None: ...

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        """Ends the table. `more`: further sheets, for formats that have them."""

    def abandon(self) -> None:
        """Gives up: nothing of what was written stays on the disk."""


class CsvSink:
    """RFC 4180 with LF, a point in numbers, at most 9 decimals, empty cells for what isn't there."""

    def __init__(self, stream: BinaryIO, columns: Mapping[str, Kind], about: Mapping[str, str]) -> None:
        self.stream, self.columns = stream, columns
        stream.write(csv_text(dict.fromkeys(columns, ())).encode("utf-8"))

    def write(self, part: Mapping[str, Data]) -> None:
        import polars as pl

        series = [_as_text(part[name], kind).alias(name) for name, kind in self.columns.items()]
        if len(series[0]):
            self.stream.write(pl.DataFrame(series).write_csv(include_header=False).encode("utf-8"))

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        """A CSV file has one table."""

    def abandon(self) -> None:
        """Nothing is held."""


class Behind:
    """A sink that is written in a thread of its own, while the next part is read and scored.

    What a write raises, a later `write` or `close` raises.
    """

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.thread = ThreadPoolExecutor(1)
        self.waiting: deque[Future[None]] = deque()

    def write(self, part: Mapping[str, Data]) -> None:
        while len(self.waiting) >= WRITTEN_BEHIND:
            self.waiting.popleft().result()
        self.waiting.append(self.thread.submit(self.sink.write, part))

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        try:
            while self.waiting:
                self.waiting.popleft().result()
        except BaseException:
            self.abandon()
            raise
        self.thread.shutdown()
        self.sink.close(more)

    def abandon(self) -> None:
        self.thread.shutdown(cancel_futures=True)
        self.sink.abandon()


def _as_text(data: Data, kind: Kind) -> Any:
    """A series of texts, null for an empty cell. Each distinct number is written out once."""
    import polars as pl

    if kind == "text":
        return pl.Series([harmless(text) if text else None for text in data], dtype=pl.String)
    numbers = np.asarray(data)
    if kind == "row":
        return pl.Series(numbers).cast(pl.String)
    distinct, places = np.unique(numbers, return_inverse=True)
    words = [_number(float(x), kind) for x in distinct]
    return pl.Series(words, dtype=pl.String).gather(places)


def _number(value: float, kind: Kind) -> str | None:
    if np.isnan(value):
        return None
    return str(int(value)) if kind == "level" else csv_number(value)


class ParquetSink:
    """Typed columns; what each is counted in stands in the fields' metadata."""

    def __init__(self, stream: BinaryIO, columns: Mapping[str, Kind], about: Mapping[str, str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "text": pa.string(),
            "row": pa.int64(),
            "points": pa.float64(),
            "share": pa.float64(),
            "level": pa.int64(),
        }
        fields = [
            pa.field(name, types[kind], metadata={"unit": UNITS[kind]} if UNITS[kind] else None)
            for name, kind in columns.items()
        ]
        self.columns = columns
        self.schema = pa.schema(fields, metadata=dict(about))
        repeated = [name for name, kind in columns.items() if kind not in ("text", "row")]  # the rest are all different
        self.writer = pq.ParquetWriter(stream, self.schema, compression="snappy", use_dictionary=repeated)

    def write(self, part: Mapping[str, Data]) -> None:
        import pyarrow as pa

        arrays = [_arrow(part[name], kind) for name, kind in self.columns.items()]
        self.writer.write_batch(pa.record_batch(arrays, schema=self.schema))

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        self.writer.close()

    def abandon(self) -> None:
        self.writer.close()


def _arrow(data: Data, kind: Kind) -> Any:
    """A column as pyarrow has it, made of its parts: `pyarrow.array` imports pandas, which takes a quarter second."""
    import pyarrow as pa

    if kind == "text":
        there = np.ones(len(data), np.bool_)
        cells: Sequence[str] = data  # type: ignore[assignment]
        if None in data:
            there = np.fromiter((text is not None for text in data), np.bool_, len(data))
            cells = ["" if text is None else text for text in data]
        whole = "".join(cells)
        ends = np.zeros(len(cells) + 1, np.int32)
        lengths = cells if whole.isascii() else [cell.encode("utf-8") for cell in cells]
        np.cumsum(np.fromiter(map(len, lengths), np.int32, len(cells)), out=ends[1:])
        buffers = [_bits(there), pa.py_buffer(ends), pa.py_buffer(whole.encode("utf-8"))]
        return pa.Array.from_buffers(pa.string(), len(cells), buffers)
    numbers: npt.NDArray[Any] = np.asarray(data)
    empty = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(len(numbers), np.bool_)
    if kind in ("row", "level"):
        numbers = np.where(empty, 0, numbers).astype(np.int64)
    kept = np.ascontiguousarray(numbers)
    return pa.Array.from_buffers(pa.from_numpy_dtype(kept.dtype), len(kept), [_bits(~empty), pa.py_buffer(kept)])


def _bits(there: npt.NDArray[np.bool_]) -> Any:
    """Which rows have something, a bit each; None where all have."""
    import pyarrow as pa

    return None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))


class XlsxSink:
    """A sheet of scores with real numbers and a frozen header, then sheets of problems and of what columns mean."""

    def __init__(self, stream: BinaryIO, columns: Mapping[str, Kind], about: Mapping[str, str]) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        self.folder = tempfile.TemporaryDirectory(prefix="aimaturity-")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False, "tmpdir": self.folder.name}  # fmt: skip
        self.book = xlsxwriter.Workbook(stream, options)
        self.book.set_properties({"created": NO_TIME, "title": about.get("model", "")})
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.columns, self.rows = columns, 0
        self.sheet = self.book.add_worksheet("scores")
        self.sheet.freeze_panes(1, 0)
        for place, (name, kind) in enumerate(columns.items()):
            self.sheet.set_column(place, place, max(WIDTHS[kind], min(len(name) // 2 + 3, 24)))
        for place, name in enumerate(columns):
            self.sheet.write_string(0, place, name, self.bold)

    def write(self, part: Mapping[str, Data]) -> None:
        kinds = list(self.columns.values())
        for row in zip(*(_cells(part[name], kind) for name, kind in self.columns.items()), strict=True):
            self.rows += 1
            if self.rows > MAX_SHEET_ROWS:
                raise Refused(problem("AIM408", most=MAX_SHEET_ROWS))
            for place, value in enumerate(row):
                if value is None:
                    continue
                if kinds[place] == "text":
                    self.sheet.write_string(self.rows, place, value[:32_767])
                else:
                    self.sheet.write_number(self.rows, place, value)

    def close(self, more: Mapping[str, Mapping[str, Any]]) -> None:
        for title, columns in more.items():
            sheet_table(self.book, title, columns, self.bold)
        self.book.close()
        self.folder.cleanup()

    def abandon(self) -> None:
        for sheet in self.book.worksheets():
            sheet.row_data_fh.close()
        self.book.fileclosed = True
        self.folder.cleanup()


def _cells(data: Data, kind: Kind) -> list[Any]:
    if kind == "text":
        return list(data)
    return [None if value != value else value for value in np.asarray(data).tolist()]


SINKS: dict[str, type[CsvSink] | type[ParquetSink] | type[XlsxSink]] = {
    ".csv": CsvSink, ".parquet": ParquetSink, ".xlsx": XlsxSink,
}  # fmt: skip
"""By the file's ending. `.jsonl` holds whole result documents and is written by the command."""
