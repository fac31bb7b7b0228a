"""What becomes of the proposal under other weights, and at other ends of the estimates: solved anew each time.

Weights: every corner of the box in which each weight is between half and one and a half times its own. A sum of scores
is linear in the weights, so a set that is best at all corners is best everywhere between them (but for the rounding of
scores to hundredths of a point). A single pick that survives all corners need not survive between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from aimaturity.definitions.pilot_rules import End, PilotRules
from aimaturity.programme.pilots.amounts import CAUTIOUS, DIMENSIONS, Amounts, Dimension, score_of, weights_of
from aimaturity.programme.pilots.document import Scenario, Sensitivity
from aimaturity.programme.pilots.selection import Chosen, Limit, Selection
from aimaturity.programme.pilots.solve import Solver
from aimaturity.programme.pilots.words import names, say
from aimaturity.scoring.parts import Words

FACTORS = (0.5, 1.5)
FAVOURABLE: dict[Dimension, End] = {"business": "high", "climate": "high", "gender_equality": "high", "cost": "low"}


def sensitivity(
    selection: Selection,
    chosen: Chosen,
    amounts: Sequence[Amounts],
    rules: PilotRules,
    limits_at: Callable[[End], tuple[Limit, ...]],
) -> Sensitivity:
    """Every case, and what holds in all of them.

    amounts    of the selection's ideas, in its order
    limits_at  the limits where cost counts at an end
    """
    weights = [_solved(selection, chosen, amounts, rules, scenario) for scenario in _corners(rules)]
    ends = [
        _solved(replace(selection, limits=limits_at(scenario.ends["cost"])), chosen, amounts, rules, scenario)
        for scenario in _ends(rules)
    ]
    proposal = list(selection.names(chosen))
    same = sum(scenario.chosen == proposal for scenario in weights)
    holds = same == len(weights)
    text = say("weights_hold") if holds else say("weights_move", same=same, tried=len(weights))
    always = [name for name in proposal if all(name in (s.chosen or ()) for s in (*weights, *ends))]
    return Sensitivity(weights=weights, ends=ends, same_at_all_weights=holds, text=text, always=always)


def _corners(rules: PilotRules) -> list[Scenario]:
    own = weights_of(rules.scales)
    moving = [name for name in DIMENSIONS if own[name]]
    found = []
    for factors in product(FACTORS, repeat=len(moving)):
        by = dict(zip(moving, factors, strict=True))
        up = names(name for name in moving if by[name] > 1)
        down = names(name for name in moving if by[name] < 1)
        found.append(
            Scenario(
                id="weights_" + "".join("+" if factor > 1 else "-" for factor in factors),
                text=say("scenario_weights", up=up, down=down),
                weights={name: own[name] * by.get(name, 1) for name in DIMENSIONS},
                ends=dict(CAUTIOUS),
                chosen=None,
            )
        )
    return found


def _ends(rules: PilotRules) -> list[Scenario]:
    own = {str(name): weight for name, weight in weights_of(rules.scales).items()}
    likely: dict[Dimension, End] = dict.fromkeys(DIMENSIONS, "likely")
    cases: list[tuple[str, Words, dict[Dimension, End]]] = [
        ("likely", say("scenario_likely"), likely),
        ("best", say("scenario_best"), {**CAUTIOUS, **FAVOURABLE}),
    ]
    for name, end in FAVOURABLE.items():
        cases.append((f"{name}_{end}", say("scenario_one", name=names([name])), {**CAUTIOUS, name: end}))
    return [Scenario(id=name, text=text, weights=own, ends=dict(ends), chosen=None) for name, text, ends in cases]


def _solved(
    selection: Selection, known: Chosen, amounts: Sequence[Amounts], rules: PilotRules, scenario: Scenario
) -> Scenario:
    ends = {name: scenario.ends[name] for name in DIMENSIONS}
    weights = {name: scenario.weights[name] for name in DIMENSIONS}
    scores = tuple(score_of(one, rules.scales, ends, weights) for one in amounts)
    turned = replace(selection, scores=scores)
    best = Solver(turned).chosen(known if turned.allows(known) else None)
    return scenario.model_copy(update={"chosen": list(turned.names(best)) if best is not None else None})
