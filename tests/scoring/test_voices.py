"""What stands in a document beside an answer: the company's own, last time's, and whether a change is certain."""

from __future__ import annotations

import numpy as np

from aimaturity.report.render import render
from aimaturity.responses.given import Detail, Given, State
from aimaturity.responses.table import Company, table_of
from aimaturity.scoring.build import documents
from tests.bundled import bundled

METHOD = bundled()
Q = METHOD.questionnaire


def row(day: str, **answers: str | State) -> object:
    given = {
        name: Given(answer) if isinstance(answer, State) else Given(State.ANSWERED, answer, Detail(comment=f"Åh {day}"))
        for name, answer in answers.items()
    }
    return table_of(Q, given, Company("å", "Å AB", date=day, occasion="T1"))


def lowest(but: dict[str, str] | None = None) -> dict[str, str]:
    """The first step of every ladder, but for these."""
    first = {q.id: Q.options_of(q)[0].id for q in Q.questions.values() if q.kind == "single"}
    return first | (but or {})


def test_the_companys_own_and_last_times_answer_stand_beside_it() -> None:
    now = row("2026-11-23", data_access="automatic", data_quality="not_checked")
    own = row("2026-11-12", data_access="exported")
    earlier = row("2025-11-20", data_access="on_paper", baseline=State.DONT_KNOW)
    document = next(documents(METHOD, now, own, earlier))  # type: ignore[arg-type]
    access, baseline = document.answer("data_access"), document.answer("baseline")
    assert access is not None
    assert baseline is not None
    assert access.own is not None
    assert (access.own.value, access.own.step, access.own.comment) == ("exported", 2, "Åh 2026-11-12")
    assert access.earlier is not None
    assert access.earlier.value == "on_paper"
    assert baseline.own is None
    assert baseline.earlier is not None
    assert baseline.earlier.state == "dont_know"
    for language, words in (
        ("sv", ("Företaget själv:", "nu ett steg högre", "nu två steg högre")),
        ("en", ("The company itself:", "now one step higher", "now two steps higher")),
    ):
        text = render(document, "md", language)
        assert all(word in text for word in words), language


def test_a_change_is_certain_only_where_no_missing_answer_can_explain_it() -> None:
    better = {name: Q.options_of(Q.questions[name])[3].id for name in ("footprint", "climate_targets", "energy_data")}
    full, patchy = lowest(better), lowest(better)
    for name in ("climate_use_case", "climate_in_choice", "green_procurement"):
        patchy[name] = State.DONT_KNOW  # type: ignore[assignment]
    then = row("2025-11-20", **lowest())
    for answers, certain in ((full, True), (patchy, True)):
        document = next(documents(METHOD, row("2026-11-23", **answers), None, then))  # type: ignore[arg-type]
        assert document.before is not None
        before = {node.id: node for node in document.before.nodes}
        node = document.node("climate")
        assert node is not None
        assert before["climate"].certain is certain
        if node.score is not None and before["climate"].score is not None:
            assert before["climate"].change == node.score - before["climate"].score
    unsure = row(
        "2025-11-20", **(lowest() | dict.fromkeys(("footprint", "climate_targets", "energy_data"), State.DONT_KNOW))
    )  # type: ignore[arg-type]
    document = next(documents(METHOD, row("2026-11-23", **full), None, unsure))  # type: ignore[arg-type]
    assert document.before is not None
    assert {node.id: node for node in document.before.nodes}["climate"].certain is False


def test_a_batch_with_an_empty_row_beside_says_nothing_there() -> None:
    from aimaturity.responses.table import joined

    now = joined([row("2026-11-23", data_access="automatic"), row("2026-11-23", data_access="exported")], Q)  # type: ignore[list-item]
    earlier = joined([row("2025-11-20"), row("2025-11-20", data_access="exported")], Q)  # type: ignore[list-item]
    first, second = documents(METHOD, now, None, earlier)
    assert first.before is None
    assert second.before is not None
    assert np.isclose(second.before.nodes[0].change or 0.0, 0.0)
