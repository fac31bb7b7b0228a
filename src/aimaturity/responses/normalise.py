"""Comparing what people and survey tools write: headings, options, numbers."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|small|span|strong|sub|sup|u)\b[^<>]{0,400}>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,400}>")
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("’‘´`", "'"), **dict.fromkeys("”“„", '"'), **dict.fromkeys("–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007", " "), **dict.fromkeys("\0\u00ad\u200b\ufeff", ""),
    }
)  # fmt: skip
_NUMBERING = re.compile(
    r"^(?:(?:q|f|fr|fråga|question|nr|no)\s*\.?\s*)?\(?\d{1,3}(?:\.\d{1,3})*"
    r"(?:[.):]\s+|[.):](?=[^\W\d])|\s+[-:]\s+|\s+)"
)
"""`3. `, `3) `, `3.`, `1.2 `, `3 - `, `Q3. `, `Fråga 3: `: what a survey tool, or somebody, puts before a question."""
_REQUIRED = re.compile(r"\s*(?:\*+|\((?:obligatorisk|obligatoriskt|required|mandatory|valfri|valfritt|optional)\))\Z")
_STEP = re.compile(r"^(?:\(?(?:\d{1,2}|[a-zåäö])[.):]\s*|\d{1,2}\s+[-=]\s+)(?=[^\d\s])(?=.*[^\W\d_])")


def plain_text(text: str) -> str:
    """The text without HTML, odd spaces and typographic variants."""
    text = html.unescape(_TAGS.sub(" ", _INLINE.sub("", text))) if "<" in text or "&" in text else text
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_QUOTES)).strip()


@lru_cache(maxsize=100_000)
def normalise(text: str) -> str:
    """`plain_text`, case-folded, without end punctuation."""
    text = plain_text(text).casefold()
    return text.rstrip(" .:;") if len(text) > 1 else text


def without_marks(text: str) -> str:
    """A normalised heading without the number before it and the mark of a question that must be answered behind it."""
    return _NUMBERING.sub("", _REQUIRED.sub("", text)).rstrip(" .:;")


def without_step(text: str) -> str:
    """A normalised answer without the number or letter of its step: `2. `, `b) `, `2 = `. An answer that holds no
    letter, such as `1 - 5`, is left."""
    return _STEP.sub("", text)


_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?\Z")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+\Z")
_SWEDISH = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+\Z")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}\Z")


def number(raw: str) -> float | None:
    """The number that a cell holds: `1 234`, `12,5`, `12.5`, `1,234.5`, `1.234,5`. None where it holds none.

    A single comma or point is a decimal mark, except before exactly three digits after one to three: `1,234` may be
    either, and is not guessed.
    """
    text = _SPACE.sub(" ", raw.translate(_QUOTES)).strip()
    if _GROUPED.match(text):
        text = text.replace(" ", "")
    elif _ENGLISH.match(text):
        text = text.replace(",", "")
    elif _SWEDISH.match(text):
        text = text.replace(".", "")
    elif not (_PLAIN.match(text) or _SCIENTIFIC.match(text)) or is_ambiguous(text):
        return None
    return float(text.replace(",", "."))


def is_ambiguous(raw: str) -> bool:
    """Whether a number may mean thousands or thousandths: `1,234`, `12.500`."""
    return re.match(r"[+-]?[1-9]\d{0,2}[.,]\d{3}\Z", raw.strip()) is not None
