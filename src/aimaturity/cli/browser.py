"""Opening what was written, where there is something to open it with."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def show(page: Path) -> bool:
    """Opens the file in the default browser, or what opens such files; whether that could be done.

    On a machine without a screen nothing is tried: a browser in text would take over the terminal.
    """
    if not _has_screen():
        return False
    address = page.resolve().as_uri()
    if page.suffix == ".html" or os.environ.get("BROWSER"):
        try:
            return webbrowser.open(address)
        except (webbrowser.Error, OSError):
            return False
    import typer

    try:
        return typer.launch(str(page.resolve())) == 0
    except OSError:
        return False


def lead_to(page: Path | None, wanted: bool, lang: str) -> None:
    """Opens a page where that is wanted and can be done, else says which to open."""
    from aimaturity.cli.shared import remark
    from aimaturity.cli.words import say

    if page is not None and not (wanted and show(page)):
        remark(say("open", lang, path=page))


def _has_screen() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
