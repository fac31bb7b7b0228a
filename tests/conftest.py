"""Options of the test run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden-update", action="store_true", help="rewrite expected files; read the diff as carefully as code"
    )


class Golden:
    """Compares what was produced with the files in a folder, or rewrites them."""

    def __init__(self, update: bool) -> None:
        self.update = update

    def check(
        self, folder: Path, produced: dict[str, str], alike: Mapping[str, Callable[[str], str]] = MappingProxyType({})
    ) -> None:
        """`produced` is relative path -> text; nothing may be missing, and nothing more may lie there.

        alike  what of a file counts, where that isn't every byte
        """
        if self.update:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in produced.items():
                (folder / name).write_text(text, "utf-8", newline="\n")
        expected = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
        assert sorted(produced) == sorted(expected)
        for name in produced:
            if (counts := alike.get(name)) is not None:
                assert counts(produced[name]) == counts(expected[name]), f"{folder / name} differs"
                continue
            assert produced[name].splitlines() == expected[name].splitlines(), f"{folder / name} differs"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--golden-update")))
