"""Chromium for tests: pages opened without network, as a company's manager would see them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FOUND = next((path for name in NAMES if (path := shutil.which(name))), None)
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

needs_browser = pytest.mark.skipif(
    FOUND is None and os.environ.get("AIMATURITY_CI") != "1", reason="no Chromium here; CI has one, and must"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    assert FOUND is not None, "CI runs these tests in Chromium"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=FOUND, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """A page that is open, and what it did: what it said on the console, what it asked for."""

    page: Page
    console: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1000, scheme: Any = "light", media: Any = None) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False)
    page = context.new_page()
    seen = Seen(page)
    page.on("console", lambda message: seen.console.append(message.text))
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.on("request", lambda request: seen.asked.append(request.url))
    page.goto(file.as_uri())
    if media:
        page.emulate_media(media=media)
    try:
        yield seen
    finally:
        context.close()


def axe(page: Page) -> dict[str, Any]:
    """What axe-core finds by the rules of WCAG 2.2 A and AA: `violations` and `incomplete`."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    return found
