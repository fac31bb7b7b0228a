"""Result documents: one a row, from the scores of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from aimaturity._version import __version__
from aimaturity.definitions.base import Text
from aimaturity.definitions.diagnostics import catalogue
from aimaturity.definitions.scoring_model import Node, walk
from aimaturity.responses.table import AnswerTable, Company
from aimaturity.scoring.advice import advice, gains
from aimaturity.scoring.answers import answers_of, others_of
from aimaturity.scoring.conditions import FALSE, TRUE, View, edge
from aimaturity.scoring.contributions import contributions
from aimaturity.scoring.criteria import criterion, one_row
from aimaturity.scoring.document import (
    Before,
    Cap,
    Contradiction,
    Criterion,
    Engine,
    Fact,
    Identity,
    LevelName,
    LevelStage,
    NodeBefore,
    NodeResult,
    Occasion,
    OtherAnswer,
    ResultDocument,
    Section,
    Source,
    Warning_,
    Words,
)
from aimaturity.scoring.evaluation import Evaluation, Reason
from aimaturity.scoring.method import Definitions, Method
from aimaturity.scoring.plan import Plan
from aimaturity.scoring.report_part import head_facts, idea_of
from aimaturity.scoring.score import BATCH_ROWS, Scores, score_batch

REASONS = {
    Reason.CONTAINER: "container",
    Reason.ZERO_IN_MEAN: "zero_in_mean",
    Reason.NOTHING_APPLIES: "nothing_applies",
    Reason.TOO_LITTLE_BASIS: "too_little_basis",
    Reason.NO_ANSWERS: "no_answers",
}


def documents(
    method: Method, table: AnswerTable, own: AnswerTable | None = None, earlier: AnswerTable | None = None
) -> Iterator[ResultDocument]:
    """The result document of each row, in order.

    own      the same companies' own answers, beside those of the adviser, row by row
    earlier  their answers last time; a row in which nothing is given says nothing
    """
    definitions = method.definitions()
    for start in range(0, table.rows, BATCH_ROWS):
        batch = table.take(np.arange(start, min(start + BATCH_ROWS, table.rows)))
        scores = score_batch(method.plan, batch)
        done = scores.evaluation
        if done is None:
            raise ValueError("a scored batch keeps its evaluation")
        moved = gains(method.plan, batch, scores, done)
        by_row: dict[int, dict[str, dict[str, float | None]]] = {}
        for (row, rule), points in moved.items():
            by_row.setdefault(row, {})[rule] = points
        for row in range(batch.rows):
            beside = _Beside.of(method.plan, own, earlier, start + row)
            yield _document(method, definitions, batch, scores, done, row, by_row.get(row, {}), beside)


@dataclass(frozen=True)
class _Beside:
    """What a document shows beside one company's answers."""

    own: Mapping[str, OtherAnswer]
    earlier: Mapping[str, OtherAnswer]
    before: AnswerTable | None

    @classmethod
    def of(cls, plan: Plan, own: AnswerTable | None, earlier: AnswerTable | None, row: int) -> _Beside:
        before = others_of(plan, earlier, row) if earlier is not None else {}
        return cls(
            own=others_of(plan, own, row) if own is not None else {},
            earlier=before,
            before=earlier.take(np.array([row])) if earlier is not None and before else None,
        )


def _document(
    method: Method,
    definitions: Definitions,
    table: AnswerTable,
    scores: Scores,
    done: Evaluation,
    row: int,
    moved: Mapping[str, dict[str, float | None]],
    beside: _Beside,
) -> ResultDocument:
    plan, model, questionnaire = method.plan, method.model, method.questionnaire
    languages = questionnaire.languages
    view = one_row(done.view, row)
    # Requirements ask for scores; a level is what the scores' own rules gave.
    view.level = {name: node.level[row : row + 1] for name, node in scores.nodes.items()}
    company = table.companies[row] if table.companies else Company(id=f"row-{row + 1}")
    nodes = {node.id: node for node in _nodes(plan, scores, done, view, row)}
    return ResultDocument(
        engine=Engine(name="aimaturity", version=__version__),
        questionnaire=definitions.questionnaire,
        scoring=definitions.scoring,
        programme=definitions.programme,
        languages=list(languages),
        company=Identity(id=company.id, name=company.name, organisationsnummer=company.organisationsnummer),
        occasion=_occasion(company),
        indication=model.indication,
        display_digits=model.display_digits,
        level_node=plan.root,
        areas=[area.id for area in model.areas],
        levels=[
            LevelName(level=n.level, title=n.title.as_dict(languages), description=_words(n.description, languages))
            for n in model.levels
        ],
        nodes=list(nodes.values()),
        sections=[Section(id=s.id, title=s.title.as_dict(languages)) for s in questionnaire.sections],
        answers=answers_of(plan, table, view, done, row, beside.own, beside.earlier),
        head=head_facts(plan, model.report, view, {name: texts[row] for name, texts in table.text.items()}),
        idea=idea_of(plan, model.report.idea, view),
        before=_before(plan, beside.before, nodes) if beside.before is not None else None,
        bounds_exact=bool(scores.exact[row]),
        advice=advice(plan, method.programme, view, moved, nodes),
        contradictions=[
            Contradiction(id=c.id, ask=c.ask.as_dict(languages), because=criterion(plan, c.if_, view))
            for c in questionnaire.contradictions
            if plan.conditions.evaluate(c.if_, view)[0] == TRUE
        ],
        warnings=_warnings(nodes, bool(scores.exact[row]), languages),
        facts=[
            Fact(
                id=f.id,
                text=f.text.as_dict(languages),
                source=f.source,
                year=f.year,
                checked_on=f.checked_on,
                applies_from=f.applies_from,
            )
            for f in questionnaire.facts
        ],
        sources=[Source(id=s.id, title=s.title, year=s.year, url=s.url) for s in questionnaire.sources],
    )


def _before(plan: Plan, table: AnswerTable, nodes: Mapping[str, NodeResult]) -> Before:
    """Last time's results by today's method, and what of the change is certain."""
    scores = score_batch(plan, table)
    company = table.companies[0] if table.companies else Company(id="row-1")
    found = []
    for name, now in nodes.items():
        then = scores.nodes[name]
        score, low, high = (_number(getattr(then, part)[0]) for part in ("score", "low", "high"))
        certain = None
        if low is not None and high is not None and now.low is not None and now.high is not None:
            certain = bool(edge(now.low) > edge(high) or edge(now.high) < edge(low))
        found.append(
            NodeBefore(
                id=name,
                score=score,
                low=low,
                high=high,
                level=_level(then.level[0]),
                level_low=_level(then.level_low[0]),
                level_high=_level(then.level_high[0]),
                change=None if score is None or now.score is None else now.score - score,
                certain=certain,
            )
        )
    return Before(occasion=_occasion(company), nodes=found)


def _words(text: Text | None, languages: tuple[str, ...]) -> Words | None:
    return text.as_dict(languages) if text else None


def _occasion(company: Company) -> Occasion:
    return Occasion(**{name: getattr(company, name) for name in Occasion.model_fields})


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _level(value: Any) -> int | None:
    return None if np.isnan(value) else int(value)


def _nodes(plan: Plan, scores: Scores, done: Evaluation, view: View, row: int) -> Iterator[NodeResult]:
    languages = plan.questionnaire.languages
    parents: dict[str, str | None] = {plan.root: None}
    depth = {plan.root: 0}
    for definition, _ in walk(plan.model.tree):
        for child in definition.children:
            if isinstance(child, Node):
                parents[child.id], depth[child.id] = definition.id, depth[definition.id] + 1
        node, scored, settled = plan.nodes[definition.id], scores.nodes[definition.id], done.nodes[definition.id]
        reason = REASONS.get(Reason(int(scored.reason[row])))
        states = {item.name: int(view.state[item.variable][0]) for item in plan.items}
        missing = [name for name in node.item_names if states[name] in (1, 4)]
        counted = [m for m in node.members if m.is_item]
        yield NodeResult(
            id=node.id,
            parent=parents[node.id],
            depth=depth[node.id],
            title=_words(definition.title, languages),
            description=_words(definition.description, languages),
            aggregate=node.aggregate,
            pooled=definition.pooled,
            weight=definition.weight,
            score=_number(scored.score[row]),
            reason=reason,
            value=_number(scored.value[row]),
            low=_number(scored.low[row]),
            high=_number(scored.high[row]),
            lowest=node.lowest,
            highest=node.highest,
            coverage=_number(scored.coverage[row]),
            minimum_coverage=node.minimum_coverage,
            minimum_answered=definition.minimum_answered,
            answered=int(scored.answered[row]),
            applicable=_applicable(
                plan, node.item_names, view, {m.name for m in counted if m.policies and m.policies.hidden is not None}
            ),
            missing=missing,
            level=_level(scored.level[row]),
            level_low=_level(scored.level_low[row]),
            level_high=_level(scored.level_high[row]),
            bands=list(definition.bands),
            stages=list(_stages(plan, node.id, view)),
            contributions=contributions(node, settled, row),
            caps=list(_caps(plan, node.id, settled.stages.rescaled[row], view)),
        )


def _applicable(plan: Plan, names: tuple[str, ...], view: View, hidden_count: set[str]) -> int:
    count = 0
    for item in plan.items:
        if item.name in names:
            state = int(view.state[item.variable][0])
            count += state in (0, 1, 4) or (state == 3 and item.name in hidden_count)
    return count


def _stages(plan: Plan, name: str, view: View) -> Iterator[LevelStage]:
    """Every level with its requirements; reached where they and all lower ones are met."""
    reached = True
    for rule in plan.nodes[name].definition.levels:
        requirements = [criterion(plan, requirement, view, "requirement") for requirement in rule.requires]
        enough = rule.from_ is None or bool(np.round(view.score[name][0], 9) >= rule.from_)
        met = [requirement.met is True for requirement in requirements]
        reached = reached and enough and all(met)
        yield LevelStage(
            level=rule.level,
            from_=rule.from_,
            reached=reached,
            partly=not reached and (any(met) or (rule.from_ is not None and enough)),
            requirements=requirements,
        )


def _caps(plan: Plan, name: str, value: Any, view: View) -> Iterator[Cap]:
    for cap in plan.nodes[name].definition.knock_out:
        if plan.conditions.evaluate(cap.if_, view)[0] != FALSE and value > cap.cap:
            because: Criterion = criterion(plan, cap.if_, view)
            yield Cap(cap=cap.cap, reason=_words(cap.reason, plan.questionnaire.languages), because=because)


def _warnings(nodes: Mapping[str, NodeResult], exact: bool, languages: tuple[str, ...]) -> list[Warning_]:
    found = []

    def note(code: str, **facts: str) -> None:
        message = catalogue()[code].message
        words = {language: message.get(language, message["en"]).format_map(facts) for language in languages}
        found.append(Warning_(code=code, message=words))

    for node in nodes.values():
        if node.reason == "zero_in_mean":
            note("AIM401", node=node.id)
        if node.score is not None and node.low is not None and node.high is not None:
            slack = 1e-9 * max(1.0, abs(node.highest), abs(node.lowest))
            if not node.low - slack <= node.score <= node.high + slack:
                note("AIM402", node=node.id)
    if not exact:
        note("AIM403")
    return found
