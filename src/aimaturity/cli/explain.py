"""`explain`: a readable account of a score, or of a diagnostic code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.scoring.document import Contribution, Criterion, NodeResult, ResultDocument


def run(what: str, node: str | None, company: str | None, as_json: bool, lang: str) -> None:
    if re.fullmatch(r"(?i)aim\d{3}", what) and not Path(what).exists():
        _code(what.upper(), as_json, lang)
        return
    document = _document(Path(what), company, lang)
    names = [node] if node else [document.level_node, *document.areas]
    known = {found.id: found for found in document.nodes}
    if node is not None and node not in known:
        remark(say("no_node", lang, name=node, names=", ".join(known)))
        fail()
    shown = [known[name] for name in dict.fromkeys(names) if name is not None]
    if as_json:
        out(json.dumps([n.model_dump(mode="json", by_alias=True) for n in shown], ensure_ascii=False, indent=2))
        return
    out(f"{document.company.name or document.company.id}\n")
    for found in shown:
        out("\n".join(_account(document, found, lang)) + "\n")


def _code(code: str, as_json: bool, lang: str) -> None:
    from aimaturity.definitions.diagnostics import catalogue

    info = catalogue().get(code)
    if info is None:
        remark(say("no_code", lang, name=code))
        fail()
    if as_json:
        entry = {"code": info.code, "severity": str(info.severity), "since": info.since}
        words = {"message": info.message[lang], "why": info.why[lang], "do": info.do[lang]}
        out(json.dumps(entry | words, ensure_ascii=False, indent=2))
        return
    out(f"{info.code} ({info.severity})\n{info.message[lang]}\n")
    out(f"{say('why', lang)}: {info.why[lang]}")
    out(f"{say('do', lang)}: {info.do[lang]}")


def _document(path: Path, company: str | None, lang: str) -> ResultDocument:
    """The company's document; ends the run where it can't be told which."""
    from aimaturity.scoring.reading import read_documents

    documents, problems = read_documents(path)
    if problems:
        tell(problems, lang)
        fail()
    if company is not None:
        documents = [d for d in documents if company in (d.company.id, d.company.name, d.company.organisationsnummer)]
        if not documents:
            remark(say("no_company", lang, name=company, path=path))
            fail()
    if len(documents) > 1:
        names = ", ".join(d.company.id for d in documents[:10]) + (", …" if len(documents) > 10 else "")
        remark(say("which_company", lang, path=path, names=names))
        fail()
    return documents[0]


def _number(value: float, lang: str) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "sv" else text


def _title(words: dict[str, str] | None, name: str, lang: str) -> str:
    return words.get(lang, name) if words else name


def _account(document: ResultDocument, node: NodeResult, lang: str) -> Iterator[str]:
    """A node's account, line by line."""
    yield f"{_title(node.title, node.id, lang)} ({node.id})"
    if node.score is not None:
        score = say("score_of", lang, score=_number(node.score, lang))
    else:
        score = say("no_score", lang, reason=say(node.reason or "no_answers", lang))
    if node.low is not None and node.high is not None:
        score += ", " + say("bounds", lang, low=_number(node.low, lang), high=_number(node.high, lang))
    if node.aggregate != "none":
        yield "  " + score
    if node.level is not None:
        yield "  " + say("level", lang, level=node.level)
    elif node.level_low is not None:
        yield "  " + say("level_range", lang, low=node.level_low, high=node.level_high)
    if node.coverage is not None:
        share = f"{_number(100 * node.coverage, lang)} %"
        yield "  " + say("coverage", lang, answered=node.answered, share=share)
    if node.aggregate != "none":
        yield "  " + say("rule", lang, rule=node.aggregate + (" (pooled)" if node.pooled else ""))
    for entry in node.contributions:
        yield from _entry(document, entry, lang, "  ")
    if node.contributions:
        total = sum(entry.points for entry in node.contributions)
        yield "    " + say("sum", lang, points=_number(total, lang))
    if node.missing:
        yield "  " + say("missing", lang, names=", ".join(node.missing))
    yield from _held_back(node, lang)


def _entry(document: ResultDocument, entry: Contribution, lang: str, indent: str) -> Iterator[str]:
    """One child's share; of a theme, also the answers below it."""
    name = entry.id or entry.kind
    node = document.node(entry.id) if entry.kind == "node" and entry.id else None
    answer = document.answer(entry.id) if entry.kind == "item" and entry.id else None
    words = node.title if node is not None else answer.text if answer is not None else None
    value = f" = {_number(entry.value, lang)}" if entry.value is not None else ""
    weight = f" x {_number(entry.weight, lang)}" if entry.weight is not None else ""
    said = f": {_title(answer.words, '', lang)}" if answer is not None and answer.words else ""
    yield f"{indent}  {_number(entry.points, lang):>7}  {_title(words, name, lang)} ({name}){said}{value}{weight}"
    if node is not None:
        for inner in node.contributions:
            below = document.answer(inner.id) if inner.kind == "item" and inner.id else None
            if below is not None and below.words and below.points is not None:
                points = _number(below.points, lang)
                yield f"{indent}             {below.id}: {_title(below.words, '', lang)} = {points}"


def _held_back(node: NodeResult, lang: str) -> Iterator[str]:
    """What the next level lacks."""
    reached = node.level if node.level is not None else node.level_low
    following = next((stage for stage in node.stages if stage.level > (reached or 0)), None)
    unmet = [c for c in following.requirements if c.met is not True] if following is not None else []
    if following is None or not unmet:
        return
    yield "  " + say("held_back", lang, level=following.level)
    for requirement in unmet:
        for line in _criterion(requirement, lang):
            yield "    " + line


def _criterion(criterion: Criterion, lang: str) -> Iterator[str]:
    if criterion.how != "test":
        for part in criterion.parts:
            if part.met is not True:
                yield from _criterion(part, lang)
        return
    needed: Any = criterion.needed_words[lang] if criterion.needed_words else criterion.needed
    has: Any = criterion.has_words[lang] if criterion.has_words else criterion.has
    if isinstance(needed, float):
        needed = _number(needed, lang)
    if isinstance(has, float):
        has = _number(has, lang)
    facts = say("needs", lang, needed=needed, has=has if has is not None else say("unknown", lang))
    yield f"- {_title(criterion.text, criterion.id or '', lang)}: {facts}"
