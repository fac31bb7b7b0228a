"""What a survey tool's reader says of a file: where rows begin, what each column is, how cells are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aimaturity.responses.sheet import Sheet

Standing = Literal["complete", "partial", "test", "rejected"]
"""What a status column says of a row. Test and rejected rows are set aside, never scored."""


@dataclass(frozen=True)
class Heading:
    """One column, as its tool names it.

    texts     what may name the question (or question and part in one), best first: its code, its text
    part      what may name the row, choice or number under the question
    role      answer; other (words beside the options); identity; skip (the tool's own, never an answer)
    identity  for role identity: id, name, respondent, submitted, language ...
    standing  cell -> what it says of the row (cells are compared without case); "*" for any other filled cell
    bare      the heading names a row or choice alone, without its question
    place     position among the question's columns, and how many these are, where they have no names
    """

    texts: tuple[str, ...]
    part: tuple[str, ...] = ()
    role: Literal["answer", "other", "identity", "skip"] = "answer"
    identity: str = ""
    standing: Mapping[str, Standing] | None = None
    bare: bool = False
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Layout:
    """How a file of one tool is to be read.

    tool      the reader's name
    reasons   what the file was known by, for people
    first     position of the first record with answers
    heading   position of the record that names the columns, for messages
    coded     options may be written as their number in order, from 1
    booleans  1 and 0 mean yes and no
    turned    codes of yes and no may have been turned into 1 and 2 on the way out
    missing   cells that say: not answered, or not shown
    joiner    what joins ticked options in one cell, besides ; | comma and line break
    clean     what to do with a cell before it is read
    filled    any filled cell under an option's own heading means that it is chosen
    unticked  cells under an option's heading, besides 0 and no, that say it is not
    """

    tool: str
    reasons: tuple[str, ...]
    headings: Sequence[Heading]
    first: int = 1
    heading: int = 0
    coded: bool = False
    booleans: bool = False
    turned: bool = False
    missing: frozenset[str] = frozenset()
    joiner: str | None = None
    clean: Callable[[str], str] | None = None
    filled: bool = False
    unticked: frozenset[str] = frozenset()

    @property
    def standing(self) -> list[int]:
        """Columns that say something of their rows."""
        return [column for column, heading in enumerate(self.headings) if heading.standing]


Reader = Callable[[Sheet], Layout | None]
"""A tool's reader: the layout, or None where the file isn't this tool's."""


def cells(sheet: Sheet, position: int) -> list[str]:
    """The record at a position of the head, without spaces at the ends; [] where there is none."""
    return [cell.strip() for cell in sheet.head[position][1]] if position < len(sheet.head) else []


def at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def identity(name: str, text: str, standing: Mapping[str, Standing] | None = None) -> Heading:
    return Heading((text,), role="identity", identity=name, standing=standing)


def skip(text: str, standing: Mapping[str, Standing] | None = None) -> Heading:
    return Heading((text,), role="skip", standing=standing)


def column_of(sheet: Sheet, first: int, column: int) -> list[str]:
    """The cells of one column in the head's rows of answers."""
    return [at(row, column).strip() for _, row in sheet.head[first:] if row]
