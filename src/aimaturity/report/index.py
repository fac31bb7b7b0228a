"""The index page: a table of companies with links to their reports, for those who may see all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aimaturity.report import front
from aimaturity.report.context import Context
from aimaturity.report.html import PageHead, whole
from aimaturity.report.templates import Templates
from aimaturity.report.words import words
from aimaturity.scoring.document import ResultDocument

DAY = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One company on the index page, in the page's language."""

    company: str
    date: str = ""
    level: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    """kind -> file name, of the reports that lie in the folder."""

    @property
    def main(self) -> str | None:
        """The kind that the company's name leads to."""
        return next(iter(self.files), None)


def row_of(document: ResultDocument, language: str) -> IndexRow:
    """What the index says of a company; its files are known once they are written."""
    context = Context(document, language)
    level = front.level(context)
    scores = {node.id: context.score(node) for node in context.areas}
    return IndexRow(
        company=document.company.name or document.company.id,
        date=document.occasion.date or (document.occasion.submitted or "")[:DAY],
        level=level.heading if level else "",
        areas={
            name: f"{s.text} ({s.label})" if s.text and s.label else s.text or s.label or ""
            for name, s in scores.items()
        },
        titles={node.id: context.title(node) for node in context.areas},
    )


def index_page(rows: Sequence[IndexRow], language: str, templates: Templates, redacted: bool = False) -> str:
    """The page as one safe file; the same rows give the same bytes."""
    told = words(language)
    titles: dict[str, str] = {}
    for row in rows:
        titles |= {name: title for name, title in row.titles.items() if name not in titles}
    head = PageHead(language, told("index.title"))
    sheet = f"\n{templates.style().strip()}\n"
    shown = {"rows": rows, "titles": titles, "kinds": told.at("index.kinds"), "redacted": redacted}
    return whole(templates, "index/index", head, told, sheet, language=language, **shown)
