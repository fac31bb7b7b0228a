"""What may be said of a company or an activity in a command: by a name or an official code, as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aimaturity.cli.shared import fail, loaded_programme, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.programme import Programme
    from aimaturity.programme.store import About, Store, StoredActivity, StoredCompany, StoredParticipation

MunicipalityOption = Annotated[
    str | None, typer.Option("--municipality", metavar="NAME", help="Municipality, by name or official code.")
]
SectorOption = Annotated[
    str | None,
    typer.Option("--sector", metavar="NAME", help="Sector, as the programme calls it, or an SNI section or code."),
]
SizeOption = Annotated[
    str | None, typer.Option("--size", metavar="SIZE", help="micro, small, medium or large; or a number of persons.")
]
OwnerOption = Annotated[
    str | None, typer.Option("--owner", metavar="NAME", help="Who owns it, where one owner has several companies.")
]
BenchmarkOption = Annotated[
    str | None,
    typer.Option("--benchmark", metavar="yes|no", help="What it has said of being in benchmarks, beside its answers."),
]
HoursOption = Annotated[
    float | None, typer.Option("--hours", metavar="N", help="Hours of one participant.", show_default=False)
]


def about_company(
    municipality: str | None,
    sector: str | None,
    size: str | None,
    owner: str | None,
    benchmark: str | None,
    programme: str | None,
    lang: str,
) -> About:
    """What was said of a company; an empty text takes a thing away. Tells what isn't known, and ends with 2."""
    from aimaturity.programme.names import named, sector_named, size_named
    from aimaturity.programme.store import About

    said: dict[str, Any] = {}
    if municipality or sector:
        known = loaded_programme(programme, lang)
        if municipality:
            said["municipality"] = _meant(
                known, "municipalities", municipality, named(known, "municipalities", municipality), lang
            )
        if sector:
            said["sector"] = _meant(known, "sectors", sector, sector_named(known, sector), lang)
    if size:
        said["size"] = size_named(size)
        if said["size"] is None:
            _none(size, "micro, small, medium, large", lang)
    if benchmark:
        said["benchmark"] = {"yes": "yes", "ja": "yes", "no": "no", "nej": "no"}.get(benchmark.casefold())
        if said["benchmark"] is None:
            _none(benchmark, "yes, no", lang)
    if owner:
        said["owner"] = owner
    given = {"municipality": municipality, "sector": sector, "size": size, "owner": owner, "benchmark": benchmark}
    said |= {name: None for name, text in given.items() if text == ""}
    if municipality == "":
        said["county"] = None
    return About(**said)


def meant(programme: Programme, of: Any, text: str | None, lang: str) -> str | None:
    """The id in one of the programme's lists; None where nothing is said. Tells what isn't known, and ends with 2."""
    from aimaturity.programme.names import named

    return _meant(programme, of, text, named(programme, of, text), lang) if text else None


def _meant(programme: Programme, of: Any, text: str, found: str | None, lang: str) -> str:
    from aimaturity.programme.names import not_among

    if found is None:
        tell([not_among(programme, of, text)], lang)
        fail()
    return found


def _none(text: str, choices: str, lang: str) -> None:
    remark(say("bad_choice", lang, name=text, choices=choices))
    fail()


def about_lines(company: StoredCompany, programme: Programme, lang: str) -> list[str]:
    """Where a company belongs, a line each, in the programme's names."""
    lines = []
    for name, of in (("municipality", "municipalities"), ("county", "counties"), ("sector", "sectors")):
        value = getattr(company, name)
        if value is not None:
            lines.append(say(f"about_{name}", lang, words=title(programme, of, value, lang)))
    if company.size is not None:
        lines.append(say("about_size", lang, words=say(f"size_{company.size}", lang)))
    if company.owner is not None:
        lines.append(say("about_owner", lang, words=company.owner))
    if company.benchmark is not None:
        lines.append(say(f"about_benchmark_{company.benchmark}", lang))
    return lines


def title(programme: Programme, of: Any, id: str | None, lang: str) -> str:
    """The name of a thing in one of the programme's lists; its id where the programme doesn't know it."""
    found = programme.titles(of).get(id) if id is not None else None
    return found[lang] if found is not None else id or ""


def persons(women: int, men: int, other: int, hours: float | None, lang: str) -> str:
    """Counts in words; with hours, where they are known."""
    counted = say("persons", lang, women=women, men=men, other=other)
    return counted if hours is None else say("with_hours", lang, persons=counted, hours=f"{hours:g}")


def took_part(store: Store, company: str) -> list[tuple[StoredActivity, StoredParticipation]]:
    """What a company took part in, by date."""
    there = {activity.id: activity for activity in store.activities()}
    found = [(there[one.activity], one) for one in store.participations(company=company)]
    return sorted(found, key=lambda pair: (pair[0].date, pair[0].id, pair[1].entered_as))
