"""The result at a glance says what a report of the same answers says."""

from __future__ import annotations

import pytest

from aimaturity.interview.glance import glance, glance_lines, question_list, written
from aimaturity.interview.session import Session
from aimaturity.report.context import Context
from aimaturity.responses.given import Detail, Given, State
from aimaturity.responses.table import Company, given_of, table_of
from aimaturity.scoring.build import documents
from tests.bundled import bundled, random_rows, table

Q = bundled().questionnaire


def session_of(seed: int, missing: float, name: str = "ai-maturity") -> Session:
    method = bundled(name)
    return Session(
        method.questionnaire, given_of(method.questionnaire, table(random_rows(1, seed, name, missing), name), 0)
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["ai-maturity", "ai-quickscan"])
def test_scores_levels_and_bounds_are_those_of_the_report(seed: int, name: str) -> None:
    method, session = bundled(name), session_of(seed, (seed % 4) / 5, name)
    found = glance(method, session)
    document = next(documents(method, table_of(method.questionnaire, session.given, Company("å"))))
    root = document.node(document.level_node)
    assert root is not None
    assert (found.level, found.level_low, found.level_high) == (root.level, root.level_low, root.level_high)
    for area in found.areas:
        node = document.node(area.id)
        assert node is not None
        assert area.missing == len(node.missing)
        assert (area.score is None) is (node.score is None)
        assert (area.reason == "too_little") is (node.reason in ("too_little_basis", "no_answers"))


def test_a_number_is_shown_as_the_report_shows_it() -> None:
    for seed in range(20):
        method, session = bundled(), session_of(seed, 0.2)
        document = next(documents(method, table_of(Q, session.given, Company("å"))))
        context = Context(document, "sv")
        for area in glance(method, session).areas:
            node = document.node(area.id)
            if node is not None and node.score is not None and area.score is not None:
                assert written(area.score, "sv") == context.number(node, node.score)


def test_too_little_basis_says_how_many_of_how_many() -> None:
    lines = glance_lines(glance(bundled(), Session(Q)), Session(Q), "sv")
    assert "Jämställdhet: för litet underlag, 9 av 9 frågor saknar svar" in lines
    assert lines[0] == "Nivå 1–5"


def test_what_is_unknown_unanswered_different_and_unclear_is_listed() -> None:
    given = {
        "business_case": Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen")),
        "data_access": Given(State.ANSWERED, "exported", Detail(why="Såg exporten")),
        "ai_roles": Given(State.ANSWERED, ("role_none",)),
        "ai_use": Given(State.ANSWERED, "pilot"),
    }
    session = Session(
        Q, given, own={"data_access": Given(State.ANSWERED, Q.options_of(Q.questions["data_access"])[1].id)}
    )
    lines = glance_lines(glance(bundled(), session), session, "sv")
    assert "  21. Hur har ni räknat på om det lönar sig? → ekonomichefen" in lines
    assert any("Rådgivaren: 3 Någon exporterar" in line and line.endswith("Varför: Såg exporten") for line in lines)
    assert any(line.startswith("Utan svar (52): 1, 2, 3") for line in lines)
    assert any(line.startswith("Att reda ut: ") for line in lines)


def test_the_question_list_goes_by_whom_to_ask_and_is_words_only() -> None:
    given = {
        "business_case": Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen")),
        "problem_size": Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen")),
        "baseline": Given(State.DONT_KNOW),
        "footprint": Given(
            State.ANSWERED, "energy_of_a_year", Detail(evidence="later", evidence_note="elfakturor [2025](http://x)")
        ),
    }
    text = question_list(Session(Q, given), "Å*B & Ö", "sv")
    assert text.startswith("# Frågor till Å\\*B & Ö\n")
    assert (
        text.index("## Ekonomichefen")
        < text.index("## Vi vet inte än vem som vet")
        < text.index("## Underlag som skulle")
    )
    assert text.count("\n1. ") == 3
    assert "\n2. Hur har ni räknat" in text
    assert "\\](http\\:" in text  # no link
    assert "Det finns inget att skicka." in question_list(Session(Q), "Å", "sv")
    assert "There is nothing to send." in question_list(Session(Q), "Å", "en")
