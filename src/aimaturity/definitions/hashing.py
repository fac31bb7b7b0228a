"""Content hashes: what a definition says, whatever its file looks like."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel


def content_hash(definition: BaseModel) -> str:
    """`sha256:...` of the definition as canonical JSON.

    Comments, formatting, the order of mapping keys and defaults written out don't change it; the order of lists does.
    Defaults are left out, so that a new field with a default in a later version leaves old hashes as they are.
    """
    content = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()
