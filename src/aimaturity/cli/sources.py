"""Where reports come from, company by company: files of any size are gone through, never held.

Each source is gone through twice: first for who is in it, since a file name must be told apart from all others before
the first report is written; then for the documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem

if TYPE_CHECKING:
    from aimaturity.programme.store import Store, StoredAssessment
    from aimaturity.report.files import Key
    from aimaturity.responses.mapping import Mapping as ColumnMapping
    from aimaturity.responses.survey import Survey
    from aimaturity.responses.table import AnswerTable
    from aimaturity.scoring.document import ResultDocument
    from aimaturity.scoring.method import Method
    from aimaturity.scoring.reading import Line

Found = tuple[list["ResultDocument"], list[Diagnostic]]


class Source(Protocol):
    """The companies of one source.

    problems  what is wrong with it, as far as it has been gone through
    """

    problems: list[Diagnostic]

    def keys(self) -> list[Key]:
        """Who is in it, in order."""

    def entries(self) -> Iterator[ResultDocument | Line]:
        """As many documents, in the same order; or the lines that hold them."""

    def close(self) -> None:
        """Lets go of the file."""


class FewDocuments:
    """What holds one company or few: the documents are made each time that they are asked for, and not kept."""

    def __init__(self, found: Callable[[], Found]) -> None:
        self.found = found
        self.problems: list[Diagnostic] = []

    def keys(self) -> list[Key]:
        from aimaturity.report.files import Key

        return [Key.of(document) for document in self.entries()]

    def entries(self) -> Iterator[ResultDocument]:
        documents, self.problems = self.found()
        yield from documents

    def close(self) -> None:
        """Nothing is held."""


class StoredCompany(FewDocuments):
    """A company of the register, as its latest assessment stands."""

    def __init__(self, assessment: str, document: ResultDocument) -> None:
        super().__init__(lambda: ([document], []))
        self.assessment = assessment


def stored_document(store: Store, about: StoredAssessment, made: Method) -> ResultDocument:
    """The result of a stored assessment: the adviser's answers, else the company's own; beside them the company's own,
    and those of last time."""
    from aimaturity.cli.kept import last_time
    from aimaturity.programme.store import assessment_table, counting_voice
    from aimaturity.scoring.build import documents

    def answers(about: StoredAssessment) -> AnswerTable:
        voice = counting_voice(store.answers(about.id, "adviser"))
        return assessment_table(store, about.id, made.questionnaire, voice)

    table = answers(about)
    own = None
    if table.companies[0].voice == "adviser" and store.answers(about.id, "company"):
        own = assessment_table(store, about.id, made.questionnaire, "company")
    earlier = last_time(store, about)
    return next(documents(made, table, own, answers(earlier) if earlier is not None else None))


class DocumentLines:
    """A .jsonl file of result documents. A damaged line is a company whose report fails, told by its line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Diagnostic] = []

    def keys(self) -> list[Key]:
        return [_key_of(line) for line in self.entries()]

    def entries(self) -> Iterator[Line]:
        from aimaturity.scoring.reading import Line, lines_of

        self.problems = []
        for line in lines_of(self.path):
            if isinstance(line, Line):
                yield line
            else:
                self.problems.append(line)

    def close(self) -> None:
        """The file is closed when its last line is read."""


def _key_of(line: Line) -> Key:
    """Who the line is about, without looking at the rest; of a damaged line, its number."""
    from aimaturity.report.files import Key

    try:
        data = json.loads(line.text)
        company, occasion = data["company"], data["occasion"]
        return Key(
            company["id"], company["name"], company["organisationsnummer"],
            *(occasion[name] for name in ("date", "occasion", "voice", "source_row", "language")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        return Key(f"{line.at.line}")


class SurveyRows:
    """A survey file. It is read with all that documents need the first time too: what only shows in reading (a file
    that the fast reader must leave to the careful one) is then known before the first report is written."""

    def __init__(self, path: Path, made: Method, saved: Callable[[str], ColumnMapping | None] | None = None) -> None:
        self.path, self.made, self.saved = path, made, saved
        self.problems: list[Diagnostic] = []
        self.stack = ExitStack()
        self.survey: Survey | None = None

    def keys(self) -> list[Key]:
        from aimaturity.responses.opening import Unreadable
        from aimaturity.responses.sheet import Untame
        from aimaturity.responses.survey import open_survey

        try:
            survey = self.stack.enter_context(
                open_survey(self.path, self.made.questionnaire, str(self.path), saved=self.saved)
            )
            self.problems = list(survey.diagnostics)
            if not survey.usable:
                return []
            self.survey = survey
            try:
                return self._all(survey)
            except Untame:
                return self._all(survey)  # the survey knows by now that it must be read with care
        except Unreadable as error:
            self.problems, self.survey = [error.diagnostic], None
            return []

    def _all(self, survey: Survey) -> list[Key]:
        from aimaturity.report.files import Key

        found = [
            Key(c.id, c.name, c.organisationsnummer, c.date, c.occasion, c.voice, c.source_row, c.language)
            for part in survey.parts(details=True)
            for c in part.table.companies
        ]
        self._told(survey)
        return found

    def entries(self) -> Iterator[ResultDocument]:
        from aimaturity.responses.opening import Unreadable
        from aimaturity.responses.sheet import Untame
        from aimaturity.scoring.build import documents

        if self.survey is None:
            return
        try:
            for part in self.survey.parts(details=True):
                yield from documents(self.made, part.table)
            self._told(self.survey)
        except Unreadable as error:
            self.problems.append(error.diagnostic)
        except Untame:
            self.problems.append(problem("AIM350", Position(str(self.path))))

    def _told(self, survey: Survey) -> None:
        cells = [Diagnostic(p.code, Position(str(self.path), p.source_row), p.facts) for p in survey.problems.listed()]
        self.problems = [*survey.diagnostics, *cells]

    def close(self) -> None:
        self.stack.close()


def everything(source: Source) -> Found:
    """All documents of a source at once."""
    from aimaturity.scoring.document import ResultDocument

    try:
        source.keys()
        found: list[Any] = list(source.entries())
        return [document for document in found if isinstance(document, ResultDocument)], source.problems
    finally:
        source.close()


def keys_of(sources: Sequence[Source]) -> tuple[list[Key], list[Source]]:
    """Who is in all of them, in order; and which of them gave nothing though something is wrong."""
    from aimaturity.definitions.diagnostics import has_errors

    keys: list[Key] = []
    lost: list[Source] = []
    for source in sources:
        found = source.keys()
        keys += found
        if not found and has_errors(source.problems):
            lost.append(source)
    return keys, lost
