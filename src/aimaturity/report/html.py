"""What makes the page one safe file: its one style sheet, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

from aimaturity.report.view import ReportView
from aimaturity.report.words import Words
from aimaturity.responses.clean import clean

LINE = 72
"""Characters of the title that fit at the foot of a printed page."""
ALLOWED = "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


def style(sheet: str, view: ReportView, words: Words) -> str:
    """The style sheet, and the running words of printed pages in the report's language."""
    before, between = words.at("page.numbers")
    footer = (
        "@page{"
        f"@bottom-left{{content:{css_string(_short(view.title))}}}"
        f"@bottom-right{{content:{css_string(before)} counter(page) {css_string(between)} counter(pages)}}"
        "}"
    )
    return f"\n{sheet.strip()}\n{footer}\n"


def policy(style_text: str) -> str:
    """A Content-Security-Policy under which only this very style sheet is read, and nothing is fetched or run."""
    digest = base64.b64encode(hashlib.sha256(style_text.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; {ALLOWED}"


def _short(text: str) -> str:
    """On one line, and short enough for it."""
    line = " ".join(clean(text).split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


def css_string(text: str) -> str:
    """The text as a CSS string; whatever could end the string or the sheet is written as a code."""
    return '"' + re.sub(r"[^A-Za-z0-9 .,:&\u00c0-\u024f\u2013-]", lambda c: f"\\{ord(c.group()):06x}", text) + '"'
