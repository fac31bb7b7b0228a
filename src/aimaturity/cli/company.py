"""`company`: the register's companies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aimaturity.cli.about import (
    BenchmarkOption,
    MunicipalityOption,
    OwnerOption,
    SectorOption,
    SizeOption,
    about_company,
    about_lines,
    meant,
    persons,
    title,
    took_part,
)
from aimaturity.cli.register import DatabaseOption, JsonOption, as_json, assessment_line, opened
from aimaturity.cli.shared import (
    LangOption,
    ProgrammeOption,
    end,
    fail,
    language,
    loaded_programme,
    out,
    remark,
    tell,
    typed,
)
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.store import StoredActivity, StoredCompany, StoredParticipation
    from aimaturity.programme.store.mentions import Mention

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
    municipality: MunicipalityOption = None,
    sector: SectorOption = None,
    size: SizeOption = None,
    owner: OwnerOption = None,
    benchmark: BenchmarkOption = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Add a company."""
    said = language(lang)
    about = about_company(municipality, sector, size, owner, benchmark, programme, said)
    with opened(database, said, create=True) as store:
        alike = store.find_companies(name)
        company = store.add_company(name, id=id, organisationsnummer=number, about=about)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_added", said, name=company.name, id=company.id))
    for other in alike[:3]:
        ids = f"{typed(company.id)} {typed(other.id)}"
        remark(say("looks_like", said, name=company.name, other=other.name or other.id, ids=ids))
    end(look=bool(alike))


@app.command("list", epilog="Example: aimaturity company list brösarp --json")
def list_(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only those that may be meant: by name, number or id.")
    ] = None,
    county: Annotated[
        str | None, typer.Option("--county", metavar="NAME", help="Only those in this county, by name or code.")
    ] = None,
    sector: SectorOption = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Pairs that are perhaps one company, and how to merge them.")
    ] = False,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """All companies, or those that a name, number or id may mean."""
    said = language(lang)
    where = meant(loaded_programme(programme, said), "counties", county, said) if county else None
    what = about_company(None, sector, None, None, None, programme, said).sector if sector else None
    with opened(database, said) as store:
        found = store.find_companies(text) if text else store.companies()
    found = [one for one in found if (not county or one.county == where) and (not sector or one.sector == what)]
    if duplicates:
        _duplicates(found, as_json_, said)
    elif as_json_:
        out(as_json(found))
    elif found:
        out("\n".join(company_line(company) for company in found))
    else:
        remark(say("no_companies", said))


def _duplicates(found: list[StoredCompany], json_wanted: bool, lang: str) -> None:
    from aimaturity.programme.store.alike import pairs_of

    pairs = pairs_of(found)
    if json_wanted:
        out(as_json([{"merge": one, "into": other} for one, other in pairs]))
        return
    for one, other in pairs:
        ids = f"{typed(one.id)} {typed(other.id)}"
        names = {"one": one.name, "one_id": one.id, "other": other.name, "other_id": other.id}
        out(say("may_be_same", lang, **names, ids=ids))
    if not pairs:
        remark(say("no_duplicates", lang))


@app.command(epilog="Example: aimaturity company show 556016-0680")
def show(
    id: IdArgument,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """A company, what it took part in, its assessments and its reports."""
    said = language(lang)
    with opened(database, said) as store:
        company, assessments, reports = store.company(id), store.assessments(id), store.reports(id)
        log, taken_part = store.company_log(id), took_part(store, id)
    if as_json_:
        about = {"company": company, "assessments": assessments, "reports": reports, "log": log}
        out(as_json(about | {"activities": [{"activity": activity, "took_part": one} for activity, one in taken_part]}))
        return
    known = loaded_programme(programme, said)
    out(f"{company.name or company.id} ({company.id})")
    if company.organisationsnummer:
        out(say("number", said, number=company.organisationsnummer))
    if company.merged:
        out(say("also_known", said, ids=", ".join(company.merged)))
    for line in about_lines(company, known, said):
        out(line)
    for activity, one in taken_part:
        kind = title(known, "activity_kinds", activity.kind, said)
        counted = persons(one.women, one.men, one.other, one.hours, said)
        out(f"{activity.id}  {activity.date}  {kind}  {activity.title}  {counted}")
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
    municipality: MunicipalityOption = None,
    sector: SectorOption = None,
    size: SizeOption = None,
    owner: OwnerOption = None,
    benchmark: BenchmarkOption = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Change what is entered of a company; "" takes a thing away. The log keeps what it was. What a company answers
    about its place, sector and size comes before what is entered."""
    said = language(lang)
    if all(text is None for text in (name, number, municipality, sector, size, owner, benchmark)):
        remark(say("nothing_to_edit", said))
        fail()
    about = about_company(municipality, sector, size, owner, benchmark, programme, said)
    with opened(database, said) as store:
        from aimaturity.programme.store import KEEP

        new_name = KEEP if name is None else name
        new_number = KEEP if number is None else number
        company = store.edit_company(id, name=new_name, organisationsnummer=new_number, about=about)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_edited", said, name=company.name or company.id, id=company.id))


@app.command(epilog='Example: aimaturity company merge "Brösarps Finmek" 556016-0680')
def merge(
    source: Annotated[str, typer.Argument(metavar="ID", help="The entry that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entry that stays.")],
    different_numbers: Annotated[
        bool, typer.Option("--different-numbers", help="Even if they have different organisation numbers.")
    ] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Make two entries of one company one: all assessments move, and the old id, name and number still find it."""
    said = language(lang)
    with opened(database, said) as store:
        company = store.merge_companies(source, into, different_numbers=different_numbers)
        taken_part = took_part(store, company.id)
    if as_json_:
        out(as_json(company))
    else:
        out(say("company_merged", said, source=source, name=company.name or company.id, id=company.id))
    end(look=_counted_twice(company, taken_part, said))


def _counted_twice(
    company: StoredCompany, taken_part: list[tuple[StoredActivity, StoredParticipation]], lang: str
) -> bool:
    """Tells of activities in which two that are one company now both took part; whether there are any."""
    parts: dict[StoredActivity, list[StoredParticipation]] = {}
    for activity, one in taken_part:
        parts.setdefault(activity, []).append(one)
    twice = {activity: both for activity, both in parts.items() if len(both) > 1}
    for activity, both in twice.items():
        counted = [f"{one.entered_as}: {persons(one.women, one.men, one.other, one.hours, lang)}" for one in both]
        about = {"title": activity.title, "date": activity.date, "activity": activity.id, "company": typed(company.id)}
        remark(say("both_took_part", lang, parts="; ".join(counted), **about))
    return bool(twice)


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
    """Erase all that is held on a company, to the last byte. Lists its reports, which are to be deleted by hand,
    and where it is still named."""
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
        told = {name: getattr(erased, name) for name in ("assessments", "events", "reports", "mentions")}
        out(as_json(told | {"left": erased.left.as_dict(said) if erased.left is not None else None}))
    else:
        out(say("erase_done", said))
        if erased.reports:
            out(say("erase_reports", said, paths="\n".join(erased.reports)))
        for key, current in (("erase_mentions", True), ("erase_history", False)):
            rows = [_mention(one, said) for one in erased.mentions if one.current is current]
            if rows:
                out(say(key, said, rows="\n".join(rows)))
    left = [erased.left] if erased.left is not None else []
    tell(left, said)
    end(left, look=bool(erased.reports or erased.mentions))


def _mention(one: Mention, lang: str) -> str:
    return say("mention", lang, kind=say(f"behind_{one.kind}", lang), id=one.about, field=one.field)


def _named(name: str, lang: str) -> bool:
    """Whether the company's name was typed at a terminal."""
    if not sys.stdin.isatty():
        return False
    return bool(typer.prompt(say("erase_type", lang), err=True, default="", show_default=False).strip() == name)
