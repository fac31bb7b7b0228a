"""Answers that follow from another: the county from the municipality."""

from __future__ import annotations

from collections.abc import Mapping

from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.responses.given import BLANK, Given, State
from aimaturity.responses.profile import county_of

COUNTY, MUNICIPALITY = "county", "municipality"


def derived(questionnaire: Questionnaire, given: Mapping[str, Given]) -> dict[str, Given]:
    """variable -> answer that follows from those given. A Swedish municipality's official code begins with its county's
    (SCB)."""
    county = questionnaire.questions.get(COUNTY)
    answer = given.get(MUNICIPALITY, BLANK)
    if not isinstance(county, Single) or answer.state is not State.ANSWERED:
        return {}
    code = county_of(questionnaire, {MUNICIPALITY: str(answer.value)})
    found = [option.id for option in questionnaire.options_of(county) if code and option.code == code]
    return {COUNTY: Given(State.ANSWERED, found[0])} if found else {}
