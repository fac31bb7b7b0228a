"""Checks of a programme, and of a scoring model against it."""

from __future__ import annotations

from collections.abc import Callable

from aimaturity.definitions.checks import Finding, Findings, duplicates, report, text_findings
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.programme import Programme, weakest_contrast
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.definitions.validation import Salvage, near


def partners_are_unique(p: Programme) -> Findings:
    """Partners have ids of their own."""
    yield from duplicates(((partner.id, ("partners", i, "id")) for i, partner in enumerate(p.partners)), "partners")


def the_leader_is_a_partner(p: Programme) -> Findings:
    """The leading partner is one of the partners."""
    known = [partner.id for partner in p.partners]
    if p.leading_partner not in known:
        facts = {"name": p.leading_partner, "near": near(p.leading_partner, known)}
        yield Finding("AIM130", ("leading_partner",), facts, about=p.leading_partner)


def pilot_names_are_unique(p: Programme) -> Findings:
    """Conditions, spread rules, counties and sectors have ids of their own."""
    if p.pilots is not None:
        for name in ("conditions", "spread", "counties", "sectors"):
            things = enumerate(getattr(p.pilots, name))
            yield from duplicates(((thing.id, ("pilots", name, i, "id")) for i, thing in things), name)


def spread_names_what_is_listed(p: Programme) -> Findings:
    """Spread rules name listed counties and sectors."""
    if p.pilots is None:
        return
    known = {"county": [c.id for c in p.pilots.counties], "sector": [s.id for s in p.pilots.sectors]}
    for r, rule in enumerate(p.pilots.spread):
        for v, value in enumerate(rule.values or ()):
            if value not in known[rule.of]:
                facts = {"name": value, "near": near(value, known[rule.of])}
                yield Finding("AIM133", ("pilots", "spread", r, "values", v), facts, about=value)


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
    partners_are_unique,
    the_leader_is_a_partner,
    the_colour_stands_out,
    pilot_names_are_unique,
    spread_names_what_is_listed,
    texts_are_whole,
)


def check_programme(programme: Programme, salvage: Salvage[Programme]) -> list[Diagnostic]:
    """Everything that the checks find in a programme."""
    return [d for check in CHECKS for d in report(check(programme), salvage)]


def check_help(model: ScoringModel, programme: Programme, salvage: Salvage[ScoringModel]) -> list[Diagnostic]:
    """Kinds of help that advice points to and no partner offers."""
    offered = {kind for partner in programme.partners for kind in partner.offers}

    def findings() -> Findings:
        for index, advice in enumerate(model.recommendations):
            if advice.kind not in offered:
                facts = {"kind": advice.kind, "programme": programme.programme}
                yield Finding("AIM228", ("recommendations", index, "kind"), facts)

    return report(findings(), salvage)
