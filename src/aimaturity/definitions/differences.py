"""What has changed between two versions of a questionnaire, as far as those who answer it notice. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Grid, Part, Questionnaire


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of questions, in the order of asking; each in one list alone.

    new       asked now, not before
    gone      asked before, not now
    options   kind, options, parts or range changed: an answer may have no place any more
    asked     asked of others than before: a condition, a rule or whether it may be not applicable changed
    reworded  the words of the question, its options or parts changed, and nothing else of the above
    """

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anybody who answers notices. Help, evidence and sources don't count."""
        return bool(self.new or self.gone or self.options or self.asked or self.reworded)


def differences(old: Questionnaire, new: Questionnaire) -> Differences:
    """What the new version has that the old one hadn't, and the other way round."""
    both = [name for name in new.questions if name in old.questions]
    found: dict[str, list[str]] = {"options": [], "asked": [], "reworded": []}
    for name in both:
        before, now = old.questions[name], new.questions[name]
        if _shape(old, before) != _shape(new, now):
            found["options"].append(name)
        elif _who(before) != _who(now):
            found["asked"].append(name)
        elif _words(old, before) != _words(new, now):
            found["reworded"].append(name)
    return Differences(
        new=tuple(name for name in new.questions if name not in old.questions),
        gone=tuple(name for name in old.questions if name not in new.questions),
        options=tuple(found["options"]),
        asked=tuple(found["asked"]),
        reworded=tuple(found["reworded"]),
    )


def _shape(q: Questionnaire, question: AnyQuestion) -> object:
    """What decides which answers there can be."""
    limits = tuple(getattr(question, name, None) for name in ("minimum", "maximum", "decimals", "at_most"))
    options = tuple((option.id, option.exclusive) for option in q.options_of(question))
    return question.kind, options, tuple(part.id for part in _parts(question)), limits


def _who(question: AnyQuestion) -> object:
    return question.show_if, question.not_applicable_if, question.allow


def _words(q: Questionnaire, question: AnyQuestion) -> object:
    told = [question.text, *(option.text for option in q.options_of(question)), *(p.text for p in _parts(question))]
    return [text.root for text in told], getattr(getattr(question, "unit", None), "root", None)


def _parts(question: AnyQuestion) -> tuple[Part, ...]:
    return question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()
