"""A company's report as a workbook: what came out, a plan to work on, every answer, and whom to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from aimaturity.definitions.logo import picture_in
from aimaturity.report import front, method
from aimaturity.report.advice import moves, title
from aimaturity.report.build import report_language, signature, view_head
from aimaturity.report.context import MISSING, Context
from aimaturity.report.sheet import BLUE, HAIR, SOFT, TINT, Book, Cell, Column, Share, Sheet
from aimaturity.report.view_pages import Signed
from aimaturity.scoring.document import AdviceItem, Answer, NodeResult, OtherAnswer, ResultDocument
from aimaturity.scoring.scale import Scale

OWN_STEPS = 10
"""Empty rows of the plan, for steps that the company adds."""
FIRST_DAY = dt.date(2000, 1, 1)
"""The first that may be filled in as a day: a year of two digits gives an earlier one."""


def workbook(document: ResultDocument, language: str | None = None) -> bytes:
    """The workbook (XLSX); the same document gives the same bytes.

    language  `sv` or `en`; None: that of the answers, else the document's first
    """
    context = Context(document, report_language(document, language))
    head = view_head(context)
    book = Book(head.title, _day(document.occasion.date), context.language, context.words.at("page.numbers"))
    _overview(context, book, [head.company, " · ".join([head.kicker, *head.meta])])
    _plan(context, book)
    _answers(context, book)
    _ask(context, book)
    _about(context, book)
    return book.close()


def _columns(context: Context, group: str, widths: dict[str, float], *fill: str) -> list[Column]:
    """The columns of a sheet: key of its words -> width; those named in `fill` are filled in by people."""
    return [Column(context.words(f"workbook.{group}.{key}"), width, key in fill) for key, width in widths.items()]


def _overview(context: Context, book: Book, head: list[str]) -> None:
    w, level = context.words, front.level(context)
    told = [level.heading, *level.sentences] if level else []
    lines = [*head, *(told[:1]), " ".join(told[1:]), context.words("workbook.overview.note_bounds")]
    lines = [line for line in lines if line]
    widths: dict[str, float] = {"node": 44, "score": 11, "low": 11, "high": 11, "coverage": 11, "level": 30,
                                "answered": 11, "applicable": 11, "note": 30}  # fmt: skip
    sheet = book.sheet(w("workbook.sheets.overview"), _columns(context, "overview", widths), above=len(lines) + 1)
    for row, line in enumerate(lines):
        size = 18 if row == 0 else 13 if told and line == told[0] else 11
        sheet.line(row, line, font_size=size, bold=size > 11, font_color=SOFT if line == lines[-1] else "#000000")
    first = sheet.next
    for area in context.areas:
        sheet.row(_node(context, area), bold=True)
        for depth, node in _below(context, area, 1):
            sheet.row(_node(context, node), indent=depth)
    bar = {"type": "data_bar", "bar_color": BLUE, "bar_solid": True, "bar_border_color": BLUE, "data_bar_2010": True}
    for node in context.areas[:1]:
        ends = {"min_type": "num", "min_value": node.lowest, "max_type": "num", "max_value": node.highest}
        if all((a.lowest, a.highest) == (node.lowest, node.highest) for a in context.areas):
            sheet.sheet.conditional_format(first, 1, sheet.next - 1, 1, bar | ends | {"bar_color": "#9CC0E0"})
    _progress(context, book, sheet)


def _progress(context: Context, book: Book, sheet: Sheet) -> None:
    """How many steps the plan has, and how many are done, counted by the sheet itself."""
    w, count = context.words, len(context.document.advice)
    last = 1 + count + OWN_STEPS
    plan, done = w("workbook.sheets.plan"), w.at("workbook.plan.statuses")[-1]
    sheet.next += 1
    for key, formula, value in (
        ("steps", f"=COUNTA('{plan}'!B2:B{last})", count),
        ("done", f"=COUNTIF('{plan}'!M2:M{last},\"{done}\")", 0),
    ):
        row = sheet.row([w(f"workbook.overview.{key}")])
        sheet.sheet.write_formula(row, 1, formula, book.format(bottom=1, bottom_color=HAIR), value)


def _below(context: Context, node: NodeResult, depth: int) -> Iterator[tuple[int, NodeResult]]:
    for child in context.children(node):
        if child not in context.areas:
            yield depth, child
            yield from _below(context, child, depth + 1)


def _node(context: Context, node: NodeResult) -> list[Cell]:
    """Numbers as the report shows them, so that no sheet rounds one across the edge of a level."""
    scale, score = context.scale(node), context.score(node)
    return [
        context.title(node),
        None if node.score is None else scale.shown(node.score),
        None if node.low is None else scale.shown_low(node.low),
        None if node.high is None else scale.shown_high(node.high),
        None if node.coverage is None else Share(node.coverage),
        score.level,
        node.answered,
        node.applicable,
        score.label,
    ]


def _plan(context: Context, book: Book) -> None:
    w, group = context.words, "plan"
    widths: dict[str, float] = {"number": 5, "step": 28, "why": 38, "first": 34, "hours": 9, "then": 13, "cost": 13,
                                "help": 32, "moves": 17, "next_level": 11, "owner": 14, "due": 13, "status": 12,
                                "notes": 18}  # fmt: skip
    fill = ("owner", "due", "status", "notes")
    sheet = book.sheet(w("workbook.sheets.plan"), _columns(context, group, widths, *fill))
    statuses = w.at("workbook.plan.statuses")
    for number, item in enumerate(context.document.advice, 1):
        sheet.row([number, *_step(context, item), None, None, statuses[0], None])
    for _ in range(OWN_STEPS):
        sheet.row([None] * len(widths))
    _to_fill_in(context, book, sheet, statuses)
    sheet.sheet.autofilter(0, 0, sheet.next - 1, len(widths) - 1)


def _step(context: Context, item: AdviceItem) -> list[Cell]:
    w = context.words
    names = [helper.name for helper in sorted(item.who_can_help, key=lambda helper: not helper.near)]
    cost = f"steps.costs.{item.cost}"
    return [
        title(context, item),
        context.pick(item.why),
        context.pick(item.first_step),
        item.hours,
        context.pick(item.hours_note),
        w(cost) if w.has(cost) else item.cost,
        ", ".join(names) or w("steps.nobody_short" if context.document.programme else "steps.no_programme_short"),
        "\n".join(moves(context, item)),
        w("workbook.plan.needed") if item.for_next_level else None,
    ]


def _to_fill_in(context: Context, book: Book, sheet: Sheet, statuses: list[str]) -> None:
    """Lists and dates that are checked; how a step stands is shown by the letters' shape, not by colour alone."""
    w, last = context.words, sheet.next - 1
    pick, day = w("workbook.plan.pick"), w("workbook.plan.pick_date")
    sheet.sheet.data_validation(1, 12, last, 12, {"validate": "list", "source": statuses, "error_message": pick})
    sheet.sheet.data_validation(
        1,
        11,
        last,
        11,
        {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_message": day, "input_message": day},
    )
    for row in range(1, last + 1):
        sheet.sheet.write_blank(
            row, 11, None, book.format(num_format="yyyy-mm-dd", bg_color=TINT, bottom=1, bottom_color=HAIR)
        )
    done, begun = statuses[-1], statuses[1]
    late = {"bold": True, "italic": True, "num_format": '"! "yyyy-mm-dd'}
    for columns, formula, look in (
        ("A2:N", f'=$M2="{done}"', {"font_strikeout": True, "font_color": SOFT}),
        ("A2:N", f'=$M2="{begun}"', {"bold": True}),
        ("L2:L", f'=AND($L2<>"",$L2<TODAY(),$M2<>"{done}")', late),
    ):
        rule = {"type": "formula", "criteria": formula, "format": book.book.add_format(look)}
        sheet.sheet.conditional_format(f"{columns}{last + 1}", rule)


def _answers(context: Context, book: Book) -> None:
    w = context.words
    titles = {section.id: context.pick(section.title) or section.id for section in context.document.sections}
    names: dict[str, float] = {"answer": 40, "unit": 9, "state": 12, "points": 9, "highest": 9, "evidence": 12,
                               "note": 28, "comment": 28, "own": 26, "earlier": 26, "why": 22, "ask": 18,
                               "reason": 20, "raw": 20, "id": 18}  # fmt: skip
    first = [Column(w("workbook.answers.section"), 18), Column(w("columns.question"), 42)]
    sheet = book.sheet(w("workbook.sheets.answers"), [*first, *_columns(context, "answers", names)])
    for answer in context.document.answers:
        sheet.row([titles.get(answer.section, answer.section), *_answer(context, answer)])
    sheet.sheet.autofilter(0, 0, max(sheet.next - 1, 1), len(names) + 1)


def _answer(context: Context, answer: Answer) -> list[Cell]:
    w, state = context.words, context.words(f"states.{answer.state}")
    words = context.pick(answer.words)
    number = answer.value if answer.kind == "number" and isinstance(answer.value, float) else None
    given = number if number is not None else words or None
    evidence = f"answers.evidence_words.{answer.evidence}"
    return [
        context.pick(answer.text) or answer.id,
        given,
        context.pick(answer.unit) if number is not None else None,
        w("workbook.answers.unused", state=state) if answer.unused else state,
        _points(context, answer, answer.points) if answer.scored else None,
        _points(context, answer, answer.highest) if answer.scored else None,
        (w(evidence) if w.has(evidence) else answer.evidence) if answer.evidence else None,
        answer.evidence_note,
        answer.comment,
        _other(context, answer.own),
        _other(context, answer.earlier),
        answer.why,
        answer.ask,
        answer.reason,
        answer.raw,
        answer.id,
    ]


def _points(context: Context, answer: Answer, value: float | None) -> Decimal | None:
    """Points with as many decimals as the report shows them with."""
    if value is None:
        return None
    lowest = answer.lowest if answer.lowest is not None else value
    highest = answer.highest if answer.highest is not None else value
    digits = max(1, context.document.display_digits)
    shown = Scale(lowest, highest, frozenset(), digits).shown(value).normalize()
    return shown if int(shown.as_tuple().exponent) <= 0 else shown.quantize(Decimal(1))


def _other(context: Context, other: OtherAnswer | None) -> str | None:
    """Another voice's or time's answer in words, with what was noted."""
    if other is None:
        return None
    said = context.pick(other.words) if other.state == "answered" else ""
    parts = [said or context.words(f"states.{other.state}"), other.comment, other.evidence_note]
    return "\n".join(part for part in parts if part)


def _ask(context: Context, book: Book) -> None:
    w, group = context.words, "ask"
    widths: dict[str, float] = {"whom": 26, "area": 20, "low": 11, "high": 11, "found": 44, "by": 18, "day": 13}
    columns = [Column(w("columns.question"), 56), Column(w("columns.state"), 14)]
    columns += _columns(context, group, widths, "found", "by", "day")
    sheet = book.sheet(w("workbook.sheets.ask"), columns)
    rows = [answer for answer in context.document.answers if answer.state in MISSING and (answer.scored or answer.ask)]
    for answer in sorted(rows, key=lambda answer: answer.ask is None):  # those that somebody is named for come first
        low, high = (
            _points(context, answer, end) if answer.scored else None for end in (answer.lowest, answer.highest)
        )
        known = [context.pick(answer.text) or answer.id, w(f"states.{answer.state}"), answer.ask]
        row = sheet.row([*known, context.place_of(answer.id), low, high, None, None, None])
        sheet.sheet.write_blank(
            row, 8, None, book.format(num_format="yyyy-mm-dd", bg_color=TINT, bottom=1, bottom_color=HAIR)
        )
    if not rows:
        sheet.row([w("workbook.ask.nothing")])


def _about(context: Context, book: Book) -> None:
    w, told = context.words, method.method(context)
    columns = [Column(w("columns.what"), 34), Column(w("columns.version"), 60), Column(w("columns.hash"), 76)]
    sheet = book.sheet(w("workbook.sheets.about"), columns)
    for row in method.versions(context):
        sheet.row([row.what, row.version, row.hash])
    parts = (("how", w.at("workbook.about.lines")), ("method", told.lines), ("warnings", told.warnings))
    for key, lines in parts:
        for place, line in enumerate([w(f"workbook.about.{key}"), *lines] if lines else []):
            sheet.next += place == 0
            sheet.line(sheet.next, line, bold=place == 0)
            sheet.next += 1
    if (signed := signature(context, context.document.programme)) is not None:
        _sign(sheet, signed)


def _sign(sheet: Sheet, signed: Signed) -> None:
    """Whose workbook it is, and who pays."""
    sheet.next += 1
    for place, line in enumerate(line for line in (signed.name, signed.funders) if line):
        sheet.line(sheet.next, line, bold=place == 0)
        sheet.next += 1
    if signed.funder_logos:
        sheet.pictures(sheet.next, [(picture_in(logo.uri), logo.name) for logo in signed.funder_logos])
        sheet.next += 1


def _day(date: str | None) -> dt.date | None:
    """The day of the answers, where it is one that a workbook can name."""
    try:
        day = dt.date.fromisoformat(date or "")
    except ValueError:
        return None
    return day if day.year >= 1900 else None
