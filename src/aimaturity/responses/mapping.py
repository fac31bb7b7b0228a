"""Mapping files: what the columns and cells of one survey's exports mean, where they don't say so themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import Field

from aimaturity.definitions.base import STATES, Model
from aimaturity.definitions.diagnostics import Diagnostic, Position, has_errors, problem
from aimaturity.definitions.questionnaire import Counts, Multiple, Questionnaire, Single
from aimaturity.definitions.validation import Salvage, near, validate
from aimaturity.definitions.yaml_source import read_source
from aimaturity.definitions.yaml_text import yaml_text
from aimaturity.responses.normalise import normalise
from aimaturity.responses.targets import DETAILS, IDENTITY, Target
from aimaturity.responses.tools.layout import Layout

IGNORE = "ignore"


class ColumnRule(Model):
    """What one column holds."""

    column: int = Field(ge=1, description="Its position, from 1.")
    heading: str = Field(description="What it is headed; checked against the file.")
    to: str | None = Field(
        None,
        description="question, question.part, question=option, question.comment, identity:field, or ignore; "
        "null leaves it to the program.",
    )
    suggestion: str | None = Field(None, description="What it may be; never applied.")
    samples: tuple[str, ...] = Field((), description="Some of its cells.")


class ValueRule(Model):
    """What one cell means in answer to one question."""

    question: str = Field(description="The question, or question.part for a row of a grid.")
    cell: str = Field(description="What stands in the cell.")
    to: str | None = Field(None, description="Option id, or dont_know, not_applicable or blank; null leaves it unread.")
    suggestion: str | None = Field(None, description="What it may be; never applied.")
    count: int | None = Field(None, description="How many such cells there were.")


class Mapping(Model):
    """A mapping file."""

    mapping: str = Field(description="The questionnaire's id.")
    source: str | None = Field(None, description="The tool whose export it is.")
    shape: str | None = Field(None, description="Names the file's headings, so that the mapping is found again.")
    columns: tuple[ColumnRule, ...] = Field((), description="A rule a column.")
    values: tuple[ValueRule, ...] = Field((), description="A rule a cell that the program couldn't read.")

    def values_of(self, variable: str) -> dict[str, str]:
        """Cell, normalised -> option id or state, for one question or row of a grid."""
        names = (variable, variable.partition(".")[0])
        return {normalise(rule.cell): rule.to for rule in self.values if rule.to is not None and rule.question in names}

    def given(
        self, layout: Layout, questionnaire: Questionnaire, file: str, row: int
    ) -> tuple[dict[int, Target | None], list[Diagnostic]]:
        """Column -> what it holds, as the mapping says; and rules that don't fit this file."""
        found: dict[int, Target | None] = {}
        notes: list[Diagnostic] = []
        for rule in self.columns:
            if rule.to is None:
                continue
            position = rule.column - 1
            headings = [heading.texts[0] if heading.texts else "" for heading in layout.headings]
            if position >= len(headings) or normalise(headings[position]) != normalise(rule.heading):
                places = [k for k, text in enumerate(headings) if normalise(text) == normalise(rule.heading)]
                if len(places) != 1:
                    notes.append(problem("AIM354", Position(file, row), name=rule.heading[:200], column=rule.column))
                    continue
                position = places[0]
            found[position] = target_of(rule.to, questionnaire)
        return found, notes


def target_of(name: str, questionnaire: Questionnaire) -> Target | None:
    """What a rule's `to` names; None for `ignore`. KeyError where it names nothing."""
    if name == IGNORE:
        return None
    if name.startswith("identity:"):
        field = name.removeprefix("identity:")
        if field not in IDENTITY:
            raise KeyError(name)
        return Target("identity", field)
    variables = dict(questionnaire.variables())
    reference, _, chosen = name.partition("=")
    if chosen:
        question = questionnaire.questions[reference]
        if not isinstance(question, Multiple | Single):
            raise KeyError(name)
        if chosen == "other":
            ids = [option.id for option in questionnaire.options_of(question)]
            if "other" not in ids:
                return Target("write_in", name, reference)
        place = [option.id for option in questionnaire.options_of(question)].index(chosen)
        return Target("tick", name, reference, option=place)
    if reference in variables:
        if isinstance(variables[reference], Counts):
            raise KeyError(name)
        return Target("value", reference, reference)
    under, _, part = reference.rpartition(".")
    if part in DETAILS and under in variables:
        return Target("detail", part, under)
    if part == "write_in" and isinstance(questionnaire.questions.get(under), Multiple | Single):
        return Target("write_in", f"{under}=other", under)
    question = questionnaire.questions[under]
    if isinstance(question, Counts) and part in [one.id for one in question.parts]:
        return Target("value", reference, under, part)
    raise KeyError(name)


def target_names(questionnaire: Questionnaire) -> list[str]:
    """Everything that a rule's `to` may say."""
    names = [IGNORE, *(f"identity:{field}" for field in IDENTITY)]
    for variable, question in questionnaire.variables():
        if isinstance(question, Counts):
            names += [f"{variable}.{part.id}" for part in question.parts]
            continue
        names += [variable]
        if isinstance(question, Multiple | Single):
            names += [f"{variable}={option.id}" for option in questionnaire.options_of(question)]
    return names


def load_mapping(path: Path, questionnaire: Questionnaire) -> tuple[Mapping | None, list[Diagnostic]]:
    """A mapping file, checked against the questionnaire; all problems at once, each at its line."""
    source, problems = read_source(path)
    if source is None:
        return None, problems
    salvage: Salvage[Mapping] = validate(source, Mapping)
    problems = [*problems, *salvage.diagnostics]
    mapping = salvage.model
    if mapping is None:
        return None, problems
    if mapping.mapping != questionnaire.questionnaire:
        facts = {"name": mapping.mapping, "wanted": questionnaire.questionnaire}
        problems.append(problem("AIM324", salvage.at(("mapping",)), **facts))
    names = target_names(questionnaire)
    for index, rule in enumerate(mapping.columns):
        try:
            if rule.to is not None:
                target_of(rule.to, questionnaire)
        except (KeyError, ValueError):
            at = salvage.at(("columns", index, "to"))
            problems.append(problem("AIM353", at, name=rule.to, near=near(str(rule.to), names)))
    problems += _value_problems(mapping, questionnaire, salvage)
    return (None if has_errors(problems) else mapping), problems


def _value_problems(mapping: Mapping, questionnaire: Questionnaire, salvage: Salvage[Mapping]) -> Iterable[Diagnostic]:
    variables = dict(questionnaire.variables()) | questionnaire.questions
    for index, rule in enumerate(mapping.values):
        question = variables.get(rule.question)
        if question is None:
            place = salvage.at(("values", index, "question"))
            yield problem("AIM107", place, name=rule.question, near=near(rule.question, variables))
            continue
        options = [option.id for option in questionnaire.options_of(question)]
        if options and rule.to is not None and rule.to not in (*options, *STATES):
            at = salvage.at(("values", index, "to"))
            yield problem("AIM101", at, name=rule.to, near=near(rule.to, (*options, *STATES)))


def shape_of(layout: Layout) -> str:
    """A name for a file's headings: the same for each export of the same survey."""
    headings = [[*heading.texts, *heading.part, heading.role] for heading in layout.headings]
    return sha256(json.dumps([layout.tool, headings]).encode()).hexdigest()[:16]


def to_yaml(mapping: Mapping, comments: Iterable[str] = ()) -> str:
    """The file's text, to be edited by hand."""
    data = mapping.model_dump()
    for name in ("columns", "values"):
        data[name] = [_short(rule) for rule in data[name]]
    body = yaml_text(data, width=120)
    return "".join(f"# {line}\n" for line in comments) + body


def _short(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule without what it doesn't say; `to` always, so that it can be filled in."""
    kept = {key: value for key, value in rule.items() if key == "to" or value not in (None, ())}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()}
