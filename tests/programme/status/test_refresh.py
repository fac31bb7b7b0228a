"""Results are kept of just today's answers and models, scored as documents are."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from aimaturity.definitions.load import load_programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.invented.answers import answers_of
from aimaturity.programme.invented.firms import firms
from aimaturity.programme.status import refresh as refreshing
from aimaturity.programme.status.refresh import refresh
from aimaturity.programme.status.standing import status
from aimaturity.programme.store import About, AnswerEvent, Store, assessment_table, open_store, schema
from aimaturity.programme.store.base import system_clock
from aimaturity.programme.store.engines import sqlite_engine
from aimaturity.responses.profile import profile_of
from aimaturity.scoring.build import documents
from tests.bundled import bundled
from tests.programme.filled import event

DAY = dt.date(2023, 6, 15)
FULL, SCAN = "ai-maturity", "ai-quickscan"


def asked(name: str) -> Questionnaire:
    return bundled(name).questionnaire


def filled(store: Store, count: int = 9) -> list[str]:
    """Companies with assessments of both kinds, in both voices; their assessments' ids."""
    rng = random.Random(7)
    made = []
    for number, firm in enumerate(firms(rng, count, ["1060", "1082", "1273", "1280", "1293"])):
        store.add_company(f"Företag på ön nr {number}", id=f"f{number}")
        name = (FULL, SCAN)[number % 3 == 2]
        unknown = (0.04, 0.42)[number % 2]
        answers = answers_of(rng, firm, asked(name), unknown=unknown)
        id = store.begin(f"f{number}", asked(name), date="2023-05-01")
        voices = (("company", "adviser"), ("adviser",), ("company",))[number % 3]
        for voice in voices:
            store.record(id, [AnswerEvent(variable, given, voice) for variable, given in answers.items()])  # type: ignore[arg-type]
        if number % 5:
            store.finish(id)
        made.append(id)
    return made


def kept(store: Store) -> dict[int, Any]:
    with store._read() as connection:
        return {row.assessment: row for row in connection.execute(select(schema.result))}


def test_results_are_those_of_the_documents(store: Store) -> None:
    ids = filled(store)
    assert refresh(store).problems == ()
    found = kept(store)
    assert len(found) == len(ids)
    scored = set()
    for id in ids:
        about = store.assessment(id)
        made = bundled(about.questionnaire)
        voice = "adviser" if store.answers(id, "adviser") else "company"
        document = next(documents(made, assessment_table(store, id, made.questionnaire, voice)))  # type: ignore[arg-type]
        row = found[about.number]
        nodes = {node.id: node for node in document.nodes}
        areas = sum(nodes[name].score is not None for name in document.areas)
        assert row.scored_areas == (0 if document.indication else areas)
        assert row.level == nodes[document.level_node].level
        answered = {answer.id: answer.value for answer in document.answers if answer.state == "answered"}
        profile = profile_of(answered)
        assert row.sector == profile.sector
        assert row.size == (profile.size.name if profile.size else None)
        heads = answered.get("head_count")
        if heads:
            assert (row.women, row.men, row.other) == (heads["women"], heads["men"], heads["other_unstated"])
        assert row.benchmark == answered.get("benchmark_consent")
        place = answered.get("municipality")
        code = next(
            (
                o.code
                for o in made.questionnaire.options_of(made.questionnaire.questions["municipality"])
                if o.id == place
            ),
            None,
        )
        assert row.municipality == code
        assert row.county == (code[:2] if code else row.county)
        company = store.company(about.company)
        assert (company.municipality, company.sector, company.size) == (row.municipality, row.sector, row.size)
        scored.add(row.scored_areas)
    assert len(scored) > 2


def test_nothing_is_scored_again_where_nothing_has_changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = filled(store, 6)
    assert len(refresh(store).results) == 6
    asked_for: list[str] = []
    listening.listen(store._engine, "before_cursor_execute", lambda *given: asked_for.append(given[2]))
    assert refresh(store).results == ()
    asked_for = [statement for statement in asked_for if statement.startswith("SELECT")]
    assert len(asked_for) == 2  # which questionnaires there are, and whose results are old
    store.record(ids[0], [event("data_inventory", "known")])
    assert [result.assessment for result in refresh(store).results] == [store.assessment(ids[0]).number]
    monkeypatch.setattr(
        refreshing, "fingerprints", lambda names: {n: (p, "changed") for n, (p, _) in fingerprints(names).items()}
    )
    assert len(refresh(store).results) == 6
    assert {row.model for row in kept(store).values()} == {"changed"}


fingerprints = refreshing.fingerprints


def test_a_changed_file_of_the_model_or_its_questions_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "hem"
    before = fingerprints([FULL, "unheard-of"])
    assert set(before) == {FULL}
    for folder in ("scoring", "questionnaires"):
        (home / folder).mkdir(parents=True)
        source = Path(folder) / f"{FULL}.yaml"
        (home / folder / source.name).write_text(source.read_text("utf-8") + "\n# en rad till\n", "utf-8")
        monkeypatch.setenv("AIMATURITY_HOME", str(home))
        after = fingerprints([FULL])
        assert after[FULL][1] != before[FULL][1]
        before = after


def test_an_answer_from_another_store_is_seen_though_its_number_is_no_higher(store: Store) -> None:
    ids = filled(store, 2)
    refresh(store)
    number = store.assessment(ids[0]).number
    with store._write() as connection:
        table = schema.answer_event
        row = connection.execute(select(table).where(table.c.assessment == number, table.c.seq == 1)).one()
        connection.execute(table.insert().values(**(dict(row._mapping) | {"device": "another"})))
    assert [result.assessment for result in refresh(store).results] == [number]


def test_a_store_that_can_only_be_read_is_counted_as_if_it_were_refreshed(tmp_path: Path) -> None:
    programme = load_programme("digit-hub-ai").value
    assert programme is not None
    path = tmp_path / "register.db"
    with open_store(str(path)) as store:
        filled(store)
        url = store.url
    with Store(sqlite_engine(path, 5.0, True), url, system_clock, True, 5.0) as store:
        told = status(store, programme, DAY).document
        assert told == status(store, programme, DAY).document
        assert kept(store) == {}
        assert all(company.county is None for company in store.companies())
    with open_store(str(path)) as store:
        assert status(store, programme, DAY).document == told
        assert len(kept(store)) == 9
        assert any(company.county is not None for company in store.companies())
    assert told.promises[1].outcome.value


def test_an_answer_that_cannot_be_read_is_told_and_the_rest_counted(store: Store) -> None:
    ids = filled(store, 3)
    number = store.assessment(ids[0]).number
    with store._write() as connection:
        row = connection.execute(
            select(schema.answer_event).where(schema.answer_event.c.assessment == number).limit(1)
        ).one()
        broken = dict(row._mapping) | {"seq": 10_000, "given": "{", "voice": "adviser"}
        connection.execute(schema.answer_event.insert().values(**broken))
    found = refresh(store)
    assert [problem.code for problem in found.problems] == ["AIM618"]
    assert len(found.results) == 2


def test_where_companies_belong_is_the_same_one_by_one_and_all_at_once(opened: Callable[..., Store]) -> None:
    store = opened()
    filled(store)
    store.add_company("Utan svar i Osby", id="u", about=About(municipality="1273", sector="industry"))
    store.add_company("Samma i Osby", id="v", about=About(municipality="1273", size="small"))
    store.merge_companies("v", "u")
    refresh(store)
    ids = [company.id for company in store.companies()]

    def places() -> list[Any]:
        return [(c.id, c.municipality, c.county, c.sector, c.size) for c in store.companies()]

    once = places()
    for each in (lambda c: store._place_all(c, ids), lambda c: [store._place(c, id) for id in ids]):
        with store._write() as connection:
            connection.execute(schema.company.update().values(municipality=None, county=None, sector=None, size=None))
            each(connection)
        assert places() == once
    assert ("u", "1273", "12", "industry", "small") in once
