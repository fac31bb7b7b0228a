"""Headings that are a question's whole name, though it ends as a part of a question does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.given import State
from aimaturity.responses.survey import Reading, open_survey, read_survey
from tests.bundled import bundled

STEPS = [{"id": "none", "text": "Ingen"}, {"id": "guessed", "text": "Gissad"}, {"id": "measured", "text": "Mätt"}]
QUESTIONNAIRE = Questionnaire.model_validate_json(
    json.dumps(
        {
            "questionnaire": "q", "version": "1", "languages": ["sv"], "title": "å",
            "sections": [{"id": "s", "title": "s", "questions": [
                {"id": "effect", "kind": "multiple", "text": "Vad görs åt effekten?", "options": STEPS},
                {"id": "effect_measured", "kind": "single", "text": "Mäts effekten?", "options": STEPS},
                {"id": "tools", "kind": "grid", "text": "Hur ofta?", "options": STEPS,
                 "rows": [{"id": "tools", "text": "Verktyg"}, {"id": "saw", "text": "Såg"}]},
                {"id": "measured", "kind": "multiple", "text": "Vad är mätt?", "options": STEPS},
            ]}],
        }
    )
)  # fmt: skip
REDCAP = (["record_id", "enkat_complete"], ["1", "2"])
LIMESURVEY = (["id", "submitdate", "lastpage", "startlanguage"], ["7", "2026-03-02 10:00:00", "3", "sv"])
KOBO = (["_id", "_uuid", "_submission_time", "_index"], ["9", "ab-1", "2026-03-02T10:00:00", "1"])
PLAIN = (["Företag"], ["Bageriet AB"])
OWN = {"redcap": REDCAP, "limesurvey": LIMESURVEY, "kobo": KOBO, "plain": PLAIN}


def file(tool: str, headings: Sequence[str], *rows: Sequence[str]) -> io.BytesIO:
    own, cells = OWN[tool]
    made = io.StringIO(newline="")
    csv.writer(made).writerows([[*own, *headings], *([*cells, *row] for row in rows)])
    return io.BytesIO(made.getvalue().encode())


def read(tool: str, headings: Sequence[str], *rows: Sequence[str]) -> Reading:
    return read_survey(file(tool, headings, *rows), QUESTIONNAIRE, "survey.csv")


@pytest.mark.parametrize("tool", OWN)
def test_a_whole_name_is_the_question_though_an_option_ends_it(tool: str) -> None:
    found = read(tool, ["effect_measured", "tools.saw"], ["none", "guessed"], ["measured", "none"], ["", ""])
    assert found.table is not None, found.diagnostics
    assert found.table.value["effect_measured"].tolist() == [0, 2, -1]
    assert found.table.state["effect_measured"].tolist() == [State.ANSWERED, State.ANSWERED, State.BLANK]
    assert set(found.table.state["effect"].tolist()) == {State.BLANK}


@pytest.mark.parametrize("tool", ["redcap", "limesurvey"])
def test_codes_in_order_under_a_whole_name(tool: str) -> None:
    coded = ["A1", "A3"] if tool == "limesurvey" else ["1", "3"]
    found = read(tool, ["effect_measured", "tools_saw"], [coded[0], coded[1]], [coded[1], coded[0]])
    assert found.table is not None, found.diagnostics
    assert found.table.value["effect_measured"].tolist() == [0, 2]
    assert found.table.value["tools.saw"].tolist() == [2, 0]


@pytest.mark.parametrize("tool", ["redcap", "limesurvey", "kobo"])
def test_a_part_that_is_called_as_a_question_is_read_as_a_part(tool: str) -> None:
    """Where the whole is no question's name, question and part are."""
    between = {"redcap": "___", "kobo": "/", "limesurvey": "_"}[tool]
    yes = {"redcap": "1", "kobo": "1", "limesurvey": "Y"}[tool]
    headings = [f"effect{between}{name}" for name in ("none", "guessed")]
    found = read(tool, [*headings, f"measured{between}measured"], [yes, "", yes], ["", yes, ""])
    assert found.table is not None, found.diagnostics
    assert found.table.value["effect"].tolist() == [1, 2]
    assert found.table.value["measured"].tolist() == [4, 0]


def test_a_question_in_a_group_is_not_the_option_of_its_own_name() -> None:
    found = read("kobo", ["about/measured", "about/effect_measured"], ["none guessed", "none"], ["measured", "guessed"])
    assert found.table is not None, found.diagnostics
    assert found.table.value["measured"].tolist() == [3, 4]
    assert found.table.value["effect_measured"].tolist() == [0, 1]


@pytest.mark.parametrize("tool", OWN)
def test_every_question_of_the_bundled_method_is_known_by_its_id(tool: str) -> None:
    questionnaire = bundled().questionnaire
    names = [name for name, question in questionnaire.questions.items() if question.kind not in ("grid", "counts")]
    with open_survey(file(tool, names, ["1"] * len(names)), questionnaire, "survey.csv") as survey:
        assert survey.layout.tool == tool
        targets = survey.matched.targets
        start = len(OWN[tool][0])
        assert [targets[start + place].name for place in range(len(names))] == names
        assert {targets[start + place].kind for place in range(len(names))} == {"value"}


@pytest.mark.parametrize("tool", OWN)
def test_a_code_may_lack_what_joins_its_words(tool: str) -> None:
    """LimeSurvey's codes are letters and digits alone; others write `dataQuality` or `data.quality`."""
    questionnaire = bundled().questionnaire
    known = [name for name, q in questionnaire.questions.items() if q.kind not in ("grid", "counts", "multiple")]
    first, *rest = known[6].split("_")
    names = [name.replace("_", "") for name in known]
    names[6:8] = [first + "".join(part.capitalize() for part in rest), known[7].replace("_", ".")]
    headings = [*names, "airoles[rolenone]", "influenceonai[women]", "Data quality", "datakvalitet"]
    with open_survey(file(tool, headings, ["1"] * len(headings)), questionnaire, "survey.csv") as survey:
        start, targets = len(OWN[tool][0]), survey.matched.targets
        found = [targets[start + place].name for place in range(len(names) + 2)]
        assert found == [*known, "ai_roles=role_none", "influence_on_ai.women"]
        assert survey.matched.ignored == [start + len(names) + 2, start + len(names) + 3]


def test_two_codes_that_would_be_one_are_neither() -> None:
    asked = [{"id": id, "kind": "text", "text": id.upper()} for id in ("a_bc", "ab_c", "d_e", "de")]
    made = QUESTIONNAIRE.model_dump(mode="json", exclude_none=True) | {
        "sections": [{"id": "s", "title": "s", "questions": asked}]
    }
    questionnaire = Questionnaire.model_validate_json(json.dumps(made))
    with open_survey(file("plain", ["abc", "d.e", "de", "d_e"], ["1"] * 4), questionnaire, "survey.csv") as survey:
        assert {column: target.name for column, target in survey.matched.targets.items() if column} == {
            3: "de",
            4: "d_e",
        }


YES_NO = {"kind": "single", "options": [{"id": "no", "text": "Nej"}, {"id": "yes", "text": "Ja"}]}
TRUTHS = Questionnaire.model_validate_json(
    json.dumps(
        {
            "questionnaire": "q", "version": "1", "languages": ["sv"], "title": "å",
            "sections": [{"id": "s", "title": "s", "questions": [
                {"id": "secure", "text": "Är ni säkra?", **YES_NO}, {"id": "quick", "text": "Är ni snabba?", **YES_NO},
                {"id": "step", "kind": "single", "text": "Steg?", "options": STEPS},
            ]}],
        }
    )
)  # fmt: skip


def coded(*rows: Sequence[str]) -> Reading:
    return read_survey(file("redcap", ["secure", "quick", "step"], *rows), TRUTHS, "survey.csv")


def test_redcaps_yes_is_1_and_its_no_is_0() -> None:
    found = coded(["1", "1", "1"], ["0", "2", "3"], ["", "", ""])
    assert found.table is not None
    assert found.table.value["secure"].tolist() == [1, 0, -1]
    assert found.table.value["quick"].tolist() == [0, 1, -1]
    assert found.table.value["step"].tolist() == [0, 2, -1]
    told = {note.code: note.facts["names"] for note in found.diagnostics if note.code in ("AIM351", "AIM375")}
    assert told == {"AIM351": "quick, step", "AIM375": "secure"}


def test_a_no_far_down_tells_what_the_ones_above_mean() -> None:
    found = coded(*[["1", "2", "1"]] * 200, ["0", "1", "1"])
    assert found.table is not None, found.diagnostics
    assert found.table.value["secure"].tolist() == [1] * 200 + [0]
    assert found.table.value["quick"].tolist() == [1] * 200 + [0]


def test_0_in_a_question_of_more_than_yes_and_no_is_still_no_answer() -> None:
    found = coded(["1", "1", "0"], ["0", "2", "1"])
    assert found.table is not None
    assert found.table.state["step"].tolist() == [State.BLANK, State.BLANK]
    assert [(cell.value, cell.code) for cell in found.problems] == [("0", "AIM305"), ("1", "AIM305")]


def test_where_all_have_1_and_no_comes_first_the_answer_is_not_guessed() -> None:
    found = coded(["1", "2", "1"], ["1", "1", "1"])
    assert found.table is not None
    assert found.table.state["secure"].tolist() == [State.BLANK, State.BLANK]
    assert [(cell.column, cell.value, cell.code) for cell in found.problems] == [("secure", "1", "AIM305")]


def turned(yes: str) -> Reading:
    """LimeSurvey's ticks as they are, or turned into 1 and 2 on the export page, which turns its yes and no too."""
    rows = ([yes, "1"], ["", "2"])
    made = Questionnaire.model_validate_json(
        TRUTHS.model_dump_json().replace('"id":"step","kind":"single"', '"id":"step","kind":"multiple"')
    )
    return read_survey(file("limesurvey", ["step[SQ001]", "quick"], *rows), made, "survey.csv")


def test_limesurveys_1_and_2_under_yes_and_no_are_not_guessed_where_no_comes_first() -> None:
    found = turned("1")
    assert found.table is not None, found.diagnostics
    assert found.table.state["quick"].tolist() == [State.BLANK, State.BLANK]
    assert [(cell.value, cell.code) for cell in found.problems] == [("1", "AIM305"), ("2", "AIM305")]


def test_limesurveys_1_and_2_are_numbers_in_order_where_its_ticks_are_y() -> None:
    found = turned("Y")
    assert found.table is not None, found.diagnostics
    assert found.table.value["quick"].tolist() == [0, 1]
    assert "AIM351" in [note.code for note in found.diagnostics]
