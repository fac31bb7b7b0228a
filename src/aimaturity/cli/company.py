"""`company`: the register's companies."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from aimaturity.cli.register import DatabaseOption, JsonOption, as_json, assessment_line, opened
from aimaturity.cli.shared import LangOption, end, fail, language, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.store import StoredCompany

app = typer.Typer(help="Companies in the register.", no_args_is_help=True)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The company's id, or one it had before a merge.")]
NumberOption = Annotated[
    str | None,
    typer.Option("--number", metavar="NUMBER", help="Organisation number; never a personal number."),
]


def company_line(company: StoredCompany) -> str:
    number = company.organisationsnummer or ""
    return f"{company.id:24}  {number:11}  {company.name or ''}".rstrip()


@app.command(epilog='Example: aimaturity company add "Brösarps Finmekanik AB" --number 556016-0680')
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The company's name.")],
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Your own id (default: the number, else the name).")
    ] = None,
    number: NumberOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Add a company."""
    said = language(lang)
    with opened(database, said, create=True) as store:
        alike = store.find_companies(name)
        company = store.add_company(name, id=id, organisationsnummer=number)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_added", said, name=company.name, id=company.id))
    for other in alike[:3]:
        ids = f"{quote(company.id)} {quote(other.id)}"
        remark(say("looks_like", said, name=company.name, other=other.name or other.id, ids=ids))
    end(look=bool(alike))


@app.command("list", epilog="Example: aimaturity company list brösarp --json")
def list_(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only those that may be meant: by name, number or id.")
    ] = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """All companies, or those that a name, number or id may mean."""
    with opened(database, language(lang)) as store:
        found = store.find_companies(text) if text else store.companies()
    if as_json_:
        out(as_json(found))
    elif found:
        out("\n".join(company_line(company) for company in found))
    else:
        remark(say("no_companies", language(lang)))


@app.command(epilog="Example: aimaturity company show 556016-0680")
def show(
    id: IdArgument, as_json_: JsonOption = False, database: DatabaseOption = None, lang: LangOption = None
) -> None:
    """A company, its assessments and its reports."""
    said = language(lang)
    with opened(database, said) as store:
        company, assessments, reports = store.company(id), store.assessments(id), store.reports(id)
        log = store.company_log(id)
    if as_json_:
        out(as_json({"company": company, "assessments": assessments, "reports": reports, "log": log}))
        return
    out(f"{company.name or company.id} ({company.id})")
    if company.organisationsnummer:
        out(say("number", said, number=company.organisationsnummer))
    if company.merged:
        out(say("also_known", said, ids=", ".join(company.merged)))
    for assessment in assessments:
        out(assessment_line(assessment, said))
    for report in reports:
        out(say("report_written", said, when=f"{report.written:%Y-%m-%d %H:%M}", path=report.path))


@app.command(epilog="Example: aimaturity company edit brosarp --number 556016-0680")
def edit(
    id: IdArgument,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="The new name.")] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="NUMBER", help='The new organisation number; "" takes it away.')
    ] = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Change a company's name or number. The log keeps what it was."""
    said = language(lang)
    if name is None and number is None:
        remark(say("nothing_to_edit", said))
        fail()
    with opened(database, said) as store:
        from aimaturity.programme.store import KEEP

        new_name = KEEP if name is None else name
        company = store.edit_company(id, name=new_name, organisationsnummer=KEEP if number is None else number)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_edited", said, name=company.name or company.id, id=company.id))


@app.command(epilog='Example: aimaturity company merge "Brösarps Finmek" 556016-0680')
def merge(
    source: Annotated[str, typer.Argument(metavar="ID", help="The entry that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entry that stays.")],
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Make two entries of one company one: all assessments move, and the old id still finds it."""
    said = language(lang)
    with opened(database, said) as store:
        company = store.merge_companies(source, into)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_merged", said, source=source, name=company.name or company.id, id=company.id))


@app.command(epilog="Example: aimaturity company export 556016-0680 -o to-the-company")
def export(
    id: IdArgument,
    folder: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to write.")] = Path(),
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Everything held on a company, for the company: as JSON, and as a Markdown page to read."""
    from aimaturity.cli.exporting import write_export

    said = language(lang)
    with opened(database, said) as store:
        paths, problems = write_export(store, id, folder, said)
    for path in paths:
        out(say("written", said, path=path))
    tell(problems, said)
    end(problems)


@app.command(epilog="Example: aimaturity company erase 556016-0680 --yes")
def erase(
    id: IdArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask for the name.")] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Erase all that is held on a company, to the last byte. Lists its reports, which are to be deleted by hand."""
    said = language(lang)
    with opened(database, said) as store:
        company, assessments = store.company(id), store.assessments(id)
        name, events = company.name or company.id, sum(assessment.events for assessment in assessments)
        remark(say("erase_list", said, name=name, id=company.id, assessments=len(assessments), events=events))
        if not yes and not _named(name, said):
            remark(say("erase_needs_yes", said))
            fail()
        erased = store.erase_company(id)
    if as_json_:
        told = {"assessments": erased.assessments, "events": erased.events, "reports": erased.reports}
        out(as_json(told | {"left": erased.left.as_dict(said) if erased.left is not None else None}))
    else:
        out(say("erase_done", said))
        if erased.reports:
            out(say("erase_reports", said, paths="\n".join(erased.reports)))
    left = [erased.left] if erased.left is not None else []
    tell(left, said)
    end(left, look=bool(erased.reports))


def _named(name: str, lang: str) -> bool:
    """Whether the company's name was typed at a terminal."""
    if not sys.stdin.isatty():
        return False
    return bool(typer.prompt(say("erase_type", lang), err=True, default="", show_default=False).strip() == name)
