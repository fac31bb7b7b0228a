"""What is in place, what is missing, and what the next level asks for."""

from __future__ import annotations

from collections import Counter

from aimaturity.report.context import Context, anchor
from aimaturity.report.criteria import requirement_rows, unmet
from aimaturity.report.view import Link
from aimaturity.report.view_pages import Finding, Findings, HeldBack, Requirement
from aimaturity.scoring.document import Answer, LevelStage, NodeResult
from aimaturity.scoring.scale import exact

MOST = 5
HIGH, LOW = 0.75, 0.25
"""A strength gives at least, a gap at most this share of the points that its question can give."""
LINKS = 2


def held_back(context: Context) -> HeldBack | None:
    """What the level after the certain one asks for; None where levels only follow a score that isn't there."""
    root = context.root
    if root is None or not (root.stages or (root.bands and root.score is not None)):
        return None
    certain = root.level if root.level is not None else root.level_low
    above = certain or 0
    if root.stages:
        following = next((stage for stage in root.stages if stage.level > above), None)
        number = following.level if following else None
        rows, left = _stage_rows(context, root, following) if following else ([], 0)
    else:
        number = above + 1 if above < len(root.bands) else None
        rows, left = [_score_row(context, root, root.bands[number - 1])] if number else [], 1
    if number is None:
        return HeldBack(sentences=[context.words("level.top")], caption="", requirements=[])
    return HeldBack(
        sentences=_next_sentences(context, number, left),
        caption=context.words("captions.requirements", level=number),
        requirements=rows,
    )


def _next_sentences(context: Context, number: int, left: int) -> list[str]:
    w = context.words
    named = next((n for n in context.document.levels if n.level == number), None)
    title = context.pick(named.title) if named else ""
    first = w("level.next_named", level=number, title=title) if title else w("level.next", level=number)
    return [first, w.count("level.left", left)]


def _stage_rows(context: Context, root: NodeResult, stage: LevelStage) -> tuple[list[Requirement], int]:
    """What the stage asks for, and how many requirements are left; alternatives are one requirement."""
    rows = [_score_row(context, root, stage.from_)] if stage.from_ is not None else []
    left = sum(row.status != "met" for row in rows)
    for requirement in stage.requirements:
        rows += requirement_rows(context, requirement)
        left += requirement.met is not True
    return rows, left


def _score_row(context: Context, root: NodeResult, threshold: float) -> Requirement:
    """The node's own score against a threshold."""
    score = context.score(root)
    status = "unknown" if root.score is None else "met" if exact(root.score) >= exact(threshold) else "unmet"
    points = context.words.count("score.points", threshold, number=context.formats.number(threshold))
    return Requirement(
        about=context.words("need.own_score"),
        note=None,
        now=", ".join(part for part in (score.text, score.label) if part),
        enough=context.words("need.at_least", needed=points),
        status=status,
        status_words=context.words(f"status.{status}"),
        question=None,
    )


def findings(context: Context) -> Findings:
    reach = {a.id: share for a in context.document.answers if (share := _reach(a)) is not None}
    high = [name for name, share in reach.items() if share >= HIGH]
    low = [name for name, share in reach.items() if share <= LOW]
    stopping = _stopping(context)
    wanted = _wanted(context)
    seen = {a.id for a in context.document.answers if a.evidence == "seen"}
    strengths = _spread(context, high, {name: (-reach[name], name not in seen) for name in high})
    gaps = _spread(context, low, {name: (name not in stopping, reach[name], wanted.get(name, 999)) for name in low})
    w = context.words
    return Findings(
        intro=w("findings.intro") if reach else w("findings.nothing"),
        answered=bool(reach),
        strengths=[_finding(context, name) for name in strengths],
        gaps=[_finding(context, name) for name in gaps],
        no_strengths=w("findings.no_strengths"),
        no_gaps=w("findings.no_gaps"),
    )


def _reach(answer: Answer) -> float | None:
    """Which share of the question's points the answer gives; None where it isn't scored."""
    if answer.state != "answered" or answer.points is None or answer.lowest is None or answer.highest is None:
        return None
    width = answer.highest - answer.lowest
    return round((answer.points - answer.lowest) / width, 9) if width > 0 else None


def _spread(context: Context, names: list[str], rank: dict[str, tuple[object, ...]]) -> list[str]:
    """The first of them by rank; among equals those of areas that have the fewest so far, then in order of asking."""
    left, chosen, used = list(names), list[str](), Counter[str]()
    while left and len(chosen) < MOST:
        best = min(left, key=lambda name: (*rank[name], used[context.place_of(name)]))
        left.remove(best)
        chosen.append(best)
        used[context.place_of(best)] += 1
    return chosen


def _stopping(context: Context) -> set[str]:
    """Questions that an unmet requirement of the next level asks for."""
    root = context.root
    certain = (root.level if root.level is not None else root.level_low) if root else None
    following = next((stage for stage in root.stages if stage.level > (certain or 0)), None) if root else None
    requirements = following.requirements if following else []
    return {str(test.id) for requirement in requirements for test in unmet(requirement) if test.about != "node"}


def _wanted(context: Context) -> dict[str, int]:
    """question -> the place of the first advice that aims at it."""
    found: dict[str, int] = {}
    for place, item in enumerate(context.document.advice):
        for target in item.targets:
            found.setdefault(target.id, place)
    return found


def _finding(context: Context, name: str) -> Finding:
    answer = context.answers[name]
    return Finding(
        question=context.question(name),
        id=name,
        anchor=anchor("answer", name),
        area=context.place_of(name),
        answer=context.pick(answer.words) or str(answer.value),
        points=context.points_of(answer) or "",
        evidence=_evidence(context, answer),
        advice=_advice_for(context, name),
    )


def _evidence(context: Context, answer: Answer) -> str | None:
    if answer.evidence != "seen":
        return None
    note = answer.evidence_note
    return context.words("findings.evidence_seen", note=note) if note else context.words("findings.seen")


def _advice_for(context: Context, name: str) -> list[Link]:
    return [
        Link(
            anchor=anchor("advice", item.id),
            text=context.words("findings.advice", number=number, title=context.pick(item.title)),
        )
        for number, item in enumerate(context.document.advice, 1)
        if any(target.id == name for target in item.targets)
    ][:LINKS]
