"""What couldn't be read, counted by distinct value: a column of 40 000 equal problems is one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic, Position, catalogue
from aimaturity.responses.identity import masked

SHOWN = 200
MAX_KINDS = 20_000
"""Different problems that are listed one by one; further ones are counted together by column and code."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Cells of one column that say the same thing and couldn't be used: the first row, how many, and why."""

    source_row: int
    column: str
    value: str
    code: str
    count: int
    facts: dict[str, str]
    source_file: str = ""

    def message(self, language: str = "en") -> str:
        """What is wrong, and the name that may have been meant; it is suggested, never applied."""
        said = Diagnostic(self.code, Position(), self.facts)
        return f"{said.message(language)}; {said.hint(language)}" if "near" in self.facts else said.message(language)


def severity_of(cell: CellProblem) -> str:
    """error, warning or advice."""
    return str(catalogue()[cell.code].severity)


@dataclass
class Problems:
    """Collects problems over the batches of one file."""

    file: str
    headings: Sequence[str]
    found: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    facts: dict[tuple[int, str, str], dict[str, str]] = field(default_factory=dict)

    def note(self, column: int, value: str, code: str, facts: Mapping[str, str], row: int, count: int = 1) -> None:
        """`row`: the number of the first row of these; `column` -1 where the row as a whole is meant."""
        key = (column, masked(value[:SHOWN]).replace("\x1f", "; "), code)
        if key not in self.found and len(self.found) >= MAX_KINDS:
            key = (column, "…", code)
        known = self.found.get(key)
        if known is None:
            self.found[key] = [row, count]
            self.facts[key] = {name: masked(fact) for name, fact in facts.items()}
        else:
            known[0] = min(known[0], row)
            known[1] += count

    def listed(self) -> list[CellProblem]:
        """In the order of the file's columns, the most frequent first within one."""
        name = Path(self.file).name if self.file != "-" else "-"
        made = [
            CellProblem(row, self.headings[column] if column >= 0 else "", value, code, count, self.facts[key], name)
            for key, (row, count) in self.found.items()
            for column, value, code in [key]
        ]
        order = {heading: position for position, heading in reversed(list(enumerate(self.headings)))}
        return sorted(made, key=lambda p: (order.get(p.column, -1), -p.count, p.source_row, p.value))
