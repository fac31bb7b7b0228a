"""The Typer app: every command with its options and help. What they do is imported when they run."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from aimaturity.cli.groups import Program
from aimaturity.cli.register import DatabaseOption, JsonOption
from aimaturity.cli.shared import (
    DEFAULT_MODEL,
    SOURCES,
    Keep,
    Lang,
    LangOption,
    ModelOption,
    Nodes,
    ProgrammeOption,
    apart,
    known_source,
    language,
)  # fmt: skip

app = typer.Typer(
    name="aimaturity",
    cls=Program,
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
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Assess how mature companies are in sustainable AI: questionnaires, scores and reports. Works offline."""
    if context.invoked_subcommand not in ("interview", "score"):  # which say themselves when they have started
        gc.enable()


@app.command(epilog="Example: aimaturity demo my-demo --lang en")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write.")] = Path("aimaturity-demo"),
    lang: LangOption = None,
) -> None:
    """The whole chain on invented examples: scores and company reports; a programme's status, cohort and shortlist."""
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
    model: ModelOption = DEFAULT_MODEL,
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
    try:
        from aimaturity.cli.score import Wanted, run

        tool = known_source(source, language(lang))
        wanted = Wanted(model, out, problems, str(nodes), str(keep), mapping, tool, strict, language(lang))
        run(files, wanted)
    finally:
        gc.enable()


@app.command("map", epilog="Example: aimaturity map export.csv -o mapping.yaml")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A survey file.")],
    model: ModelOption = DEFAULT_MODEL,
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
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Result documents, answers files, survey files, or ids of companies in the register.",
        ),
    ],
    model: ModelOption = DEFAULT_MODEL,
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path("reports"),
    to: Annotated[
        str, typer.Option("--to", help="html, md, pdf, xlsx (a workbook to work in); several: html,pdf.")
    ] = "html",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="DIR", help="Partials that replace the bundled ones."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="For showing to others: without identity, free words and exact counts.")
    ] = False,
    benchmark: Annotated[
        Path | None, typer.Option("--benchmark", metavar="FILE", help="Compare with the companies of a benchmark set.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes (default: one a processor core).")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open what was written.")] = False,
    lang: Annotated[
        Lang | None, typer.Option("--lang", help="The report's language (default: that of its answers, else sv).")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """One report per company, and a page that leads to all of them; only what changed is written."""
    from aimaturity.cli.report import Asked, run

    chosen = str(lang) if lang else None
    run(sources, Asked(model, folder, to, template, chosen, language(lang), jobs, redact, show, database, benchmark))


@app.command(epilog="Examples: aimaturity cohort --group-by sector --to html,xlsx; aimaturity cohort --public")
def cohort(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Result documents, answers files or survey files; without any, the register's finished assessments.",
        ),
    ] = None,
    model: ModelOption = DEFAULT_MODEL,
    group_by: Annotated[
        str | None,
        typer.Option(
            "--group-by",
            metavar="FIELD",
            help="sector, size, county, municipality, challenge, occasion, or a question with one answer of several.",
        ),
    ] = None,
    to: Annotated[str, typer.Option("--to", help="html, md, xlsx, json, pdf; several: html,xlsx.")] = "html",
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path("cohort"),
    public: Annotated[
        bool, typer.Option("--public", help="For everybody: no company, and only figures that give none away.")
    ] = False,
    benchmark_set: Annotated[
        Path | None,
        typer.Option(
            "--benchmark-set", metavar="FILE", help="Write a set that reports compare with (report --benchmark)."
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the publication (default: today).")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open what was written.")] = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Many companies together: levels, areas, common challenges, whom to bring together, change over time."""
    from aimaturity.cli.cohort import Asked, run

    asked = Asked(model, group_by, to, folder, public, benchmark_set, date, show, database, language(lang))
    run(sources or [], asked)


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


@app.command(epilog="Examples: aimaturity new my-method; aimaturity new my-hub --programme")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")],
    source_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Draft them from this survey export.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TOOL", help=f"Read FILE as an export from: {SOURCES}.")
    ] = None,
    of_programme: Annotated[
        bool, typer.Option("--programme", help="A programme instead: period, promises, partners, counties.")
    ] = False,
    lang: LangOption = None,
) -> None:
    """A questionnaire and scoring model of your own that pass `check`, to start from: small ones, or drafted."""
    from aimaturity.cli.new import from_survey, programme, run

    if of_programme:
        apart("--programme", "--from" if source_file else "--source" if source else None, language(lang))
        programme(folder, language(lang))
    elif source_file is not None:
        from_survey(folder, source_file, known_source(source, language(lang)), language(lang))
    else:
        run(folder, language(lang))


@app.command(epilog="Examples: aimaturity interview; aimaturity interview brosarp --plain < answers.txt")
def interview(
    company: Annotated[
        str | None,
        typer.Argument(metavar="[COMPANY]", help="Id, organisation number or name; without it, choose from a list."),
    ] = None,
    questionnaire: Annotated[
        str, typer.Option("-q", "--questionnaire", help="Questionnaire, by id or path.")
    ] = "ai-maturity",
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Lines only, for screen readers and scripts; so too without a terminal."),
    ] = False,
    database: DatabaseOption = None,
    adviser: Annotated[str | None, typer.Option("--adviser", metavar="NAME", help="Who holds the interview.")] = None,
    occasion: Annotated[
        str | None, typer.Option("--occasion", metavar="T0|T1|T2", help="First, second or third time.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Asks, saves every answer as it is given, resumes where it stopped; ends with the result and the report."""
    from aimaturity.cli.interview import run

    run(company, questionnaire, plain, database, language(lang), adviser, occasion)


@app.command(epilog="Example: aimaturity export ai-maturity --to md -o paper --lang sv")
def export(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="Scoring model or questionnaire, by id or path.")
    ] = "ai-maturity",
    to: Annotated[
        str,
        typer.Option("--to", help="md: an interview guide to print, and an answers file to fill in; yaml: that alone."),
    ] = "md",
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path(),
    lang: LangOption = None,
) -> None:
    """The questionnaire on paper: a guide with boxes and answer cards, and a file that its answers are entered in."""
    from aimaturity.cli.export import run

    run(model, to, folder, language(lang))


@app.command(epilog="Examples: aimaturity match brosarp; aimaturity match brosarp --for-company --to md -o brosarp.md")
def match(
    company: Annotated[
        str | None,
        typer.Argument(metavar="[COMPANY]", help="Id or organisation number; without it, what companies share."),
    ] = None,
    own_sheet: Annotated[
        bool, typer.Option("--for-company", help="A sheet for the company itself: it names no other company.")
    ] = False,
    to: Annotated[str, typer.Option("--to", help="text or md.")] = "text",
    file: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where to write.")] = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Who can help with a company's gaps and pilots, and which companies that agreed share its challenge."""
    from aimaturity.cli.match import run

    run(company, own_sheet, to, file, programme, as_json, database, language(lang))


@app.command(epilog="Examples: aimaturity status --to html --open; aimaturity status --why reached.county.10")
def status(
    to: Annotated[
        str, typer.Option("--to", help="html, md, json, xlsx; several: html,xlsx. None: on the terminal.")
    ] = "",
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path("status"),
    why: Annotated[
        str | None, typer.Option("--why", metavar="CELL", help="The rows behind a number. They name companies.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="For everybody: small numbers are withheld, and what would give them away.")
    ] = False,
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the status (default: today).")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page that was written.")] = False,
    as_json: JsonOption = False,
    programme: ProgrammeOption = None,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Where the programme stands: promises against outcome, trend, forecast, by partner and place, what is missing."""
    from aimaturity.cli.status import Asked, run

    run(Asked(language(lang), to, folder, why, public, as_json, show, date, programme, database))


@app.command(epilog="Example: aimaturity doctor")
def doctor(
    rescue: Annotated[
        Path | None,
        typer.Option("--rescue", metavar="DIR", help="Save what can be read of a damaged register into a new folder."),
    ] = None,
    tidy: Annotated[
        bool,
        typer.Option(
            "--tidy",
            help="Rewrite the file without what was erased, and tables that don't agree with the journal.",
        ),
    ] = False,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Whether the register is whole and in order."""
    from aimaturity.cli.register import doctor as run

    run(database, rescue, tidy, as_json, language(lang))


@app.command(epilog="Example: aimaturity backup register-2026-11-23.db")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write; never one that is there already.")],
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """A copy of the register while it is in use. The copy is a register itself."""
    from aimaturity.cli.register import backup as run

    run(file, database, language(lang))
