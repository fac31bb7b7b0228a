"""Reading a file of ideas: every problem at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from aimaturity.definitions.checks import Finding, Findings, duplicates, report, text_findings
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.load import Loaded, load_file
from aimaturity.definitions.pilot_rules import FactNeeded
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire, Single
from aimaturity.definitions.validation import Salvage, near
from aimaturity.programme.pilots.card import PilotFile
from aimaturity.programme.pilots.history import step_problem
from aimaturity.responses.identity import is_personal_number

Check = Callable[[PilotFile, Programme, Questionnaire], Findings]


def load_pilots(path: Path | str, programme: Programme, questionnaire: Questionnaire) -> Loaded[PilotFile]:
    """The ideas in a YAML or JSON file, checked against the programme that they are for and the questionnaire whose
    answers their readiness comes from. The value is None where there is any error."""

    def found(file: PilotFile, salvage: Salvage[PilotFile]) -> Iterator[Diagnostic]:
        for check in CHECKS:
            yield from report(check(file, programme, questionnaire), salvage)

    return load_file(Path(path), PilotFile, found)


def file_is_for_the_programme(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """The programme is the one named, and says how pilots are chosen."""
    if file.pilots_of != programme.programme:
        yield Finding("AIM640", ("pilots_of",), {"name": file.pilots_of, "wanted": programme.programme})
    if programme.pilots is None:
        yield Finding("AIM645", ("pilots_of",), {"name": programme.programme})


def questions_of_the_programme_exist(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """What the programme asks for can be answered: else no idea could ever meet it."""
    rules = programme.pilots
    if rules is None:
        return
    facts: list[FactNeeded] = [*rules.readiness, *(c.fact for c in rules.conditions if c.kind == "fact")]
    for fact in facts:
        question = questionnaire.questions.get(fact.question)
        options = [o.id for o in questionnaire.options_of(question)] if isinstance(question, Single) else []
        if fact.is_ not in options and not (fact.step is not None and fact.step < len(options)):
            wanted = fact.is_ if fact.is_ is not None else fact.step
            named = {"question": fact.question, "option": wanted, "questionnaire": questionnaire.questionnaire}
            yield Finding("AIM653", ("pilots_of",), named)
    if not isinstance(questionnaire.questions.get(rules.challenge_question), Single):
        named = {"question": rules.challenge_question, "option": "-", "questionnaire": questionnaire.questionnaire}
        yield Finding("AIM653", ("pilots_of",), named)


def ids_are_unique(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """Ideas have ids of their own; a company is in an idea once, an occasion measured once."""
    yield from duplicates(((card.id, ("pilots", i, "id")) for i, card in enumerate(file.pilots)), "pilots")
    for i, card in enumerate(file.pilots):
        companies = ((c.company, ("pilots", i, "companies", n, "company")) for n, c in enumerate(card.companies))
        yield from duplicates(companies, "companies")
        occasions = ((o.occasion, ("pilots", i, "outcomes", n, "occasion")) for n, o in enumerate(card.outcomes))
        yield from duplicates(occasions, "outcomes")


def names_are_known(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """Partners, counties and sectors are the programme's; the challenge is one of the questionnaire's."""
    partners = {partner.id: partner.role for partner in programme.partners}
    counties, sectors = programme.titles("counties"), programme.titles("sectors")
    rules = programme.pilots
    question = questionnaire.questions.get(rules.challenge_question) if rules is not None else None
    challenges = [option.id for option in questionnaire.options_of(question)] if question is not None else []
    for i, card in enumerate(file.pilots):
        path = ("pilots", i)
        for key, name in (("partner", card.partner), ("researcher", card.researcher)):
            if name is not None and name not in partners:
                yield Finding("AIM641", (*path, key), {"name": name, "near": near(name, partners)})
            elif key == "researcher" and name is not None and partners[name] != "university":
                yield Finding("AIM646", (*path, key), {"name": name})
        if rules is None:
            continue
        places = {"county": (card.county, counties), "sector": (card.sector, sectors)}
        for key, (name, known) in places.items():
            if name not in known:
                yield Finding("AIM133", (*path, key), {"name": name, "near": near(name, known)})
        if challenges and card.challenge not in challenges:
            facts = {"name": card.challenge, "near": near(card.challenge, challenges)}
            yield Finding("AIM101", (*path, "challenge"), facts)


def companies_are_known_by_what_may_be_kept(
    file: PilotFile, programme: Programme, questionnaire: Questionnaire
) -> Findings:
    """A company's id is no personal number; what is said of it names questions and options that exist."""
    for i, card in enumerate(file.pilots):
        for n, company in enumerate(card.companies):
            path = ("pilots", i, "companies", n)
            if is_personal_number(company.company):
                yield Finding("AIM647", (*path, "company"))
            for name, option in company.known.items():
                question = questionnaire.questions.get(name)
                if question is None:
                    facts = {"name": name, "near": near(name, questionnaire.questions)}
                    yield Finding("AIM107", (*path, "known", name), facts, on_key=True)
                    continue
                options = [o.id for o in questionnaire.options_of(question)]
                if option not in options:
                    yield Finding("AIM101", (*path, "known", name), {"name": option, "near": near(option, options)})


def histories_are_possible(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """Each step may follow the one before it, and isn't older."""
    for i, card in enumerate(file.pilots):
        for n, entry in enumerate(card.history):
            wrong = step_problem(card.history[n - 1] if n else None, entry)
            if wrong is not None:
                key = "date" if wrong.code == "AIM643" else "status"
                yield Finding(wrong.code, ("pilots", i, "history", n, key), dict(wrong.facts))


def texts_are_whole(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """Every text in every language of the programme."""
    yield from text_findings(file, programme.languages)


CHECKS: tuple[Check, ...] = (
    file_is_for_the_programme,
    questions_of_the_programme_exist,
    ids_are_unique,
    names_are_known,
    companies_are_known_by_what_may_be_kept,
    histories_are_possible,
    texts_are_whole,
)
