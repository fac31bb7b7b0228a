"""The answers file: one company's answers, written by a person or a program in YAML or JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import Field

from aimaturity.definitions.base import DefinitionId, Model, Version
from aimaturity.definitions.diagnostics import Diagnostic, Position, in_order, problem
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Grid, Multiple, Questionnaire
from aimaturity.definitions.validation import near, validate
from aimaturity.definitions.yaml_source import DataPath, Source, read_source
from aimaturity.responses.cells import BLANK as NOTHING
from aimaturity.responses.cells import Interpreter, Meaning
from aimaturity.responses.given import Detail, State
from aimaturity.responses.identity import is_personal_number, looks_personal, masked, organisation_number
from aimaturity.responses.table import AnswerTable, Company, blank_table

Scalar = str | int | float | bool | None


class CompanyIn(Model):
    """Who answers."""

    id: str | int | None = Field(None, description="The hub's own id for the company.")
    name: str | None = Field(None, description="The company's name.")
    organisationsnummer: str | int | None = Field(None, description="Ten digits. Never a personal number.")


class AnswerIn(Model):
    """An answer with what belongs to it; for a plain answer, the value alone is enough."""

    value: str | int | float | bool | tuple[str, ...] | dict[str, Any] | None = Field(
        None, description="Option id or text, number, list of options, numbers by part, or row: option for a grid."
    )
    state: Literal["dont_know", "not_applicable", "blank"] | None = Field(None, description="Instead of a value.")
    evidence: Literal["seen", "told", "later"] | None = Field(None, description="Sett, sagt or skickas.")
    evidence_note: str | None = Field(None, description="What was seen or told.")
    comment: str | None = Field(None, description="The company's own words.")
    ask: str | None = Field(None, description="Who may know, for dont_know.")
    reason: str | None = Field(None, description="Why it can't apply, for not_applicable.")
    why: str | None = Field(None, description="Why it differs from the company's own answer, or from last time's.")


class AnswersFile(Model):
    """One company's answers to one questionnaire."""

    answers_to: DefinitionId = Field(description="The questionnaire's id.")
    version: Version | None = Field(None, description="The questionnaire's version when it was answered.")
    company: CompanyIn = Field(CompanyIn(), description="Who answers.")
    date: str | None = Field(None, description="The day, 2026-11-23.")
    occasion: Literal["T0", "T1", "T2"] | None = Field(None, description="First, second or third time.")
    voice: Literal["adviser", "company"] | None = Field(None, description="Whose answers these are.")
    language: Literal["sv", "en"] | None = Field(None, description="The language of the report.")
    adviser: str | None = Field(None, description="Who held the interview.")
    present: str | None = Field(None, description="Who was there for the company: roles rather than names.")
    answers: dict[str, Any] = Field({}, description="Answer by question; what is left out is blank.")


@dataclass(frozen=True)
class AnswersReading:
    """What was read: a table of one row, or None; and everything that was found."""

    table: AnswerTable | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def answered_questionnaire(path: Path) -> str | None:
    """The questionnaire that an answers file answers, or None where the file isn't one."""
    source, _ = read_source(path)
    data = source.data if source is not None else None
    found = data.get("answers_to") if isinstance(data, dict) else None
    return str(found) if found is not None else None


def read_answers(path: Path, questionnaire: Questionnaire) -> AnswersReading:
    """The answers in a file, every problem at its line. What can't be read is blank, and the rest is kept."""
    source, problems = read_source(path)
    if source is None:
        return AnswersReading(None, problems)
    salvage = validate(source, AnswersFile)
    problems += salvage.diagnostics
    if salvage.model is None:
        return AnswersReading(None, in_order(problems))
    made = _Maker(source, salvage.model, questionnaire, path)
    table = made.table()
    problems = in_order([*problems, *made.problems])
    wrong = salvage.model.answers_to != questionnaire.questionnaire
    return AnswersReading(None if wrong else table, problems)


class _Maker:
    """Makes the table of one row."""

    def __init__(self, source: Source, file: AnswersFile, questionnaire: Questionnaire, path: Path) -> None:
        self.source, self.file, self.questionnaire, self.path = source, file, questionnaire, path
        self.problems: list[Diagnostic] = []
        self.filled = blank_table(questionnaire, 1)
        self.details: dict[str, Detail] = {}

    def table(self) -> AnswerTable:
        q = self.questionnaire
        if self.file.answers_to != q.questionnaire:
            facts = {"name": self.file.answers_to, "wanted": q.questionnaire}
            self.problems.append(problem("AIM324", self.source.at(("answers_to",)), **facts))
        elif self.file.version is not None and self.file.version != q.version:
            facts = {"name": self.file.version, "wanted": q.version}
            self.problems.append(problem("AIM325", self.source.at(("version",)), **facts))
        data = self.source.data.get("answers")
        for name, given in data.items() if isinstance(data, dict) else ():
            self._answer(str(name), given, ("answers", name))
        filled = self.filled
        return AnswerTable(1, filled.state, filled.value, filled.text, [self._company()], [self.details])

    def _answer(self, name: str, given: Any, path: DataPath) -> None:
        question = self.questionnaire.questions.get(name)
        variables = dict(self.questionnaire.variables())
        if name in variables:
            question = variables[name]
        if question is None:
            at = self.source.key_at(path)
            self.problems.append(problem("AIM107", at, name=name[:200], near=near(name, self.questionnaire.questions)))
            return
        value, place = given, path
        if isinstance(given, dict) and (set(given) & set(AnswerIn.model_fields) or not given):
            salvage = validate(Source(self.source.name, given, *self._below(path)), AnswerIn)
            self.problems += salvage.diagnostics
            answer = salvage.model or AnswerIn()
            value, place = given.get("value"), (*path, "value")
            detail = Detail(**answer.model_dump(exclude={"value", "state"}))
            if detail != Detail():
                self.details[name] = detail
            if answer.state is not None:
                self._state(name, question, answer, place)
                if isinstance(question, Counts) and isinstance(value, dict):
                    self._numbers(name, question, value, place)
                return
        self._value(name, question, value, place)

    def _below(self, path: DataPath) -> tuple[dict[DataPath, Position], dict[DataPath, Position]]:
        """The places of what stands below `path`, as seen from there."""
        size = len(path)
        return (
            {p[size:]: at for p, at in self.source.values.items() if p[:size] == path},
            {p[size:]: at for p, at in self.source.keys.items() if p[:size] == path},
        )

    def _state(self, name: str, question: Any, answer: AnswerIn, place: DataPath) -> None:
        state = State[str(answer.state).upper()]
        if state is State.NOT_APPLICABLE and "not_applicable" not in question.allow:
            self.problems.append(problem("AIM308", self.source.at((*place[:-1], "state"))))
        names = [f"{name}.{row.id}" for row in question.rows] if self._is_whole_grid(name, question) else [name]
        for variable in names:
            self.filled.state[variable][0] = state

    def _is_whole_grid(self, name: str, question: Any) -> bool:
        return isinstance(question, Grid) and "." not in name

    def _value(self, name: str, question: Any, value: Any, place: DataPath) -> None:
        if value is None:
            return
        if self._is_whole_grid(name, question) or (isinstance(question, Counts) and isinstance(value, dict)):
            self._parts(name, question, value, place)
            return
        if isinstance(value, list):
            if not isinstance(question, Multiple):
                self._refuse(name, value, "AIM305", {"name": str(value)[:200]}, place)
                return
            self._ticks(name, question, value, place)
            return
        if isinstance(value, dict):
            self._refuse(name, value, "AIM305", {"name": str(value)[:200]}, place)
            return
        self._take(name, question, _cell(value), place)

    def _take(self, name: str, question: Any, raw: str, place: DataPath) -> None:
        meaning = Interpreter(self.questionnaire, name, question)(raw)
        if meaning.code is not None:
            self._refuse(name, raw, meaning.code, dict(meaning.facts), place)
            return
        self._put(name, question, meaning)

    def _put(self, name: str, question: Any, meaning: Meaning) -> None:
        self.filled.state[name][0] = meaning.state
        if isinstance(question, FreeText | Date):
            self.filled.text[name][0] = meaning.text  # type: ignore[index]
        elif meaning.value is not None:
            self.filled.value[name][0] = meaning.value

    def _ticks(self, name: str, question: Multiple, value: list[Any], place: DataPath) -> None:
        interpret, mask = Interpreter(self.questionnaire, name, question), 0
        for index, part in enumerate(value):
            meaning = interpret(_cell(part))
            if meaning.code is not None or meaning.state is not State.ANSWERED:
                facts = dict(meaning.facts) or {"name": str(part)[:200]}
                self._refuse(name, value, meaning.code or "AIM305", facts, (*place, index))
                return
            mask |= int(meaning.value or 0)
        checked = interpret.checked(mask)
        if checked.code is not None:
            self._refuse(name, value, checked.code, dict(checked.facts), place)
        else:
            self._put(name, question, checked)

    def _parts(self, name: str, question: Any, value: Any, place: DataPath) -> None:
        """The rows of a grid, or the numbers of a counts question."""
        parts = [p.id for p in (question.rows if isinstance(question, Grid) else question.parts)]
        if not isinstance(value, dict):
            self._refuse(name, value, "AIM305", {"name": str(value)[:200]}, place)
            return
        for key in value:
            if key not in parts:
                facts = {"name": str(key)[:200], "question": name, "near": near(str(key), parts)}
                self.problems.append(problem("AIM108", self.source.key_at((*place, key)), **facts))
        if isinstance(question, Grid):
            for key in parts:
                if key in value:
                    self._take(f"{name}.{key}", question, _cell(value[key]), (*place, key))
            return
        meanings = self._numbers(name, question, value, place)
        states = {meaning.state for meaning in meanings.values()}
        if states == {State.ANSWERED}:
            self.filled.state[name][0] = State.ANSWERED
        elif State.DONT_KNOW in states:
            self.filled.state[name][0] = State.DONT_KNOW
        elif all(meaning == NOTHING for meaning in meanings.values()):
            return  # a form that nobody has filled in
        elif any(meaning.code is None and meaning.state is State.BLANK for meaning in meanings.values()):
            lacking = ", ".join(k for k, m in meanings.items() if m.state is State.BLANK)
            self.problems.append(problem("AIM311", self.source.at(place), question=name, names=lacking))
            self._keep_raw(name, str(value))

    def _numbers(self, name: str, question: Counts, value: dict[str, Any], place: DataPath) -> dict[str, Meaning]:
        """Puts the numbers of a counts question into the table; part -> what was read."""
        meanings = {}
        for part in (part.id for part in question.parts):
            raw = _cell(value.get(part))
            meaning = meanings[part] = Interpreter(self.questionnaire, name, question)(raw)
            if meaning.code is not None:
                self._refuse(name, raw, meaning.code, dict(meaning.facts), (*place, part))
            self.filled.value[f"{name}.{part}"][0] = np.nan if meaning.value is None else meaning.value
        return meanings

    def _refuse(self, name: str, raw: Any, code: str, facts: dict[str, str], place: DataPath) -> None:
        self.problems.append(problem(code, self.source.at(place), **facts))
        self._keep_raw(name, str(raw))

    def _keep_raw(self, name: str, raw: str) -> None:
        old = self.details.get(name, Detail())
        fields = {key: getattr(old, key) for key in Detail.__dataclass_fields__}
        self.details[name] = Detail(**(fields | {"raw": masked(raw[:200])}))

    def _company(self) -> Company:
        given = self.file.company
        name = masked(given.name, slips=True) if given.name else None
        number = self._number(given)
        own = str(given.id) if given.id is not None else None
        if own is not None and is_personal_number(own):
            self.problems.append(problem("AIM313", self.source.at(("company", "id"))))
            own = None
        return Company(
            id=own or number or name or self.path.stem,
            name=name,
            organisationsnummer=number,
            date=self._day(),
            occasion=self.file.occasion,
            voice=self.file.voice,
            adviser=self.file.adviser,
            present=self.file.present,
            language=self.file.language,
            source_file=self.path.name,
        )

    def _number(self, given: CompanyIn) -> str | None:
        if given.organisationsnummer is None:
            return None
        raw, at = str(given.organisationsnummer), self.source.at(("company", "organisationsnummer"))
        if looks_personal(raw):
            self.problems.append(problem("AIM313", at))
            return None
        number = organisation_number(raw)
        if number is None:
            self.problems.append(problem("AIM312", at, name=raw[:40]))
        return number

    def _day(self) -> str | None:
        day = self.file.date
        if day is not None and not re.match(r"\d{4}-\d{2}-\d{2}\Z", day):
            self.problems.append(problem("AIM322", self.source.at(("date",)), name=day[:40]))
            return None
        return day


def _cell(value: Any) -> str:
    """A YAML scalar as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
