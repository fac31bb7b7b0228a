"""From headings to questions: which column holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.questionnaire import Counts, Grid, Questionnaire
from aimaturity.definitions.validation import near
from aimaturity.responses.normalise import normalise, without_numbering

IDENTITY: dict[str, tuple[str, ...]] = {
    "id": ("id", "company_id", "company id", "företags-id", "företagsid"),
    "name": (
        "name", "company", "företag", "företagsnamn", "företagets namn", "namn", "company name", "bolag", "bolagsnamn",
    ),
    "organisationsnummer": (
        "organisationsnummer", "org.nr", "org nr", "orgnr", "org.nummer", "organisationsnr", "organisation number",
        "org no",
    ),
    "respondent": ("respondent", "respondent id", "respondentid", "svarande", "response id"),
    "submitted": ("submitted", "submitted at", "date submitted", "skickat in", "inskickad", "inskickat", "besvarad"),
    "date": ("date", "datum"),
    "occasion": ("occasion", "tillfälle", "mättillfälle"),
    "voice": ("voice", "röst"),
    "adviser": ("adviser", "advisor", "rådgivare"),
    "language": ("language", "språk"),
    "source_row": ("source_row",),
    "source_file": ("source_file",),
}  # fmt: skip
"""What a column of identity may be called. `name` is the first of several that has something in the row."""

DETAILS = ("evidence", "evidence_note", "comment")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column holds. `part` is set for one number of a counts question; `name` of a detail is its kind."""

    kind: Literal["identity", "value", "detail"]
    name: str
    variable: str = ""
    part: str | None = None


@dataclass(frozen=True)
class Matched:
    """Columns by position; what couldn't be matched, and what is missing."""

    targets: dict[int, Target]
    ignored: list[int]
    diagnostics: list[Diagnostic] = field(default_factory=list)


def _spellings(questionnaire: Questionnaire) -> dict[str, Target]:
    """Every heading that stands for something. A text that two questions share stands for neither."""
    found: dict[str, Target] = {}
    clashes: set[str] = set()

    def add(heading: str, target: Target) -> None:
        word = normalise(heading)
        if found.setdefault(word, target) != target:
            clashes.add(word)

    for question in questionnaire.questions.values():
        texts = list(question.text.root.values())
        parts = question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()
        for part in parts:
            reference = f"{question.id}.{part.id}"
            target = Target("value", reference, reference if isinstance(question, Grid) else question.id,
                            None if isinstance(question, Grid) else part.id)  # fmt: skip
            for text in texts:
                for words in part.text.root.values():
                    for heading in (f"{text} [{words}]", f"{text} ({words})", f"{text}: {words}", f"{text} - {words}"):
                        add(heading, target)
        if not parts:
            for text in texts:
                add(text, Target("value", question.id, question.id))
    found = {word: target for word, target in found.items() if word not in clashes}
    return found | _ids(questionnaire) | _identity(found)


def _ids(questionnaire: Questionnaire) -> dict[str, Target]:
    ids: dict[str, Target] = {}
    for variable, question in questionnaire.variables():
        if isinstance(question, Counts):
            for part in question.parts:
                reference = f"{variable}.{part.id}"
                ids[normalise(reference)] = Target("value", reference, variable, part.id)
        else:
            ids[normalise(variable)] = Target("value", variable, variable)
        for detail in DETAILS:
            ids[normalise(f"{variable}.{detail}")] = Target("detail", detail, variable)
    return ids


def _identity(taken: dict[str, Target]) -> dict[str, Target]:
    words = {normalise(word): Target("identity", name) for name, spellings in IDENTITY.items() for word in spellings}
    return {word: target for word, target in words.items() if word not in taken}


def match(headings: Sequence[str], questionnaire: Questionnaire, file: str, row: int = 1) -> Matched:
    """What each heading stands for; exact after `normalise`. Near names are suggested, never applied."""
    spellings = _spellings(questionnaire)
    targets: dict[int, Target] = {}
    ignored: list[int] = []
    problems: list[Diagnostic] = []
    seen: dict[Target, int] = {}
    for column, heading in enumerate(headings):
        at = Position(file, row, column + 1)
        word = normalise(heading)
        target = spellings.get(word) or spellings.get(without_numbering(word))
        if target is None:
            if word:
                ignored.append(column)
                problems.append(problem("AIM303", at, name=heading.strip()[:200], near=_near(word, spellings)))
            continue
        if target in seen and target.kind != "identity":
            ignored.append(column)
            problems.append(problem("AIM302", at, name=heading.strip()[:200], first=seen[target] + 1))
            continue
        seen.setdefault(target, column)
        targets[column] = target
    if not any(target.kind == "value" for target in targets.values()):
        return Matched({}, ignored, [problem("AIM320", Position(file, row), headings=_few(headings))])
    return Matched(targets, ignored, [*problems, *_missing(targets, questionnaire, file, row)])


def _near(word: str, spellings: dict[str, Target]) -> str | None:
    found = near(word[:300], spellings)
    return spellings[found].name if found else None


def _missing(targets: dict[int, Target], questionnaire: Questionnaire, file: str, row: int) -> list[Diagnostic]:
    """Questions that the file has no column for, in one line."""
    there = {target.variable for target in targets.values() if target.kind == "value"}
    lacking = [name for name, _ in questionnaire.variables() if name not in there]
    if not lacking:
        return []
    return [problem("AIM304", Position(file, row), count=len(lacking), names=_few(lacking))]


def _few(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(name.strip()[:60] for name in names[:most])
    return shown + (f", … (+{len(names) - most})" if len(names) > most else "")
