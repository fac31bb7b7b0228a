"""A result document becomes the view of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aimaturity.report import answers, areas, findings, front, method
from aimaturity.report.advice import advice, help_rows
from aimaturity.report.context import Context
from aimaturity.report.view import ReportView
from aimaturity.report.words import LANGUAGES
from aimaturity.scoring.document import ResultDocument
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
        meta=list(head.meta),
        indication=context.words("indication.notice") if document.indication else None,
        level=front.level(context),
        profile=front.profile(context),
        steps=steps,
        steps_heading=context.words.count("headings.steps", len(steps)),
        no_steps=context.words("steps.none"),
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
    return Head(f"{kicker} – {company}", kicker, company, tuple(_meta(context)))


def _meta(context: Context) -> Iterator[str]:
    """Date, occasion, who advised, who answered, organisationsnummer: what is known of them."""
    w, occasion, company = context.words, context.document.occasion, context.document.company
    if is_redacted(context.document):
        yield w("meta.redacted")
    if occasion.date:
        yield context.formats.day(occasion.date) or occasion.date
    for key, value in (("occasions", occasion.occasion), ("voices", occasion.voice)):
        if value and not (key == "voices" and occasion.adviser and value == "adviser"):
            yield w(f"meta.{key}.{value}") if value in w.at(f"meta.{key}") else value
    for key, name in (("adviser", occasion.adviser), ("respondent", occasion.respondent)):
        if name:
            yield w(f"meta.{key}", name=name)
    if company.organisationsnummer:
        yield w("meta.number", number=company.organisationsnummer)
