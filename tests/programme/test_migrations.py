"""A store of any released version opens in this one with the same content, whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import Engine

from aimaturity.programme.store import Store, open_store
from aimaturity.programme.store.engines import sqlite_engine
from aimaturity.programme.store.fold import companies
from aimaturity.programme.store.migrating import MIGRATIONS, upgrade
from aimaturity.programme.store.sqlite_file import touch_private
from aimaturity.programme.store.versions import VERSION_TABLE, VERSIONS
from tests.programme.filled import begun, event
from tests.programme.test_answers import EVERY_KIND

RELEASED = sorted((Path(__file__).parents[1] / "released").glob("*/store.sql"))


def released(dump: Path, url: str, engine: Engine) -> None:
    """The database of a release, from its dump: SQLite's as it was, PostgreSQL's by the migration of its version."""
    with sqlite3.connect(":memory:") as memory:
        memory.executescript(dump.read_text("utf-8"))
        if engine.dialect.name == "sqlite":
            with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
                memory.backup(file)
            file.close()
        else:
            [version] = memory.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
            upgrade(engine, version)
            memory.row_factory = sqlite3.Row
            then = MetaData()
            then.reflect(engine)
            with engine.begin() as connection:
                for table in then.sorted_tables:
                    if table.name == VERSION_TABLE:
                        continue
                    order = " ORDER BY merged_into IS NOT NULL" if table.name == "company" else ""
                    for row in memory.execute(f"SELECT * FROM {table.name}{order}"):
                        connection.execute(table.insert().values(dict(row)))
    memory.close()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Connections to an empty database."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        touch_private(path)
        made = sqlite_engine(path, 5.0, read_only=False)
    else:
        made = create_engine(url)
    yield made
    made.dispose()


@pytest.mark.parametrize("dump", RELEASED, ids=lambda path: path.parent.name)
def test_a_released_store_opens_with_all_that_it_held(dump: Path, url: str, engine: Engine) -> None:
    released(dump, url, engine)
    with open_store(url) as store:
        assert store.check() == []
        company = store.companies()[0]
        expected = json.loads((dump.parent / "store.json").read_text("utf-8"))
        exported = json.loads(json.dumps(store.export_company(company.id)))
        log = expected.pop("log")
        assert is_held({key: exported[key] for key in expected}, expected)
        journal = [(e["kind"], e["what"], e["about"], e["at"]) for e in exported["entries"]]
        merged = expected["merged"][0]["id"]
        assert journal == [
            *(("company", "added", entry["company"], entry["at"]) for entry in log[:2]),
            ("company", "merged", merged, log[2]["at"]),
            *(("assessment", "begun", a["id"], a["started"]) for a in expected["assessments"]),
        ]
        assert exported["entries"][2]["facts"]["into"] == log[2]["company"]
        found = companies(store.entries("company"))
        assert {id: one.joined for id, one in found.items()} == {company.id: None, merged: company.id}
        first, second = store.assessments()
        answers = store.answers(first.id)
        assert answers == {**EVERY_KIND, "data_inventory": EVERY_KIND["business_case"]}
        assert store.answers(second.id) == {}
        assert store.open_questionnaire(first.id).questionnaire == first.questionnaire
        assert store.record(first.id, [event()]) == (first.events + 1,)


def is_held(now: Any, then: Any) -> bool:
    """Whether all that was there is there; what came with later versions may stand beside it."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and is_held(now[key], then[key]) for key in then)
    if isinstance(then, list):
        return len(now) == len(then) and all(map(is_held, now, then))
    return bool(now == then)


def shape(engine: Engine) -> Any:
    """Everything that makes up the database, but for Alembic's own table."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            query = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> :own"
        else:
            query = """
                SELECT table_name, column_name, data_type || is_nullable || coalesce(is_identity, '') FROM
                    information_schema.columns WHERE table_schema = 'public' AND table_name <> :own
                UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> :own
                UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes
                    WHERE schemaname = 'public' AND tablename <> :own
                UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
                    WHERE NOT tgisinternal
                UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            """
        return sorted(map(tuple, connection.execute(text(query), {"own": VERSION_TABLE})), key=repr)


def test_a_new_store_and_one_brought_up_from_the_first_version_are_built_alike(
    engine: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    upgrade(engine)
    migrated = shape(engine)
    if engine.dialect.name == "sqlite":
        with open_store(str(tmp_path / "ny.db")) as store:
            assert shape(store._engine) == migrated
    else:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        with open_store(request.getfixturevalue("url")) as store:
            assert shape(store._engine) == migrated
    assert len(migrated) > 20


def test_the_versions_named_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(VERSIONS)


NEXT = """
from alembic import op
from sqlalchemy import Column, Text, text
revision, down_revision = "0003", "0002"
def upgrade():
    op.add_column("company", Column("mark", Text))
    op.execute(text("UPDATE company SET mark = 'Skåne'"))
"""


def next_version(folder: Path, script: str) -> Path:
    shutil.copytree(MIGRATIONS, folder / "migrations")
    (folder / "migrations" / "versions" / "v0003_next.py").write_text(script, "utf-8")
    return folder / "migrations"


def test_an_upgrade_keeps_every_answer(opened: Callable[..., Store], tmp_path: Path) -> None:
    store = opened()
    assessment = begun(store)
    store.record(assessment, [event(), event("data_access", 3)])
    before = store.history(assessment)
    upgrade(store._engine, folder=next_version(tmp_path, NEXT))
    assert store.history(assessment) == before
    with store._read() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == ["0003"]
        assert connection.execute(text("SELECT mark FROM company")).scalars().all() == ["Skåne"]
    assert store.check() == []


def test_an_upgrade_that_fails_half_way_leaves_the_store_as_it_was(
    opened: Callable[..., Store], tmp_path: Path
) -> None:
    store = opened()
    assessment = begun(store)
    store.record(assessment, [event()])
    before = shape(store._engine)
    with pytest.raises(RuntimeError, match="strömavbrott"):
        upgrade(store._engine, folder=next_version(tmp_path, NEXT + '    raise RuntimeError("strömavbrott")\n'))
    assert shape(store._engine) == before
    assert opened().answers(assessment) == store.answers(assessment)


def test_opening_a_store_of_this_version_imports_no_alembic(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from aimaturity.programme.store import open_store\n"
        "open_store(sys.argv[1]); open_store(sys.argv[1])\n"
        "assert not [name for name in ('alembic', 'polars', 'pyarrow', 'psycopg', 'textual') if name in sys.modules]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "r.db")], check=True)
