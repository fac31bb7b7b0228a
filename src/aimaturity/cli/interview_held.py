"""An interview with its store: opened and begun, and let go of at the end."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TextIO

from aimaturity.cli.interview_desk import Beside, Model, desk_of
from aimaturity.cli.interview_early import Asked, Left
from aimaturity.cli.interview_start import Start, Started
from aimaturity.cli.shared import tell
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.interview.face import Source
from aimaturity.programme.store import Store, StoreRefused, open_store


class Held:
    """One interview while it is held. Leave it as a context, so that others may come in."""

    def __init__(self, store: Store, started: Started, lang: str) -> None:
        self.store, self.started = store, started
        try:
            model = Model(started.assessment.questionnaire)
            self.desk = desk_of(store, started, lang, model)
            self.beside = Beside(store, started, self.desk, model)
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> Held:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._release()
        self.store.close()

    def _release(self) -> None:
        """Lets others in. Where that can't be written, the hold of a process that is gone is nobody's."""
        try:
            if self.started.hold is not None:
                self.store.release(self.started.hold)
        except StoreRefused as refused:
            tell([refused.diagnostic], self.started.assessment.language or "sv")


def begin(asked: Asked, database: str | None, source: Source, out: TextIO) -> Held:
    """The interview that is asked for; whatever is unclear is asked line by line. StoreRefused, Left."""
    return _begun(asked, database, lambda store: Start(store, source, out, asked))


def begin_unasked(asked: Asked, database: str | None) -> Held:
    """The interview that is asked for, where nobody can be asked or told anything: Left as soon as something would be.
    StoreRefused."""
    return _begun(asked, database, lambda store: _Unasked(store, asked))


def _begun(asked: Asked, database: str | None, start: Callable[[Store], Start]) -> Held:
    store = open_store(database)
    try:
        return Held(store, start(store).started(), asked.lang)
    except BaseException:
        store.close()
        raise


class _Unasked(Start):
    def __init__(self, store: Store, asked: Asked) -> None:
        super().__init__(store, Source(io.StringIO()), io.StringIO(), asked)

    def _problems(self, found: Sequence[Diagnostic]) -> None:
        raise Left
