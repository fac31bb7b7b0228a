"""Definitions by content: an assessment keeps the questionnaire it was begun with, whatever becomes of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.engine import Connection

from aimaturity.definitions.hashing import canonical_json, content_hash
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store import schema
from aimaturity.programme.store.base import Base, insert_or_keep

if TYPE_CHECKING:  # an interview begins without it
    from aimaturity.definitions.scoring_model import ScoringModel

Kind = TypeVar("Kind", "Questionnaire", "ScoringModel")


class Definitions(Base):
    """Questionnaires and scoring models that assessments were made with."""

    def keep_definition(self, definition: Questionnaire | ScoringModel) -> str:
        """Keeps it, if it isn't kept already; the hash under which it is found."""
        digest = content_hash(definition)
        with self._read() as connection:
            there = connection.execute(select(schema.definition.c.hash).where(schema.definition.c.hash == digest))
            if there.scalar_one_or_none() is not None:
                return digest
        with self._write() as connection:
            self._keep(connection, definition)
        return digest

    def _keep(self, connection: Connection, definition: Questionnaire | ScoringModel) -> str:
        """The same inside a transaction."""
        is_questionnaire = isinstance(definition, Questionnaire)
        digest = content_hash(definition)
        row = {
            "hash": digest,
            "kind": "questionnaire" if is_questionnaire else "scoring",
            "id": definition.questionnaire if isinstance(definition, Questionnaire) else definition.scoring,
            "version": definition.version,
            "content": canonical_json(definition),
            "kept": self._now(),
        }
        connection.execute(insert_or_keep(connection, schema.definition).values(**row))
        return digest

    def questionnaire(self, digest: str) -> Questionnaire:
        """The questionnaire of this content hash, equal to the one that was kept."""
        return self._definition(digest, Questionnaire)

    def scoring_model(self, digest: str) -> ScoringModel:
        """The scoring model of this content hash."""
        from aimaturity.definitions.scoring_model import ScoringModel

        return self._definition(digest, ScoringModel)

    def _definition(self, digest: str, kind: type[Kind]) -> Kind:
        table = schema.definition
        with self._read() as connection:
            content = connection.execute(select(table.c.content).where(table.c.hash == digest)).scalar_one_or_none()
        if content is None:
            raise self._refused("AIM628", name=digest)
        try:
            return kind.model_validate_json(content)
        except ValidationError:
            raise self._refused("AIM628", name=digest) from None
