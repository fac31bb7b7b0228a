"""What every company has said that decides whom it is led to: its challenge, and whether it agreed to be brought
together with others. Pure: from answers and the register's entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.store.records import CompanyAnswer, StoredCompany
from aimaturity.responses.given import State
from aimaturity.responses.profile import county_of, sector_of

CONSENT = "shared_pilot_interest"
"""The question whose `yes` lets a company be brought together with others. "It depends on who they are" doesn't."""
INTEREST = "pilot_interest"
OTHER = frozenset({"other_challenge"})
"""Challenges that nobody shares by having them."""
PLACES = ("municipality", "county")
INDUSTRY = ("sni_section", "sni_version")


@dataclass(frozen=True, slots=True)
class Standing:
    """A company as it stands now.

    county, sector  by its answers, else as the register has it; None where neither says
    challenge       the option that it last chose; None where it never did
    agreed          whether its latest word on being brought together with others is a clear yes
    wants_pilot     whether its latest word on a pilot is a yes, now or later
    """

    id: str
    name: str
    owner: str | None
    county: str | None
    sector: str | None
    challenge: str | None
    agreed: bool
    wants_pilot: bool


def questions(challenge: str) -> tuple[str, ...]:
    """The questions whose answers `standings` reads; `challenge` is the programme's question on challenges."""
    return (challenge, CONSENT, INTEREST, *PLACES, *INDUSTRY)


def standings(
    companies: Iterable[StoredCompany],
    answers: Iterable[CompanyAnswer],
    questionnaires: Mapping[str, Questionnaire],
    challenge: str,
) -> list[Standing]:
    """Every company, by id.

    answers         to `questions(challenge)`, as the register has them, finished assessments or not
    questionnaires  by id, for the codes of places
    """
    said: dict[str, list[CompanyAnswer]] = {}
    for one in answers:
        said.setdefault(one.company, []).append(one)
    return [
        _standing(company, _Said(said.get(company.id, [])), questionnaires, challenge)
        for company in sorted(companies, key=lambda company: company.id)
    ]


class _Said:
    """One company's answers, the newest assessment first."""

    def __init__(self, answers: Sequence[CompanyAnswer]) -> None:
        newest = sorted({(one.date, one.assessment) for one in answers}, reverse=True)  # a number differs by store
        self.assessments = [[one for one in answers if (one.date, one.assessment) == when] for when in newest]

    def last(self, variable: str) -> tuple[CompanyAnswer, ...]:
        """What was said last of all, whatever it was; nothing where nothing was."""
        for answers in self.assessments:
            found = [one for one in answers if one.answer.variable == variable]
            if found:
                return (max(found, key=lambda one: (one.answer.seq, one.answer.device)),)
        return ()

    def option(self, variable: str) -> str | None:
        """The option last chosen: of an assessment, the adviser's choice before the company's own."""
        return next((option for answers in self.assessments if (option := _option(answers, variable))), None)


def _option(answers: Sequence[CompanyAnswer], variable: str) -> str | None:
    chosen = {
        one.answer.voice: one.answer.given.value
        for one in answers
        if one.answer.variable == variable and one.answer.given.state is State.ANSWERED
    }
    value = chosen.get("adviser", chosen.get("company"))
    return value if isinstance(value, str) else None


def _standing(
    company: StoredCompany, said: _Said, questionnaires: Mapping[str, Questionnaire], challenge: str
) -> Standing:
    consent = [one.answer.given for one in said.last(CONSENT)]
    return Standing(
        id=company.id,
        name=company.name or company.id,
        owner=company.owner,
        county=_county(said, questionnaires) or company.county,
        sector=_sector(said) or company.sector,
        challenge=said.option(challenge),
        agreed=any(given.state is State.ANSWERED and given.value == "yes" for given in consent),
        wants_pilot=said.option(INTEREST) in ("now", "later"),
    )


def _county(said: _Said, questionnaires: Mapping[str, Questionnaire]) -> str | None:
    for answers in said.assessments:
        asked = questionnaires.get(answers[0].questionnaire)
        chosen = {name: _option(answers, name) for name in PLACES}
        found = county_of(asked, chosen) if asked is not None else None
        if found is not None:
            return found
    return None


def _sector(said: _Said) -> str | None:
    for answers in said.assessments:
        found = sector_of(*(_option(answers, name) for name in INDUSTRY))
        if found is not None:
            return found
    return None
