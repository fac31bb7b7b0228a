"""Whom a company can be led to, with reasons. Pure: results, cards and what companies said go in, documents come out.

The same input gives the same document, whatever its order. A company that hasn't agreed to be brought together is never
in one, and isn't counted where fewer than a group that may be shown would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from aimaturity.benchmark.rules import Rules
from aimaturity.definitions.base import Text
from aimaturity.definitions.programme import Partner, Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.matching.document import (
    Gap,
    Helper,
    Match,
    Meeting,
    Offer,
    Other,
    PilotLink,
    Reason,
    SharedChallenge,
    SharedChallenges,
    Titled,
)  # fmt: skip
from aimaturity.programme.matching.standings import OTHER, Standing
from aimaturity.programme.matching.words import reason
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.history import OPEN
from aimaturity.programme.pilots.words import LANGUAGES
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.parts import Words

ENDED = ("ended", "stopped")
ACADEMIC: tuple[Literal["researcher", "student_project", "course", "test_bed"], ...] = (
    "researcher", "student_project", "course", "test_bed",
)  # fmt: skip
"""What leads to university people and to places to try things out."""


class Matcher:
    """Finds matches in one programme, among the companies and cards of one register."""

    def __init__(
        self,
        programme: Programme,
        questionnaire: Questionnaire,
        standings: Iterable[Standing],
        cards: Iterable[PilotCard],
    ) -> None:
        self.programme = programme
        self.standings = sorted(standings, key=lambda one: one.id)
        self.cards = sorted(cards, key=lambda card: card.id)
        rules = programme.pilots
        question = questionnaire.questions.get(rules.challenge_question) if rules is not None else None
        options = questionnaire.options_of(question) if question is not None else ()
        self.challenges = {option.id: option.text for option in options}
        self.counties, self.sectors = programme.titles("counties"), programme.titles("sectors")
        self.least = Rules().minimum_companies

    def match(self, company: str, result: ResultDocument | None) -> Match:
        """Whom the company can be led to, for the hub. KeyError where there is no such company.

        result  its latest result, None where it has none
        """
        own = {one.id: one for one in self.standings}[company]
        taking_part = [card for card in self.cards if any(one.company == own.id for one in card.companies)]
        gaps = [
            Gap(
                advice=item.id,
                title=item.title,
                kind=item.kind,
                for_next_level=item.for_next_level,
                helpers=self._helpers(item.kind, own),
            )
            for item in (result.advice if result is not None else ())
        ]
        open_ = [card for card in self._open(own.challenge) if card not in taking_part]
        return Match(
            audience="hub",
            id=own.id,
            name=own.name,
            county=_titled(own.county, self.counties),
            sector=_titled(own.sector, self.sectors),
            challenge=_titled(own.challenge, self.challenges),
            result=result.occasion.date if result is not None else None,
            gaps=gaps,
            offers=self._offers(own, gaps, taking_part, open_),
            pilots=[_link(card, []) for card in taking_part],
            open_pilots=[_link(card, self._why(card, own)) for card in open_],
            meeting=self._meeting(own),
        )

    def shared(self) -> SharedChallenges:
        """What companies that agreed to meet others have in common, for the hub."""
        found = []
        for challenge in self.challenges:
            if challenge in OTHER:
                continue
            mine = [one for one in self.standings if one.challenge == challenge]
            agreed = [one for one in mine if one.agreed]
            if agreed:
                sectors = Counter(one.sector or "unknown" for one in agreed)
                found.append(
                    SharedChallenge(
                        challenge=self._title(challenge, self.challenges),
                        companies=[self._other(one, [reason("agreed")]) for one in agreed],
                        sectors=dict(sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0]))),
                        pilots=[_link(card, []) for card in self._open(challenge)],
                        not_agreed=self._many(len(mine) - len(agreed)),
                    )
                )
        found.sort(key=lambda one: (-len(one.companies), one.challenge.id))
        return SharedChallenges(challenges=found)

    def _helpers(self, kind: str, own: Standing, roles: Sequence[str] = ("partner", "university")) -> list[Helper]:
        """Those who offer a kind of help and work in the company's county; where nobody does, the others. A partner
        that names its sectors is left out where the company's isn't one of them."""
        able = [p for p in self.programme.partners if kind in p.offers and p.role in roles and _fits(p, own)]
        near = [partner for partner in able if own.county in partner.counties]
        found = [Helper(
            id=partner.id,
            name=partner.name,
            role=partner.role,
            focus=partner.focus.as_dict(LANGUAGES) if partner.focus is not None else None,
            reasons=self._suits(partner, own),
        ) for partner in near or able]  # fmt: skip
        return sorted(found, key=lambda one: not any(why.key == "knows_sector" for why in one.reasons))

    def _suits(self, partner: Partner, own: Standing) -> list[Reason]:
        found = []
        if own.county is None:
            found.append(reason("county_unknown"))
        else:
            key: Any = "in_county" if own.county in partner.counties else "other_county"
            found.append(reason(key, county=self._name(own.county, self.counties)))
        if own.sector is not None and own.sector in partner.sectors:
            found.append(reason("knows_sector", sector=self._name(own.sector, self.sectors)))
        return found

    def _offers(
        self, own: Standing, gaps: Sequence[Gap], taking_part: Sequence[PilotCard], open_: Sequence[PilotCard]
    ) -> list[Offer]:
        """Courses and students where advice asks for them; researchers and test beds where there is, or may be, a
        pilot."""
        going_on = [card for card in taking_part if card.status not in ENDED]
        pilot = [reason("in_pilot", title=card.title.as_dict(LANGUAGES)) for card in going_on]
        pilot += [reason("wants_pilot")] if own.wants_pilot else []
        pilot += [reason("pilot_on_challenge", title=card.title.as_dict(LANGUAGES)) for card in open_[:1]]
        found = []
        for kind in ACADEMIC:
            asked = [reason("asked_by_advice", title=gap.title) for gap in gaps if gap.kind == kind]
            why = pilot if kind in ("researcher", "test_bed") else asked
            everybody = kind in ("researcher", "test_bed")
            helpers = self._helpers(kind, own) if everybody else self._helpers(kind, own, ("university",))
            if why and helpers:
                found.append(Offer(kind=kind, reasons=why, helpers=helpers))
        return found

    def _open(self, challenge: str | None) -> list[PilotCard]:
        if challenge is None or challenge in OTHER:
            return []
        return [card for card in self.cards if card.status in OPEN and card.challenge == challenge]

    def _why(self, card: PilotCard, own: Standing) -> list[Reason]:
        found = [reason("same_challenge", challenge=self._name(card.challenge, self.challenges))]
        if card.county == own.county:
            found.append(reason("same_county", county=self._name(card.county, self.counties)))
        if card.sector == own.sector:
            found.append(reason("same_sector", sector=self._name(card.sector, self.sectors)))
        return found

    def _meeting(self, own: Standing) -> Meeting:
        """Companies that agreed, of other sectors and owners, with the same challenge."""
        if own.challenge is None or own.challenge in OTHER:
            return Meeting(agreed=own.agreed, companies=[], count=0, not_agreed=None)
        alike = [
            one
            for one in self.standings
            if one.id != own.id
            and one.challenge == own.challenge
            and (one.owner is None or one.owner != own.owner)
            and (one.sector is None or own.sector is None or one.sector != own.sector)
        ]
        agreed = [one for one in alike if one.agreed] if own.agreed else []
        agreed.sort(key=lambda one: (one.county is None or one.county != own.county, one.sector is None, one.id))
        others = [self._other(one, self._together(one, own)) for one in _one_of_each(agreed)]
        silent = sum(not one.agreed for one in alike)
        return Meeting(agreed=own.agreed, companies=others, count=len(others), not_agreed=self._many(silent))

    def _together(self, one: Standing, own: Standing) -> list[Reason]:
        found = [reason("same_challenge", challenge=self._name(str(own.challenge), self.challenges))]
        if one.sector is None or own.sector is None:
            found.append(reason("sector_unknown"))
        else:
            found.append(reason("other_sector", sector=self._name(one.sector, self.sectors)))
        if one.county is not None and one.county == own.county:
            found.append(reason("same_county", county=self._name(one.county, self.counties)))
        return [*found, reason("agreed")]

    def _other(self, one: Standing, reasons: list[Reason]) -> Other:
        county, sector = _titled(one.county, self.counties), _titled(one.sector, self.sectors)
        return Other(id=one.id, name=one.name, county=county, sector=sector, reasons=reasons)

    def _many(self, count: int) -> int | None:
        """A number of companies that haven't agreed, where so many may be shown."""
        return count if count >= self.least else None

    def _name(self, code: str, titles: Mapping[str, Text]) -> Words:
        return self._title(code, titles).title

    def _title(self, code: str, titles: Mapping[str, Text]) -> Titled:
        words = titles[code].as_dict(LANGUAGES) if code in titles else dict.fromkeys(LANGUAGES, code)
        return Titled(id=code, title=words)


def for_company(match: Match) -> Match:
    """The same for the company itself: it names no other company, and says of those that haven't agreed nothing."""
    meeting = match.meeting.model_copy(update={"companies": [], "not_agreed": None})
    return match.model_copy(update={"audience": "company", "meeting": meeting})


def _fits(partner: Partner, own: Standing) -> bool:
    return not partner.sectors or own.sector is None or own.sector in partner.sectors


def _one_of_each(companies: Sequence[Standing]) -> list[Standing]:
    """The same companies, so that the first ones are of different sectors as far as can be."""
    seen: Counter[str | None] = Counter()
    rounds = []
    for place, one in enumerate(companies):
        rounds.append((seen[one.sector], place))
        seen[one.sector] += 1
    return [companies[place] for _, place in sorted(rounds)]


def _link(card: PilotCard, reasons: list[Reason]) -> PilotLink:
    title = card.title.as_dict(LANGUAGES)
    return PilotLink(id=card.id, title=title, status=card.status, county=card.county, reasons=reasons)


def _titled(code: str | None, titles: Mapping[str, Text]) -> Titled | None:
    if code is None:
        return None
    words = titles[code].as_dict(LANGUAGES) if code in titles else dict.fromkeys(LANGUAGES, code)
    return Titled(id=code, title=words)
