"""A page of blocks as HTML, Markdown, PDF or a workbook. The same page gives the same bytes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

from aimaturity.report.blocks import PageView, Table
from aimaturity.report.html import PageHead, page
from aimaturity.report.markdown import tidy
from aimaturity.report.sheet import SOFT, Book, Column
from aimaturity.report.templates import Templates
from aimaturity.report.words import words

NAME = 31
"""Characters that a sheet's name may have."""
SHEET_WIDTH = 150
"""Characters that a table's columns have together in a workbook."""
LEAST_WIDTH = 9.0


def html(view: PageView, folder: str, templates: Templates) -> str:
    """folder  of the page's own template and words: `cohort`, `status`"""
    head = PageHead(view.language, view.title, view.created, view.signed.colour if view.signed else None)
    told = words(view.language, folder)
    return page(templates, f"{folder}/page", head, told, styles=["shared"], view=view)


def markdown(view: PageView, folder: str, templates: Templates) -> str:
    return tidy(templates.render("md", page=f"{folder}/page", view=view, w=words(view.language, folder)))


def workbook(view: PageView, folder: str) -> bytes:
    """A sheet of what the page says first, and one a table."""
    told = words(view.language, folder)
    created = dt.date.fromisoformat(view.created) if view.created else None
    book = Book(view.heading, created, view.language, told.at("page.numbers"))
    names = _names([told("page.summary"), *(table.sheet for table in view.tables())])
    first = book.sheet(names[0], [Column(view.heading, 110)])
    for line in [*(" · ".join(line) for line in view.meta if line), *view.notices]:
        first.row([line], font_color=SOFT)
    for block in view.blocks[:1]:
        for point in [*block.intro, *block.points]:
            first.row([point])
    for name, table in zip(names[1:], view.tables(), strict=True):
        _sheet(book, name, table)
    return book.close()


def _sheet(book: Book, name: str, table: Table) -> None:
    whole = sum(column.width for column in table.columns) or 1
    columns = [Column(column.title, max(LEAST_WIDTH, SHEET_WIDTH * column.width / whole)) for column in table.columns]
    sheet = book.sheet(name, columns)
    for row in table.rows:
        sheet.row([cell.text if cell.value is None else cell.value for cell in row])


def _names(wanted: list[str]) -> list[str]:
    """Names of sheets, all different, without what a workbook doesn't allow."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name in wanted:
        plain = "".join(" " if c in "[]:*?/\\'" else c for c in name).strip()[:NAME] or "-"
        seen[plain.lower()] += 1
        number = f" {seen[plain.lower()]}" if seen[plain.lower()] > 1 else ""
        found.append(plain[: NAME - len(number)] + number)
    return found


def made(view: PageView, folder: str, templates: Templates) -> Mapping[str, Callable[[], bytes]]:
    """kind of file -> how its bytes are made, each when it is asked for. `pdf` raises PdfMissing where it can't be."""

    def as_html() -> str:
        return html(view, folder, templates)

    def as_pdf() -> bytes:
        from aimaturity.report.pdf import pdf

        return pdf(as_html())

    return {
        "html": lambda: as_html().encode("utf-8"),
        "md": lambda: markdown(view, folder, templates).encode("utf-8"),
        "xlsx": lambda: workbook(view, folder),
        "pdf": as_pdf,
    }
