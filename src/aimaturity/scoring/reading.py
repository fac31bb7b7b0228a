"""Reading result documents back, of any released format version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.scoring.document import FORMAT, ResultDocument


def is_document(path: Path) -> bool:
    """Whether a file looks like result documents: its beginning names a format of ours."""
    try:
        with path.open("rb") as stream:
            return b'"aimaturity-result/' in stream.read(400)
    except OSError:
        return False


def read_documents(path: Path) -> tuple[list[ResultDocument], list[Diagnostic]]:
    """The documents of a .json file (one) or a .jsonl file (one a line), and what is wrong with the others."""
    at = Position(str(path))
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return [], [problem("AIM001", at)]
    except IsADirectoryError:
        return [], [problem("AIM002", at)]
    except UnicodeDecodeError as error:
        return [], [problem("AIM004", at, byte=error.start)]
    except OSError as error:
        return [], [problem("AIM013", at, reason=error.strerror or type(error).__name__)]
    if not text.strip():
        return [], [problem("AIM005", at)]
    lines = [(1, text)] if text.lstrip().startswith("{\n") or text.count("\n") <= 1 else _lines(text)
    documents: list[ResultDocument] = []
    problems: list[Diagnostic] = []
    for number, line in lines:
        found = _one(line, Position(str(path), number))
        if isinstance(found, ResultDocument):
            documents.append(found)
        else:
            problems.append(found)
    return documents, problems


def _lines(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


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
