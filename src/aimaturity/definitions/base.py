"""What every definition is made of: frozen strict models, ids, and texts in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, RootModel, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
ANY_LANGUAGE = "*"
"""The key under which a text given as a plain string stands: the same words in every language."""

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""Names one thing inside a definition: lower-case letters, digits and underscores."""

DefinitionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=80)]
"""Names a whole definition (questionnaire, scoring model, programme); hyphens are allowed."""

Reference = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=161)]
"""A question, or `question.part` for one row of a grid or one number of a counts question."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Version = Annotated[str, Field(pattern=r"^\d+(\.\d+){0,3}$", max_length=40)]

MISSING_STATES = ("dont_know", "blank")
STATES = ("answered", "dont_know", "not_applicable", "hidden", "blank")
"""The five answer states, kept apart everywhere."""

IDENTITY_HEADINGS = frozenset(
    {
        "id", "company_id", "company", "name", "organisationsnummer", "respondent", "submitted",
        "source_file", "source_row", "date", "occasion", "voice", "adviser", "language", "level",
        "level_low", "level_high",
    }
)  # fmt: skip
"""Headings that say who answered and when, or that `score` writes; no question or node may be called so."""

COLUMN_ENDINGS = ("_low", "_high", "_coverage", "_level")
"""What `score` appends to a node's id; a node id may not end so."""


class Model(BaseModel):
    """Base of all definitions: unknown keys are refused, values are not converted, nothing changes after loading."""

    # A model inside another is built with it: building each by itself too would take half of a short run's start.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True)


def unfit(english: str, swedish: str) -> PydanticCustomError:
    """What a model's validator raises where its values don't fit together; said in whole clauses."""
    return PydanticCustomError("AIM134", "{said_en}", {"said_en": english, "said_sv": swedish})


class Text(RootModel[Annotated[dict[str, str], Field(min_length=1)]]):
    """Words in one or more languages: `{sv: "...", en: "..."}`, or a plain string that serves in all of them."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _plain_string_serves_all(cls, value: Any) -> Any:
        return {ANY_LANGUAGE: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The mapping or the plain string; pydantic knows nothing of what a validator lets in."""
        mapping = handler.resolve_ref_schema(handler(core))
        described = {key: mapping.pop(key) for key in ("title", "description") if key in mapping}
        either: JsonSchemaValue = {"anyOf": [dict(mapping), {"type": "string"}]}
        mapping.clear()
        mapping.update(described | either)
        return mapping

    def __getitem__(self, language: str) -> str:
        """The words in `language`, else the ones that serve in all, else in the first language given."""
        words = self.root
        return words.get(language) or words.get(ANY_LANGUAGE) or next(iter(words.values()), "")

    def languages(self) -> Iterator[str]:
        """The languages that this text is written in; `*` for a plain string."""
        return iter(self.root)

    def as_dict(self, languages: tuple[str, ...]) -> dict[str, str]:
        """The words by language, for each of `languages`."""
        return {language: self[language] for language in languages}

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))
