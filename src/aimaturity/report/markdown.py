"""Markdown: values escaped so that they stay text, and tables lined up so that they read well raw."""

from __future__ import annotations

import re
from typing import Any

from aimaturity.report.plain import clean

SPACE = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
"""What may not break a line; no-break spaces stay."""
ANYWHERE = re.compile(r"[\\`*\[\]|~$]")
BRACKETS = {"<": "&lt;", ">": "&gt;"}
"""Not every renderer takes a backslash before these; all take the entity."""
AT_START = re.compile(r"^([-+#=:])")
NUMBERED = re.compile(r"^(\d+)([.)])")
EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
ENTITY = re.compile(r"&(?=#?\w+;)")
ADDRESS = re.compile(r"\b(https?|ftp)(?=:)|\b(www)(?=\.)", re.IGNORECASE)
MAIL = re.compile(r"(?<=[\w.+-])@(?=\w)")
PADDED_WIDTH = 110
"""Tables that fit in so many characters get their columns lined up."""


def escape(value: Any) -> str:
    """A value as Markdown text on one line: nothing in it is markup, a link or a new cell wherever it is put."""
    text = SPACE.sub(" ", clean(str(value))).strip()
    text = ENTITY.sub("&amp;", text)
    text = ANYWHERE.sub(r"\\\g<0>", text)
    text = EDGE_UNDERSCORE.sub(r"\\_", text)
    for character, entity in BRACKETS.items():
        text = text.replace(character, entity)
    text = NUMBERED.sub(r"\1\\\2", AT_START.sub(r"\\\1", text))
    return MAIL.sub(r"\\@", ADDRESS.sub(_broken, text))


def _broken(match: re.Match[str]) -> str:
    """The address with a backslash where renderers look for a link."""
    return match.group(0) + "\\"


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
