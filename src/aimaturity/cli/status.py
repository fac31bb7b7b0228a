"""`status`: where the programme stands, as lines, pages and files; and the rows behind a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli import clock
from aimaturity.cli.register import as_json, opened
from aimaturity.cli.shared import end, fail, kinds_of, loaded_programme, out, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.programme import Programme
    from aimaturity.documents.status import StatusDocument
    from aimaturity.programme.status.trace import Behind

KINDS = ("html", "md", "json", "xlsx")
NAME = "status"
FILES = {"hub": NAME, "public": f"{NAME}-public"}
"""What files are called: the hub's own page never takes the place of one that was made for others."""


@dataclass(frozen=True)
class Asked:
    """What the command was asked for.

    to      kinds of files; empty: lines on the terminal
    folder  where files are written
    cell    whose rows are wanted
    day     the day of the status, as typed; None: today
    """

    lang: str
    to: str
    folder: Path
    cell: str | None
    public: bool
    as_json: bool
    show: bool
    day: str | None
    programme: str | None
    database: str | None


def run(asked: Asked) -> None:
    from aimaturity.definitions.diagnostics import problem
    from aimaturity.programme.status.standing import status

    kinds = kinds_of(asked.to, KINDS, asked.lang, needed=False) or (["html"] if asked.show else [])
    day, to_come = _day(asked)
    programme = loaded_programme(asked.programme, asked.lang)
    if asked.cell is not None:
        tell(to_come, asked.lang)
        _why(asked, asked.cell, programme, day, bool(to_come))
    with opened(asked.database, asked.lang) as store:
        found = status(store, programme, day, for_public=asked.public)
    document = found.document
    if asked.public:
        from aimaturity.programme.status.public import public

        document = public(document, found.tally, found.addresses, programme)
    told = [*to_come, *found.problems]  # some assessments couldn't be scored; the rest is counted
    if not programme.promises:
        told.append(problem("AIM681", name=programme.programme))
    problems: list[Diagnostic] = []
    if kinds:
        problems = _write(document, kinds, asked)
    elif asked.as_json:
        from aimaturity.scoring.parts import dumps

        out(dumps(document).rstrip("\n"))
    else:
        from aimaturity.report.status.lines import lines

        for line in lines(document, asked.lang):
            out(line)
    tell([*told, *problems], asked.lang)
    end(problems, look=bool(found.problems or to_come))


def _day(asked: Asked) -> tuple[dt.date, list[Diagnostic]]:
    """The day of the status, today at the latest: days to come would count as days on which nothing happened."""
    from aimaturity.definitions.diagnostics import problem

    if asked.day is None:
        return clock.today(), []
    try:
        day = dt.date.fromisoformat(asked.day)
    except ValueError:
        tell([problem("AIM680", name=asked.day)], asked.lang)
        fail()
    today = clock.today()
    return (day, []) if day <= today else (today, [problem("AIM684", date=day, today=today)])


def _why(asked: Asked, cell: str, programme: Programme, day: dt.date, look: bool) -> None:
    """The rows behind a cell; ends the run.

    look  whether something told before needs a look
    """
    from aimaturity.definitions.diagnostics import problem
    from aimaturity.programme.status.standing import why
    from aimaturity.programme.status.trace import Behind

    if asked.public:
        tell([problem("AIM683")], asked.lang)
        fail()
    with opened(asked.database, asked.lang) as store:
        found, rows = why(store, programme, day, cell, asked.lang)
    if cell not in found.addresses:
        near = "', '".join(str(name) for name in rows)
        tell([problem("AIM682", name=cell[:200], near=near or None)], asked.lang)
        fail()
    behind = [row for row in rows if isinstance(row, Behind)]
    if asked.as_json:
        out(as_json({"cell": cell, "rows": [asdict(row) for row in behind]}))
    else:
        _tell_rows(cell, behind, asked.lang)
    tell(found.problems, asked.lang)
    end(look=look or bool(found.problems))


def _tell_rows(cell: str, rows: list[Behind], lang: str) -> None:
    """A line a row, lined up, and what they add up to."""
    from math import fsum

    from aimaturity.report.format import formats

    written = formats(lang)
    amounts = any(row.amount != 1 for row in rows)
    table = [
        [
            row.date or "",
            row.company or "",
            row.name or "",
            say(f"behind_{row.what}", lang) if row.what else "",
            " ".join(part for part in (row.id, row.title) if part and part != row.company),
            written.number(row.amount) if amounts else "",
        ]
        for row in rows
    ]
    kept = [place for place in range(6) if any(line[place] for line in table)]
    widths = {place: max(len(line[place]) for line in table) for place in kept}
    for line in table:
        out("  ".join(line[place].ljust(widths[place]) for place in kept).rstrip())
    total = written.number(round(fsum(row.amount for row in rows), 9))
    out(say("behind_total", lang, cell=cell, rows=written.number(len(rows)), total=total))


def _write(document: StatusDocument, kinds: list[str], asked: Asked) -> list[Diagnostic]:
    """Writes the kinds asked for; what was written is told."""
    from aimaturity.cli.browser import lead_to

    written, problems = write_status(document, kinds, asked.folder, asked.lang)
    for path in written:
        out(say("written", asked.lang, path=path))
    page = next((path for path in written if path.suffix == ".html"), None)
    lead_to(page, asked.show, asked.lang)
    return problems


def write_status(
    document: StatusDocument, kinds: Sequence[str], folder: Path, lang: str
) -> tuple[list[Path], list[Diagnostic]]:
    """Writes `status.html` (public: `status-public.html`) and other kinds (KINDS) into a folder: the files that lie
    there now, and what went wrong."""
    from aimaturity.report import pages
    from aimaturity.report.produce import put, usable_folder
    from aimaturity.report.status.build import page_of
    from aimaturity.report.templates import open_templates
    from aimaturity.scoring.parts import dumps

    make = dict(pages.made(page_of(document, lang), NAME, open_templates()))
    make["json"] = lambda: dumps(document).encode("utf-8")
    trouble = usable_folder(folder)
    if trouble is not None:
        return [], [trouble]
    written: list[Path] = []
    problems: list[Diagnostic] = []
    for kind in kinds:
        path = folder / f"{FILES[document.audience]}.{kind}"
        done = put(path, make[kind]())
        if isinstance(done, bool):
            written.append(path)
        else:
            problems.append(done)
    return written, problems
