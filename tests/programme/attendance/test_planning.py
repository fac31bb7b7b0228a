"""What a list does to the register: every row is taken or told, the same list changes nothing, a changed one its changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aimaturity.programme.attendance.planning import Plan
from aimaturity.programme.attendance.reading import read_attendance
from aimaturity.programme.attendance.which import Given
from aimaturity.programme.store import About, Store, open_store
from aimaturity.programme.store.records import StoredActivity
from tests.programme.attendance.lists import COURSE, codes, counts, personal_number, planned, read, taken
from tests.programme.test_activities import assert_rows_follow_from_entries

LIST = """Företag;Org.nr;Kommun;Bransch;Anställda;Kvinnor;Män;Övriga;Timmar
Åkes Plåt AB;556016-0680;Karlshamns kommun;C;12;2;1;;3
Ö-kraft AB;;1081;Handel, transport, hotell och restaurang;;1;0;1;3
"""


def activity(store: Store) -> StoredActivity:
    [found] = store.activities()
    return found


def changes(plan: Plan) -> list[tuple[str, object, object]]:
    return [
        (c.name, c.before and c.before[:3], c.after and c.after[:3]) for sheet in plan.sheets for c in sheet.changes
    ]


def test_a_list_adds_its_activity_companies_and_counts(opened: Callable[..., Store]) -> None:
    store = opened()
    made = taken(store, LIST, Given(kind="course", title="AI-kväll", date="2022-05-12", partner="techtank"))
    assert codes(made) == []
    assert (made.rows, made.taken, made.left, made.aside) == (2, 2, [], [])
    found = activity(store)
    assert (found.kind, found.title, found.date, found.hours, found.partner) == (
        "course", "AI-kväll", "2022-05-12", 3.0, "techtank",
    )  # fmt: skip
    assert counts(store) == {"556016-0680": (2, 1, 0, None), "Ö-kraft AB": (1, 0, 1, None)}
    åke, ö = store.company("556016-0680"), store.company("Ö-kraft AB")
    assert (åke.municipality, åke.county, åke.sector, åke.size) == ("1082", "10", "industry", "small")
    assert (ö.municipality, ö.sector, ö.size) == ("1081", "trade_transport_hospitality", None)
    assert_rows_follow_from_entries(store)


def test_the_same_list_again_is_known_and_changes_nothing(store: Store) -> None:
    taken(store, LIST)
    before = store.entries()
    again = planned(store, read(LIST))
    assert again.before is not None
    assert not again.changes.any
    taken(
        store, "Org.nr;Män;Kvinnor;Företag;Övriga;Timmar\n;0;1;Ö-kraft AB;1;3\n556016-0680;1;2;;0;3\n", name="annan.csv"
    )
    assert store.entries() == before


def test_a_changed_list_changes_what_it_says_otherwise(opened: Callable[..., Store]) -> None:
    store = opened()
    taken(store, LIST)
    made = taken(store, LIST.replace("12;2;1;;3", "12;3;1;;3").replace("Ö-kraft AB;;1081", "Ä-el AB;;1081"))
    assert changes(made) == [
        ("Ä-el AB", None, (1, 0, 1)), ("Åkes Plåt AB", (2, 1, 0), (3, 1, 0)), ("Ö-kraft AB", (1, 0, 1), None),
    ]  # fmt: skip
    assert codes(made) == [("AIM679", 0)]
    assert counts(store) == {"556016-0680": (3, 1, 0, None), "Ä-el AB": (1, 0, 1, None)}
    taken(store, LIST)
    assert counts(store) == {"556016-0680": (2, 1, 0, None), "Ö-kraft AB": (1, 0, 1, None)}
    assert_rows_follow_from_entries(store)


def test_what_was_changed_by_hand_since_stays(store: Store) -> None:
    taken(store, LIST)
    store.take_part(activity(store).id, "556016-0680", men=5)
    store.remove_participation(activity(store).id, "Ö-kraft AB")
    [sheet] = taken(store, LIST).sheets
    assert (list(sheet.left_alone), sheet.same) == (["Åkes Plåt AB", "Ö-kraft AB"], 0)
    assert counts(store) == {"556016-0680": (0, 5, 0, None)}
    taken(store, LIST.replace("12;2;1;;3", "12;4;1;;3"))
    assert counts(store) == {"556016-0680": (4, 1, 0, None)}
    store.take_part(activity(store).id, "556016-0680", men=5)
    taken(store, "Företag;Kvinnor\nÄ-el AB;1\n")
    assert counts(store) == {"556016-0680": (0, 5, 0, None), "Ä-el AB": (1, 0, 0, None)}


def test_nothing_goes_while_some_row_can_not_be_taken(store: Store) -> None:
    """The company that is missing may be the one whose row is wrong."""
    taken(store, LIST)
    made = taken(store, LIST.replace("12;2;1;;3", "12;två;1;;3").replace("556016-0680", ""))
    assert [list(sheet.missing) for sheet in made.sheets] == [["Åkes Plåt AB"]]
    assert "556016-0680" in counts(store)


def test_another_list_of_the_same_activity_adds_to_it(store: Store) -> None:
    taken(store, LIST)
    made = taken(store, "Företag;Män\nÄ-el AB;2\n", Given(activity=activity(store)), name="dag 2.csv")
    assert changes(made) == [("Ä-el AB", None, (0, 2, 0))]
    assert len(counts(store)) == 3


def test_a_list_of_many_activities_tells_them_by_its_columns(store: Store) -> None:
    text = """Aktivitet;Typ;Datum;Arrangör;Företag;Kvinnor;Timmar
AI-kväll;Kurs;2022-05-12;Techtank;Å AB;1;3
AI-kväll;kurs;2022-05-12;;Ö AB;2;1,5
Frukost;SEMINARIUM;12 juni 2022;techtank;Å AB;1;
Frukost;;;;Ö AB;1;
Lunch;;2022-06-14;;Å AB;1;
Lunch;Möte;2022-06-14;;Å AB;1;
;course;2022-06-14;;Å AB;1;
"""
    made = taken(store, text, Given())
    assert codes(made) == [("AIM675", 6), ("AIM665", 7), ("AIM675", 8)]
    assert made.left == [6, 7, 8]
    assert [(a.title, a.kind, a.date, a.partner, a.hours, a.women) for a in store.activities()] == [
        ("AI-kväll", "course", "2022-05-12", "techtank", None, 3),
        ("Frukost", "seminar", "2022-06-12", "techtank", None, 2),
    ]
    hours = {(p.company, p.hours) for p in store.participations()}
    assert hours == {("Å AB", 3.0), ("Ö AB", 1.5), ("Å AB", None), ("Ö AB", None)}
    assert planned(store, read(text), Given()).before is not None


def test_an_activity_of_the_register_is_found_by_its_id_or_by_its_title_alone(store: Store) -> None:
    made = store.add_activity("course", "AI-kväll för åkerier", "2022-05-12")
    for title in (made.id, "AI kväll för ÅKERIER"):
        plan = planned(store, read(f"Aktivitet;Företag;Män\n{title};Å AB;1\n"), Given())
        assert [sheet.activity for sheet in plan.sheets] == [made]
    store.add_activity("course", "AI-kväll för åkerier", "2022-06-12")
    assert codes(planned(store, read("Aktivitet;Företag;Män\nAI-kväll för åkerier;Å AB;1\n"), Given())) == [
        ("AIM675", 2)
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Å AB;;Rnonneby;;;1;", ["AIM678"]), ("Å AB;;;xx;;1;", ["AIM678"]), ("Å AB;;;;pytteliten;1;", ["AIM678"]),
        ("Å AB;556016-0681;;;;1;", ["AIM312"]), ("Å AB;;;;3;4;", ["AIM671"]), ("Å AB;;;;mikro;10;", ["AIM671"]),
        ("Å AB;;;;;1;x", ["AIM678"]),
    ],
)  # fmt: skip
def test_what_can_not_be_used_is_told_and_the_rest_of_the_row_is_taken(
    tmp_path: Path, row: str, told: list[str]
) -> None:
    heading = "Anställda" if row.split(";")[4].isdigit() else "Storlek"
    with open_store(str(tmp_path / "r.db")) as store:
        made = taken(store, f"Företag;Org.nr;Kommun;Bransch;{heading};Kvinnor;Timmar\n{row}\n")
        assert codes(made) == [(code, 2) for code in told]
        assert (made.taken, made.left) == (1, [])
        assert [one.women for one in store.participations()] == [int(row.split(";")[5])]


def test_a_day_outside_the_period_is_left_and_told(store: Store) -> None:
    made = taken(store, "Datum;Företag;Män\n2022-05-12;Å AB;1\n2012-05-12;Ö AB;1\n")
    assert (codes(made), made.left) == ([("AIM666", 3)], [3])
    late = planned(store, read(LIST), Given(kind="course", title="Sent", date="2030-01-01"))
    assert (codes(late), late.left, late.changes.any) == ([("AIM666", 0)], [2, 3], False)
    known = store.add_activity("course", "Sent", "2030-01-01")
    assert planned(store, read(LIST), Given(activity=known)).taken == 2


def test_without_adding_unknown_companies_are_left_and_those_near_are_named(store: Store) -> None:
    store.add_company("Åkes Plåt AB")
    made = taken(store, "Företag;Män\nÅkes Plåt AB;1\nAkes Plåtar;1\nHelt annan;1\nÅkes Plått;2\n", add=False)
    assert (codes(made), made.left) == ([("AIM669", 3), ("AIM669", 4), ("AIM669", 5)], [3, 4, 5])
    assert [one.hint("sv") for one in made.diagnostics][2] == "menade du 'Åkes Plåt AB'?"
    assert counts(store) == {"Åkes Plåt AB": (0, 1, 0, None)}
    later = taken(store, "Företag;Män\nÅkes Plåt AB;1\nÅkes Plått;2\n")
    assert codes(later) == [("AIM625", 3)]
    assert len(store.companies()) == 2


def test_a_company_twice_in_a_list_is_added_together_and_told(store: Store) -> None:
    made = taken(store, "Företag;Org.nr;Kvinnor;Timmar\nÅ AB;556016-0680;1;2\nå ab;;3;4\n")
    assert codes(made) == [("AIM670", 3)]
    assert counts(store) == {"556016-0680": (4, 0, 0, None)}
    assert activity(store).hours == 3.5


def test_one_row_a_person_is_no_company_twice(store: Store) -> None:
    made = taken(store, "Namn;Företag;Kön\nÅsa Hemlig;Å AB;K\nBo Hemlig;Å AB;M\nC Hemlig;Å AB;K\n")
    assert codes(made) == [("AIM673", 1)]
    assert counts(store) == {"Å AB": (2, 1, 0, None)}


def test_what_a_company_lacks_is_filled_in_and_what_it_has_stays(store: Store) -> None:
    store.add_company("Ö-kraft AB", id="ö", about=About(municipality="1281"))
    made = taken(store, LIST.replace("Ö-kraft AB;;", "Ö-kraft AB;556036-0793;"))
    assert [one.id for one in made.changes.filled] == ["ö"]
    ö = store.company("ö")
    assert (ö.municipality, ö.sector, ö.organisationsnummer) == ("1281", "trade_transport_hospitality", "556036-0793")
    assert_rows_follow_from_entries(store)


def test_two_that_can_not_be_told_apart_are_left(store: Store) -> None:
    store.add_company("Å AB", id="1")
    store.add_company("Å AB", id="Å AB")
    store.add_company("Ö AB", id="ö", organisationsnummer="556016-0680")
    text = "Företags-id;Företag;Org.nr;Män\n;Å AB;;1\nö;Ö AB;556036-0793;1\n1;;556016-0680;1\nÖ;Ö AB;;1\n"
    made = taken(store, text)
    assert (codes(made), made.left) == ([("AIM612", 2), ("AIM624", 3), ("AIM612", 4)], [2, 3, 4])


def test_the_same_counts_of_the_same_day_under_another_title_are_told(store: Store) -> None:
    taken(store, LIST)
    made = planned(store, read(LIST), Given(kind="seminar", title="Något annat", date="2022-05-12"))
    assert [code for code, _ in codes(made)] == ["AIM677"]
    assert codes(planned(store, read(LIST), Given(kind="seminar", title="Något", date="2022-05-13"))) == []


def test_merged_companies_are_one_in_a_list_too(store: Store) -> None:
    taken(store, "Företag;Män\nÅkes Plåt;1\nÅkes Plåt AB;2\n")
    store.merge_companies("Åkes Plåt", "Åkes Plåt AB")
    again = planned(store, read("Företag;Män\nÅkes Plåt;1\nÅkes Plåt AB;2\n"))
    assert not again.changes.any
    taken(store, "Företag;Män\nÅkes Plåt AB;2\n")
    assert counts(store) == {"Åkes Plåt AB": (0, 2, 0, None)}


def test_no_name_or_number_of_a_person_is_in_any_byte_of_the_store(tmp_path: Path) -> None:
    number = personal_number()
    text = (
        "Förnamn;Efternamn;E-post;Telefon;Personnummer;Företag;Org.nr;Kön;Allergi\n"
        f"Åsamalin;Sekretsson;asa@sekret.example;0701234567;{number};Å AB;{number};K;Jordnötsallergisk\n"
        "Bertilfrid;Sekretsson;;;;Ö AB;;M;\n"
    )
    file = tmp_path / "Sekretssons lista.csv"
    file.write_text(text, "utf-8")
    with open_store(str(tmp_path / "r.db")) as store:
        made = planned(store, read_attendance(file))
        store.take_in(made.changes)
        assert made.taken == 2
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("r.db"))
    for secret in (
        "Sekretsson",
        "Åsamalin",
        "Bertilfrid",
        "sekret.example",
        "0701234567",
        number,
        number[:6],
        "Jordnöts",
    ):
        assert secret.encode("utf-8") not in held
    assert "Å AB".encode() in held


def test_the_same_list_on_two_laptops_is_one_activity_when_they_meet(store: Store, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "annan.db")) as other:
        taken(store, LIST)
        taken(other, LIST.replace("12;2;1;;3", "12;3;1;;3"), Given(kind="course", title="AI kväll", date="2022-05-12"))
        other.import_bundle(store.export_bundle())
        store.import_bundle(other.export_bundle())
        for one in (store, other):
            found = activity(one)
            assert (found.companies, found.women, found.men) == (2, counts(one)["556016-0680"][0] + 1, 1)
            assert_rows_follow_from_entries(one)
        assert counts(store) == counts(other)
        assert not planned(
            store, read(LIST.replace("12;2;1;;3", f"12;{counts(store)['556016-0680'][0]};1;;3"))
        ).changes.any


def test_an_activity_that_was_removed_comes_back_under_another_id(store: Store) -> None:
    taken(store, LIST)
    first = activity(store).id
    store.remove_activity(first)
    taken(store, LIST)
    assert activity(store).id != first
    assert len(counts(store)) == 2
    assert_rows_follow_from_entries(store)


COMPANIES = st.sampled_from(["Å AB", "Ä AB", "Ö AB", "Åå AB", "", "Summa"])
ROWS = st.lists(st.tuples(COMPANIES, st.sampled_from(["", "556016-0680", "556036-0793", "fel"]),
                          st.sampled_from(["1", "2", "0", "", "x", "-1"]), st.sampled_from(["", "3", "1,5"]),
                          st.sampled_from(["A", "B", ""]), st.sampled_from(["2022-05-12", "2010-01-01", "i går"])),
                min_size=1, max_size=6)  # fmt: skip


def a_list(rows: list[tuple[str, ...]]) -> str:
    return "Företag;Org.nr;Kvinnor;Timmar;Aktivitet;Datum\n" + "".join(";".join(row) + "\n" for row in rows)


@given(st.lists(ROWS, min_size=1, max_size=3), st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_row_is_accounted_for_and_what_is_planned_is_what_happens(
    lists: list[list[tuple[str, ...]]], add: bool
) -> None:
    given_ = Given(kind="course", title="Kväll")
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "r.db")) as store:
        for rows in lists:
            attendance = read(a_list(rows))
            made = planned(store, attendance, given_, add)
            assert made.rows == made.taken + len(made.left) + len(made.aside) == len(rows)
            assert set(made.left) <= {one.at.line for one in made.diagnostics}
            ids = store.take_in(made.changes) if made.changes.any else {}
            for sheet in made.sheets:
                key = ids.get(sheet.activity.key) if sheet.is_new else sheet.activity.id  # type: ignore[union-attr]
                now = {one.company: (one.women, one.men, one.other, one.hours) for one in store.participations(key)}
                for change in sheet.changes:
                    assert now.get(change.company) == change.after
            assert not planned(store, attendance, given_, add).changes.any
            assert_rows_follow_from_entries(store)


def test_a_list_is_taken_in_as_a_whole_or_not_at_all(opened: Callable[..., Store]) -> None:
    """Between the plan and the change somebody else added the company."""
    store = opened()
    made = planned(store, read(LIST))
    opened().add_company("Ö-kraft AB")
    before = store.entries()
    with pytest.raises(Exception, match="AIM612"):
        store.take_in(made.changes)
    assert store.entries() == before
    assert store.activities() == []
    assert planned(store, read(LIST), COURSE).taken == 2


def test_a_list_finds_a_merged_company_by_its_former_name_and_number(store: Store) -> None:
    store.add_company("Brösarps Finmek", id="finmek", organisationsnummer="556036-0793")
    store.add_company("Brösarp")
    store.add_company("Brösarps Finmekanik AB", id="b", organisationsnummer="556016-0680")
    store.merge_companies("finmek", "b", different_numbers=True)
    store.merge_companies("Brösarp", "b")
    for row in ("Brösarps Finmek;", "Brösarp;", "Ny stavning;556036-0793", ";5560360793"):
        made = taken(store, f"Företag;Org.nr;Antal\n{row};3\n", name=f"{row}.csv")
        assert (made.taken, made.changes.companies) == (1, []), row
    assert len(store.companies()) == 1
