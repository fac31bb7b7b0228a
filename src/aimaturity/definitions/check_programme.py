"""Checks of a programme, and of a scoring model against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from aimaturity.definitions.checks import Finding, Findings, duplicates, report, text_findings
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.pilot_rules import FactNeeded, PilotRules
from aimaturity.definitions.programme import County, Municipality, Programme, weakest_contrast
from aimaturity.definitions.promises import ActivityKind, AssessedPromise, ReachedPromise
from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.definitions.validation import Salvage, near
from aimaturity.definitions.yaml_source import DataPath


def ids_are_unique(p: Programme) -> Findings:
    """What is listed has ids of its own; a municipality lies in one county."""
    for name in ("partners", "funders", "promises", "activity_kinds", "counties", "sectors"):
        yield from duplicates(((thing.id, (name, i, "id")) for i, thing in enumerate(getattr(p, name))), name)
    yield from duplicates(((m.id, path) for _, m, path in _municipalities(p)), "municipalities")


def _municipalities(p: Programme) -> Iterator[tuple[County, Municipality, DataPath]]:
    for c, county in enumerate(p.counties):
        for m, municipality in enumerate(county.municipalities):
            yield county, municipality, ("counties", c, "municipalities", m, "id")


def municipalities_lie_in_their_county(p: Programme) -> Findings:
    """A municipality's code begins with its county's."""
    for county, municipality, path in _municipalities(p):
        if not municipality.id.startswith(county.id):
            yield Finding("AIM143", path, {"name": municipality.id, "county": county.id}, about=county.id)


def the_leader_is_a_partner(p: Programme) -> Findings:
    """The leading partner is one of the partners."""
    known = [partner.id for partner in p.partners]
    if p.leading_partner not in known:
        facts = {"name": p.leading_partner, "near": near(p.leading_partner, known)}
        yield Finding("AIM130", ("leading_partner",), facts, about=p.leading_partner)


def pilot_names_are_unique(p: Programme) -> Findings:
    """Conditions and spread rules have ids of their own."""
    if p.pilots is not None:
        for name in ("conditions", "spread"):
            things = enumerate(getattr(p.pilots, name))
            yield from duplicates(((thing.id, ("pilots", name, i, "id")) for i, thing in things), name)


def spread_names_what_is_listed(p: Programme) -> Findings:
    """Spread rules name listed counties and sectors."""
    if p.pilots is None:
        return
    known = {"county": [c.id for c in p.counties], "sector": [str(s.id) for s in p.sectors]}
    for of, listed in (("counties", p.counties), ("sectors", p.sectors)):
        if not listed:
            yield Finding("AIM144", ("pilots",), {"list": of}, on_key=True, about=of, rests_on=(of,))
    for r, rule in enumerate(p.pilots.spread):
        for v, value in enumerate(rule.values or ()):
            if known[rule.of] and value not in known[rule.of]:
                facts = {"name": value, "near": near(value, known[rule.of])}
                yield Finding("AIM133", ("pilots", "spread", r, "values", v), facts, about=value)


def promises_can_be_counted(p: Programme) -> Findings:
    """Promises name kinds of activity that count and promises that are there; no two count just the same."""
    kinds = {kind.id: kind for kind in reversed(p.activity_kinds)}  # of two that share an id, the first
    reached = [promise.id for promise in p.promises if isinstance(promise, ReachedPromise)]
    rules: dict[str, str] = {}
    for i, promise in enumerate(p.promises):
        path = ("promises", i)
        if isinstance(promise, ReachedPromise):
            yield from _activities(promise, path, kinds)
            if not promise.assessments and not p.activities_of(promise) and not promise.activities:
                facts = {"name": promise.id}
                yield Finding("AIM147", path, facts, about="activity_kinds", rests_on=("activity_kinds",))
        if isinstance(promise, AssessedPromise) and promise.among is not None and promise.among not in reached:
            told = {"name": promise.among, "near": near(promise.among, reached)}
            yield Finding("AIM148", (*path, "among"), told, about=promise.among)
        rule = promise.model_dump_json(exclude={"id", "title", "target"})
        if rule in rules:
            yield Finding(
                "AIM149", (*path, "count"), {"name": promise.id, "other": rules[rule]}, rests_on=("promises",)
            )
        rules.setdefault(rule, promise.id)


def _activities(promise: ReachedPromise, path: DataPath, kinds: dict[str, ActivityKind]) -> Findings:
    for n, name in enumerate(promise.activities or ()):
        if name not in kinds:
            facts = {"name": name, "near": near(name, kinds)}
            yield Finding("AIM145", (*path, "activities", n), facts, about=name)
        elif not kinds[name].counts:
            yield Finding("AIM146", (*path, "activities", n), {"name": name})


def unanswerable(rules: PilotRules, questionnaire: Questionnaire) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    """(place within `pilots`, facts of AIM653) of what is asked of a company that can't be answered: no idea could ever
    meet it."""
    needed: list[tuple[DataPath, FactNeeded]] = [(("readiness", i), item) for i, item in enumerate(rules.readiness)]
    needed += [(("conditions", i, "fact"), c.fact) for i, c in enumerate(rules.conditions) if c.kind == "fact"]
    for place, fact in needed:
        question = questionnaire.questions.get(fact.question)
        options = [o.id for o in questionnaire.options_of(question)] if isinstance(question, Single) else []
        if fact.is_ not in options and not (fact.step is not None and fact.step < len(options)):
            wanted = fact.is_ if fact.is_ is not None else fact.step
            yield (*place, "question"), {"question": fact.question, "option": wanted}
    if not isinstance(questionnaire.questions.get(rules.challenge_question), Single):
        yield ("challenge_question",), {"question": rules.challenge_question, "option": "-"}


def texts_are_whole(p: Programme) -> Findings:
    """Every text in every language."""
    yield from text_findings(p, p.languages)


def the_colour_stands_out(p: Programme) -> Findings:
    """Text and bars in the programme's colour can be seen on paper."""
    if p.colour is None:
        return
    share, is_, least = weakest_contrast(p.colour)
    if share < 1:
        yield Finding("AIM142", ("colour",), {"colour": p.colour, "contrast": f"{is_:.1f}", "least": f"{least:g}"})


CHECKS: tuple[Callable[[Programme], Findings], ...] = (
    ids_are_unique,
    the_leader_is_a_partner,
    municipalities_lie_in_their_county,
    promises_can_be_counted,
    the_colour_stands_out,
    pilot_names_are_unique,
    spread_names_what_is_listed,
    texts_are_whole,
)


def check_programme(programme: Programme, salvage: Salvage[Programme]) -> list[Diagnostic]:
    """Everything that the checks find in a programme."""
    return [d for check in CHECKS for d in report(check(programme), salvage)]


def check_rules(programme: Programme, questionnaire: Questionnaire, salvage: Salvage[Programme]) -> list[Diagnostic]:
    """What the rules for pilots ask that the questionnaire can't answer."""
    if programme.pilots is None:
        return []
    named = {"questionnaire": questionnaire.questionnaire}
    found = unanswerable(programme.pilots, questionnaire)
    return report((Finding("AIM653", ("pilots", *place), facts | named) for place, facts in found), salvage)


def check_help(model: ScoringModel, programme: Programme, salvage: Salvage[ScoringModel]) -> list[Diagnostic]:
    """Kinds of help that advice points to and no partner offers."""
    offered = {kind for partner in programme.partners for kind in partner.offers}

    def findings() -> Findings:
        for index, advice in enumerate(model.recommendations):
            if advice.kind not in offered:
                facts = {"kind": advice.kind, "programme": programme.programme}
                yield Finding("AIM228", ("recommendations", index, "kind"), facts)

    return report(findings(), salvage)
