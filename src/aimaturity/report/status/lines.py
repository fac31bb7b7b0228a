"""The status as lines on a terminal: what one asks for in a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.documents import status as told
from aimaturity.report.status.brief import PEOPLE, SEXES, brief
from aimaturity.report.status.teller import Teller

FULL, EMPTY, GOAL = "█", "·", "│"
WIDTH = 30
GAP = 2


def lines(document: told.StatusDocument, language: str) -> Iterator[str]:
    """Promises with bars, the funnel, by county and kind of activity, women and men, and what is missing."""
    teller = Teller(document, language)
    programme = teller.pick(document.programme.title) or document.programme.id
    yield f"{programme} · {teller.formats.day(document.as_of)}"
    for line in promise_lines(document, language):
        yield ""
        yield line
    if not document.promises:
        yield teller.say("brief.none")
    if document.funnel:
        yield ""
        yield teller.say("headings.funnel")
        yield from _table(
            [
                [
                    teller.pick(step.title),
                    teller.written(step.companies),
                    teller.formats.percent(step.of_before) if step.of_before is not None else "",
                ]
                for step in document.funnel
            ]
        )
    by = {table.id: table for table in document.tables}
    for name in ("county", "kind"):
        if name in by:
            yield ""
            yield teller.say(f"headings.{name}")
            yield from _table(_rows(teller, by[name]))
    people = list(_people(teller, by.get("county") or next(iter(by.values()), None)))
    if people:
        yield ""
        yield teller.say("headings.people")
        yield from _table(people)
    gaps = [gap for gap in document.missing if gap.cell.value]
    if gaps:
        yield ""
        yield teller.say("headings.missing")
        yield from _table([[teller.pick(gap.title), teller.written(gap.cell), gap.cell.id] for gap in gaps])


def promise_lines(document: told.StatusDocument, language: str) -> Iterator[str]:
    """A line a promise: its bar, what is reached, and what it may become."""
    teller = Teller(document, language)
    for promise in document.promises:
        yield f"{_bar(promise)}  {brief(teller, promise)}"


def _bar(promise: told.PromiseStatus) -> str:
    """The outcome along the target: full is all of it."""
    share = promise.share or 0.0
    whole = max(1.0, share)
    done, goal = round(WIDTH * share / whole), round(WIDTH / whole)
    bar = FULL * done + EMPTY * (WIDTH - done)
    return bar[: goal - 1] + GOAL + bar[goal:] if whole > 1 else bar + GOAL


def _rows(teller: Teller, table: told.Table) -> list[list[str]]:
    """Companies, pilots and activities; persons and hours are in the files."""
    shown = [place for place, column in enumerate(table.columns) if column.measure.split(".")[0] not in PEOPLE]
    head = [teller.pick(table.title), *(teller.pick(table.columns[place].title) for place in shown)]
    rows = [[teller.pick(row.title), *(teller.written(row.cells[place]) for place in shown)] for row in table.rows]
    return [head, *rows, [teller.say("total"), *(teller.written(table.total[place]) for place in shown)]]


def _people(teller: Teller, table: told.Table | None) -> Iterator[list[str]]:
    """Women, men and others among all participants and hours."""
    if table is None:
        return
    totals = {column.measure: cell for column, cell in zip(table.columns, table.total, strict=True)}
    yield ["", *(teller.say(f"people.key.{sex}") for sex in SEXES)]
    for group in PEOPLE:
        if f"{group}.women" in totals:
            cells = [totals[f"{group}.{sex}"] for sex in SEXES]
            yield [teller.say(f"people.{group}"), *map(teller.written, cells)]


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Lined up: the first column to the left, the others to the right; words after numbers to the left."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [
            cell.rjust(width) if _is_short(rows, place) else cell
            for place, (cell, width) in enumerate(zip(row[1:], widths[1:], strict=True), 1)
        ]
        yield ("  " + (" " * GAP).join(cells)).rstrip()


def _is_short(rows: list[list[str]], place: int) -> bool:
    """Whether a column holds numbers, as its last row does."""
    return not rows[-1][place][:1].isalpha() or len(rows[-1][place]) < 6
