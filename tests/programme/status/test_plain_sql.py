"""The status of the invented programme is what plain SQL over the register's tables gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aimaturity.definitions.load import load_programme
from aimaturity.programme.status.standing import status
from aimaturity.programme.store import open_store
from tests.programme.test_invented import UNTIL, journal

WITHIN = "BETWEEN '2025-01-01' AND '2026-11-23'"
CONTACTS = f"""
    SELECT p.company AS company, a.date AS date, a.partner AS partner
        FROM participation p JOIN activity a ON a.id = p.activity
        WHERE a.kind IN ('course', 'seminar', 'visit') AND p.women + p.men + p.other > 0 AND a.date {WITHIN}
    UNION ALL SELECT s.company, s.date, NULL FROM assessment s JOIN definition d ON d.hash = s.definition
        WHERE s.finished IS NOT NULL AND d.id IN ('ai-quickscan', 'ai-maturity') AND s.date {WITHIN}"""
ASSESSED = f"""
    SELECT s.company AS company, min(s.date) AS date FROM assessment s JOIN definition d ON d.hash = s.definition
        JOIN result r ON r.assessment = s.number
        WHERE s.finished IS NOT NULL AND d.id = 'ai-maturity' AND r.scored_areas >= 3 AND s.date {WITHIN}
        GROUP BY s.company"""
PERSONS = f"""
    FROM participation p JOIN activity a ON a.id = p.activity JOIN company c ON c.id = p.company
        WHERE a.date {WITHIN} AND a.kind IN"""


def cells(part: Any) -> Iterator[tuple[str, Any]]:
    """Every cell of a document: its id and value."""
    if isinstance(part, dict):
        if isinstance(part.get("id"), str) and "value" in part:
            yield part["id"], part["value"]
        for inner in part.values():
            yield from cells(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from cells(inner)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    programme = load_programme("examples/programme.yaml").value
    assert programme is not None
    path = tmp_path_factory.mktemp("läget") / "register.db"
    with open_store(str(path)) as store:
        store.import_bundle(journal(300))
        document = status(store, programme, UNTIL).document
    return dict(cells(document.model_dump(mode="json"))), path


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_companies_reached_and_analysed_are_those_of_plain_sql(made: tuple[dict[str, Any], Path]) -> None:
    found, path = made
    for name, query in (("reached", CONTACTS), ("analysed", ASSESSED)):
        [(all_,)] = rows(path, f"SELECT count(DISTINCT company) FROM ({query})")
        assert found[name] == all_ > 20
        for column in ("county", "municipality", "sector"):
            grouped = rows(path, f"""
                SELECT c.{column}, count(DISTINCT x.company) FROM ({query}) x JOIN company c ON c.id = x.company
                GROUP BY c.{column}""")  # fmt: skip
            for value, count in grouped:
                assert found[f"{name}.{column}.{value or 'not-stated'}"] == count
    months = rows(path, f"""
        SELECT substr(first, 1, 7), count(*) FROM (SELECT min(date) AS first FROM ({CONTACTS}) GROUP BY company)
        GROUP BY 1""")  # fmt: skip
    assert len(months) > 15
    assert {month: found[f"reached.month.{month}"] for month, _ in months} == dict(months)
    partners = rows(
        path,
        f"""
        SELECT partner, count(DISTINCT company) FROM ({CONTACTS}) WHERE partner IS NOT NULL GROUP BY partner""",
    )
    assert len(partners) == 13
    assert {partner: found[f"reached.partner.{partner}"] for partner, _ in partners} == dict(partners)


def test_pilots_persons_and_hours_are_those_of_plain_sql(made: tuple[dict[str, Any], Path]) -> None:
    found, path = made
    [(started,)] = rows(path, "SELECT count(*) FROM pilot WHERE status IN ('running', 'ended')")
    assert found["pilots"] == started == 9
    for sex in ("women", "men", "other"):
        for county, persons in rows(path, f"""
            SELECT c.county, sum(p.{sex}) {PERSONS} ('course', 'seminar', 'visit') GROUP BY c.county"""):  # fmt: skip
            assert found[f"participants.{sex}.county.{county or 'not-stated'}"] == persons
        [(hours,)] = rows(path, f"""
            SELECT sum(p.{sex} * coalesce(p.hours, a.hours)) {PERSONS} ('course', 'seminar')""")  # fmt: skip
        assert found[f"hours.{sex}"] == pytest.approx(hours, abs=1e-9)
