"""Bringing an older store up to this version of the program. The only module that imports Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from aimaturity.programme.store.engines import WRITES, one_at_a_time

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, to: str = "head", folder: Path = MIGRATIONS) -> None:
    """Runs what migrations the store lacks, all of them in one transaction: it is upgraded whole, or as it was.
    Of programs that upgrade at once, the first does it and the others find it done."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        one_at_a_time(connection)  # before Alembic reads which version it is
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
