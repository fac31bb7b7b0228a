"""The public version against somebody who subtracts: linear programming over the published tables alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import AssessedPromise, ReachedPromise
from aimaturity.documents.status import StatusDocument
from aimaturity.programme.status.forecast import ahead
from aimaturity.programme.status.nests import nests
from aimaturity.programme.status.public import public
from aimaturity.programme.status.standing import Status, status
from aimaturity.programme.store import open_store
from aimaturity.scoring.parts import dumps
from tests.programme.status import plain
from tests.programme.status.invented import FIRST, LAST, fill, rows
from tests.programme.status.test_counting import cells, programme

DAY = dt.date(2023, 6, 15)
FREE = ("activities", "pilots")
PERSONS = ("participants", "hours")


@dataclass(frozen=True)
class Case:
    """A store's status in both versions.

    behind  cell id of participants or hours -> persons and companies, by plain loops
    nested  (narrow, wide) measures and the dimensions of whose rows it holds too
    """

    found: Status
    shown: StatusDocument
    behind: dict[str, tuple[int, set[str]]]
    nested: tuple[tuple[str, str, tuple[str, ...]], ...]


PLACES = ("", "county", "municipality", "sector", "size")
NESTED = (("analysed", "reached", (*PLACES, "partner", "first_partner")),)
SEVERAL = (
    *NESTED,
    ("taught", "reached", (*PLACES, "partner", "until")),
    ("deep", "taught", (*PLACES, "partner", "first_partner")),
    ("deep", "analysed", (*PLACES, "partner", "until")),
    ("deep", "reached", (*PLACES, "partner", "until")),
    ("analysed", "reached", ("until",)),
)


def several() -> Programme:
    """The bundled programme, with a second promise of each kind before those of the bundled one."""
    bundled = programme()
    promises: list[Any] = list(bundled.promises)
    taught = ReachedPromise(id="taught", title=promises[0].title, target=40, count="reached", activities=("course",))
    deep = AssessedPromise(
        id="deep", title=promises[1].title, target=9, count="assessed", assessments=("ai-maturity",), scored_areas=4,
        among="taught",
    )  # fmt: skip
    return bundled.model_copy(update={"promises": (promises[0], deep, promises[1], taught, *promises[2:])})


def case(folder: Path, made: dict[str, Any], programme_: Programme, nested: Any = NESTED) -> Case:
    with open_store(str(folder / "register.db")) as store:
        fill(store, made)
        found = status(store, programme_, DAY, for_public=True)
    shown = public(found.document, found.tally, found.addresses, programme_)
    return Case(found, shown, plain.behind(made, DAY, FIRST.isoformat(), LAST.isoformat()), nested)


def one_sent_nine(made: dict[str, Any]) -> dict[str, Any]:
    """One company alone in its municipality sends nine women to a course."""
    at = next(row for row in made["company"] if row["merged_into"] is None)
    here = {row["id"] for row in made["company"] if row["municipality"] == "1082"}
    made["participation"] = [taken for taken in made["participation"] if taken["company"] not in here | {at["id"]}]
    at |= {"municipality": "1082", "county": "10"}
    activity = next(a for a in made["activity"] if FIRST.isoformat() < a["date"] < DAY.isoformat())
    activity |= {"kind": "course", "hours": 2.0}
    made["participation"].append(
        {"activity": activity["id"], "entered_as": at["id"], "company": at["id"], "women": 9, "men": 4, "other": 0,
         "hours": None}
    )  # fmt: skip
    return made


def three_others(made: dict[str, Any]) -> dict[str, Any]:
    """Three persons of another sex, in three municipalities, months and sectors; those at what doesn't count aside."""
    left, taken_places = 3, set[str]()
    company = {row["id"]: row for row in made["company"]}
    activity = {row["id"]: row for row in made["activity"]}
    for taken in made["participation"]:
        held, at = activity[taken["activity"]], company[taken["company"]]
        counts = held["kind"] == "course" and held["hours"] and FIRST.isoformat() <= held["date"] <= DAY.isoformat()
        taken["other"] = int(bool(counts and left and at["municipality"] and at["municipality"] not in taken_places))
        left -= taken["other"]
        if taken["other"]:
            taken_places.add(at["municipality"])
    assert left == 0
    return made


@pytest.fixture(scope="module", params=["few", "some", "others", "several"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("p")
    bundled = programme()
    cases: dict[str, Callable[[], Case]] = {
        "few": lambda: case(folder, rows(bundled, 40, 5), bundled),
        "some": lambda: case(folder, rows(bundled, 150, 1), bundled),
        "others": lambda: case(folder, three_others(rows(bundled, 400, 8)), bundled),
        "several": lambda: case(folder, rows(bundled, 120, 3), several(), SEVERAL),
    }
    return cases[request.param]()


@pytest.fixture(scope="module")
def found(made: Case) -> Status:
    return made.found


@pytest.fixture(scope="module")
def shown(made: Case) -> StatusDocument:
    return made.shown


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


def limits(document: dict[str, Any], nested: Any) -> Iterator[tuple[str, list[str]]]:
    """(less, more): what is no greater than others together, as the rules of the programme file say."""
    ids = {cell["id"] for table in document["tables"] for row in table["rows"] for cell in row["cells"] if cell}
    ids |= {point["until"]["id"] for promise in document["promises"] for point in promise["trend"]}
    ids |= {promise["outcome"]["id"] for promise in document["promises"]}
    for narrow, wide, dimensions in nested:
        for id in ids:
            head, _, rest = id.partition(".")
            over = f"{wide}.{rest}" if rest else wide
            if head == narrow and rest.partition(".")[0] in dimensions and over in ids:
                yield id, [over]
    for id in ids:
        if ".first_partner." in id:
            yield id, [id.replace("first_partner", "partner")]
        if id.startswith("companies.kind."):
            yield id, [f"participants.{sex}.{id.removeprefix('companies.')}" for sex in ("women", "men", "other")]
            if id.rpartition(".")[2] in ("course", "seminar", "visit"):
                yield id, ["reached"]
    steps = [step["companies"]["id"] for step in document["funnel"]]
    yield from ((less, [more]) for more, less in pairwise(steps))


def published(document: StatusDocument) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(dumps(document))
    return told


def sensitive(made: Case) -> set[str]:
    """Cells with too few companies or persons behind them, and hours and persons of those."""
    few = {id for id, (persons, companies) in made.behind.items() if min(persons, len(companies)) < 3}
    for id in list(few):
        other = (
            id.replace("participants", "hours")
            if id.startswith("participants")
            else id.replace("hours", "participants")
        )
        few |= {other} & made.behind.keys()
    for cell in cells(made.found.document):
        if cell.id.split(".")[0] not in (*FREE, *PERSONS, "missing", "register") and 0 < (cell.value or 0) < 3:
            few.add(cell.id)
    return few & {cell.id for cell in cells(made.shown)}


def test_small_numbers_are_not_shown(made: Case, found: Status, shown: StatusDocument) -> None:
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
    few = sensitive(made)
    assert {id for id in few if told[id] is not None} == set()
    assert any(made.behind[id][0] >= 3 for id in few & made.behind.keys())  # many persons of one or two companies
    assert shown.missing == []
    assert shown.companies is None
    assert shown.audience == "public"


def test_the_companies_behind_are_those_of_plain_loops(made: Case) -> None:
    told = made.found.tally.companies
    assert told is not None
    ids = {
        f"{measure}.{dimension}.{'not-stated' if value is None else value}" if dimension else measure: number
        for (measure, dimension, value), number in told.items()
        if number
    }
    assert ids == {id: len(companies) for id, (_, companies) in made.behind.items()}


def test_hours_and_their_persons_are_withheld_together(made: Case) -> None:
    told = {cell.id: cell for cell in cells(made.shown)}
    true = {cell.id: cell.value for cell in cells(made.found.document)}
    tried = 0
    for id, cell in told.items():
        twin = id.replace("participants.", "hours.")
        if twin != id and twin in told and true[id] and true[twin]:
            assert cell.withheld == told[twin].withheld, id
            tried += cell.withheld
    assert tried > 0


def test_zeros_are_shown_but_in_a_measure_that_is_withheld_whole(made: Case) -> None:
    hidden = whole(made.shown)
    for before, after in zip(cells(made.found.document.tables), cells(made.shown.tables), strict=True):
        if before.value == 0 and measure(before.id) not in hidden:
            assert after.value == 0, before.id


def test_what_is_shown_leaves_every_small_number_open(made: Case) -> None:
    assert attacked(made, made.shown) == []


def test_the_same_attack_succeeds_where_only_the_small_numbers_are_withheld(made: Case) -> None:
    few = sensitive(made)
    data = published(made.found.document)

    def withhold(part: Any) -> Any:
        if isinstance(part, dict):
            if part.get("id") in few and "withheld" in part:
                return part | {"value": None, "withheld": True}
            return {key: withhold(value) for key, value in part.items()}
        return [withhold(each) for each in part] if isinstance(part, list) else part

    naive = StatusDocument.model_validate(withhold(data))
    assert len(attacked(made, naive, 4)) == 4


def measure(id: str) -> str:
    head, _, rest = id.partition(".")
    return f"{head}.{rest.partition('.')[0]}" if head in (*PERSONS, "funnel") else head


def whole(shown: StatusDocument) -> set[str]:
    """Measures of which nothing is shown, nor their zeros: these numbers may be 0."""
    of: dict[str, list[bool]] = {}
    for cell in cells(shown):
        of.setdefault(measure(cell.id), []).append(cell.withheld)
    return {name for name, withheld in of.items() if all(withheld) and len(withheld) > 3}


def attacked(made: Case, shown: StatusDocument, enough: int = 1) -> list[tuple[str, float, float]]:
    """The small numbers that can be told too closely from the published document: id and range. A zero isn't withheld:
    what is withheld is at least 1."""
    true = {cell.id: float(cell.value or 0) for cell in cells(made.found.document)}
    told = {cell.id: cell.value for cell in cells(shown)}
    data = published(shown)
    equal = [({whole: -1.0} | dict.fromkeys(parts, 1.0), True) for whole, parts in sums(data)]
    rows = equal + [({less: 1.0} | dict.fromkeys(more, -1.0), False) for less, more in limits(data, made.nested)]
    known = {id: float(value) for id, value in told.items() if value is not None}
    for whole_, parts in sums(data):  # the forecast tells what its months had together
        if whole_.endswith("!"):
            known[whole_] = sum(true[part] for part in parts)
    names = sorted({name for row, _ in rows for name in row if name not in known})
    if not names:
        return []
    place = {name: number for number, name in enumerate(names)}
    left, right = np.zeros((len(rows), len(names))), np.zeros(len(rows))
    for line, (row, _) in enumerate(rows):
        for name, factor in row.items():
            if name in place:
                left[line, place[name]] += factor
            else:
                right[line] -= factor * known[name]
    exact = np.array([is_exact for _, is_exact in rows])
    hidden = whole(shown)
    may_be_0 = {
        n for n in names if n not in true or n.startswith("hours") or (measure(n) in hidden and n not in hidden)
    }
    bounds = [(0 if name in may_be_0 else 1, None) for name in names]
    limits_ = {
        "A_eq": csr_array(left[exact]), "b_eq": right[exact], "A_ub": csr_array(left[~exact]), "b_ub": right[~exact],
    }  # fmt: skip
    narrow = []
    for name in sorted(sensitive(made) & place.keys()):
        aim = np.zeros(len(names))
        aim[place[name]] = -1
        most = linprog(aim, bounds=bounds, method="highs", **limits_)
        assert most.status in (0, 3, 4)
        high = -most.fun if most.status == 0 else np.inf
        assert true[name] <= high + 1e-6
        if high - true[name] >= 3:  # wherever its least is
            continue
        least = linprog(-aim, bounds=bounds, method="highs", **limits_)
        assert least.status == 0
        assert least.fun <= true[name] + 1e-6
        if high - least.fun < 3 - 1e-6:
            narrow.append((name, least.fun, high))
            if len(narrow) == enough:
                break
    return narrow


def test_the_promises_that_are_within_others_are_found_by_their_rules() -> None:
    found = {(nest.narrow, nest.wide, dimension) for nest in nests(several()) for dimension in nest.dimensions}
    assert found == {(narrow, wide, dimension) for narrow, wide, dimensions in SEVERAL for dimension in dimensions}


def test_nine_persons_of_one_company_are_not_shown(tmp_path: Path) -> None:
    made = case(tmp_path, one_sent_nine(rows(programme(), 400, 7)), programme())
    told = {cell.id: cell for cell in cells(made.shown)}
    true = {cell.id: cell.value for cell in cells(made.found.document)}
    for sex, persons in (("women", 9), ("men", 4)):
        for measure, number in (("participants", persons), ("hours", 2.0 * persons)):
            id = f"{measure}.{sex}.municipality.1082"
            assert (true[id], told[id].value) == (number, None)
    assert told["participants.women"].value == true["participants.women"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_measure_of_three_persons_is_withheld_whole_and_that_is_said(tmp_path: Path, language: str) -> None:
    made = case(tmp_path, three_others(rows(programme(), 400, 8)), programme())
    true = {cell.id: cell.value for cell in cells(made.found.document)}
    assert true["participants.other"] == 3
    others = [cell for cell in cells(made.shown) if ".other" in cell.id]
    assert len(others) > 100
    assert all(cell.withheld for cell in others)
    notes = [note[language] for note in made.shown.notes]
    for title in {"sv": ("Deltagare, annat", "Timmar, annat"), "en": ("Participants, other", "Hours, other")}[language]:
        assert sum(title in note for note in notes) == 1
    assert not any({"sv": "kvinnor", "en": "women"}[language] in note for note in notes)


def test_the_companies_behind_must_have_been_counted(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "register.db")) as store:
        fill(store, rows(programme(), 40, 5))
        found = status(store, programme(), DAY)
    with pytest.raises(ValueError, match="companies behind"):
        public(found.document, found.tally, found.addresses, programme())


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
        if (before.outcome.value or 0) >= 30:
            assert after.outcome == before.outcome
            assert after.share == before.share
        if after.outcome.withheld:
            assert (after.share, after.forecast) == (None, None)


def test_the_same_numbers_give_the_same_version(made: Case, found: Status, shown: StatusDocument) -> None:
    its = several() if made.nested is SEVERAL else programme()
    assert dumps(public(found.document, found.tally, found.addresses, its)) == dumps(shown)
    assert dumps(StatusDocument.model_validate_json(dumps(shown))) == dumps(shown)


def test_an_empty_programme_withholds_nothing(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "tom.db")) as store:
        empty = status(store, programme(), DAY, for_public=True)
    shown = public(empty.document, empty.tally, empty.addresses, programme())
    assert not any(cell.withheld for cell in cells(shown))
