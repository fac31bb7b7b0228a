"""Checks of a condition: that it names what exists and compares what can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from aimaturity.definitions.conditions import Condition, ItemAtom, NodeAtom, QuestionAtom, atoms
from aimaturity.definitions.questionnaire import Counts, Date, FreeText, Grid, Multiple, Number, Questionnaire
from aimaturity.definitions.validation import near
from aimaturity.definitions.yaml_source import DataPath

Found = tuple[str, DataPath, dict[str, Any], str | None]
"""Code, place, facts, and the name it is about."""


class Scope:
    """What references in a questionnaire can name."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.variables = dict(questionnaire.variables())
        self.parts = {
            f"{q.id}.{part.id}": q
            for q in questionnaire.questions.values()
            if isinstance(q, Counts)
            for part in q.parts
        }

    def question(self, reference: str) -> Any:
        """The question that a reference is about, or None."""
        return self.variables.get(reference) or self.parts.get(reference)

    def unknown(self, reference: str, path: DataPath) -> Iterator[Found]:
        """Why a reference names nothing."""
        name, _, part = reference.partition(".")
        question = self.questionnaire.questions.get(name)
        if question is None:
            yield "AIM107", path, {"name": name, "near": near(name, self.questionnaire.questions)}, name
        elif not part:
            yield "AIM126", path, {"name": name}, None  # a grid as a whole
        else:
            parts = (
                question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()
            )
            facts = {"name": part, "question": name, "near": near(part, [p.id for p in parts])}
            yield "AIM108", path, facts, part

    def read_by(self, condition: Condition, path: DataPath) -> Iterator[tuple[str, DataPath]]:
        """Ids of the questions that a condition reads, with the atom's place."""
        for atom, place, _ in atoms(condition, path):
            if isinstance(atom, QuestionAtom):
                yield atom.question.partition(".")[0], place


def condition_findings(
    condition: Condition, path: DataPath, scope: Scope, nodes: Collection[str] | None
) -> Iterator[Found]:
    """What is wrong with a condition. `nodes`: the model's nodes; None where only questions may be read."""
    for atom, place, _ in atoms(condition, path):
        if isinstance(atom, QuestionAtom):
            question = scope.question(atom.question)
            if question is None:
                yield from scope.unknown(atom.question, (*place, "question"))
            else:
                yield from _question_findings(atom, question, place, scope)
        elif nodes is None:
            yield "AIM127", place, {}, None
        elif isinstance(atom, NodeAtom):
            if atom.node not in nodes:
                yield "AIM128", (*place, "node"), {"name": atom.node, "near": near(atom.node, nodes)}, atom.node
        elif isinstance(atom, ItemAtom) and atom.item not in scope.variables:
            yield from scope.unknown(atom.item, (*place, "item"))


def _question_findings(atom: QuestionAtom, question: Any, place: DataPath, scope: Scope) -> Iterator[Found]:
    for key, alias in (("is_", "is"), ("at_least", "at_least"), ("below", "below")):
        value = getattr(atom, key)
        if value is None:
            continue
        path = (*place, alias)
        if isinstance(question, FreeText | Date) or (isinstance(question, Multiple) and alias != "is"):
            yield "AIM116", path, {"test": alias, "kind": question.kind}, None
        elif isinstance(question, Number | Counts):
            yield from _number_findings(value, question, path, alias, atom.question in scope.parts)
        else:
            yield from _option_findings(value, question, path, alias, scope)


def _number_findings(value: Any, question: Any, path: DataPath, alias: str, is_part: bool) -> Iterator[Found]:
    if not isinstance(value, int | float):
        yield "AIM116", path, {"test": f"{alias}: {value}", "kind": question.kind}, None
        return
    times = 1 if is_part or isinstance(question, Number) else len(question.parts)
    low, high = question.minimum * times, question.maximum * times
    if not low <= value <= high:
        yield "AIM129", path, {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"}, None


def _option_findings(value: Any, question: Any, path: DataPath, alias: str, scope: Scope) -> Iterator[Found]:
    options = scope.questionnaire.options_of(question)
    names = [option.id for option in options]
    if not names:
        return
    if isinstance(value, int | float):
        if alias == "is" or value != int(value):
            yield "AIM116", path, {"test": f"{alias}: {value:g}", "kind": question.kind}, None
        elif not 0 <= value < len(names):
            yield "AIM129", path, {"value": f"{value:g}", "low": "0", "high": str(len(names) - 1)}, None
        return
    wanted = value if isinstance(value, tuple) else (value,)
    for index, name in enumerate(wanted):
        if name not in names:
            place = (*path, index) if isinstance(value, tuple) else path
            yield "AIM101", place, {"name": name, "near": near(name, names)}, name
