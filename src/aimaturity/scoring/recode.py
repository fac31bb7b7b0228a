"""From an answer to points: one function an item, over columns, and the values that give its extremes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise, product
from typing import Any

import numpy as np
import numpy.typing as npt

from aimaturity.definitions.questionnaire import Counts, Multiple, Number, Option
from aimaturity.definitions.scoring_model import Combine, Goalposts, Item, Ladder, Ticks

Values = Mapping[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float64]
Recoder = Callable[[Values], Floats]
"""Columns -> (rows,) points before reversing; NaN where the value gives none. Rows without an answer: anything."""

ALL_SUBSETS_UP_TO = 10
"""Multiple questions with at most so many options are searched subset by subset; larger ones along sorted weights."""


def option_points(item: Item, options: tuple[Option, ...]) -> Floats:
    """Points by option position; NaN for an option without points; one more NaN last, for position -1."""
    if item.points is not None:
        given = [item.points.get(option.id) for option in options]
        return np.array([np.nan if points is None else points for points in given] + [np.nan])
    ladder = item.ladder or Ladder()
    steps = max(len(options) - 1, 1)
    width = ladder.highest - ladder.lowest
    return np.array([ladder.lowest + width * step / steps for step in range(len(options))] + [np.nan])


def tick_weights(ticks: Ticks, options: tuple[Option, ...]) -> list[float]:
    """Weight by option position: as stated, else 1, else 0 for an exclusive option."""
    return [ticks.weights.get(option.id, 0.0 if option.exclusive else 1.0) for option in options]


def tick_points(ticks: Ticks, options: tuple[Option, ...], mask: npt.NDArray[np.int64]) -> Floats:
    """Points of each row's ticked options, by the rule of `Ticks`. No tick at all: NaN for `mean`."""
    ticked = [((mask >> bit) & 1).astype(np.float64) for bit in range(len(options))]
    if ticks.rule == "share":
        together = [bit for bit, option in enumerate(options) if not option.exclusive]
        count = sum((ticked[bit] for bit in together), np.zeros(len(mask)))
        return np.asarray(100.0 * count / max(len(together), 1))
    weights = tick_weights(ticks, options)
    total = sum((t * w for t, w in zip(ticked, weights, strict=True)), np.zeros(len(mask)))
    if ticks.rule == "sum":
        return np.asarray(np.clip(total + ticks.start, ticks.minimum, ticks.maximum))
    if ticks.rule == "share_of_weight":
        return np.asarray(100.0 * total / sum(weights))
    count = sum(ticked, np.zeros(len(mask)))
    return _quotient(total, count)


def combined(combine: Combine, question: str, value: Values) -> Floats:
    """The one value that the parts of a counts question make; NaN where a divisor is 0.

    `lesser_share` 0..0.5, `balance` 0..1; `sum` and `ratio` in the parts' units.
    """
    parts = [np.asarray(value[f"{question}.{part}"], dtype=np.float64) for part in combine.parts]
    if combine.rule == "sum":
        return np.asarray(sum(parts[1:], parts[0]))
    if combine.rule == "lesser_share":
        return _quotient(np.minimum(parts[0], parts[1]), parts[0] + parts[1])
    if combine.rule == "ratio":
        return _quotient(parts[0], parts[1])
    one, other = _quotient(parts[0], parts[1]), _quotient(parts[2], parts[3])
    return _quotient(np.minimum(one, other), np.maximum(one, other))


def combine_of(item: Item, question: Counts) -> Combine:
    """How the item combines a counts question; the sum of its parts where the model doesn't say."""
    return item.combine or Combine(rule="sum", parts=tuple(part.id for part in question.parts))


def _quotient(above: Floats, below: Floats) -> Floats:
    there = (below != 0) & ~np.isnan(below)
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=there))


def combined_range(combine: Combine, question: Counts) -> tuple[float, float]:
    """The least and greatest value that `combine` can give for answers within the question's range."""
    if combine.rule == "lesser_share":
        return 0.0, 0.5
    if combine.rule == "balance":
        return 0.0, 1.0
    low, high = question.minimum, question.maximum
    if combine.rule == "sum":
        return low * len(combine.parts), high * len(combine.parts)
    return low / high if high else 0.0, high / (low or 10.0**-question.decimals)


def curve_of(item: Item) -> tuple[Floats, Floats] | None:
    """Values and points that straight lines join; None where the number itself is the points."""
    if item.curve is not None:
        return np.array([x for x, _ in item.curve]), np.array([y for _, y in item.curve])
    if item.goalposts is not None:
        posts: Goalposts = item.goalposts
        ends = sorted([(posts.low, posts.lowest), (posts.high, posts.highest)])
        return np.array([x for x, _ in ends]), np.array([y for _, y in ends])
    return None


def along(item: Item, number: Floats) -> Floats:
    """Points of a number or combined value; level beyond the ends of the curve."""
    curve = curve_of(item)
    return number if curve is None else np.asarray(np.interp(number, *curve), dtype=np.float64)


def recoder(reference: str, item: Item, question: Any, options: tuple[Option, ...]) -> Recoder:
    """The function from a question's columns to an item's points, before reversing."""
    if isinstance(question, Multiple):
        ticks = item.ticks or Ticks()
        return lambda value: tick_points(ticks, options, value[reference])
    if isinstance(question, Number):
        return lambda value: along(item, value[reference])
    if isinstance(question, Counts):
        combine = combine_of(item, question)
        return lambda value: along(item, combined(combine, reference, value))
    table = option_points(item, options)
    return lambda value: table[value[reference].astype(np.intp)]  # numpy's own sort of index is thrice as fast


def subsets(
    question: Multiple, options: tuple[Option, ...], weights: list[list[float]], read: Iterable[int]
) -> list[int]:
    """Bit masks of valid answers that hold every extreme.

    All valid answers where the options are few. Else, for each choice among the options that conditions `read`, the
    rest is filled up along each list of weights, from the heaviest and from the lightest.
    """
    together = [bit for bit, option in enumerate(options) if not option.exclusive]
    alone = [1 << bit for bit, option in enumerate(options) if option.exclusive]
    most = question.at_most or len(options)
    if len(together) <= ALL_SUBSETS_UP_TO:
        masks = [sum(1 << bit for bit, on in zip(together, choice, strict=True) if on)
                 for choice in product((0, 1), repeat=len(together))]  # fmt: skip
    else:
        fixed = [bit for bit in read if bit in together]
        masks = []
        for choice in product((0, 1), repeat=len(fixed)):
            base = sum(1 << bit for bit, on in zip(fixed, choice, strict=True) if on)
            free = [bit for bit in together if bit not in fixed]
            for column in weights or [[0.0] * len(options)]:
                for order in (sorted(free, key=lambda b: column[b]), sorted(free, key=lambda b: -column[b])):
                    mask = base
                    masks.append(mask)
                    for bit in order:
                        mask |= 1 << bit
                        masks.append(mask)
    valid = {mask for mask in masks if 0 < mask.bit_count() <= most}
    return sorted(valid | set(alone))


def crossings(item: Item, points: float, question: Number) -> list[float]:
    """The numbers at which an item's points, before reversing, are `points`."""
    curve = curve_of(item)
    if curve is None:
        return [points]
    x = np.array([question.minimum, *curve[0], question.maximum])
    x = np.unique(x)
    y = along(item, x)
    found = []
    for (x0, y0), (x1, y1) in pairwise(zip(x.tolist(), y.tolist(), strict=True)):
        if y0 != y1 and min(y0, y1) <= points <= max(y0, y1):
            found.append(x0 + (points - y0) / (y1 - y0) * (x1 - x0))
    return found


def critical_numbers(question: Number, item_curves: Iterable[Floats], thresholds: Iterable[float]) -> Floats:
    """Values on the question's grid between which every curve is straight and every comparison stays as it is."""
    step = 10.0**-question.decimals
    corners = [question.minimum, question.maximum, *(x for curve in item_curves for x in curve)]
    around = [*corners, *(t + shift for t in thresholds for shift in (-step, 0.0, step))]
    snapped = {round(np.floor(v / step + 1e-9) * step, 9) for v in around}
    snapped |= {round(np.ceil(v / step - 1e-9) * step, 9) for v in around}
    low, high = question.minimum, question.maximum
    return np.array(sorted({v for v in snapped if low <= v <= high} | {low, high}))
