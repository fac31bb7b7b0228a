"""The words for answer states, in one list."""

from __future__ import annotations

from aimaturity.responses.given import State
from aimaturity.responses.normalise import normalise

WORDS: dict[State, tuple[str, ...]] = {
    State.DONT_KNOW: (
        "dont_know", "don't know", "dont know", "do not know", "i don't know", "unknown", "not sure", "unsure",
        "no idea",
        "vet ej", "vet inte", "vet inte / vill inte svara", "ej känt", "okänt", "osäker", "ingen uppfattning",
        "kan inte svara", "kan ej svara", "kan inte bedöma", "dk", "?",
    ),
    State.NOT_APPLICABLE: (
        "not_applicable", "not applicable", "does not apply", "doesn't apply", "n/a", "n.a.", "na", "not relevant",
        "ej tillämpligt", "inte tillämpligt", "ej tillämplig", "ej aktuellt", "inte aktuellt", "gäller inte",
        "gäller inte oss", "gäller ej", "ej relevant", "inte relevant", "e.t.",
    ),
    State.BLANK: (
        "blank", "", "-", "–", "—", "no answer", "not answered", "ej svar", "inget svar", "ej besvarad", "null",
        "none given", "prefer not to say", "vill inte svara", "vill ej svara", "vill inte uppge", "ej uppgivet",
        "uppges ej", "#n/a", "#saknas!", "nan",
    ),
}  # fmt: skip
"""Spellings are compared after `normalise`; a real option that is called so comes first."""

TICKED = frozenset({"y", "yes", "ja", "1", "1.0", "true", "sant", "x", "checked", "ikryssad", "vald", "selected",
                    "oui", "sí", "si", "tak", "kyllä"})  # fmt: skip
UNTICKED = frozenset(
    {"", "0", "0.0", "n", "no", "nej", "false", "falskt", "unchecked", "-", "nein", "nei", "ei", "non"}
)
"""What a cell under an option's own heading says, after `normalise`: the option is chosen, or not."""

_BY_WORD = {normalise(word): state for state, words in WORDS.items() for word in words}


def state_word(raw: str) -> State | None:
    """The state that a cell's words stand for, or None."""
    return _BY_WORD.get(normalise(raw))
