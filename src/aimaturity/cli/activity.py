"""`activity`: what companies take part in, and who took part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aimaturity.cli.about import HoursOption, MunicipalityOption, meant, persons, title
from aimaturity.cli.register import DatabaseOption, JsonOption, as_json, opened
from aimaturity.cli.shared import LangOption, ProgrammeOption, end, fail, language, loaded_programme, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.programme import Programme
    from aimaturity.programme.store import StoredActivity

app = typer.Typer(help="Activities and who took part: counts of persons by company, never names.", no_args_is_help=True)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The activity's id.")]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day, such as 2026-03-12.")]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="A kind of activity of the programme, by id or name.")
]
PartnerOption = Annotated[
    str | None, typer.Option("--partner", metavar="PARTNER", help="The partner that held it, by id or name.")
]


@app.command(epilog='Example: aimaturity activity add course "AI för småföretag" --date 2026-03-12 --hours 3')
def add(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind of activity of the programme, by id or name.")],
    name: Annotated[str, typer.Argument(metavar="TITLE", help="What it was called.")],
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="The day, such as 2026-03-12.")],
    hours: HoursOption = None,
    partner: PartnerOption = None,
    municipality: MunicipalityOption = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Your own id (default: a new one).")] = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Add an activity."""
    said = language(lang)
    known = loaded_programme(programme, said)
    with opened(database, said, create=True) as store:
        made = store.add_activity(
            str(meant(known, "activity_kinds", kind, said)),
            name,
            date,
            hours=hours,
            partner=meant(known, "partners", partner, said),
            municipality=meant(known, "municipalities", municipality, said),
            id=id,
        )
    _done("activity_added", made, known, as_json_, said)


@app.command(epilog="Example: aimaturity activity edit k7xq2mna4p --date 2026-03-13")
def edit(
    id: IdArgument,
    kind: KindOption = None,
    name: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="What it was called.")] = None,
    date: DateOption = None,
    hours: HoursOption = None,
    partner: PartnerOption = None,
    municipality: MunicipalityOption = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Change what is said of an activity; "" takes partner and municipality away, 0 the hours. The journal keeps what
    it was."""
    said = language(lang)
    known = loaded_programme(programme, said)
    new: dict[str, Any] = {}
    if kind:
        new["kind"] = meant(known, "activity_kinds", kind, said)
    new |= {key: value for key, value in (("title", name), ("date", date)) if value is not None}
    if hours is not None:
        new["hours"] = hours or None
    for key, of, value in (("partner", "partners", partner), ("municipality", "municipalities", municipality)):
        if value is not None:
            new[key] = meant(known, of, value, said)
    if not new:
        remark(say("nothing_to_edit_activity", said))
        fail()
    with opened(database, said) as store:
        made = store.edit_activity(id, **new)
    _done("activity_edited", made, known, as_json_, said)


@app.command("list", epilog="Example: aimaturity activity list --kind course --from 2026-01-01")
def list_(
    kind: KindOption = None,
    partner: PartnerOption = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="From this day on.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="To this day.")] = None,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """All activities by date, with how many took part."""
    said = language(lang)
    known = loaded_programme(programme, said)
    kind, partner = meant(known, "activity_kinds", kind, said), meant(known, "partners", partner, said)
    with opened(database, said) as store:
        found = store.activities(kind, partner, first, last)
    if as_json_:
        out(as_json(found))
    elif found:
        out("\n".join(activity_line(one, known, said) for one in found))
    else:
        remark(say("no_activities", said))


@app.command(epilog="Example: aimaturity activity show k7xq2mna4p")
def show(
    id: IdArgument,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """An activity and the companies that took part."""
    said = language(lang)
    known = loaded_programme(programme, said)
    with opened(database, said) as store:
        found, taken_part = store.activity(id), store.participations(id)
        names = {company.id: company.name or company.id for company in store.companies()}
    if as_json_:
        out(as_json({"activity": found, "participations": taken_part}))
        return
    out(f"{found.title}, {found.date} ({found.id})")
    out(say("about_kind", said, words=title(known, "activity_kinds", found.kind, said)))
    if found.hours is not None:
        out(say("about_hours", said, words=f"{found.hours:g}"))
    if found.partner is not None:
        out(say("about_partner", said, words=title(known, "partners", found.partner, said)))
    if found.municipality is not None:
        out(say("about_municipality", said, words=title(known, "municipalities", found.municipality, said)))
    out(persons(found.women, found.men, found.other, None, said))
    for one in taken_part:
        counted = persons(one.women, one.men, one.other, one.hours, said)
        out(say("took_part", said, name=names[one.company], id=one.entered_as, persons=counted))


@app.command(epilog="Example: aimaturity activity attend k7xq2mna4p 556016-0680 --women 2 --men 1")
def attend(
    id: IdArgument,
    company: Annotated[str, typer.Argument(metavar="COMPANY", help="A company's id or organisation number.")],
    women: Annotated[int | None, typer.Option("--women", min=0, help="Women from the company.")] = None,
    men: Annotated[int | None, typer.Option("--men", min=0, help="Men.")] = None,
    other: Annotated[int | None, typer.Option("--other", min=0, help="Of other or unstated sex.")] = None,
    hours: HoursOption = None,
    remove: Annotated[bool, typer.Option("--remove", help="The company didn't take part after all.")] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """How many from a company took part, in the place of what was said before."""
    said = language(lang)
    counts = [count or 0 for count in (women, men, other)]
    if remove == any(counts):
        remark(say("nobody_attended", said))
        fail()
    with opened(database, said) as store:
        whose, activity = store.company(company), store.activity(id)
        if remove:
            store.remove_participation(id, whose.id)
        else:
            store.take_part(id, whose.id, counts[0], counts[1], counts[2], hours)
        now = store.participations(id, whose.id)
    if as_json_:
        out(as_json(now))
        return
    facts = {"name": whose.name or whose.id, "title": activity.title}
    key = "not_attended" if remove else "attended"
    out(say(key, said, **facts, persons=persons(counts[0], counts[1], counts[2], hours, said)))


@app.command(epilog="Example: aimaturity activity remove k7xq2mna4p --yes")
def remove(
    id: IdArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Take an activity away with its participants. The journal keeps what it said."""
    import sys

    said = language(lang)
    with opened(database, said) as store:
        found = store.activity(id)
        if found.companies and not yes:
            remark(say("activity_has", said, title=found.title, date=found.date, companies=found.companies))
            if not (sys.stdin.isatty() and typer.confirm(say("activity_sure", said), err=True)):
                remark(say("activity_needs_yes", said))
                fail()
        store.remove_activity(id)
    if as_json_:
        out(as_json(found))
    else:
        out(say("activity_removed", said, title=found.title, date=found.date, id=found.id))


@app.command(
    "import", epilog='Example: aimaturity activity import list.xlsx --kind course --title "AI-kväll" --date 2026-03-12'
)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An attendance list (CSV, XLSX); - is stdin.")],
    activity: Annotated[
        str | None, typer.Option("--activity", metavar="ID", help="The activity that the whole list is about.")
    ] = None,
    kind: KindOption = None,
    name: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="What it was called, where the list doesn't say.")
    ] = None,
    date: DateOption = None,
    hours: HoursOption = None,
    partner: PartnerOption = None,
    add_companies: Annotated[
        bool, typer.Option("--add-companies/--no-add", help="Whether companies that aren't in the register are added.")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and write nothing.")] = False,
    programme: ProgrammeOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Read an attendance list in: a row a company, or a row a person. Names of persons are never kept.

    What is wrong is listed with its row, and the rest is taken. The same list once more changes nothing; a changed one
    changes what it says otherwise."""
    from aimaturity.cli.attendance import Wanted, run

    about = {"kind": kind, "title": name, "date": date, "partner": partner}
    run(file, Wanted(activity, about, hours, add_companies, dry_run, programme, database, as_json_, language(lang)))


def activity_line(found: StoredActivity, programme: Programme, lang: str) -> str:
    """An activity on one line."""
    return say(
        "activity_line",
        lang,
        id=found.id,
        date=found.date,
        kind=title(programme, "activity_kinds", found.kind, lang),
        title=found.title,
        partner=title(programme, "partners", found.partner, lang) or "–",
        companies=found.companies,
        persons=persons(found.women, found.men, found.other, found.hours, lang),
    )


def _done(key: str, made: StoredActivity, programme: Programme, json_wanted: bool, lang: str) -> None:
    from aimaturity.programme.names import outside

    out(as_json(made) if json_wanted else say(key, lang, title=made.title, date=made.date, id=made.id))
    found = outside(programme, made.date)
    told = [found] if found is not None else []
    tell(told, lang)
    end(told)
