"""Pages made of blocks: a heading, what it says, a chart and its table. The cohort and status pages are made of them.

A page is made once, in one language, and shown as HTML, Markdown or a workbook: a table's cells hold their words, and
beside them the number that a sheet counts with.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from aimaturity.report.view import Chart, View
from aimaturity.report.view_pages import Signed


class Column(View):
    """A column of a table."""

    title: str = Field(description="Its heading.")
    width: int = Field(description="Percent of the table's width.")
    numeric: bool = Field(False, description="Numbers, that stand to the right.")


class Cell(View):
    """One cell."""

    text: str = Field(description="As it is shown.")
    value: str | float | int | None = Field(None, description="What stands in a sheet; null: the text.")


class Table(View):
    """A table; the first cell of each row is its heading."""

    id: str = Field(description="Of the table, in the page.")
    caption: str = Field(description="What it shows, for those who don't see the heading above it.")
    sheet: str = Field(description="The name of its sheet in a workbook, at most 31 characters.")
    columns: list[Column] = Field(description="The columns.")
    rows: list[list[Cell]] = Field(description="The rows.")


class Block(View):
    """A part of a page."""

    anchor: str = Field(description="Its id in the page.")
    heading: str = Field(description="Its heading.")
    intro: list[str] = Field([], description="Sentences, as one paragraph.")
    notice: str | None = Field(None, description="Something to heed, in a frame.")
    points: list[str] = Field([], description="Facts, one a line.")
    chart: Chart | None = Field(None, description="Its chart.")
    note: str | None = Field(None, description="How to read the chart.")
    tables: list[Table] = Field([], description="The same in numbers and words.")
    after: list[str] = Field([], description="Sentences after the tables.")
    blocks: list[Block] = Field([], description="Parts of it.")


class PageView(View):
    """A page of blocks."""

    language: str = Field(description="`sv` or `en`.")
    title: str = Field(description="As browsers show it.")
    kicker: str = Field(description="What kind of page it is.")
    heading: str = Field(description="The page's heading.")
    date: str | None = Field(description="The day of what it is made of, in words.")
    created: str | None = Field(description="The same as YYYY-MM-DD.")
    signed: Signed | None = Field(description="Whose page it is.")
    meta: list[list[str]] = Field(description="Lines of facts under the heading.")
    notices: list[str] = Field(description="Whom it is for, and what else to heed.")
    blocks: list[Block] = Field(description="Its parts.")

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        yield from _tables(self.blocks)


def _tables(blocks: list[Block]) -> Iterator[Table]:
    for block in blocks:
        yield from block.tables
        yield from _tables(block.blocks)
