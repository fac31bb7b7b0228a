"""What makes the page one safe file: its one style sheet, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from aimaturity.definitions.colour import lightened
from aimaturity.definitions.library import bundled_folder
from aimaturity.report.templates import Templates
from aimaturity.report.view import Chart
from aimaturity.report.words import Words
from aimaturity.responses.clean import clean

LINE = 72
"""Characters of the title that fit at the foot of a printed page."""
ALLOWED = "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


WEIGHTS = (400, 600, 700)
LEAST_DARK = 7.5
DARK_GROUND = "#15191d"
"""The page in the dark scheme, from which a programme's colour must stand out."""


@dataclass(frozen=True)
class PageHead:
    """What a page says of itself.

    title    as browsers show it, and at the foot of printed pages
    created  the day of what it is made of, YYYY-MM-DD: what a PDF says it was made
    colour   the programme's own, `#rrggbb`
    """

    language: str
    title: str
    created: str | None = None
    colour: str | None = None


def page(templates: Templates, name: str, head: PageHead, told: Words, styles: Sequence[str] = (), **given: Any) -> str:
    """A whole page as one safe file that holds all it shows; the same in, the same bytes out.

    name    of its template, without its ending: `company/report`. It extends `shared/page.html.j2`
    styles  folders of the style sheets that it has besides the one of all pages
    given   what the template shows, besides `w` (the words) and `draw` (a chart as SVG)
    raises  TemplateFault where a user's template can't be used
    """

    def drawn(chart: Chart, narrow: bool = False) -> Markup:
        return templates.draw(chart, head.colour, narrow)

    sheet = style(templates.style(*styles), head, told)
    return whole(templates, name, head, told, sheet, draw=drawn, **given)


def whole(templates: Templates, name: str, head: PageHead, told: Words, sheet: str, **given: Any) -> str:
    """A whole page with a style sheet that is ready: what `page` does last."""
    about = {"head": head, "w": told, "style": Markup(sheet), "policy": policy(sheet)}
    return templates.render("html", page=name, **about, **given) + "\n"


@cache
def fonts() -> str:
    """Inter in three weights, inside the style sheet."""
    folder = bundled_folder("report_templates") / "fonts"
    faces = []
    for weight in WEIGHTS:
        data = base64.b64encode((folder / f"inter-{weight}.woff2").read_bytes()).decode("ascii")
        source = f'url("data:font/woff2;base64,{data}") format("woff2")'
        faces.append(f'@font-face{{font-family:"Inter";font-weight:{weight};font-style:normal;src:{source}}}')
    return "\n".join(faces)


def _colours(colour: str | None) -> str:
    """The programme's own colour in place of the blue: as it is on white, lightened in the dark."""
    if colour is None:
        return ""
    light = lightened(colour, DARK_GROUND, LEAST_DARK)
    return f":root{{--blue:{colour}}}\n@media screen and (prefers-color-scheme: dark){{:root{{--blue:{light}}}}}\n"


def style(sheet: str, head: PageHead, words: Words) -> str:
    """The style sheet with fonts and colours, and the running words of printed pages in the page's language."""
    before, between = words.at("page.numbers")
    footer = (
        "@page{"
        f"@bottom-left{{content:{css_string(_short(head.title))}}}"
        f"@bottom-right{{content:{css_string(before)} counter(page) {css_string(between)} counter(pages)}}"
        "}"
    )
    return f"\n{fonts()}\n{sheet.strip()}\n{_colours(head.colour)}{footer}\n"


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
