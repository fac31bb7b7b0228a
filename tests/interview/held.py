"""An interview whose answers are kept in a file of JSON lines, for tests that need a real terminal:
`python -m tests.interview.held FILE [--en] [--full]` holds one, or goes on with the one in FILE."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.definitions.load import load_questionnaire
from aimaturity.interview.desk import Desk, NotSaved, Past
from aimaturity.interview.session import Event, Given, Session
from aimaturity.responses.given import from_json, to_json


class FileKeeper:
    """A keeper that appends to a file and syncs it. `full` lets every record fail."""

    def __init__(self, path: Path, full: bool = False) -> None:
        self.path, self.full = path, full

    def record(self, events: Sequence[Event], position: str | None, seconds: float) -> None:
        if self.full:
            raise NotSaved(problem("AIM014", Position(str(self.path)), reason="disk full"))
        rows = [{"variable": event.variable, "origin": event.origin} | to_json(event.given) for event in events]
        rows.append({"position": position, "seconds": seconds, "at_end": position is None})
        with self.path.open("ab") as stream:
            stream.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())

    def history(self, variable: str) -> Sequence[Past]:
        return [
            Past(from_json(row), "adviser", "Åsa", "2026-11-25T14:32:07+01:00", "interview")
            for row in rows_of(self.path)
            if row.get("variable") == variable
        ]


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows that are written to their end: who reads while another process writes may see half a row, when it
    crosses the edge of a page of memory."""
    written = path.read_bytes() if path.exists() else b""
    return [json.loads(row) for row in written.split(b"\n")[:-1]]


def answers_of(path: Path) -> dict[str, Given]:
    """What a file says is given now."""
    return {str(row["variable"]): from_json(row) for row in rows_of(path) if "variable" in row}


def desk_of(path: Path, language: str = "sv", full: bool = False) -> Desk:
    questionnaire = load_questionnaire("ai-maturity").value
    assert questionnaire is not None
    stood = [row for row in rows_of(path) if "position" in row]
    position = stood[-1]["position"] if stood else None
    at_end = bool(stood) and position is None
    session = Session(
        questionnaire, answers_of(path), position=None if position is None else str(position), at_end=at_end
    )
    return Desk(session, FileKeeper(path, full), "Å-kraft i Osby AB", language, time.monotonic)


def main() -> None:
    from aimaturity.interview.app import Context, run

    path = Path(sys.argv[1])
    desk = desk_of(path, "en" if "--en" in sys.argv else "sv", "--full" in sys.argv)
    what = run(desk, Context(glance=lambda language: ["Nivå 2–3"], folder=path.parent))
    if what != "closed":
        print(f"NEXT {what}")


if __name__ == "__main__":
    main()
