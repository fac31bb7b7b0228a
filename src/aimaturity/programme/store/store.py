"""The store as a whole."""

from __future__ import annotations

from aimaturity.programme.store.care import Care
from aimaturity.programme.store.importing import Importing
from aimaturity.programme.store.lists import Lists
from aimaturity.programme.store.pilots import Pilots
from aimaturity.programme.store.results import Results
from aimaturity.programme.store.syncing import Syncing


class Store(Importing, Lists, Syncing, Pilots, Results, Care):
    """Companies, definitions, assessments, answers, activities and pilots, on disk.

    Made by `open_store`; close it, or use it in a `with`.
    """

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
