"""The public version against somebody who subtracts: linear programming over the published tables alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from aimaturity.documents.status import StatusDocument
from aimaturity.programme.status.forecast import ahead
from aimaturity.programme.status.public import public
from aimaturity.programme.status.standing import Status, status
from aimaturity.programme.store import open_store
from aimaturity.scoring.parts import dumps
from tests.programme.status.invented import fill, rows
from tests.programme.status.test_counting import cells, programme

DAY = dt.date(2023, 6, 15)
FREE = ("activities", "pilots")
PERSONS = ("participants", "hours")


@pytest.fixture(scope="module", params=[(40, 5), (150, 1), (400, 2)])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Status:
    companies, seed = request.param
    with open_store(str(tmp_path_factory.mktemp("p") / "register.db")) as store:
        fill(store, rows(programme(), companies, seed))
        return status(store, programme(), DAY)


@pytest.fixture(scope="module")
def shown(found: Status) -> StatusDocument:
    return public(found.document, found.tally, found.addresses)


def sums(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(whole, parts) of everything in the published document that adds up; nothing here knows how it was made."""
    for promise in document["promises"]:
        before: list[str] = []
        for point in promise["trend"]:
            yield point["until"]["id"], [point["new"]["id"], *before]
            before = [point["until"]["id"]]
        if before:
            yield promise["outcome"]["id"], before
        if promise["forecast"]:
            yield (
                f"{promise['id']}!",
                [p["new"]["id"] for p in promise["trend"] if p["month"] in promise["forecast"]["months"]],
            )
    tables = {table["id"]: table for table in document["tables"]}
    for table in tables.values():
        for place, column in enumerate(table["columns"]):
            whole = table["total"][place]
            if whole and not column["overlaps"]:
                inside = [
                    r
                    for r in table["rows"]
                    if table["id"] != "kind" or column["measure"] == "activities" or r["counts"]
                ]
                yield whole["id"], [row["cells"][place]["id"] for row in inside]
    for place, column in enumerate(tables["municipality"]["columns"]):
        other = [c["measure"] for c in tables["county"]["columns"]].index(column["measure"])
        if column["measure"] in FREE:
            continue
        for row in tables["county"]["rows"]:
            inside = [r["cells"][place]["id"] for r in tables["municipality"]["rows"] if r["id"][:2] == row["id"]]
            nowhere = [r["cells"][place]["id"] for r in tables["municipality"]["rows"] if r["id"] == "not-stated"]
            if row["id"] != "not-stated":  # what is known by county alone is at most what has no municipality
                yield row["cells"][other]["id"], [*inside, f"{row['cells'][other]['id']} alone"]
        if not nowhere:
            for row in tables["county"]["rows"]:
                if row["id"] != "not-stated":
                    yield f"{row['cells'][other]['id']} alone", []
    for step, name in zip(document["funnel"], ("reached", "analysed"), strict=False):
        yield step["companies"]["id"], [name]


def published(document: StatusDocument) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(dumps(document))
    return told


def test_small_numbers_are_not_shown(found: Status, shown: StatusDocument) -> None:
    told = {cell.id: cell.value for cell in cells(shown)}
    for cell in cells(found.document):
        head = cell.id.split(".")[0]
        if head in ("missing", "register"):
            assert cell.id not in told
        elif head in FREE:
            assert told[cell.id] == cell.value
        else:
            assert told[cell.id] in (None, cell.value)
            if head != "hours" and 0 < (cell.value or 0) < 3:
                assert told[cell.id] is None
    for measure, of in found.tally.persons.items():
        for dimension, values in of.items():
            for value, persons in values.items():
                id = measure if not dimension else f"{measure}.{dimension}.{'not-stated' if value is None else value}"
                if 0 < persons < 3 and id in told:
                    assert told[id] is None, id
    assert shown.missing == []
    assert shown.companies is None
    assert shown.audience == "public"


def test_what_is_shown_leaves_every_small_number_open(found: Status, shown: StatusDocument) -> None:
    narrow = attacked(found, shown)
    assert narrow == []


def test_the_same_attack_succeeds_where_only_the_small_numbers_are_withheld(found: Status) -> None:
    told = {cell.id: cell for cell in cells(found.document)}
    small = {
        id
        for id, cell in told.items()
        if 0 < (cell.value or 0) < 3 and id.split(".")[0] not in (*FREE, *PERSONS, "missing", "register", "companies")
    }
    data = published(found.document)

    def withhold(part: Any) -> Any:
        if isinstance(part, dict):
            if part.get("id") in small and "withheld" in part:
                return part | {"value": None, "withheld": True}
            return {key: withhold(value) for key, value in part.items()}
        return [withhold(each) for each in part] if isinstance(part, list) else part

    naive = StatusDocument.model_validate(withhold(data))
    assert len(attacked(found, naive)) > 3


def attacked(found: Status, shown: StatusDocument) -> list[tuple[str, float, float]]:
    """The small numbers that can be told too closely from the published document: id and range."""
    true = {cell.id: float(cell.value or 0) for cell in cells(found.document)}
    told = {cell.id: cell.value for cell in cells(shown)}
    equal = [(whole, parts) for whole, parts in sums(published(shown))]
    known = {id: float(value) for id, value in told.items() if value is not None}
    for whole, parts in equal:  # the forecast tells what its months had together
        if whole.endswith("!"):
            known[whole] = sum(true[part] for part in parts)
    names = sorted({n for whole, parts in equal for n in (whole, *parts) if n not in known})
    place = {name: number for number, name in enumerate(names)}
    left, right = np.zeros((len(equal), len(names))), np.zeros(len(equal))
    for row, (whole, parts) in enumerate(equal):
        for name, factor in [(whole, -1.0), *((part, 1.0) for part in parts)]:
            if name in place:
                left[row, place[name]] += factor
            else:
                right[row] -= factor * known[name]
    narrow = []
    for name in names:
        head = name.split(".")[0]
        if name in true and head not in (*FREE, "hours", "companies") and 0 < true[name] < 3:
            aim = np.zeros(len(names))
            aim[place[name]] = 1
            low = linprog(aim, A_eq=left, b_eq=right, method="highs")
            high = linprog(-aim, A_eq=left, b_eq=right, method="highs")
            assert low.status in (0, 3)
            least = low.fun if low.status == 0 else -np.inf
            most = -high.fun if high.status == 0 else np.inf
            assert least - 1e-6 <= true[name] <= most + 1e-6
            if most - least < 3 - 1e-6:
                narrow.append((name, least, most))
    return narrow


def test_the_forecast_is_what_any_reader_of_the_months_could_make(found: Status, shown: StatusDocument) -> None:
    """Months that are withheld count as equal parts of what all have together: their spread tells nothing of them."""
    tried = 0
    for before, after in zip(found.document.promises, shown.promises, strict=True):
        if after.forecast is None or before.forecast is None:
            continue
        assert after.forecast.a_month == pytest.approx(before.forecast.a_month)
        months = [point.new for point in after.trend if point.month in after.forecast.months]
        known = [cell.value for cell in months if cell.value is not None]
        rest = after.forecast.a_month * len(months) - sum(known)
        counts = [rest / (len(months) - len(known)) if cell.value is None else cell.value for cell in months]
        made = ahead(counts, after.forecast.months_left)
        outcome = int(after.outcome.value or 0)
        assert (outcome + made.low, outcome + made.high) == (after.forecast.low, after.forecast.high)
        tried += 1
    assert tried >= 1


def test_totals_are_shown_where_they_can_be(found: Status, shown: StatusDocument) -> None:
    for before, after in zip(found.document.promises, shown.promises, strict=True):
        if (before.outcome.value or 0) >= 8:
            assert after.outcome == before.outcome
            assert after.share == before.share
        if after.outcome.withheld:
            assert (after.share, after.forecast) == (None, None)


def test_the_same_numbers_give_the_same_version(found: Status, shown: StatusDocument) -> None:
    assert dumps(public(found.document, found.tally, found.addresses)) == dumps(shown)
    assert dumps(StatusDocument.model_validate_json(dumps(shown))) == dumps(shown)


def test_an_empty_programme_withholds_nothing(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "tom.db")) as store:
        empty = status(store, programme(), DAY)
    shown = public(empty.document, empty.tally, empty.addresses)
    assert not any(cell.withheld for cell in cells(shown))
