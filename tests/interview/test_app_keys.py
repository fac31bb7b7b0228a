"""Every key of the terminal app, in both languages' letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimaturity.interview.session import State
from tests.interview.pilot import Held, hold, kinds, option


def test_a_digit_chooses_is_saved_at_once_and_does_not_jump() -> None:
    async def story(held: Held) -> None:
        await held.press("3")
        await held.sees("(●) Någon exporterar", "✓ Sparat 14.32.07")
        assert held.kept == {"data_access": option("exported")}
        assert held.session.position == "data_access"
        await held.press("4")
        await held.until(lambda: held.kept["data_access"] == option("automatic"))

    hold(story, position="data_access")


def test_enter_on_a_row_that_the_arrows_moved_to_chooses_first_and_goes_on_then() -> None:
    async def story(held: Held) -> None:
        await held.press("down", "enter")
        await held.until(lambda: held.kept == {"data_access": option("on_paper")})
        assert held.session.position == "data_access"
        await held.press("enter")
        await held.at("data_quality")
        assert held.disk.position == "data_quality"

    hold(story, position="data_access")


def test_space_chooses_the_row_and_chooses_it_again_without_taking_it_away() -> None:
    async def story(held: Held) -> None:
        await held.press("down", "down", "space")
        await held.until(lambda: held.kept == {"data_access": option("exported")})
        await held.press("space", "enter")
        await held.at("data_quality")
        assert held.kept == {"data_access": option("exported")}

    hold(story, position="data_access")


@pytest.mark.parametrize("on", ["enter", "right"])
def test_with_nothing_chosen_the_first_press_asks_and_the_second_leaves_the_question_empty(on: str) -> None:
    async def story(held: Held) -> None:
        await held.press(on)
        await held.sees("Inget svar än. Enter igen lämnar frågan tom.")
        assert held.session.position == "data_access"
        await held.press(on)
        await held.at("data_quality")
        assert held.kept == {}

    hold(story, position="data_access")


def test_another_key_between_takes_the_asking_back() -> None:
    async def story(held: Held) -> None:
        await held.press("enter", "l", "enter")
        await held.sees("Enter again leaves it empty")
        assert held.session.position == "data_access"

    hold(story, position="data_access")


@pytest.mark.parametrize("back", ["b", "B", "left", "pageup"])
def test_back_goes_as_one_came(back: str) -> None:
    async def story(held: Held) -> None:
        await held.press("1", "enter", back)
        await held.at("data_access")
        assert held.disk.position == "data_access"

    hold(story, position="data_access")


def test_before_the_first_question_there_is_nothing() -> None:
    async def story(held: Held) -> None:
        await held.press("b")
        await held.sees("Det här är den första frågan.")

    hold(story)


@pytest.mark.parametrize("key", ["d", "v", "D", "V"])
def test_dont_know_asks_who_knows_and_the_same_key_takes_it_away(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.sees("d  (●) Vet inte", "Vem vet?")
        assert held.kept["data_access"].state is State.DONT_KNOW
        await held.write("ekonomichefen")
        await held.press("enter")
        await held.until(lambda: held.kept["data_access"].detail.ask == "ekonomichefen")
        await held.sees("Vem vet         ekonomichefen")
        await held.press(key)
        await held.until(lambda: held.kept["data_access"].state is State.BLANK)
        assert held.app.sheet.field is None
        assert held.session.position == "data_access"

    hold(story, position="data_access")


@pytest.mark.parametrize("passing", ["enter", "escape", "f2"])
def test_who_knows_may_be_passed(passing: str) -> None:
    async def story(held: Held) -> None:
        await held.press("d", passing)
        await held.until(lambda: held.app.sheet.field is None)
        assert held.kept["data_access"].detail.ask is None
        await held.press("enter")
        await held.at("data_quality")

    hold(story, position="data_access")


def test_not_applicable_asks_why_where_it_may_be_chosen_and_is_refused_in_words_elsewhere(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("n")
        await held.sees("Varför gäller frågan inte?")
        await held.write("inga maskiner")
        await held.press("escape")
        await held.until(lambda: held.kept["one"].detail.reason == "inga maskiner")
        assert held.kept["one"].state is State.NOT_APPLICABLE
        await held.press("n")
        await held.until(lambda: held.kept["one"].state is State.BLANK)

    hold(story, questionnaire=kinds(tmp_path))

    async def refused(held: Held) -> None:
        await held.press("n")
        await held.sees("kan inte väljas på den här frågan")
        assert held.kept == {}

    hold(refused, position="data_access")


@pytest.mark.parametrize("key", ["c", "k", "C", "K"])
@pytest.mark.parametrize("close", ["escape", "f2"])
def test_a_comment_is_written_on_several_lines_with_the_question_in_view(key: str, close: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.write("Måndagar")
        await held.press("enter")
        await held.write("klockan 06 åäö")
        await held.sees("Hur får ni fram de data", "Kommentar. Esc eller F2 sparar")
        await held.press(close)
        await held.until(lambda: held.kept["data_access"].detail.comment == "Måndagar\nklockan 06 åäö")
        assert held.kept["data_access"].state is State.BLANK
        assert held.session.position == "data_access"
        await held.press(key)
        await held.until(lambda: held.app.sheet.writing is not None)
        assert held.app.sheet.writing.text == "Måndagar\nklockan 06 åäö"

    hold(story, position="data_access")


@pytest.mark.parametrize("key", ["e", "u"])
def test_evidence_is_seen_told_or_to_be_sent_with_a_note(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.sees("1 sett, 2 berättat, 3 skickas senare")
        await held.press("1")
        await held.sees("Underlag, sett")
        await held.write("Exporten ur systemet")
        await held.press("escape")
        await held.sees("Underlag        Sett: Exporten ur systemet")
        detail = held.kept["data_access"].detail
        assert (detail.evidence, detail.evidence_note) == ("seen", "Exporten ur systemet")
        await held.press(key, "3", "escape")
        await held.until(lambda: held.kept["data_access"].detail.evidence == "later")
        await held.press(key, "enter")
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("escape", key, "0")
        await held.until(lambda: held.kept["data_access"].detail.evidence is None)
        await held.press(key, "escape", "2")
        await held.until(lambda: held.kept["data_access"].value == "on_paper")

    hold(story, position="data_access")


@pytest.mark.parametrize("key", ["s", "S", "/"])
def test_a_question_is_found_and_enter_there_comes_back(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.write("vad kostar")
        await held.sees("▸ 18 · Vad kostar problemet er på ett år?")
        await held.press("enter")
        await held.at("problem_size")
        await held.until(lambda: held.screen == "question")
        await held.press("1", "enter")
        await held.at("data_access")

    hold(story, position="data_access")


def test_in_the_search_letters_are_text_arrows_choose_and_escape_goes_back() -> None:
    async def story(held: Held) -> None:
        await held.press("s")
        await held.write("q")
        await held.until(lambda: held.screen == "search")
        await held.press("backspace", "down", "down", "enter")
        await held.at("sni_division")
        await held.press("s", "escape")
        await held.until(lambda: held.screen == "question")
        await held.press("s")
        await held.write("finns inte alls")
        await held.sees("Ingen fråga innehåller de orden.")
        await held.press("enter")
        assert held.screen == "search"

    hold(story, position="data_access")


@pytest.mark.parametrize("key", ["g", "ö", "G", "Ö"])
def test_the_overview_goes_to_a_question_and_enter_there_comes_back(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.sees("Översikt", "▸ 23 · Hur får ni fram")
        await held.press("down", "enter")
        await held.at("data_quality")
        await held.press("1", "enter")
        await held.at("data_access")
        await held.press(key, key)
        await held.until(lambda: held.screen == "question")

    hold(story, position="data_access")


def test_the_overview_moves_by_question_and_by_group_and_ends_at_the_end() -> None:
    async def story(held: Held) -> None:
        await held.press("g", "pagedown", "up")
        await held.sees("▸ 26 · Vad får ni mata in")
        await held.press("home")
        await held.sees("▸  1 · Är er SNI-kod")
        await held.press("end")
        await held.sees("▸ Till slutet")
        await held.press("enter")
        await held.until(lambda: held.screen == "end")
        assert held.session.position is None

    hold(story, position="data_access")


def test_m_goes_to_the_next_question_without_an_answer() -> None:
    async def story(held: Held) -> None:
        await held.press("m")
        await held.at("data_quality")
        await held.press("M")
        await held.at("technology_base")

    hold(story, position="data_access")


def test_m_says_so_when_nothing_is_missing(tmp_path: Path) -> None:
    async def story(held: Held) -> None:
        await held.press("1", "m", "m", "m")
        await held.until(lambda: held.session.position not in (None, "one"))

    hold(story, questionnaire=kinds(tmp_path))


@pytest.mark.parametrize("key", ["t", "T"])
def test_t_shows_what_was_answered_when_and_by_whom(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press("3", "2", key)
        await held.sees("25 nov 2026 14.32 Åsa: 3 Någon exporterar", "25 nov 2026 14.32 Åsa: 2 De finns på papper")
        await held.press(key)
        await held.until(lambda: held.screen == "question")

    hold(story, position="data_access")


def test_l_turns_the_language_and_both_languages_letters_go_on_working() -> None:
    async def story(held: Held) -> None:
        await held.sees("k kommentar", "u underlag")
        await held.press("l")
        await held.sees("question 23 of 56", "c comment", "e evidence", "Now in English.")
        await held.press("k")
        await held.until(lambda: held.app.sheet.writing is not None)
        await held.press("escape", "L")
        await held.sees("fråga 23 av 56")

    hold(story, position="data_access")


@pytest.mark.parametrize("key", ["h", "?", "f1", "H"])
def test_h_lists_the_keys_of_the_screen_and_goes_back(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press(key)
        await held.sees("Båda språkens bokstäver", "1–9", "väljer svaret med den siffran")
        await held.press("pagedown", "home", "down", "up", "end", "escape")
        await held.until(lambda: held.screen == "question")

    hold(story, position="data_access", size=(80, 24))


@pytest.mark.parametrize("key", ["q", "Q", "ctrl+q", "ctrl+c"])
def test_leaving_pauses_and_says_where(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    from aimaturity.interview.app import farewell

    async def story(held: Held) -> None:
        await held.press("3", key)
        await held.until(lambda: not held.app.is_running)

    held = hold(story, position="data_access")
    assert held.app.return_value == "pause"
    assert farewell(held.desk) == "Sparat, fråga 23 av 56."


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
def test_leaving_in_the_middle_of_a_comment_saves_it(key: str) -> None:
    async def story(held: Held) -> None:
        await held.press("k")
        await held.write("qkö")
        await held.press(key)
        await held.until(lambda: not held.app.is_running)

    held = hold(story, position="data_access")
    assert held.kept["data_access"].detail.comment == "qkö"


def test_a_habit_of_saving_is_answered() -> None:
    async def story(held: Held) -> None:
        await held.press("ctrl+s")
        await held.sees("Allt är redan sparat.")
        await held.press("k", "x", "ctrl+s")
        await held.sees("Allt är redan sparat.")
        assert held.kept["data_access"].detail.comment == "x"

    hold(story, position="data_access")


def test_a_digit_that_is_no_option_is_told() -> None:
    async def story(held: Held) -> None:
        await held.press("9")
        await held.sees("Det finns bara 1 till 5.")
        assert held.kept == {}

    hold(story, position="data_access")


def test_p_shows_the_preview_with_what_it_does_to_answers_above() -> None:
    async def story(held: Held) -> None:
        await held.press("p")
        await held.sees("Påverkar lätt svaren", "Nivå 2–3")
        await held.press("l")
        await held.sees("Easily sways the answers", "Level 2–3")
        await held.press("P")
        await held.until(lambda: held.screen == "question")

    glances = {"sv": ["Nivå 2–3"], "en": ["Level 2–3"]}
    hold(story, position="data_access", context={"glance": lambda language: glances[language]})


def test_without_a_preview_p_says_so() -> None:
    async def story(held: Held) -> None:
        await held.press("p")
        await held.sees("Förhandsvisningen finns inte här.")

    hold(story, position="data_access")


def test_a_fault_in_the_result_does_not_end_the_interview() -> None:
    def broken(language: str) -> list[str]:
        raise ZeroDivisionError

    async def story(held: Held) -> None:
        await held.press("p")
        await held.sees("Det gick inte: ZeroDivisionError")
        await held.press("escape", "3")
        await held.until(lambda: held.kept == {"data_access": option("exported")})

    hold(story, position="data_access", context={"glance": broken})


def test_r_makes_the_report_and_says_where_it_is() -> None:
    async def story(held: Held) -> None:
        await held.press("r")
        await held.sees("Rapporten ligger i rapporter/brosarp.html")
        assert held.session.position == "data_access"

    hold(story, position="data_access", context={"report": lambda _: ["Rapporten ligger i rapporter/brosarp.html"]})


def test_without_a_way_to_make_it_r_leaves_from_the_end_to_the_caller() -> None:
    async def early(held: Held) -> None:
        await held.press("r")
        await held.sees("Rapporten görs när intervjun är slut.")

    hold(early, position="data_access")

    async def story(held: Held) -> None:
        await held.press("r")
        await held.until(lambda: not held.app.is_running)

    assert hold(story, at_end=True).app.return_value == "report"


def test_f_narrows_a_long_list_and_its_letters_are_never_commands() -> None:
    async def story(held: Held) -> None:
        await held.press("f")
        await held.write("tom")
        await held.sees("▸ 1  ( ) Tomelilla", "Visar 1 av 39: ”tom”")
        await held.press("enter")
        await held.until(lambda: held.kept["municipality"] == option("tomelilla"))
        assert held.kept["county"] == option("skane")
        assert held.session.position == "municipality"
        await held.press("f")
        await held.write("bqkd")
        await held.sees("Inget alternativ innehåller ”bqkd”.")
        await held.press("escape")
        await held.sees("39 alternativ.")
        await held.press("f")
        await held.write("malmo")
        await held.sees("Malmö")
        await held.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await held.write("l")
        await held.sees("▸    ( ) Landskrona")
        await held.press("down", "down", "enter")
        await held.until(lambda: held.kept["municipality"] == option("lund"))

    hold(story, position="municipality")


def test_f_has_nothing_to_do_on_a_short_list() -> None:
    async def story(held: Held) -> None:
        await held.press("f")
        await held.sees("Det går inte på den här frågan.")

    hold(story, position="data_access")


def test_arrows_reach_every_option_of_a_long_list_and_digits_the_first_nine() -> None:
    async def story(held: Held) -> None:
        await held.press("9")
        await held.until(lambda: held.kept["municipality"] == option("bastad"))
        await held.press("down", "down", "enter")
        await held.until(lambda: held.kept["municipality"] == option("helsingborg"))
        await held.press("end", "up", "up", "space")
        await held.until(lambda: held.kept["municipality"] == option("other_municipality"))
        await held.press("home", "pagedown", "enter")
        await held.until(lambda: held.kept["municipality"] not in (option("other_municipality"), option("karlshamn")))

    hold(story, position="municipality")


def test_tab_turns_the_overview_from_area_to_topic() -> None:
    from aimaturity.definitions.base import Text
    from aimaturity.interview.desk import Area

    async def story(held: Held) -> None:
        await held.press("g")
        await held.sees("efter område", "Affärsnytta")
        await held.press("tab")
        await held.sees("efter ämne", "Data och teknik", "▸ 18")
        assert "Affärsnytta" not in held.text
        await held.press("tab")
        await held.sees("efter område", "▸ 18")

    area = Area("business", Text({"sv": "Affärsnytta", "en": "Business benefit"}), ("problem_defined", "problem_size"))
    hold(story, position="problem_size", areas=[area])


def test_tab_goes_to_the_next_number_so_that_two_are_never_one() -> None:
    async def story(held: Held) -> None:
        await held.press("9", "tab", "2", "5", "tab", "0", "enter")
        await held.until(lambda: held.session.position != "head_count")
        assert held.session.answer("head_count").value == {"women": 9.0, "men": 25.0, "other_unstated": 0.0}

    hold(story, position="head_count")
