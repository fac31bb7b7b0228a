"""A survey file becomes answers, batch by batch, and a list of what couldn't be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.diagnostics import Diagnostic, Position, has_errors, in_order, problem
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Number, Questionnaire
from aimaturity.responses.aside import Aside
from aimaturity.responses.cells import Manner
from aimaturity.responses.codes import first_codes, yes_and_no
from aimaturity.responses.columns import Filling, VariableReader, readers
from aimaturity.responses.heading_rows import HeadingRows
from aimaturity.responses.headings import Matched, match
from aimaturity.responses.mapping import Mapping as ColumnMapping
from aimaturity.responses.mapping import shape_of
from aimaturity.responses.normalise import normalise
from aimaturity.responses.opening import Opened, Unreadable, opened
from aimaturity.responses.pasted import SOME, Pasted
from aimaturity.responses.people import Duplicates, Keep, People, repeated
from aimaturity.responses.problems import CellProblem, Problems, severity_of
from aimaturity.responses.sheet import Batch, Sheet, Untame, open_sheet
from aimaturity.responses.table import AnswerTable, Company, blank_table, joined
from aimaturity.responses.text import Record
from aimaturity.responses.tools import layout_of
from aimaturity.responses.tools.layout import Layout, column_of
from aimaturity.responses.tools.plain import further

__all__ = ["CellProblem", "Part", "Reading", "Survey", "open_survey", "read_survey", "severity_of"]


@dataclass(frozen=True)
class Reading:
    """What was read. `table` is None where nothing could be."""

    table: AnswerTable | None
    problems: list[CellProblem] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rows: int = 0
    matched: int = 0
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One batch of respondents, read.

    numbers   the row of each, as a spreadsheet shows it
    identity  field -> what the file says of each; only fields that the file has a column for
    table     their answers; companies and details only where they were asked for
    """

    numbers: npt.NDArray[np.int64]
    identity: Mapping[str, list[str | None]]
    table: AnswerTable


@dataclass
class Survey:
    """A survey file that is known for what it is and can be read.

    counts  rows by what became of them: read, complete, partial, and `aside.REASONS`
    """

    sheet: Sheet
    layout: Layout
    matched: Matched
    questionnaire: Questionnaire
    mapping: ColumnMapping | None = None
    at_opening: list[Diagnostic] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.in_reading: list[Diagnostic] = []
        self.headings = shown_headings(self.layout)
        self.problems = Problems(self.sheet.file.name, self.headings)
        own = {c for c, heading in enumerate(self.layout.headings) if heading.role == "identity"}
        self.people = People(self.sheet.file.name, self.matched.targets, self.problems, own)
        self.standing = self.layout.standing
        self.first = None if 0 in self.matched.targets or 0 in self.standing else 0
        """The first column, where it isn't read for what it says: sums are named there."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found at opening, and in the latest reading."""
        return [*self.at_opening, *self.in_reading]

    @property
    def name(self) -> str:
        return self.sheet.file.name

    @property
    def usable(self) -> bool:
        return bool(self.matched.targets) and not has_errors(self.diagnostics)

    @property
    def answers(self) -> int:
        """Columns that hold answers."""
        return sum(target.kind in ("value", "tick") for target in self.matched.targets.values())

    def parts(self, keep: Keep = "all", details: bool = False) -> Iterator[Part]:
        """The respondents, in the order of the file.

        Raises `Untame` where all that was given must be thrown away and read anew, and `Unreadable` where the file is
        another at the end than it was at the beginning.
        """
        self._forget()
        dropped = self._repeated(keep)
        aside = self._aside(self.problems, self.counts)
        duplicates = Duplicates()
        fillers = self._readers()
        for batch in self._batches(self._wanted()):
            kept = aside.without(batch, dropped)
            if not kept.rows:
                continue
            identity = self.people.identity(kept)
            if keep == "all":
                duplicates.add(identity, kept.numbers)
            yield Part(kept.numbers, identity, self._answers(kept, identity, fillers, details))
        self._finish(duplicates, fillers)

    def _forget(self) -> None:
        """Starts anew: what an earlier, broken off reading found is gone."""
        self.counts.clear()
        self.in_reading.clear()
        self.problems.found.clear()
        self.sheet.notes.clear()

    def _readers(self) -> list[VariableReader]:
        layout = self.layout
        coded = first_codes(self.sheet, layout, self.matched.targets) if layout.coded else {}
        truths, unclear = yes_and_no(self.questionnaire, self.matched.targets, coded, layout.turned, self._batches)
        if truths:
            few = ", ".join(sorted(truths)[:8]) + (", …" if len(truths) > 8 else "")
            self.in_reading.append(problem("AIM375", Position(self.name), count=len(truths), names=few))

        def manner(variable: str) -> Manner:
            values = self.mapping.values_of(variable) if self.mapping is not None else {}
            return Manner(
                layout.coded and "0" not in coded.get(variable, ()) and variable not in unclear,
                layout.booleans or variable in truths,
                layout.missing,
                layout.joiner,
                layout.clean,
                values,
            )

        return readers(self.questionnaire, self.matched.targets, manner, layout.filled, layout.unticked)

    def _wanted(self) -> set[int]:
        return {*self.matched.targets, *self.standing, *([] if self.first is None else [self.first])}

    def _batches(self, wanted: Collection[int]) -> Iterator[Batch]:
        plain = {column for column in wanted if self._is_plain(column)}
        return self.sheet.batches(self.layout.first, len(self.layout.headings), wanted, plain)

    def _is_plain(self, column: int) -> bool:
        """Whether a column's texts are mostly different ones."""
        target = self.matched.targets.get(column)
        if target is None:
            return column == self.first
        if target.kind != "value":
            return target.kind != "tick" and target.name != "language"
        question = self.questionnaire.questions[target.variable.partition(".")[0]]
        if isinstance(question, Number | Counts):
            return question.decimals > 1 or question.maximum - question.minimum > 1_000_000
        return isinstance(question, FreeText | Date)

    def _answers(
        self, batch: Batch, identity: Mapping[str, list[str | None]], fillers: list[VariableReader], details: bool
    ) -> AnswerTable:
        table = blank_table(self.questionnaire, batch.rows)
        into = Filling(batch, table, self.problems, [{} for _ in range(batch.rows)] if details else None)
        for filler in fillers:
            filler.fill(into)
        companies: list[Company] = []
        if details:
            companies = self.people.companies(batch.numbers, identity)
        return AnswerTable(batch.rows, table.state, table.value, table.text, companies, into.details or ())

    def _aside(self, problems: Problems, counts: Counter[str]) -> Aside:
        plain = {column for column in self.matched.targets if self._is_plain(column)}
        headings = HeadingRows(self.sheet, self.layout, self.matched, plain)
        return Aside(self.layout, self.matched, headings, problems, counts, self.first)

    def _repeated(self, keep: Keep) -> npt.NDArray[np.int64]:
        """Numbers of the rows that `keep` leaves out: of respondents or companies that occur again."""
        if keep == "all":
            return np.zeros(0, np.int64)
        people = People(self.name, self.matched.targets, Problems(self.name, self.headings))
        if not people.columns():
            return np.zeros(0, np.int64)
        aside = self._aside(Problems(self.name, self.headings), Counter())
        seen = Duplicates()
        for batch in self._batches(self._wanted()):
            kept = aside.without(batch, np.zeros(0, np.int64))
            seen.add(people.identity(kept), kept.numbers)
        return repeated(seen, keep)

    def _finish(self, duplicates: Duplicates, fillers: list[VariableReader]) -> None:
        self.in_reading += self.sheet.notes
        if self.sheet.file.changed():
            raise Unreadable("AIM350", self.name)
        ordered = [filler.interpret for filler in fillers if filler.interpret and filler.interpret.by_order]
        for interpret in ordered:
            if interpret.from_zero:
                raise Unreadable("AIM357", self.name, question=interpret.variable)
        names = sorted({interpret.question.id for interpret in ordered} | self.matched.ordered)
        if names:
            few = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
            self.in_reading.append(problem("AIM351", Position(self.name), count=len(names), names=few))
        for again, first in duplicates.pairs():
            self.in_reading.append(problem("AIM317", Position(self.name, again), first=first))
        more = duplicates.count() - len(duplicates.pairs())
        if more > 0:
            self.in_reading.append(problem("AIM348", Position(self.name), count=more))


def shown_headings(layout: Layout) -> list[str]:
    """A name for each column, for lists of problems: its heading, with the part under it."""
    shown = []
    for position, heading in enumerate(layout.headings):
        text = heading.texts[0].strip() if heading.texts else ""
        part = heading.part[-1] if heading.part else ""
        both = f"{text} [{part}]" if part and normalise(part) not in normalise(text) else text
        shown.append(both[:200] or f"#{position + 1}")
    return shown


@contextmanager
def open_survey(
    source: Path | BinaryIO,
    questionnaire: Questionnaire,
    name: str | None = None,
    tool: str | None = None,
    mapping: ColumnMapping | None = None,
    saved: Callable[[str], ColumnMapping | None] | None = None,
) -> Iterator[Survey]:
    """A survey file, opened, recognised and matched. Raises `Unreadable` for what can't be read at all.

    tool     reads it as this tool's export, whatever it looks like
    mapping  what columns and cells mean, where they don't say so themselves
    saved    where none is given: the shape of the file's headings -> the mapping used before for such a file
    """
    with opened(source, name) as file:
        yield _survey(file, questionnaire, tool, mapping, saved)


def _survey(
    file: Opened,
    questionnaire: Questionnaire,
    tool: str | None,
    mapping: ColumnMapping | None,
    saved: Callable[[str], ColumnMapping | None] | None,
) -> Survey:
    sheet = open_sheet(file, _holds_answers(file, questionnaire, tool))
    layout = layout_of(sheet, tool)
    if layout is None:
        raise Unreadable("AIM352", file.name, tool=tool)
    if mapping is None and saved is not None:
        mapping = saved(shape_of(layout))
    survey = _matched(sheet, layout, questionnaire, mapping)
    lower = _below_a_title(survey) if mapping is None and layout.tool == "plain" and survey.answers < SOME else None
    if lower is not None:
        survey = lower
    elif survey.answers and _without_others(survey):
        survey = _matched(sheet, layout_of(sheet, tool) or layout, questionnaire, mapping)
    if sheet.kind != "json":
        sheet.pasted = partial(_pasted, survey)
    return survey


def _below_a_title(survey: Survey) -> Survey | None:
    """The survey by headings further down that fit far better, if there are such."""
    sheet = survey.sheet
    for lower in further(sheet, survey.layout):
        found = _matched(sheet, lower, survey.questionnaire, None)
        if found.answers > 2 * survey.answers:
            row = sheet.head[lower.heading][0]
            found.at_opening.append(problem("AIM368", Position(survey.name, row), count=row - 1))
            return found
    return None


def _holds_answers(file: Opened, questionnaire: Questionnaire, tool: str | None) -> Callable[[list[Record]], bool]:
    """Whether a sheet of a workbook, by its first records, has columns for the questionnaire's questions."""

    def suits(head: list[Record]) -> bool:
        sheet = Sheet(file, "workbook", head, everything=head)
        layout = layout_of(sheet, tool)
        return layout is not None and bool(match(layout, questionnaire, file.name).targets)

    return suits


def refuse_without_answers(sheet: Sheet, layout: Layout) -> None:
    """Raises `Unreadable` where there is nothing below the headings."""
    if not any(any(cell.strip() for cell in record) for _, record in sheet.head[layout.first :]):
        raise Unreadable("AIM301", sheet.file.name, sheet.head[layout.heading][0])


def _matched(sheet: Sheet, layout: Layout, questionnaire: Questionnaire, mapping: ColumnMapping | None) -> Survey:
    file = sheet.file
    row = sheet.head[layout.heading][0]
    if len(layout.headings) > MAX_COLUMNS:
        raise Unreadable("AIM335", file.name, row, count=len(layout.headings))
    refuse_without_answers(sheet, layout)
    given, notes = mapping.given(layout, questionnaire, file.name, row) if mapping is not None else ({}, [])

    def samples(column: int) -> list[str]:
        return [cell for cell in column_of(sheet, layout.first, column) if cell]

    matched = match(layout, questionnaire, file.name, row, given, samples)
    return Survey(sheet, layout, matched, questionnaire, mapping, [*file.notes, *notes, *matched.diagnostics])


def _without_others(survey: Survey) -> bool:
    """Takes other exports' rows from the records that a sheet is recognised by; whether there were any."""
    head, first = survey.sheet.head, survey.layout.first
    if survey.sheet.kind == "json":
        return False
    others = _pasted(survey).rows(head[first:], of_any_width=True)
    if any(others):
        head[first:] = [row for row, other in zip(head[first:], others, strict=True) if not other]
    return any(others)


def _pasted(survey: Survey) -> Pasted:
    """What finds another export's rows in a survey's sheet."""
    sheet, layout, matched = survey.sheet, survey.layout, survey.matched

    def is_table(head: list[Record], apart: bool) -> bool:
        found = layout_of(Sheet(sheet.file, "text", head, everything=head), None)
        if found is None:
            return False
        targets = match(found, survey.questionnaire, survey.name, names=matched.names).targets
        answers = {column: target for column, target in targets.items() if target.kind in ("value", "tick")}
        same = sum(matched.targets.get(column) == target for column, target in answers.items())
        return len(answers) >= SOME and (apart or same < len(answers))

    delimiter = sheet.dialect.delimiter if sheet.dialect is not None else ""
    return Pasted(sheet.head[layout.heading][1], len(layout.headings), delimiter, is_table)


MAX_COLUMNS = 16_384
"""As many as a spreadsheet has."""


def read_survey(
    source: Path | BinaryIO,
    questionnaire: Questionnaire,
    name: str | None = None,
    tool: str | None = None,
    mapping: ColumnMapping | None = None,
    keep: Keep = "all",
) -> Reading:
    """A whole file in memory, with companies and details. Nothing that a file holds is raised."""
    try:
        with open_survey(source, questionnaire, name, tool, mapping) as survey:
            if not survey.usable:
                return Reading(None, diagnostics=in_order(survey.diagnostics))
            parts = whole_of(survey, keep, details=True)
            table = joined([part.table for part in parts], questionnaire)
            return Reading(
                table=table,
                problems=survey.problems.listed(),
                diagnostics=in_order(survey.diagnostics),
                rows=survey.counts["read"],
                matched=len(survey.matched.targets),
                ignored=[survey.headings[column] for column in survey.matched.ignored],
            )
    except Unreadable as error:
        return Reading(None, diagnostics=[error.diagnostic])


def whole_of(survey: Survey, keep: Keep = "all", details: bool = False) -> list[Part]:
    """All parts; read anew with the careful reader where the fast one gave up."""
    try:
        return list(survey.parts(keep, details))
    except Untame:
        return list(survey.parts(keep, details))
