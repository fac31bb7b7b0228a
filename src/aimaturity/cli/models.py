"""`models`: what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aimaturity.cli.shared import end, out, remark, tell
from aimaturity.cli.words import say


def found() -> tuple[list[dict[str, Any]], list[Any]]:
    """A row for each questionnaire and scoring model, and what is wrong with those that don't load."""
    from aimaturity.definitions import library
    from aimaturity.definitions.load import load_questionnaire, load_scoring_model

    rows: list[dict[str, Any]] = []
    problems: list[Any] = []
    for name, path in library.available("questionnaires").items():
        loaded = load_questionnaire(path)
        problems += loaded.diagnostics
        if loaded.value is not None:
            q = loaded.value
            rows.append(_row("questionnaire", name, q.version, q.languages, len(q.questions), path))
    for name, path in library.available("scoring").items():
        model = load_scoring_model(path)
        problems += model.diagnostics
        if model.model is not None and model.questionnaire is not None:
            count = len(model.questionnaire.questions)
            rows.append(_row("scoring", name, model.model.version, model.questionnaire.languages, count, path))
    return rows, problems


def _row(kind: str, name: str, version: str, languages: Any, questions: int, path: Path) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": name,
        "version": version,
        "languages": list(languages),
        "questions": questions,
        "path": str(path),
    }


def run(as_json: bool, lang: str) -> None:
    from aimaturity.definitions import library
    from aimaturity.definitions.diagnostics import Severity

    rows, problems = found()
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            languages = ", ".join(row["languages"])
            count = f"{row['questions']} {say('questions', lang)}"
            out(f"{row['kind']:14} {row['id']:16} {row['version']:8} {languages:8} {count:14} {row['path']}")
        for folder in ("questionnaires", "scoring"):
            for name in library.shadowed(folder):
                remark(say("shadowed", lang, name=name))
    problems = [d for d in problems if d.severity is not Severity.ADVICE]
    tell(problems, lang)
    end(look=bool(problems))
