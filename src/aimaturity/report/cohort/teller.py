"""What the makers of the cohort page share: the document, the language, and how its figures are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from aimaturity.documents.cohort import CohortDocument, HubFigures, NodeFigures, PublicFigures, Tally
from aimaturity.report.blocks import Cell, Column, Table
from aimaturity.report.format import Formats, formats
from aimaturity.report.words import Words, sentence, words
from aimaturity.scoring.scale import Scale, exact, gain, rounded
from aimaturity.scoring.standing import GroupSize

FOLDER = "cohort"


class Teller:
    """One document told in one language."""

    def __init__(self, document: CohortDocument, language: str) -> None:
        self.document, self.language = document, language
        self.words: Words = words(language, FOLDER)
        self.formats: Formats = formats(language)
        self._tables: Counter[str] = Counter()

    def say(self, key: str, **facts: object) -> str:
        """The cohort page's own words."""
        return self.words(f"cohort.{key}", **facts)

    def count(self, key: str, count: int, **facts: object) -> str:
        return self.words.count(f"cohort.{key}", count, **facts)

    def pick(self, texts: Mapping[str, str] | None) -> str:
        """The text in the page's language, else in the document's first that has one, else empty."""
        return self.words.pick(texts, self.document.languages)

    @cached_property
    def hub(self) -> HubFigures:
        if self.document.hub is None:
            raise ValueError("not a document for the hub")
        return self.document.hub

    @cached_property
    def public(self) -> PublicFigures:
        if self.document.public is None:
            raise ValueError("not a public document")
        return self.document.public

    @cached_property
    def nodes(self) -> dict[str, NodeFigures]:
        return {node.id: node for node in self.hub.nodes}

    @cached_property
    def areas(self) -> list[NodeFigures]:
        """The profile's nodes, in the model's order."""
        return [self.nodes[name] for name in self.document.areas if name in self.nodes]

    def area(self, name: str | None) -> str:
        """The area's title; its id where the document doesn't say."""
        node = self.nodes.get(name or "")
        return (self.pick(node.title) if node else "") or name or ""

    def companies(self, number: int) -> str:
        """`43 företag`, small numbers in words."""
        return self.count("companies", number)

    def band(self, size: GroupSize) -> str:
        """`10–19`, or `100 eller fler`."""
        low = self.formats.number(size.at_least)
        if size.at_most is None:
            return self.say("or_more", low=low)
        return self.formats.span(low, self.formats.number(size.at_most))

    def level(self, level: int) -> str:
        """`2 Prövande`; the number alone where it has no name."""
        title = next((self.pick(each.title) for each in self.document.levels if each.level == level), "")
        return self.words("level.name", level=level, title=title) if title else str(level)

    def scale(self, node: NodeFigures) -> Scale:
        return Scale(node.lowest, node.highest, frozenset(node.bands), self.document.display_digits)

    def score(self, node: NodeFigures, value: float) -> str:
        return self.formats.decimal(self.scale(node).shown(value))

    def change(self, value: float) -> str:
        """A difference with one decimal and its sign; 0 only where it is."""
        return self.formats.signed(gain(value, 1)) if exact(value) else "0"

    def interval(self, low: float | None, high: float | None) -> str | None:
        """From one difference to another, rounded outward."""
        if low is None or high is None:
            return None
        ends = (_one_decimal(low, ROUND_FLOOR), _one_decimal(high, ROUND_CEILING))
        return self.say("interval", low=self.formats.signed(ends[0]), high=self.formats.signed(ends[1]))

    def points(self, value: float) -> str:
        """Points with one decimal, no needless one."""
        return self.formats.number(rounded(exact(value), 1))

    def sector(self, name: str | None) -> str:
        key = f"comparison.sectors.{name}"
        return sentence(self.words(key)) if name and self.words.has(key) else name or self.say("unknown")

    def kind(self, field: str, id: str | None, title: Mapping[str, str] | None) -> str:
        """A group in words."""
        if title:
            return self.pick(title)
        if id is None:
            return self.say("unknown")
        if field == "sector":
            return self.sector(id)
        key = f"cohort.{field}s.{id}"
        return self.words(key) if self.words.has(key) else id

    def tally(self, field: str, tally: Tally) -> str:
        return self.kind(field, tally.id, tally.title)

    def columns(self, group: str, widths: Mapping[str, int], text: Iterable[str] = ()) -> list[Column]:
        """The columns of a table: key of its words -> percent of the width. All but the first, and those in `text`,
        are numbers."""
        plain = {next(iter(widths)), *text}
        return [
            Column(title=self.say(f"columns.{key}"), width=width, numeric=key not in plain)
            for key, width in widths.items()
        ]

    def table(self, id: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], **facts: object) -> Table:
        self._tables[id] += 1
        return Table(
            id=f"table-{id.replace('_', '-')}-{self._tables[id]}",
            caption=self.say(f"captions.{id}", **facts),
            sheet=self.say(f"sheets.{id}", **facts),
            columns=list(columns),
            rows=[list(row) for row in rows],
        )

    def number(self, value: int | float | None) -> Cell:
        """A whole number; a dash where there is none."""
        return Cell(text=self.say("dash")) if value is None else Cell(text=self.formats.number(value), value=value)

    def score_cell(self, node: NodeFigures, value: float | None) -> Cell:
        """A score; a dash where there is none."""
        if value is None:
            return Cell(text=self.say("dash"))
        shown = self.scale(node).shown(value)
        return Cell(text=self.formats.decimal(shown), value=float(shown))

    def of(self, part: int, whole: int) -> Cell:
        """`12 (40 %)`."""
        if not whole:
            return self.number(part)
        share = self.formats.percent(part / whole)
        return Cell(text=self.say("share", number=self.formats.number(part), share=share), value=part)


def text(said: str) -> Cell:
    return Cell(text=said)


def _one_decimal(value: float, mode: str) -> Decimal:
    return rounded(exact(value), 1, mode)
