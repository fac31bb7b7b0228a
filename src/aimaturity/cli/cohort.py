"""`cohort`: many companies together, for the hub or for everybody; and benchmark sets for advisers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.shared import end, fail, kinds_of, out, remark, tell, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.benchmark.peers import Peers
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.documents.cohort import CohortDocument
    from aimaturity.programme.cohort.public import Publication
    from aimaturity.scoring.document import ResultDocument

KINDS = ("html", "md", "xlsx", "json", "pdf")
COHORT_FILE = b'"aimaturity-cohort/'
HEAD = 400
"""Bytes in which a document names its format."""


@dataclass(frozen=True)
class Asked:
    """What the command was asked for.

    benchmark_set  where to write a benchmark set; without `public`, that alone is made
    date           day of a publication; None: today
    """

    model: str
    group_by: str | None
    to: str
    folder: Path
    public: bool
    benchmark_set: Path | None
    date: str | None
    show: bool
    database: str | None
    lang: str

    @property
    def publishes(self) -> bool:
        return self.public or self.benchmark_set is not None


def run(sources: list[Path], asked: Asked) -> None:
    kinds = kinds_of(asked.to, KINDS, asked.lang)
    if len(sources) == 1 and _is_cohort(sources[0]):
        _end(_shown_again(sources[0], kinds, asked))
    with ExitStack() as stack:
        found = _Found(sources, asked, stack)
        if asked.publishes:
            _end(_published(found, kinds, asked))
        _end(_for_the_hub(found, kinds, asked))


def _end(problems: list[Diagnostic]) -> None:
    end(problems)


class _Found:
    """The results: of files, or the finished assessments of the register.

    problems   what is wrong with the sources, as far as they have been gone through
    used       company -> its stored assessments, for results from the register
    """

    def __init__(self, sources: list[Path], asked: Asked, stack: ExitStack) -> None:
        self.sources, self.asked, self.stack = sources, asked, stack
        self.problems: list[Diagnostic] = []
        self.used: dict[str, list[str]] = {}

    def documents(self) -> Iterator[ResultDocument]:
        yield from self._of_files() if self.sources else self._of_register()

    def _of_files(self) -> Iterator[ResultDocument]:
        from aimaturity.cli.report import Asked as ReportAsked
        from aimaturity.cli.report import source_of
        from aimaturity.definitions.diagnostics import Diagnostic
        from aimaturity.scoring.reading import Line

        wanted = ReportAsked(
            self.asked.model, self.asked.folder, "html", None, None, self.asked.lang, database=self.asked.database
        )
        for path in self.sources:
            source = self.stack.enter_context(closing(source_of(path, wanted)))
            source.keys()
            for entry in source.entries():
                made = entry.document() if isinstance(entry, Line) else entry
                if isinstance(made, Diagnostic):
                    self.problems.append(made)
                else:
                    yield made
            self.problems += source.problems

    def _of_register(self) -> Iterator[ResultDocument]:
        from aimaturity.cli.register import opened
        from aimaturity.cli.stored import finished_documents

        made = usable_method(self.asked.model, self.asked.lang)
        with opened(self.asked.database, self.asked.lang) as store:
            asked = made.questionnaire.questionnaire
            begun = [a for a in store.assessments() if a.questionnaire == asked and a.events]
            finished = [a for a in begun if a.finished is not None]
            if len(finished) < len(begun):
                remark(say("cohort_unfinished", self.asked.lang, count=len(begun) - len(finished)))
            for one in finished:
                self.used.setdefault(one.company, []).append(one.id)
            yield from finished_documents(store, finished, made)

    def scoring(self) -> str | None:
        """The scoring model asked for, by id; None where a file's own may be any."""
        from aimaturity.definitions.load import load_scoring_model

        loaded = load_scoring_model(self.asked.model)
        return loaded.model.scoring if loaded.model is not None else None


def _for_the_hub(found: _Found, kinds: list[str], asked: Asked) -> list[Diagnostic]:
    from aimaturity.definitions.diagnostics import problem
    from aimaturity.programme.cohort.hub import UnknownField, cohort

    try:
        document = cohort(found.documents(), asked.group_by, found.scoring())
    except UnknownField as unknown:
        from difflib import get_close_matches

        near = next(iter(get_close_matches(unknown.field, unknown.known, n=1)), None)
        told = [problem("AIM423", name=unknown.field, known=", ".join(unknown.known), near=near)]
        tell([*found.problems, *told], asked.lang)
        return told
    if document is None:
        return _nothing(found, asked)
    problems = [*found.problems, *_others(document)]
    tell(problems, asked.lang)
    problems += _written(document, kinds, asked, found)
    _told(document, asked)
    return problems


def _nothing(found: _Found, asked: Asked) -> list[Diagnostic]:
    from aimaturity.definitions.diagnostics import has_errors, problem

    problems = list(found.problems)
    if not has_errors(problems):
        problems.append(problem("AIM421", model=asked.model))
    tell(problems, asked.lang)
    return problems


def _others(document: CohortDocument) -> list[Diagnostic]:
    """How many results are of another method; they are left out."""
    from aimaturity.definitions.diagnostics import problem

    count = document.hub.left_out.get("other_method", 0) if document.hub is not None else 0
    scoring = document.scoring
    return [problem("AIM422", count=count, model=scoring.id, version=scoring.version)] if count else []


def _published(found: _Found, kinds: list[str], asked: Asked) -> list[Diagnostic]:
    """The public page, the benchmark set, or both in one publication. The ledger is kept before either is written."""
    from aimaturity.cli.publication import Unpublishable, publisher
    from aimaturity.programme.cohort.public import pick, public_cohort
    from aimaturity.report.produce import put
    from aimaturity.scoring.parts import dumps

    if asked.group_by:
        remark(say("public_grouping", asked.lang))
    documents = list(found.documents())
    like = pick(documents, found.scoring())
    if like is None:
        return _nothing(found, asked)
    withdrawn, owners = _register_says(documents, asked)
    try:
        with publisher() as hub:
            day = hub.day(asked.date)
            if asked.date is not None:
                _not_before_answers(day, documents)
            made = public_cohort(documents, like, hub.ledger, hub.secret, day, withdrawn=withdrawn, owners=owners)
            hub.keep(made.ledger)
            ledger = hub.path
    except Unpublishable as trouble:
        tell([trouble.diagnostic], asked.lang)
        return [trouble.diagnostic]
    problems = [*found.problems, *_protected(made)]
    tell(problems, asked.lang)
    if asked.benchmark_set is not None:
        problems += _put_told(put(asked.benchmark_set, dumps(made.set).encode("utf-8")), asked.benchmark_set, asked)
    if asked.public:
        problems += _written(made.document, kinds, asked, found)
    release = made.set.ledger.release
    out(say("published", asked.lang, release=release, companies=len(made.peers.companies), ledger=ledger))
    _tell_left_out(made.peers, asked)
    if asked.public:
        remark(say("cohort_next_public", asked.lang, ledger=ledger))
    if asked.benchmark_set is not None:
        remark(say("cohort_next_set", asked.lang, path=asked.benchmark_set))
    return problems


def _register_says(documents: list[ResultDocument], asked: Asked) -> tuple[set[str], dict[str, str]]:
    """Of the companies in the results, as far as the register knows them (by id or number): those that are not to be
    compared, and who owns which. Results from files are looked up too; without a register nothing is known."""
    from aimaturity.cli.stored import withdrawn_in
    from aimaturity.programme.store import StoreRefused, open_store
    from aimaturity.programme.store.alike import Known

    try:
        with open_store(asked.database, create=False) as store:
            known, gone = Known(store.companies()), withdrawn_in(store)
    except StoreRefused as refused:
        if refused.diagnostic.code == "AIM601" and not (asked.database or os.environ.get("AIMATURITY_DATABASE")):
            return set(), {}
        tell([refused.diagnostic], asked.lang)
        fail()
    withdrawn: set[str] = set()
    owners: dict[str, str] = {}
    for document in documents:
        id, number = document.company.id, document.company.organisationsnummer
        for found in (known.find(id, None, None)[0], known.find(None, None, number)[0]):
            if found is None:
                continue
            if found.id in gone:
                withdrawn.add(id)
            if found.owner is not None:
                owners[id] = found.owner
    return withdrawn, owners


def _not_before_answers(day: str, documents: list[ResultDocument]) -> None:
    from aimaturity.cli.publication import Unpublishable
    from aimaturity.definitions.diagnostics import problem

    latest = max((document.occasion.date or "" for document in documents), default="")
    if day < latest:
        raise Unpublishable(problem("AIM429", date=day, latest=latest))


def _protected(made: Publication) -> list[Diagnostic]:
    """That nothing can be shown, where that is so."""
    from aimaturity.definitions.diagnostics import problem

    if any(measure.groups for measure in made.set.measures):
        return []
    minimum = made.set.rules.minimum_companies
    return [problem("AIM428", companies=len(made.peers.companies), minimum=minimum)]


def _tell_left_out(peers: Peers, asked: Asked) -> None:
    if peers.left_out:
        listed = [say(f"left_{reason}", asked.lang, count=count) for reason, count in peers.left_out.items()]
        out(say("not_published", asked.lang, listed=", ".join(listed)))


def _written(document: CohortDocument, kinds: list[str], asked: Asked, found: _Found | None = None) -> list[Diagnostic]:
    """Writes the page in every kind asked for, and opens it; what went wrong."""
    from aimaturity.cli.browser import lead_to
    from aimaturity.report.cohort.write import write_cohort

    files, problems = write_cohort(document, asked.folder, kinds, asked.lang)
    tell(problems, asked.lang)
    for path in files:
        out(say("written", asked.lang, path=path))
    if files and document.hub is not None and found is not None:
        _note(document, files, asked, found)
    page = next((path for path in files if path.suffix in (".html", ".pdf")), None)
    lead_to(page, asked.show, asked.lang)
    return problems


def _note(document: CohortDocument, files: list[Path], asked: Asked, found: _Found) -> None:
    """Remembers where companies of the register are named, so that the page is found when one is erased."""
    from aimaturity.cli.register import opened

    challenges = document.hub.challenges if document.hub is not None else None
    named = {member.id for option in (challenges.options if challenges else []) for member in option.members}
    stored = [found.used[company][-1] for company in sorted(named) if company in found.used]
    if not stored:
        return
    with opened(asked.database, asked.lang) as store:
        for assessment in stored if not store.read_only else []:
            for path in files:
                store.note_report(assessment, str(path.absolute()))


def _put_told(outcome: bool | Diagnostic, path: Path, asked: Asked) -> list[Diagnostic]:
    from aimaturity.definitions.diagnostics import Diagnostic

    if isinstance(outcome, Diagnostic):
        tell([outcome], asked.lang)
        return [outcome]
    out(say("written", asked.lang, path=path))
    return []


def _told(document: CohortDocument, asked: Asked) -> None:
    """The page in a few sentences, and what to do next."""
    from aimaturity.report.cohort.build import page_of

    view = page_of(document, asked.lang)
    out(view.heading)
    for point in view.blocks[0].points:
        out(f"  {point}")
    rounds = document.hub is not None and document.hub.challenges is not None and document.hub.challenges.rounds
    remark(say("cohort_next_rounds" if rounds else "cohort_next_groups", asked.lang))


def _is_cohort(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return COHORT_FILE in stream.read(HEAD)
    except OSError:
        return False


def _shown_again(path: Path, kinds: list[str], asked: Asked) -> list[Diagnostic]:
    """The page of a cohort document that was written before."""
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.yaml_source import read_text
    from aimaturity.documents.cohort import read_cohort

    text = read_text(path)
    document = text if isinstance(text, Diagnostic) else read_cohort(text, str(path))
    if isinstance(document, Diagnostic):
        tell([document], asked.lang)
        return [document]
    return _written(document, kinds, asked)
