"""What documents are made of, and how they become text."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict

Words = dict[str, str]
"""A text by language, for every language of the questionnaire."""


class Part(BaseModel):
    """Base of a document and its parts: frozen, unknown keys refused, every number finite."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


def dumps(document: Part, indent: int | None = 1) -> str:
    """The document as JSON: keys in the model's order, floats to 12 decimals, one newline at the end of pretty ones."""
    data = _rounded(document.model_dump(mode="json", by_alias=True))
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    return text + ("\n" if indent else "")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 12) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
