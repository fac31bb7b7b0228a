"""Who answered: identity from columns, personal numbers masked, and who answered twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from aimaturity.responses.identity import masked, only_masked, organisation_number
from aimaturity.responses.problems import Problems
from aimaturity.responses.sheet import Batch
from aimaturity.responses.table import Company
from aimaturity.responses.targets import Target

Keep = Literal["all", "first", "last"]
Identity = Mapping[str, list[str | None]]
FIELDS = ("name", "respondent", "submitted", "date", "occasion", "voice", "adviser", "language")
_TOKEN = re.compile(r"[0-9a-fA-F-]{20,}\Z")
"""A tool's own token (a UUID, a hash): the digits in it are nobody's number."""
_SERIAL = re.compile(r"([34567]\d{4})(?:[.,](\d+))?\Z")
_NO_MOMENT = frozenset({"[not completed]", "{question_not_shown}", "n/a", "1980-01-01 00:00:00"})
"""What tools write where there is no time; the last is LimeSurvey's, of a survey without date stamps."""
_SINCE_1970 = re.compile(r"/Date\((\d{9,14})\)/\Z")
SHOWN_PAIRS = 50
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet's day 0 has no zone)


class People:
    """Reads the columns of identity of one file."""

    def __init__(self, file: str, targets: Mapping[int, Target], problems: Problems, own: Collection[int] = ()) -> None:
        """`own`: columns that the tool itself fills in: a running number there is nobody's personal number."""
        self.file, self.problems = file, problems
        self.own = own
        self.by_field: dict[str, list[int]] = {}
        for column, target in targets.items():
            if target.kind == "identity":
                self.by_field.setdefault(target.name, []).append(column)

    def columns(self) -> set[int]:
        """Columns that tell who answered."""
        fields = ("id", "organisationsnummer", "name", "respondent")
        return {column for field in fields for column in self.by_field.get(field, ())}

    def identity(self, batch: Batch) -> Identity:
        """field -> what the file says of each row; `company` is the company's id."""
        said = {field: self._field(field, columns, batch) for field, columns in self.by_field.items()
                if any(column in batch.columns for column in columns)}  # fmt: skip
        said["organisationsnummer"] = self._numbers(said, batch)
        found = {field: said[field] for field in FIELDS if field in said}
        if "organisationsnummer" in self.by_field:
            found["organisationsnummer"] = said["organisationsnummer"]
        if "submitted" in found:
            found["submitted"] = [_moment(text) for text in found["submitted"]]
        found["company"] = self._companies(said, batch)
        return found

    @staticmethod
    def _companies(said: Mapping[str, list[str | None]], batch: Batch) -> list[str | None]:
        """What each row's company is known by: its id, organisation number or name, else the row."""
        nothing: list[str | None] = [None] * batch.rows
        by_id = said.get("id", nothing)
        if None not in by_id:
            return by_id
        ways = (by_id, said["organisationsnummer"], said.get("name", nothing))
        rows = batch.numbers.tolist()
        return [own or number or name or f"row-{row}" for own, number, name, row in zip(*ways, rows, strict=True)]

    def _field(self, field: str, columns: Sequence[int], batch: Batch) -> list[str | None]:
        """The first of the columns that has something in the row."""
        cells: list[str | None] = [None] * batch.rows
        for column in reversed([c for c in columns if c in batch.columns]):
            texts = list(map(str.strip, batch.columns[column].texts()))
            # Mostly no row is without, and then this loop would be a good part of reading identities.
            cells = [text or before for text, before in zip(texts, cells, strict=True)] if "" in texts else [*texts]
        if _has_long_number(cells):
            slips = field in ("organisationsnummer", "name")  # an id may be a day and a running number
            for row, text in enumerate(cells):
                if text and (left := masked(text, slips)) != text and not self._is_token(text, columns):
                    self.problems.note(columns[0], left, "AIM313", {}, int(batch.numbers[row]))
                    gone = field in ("id", "organisationsnummer") or (field == "name" and only_masked(left))
                    cells[row] = None if gone else left
        return cells

    def _is_token(self, text: str, columns: Sequence[int]) -> bool:
        return _TOKEN.match(text) is not None or (text.isdigit() and all(column in self.own for column in columns))

    def _numbers(self, said: Mapping[str, list[str | None]], batch: Batch) -> list[str | None]:
        """Organisation numbers in one form; wrong ones are told and left out."""
        if "organisationsnummer" not in said:
            return [None] * batch.rows
        made: list[str | None] = []
        for text, row in zip(said["organisationsnummer"], batch.numbers.tolist(), strict=True):
            number = organisation_number(text) if text else None
            if text and number is None:
                column = self.by_field["organisationsnummer"][0]
                self.problems.note(column, text, "AIM312", {"name": text}, row)
            made.append(number)
        return made

    def companies(self, numbers: npt.NDArray[np.int64], identity: Identity) -> list[Company]:
        """One record a row, for result documents."""
        name = Path(self.file).name if self.file != "-" else "-"
        return [
            Company(
                id=identity["company"][row] or "",
                source_file=name,
                source_row=number,
                **{field: values[row] for field, values in identity.items() if field != "company"},
            )
            for row, number in enumerate(numbers.tolist())
        ]


def _has_long_number(cells: list[str | None]) -> bool:
    """Whether any cell may hold a personal number: six figures and four, with nothing or a few other signs between.

    All cells at once and by whole columns of figures, fifty times as fast as an expression a cell.
    """
    sign = np.frombuffer("\n".join(filter(None, cells)).encode("utf-8"), np.uint8)
    two = (figure := (sign - np.uint8(ord("0")) < 10))[:-1] & figure[1:]
    four = two[:-2] & two[2:]
    six = four[:-2] & two[4:]
    if (six[:-4] & four[6:]).any():
        return True
    between = (sign == ord("-")) | (sign == ord("+")) | (sign == ord(" ")) | (sign >= 0x80)
    begins = six[: len(sign) - 6] & between[6:]
    # Dashes and blanks take up to three bytes each, and there may be three of them.
    widths = range(1, min(10, len(sign) - 9)) if begins.any() else ()
    return any((begins[: len(sign) - 9 - width] & four[6 + width :]).any() for width in widths)


def _moment(text: str | None) -> str | None:
    """A spreadsheet's serial as day and time; any other text as it is."""
    if text is not None and text.casefold() in _NO_MOMENT:
        return None
    milliseconds = _SINCE_1970.match(text) if text else None
    if milliseconds is not None:
        moment = datetime.fromtimestamp(int(milliseconds[1]) / 1000, UTC)
        return moment.replace(microsecond=0).isoformat(" ")
    found = _SERIAL.match(text) if text else None
    if found is None:
        return text
    days = float(f"{found[1]}.{found[2] or 0}")
    moment = _EPOCH + timedelta(seconds=round(days * 86_400))
    return moment.date().isoformat() if not found[2] else moment.isoformat(" ")


class Duplicates:
    """Finds rows of the same company or the same respondent: a hash each, 8 bytes a row and field, and the row's number
    where the rows before it aren't all there."""

    def __init__(self) -> None:
        self.hashes: dict[str, list[npt.NDArray[np.int64]]] = {"company": [], "respondent": []}
        self.rows: dict[str, list[npt.NDArray[np.int64] | range]] = {"company": [], "respondent": []}
        self._found: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None

    def add(self, identity: Identity, numbers: npt.NDArray[np.int64]) -> None:
        for field, hashes in self.hashes.items():
            texts = identity.get(field)
            if texts is None:
                continue
            if field == "company" and "row-" in "\n".join(filter(None, texts)):
                texts = [None if text and text[:4] == "row-" else text for text in texts]
            # 64 bits: among a million respondents a chance of 3 in 100 million that two differ and look alike.
            found, rows = np.fromiter(map(hash, texts), np.int64, len(texts)), numbers
            if None in texts or "" in texts:
                named = np.fromiter(map(bool, texts), np.bool_, len(texts))
                found, rows = found[named], rows[named]
            if len(found):
                hashes.append(found)
                first, last = int(rows[0]), int(rows[-1])
                self.rows[field].append(range(first, last + 1) if last - first == len(rows) - 1 else rows)

    def again(self, field: str, last: bool = False) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Rows whose `field` stands in an earlier row too, each with the first such row; from the end, if `last`. None
        where every row says the same (`Anonymous`), which tells nobody apart."""
        none = np.zeros(0, np.int64)
        ordered = np.concatenate(self.hashes[field] or [none])
        ordered.sort()  # ten times as fast as sorting with the rows, and mostly there is nothing to find
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        if not len(twice) or (len(ordered) > 2 and ordered[0] == ordered[-1]):
            return none, none
        del ordered
        found = []
        for hashes, numbers in zip(self.hashes[field], self.rows[field], strict=True):
            same = twice[np.minimum(np.searchsorted(twice, hashes), len(twice) - 1)] == hashes
            rows = np.arange(numbers.start, numbers.stop) if isinstance(numbers, range) else numbers
            found.append((hashes[same], rows[same]))
        keys, rows = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.lexsort((-rows if last else rows, keys))
        keys, rows = keys[order], rows[order]
        starts = np.ones(len(keys), np.bool_)
        starts[1:] = keys[1:] != keys[:-1]
        return rows[~starts], rows[starts][np.cumsum(starts) - 1][~starts]

    def _pairs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        if self._found is None:
            found = [self.again(field) for field in self.hashes]
            again, first = (np.concatenate(rows) for rows in zip(*found, strict=True))
            again, position = np.unique(again, return_index=True)
            self._found = again, first[position]
        return self._found

    def count(self) -> int:
        """Rows whose company or respondent has answered before."""
        return len(self._pairs()[0])

    def pairs(self) -> list[tuple[int, int]]:
        """The first of them, each with the row that it repeats."""
        again, first = self._pairs()
        return list(zip(again[:SHOWN_PAIRS].tolist(), first[:SHOWN_PAIRS].tolist(), strict=True))


def repeated(seen: Duplicates, keep: Keep) -> npt.NDArray[np.int64]:
    """Numbers of the rows to leave out so that each company and respondent has one: its first, or its last."""
    return np.unique(np.concatenate([seen.again(field, keep == "last")[0] for field in seen.hashes]))
