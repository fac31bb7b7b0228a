"""A questionnaire and a scoring model drafted from a survey export: ids, texts, kinds and options as found.

Points are left empty: what an answer is worth is the method owner's to say, and nothing is scored by guess.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aimaturity.definitions.base import IDENTITY_HEADINGS, STATES
from aimaturity.definitions.yaml_text import yaml_text
from aimaturity.exchange.found import Column, Group, columns_of, grouped
from aimaturity.responses.cells import OTHER, SEPARATORS
from aimaturity.responses.identity_columns import identities
from aimaturity.responses.mapping import IGNORE, ColumnRule, Mapping, shape_of, to_yaml
from aimaturity.responses.normalise import normalise, number
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.states import TICKED, UNTICKED
from aimaturity.responses.tools.layout import Heading, Layout

MAX_OPTIONS = 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?\Z")


@dataclass
class Draft:
    """The files of a draft.

    plain  questions that are not in the scoring model, as they need a rule that can't be left empty
    """

    questionnaire: str
    scoring: str
    mapping: str
    name: str
    shape: str
    questions: int
    plain: list[str] = field(default_factory=list)


def draft(sheet: Sheet, layout: Layout, name: str, language: str, as_text: Iterable[str] = ()) -> Draft:
    """A draft of the survey that an export comes from.

    name      id of the questionnaire and of the scoring model
    as_text   ids of questions to take as free text, whatever their answers look like
    """
    known = identities(layout.tool, layout.headings)
    columns, at_once = columns_of(sheet, layout, known)
    by_position = {column.position: column for column in columns}
    ids = Counter[str]()
    rules = {k: _own_rule(heading, known.get(k)) for k, heading in enumerate(layout.headings)}
    questions: list[dict[str, Any]] = []
    for group in _without_sums(list(grouped(columns, layout.tool)), by_position, rules):
        group.columns = [by_position[column.position] for column in group.columns]
        group.at_once = at_once.get(tuple(column.position for column in group.columns), 0)
        made = _question(group, ids, set(as_text), layout)
        questions += [question for question, _ in made]
        for _, targets in made:
            rules |= targets
    section = {"id": "survey", "title": "Enkät" if language == "sv" else "Survey", "questions": questions}
    written = {"questionnaire": name, "version": "0.1.0", "languages": [language], "title": name, "sections": [section]}
    left = {q["id"]: _rule(q) for q in questions if q["kind"] in ("number", "counts", "multiple")}
    mapping = Mapping(
        mapping=name, source=layout.tool, shape=shape_of(layout),
        columns=tuple(
            ColumnRule(column=k + 1, heading=layout.headings[k].texts[0] if layout.headings[k].texts else "", to=to)
            for k, to in sorted(rules.items()) if to is not None
        ),
    )  # fmt: skip
    return Draft(
        questionnaire=_comment(_ABOUT_QUESTIONS, language) + yaml_text(written),
        scoring=_comment(_ABOUT_POINTS, language) + _scoring(questions, left, name, language),
        mapping=to_yaml(mapping),
        name=name,
        shape=shape_of(layout),
        questions=len(questions),
        plain=list(left),
    )


def _without_sums(groups: list[Group], columns: dict[int, Column], rules: dict[int, str | None]) -> Iterator[Group]:
    """The groups but for columns that say joined what the next question's ticks say one by one; these are ignored."""
    for place, group in enumerate(groups):
        following = groups[place + 1] if place + 1 < len(groups) else None
        first = group.columns[0].position
        if (
            following is not None
            and following.parts
            and normalise(following.text) == normalise(group.text)
            and not (group.columns[1:] or group.parts or group.other)
            and _sums_up(columns[first], following.parts)
        ):
            rules[first] = IGNORE
        else:
            yield group


def _sums_up(column: Column, parts: list[str]) -> bool:
    """Whether all texts of a column are names of parts, one after the other."""
    part = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    several = re.compile(rf"(?:{part})(?:[\s;,|]+(?:{part}))*\Z")
    return bool(column.texts) and not column.many and all(several.match(text) for text in column.texts)


_ABOUT_QUESTIONS = {
    "sv": "Utkast ur en enkätexport. Gå igenom svarsslag, texter och alternativens ordning (lägst steg först).",
    "en": "Drafted from a survey export. Go through kinds, texts and the options' order (lowest step first).",
}
_ABOUT_POINTS = {
    "sv": "Poängen är tomma (null): inget räknas förrän ni har sagt vad svaren är värda.",
    "en": "Points are empty (null): nothing is scored until you have said what the answers are worth.",
}
_ABOUT_REST = {
    "sv": "Ännu inte med: de behöver en egen regel (docs/scoring-rules.md). Så kan den se ut. Ta bort # här och under\n"
    "children, och skriv tal i stället för null.",
    "en": "Not in yet: they need a rule of their own (docs/scoring-rules.md). It may look like this. Take away # here\n"
    "and below children, and write numbers in the place of null.",
}
_ABOUT_NONE = {
    "sv": "Ta också bort {} efter items och [] efter children.",
    "en": "Take away {} behind items and [] behind children too.",
}


def _comment(words: dict[str, str], language: str) -> str:
    return "".join(f"# {line}\n" for line in words[language].splitlines())


def _own_rule(heading: Heading, named: str | None) -> str | None:
    """Columns that aren't answers keep their meaning. `named`: the field of identity that the heading names."""
    field = heading.identity if heading.role == "identity" else named
    if field is not None:
        return f"identity:{field}"
    return IGNORE if heading.role == "skip" and heading.texts and heading.texts[0].strip() else None


def _slug(text: str, ids: Counter[str]) -> str:
    """An id of a text: its first words in plain letters, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = re.findall(r"[a-z0-9]+", letters)[:6]
    slug = "_".join(words)[:48].strip("_")
    slug = slug if re.match(r"[a-z]", slug) else f"q_{slug}".strip("_")
    if slug in IDENTITY_HEADINGS or slug in STATES or slug.endswith(("_low", "_high", "_coverage", "_level")):
        slug += "_q"
    free = slug
    while ids[free]:
        ids[slug] += 1
        free = f"{slug}_{ids[slug]}"
    ids[free] += 1
    return free


def _options(texts: Iterable[str]) -> list[dict[str, str]]:
    """One option for each text that isn't the same but for case and marks."""
    ids = Counter[str]()
    seen: dict[str, dict[str, str]] = {}
    for text in texts:
        if normalise(text) not in seen:
            seen[normalise(text)] = {"id": _slug(text, ids), "text": text}
    return list(seen.values())


Made = list[tuple[dict[str, Any], dict[int, str]]]
"""Questions, each with column -> what it holds."""


def _question(group: Group, ids: Counter[str], as_text: set[str], layout: Layout) -> Made:
    name = _slug(group.code or group.text, ids)
    head = {"id": name, "kind": "text", "text": group.text}
    states: Counter[str] = sum((column.states for column in group.columns), Counter())
    if states["not_applicable"]:
        head["allow"] = ["not_applicable"]  # type: ignore[assignment]
    if len(group.columns) == 1 and not group.other:
        made = {**head, **({} if name in as_text else _kind(group.columns[0], layout))}
        return [(made, {group.columns[0].position: name})]
    kind = _kind(group.columns[0], layout) if len(group.columns) == 1 else {}
    if name not in as_text and kind.get("kind") in ("single", "multiple"):
        options = _with_other(kind["options"])
        targets = {group.columns[0].position: name, **{c.position: f"{name}.write_in" for c in group.other}}
        return [({**head, **kind, "options": options}, targets)]
    if name not in as_text:
        several = _ticks(group, head, layout) or _numbers(group, head) or _grid(group, head)
        if several is not None:
            return [several]
    return [
        ({**head, "id": own, "text": f"{group.text} [{part}]" if part else group.text, **_kind(column, layout)},
         {column.position: own})
        for column, part in zip(
            [*group.columns, *group.other], [*(group.parts or [""]), *["…"] * len(group.other)], strict=True
        )
        for own in [_slug(f"{name}_{part}", ids)]
    ]  # fmt: skip


def _kind(column: Column, layout: Layout) -> dict[str, Any]:
    """What sort of question one column's answers are to."""
    texts = column.texts
    if not texts or column.many:
        return {"kind": "text"}
    numbers = [number(text) for text in texts]
    if layout.coded and 2 <= len(texts) <= 9 and all(text in "123456789" for text in texts):
        return {"kind": "single", "options": _options(sorted(texts))}
    if all(value is not None and math.isfinite(value) for value in numbers):
        return _number([value for value in numbers if value is not None])
    if all(_DAY.match(text) for text in texts):
        return {"kind": "date"}
    joined = _joined(column)
    if joined:
        return {"kind": "multiple", "options": _options(joined)}
    options = _options(texts)
    few = len(options) <= 12 or (len(options) <= MAX_OPTIONS and column.filled >= 5 * len(options))
    short = max(map(len, texts)) <= 200
    if len(options) >= 2 and few and short and (column.filled >= 2 * len(options) or len(options) <= 6):
        return {"kind": "single", "options": options}
    return {"kind": "text"}


def _number(values: list[float]) -> dict[str, Any]:
    decimals = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in values)
    low, high = min(values), max(values)
    made: dict[str, Any] = {"kind": "number", "minimum": min(0, int(low // 1)), "maximum": max(1, int(high // 1) + 1)}
    return {**made, "decimals": decimals} if decimals else made


def _joined(column: Column) -> list[str]:
    """The options of a cell that holds several, joined; [] where it doesn't look so."""
    for split in (SEPARATORS.split, re.compile(r",\s*(?![^()]*\))").split):
        parts = Counter[str]()
        several = 0
        for text, count in column.texts.items():
            pieces = [piece.strip() for piece in split(text) if piece.strip()]
            several += count * (len(pieces) > 1 or text.rstrip().endswith(";"))
            for piece in pieces:
                parts[piece] += count
        # Joined answers come in more combinations than there are options; sentences with commas in fewer.
        enough = several * 5 >= column.filled and len(parts) <= min(MAX_OPTIONS, len(column.texts))
        if enough and len(parts) >= 2 and sum(parts.values()) >= 2 * len(parts) and max(map(len, parts)) <= 200:
            return list(parts)
    return []


def _ticks(group: Group, head: dict[str, Any], layout: Layout) -> tuple[dict[str, Any], dict[int, str]] | None:
    """A column an option, in each whether it is chosen."""
    if not group.parts:
        return None
    for column, part in zip(group.columns, group.parts, strict=True):
        own = {normalise(part)}
        words = {normalise(text) for text in column.texts}
        if not words <= TICKED | UNTICKED | layout.unticked | own and not (layout.filled and len(words) <= 1):
            return None
    options = _options(group.parts)
    if len(options) != len(group.parts):
        return None
    targets = {c.position: f"{head['id']}={o['id']}" for c, o in zip(group.columns, options, strict=True)}
    chosen_once = group.at_once <= 1 and layout.filled
    options = _with_other(options) if group.other else options
    targets |= {column.position: f"{head['id']}.write_in" for column in group.other}
    return {**head, "kind": "single" if chosen_once else "multiple", "options": options}, targets


def _with_other(options: list[dict[str, str]]) -> list[dict[str, str]]:
    """The options with one for what was written beside them."""
    if any(normalise(option["text"]) in OTHER or normalise(option["id"]) in OTHER for option in options):
        return options
    return [*options, {"id": _slug("other", Counter(option["id"] for option in options)), "text": "Annat"}]


def _numbers(group: Group, head: dict[str, Any]) -> tuple[dict[str, Any], dict[int, str]] | None:
    """Whole numbers under one question."""
    values = [number(text) for column in group.columns for text in column.texts]
    if group.other or not group.parts or not values or not all(_is_count(value) for value in values):
        return None
    parts = _options(group.parts)
    if len(parts) != len(group.parts):
        return None
    targets = {c.position: f"{head['id']}.{p['id']}" for c, p in zip(group.columns, parts, strict=True)}
    most = max(1, int(max(value for value in values if value is not None)))
    return {**head, "kind": "counts", "maximum": most, "parts": parts}, targets


def _is_count(value: float | None) -> bool:
    return value is not None and 0 <= value < math.inf and value % 1 == 0


def _grid(group: Group, head: dict[str, Any]) -> tuple[dict[str, Any], dict[int, str]] | None:
    """Rows that share their options."""
    options = _options(text for column in group.columns for text in column.texts)
    rows = _options(group.parts)
    if group.other or len(rows) != len(group.parts) or len(rows) < 2 or not 2 <= len(options) <= 12:
        return None
    if any(column.many for column in group.columns):
        return None
    targets = {c.position: f"{head['id']}.{r['id']}" for c, r in zip(group.columns, rows, strict=True)}
    return {**head, "kind": "grid", "rows": rows, "options": options}, targets


def _scoring(questions: list[dict[str, Any]], left: dict[str, Any], name: str, language: str) -> str:
    """The scoring model. Rules that can't be left empty stand in comments, in their places."""
    items: dict[str, Any] = {}
    for question in questions:
        if question["kind"] in ("single", "grid"):
            empty = {"points": {option["id"]: None for option in question["options"]}}
            rows = question.get("rows")
            items |= {f"{question['id']}.{row['id']}": empty for row in rows} if rows else {question["id"]: empty}
    tree: dict[str, Any] = {"id": "whole", "title": name, "children": list(items)}
    head = {"scoring": name, "version": "0.1.0", "title": name, "questionnaire": name}
    rules = children = ""
    if left:
        rules = _comment(_ABOUT_REST, language) + ("" if items else _comment(_ABOUT_NONE, language))
        rules += "".join(f"#  {line}\n" for line in yaml_text(left).splitlines())
        children = "".join(f"#  - {id}\n" for id in left)
    return yaml_text(head | {"items": items}) + rules + yaml_text({"tree": tree}) + children


def _rule(question: dict[str, Any]) -> dict[str, Any]:
    """A rule for a question without points by option, with what only the method owner can know left empty."""
    goalposts = {"goalposts": {"low": None, "high": None}}
    if question["kind"] == "multiple":
        weights = {option["id"]: None for option in question["options"]}
        return {"ticks": {"rule": "sum", "weights": weights, "minimum": 0, "maximum": 100}}
    if question["kind"] == "counts":
        parts = [part["id"] for part in question["parts"]]
        rule = "lesser_share" if len(parts) == 2 else "sum"
        return {"combine": {"rule": rule, "parts": parts}} | goalposts
    return goalposts
