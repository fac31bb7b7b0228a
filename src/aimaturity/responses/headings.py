"""From headings to questions: which column holds what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Questionnaire, Single
from aimaturity.definitions.validation import near
from aimaturity.responses.cells import OTHER, words_of
from aimaturity.responses.identity_columns import identities
from aimaturity.responses.normalise import normalise, plain_text, without_marks
from aimaturity.responses.states import TICKED, UNTICKED, state_word
from aimaturity.responses.targets import Names, Target
from aimaturity.responses.tools.layout import Heading, Layout

_ENDINGS = (" [", " (", ": ", " - ", "? ", ". ", "[", "/", " ", "_", ".")


@dataclass
class Matched:
    """Columns by position; what couldn't be matched, and what is missing.

    names    what the questionnaire's parts may be called
    skipped  columns that are the tool's own
    ignored  columns that belong to no question
    ordered  variables whose parts were told by their number in order
    near     column -> the name that may have been meant
    """

    targets: dict[int, Target]
    names: Names
    ignored: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    ordered: set[str] = field(default_factory=set)
    near: dict[int, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _Matcher:
    def __init__(
        self,
        layout: Layout,
        names: Names,
        given: Mapping[int, Target | None],
        samples: Callable[[int], Sequence[str]],
    ) -> None:
        self.layout = layout
        self.samples = samples
        self.names = names
        self.given = given
        self.matched = Matched({}, names)
        asked = [self._question(heading) for heading in layout.headings if heading.role == "other"]
        self.written = {question.id for question in asked if question is not None}
        self.unordered = self._unordered()
        self.identities = identities(layout.tool, layout.headings)
        self.last = ""
        """The question of the column before: bare headings are its parts before they are another's."""

    def target(self, column: int, heading: Heading) -> Target | None:
        if column in self.given:
            return self.given[column]
        if heading.role == "identity":
            return Target("identity", heading.identity)
        if heading.role == "other":
            question = self._question(heading)
            takes = isinstance(question, Multiple | Single)
            return Target("write_in", f"{question.id}=other", question.id) if takes else None
        found = (
            self._whole([text for text in heading.texts if _is_joined(text, heading)])
            or self._under(heading, column)
            or self._whole(self._with_or_without_part(heading))
            or self._in_one(heading)
        )
        if found is None and heading.bare:
            found = self._bare(heading, column)
        if found is None and column in self.identities:
            found = Target("identity", self.identities[column])
        return found

    def _unordered(self) -> set[str]:
        """Questions whose parts' numbers in the file are not those of an order from 1."""
        found = set()
        for heading in self.layout.headings if self.layout.coded else ():
            question = next(self._questions_with_part(heading), None) if heading.part else None
            if question is None:
                continue
            number = re.fullmatch(r"[A-Za-z]{0,4}(\d{1,4})", heading.part[0])
            if number is not None and not 1 <= int(number[1]) <= len(list(self.names.parts(question))):
                found.add(question.id)
        return found

    def _question(self, heading: Heading) -> Any:
        return next((q for q in map(self.names.question, heading.texts) if q is not None), None)

    def _questions_with_part(self, heading: Heading) -> Iterator[Any]:
        """The questions that the heading may name beside a part of theirs."""
        for text in heading.texts:
            question = None if _is_joined(text, heading) or _is_end(text, heading) else self.names.question(text)
            if question is not None:
                yield question

    def _whole(self, texts: Sequence[str]) -> Target | None:
        """The first text that is a question, or `question.part` by id."""
        for text in texts:
            word = normalise(text)
            found = self.names.ids.get(word) or self.names.ids.get(without_marks(word))
            if found is not None:
                return found
            question = self.names.question(text)
            if question is not None and not isinstance(question, Grid | Counts):
                return Target("value", question.id, question.id)
        return None

    @staticmethod
    def _with_or_without_part(heading: Heading) -> list[str]:
        """Texts that may name a question alone: not of a column for a part that is none of the question's."""
        parts = [normalise(part) for part in heading.part]
        words = {text: normalise(text) for text in heading.texts}
        return [
            text for text, word in words.items()
            if not parts or any(word.endswith(part) or word.startswith(part) for part in parts)
        ]  # fmt: skip

    def _question_with(self, heading: Heading, column: int) -> Target | None:
        """The heading's question and part, if both are known."""
        for question in self._questions_with_part(heading):
            found, ordered = self._placed(question, heading, column)
            if found is None:
                found, ordered = self.names.part(
                    question, heading.part, question.id not in self.unordered and self.layout.coded,
                    question.id in self.written,
                )  # fmt: skip
            if found is not None:
                if ordered:
                    self.matched.ordered.add(question.id)
                return found
            if any(normalise(part) in OTHER for part in heading.part) and isinstance(question, Multiple | Single):
                return Target("write_in", f"{question.id}=other", question.id)
        return None

    def _placed(self, question: Any, heading: Heading, column: int) -> tuple[Target | None, bool]:
        """The part in this place, where a file names its columns by their order alone."""
        parts = list(self.names.parts(question))
        if heading.place is None:
            return None, False
        if isinstance(question, Multiple | Single):
            return self._by_cells(question, parts, column), False
        fits = heading.place[1] == len(parts)
        return (parts[heading.place[0]][1], True) if fits else (None, False)

    def _by_cells(self, question: Any, parts: list[tuple[Any, Target]], column: int) -> Target | None:
        """The option whose text is all that stands in the column; words of all sorts are written beside the options."""
        words = {normalise(text) for text in self.samples(column)}
        for option, target in parts:
            if words and words <= words_of(option):
                return target
        return Target("write_in", f"{question.id}=other", question.id) if len(words) > 1 else None

    def _under(self, heading: Heading, column: int) -> Target | None:
        return self._question_with(heading, column) if heading.part or heading.place else None

    def _in_one(self, heading: Heading) -> Target | None:
        return next((found for text in heading.texts if (found := in_one(self.names, text)) is not None), None)

    def _bare(self, heading: Heading, column: int) -> Target | None:
        for text in heading.texts:
            word = normalise(text)
            could = self.names.bare.get(word) or self.names.bare.get(without_marks(word), [])
            if self.layout.tool == "microsoft-forms":
                could = [target for target in could if target.kind == "value"]
            could = [target for target in could if target not in self.matched.targets.values()]
            near_by = [target for target in could if target.variable.partition(".")[0] == self.last]
            last = self.names.questionnaire.questions.get(self.last)
            if normalise(text) in OTHER and not near_by:
                # It belongs to the question before it, whatever other question has an option of this name.
                own = isinstance(last, Multiple | Single)
                return Target("write_in", f"{self.last}=other", self.last) if own else None
            if not near_by and len(could) == 1 and could[0].kind == "tick" and not self._beside(column, could[0]):
                could = []
            if len(could) == 1 or near_by:
                return (near_by or could)[0]
        return None

    def _beside(self, column: int, target: Target) -> bool:
        """Whether the next column is another part of the same question: `Other` alone may be any question's."""
        following = self.layout.headings[column + 1 : column + 2]
        words = [normalise(text) for heading in following for text in heading.texts]
        return any(other.variable == target.variable for word in words for other in self.names.bare.get(word, []))

    def run(self, file: str, row: int) -> Matched:
        seen: dict[Target, int] = {}
        for column, heading in enumerate(self.layout.headings):
            if heading.role == "skip" and column not in self.given:
                self.matched.skipped.append(column)
                continue
            target = self.target(column, heading)
            at = Position(file, row, column + 1)
            shown = (heading.texts[0] if heading.texts else "").strip()[:200]
            if target is None:
                self.last = ""
                shown = shown or (f"#{column + 1}" if self.samples(column) else "")
                if shown:
                    self.matched.ignored.append(column)
                    if column not in self.given:
                        close = _near(heading, self.names)
                        if close is not None:
                            self.matched.near[column] = close
                        self.matched.diagnostics.append(problem("AIM303", at, name=shown, near=close))
                continue
            target = self._second(target, seen, heading)
            if target.kind == "tick" and self._holds_ranks(column):
                self.matched.ignored.append(column)
                self.matched.diagnostics.append(problem("AIM358", at, name=shown))
                continue
            if target.kind == "tick" and target.option >= 0 and self._holds_words(column, target):
                target = Target("write_in", f"{target.variable}=other", target.variable)
            if target in seen and target.kind != "identity":
                self.matched.ignored.append(column)
                self.matched.diagnostics.append(problem("AIM302", at, name=shown, first=seen[target] + 1))
                continue
            seen.setdefault(target, column)
            self.matched.targets[column] = target
            self.last = target.variable.partition(".")[0] or self.last
        return self.matched

    def _holds_ranks(self, column: int) -> bool:
        """Whether a column that is chosen where it is filled holds several different numbers."""
        figures = {text for text in self.samples(column) if text.isdigit()} if self.layout.filled else set()
        return len(figures) > 1

    def _holds_words(self, column: int, target: Target) -> bool:
        """Whether a column for the option `other` holds what was written beside it, rather than a tick."""
        option = list(self.names.parts(self.names.questionnaire.questions[target.variable]))[target.option][0]
        own = words_of(option)
        if not own & OTHER:
            return False
        words = {normalise(text) for text in self.samples(column)} - own - OTHER - self.layout.missing
        return any(word not in TICKED | UNTICKED and not word.isdigit() and state_word(word) is None for word in words)

    def _second(self, target: Target, seen: Mapping[Target, int], heading: Heading) -> Target:
        """A second column for the option `other` holds the words beside it."""
        if target.kind == "tick" and target in seen and any(normalise(part) in OTHER for part in heading.part):
            return Target("write_in", f"{target.variable}=other", target.variable)
        return target


def in_one(names: Names, text: str) -> Target | None:
    """What `Question [Row]`, `Question: Row`, `Row - Question` and the like, written in one, stand for."""
    for question_text, part in splits(plain_text(text)):
        question = names.question(question_text)
        if question is None:
            continue
        found, _ = names.part(question, [part], False)
        if found is not None:
            return found
        if normalise(part) in OTHER and isinstance(question, Multiple | Single):
            return Target("write_in", f"{question.id}=other", question.id)
    return None


def _is_joined(text: str, heading: Heading) -> bool:
    """Whether a heading's text holds its part behind another of its texts, as `question_part` does. Should the whole be
    a question's name, then it is that question, and not a part of it that is called so."""
    word = normalise(text).rstrip(" ])")
    before = [normalise(other) for other in heading.texts if other and len(other) < len(text)]
    parts = [normalise(part) for part in heading.part if part]
    return any(word.startswith(other) for other in before) and any(
        word != part and word.endswith(part) for part in parts
    )


def _is_end(text: str, heading: Heading) -> bool:
    """Whether a heading's text is its part alone, the end of another of its texts: the `question` of `group/question`.
    It is not where the same name stands before it too, as that of a question with an option of its own name."""
    word = normalise(text)
    if word not in map(normalise, heading.part):
        return False
    longer = [normalise(other) for other in heading.texts if len(other) > len(text)]
    before = [other.removesuffix(word).rstrip("/_.-: ") for other in longer if other.endswith(word)]
    return any(start and not start.endswith(word) for start in before)


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Ways to take a heading as question and part: at the last separators first, the part after it or before it."""
    for mark in _ENDINGS:
        places = [found.start() for found in re.finditer(re.escape(mark), text)][-12:]
        for place in reversed(places):
            cut = place + 1 if mark[0] in "?." and len(mark) == 2 else place
            part = text[place + len(mark) :].strip().removesuffix("]" if "[" in mark else ")" if "(" in mark else "")
            if text[:cut].strip() and part:
                yield text[:cut], part.strip()
    for mark in (":", " - ", " – "):
        place = text.find(mark)
        if place > 0:
            yield text[place + len(mark) :].strip(), text[:place].strip()


def match(
    layout: Layout,
    questionnaire: Questionnaire,
    file: str,
    row: int = 1,
    given: Mapping[int, Target | None] | None = None,
    samples: Callable[[int], Sequence[str]] = lambda column: (),
    names: Names | None = None,
) -> Matched:
    """What each heading stands for; exact after `normalise`. Near names are suggested, never applied.

    given    column -> what a mapping file says of it; None: nothing
    samples  column -> some of its cells
    names    of the questionnaire's parts, where they are at hand
    """
    matched = _Matcher(layout, names or Names(questionnaire), given or {}, samples).run(file, row)
    _without_joined(matched, questionnaire)
    headings = [heading.texts[0] for heading in layout.headings if heading.texts and heading.role != "skip"]
    if not any(target.kind in ("value", "tick") for target in matched.targets.values()):
        return replace(
            matched, targets={}, diagnostics=[problem("AIM320", Position(file, row), headings=_few(headings))]
        )
    matched.diagnostics += _missing(matched.targets, questionnaire, file, row)
    return matched


def _without_joined(matched: Matched, questionnaire: Questionnaire) -> None:
    """Where a multiple question has both a joined column and one for each option, the latter are read."""
    ticked = Counter(target.variable for target in matched.targets.values() if target.kind == "tick")
    joined = {target.variable for target in matched.targets.values() if target.kind == "value"}
    for column, target in list(matched.targets.items()):
        question = questionnaire.questions.get(target.variable)
        if not isinstance(question, Multiple) or target.variable not in joined or not ticked[target.variable]:
            continue
        # A column or two can't stand for all options: then the joined one holds the answer.
        whole = 2 * ticked[target.variable] >= len(questionnaire.options_of(question))
        if target.kind == ("value" if whole else "tick"):
            del matched.targets[column]
            matched.skipped.append(column)


def _near(heading: Heading, names: Names) -> str | None:
    for text in heading.texts:
        found = near(normalise(text)[:300], names.ids)
        if found is not None:
            return names.ids[found].rule
        found = near(normalise(text)[:300], names.questions)
        if found is not None:
            name: str = names.questions[found].id
            return name
    return None


def _missing(targets: Mapping[int, Target], questionnaire: Questionnaire, file: str, row: int) -> list[Diagnostic]:
    """Questions that the file has no column for, in one line."""
    there = {target.variable for target in targets.values() if target.kind in ("value", "tick")}
    lacking = [name for name, _ in questionnaire.variables() if name not in there]
    if not lacking:
        return []
    return [problem("AIM304", Position(file, row), count=len(lacking), names=_few(lacking))]


def _few(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(name.strip()[:60] for name in names[:most])
    return shown + (f", … (+{len(names) - most})" if len(names) > most else "")
