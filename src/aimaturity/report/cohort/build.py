"""A cohort document becomes a page. Pure: the same document gives the same page."""

from __future__ import annotations

from aimaturity.documents.cohort import CohortDocument
from aimaturity.report.blocks import Block, PageView
from aimaturity.report.cohort import about, actions, people, public, scores
from aimaturity.report.cohort.teller import Teller
from aimaturity.report.view_pages import Signed
from aimaturity.report.words import LANGUAGES


def page_of(document: CohortDocument, language: str | None = None) -> PageView:
    """Everything that the page says, in one language: the one asked for, else the document's first."""
    wanted = (language, *document.languages)
    teller = Teller(document, next((one for one in wanted if one in LANGUAGES), LANGUAGES[0]))
    kicker = teller.pick(document.scoring.title) or document.scoring.id
    heading = _heading(teller)
    notices = [teller.say(f"notices.{document.audience}")]
    notices += [teller.say("notices.indication")] if document.indication else []
    return PageView(
        language=teller.language,
        title=teller.say("title", kicker=kicker, heading=heading),
        kicker=kicker,
        heading=heading,
        date=teller.formats.day(document.day),
        created=document.day,
        signed=_signed(teller),
        meta=_meta(teller),
        notices=notices,
        blocks=_hub(teller) if document.hub is not None else _public(teller),
    )


def _heading(teller: Teller) -> str:
    if teller.document.hub is not None:
        return teller.count("heading", teller.hub.companies, number=teller.formats.number(teller.hub.companies))
    size = teller.public.companies
    return teller.say("heading_band", band=teller.band(size)) if size is not None else teller.say("heading_bare")


def _meta(teller: Teller) -> list[list[str]]:
    if teller.document.hub is None:
        return [[teller.say("meta.public", release=teller.public.release)]]
    period = teller.hub.period
    said = []
    if period is not None:
        ends = {"first": teller.formats.day(period.first), "last": teller.formats.day(period.last)}
        said.append(teller.say("meta.period" if period.first != period.last else "meta.day", **ends))
    said.append(teller.say("meta.version", version=teller.document.scoring.version))
    return [said]


def _signed(teller: Teller) -> Signed | None:
    programme = teller.document.programme
    if programme is None:
        return None
    return Signed(
        name=teller.pick(programme.title) or programme.id,
        logo=programme.logo,
        colour=programme.colour,
        funders=teller.pick(programme.funders) or None,
    )


def _hub(teller: Teller) -> list[Block]:
    parts = [
        about.brief(teller),
        scores.levels(teller),
        scores.areas(teller),
        scores.gates(teller),
        actions.challenges(teller),
        actions.steps(teller),
        scores.grouping(teller),
        people.change(teller),
        people.persons(teller),
        people.answers(teller),
        about.method(teller),
    ]
    return [part for part in parts if part is not None]


def _public(teller: Teller) -> list[Block]:
    return [public.areas(teller), *public.counts(teller), about.method(teller)]
