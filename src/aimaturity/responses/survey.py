"""A survey file becomes a table of answers and a list of what couldn't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from aimaturity.definitions.diagnostics import Diagnostic, Position, catalogue, has_errors, in_order, problem
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Questionnaire
from aimaturity.responses.cells import Interpreter, Meaning
from aimaturity.responses.headings import Matched, Target, match
from aimaturity.responses.identity import masked, organisation_number
from aimaturity.responses.raw import RawTable, read_raw
from aimaturity.responses.table import AnswerTable, Company, Detail, State, blank_table

MAX_BYTES = 2_000_000_000
SHOWN = 200
EVIDENCE = {"seen": "seen", "sett": "seen", "sedd": "seen", "told": "told", "sagt": "told", "berättat": "told",
            "later": "later", "skickas": "later", "senare": "later"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Cells of one column that say the same thing and couldn't be used: the first row, how many, and why."""

    source_row: int
    column: str
    value: str
    code: str
    count: int
    facts: dict[str, str]
    source_file: str = ""

    def message(self, language: str = "en") -> str:
        """What is wrong, and the name that may have been meant; it is suggested, never applied."""
        said = Diagnostic(self.code, Position(), self.facts)
        return f"{said.message(language)}; {said.hint(language)}" if "near" in self.facts else said.message(language)


@dataclass(frozen=True)
class Reading:
    """What was read. `table` is None where nothing could be."""

    table: AnswerTable | None
    problems: list[CellProblem] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rows: int = 0
    matched: int = 0
    ignored: list[str] = field(default_factory=list)


def read_survey(source: Path | BinaryIO, questionnaire: Questionnaire, name: str | None = None) -> Reading:
    """Reads a CSV or XLSX file with one row of headings. Nothing that a file holds is raised."""
    name = name or (str(source) if isinstance(source, Path) else "-")
    try:
        if isinstance(source, Path):
            if source.is_dir():
                return _failed("AIM002", name)
            if source.stat().st_size > MAX_BYTES:
                return _failed("AIM003", name, size=source.stat().st_size, limit=MAX_BYTES)
            data = source.read_bytes()
        else:
            data = source.read()
    except FileNotFoundError:
        return _failed("AIM001", name)
    except OSError as error:
        return _failed("AIM013", name, reason=error.strerror or type(error).__name__)
    return read_table(read_raw(data, name), questionnaire)


def _failed(code: str, name: str, **facts: Any) -> Reading:
    return Reading(None, diagnostics=[problem(code, Position(name), **facts)])


def read_table(raw: RawTable, questionnaire: Questionnaire) -> Reading:
    """A bare table of text as answers."""
    if has_errors(raw.diagnostics) or not raw.headings:
        return Reading(None, diagnostics=in_order(raw.diagnostics))
    matched = match(raw.headings, questionnaire, raw.name, raw.heading_row)
    diagnostics = [*raw.diagnostics, *matched.diagnostics]
    if has_errors(diagnostics):
        return Reading(None, diagnostics=in_order(diagnostics))
    reader = _Reader(raw, matched, questionnaire)
    table = reader.read()
    return Reading(
        table=table,
        problems=reader.listed(),
        diagnostics=in_order([*diagnostics, *reader.diagnostics]),
        rows=len(raw.rows),
        matched=len(matched.targets),
        ignored=[raw.headings[column] for column in matched.ignored],
    )


class _Reader:
    """Reads the matched columns of one table."""

    def __init__(self, raw: RawTable, matched: Matched, questionnaire: Questionnaire) -> None:
        self.raw = raw
        self.targets = matched.targets
        self.questionnaire = questionnaire
        self.variables = dict(questionnaire.variables())
        self.table = blank_table(questionnaire, len(raw.rows))
        self.details: list[dict[str, Detail]] = [{} for _ in raw.rows]
        self.problems: dict[tuple[str, str, str], CellProblem] = {}
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> AnswerTable:
        columns = list(zip(*self.raw.rows, strict=True))
        parts: dict[str, list[tuple[str, int]]] = {}
        for column, target in self.targets.items():
            if target.kind == "value" and target.part is not None:
                parts.setdefault(target.variable, []).append((target.part, column))
            elif target.kind == "value":
                self._variable(target.variable, column, columns[column])
            elif target.kind == "detail":
                self._detail(target, column, columns[column])
        for variable, found in parts.items():
            self._counts(variable, found, columns)
        companies = self._companies(columns)
        return AnswerTable(
            rows=self.table.rows,
            state=self.table.state,
            value=self.table.value,
            text=self.table.text,
            companies=companies,
            details=self.details,
        )

    def _meanings(self, variable: str, question: Any, column: int, cells: Sequence[str]) -> dict[str, Meaning]:
        """The meaning of each distinct text of a column; what couldn't be read is noted, with every row."""
        interpret = Interpreter(self.questionnaire, variable, question)
        meanings = {text: interpret(text) for text in dict.fromkeys(cells)}
        if any(meaning.code for meaning in meanings.values()):
            for row, text in enumerate(cells):
                meaning = meanings[text]
                if meaning.code is not None:
                    self._note(row, column, text, meaning.code, dict(meaning.facts))
                    self._add_detail(row, variable, raw=masked(text[:SHOWN]))
        return meanings

    def _variable(self, variable: str, column: int, cells: Sequence[str]) -> None:
        question = self.variables[variable]
        meanings = self._meanings(variable, question, column, cells)
        states = {text: int(meaning.state) for text, meaning in meanings.items()}
        self.table.state[variable][:] = [states[text] for text in cells]
        if isinstance(question, FreeText | Date):
            self.table.text[variable][:] = [meanings[text].text for text in cells]  # type: ignore[index]
            return
        target = self.table.value[variable]
        empty = target[0] if len(target) else 0
        values = {text: empty if m.value is None else m.value for text, m in meanings.items()}
        target[:] = [values[text] for text in cells]

    def _counts(self, variable: str, found: list[tuple[str, int]], columns: Sequence[Sequence[str]]) -> None:
        """A counts question: its state comes of all its numbers together."""
        question = self.variables[variable]
        assert isinstance(question, Counts)
        states: list[list[int]] = []
        for part, column in found:
            meanings = self._meanings(variable, question, column, columns[column])
            cells = columns[column]
            values = {text: np.nan if m.value is None else m.value for text, m in meanings.items()}
            self.table.value[f"{variable}.{part}"][:] = [values[text] for text in cells]
            states.append([int(meanings[text].state) for text in cells])
        every = np.array(states)
        answered = (every == State.ANSWERED).all(axis=0) & (len(found) == len(question.parts))
        result = np.full(self.table.rows, State.BLANK, np.uint8)
        for state in (State.NOT_APPLICABLE, State.DONT_KNOW):
            result[(every == state).any(axis=0)] = state
        result[answered] = State.ANSWERED
        self.table.state[variable][:] = result
        unread = {row for row, said in enumerate(self.details) if variable in said and said[variable].raw}
        some = (every == State.ANSWERED).any(axis=0) & (result == State.BLANK)
        for row in (row for row in np.flatnonzero(some).tolist() if row not in unread):
            given = ", ".join(
                f"{part} {columns[column][row]}" for part, column in found if columns[column][row].strip()
            )
            self._note(row, found[0][1], given, "AIM311", {"question": variable})
            self._add_detail(row, variable, raw=given)

    def _detail(self, target: Target, column: int, cells: Sequence[str]) -> None:
        for row, text in enumerate(cells):
            words = text.strip()
            if not words:
                continue
            if target.name == "evidence":
                known = EVIDENCE.get(words.casefold())
                if known is None:
                    self._note(row, column, words, "AIM336", {"name": words[:SHOWN]})
                    continue
                words = known
            self._add_detail(row, target.variable, **{target.name: words})

    def _add_detail(self, row: int, variable: str, **said: str) -> None:
        old = self.details[row].get(variable, Detail())
        merged = {name: getattr(old, name) for name in Detail.__dataclass_fields__} | said
        self.details[row][variable] = Detail(**merged)

    def _note(self, row: int, column: int, value: str, code: str, facts: dict[str, str]) -> None:
        heading = self.raw.headings[column]
        key = (heading, value, code)
        first = self.problems.get(key)
        count = 1 if first is None else first.count + 1
        source_row = self.raw.numbers[row] if first is None else first.source_row
        facts = {name: masked(fact) for name, fact in facts.items()}
        self.problems[key] = CellProblem(
            source_row, heading, masked(value[:SHOWN]), code, count, facts, Path(self.raw.name).name
        )

    def listed(self) -> list[CellProblem]:
        """In the order of the file's columns, the most frequent first within one."""
        position = {heading: index for index, heading in reversed(list(enumerate(self.raw.headings)))}
        return sorted(self.problems.values(), key=lambda p: (position[p.column], -p.count, p.source_row, p.value))

    def _companies(self, columns: Sequence[Sequence[str]]) -> list[Company]:
        by_field: dict[str, list[int]] = {}
        for column, target in self.targets.items():
            if target.kind == "identity":
                by_field.setdefault(target.name, []).append(column)
        made = [self._company(row, by_field, columns) for row in range(self.table.rows)]
        seen: dict[str, int] = {}
        for row, company in enumerate(made):
            if company.id in seen:
                facts = {"name": company.id, "first": str(self.raw.numbers[seen[company.id]])}
                at = Position(self.raw.name, self.raw.numbers[row])
                self.diagnostics.append(problem("AIM317", at, **facts))
            seen.setdefault(company.id, row)
        return made

    def _company(self, row: int, by_field: dict[str, list[int]], columns: Sequence[Sequence[str]]) -> Company:
        said: dict[str, str] = {}
        for name, found in by_field.items():
            words = next((columns[c][row].strip() for c in found if columns[c][row].strip()), "")
            if not words:
                continue
            column = found[0]
            if masked(words) != words:
                self._note(row, column, masked(words), "AIM313", {})
                if name in ("id", "organisationsnummer"):
                    continue
                words = masked(words)
            said[name] = words
        number = said.get("organisationsnummer")
        if number is not None:
            said["organisationsnummer"] = organisation_number(number) or ""
            if not said["organisationsnummer"]:
                self._note(row, by_field["organisationsnummer"][0], number, "AIM312", {"name": number})
        source_row = self.raw.numbers[row]
        identity = said.get("id") or said.get("organisationsnummer") or said.get("name") or f"row-{source_row}"
        return Company(
            id=identity,
            name=said.get("name"),
            organisationsnummer=said.get("organisationsnummer") or None,
            respondent=said.get("respondent"),
            submitted=said.get("submitted"),
            date=said.get("date"),
            occasion=said.get("occasion"),
            voice=said.get("voice"),
            adviser=said.get("adviser"),
            language=said.get("language"),
            source_file=Path(self.raw.name).name if self.raw.name != "-" else "-",
            source_row=source_row,
        )


def severity_of(cell: CellProblem) -> str:
    """error, warning or advice."""
    return str(catalogue()[cell.code].severity)
