"""`status` against its database: the same aggregates by plain SQL, written by hand, in the same run; and how long it
takes of its own on a programme of ordinary size."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from aimaturity.definitions.load import load_programme
from aimaturity.programme.status.standing import status
from aimaturity.programme.store import Store, open_store
from benchmarks.timing import in_turn
from tests.programme.status.invented import fill, rows

DAY = dt.date(2023, 6, 15)
SEED = 1
ORDINARY, LARGE = 1000, 100_000
PROFILE = ("county", "municipality", "sector", "size")

BASE = """
CREATE TEMP TABLE took AS
  SELECT p.company, a.id AS activity, a.kind, a.partner, a.date, substr(a.date, 1, 7) AS month, p.women, p.men, p.other,
         coalesce(p.hours, a.hours) AS hours, c.county, c.municipality, c.sector, c.size
  FROM participation p JOIN activity a ON a.id = p.activity JOIN company c ON c.id = p.company
  WHERE a.date BETWEEN '2022-03-01' AND '2023-06-15';
CREATE TEMP TABLE contact AS
  SELECT company, date, partner FROM took WHERE kind IN ('course', 'seminar', 'visit') AND women + men + other > 0
  UNION ALL
  SELECT s.company, s.date, NULL FROM assessment s JOIN definition d ON d.hash = s.definition
  WHERE d.id IN ('ai-quickscan', 'ai-maturity') AND s.finished IS NOT NULL
    AND s.date BETWEEN '2022-03-01' AND '2023-06-15';
CREATE TEMP TABLE met AS SELECT company, min(date) AS date FROM contact GROUP BY company;
CREATE TEMP TABLE first AS
  SELECT c.company, min(c.partner) AS partner FROM contact c JOIN met m ON m.company = c.company AND m.date = c.date
  GROUP BY c.company;
CREATE TEMP TABLE reached AS
  SELECT m.company, m.date, substr(m.date, 1, 7) AS month, c.county, c.municipality, c.sector, c.size,
         f.partner AS first_partner
  FROM met m JOIN company c ON c.id = m.company LEFT JOIN first f ON f.company = m.company;
CREATE TEMP TABLE analysed AS
  SELECT s.company, min(s.date) AS date, substr(min(s.date), 1, 7) AS month, r.county, r.municipality, r.sector, r.size,
         r.first_partner
  FROM assessment s JOIN definition d ON d.hash = s.definition JOIN result e ON e.assessment = s.number
  JOIN reached r ON r.company = s.company
  WHERE d.id = 'ai-maturity' AND s.finished IS NOT NULL AND s.date BETWEEN '2022-03-01' AND '2023-06-15'
    AND e.scored_areas >= 3
  GROUP BY s.company;
"""
GAPS = (
    *(f"SELECT count(*) FROM company WHERE merged_into IS NULL AND {name} IS NULL"
      for name in ("municipality", "sector", "size", "organisationsnummer")),
    "SELECT count(*) FROM company WHERE merged_into IS NULL AND county NOT IN ('10', '12')",
    "SELECT count(*) FROM company WHERE merged_into IS NULL",
    "SELECT count(*) FROM activity a WHERE kind <> 'newsletter' AND NOT EXISTS (SELECT 1 FROM participation p "
    "WHERE p.activity = a.id AND p.women + p.men + p.other > 0)",
    "SELECT count(*) FROM activity WHERE date < '2022-03-01' OR date > '2024-02-29'",
    "SELECT count(*) FROM assessment WHERE finished IS NOT NULL AND (date < '2022-03-01' OR date > '2024-02-29')",
    "SELECT count(*) FROM participation WHERE women + men + other = 0",
    "SELECT count(*) FROM (SELECT 1 FROM participation GROUP BY activity, company HAVING count(*) > 1)",
    "SELECT count(*) FROM took WHERE kind IN ('course', 'seminar') AND hours IS NULL AND women + men + other > 0",
    "SELECT count(*) FROM assessment s WHERE finished IS NULL AND substr(coalesce((SELECT max(at) FROM answer_event e "
    "WHERE e.assessment = s.number), started), 1, 10) < '2023-05-16'",
    "SELECT count(*) FROM assessment s JOIN definition d ON d.hash = s.definition LEFT JOIN result e ON "
    "e.assessment = s.number WHERE d.id = 'ai-maturity' AND s.finished IS NOT NULL AND coalesce(e.scored_areas, 0) < 3",
    "SELECT count(*) FROM (SELECT 1 FROM company WHERE merged_into IS NULL AND name IS NOT NULL GROUP BY lower(name) "
    "HAVING count(*) > 1)",
)  # fmt: skip


def by_hand(path: Path) -> dict[str, object]:
    """The status's aggregates by plain SQL: a statement a table, as one would write them."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.executescript(BASE)
    found: dict[str, object] = {}

    def ask(name: str, statement: str) -> None:
        found[name] = connection.execute(statement).fetchall()

    for fact in ("reached", "analysed"):
        ask(fact, f"SELECT count(*) FROM {fact}")
        for by in (*PROFILE, "month", "first_partner"):
            ask(f"{fact} {by}", f"SELECT {by}, count(*) FROM {fact} GROUP BY 1")
        partners = f"SELECT c.partner, count(DISTINCT c.company) FROM contact c JOIN {fact} f ON f.company = c.company"
        ask(f"{fact} partner", f"{partners} GROUP BY 1")
    sums = "sum(women), sum(men), sum(other)"
    timed = ", ".join(
        f"sum(CASE WHEN kind IN ('course', 'seminar') THEN {s} * hours END)" for s in ("women", "men", "other")
    )
    for by in ("''", *PROFILE, "month", "partner", "kind"):
        which = "" if by == "kind" else "WHERE kind IN ('course', 'seminar', 'visit')"
        ask(f"persons {by}", f"SELECT {by}, {sums}, {timed} FROM took {which} GROUP BY 1")
    ask("companies", "SELECT kind, count(DISTINCT company) FROM took WHERE women + men + other > 0 GROUP BY 1")
    during = "FROM activity WHERE date BETWEEN '2022-03-01' AND '2023-06-15'"
    for by in ("kind", "partner", "substr(date, 1, 7)", "municipality", "substr(municipality, 1, 2)"):
        ask(f"activities {by}", f"SELECT {by}, count(*) {during} GROUP BY 1")
    ask("pilots", "SELECT id, card, county, sector, partner FROM pilot")
    ask("in pilots", "SELECT DISTINCT p.pilot, p.company FROM pilot_company p JOIN analysed a ON a.company = p.company")
    for number, statement in enumerate(GAPS):
        ask(f"gap {number}", statement)
    connection.close()
    return found


def run() -> None:
    programme = load_programme("digit-hub-ai").value
    if programme is None:
        raise ValueError("the bundled programme has errors")
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        for path, companies in ((small, ORDINARY), (large, LARGE)):
            with open_store(str(path)) as store:
                fill(store, rows(programme, companies, SEED))
        _of_its_own(small)
        with open_store(str(large)) as store:

            def ours() -> object:
                return status(store, programme, DAY)

            _same(store, ours, large)
            mine, hand, _ = in_turn(ours, lambda: by_hand(large), 3)
            times = f"{LARGE // 1000} 000 companies {mine:.2f} s, plain SQL {hand:.2f} s"
            print(f"status        {times}: {mine / hand:.2f} x (at most 3)")


def _same(store: Store, ours: Callable[[], object], path: Path) -> None:
    """Both sides count the same."""
    found = {
        cell.id: cell.value for table in ours().document.tables for row in table.rows for cell in row.cells if cell
    }  # type: ignore[attr-defined]
    hand = by_hand(path)
    for fact in ("reached", "analysed"):
        for by in (*PROFILE, "month", "first_partner", "partner"):
            for value, number in hand[f"{fact} {by}"]:  # type: ignore[attr-defined]
                id = f"{fact}.{by}.{'not-stated' if value is None else value}"
                if found[id] != number:
                    raise AssertionError(f"{id}: {found[id]} is not {number}")


def _of_its_own(path: Path) -> None:
    """The whole command less the start of one that does nothing."""
    environment = os.environ | {"AIMATURITY_DATABASE": str(path)}

    def command(*arguments: str) -> Callable[[], object]:
        whole = [sys.executable, "-m", "aimaturity", *arguments]
        return lambda: subprocess.run(whole, env=environment, check=True, capture_output=True)

    told, started, _ = in_turn(command("status", "--date", DAY.isoformat()), command("--version"), 5)
    work = f"status {told:.2f} s, start {started:.2f} s"
    print(f"status        {ORDINARY} companies: {work}: {told - started:.2f} s of its own (at most 1)")


if __name__ == "__main__":
    run()
