"""The flow rules: nothing is required, nothing is lost, nothing is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from aimaturity.interview import app as app_module
from aimaturity.interview.answering import MAX_NOTE
from aimaturity.interview.app import farewell
from aimaturity.interview.session import Detail, Earlier, Given, State
from tests.interview.pilot import Disk, Held, hold, kinds, option


def test_what_a_change_hides_and_shows_is_told_and_the_hidden_answer_kept(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("1")
        await held.sees("Ett svar döljs (Var används AI?). Det sparas och kommer tillbaka", "8 → 7 frågor.")
        assert held.session.answer("many").value == ("shop",)
        await held.press("3")
        await held.sees("En ny fråga: Var används AI?.", "7 → 8 frågor.")

    given = {"one": option("some"), "many": Given(State.ANSWERED, ("shop",))}
    hold(story, questionnaire=kinds(tmp_path), given=given)


def test_a_contradiction_is_told_as_a_question_and_changes_nothing(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("2")
        await held.sees("! Stämmer det? Så mycket el och så lite AI?")
        assert held.session.answer("energy").value == 2000.0

    hold(story, questionnaire=kinds(tmp_path), given={"energy": Given(State.ANSWERED, 2000.0)})


def test_ticks_by_digit_and_space_an_exclusive_one_clears_the_others_and_too_many_are_refused(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("1", "down", "space")
        await held.until(lambda: held.kept["many"].value == ("office", "shop"))
        await held.press("3")
        await held.sees("3 alternativ är kryssade, högst 2.")
        await held.press("4")
        await held.until(lambda: held.kept["many"].value == ("nowhere",))
        await held.sees("4  [x] Ingenstans (ensamt svar)")
        await held.press("4")
        await held.until(lambda: held.kept["many"].state is State.BLANK)
        await held.press("2", "enter")
        await held.at("often")
        assert held.kept["many"].value == ("shop",)

    hold(story, questionnaire=kinds(tmp_path), given={"one": option("much")}, position="many")


def test_a_grid_is_answered_row_by_row_and_dont_know_is_of_the_row(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("3", "2")
        await held.sees(
            "affärssystemet ( ) ( ) (●)  3 alltid", "maskinerna     ( ) (●) ( )  2 ibland", "▸ energimätarna"
        )
        await held.press("d")
        await held.sees("Vem vet?")
        await held.write("Bo")
        await held.press("enter")
        await held.sees("Vet inte (Bo)")
        await held.press("up", "space")
        await held.until(lambda: held.kept["often.machines"] == option("always"))
        await held.press("space")
        await held.until(lambda: held.kept["often.machines"] == option("never"))
        await held.press("k", "x", "escape")
        await held.until(lambda: held.kept["often.machines"].detail.comment == "x")
        await held.press("9")
        await held.sees("Det finns bara 1 till 3.")
        await held.press("enter")
        await held.at("head_count")

    hold(story, questionnaire=kinds(tmp_path), position="often")


def test_a_grid_with_rows_left_asks_before_it_is_passed(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("3", "enter")
        await held.sees("Allt är inte ifyllt. Enter igen går vidare.")
        await held.press("enter")
        await held.at("head_count")

    hold(story, questionnaire=kinds(tmp_path), position="often")


def test_counts_tell_the_shares_live_and_enter_goes_from_number_to_number(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("4", "enter")
        await held.until(lambda: held.kept["head_count"].value == {"women": 4.0})
        assert held.session.position == "head_count"
        await held.press("9", "enter")
        await held.at("deciding")
        assert held.kept["head_count"].value == {"women": 4.0, "men": 9.0}
        await held.press("b")
        await held.sees("Tillsammans 13 · kvinnor 31 %, män 69 %. Minst representerade könet: 31 %")

    hold(story, questionnaire=kinds(tmp_path), position="head_count")


def test_more_than_work_there_is_asked_about_and_kept_the_second_time(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("8", "enter", "5", "enter")
        await held.sees("! Företaget har 12 anställda. 13 är fler. Stämmer det? Enter igen behåller.")
        assert held.session.position == "deciding"
        await held.press("enter")
        await held.at("energy")
        assert held.kept["deciding"].value == {"women": 8.0, "men": 5.0}

    head = {"head_count": Given(State.ANSWERED, {"women": 4.0, "men": 8.0})}
    hold(story, questionnaire=kinds(tmp_path), given=head, position="deciding")


@pytest.mark.parametrize(
    ("keys", "value", "read"),
    [
        (["1", "space", "2", "3", "4"], 1234.0, "= 1\u00a0234 MWh"),
        (["1", "2", "comma", "5"], 12.5, "[      12,5 ]"),
        (["1", "2", "full_stop", "5"], 12.5, "= 12,5 MWh"),
    ],
)
def test_numbers_are_understood_as_people_write_them_and_echoed(
    tmp_path: Path, keys: list[str], value: float, read: str
) -> None:
    async def story(held: Held) -> None:
        await held.press(*keys)
        await held.sees(read)
        await held.press("enter")
        await held.until(lambda: held.kept["energy"].value == value)
        await held.at("words")

    hold(story, questionnaire=kinds(tmp_path), position="energy")


@pytest.mark.parametrize(
    ("keys", "told"), [(["1", "2", "minus"], "'12-' är inget tal."), (["9", "9", "9", "9"], "9999 ligger utanför 0 till 5000.")]
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words_and_stays_to_be_mended(
    tmp_path: Path, keys: list[str], told: str
) -> None:
    async def story(held: Held) -> None:
        for leaving in ("enter", "b", "g", "m"):
            await held.press(*keys, leaving)
            await held.sees(told)
            assert held.session.position == "energy"
            await held.press("delete")
        await held.press("1", "2", "8", "backspace", "enter")
        await held.at("words")
        assert held.kept["energy"].value == 12.0

    hold(story, questionnaire=kinds(tmp_path), position="energy")


def test_letters_in_a_number_field_are_commands_and_what_was_typed_is_saved_first(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("7", "b")
        await held.until(lambda: held.kept["energy"].value == 7.0)
        await held.at("deciding")
        await held.press("enter", "enter", "enter")
        await held.at("energy")
        await held.press("8", "k", "x", "escape")
        await held.until(lambda: held.kept["energy"] == Given(State.ANSWERED, 8.0, Detail(comment="x")))
        await held.press("d", "enter", "d")
        await held.until(lambda: held.kept["energy"].state is State.BLANK)

    hold(story, questionnaire=kinds(tmp_path), position="energy")


def test_emptying_a_number_takes_the_answer_away(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("backspace", "backspace", "enter")
        await held.until(lambda: held.kept["energy"].state is State.BLANK)
        await held.sees("Enter igen lämnar frågan tom")

    hold(story, questionnaire=kinds(tmp_path), position="energy", given={"energy": Given(State.ANSWERED, 12.0)})


def test_a_number_half_typed_is_saved_within_seconds_and_when_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "DRAFT_SECONDS", 0.02)

    async def story(held: Held) -> None:
        await held.press("1", "2")
        await held.until(lambda: held.kept.get("energy") == Given(State.ANSWERED, 12.0))
        await held.press("3", "q")
        await held.until(lambda: not held.app.is_running)

    assert hold(story, questionnaire=kinds(tmp_path), position="energy").kept["energy"].value == 123.0


def test_leaving_with_a_field_that_is_no_answer_asks_once(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("1", "comma", "q")
        await held.sees("Det som står i fältet är inget svar än.")
        assert held.app.is_running
        await held.press("q")
        await held.until(lambda: not held.app.is_running)

    hold(story, questionnaire=kinds(tmp_path), position="energy")


def test_a_text_question_opens_its_field_with_enter_and_is_passed_empty_with_two_more(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("enter")
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.write("Kunderna, båda två")
        await held.press("enter")
        await held.write("q")
        await held.press("escape")
        await held.until(lambda: held.kept["words"].value == "Kunderna, båda två\nq")
        await held.press("space")
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("f2", "enter")
        await held.at("day")
        await held.press("b", "b", "enter", "enter", "enter")

    hold(story, questionnaire=kinds(tmp_path), position="words")

    async def empty(held: Held) -> None:
        await held.press("enter", "escape", "enter")
        await held.sees("Enter igen lämnar frågan tom")
        await held.press("enter")
        await held.at("day")

    hold(empty, questionnaire=kinds(tmp_path), position="words")


def test_a_digit_opens_the_field_of_a_text_question_with_itself() -> None:
    async def story(held: Held) -> None:
        await held.press("2")
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("5", "escape", "enter")
        await held.at("municipality")
        assert held.kept["sni_division"].value == "25"

    hold(story, position="sni_division")


def test_a_day_is_typed_and_what_is_none_is_told(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press(*"2026-13-01", "enter")
        await held.sees("2026-13-01")
        assert held.session.position == "day"
        await held.press("delete", *"2026-12-01", "enter")
        await held.at(None)
        assert held.kept["day"].value == "2026-12-01"

    hold(story, questionnaire=kinds(tmp_path), position="day")


def test_last_times_answer_is_shown_once_one_is_chosen_and_a_step_down_asks_what_happened() -> None:
    async def story(held: Held) -> None:
        await held.sees("Tidigare svar finns: t")
        assert "Såg exporten" not in held.text
        await held.press("4")
        await held.sees("Förra gången    3 Någon exporterar", "(20 nov 2025)", "▲ ett steg upp", "Såg exporten")
        assert held.app.sheet.field is None
        await held.press("2")
        await held.sees("Vad har hänt sedan förra gången?", "▼ ett steg ned")
        await held.write("Bytte system")
        await held.press("enter")
        await held.until(lambda: held.kept["data_access"].detail.why == "Bytte system")
        assert held.session.position == "data_access"

    before = Earlier(Given(State.ANSWERED, "exported", Detail(evidence_note="Såg exporten")), "2025-11-20", "T0")
    hold(story, position="data_access", earlier={"data_access": before})


def test_t_opens_last_times_answer_before_and_a_programme_may_always_have_it_open() -> None:
    before = Earlier(option("exported"), "2025-11-20", "T0")

    async def story(held: Held) -> None:
        await held.press("t")
        await held.sees("Förra gången, 20 nov 2025: 3 Någon exporterar")
        await held.press("escape")
        await held.sees("Förra gången    3 Någon exporterar")

    hold(story, position="data_access", earlier={"data_access": before})

    async def open_from_start(held: Held) -> None:
        await held.sees("Förra gången    3 Någon exporterar")

    hold(open_from_start, position="data_access", earlier={"data_access": before}, context={"earlier_open": True})


def test_the_companys_own_answer_is_shown_not_preselected_and_plus_or_its_digit_confirms_it() -> None:
    for key in ("+", "4"):

        async def story(held: Held, key: str = key) -> None:
            await held.sees("Företaget själv 4 De kommer av sig själva   + bekräftar", "4  ( ) De kommer av sig själva")
            await held.press(key)
            await held.until(lambda: held.kept["data_access"] == option("automatic"))
            assert held.app.sheet.field is None

        hold(story, position="data_access", own={"data_access": option("automatic")})


def test_another_answer_than_the_companys_asks_for_the_reason_and_the_end_lists_it() -> None:
    async def story(held: Held) -> None:
        await held.press("2")
        await held.sees("Varför skiljer det sig från företagets svar?")
        await held.press("enter", "g", "end", "enter")
        await held.until(lambda: held.screen == "end")
        await held.press("end")
        await held.sees("Ett svar skiljer sig från företagets eget")
        await held.sees("företaget: 4 De kommer av sig sjä")

    hold(story, position="data_access", own={"data_access": option("automatic")}, size=(140, 80))


def test_plus_with_nothing_to_confirm_says_so() -> None:
    async def story(held: Held) -> None:
        await held.press("+")
        await held.sees("Här finns inget tidigare svar att bekräfta.")

    hold(story, position="data_access")


def test_a_carried_answer_says_where_it_is_from_and_passes_with_enter() -> None:
    async def story(held: Held) -> None:
        await held.sees("Från snabbkollen, 3 okt 2026. Enter behåller svaret.", "3  (●) Någon exporterar")
        await held.press("enter")
        await held.at("data_quality")
        assert held.kept == {"data_access": option("exported")}

    given = {"data_access": option("exported")}
    hold(
        story, position="data_access", given=given, carried={"data_access": Earlier(given["data_access"], "2026-10-03")}
    )


def test_the_end_lists_what_nobody_knew_and_whom_to_ask_and_locks_nothing() -> None:
    async def story(held: Held) -> None:
        await held.sees("Klart så långt – inget är låst", "Nivå 2–3", "Vet inte (1)", "fråga ekonomichefen")
        await held.press("enter")
        await held.at("data_access")
        await held.press("2", "enter")
        await held.until(lambda: held.screen == "end")
        assert "Vet inte (1)" not in held.text
        await held.press("m")
        await held.at("sni_version")
        await held.press("g", "end", "enter", "b")
        await held.at("sni_version")

    given = {"data_access": Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen"))}
    hold(story, at_end=True, given=given, context={"glance": lambda _: ["Nivå 2–3"]})


def test_the_end_writes_the_question_list_in_one_key_and_leaves_as_the_end() -> None:
    async def story(held: Held) -> None:
        await held.press("f")
        await held.sees("Frågelistan ligger i fragor.md")
        await held.press("q")
        await held.until(lambda: not held.app.is_running)

    held = hold(story, at_end=True, context={"question_list": lambda _: ["Frågelistan ligger i fragor.md"]})
    assert held.app.return_value == "end"
    assert farewell(held.desk) == "Sparat. Alla frågor är genomgångna."


def test_a_full_disk_is_told_on_a_line_that_stays_and_is_tried_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "RETRY_SECONDS", 0.02)
    disk = Disk()

    async def story(held: Held) -> None:
        disk.full = True
        await held.press("3")
        await held.sees("SPARAS INTE", "disken är full", "x försök igen", "w skriv till fil")
        await held.press("enter", "4", "up")
        await held.sees("SPARAS INTE")
        assert held.kept == {}
        disk.full = False
        await held.sees("✓ Sparat")
        assert held.kept == {
            "data_access": option("exported"),
            "data_quality": option(str(held.session.answer("data_quality").value)),
        }

    hold(story, position="data_access", disk=disk)


def test_x_tries_again_and_leaving_asks_first() -> None:
    disk = Disk()

    async def story(held: Held) -> None:
        disk.full = True
        await held.press("3", "x")
        await held.sees("SPARAS INTE")
        await held.press("q")
        await held.sees("Allt är inte sparat. q igen lämnar ändå.")
        assert held.app.is_running
        await held.press("t")
        await held.sees("Historien kunde inte läsas")
        await held.press("escape", "q")
        await held.sees("q igen lämnar ändå")
        disk.full = False
        await held.press("x")
        await held.sees("Nu är allt sparat.")
        disk.full = True
        await held.press("4", "q", "q")
        await held.until(lambda: not held.app.is_running)

    held = hold(story, position="data_access", disk=disk)
    assert farewell(held.desk).startswith("Allt är INTE sparat: ")


def test_w_offers_a_name_and_writes_the_answers_where_the_adviser_says(tmp_path: Path) -> None:
    disk, asked = Disk(), list[str]()

    def save(path: str) -> list[str]:
        asked.append(path)
        return [f"Svaren ligger i {Path(path).name}"]

    async def story(held: Held) -> None:
        disk.full = True
        await held.press("3", "w")
        await held.sees("Skriv svaren till vilken fil?")
        await held.press("enter")
        await held.sees("Svaren ligger i Brösarps-Finmekanik-AB-2026-11-25-143207.yaml")
        await held.press("w", *("backspace",) * 5)
        await held.write("-igen.yaml")
        await held.press("enter")
        await held.sees("143207-igen.yaml")
        await held.press("w", "escape")
        await held.until(lambda: held.app.sheet.field is None)

    hold(story, position="data_access", disk=disk, context={"folder": tmp_path, "save": save})
    name = str(tmp_path / "Brösarps-Finmekanik-AB-2026-11-25-143207")
    assert asked == [f"{name}.yaml", f"{name}-igen.yaml"]


def test_without_a_way_to_write_a_file_w_says_so() -> None:
    async def story(held: Held) -> None:
        await held.press("w")
        await held.sees("Svaren kan inte skrivas till fil här.")

    hold(story, position="data_access")


def test_an_interview_taken_over_by_somebody_else_says_so_and_is_not_tried_again() -> None:
    disk = Disk()

    async def story(held: Held) -> None:
        disk.taken = True
        await held.press("3")
        await held.sees("Det som inte sparats finns kvar på skärmen.")

    hold(story, position="data_access", disk=disk)


def test_only_looking_changes_nothing_and_saves_nothing() -> None:
    async def story(held: Held) -> None:
        for keys in ("3", "d", "n", "k", "u", "+", "space"):
            await held.press(keys)
            await held.sees("Du tittar bara: här kan inget ändras.")
        await held.press("enter")
        await held.at("data_quality")
        assert (held.kept, held.disk.records, held.session.given) == ({}, 0, {})

    hold(story, position="data_access", context={"read_only": True})


def test_a_comment_is_saved_while_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "DRAFT_SECONDS", 0.02)

    async def story(held: Held) -> None:
        await held.press("k", "å")
        await held.until(lambda: held.kept and held.kept["data_access"].detail.comment == "å")
        records = held.disk.records
        await held.press("left", "right", "up")
        assert held.disk.records == records  # nothing new, nothing written

    hold(story, position="data_access")


def test_a_paste_of_several_lines_is_cleaned_and_what_was_removed_is_said() -> None:
    async def story(held: Held) -> None:
        await held.press("k")
        await held.until(lambda: held.app.sheet.writing is not None)
        held.app.post_message(events.Paste("fo\u0308rst\r\nsedan\x1b[31m\u202e\x07"))
        await held.sees("3 styrtecken togs bort.")
        await held.press("escape")
        await held.until(lambda: held.kept["data_access"].detail.comment == "först\nsedan[31m")

    hold(story, position="data_access")


def test_a_paste_into_one_line_stays_on_it_and_one_outside_a_field_never_fires_commands() -> None:
    async def story(held: Held) -> None:
        held.app.post_message(events.Paste("qd3"))
        await held.sees("Det inklistrade passar inte här: qd3")
        assert held.kept == {}
        await held.press("d")
        await held.until(lambda: held.app.sheet.writing is not None)
        held.app.post_message(events.Paste("chefen\nför ekonomi"))
        await held.sees("chefen för ekonomi")
        await held.press("enter")
        await held.until(lambda: held.kept["data_access"].detail.ask == "chefen för ekonomi")

    hold(story, position="data_access")


def test_a_pasted_number_fills_the_field_and_pasted_prose_a_text_question(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        held.app.post_message(events.Paste("1 234\n"))
        await held.sees("Klistrade in: 1 234")
        await held.press("enter")
        await held.at("words")
        assert held.kept["energy"].value == 1234.0
        held.app.post_message(events.Paste("Kvalitet\noch ro"))
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("escape")
        await held.until(lambda: held.kept["words"].value == "Kvalitet\noch ro")

    hold(story, questionnaire=kinds(tmp_path), position="energy")


def test_ten_thousand_characters_are_kept_and_more_than_fit_are_cut_and_that_is_said() -> None:
    async def story(held: Held) -> None:
        await held.press("k")
        await held.until(lambda: held.app.sheet.writing is not None)
        held.app.post_message(events.Paste("åäö " * 2500))
        await held.press("escape")
        await held.until(lambda: held.kept["data_access"].detail.comment == ("åäö " * 2500).strip())
        await held.press("k")
        await held.until(lambda: held.app.sheet.writing is not None)
        held.app.post_message(events.Paste("x" * MAX_NOTE))
        await held.press("escape")
        await held.sees("Texten kortades till 20000 tecken.")
        assert len(held.kept["data_access"].detail.comment or "") == MAX_NOTE

    hold(story, position="data_access")


def test_quick_advance_is_a_setting() -> None:
    async def story(held: Held) -> None:
        await held.press("3")
        await held.at("data_quality")
        await held.press("d")
        await held.sees("Vem vet?")
        assert held.session.position == "data_quality"

    hold(story, position="data_access", context={"quick_advance": True})


def test_what_is_opened_with_is_told_first_and_else_how_to_begin() -> None:
    async def story(held: Held) -> None:
        await held.sees("starta med --plain", "Vi går igenom frågorna tillsammans.")

    hold(story)

    async def resumed(held: Held) -> None:
        await held.sees("Två frågor är nya sedan sist.")

    hold(resumed, position="data_access", context={"opening": ["Två frågor är nya sedan sist."]})


def test_rows_footer_and_overview_can_be_clicked() -> None:
    def place(held: Held, words: str) -> tuple[int, int]:
        lines = held.text.splitlines()
        y = next(y for y, line in enumerate(lines) if words in line)
        return lines[y].index(words) + 1, y

    async def story(held: Held) -> None:
        await held.pilot.click(offset=place(held, "Någon exporterar"))
        await held.until(lambda: held.kept == {"data_access": option("exported")})
        await held.pilot.click(offset=place(held, "k kommentar"))
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("å")
        await held.pilot.click(offset=place(held, "spara och stäng"))
        await held.until(lambda: held.kept["data_access"].detail.comment == "å")
        await held.pilot.click(offset=place(held, "vidare"))
        await held.at("data_quality")
        await held.pilot.click(offset=place(held, "översikt"))
        await held.until(lambda: held.screen == "overview")
        await held.pilot.click(offset=place(held, "Klimat "))
        await held.sees("▸ Klimat")
        await held.pilot.click(offset=place(held, "Till slutet"))
        await held.until(lambda: held.screen == "end")

    hold(story, position="data_access")


def test_clicking_a_row_while_a_comment_is_open_saves_the_comment_first() -> None:
    async def story(held: Held) -> None:
        await held.press("k", "å")
        lines = held.text.splitlines()
        y = next(y for y, line in enumerate(lines) if "Någon exporterar" in line)
        await held.pilot.click(offset=(12, y))
        await held.until(lambda: held.kept["data_access"] == Given(State.ANSWERED, "exported", Detail(comment="å")))

    hold(story, position="data_access")


def test_the_wheel_scrolls_and_the_next_arrow_brings_the_row_back() -> None:
    from textual.events import MouseScrollDown

    async def story(held: Held) -> None:
        body = held.app.sheet.lines("body")
        for _ in range(5):
            body.post_message(MouseScrollDown(body, 5, 5, 0, 1, 0, False, False, False))
        await held.until(lambda: "1  ( ) Karlshamn" not in held.text)
        await held.press("down")
        await held.sees("▸ 2  ( ) Karlskrona")

    hold(story, position="municipality")


@pytest.mark.parametrize("size", [(50, 12), (80, 24), (140, 40), (24, 6), (20, 4), (200, 60)])
def test_on_resize_the_chosen_row_stays_in_view_and_keys_go_on_working(size: tuple[int, int]) -> None:
    async def story(held: Held) -> None:
        await held.press("end", "up", "up", "space")
        await held.pilot.resize_terminal(*size)
        await held.until(lambda: held.app.sheet.size == size)
        if size >= (30, 6) and size[1] >= 6:
            await held.sees("(●) En annan kommun")
        await held.press("d")
        await held.until(lambda: held.kept["municipality"].state is State.DONT_KNOW)

    hold(story, position="municipality")


def test_minutes_used_stand_against_the_plan() -> None:
    async def story(held: Held) -> None:
        held.desk.seconds = 12 * 60.0
        held.app.redraw()
        await held.sees("12 av 50 min")

    hold(story, position="data_access", context={"planned_minutes": 50.0})


def test_the_real_cursor_stands_on_the_chosen_row() -> None:
    async def story(held: Held) -> None:
        await held.press("3")
        x, y = held.app.cursor_position
        assert held.text.splitlines()[y][x - 3 : x + 3] == "3  (●)"

    hold(story, position="data_access")


def test_asking_shows_no_score_level_or_colour() -> None:
    from tests.interview.pilot import screen_styles

    async def story(held: Held) -> None:
        await held.press("3", "enter", "k", "å")
        assert "C" not in screen_styles(held.app)
        assert "poäng" not in held.text
        assert "Nivå" not in held.text

    hold(story, position="data_access", context={"glance": lambda _: ["Nivå 2–3"]})
