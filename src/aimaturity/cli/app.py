"""The Typer app: every command with its options and help. What they do is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aimaturity.cli.shared import SOURCES, Keep, Lang, LangOption, ModelOption, Nodes, known_source, language

app = typer.Typer(
    name="aimaturity",
    help="Assess how mature companies are in sustainable AI: questionnaires, scores and reports. Works offline.",
    epilog="Begin with: aimaturity demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from aimaturity._version import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Assess how mature companies are in sustainable AI: questionnaires, scores and reports. Works offline."""


@app.command(epilog="Example: aimaturity demo my-demo --lang en")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write.")] = Path("aimaturity-demo"),
    lang: LangOption = None,
) -> None:
    """The whole chain on the bundled example: scores, problems, result documents and company reports."""
    from aimaturity.cli.demo import run

    run(folder, language(lang))


@app.command(epilog="Example: aimaturity models --json")
def models(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False, lang: LangOption = None
) -> None:
    """Questionnaires and scoring models found: id, version, languages, questions, where."""
    from aimaturity.cli.models import run

    run(as_json, language(lang))


@app.command(epilog="Example: aimaturity check scoring/my-model.yaml --format github")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; without any, all found."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json or github.")] = "text",
    lang: LangOption = None,
) -> None:
    """All problems of definitions, each at its line. 0: clean or advice only; 1: problems."""
    from aimaturity.cli.check import run

    run(paths or [], form, language(lang))


@app.command(epilog="Example: aimaturity score survey.csv -o scores.xlsx --problems problems.csv")
def score(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Survey files (CSV, XLSX, JSON; gzip and zip too); - is stdin."),
    ],
    model: ModelOption = "ai-maturity",
    out: Annotated[
        str, typer.Option("-o", "--out", help="By its ending: .csv .parquet .xlsx .jsonl; - is CSV on standard output.")
    ] = "-",
    problems: Annotated[
        Path | None, typer.Option("--problems", help="List of what couldn't be read: .csv, .xlsx or .json.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="What columns and cells mean; made with `aimaturity map`.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TOOL", help=f"Read as an export from: {SOURCES}.")
    ] = None,
    nodes: Annotated[Nodes, typer.Option("--nodes", help="Columns for the areas or for every node.")] = Nodes.AREAS,
    keep: Annotated[
        Keep, typer.Option("--keep", help="Of several rows from the same company or respondent.")
    ] = Keep.ALL,
    strict: Annotated[bool, typer.Option("--strict", help="Problems give exit code 2 and no output.")] = False,
    lang: LangOption = None,
) -> None:
    """A row of scores, bounds, coverage and levels for each respondent."""
    from aimaturity.cli.score import Wanted, run

    tool = known_source(source, language(lang))
    wanted = Wanted(model, out, problems, str(nodes), str(keep), mapping, tool, strict, language(lang))
    run(files, wanted)


@app.command("map", epilog="Example: aimaturity map export.csv -o mapping.yaml")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A survey file.")],
    model: ModelOption = "ai-maturity",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The mapping file to write (default: standard output).")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TOOL", help=f"Read as an export from: {SOURCES}.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """How a survey file's headings and values were matched, with suggestions for the rest."""
    from aimaturity.cli.mappings import run

    run(file, model, out, known_source(source, language(lang)), language(lang))


@app.command(epilog="Example: aimaturity report answers.yaml -o reports --lang sv")
def report(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Result documents, answers files or survey files.")
    ],
    model: ModelOption = "ai-maturity",
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path("reports"),
    to: Annotated[str, typer.Option("--to", help="html, md, or both: html,md.")] = "html",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="DIR", help="Partials that replace the bundled ones."),
    ] = None,
    lang: Annotated[
        Lang | None, typer.Option("--lang", help="The report's language (default: that of its answers, else sv).")
    ] = None,
) -> None:
    """One report per company."""
    from aimaturity.cli.report import run

    run(sources, model, folder, to, template, str(lang) if lang else None, language(lang))


@app.command(epilog="Examples: aimaturity explain results.jsonl climate --company F001; aimaturity explain AIM101")
def explain(
    what: Annotated[str, typer.Argument(metavar="RESULT|CODE", help="A result document (.json, .jsonl), or a code.")],
    node: Annotated[str | None, typer.Argument(metavar="[NODE]", help="One node; without it, the areas.")] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="ID", help="Which company, of several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    lang: LangOption = None,
) -> None:
    """From a score down to answers, weights and rule; or what a diagnostic code means."""
    from aimaturity.cli.explain import run

    run(what, node, company, as_json, language(lang))


@app.command(epilog="Example: aimaturity schema result > result.schema.json")
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="questionnaire, scoring, programme, answers, result, benchmark ...")
    ],
    lang: LangOption = None,
) -> None:
    """JSON Schema of a kind of file, for editors and programs."""
    from aimaturity.cli.schema import run

    run(kind, language(lang))


@app.command(epilog="Example: aimaturity new my-method")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")],
    source_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Draft them from this survey export.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TOOL", help=f"Read FILE as an export from: {SOURCES}.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """A questionnaire and scoring model of your own that pass `check`, to start from: small ones, or drafted."""
    from aimaturity.cli.new import from_survey, run

    if source_file is not None:
        from_survey(folder, source_file, known_source(source, language(lang)), language(lang))
    else:
        run(folder, language(lang))
