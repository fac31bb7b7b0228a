"""What the shortlist says, in whole sentences, Swedish and English. No sentence is glued together from pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from babel.numbers import format_decimal

from aimaturity.scoring.parts import Words

LANGUAGES = ("sv", "en")

WORDS: Mapping[str, Words] = {
    # Limits: read alone, and inside quotation marks.
    "limit_at_least": {"sv": "antal piloter: minst {bound}", "en": "number of pilots: at least {bound}"},
    "limit_at_most": {"sv": "antal piloter: högst {bound}", "en": "number of pilots: at most {bound}"},
    "limit_budget": {"sv": "budget: högst {bound} kr", "en": "budget: at most SEK {bound}"},
    "limit_group_least": {"sv": "{group}: minst {bound}", "en": "{group}: at least {bound}"},
    "limit_group_most": {"sv": "{group}: högst {bound}", "en": "{group}: at most {bound}"},
    "limit_value_most": {"sv": "{group}, {value}: högst {bound}", "en": "{group}, {value}: at most {bound}"},
    "limit_different": {"sv": "{group}, antal olika: minst {bound}", "en": "{group}, different ones: at least {bound}"},
    # Details of hard conditions.
    "not_estimated": {"sv": "Saknar skattning: {names}.", "en": "Not estimated: {names}."},
    "not_measured": {
        "sv": "Saknar mått eller utgångsvärde: {names}.",
        "en": "Without a measure or a baseline: {names}.",
    },
    "not_classified": {
        "sv": "AI-system utan riskklass: {systems}.",
        "en": "AI systems without a risk class: {systems}.",
    },
    "risk_class": {"sv": "Riskklass: {names}.", "en": "Risk class: {names}."},
    "no_company": {"sv": "Inget företag är med.", "en": "No company takes part."},
    "not_agreed": {
        "sv": "Företag som inte har skrivit på: {lacking} av {companies}.",
        "en": "Companies that haven't signed: {lacking} of {companies}.",
    },
    "not_open": {"sv": "Läge: {names}.", "en": "Status: {names}."},
    "cost_over": {
        "sv": "Kostnaden kan bli {cost} kr; gränsen är {most} kr.",
        "en": "It may cost SEK {cost}; the most is SEK {most}.",
    },
    "hours_over": {
        "sv": "Företagens egna timmar kan bli {hours}; gränsen är {most}.",
        "en": "The companies' own hours may be {hours}; the most is {most}.",
    },
    "fact": {
        "sv": "Företag som inte visat det: {lacking} av {companies}; av dem okända: {unknown}.",
        "en": "Companies that haven't shown it: {lacking} of {companies}; of these not known: {unknown}.",
    },
    "gender_below": {"sv": "Sämsta väntade utfall: {names}.", "en": "Worst outcome expected: {names}."},
    # Reasons.
    "condition": {"sv": "{reason}", "en": "{reason}"},
    "condition_detail": {"sv": "{reason} {detail}", "en": "{reason} {detail}"},
    "dominated": {
        "sv": "Idén ”{title}” är minst lika bra på varje punkt och bättre på någon, vid låga, troliga och höga värden.",
        "en": "The idea “{title}” is at least as good in every way and better in some, at low, likely and high values.",
    },
    "best": {
        "sv": "Den ingår i den uppsättning som ger störst summa. Utan den blir summan {points} poäng lägre.",
        "en": "It belongs to the set with the greatest sum. Without it the sum falls by {points} points.",
    },
    "best_tie": {
        "sv": "Den ingår i en uppsättning med störst summa. En annan uppsättning utan den ger lika mycket; "
        "ordningen mellan id:n avgjorde.",
        "en": "It belongs to a set with the greatest sum. Another set without it gives as much; "
        "the order of ids settled it.",
    },
    "needed": {
        "sv": "Utan den finns ingen uppsättning som klarar alla gränser.",
        "en": "Without it no set keeps within all limits.",
    },
    "kept_by_limit": {
        "sv": "Utan gränsen ”{limit}” hade den inte valts.",
        "en": "Without the limit “{limit}” it would not have been chosen.",
    },
    "kept_out_by_limit": {
        "sv": "Utan gränsen ”{limit}” hade den valts.",
        "en": "Without the limit “{limit}” it would have been chosen.",
    },
    "ranked_below": {
        "sv": "Den bästa uppsättning som har den med ger {points} poäng mindre än förslaget.",
        "en": "The best set that includes it gives {points} points less than the proposal.",
    },
    "tie": {
        "sv": "En uppsättning som har den med ger lika mycket som förslaget; ordningen mellan id:n avgjorde.",
        "en": "A set that includes it gives as much as the proposal; the order of ids settled it.",
    },
    "lowers": {
        "sv": "Den har mindre än noll poäng och skulle sänka summan med {points} poäng.",
        "en": "It has less than zero points and would lower the sum by {points} points.",
    },
    "exchange": {
        "sv": "Minst kostar det att låta den ta platsen från ”{title}”: {points} poäng.",
        "en": "It costs least to let it take the place of “{title}”: {points} points.",
    },
    "no_exchange": {
        "sv": "Den kan inte ta en enda annan idés plats utan att en gräns bryts.",
        "en": "It can't take any single idea's place without breaking a limit.",
    },
    "no_room": {
        "sv": "Den går inte att förena med gränserna: {limits}.",
        "en": "It can't be had together with the limits: {limits}.",
    },
    "freed_by_limit": {
        "sv": "Utan gränsen ”{limit}” går det att ta med den.",
        "en": "Without the limit “{limit}” it can be taken in.",
    },
    "no_proposal": {
        "sv": "Den klarar de hårda villkoren, men inget förslag går att göra: gränserna krockar.",
        "en": "It meets the hard conditions, but no proposal can be made: the limits clash.",
    },
    # Clash.
    "clash": {"sv": "De här gränserna går inte att förena: {limits}.", "en": "These limits can't all hold: {limits}."},
    "relax": {"sv": "Det räcker att ändra till: {limits}.", "en": "It is enough to change to: {limits}."},
    "near_miss": {
        "sv": "Idén ”{title}” faller bara på ett hårt villkor: {condition}",
        "en": "The idea “{title}” fails one hard condition only: {condition}",
    },
    # Sensitivity.
    "scenario_weights": {
        "sv": "Vikter gånger 1,5: {up}. Vikter gånger 0,5: {down}.",
        "en": "Weights times 1.5: {up}. Weights times 0.5: {down}.",
    },
    "scenario_likely": {"sv": "Alla skattningar vid sitt troliga värde.", "en": "All estimates at their likely value."},
    "scenario_best": {
        "sv": "Nyttorna vid sitt höga värde, kostnaden vid sitt låga.",
        "en": "Benefits at their high value, cost at its low one.",
    },
    "scenario_one": {
        "sv": "Bara {name} vid sitt gynnsamma värde, resten försiktigt.",
        "en": "Only {name} at its favourable value, the rest with caution.",
    },
    "weights_hold": {
        "sv": "Förslaget är detsamma i alla hörn där varje vikt gångras med 0,5 eller 1,5, och därmed det bästa för "
        "alla vikter däremellan, så när som på avrundning till hundradels poäng.",
        "en": "The proposal is the same at all corners where each weight is taken times 0.5 or 1.5, and so the best "
        "for all weights between, but for rounding to hundredths of a point.",
    },
    "weights_move": {
        "sv": "Förslaget ändras när vikterna gångras med 0,5 eller 1,5. Hörn där det är detsamma: {same} av {tried}.",
        "en": "The proposal changes when weights are taken times 0.5 or 1.5. "
        "Corners where it is the same: {same} of {tried}.",
    },
    "none": {"sv": "ingen", "en": "none"},
    # Names.
    "business": {"sv": "affärsnytta", "en": "business benefit"},
    "climate": {"sv": "klimatnytta", "en": "climate benefit"},
    "gender_equality": {"sv": "jämställdhet", "en": "gender equality"},
    "readiness": {"sv": "beredskap", "en": "readiness"},
    "cost": {"sv": "kostnad", "en": "cost"},
    "prohibited": {"sv": "förbjuden", "en": "prohibited"},
    "high": {"sv": "hög risk", "en": "high risk"},
    "transparency": {"sv": "krav på öppenhet", "en": "duty of transparency"},
    "minimal": {"sv": "minimal risk", "en": "minimal risk"},
    "idea": {"sv": "idé", "en": "idea"},
    "applied": {"sv": "sökt", "en": "applied for"},
    "approved": {"sv": "beviljad", "en": "approved"},
    "running": {"sv": "pågår", "en": "running"},
    "ended": {"sv": "avslutad", "en": "ended"},
    "stopped": {"sv": "stoppad", "en": "stopped"},
    "step_widens": {"sv": "gapet växer", "en": "the gap widens"},
    "step_none": {"sv": "ingen skillnad som går att visa", "en": "no change that can be shown"},
    "step_small": {"sv": "gapet minskar med mindre än en fjärdedel", "en": "the gap shrinks by less than a quarter"},
    "step_clear": {"sv": "gapet minskar med en fjärdedel till hälften", "en": "the gap shrinks by a quarter to a half"},
    "step_large": {"sv": "gapet minskar med mer än hälften", "en": "the gap shrinks by more than half"},
}


def say(key: str, **facts: Any) -> Words:
    """A sentence of these in each language."""
    return sentence(WORDS[key], **facts)


def sentence(words: Words, **facts: Any) -> Words:
    """A sentence in each language. A number is written as the language writes it, `Words` in that language, and a list
    of `Words` one after the other with semicolons."""
    return {
        language: words[language].format_map({name: _written(fact, language) for name, fact in facts.items()})
        for language in LANGUAGES
    }


def names(keys: Iterable[str], prefix: str = "") -> list[Words]:
    """The words of several names, ready for `say`; "none" where there are none."""
    return [WORDS[prefix + key] for key in keys] or [WORDS["none"]]


def _written(fact: Any, language: str) -> str:
    if isinstance(fact, int | float):
        return str(format_decimal(fact, format="#,##0.##", locale=language)).replace("-", "−")
    if isinstance(fact, Mapping):
        return str(fact[language])
    if isinstance(fact, list):
        return "; ".join(_written(one, language) for one in fact)
    return str(fact)
