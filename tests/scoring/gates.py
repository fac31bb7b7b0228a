"""A model with many gates: each question is asked only where an unscored one is answered yes."""

from __future__ import annotations

import json
from typing import Any

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel


def gates_model(gates: int) -> tuple[Questionnaire, ScoringModel]:
    options = [{"id": "n", "text": "nej"}, {"id": "y", "text": "ja"}]
    questions: list[dict[str, Any]] = [{"id": "always", "kind": "single", "text": "å", "options": options}]
    for number in range(gates):
        questions.append({"id": f"gate{number}", "kind": "single", "text": "ä", "options": options})
        condition = {"question": f"gate{number}", "is": "y"}
        questions.append({"id": f"q{number}", "kind": "single", "text": "ö", "options": options, "show_if": condition})
    section = {"id": "s", "title": "s", "questions": questions}
    data = {"questionnaire": "q", "version": "1", "languages": ["sv"], "title": "t", "sections": [section]}
    tree = {"id": "whole", "children": ["always", *(f"q{number}" for number in range(gates))]}
    model = {"scoring": "m", "version": "1", "title": "m", "questionnaire": "q", "tree": tree}
    return (
        Questionnaire.model_validate_json(json.dumps(data)),
        ScoringModel.model_validate_json(json.dumps(model)),
    )
