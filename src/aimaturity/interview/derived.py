"""Answers that follow from another: the county from the municipality."""

from __future__ import annotations

from collections.abc import Mapping

from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.responses.given import BLANK, Given
from aimaturity.responses.table import State

COUNTY, MUNICIPALITY = "county", "municipality"


def derived(questionnaire: Questionnaire, given: Mapping[str, Given]) -> dict[str, Given]:
    """variable -> answer that follows from those given. A Swedish municipality's official code begins with its county's
    (SCB)."""
    county = questionnaire.questions.get(COUNTY)
    answer = given.get(MUNICIPALITY, BLANK)
    if not isinstance(county, Single) or answer.state is not State.ANSWERED:
        return {}
    municipalities = questionnaire.options_of(questionnaire.questions[MUNICIPALITY])
    code = next((option.code for option in municipalities if option.id == answer.value), None) or ""
    found = [o.id for o in questionnaire.options_of(county) if o.code and len(o.code) == 2 and code[:2] == o.code]
    return {COUNTY: Given(State.ANSWERED, found[0])} if len(code) == 4 and found else {}
