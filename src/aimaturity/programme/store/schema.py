"""The store's tables, and the triggers that keep answers from being changed.

A change here needs a migration in `migrations/versions/` and its name in `versions.VERSIONS`; a test holds a new
store and an upgraded one to be the same.
"""

from __future__ import annotations

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
    event,
    text,
)
from sqlalchemy.engine import Connection

from aimaturity.programme.store.versions import VERSION_TABLE

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_number = Integer().with_variant(BigInteger(), "postgresql")
"""SQLite counts rows with INTEGER only."""

version = Table(VERSION_TABLE, METADATA, Column("version_num", Text, primary_key=True))
"""As Alembic keeps it."""

about = Table(
    "about",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the store says of itself: `device`, its own name among the stores that exchange bundles."""

entry = Table(
    "entry",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("clock", _number, nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Index(None, "about", "kind"),
)
"""Everything ever entered in the register, apart from answers. The tables of companies, activities, participations and
pilots, and what is said of assessments, follow from it (`fold.py`)."""

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
"""municipality, county: official codes (four and two digits); sector: a group of industries (`profile.SECTORS`); size:
EU size class. What an assessment says comes before what was entered. owner: who stands behind several companies.
benchmark: what the company has said of being in benchmarks, apart from its answers."""

activity = Table(
    "activity",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Text, nullable=False, index=True),
    Column("hours", Float),
    Column("partner", Text),
    Column("municipality", Text),
)
"""kind, partner: ids of the programme file; hours: of one participant."""

participation = Table(
    "participation",
    METADATA,
    Column("activity", Text, ForeignKey("activity.id"), primary_key=True),
    Column("entered_as", Text, primary_key=True),
    Column("company", Text, ForeignKey("company.id"), nullable=False, index=True),
    Column("women", _number, nullable=False),
    Column("men", _number, nullable=False),
    Column("other", _number, nullable=False),
    Column("hours", Float),
    CheckConstraint("women >= 0 AND men >= 0 AND other >= 0", name="counts"),
)
"""Persons of a company at an activity, as counts and never names; other: of other or unstated sex. entered_as: the id
that the company had; hours: of one participant, where they aren't the activity's."""

pilot = Table(
    "pilot",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("card", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("started", Text),
    Column("county", Text),
    Column("sector", Text),
    Column("partner", Text),
)
"""card: JSON, as in a file of pilots; started: the day when it was first approved or running."""

pilot_company = Table(
    "pilot_company",
    METADATA,
    Column("pilot", Text, ForeignKey("pilot.id"), primary_key=True),
    Column("entered_as", Text, primary_key=True),
    Column("company", Text, ForeignKey("company.id"), nullable=False, index=True),
)

definition = Table(
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

assessment = Table(
    "assessment",
    METADATA,
    Column("number", _number, primary_key=True, autoincrement=True),
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
    Column("events", _number, nullable=False),
    CheckConstraint("occasion IN ('T0', 'T1', 'T2')", name="occasion"),
    sqlite_autoincrement=True,
)

answer_event = Table(
    "answer_event",
    METADATA,
    Column("assessment", _number, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("seq", _number, primary_key=True, autoincrement=False),
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

hold = Table(
    "hold",
    METADATA,
    Column("assessment", _number, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("who", Text),
    Column("since", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", _number, nullable=False),
    Column("token", Text, nullable=False),
)

imported = Table(
    "imported",
    METADATA,
    Column("number", _number, primary_key=True, autoincrement=True),
    Column("assessment", _number, ForeignKey("assessment.number"), nullable=False, index=True),
    Column("voice", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

report = Table(
    "report",
    METADATA,
    Column("number", _number, primary_key=True, autoincrement=True),
    Column("assessment", _number, ForeignKey("assessment.number"), nullable=False),
    Column("path", Text, nullable=False),
    Column("written", Text, nullable=False),
    UniqueConstraint("assessment", "path"),
    sqlite_autoincrement=True,
)

result = Table(
    "result",
    METADATA,
    Column("assessment", _number, ForeignKey("assessment.number"), primary_key=True, autoincrement=False),
    Column("basis", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("scored_areas", _number, nullable=False),
    Column("level", _number),
    Column("municipality", Text),
    Column("county", Text),
    Column("sector", Text),
    Column("size", Text),
    Column("women", _number),
    Column("men", _number),
    Column("other", _number),
    Column("benchmark", Text),
)
"""What counts of an assessment's answers, so that they needn't be scored to be counted. It follows from them and may be
thrown away: basis says from which answers, model by which scoring model's content. women, men, other: head count."""

erased = Table(
    "erased",
    METADATA,
    Column("uid", Text, primary_key=True),
)
"""Entries and assessments that were erased: what comes back in another store's bundle under these ids stays out. The
ids are random and say nothing of what they were."""

erasing = Table(
    "erasing",
    METADATA,
    Column("assessment", _number, primary_key=True, autoincrement=False),
)
"""Assessments that are being erased, inside the transaction that does it and never after: see the triggers."""

erasing_entry = Table("erasing_entry", METADATA, Column("uid", Text, primary_key=True))
"""Entries that are being erased, likewise."""

TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is never changed'); END",
        "CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event "
        "WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.assessment = OLD.assessment) "
        "BEGIN SELECT RAISE(ABORT, 'an answer event is deleted only when its company is erased'); END",
        "CREATE TRIGGER definition_never_changed BEFORE UPDATE ON definition "
        "BEGIN SELECT RAISE(ABORT, 'a definition is never changed'); END",
        "CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
        "CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry "
        "WHEN NOT EXISTS (SELECT 1 FROM erasing_entry WHERE erasing_entry.uid = OLD.uid) "
        "BEGIN SELECT RAISE(ABORT, 'an entry is deleted only when its company is erased'); END",
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
"""By kind of database. An answer is changed by a later event; only the erasing of a company takes events away."""


def _add_triggers(target: MetaData, connection: Connection, **others: object) -> None:
    for statement in TRIGGERS[connection.dialect.name]:
        connection.execute(text(statement))


event.listen(METADATA, "after_create", _add_triggers)
