"""The first release's tables and triggers, as they were then: a copy, never to be changed with `schema.py`."""

from __future__ import annotations

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
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None
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

Table(
    "company",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("organisationsnummer", Text, unique=True),
    Column("created", Text, nullable=False),
    Column("merged_into", Text, ForeignKey("company.id"), index=True),
)

Table(
    "definition",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("kept", Text, nullable=False),
    CheckConstraint("kind IN ('questionnaire', 'scoring')", name="kind"),
)

Table(
    "assessment",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("company", Text, ForeignKey("company.id"), nullable=False, index=True),
    Column("definition", Text, ForeignKey("definition.hash"), nullable=False),
    Column("occasion", Text),
    Column("adviser", Text),
    Column("present", Text),
    Column("language", Text),
    Column("date", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("position", Text),
    Column("seconds", Float, nullable=False),
    Column("events", NUMBER, nullable=False),
    CheckConstraint("occasion IN ('T0', 'T1', 'T2')", name="occasion"),
    sqlite_autoincrement=True,
)

Table(
    "answer_event",
    METADATA,
    Column("assessment", NUMBER, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
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

Table(
    "hold",
    METADATA,
    Column("assessment", NUMBER, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("who", Text),
    Column("since", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", NUMBER, nullable=False),
    Column("token", Text, nullable=False),
)

Table(
    "imported",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("assessment", NUMBER, ForeignKey("assessment.number"), nullable=False, index=True),
    Column("voice", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

Table(
    "report",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("assessment", NUMBER, ForeignKey("assessment.number"), nullable=False),
    Column("path", Text, nullable=False),
    Column("written", Text, nullable=False),
    UniqueConstraint("assessment", "path"),
    sqlite_autoincrement=True,
)

Table(
    "log",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("company", Text),
    Column("facts", Text, nullable=False),
    Index(None, "company"),
    sqlite_autoincrement=True,
)

Table(
    "erasing",
    METADATA,
    Column("assessment", NUMBER, primary_key=True, autoincrement=False),
)

TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is never changed'); END",
        "CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event "
        "WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.assessment = OLD.assessment) "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is deleted only when its company is erased'); END",
        "CREATE TRIGGER definition_never_changed BEFORE UPDATE ON definition "
        "BEGIN SELECT RAISE(ABORT, 'a definition is never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION aimaturity_never() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        "CREATE FUNCTION aimaturity_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.assessment = OLD.assessment) THEN "
        "RAISE EXCEPTION 'an answer event is deleted only when its company is erased' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_never()",
        "CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_only_erased()",
        "CREATE TRIGGER answer_event_never_truncated BEFORE TRUNCATE ON answer_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION aimaturity_never()",
        "CREATE TRIGGER definition_never_changed BEFORE UPDATE ON definition "
        "FOR EACH ROW EXECUTE FUNCTION aimaturity_never()",
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    METADATA.create_all(connection)
    for statement in TRIGGERS[connection.dialect.name]:
        connection.execute(text(statement))
