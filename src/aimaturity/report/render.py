"""A result document becomes a report: HTML or Markdown, in Swedish or English."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.report.build import view_of
from aimaturity.report.html import PageHead, page
from aimaturity.report.markdown import tidy
from aimaturity.report.templates import TemplateFault, Templates, open_templates
from aimaturity.report.words import words
from aimaturity.scoring.document import ResultDocument

To = Literal["html", "md"]


@dataclass(frozen=True)
class Rendered:
    """A report, or why there is none: `text` is None where `diagnostics` say what is wrong with a user's template."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def render(
    document: ResultDocument, to: To = "html", language: str | None = None, template_folder: Path | None = None
) -> str:
    """The report as one text; the same document gives the same bytes.

    language         `sv` or `en`; None: that of the answers, else the document's first
    template_folder  a user's own partials, which take the place of bundled ones of the same name
    raises           TemplateFault, with diagnostics, where a user's template can't be used
    """
    return _rendered(document, to, language, open_templates(template_folder))


def try_render(
    document: ResultDocument, to: To = "html", language: str | None = None, templates: Templates | None = None
) -> Rendered:
    """The same for many documents in turn: the templates are opened once, and problems are values."""
    try:
        return Rendered(_rendered(document, to, language, templates or open_templates()))
    except TemplateFault as fault:
        return Rendered(None, tuple(fault.diagnostics))


def _rendered(document: ResultDocument, to: To, language: str | None, templates: Templates) -> str:
    view = view_of(document, language)
    told = words(view.language)
    if to == "md":
        return tidy(templates.render("md", view=view, w=told))
    head = PageHead(view.language, view.title, view.created, view.signed.colour if view.signed else None)
    return page(templates, "company/report", head, told, view=view)
