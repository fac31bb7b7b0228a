"""The benchmark set that reports are compared with: read before any is made; what couldn't be compared is told once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.shared import fail, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.benchmark.documents import BenchmarkSet
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.report.produce import Uncompared

CODES: Mapping[Uncompared, str] = {"other_method": "AIM443", "indication": "AIM444"}


def peers_of(file: Path | None, redact: bool, lang: str) -> BenchmarkSet | None:
    """The set in the file; None where none was asked for. Ends with 2, saying why, where the file can't be used.

    redact  the reports are redacted copies, which are never compared: a remark says so
    """
    from aimaturity.benchmark.documents import read_set
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.yaml_source import read_text

    if file is None:
        return None
    text = read_text(file)
    found = text if isinstance(text, Diagnostic) else read_set(text, str(file))
    if isinstance(found, Diagnostic):
        tell([found], lang)
        fail()
    if redact:
        remark(say("not_compared_redacted", lang))
    return found


def not_compared(reasons: Mapping[Uncompared, int], file: Path | None) -> list[Diagnostic]:
    """Why reports are without the comparison that was asked for, and how many: a diagnostic a reason."""
    from aimaturity.definitions.diagnostics import Position, problem

    at = Position(str(file or ""))
    return [problem(CODES[reason], at, count=count) for reason, count in sorted(reasons.items())]
