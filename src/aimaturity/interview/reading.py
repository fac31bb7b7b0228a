"""A typed line: a command, an answer, or neither. Pure.

A number is the number shown beside an option. Commands are one letter, or a word of either language; both
languages' always work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, FreeText, Grid, Multiple, Part, Questionnaire
from aimaturity.definitions.validation import near
from aimaturity.interview.answering import MAX_NOTE, Refusal, chosen, cleaned, cleared, counted, typed
from aimaturity.interview.words import say
from aimaturity.responses.cells import Interpreter
from aimaturity.responses.given import Given, State
from aimaturity.responses.normalise import normalise, number
from aimaturity.responses.states import state_word

COMMANDS: dict[str, tuple[str, ...]] = {
    "back": ("b", "bakåt", "tillbaka", "back"),
    "skip": ("", "hoppa", "hoppa över", "skip"),
    "comment": ("k", "c", "kommentar", "comment"),
    "evidence": ("u", "e", "underlag", "evidence"),
    "find": ("s", "/", "sök", "search", "find"),
    "overview": ("g", "ö", "översikt", "overview"),
    "missing": ("m", "saknas", "nästa som saknas", "missing", "next missing"),
    "earlier": ("t", "tidigare", "historik", "earlier", "history"),
    "language": ("l", "språk", "language"),
    "preview": ("p", "förhandsvisning", "preview"),
    "report": ("r", "rapport", "report"),
    "list": ("f", "frågelista", "question list"),
    "help": ("h", "?", "hjälp", "help"),
    "pause": ("q", "paus", "avsluta", "pause", "quit", "exit"),
    "end": ("slut", "till slutet", "end"),
    "confirm": ("+", "bekräfta", "confirm"),
    "clear": ("töm", "ta bort", "clear"),
    "save": ("spara", "save"),
}
"""Command -> what calls it, as `normalise` writes it."""
_BY_WORD = {word: name for name, words in COMMANDS.items() for word in words}
_WITH_WORDS = ("comment", "evidence", "find", "save")
"""Commands that may be followed by words on the same line."""
_GO = re.compile(r"(?:fråga|question|gå till|go to)\s+(\d{1,4})\Z", re.IGNORECASE)
_STATES = {"d": State.DONT_KNOW, "v": State.DONT_KNOW, "n": State.NOT_APPLICABLE}
_KEYED = re.compile(r"\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,2})\s*:(?:\s+(.*)|\s*)\Z", re.DOTALL)
DETAILS = ("comment", "evidence", "evidence_note", "ask", "reason", "why")
_EVIDENCE = {
    word: kind
    for kind, words in {
        "seen": ("1", "sett", "seen"),
        "told": ("2", "sagt", "told"),
        "later": ("3", "skickas", "skickas senare", "later", "sent later"),
        "": ("0", "inget", "none"),
    }.items()
    for word in words
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do, and the words behind it."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a line is no answer, as a sentence of `words`."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> str:
        return say(self.key, language, **self.facts)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A line `name: value`. `variable` is None where the whole of a grid is meant; `part` is a number of a counts
    question; `detail` what belongs to an answer."""

    question: str
    variable: str | None
    part: str | None
    detail: str | None
    value: str


def command(line: str, question: AnyQuestion | None = None, q: Questionnaire | None = None) -> Command | None:
    """The command that a line is; None where it is something else.

    In answers in one's own words, a capital letter followed by words is no command (`E handel`); nor is an option's
    text anywhere.
    """
    text = line.strip()
    name = _BY_WORD.get(normalise(text))
    if name is not None:
        return Command(name)
    found = _GO.match(text)
    if found:
        return Command("go", found[1])
    first, _, rest = text.partition(" ")
    name = _BY_WORD.get(first.casefold().removesuffix(":"))
    if name not in _WITH_WORDS or not rest.strip() or _begins_a_sentence(question, first):
        return None
    return None if q is not None and question is not None and _names(q, question, text) else Command(name, rest.strip())


def _begins_a_sentence(question: AnyQuestion | None, first: str) -> bool:
    return isinstance(question, FreeText) and len(first) == 1 and first.isupper()


def _names(q: Questionnaire, question: AnyQuestion, text: str) -> bool:
    """Whether the text is an option of the question, in words."""
    return bool(q.options_of(question)) and Interpreter(q, question.id, question).named(text) is not None


def keyed(questionnaire: Questionnaire, line: str) -> Keyed | Unread | None:
    """A line `name: value`; Unread where nothing has that name; None where the line isn't of that form."""
    found = _KEYED.match(line)
    if found is None:
        return None
    names, value = found[1].split("."), (found[2] or "").strip()
    question = questionnaire.questions.get(names[0])
    if question is None:
        like = near(names[0], questionnaire.questions)
        return Unread("no_question_near" if like else "no_question", {"name": names[0], "near": like})
    variable: str | None = question.id
    part = detail = None
    rest = names[1:]
    parts = [one.id for one in parts_of(question)]
    if isinstance(question, Grid):
        variable = None
        if rest and rest[0] in parts:
            variable = f"{question.id}.{rest.pop(0)}"
    elif rest and rest[0] in parts:
        part = rest.pop(0)
    if rest and rest[0] in DETAILS and part is None:
        detail = rest.pop(0)
    if detail and variable is None:
        return Unread("which_row", {"names": ", ".join(f"{question.id}.{one}" for one in parts)})
    if rest:
        shown = ", ".join([*parts, *DETAILS])
        return Unread("no_part", {"question": question.id, "name": rest[0], "names": shown})
    return Keyed(question.id, variable, part, detail, value)


def parts_of(question: AnyQuestion) -> tuple[Part, ...]:
    """The rows of a grid, or the numbers of a counts question."""
    return question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()


def detailed(name: str, value: str) -> str | Unread | None:
    """What is kept of a detail that was typed; None takes it away."""
    if name != "evidence":
        return note(value)[0] or None
    if not value:
        return None
    found = _EVIDENCE.get(normalise(value))
    return Unread("bad_evidence") if found is None else found or None


def note(text: str) -> tuple[str, int, bool]:
    """Words for a comment or the like: cleaned and cut; how many control characters went, and whether it was cut."""
    clean, removed = cleaned(text)
    clean = clean.strip()
    return clean[:MAX_NOTE], removed, len(clean) > MAX_NOTE


def answered(questionnaire: Questionnaire, variable: str, old: Given, text: str) -> Given | Refusal | Unread:
    """The answer that a line gives to a variable: numbers of options, words, numbers, a day, a state.

    `d ekonomichefen` is don't know and whom to ask; `n orsak` not applicable and why.
    """
    question = questionnaire.questions[variable.partition(".")[0]]
    text = cleaned(text)[0].strip()
    state = None if _names(questionnaire, question, text) else _state(question, old, text)
    if state is not None:
        return state
    made = _valued(questionnaire, variable, question, old, text)
    same = isinstance(made, Given) and (made.state, made.value) == (old.state, old.value)
    return old if same else made  # given again, it keeps all that belongs to it


def _valued(q: Questionnaire, variable: str, question: AnyQuestion, old: Given, text: str) -> Given | Refusal | Unread:
    if isinstance(question, Counts):
        return _counts(q, question, old, text)
    options = q.options_of(question)
    if not options:
        return _numbered(question, typed(q, variable, old, text))
    places = _places(text, several=isinstance(question, Multiple))
    if places and all(1 <= place <= len(options) for place in places):
        if isinstance(question, Multiple):
            return _ticked(q, question, old, places)
        return chosen(old, options[places[0] - 1].id)
    made = typed(q, variable, old, text)
    return Unread("only", {"last": len(options)}) if places and not isinstance(made, Given) else made


def _ticked(q: Questionnaire, question: Multiple, old: Given, places: list[int]) -> Given | Refusal:
    """These ticks and no others, checked as a survey's cell is."""
    mask = 0
    for place in places:
        mask |= 1 << (place - 1)
    meaning = Interpreter(q, question.id, question).checked(mask)
    if meaning.code is not None:
        return Refusal(meaning.code, dict(meaning.facts))
    value = tuple(option.id for bit, option in enumerate(q.options_of(question)) if mask >> bit & 1)
    return Given(State.ANSWERED, value, cleared(old).detail)


def _places(text: str, several: bool) -> list[int]:
    pieces = re.split(r"[,;\s]+", text.rstrip(".,;")) if several else [text.rstrip(".")]
    return [int(piece) for piece in pieces] if all(re.fullmatch(r"\d{1,4}", piece) for piece in pieces) else []


def _state(question: AnyQuestion, old: Given, text: str) -> Given | Refusal | None:
    """Don't know or not applicable, as a letter with words behind it or as words; None where it is neither."""
    first, _, rest = text.partition(" ")
    state = _STATES.get(first.casefold())
    if state is not None and rest and _begins_a_sentence(question, first):
        state = None
    if state is None:
        rest, found = "", state_word(text) if text else None
        state = found if found in (State.DONT_KNOW, State.NOT_APPLICABLE) else None
    if state is None:
        return None
    if state is State.NOT_APPLICABLE and "not_applicable" not in question.allow:
        return Refusal("AIM308")
    detail = old.detail if old.state is state else cleared(old).detail
    said = note(rest)[0]
    if said:
        detail = replace(detail, ask=said) if state is State.DONT_KNOW else replace(detail, reason=said)
    return Given(state, None, detail)


def _numbered(question: AnyQuestion, made: Given | Refusal) -> Given | Refusal | Unread:
    """What can't be a number is refused with an example."""
    if isinstance(made, Refusal) and made.code == "AIM306":
        return Unread("a_number" if getattr(question, "decimals", 0) else "whole_number")
    return made


def counted_part(
    questionnaire: Questionnaire, question: Counts, old: Given, part: str, text: str
) -> Given | Refusal | Unread:
    """The answer with one of its numbers typed."""
    return _numbered(question, counted(questionnaire, question, old, part, text))


def _counts(q: Questionnaire, question: Counts, old: Given, text: str) -> Given | Refusal | Unread:
    """All numbers of a counts question on one line, in the order asked."""
    pieces = split_numbers(text, len(question.parts), question.decimals)
    if len(pieces) != len(question.parts):
        return Unread("how_many", {"wanted": len(question.parts), "count": len(pieces)})
    made: Given | Refusal | Unread = Given(detail=old.detail)
    for part, piece in zip(question.parts, pieces, strict=True):
        if not isinstance(made, Given):
            return made
        made = counted_part(q, question, made, part.id, piece)
        if isinstance(made, Given) and made.state in (State.DONT_KNOW, State.NOT_APPLICABLE):
            return made
    return made


def split_numbers(text: str, wanted: int, decimals: int) -> list[str]:
    """A line's numbers. `4, 9` and `4; 9` are two; `4 9` and, where no decimals may be, `4,9` too if two are wanted."""
    pieces = [piece.strip() for piece in re.split(r";|,\s+", text) if piece.strip()]
    if len(pieces) == 1 and wanted > 1:
        for pattern in (r"\s+",) if decimals else (r",", r"\s+"):
            others = [piece for piece in re.split(pattern, text.strip()) if piece]
            grouped = pattern == r"\s+" and number(text) is not None  # 1 234
            if len(others) == wanted and not grouped:
                return others
    return pieces


def grid_pieces(text: str, rows: int) -> list[str] | None:
    """A line that answers each row of a grid: `3, 2, d`; None where it hasn't as many pieces."""
    pieces = [piece.strip() for piece in re.split(r"[;,]", text)]
    if len(pieces) == 1:
        pieces = text.split()
    return pieces if len(pieces) == rows and all(pieces) and rows > 1 else None
