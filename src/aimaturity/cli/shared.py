"""What commands share: the language, printing, and how a run ends."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Collection, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from aimaturity.cli import DONE, FAILED, LOOK

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.definitions.programme import Programme
    from aimaturity.scoring.method import Method


class Lang(StrEnum):
    """A language of human text."""

    SV = "sv"
    EN = "en"


class Nodes(StrEnum):
    """Which nodes get columns."""

    AREAS = "areas"
    ALL = "all"


class Keep(StrEnum):
    """Which rows of the same company or respondent are scored."""

    ALL = "all"
    FIRST = "first"
    LAST = "last"


TOOLS = (
    "limesurvey", "microsoft-forms", "google-forms", "surveymonkey", "qualtrics", "kobo", "odk", "redcap", "surveyjs",
    "alchemer", "typeform", "eusurvey", "plain",
)  # fmt: skip
"""The readers of `aimaturity.responses.tools`, named here so that `--help` needn't import them (a test compares)."""
SOURCES = ", ".join(TOOLS)


LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language of what people read (default: from the locale, else sv).")
]
ModelOption = Annotated[str, typer.Option("-m", "--model", help="Scoring model, by id or path.")]
OURS = "digit-hub-ai"
ProgrammeOption = Annotated[
    str | None,
    typer.Option(
        "--programme",
        metavar="PROGRAMME",
        help=f"Programme, by id or path (default: the one in AIMATURITY_HOME/programmes; where none is, {OURS}).",
    ),
]


def language(chosen: Lang | None) -> str:
    """sv or en: as chosen, else by the locale, else sv."""
    if chosen is not None:
        return str(chosen)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "sv"
    return "sv"


def remark(text: str) -> None:
    """One line to standard error, control characters made visible. Where nobody listens there, the work goes on."""
    try:
        typer.echo("".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text), err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def out(text: str) -> None:
    """A result, to standard output."""
    typer.echo(text)


DEFAULT_MODEL = "ai-maturity"
"""The scoring model where none is asked for, or is for the questionnaire by its name."""


def tell(diagnostics: Iterable[Diagnostic], lang: str) -> None:
    """Diagnostics to standard error, a line each."""
    from aimaturity.definitions.diagnostics import in_order, render_text

    lines = render_text(in_order(diagnostics), lang)
    if lines:
        remark(lines)


def typed(word: Path | str) -> str:
    """A path or name as it must be typed, quoted where it holds blanks and the like."""
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline([str(word)])
    return shlex.quote(str(word))


def typed_model(model: str) -> str:
    """The option that names a model, behind a blank; nothing for the one that is used unasked."""
    return "" if model == DEFAULT_MODEL else f" -m {typed(model)}"


def end(diagnostics: Iterable[Diagnostic] = (), look: bool = False) -> NoReturn:
    """Ends the run: 2 if there is an error, 1 if something needs a look, else 0."""
    from aimaturity.definitions.diagnostics import has_errors, needs_a_look

    found = list(diagnostics)
    raise typer.Exit(FAILED if has_errors(found) else LOOK if look or needs_a_look(found) else DONE)


def fail() -> NoReturn:
    raise typer.Exit(FAILED)


def usable_method(model: str, lang: str) -> Method:
    """The model, compiled; tells what is wrong and ends with 2 where it can't be used."""
    from aimaturity.api import method_of
    from aimaturity.definitions.diagnostics import Severity
    from aimaturity.definitions.load import load_scoring_model

    loaded = load_scoring_model(model)
    tell((d for d in loaded.diagnostics if d.severity is not Severity.ADVICE), lang)
    if not loaded.usable:
        fail()
    return method_of(loaded)


def loaded_programme(name: str | None, lang: str) -> Programme:
    """The programme by id or path; None: the user's own where there is just one, where there is none the bundled one.

    Tells what is wrong, and ends with 2 where there is no such programme, where it can't be used, and where the user
    has several and named none.
    """
    from aimaturity.cli.words import say
    from aimaturity.definitions import library
    from aimaturity.definitions.diagnostics import Severity
    from aimaturity.definitions.load import load_programme

    if name is None:
        own = library.own("programmes")
        if len(own) > 1:
            where = library.home_folder() / "programmes"
            remark(say("several_programmes", lang, folder=where, names=", ".join(sorted(own))))
            fail()
        name = next(iter(own), OURS)
    loaded = load_programme(name)
    tell((d for d in loaded.diagnostics if d.severity is not Severity.ADVICE), lang)
    if loaded.value is None:
        fail()
    return loaded.value


def apart(one: str, other: str | None, lang: str) -> None:
    """Ends with 2 where two options were given that don't go together; `other` is None where it wasn't."""
    from aimaturity.cli.words import say

    if other is not None:
        remark(say("not_together", lang, one=one, other=other))
        fail()


def known_source(tool: str | None, lang: str) -> str | None:
    """The reader asked for; ends with 2 where there is none of that name."""
    from aimaturity.cli.words import say

    if tool is None or tool in TOOLS:
        return tool
    remark(say("bad_choice", lang, name=tool, choices=SOURCES))
    fail()


def kinds_of(to: str, known: Collection[str], lang: str, needed: bool = True) -> list[str]:
    """The kinds of file asked for, several with commas, each once. Ends with 2 where one is unknown, or can't be made
    here, or where one is needed and none is asked for."""
    from aimaturity.cli.words import say

    kinds = list(dict.fromkeys(kind.strip().lower() for kind in to.split(",") if kind.strip()))
    unknown = [kind for kind in kinds if kind not in known]
    if unknown or (needed and not kinds):
        remark(say("bad_ending", lang, ending=", ".join(unknown), endings=", ".join(known)))
        fail()
    if "pdf" in kinds:
        from aimaturity.report.produce import why_no_pdf

        if (trouble := why_no_pdf()) is not None:
            tell([trouble], lang)
            fail()
    return kinds
