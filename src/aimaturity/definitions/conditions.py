"""Conditions as data. They are read, never evaluated as code.

A condition is `all`, `any` or `not` of others, or one atom about a question, an item or a node. How an atom
turns out for missing, hidden and not applicable answers is the business of `aimaturity.scoring.conditions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from aimaturity.definitions.base import Id, Model, Reference

Threshold = str | int | float
StateName = Literal["answered", "dont_know", "not_applicable", "hidden", "blank"]


class All(Model):
    """True when each of its conditions is."""

    all: tuple[Condition, ...] = Field(min_length=1, description="Each of these must hold.")


class AnyOf(Model):
    """True when at least one of its conditions is."""

    any: tuple[Condition, ...] = Field(min_length=1, description="At least one of these must hold.")


class Not(Model):
    """True when its condition is false; unknown stays unknown."""

    not_: Condition = Field(alias="not", description="The condition that must not hold.")


class _Atom(Model):
    @model_validator(mode="after")
    def _says_one_thing(self) -> Any:
        tests = [name for name in type(self).model_fields if name not in {"question", "item", "node"}]
        said = [name for name in tests if getattr(self, name) is not None]
        if len(said) != 1:
            names = ", ".join(name.rstrip("_") for name in tests)
            raise ValueError(f"says exactly one of {names}")
        return self


class QuestionAtom(_Atom):
    """A test on the answer to one question, or to one part of it (`question.part`)."""

    question: Reference = Field(description="The question, or question.part.")
    is_: str | float | tuple[str, ...] | None = Field(
        None, alias="is", description="This option (one of these, if a list); for a multiple question: it is ticked."
    )
    at_least: Threshold | None = Field(
        None, description="This step of the ladder or a later one (option id or position from 0); or a number."
    )
    below: Threshold | None = Field(
        None, description="An earlier step of the ladder than this one (option id or position from 0); or a number."
    )
    answered: Literal[True] | None = Field(None, description="There is a valid answer.")
    state: StateName | None = Field(None, description="The answer is in this state.")


class ItemAtom(_Atom):
    """A test on the points that a question's answer gives."""

    item: Reference = Field(description="The question (or question.part) whose points are tested.")
    at_least: float | None = Field(None, description="At least so many points.")
    below: float | None = Field(None, description="Fewer points than this.")


class NodeAtom(_Atom):
    """A test on the score or level of a node of the scoring model."""

    node: Id = Field(description="The node.")
    at_least: float | None = Field(None, description="Its score is at least this.")
    below: float | None = Field(None, description="Its score is below this.")
    level_at_least: int | None = Field(None, description="Its level is at least this.")


def _kind(value: Any) -> str:
    names = {"all": "all", "any": "any", "not": "not", "not_": "not", "item": "item", "node": "node"}
    if isinstance(value, dict):
        return next((names[key] for key in names if key in value), "question")
    kinds: dict[type, str] = {All: "all", AnyOf: "any", Not: "not", ItemAtom: "item", NodeAtom: "node"}
    return kinds.get(type(value), "question")


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[QuestionAtom, Tag("question")]
    | Annotated[ItemAtom, Tag("item")]
    | Annotated[NodeAtom, Tag("node")],
    Discriminator(_kind),
]
Atom = QuestionAtom | ItemAtom | NodeAtom

Path = tuple[str | int, ...]


def atoms(condition: Condition, path: Path = (), positive: bool = True) -> Iterator[tuple[Atom, Path, bool]]:
    """Every atom of a condition, with its place below `path` and whether its truth helps the whole to be true."""
    if isinstance(condition, All | AnyOf):
        key = "all" if isinstance(condition, All) else "any"
        for index, part in enumerate(condition.all if isinstance(condition, All) else condition.any):
            yield from atoms(part, (*path, key, index), positive)
    elif isinstance(condition, Not):
        yield from atoms(condition.not_, (*path, "not"), not positive)
    else:
        yield condition, path, positive


for _model in (All, AnyOf, Not):
    _model.model_rebuild()
