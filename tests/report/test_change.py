"""The change page: what has moved, what is certain, what changed in the answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aimaturity.report.build import view_of
from aimaturity.report.change import shown_change
from aimaturity.report.context import Context
from aimaturity.report.view_pages import Change
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.scale import exact
from tests.report.factory import document, other, root, second


def change(told: ResultDocument | None = None, language: str = "sv") -> Change:
    found = view_of(told or second(), language).change
    assert found is not None
    return found


SV, EN = change(), change(language="en")


def test_without_an_earlier_assessment_there_is_no_such_page() -> None:
    assert view_of(document(), "sv").change is None


def test_it_says_since_when_and_that_the_method_is_the_same() -> None:
    assert SV.intro == [
        "Jämfört med mätningen 20 november 2025.",
        "Båda mätningarna är poängsatta med dagens metod, så det är bara era svar som skiljer.",
    ]
    assert SV.level == "Nivån var 2 och är nu 2–3."
    assert EN.level == "The level was 2 and is now 2–3."


def test_each_area_says_whether_its_change_is_certain() -> None:
    rows = {row.id: row for row in SV.rows}
    assert rows["capability"].sentence == (
        "AI-förmåga har ökat från 30 till 50. Inget saknat svar kan förklara ökningen."
    )
    assert (rows["business"].change, rows["business"].verdict) == ("−21", "säker")
    assert rows["business"].sentence.endswith("Inget saknat svar kan förklara minskningen.")
    assert rows["climate"].verdict == "kan bero på okända svar"
    assert rows["climate"].sentence.endswith("Hela ändringen kan bero på frågor som saknar svar.")
    assert (rows["gender_equality"].change, rows["gender_equality"].verdict) == ("–", "går inte att jämföra")
    assert rows["gender_equality"].sentence == "Jämställdhet gick inte att bedöma någon av gångerna."


def with_climate(now: float | None, then: float | None) -> Any:
    """The climate row where the scores are these, both without missing answers."""
    base = second()
    assert base.before is not None
    nodes = [
        n.model_copy(
            update={
                "score": now,
                "low": now,
                "high": now,
                "missing": [],
                "reason": None if now is not None else "no_answers",
            }
        )
        if n.id == "climate"
        else n
        for n in base.nodes
    ]
    certain = None if now is None or then is None else now != then
    step = None if now is None or then is None else now - then
    was = [
        n.model_copy(update={"score": then, "low": then, "high": then, "change": step, "certain": certain})
        if n.id == "climate"
        else n
        for n in base.before.nodes
    ]
    told = second(nodes=nodes, before=base.before.model_copy(update={"nodes": was}))
    return next(row for row in change(told).rows if row.id == "climate")


def test_an_area_that_could_not_be_judged_then_or_now_is_not_compared() -> None:
    assert (
        with_climate(28.4, None).sentence
        == "Klimatnytta gick inte att bedöma förra gången (inga svar). Nu är resultatet 28."
    )
    lost = with_climate(None, 28.4)
    assert (lost.change, lost.sentence.startswith("Klimatnytta går inte att bedöma nu")) == ("–", True)


def test_no_change_is_said_as_such() -> None:
    same = with_climate(42.0, 42.0)
    assert (same.change, same.verdict, same.sentence) == ("0", "ingen ändring", "Klimatnytta ligger kvar på 42.")


def test_where_whole_numbers_would_disagree_with_the_change_all_three_get_a_decimal() -> None:
    row = with_climate(31.4, 28.6)  # 31 and 29 would make 2, but the change is 2.8, shown as 3
    assert (row.then, row.now, row.change) == ("28,6", "31,4", "+2,8")
    row = with_climate(31.4, 28.4)
    assert (row.then, row.now, row.change) == ("28", "31", "+3")


@given(then=st.floats(0, 100), now=st.floats(0, 100))
def test_shown_numbers_agree_with_the_shown_change_to_a_tenth(then: float, now: float) -> None:
    context = Context(document(), "sv")
    node = next(n for n in context.areas if n.id == "climate")
    one, last, step = shown_change(context, node, then, now)
    assert abs(step - exact(now - then)) <= Decimal("0.5")
    assert abs((last - one) - step) <= Decimal("0.2")
    if step == 0:
        assert abs(now - then) <= 0.5


def test_changed_answers_say_then_now_steps_and_whether_it_was_shown_both_times() -> None:
    rows = {row.id: row for row in SV.answers}
    assert set(rows) == {"data_access", "ai_use", "ai_operations", "value_owner"}
    access = rows["data_access"]
    assert (access.then, access.steps, access.evidence) == ("Ett annat svar", "två steg högre", "visat båda gångerna")
    assert rows["ai_use"].steps == "ett steg lägre"
    assert (rows["ai_operations"].now, rows["ai_operations"].steps) == ("Vet inte", "–")
    assert (rows["value_owner"].then, rows["value_owner"].evidence) == ("Vet inte", "visat nu")
    assert SV.summary == (
        "Det här har hänt med svaren som ger poäng: ett svar är högre, ett svar är lägre, en fråga har fått svar "
        "och en fråga har inte längre något svar."
    )


def test_nothing_changed_is_said_in_a_sentence() -> None:
    told = second(answers=document().answers)
    assert change(told).summary == "Inget svar som ger poäng har ändrats."
    assert change(told).answers == []


def test_the_drawing_holds_what_the_table_says() -> None:
    drawn = {row["title"]: row for row in SV.chart.data["rows"]}
    assert drawn["AI-förmåga"]["certain"] is True
    assert drawn["Klimatnytta"]["certain"] is False
    assert (drawn["AI-förmåga"]["t0"], drawn["AI-förmåga"]["l0"]) == (0.3, 0.28)
    assert drawn["Jämställdhet"]["t0"] is None
    assert all(row.sentence in SV.chart.title for row in SV.rows)


def test_own_and_earlier_answers_stand_beside_todays() -> None:
    view = view_of(second(), "sv")
    rows = {row.id: row for section in view.answers for row in section.rows}
    assert view.own_given
    assert view.earlier_given
    assert rows["ai_use"].own == "Ett annat svar. Vi har redan börjat."
    assert rows["ai_use"].earlier == "Ett annat svar (nu ett steg lägre)"
    assert rows["data_access"].earlier == "Ett annat svar (nu två steg högre)"
    assert rows["baseline" if "baseline" in rows else "problem_size"].own is None


def test_levels_that_cannot_be_told_are_not_compared() -> None:
    told = second(nodes=[root(level=None, level_low=None, level_high=None), *document().nodes[1:]])
    assert change(told).level == "Nivåerna går inte att jämföra. Underlaget räcker inte."


def test_an_answer_that_is_the_same_says_so() -> None:
    first = document().answers[0]
    same = first.model_copy(update={"earlier": other(value=first.value, words=first.words)})
    view = view_of(second(answers=[same]), "sv")
    assert view.answers[0].rows[0].earlier == "Samma svar"
