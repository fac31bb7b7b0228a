"""Charts: text is there, in order and in the report's language; the same data gives the same bytes; nothing reaches out."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from aimaturity.definitions.library import bundled_folder
from aimaturity.documents.status import StatusDocument
from aimaturity.report.build import view_of
from aimaturity.report.charts import ChartFault, draw, read_spec
from aimaturity.report.cohort.charts import Counted, counts
from aimaturity.report.context import Context
from aimaturity.report.drawing import MOST_PARTS, parts_chart, parts_of
from aimaturity.report.status.build import page_of
from aimaturity.report.templates import open_templates
from aimaturity.report.view import Chart
from aimaturity.scoring.document import Contribution
from tests.report.cohort_pages import blocks, view
from tests.report.factory import benchmark, document, node, nodes, root, second

CHARTS = bundled_folder("report_templates") / "charts"
SPECS = {path.name.removesuffix(".vl.json"): read_spec(path) for path in sorted(CHARTS.glob("*.vl.json"))}
STATUS = Path(__file__).parent / "golden-status" / "status.json"
OF_STATUS = ("promises", "trend")
SV = view_of(second(benchmark=benchmark()), "sv")


def charts() -> list[Chart]:
    assert SV.change is not None
    assert SV.comparison is not None
    beside = SV.comparison.chart
    found = [SV.profile.chart, SV.change.chart, beside, *(c for area in SV.areas for c in (area.parts, area.chart))]
    found += [block.chart for block in blocks(view("sv")) if block.chart is not None][:4]
    found += [
        counts("few", "F", [Counted("Åtta företag", 1, "ett företag")]),
        counts("long", "L", [Counted("å" * 40, 1, "1")]),
    ]
    found += [
        block.chart for block in blocks(view("sv")) if block.chart and block.chart.spec in ("paired", "spread_named")
    ]
    told = StatusDocument.model_validate_json(STATUS.read_text("utf-8"))
    found += [block.chart for block in blocks(page_of(told, "sv")) if block.chart and block.chart.spec in OF_STATUS]
    return [chart for chart in found if chart is not None]


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_every_spec_is_drawn_somewhere() -> None:
    assert {chart.spec for chart in charts()} == set(SPECS)


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.id)
@pytest.mark.parametrize("narrow", [False, True])
def test_a_drawing_is_bare_has_one_name_and_says_nothing_of_its_own(chart: Chart, narrow: bool) -> None:
    svg = draw(SPECS[chart.spec], chart, None, narrow)
    if not svg:
        assert SPECS[chart.spec].narrow is None
        return
    assert svg == draw(SPECS[chart.spec], chart, None, narrow), "the same bytes each time"
    assert not re.search(r"aria-(?!labelledby)|style=|href|<style|url\(|roledescription", svg)
    assert svg.count("<title") == svg.count('role="img"') == 1
    assert chart.title.replace("&", "&amp;")[:40] in svg


def test_areas_stand_in_the_models_order_whatever_they_score() -> None:
    wanted = [row.title for row in SV.profile.rows]
    for spec, chart in (("profile", SV.profile.chart), ("change", charts()[1])):
        drawn = texts(draw(SPECS[spec], chart, None))
        assert [text for text in drawn if text in wanted] == wanted
    places = re.findall(r'translate\([-\d.]+,([\d.]+)\)"[^>]*>([^<]*)<', draw(SPECS["profile"], SV.profile.chart, None))
    heights = {text: float(y) for y, text in places}
    assert [heights[name] for name in wanted] == sorted(heights[name] for name in wanted)


def test_a_picture_of_each_chart_has_dark_text() -> None:
    """vl-convert drops all text, silently, where it doesn't know the font."""
    for chart in charts():
        svg = draw(SPECS[chart.spec], chart, "#00ff00")
        only_text = re.sub(r'(<path[^>]*fill=")[^"]*', r"\1#ffffff", svg)
        picture = Image.open(io.BytesIO(vl_convert.svg_to_png(only_text, scale=2))).convert("LA")
        pixels = picture.tobytes()
        dark = sum(grey < 90 and alpha > 200 for grey, alpha in zip(pixels[::2], pixels[1::2], strict=True))
        assert dark > 200, chart.id


def test_no_score_draws_no_bar_and_a_score_of_nought_draws_a_line() -> None:
    def bars(told: Any) -> list[str]:
        svg = draw(SPECS["profile"], view_of(told, "sv").profile.chart, None)
        (group,) = re.findall(r'bars_marks">(.*?)</g>', svg)
        return re.findall(r'd="M[\d.]+,[\d.]+h([\d.]+)', group)

    assert len(bars(document())) == 3, "gender equality has no score"
    nought = [n.model_copy(update={"score": 0.0}) if n.id == "business" else n for n in document().nodes]
    assert 1.5 <= min(map(float, bars(document(nodes=nought)))) <= 3


def test_the_programmes_colour_takes_the_place_of_the_blue() -> None:
    svg = draw(SPECS["profile"], SV.profile.chart, "#7a1f5c")
    assert "#7a1f5c" in svg
    assert "#12436d" not in svg


@given(points=st.lists(st.floats(0.1, 30), min_size=1, max_size=12))
def test_at_most_six_parts_are_drawn_and_together_they_are_the_score(points: list[float]) -> None:
    entries = [Contribution(kind="item", id=f"q{i}", weight=1, value=p, points=p) for i, p in enumerate(points)]
    area = node("capability", ["ai_use"], {}, score=sum(points), highest=400.0, contributions=entries)
    context = Context(document(nodes=[root(), area], areas=["capability"]), "sv")
    parts = parts_of(area)
    assert 1 <= len(parts) <= MOST_PARTS
    assert sorted(str(e.id) for _, inside in parts for e in inside) == sorted(str(e.id) for e in entries)
    chart = parts_chart(context, area)
    assert chart is not None
    rows = chart.data["parts"]
    assert rows[0]["from"] == 0
    assert rows[-1]["to"] == pytest.approx(sum(points) / 400, abs=1e-4)
    assert ("övrigt" in chart.title) == (len(points) > MOST_PARTS)


def test_what_cannot_be_laid_end_to_end_is_not_drawn_as_parts() -> None:
    capped = [Contribution(kind="item", id="a", points=60), Contribution(kind="cap", points=-20)]
    area = node("capability", ["ai_use"], {}, score=40.0, contributions=capped)
    assert parts_of(area) == []
    lifted = node("capability", ["ai_use"], {}, score=3.0, lowest=1.0, highest=5.0, contributions=capped[:1])
    assert parts_of(lifted) == []


@settings(max_examples=25, deadline=None)
@given(title=st.text(min_size=1, max_size=40))
def test_whatever_an_area_is_called_it_is_text(title: str) -> None:
    made = [n.model_copy(update={"title": {"sv": title}}) if n.id == "climate" else n for n in nodes()]
    svg = draw(SPECS["profile"], view_of(document(nodes=[root(), *made]), "sv").profile.chart, None)
    allowed = ["svg", "title", "g", "path", "line", "text"]
    assert set(re.findall(r"<(\w+)", svg)) <= set(allowed)


@pytest.mark.parametrize("key", ["url", "href"])
def test_a_spec_that_names_something_outside_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "x.vl.json"
    path.write_text(
        json.dumps({"datasets": {"rows": []}, "mark": "bar", "data": {key: "http://127.0.0.1:9/a.csv"}}), "utf-8"
    )
    with pytest.raises(ChartFault, match=key):
        read_spec(path)


def test_specs_are_read_once_for_all_reports() -> None:
    templates = open_templates()
    for _ in range(2):
        templates.draw(SV.profile.chart)
    assert templates.specs["profile"] is open_templates().specs["profile"]
