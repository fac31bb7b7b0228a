"""The company's AI idea: what each benefit claims, what that rests on, what to measure first. All from the answers."""

from __future__ import annotations

from aimaturity.report.answers import EVIDENCE
from aimaturity.report.context import Context, anchor
from aimaturity.report.view_pages import BenefitRow, Idea, Told


def idea(context: Context) -> Idea | None:
    """The ideas page; None where the document says nothing of ideas."""
    found = context.document.idea
    if found is None:
        return None
    w = context.words
    return Idea(
        intro=w("idea.intro"),
        told=_told(context, found.told),
        rows=[
            BenefitRow(
                id=benefit.id,
                title=context.pick(benefit.title),
                claimed=_told(context, benefit.claimed),
                basis=_told(context, benefit.basis),
                measure=context.pick(benefit.measure) or w("idea.no_measure"),
            )
            for benefit in found.benefits
        ],
    )


def _told(context: Context, names: list[str]) -> list[Told]:
    """The answers of these questions; one that the document doesn't hold is left out."""
    found = []
    for name in names:
        answer = context.answers.get(name)
        if answer is None:
            continue
        given = answer.state == "answered"
        words = context.pick(answer.words) if given else ""
        comments = [answer.comment, answer.own.comment if answer.own else None]
        evidence = [context.words(f"answers.evidence_words.{answer.evidence}")] if answer.evidence in EVIDENCE else []
        evidence += [answer.evidence_note] if answer.evidence_note else []
        found.append(
            Told(
                id=name,
                anchor=anchor("answer", name),
                question=context.question(name),
                answer=words or context.words(f"states.{answer.state}"),
                comment=next((comment for comment in comments if comment), None),
                evidence=": ".join(evidence) or None,
                given=given,
            )
        )
    return found
