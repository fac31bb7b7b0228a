"""The definitions that a document rests on, and how the programme signs it."""

from __future__ import annotations

from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.scoring_model import ScoringModel
from aimaturity.scoring.document import Definition, FunderLogo, Support


def support(programme: Programme, languages: tuple[str, ...]) -> Support:
    """The programme as documents say it: who it is, and how its reports are signed."""
    lines = {language: programme.funders_line(language) for language in languages}
    logos = [
        FunderLogo(name=funder.name.as_dict(languages), uri=funder.logo_uri)
        for funder in programme.funders
        if funder.logo_uri is not None
    ]
    return Support(
        **dict(definition(programme.programme, programme, languages)),
        logo=programme.logo_uri,
        colour=programme.usable_colour,
        funders={language: line for language, line in lines.items() if line is not None} or None,
        funder_logos=logos,
    )


def definition(name: str, used: Questionnaire | ScoringModel | Programme, languages: tuple[str, ...]) -> Definition:
    """Which definition was used, to the byte."""
    return Definition(id=name, version=used.version, hash=content_hash(used), title=used.title.as_dict(languages))
