"""Each mistake in a file of ideas or a decision is one problem at its line; histories only grow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aimaturity.definitions.diagnostics import Diagnostic, catalogue, has_errors
from aimaturity.programme.pilots.card import Outcome, PilotCard, StatusEntry
from aimaturity.programme.pilots.decision import load_decision, shortlist_hash
from aimaturity.programme.pilots.document import PilotShortlist
from aimaturity.programme.pilots.files import load_pilots
from aimaturity.programme.pilots.history import continues, with_status
from aimaturity.programme.pilots.outcomes import outcomes_of
from aimaturity.programme.pilots.shortlist import shortlist
from tests.programme.pilots.invented import card, example, programme, questionnaire, ruled

IDEA = """\
pilots_of: digit-hub-ai
pilots:
  - id: svinn
    title: {sv: Mindre svinn på Österlen, en: Less waste}
    challenge: planning
    ai_use: Prognos
    business: {measure: Svinn, baseline: {value: 1, unit: ton}, effect: {low: 1, likely: 2, high: 3}}
    climate: {effect: {low: 0, likely: 0, high: 0}}
    gender_equality: {effect: {low: none, likely: small, high: large}}
    cost: {sek: {low: 1, likely: 2, high: 3}, own_hours: {low: 1, likely: 2, high: 3}}
    systems: [{what: Prognos, role: user, risk_class: minimal}]
    partner: iuc_syd
    researcher: lund_university
    companies: [{company: F1, agreed_on: 2026-10-01, known: {two_step_login: "yes"}}]
    county: "12"
    sector: industry
    history:
      - {status: idea, date: 2026-09-01, by: Rådgivaren}
      - {status: applied, date: 2026-09-02, by: Företaget}
    outcomes: [{occasion: T1, date: 2027-06-01, business: 4}]
"""

CASES = [
    ("pilots_of: digit-hub-ai", "pilots_of: annat", "AIM640", 1),
    ("id: svinn", "id: Svinn", "AIM110", 3),
    ("en: Less waste", "de: Weniger", "AIM112", 4),
    ("challenge: planning", "challenge: planing", "AIM101", 5),
    ("ai_use: Prognos", "ai_uses: Prognos", "AIM102", 6),
    ("effect: {low: 1, likely: 2, high: 3}", "effect: {low: 3, likely: 2, high: 3}", "AIM134", 7),
    ("low: none, likely: small", "low: none, likely: widens", "AIM134", 9),
    ("{sek: {low: 1", "{sek: {low: -1", "AIM104", 10),
    ("role: user", "role: users", "AIM106", 11),
    ("partner: iuc_syd", "partner: iuc_sid", "AIM641", 12),
    ("researcher: lund_university", "researcher: iuc_syd", "AIM646", 13),
    ("company: F1", 'company: "8112189876"', "AIM647", 14),
    ("two_step_login: ", "two_step: ", "AIM107", 14),
    ('two_step_login: "yes"', 'two_step_login: "ja"', "AIM101", 14),
    ("[{company: F1,", "[{company: F1}, {company: F1,", "AIM105", 14),
    ('county: "12"', 'county: "14"', "AIM133", 15),
    ("sector: industry", "sector: industri", "AIM133", 16),
    ("status: applied", "status: running", "AIM642", 19),
    ("status: idea", "status: applied", "AIM642", 18),
    ("date: 2026-09-02", "date: 2026-08-31", "AIM643", 19),
    ("[{occasion: T1,", "[{occasion: T1, date: 2027-05-01}, {occasion: T1,", "AIM105", 20),
]  # fmt: skip


def found_in(folder: Path, text: str, used: object = None) -> list[tuple[str, int]]:
    path = folder / "pilots.yaml"
    path.write_text(text, "utf-8")
    loaded = load_pilots(path, used or programme(), questionnaire())  # type: ignore[arg-type]
    assert (loaded.value is None) == has_errors(loaded.diagnostics)
    return [(d.code, d.at.line) for d in loaded.diagnostics]


def test_the_file_as_it_stands_is_clean(tmp_path: Path) -> None:
    assert found_in(tmp_path, IDEA) == []


@pytest.mark.parametrize(("old", "new", "code", "line"), CASES)
def test_one_mistake_is_one_problem_at_its_line__error(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in IDEA
    found = found_in(tmp_path, IDEA.replace(old, new, 1))
    assert (code, line) in found
    assert {one for one, _ in found} <= {code, "AIM113"}


def test_a_programme_that_asks_for_what_cannot_be_answered__error(tmp_path: Path) -> None:
    rules = programme().pilots
    assert rules is not None
    wrong = rules.readiness[0].model_copy(update={"step": 9})
    assert found_in(tmp_path, IDEA, ruled(readiness=(wrong,))) == [("AIM653", 1)]
    assert found_in(tmp_path, IDEA, ruled(challenge_question="finns_inte")) == [("AIM653", 1)]
    assert found_in(tmp_path, IDEA, programme().model_copy(update={"pilots": None})) == [("AIM645", 1)]


def test_a_personal_number_is_not_repeated_in_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pilots.yaml"
    path.write_text(IDEA.replace("company: F1", 'company: "811218-9876"'), "utf-8")
    assert "9876" not in "".join(str(d) for d in load_pilots(path, programme(), questionnaire()).diagnostics)


def entry(status: str, day: int) -> StatusEntry:
    return StatusEntry(status=status, date=dt.date(2026, 10, day), by="Styrgruppen")  # type: ignore[arg-type]


def test_a_history_grows_by_possible_steps_and_is_never_changed() -> None:
    one = card("a")
    for status, day in (("approved", 1), ("running", 2), ("ended", 2)):
        grown = with_status(one, entry(status, day))
        assert isinstance(grown, PilotCard)
        assert grown.history[:-1] == one.history
        assert continues(one, grown) is None
        one = grown
    assert one.status == "ended"
    again = with_status(one, entry("running", 3))
    assert isinstance(again, Diagnostic)
    assert again.code == "AIM642"
    early = with_status(card("a"), entry("approved", 1).model_copy(update={"date": dt.date(2025, 1, 1)}))
    assert isinstance(early, Diagnostic)
    assert early.code == "AIM643"
    changed = one.model_copy(update={"history": (one.history[0], *one.history[2:])})
    told = continues(one, changed)
    assert told is not None
    assert told.code == "AIM644"


def test_outcomes_are_held_against_what_was_expected() -> None:
    """Expected: 100 000 kr, 1000 kg, small, each at all ends."""
    later = Outcome(occasion="T2", date=dt.date(2028, 1, 1), business=100_000, gender_equality="clear")
    first = Outcome(occasion="T1", date=dt.date(2027, 1, 1), business=99_999, climate=1001)
    rows = outcomes_of(card("a").model_copy(update={"outcomes": (later, first)}))
    assert [(row.occasion, row.benefit, row.standing) for row in rows] == [
        ("T1", "business", "below"),
        ("T1", "climate", "above"),
        ("T1", "gender_equality", "not_measured"),
        ("T2", "business", "within"),
        ("T2", "climate", "not_measured"),
        ("T2", "gender_equality", "above"),
    ]
    unknown = card("b", climate={}).model_copy(update={"outcomes": (first,)})
    assert outcomes_of(unknown)[1].standing == "not_estimated"


@pytest.fixture(scope="module")
def proposal() -> PilotShortlist:
    return shortlist(example().pilots, programme(), questionnaire())


def decision_text(proposal: PilotShortlist) -> str:
    ideas = "".join(f"  - {{idea: {name}, decision: start}}\n" for name in proposal.chosen or ())
    head = f"decides: {shortlist_hash(proposal)}\ndate: 2026-11-30\nby: Styrgruppen\nreason: Enligt förslaget.\n"
    return f"{head}ideas:\n{ideas}"


FIRST = "{idea: arendestod_kommunalt, decision: start}"
DECISIONS = [
    (FIRST, FIRST, None, 0),
    (FIRST, "{idea: arendestod_kommunalt, decision: reserve, reason: Bolaget byter system.}", None, 0),
    ("decides: sha256:", "decides: sha256:" + "0" * 64 + " #", "AIM648", 1),
    (FIRST, FIRST.replace("arendestod_kommunalt", "arendestod_komunalt"), "AIM649", 6),
    (FIRST, FIRST.replace("start", "decline"), "AIM650", 6),
    (FIRST, f"{FIRST}\n  - {{idea: kassation_i_gjutning, decision: start}}", "AIM650", 7),
    (f"  - {FIRST}\n", "", "AIM651", 5),
    (FIRST, f"{FIRST}\n  - {{idea: kanslor_i_kundtjanst, decision: start, reason: Vi vill.}}", "AIM652", 7),
    (FIRST, f"{FIRST}\n  - {FIRST}", "AIM105", 7),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), DECISIONS)
def test_a_decision_is_about_its_proposal_and_gives_reasons_where_it_departs(
    tmp_path: Path, proposal: PilotShortlist, old: str, new: str, code: str | None, line: int
) -> None:
    path = tmp_path / "beslut.yaml"
    text = decision_text(proposal)
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    loaded = load_decision(path, proposal)
    told = [(d.code, d.at.line) for d in loaded.diagnostics]
    if code is None:
        assert told == []
        assert loaded.value is not None
    else:
        assert (code, line) in told
        assert {one for one, _ in told} <= {code, "AIM651"}
        assert loaded.value is None


def test_every_code_of_pilots_is_tried() -> None:
    tried = {case[2] for case in CASES} | {case[2] for case in DECISIONS} | {"AIM644", "AIM645", "AIM653"}
    assert {code for code in catalogue() if "AIM640" <= code <= "AIM653"} - tried == set()
