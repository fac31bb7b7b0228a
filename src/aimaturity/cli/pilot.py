"""`pilot`: ideas for pilots, what became of them, and which to start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aimaturity.cli.register import DatabaseOption, JsonOption
from aimaturity.cli.shared import LangOption, ProgrammeOption, language

app = typer.Typer(help="Pilots: cards of ideas, what became of them, and which to start.", no_args_is_help=True)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The pilot's id.")]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day (default: today).")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and change nothing.")]


@app.command(
    epilog="Examples: aimaturity pilot add --template new-idea.yaml; aimaturity pilot add ideas.yaml --dry-run"
)
def add(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Cards in YAML or JSON; with --template, where to write one."),
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="An empty card to fill in, with comments.")] = False,
    dry_run: DryRunOption = False,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Add the cards of a file. Those that are right are taken; each of the others is told at its line."""
    from aimaturity.cli.pilot_add import add_file, write_template

    if template:
        write_template(file, programme, language(lang))
    else:
        add_file(file, programme, dry_run, as_json_, database, language(lang))


@app.command("list", epilog="Example: aimaturity pilot list --status running --county Blekinge")
def list_(
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="idea, applied, approved, running, ended, stopped, or their words; several: a,b.",
        ),
    ] = None,
    county: Annotated[str | None, typer.Option("--county", metavar="COUNTY", help="Its code or name.")] = None,
    sector: Annotated[str | None, typer.Option("--sector", metavar="SECTOR", help="Its id or name.")] = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """All pilots, or those of a status, county or sector."""
    from aimaturity.cli.pilot_show import list_pilots

    list_pilots(status, county, sector, programme, as_json_, database, language(lang))


@app.command(epilog="Example: aimaturity pilot show matsvinn_i_storkok")
def show(
    id: IdArgument,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """A pilot's card, its history, and its outcome against what was expected."""
    from aimaturity.cli.pilot_show import show_pilot

    show_pilot(id, programme, as_json_, database, language(lang))


@app.command(
    epilog='Examples: aimaturity pilot update ID --status approved --by "Styrgruppen"; '
    "aimaturity pilot update ID --set partner=techtank --set business.effect.low=90000; "
    "aimaturity pilot update ID --occasion T1 --business 250000 --gender-equality small"
)
def update(
    id: IdArgument,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="What it becomes; with --by, --date and --note.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who decided: a role or a body.")] = None,
    date: DateOption = None,
    note: Annotated[str | None, typer.Option("--note", help="Why; of an outcome, how it was measured.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A field of the card, as in a file; several.")
    ] = None,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Make the card as this file has it; history may only grow."),
    ] = None,
    occasion: Annotated[
        str | None, typer.Option("--occasion", metavar="T1|T2", help="An outcome was measured at this assessment.")
    ] = None,
    business: Annotated[float | None, typer.Option("--business", metavar="SEK", help="Outcome, SEK a year.")] = None,
    climate: Annotated[float | None, typer.Option("--climate", metavar="KG", help="Outcome, kg CO2e a year.")] = None,
    gender_equality: Annotated[
        str | None,
        typer.Option("--gender-equality", metavar="STEP", help="Outcome: widens, none, small, clear or large."),
    ] = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="ID", help="A company takes part; with --agreed-on.")
    ] = None,
    agreed_on: Annotated[
        str | None, typer.Option("--agreed-on", metavar="DATE", help="The day when the company agreed in writing.")
    ] = None,
    without: Annotated[
        str | None, typer.Option("--without", metavar="ID", help="A company takes part no more.")
    ] = None,
    despite: Annotated[
        str | None,
        typer.Option("--despite", metavar="REASON", help="Take the step though a hard condition isn't met, and why."),
    ] = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Change a pilot: its status, card, outcome or companies. All of it is done, or nothing."""
    from aimaturity.cli.pilot_update import Wanted, update_pilot

    measured = {"business": business, "climate": climate, "gender_equality": gender_equality}
    wanted = Wanted(status, by, date, note, set_ or [], from_, occasion, measured, company, agreed_on, without, despite)
    update_pilot(id, wanted, programme, as_json_, database, language(lang))


@app.command(
    epilog="Examples: aimaturity pilot shortlist -o proposal; "
    "aimaturity pilot shortlist --decide proposal/decision.yaml"
)
def shortlist(
    to: Annotated[
        str, typer.Option("--to", help="With -o: json, md, decision (a form to fill in); several: json,md.")
    ] = "json,md,decision",
    folder: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where to write; without it, text to read here.")
    ] = None,
    decide: Annotated[
        Path | None,
        typer.Option("--decide", metavar="FILE", help="Keep this decision on a proposal, and move the pilots by it."),
    ] = None,
    dry_run: DryRunOption = False,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Which ideas to start: a proposal with the reason for every choice and every rejection. People decide."""
    from aimaturity.cli.pilot_shortlist import keep_decision, propose

    if decide is not None:
        keep_decision(decide, programme, dry_run, as_json_, database, language(lang))
    else:
        propose(to, folder, programme, as_json_, database, language(lang))
