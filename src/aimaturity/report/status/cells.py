"""Cells of the page's tables: words, and the number that a sheet counts with."""

from __future__ import annotations

from aimaturity.documents import status as told
from aimaturity.report.blocks import Cell
from aimaturity.report.status.teller import Teller, shown


def cell_of(teller: Teller, cell: told.Cell | None) -> Cell:
    """A number of the document."""
    value = None if cell is None or cell.value is None else float(shown(cell.value))
    whole = value is not None and value == int(value)
    return Cell(text=teller.written(cell), value=int(value) if whole and value is not None else value)


def share_of(teller: Teller, share: float | None) -> Cell:
    """A share of 1, in percent."""
    return Cell(text=teller.say("none") if share is None else teller.formats.percent(share))


def text(said: str) -> Cell:
    return Cell(text=said)
