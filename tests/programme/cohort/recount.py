"""Every figure of the hub's cohort counted again, from the results' JSON, by other means than the program's: numpy's
percentiles, scipy's intervals, plain loops. Nothing here is imported from what it checks."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import stats

Json = dict[str, Any]
SECTORS = {"section_a": "agriculture", "section_c": "industry", "section_f": "construction", "section_g": "trade_transport_hospitality", "section_j": "information_communication"}  # fmt: skip
SHORT = {"challenge": "main_challenge", "county": "county", "municipality": "municipality"}


def answer(result: Json, name: str) -> Any:
    """The value of an answer; None where it isn't answered."""
    return next((a["value"] for a in result["answers"] if a["id"] == name and a["state"] == "answered"), None)


def node(result: Json, name: str) -> Json:
    return next(n for n in result["nodes"] if n["id"] == name)


def latest(results: Sequence[Json]) -> list[Json]:
    """One a company: the last by date."""
    found: dict[str, Json] = {}
    for result in sorted(results, key=lambda r: r["occasion"]["date"]):
        found[result["company"]["id"]] = result
    return [found[name] for name in sorted(found)]


def spread(numbers: Sequence[float]) -> Json | None:
    if not numbers:
        return None
    low, middle, high = (float(q) for q in np.percentile(numbers, [25, 50, 75], method="inverted_cdf"))
    return {
        "companies": len(numbers), "lowest": min(numbers), "lower_quartile": low, "median": middle,
        "upper_quartile": high, "highest": max(numbers), "mean": float(np.mean(numbers)),
    }  # fmt: skip


def group(result: Json, field: str) -> Any:
    if field == "sector":
        return SECTORS.get(answer(result, "sni_section") or "")
    if field == "occasion":
        return result["occasion"]["occasion"]
    if field == "size":
        heads = answer(result, "head_count")
        persons = sum(heads.values()) if heads else None
        money = answer(result, "turnover")  # the invented ones are all small in money, where they say
        if persons is None:
            return None
        assert money in (None, "up_to_2m")
        return "micro" if persons < 10 else "small" if persons < 50 else "medium"
    return answer(result, SHORT.get(field, field))


def tally(results: Sequence[Json], field: str) -> dict[Any, int]:
    return dict(Counter(group(r, field) for r in results))


def node_figures(results: Sequence[Json], name: str) -> Json:
    nodes = [node(r, name) for r in results]
    scores = [n["score"] for n in nodes if n["score"] is not None]
    tenths, _ = np.histogram(scores, bins=np.arange(0, 101, 10))  # the last bin is closed, the others half-open
    return {
        "scored": len(scores),
        "without": dict(Counter(n["reason"] for n in nodes if n["score"] is None)),
        "distribution": spread(scores),
        "tenths": tenths.tolist(),
        "levels": {level: sum(n["level"] == level for n in nodes) for level in range(1, 6)},
        "uncertain": sum(n["score"] is not None and n["level_low"] != n["level_high"] for n in nodes),
    }


def levels(results: Sequence[Json]) -> Json:
    roots = [node(r, "overall") for r in results]
    open_ = [n for n in roots if n["level"] is None]
    return {
        "levels": {level: sum(n["level"] == level for n in roots) for level in range(1, 6)},
        "movable": sum(n["level"] is not None and n["level_low"] < n["level_high"] for n in roots),
        "ranges": dict(Counter((n["level_low"], n["level_high"]) for n in open_)),
    }


def gates(results: Sequence[Json]) -> dict[tuple[int, str], tuple[int, int, int, int]]:
    """(level, what is required) -> companies, unmet, unknown, alone."""
    found: dict[tuple[int, str], list[int]] = {}
    at: Counter[int] = Counter()
    for result in results:
        root = node(result, "overall")
        level = (root["level"] or root["level_low"]) + 1
        stage = [s for s in root["stages"] if s["level"] == level]
        if not stage:
            continue
        at[level] += 1
        missed = [r for r in stage[0]["requirements"] if r["met"] is not True]
        for requirement in missed:
            cell = found.setdefault((level, required(requirement)), [0, 0, 0])
            cell[0] += requirement["met"] is False
            cell[1] += requirement["met"] is None
            cell[2] += len(missed) == 1
    return {key: (at[key[0]], *cell) for key, cell in found.items()}  # type: ignore[misc]


def required(requirement: Json) -> str:
    """What is required, as text."""
    if requirement["how"] == "test":
        return f"{requirement['id']} {requirement['test']} {requirement['needed']}"
    return f"{requirement['how']}({', '.join(required(part) for part in requirement['parts'])})"


def questions(results: Sequence[Json], name: str) -> Json:
    given = [a for r in results for a in r["answers"] if a["id"] == name]
    answered = [a for a in given if a["state"] == "answered"]
    single = [a["value"] for a in answered if a["kind"] == "single"]
    points = [a["points"] for a in answered if a["kind"] == "counts" and a["points"] is not None]
    return {
        "states": dict(Counter(a["state"] for a in given)),
        "options": dict(Counter(single)),
        "points": spread(points),
    }


def steps(results: Sequence[Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for result in results:
        for item in result["advice"]:
            one = found.setdefault(item["id"], {"companies": 0, "gaining": 0, "for_next_level": 0, "rises": {}})
            one["companies"] += 1
            one["for_next_level"] += item["for_next_level"]
            rises = {area: points for area, points in item["points"].items() if (points or 0) > 1e-9}
            one["gaining"] += bool(rises)
            for area, points in rises.items():
                one["rises"].setdefault(area, []).append(points)
    return found


def changes(results: Sequence[Json], early: str, late: str, area: str) -> Json:
    """The paired differences of an area, with scipy's intervals."""
    by: dict[tuple[str, str], Json] = {(r["company"]["id"], r["occasion"]["occasion"]): r for r in results}
    pairs = [(by[c, early], by[c, late]) for c in sorted({c for c, _ in by}) if (c, early) in by and (c, late) in by]
    both = [(node(a, area), node(b, area)) for a, b in pairs]
    both = [(a, b) for a, b in both if a["score"] is not None and b["score"] is not None]
    differences = [b["score"] - a["score"] for a, b in both]
    found: Json = {
        "companies": len(pairs),
        "pairs": len(both),
        "median": float(np.median(differences)) if both else None,
        "mean": float(np.mean(differences)) if both else None,
        "rose": sum(b["low"] > a["high"] + 1e-9 for a, b in both),
        "fell": sum(b["high"] < a["low"] - 1e-9 for a, b in both),
        "same": sum(abs(b["score"] - a["score"]) < 1e-9 for a, b in both),
    }
    if len(both) >= 6:
        middle = stats.quantile_test(differences, p=0.5).confidence_interval(0.95)
        centre = stats.ttest_1samp(differences, 0).confidence_interval(0.95)
        found |= {
            "median_low": middle.low,
            "median_high": middle.high,
            "mean_low": centre.low,
            "mean_high": centre.high,
        }
    return found


def persons(results: Sequence[Json], name: str) -> Json:
    given = [v for r in results if (v := answer(r, name)) is not None]
    return {part: sum(v[part] for v in given) for part in (given[0] if given else {})}


def pairs_of(values: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(itertools.combinations(values, 2))
