"""Content hashes: what a definition says, whatever its file looks like."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel


def canonical_json(definition: BaseModel) -> str:
    """The definition as JSON that is the same for the same content; its model reads it back equal.

    Comments, formatting, the order of mapping keys and defaults written out don't change it; the order of lists does.
    Defaults are left out, so that a new field with a default in a later version leaves old hashes as they are.
    """
    content = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(definition: BaseModel) -> str:
    """`sha256:...` of the definition's canonical JSON."""
    return "sha256:" + hashlib.sha256(canonical_json(definition).encode("utf-8")).hexdigest()
