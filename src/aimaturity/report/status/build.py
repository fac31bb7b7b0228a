"""A status document becomes a page. Pure: the same document gives the same page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aimaturity.documents import status as told
from aimaturity.report.blocks import Block, Cell, Column, PageView, Table
from aimaturity.report.cohort.charts import Counted, Stack, counts, stacks
from aimaturity.report.status import charts
from aimaturity.report.status.brief import PEOPLE, SEXES, brief
from aimaturity.report.status.cells import cell_of, share_of, text
from aimaturity.report.status.teller import Teller
from aimaturity.report.view_pages import Logo, Signed
from aimaturity.report.words import LANGUAGES

SHADES = {"women": 5, "men": 2, "other": 0}
MOST_BARS = 15
"""More would be long to look through; the table has them all."""


def page_of(document: told.StatusDocument, language: str | None = None) -> PageView:
    """Everything that the page says, in one language: the one asked for, else the first."""
    wanted = (language, *document.languages)
    teller = Teller(document, next((one for one in wanted if one in LANGUAGES), LANGUAGES[0]))
    programme = teller.pick(document.programme.title) or document.programme.id
    kicker, day = teller.say("kicker"), teller.formats.day(document.as_of) or document.as_of
    return PageView(
        language=teller.language,
        title=teller.say("title", kicker=kicker, programme=programme, day=document.as_of),
        kicker=kicker,
        heading=programme,
        date=day,
        created=document.as_of,
        signed=_signed(teller, programme),
        meta=[_meta(teller, day)],
        notices=[teller.say(f"notices.{document.audience}")],
        blocks=list(_blocks(teller)),
    )


def _signed(teller: Teller, name: str) -> Signed:
    programme = teller.document.programme
    return Signed(
        name=name,
        logo=programme.logo,
        colour=programme.colour,
        funders=teller.pick(programme.funders) or None,
        funder_logos=[Logo(name=teller.pick(logo.name), uri=logo.uri) for logo in programme.funder_logos],
    )


def _meta(teller: Teller, day: str) -> list[str]:
    said = [teller.say("as_of", day=day)]
    period = teller.document.period
    if period is not None:
        ends = {"first": teller.formats.day(period.first), "last": teller.formats.day(period.last)}
        said.append(teller.say("period", **ends))
    return said


def _blocks(teller: Teller) -> Iterator[Block]:
    yield _promises(teller)
    trends = [
        Block(anchor=f"trend-{number}", heading=teller.pick(promise.title), chart=chart)
        for number, promise in enumerate(teller.document.promises, 1)
        if (chart := charts.trend(teller, promise, number)) is not None
    ]
    if trends:
        note = teller.say("notes.trend")
        yield Block(anchor="trend", heading=teller.say("headings.trend"), intro=[note], blocks=trends)
    if teller.document.funnel:
        yield _funnel(teller)
    tables = {table.id: table for table in teller.document.tables}
    people = _people(teller)
    for name in ("county", "municipality", "partner", "sector", "size"):
        if name in tables:
            yield _by(teller, tables[name])
    if people is not None:
        yield people
    for name in ("kind", "month"):
        if name in tables:
            yield _by(teller, tables[name])
    if teller.document.audience == "hub":
        yield _missing(teller)
    yield _method(teller)
    if teller.document.audience == "hub":
        yield _trace(teller)


def _promises(teller: Teller) -> Block:
    promises = teller.document.promises
    heading = teller.say("headings.promises")
    if not promises:
        return Block(anchor="promises", heading=heading, points=[teller.say("brief.none")])
    columns = _columns(
        teller, {"promise": 26, "target": 10, "outcome": 16, "expected": 12, "forecast": 18}, ["standing"]
    )
    rows = [
        [
            text(teller.pick(promise.title)),
            Cell(text=teller.number(promise.target), value=promise.target),
            _with_share(teller, promise),
            _expected(teller, promise),
            text(_forecast(teller, promise)),
            text(teller.say(f"brief.standing.{promise.standing}") if promise.standing else teller.say("none")),
        ]
        for promise in promises
    ]
    return Block(
        anchor="promises",
        heading=heading,
        points=[brief(teller, promise) for promise in promises],
        chart=charts.promises(teller, promises),
        note=teller.say("notes.promises"),
        tables=[_table(teller, "promises", columns, rows)],
    )


def _with_share(teller: Teller, promise: told.PromiseStatus) -> Cell:
    cell = cell_of(teller, promise.outcome)
    if promise.share is None:
        return cell
    return Cell(
        text=teller.say("share", number=cell.text, share=teller.formats.percent(promise.share)), value=cell.value
    )


def _expected(teller: Teller, promise: told.PromiseStatus) -> Cell:
    if promise.expected is None:
        return text(teller.say("none"))
    return Cell(text=teller.whole(promise.expected), value=round(promise.expected))


def _forecast(teller: Teller, promise: told.PromiseStatus) -> str:
    if promise.forecast is None:
        return teller.say("none")
    ends = {name: teller.number(getattr(promise.forecast, name)) for name in ("low", "likely", "high")}
    return teller.say("forecast_range", **ends)


def _funnel(teller: Teller) -> Block:
    steps = teller.document.funnel
    bars = [
        Counted(teller.pick(step.title), int(step.companies.value or 0), teller.written(step.companies))
        for step in steps
    ]
    columns = _columns(teller, {"step": 50, "companies": 20, "of_before": 30})
    rows = [
        [text(teller.pick(step.title)), cell_of(teller, step.companies), share_of(teller, step.of_before)]
        for step in steps
    ]
    return Block(
        anchor="funnel",
        heading=teller.say("headings.funnel"),
        chart=counts("funnel", teller.say("funnel.chart"), bars),
        tables=[_table(teller, "funnel", columns, rows)],
    )


def _by(teller: Teller, table: told.Table) -> Block:
    """Numbers by one dimension: a chart of the first promise, and two tables of all."""
    heading = teller.say(f"headings.{table.id}")
    firsts = [place for place, column in enumerate(table.columns) if column.measure.split(".")[0] not in PEOPLE]
    rest = [place for place in range(len(table.columns)) if place not in firsts]
    chart, note = None, None
    if firsts and table.id != "month":
        column = table.columns[firsts[0]]
        bars = [
            Counted(teller.pick(row.title), int(cell.value or 0), teller.written(cell))
            for row in table.rows
            if (cell := row.cells[firsts[0]]) is not None and (cell.withheld or cell.value)
        ]
        if bars:
            many = len(bars) > MOST_BARS
            bars = sorted(bars, key=lambda bar: -bar.companies)[:MOST_BARS] if many else bars
            chart = counts(table.id, f"{heading}.", bars)
            said = {"title": _lowered(teller.pick(column.title)), "number": teller.number(len(bars))}
            note = teller.say("notes.most" if many else "notes.first", **said)
    apart = any(_is_apart(table, row, place) for row in table.rows for place in rest)
    intro = [teller.say("notes.apart")] if apart else []
    parts = [("companies", firsts), ("people", rest)]
    tables = [
        _table(teller, name, _titled(teller, table, places), _rows(teller, table, places), table.id, heading)
        for name, places in parts
        if places
    ]
    if table.id == "month":
        tables = [*tables, *_cumulated(teller)]
    return Block(anchor=f"by-{table.id}", heading=heading, intro=intro, chart=chart, note=note, tables=tables)


def _titled(teller: Teller, table: told.Table, places: Sequence[int]) -> list[Column]:
    first = 28 if len(places) <= 5 else 22
    width = (100 - first) // max(1, len(places))
    columns = [Column(title=teller.pick(table.title), width=first)]
    return columns + [
        Column(title=teller.pick(table.columns[place].title), width=width, numeric=True) for place in places
    ]


def _rows(teller: Teller, table: told.Table, places: Sequence[int]) -> list[list[Cell]]:
    """Rows that add up to the total, the total, and below it those that aren't part of it."""
    within: list[list[Cell]] = []
    beside: list[list[Cell]] = []
    for row in table.rows:
        apart = any(_is_apart(table, row, place) for place in places)
        cells = [text(teller.pick(row.title)), *(cell_of(teller, row.cells[place]) for place in places)]
        (beside if apart else within).append(cells)
    total = [text(teller.say("total")), *(cell_of(teller, table.total[place]) for place in places)]
    return [*within, total, *beside]


def _is_apart(table: told.Table, row: told.Row, place: int) -> bool:
    """Whether a number of a kind that doesn't count stands in a column of what counts alone: persons and hours."""
    return not row.counts and table.columns[place].measure.split(".")[0] in PEOPLE


def _cumulated(teller: Teller) -> Iterator[Table]:
    """What had come of each promise at each month's end."""
    promises = [promise for promise in teller.document.promises if promise.trend]
    if promises:
        columns = [Column(title=teller.say("columns.month"), width=28)]
        width = 72 // len(promises)
        columns += [
            Column(title=teller.say("columns.until", title=teller.pick(promise.title)), width=width, numeric=True)
            for promise in promises
        ]
        titles = {row.id: teller.pick(row.title) for t in teller.document.tables if t.id == "month" for row in t.rows}
        rows = [
            [text(titles.get(point.month, point.month)), *(cell_of(teller, p.trend[place].until) for p in promises)]
            for place, point in enumerate(promises[0].trend)
        ]
        yield _table(teller, "trend", columns, rows)


def _people(teller: Teller) -> Block | None:
    """Women and men among all participants and hours."""
    table = next(iter(teller.document.tables), None)
    if table is None:
        return None
    totals = {column.measure: cell for column, cell in zip(table.columns, table.total, strict=True) if cell is not None}
    groups = [group for group in PEOPLE if f"{group}.women" in totals]
    rows, stacked = [], []
    for group in groups:
        cells = [totals[f"{group}.{sex}"] for sex in SEXES]
        rows.append([text(teller.say(f"people.{group}")), *(cell_of(teller, cell) for cell in cells)])
        if all(cell.value is not None for cell in cells) and any(cell.value for cell in cells):
            parts = [(SHADES[sex], round(cell.value or 0)) for sex, cell in zip(SEXES, cells, strict=True)]
            whole = teller.whole(sum(cell.value or 0 for cell in cells))
            stacked.append(Stack(teller.say(f"people.{group}"), whole, parts))
    keys = {SHADES[sex]: (teller.say(f"people.key.{sex}"), teller.say(f"people.key.{sex}")) for sex in SEXES}
    columns = [Column(title=teller.say("columns.who"), width=34)]
    columns += [Column(title=teller.say(f"people.key.{sex}"), width=22, numeric=True) for sex in SEXES]
    women, men = (totals[f"participants.{sex}"].value for sex in ("women", "men"))
    said = []
    if women is not None and men is not None and women + men:
        said = [teller.say("people.said", women=teller.formats.percent(women / (women + men)))]
    return Block(
        anchor="people",
        heading=teller.say("headings.people"),
        intro=said,
        chart=stacks("people", teller.say("people.chart"), stacked, keys) if stacked else None,
        tables=[_table(teller, "totals", columns, rows)],
    )


def _missing(teller: Teller) -> Block:
    gaps = [gap for gap in teller.document.missing if gap.cell.value]
    heading = teller.say("headings.missing")
    if not gaps:
        return Block(anchor="missing", heading=heading, points=[teller.say("missing.none")])
    columns = _columns(teller, {"gap": 34, "number": 10}, ["do", "cell"])
    rows = [
        [text(teller.pick(g.title)), cell_of(teller, g.cell), text(teller.pick(g.do)), text(g.cell.id)] for g in gaps
    ]
    return Block(
        anchor="missing",
        heading=heading,
        intro=[teller.say("missing.intro")],
        tables=[_table(teller, "missing", columns, rows)],
    )


def _method(teller: Teller) -> Block:
    document = teller.document
    points = [
        teller.say("method.rule", title=teller.pick(promise.title), rule=teller.pick(promise.rule))
        for promise in document.promises
    ]
    points += [teller.pick(note) for note in document.notes]
    forecasts = [promise for promise in document.promises if promise.forecast is not None]
    if forecasts:
        points.append(teller.say("method.how"))
    for promise in forecasts:
        if promise.forecast is not None:
            facts = {
                "months": teller.number(len(promise.forecast.months)),
                "a_month": teller.number(promise.forecast.a_month),
                "dispersion": teller.number(promise.forecast.dispersion),
                "left": teller.number(promise.forecast.months_left),
            }
            points.append(teller.say("method.rests", title=teller.pick(promise.title), **facts))
    points.append(teller.say("method.version", id=document.programme.id, version=document.programme.version))
    return Block(anchor="method", heading=teller.say("headings.method"), points=points)


def _trace(teller: Teller) -> Block:
    """What names of numbers begin with, and by what they are parted."""
    by: dict[str, tuple[str, list[str]]] = {}
    for table in teller.document.tables:
        for column in table.columns:
            by.setdefault(column.measure, (teller.pick(column.title), []))[1].append(table.id)
    columns = _columns(teller, {"cell": 24}, ["means", "by"])
    rows = [[text(name), text(title), text(", ".join(dict.fromkeys(of)))] for name, (title, of) in by.items()]
    first = teller.document.tables[0] if teller.document.tables else None
    row = next(iter(first.rows), None) if first else None
    cell = next((cell for cell in row.cells if cell is not None), None) if row else None
    intro = [teller.say("trace.intro", example=cell.id)] if cell is not None else []
    return Block(
        anchor="trace",
        heading=teller.say("headings.trace"),
        intro=intro,
        tables=[_table(teller, "trace", columns, rows)] if rows else [],
    )


def _columns(teller: Teller, widths: dict[str, int], plain: Iterable[str] = ()) -> list[Column]:
    """key -> percent of the width: the first is words and the others numbers; then columns of words, which share the
    rest."""
    last = list(plain)
    rest = (100 - sum(widths.values())) // max(1, len(last))
    made = [
        Column(title=teller.say(f"columns.{key}"), width=width, numeric=place > 0)
        for place, (key, width) in enumerate(widths.items())
    ]
    return made + [Column(title=teller.say(f"columns.{key}"), width=rest) for key in last]


def _table(
    teller: Teller, kind: str, columns: list[Column], rows: list[list[Cell]], of: str = "", heading: str = ""
) -> Table:
    return Table(
        id="-".join(part for part in ("table", kind, of) if part),
        caption=teller.say(f"captions.{kind}", heading=heading),
        sheet=teller.say(f"sheets.{kind}", heading=heading),
        columns=columns,
        rows=rows,
    )


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
