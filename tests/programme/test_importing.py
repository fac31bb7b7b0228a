"""Answers from files find their company and assessment, and reading them again changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.store import AnswerEvent, Store
from aimaturity.programme.store.importing import Imported
from aimaturity.responses.answers_file import read_answers
from aimaturity.responses.survey import read_survey
from aimaturity.responses.table import given_of
from tests.programme.filled import NAME, NUMBER, answered, begun, event, questionnaire

INTERVIEW = bundled_folder("examples") / "answers-brosarp.yaml"
SURVEY = bundled_folder("examples") / "survey-2026.csv"


def read(store: Store, path: Path, **options: object) -> tuple[list[Imported], list[str]]:
    """What became of each row of a file, and the codes of what was said."""
    if path.suffix == ".yaml":
        table = read_answers(path, questionnaire()).table
    else:
        table = read_survey(path, questionnaire()).table
    assert table is not None
    done = list(store.import_table(questionnaire(), table, path.name, **options))  # type: ignore[arg-type]
    return [one for one, _ in done], [note.code for _, notes in done for note in notes]


def survey(folder: Path, *rows: str, headings: str = "name;organisationsnummer;data_inventory;data_access") -> Path:
    path = folder / "enkät.csv"
    path.write_text("\n".join([headings, *rows]) + "\n", "utf-8")
    return path


def test_an_answers_file_becomes_a_finished_assessment_with_every_answer(store: Store) -> None:
    [done], said = read(store, INTERVIEW, default_voice="adviser")
    assert said == []
    assert (done.new_company, done.new_assessment, done.answers) == (True, True, 55)
    assert done.assessment is not None
    about = store.assessment(done.assessment)
    assert (about.date, about.occasion, about.adviser) == ("2026-11-23", "T0", "A. Exempel")
    assert isinstance(about.finished, dt.datetime)
    table = read_answers(INTERVIEW, questionnaire()).table
    assert table is not None
    assert store.answers(done.assessment) == given_of(questionnaire(), table, 0)
    assert {event.origin for event in store.latest(done.assessment).values()} == {"import"}


def test_the_same_file_twice_adds_nothing(store: Store) -> None:
    for path in (INTERVIEW, SURVEY):
        first, _ = read(store, path)
        events = sum(found.events for found in store.assessments())
        again, _ = read(store, path)
        assert [one.assessment for one in again] == [one.assessment for one in first]
        assert not any(one.new_company or one.new_assessment or one.answers for one in again)
        assert sum(found.events for found in store.assessments()) == events


def test_the_companys_own_answers_join_the_assessment_that_goes_on(store: Store, tmp_path: Path) -> None:
    assessment = begun(store, NAME, NUMBER)
    store.record(assessment, [event(value="nobody_can_say")])
    [done], _ = read(store, survey(tmp_path, f"{NAME.upper()};;in_heads;"))
    assert (done.company, done.assessment, done.new_assessment) == (NUMBER, assessment, False)
    assert store.answers(assessment, "company") == {"data_inventory": answered("in_heads")}
    assert store.answers(assessment, "adviser") == {"data_inventory": answered("nobody_can_say")}


def test_answers_of_a_later_occasion_are_an_assessment_of_their_own(store: Store, tmp_path: Path) -> None:
    path = survey(tmp_path, f"{NAME};;in_heads;")
    [first], _ = read(store, path, occasion="T0")
    [second], _ = read(store, path, occasion="T1")
    assert first.assessment != second.assessment
    assert [found.occasion for found in store.assessments()] == ["T0", "T1"]


def test_two_respondents_of_one_company_are_kept_apart(store: Store, tmp_path: Path) -> None:
    done, _ = read(store, survey(tmp_path, f"{NAME};;in_heads;", f"{NAME};;nobody_can_say;"))
    assert len({one.assessment for one in done}) == 2
    assert len({one.company for one in done}) == 1


def test_a_corrected_file_changes_what_it_says_otherwise_and_leaves_what_was_changed_by_hand(
    store: Store, tmp_path: Path
) -> None:
    headings = "name;data_inventory;business_case;energy_data"
    [done], _ = read(store, survey(tmp_path, f"{NAME};in_heads;;dont_know", headings=headings))
    assert done.assessment is not None
    store.record(done.assessment, [event(value="nobody_can_say", voice="company")])
    [again], _ = read(store, survey(tmp_path, f"{NAME};in_heads;dont_know;", headings=headings))
    assert (again.assessment, again.answers) == (done.assessment, 2)
    answers = store.answers(done.assessment, "company")
    assert answers["data_inventory"] == answered("nobody_can_say")
    assert {name: answers[name].state.name for name in ("business_case", "energy_data")} == {
        "business_case": "DONT_KNOW", "energy_data": "BLANK",
    }  # fmt: skip


def test_a_row_without_a_company_is_left_out_and_told(store: Store, tmp_path: Path) -> None:
    done, said = read(store, survey(tmp_path, ";;in_heads;", f"{NAME};;in_heads;"))
    assert [one.company for one in done] == [None, NAME]
    assert said == ["AIM623"]
    assert len(store.companies()) == 1


def test_answers_never_go_to_a_company_with_another_number(store: Store, tmp_path: Path) -> None:
    store.add_company(NAME, id="brosarp", organisationsnummer=NUMBER)
    headings = "id;name;organisationsnummer;data_inventory"
    done, said = read(store, survey(tmp_path, f"brosarp;{NAME};556036-0793;in_heads", headings=headings))
    assert ([one.company for one in done], said) == ([None], ["AIM624"])
    done, said = read(store, survey(tmp_path, f"{NAME};556036-0793;in_heads;"))
    assert ([one.company for one in done], said) == (["556036-0793"], ["AIM625"])
    assert store.assessments("brosarp") == []


def test_a_name_that_is_nearly_the_same_is_a_new_company_and_told(store: Store, tmp_path: Path) -> None:
    store.add_company(NAME)
    done, said = read(store, survey(tmp_path, "Brösarps Finmekanik Aktiebolag;;in_heads;"))
    assert (done[0].new_company, said) == (True, ["AIM625"])


def test_a_company_gets_the_number_that_it_lacked(store: Store, tmp_path: Path) -> None:
    store.add_company(NAME)
    read(store, survey(tmp_path, f"{NAME};{NUMBER};in_heads;"))
    assert [(company.id, company.organisationsnummer) for company in store.companies()] == [(NAME, NUMBER)]


def test_an_answer_that_could_not_be_read_is_kept_as_it_stood(store: Store, tmp_path: Path) -> None:
    [done], _ = read(store, survey(tmp_path, f"{NAME};;något helt annat;"))
    assert done.assessment is not None
    kept = store.answers(done.assessment, "company")["data_inventory"]
    assert (kept.state.name, kept.detail.raw) == ("BLANK", "något helt annat")


def test_an_imported_answer_changed_in_an_interview_keeps_its_history(store: Store) -> None:
    [done], _ = read(store, INTERVIEW, default_voice="adviser")
    assert done.assessment is not None
    store.record(done.assessment, [AnswerEvent("data_access", answered("by_hand"))])
    assert [(e.origin, e.who) for e in store.history(done.assessment, "data_access")] == [
        ("import", "A. Exempel"), ("interview", "A. Exempel"),
    ]  # fmt: skip
