"""The status page's charts: places as shares, words in the page's language, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from aimaturity.documents.status import PromiseStatus
from aimaturity.report.status.teller import Teller
from aimaturity.report.view import Chart

Row = dict[str, str | float | bool | None]
APART = 0.11
"""Labels at the end of a trend stand at least so far from each other, as a share of its height."""


def promises(teller: Teller, shown: Iterable[PromiseStatus]) -> Chart:
    """A row a promise, each on a scale of its own that holds target, outcome and forecast."""
    rows, sentences = list[Row](), list[str]()
    for place, promise in enumerate(shown):
        most = _most(promise)
        forecast = promise.forecast
        target, outcome = teller.number(promise.target), teller.written(promise.outcome)
        title = teller.pick(promise.title)
        said = [teller.say("charts.promise", title=title, outcome=outcome, target=target)]
        row: Row = {
            "row": place,
            "title": title,
            "label": teller.say("of_target", outcome=outcome, target=target),
            "outcome": _share((promise.outcome.value or 0) / most),
            "target": _share(promise.target / most),
            "target_label": teller.say("charts.goal", target=target),
            "expected": None,
            "expected_label": "",
            "forecast_label": "",
            "low": None,
            "likely": None,
            "high": None,
        }
        if promise.expected is not None:
            expected = teller.whole(promise.expected)
            row |= {
                "expected": _share(promise.expected / most),
                "expected_label": teller.say("charts.expected", expected=expected),
            }
            said.append(teller.say("charts.promise_expected", expected=expected))
        if forecast is not None:
            ends = {name: teller.number(getattr(forecast, name)) for name in ("low", "likely", "high")}
            row |= {name: _share(getattr(forecast, name) / most) for name in ("low", "likely", "high")}
            row["forecast_label"] = teller.say("charts.forecast", **ends)
            said.append(teller.say("charts.promise_forecast", **ends))
        rows.append(row)
        sentences.append(" ".join(said))
    title = " ".join([teller.say("charts.promises"), *sentences])
    return Chart(spec="promises", id="chart-promises", title=title, data={"rows": rows})


def _most(promise: PromiseStatus) -> float:
    """The scale's upper end."""
    ends = [promise.target, promise.outcome.value or 0, promise.forecast.high if promise.forecast else 0]
    return float(max(ends)) or 1.0


def trend(teller: Teller, promise: PromiseStatus, number: int) -> Chart | None:
    """What has come up to each month's end, as a share of the period; None where there are no months to show."""
    known = [(place, point) for place, point in enumerate(promise.trend, 1) if point.until.value is not None]
    period = teller.document.period
    if not known or period is None:
        return None
    months, gone = _months(period.first, period.last), _gone(teller)
    most = _most(promise) * 1.02

    def at(place: int) -> float:
        return gone if place == len(promise.trend) else min(place / months, gone)

    title, target = teller.pick(promise.title), teller.number(promise.target)
    last_place, last = known[-1]
    points: list[Row] = [{"x": 0.0, "y": 0.0}]
    points += [{"x": _share(at(place)), "y": _share((point.until.value or 0) / most)} for place, point in known]
    now = (last.until.value or 0) / most
    marks: list[Row] = [
        {"of": "floor", "x": 0.0, "y": 0.0, "label": "", "short": "", "label_y": 0.0},
        {"of": "now", "x": _share(at(last_place)), "y": _share(now), "label": teller.written(last.until), "short": "",
         "label_y": 0.0},
    ]  # fmt: skip
    goal = promise.target / most
    ahead: list[Row] = []
    forecast = promise.forecast
    if forecast is not None:
        likely = forecast.likely / most
        label_y = likely
        if abs(likely - goal) < APART:
            label_y = goal - APART if likely < goal else goal + APART
        ends = {name: teller.number(getattr(forecast, name)) for name in ("low", "likely", "high")}
        marks.append(
            {"of": "likely", "x": 1.0, "y": _share(likely), "label": teller.say("charts.forecast_short", **ends),
             "short": ends["likely"], "label_y": _share(label_y)}
        )  # fmt: skip
        ahead = [
            {"of": "now", "x": _share(at(last_place)), "y": _share(now), "high": None},
            {"of": "likely", "x": 1.0, "y": _share(likely), "high": None},
            {"of": "interval", "x": 1.0, "y": _share(forecast.low / most), "high": _share(forecast.high / most)},
        ]
    said_goal = teller.say("charts.goal", target=target)
    marks.append(
        {"of": "target", "x": 0.0, "y": _share(goal), "label": said_goal, "short": said_goal,
         "label_y": _share(goal)}
    )  # fmt: skip
    told = "; ".join(
        teller.say("charts.trend_point", month=point.month, number=teller.written(point.until)) for _, point in known
    )
    return Chart(
        spec="trend",
        id=f"chart-trend-{number}",
        title=teller.say("charts.trend", title=title, points=told, target=target),
        data={
            "points": points,
            "marks": marks,
            "expected": [{"x": 0.0, "y": 0.0}, {"x": 1.0, "y": _share(goal)}],
            "ahead": ahead,
            "ticks": [
                {"x": 0.0, "y": 0.0, "text": teller.formats.day(period.first), "place": "left"},
                {"x": 1.0, "y": 0.0, "text": teller.formats.day(period.last), "place": "right"},
            ],
        },
    )


def _months(first: str, last: str) -> int:
    """How many months the days touch."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def _gone(teller: Teller) -> float:
    """Share of the period that has gone."""
    import datetime as dt

    period = teller.document.period
    if period is None:
        return 1.0
    first, last = dt.date.fromisoformat(period.first), dt.date.fromisoformat(period.last)
    now = dt.date.fromisoformat(teller.document.as_of)
    return min(1.0, max(0.0, ((now - first).days + 1) / ((last - first).days + 1)))


def _share(share: float) -> float:
    return round(share, 5)
