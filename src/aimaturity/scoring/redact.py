"""A result document to show others: what the company answered and got, without who it is.

Free words can name anybody, exact numbers can be looked up, and a few facts of a profile together point at one
company: all of these go. Closed answers, points and scores stay. What is kept is named here field by field, so that
a new field of the document stays out until somebody has thought about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from aimaturity.definitions.diagnostics import catalogue
from aimaturity.scoring.document import (
    AdviceItem,
    Answer,
    Before,
    Cap,
    Contradiction,
    Criterion,
    Identity,
    LevelStage,
    NodeResult,
    Occasion,
    OtherAnswer,
    ResultDocument,
    Target,
    Warning_,
    Words,
)

CODE = "AIM409"
"""The warning by which a redacted document is known."""
CLOSED = ("single", "multiple", "grid")
"""Kinds whose answers are words of the questionnaire, not the company's."""
SHOWN_OF_PROFILE = frozenset(
    {"sni_version", "sni_section", "county", "ai_roles", "main_challenge", "two_step_login", "restored_backup",
     "pilot_interest", "shared_pilot_interest", "benchmark_consent"}
)  # fmt: skip
"""Answers without points that stay. Any other goes, also those of questionnaires that nobody here has seen."""
HEAD_COUNT = "head_count"
EVIDENCE = ("seen", "told", "later")
_MONTH = re.compile(r"\d{4}-\d{2}(?=-\d{2}\Z|\Z)", re.ASCII)
LABELS = {"sv": "Företag {number}", "en": "Company {number}"}
REMOVED = {"sv": "(borttaget)", "en": "(removed)"}
CLASSES = (
    (10, {"sv": "färre än 10 personer", "en": "fewer than 10 people"}),
    (50, {"sv": "10–49 personer", "en": "10–49 people"}),
    (250, {"sv": "50–249 personer", "en": "50–249 people"}),
    (None, {"sv": "250 personer eller fler", "en": "250 people or more"}),
)
"""The EU's size classes by head count: below so many, in words."""


def is_redacted(document: ResultDocument) -> bool:
    return any(warning.code == CODE for warning in document.warnings)


def label(number: int, language: str) -> str:
    """What a redacted company is called: a running number, since a digest of a known number can be found by trying."""
    return LABELS.get(language, LABELS["en"]).format(number=number)


def redacted(document: ResultDocument, number: int = 1, language: str | None = None) -> ResultDocument:
    """The document without the company's identity, its free words and its exact numbers. Pure.

    A redacted one comes back as it is.

    number    the company is called by it
    language  of the words that stand for what is gone, where the document has room for one language only
              (default: that of the answers, else the document's first)
    """
    if is_redacted(document):
        return document
    return _Redaction(document, language or document.occasion.language or document.languages[0]).of(number)


class _Redaction:
    """One document's redaction."""

    def __init__(self, document: ResultDocument, language: str) -> None:
        self.document, self.language = document, language
        self.removed_word = REMOVED.get(language, REMOVED["en"])
        self.removed: Words = self._words(REMOVED)
        self.held_back = {answer.id for answer in document.answers if not _stays(answer)}

    def of(self, number: int) -> ResultDocument:
        document = self.document
        message = catalogue()[CODE].message
        return ResultDocument(
            engine=document.engine,
            questionnaire=document.questionnaire,
            scoring=document.scoring,
            programme=document.programme,
            languages=document.languages,
            company=Identity(id=label(number, self.language)),
            occasion=_occasion(document.occasion),
            indication=document.indication,
            display_digits=document.display_digits,
            level_node=document.level_node,
            areas=document.areas,
            levels=document.levels,
            nodes=[self._node(node) for node in document.nodes],
            sections=document.sections,
            answers=[self._answer(answer) for answer in document.answers],
            idea=document.idea,
            before=self._before(document.before),
            bounds_exact=document.bounds_exact,
            advice=[self._advice(item) for item in document.advice],
            contradictions=[
                Contradiction(id=c.id, ask=c.ask, because=self._criterion(c.because)) for c in document.contradictions
            ],
            warnings=[Warning_(code=CODE, message=self._words(message)), *document.warnings],
            facts=document.facts,
            sources=document.sources,
        )

    def _words(self, words: Mapping[str, str]) -> Words:
        """In every language of the document; English where there is no other."""
        return {language: words.get(language, words["en"]) for language in self.document.languages}

    def _node(self, node: NodeResult) -> NodeResult:
        stages = [
            LevelStage(
                level=stage.level,
                from_=stage.from_,
                reached=stage.reached,
                partly=stage.partly,
                requirements=[self._criterion(requirement) for requirement in stage.requirements],
            )
            for stage in node.stages
        ]
        caps = [Cap(cap=cap.cap, reason=cap.reason, because=self._criterion(cap.because)) for cap in node.caps]
        return node.model_copy(update={"stages": stages, "caps": caps})

    def _answer(self, answer: Answer) -> Answer:
        stays = answer.id not in self.held_back
        return Answer(
            id=answer.id,
            section=answer.section,
            kind=answer.kind,
            text=answer.text,
            state=answer.state,
            value=answer.value if stays else None,
            words=answer.words if stays else self._instead(answer),
            step=answer.step if stays else None,
            steps=answer.steps,
            unit=answer.unit,
            scored=answer.scored,
            points=answer.points,
            counted=answer.counted,
            lowest=answer.lowest,
            highest=answer.highest,
            evidence=_one_of(answer.evidence, EVIDENCE),
            ask=self.removed_word if answer.ask else None,
            reason=self.removed_word if answer.reason else None,
            own=self._other(answer.own, stays),
            earlier=self._other(answer.earlier, stays),
            by_rule=answer.by_rule,
            unused=answer.unused,
            depends_on=answer.depends_on,
        )

    def _instead(self, answer: Answer) -> Words | None:
        """What stands for an answer that goes: how many work there as a class, all else as removed."""
        if answer.words is None and answer.value is None:
            return None
        if answer.id != HEAD_COUNT or not isinstance(answer.value, dict):
            return self.removed
        people = sum(answer.value.values())
        return self._words(next(words for limit, words in CLASSES if limit is None or people < limit))

    def _other(self, other: OtherAnswer | None, stays: bool) -> OtherAnswer | None:
        if other is None:
            return None
        return OtherAnswer(
            state=other.state,
            value=other.value if stays else None,
            words=other.words if stays else self.removed if other.words else None,
            step=other.step if stays else None,
            evidence=_one_of(other.evidence, EVIDENCE),
        )

    def _before(self, before: Before | None) -> Before | None:
        return Before(occasion=_occasion(before.occasion), nodes=before.nodes) if before else None

    def _advice(self, item: AdviceItem) -> AdviceItem:
        trigger = self._criterion(item.trigger) if item.trigger else None
        return item.model_copy(update={"trigger": trigger, "targets": [self._target(t) for t in item.targets]})

    def _target(self, target: Target) -> Target:
        now = self.removed if target.now and self._goes(target.id) else target.now
        return Target(id=target.id, text=target.text, now=now, goal=target.goal)

    def _goes(self, name: str | None) -> bool:
        """Whether the answer to a question, or to a part of one, is held back."""
        return name is not None and (name in self.held_back or name.rpartition(".")[0] in self.held_back)

    def _criterion(self, criterion: Criterion) -> Criterion:
        """The condition without the answers that go, nor what it asks of them: whether it holds would tell them."""
        changed: dict[str, object] = {"parts": [self._criterion(part) for part in criterion.parts]}
        if criterion.about == "item":  # its points stay, as those of the answer do
            number = criterion.has if isinstance(criterion.has, int | float) else None
            changed |= {"has": number, "has_words": None}
        elif criterion.about == "question" and self._goes(criterion.id):
            changed |= {"has": None, "has_words": self.removed if criterion.state == "answered" else None}
            if criterion.test not in ("answered", "state"):
                changed |= {"needed": None, "needed_words": self.removed}
        return criterion.model_copy(update=changed)


def _stays(answer: Answer) -> bool:
    """Whether the answer itself is shown: the questionnaire's words, and scored or known to tell nobody apart."""
    return answer.kind in CLOSED and (answer.scored or answer.id in SHOWN_OF_PROFILE)


def _occasion(occasion: Occasion) -> Occasion:
    """When, to the month, and by whom only as adviser or company; in these fields too a survey may hold any words."""
    month = _MONTH.match(occasion.date) if occasion.date else None
    return Occasion(
        date=month[0] if month else None,
        occasion=_one_of(occasion.occasion, ("T0", "T1", "T2")),
        voice=_one_of(occasion.voice, ("adviser", "company")),
        language=_one_of(occasion.language, tuple(REMOVED)),
    )


def _one_of(text: str | None, known: tuple[str, ...]) -> str | None:
    return text if text in known else None
