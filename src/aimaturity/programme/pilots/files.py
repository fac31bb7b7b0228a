"""Reading a file of ideas: every problem at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aimaturity.definitions.check_programme import unanswerable
from aimaturity.definitions.checks import Finding, Findings, duplicates, report, text_findings
from aimaturity.definitions.diagnostics import Diagnostic, Severity, problem
from aimaturity.definitions.load import Loaded, load_file, load_programme, load_questionnaire
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.validation import Salvage, near
from aimaturity.definitions.yaml_source import Source
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


def check_pilots(source: Source) -> list[Diagnostic]:
    """Everything found in a file of ideas, held against the programme that it names and that one's questionnaire."""
    path = Path(source.name)
    name = source.data.get("pilots_of")
    lost = _shape(path)
    if not isinstance(name, str):
        return lost
    used = load_programme(name, path)
    if used.value is None:
        return [*lost, *_told(used, "AIM132", source, name)]
    if used.value.pilots is None:
        return [*lost, problem("AIM645", source.at(("pilots_of",)), name=name)]
    asked = load_questionnaire(used.value.pilots.questionnaire, path)
    if asked.value is None:
        return [*lost, *_told(asked, "AIM131", source, used.value.pilots.questionnaire)]
    return load_pilots(path, used.value, asked.value).diagnostics


def _shape(path: Path) -> list[Diagnostic]:
    """What is wrong whatever the programme says."""
    return load_file(path, PilotFile, lambda file, salvage: ()).diagnostics


def _told(found: Loaded[Any], code: str, source: Source, name: str) -> list[Diagnostic]:
    """Why what the file leads to can't be used: it isn't there (`code`), or what its own errors are."""
    if found.salvage is None and [d.code for d in found.diagnostics] == ["AIM019"]:
        return [problem(code, source.at(("pilots_of",)), name=name, near=found.diagnostics[0].facts.get("near"))]
    return [d for d in found.diagnostics if d.severity is Severity.ERROR]


def file_is_for_the_programme(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """The programme is the one named, and says how pilots are chosen."""
    if file.pilots_of != programme.programme:
        yield Finding("AIM640", ("pilots_of",), {"name": file.pilots_of, "wanted": programme.programme})
    if programme.pilots is None:
        yield Finding("AIM645", ("pilots_of",), {"name": programme.programme})


def questions_of_the_programme_exist(file: PilotFile, programme: Programme, questionnaire: Questionnaire) -> Findings:
    """What the programme asks for can be answered: else no idea could ever meet it."""
    if programme.pilots is not None:
        for _, facts in unanswerable(programme.pilots, questionnaire):
            yield Finding("AIM653", ("pilots_of",), facts | {"questionnaire": questionnaire.questionnaire})


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
