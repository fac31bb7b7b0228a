"""Charts: Vega-Lite specs of `report_templates/charts`, filled with the view's data and drawn as SVG.

A spec is compiled once; drawing puts the data into the compiled one, so that the same data gives the same bytes. A
spec holds no words: they come with the data, in the report's language. What may not be in a report is taken out or
refused: references outside, styles, names in a language of Vega's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from aimaturity.definitions.library import bundled_folder
from aimaturity.report.view import Chart
from aimaturity.responses.clean import clean

VEGA_LITE = "6.4"
ENDING = ".vl.json"
UNWANTED = re.compile(r' (?:xmlns:xlink|aria-roledescription|aria-hidden|role|version|pointer-events)="[^"]*"')
"""What Vega says of itself, in English, and what nobody needs: the drawing has one name, put in here."""
EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]* d="(?:M0,0h0v0h0Z)?"[^>]*/>')
FORBIDDEN = re.compile(r"<style|<script|<image|<a[ >]| style=| href=| xlink:href=|url\(", re.IGNORECASE)
OUTSIDE = {"url", "href", "image", "loader", "sequence"}


class ChartFault(ValueError):
    """A spec can't be drawn; the text says why."""


@dataclass(frozen=True)
class Spec:
    """One compiled spec.

    vega    the compiled chart, to be filled
    narrow  what differs on a phone: width, padding, signals; None where it is drawn in one width alone
    """

    vega: Mapping[str, Any]
    narrow: Mapping[str, Any] | None

    def drawn(self, data: Mapping[str, Any], signals: Mapping[str, Any], narrow: bool) -> str:
        """The SVG. Raises ChartFault."""
        vega = dict(self.vega)
        if narrow and self.narrow:
            vega |= {key: self.narrow[key] for key in ("width", "padding") if key in self.narrow}
            signals = {**signals, **self.narrow.get("signals", {})}
        vega["data"] = [
            {"name": part["name"], "values": data[part["name"]]} if part["name"] in data else part
            for part in self.vega.get("data", [])
        ]
        vega["signals"] = [
            {"name": signal["name"], "value": signals[signal["name"]]} if signal["name"] in signals else signal
            for signal in self.vega.get("signals", [])
        ]
        import vl_convert

        try:
            return str(vl_convert.vega_to_svg(vega, allowed_base_urls=[]))
        except (ValueError, RuntimeError) as fault:
            raise ChartFault(_first_line(fault)) from fault


def read_spec(path: Path) -> Spec:
    """A spec, compiled. Raises ChartFault for one that can't be, or that reaches outside; OSError."""
    try:
        source = json.loads(path.read_bytes().decode("utf-8-sig"))
    except ValueError as fault:
        raise ChartFault(str(fault)) from fault
    if not isinstance(source, dict) or not isinstance(source.get("datasets"), dict):
        raise ChartFault("a chart names its data under 'datasets'")
    reached = sorted(set(_keys(source)) & OUTSIDE)
    if reached:
        raise ChartFault(f"a chart may not use {', '.join(reached)}: reports hold all that they show")
    narrow = source.pop("usermeta", {}).get("narrow")
    import vl_convert

    _fonts()
    try:
        vega = vl_convert.vegalite_to_vega(source, vl_version=VEGA_LITE)
    except (ValueError, RuntimeError) as fault:
        raise ChartFault(_first_line(fault)) from fault
    return Spec(vega, narrow)


_WIDE = re.compile("[\U00010000-\U0010ffff]")


def _drawn(text: str) -> str:
    """A text as charts can draw it: Vega cuts what is too long between the halves of a sign beyond the first 65 536 (an
    emoji), and vl-convert then fails. The font has none of these signs anyway; they stand in the table."""
    return _WIDE.sub("\u25a1", clean(text))


@cache
def _fonts() -> None:
    """Tells vl-convert of the report's own font: with a family that it doesn't know it drops all text."""
    import vl_convert

    vl_convert.register_font_directory(str(bundled_folder("report_templates") / "fonts"))


def _keys(value: Any) -> Iterator[str]:
    """Every key in a spec, and every mark that has a name of its own kind."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$schema":
                continue
            yield key
            if key in ("type", "mark") and isinstance(inner, str):
                yield inner
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _first_line(fault: Exception) -> str:
    return str(fault).strip().split("\n", 1)[0][:300]


def draw(spec: Spec, chart: Chart, accent: str | None, narrow: bool = False) -> Markup:
    """The chart as inline SVG with one title, in the report's language. Raises ChartFault.

    accent  the main colour, `#rrggbb`; None: the spec's own
    narrow  as on a phone; empty where the spec has no such form
    """
    if narrow and spec.narrow is None:
        return Markup("")
    signals = {"accent": accent} if accent else {}
    svg = spec.drawn(_cleaned(chart.data), signals, narrow)
    svg = EMPTY.sub("", UNWANTED.sub("", svg))
    if found := FORBIDDEN.search(re.sub(r">[^<]*<", "><", svg)):
        raise ChartFault(f"the drawing holds {found.group().strip()}")
    name = f"{chart.id}-narrow" if narrow else chart.id
    head, body = svg.split(">", 1)
    form = "narrow" if narrow else "wide" if spec.narrow else "only"
    head = head.replace('class="marks"', f'class="chart {form}"')
    # What is made of the data is escaped by Vega, the title here.
    return Markup(f'{head} role="img" aria-labelledby="{escape(name)}"><title id="{escape(name)}">') + Markup(
        f"{escape(clean(chart.title))}</title>{body}"
    )


def _cleaned(data: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{key: _drawn(value) if isinstance(value, str) else value for key, value in row.items()} for row in rows]
        for name, rows in data.items()
    }
