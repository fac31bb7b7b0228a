"""Markdown: tables lined up so that they read well raw."""

from __future__ import annotations

import re

PADDED_WIDTH = 110
"""Tables that fit in so many characters get their columns lined up."""


def tidy(text: str) -> str:
    """The document with one blank line where there were several, tables lined up, and one newline at the end."""
    lines: list[str] = []
    table: list[str] = []
    for line in [*(raw.rstrip() for raw in text.split("\n")), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        lines += _lined_up(table)
        table = []
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _lined_up(table: list[str]) -> list[str]:
    rows = [cells(line) for line in table]
    if len({len(row) for row in rows}) > 1 or len(rows) < 2:
        return table
    widths = [max(3, *(len(row[i]) for row in rows)) for i in range(len(rows[0]))]
    if sum(widths) + 3 * len(widths) > PADDED_WIDTH:
        return [f"| {' | '.join(row)} |" for row in rows]
    right = [cell.endswith(":") for cell in rows[1]]
    lined = [[_padded(cell, width, at) for cell, width, at in zip(row, widths, right, strict=True)] for row in rows]
    lined[1] = ["-" * (width - at) + ":" * at for width, at in zip(widths, right, strict=True)]
    return [f"| {' | '.join(row)} |" for row in lined]


def _padded(cell: str, width: int, right: bool) -> str:
    return cell.rjust(width) if right else cell.ljust(width)


def cells(line: str) -> list[str]:
    """The cells of a table's row; an escaped pipe is part of its cell."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
