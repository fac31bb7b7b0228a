"""The store as a whole."""

from __future__ import annotations

from aimaturity.programme.store.care import Care
from aimaturity.programme.store.erasing import Erasing
from aimaturity.programme.store.importing import Importing


class Store(Importing, Erasing, Care):
    """Companies, definitions, assessments and answers, on disk.

    Made by `open_store`; close it, or use it in a `with`.
    """

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
