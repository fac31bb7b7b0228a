"""`check`: all problems of definitions."""

from __future__ import annotations

from pathlib import Path

from aimaturity.cli import DONE, LOOK
from aimaturity.cli.shared import fail, out, remark
from aimaturity.cli.words import say


def run(paths: list[Path], form: str, lang: str) -> None:
    import typer

    from aimaturity.definitions import library
    from aimaturity.definitions.diagnostics import in_order, needs_a_look, render_github, render_json, render_text
    from aimaturity.definitions.load import check_paths
    from aimaturity.programme.pilots.files import check_pilots
    from aimaturity.scoring.soundness import soundness

    renderers = {"text": render_text, "json": render_json, "github": render_github}
    if form not in renderers:
        remark(say("bad_ending", lang, ending=form, endings=", ".join(renderers)))
        fail()
    if not paths:
        paths = [path for folder in library.KEYS for path in library.available(folder).values()]
    found = in_order([*check_paths(paths, {"pilots_of": check_pilots}), *soundness(paths)])
    text = renderers[form](found, lang)
    if text:
        out(text)
    if form == "text" and not found:
        out(say("clean", lang))
    raise typer.Exit(LOOK if needs_a_look(found) else DONE)
