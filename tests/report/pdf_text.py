"""The text of a PDF, in the order in which it is drawn, without what depends on where lines and pages end."""

from __future__ import annotations

import io
import re

from pdfminer.high_level import extract_text

FOOT = re.compile(r"^(?:Sida \d+ av \d+|Page \d+ of \d+)$", re.MULTILINE)


def text_of(data: bytes) -> str:
    """Lines as extracted, without page numbers."""
    return FOOT.sub("", extract_text(io.BytesIO(data)).replace("\f", "\n"))


def squashed(text: str) -> str:
    """The letters and digits alone: the same however the text is broken into lines and pages."""
    return re.sub(r"[\W_]+", "", text)
