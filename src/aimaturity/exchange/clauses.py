"""Conditions of a questionnaire in words, for people who hold it on paper."""

from __future__ import annotations

from aimaturity.definitions.conditions import All, AnyOf, Condition, Not, QuestionAtom
from aimaturity.definitions.questionnaire import Counts, Grid, Questionnaire
from aimaturity.exchange.guide_words import say


def clause(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    """The condition as a clause that follows "if". Questions are named by their number in the order of asking."""
    if isinstance(condition, All | AnyOf):
        parts = condition.all if isinstance(condition, All) else condition.any
        told = [_inner(questionnaire, part, language) for part in parts]
        return say("and" if isinstance(condition, All) else "or", language).join(told)
    if isinstance(condition, Not):
        return say("not", language, clause=_inner(questionnaire, condition.not_, language))
    if not isinstance(condition, QuestionAtom):
        raise ValueError("a questionnaire's conditions read questions only")
    return _atom(questionnaire, condition, language)


def _inner(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    """A clause inside another: in brackets where it has more than one part."""
    told = clause(questionnaire, condition, language)
    return f"({told})" if isinstance(condition, All | AnyOf) else told


def _atom(q: Questionnaire, atom: QuestionAtom, language: str) -> str:
    number = _number(q, atom.question, language)
    if atom.answered:
        return say("answered", language, number=number)
    if atom.state is not None:
        return say(f"state_{atom.state}", language, number=number)
    for test in ("is", "at_least", "below"):
        needed = getattr(atom, "is_" if test == "is" else test)
        if needed is not None:
            wanted = needed if isinstance(needed, tuple) else (needed,)
            value = say("or", language).join(_value(q, atom.question, one, language) for one in wanted)
            return say(test, language, number=number, value=value)
    raise ValueError("an atom tests something")


def _number(q: Questionnaire, reference: str, language: str) -> str:
    name, _, part = reference.partition(".")
    number = str(list(q.questions).index(name) + 1)
    question = q.questions[name]
    parts = question.rows if isinstance(question, Grid) else question.parts if isinstance(question, Counts) else ()
    text = next((one.text[language] for one in parts if one.id == part), None)
    return say("part", language, number=number, part=text) if text else number


def _value(q: Questionnaire, reference: str, needed: str | int | float, language: str) -> str:
    """An option's words, by its id or its position from 0; else the number itself."""
    options = q.options_of(q.questions[reference.partition(".")[0]])
    if not options:
        text = f"{float(needed):g}"
        return text.replace(".", ",") if language == "sv" else text
    option = next((o for o in options if o.id == needed), None)
    if option is None and isinstance(needed, int | float):
        option = options[int(needed)]
    return say("quoted", language, text=option.text[language] if option is not None else needed)
