"""How the numbers came about: the method in short, one of them worked out, facts, sources and versions."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.report.context import MISSING, Context
from aimaturity.report.view_pages import Example, ExampleRow, FactRow, Method, SourceRow, VersionRow
from aimaturity.scoring.document import Contribution, Definition
from aimaturity.scoring.scale import adding_up


def method(context: Context) -> Method:
    return Method(
        reading=list(_reading(context)),
        lines=list(_lines(context)),
        complain=list(_complain(context)),
        warnings=[context.pick(warning.message) for warning in context.document.warnings],
    )


def _reading(context: Context) -> Iterator[str]:
    """How to read the report: page 1, bounds, where a number comes from."""
    w = context.words
    yield w("method.read_first")
    if any(context.bounds(node) for node in context.areas):
        yield w("method.read_bounds")
    yield w("method.read_back")
    if context.document.advice:
        yield w("method.read_advice")


def _complain(context: Context) -> Iterator[str]:
    """What to do where an answer or a number seems wrong."""
    w, adviser = context.words, context.document.occasion.adviser
    yield w("method.wrong_answer", name=adviser) if adviser else w("method.wrong_answer_hub")
    yield w("method.wrong_number")
    yield w("method.wrong_rule", model=f"{context.document.scoring.id} {context.document.scoring.version}")


def _lines(context: Context) -> Iterator[str]:
    w, document, areas = context.words, context.document, context.areas
    yield w("method.points", model=f"{document.scoring.id} {document.scoring.version}")
    yield from _rules(context)
    yield from _scale(context)
    if any(node.pooled for node in areas):
        yield w("method.pooled")
    counted = {answer.state for answer in document.answers if answer.counted is not None}
    yield w("method.counted" if counted.intersection(MISSING) else "method.unknown")
    yield w("method.bounds" if document.bounds_exact else "method.outer")
    if "not_applicable" not in counted:
        yield w("method.not_applicable")
    if any(a.state == "hidden" and a.counted is not None and a.counted == a.lowest for a in document.answers):
        yield w("method.hidden_zero")
    yield from _basis(context)
    yield from _levels(context)
    if document.advice:
        yield w("method.gains")
    yield w("method.rounding")
    yield w("method.law")


def _rules(context: Context) -> Iterator[str]:
    """Which rule makes which areas' scores."""
    by_rule: dict[str, list[str]] = {}
    for node in context.areas:
        by_rule.setdefault(node.aggregate, []).append(context.title(node))
    for rule, titles in by_rule.items():
        if context.words.has(f"method.rules.{rule}"):
            yield context.words(f"method.rules.{rule}", nodes=context.words.listed(titles))


def _scale(context: Context) -> Iterator[str]:
    scales = {(node.lowest, node.highest) for node in context.areas}
    if len(scales) == 1:
        lowest, highest = map(context.formats.number, scales.pop())
        yield context.words("method.scale", lowest=lowest, highest=highest)


def _basis(context: Context) -> Iterator[str]:
    """What an area must have for a score: one line where they all ask for the same."""
    asked = {(node.minimum_coverage, node.minimum_answered) for node in context.areas}
    if len(asked) == 1:
        share, least = asked.pop()
        facts = {"share": context.formats.percent(share)}
        if least > 1:
            yield context.words.count("method.basis", least, **facts)
        elif share > 0:
            yield context.words("method.basis_only", **facts)
    yield context.words("method.no_basis")


def _levels(context: Context) -> Iterator[str]:
    bands = {tuple(node.bands) for node in context.areas}
    if len(bands) == 1 and any(bands):
        edges = [context.formats.number(edge) for edge in next(iter(bands))]
        yield context.words("method.bands", bands=context.words.listed(edges))
    if context.root and context.root.stages:
        yield context.words("method.staged")
    if context.root and context.root.aggregate == "none" and len(context.areas) > 1:
        yield context.words("method.no_total")


def example(context: Context) -> Example | None:
    """The first area that has a score made of parts, worked out so that the shown numbers add up."""
    node = next((node for node in context.areas if node.contributions and node.score is not None), None)
    if node is None or node.score is None:
        return None
    w = context.words
    parts = [entry.points for entry in node.contributions]
    decimals, shown, total = adding_up(parts, node.score, max(1, context.document.display_digits))
    rows = [
        _example_row(context, entry, context.formats.number(number, decimals))
        for entry, number in zip(node.contributions, shown, strict=True)
    ]
    if rest := total - sum(shown):
        gives = context.formats.number(rest, decimals)
        rows.append(ExampleRow(child=w("method.kinds.shown"), weight="", value="", gives=gives))
    rule = w(f"method.example_rules.{node.aggregate}") if w.has(f"method.example_rules.{node.aggregate}") else ""
    return Example(
        title=w("headings.example", score=context.number(node, node.score), node=context.title(node)),
        intro=w("method.example", node=context.title(node), rule=rule) if rule else "",
        rows=rows,
        total=context.formats.number(total, decimals),
        node=context.title(node),
    )


def _example_row(context: Context, entry: Contribution, gives: str) -> ExampleRow:
    return ExampleRow(
        child=context.part_title(entry),
        weight="" if entry.weight is None else context.formats.number(entry.weight),
        value="" if entry.value is None else context.points(entry.value),
        gives=gives,
    )


def facts(context: Context) -> list[FactRow]:
    w = context.words
    return [
        FactRow(
            text=context.pick(fact.text),
            source=w("facts.year", source=fact.source, year=fact.year) if fact.year else fact.source,
            checked_on=fact.checked_on.isoformat(),
            applies_from=fact.applies_from.isoformat() if fact.applies_from else None,
        )
        for fact in context.document.facts
    ]


def sources(context: Context) -> list[SourceRow]:
    w = context.words
    return [
        SourceRow(text=w("facts.year", source=s.title, year=s.year) if s.year else s.title, url=s.url)
        for s in context.document.sources
    ]


def versions(context: Context) -> list[VersionRow]:
    """With what, from what and of what the report was made."""
    w, document, occasion = context.words, context.document, context.document.occasion
    rows = [
        VersionRow(what=w("versions.engine"), version=f"{document.engine.name} {document.engine.version}", hash=None),
        _definition(context, "questionnaire", document.questionnaire),
        _definition(context, "scoring", document.scoring),
        _definition(context, "programme", document.programme)
        if document.programme
        else VersionRow(what=w("versions.programme"), version=w("versions.no_programme"), hash=None),
        VersionRow(what=w("versions.format"), version=document.format, hash=None),
        VersionRow(what=w("versions.company"), version=document.company.id, hash=None),
    ]
    if occasion.source_file:
        row = occasion.source_row
        source = w("versions.source_row", file=occasion.source_file, row=row) if row else occasion.source_file
        rows.append(VersionRow(what=w("versions.source"), version=source, hash=None))
    if occasion.submitted:
        rows.append(VersionRow(what=w("versions.submitted"), version=occasion.submitted, hash=None))
    return rows


def _definition(context: Context, kind: str, definition: Definition) -> VersionRow:
    name = f"{definition.id} {definition.version}"
    return VersionRow(what=context.words(f"versions.{kind}"), version=name, hash=definition.hash)
