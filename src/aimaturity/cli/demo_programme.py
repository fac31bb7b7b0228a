"""The second half of `demo`: a whole invented programme, its status, what its companies have in common, which pilot
comes next."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from aimaturity.cli.shared import fail, loaded_programme, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.programme import Programme
    from aimaturity.programme.store import Store
    from aimaturity.programme.store.bundle import Bundle

PROGRAMME, IDEAS, REGISTER = "programme.yaml", "pilots.yaml", "register.db"
IDEAS_OF = "digit-hub-ai"
"""The programme that the ideas in the examples were written for; the invented one has its counties and sectors."""
UNTIL = dt.date(2026, 11, 23)
"""The day of the demo, so that it is the same every day."""


def run(folder: Path, lang: str) -> list[Path]:
    """Fills a register with the invented programme and writes its pages; those to look at."""
    from aimaturity.definitions.library import bundled_folder
    from aimaturity.programme.store import StoreRefused, open_store

    remark(say("demo_programme", lang))
    source, register = bundled_folder("examples") / PROGRAMME, folder / REGISTER
    programme = loaded_programme(str(source), lang)
    shutil.copyfile(source, folder / PROGRAMME)
    try:
        with open_store(str(register)) as store:
            if not store.companies():
                store.import_bundle(made_up(programme, lang))
            out(say("written", lang, path=register))
            pages = _status(store, programme, folder, lang)
            pages += _cohort(store, folder, lang)
            _shortlist(store, folder, lang)
    except StoreRefused as refused:
        tell([refused.diagnostic], lang)
        fail()
    options = f"--database {register} --programme {folder / PROGRAMME} --date {UNTIL}"
    out(say("demo_why", lang, options=options))
    return pages


def made_up(programme: Programme, lang: str) -> Bundle:
    """The invented programme of a thousand companies."""
    from aimaturity.definitions.library import bundled_folder
    from aimaturity.programme.invented.journal import invented
    from aimaturity.programme.pilots.files import load_pilots

    full, scan = (usable_method(name, lang).questionnaire for name in ("ai-maturity", "ai-quickscan"))
    ideas = load_pilots(bundled_folder("examples") / IDEAS, loaded_programme(IDEAS_OF, lang), full)
    if ideas.value is None:
        _stop(ideas.diagnostics, lang)
    return invented(programme, full, scan, ideas.value.pilots, UNTIL)


def _status(store: Store, programme: Programme, folder: Path, lang: str) -> list[Path]:
    from aimaturity.cli.status import write_status
    from aimaturity.programme.status.standing import status
    from aimaturity.report.status.lines import promise_lines

    document = status(store, programme, UNTIL).document
    for line in promise_lines(document, lang):
        out(line)
    return _written(write_status(document, ("html", "xlsx", "json"), folder, lang), lang)


def _cohort(store: Store, folder: Path, lang: str) -> list[Path]:
    from aimaturity.cli.stored import finished_documents
    from aimaturity.programme.cohort.hub import cohort
    from aimaturity.report.cohort.write import write_cohort

    made = usable_method("ai-maturity", lang)
    finished = [a for a in store.assessments(finished=True) if a.questionnaire == made.questionnaire.questionnaire]
    document = cohort(finished_documents(store, finished, made), "sector")
    return _written(write_cohort(document, folder, ("html", "xlsx"), lang), lang) if document is not None else []


def _shortlist(store: Store, folder: Path, lang: str) -> None:
    from aimaturity.cli.pilot_ground import ground
    from aimaturity.cli.pilot_shortlist import proposal, write

    known = ground(str(folder / PROGRAMME), lang)
    write(proposal(store, store.pilots(), known, lang), folder, ["md"], lang)


def _written(done: tuple[list[Path], list[Diagnostic]], lang: str) -> list[Path]:
    files, problems = done
    if problems:
        _stop(problems, lang)
    for path in files:
        out(say("written", lang, path=path))
    return files


def _stop(problems: list[Diagnostic], lang: str) -> NoReturn:
    tell(problems, lang)
    fail()
