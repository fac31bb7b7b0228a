"""PDF of a finished HTML report: tagged (PDF/UA-1), fonts inside, nothing fetched, same HTML same bytes."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from aimaturity.definitions.diagnostics import Diagnostic, problem

LEVEL_OF_LOG = logging.CRITICAL + 1
"""WeasyPrint remarks on each declaration that only browsers know; the style sheet serves both."""


class PdfMissing(Exception):
    """PDF can't be made on this machine; `diagnostic` says what is missing and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def pdf(html: str) -> bytes:
    """The report as PDF/UA-1.

    html    a report as `render` makes it: one file that holds all it shows. Its dates are those of the document
    raises  PdfMissing where WeasyPrint or the system libraries that it needs aren't installed
    """
    page = _weasyprint()(string=html, base_url=None, url_fetcher=_fetcher())
    identifier = hashlib.sha256(html.encode("utf-8", "surrogatepass")).digest()[:16]
    with _no_clock():
        return bytes(page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier))


@contextmanager
def _no_clock() -> Iterator[None]:
    """Without harfbuzz-subset fonts are made small by fontTools, which writes the time into them unless told one
    (https://reproducible-builds.org/specs/source-date-epoch/)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = before or "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


@cache
def _weasyprint() -> Any:
    try:
        from weasyprint import HTML, LOGGER
    except (ImportError, OSError) as fault:  # OSError: Pango and what it needs can't be loaded
        raise PdfMissing(problem("AIM512", reason=str(fault).strip().split("\n", 1)[0])) from fault
    LOGGER.setLevel(LEVEL_OF_LOG)
    return HTML


@cache
def _fetcher() -> Any:
    """Gives what `data:` addresses hold, and refuses all others."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
