"""What has changed since last time: area by area, and answer by answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aimaturity.report.context import MISSING, Context, anchor
from aimaturity.report.drawing import Row, ticks
from aimaturity.report.view import Chart
from aimaturity.report.view_pages import Change, ChangedAnswer, ChangeRow
from aimaturity.scoring.document import Answer, Before, NodeBefore, NodeResult, OtherAnswer
from aimaturity.scoring.scale import exact, rounded


def change(context: Context) -> Change | None:
    """The change page; None where there is no earlier assessment."""
    before = context.document.before
    if before is None:
        return None
    then = {node.id: node for node in before.nodes}
    pairs = [(node, then[node.id]) for node in context.areas if node.id in then]
    rows = [_row(context, node, was) for node, was in pairs]
    changed = [pair for pair in _changed(context) if pair[0].scored]
    return Change(
        intro=list(_intro(context, before)),
        level=_level(context, then),
        chart=_chart(context, pairs, rows),
        note=context.words("change.note"),
        rows=rows,
        summary=_summary(context, changed),
        answers=[_answer(context, answer, earlier) for answer, earlier in changed],
    )


def _intro(context: Context, before: Before) -> Iterator[str]:
    w, day = context.words, context.formats.day(before.occasion.date)
    yield w("change.since", date=day) if day else w("change.since_unknown")
    yield w("change.same_method")


def _level(context: Context, then: dict[str, NodeBefore]) -> str | None:
    """The overall level then and now."""
    root = context.root
    was = then.get(root.id) if root else None
    if root is None or was is None or (root.level_low is None and was.level_low is None):
        return None
    w = context.words
    one = _levels(context, was.level, was.level_low, was.level_high)
    other = _levels(context, root.level, root.level_low, root.level_high)
    if one is None or other is None:
        return w("change.level_unknown")
    return w("change.level_same", level=other) if one == other else w("change.level", then=one, now=other)


def _levels(context: Context, level: int | None, low: int | None, high: int | None) -> str | None:
    """`2`, or `2–3`; None where nothing is known."""
    if level is not None:
        return str(level)
    if low is None or high is None:
        return None
    return str(low) if low == high else context.formats.span(str(low), str(high))


def _as_then(node: NodeResult, was: NodeBefore) -> NodeResult:
    """The node with last time's result; without one its bounds alone."""
    found = {"score": was.score, "low": was.low, "high": was.high, "level": was.level}
    reason = None if was.score is not None else "too_little_basis" if was.low is not None else "no_answers"
    return node.model_copy(update={**found, "reason": reason})


def _row(context: Context, node: NodeResult, was: NodeBefore) -> ChangeRow:
    w, title, old = context.words, context.title(node), _as_then(node, was)
    then, now = context.score(old), context.score(node)
    facts = {"area": title, "then": then.text or then.label, "now": now.text or now.label}
    if node.score is None or was.score is None:
        key = "neither" if node.score is None and was.score is None else "first" if was.score is None else "lost"
        return ChangeRow(
            id=node.id,
            title=title,
            then=str(facts["then"]),
            now=str(facts["now"]),
            change=context.words("change.dash"),
            verdict=w("change.verdicts.none"),
            sentence=w(f"change.sentences.{key}", **facts),
        )
    one, other, step = shown_change(context, node, was.score, node.score)
    key = _verdict(node, was)
    facts |= {"then": context.formats.decimal(one), "now": context.formats.decimal(other)}
    return ChangeRow(
        id=node.id,
        title=title,
        then=then.text.replace(then.number or "", str(facts["then"]), 1),
        now=now.text.replace(now.number or "", str(facts["now"]), 1),
        change=context.formats.signed(step) if step else w("change.no_change"),
        verdict=w(f"change.verdicts.{key}"),
        sentence=w(f"change.sentences.{key}", **facts),
    )


def _verdict(node: NodeResult, was: NodeBefore) -> str:
    """up or down where certain, maybe where missing answers may explain it, same where nothing has moved."""
    if exact(node.score or 0.0) == exact(was.score or 0.0):
        return "same"
    if not was.certain:
        return "maybe"
    return "up" if (node.score or 0.0) > (was.score or 0.0) else "down"


def shown_change(context: Context, node: NodeResult, then: float, now: float) -> tuple[Decimal, Decimal, Decimal]:
    """Both scores and the change between the unrounded ones, as shown.

    With one decimal more in all three where the shown scores would make another difference than the shown change.
    """
    scale, digits = context.scale(node), context.document.display_digits
    for places in (digits, digits + 1):
        finer = replace(scale, digits=places)
        one, other, step = finer.shown(then), finer.shown(now), rounded(exact(now - then), places)
        if other - one == step and (step != 0 or exact(now) == exact(then)):
            break
    return one, other, step


def _chart(context: Context, pairs: list[tuple[NodeResult, NodeBefore]], rows: list[ChangeRow]) -> Chart:
    told = " ".join(row.sentence for row in rows)
    scales = {(node.lowest, node.highest) for node, _ in pairs}
    return Chart(
        spec="change",
        id="chart-change",
        title=context.words("charts.change", rows=told),
        data={
            "rows": [
                {
                    **_places(context, node, was),
                    "row": place,
                    "title": row.title,
                    "label": row.change,
                    "note": row.verdict,
                }
                for place, ((node, was), row) in enumerate(zip(pairs, rows, strict=True))
            ],
            "ticks": ticks(context, pairs[0][0]) if len(scales) == 1 else [],
        },
    )


def _places(context: Context, node: NodeResult, was: NodeBefore) -> Row:
    scale = context.scale(node)

    def share(value: float | None) -> float | None:
        return None if value is None else round(scale.share(value), 5)

    before, after = context.bounds(_as_then(node, was)), context.bounds(node)
    return {
        "t0": share(was.score),
        "t1": share(node.score),
        "l0": share(was.low) if before else None,
        "h0": share(was.high) if before else None,
        "l1": share(node.low) if after else None,
        "h1": share(node.high) if after else None,
        "certain": bool(was.certain),
    }


def _changed(context: Context) -> Iterator[tuple[Answer, OtherAnswer]]:
    """Answers that aren't what they were, in the order of asking; a question that wasn't answered either time isn't."""
    for answer in context.document.answers:
        then = answer.earlier
        if then is None or (then.state, then.value) == (answer.state, answer.value):
            continue
        if answer.state in MISSING and then.state in MISSING:
            continue
        yield answer, then


def _kind(answer: Answer, then: OtherAnswer) -> str:
    if then.state != "answered":
        return "new" if answer.state == "answered" else "other"
    if answer.state != "answered":
        return "gone"
    if answer.step is None or then.step is None or answer.step == then.step:
        return "other"
    return "higher" if answer.step > then.step else "lower"


def _summary(context: Context, changed: list[tuple[Answer, OtherAnswer]]) -> str:
    number = Counter(_kind(answer, then) for answer, then in changed)
    parts = [
        context.words.count(f"change.counts.{kind}", number[kind])
        for kind in ("higher", "lower", "other", "new", "gone")
        if number[kind]
    ]
    if not parts:
        return context.words("change.no_answers")
    return context.words("change.counted", parts=context.words.listed(parts))


def _answer(context: Context, answer: Answer, then: OtherAnswer) -> ChangedAnswer:
    return ChangedAnswer(
        id=answer.id,
        anchor=anchor("answer", answer.id),
        question=context.question(answer.id),
        area=context.place_of(answer.id),
        then=_said(context, then),
        now=_said(context, answer),
        steps=_steps(context, answer, then),
        evidence=_seen(context, answer, then),
    )


def _said(context: Context, answer: Answer | OtherAnswer) -> str:
    words = context.pick(answer.words) if answer.state == "answered" else ""
    return words or context.words(f"states.{answer.state}")


def _steps(context: Context, answer: Answer, then: OtherAnswer) -> str:
    if answer.step is None or then.step is None or answer.step == then.step:
        return context.words("change.dash")
    steps = answer.step - then.step
    return context.words.count("change.steps_up" if steps > 0 else "change.steps_down", abs(steps))


def _seen(context: Context, answer: Answer, then: OtherAnswer) -> str:
    """A change counts as shown only if the evidence was seen both times."""
    both = (then.evidence == "seen", answer.evidence == "seen")
    key = {(True, True): "both", (False, True): "now", (True, False): "then", (False, False): "never"}[both]
    return context.words(f"change.seen.{key}")
