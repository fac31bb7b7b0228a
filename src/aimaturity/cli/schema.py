"""`schema`: JSON Schemas, made from the models."""

from __future__ import annotations

import json
from typing import Any

from aimaturity.cli.shared import fail, out, remark
from aimaturity.cli.words import say

KINDS = (
    "questionnaire",
    "scoring",
    "programme",
    "answers",
    "result",
    "benchmark",
    "benchmark-ledger",
    "cohort",
    "pilots",
    "shortlist",
    "pilot-decision",
    "status",
)
WRITTEN = ("result", "benchmark", "benchmark-ledger", "cohort", "shortlist", "status")
"""Kinds that the program writes, and nobody by hand."""


def schema_of(kind: str) -> dict[str, Any]:
    """The schema (draft 2020-12) of a kind of file."""
    from aimaturity.benchmark.documents import BenchmarkSet, Ledger
    from aimaturity.definitions.programme import Programme
    from aimaturity.definitions.questionnaire import Questionnaire
    from aimaturity.definitions.scoring_model import ScoringModel
    from aimaturity.documents.cohort import CohortDocument
    from aimaturity.documents.status import StatusDocument
    from aimaturity.programme.pilots.card import PilotFile
    from aimaturity.programme.pilots.decision import PilotDecision
    from aimaturity.programme.pilots.document import PilotShortlist
    from aimaturity.responses.answers_file import AnswersFile
    from aimaturity.scoring.document import ResultDocument

    model: Any = {
        "questionnaire": Questionnaire,
        "scoring": ScoringModel,
        "programme": Programme,
        "answers": AnswersFile,
        "result": ResultDocument,
        "benchmark": BenchmarkSet,
        "benchmark-ledger": Ledger,
        "cohort": CohortDocument,
        "pilots": PilotFile,
        "shortlist": PilotShortlist,
        "pilot-decision": PilotDecision,
        "status": StatusDocument,
    }[kind]
    mode: Any = "serialization" if kind in WRITTEN else "validation"
    made: dict[str, Any] = model.model_json_schema(by_alias=True, mode=mode)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:aimaturity:schema:{kind}:1",
    }
    return head | made


def text_of(kind: str) -> str:
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2)


def run(kind: str, lang: str) -> None:
    if kind not in KINDS:
        remark(say("bad_ending", lang, ending=kind, endings=", ".join(KINDS)))
        fail()
    out(text_of(kind))
