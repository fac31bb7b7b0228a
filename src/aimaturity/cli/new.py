"""`new`: a small questionnaire and scoring model, or a small programme, to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from aimaturity.cli.shared import fail, out, remark, tell, typed
from aimaturity.cli.words import say

FILES = {"questionnaires/my-method.yaml": "questionnaire.yaml", "scoring/my-method.yaml": "scoring.yaml"}
PROGRAMME = "programmes/my-programme.yaml"


def run(folder: Path, lang: str) -> None:
    _written(folder, FILES, lang)
    out(say("new_done", lang, folder=typed(folder)))


def programme(folder: Path, lang: str) -> None:
    """A small programme of one's own."""
    from aimaturity.definitions.library import home_folder

    _written(folder, {PROGRAMME: "programme.yaml"}, lang)
    home = home_folder() / "programmes"
    out(say("new_programme_done", lang, file=folder / PROGRAMME, home=home))


def _written(folder: Path, starters: dict[str, str], lang: str) -> None:
    """Writes starter files, each where it belongs; ends with 2 where one of them is there already."""
    from aimaturity.scoring.export import write_text

    targets = {folder / target: name for target, name in starters.items()}
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


def from_survey(folder: Path, file: Path, tool: str | None, lang: str) -> None:
    """Drafts a questionnaire and a scoring model from a survey export, and reads the export back with them."""
    from aimaturity.exchange.draft import Draft, draft
    from aimaturity.responses.opening import Unreadable, opened
    from aimaturity.responses.sheet import open_sheet
    from aimaturity.responses.survey import refuse_without_answers
    from aimaturity.responses.tools import layout_of
    from aimaturity.scoring.export import write_text

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remark(say("exists", lang, path=folder))
        fail()
    name = _name(folder)
    as_text: set[str] = set()
    made: Draft | None = None
    unread: set[str] = set()
    for _ in range(ROUNDS):
        try:
            with opened(file) as source:
                sheet = open_sheet(source)
                sheet.careful = True
                layout = layout_of(sheet, tool)
                if layout is None:
                    raise Unreadable("AIM352", str(file), tool=tool)
                refuse_without_answers(sheet, layout)
                made = draft(sheet, layout, name, lang, as_text)
        except Unreadable as error:
            tell([error.diagnostic], lang)
            fail()
        if not made.questions:
            remark(say("nothing_to_draft", lang, file=file))
            fail()
        written = {
            folder / f"questionnaires/{name}.yaml": made.questionnaire,
            folder / f"scoring/{name}.yaml": made.scoring,
            folder / f"mappings/{name}-{made.shape}.yaml": made.mapping,
        }
        for path, text in written.items():
            problem = write_text(path, text)
            if problem is not None:
                tell([problem], lang)
                fail()
        unread = _unread(folder / f"scoring/{name}.yaml", file, tool, lang)
        if not unread - as_text:
            break
        as_text |= unread
    for path in written:
        out(say("written", lang, path=path))
    out(say("drafted", lang, questions=made.questions if made else 0, left=len(made.plain) if made else 0))
    if unread:
        remark(say("drafted_unread", lang, names=", ".join(sorted(unread))))
    out(say("drafted_next", lang, file=typed(file), model=typed(folder / f"scoring/{name}.yaml"), folder=typed(folder)))


ROUNDS = 4
"""Drafts that are tried: a question whose answers can't be read back is taken as free text in the next."""


def _name(folder: Path) -> str:
    import re

    plain = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.casefold()).strip("-")
    return plain if re.match(r"[a-z]", plain) else f"survey-{plain}".strip("-")


def _unread(model: Path, file: Path, tool: str | None, lang: str) -> set[str]:
    """Questions some of whose cells the drafted questionnaire can't read in the very file it was drafted from."""
    from aimaturity.cli.mappings import saved
    from aimaturity.cli.shared import usable_method
    from aimaturity.responses.survey import open_survey, whole_of

    made = usable_method(str(model), lang)
    with open_survey(file, made.questionnaire, tool=tool, saved=saved(made, lang, model, quiet=True)) as survey:
        if not survey.usable:
            return set(made.questionnaire.questions)
        whole_of(survey)
        twice = {found.facts["name"] for found in survey.diagnostics if found.code == "AIM302"}
        names = {survey.headings[column]: target.variable for column, target in survey.matched.targets.items()}
        return twice | {
            names[cell.column].partition(".")[0]
            for cell in survey.problems.listed()
            if cell.column in names and names[cell.column] and cell.code not in ("AIM344", "AIM345")
        }
