"""The programme: activities, participations, pilots; a journal of entries in place of the log; events that know their
store. The tables as they were then: a copy, never to be changed with `schema.py`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Connection

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
NUMBER = Integer().with_variant(BigInteger(), "postgresql")
FIRST = "first"
"""The store's name in what was recorded before stores had names: the same in all, as copies of one may have spread."""

Table("assessment", METADATA, Column("number", NUMBER, primary_key=True))  # as it is: named by others

company = Table(
    "company",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("organisationsnummer", Text, unique=True),
    Column("created", Text, nullable=False),
    Column("merged_into", Text, ForeignKey("company.id"), index=True),
    Column("municipality", Text),
    Column("county", Text),
    Column("sector", Text),
    Column("size", Text),
    Column("owner", Text),
    Column("benchmark", Text),
    CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name="size"),
    CheckConstraint("benchmark IN ('yes', 'no')", name="benchmark"),
)
answer_event = Table(
    "answer_event",
    METADATA,
    Column("assessment", NUMBER, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("device", Text, primary_key=True),
    Column("variable", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("given", Text, nullable=False),
    Column("who", Text),
    Column("at", Text, nullable=False),
    Column("aside", Integer, nullable=False),
    CheckConstraint("voice IN ('adviser', 'company')", name="voice"),
    CheckConstraint("origin IN ('interview', 'import', 'carried')", name="origin"),
)
NEW = (
    Table("about", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)),
    Table(
        "entry",
        METADATA,
        Column("uid", Text, primary_key=True),
        Column("clock", NUMBER, nullable=False, index=True),
        Column("device", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("who", Text),
        Column("kind", Text, nullable=False),
        Column("about", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("facts", Text, nullable=False),
        Index(None, "about", "kind"),
    ),
    Table(
        "activity",
        METADATA,
        Column("id", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("date", Text, nullable=False, index=True),
        Column("hours", Float),
        Column("partner", Text),
        Column("municipality", Text),
    ),
    Table(
        "participation",
        METADATA,
        Column("activity", Text, ForeignKey("activity.id"), primary_key=True),
        Column("entered_as", Text, primary_key=True),
        Column("company", Text, ForeignKey("company.id"), nullable=False, index=True),
        Column("women", NUMBER, nullable=False),
        Column("men", NUMBER, nullable=False),
        Column("other", NUMBER, nullable=False),
        Column("hours", Float),
        CheckConstraint("women >= 0 AND men >= 0 AND other >= 0", name="counts"),
    ),
    Table(
        "pilot",
        METADATA,
        Column("id", Text, primary_key=True),
        Column("card", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("started", Text),
        Column("county", Text),
        Column("sector", Text),
        Column("partner", Text),
    ),
    Table(
        "pilot_company",
        METADATA,
        Column("pilot", Text, ForeignKey("pilot.id"), primary_key=True),
        Column("entered_as", Text, primary_key=True),
        Column("company", Text, ForeignKey("company.id"), nullable=False, index=True),
    ),
    Table(
        "result",
        METADATA,
        Column("assessment", NUMBER, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
        Column("basis", Text, nullable=False),
        Column("model", Text, nullable=False),
        Column("scored_areas", NUMBER, nullable=False),
        Column("level", NUMBER),
        Column("municipality", Text),
        Column("county", Text),
        Column("sector", Text),
        Column("size", Text),
        Column("women", NUMBER),
        Column("men", NUMBER),
        Column("other", NUMBER),
        Column("benchmark", Text),
    ),
    Table("erased", METADATA, Column("uid", Text, primary_key=True)),
    Table("erasing_entry", METADATA, Column("uid", Text, primary_key=True)),
)
entry = METADATA.tables["entry"]

TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is never changed'); END",
        "CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event "
        "WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.assessment = OLD.assessment) "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is deleted only when its company is erased'); END",
        "CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
        "CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry "
        "WHEN NOT EXISTS (SELECT 1 FROM erasing_entry WHERE erasing_entry.uid = OLD.uid) "
        "BEGIN SELECT RAISE(ABORT, 'an entry is deleted only when its company is erased'); END",
    ),
    "postgresql": (
        "CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_never()",
        "CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_only_erased()",
        "CREATE TRIGGER answer_event_never_truncated BEFORE TRUNCATE ON answer_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION aimaturity_never()",
        "CREATE FUNCTION aimaturity_only_erased_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM erasing_entry WHERE erasing_entry.uid = OLD.uid) THEN "
        "RAISE EXCEPTION 'an entry is deleted only when its company is erased' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION aimaturity_never()",
        "CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_only_erased_entry()",
        "CREATE TRIGGER entry_never_truncated BEFORE TRUNCATE ON entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION aimaturity_never()",
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))  # companies are away for a moment
    else:
        for name in ("never_changed", "never_deleted", "never_truncated"):
            connection.execute(text(f"DROP TRIGGER answer_event_{name} ON answer_event"))
    _again(connection, company, {})
    _again(connection, answer_event, {"device": FIRST})
    METADATA.create_all(connection, tables=NEW)
    for statement in TRIGGERS[connection.dialect.name]:
        connection.execute(text(statement))
    seen: Counter[str] = Counter()
    made = [_row(number, seen, *said) for number, said in enumerate(_journal(connection), start=1)]
    if made:
        connection.execute(entry.insert(), made)
    connection.execute(text("DROP TABLE log"))


def _again(connection: Connection, table: Table, new: dict[str, Any]) -> None:
    """Makes a table as it is now, with the rows that it had; `new`: what they have in columns that weren't there."""
    if connection.dialect.name != "sqlite":
        _altered(connection, table, new)
        return
    connection.execute(text(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table.name}"))
    names = [row.name for row in connection.execute(text(f"PRAGMA table_info({table.name})"))]
    connection.execute(text(f"DROP TABLE {table.name}"))
    METADATA.create_all(connection, tables=[table])
    values = [*names, *(f"'{value}'" for value in new.values())]
    into = ", ".join([*names, *new])
    connection.execute(text(f"INSERT INTO {table.name} ({into}) SELECT {', '.join(values)} FROM kept ORDER BY rowid"))
    connection.execute(text("DROP TABLE kept"))


def _altered(connection: Connection, table: Table, new: dict[str, Any]) -> None:
    if table is company:
        for name in ("municipality", "county", "sector", "size", "owner", "benchmark"):
            connection.execute(text(f"ALTER TABLE company ADD COLUMN {name} TEXT"))
        for name, values in (("size", "'micro', 'small', 'medium', 'large'"), ("benchmark", "'yes', 'no'")):
            connection.execute(
                text(f"ALTER TABLE company ADD CONSTRAINT ck_company_{name} CHECK ({name} IN ({values}))")
            )
        return
    for name, value in new.items():
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {name} TEXT NOT NULL DEFAULT '{value}'"))
        connection.execute(text(f"ALTER TABLE {table.name} ALTER COLUMN {name} DROP DEFAULT"))
    connection.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT pk_{table.name}"))
    key = ", ".join(column.name for column in table.primary_key.columns)
    connection.execute(text(f"ALTER TABLE {table.name} ADD CONSTRAINT pk_{table.name} PRIMARY KEY ({key})"))


Said = tuple[str, str, str, str, dict[str, Any]]
"""at, kind, about, what, facts."""


def _journal(connection: Connection) -> Iterator[Said]:
    """The entries that the log and the tables amount to."""
    rows = {row.id: row for row in connection.execute(text("SELECT * FROM company ORDER BY created, id"))}
    log = connection.execute(text("SELECT * FROM log ORDER BY number")).all()
    edits = [(row.company, json.loads(row.facts)) for row in log if row.what == "edited"]
    said: dict[str, dict[str, Any]] = {}
    joined: dict[str, str] = {}
    for id, row in rows.items():
        first = {"name": row.name, "organisationsnummer": row.organisationsnummer}
        for about, facts in reversed(edits):
            if about == id:
                first |= {key: before for key, (before, _) in facts.items()}
        said[id] = dict(first)
        yield row.created, "company", id, "added", first
    for row in log:
        facts = json.loads(row.facts)
        if row.what == "edited" and row.company in said:
            new = {key: after for key, (_, after) in facts.items()}
            said[row.company] |= new
            yield row.at, "company", row.company, "edited", new
        elif row.what == "merged" and facts["id"] in said:
            joined[facts["id"]] = row.company
            yield row.at, "company", facts["id"], "merged", {"into": row.company, "assessments": facts["assessments"]}
        elif row.what == "erased":
            yield row.at, "company", "", "erased", facts
    for id, row in rows.items():
        now = {"name": row.name, "organisationsnummer": row.organisationsnummer}
        if row.merged_into is not None and id not in joined:
            yield row.created, "company", id, "merged", {"into": row.merged_into, "assessments": []}
        if differs := {key: value for key, value in now.items() if said[id][key] != value}:
            yield row.created, "company", id, "edited", differs
    for row in connection.execute(text("SELECT * FROM assessment ORDER BY number")):
        names = ("company", "definition", "occasion", "adviser", "present", "language", "date", "started", "finished")
        yield row.started, "assessment", row.id, "begun", {name: getattr(row, name) for name in names}


def _row(
    number: int, seen: Counter[str], at: str, kind: str, about: str, what: str, facts: dict[str, Any]
) -> dict[str, Any]:
    """The entry's row. Its uid is made of what it says and not of its place, so that copies of one store get the same
    even where one has got more since; of entries that say the same, each has its own."""
    content = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    said = repr((at, kind, about, what, content))
    seen[said] += 1
    uid = hashlib.sha256(f"{said} {seen[said]}".encode("utf-8", "replace")).hexdigest()[:16]
    return {
        "uid": uid, "clock": number, "device": FIRST, "at": at, "who": None,
        "kind": kind, "about": about, "what": what, "facts": content,
    }  # fmt: skip
