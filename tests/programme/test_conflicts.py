"""What two laptops have done differently is told with what counts; what was erased stays away; nothing else is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aimaturity.programme.store import About, Store, StoreRefused, open_store
from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.conflicts import Conflict
from tests.programme.filled import begun, event, questionnaire
from tests.programme.laptops import IDS, content, enter, send


def whats(found: tuple[Conflict, ...]) -> list[str]:
    return [conflict.what for conflict in found]


def test_what_only_one_side_has_done_is_no_conflict(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = there.assessments()
    there.record(assessment.id, [event("data_inventory", "nobody_can_say")])
    there.edit_company("åsa", name="Åsas Nya Bageri AB")
    there.merge_companies("bo", "ö")
    there.finish(assessment.id)
    done = send(there, here)
    assert (done.conflicts, done.events, done.entries) == ((), 1, 3)
    assert here.company("bo").id == "ö"
    assert send(here, there).changes is False


def test_the_same_question_answered_differently_is_told_with_what_counts(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    here.record(assessment.id, [event("data_inventory", "nobody_can_say"), event("data_access", "same")])
    there.record(assessment.id, [event("data_access", "same"), event("data_inventory", "in_heads", "company")])
    there.record(assessment.id, [event("other", "x"), event("data_inventory", "written")])
    done = send(there, here)
    both, answer = done.conflicts
    assert (both.what, both.company, both.about, both.here, both.there) == ("assessment", "åsa", assessment.id, 2, 4)
    assert (answer.what, answer.field) == ("answer", "data_inventory adviser")
    said = [side["value"] for side in (answer.here, answer.there, answer.counts)]
    assert said == ["nobody_can_say", "written", "written"]
    assert here.answers(assessment.id)["data_inventory"].value == "written"
    assert send(here, there).conflicts == ()
    assert there.latest(assessment.id) == here.latest(assessment.id)
    assert len(there.history(assessment.id)) == 7


def test_the_same_field_changed_differently_is_told_with_what_counts(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    there.add_company("Sen", id="sen")  # so that its clock is ahead
    for store, name, size, adviser in ((here, "Åsa 1", "micro", "Örjan"), (there, "Åsa 2", "micro", "Ärla")):
        store.edit_company("åsa", name=name, about=About(size=size))  # type: ignore[arg-type]
        store.edit_assessment(assessment.id, adviser=adviser)
    done = send(there, here)
    told = [(c.what, c.company, c.field, c.here, c.there, c.counts) for c in done.conflicts]
    assert told == [
        ("field", "åsa", "adviser", "Örjan", "Ärla", "Ärla"),
        ("field", "åsa", "name", "Åsa 1", "Åsa 2", "Åsa 2"),
    ]
    assert here.company("åsa").name == "Åsa 2"


def test_the_same_number_in_two_companies_makes_them_one_for_good(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.edit_company("ö", organisationsnummer="556016-0680")
    there.add_company(None, id="ny", organisationsnummer="556016-0680", about=About(benchmark="no", owner="Ägaren"))
    [told] = send(there, here).conflicts
    assert (told.what, told.company, told.field) == ("number", "ö", "556016-0680")
    company = here.company("ny")
    assert (company.id, company.merged, company.owner, company.benchmark) == ("ö", ("ny",), "Ägaren", "no")
    here.edit_company("ö", organisationsnummer=None)
    assert here.company("ny").id == "ö"
    assert here.company("ö").organisationsnummer is None
    assert here.out_of_step() == []
    assert send(here, there).conflicts == ()
    assert content(here) == content(there)


def test_a_company_merged_differently_is_told(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.merge_companies("bo", "ö")
    there.merge_companies("bo", "åsa")
    [told] = send(there, here).conflicts
    assert (told.what, told.about, told.here, told.there) == ("merge", "bo", "bo > ö", "bo > åsa")
    assert {here.company(id).id for id in IDS} == {told.counts}
    send(here, there)
    assert content(here) == content(there)


def test_assessments_that_both_have_begun_are_told(pair: tuple[Store, Store]) -> None:
    here, there = pair
    one, other = (store.begin("ö", questionnaire()) for store in pair)
    [told] = send(there, here).conflicts
    assert (told.what, told.company, told.field) == ("begun", "ö", "ai-maturity")
    assert (told.here, told.there) == (one, other)
    assert len(here.assessments("ö")) == 2


def test_what_was_erased_elsewhere_is_erased_here_with_what_has_come_since(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    here.note_report(assessment.id, "rapporter/åsa.html")
    here.record(assessment.id, [event("data_access", "x")])
    new = here.begin("åsa", questionnaire())
    here.record(new, [event()])
    there.erase_company("åsa")
    wanted = send(there, here, dry_run=True)
    assert wanted.erased_companies == ("åsa",)
    assert wanted.erased == {"assessments": 2, "events": 3, "entries": 3}
    assert wanted.reports == ("rapporter/åsa.html",)
    assert len(here.companies()) == 3
    done = send(there, here)
    assert done == wanted
    assert whats(done.conflicts) == ["erased"]
    assert [company.id for company in here.companies()] == ["bo", "ö"]
    assert here.assessments() == []
    assert all("Åsas Bageri".encode() not in file.read_bytes() for file in here.file.parent.glob("här.db*"))  # type: ignore[union-attr]
    assert send(here, there).changes is False
    assert content(here) == content(there)


def test_what_was_erased_here_stays_out(pair: tuple[Store, Store]) -> None:
    here, there = pair
    old = there.export_bundle()
    new = there.begin("åsa", questionnaire())
    there.record(new, [event()])
    here.erase_company("åsa")
    assert here.import_bundle(old).changes is False
    done = send(there, here)
    assert whats(done.conflicts) == ["erased"]
    assert done.kept_out == 2
    assert here.assessments() == []
    assert send(there, here).conflicts == ()
    send(here, there)
    assert there.assessments() == []
    assert content(here) == content(there)


def test_a_company_merged_into_one_that_was_erased_elsewhere_goes_with_it(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.merge_companies("bo", "åsa")
    there.erase_company("åsa")
    assert send(there, here).erased_companies == ("bo", "åsa")
    send(here, there)
    assert [company.id for company in there.companies()] == ["ö"]
    assert content(here) == content(there)


def test_a_company_entered_anew_after_it_was_erased_is_there(pair: tuple[Store, Store]) -> None:
    here, there = pair
    here.erase_company("åsa")
    here.add_company("Åsa igen", id="åsa")
    send(here, there)
    assert there.company("åsa").name == "Åsa igen"
    assert there.assessments() == []
    assert content(here) == content(there)


def test_a_part_holds_one_company_and_nothing_of_another(pair: tuple[Store, Store], tmp_path: Path) -> None:
    here, _ = pair
    here.merge_companies("bo", "åsa")
    for id in ("k1", "k2"):
        enter(here, "activity", id, "added", {"kind": "course", "title": f"Kväll {id}", "date": "2026-03-02"})
    for company, id in (("bo", "k1"), ("ö", "k2")):
        enter(here, "participation", company, "added", {"activity": id, "women": 1, "men": 1, "other": 0})
    part = here.export_bundle(["bo"])
    assert part.companies == ("bo", "åsa")
    assert "verkstaden" not in repr(part)
    assert "Kväll k2" not in repr(part)
    with open_store(str(tmp_path / "ny.db")) as new:
        new.import_bundle(part)
        assert [company.id for company in new.companies()] == ["åsa"]
        assert len(new.assessments("bo")) == 1
        assert new.out_of_step() == new.check() == []
        new.edit_company("åsa", name="Nytt")
        here.edit_company("ö", name="Annat")
        here.edit_company("åsa", name="Nyare")
        [told] = here.import_bundle(new.export_bundle(["åsa"])).conflicts
        assert (told.field, told.counts) == ("name", "Nyare")
    with pytest.raises(StoreRefused, match="AIM611"):
        here.export_bundle(["finns inte"])


def test_a_copied_file_of_a_store_loses_nothing_and_is_told(tmp_path: Path) -> None:
    one = open_store(str(tmp_path / "a.db"))
    assessment = begun(one)
    one.close()
    shutil.copy(tmp_path / "a.db", tmp_path / "kopia.db")
    with open_store(str(tmp_path / "a.db")) as one, open_store(str(tmp_path / "kopia.db")) as other:
        assert one.device() == other.device()
        one.record(assessment, [event("data_access", "ett")])
        other.record(assessment, [event("data_access", "två"), event("data_inventory", "in_heads")])
        done = send(other, one)
        assert whats(done.conflicts) == ["assessment", "answer", "copied"]
        again = send(other, one)
        assert (again.changes, again.conflicts) == (False, ())
        for _ in range(2):
            send(one, other)
            send(other, one)
        assert one.answers(assessment) == other.answers(assessment)
        for store in (one, other):
            assert {answer.given.value for answer in store.history(assessment)} == {"ett", "två", "in_heads"}
            assert store.check() == []
        assert send(other, one).changes is False


def test_entries_of_one_name_and_other_content_are_both_kept(pair: tuple[Store, Store]) -> None:
    here, there = pair
    bundle = here.export_bundle()
    [mine] = [entry for entry in bundle.entries if entry.about == "ö"]
    changed = type(mine)(
        mine.uid, mine.clock, mine.device, mine.at, mine.who, mine.kind, mine.about, mine.what, {"name": "Ö2"}
    )
    forged = Bundle(bundle.device, bundle.made, None, (*(e for e in bundle.entries if e != mine), changed), bundle.assessments,
                    bundle.events, bundle.definitions)  # fmt: skip
    assert whats(there.import_bundle(forged).conflicts)[-1] == "copied"
    assert there.import_bundle(forged).changes is False
    assert {entry.facts["name"] for entry in there.entries("company", "ö")} == {"Ö-verkstaden", "Ö2"}
    here.import_bundle(forged)
    assert here.company("ö").name == there.company("ö").name == "Ö-verkstaden"  # the second only fills in


def test_time_spent_is_the_longest_and_each_store_stands_where_it_stood(pair: tuple[Store, Store]) -> None:
    here, there = pair
    [assessment] = here.assessments()
    there.record(assessment.id, [], position="there", seconds=90.0)
    send(there, here)
    found = here.assessment(assessment.id)
    assert (found.seconds, found.position) == (90.0, "data_inventory")
