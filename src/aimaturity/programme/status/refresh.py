"""Keeps in the store what counts of each assessment's answers: scored again only where they or the model changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aimaturity.definitions import library
from aimaturity.definitions.diagnostics import Diagnostic, has_errors
from aimaturity.programme.store import Store
from aimaturity.programme.store.results import Result, Stale

if TYPE_CHECKING:
    from aimaturity.responses.table import AnswerTable
    from aimaturity.scoring.evaluation import Evaluation
    from aimaturity.scoring.method import Method

BATCH = 2000
"""Assessments that are scored at once."""
CONSENT = "benchmark_consent"


@dataclass(frozen=True)
class Refreshed:
    """What came of it.

    results    those made anew; not kept yet where the store can't be written
    companies  ids of the companies that they are about
    problems   why some couldn't be made
    """

    results: tuple[Result, ...]
    companies: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def refresh(store: Store) -> Refreshed:
    """Makes the results anew that aren't those of the answers and scoring models of today; keeps them where the store
    can be written. The model of a questionnaire is the one that is called like it."""
    models = fingerprints(store.asked())
    stale = store.stale({name: digest for name, (_, digest) in models.items()})
    by_questionnaire: dict[str, list[Stale]] = {}
    for one in stale:
        by_questionnaire.setdefault(one.questionnaire, []).append(one)
    results: list[Result] = []
    problems: list[Diagnostic] = []
    for name, some in by_questionnaire.items():
        made, wrong = _scored(store, *models[name], some)
        results += made
        problems += wrong
    scored = {result.assessment for result in results}
    companies = tuple(sorted({one.company for one in stale if one.number in scored}))
    if not store.read_only:
        store.keep_results(results, companies)
    return Refreshed(tuple(results), companies, tuple(problems))


def fingerprints(questionnaires: Iterable[str]) -> dict[str, tuple[Path, str]]:
    """Questionnaire id -> the file of its scoring model, and a digest of that and of the questionnaire's, by which a
    change of either is seen without building them. Those without a model are left out."""
    models = library.available("scoring")
    found = {}
    for name in questionnaires:
        path = models.get(name)
        if path is not None:
            beside = library.find("questionnaires", name, path.parent)
            parts = [path.read_bytes(), beside.read_bytes() if beside is not None else b""]
            digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
            found[name] = path, f"sha256:{digest}"
    return found


def _scored(store: Store, model: Path, digest: str, stale: Sequence[Stale]) -> tuple[list[Result], list[Diagnostic]]:
    from aimaturity.definitions.load import load_scoring_model
    from aimaturity.responses.table import Company, joined, table_of
    from aimaturity.scoring.method import method

    loaded = load_scoring_model(model)
    if loaded.model is None or loaded.questionnaire is None:
        return [], [d for d in loaded.diagnostics if has_errors([d])]
    made = method(loaded.questionnaire, loaded.model, None)
    results: list[Result] = []
    problems: list[Diagnostic] = []
    for start in range(0, len(stale), BATCH):
        some = {one.number: one for one in stale[start : start + BATCH]}
        tables, numbers = [], []
        for number, _, answers, wrong in store.counting_answers(list(some)):
            if wrong is not None:
                problems.append(wrong)
                continue
            tables.append(table_of(made.questionnaire, answers, Company(id=some[number].company)))
            numbers.append(number)
        if tables:
            batch = joined(tables, made.questionnaire)
            results += _results(made, batch, [some[number] for number in numbers], digest)
    return results, problems


def _results(made: Method, table: AnswerTable, stale: Sequence[Stale], digest: str) -> list[Result]:
    """What counts of each row."""
    import numpy as np

    from aimaturity.scoring.score import score_batch

    scores = score_batch(made.plan, table)
    done = scores.evaluation
    if done is None:
        raise ValueError("a scored batch keeps its evaluation")
    areas = np.zeros(table.rows, np.int64)
    if not made.model.indication:
        for area in made.model.areas:
            areas += ~np.isnan(scores.nodes[area.id].score)
    levels = scores.nodes[made.plan.root].level
    return [
        Result(
            assessment=one.number,
            basis=one.basis,
            model=digest,
            scored_areas=int(areas[row]),
            level=None if np.isnan(levels[row]) else int(levels[row]),
            **_profile(made, table, done, row),
        )
        for row, one in enumerate(stale)
    ]


def _profile(made: Method, table: AnswerTable, done: Evaluation, row: int) -> dict[str, Any]:
    """Where the company belongs, how many work there, and whether it agreed to be compared."""
    from aimaturity.definitions.questionnaire import Counts, Single
    from aimaturity.responses.given import State
    from aimaturity.responses.profile import county_of, sector_of, size_class

    questions = made.questionnaire.questions
    said: dict[str, str | None] = {}
    for name in ("municipality", "county", "sni_section", "sni_version", "turnover", "balance_total",
                 "part_of_group", CONSENT):  # fmt: skip
        question = questions.get(name)
        if isinstance(question, Single) and done.view.state[name][row] == State.ANSWERED:
            said[name] = made.questionnaire.options_of(question)[int(table.value[name][row])].id
    heads: dict[str, int] = {}
    counted = questions.get("head_count")
    if isinstance(counted, Counts) and done.view.state["head_count"][row] == State.ANSWERED:
        for part in counted.parts:
            sex = part.id if part.id in ("women", "men") else "other"
            heads[sex] = heads.get(sex, 0) + round(float(table.value[f"head_count.{part.id}"][row]))
    size = size_class(
        float(sum(heads.values())) if heads else None,
        *(said.get(name) for name in ("turnover", "balance_total", "part_of_group")),
    )
    return {
        "municipality": _code(made, said),
        "county": county_of(made.questionnaire, said),
        "sector": sector_of(said.get("sni_section"), said.get("sni_version")),
        "size": size.name if size is not None else None,
        "benchmark": said.get(CONSENT) if said.get(CONSENT) in ("yes", "no") else None,
        **heads,
    }


def _code(made: Method, said: Mapping[str, str | None]) -> str | None:
    """The official code of the municipality that was answered."""
    question = made.questionnaire.questions.get("municipality")
    options = made.questionnaire.options_of(question) if question is not None else ()
    code = next((option.code for option in options if option.id == said.get("municipality")), None) or ""
    return code if len(code) == 4 else None
