"""A result document becomes the view of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from aimaturity.report import answers, areas, findings, front, method
from aimaturity.report.advice import advice, help_rows
from aimaturity.report.change import change
from aimaturity.report.comparison import comparison
from aimaturity.report.context import Context, Telling
from aimaturity.report.idea import idea
from aimaturity.report.view_pages import Logo, ReportView, Signed
from aimaturity.report.words import LANGUAGES
from aimaturity.scoring.document import ResultDocument, Support
from aimaturity.scoring.redact import is_redacted


def report_language(document: ResultDocument, asked: str | None = None) -> str:
    """The language asked for, else that of the answers, else the document's first, as far as reports have it."""
    wanted = (asked, document.occasion.language, *document.languages)
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def view_of(document: ResultDocument, language: str | None = None) -> ReportView:
    """Everything that the report says, in one language. Pure: the same document gives the same view."""
    context = Context(document, report_language(document, language))
    head = view_head(context)
    steps = front.next_steps(context)
    return ReportView(
        language=context.language,
        title=head.title,
        kicker=head.kicker,
        company=head.company,
        date=context.formats.day(context.document.occasion.date),
        created=_iso_day(context.document.occasion.date),
        facts_of_company=list(_company(context)),
        meta=list(_meta(context)),
        signed=signature(context, document.programme),
        indication=context.words("indication.notice") if document.indication else None,
        level=front.level(context),
        profile=front.profile(context),
        steps=steps,
        steps_heading=context.words.count("headings.steps", len(steps)),
        no_steps=context.words("steps.none"),
        change=change(context),
        comparison=comparison(context),
        idea=idea(context),
        held_back=findings.held_back(context),
        findings=findings.findings(context),
        areas=areas.areas(context),
        advice=advice(context),
        help=help_rows(context),
        unknown=answers.unknown(context),
        not_applicable=answers.not_applicable(context),
        contradictions=[context.pick(question.ask) for question in document.contradictions],
        evidence=answers.evidence_counts(context),
        answers=answers.sections(context),
        own_given=any(answer.own is not None for answer in document.answers),
        earlier_given=any(answer.earlier is not None for answer in document.answers),
        counts=answers.counts(context),
        method=method.method(context),
        example=method.example(context),
        facts=method.facts(context),
        sources=method.sources(context),
        versions=method.versions(context),
    )


@dataclass(frozen=True)
class Head:
    """What stands at the top of every report, whatever its kind."""

    title: str
    kicker: str
    company: str
    meta: tuple[str, ...]


def view_head(context: Context) -> Head:
    company = context.document.company.name or context.document.company.id
    kicker = context.pick(context.document.questionnaire.title) or context.document.questionnaire.id
    day = context.formats.day(context.document.occasion.date)
    meta = [*([day] if day else []), *_meta(context), *_company(context)]
    return Head(f"{kicker} – {company}", kicker, company, tuple(meta))


def _company(context: Context) -> Iterator[str]:
    """What is known of the company: place, industry, size as far as the model shows them, organisationsnummer."""
    for fact in context.document.head:
        yield context.pick(fact.text)
    if number := context.document.company.organisationsnummer:
        yield context.words("meta.number", number=number)


def _meta(context: Context) -> Iterator[str]:
    """Whether it is a redacted copy, occasion, who was there, who advised, who answered."""
    w, occasion = context.words, context.document.occasion
    if is_redacted(context.document):
        yield w("meta.redacted")
    for key, value in (("occasions", occasion.occasion), ("voices", occasion.voice)):
        if value and not (key == "voices" and occasion.adviser and value == "adviser"):
            yield w(f"meta.{key}.{value}") if value in w.at(f"meta.{key}") else value
    named = (("present", occasion.present), ("adviser", occasion.adviser), ("respondent", occasion.respondent))
    for key, name in named:
        if name:
            yield w(f"meta.{key}", name=name)


def _iso_day(date: str | None) -> str | None:
    """The date where it is one: what a PDF says it was made."""
    try:
        return dt.date.fromisoformat(date).isoformat() if date else None
    except ValueError:
        return None


def signature(context: Telling, programme: Support | None) -> Signed | None:
    """Whose report it is; None where no programme is named."""
    if programme is None:
        return None
    return Signed(
        name=context.pick(programme.title) or programme.id,
        logo=programme.logo,
        colour=programme.colour,
        funders=context.pick(programme.funders) or None,
        funder_logos=[Logo(name=context.pick(logo.name), uri=logo.uri) for logo in programme.funder_logos],
    )
