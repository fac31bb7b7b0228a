"""Every number against loops over plain rows; the rows behind every number; both databases to the byte."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from aimaturity.definitions.load import load_programme
from aimaturity.definitions.programme import Programme
from aimaturity.documents.status import Cell, StatusDocument
from aimaturity.programme.status import trace
from aimaturity.programme.status.counting import Queries
from aimaturity.programme.status.standing import status, why
from aimaturity.programme.status.window import Window
from aimaturity.programme.store import About, Store, open_store, schema
from aimaturity.scoring.parts import dumps
from tests.programme.status import plain
from tests.programme.status.invented import FIRST, LAST, fill, rows

DAYS = [dt.date(2022, 2, 28), FIRST, dt.date(2023, 6, 15), LAST, dt.date(2025, 1, 1)]
SEEDS = [1, 2, 3]


def programme() -> Programme:
    found = load_programme("digit-hub-ai").value
    assert found is not None
    return found


def cells(part: Any) -> Iterator[Cell]:
    """Every cell in a document."""
    if isinstance(part, Cell):
        yield part
    elif isinstance(part, list | tuple):
        for each in part:
            yield from cells(each)
    elif hasattr(part, "model_fields_set"):
        for name in type(part).model_fields:
            yield from cells(getattr(part, name))


@pytest.fixture(scope="module")
def made() -> dict[int, Any]:
    return {seed: rows(programme(), 150, seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def stores(made: dict[int, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Store]]:
    opened = {}
    for seed in SEEDS:
        opened[seed] = open_store(str(tmp_path_factory.mktemp("å") / f"{seed}.db"))
        fill(opened[seed], made[seed])
    yield opened
    for store in opened.values():
        store.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_that_of_plain_loops(stores: dict[int, Store], made: Any, seed: int, day: dt.date) -> None:
    document = status(stores[seed], programme(), day).document
    partners = {partner.id for partner in programme().partners}
    expected = plain.numbers(made[seed], day, FIRST.isoformat(), LAST.isoformat(), partners)
    told: dict[str, Any] = {}
    for cell in cells(document):
        assert told.setdefault(cell.id, cell.value) == cell.value, cell.id
    assert {id: value for id, value in told.items() if value} == {
        id: float(n) if "hours" in id.split(".")[0] else n for id, n in expected.items()
    }
    if day == DAYS[2]:
        assert len(expected) > 300
        assert all(told[name] for name in ("reached", "analysed", "missing.activity_outside", "missing.company_alike"))


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_the_rows_behind_every_number_add_up_to_it(stores: dict[int, Store], seed: int) -> None:
    day = DAYS[2]
    found = status(stores[seed], programme(), day)
    queries = Queries.of(programme(), Window(day, programme().period))
    tried = 0
    with stores[seed]._read() as connection:
        for cell in cells(found.document):
            behind = trace._rows(connection, queries, found.addresses[cell.id])
            total = math.fsum(row.amount for row in behind)
            assert total == pytest.approx(cell.value, rel=1e-12, abs=1e-12), cell.id
            keys = [(row.company, row.date, row.what, row.id) for row in behind]
            if not cell.id.startswith(("participants", "hours", "missing.participation")):
                assert len(set(keys)) == len(keys), cell.id
            tried += 1
    assert tried > 1000
    assert {cell.id for cell in cells(found.document)} == set(found.addresses)


def test_a_row_says_who_when_and_by_what(stores: dict[int, Store]) -> None:
    _, behind = why(stores[1], programme(), DAYS[2], "reached.county.10")
    assert behind
    for row in behind:
        assert isinstance(row, trace.Behind)
        assert row.company
        assert row.what in ("activity", "assessment")
        assert row.id
        assert (row.title is None) == (row.what == "assessment")
    days = [row.date or "" for row in behind if isinstance(row, trace.Behind)]
    assert days == sorted(days)
    assert min(days) >= FIRST.isoformat()


def test_a_cell_that_is_not_there_suggests_the_nearest(stores: dict[int, Store]) -> None:
    assert "reached.county.10" in why(stores[1], programme(), DAYS[2], "reached.county")[1]
    assert "reached.county.10" in why(stores[1], programme(), DAYS[2], "reachd.county.10")[1]
    assert why(stores[1], programme(), DAYS[2], "x" * 300)[1] == []


@pytest.fixture
def swedish_url(postgres: str) -> Iterator[str]:
    """An empty database in PostgreSQL that sorts as Swedes do: underscores and hyphens last, å after z."""
    with psycopg.connect(f"host={postgres} user=postgres dbname=postgres", autocommit=True) as connection:
        how = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C' TEMPLATE template0"
        connection.execute(f"CREATE DATABASE swedish {how}")
        yield f"postgresql+psycopg://postgres@/swedish?host={postgres}"
        connection.execute("DROP DATABASE swedish WITH (FORCE)")


def test_sqlite_and_postgresql_give_the_same_bytes(made: Any, stores: dict[int, Store], swedish_url: str) -> None:
    with open_store(swedish_url) as other:
        fill(other, made[1])
        for day in DAYS:
            ours, theirs = (status(store, programme(), day, for_public=True) for store in (stores[1], other))
            assert dumps(ours.document) == dumps(theirs.document)
            assert ours.tally.companies == theirs.tally.companies
        for cell in ("reached.partner.techtank", "hours.women.kind.course", "missing.company_alike", "funnel.pilot"):
            assert why(stores[1], programme(), DAYS[2], cell)[1] == why(other, programme(), DAYS[2], cell)[1]


def test_the_document_reads_back_and_names_nobody(stores: dict[int, Store], made: Any) -> None:
    text = dumps(status(stores[1], programme(), DAYS[2]).document)
    assert dumps(StatusDocument.model_validate_json(text)) == text
    assert not any(row["name"] and row["name"] in text for row in made[1]["company"])
    assert not any(f'"{row["id"]}"' in text for row in made[1]["company"])


def test_a_store_that_is_empty_has_a_status(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "tom.db")) as store:
        document = status(store, programme(), DAYS[2]).document
    assert {cell.value for cell in cells(document)} == {0}
    assert [promise.standing for promise in document.promises] == ["unlikely"] * 3


def test_a_merge_makes_two_companies_one_and_an_erased_one_is_in_no_number(store: Store) -> None:
    day = "2023-03-01"
    with store._write() as connection:
        connection.execute(
            schema.activity.insert(),
            [{"id": id, "kind": "course", "title": id, "date": date, "hours": 2.0, "partner": partner, "municipality": None}
             for id, date, partner in (("a", day, "techtank"), ("b", "2023-04-01", "packbridge"))],
        )  # fmt: skip
    for id, place in (("f1", "1082"), ("f2", "1280"), ("f3", "1280")):
        store.add_company(f"Företag {id}", id=id, about=About(municipality=place))
    with store._write() as connection:
        connection.execute(
            schema.participation.insert(),
            [{"activity": activity, "entered_as": id, "company": id, "women": 1, "men": 2, "other": 0, "hours": None}
             for activity, id in (("a", "f1"), ("b", "f2"), ("b", "f3"), ("a", "f2"))],
        )  # fmt: skip

    def numbers() -> dict[str, Any]:
        return {cell.id: cell.value for cell in cells(status(store, programme(), DAYS[2]).document) if cell.value}

    before = numbers()
    assert (before["reached"], before["reached.county.10"], before["reached.county.12"]) == (3, 1, 2)
    assert (before["reached.partner.techtank"], before["reached.partner.packbridge"]) == (2, 2)
    assert (before["reached.first_partner.techtank"], before["participants.men"]) == (2, 8)
    store.merge_companies("f1", "f2")
    after = numbers()
    assert (after["reached"], after.get("reached.county.10"), after["reached.county.12"]) == (2, None, 2)
    assert (after["reached.partner.techtank"], after["reached.partner.packbridge"]) == (1, 2)
    assert (after["participants.men"], after["hours.women"]) == (8, 8.0)
    assert after["missing.participation_twice"] == 1
    behind = why(store, programme(), DAYS[2], "missing.participation_twice")[1]
    assert [(row.company, row.id) for row in behind if isinstance(row, trace.Behind)] == [("f2", "a")]
    store.erase_company("f2")
    last = numbers()
    assert (last["reached"], last["participants.men"], last["register.companies"]) == (1, 2, 1)
    assert last["missing.activity_nobody"] == 1


def test_without_period_or_promises_all_days_count(stores: dict[int, Store], made: Any) -> None:
    bare = programme().model_copy(update={"period": None, "promises": programme().promises[:1]})
    document = status(stores[1], bare, dt.date(2030, 1, 1)).document
    days = [a["date"] for a in made[1]["activity"]]
    expected = plain.numbers(made[1], dt.date(2030, 1, 1), min(days)[:7] + "-01", "2030-01-01", set())
    first = document.promises[0]
    assert (
        first.outcome.value
        == expected["reached"]
        >= status(stores[1], programme(), DAYS[4]).document.promises[0].outcome.value
    )
    assert (first.expected, first.forecast, first.no_forecast) == (None, None, "no_period")
    none = status(stores[1], programme().model_copy(update={"promises": ()}), DAYS[2]).document
    assert (none.promises, none.funnel) == ([], [])
    assert next(cell.value for cell in cells(none) if cell.id == "activities") == next(
        cell.value for cell in cells(status(stores[1], programme(), DAYS[2]).document) if cell.id == "activities"
    )
