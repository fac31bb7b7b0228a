"""Reading result documents back, of any released format version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.scoring.document import FORMAT, ResultDocument

BOM = b"\xef\xbb\xbf"


def is_document(path: Path) -> bool:
    """Whether a file looks like result documents: its beginning names a format of ours."""
    try:
        with path.open("rb") as stream:
            return b'"aimaturity-result/' in stream.read(400)
    except OSError:
        return False


def read_documents(path: Path) -> tuple[list[ResultDocument], list[Diagnostic]]:
    """The documents of a .json file (one) or a .jsonl file (one a line), and what is wrong with the others."""
    documents: list[ResultDocument] = []
    problems: list[Diagnostic] = []
    for line in lines_of(path):
        found = line if isinstance(line, Diagnostic) else line.document()
        if isinstance(found, ResultDocument):
            documents.append(found)
        else:
            problems.append(found)
    return documents, problems


@dataclass(frozen=True, slots=True)
class Line:
    """One document as it stands in its file, not yet looked at."""

    at: Position
    text: str

    def document(self) -> ResultDocument | Diagnostic:
        """The document, or what is wrong with it."""
        return _one(self.text, self.at)


def lines_of(path: Path) -> Iterator[Line | Diagnostic]:
    """The lines of a file of documents, read as they are asked for; a file of one document is one, however long.

    Never more than one document is in memory. What can't be read ends the lines with its diagnostic; a line that isn't
    UTF-8 is one itself.
    """
    at = Position(str(path))
    try:
        with path.open("rb") as stream:
            yield from _lines(stream, str(path))
    except FileNotFoundError:
        yield problem("AIM001", at)
    except IsADirectoryError:
        yield problem("AIM002", at)
    except OSError as error:
        yield problem("AIM013", at, reason=error.strerror or type(error).__name__)


def _lines(stream: BinaryIO, name: str) -> Iterator[Line | Diagnostic]:
    before, nothing = 0, True
    for number, raw in enumerate(stream, start=1):
        data, skipped = raw, before
        if number == 1:
            data = raw.removeprefix(BOM)
            skipped += len(raw) - len(data)
        if nothing and data.strip() == b"{":  # one document, written over many lines
            data += stream.read()
        before += len(raw)
        if not data.strip():
            continue
        nothing = False
        try:
            yield Line(Position(name, number), data.decode("utf-8").rstrip("\r\n"))
        except UnicodeDecodeError as error:
            yield problem("AIM004", Position(name, number), byte=skipped + error.start)
    if nothing:
        yield problem("AIM005", Position(name))


def _one(text: str, at: Position) -> ResultDocument | Diagnostic:
    try:
        data: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return problem("AIM015", Position(at.file, at.line + line - 1, getattr(error, "colno", 1)))
    said = data.get("format") if isinstance(data, dict) else None
    if said != FORMAT:
        return problem("AIM405", at, name=said or "-", wanted=FORMAT)
    try:
        return ResultDocument.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        return problem("AIM406", at, place=place)
