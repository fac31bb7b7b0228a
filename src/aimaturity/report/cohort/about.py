"""What the page says first, and how its figures were made."""

from __future__ import annotations

from collections.abc import Iterator

from aimaturity.report.blocks import Block, Cell
from aimaturity.report.cohort.scores import requirement
from aimaturity.report.cohort.teller import Teller, text
from aimaturity.scoring.document import Definition

METHOD = ("results", "spread", "levels", "gates", "challenges", "rounds", "steps", "change", "persons", "hub")
PUBLIC_METHOD = ("public_who", "public_classes", "public_counts", "public_guard")


def brief(teller: Teller) -> Block:
    """The page in a few sentences, each made of its figures."""
    return Block(anchor="brief", heading=teller.words("page.summary"), points=list(_facts(teller)))


def _facts(teller: Teller) -> Iterator[str]:
    hub = teller.hub
    if hub.levels is not None and hub.levels.levels:
        most = max(hub.levels.levels, key=lambda each: (each.companies, -each.level))
        if most.companies:
            yield teller.say(
                "brief.level",
                level=teller.level(most.level),
                companies=teller.companies(most.companies),
                all=teller.formats.number(hub.companies),
            )
    medians = [(node.distribution.median, node) for node in teller.areas if node.distribution is not None]
    if len(medians) > 1:
        (low, _), (high, _) = min(medians, key=lambda m: m[0]), max(medians, key=lambda m: m[0])
        if low < high:
            facts: dict[str, str] = {}
            for key, end in (("low", low), ("high", high)):
                shown = teller.score(next(node for median, node in medians if median == end), end)
                alike = [teller.area(node.id) for median, node in medians if teller.score(node, median) == shown]
                facts |= {key: teller.words.listed(alike), f"{key}_score": shown}
            if facts["low_score"] != facts["high_score"]:
                yield teller.say("brief.areas", **facts)
    if hub.gates:
        gate = max(hub.gates, key=lambda g: (g.unmet + g.unknown, -g.level))
        kept = teller.formats.number(gate.unmet + gate.unknown)
        facts = {"of": teller.formats.number(gate.companies), "level": teller.level(gate.level)}
        yield teller.say("brief.gate", requirement=requirement(teller, gate.requirement), kept=kept, **facts)
    if hub.challenges is not None and hub.challenges.options:
        first = hub.challenges.options[0]
        sectors = sum(tally.id is not None for tally in first.by_sector)
        willing = sum(member.willing == "yes" for member in first.members)
        facts = {"challenge": teller.pick(first.words), "companies": teller.companies(first.companies)}
        known = {"sectors": teller.count("sectors", sectors), "willing": teller.companies(willing)}
        key = "brief.challenge" if sectors and willing else "brief.challenge_bare"
        yield teller.say(key, **facts, **(known if sectors and willing else {}))
        if hub.challenges.rounds:
            yield teller.count("brief.rounds", len(hub.challenges.rounds))
    step = next((step for step in hub.steps if not step.find_out and step.gaining), None)
    if step is not None:
        gain = next((gain for gain in step.gains if gain.area == step.area), step.gains[0])
        yield teller.say(
            "brief.step",
            step=teller.pick(step.title),
            companies=teller.companies(step.gaining),
            area=teller.area(gain.area),
            points=teller.points(gain.median),
        )
    yield from _changed(teller)


def _changed(teller: Teller) -> Iterator[str]:
    """The area that rose most, of the change that rests on most pairs."""
    best = max(teller.hub.change, key=lambda each: each.pairs, default=None)
    nodes = [node for node in best.nodes if node.median is not None] if best is not None else []
    if best is None or not nodes:
        return
    node = max(nodes, key=lambda each: each.median or 0.0)
    yield teller.say(
        "brief.change",
        early=best.from_,
        late=best.to,
        area=teller.area(node.id),
        change=teller.change(node.median or 0.0),
        pairs=teller.companies(node.pairs),
    )


def results(teller: Teller) -> Iterator[str]:
    """Which results are used, and which aren't."""
    hub = teller.hub
    yield teller.say(
        "results.used", results=teller.formats.number(hub.results), companies=teller.companies(hub.companies)
    )
    for reason, count in hub.left_out.items():
        yield teller.count(f"results.{reason}", count)
    if hub.undated:
        yield teller.count("results.undated", hub.undated)
    for key, counts in (("occasions", hub.occasions), ("voices", hub.voices), ("languages", hub.answer_languages)):
        if set(counts) != {"-"}:
            listed = [
                teller.say("results.each", what=_named(teller, key, name), number=teller.formats.number(n))
                for name, n in counts.items()
            ]
            yield teller.say(f"results.by_{key}", listed=", ".join(listed))


def _named(teller: Teller, key: str, name: str) -> str:
    known = f"cohort.results.{key}.{name}"
    if name == "-":
        return teller.say("unsaid")
    return teller.words(known) if teller.words.has(known) else name


def method(teller: Teller) -> Block:
    """How the figures were made, and with what."""
    if teller.document.public is not None:
        k = teller.public.rules.minimum_companies
        lines = [teller.count(f"method.{key}", k) for key in PUBLIC_METHOD[:1]]
        lines += [teller.say(f"method.{key}") for key in PUBLIC_METHOD[1:]]
    else:
        lines = [*results(teller), *(teller.say(f"method.{key}") for key in METHOD)]
    widths = {"what": 20, "version": 26, "hash": 50}
    columns = teller.columns("versions", widths, text=["version", "hash"])
    return Block(
        anchor="method",
        heading=teller.say("headings.method"),
        points=lines,
        tables=[teller.table("versions", columns, _versions(teller))],
    )


def _versions(teller: Teller) -> Iterator[list[Cell]]:
    document, w = teller.document, teller.words
    yield [text(w("versions.engine")), text(f"{document.engine.name} {document.engine.version}"), text("")]
    named: list[tuple[str, Definition | None]] = [
        ("questionnaire", document.questionnaire),
        ("scoring", document.scoring),
        ("programme", document.programme),
    ]
    for key, definition in named:
        if definition is not None:
            version = f"{definition.id} {definition.version}"
            yield [text(w(f"versions.{key}")), text(version), text(definition.hash)]
    yield [text(w("versions.format")), text(document.format), text("")]
    if document.public is not None:
        yield [text(teller.say("set")), text(str(document.public.release)), text(document.public.set_hash)]
