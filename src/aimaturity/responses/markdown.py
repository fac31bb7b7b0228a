"""Words put into Markdown so that they stay words."""

from __future__ import annotations

import re
from typing import Any

from aimaturity.responses.clean import clean

SPACE = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
"""What may not break a line; no-break spaces stay."""
ANYWHERE = re.compile(r"[\\`*\[\]|~$]")
BRACKETS = {"<": "&lt;", ">": "&gt;"}
"""Not every renderer takes a backslash before these; all take the entity."""
AT_START = re.compile(r"^([-+#=:])")
NUMBERED = re.compile(r"^(\d+)([.)])")
EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
ENTITY = re.compile(r"&(?=#?\w+;)")
ADDRESS = re.compile(r"\b(https?|ftp)(?=:)|\b(www)(?=\.)", re.IGNORECASE)
MAIL = re.compile(r"(?<=[\w.+-])@(?=\w)")


def escape(value: Any) -> str:
    """A value as Markdown text on one line: nothing in it is markup, a link or a new cell wherever it is put."""
    text = SPACE.sub(" ", clean(str(value))).strip()
    text = ENTITY.sub("&amp;", text)
    text = ANYWHERE.sub(r"\\\g<0>", text)
    text = EDGE_UNDERSCORE.sub(r"\\_", text)
    for character, entity in BRACKETS.items():
        text = text.replace(character, entity)
    text = NUMBERED.sub(r"\1\\\2", AT_START.sub(r"\\\1", text))
    return MAIL.sub(r"\\@", ADDRESS.sub(_broken, text))


def _broken(match: re.Match[str]) -> str:
    """The address with a backslash where renderers look for a link."""
    return match.group(0) + "\\"
