"""`new`: a small questionnaire and scoring model to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.cli.words import say

FILES = {"questionnaires/my-method.yaml": "questionnaire.yaml", "scoring/my-method.yaml": "scoring.yaml"}


def run(folder: Path, lang: str) -> None:
    from aimaturity.scoring.export import write_text

    targets = {folder / target: name for target, name in FILES.items()}
    there = [path for path in targets if path.exists()]
    if there or (folder.exists() and not folder.is_dir()):
        remark(say("exists", lang, path=(there or [folder])[0]))
        fail()
    for path, name in targets.items():
        text = (files("aimaturity") / "starter" / name).read_text("utf-8")
        problem = write_text(path, text)
        if problem is not None:
            tell([problem], lang)
            fail()
        out(say("written", lang, path=path))
    out(say("new_done", lang, folder=folder))
