"""The shortlist: hard conditions, then who is worse in every way, then the best set within the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aimaturity._version import __version__
from aimaturity.definitions.base import Text
from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.pilot_rules import End, PilotRules
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.pilots import reasons
from aimaturity.programme.pilots.amounts import (
    CAUTIOUS,
    DIMENSIONS,
    HUNDREDTHS,
    Amounts,
    amounts_of,
    dominates,
    expense_of,
    points,
    score_of,
    weights_of,
)  # fmt: skip
from aimaturity.programme.pilots.card import PilotCard, PilotFile
from aimaturity.programme.pilots.clash import clashing, relaxations
from aimaturity.programme.pilots.conditions import Context, Unmet, unmet
from aimaturity.programme.pilots.document import (
    AmountAt,
    Below,
    Change,
    Clash,
    IdeaResult,
    LimitResult,
    NearMiss,
    PilotShortlist,
    ReadinessFact,
    Reason,
    Relief,
    Sensitivity,
    Survival,
    Verdict,
)  # fmt: skip
from aimaturity.programme.pilots.limits import label, limits_of
from aimaturity.programme.pilots.readiness import Readiness, readiness_of
from aimaturity.programme.pilots.selection import Chosen, Limit, Selection
from aimaturity.programme.pilots.sensitivity import sensitivity
from aimaturity.programme.pilots.solve import Solver
from aimaturity.programme.pilots.weighing import standings
from aimaturity.programme.pilots.words import LANGUAGES, say
from aimaturity.scoring.document import Definition, Engine, ResultDocument
from aimaturity.scoring.parts import Words


@dataclass(frozen=True, slots=True)
class _Judged:
    """An idea after the hard conditions and the comparison with the others."""

    card: PilotCard
    readiness: Readiness
    amounts: Amounts | None
    unmet: list[Unmet]
    dominators: tuple[str, ...] = ()

    @property
    def candidate(self) -> bool:
        return not self.unmet and not self.dominators


def shortlist(
    cards: Sequence[PilotCard],
    programme: Programme,
    questionnaire: Questionnaire,
    results: Mapping[str, ResultDocument] | None = None,
    decided: Sequence[PilotCard] = (),
) -> PilotShortlist:
    """The proposal and its reasons.

    cards          as loaded by `files.load_pilots`; their order doesn't matter
    programme      one that says how pilots are chosen; ValueError otherwise, or where two ideas have one id
    questionnaire  the one whose questions readiness and facts name
    results        company id -> its latest result document, for those that have one
    decided        pilots that are decided on already: they count in every limit and are no ideas any more
    """
    if programme.pilots is None:
        raise ValueError("the programme doesn't say how pilots are chosen")
    ordered, had = (sorted(some, key=lambda card: card.id) for some in (cards, decided))
    if len({card.id for card in (*ordered, *had)}) < len(ordered) + len(had):
        raise ValueError("two ideas have the same id")
    return _Maker(ordered, programme, programme.pilots, questionnaire, results or {}, had).document()


class _Maker:
    """Makes the document, a part at a time."""

    def __init__(
        self,
        cards: Sequence[PilotCard],
        programme: Programme,
        rules: PilotRules,
        questionnaire: Questionnaire,
        results: Mapping[str, ResultDocument],
        decided: Sequence[PilotCard],
    ) -> None:
        self.decided = decided
        self.programme, self.rules, self.questionnaire = programme, rules, questionnaire
        context = Context(rules, questionnaire, results)
        self.titles = {card.id: card.title.as_dict(LANGUAGES) for card in cards}
        judged = [self._judged(card, context) for card in cards]
        self.judged = [_compared(one, judged, rules) for one in judged]
        candidates = [one for one in self.judged if one.candidate]
        self.cards = [one.card for one in candidates]
        self.amounts = [one.amounts for one in candidates if one.amounts is not None]
        scores = tuple(score_of(one, rules.scales) for one in self.amounts)
        self.selection = Selection(tuple(card.id for card in self.cards), scores, self._limits_at("high"))
        self.labels = {limit.id: label(limit.id, limit.bound, rules, programme) for limit in self.selection.limits}

    def _judged(self, card: PilotCard, context: Context) -> _Judged:
        readiness = readiness_of(card, self.rules.readiness, context.results, self.questionnaire)
        return _Judged(card, readiness, amounts_of(card, readiness.percent, self.rules), unmet(card, context))

    def _limits_at(self, end: End) -> tuple[Limit, ...]:
        return limits_of(self.cards, self.amounts, self.rules, end, self.decided)

    def document(self) -> PilotShortlist:
        solver = Solver(self.selection)
        chosen = solver.chosen()
        tried: Sensitivity | None = None
        if chosen is None:
            text = say("no_proposal")
            by_id = {name: [Reason(key="no_proposal", text=text)] for name in self.selection.ids}
        else:
            tried = sensitivity(self.selection, chosen, self.amounts, self.rules, self._limits_at)
            stand = standings(solver, chosen)
            by_id = {
                name: reasons.of_standing(standing, self.selection, self.titles, self.labels)
                for name, standing in zip(self.selection.ids, stand, strict=True)
            }
        return PilotShortlist(
            engine=Engine(name="aimaturity", version=__version__),
            programme=self._definition(self.programme.programme, self.programme),
            questionnaire=self._definition(self.questionnaire.questionnaire, self.questionnaire),
            ideas_hash=self._ideas_hash(),
            languages=list(LANGUAGES),
            weights={str(name): weight for name, weight in weights_of(self.rules.scales).items()},
            dominance=self.rules.dominance,
            decided=[card.id for card in self.decided],
            chosen=list(self.selection.names(chosen)) if chosen is not None else None,
            total=self.selection.value(chosen) / HUNDREDTHS if chosen is not None else None,
            limits=[self._limit(limit, chosen) for limit in self.selection.limits],
            ideas=[self._idea(one, chosen, by_id, tried) for one in self.judged],
            clash=self._clash() if chosen is None else None,
            sensitivity=tried,
        )

    def _definition(self, name: str, used: Programme | Questionnaire) -> Definition:
        title = used.title.as_dict(LANGUAGES)
        return Definition(id=name, version=used.version, hash=content_hash(used), title=title)

    def _ideas_hash(self) -> str:
        cards = (*(one.card for one in self.judged), *self.decided)
        return content_hash(PilotFile.model_construct(pilots_of=self.programme.programme, pilots=cards))

    def _limit(self, limit: Limit, chosen: Chosen | None) -> LimitResult:
        used = limit.used(chosen) if chosen is not None else None
        label_ = self.labels[limit.id]
        before = limit.used(())
        return LimitResult(id=limit.id, label=label_, sense=limit.sense, bound=limit.bound, before=before, used=used)

    def _idea(
        self, one: _Judged, chosen: Chosen | None, by_id: Mapping[str, list[Reason]], tried: Sensitivity | None
    ) -> IdeaResult:
        card, rules = one.card, self.rules
        place = self.selection.ids.index(card.id) if one.candidate else None
        inside = place is not None and chosen is not None and place in chosen
        verdict: Verdict = "chosen" if inside else "not_chosen"
        if one.unmet:
            verdict, why = "unmet_condition", [reasons.of_unmet(lacking) for lacking in one.unmet]
        elif one.dominators:
            verdict, why = "dominated", [reasons.of_dominated(one.dominators, self.titles)]
        else:
            why = by_id[card.id]
        score = score_of(one.amounts, rules.scales) if one.amounts is not None else None
        return IdeaResult(
            id=card.id,
            title=self.titles[card.id],
            challenge=card.challenge,
            county=card.county,
            county_name=_name(card.county, self.programme.titles("counties")),
            sector=card.sector,
            sector_name=_name(card.sector, self.programme.titles("sectors")),
            companies=len(card.companies),
            verdict=verdict,
            score=score / HUNDREDTHS if score is not None else None,
            rank=self._rank(place) if place is not None else None,
            amounts=self._amounts(one.amounts),
            expense=expense_of(card.cost.sek.high),
            readiness=[self._fact(one.readiness, n) for n in range(len(rules.readiness))],
            reasons=why,
            below=self._below(place, chosen) if place is not None and chosen is not None and not inside else [],
            survival=_survival(card.id, tried) if place is not None and tried is not None else None,
        )

    def _rank(self, place: int) -> int:
        scores = self.selection.scores
        return 1 + sum((-scores[i], i) < (-scores[place], place) for i in self.selection)

    def _amounts(self, amounts: Amounts | None) -> dict[str, AmountAt]:
        if amounts is None:
            return {}
        weights, scales = weights_of(self.rules.scales), self.rules.scales
        return {
            name: AmountAt(
                low=amounts.by[name]["low"],
                likely=amounts.by[name]["likely"],
                high=amounts.by[name]["high"],
                counted=CAUTIOUS[name],
                points=points(name, amounts.by[name][CAUTIOUS[name]], scales),
                weight=weights[name],
            )
            for name in DIMENSIONS
        }

    def _fact(self, readiness: Readiness, n: int) -> ReadinessFact:
        item, fact = readiness.items[n].item, readiness.items[n].fact
        question = self.questionnaire.questions.get(item.question)
        text = question.text.as_dict(LANGUAGES) if question is not None else dict.fromkeys(LANGUAGES, item.question)
        share = round(fact.share, 9) if fact.share is not None else None
        return ReadinessFact(question=item.question, text=text, share=share, origin=fact.origin)

    def _below(self, place: int, chosen: Chosen) -> list[Below]:
        own, scores = self.selection.scores[place], self.selection.scores
        above = sorted((i for i in chosen if scores[i] > own), key=lambda i: (-scores[i], i))
        return [Below(idea=self.selection.ids[i], points=(scores[i] - own) / HUNDREDTHS) for i in above]

    def _clash(self) -> Clash:
        clash = clashing(self.selection)
        reliefs = []
        for relief in relaxations(self.selection):
            changed = [label(name, bound, self.rules, self.programme) for name, bound in relief.bounds.items()]
            changes = [Change(limit=name, bound=bound) for name, bound in relief.bounds.items()]
            reliefs.append(Relief(changes=changes, text=say("relax", limits=changed)))
        near = []
        for one in self.judged:
            condition = one.unmet[0].condition if len(one.unmet) == 1 else None
            if condition is not None and condition.kind != "risk_class":  # barred AI is nothing to mend
                facts = {"title": self.titles[one.card.id], "condition": condition.reason.as_dict(LANGUAGES)}
                near.append(NearMiss(idea=one.card.id, condition=condition.id, text=say("near_miss", **facts)))
        text = say("clash", limits=[self.labels[name] for name in clash])
        return Clash(limits=list(clash), text=text, reliefs=reliefs, near_misses=near)


def _compared(one: _Judged, all_: Sequence[_Judged], rules: PilotRules) -> _Judged:
    """With those that are better in every way, among the ideas that meet the hard conditions."""
    if one.unmet or one.amounts is None or rules.dominance == "off":
        return one
    beaten_by = [
        other.card.id
        for other in all_
        if not other.unmet
        and other.amounts is not None
        and (rules.dominance == "everywhere" or _spread_alike(one.card, other.card))
        and dominates(other.amounts, one.amounts)
    ]
    return _Judged(one.card, one.readiness, one.amounts, one.unmet, tuple(beaten_by))


def _spread_alike(one: PilotCard, other: PilotCard) -> bool:
    return (one.county, one.sector) == (other.county, other.sector)


def _name(name: str, titles: Mapping[str, Text]) -> Words:
    return titles[name].as_dict(LANGUAGES) if name in titles else dict.fromkeys(LANGUAGES, name)


def _survival(name: str, tried: Sensitivity) -> Survival:
    return Survival(
        weights=sum(name in (case.chosen or ()) for case in tried.weights),
        weights_tried=len(tried.weights),
        ends=sum(name in (case.chosen or ()) for case in tried.ends),
        ends_tried=len(tried.ends),
    )
