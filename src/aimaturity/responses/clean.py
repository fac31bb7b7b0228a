"""Text that people typed, made safe to show: no control characters, no hidden change of direction."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # direction: embeddings, overrides, isolates
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)


def clean(text: str) -> str:
    """The text with what can't be seen but changes how it reads made visible (`\ufffd`); line breaks are kept."""
    return UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
