"""From a file with good and bad cards, the good ones are taken; each of the others is told at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aimaturity.definitions.checks import Finding, Findings
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.pilots.intake import Intake, checked_card, read_cards
from tests.programme.pilots.invented import card, programme, questionnaire

HEAD = "pilots_of: digit-hub-ai\npilots:\n"
CARD = """\
  - id: {id}
    title: {{sv: Mindre svinn på Österlen, en: Less waste}}
    challenge: planning
    ai_use: Prognos
    business: {{measure: Svinn, baseline: {{value: 1, unit: ton}}, effect: {{low: 1, likely: 2, high: 3}}}}
    cost: {{sek: {{low: 1, likely: 2, high: 3}}, own_hours: {{low: 1, likely: 2, high: 3}}}}
    systems: [{{what: Prognos, role: user}}]
    partner: iuc_syd
    county: "12"
    sector: industry
    history: [{{status: idea, date: 2026-09-01, by: Rådgivaren}}]
"""
LINES = CARD.count("\n")


def cards(*ids: str) -> str:
    return "".join(CARD.format(id=id) for id in ids)


def read(folder: Path, text: str, **options: object) -> tuple[list[str], int, list[tuple[str, int]]]:
    path = folder / "idéer.yaml"
    path.write_text(text, "utf-8")
    found: Intake = read_cards(path, programme(), questionnaire(), **options)  # type: ignore[arg-type]
    return [one.id for one in found.cards], found.aside, [(d.code, d.at.line) for d in found.diagnostics]


def test_all_cards_of_a_clean_file_are_taken(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + cards("a", "ö".replace("ö", "o"))) == (["a", "o"], 0, [])


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("partner: iuc_syd", "partner: iuc_sid", "AIM641", 8),
        ("challenge: planning", "challenges: planning", "AIM102", 3),
        (", baseline: {value: 1, unit: ton}", "", "AIM633", 5),
        ("measure: Svinn, ", "", "AIM633", 5),
        ("likely: 2", "likely: 9", "AIM134", 5),
        ("status: idea", "status: running", "AIM642", 11),
        ("    challenge: planning\n", "", "AIM103", 1),
        ("    cost: {sek: {low: 1, likely: 2, high: 3}, own_hours: {low: 1, likely: 2, high: 3}}\n", "", "AIM103", 1),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_card_with_an_error_is_told_at_its_line_and_the_rest_is_taken(
    tmp_path: Path, place: int, old: str, new: str, code: str, line: int
) -> None:
    parts = [cards(id) for id in ("a", "b", "c")]
    assert old in parts[place]
    parts[place] = parts[place].replace(old, new, 1)
    taken, aside, problems = read(tmp_path, HEAD + "".join(parts))
    assert (taken, aside) == ([id for n, id in enumerate("abc") if n != place], 1)
    assert problems == [(code, 2 + LINES * place + line)]


def test_of_two_cards_with_one_id_the_first_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + cards("a", "b", "a")) == (["a", "b"], 1, [("AIM105", 3 + 2 * LINES)])


def test_cards_on_one_line_of_json_are_told_apart(tmp_path: Path) -> None:
    made = [json.loads(card(id, companies=[]).model_dump_json()) for id in ("a", "b", "c")]
    made[1]["partner"] = "okänd"
    text = json.dumps({"pilots": made, "pilots_of": "digit-hub-ai"}, ensure_ascii=False)
    taken, aside, problems = read(tmp_path, text)
    assert (taken, aside, {code for code, _ in problems}) == (["a", "c"], 1, {"AIM110"})


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("digit-hub-ai", "annat") + cards("a"),
        "pilots:\n" + cards("a") + "pilots_of: annat\n",
        "pilots:\n" + cards("a"),
        HEAD + cards("a") + "okänt: 1\n",
    ],
)
def test_nothing_is_taken_from_a_file_that_is_wrong_as_a_whole(tmp_path: Path, text: str) -> None:
    taken, aside, problems = read(tmp_path, text)
    assert (taken, aside) == ([], 1)
    assert problems


@pytest.mark.parametrize(
    "text", ["", "pilots: [", "- a\n", "pilots_of: digit-hub-ai\npilots: 3\n", HEAD.rstrip() + " []"]
)
def test_what_is_no_file_of_cards_gives_none(tmp_path: Path, text: str) -> None:
    taken, aside, problems = read(tmp_path, text)
    assert (taken, aside, bool(problems)) == ([], 0, True)


def test_what_the_caller_finds_stands_at_its_line(tmp_path: Path) -> None:
    def check(one: PilotCard) -> Findings:
        if one.id == "b":
            yield Finding("AIM632", ("id",), {"name": one.id})

    taken, aside, problems = read(tmp_path, HEAD + cards("a", "b"), check=check)
    assert (taken, aside, problems) == (["a"], 1, [("AIM632", 3 + LINES)])


def test_a_card_from_data_is_made_where_its_shape_is_right() -> None:
    data = card("a").model_dump(mode="json")
    assert checked_card(data, "x", programme(), questionnaire()) == (card("a"), [])
    made, problems = checked_card(data | {"partner": "iuc_sid"}, "x", programme(), questionnaire())
    assert made is not None
    assert [(d.code, str(d.at)) for d in problems] == [("AIM641", "x")]
    assert checked_card(data | {"county": "Skåne"}, "x", programme(), questionnaire())[0] is None
