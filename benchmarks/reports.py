"""Reports: HTML against vl-convert alone drawing the same charts; PDF against WeasyPrint alone on the finished HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from typing import Any

from aimaturity.definitions.library import bundled_folder
from aimaturity.report.build import view_of
from aimaturity.report.charts import ENDING, VEGA_LITE
from aimaturity.report.pdf import _fetcher, pdf
from aimaturity.report.render import render
from aimaturity.report.view import Chart
from aimaturity.report.view_pages import ReportView
from aimaturity.responses.survey import read_survey
from aimaturity.scoring.build import documents
from benchmarks.timing import in_turn, seconds
from tests.bundled import bundled

REPORTS = 12
ROUNDS = 3
NARROW = ("profile", "change")


def charts_of(view: ReportView) -> list[Chart]:
    """Every chart of the report, as often as it is drawn: those with a form for phones twice."""
    change = view.change.chart if view.change else None
    listed = [view.profile.chart, change, *(chart for area in view.areas for chart in (area.parts, area.chart))]
    found = [chart for chart in listed if chart is not None]
    return [*found, *(chart for chart in found if chart.spec in NARROW)]


def filled(chart: Chart) -> dict[str, Any]:
    """The spec with its data, as Vega-Lite reads it."""
    path = bundled_folder("report_templates") / "charts" / f"{chart.spec}{ENDING}"
    spec: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return spec | {"datasets": chart.data}


def run() -> None:
    import vl_convert
    from weasyprint import HTML

    survey = read_survey(bundled_folder("examples") / "survey-2026.csv", bundled().questionnaire)
    assert survey.table is not None
    told = list(islice(documents(bundled(), survey.table), REPORTS))
    specs = [filled(chart) for document in told for chart in charts_of(view_of(document, "sv"))]

    def all_of(work: Callable[[Any], object], things: list[Any]) -> Callable[[], None]:
        def done() -> None:
            for thing in things:
                work(thing)

        return done

    reports = all_of(lambda document: render(document, "html", "sv"), told)
    charts = all_of(lambda spec: vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE), specs)
    ours, other, ratio = in_turn(reports, charts, ROUNDS)
    each = f"{ours / REPORTS * 1000:.0f} ms a report, vl-convert alone {other / REPORTS * 1000:.0f} ms"
    print(f"reports       {REPORTS} HTML, {len(specs)} charts: {each}: {1 / ratio:.2f} x (at most 2.5)")

    page = render(told[0], "html", "sv")
    alone = lambda: HTML(string=page, url_fetcher=_fetcher()).write_pdf(pdf_variant="pdf/ua-1")  # noqa: E731
    seconds(alone)
    ours, other, ratio = in_turn(lambda: pdf(page), alone, ROUNDS)
    print(f"PDF           {ours:.2f} s, WeasyPrint alone {other:.2f} s: {1 / ratio:.2f} x (at most 1.3)")


if __name__ == "__main__":
    run()
