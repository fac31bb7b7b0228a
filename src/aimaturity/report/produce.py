"""One company's report: made in every kind that is asked for, compared with what lies there, and written whole.

This is what a worker does. Nothing that goes wrong with one company is raised: the others are made all the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.report.build import report_language
from aimaturity.report.files import ENDINGS, INDEX, OURS, Key
from aimaturity.report.index import IndexRow, row_of
from aimaturity.report.pdf import pdf
from aimaturity.report.render import try_render
from aimaturity.report.sheet import worked_in
from aimaturity.report.templates import Templates, open_templates
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.export import write_whole
from aimaturity.scoring.reading import Line
from aimaturity.scoring.redact import label, redacted

if TYPE_CHECKING:
    from aimaturity.benchmark.documents import BenchmarkSet

Uncompared = Literal["other_method", "indication"]
KINDS = ("html", "md", "pdf", "xlsx")
TRIAL = '<!DOCTYPE html><html lang="sv"><head><title>a</title></head><body><p>a</p></body></html>'


@dataclass(frozen=True)
class Wanted:
    """What is asked for, of all companies alike.

    language        of the reports; None: that of each one's answers
    index_language  of the index page
    peers           companies to compare with; not in redacted copies, which tell nothing of that
    """

    folder: Path
    kinds: tuple[str, ...]
    index_language: str
    language: str | None = None
    template: Path | None = None
    redact: bool = False
    peers: BenchmarkSet | None = None


@dataclass(frozen=True)
class Task:
    """One company: its document, or the line that holds it.

    key     who it must be, since the file's name was made of that
    number  what it is called by where its identity is taken out
    """

    stem: str
    key: Key
    source: ResultDocument | Line
    number: int


@dataclass
class Made:
    """What became of one company's report.

    row         what the index page says of it; as much as is known where its document couldn't be read
    written     files that are new or other than before
    unchanged   files that were just the same already, and are left alone
    failed      why something of it couldn't be made
    uncompared  why it isn't compared with the peers asked for; None where it is, or none were
    """

    stem: str
    row: IndexRow
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Diagnostic] = field(default_factory=list)
    uncompared: Uncompared | None = None


def nothing_made(task: Task, wanted: Wanted) -> Made:
    """What there is to say of a company before anything of its report is made."""
    name = task.key.name or task.key.id
    if wanted.redact:
        name = label(task.number, wanted.language or wanted.index_language)
    return Made(task.stem, IndexRow(name))


def make(task: Task, wanted: Wanted) -> Made:
    """Makes one company's report and writes it."""
    made = nothing_made(task, wanted)
    try:
        document = task.source if isinstance(task.source, ResultDocument) else task.source.document()
        if isinstance(document, Diagnostic):
            made.failed.append(document)
            return made
        if Key.of(document) != task.key:  # another file by now, and the name would be somebody else's
            made.failed.append(problem("AIM350"))
            return made
        if wanted.redact:
            document = redacted(document, task.number, report_language(document, wanted.language))
        elif wanted.peers is not None:
            document, made.uncompared = _compared(document, wanted.peers)
        report = _Report(document, wanted)
        for kind in wanted.kinds:
            _one(report, kind, wanted.folder / f"{task.stem}.{kind}", made)
        names = [*made.written, *made.unchanged]
        files = {kind: name for kind in wanted.kinds if (name := f"{task.stem}.{kind}") in names}
        made.row = replace(row_of(document, wanted.index_language), files=files)
    except Exception as fault:  # a fault of ours in one report is no reason to make none
        made.failed.append(_fault(fault))
    return made


def _compared(document: ResultDocument, peers: BenchmarkSet) -> tuple[ResultDocument, Uncompared | None]:
    """The document beside these peers and no others; without any, and why, where they are of another method."""
    from aimaturity.benchmark.compare import compare

    found = compare(document, peers)
    beside = document.model_copy(update={"benchmark": None if found.reason else found})
    return beside, found.reason


def _one(report: _Report, kind: str, path: Path, made: Made) -> None:
    try:
        data = report.data(kind)
    except Exception as fault:
        data = _fault(fault)
    outcome = data if isinstance(data, Diagnostic) else put(path, data)
    if isinstance(outcome, Diagnostic):
        made.failed.append(outcome)
    else:
        (made.written if outcome else made.unchanged).append(path.name)


def _fault(fault: Exception) -> Diagnostic:
    """What is wrong, where the fault says it; else it is a fault of ours."""
    said = getattr(fault, "diagnostic", None)
    if isinstance(said, Diagnostic):
        return said
    if os.environ.get("AIMATURITY_DEBUG"):
        raise fault
    return problem("AIM901", reason=f"{type(fault).__name__}: {str(fault)[:200]}")


class _Report:
    """One company's report in every kind; what two kinds need is made once."""

    def __init__(self, document: ResultDocument, wanted: Wanted) -> None:
        self.document, self.wanted = document, wanted

    def data(self, kind: str) -> bytes | Diagnostic:
        return self._kinds[kind](self)

    @cached_property
    def html(self) -> str | Diagnostic:
        return self._rendered("html")

    def _rendered(self, kind: Any) -> str | Diagnostic:
        rendered = try_render(self.document, kind, self.wanted.language, _templates(self.wanted.template))
        return rendered.diagnostics[0] if rendered.text is None else rendered.text

    def _html(self) -> bytes | Diagnostic:
        return _encoded(self.html)

    def _md(self) -> bytes | Diagnostic:
        return _encoded(self._rendered("md"))

    def _pdf(self) -> bytes | Diagnostic:
        if isinstance(self.html, Diagnostic):
            return self.html
        return pdf(self.html)

    def _xlsx(self) -> bytes | Diagnostic:
        from aimaturity.report.workbook import workbook

        return workbook(self.document, self.wanted.language)

    _kinds: Mapping[str, Callable[[_Report], bytes | Diagnostic]] = {
        "html": _html,
        "md": _md,
        "pdf": _pdf,
        "xlsx": _xlsx,
    }


def why_no_pdf() -> Diagnostic | None:
    """Why no PDF can be made on this machine, or None; found by making one."""
    try:
        pdf(TRIAL)
    except Exception as fault:
        return _fault(fault)
    return None


@cache
def _templates(own: Path | None) -> Templates:
    """Opened once a process."""
    return open_templates(own)


def _encoded(text: str | Diagnostic) -> bytes | Diagnostic:
    return text if isinstance(text, Diagnostic) else text.encode("utf-8")


def put(path: Path, data: bytes) -> bool | Diagnostic:
    """Writes a file unless it holds just this already: whether it was written, or what kept it from being written.

    A workbook that somebody has filled in is theirs, and is never replaced.
    """
    there = _there(path)
    if there == data:
        return False
    if there is not None and path.suffix == ".xlsx" and worked_in(there):
        return problem("AIM411", Position(str(path)))
    trouble = write_whole(path, lambda stream: _all(stream, data))
    return True if trouble is None else trouble


def _all(stream: Any, data: bytes) -> None:
    stream.write(data)


def _there(path: Path) -> bytes | None:
    """What a plain file holds; None where there is none, or it can't be read: then writing tells."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def leftovers(folder: Path, stems: Sequence[str]) -> Iterator[str]:
    """Names of reports in the folder that aren't of these companies. They are never deleted: only people know."""
    mine = {*stems, INDEX}
    for path in sorted(folder.iterdir()):
        if path.suffix[1:] in ENDINGS and path.stem not in mine and OURS.match(path.stem):
            yield path.name


def usable_folder(folder: Path) -> Diagnostic | None:
    """Makes the folder; why nothing can be written there, or None."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return problem("AIM014", Position(str(folder)), reason=error.strerror or type(error).__name__)
    if not os.access(folder, os.W_OK | os.X_OK):
        return problem("AIM014", Position(str(folder)), reason=os.strerror(13))
    return None
