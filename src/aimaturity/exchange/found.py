"""What stands in the columns of a survey file: the texts, how many of each, and which columns belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

import numpy as np

from aimaturity.responses.normalise import normalise, plain_text
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.states import state_word
from aimaturity.responses.tools.layout import Heading, Layout

_NAME_PATHS = ("kobo", "odk", "redcap")
"""Tools whose headings are names joined to paths: what looks like a part may be a question in a group."""
MAX_DISTINCT = 2_000
"""Different texts of a column that are looked at; one with more is free text or a number."""
_BRACKET = re.compile(r"(?s)(.+?)\s*\[([^\[\]]+)\]\s*\Z")


@dataclass
class Column:
    """One column: its texts with their counts, in the order in which they were found; states apart."""

    position: int
    heading: Heading
    texts: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    filled: int = 0
    many: bool = False

    def add(self, text: str, count: int) -> None:
        self.filled += count
        state = state_word(text)
        if state is not None:
            self.states[state.name.lower()] += count
        elif len(self.texts) < MAX_DISTINCT or text in self.texts:
            self.texts[text] += count
        else:
            self.many = True


@dataclass
class Group:
    """Columns that answer one question. `at_once`: the most of them that are filled in one row."""

    text: str
    code: str
    columns: list[Column]
    parts: list[str]
    other: list[Column] = field(default_factory=list)
    at_once: int = 0


def columns_of(sheet: Sheet, layout: Layout, known: Container[int]) -> tuple[list[Column], dict[tuple[int, ...], int]]:
    """Every column with answers but those `known` as something else, and for each set of neighbours the most that are
    filled in one row."""
    asked = [k for k, heading in enumerate(layout.headings) if heading.role in ("answer", "other")]
    wanted = [k for k in asked if _named(layout.headings[k]) and k not in known]
    found = {k: Column(k, layout.headings[k]) for k in wanted}
    groups = [tuple(c.position for c in group.columns) for group in grouped(list(found.values()), layout.tool)]
    most = dict.fromkeys(groups, 0)
    missing = layout.missing
    for batch in sheet.batches(layout.first, len(layout.headings), wanted, ()):
        for position, column in found.items():
            coded = batch.columns[position]
            codes, counts = np.unique(coded.codes[coded.codes >= 0], return_counts=True)
            for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
                raw = coded.words[code]
                text = (layout.clean(raw) if layout.clean else raw).strip()
                if text and normalise(text) not in missing:
                    column.add(text, count)
        for group in most:
            filled = sum((batch.columns[position].codes >= 0).astype(np.int64) for position in group)
            most[group] = max(most[group], int(np.max(filled, initial=0)))
    return list(found.values()), most


def _named(heading: Heading) -> bool:
    return any(text.strip() for text in heading.texts)


def grouped(columns: list[Column], tool: str) -> Iterator[Group]:
    """Neighbouring columns of the same question together."""
    groups: list[Group] = []
    for column in columns:
        text, code, part = _names(column.heading, tool)
        last = groups[-1] if groups else None
        beside = last is not None and last.columns[0].heading.role != "other"
        if column.heading.role == "other" and last is not None and beside and normalise(last.text) == normalise(text):
            last.other.append(column)
        elif part and last is not None and last.parts and normalise(last.text) == normalise(text):
            last.columns.append(column)
            last.parts.append(part)
        else:
            groups.append(Group(text, code, [column], [part] if part else []))
    yield from groups


def _names(heading: Heading, tool: str) -> tuple[str, str, str]:
    """Question text, its code if it has one, and the part's text."""
    texts = [plain_text(text) for text in heading.texts if text.strip()]
    parts = [plain_text(part) for part in heading.part if part.strip()]
    if not parts:
        bracket = _BRACKET.match(texts[0])
        if bracket is not None:
            return bracket[1], "", bracket[2]
        return max(texts, key=len), _code(texts), ""
    part = max(parts, key=len)
    if tool in _NAME_PATHS and texts[0].endswith(part):
        return texts[0], _code(texts), ""
    bare = [text for text in texts if not text.endswith(part) and not text.startswith(part)] or texts
    return max(bare, key=len), _code(bare), part


def _code(texts: list[str]) -> str:
    return next((text for text in texts if re.fullmatch(r"[A-Za-z]\w{0,40}", text)), "")
