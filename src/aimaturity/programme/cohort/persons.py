"""Women and men: sums over the companies, where their answers are numbers by sex."""

from __future__ import annotations

import math
from collections.abc import Sequence

from aimaturity.documents.cohort import Persons
from aimaturity.programme.cohort.taking import Catalogue, Taken

QUESTIONS = ("head_count", "influence_on_ai", "training_split")
FEWEST = 3
"""A sum of fewer persons is not shown (docs/method.md): it would be somebody."""
OF = {"women_hours": "women", "men_hours": "men"}
"""Hours, and the persons that they are of."""


def persons(catalogue: Catalogue, present: Sequence[Taken]) -> list[Persons]:
    """A table of sums for each question that is asked and answered."""
    found = []
    for name in QUESTIONS:
        question = catalogue.questions.get(name)
        given = [
            one.answers[name].value for one in present if name in one.answers and one.answers[name].state == "answered"
        ]
        numbers = [value for value in given if isinstance(value, dict)]
        if question is not None and numbers:
            parts = {part: math.fsum(n.get(part, 0.0) for n in numbers) for part in numbers[0]}
            shown = {part: total if _shown(part, parts) else None for part, total in parts.items()}
            found.append(Persons(question=name, text=question.text, companies=len(numbers), parts=shown))
    return found


def _shown(part: str, parts: dict[str, float]) -> bool:
    heads = parts.get(OF.get(part, part), 0.0)
    return heads == 0 or heads >= FEWEST
