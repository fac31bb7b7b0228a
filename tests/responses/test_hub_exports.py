"""Files as a hub gets them: numbered questions and answers, marks of required questions, people beside companies."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from aimaturity.responses.given import State
from aimaturity.responses.survey import Reading, read_survey
from tests.bundled import bundled

QUESTIONNAIRE = bundled().questionnaire
LOGIN = QUESTIONNAIRE.questions["two_step_login"].text.root
USE = QUESTIONNAIRE.questions["ai_use"]


def reading(*rows: Sequence[str], delimiter: str = ";") -> Reading:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return read_survey(io.BytesIO(made.getvalue().encode()), QUESTIONNAIRE, "survey.csv")


@pytest.mark.parametrize(
    "written",
    [
        "12. {}", "12) {}", "12.{}", "12 {}", "1.12 {}", "1.12. {}", "12 - {}", "12 – {}", "12: {}", "Q12. {}", "Q12 {}",
        "F12. {}", "Fråga 12: {}", "Question 12 - {}", "{} *", "{}*", "{} (obligatorisk)", "3. {} *",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_question_is_known_behind_its_number_and_before_its_mark(written: str, language: str) -> None:
    read = reading(["Företag", written.format(LOGIN[language])], ["Bageriet AB", "Ja"])
    assert read.table is not None, read.diagnostics
    assert read.table.state["two_step_login"].tolist() == [State.ANSWERED]


@pytest.mark.parametrize(
    "written", ["3. {}", "3) {}", "(3) {}", "c) {}", "C. {}", "3 - {}", "3 – {}", "3 = {}", "3: {}"]
)
def test_an_answer_is_known_behind_the_number_of_its_step(written: str) -> None:
    option = USE.options[2]  # type: ignore[union-attr]
    read = reading(["Företag", "ai_use"], ["Bageriet AB", written.format(option.text.root["sv"])])
    assert read.table is not None
    assert (read.table.value["ai_use"].tolist(), read.problems) == ([2], [])


def test_a_range_or_a_decimal_number_is_not_an_answer_behind_a_number() -> None:
    read = reading(["Företag", "municipality"], ["A AB", "1.1080"], ["B AB", "1 - 1080"], ["C AB", "1080"])
    assert read.table is not None
    assert read.table.state["municipality"].tolist() == [State.BLANK, State.BLANK, State.ANSWERED]
    assert [cell.code for cell in read.problems] == ["AIM305", "AIM305"]


@pytest.mark.parametrize("company", ["Företag", "Företagets namn", "Company name"])
def test_the_person_who_answered_is_not_taken_for_the_company(company: str) -> None:
    read = reading(["Namn", company, "two_step_login"], ["Anna Berg", "Bageriet AB", "Ja"], ["Bo Ek", "", "Nej"])
    assert read.table is not None
    assert [one.name for one in read.table.companies] == ["Bageriet AB", None]
    assert [(found.code, found.facts["name"]) for found in read.diagnostics if found.code == "AIM303"] == [
        ("AIM303", "Namn")
    ]


def test_a_list_of_companies_may_call_them_by_name() -> None:
    read = reading(["Namn", "two_step_login"], ["Bageriet AB", "Ja"])
    assert read.table is not None
    assert [one.name for one in read.table.companies] == ["Bageriet AB"]


LIMESURVEY = ["id", "submitdate", "lastpage", "startlanguage"], ["1", "2026-03-05 09:07:52", "3", "sv"]
REDCAP = ["record_id", "ai_complete"], ["1", "2"]
SURVEYMONKEY = ["Respondent ID", "Collector ID"], ["118000000001", "4410001"]


@pytest.mark.parametrize("own", [LIMESURVEY, REDCAP, SURVEYMONKEY], ids=["limesurvey", "redcap", "surveymonkey"])
def test_a_company_is_known_by_its_questions_in_every_tool(own: tuple[list[str], list[str]]) -> None:
    heads, cells = own
    read = reading(
        [*heads, "name", "company", "organisationsnummer", "two_step_login"],
        [*cells, "Anna", "Bageriet AB", "556036-0793", "Ja"],
        delimiter=",",
    )
    assert read.table is not None, read.diagnostics
    assert [(one.name, one.organisationsnummer) for one in read.table.companies] == [("Bageriet AB", "556036-0793")]


@pytest.mark.parametrize("number", ["556036–0793", "556036 - 0793", "556036\u00a00793", "5560360793.0", "556036‑0793"])
def test_an_organisation_number_is_read_with_any_dash(number: str) -> None:
    read = reading(["Organisationsnummer", "two_step_login"], [number, "Ja"])
    assert read.table is not None
    assert [one.organisationsnummer for one in read.table.companies] == ["556036-0793"]


@pytest.mark.parametrize("between", ["–", " - ", "\u00a0", " – ", "−"])
def test_a_personal_number_is_masked_whatever_its_dash(between: str) -> None:
    read = reading(
        ["Organisationsnummer", "Företag", "two_step_login"], [f"811228{between}9874", f"Åke 811228{between}9874", "Ja"]
    )
    assert read.table is not None
    shown = repr((read.table.companies, read.problems, [str(found) for found in read.diagnostics]))
    assert "9874" not in shown
    assert [cell.code for cell in read.problems] == ["AIM313", "AIM313"]


@pytest.mark.parametrize("points", ["Score", "Poäng"])
def test_what_an_answer_is_worth_in_a_quiz_is_the_forms_own(points: str) -> None:
    asked = [LOGIN["sv"], USE.text.root["sv"]]
    headings = [
        "Tidstämpel",
        "Poäng",
        *(part for text in asked for part in (text, f"{text} [{points}]", f"{text} [Feedback]")),
    ]
    cells = ["2026-10-01 10:00:00", "1,00 / 2", "Ja", "1,00 / 1", "Bra!", "Vi använder ingen AI", "0,00 / 1", ""]
    read = reading(headings, cells, delimiter=",")
    assert read.table is not None, read.diagnostics
    assert (read.table.state["two_step_login"].tolist(), read.table.value["ai_use"].tolist()) == ([State.ANSWERED], [0])
    assert (read.ignored, read.problems) == ([], [])
    apart = reading([headings[0], f"Annat [{points}]", *headings[2:]], cells, delimiter=",")
    assert apart.ignored == [f"Annat [{points}]"]  # no answer of that name stands in the file


def test_in_which_order_qualtrics_showed_the_choices_is_its_own() -> None:
    names = ["ResponseId", "Finished", "ai_use", "ai_use_DO", "FL_5_DO", "to_DO"]
    texts = ["Response ID", "Finished", USE.text.root["en"], f"{USE.text.root['en']} - Display Order"]
    texts += ["FL_5 - Block Randomizer - Display Order", "What is there to do?"]
    told = [f'{{"ImportId":"{name}"}}' for name in names]
    read = reading(names, texts, told, ["R_1", "True", "We use no AI", "We use no AI|In use", "Q1|Q2", "Nothing"])
    assert read.table is not None, read.diagnostics
    assert read.table.value["ai_use"].tolist() == [0]
    assert read.ignored == ["What is there to do?"]


@pytest.mark.parametrize("heading", ["Group time: AI", "Question time: aiuse", "aiuseTime", "groupTime7"])
def test_how_long_limesurvey_saw_somebody_think_is_its_own(heading: str) -> None:
    own = ["id", "submitdate", "lastpage", "startlanguage"]
    read = reading([*own, "aiuse", heading], ["1", "2026-10-01 10:00:00", "3", "sv", "A1", "12.5"])
    assert read.table is not None, read.diagnostics
    assert (read.table.value["ai_use"].tolist(), read.ignored) == ([0], [])
    assert reading([*own, "aiuse", "What about Time"], ["1", "", "3", "sv", "A1", "5"]).ignored == ["What about Time"]
