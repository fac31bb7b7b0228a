"""Pages over random questionnaires: every question, in any state and any window, is drawn whole or scrolls."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.interview.answering import Refusal
from aimaturity.interview.screens.lines import Page, width_of
from aimaturity.interview.screens.lists_page import end_page, found_page, groups_of, overview_page
from aimaturity.interview.screens.question_page import Look, question_page
from aimaturity.interview.screens.reading_page import help_page, history_page, preview_page
from aimaturity.interview.screens.rows import begins, contains, grid_picked, picked, rows_of
from aimaturity.interview.screens.telling import bar, counts_told, marks_told
from aimaturity.interview.session import Detail, Earlier, Given, Session, State
from tests.bundled import bundled
from tests.interview.pilot import kinds, option


def answered_at_random(session: Session, seed: int) -> Session:
    """A session in which rows have been chosen at random, as keys would."""
    rng, made = random.Random(seed), dict[str, Given]()
    for question in session.questionnaire.questions.values():
        for row in rows_of(session, question, "sv"):
            if rng.random() < 0.4:
                given: Given | Refusal | None = None
                if row.kind == "grid":
                    given = grid_picked(session, question, row, rng.randrange(3))  # type: ignore[arg-type]
                elif row.kind in ("option", "dont_know", "not_applicable"):
                    given = picked(session, question, row)
                if isinstance(given, Given):
                    made[row.variable] = given
    return Session(session.questionnaire, made)


def fits(page: Page, width: int) -> bool:
    return all(width_of(line) <= width for line in page.lines)


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    width=st.integers(40, 160),
    height=st.integers(3, 50),
    language=st.sampled_from(["sv", "en"]),
)
def test_pages_keep_to_their_width_and_the_chosen_row_is_on_them(
    seed: int, width: int, height: int, language: str
) -> None:
    method = bundled()
    session = answered_at_random(Session(method.questionnaire), seed)
    rng = random.Random(seed)
    question = rng.choice(list(method.questionnaire.questions.values()))
    rows = rows_of(session, question, language)
    look = Look(cursor=rng.randrange(len(rows)), field=rng.choice([None, "12", "1 234,5"]))
    page = question_page(session, question, language, look, width, height)
    assert fits(page, width)
    assert page.at is not None
    assert page.until is not None
    assert page.at <= page.until < len(page.lines)
    assert any("▸" in piece.text for piece in page.lines[page.at])
    groups = groups_of(session, (), language, "topic")
    cursor = (rng.randrange(len(groups)), 0)
    assert fits(overview_page(session, groups, cursor, language, width), width)
    assert fits(found_page(session, session.find("ai", language), 0, language, width), width)
    assert fits(end_page(session, ["Nivå 2–3"], 0, language, width)[0], width)
    assert fits(help_page("question", language, width), width)
    assert fits(preview_page(["x" * 300, "kort"], language, width), width)
    assert fits(history_page(session, question.id, {}, language, width), width)


def test_what_does_not_fit_goes_comment_evidence_earlier_help_and_where_the_rows_do_not_fit_all_scrolls() -> None:
    method = bundled()
    detail = Detail(comment="Kommentaren", evidence="seen", evidence_note="Underlaget")
    session = Session(
        method.questionnaire,
        {"data_access": Given(State.ANSWERED, "exported", detail)},
        earlier={"data_access": Earlier(option("on_paper"), "2025-11-20")},
    )
    question = method.questionnaire.questions["data_access"]

    def shown(height: int) -> str:
        page = question_page(session, question, "sv", Look(), 78, height)
        return "\n".join("".join(piece.text for piece in line) for line in page.lines)

    words = ["Kommentaren", "Underlaget", "Förra gången", "Det vanliga sättet"]
    seen = [[word for word in words if word in shown(height)] for height in range(10, 24)]
    assert seen == sorted(seen, key=len)
    assert all(one == words[len(words) - len(one) :] for one in seen)
    assert seen[0] == []
    assert seen[-1] == words
    assert "Tidigare svar finns: t" in shown(13)
    assert "✎U" in shown(10)
    assert all(word in shown(5) for word in words)
    assert all("5  ( ) De kommer av sig själva och går" in shown(height) for height in range(3, 24))


def test_options_are_found_with_or_without_dots_and_rings() -> None:
    assert contains("Malmö", "malmo")
    assert contains("Malmö", "MALMÖ")
    assert contains("Östra Göinge", "göinge östra")
    assert not contains("Malmo", "malmö")
    assert begins("Åstorp", "as")
    assert not begins("Båstad", "as")


def test_every_question_is_in_a_group_and_the_marks_and_counts_agree(tmp_path: Path) -> None:
    session = Session(kinds(tmp_path), {"one": option("some"), "often.erp": Given(State.DONT_KNOW)})
    groups = groups_of(session, (), "sv", "area")
    assert [question for group in groups for question in group.questions] == list(session.questionnaire.questions)
    assert marks_told(session, ["one", "many", "often"]) == "✓··"
    assert counts_told(session, "sv") == "1 svar · 7 kvar"
    assert counts_told(session, "en", ["one"]) == "1 answer"
    assert counts_told(session, "sv", ["one"], short=True) == "klart"
    assert counts_told(session, "sv", ["one", "many"], short=True) == "1 kvar"


@pytest.mark.parametrize(("given_answers", "full"), [({}, 0), ({"one": option("none_of_it")}, 1)])
def test_the_bar_shows_what_of_what_is_in_view_is_answered(
    tmp_path: Path, given_answers: dict[str, Given], full: int
) -> None:
    session = Session(kinds(tmp_path), given_answers)
    assert bar(session, 7).count("█") == full
    assert len(bar(session, 7)) == 7
