"""The desk of a stored interview, and what can be made of it beside asking: result, report, lists, a copy elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from aimaturity.cli.interview_start import Started
from aimaturity.cli.interview_words import say
from aimaturity.cli.kept import StoreKeeper, beginning
from aimaturity.interview.app_context import Context as AppContext
from aimaturity.interview.desk import Area, Desk
from aimaturity.interview.face import Context
from aimaturity.programme.store import Store, StoreRefused

if TYPE_CHECKING:
    from aimaturity.definitions.load import LoadedModel
    from aimaturity.definitions.scoring_model import Node
    from aimaturity.scoring.method import Method

REPORTS = Path("reports")


def desk_of(store: Store, started: Started, lang: str, model: Model) -> Desk:
    """The desk of a stored interview, standing where it was left."""
    assessment, questionnaire = started.assessment, started.questionnaire
    session = beginning(store, assessment, questionnaire).session(questionnaire, assessment.position)
    return Desk(
        session,
        StoreKeeper(store, assessment.id, started.hold),
        started.company.name or started.company.id,
        lang if lang in questionnaire.languages else questionnaire.languages[0],
        time.monotonic,
        areas=Areas(model),
        seconds=assessment.seconds,
    )


class Model:
    """The scoring model that is called like the questionnaire, loaded when somebody needs it."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def loaded(self) -> LoadedModel:
        from aimaturity.definitions.load import load_scoring_model

        return load_scoring_model(self.name)

    @cached_property
    def method(self) -> Method | None:
        """The method; None where there is no such model, or none that can be used."""
        from aimaturity.scoring.method import method

        found = self.loaded
        if found.model is None or found.questionnaire is None:
            return None
        return method(found.questionnaire, found.model, found.programme)


class Areas(Sequence[Area]):
    """The model's areas with the questions that are scored in each, read when somebody looks."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @cached_property
    def _all(self) -> tuple[Area, ...]:
        model = self._model.loaded.model
        return tuple(
            Area(node.id, node.title, tuple(dict.fromkeys(name.partition(".")[0] for name in _items(node))))
            for node in (model.areas if model is not None else ())
            if node.title is not None
        )

    def __bool__(self) -> bool:
        """Whether there is such a model; the screen asks before its first frame, when nothing should be loaded."""
        from aimaturity.definitions import library

        return library.find("scoring", self._model.name) is not None

    def __getitem__(self, index: Any) -> Any:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)


def _items(node: Node) -> Iterator[str]:
    from aimaturity.definitions.scoring_model import leaf_of, walk

    for below, _ in walk(node):
        for child in below.children:
            leaf = leaf_of(child)
            if leaf is not None:
                yield leaf.item


class Beside:
    """What can be made of an interview beside asking. Each gives lines for the reader."""

    def __init__(self, store: Store, started: Started, desk: Desk, model: Model) -> None:
        self.store, self.started, self.desk, self.model = store, started, desk, model

    def context(self) -> Context:
        return Context(self.glance, self.report, self.questions, self.save, self.started.look)

    def app_context(self) -> AppContext:
        return AppContext(
            glance=self.result,
            report=self.report,
            question_list=self.questions,
            save=self.save,
            read_only=self.started.look,
            occasion=self.started.assessment.occasion or "",
            opening=self.started.opening,
        )

    def glance(self, lang: str) -> list[str]:
        """The result as the interview stands, and what is open."""
        from aimaturity.interview.glance import glance, glance_lines

        method = self.model.method
        if method is None:
            return [say("no_model", lang, name=self.model.name)]
        return glance_lines(glance(method, self.desk.session), self.desk.session, lang)

    def result(self, lang: str) -> list[str]:
        """The result alone: the terminal app lists what is open itself, to go to."""
        from aimaturity.interview.glance import glance, result_lines

        method = self.model.method
        if method is None:
            return [say("no_model", lang, name=self.model.name)]
        return result_lines(glance(method, self.desk.session), lang)

    def report(self, lang: str) -> list[str]:
        """The company's report in HTML, of what is on disk."""
        from aimaturity.cli.report import write_reports
        from aimaturity.cli.sources import stored_document

        method = self.model.method
        if method is None:
            return [say("no_model", lang, name=self.model.name)]
        if self.desk.unsaved:
            return [say("report_unsaved", lang)]
        document = stored_document(self.store, self.started.assessment, method)
        try:
            written, _ = write_reports([document], REPORTS, ["html"], None, lang, lang)
        except typer.Exit:  # told already
            return [say("no_report", lang)]
        return [*(say("report_at", lang, path=path) for path in written), *self._noted(written, lang)] or [
            say("no_report", lang)
        ]

    def _noted(self, written: Sequence[Path], lang: str) -> Iterator[str]:
        """Remembers where reports are, so that they are named when the company is to be forgotten."""
        for path in written if not self.store.read_only else ():
            try:
                self.store.note_report(self.started.assessment.id, str(path.resolve()))
            except StoreRefused as refused:
                yield refused.diagnostic.message(lang)

    def questions(self, lang: str) -> list[str]:
        """The list of questions to send to the company, in Markdown."""
        from aimaturity.interview.glance import question_list
        from aimaturity.report.files import slug
        from aimaturity.scoring.export import write_text

        company = self.started.company
        path = REPORTS / f"{slug(company.organisationsnummer or company.id)[:60] or 'company'}-questions.md"
        problem = write_text(path, question_list(self.desk.session, self.desk.company, lang), private=True)
        return [problem.message(lang) if problem is not None else say("list_at", lang, path=path)]

    def save(self, name: str) -> list[str]:
        """All answers as an answers file somewhere else, readable by its owner alone. Never over another file."""
        from aimaturity.programme.store import who_answered
        from aimaturity.responses.answers_text import answers_text
        from aimaturity.scoring.export import write_text

        lang, path, company = self.desk.language, Path(name), self.started.company
        if path.exists():
            return [say("exists", lang, path=path)]
        who = replace(who_answered(company, self.started.assessment, "adviser"), language=lang)
        text = answers_text(self.desk.session.questionnaire, self.desk.session.given, who)
        problem = write_text(path, text, private=True)
        return [problem.message(lang) if problem is not None else say("answers_at", lang, path=path)]
