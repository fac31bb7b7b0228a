"""What can be done: challenges in common, whom to bring together, and recommendations by how many gain."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.documents.cohort import ChallengeFigures, Challenges, Member, Round, StepFigures
from aimaturity.report.blocks import Block, Cell, Table
from aimaturity.report.cohort import charts
from aimaturity.report.cohort.teller import Teller, text

FIRST_STEPS = 12
"""Recommendations that are told in full; the others in a table."""
HELPERS = 3


def challenges(teller: Teller) -> Block | None:
    """Who has which main challenge, in which sectors and counties."""
    found = teller.hub.challenges
    if found is None or not found.options:
        return None
    bars = [
        charts.Counted(teller.pick(option.words), option.companies, teller.formats.number(option.companies))
        for option in found.options
    ]
    return Block(
        anchor="challenges",
        heading=teller.say("headings.challenges"),
        intro=[teller.say("challenges.intro", answered=teller.companies(found.answered))],
        chart=charts.counts("challenges", teller.say("charts.challenges"), bars),
        tables=[_willing(teller, found), *_by(teller, found)],
        blocks=[rounds(teller, found)] if any(option.members for option in found.options) else [],
    )


def _willing(teller: Teller, found: Challenges) -> Table:
    widths = {"challenge": 46, "companies": 14, "sectors": 12, "yes": 14, "depends": 14}
    rows = [
        [
            text(teller.pick(option.words)),
            teller.of(option.companies, found.answered),
            teller.number(sum(tally.id is not None for tally in option.by_sector)),
            teller.number(sum(m.willing == "yes" for m in option.members)),
            teller.number(sum(m.willing == "depends" for m in option.members)),
        ]
        for option in found.options
    ]
    return teller.table("challenges", teller.columns("challenges", widths), rows)


def _by(teller: Teller, found: Challenges) -> Iterator[Table]:
    """The same by sector, size and county."""
    for field in ("sector", "size", "county"):
        titles: dict[str | None, str] = {}
        totals: dict[str | None, int] = {}
        for option in found.options:
            for tally in getattr(option, f"by_{field}"):
                titles[tally.id] = teller.tally(field, tally)
                totals[tally.id] = totals.get(tally.id, 0) + tally.companies
        if not any(titles):
            continue  # it isn't asked
        names = sorted(titles, key=lambda name: (name is None, -totals[name], name or ""))
        base = teller.columns("challenges_by", {"challenge": 30})
        width = max(7, 70 // max(1, len(names)))
        columns = base + [
            base[0].model_copy(update={"title": titles[name], "width": _allowed(width), "numeric": True})
            for name in names
        ]
        rows = [
            [text(teller.pick(option.words)), *(teller.number(_of(option, field, name)) for name in names)]
            for option in found.options
        ]
        yield teller.table(f"challenges_{field}", columns, rows)


WIDTHS = (7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 36, 60)


def _allowed(width: int) -> int:
    """The width of those that the style sheet has."""
    return max((each for each in WIDTHS if each <= width), default=WIDTHS[0])


def _of(option: ChallengeFigures, field: str, name: str | None) -> int:
    return sum(tally.companies for tally in getattr(option, f"by_{field}") if tally.id == name)


def rounds(teller: Teller, found: Challenges) -> Block:
    """Companies to bring together, each table with its reason."""
    seated = {name for each in found.rounds for name in each.companies}
    waiting = [m for option in found.options for m in option.members if m.willing == "yes" and m.id not in seated]
    intro = [teller.count("rounds.intro", len(found.rounds)), teller.say("rounds.how")]
    if waiting:
        intro.append(teller.count("rounds.waiting", len(waiting)))
    by_id = {option.id: option for option in found.options}
    return Block(
        anchor="rounds",
        heading=teller.say("headings.rounds"),
        intro=intro,
        blocks=[_round(teller, each, by_id[each.challenge]) for each in found.rounds],
    )


def _round(teller: Teller, each: Round, option: ChallengeFigures) -> Block:
    members = {m.id: m for m in option.members}
    chosen = [members[name] for name in each.companies]
    ready, companies = sum(m.ready for m in chosen), teller.companies(len(chosen))
    widths = {"company": 36, "sector": 30, "county": 16, "willing": 18}
    return Block(
        anchor=f"round-{each.number}",
        heading=teller.say("headings.round", number=each.number, challenge=teller.pick(option.words)),
        intro=[
            teller.say("rounds.reason", companies=companies, sectors=teller.count("sectors", each.sectors)),
            *([teller.count("rounds.ready", ready)] if ready else []),
        ],
        tables=[
            teller.table(
                "round",
                teller.columns("rounds", widths, text=["sector", "county", "willing"]),
                [_member(teller, member) for member in chosen],
                number=each.number,
            )
        ],
    )  # fmt: skip


def _member(teller: Teller, member: Member) -> list[Cell]:
    name = teller.say("named", name=member.name, id=member.id) if member.name else member.id
    return [
        text(name),
        text(teller.sector(member.sector)),
        text(teller.pick(member.county) or teller.say("unknown")),
        text(teller.say(f"rounds.{member.willing}")),
    ]


def steps(teller: Teller) -> Block | None:
    """Recommendations, those that most companies gain by first."""
    found = [step for step in teller.hub.steps if not step.find_out]
    asked = [step for step in teller.hub.steps if step.find_out]
    if not found and not asked:
        return None
    first, rest = found[:FIRST_STEPS], found[FIRST_STEPS:]
    blocks = []
    if rest:
        heading = teller.say("headings.more_steps")
        blocks.append(Block(anchor="more-steps", heading=heading, tables=[_others(teller, rest)]))
    if asked:
        blocks.append(_find_out(teller, asked))
    return Block(
        anchor="steps",
        heading=teller.say("headings.steps"),
        intro=[teller.say("steps.intro")],
        tables=[_told(teller, first)] if first else [],
        blocks=blocks,
    )


def _told(teller: Teller, found: list[StepFigures]) -> Table:
    widths = {"step": 26, "gaining": 11, "next_level": 11, "gains": 16, "time": 16, "help": 20}
    columns = teller.columns("steps", widths, text=["gains", "time", "help"])
    rows = [
        [
            text(teller.pick(step.title)),
            teller.of(step.gaining, teller.hub.companies),
            teller.number(step.for_next_level),
            text(_gains(teller, step)),
            text(f"{_time(teller, step)}, {_cost(teller, step)}"),
            text(_help(teller, step)),
        ]
        for step in found
    ]
    return teller.table("steps", columns, rows)


def _others(teller: Teller, found: list[StepFigures]) -> Table:
    widths = {"step": 40, "gaining": 12, "next_level": 12, "gains": 18, "time": 18}
    columns = teller.columns("more_steps", widths, text=["gains", "time"])
    rows = [
        [
            text(teller.pick(step.title)),
            teller.of(step.gaining, teller.hub.companies),
            teller.number(step.for_next_level),
            text(_gains(teller, step)),
            text(_time(teller, step)),
        ]
        for step in found
    ]
    return teller.table("more_steps", columns, rows)


def _gains(teller: Teller, step: StepFigures) -> str:
    """Of each area that some gain in: the median rise."""
    parts = [
        teller.say("steps.gain", area=teller.area(gain.area), points=teller.points(gain.median)) for gain in step.gains
    ]
    return ", ".join(parts) or teller.say("dash")


def _time(teller: Teller, step: StepFigures) -> str:
    hours = teller.words.count("steps.hours", step.hours, number=teller.formats.number(step.hours))
    note = teller.pick(step.hours_note)
    return teller.words("steps.hours_and", hours=hours, note=note) if note else hours


def _cost(teller: Teller, step: StepFigures) -> str:
    key = f"cohort.costs.{step.cost}"
    return teller.words(key) if teller.words.has(key) else step.cost


def _help(teller: Teller, step: StepFigures) -> str:
    kind = f"steps.kinds.{step.kind}"
    said = teller.words(kind) if teller.words.has(kind) else step.kind
    if not step.helpers:
        return teller.say("steps.nobody", kind=said)
    names = [helper.name for helper in step.helpers[:HELPERS]]
    more = len(step.helpers) - len(names)
    told = ", ".join(names) if not more else teller.words.count("steps.more_helpers", more, names=", ".join(names))
    return teller.say("steps.help", kind=said, names=told)


def _find_out(teller: Teller, found: list[StepFigures]) -> Block:
    columns = teller.columns("find_out", {"area": 60, "companies": 40})
    rows = [[text(teller.area(step.area)), teller.of(step.companies, teller.hub.companies)] for step in found]
    return Block(
        anchor="find-out",
        heading=teller.say("headings.find_out"),
        intro=[teller.say("steps.find_out")],
        tables=[teller.table("find_out", columns, rows)],
    )
