"""Writing the answers to a file somewhere else, when they can't be saved where they belong."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.interview.desk import Desk
from aimaturity.responses.given import to_json


def path_elsewhere(desk: Desk, folder: Path, now: datetime) -> Path:
    """A name that says whose answers they are and when they were written, in a folder."""
    name = re.sub(r"[^\w.-]+", "-", desk.company).strip("-.")[:60] or "aimaturity"
    return folder / f"{name}-{now:%Y-%m-%d-%H%M%S}.jsonl"


def write_elsewhere(desk: Desk, path: Path, now: datetime) -> Diagnostic | None:
    """Writes all answers as JSON lines, whole or not at all, readable by their owner alone: a head that says whose
    they are, then one variable a line, as `responses.given.from_json` reads it. Returns what kept it from being
    written, or None."""
    from aimaturity.scoring.export import write_whole

    session = desk.session
    head = {
        "company": desk.company,
        "questionnaire": session.questionnaire.questionnaire,
        "version": session.questionnaire.version,
        "position": session.position,
        "seconds": round(desk.used()),
        "written": now.isoformat(timespec="seconds"),
    }
    rows = [head, *({"variable": name} | to_json(given) for name, given in session.given.items())]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return write_whole(path, lambda stream: stream.write(text.encode("utf-8")), private=True)
