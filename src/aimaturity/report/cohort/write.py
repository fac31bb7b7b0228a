"""A cohort document into a folder, in every kind that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.documents.cohort import CohortDocument
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER
from aimaturity.report.pages import made
from aimaturity.report.pdf import PdfMissing
from aimaturity.report.produce import put, usable_folder
from aimaturity.report.templates import open_templates
from aimaturity.scoring.parts import dumps

STEMS = {"hub": "cohort", "public": "cohort-public"}


def write_cohort(
    document: CohortDocument, folder: Path, kinds: Sequence[str] = ("html",), language: str | None = None
) -> tuple[list[Path], list[Diagnostic]]:
    """Writes `cohort.html` (`cohort-public.html`) and its kin; the files that lie there now, and what went wrong.

    kinds     html, md, xlsx, json, pdf
    language  `sv` or `en`; None: the document's first
    """
    if (trouble := usable_folder(folder)) is not None:
        return [], [trouble]
    makers = dict(made(page_of(document, language), FOLDER, open_templates()))
    makers["json"] = partial(_json, document)
    files: list[Path] = []
    problems: list[Diagnostic] = []
    for kind in kinds:
        path = folder / f"{STEMS[document.audience]}.{kind}"
        try:
            outcome = put(path, makers[kind]())
        except PdfMissing as missing:
            outcome = missing.diagnostic
        if isinstance(outcome, Diagnostic):
            problems.append(outcome)
        else:
            files.append(path)
    return files, problems


def _json(document: CohortDocument) -> bytes:
    return dumps(document).encode("utf-8")
