"""Problems as values: a code from the catalogue, the facts of the case, and the place in a file.

The words (message, why it matters, what to do; Swedish and English) stand in `diagnostics*.yaml` beside this
module, a block a code, so that a wording is mended in one place. Renderers know nothing of any single code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Severity(StrEnum):
    """error stops what depends on it; warning needs a look; advice alone leaves the exit code at 0."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands. Line and column count from 1; 0 where the whole file is meant."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """One entry of the catalogue of diagnostic codes."""

    code: str
    severity: Severity
    since: str
    message: Mapping[str, str]
    why: Mapping[str, str]
    do: Mapping[str, str]


@cache
def catalogue() -> dict[str, CodeInfo]:
    """All diagnostic codes by name, in order."""
    import yaml  # a run in which nothing is wrong does without

    entries: dict[str, dict[str, Any]] = {}
    for path in files(__package__).iterdir():
        if path.name.startswith("diagnostics") and path.name.endswith(".yaml"):
            entries |= yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        code: CodeInfo(
            code, Severity(entry["severity"]), str(entry["since"]), entry["message"], entry["why"], entry["do"]
        )
        for code, entry in sorted(entries.items())
    }


def _told_in(language: str) -> str:
    """The catalogue is written in Swedish and English; a questionnaire may be in any language."""
    return "sv" if language == "sv" else "en"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing its reader should know, at the place where it was written."""

    code: str
    at: Position = Position()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return catalogue()[self.code].severity

    def message(self, language: str = "en") -> str:
        """What is wrong, in one sentence: in Swedish, else in English."""
        return catalogue()[self.code].message[_told_in(language)].format_map(self.facts)

    def hint(self, language: str = "en") -> str:
        """What to do; the near name where one was found."""
        near = self.facts.get("near")
        if near:
            return {"sv": f"menade du '{near}'?", "en": f"did you mean '{near}'?"}[_told_in(language)]
        return catalogue()[self.code].do[_told_in(language)].format_map(self.facts)

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON: code, severity, message, file, line, column, hint."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message(language),
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column,
            "hint": self.hint(language),
        }

    def __str__(self) -> str:
        return render_text([self])


def problem(code: str, at: Position | None = None, **facts: object) -> Diagnostic:
    """A diagnostic with its facts; `near` is a name that may have been meant."""
    return Diagnostic(code, at or Position(), {key: str(value) for key, value in facts.items() if value is not None})


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, then code; the same one twice is shown once."""
    unique = {(d.at.file, d.at.line, d.at.column, d.code, d.message("en")): d for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in diagnostics)


def needs_a_look(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything is more than advice: exit code 1."""
    return any(d.severity is not Severity.ADVICE for d in diagnostics)


def render_text(diagnostics: Sequence[Diagnostic], language: str = "en") -> str:
    """`file:line:column CODE message; hint`, a line each. Control characters in names are made visible."""
    lines = []
    for d in diagnostics:
        place = f"{d.at} " if str(d.at) else ""
        lines.append(f"{place}{d.code} {d.message(language)}; {d.hint(language)}")
    return "\n".join("".join(c if c.isprintable() else repr(c)[1:-1] for c in line) for line in lines)


def render_json(diagnostics: Sequence[Diagnostic], language: str = "en") -> str:
    return json.dumps([d.as_dict(language) for d in diagnostics], ensure_ascii=False, indent=2)


def render_github(diagnostics: Sequence[Diagnostic], language: str = "en") -> str:
    """Workflow annotations, as GitHub Actions reads them from standard output."""
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}

    def escaped(text: str, extra: str = "") -> str:
        for character in "%\r\n" + extra:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    return "\n".join(
        f"::{words[d.severity]} file={escaped(d.at.file, ',:')},line={max(d.at.line, 1)},col={max(d.at.column, 1)},"
        f"title={d.code}::{escaped(f'{d.message(language)}; {d.hint(language)}')}"
        for d in diagnostics
    )
